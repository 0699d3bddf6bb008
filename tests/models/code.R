# Runs the code that a model gives for lme4 and nlme: reads {lme4, nlme, columns} from standard input, writes the REML
# log-likelihoods of both, and X, the variance components and V of lme4, as JSON.

suppressPackageStartupMessages({
  library(lme4)
  library(nlme)
  library(jsonlite)
})

run <- function(told) {
  d <- as.data.frame(told$columns, check.names = FALSE, stringsAsFactors = TRUE)
  here <- new.env()
  here$d <- d
  eval(parse(text = told$lme4), here)
  m <- here$m
  mixed <- inherits(m, "merMod")
  answer <- list(loglik = as.numeric(logLik(m, REML = TRUE)), X = unname(model.matrix(m)))
  if (mixed) {
    components <- as.data.frame(VarCorr(m))
    answer$components <- components[, c("grp", "var1", "var2", "vcov")]
    Z <- t(as.matrix(getME(m, "Zt")))
    relative <- as.matrix(crossprod(getME(m, "Lambdat")))
    answer$V <- unname(sigma(m)^2 * (Z %*% relative %*% t(Z) + diag(nrow(Z))))
  }
  other <- new.env()
  other$d <- d
  eval(parse(text = told$nlme), other)
  answer$other <- as.numeric(logLik(other$m, REML = TRUE))
  answer
}

cases <- fromJSON(file("stdin"), simplifyDataFrame = FALSE, simplifyMatrix = FALSE)
cat(toJSON(lapply(cases, run), digits = NA, auto_unbox = TRUE, na = "null", matrix = "rowmajor"))
