# Means, differences and their standard errors by REML of lme4: contrast matrices times vcov of the coefficients.
# Reads [{name, package, data, formula, factors, drop}] and writes the columns, the variances and the errors of each.
suppressMessages({library(lme4); library(jsonlite)})
asked <- fromJSON(file("stdin"), simplifyVector = FALSE)

answer <- function(case) {
  frame <- new.env()
  data(list = case$data, package = case$package, envir = frame)
  d <- as.data.frame(get(case$data, envir = frame))
  if (length(case$drop) > 0) d <- d[-unlist(case$drop), ]
  used <- all.vars(as.formula(case$formula))
  factors <- unlist(case$factors)
  for (v in used) {
    if (v %in% factors || is.factor(d[[v]])) d[[v]] <- factor(as.character(d[[v]]))
  }
  fit <- lmer(as.formula(case$formula), d, REML = TRUE)
  fixed <- delete.response(terms(fit, fixed.only = TRUE))
  levels_of <- lapply(d[intersect(used, all.vars(fixed))], function(x) if (is.factor(x)) levels(x) else mean(x))
  grid <- expand.grid(levels_of, stringsAsFactors = FALSE)
  for (v in names(grid)) if (is.factor(d[[v]])) grid[[v]] <- factor(grid[[v]], levels = levels(d[[v]]))
  X <- model.matrix(fixed, grid)
  V <- as.matrix(vcov(fit))
  of <- function(f) {
    named <- levels(d[[f]])
    L <- t(sapply(named, function(l) colMeans(X[grid[[f]] == l, , drop = FALSE])))
    pairs <- combn(length(named), 2)
    D <- L[pairs[1, ], , drop = FALSE] - L[pairs[2, ], , drop = FALSE]
    list(levels = as.list(named), mean = as.list(unname(sqrt(rowSums((L %*% V) * L)))),
         pairs = lapply(seq_len(ncol(pairs)), function(i) as.list(named[pairs[, i]])),
         difference = as.list(unname(sqrt(rowSums((D %*% V) * D)))))
  }
  parts <- as.data.frame(VarCorr(fit))
  list(name = case$name, data = lapply(d[used], function(x) as.list(if (is.factor(x)) as.character(x) else x)),
       groups = as.list(parts$grp), variances = as.list(parts$vcov),
       errors = setNames(lapply(factors, of), factors))
}
cat(toJSON(lapply(asked, answer), auto_unbox = TRUE, digits = NA))
