# What lme4 and nlme say at their own estimates: coefficients, their covariance matrix, predictions, log-likelihoods.
# Nothing is worked out here: each number comes from fixef or coef, vcov, ranef and logLik of the fit.
suppressMessages({library(lme4); library(nlme); library(jsonlite)})
# The usual end of lme4's search leaves four digits uncertain.
close <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5), check.nobs.vs.nRE = "ignore",
                     check.conv.singular = "ignore")

column <- function(v) {
  if (is.factor(v)) list(type = "factor", values = as.character(v), levels = levels(v))
  else list(type = "number", values = as.numeric(v))
}

# An ordered factor is coded by polynomials; the same levels without an order are coded by treatment contrasts.
plain <- function(d) {
  d <- as.data.frame(d)
  for (n in names(d)) if (is.ordered(d[[n]])) d[[n]] <- factor(as.character(d[[n]]), levels = levels(d[[n]]))
  d
}

told <- function(name, method, formula, d, covariances, sigma, beta, V, u, variances, loglik, ...) {
  used <- intersect(all.vars(formula), names(d))
  list(name = name, method = method, formula = paste(deparse(formula, width.cutoff = 500), collapse = ""),
       data = lapply(setNames(as.list(d)[used], used), column), covariances = covariances, sigma = sigma,
       names = I(names(beta)), beta = I(unname(beta)), vcov = unname(as.matrix(V)), u = u, condVar = variances,
       loglik = as.numeric(loglik), ...)
}

lme4_says <- function(name, formula, d) lapply(c(TRUE, FALSE), function(reml) {
  d <- plain(d)
  m <- suppressMessages(suppressWarnings(lmer(formula, d, REML = reml, control = close)))
  u <- as.data.frame(ranef(m, condVar = TRUE))
  told(name, if (reml) "REML" else "ML", formula, d, as.data.frame(VarCorr(m)), sigma(m), fixef(m), vcov(m),
       data.frame(group = as.character(u$grpvar), level = as.character(u$grp), coef = as.character(u$term),
                  value = u$condval), u$condsd^2, logLik(m))
})

nlme_says <- function(name, formula, d, group, fit) lapply(c("REML", "ML"), function(method) {
  d <- plain(d)
  m <- fit(d, method)
  phi <- if (is.null(m$modelStruct$corStruct)) NULL else coef(m$modelStruct$corStruct, unconstrained = FALSE)
  mixed <- inherits(m, "lme")
  u <- NULL; covariances <- NULL
  if (mixed) {
    G <- getVarCov(m); attributes(G) <- list(dim = dim(G), dimnames = dimnames(getVarCov(m)))
    b <- as.matrix(ranef(m))
    u <- data.frame(group = group, level = rep(rownames(b), ncol(b)), coef = rep(colnames(b), each = nrow(b)),
                    value = as.numeric(b))
    at <- which(upper.tri(G, diag = TRUE), arr.ind = TRUE)
    covariances <- data.frame(grp = group, var1 = colnames(G)[at[, 1]],
                              var2 = ifelse(at[, 1] == at[, 2], NA, colnames(G)[at[, 2]]), vcov = G[at])
  }
  beta <- if (mixed) fixef(m) else coef(m)
  told(name, method, formula, d, covariances, m$sigma, beta, vcov(m), u, NULL, logLik(m), rho = phi,
       group = group, groups = as.character(d[[group]]))
})

cat(toJSON(c(
  lme4_says("intercepts", effort ~ Type + (1 | Subject), ergoStool),
  lme4_says("intercepts and a covariate", Reaction ~ Days + (1 | Subject), sleepstudy),
  lme4_says("slopes", Reaction ~ Days + (Days | Subject), sleepstudy),
  lme4_says("slopes, uncorrelated", Reaction ~ Days + (Days || Subject), sleepstudy),
  lme4_says("nested", strength ~ 1 + (1 | batch/cask), Pastes),
  lme4_says("crossed", diameter ~ 1 + (1 | plate) + (1 | sample), Penicillin),
  lme4_says("split plot", yield ~ Variety * factor(nitro) + (1 | Block/Variety), Oats),
  lme4_says("groups times treatments", score ~ Machine + (1 | Worker/Machine), Machines),
  lme4_says("slopes for levels", score ~ Machine + (0 + Machine | Worker), Machines),
  lme4_says("rails", travel ~ 1 + (1 | Rail), Rail),
  lme4_says("rails that do not differ", travel ~ 1 + (1 | Rail), transform(Rail, travel = rep(1:3, 6))),
  lme4_says("nested, three levels", Thickness ~ Source + (1 | Lot/Wafer), transform(Oxide, Wafer = factor(Wafer))),
  lme4_says("strips of rows and columns", logDens ~ sample * dilut + (1 | Block) + (1 | Block:sample) +
            (1 | Block:dilut), Assay),
  lme4_says("slopes by diet", weight ~ Time * Diet + (Time | Rat), transform(BodyWeight, Time = Time / 7)),
  lme4_says("polynomial", rate ~ (pressure + I(pressure^2)) * QB + (pressure | Subject), Dialyzer),
  lme4_says("cake", angle ~ recipe * temperature + (1 | recipe:replicate), cake),
  lme4_says("cake, crossed", angle ~ recipe + temp + (1 | replicate) + (1 | recipe:replicate), cake),
  lme4_says("ratings", y ~ service + (1 | s) + (1 | d), droplevels(subset(InstEval, as.integer(s) <= 20))),
  lme4_says("split plot of oats", Y ~ V * N + (1 | B/V), MASS::oats),
  lme4_says("petrol", Y ~ SG + VP + V10 + EP + (1 | No), MASS::petrol),
  lme4_says("factorial in blocks", yield ~ N * P + K + (1 | block), npk),
  lme4_says("unequal groups of slopes", weight ~ Time + Diet + (Time | Chick), transform(ChickWeight, Time = Time / 21)),
  lme4_says("looms", breaks ~ tension + (1 | wool), warpbreaks),
  nlme_says("gls, AR(1)", distance ~ age * Sex, Orthodont, "Subject", function(d, method)
    gls(distance ~ age * Sex, d, corAR1(form = ~ 1 | Subject), method = method)),
  nlme_says("lme, AR(1)", follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), Ovary, "Mare", function(d, method)
    lme(follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), d, ~ 1 | Mare, corAR1(0.5, form = ~ 1 | Mare),
        method = method)),
  nlme_says("lme, slopes", distance ~ age * Sex, Orthodont, "Subject", function(d, method)
    lme(distance ~ age * Sex, d, ~ age | Subject, method = method))
), digits = I(17), auto_unbox = TRUE, matrix = "rowmajor", na = "null", null = "null"))
