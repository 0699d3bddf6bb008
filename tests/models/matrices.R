# The model matrices of R: reads cases from standard input, writes what lme4 makes of each to standard output, as JSON.
#
# A case is {formula, columns: [{name, kind, values, levels}], fit}. With fit the model is fitted as well, so that what
# lme4 refuses only then is refused too. Columns that depend on others are kept in X.

suppressPackageStartupMessages({
  library(lme4)
  library(jsonlite)
})

column <- function(told) {
  switch(told$kind,
    number = as.numeric(told$values),
    text = as.character(told$values),
    truth = as.logical(told$values),
    factor = factor(as.character(told$values), levels = as.character(told$levels))
  )
}

frame_of <- function(columns) {
  made <- lapply(columns, column)
  names(made) <- vapply(columns, function(told) told$name, "")
  as.data.frame(made, check.names = FALSE, stringsAsFactors = FALSE)
}

described <- function(matrix, names) {
  attributes(matrix) <- list(dim = dim(matrix))
  list(names = as.list(names), rows = matrix)
}

without_random <- function(formula, data) {
  X <- model.matrix(formula, model.frame(formula, data, drop.unused.levels = TRUE))
  described(X, colnames(X))
}

random_columns <- function(terms) {
  groups <- terms$flist[attr(terms$flist, "assign")]
  told <- list()
  for (i in seq_along(terms$cnms)) {
    for (level in levels(groups[[i]])) {
      for (coefficient in terms$cnms[[i]]) {
        told[[length(told) + 1]] <- list(group = names(groups)[i], level = level, coefficient = coefficient)
      }
    }
  }
  told
}

answer <- function(case) {
  formula <- as.formula(case$formula, env = globalenv())
  data <- frame_of(case$columns)
  if (is.null(findbars(formula))) {
    if (case$fit) lm(formula, data)
    return(list(X = without_random(formula, data)))
  }
  if (case$fit) lmer(formula, data)
  parts <- lFormula(formula, data, control = lmerControl(check.rankX = "ignore", check.scaleX = "ignore"))
  list(
    X = described(parts$X, colnames(parts$X)),
    Z = described(t(as.matrix(parts$reTrms$Zt)), random_columns(parts$reTrms))
  )
}

guarded <- function(case) {
  tryCatch(suppressMessages(suppressWarnings(answer(case))), error = function(e) list(error = conditionMessage(e)))
}

cases <- fromJSON(file("stdin"), simplifyVector = FALSE)
cat(toJSON(lapply(cases, guarded), auto_unbox = TRUE, digits = I(17), matrix = "rowmajor"))
