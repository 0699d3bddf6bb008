# Fits of nlme with residuals of a structure, recorded as structured_residuals.json: what a model with the same R must
# agree with. Run as Rscript --vanilla structured_residuals.R > structured_residuals.json
#
# V is made of nlme's own correlation matrices and weights, and must give the log-likelihood that nlme reports.
suppressMessages({library(nlme); library(jsonlite)})

column <- function(v) {
  if (is.factor(v)) list(type = "factor", values = as.character(v), levels = levels(v))
  else list(type = "number", values = as.numeric(v))
}

likelihoods <- function(X, y, V) {
  W <- solve(V, cbind(X, y))
  A <- crossprod(X, W[, seq_len(ncol(X))])
  beta <- solve(A, crossprod(X, W[, ncol(X) + 1]))
  r <- y - X %*% beta
  q <- sum(r * solve(V, r))
  ld <- as.numeric(determinant(V)$modulus)
  n <- length(y)
  list(ML = -0.5 * (n * log(2 * pi) + ld + q),
       REML = -0.5 * ((n - ncol(X)) * log(2 * pi) + ld + as.numeric(determinant(A)$modulus) + q),
       beta = as.numeric(beta), vcov = unname(solve(A)), residual = as.numeric(r))
}

# Correlations n x n in the order of the data, by a structure with the values of the fit.
correlations <- function(cor, d, groups) {
  n <- nrow(d)
  C <- diag(n)
  if (is.null(cor)) return(C)
  sorted <- order(groups)
  made <- corMatrix(Initialize(cor, d[sorted, , drop = FALSE]))
  if (!is.list(made)) made <- list(made)
  at <- 0
  for (one in made) {
    rows <- sorted[at + seq_len(nrow(one))]
    C[rows, rows] <- one
    at <- at + nrow(one)
  }
  C
}

record <- function(name, m, fixed, d, cor, var, parameters, groups = factor(rep(1, nrow(d))), random = NULL) {
  d <- as.data.frame(d)
  X <- model.matrix(fixed, d)
  y <- eval(fixed[[2]], d)
  w <- rep(1, nrow(d))
  # nlme sorts the rows by group first, and the first level there is the one with which the others are compared.
  sorted <- order(groups)
  if (!is.null(var)) w[sorted] <- as.numeric(varWeights(Initialize(var, d[sorted, , drop = FALSE])))
  R <- m$sigma^2 * outer(1 / w, 1 / w) * correlations(cor, d, groups)
  Z <- NULL
  V <- R
  u <- NULL
  if (!is.null(random)) {
    G <- unclass(getVarCov(m)); attributes(G) <- list(dim = dim(G))
    inner <- model.matrix(random$formula, d)
    f <- random$group
    Z <- do.call(cbind, lapply(levels(f), function(l) inner * (f == l)))
    GG <- kronecker(diag(nlevels(f)), G)
    V <- Z %*% GG %*% t(Z) + R
  }
  found <- likelihoods(X, y, V)
  stopifnot(abs(found$REML - as.numeric(logLik(m, REML = TRUE))) < 1e-6 * abs(found$REML))
  if (!is.null(random)) u <- as.numeric(GG %*% t(Z) %*% solve(V, found$residual))
  used <- intersect(unique(c(all.vars(fixed), all.vars(formula(cor)), if (!is.null(var)) all.vars(formula(var)),
                             random$names)), names(d))
  list(name = name, formula = paste(deparse(fixed, width.cutoff = 500), collapse = ""),
       data = lapply(setNames(as.list(d)[used], used), column), X_names = I(colnames(X)),
       parameters = parameters(m), R_row = I(unname(R[1, ])), V = unname(V[seq_len(min(12, nrow(d))), seq_len(min(12, nrow(d)))]),
       V_sum = I(as.numeric(V %*% seq_len(nrow(d)))),
       beta = I(found$beta), vcov = found$vcov, ML = found$ML, REML = found$REML, u = if (!is.null(u)) I(u))
}

plain <- function(d) {
  d <- as.data.frame(d)
  for (n in names(d)) if (is.ordered(d[[n]])) d[[n]] <- factor(as.character(d[[n]]))
  droplevels(d)
}
phi <- function(m) coef(m$modelStruct$corStruct, unconstrained = FALSE)
pow <- function(m) as.numeric(coef(m$modelStruct$varStruct, unconstrained = FALSE))
set <- function(cor, m) { value <- phi(m); cor(as.numeric(value)) }
gaps <- function(d, every) d[seq_len(nrow(d)) %% every != 0, ]

orth <- gaps(plain(Orthodont), 7)
body <- plain(BodyWeight); body <- droplevels(gaps(body[body$Time <= 43, ], 11))
dial <- plain(Dialyzer); dial <- droplevels(dial[as.integer(factor(dial$Subject)) <= 8, ])
wheat <- plain(Wheat2); wheat <- droplevels(wheat[wheat$latitude < 22 & wheat$Block %in% c("1", "2"), ]); wheat$variety <- NULL
ovary <- plain(Ovary); ovary <- droplevels(ovary[ovary$Mare %in% c("1", "4", "5"), ])
oxboys <- plain(Oxboys); oxboys <- droplevels(oxboys[as.integer(factor(oxboys$Subject)) <= 7, ])
ergo <- plain(ergoStool)
set.seed(4); ergo <- ergo[sample(nrow(ergo)), ]
soy <- plain(Soybean); soy <- droplevels(soy[soy$Year == "1989", ]); soy <- droplevels(soy[as.integer(soy$Plot) %% 2 == 0, ])

fits <- list()
add <- function(...) fits[[length(fits) + 1]] <<- record(...)

orth$step <- as.integer(factor(orth$age))
m <- gls(distance ~ Sex * age, orth, corAR1(form = ~ step | Subject), weights = varIdent(form = ~ 1 | Sex))
ratio <- coef(m$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)
add("ar1 with a variance for each sex", m, distance ~ Sex * age, orth, corAR1(as.numeric(phi(m)), form = ~ step | Subject),
    varIdent(ratio[-1], form = ~ 1 | Sex),
    function(m) list(rho = as.numeric(phi(m)), sigma2_1 = (m$sigma * ratio[[levels(orth$Sex)[1]]])^2,
                     sigma2_2 = (m$sigma * ratio[[levels(orth$Sex)[2]]])^2), orth$Subject)

m <- gls(distance ~ age, orth, corCompSymm(form = ~ 1 | Subject), weights = varExp(form = ~ age))
add("cs with variances that grow", m, distance ~ age, orth, corCompSymm(as.numeric(phi(m)), form = ~ 1 | Subject),
    varExp(pow(m), form = ~ age),
    function(m) list(rho = as.numeric(phi(m)), sigma2 = m$sigma^2, theta = pow(m)), orth$Subject)

m <- gls(weight ~ Time * Diet, body, corExp(form = ~ Time | Rat), weights = varPower(form = ~ Time))
add("exp with a power of time", m, weight ~ Time * Diet, body, corExp(as.numeric(phi(m)), form = ~ Time | Rat),
    varPower(pow(m), form = ~ Time),
    function(m) list(theta = as.numeric(phi(m)), sigma2 = m$sigma^2, delta = pow(m)), body$Rat)

m <- gls(weight ~ Time, body, corExp(c(20, 0.1), form = ~ Time | Rat, nugget = TRUE))
add("exp with a nugget", m, weight ~ Time, body, corExp(as.numeric(phi(m)), form = ~ Time | Rat, nugget = TRUE), NULL,
    function(m) list(theta = phi(m)[[1]], sigma2 = m$sigma^2 * (1 - phi(m)[[2]]), c = m$sigma^2 * phi(m)[[2]]), body$Rat)

for (one in list(list("gau", corGaus), list("sph", corSpher), list("ratio", corRatio), list("exp", corExp))) {
  local({
    start <- one[[2]](c(4, 0.2), form = ~ latitude + longitude, nugget = TRUE)
    m <- gls(yield ~ Block, wheat, start)
    add(paste(one[[1]], "in a field with a nugget"), m, yield ~ Block, wheat,
        one[[2]](as.numeric(phi(m)), form = ~ latitude + longitude, nugget = TRUE), NULL,
        function(m) list(theta = phi(m)[[1]], sigma2 = m$sigma^2 * (1 - phi(m)[[2]]), c = m$sigma^2 * phi(m)[[2]]))
  })
}
m <- gls(yield ~ Block, wheat, corSpher(6, form = ~ latitude + longitude | Block))
add("sph in the field of each block", m, yield ~ Block, wheat, corSpher(as.numeric(phi(m)), form = ~ latitude + longitude | Block),
    NULL, function(m) list(theta = as.numeric(phi(m)), sigma2 = m$sigma^2), wheat$Block)

ovary$index <- ave(seq_len(nrow(ovary)), ovary$Mare, FUN = seq_along)
m <- gls(follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), ovary, corARMA(c(0.5, 0.1), form = ~ index | Mare, p = 1, q = 1))
gamma <- function(m) { f <- phi(m)[[1]]; t <- phi(m)[[2]]; (1 + f * t) * (f + t) / (1 + 2 * f * t + t^2) }
add("arma11", m, follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), ovary,
    corARMA(as.numeric(phi(m)), form = ~ index | Mare, p = 1, q = 1), NULL,
    function(m) list(rho = phi(m)[[1]], gamma = gamma(m), sigma2 = m$sigma^2), ovary$Mare)

m <- gls(height ~ age + I(age^2), oxboys, corCAR1(0.9, form = ~ age | Subject))
add("pow at unequal ages", m, height ~ age + I(age^2), oxboys, corCAR1(as.numeric(phi(m)), form = ~ age | Subject), NULL,
    function(m) list(rho = as.numeric(phi(m)), sigma2 = m$sigma^2), oxboys$Subject)

m <- gls(rate ~ pressure * QB, dial, weights = varPower(form = ~ pressure))
add("a power of the pressure", m, rate ~ pressure * QB, dial, NULL, varPower(pow(m), form = ~ pressure),
    function(m) list(sigma2 = m$sigma^2, theta = pow(m)))

m <- gls(effort ~ Type, ergo, corCompSymm(form = ~ 1 | Subject))
add("cs with rows in any order", m, effort ~ Type, ergo, corCompSymm(as.numeric(phi(m)), form = ~ 1 | Subject), NULL,
    function(m) list(rho = as.numeric(phi(m)), sigma2 = m$sigma^2), ergo$Subject)

m <- gls(distance ~ age, orth, corSymm(form = ~ step | Subject), weights = varIdent(form = ~ 1 | age))
sd <- coef(m$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)[as.character(c(8, 10, 12, 14))]
add("unr", m, distance ~ age, orth, corSymm(as.numeric(phi(m)), form = ~ step | Subject),
    varIdent(coef(m$modelStruct$varStruct, unconstrained = FALSE), form = ~ 1 | age),
    function(m) c(setNames(as.list((m$sigma * sd)^2), paste0("sigma2_", 1:4)),
                  setNames(as.list(phi(m)), paste0("rho_", c(12, 13, 14, 23, 24, 34)))), orth$Subject)

m <- lme(follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), ovary, ~ 1 | Mare, corAR1(0.5, form = ~ index | Mare))
add("intercepts and ar1", m, follicles ~ sin(2 * pi * Time) + cos(2 * pi * Time), ovary,
    corAR1(as.numeric(phi(m)), form = ~ index | Mare), NULL,
    function(m) list(rho = as.numeric(phi(m)), sigma2 = m$sigma^2, sigma2_u = getVarCov(m)[1, 1]), ovary$Mare,
    list(formula = ~ 1, group = ovary$Mare, names = "Mare"))

m <- lme(rate ~ pressure * QB, dial, ~ 1 | Subject, weights = varPower(form = ~ pressure))
add("intercepts and a power of the pressure", m, rate ~ pressure * QB, dial, NULL, varPower(pow(m), form = ~ pressure),
    function(m) list(sigma2 = m$sigma^2, theta = pow(m), sigma2_u = getVarCov(m)[1, 1]), dial$Subject,
    list(formula = ~ 1, group = dial$Subject, names = "Subject"))

m <- lme(weight ~ Time * Diet, body, ~ Time | Rat, corExp(5, form = ~ Time | Rat), weights = varPower(form = ~ Time),
         control = lmeControl(opt = "optim"))
add("slopes, exp and a power of time", m, weight ~ Time * Diet, body, corExp(as.numeric(phi(m)), form = ~ Time | Rat),
    varPower(pow(m), form = ~ Time),
    function(m) { G <- getVarCov(m); list(theta = as.numeric(phi(m)), sigma2 = m$sigma^2, delta = pow(m), sigma2_u0 = G[1, 1],
                                          sigma_u01 = G[1, 2], sigma2_u1 = G[2, 2]) },
    body$Rat, list(formula = ~ Time, group = body$Rat, names = "Rat"))

m <- lme(distance ~ Sex * age, orth, ~ 1 | Subject, corAR1(0.1, form = ~ step | Subject), weights = varIdent(form = ~ 1 | Sex))
ratio <- coef(m$modelStruct$varStruct, unconstrained = FALSE, allCoef = TRUE)
add("intercepts and ar1 with a variance for each sex", m, distance ~ Sex * age, orth,
    corAR1(as.numeric(phi(m)), form = ~ step | Subject), varIdent(ratio[-1], form = ~ 1 | Sex),
    function(m) list(rho = as.numeric(phi(m)), sigma2_1 = (m$sigma * ratio[[levels(orth$Sex)[1]]])^2,
                     sigma2_2 = (m$sigma * ratio[[levels(orth$Sex)[2]]])^2, sigma2_u = getVarCov(m)[1, 1]), orth$Subject,
    list(formula = ~ 1, group = orth$Subject, names = "Subject"))

cat(toJSON(fits, digits = I(17), auto_unbox = TRUE, matrix = "rowmajor", null = "null"))
