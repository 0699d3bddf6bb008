# Variance components and log-likelihoods of lme4, by REML and ML, of the data and the calls of lmer that are read.
suppressMessages({library(lme4); library(jsonlite)})
# The usual end of its search leaves four digits uncertain.
close <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-9, maxfun = 1e5))
asked <- fromJSON(file("stdin"), simplifyVector = FALSE)
told <- lapply(asked, function(one) {
  d <- as.data.frame(lapply(one$data, unlist), stringsAsFactors = TRUE)
  fits <- lapply(c(REML = TRUE, ML = FALSE), function(reml) {
    m <- suppressMessages(suppressWarnings(lmer(as.formula(one$formula), d, REML = reml, control = close)))
    v <- as.data.frame(VarCorr(m))
    list(groups = v$grp, variances = v$vcov, logLik = as.numeric(logLik(m)))
  })
  fits
})
cat(toJSON(told, digits = NA, auto_unbox = FALSE))
