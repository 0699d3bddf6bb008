# Runs the code that a model gives for nlme: reads {code, columns} from standard input, writes the REML log-likelihood
# of the fit, and the estimates of its covariance parameters on their own scales, as JSON.

suppressPackageStartupMessages({
  library(nlme)
  library(jsonlite)
})

run <- function(told) {
  here <- new.env()
  here$d <- as.data.frame(told$columns, check.names = FALSE, stringsAsFactors = TRUE)
  eval(parse(text = told$code), here)
  m <- here$m
  parts <- m$modelStruct
  answer <- list(loglik = as.numeric(logLik(m, REML = TRUE)), sigma = m$sigma)
  if (!is.null(parts$corStruct)) answer$correlation <- unname(coef(parts$corStruct, unconstrained = FALSE))
  if (!is.null(parts$varStruct)) {
    answer$weights <- as.list(coef(parts$varStruct, unconstrained = FALSE, allCoef = TRUE))
  }
  if (inherits(m, "lme")) answer$intercepts <- as.numeric(getVarCov(m)[1, 1])
  answer
}

cases <- fromJSON(file("stdin"), simplifyDataFrame = FALSE, simplifyMatrix = FALSE)
cat(toJSON(lapply(cases, run), digits = NA, auto_unbox = TRUE, na = "null"))
