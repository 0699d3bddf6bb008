# Fits of lme4 and of nlme on data sets that come with them: what a model of the same formula must agree with.
suppressMessages({library(lme4); library(nlme); library(jsonlite)})

column <- function(v) {
  if (is.factor(v)) list(type = if (is.ordered(v)) "ordered" else "factor", values = as.character(v), levels = levels(v))
  else list(type = "number", values = as.numeric(v))
}

columns <- function(d, formula) {
  used <- intersect(all.vars(formula), names(d))
  lapply(setNames(as.list(d)[used], used), column)
}

# Both log-likelihoods at the estimates of REML, the second as lme4 and nlme report it.
likelihoods <- function(X, y, V) {
  W <- solve(V, cbind(X, y))
  A <- crossprod(X, W[, seq_len(ncol(X))])
  beta <- solve(A, crossprod(X, W[, ncol(X) + 1]))
  r <- y - X %*% beta
  q <- sum(r * solve(V, r))
  ld <- as.numeric(determinant(V)$modulus)
  n <- length(y)
  list(ML = -0.5 * (n * log(2 * pi) + ld + q),
       REML = -0.5 * ((n - ncol(X)) * log(2 * pi) + ld + as.numeric(determinant(A)$modulus) + q))
}

lme4_fit <- function(name, formula, d) {
  m <- suppressMessages(suppressWarnings(lmer(formula, d)))
  X <- getME(m, "X"); Z <- as.matrix(getME(m, "Z")); y <- getME(m, "y")
  L <- as.matrix(getME(m, "Lambda")); s <- sigma(m)
  G <- s^2 * L %*% t(L)
  V <- Z %*% G %*% t(Z) + s^2 * diag(nrow(Z))
  terms <- getME(m, "cnms"); flist <- getME(m, "flist"); assign <- attr(flist, "assign")
  told <- do.call(rbind, lapply(seq_along(terms), function(i) {
    group <- names(terms)[i]
    levels <- levels(flist[[assign[i]]])
    data.frame(group = group, level = rep(levels, each = length(terms[[i]])),
               coef = rep(terms[[i]], length(levels)))
  }))

  list(name = name, program = "lme4", formula = paste(deparse(formula, width.cutoff = 500), collapse = ""),
       data = columns(d, formula), X_names = I(colnames(X)), X = unname(X), Z_columns = told, Z = unname(Z),
       G = unname(G), sigma = s, V = unname(V), beta = I(unname(fixef(m))), vcov = unname(as.matrix(vcov(m))),
       u = I(as.numeric(as.matrix(getME(m, "b")))), reml = as.numeric(logLik(m)),
       loglik = likelihoods(X, y, V))
}

fits <- list(
  lme4_fit("Dyestuff", Yield ~ 1 + (1 | Batch), as.data.frame(Dyestuff)),
  lme4_fit("Penicillin", diameter ~ 1 + (1 | plate) + (1 | sample), as.data.frame(Penicillin)),
  lme4_fit("cake", angle ~ recipe * temperature + (1 | recipe:replicate), as.data.frame(cake)),
  lme4_fit("cbpp", size ~ period + (1 | herd), as.data.frame(cbpp)),
  lme4_fit("sleep_diagonal", Reaction ~ Days + (1 | Subject) + (0 + Days | Subject), as.data.frame(sleepstudy)),
  lme4_fit("Machines_levels", score ~ Machine + (0 + Machine | Worker), as.data.frame(nlme::Machines)),
  lme4_fit("Oxide", Thickness ~ 1 + (1 | Lot / Wafer), as.data.frame(nlme::Oxide)),
  lme4_fit("Pixel", pixel ~ day + I(day^2) + (day | Dog) + (1 | Dog:Side), as.data.frame(nlme::Pixel)),
  lme4_fit("Dialyzer", rate ~ (pressure + I(pressure^2)) * QB + (pressure | Subject), as.data.frame(nlme::Dialyzer)),
  lme4_fit("CO2", uptake ~ log(conc) * Treatment + Type + (1 | Plant),
           transform(as.data.frame(datasets::CO2), Plant = factor(as.character(Plant)))),
  lme4_fit("InstEval", y ~ service + (1 | s) + (1 | d), droplevels(subset(as.data.frame(InstEval), as.integer(d) <= 30 & as.integer(s) <= 400))),
  lme4_fit("Assay", logDens ~ dilut * sample + (1 | Block / sample),
           transform(as.data.frame(nlme::Assay), Block = factor(as.character(Block)))),
  lme4_fit("Wheat2", yield ~ variety + (1 | Block), transform(as.data.frame(nlme::Wheat2), Block = factor(as.character(Block)))),
  lme4_fit("BodyWeight", weight ~ Time * Diet + (Time | Rat), transform(as.data.frame(nlme::BodyWeight), Rat = factor(as.character(Rat))))
)
cat(toJSON(fits, digits = I(17), auto_unbox = TRUE, matrix = "rowmajor"))
