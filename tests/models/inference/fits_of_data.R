# Fits of lme4 and nlme, by REML and by ML, of data sets that come with R: log-likelihoods, estimates, standard errors,
# variance components, predictions and fitted values. Searches end later than is usual, for four digits at the least.
suppressMessages({library(lme4); library(nlme); library(MASS); library(jsonlite)})

plain <- function(d) {
  d <- as.data.frame(d)
  for (n in names(d)) if (is.ordered(d[[n]])) d[[n]] <- factor(as.character(d[[n]]))
  droplevels(d)
}

columns <- function(d, used) {
  used <- intersect(used, names(d))
  lapply(setNames(as.list(d)[used], used), function(v) {
    if (is.factor(v)) list(values = as.character(v), levels = levels(v)) else list(values = as.numeric(v))
  })
}

close <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhobeg = 0.2, rhoend = 1e-9, maxfun = 1e6))

# The better of two searches: from the usual start, and from where the first one ended.
of_lme4 <- function(name, formula, d) lapply(c(TRUE, FALSE), function(reml) {
  m <- suppressMessages(suppressWarnings(lmer(formula, d, REML = reml, control = close)))
  again <- suppressMessages(suppressWarnings(update(m, start = pmax(getME(m, "theta"), 1e-3))))
  if (logLik(again) > logLik(m)) m <- again
  v <- as.data.frame(VarCorr(m))
  list(name = name, method = if (reml) "REML" else "ML", residuals = "",
       formula = paste(deparse(formula, width.cutoff = 500), collapse = ""), data = columns(d, all.vars(formula)),
       logLik = as.numeric(logLik(m)), names = I(names(fixef(m))), beta = I(unname(fixef(m))),
       se = I(unname(sqrt(diag(as.matrix(vcov(m)))))), fitted = unname(fitted(m)), sigma2 = sigma(m)^2,
       printed = I(capture.output(suppressMessages(print(summary(m))))),
       G = unname(lapply(VarCorr(m), function(S) unname(matrix(as.numeric(S), nrow(S))))))
})

# R of a fit of nlme whose rows are sorted by their groups.
residual_matrix <- function(m, n) {
  parts <- m$modelStruct
  s <- m$sigma / (if (is.null(parts$varStruct)) rep(1, n) else varWeights(parts$varStruct))
  C <- diag(n)
  if (!is.null(parts$corStruct)) {
    at <- 0
    for (block in corMatrix(parts$corStruct)) {
      k <- NROW(block)
      C[at + seq_len(k), at + seq_len(k)] <- block
      at <- at + k
    }
  }
  s * t(s * C)
}

# By ML gls multiplies the variances of coefficients by n/(n − p), as neither lme nor lme4 do in what they keep.
standard_errors <- function(m, n, method) {
  if (inherits(m, "lme")) return(sqrt(diag(m$varFix)))
  sqrt(diag(m$varBeta) * (if (method == "ML") (n - length(coef(m))) / n else 1))
}

of_nlme <- function(name, formula, d, residuals, fit) lapply(c("REML", "ML"), function(method) {
  m <- fit(d, method)
  beta <- if (inherits(m, "lme")) fixef(m) else coef(m)
  blocks <- if (inherits(m, "lme")) rev(lapply(m$modelStruct$reStruct, function(S) unname(as.matrix(S)) * m$sigma^2))
  list(name = name, method = method, residuals = residuals,
       formula = paste(deparse(formula, width.cutoff = 500), collapse = ""),
       data = columns(d, c(all.vars(formula), strsplit(residuals, "[^A-Za-z.]+")[[1]])),
       logLik = as.numeric(logLik(m)), names = I(names(beta)), beta = I(unname(beta)),
       se = I(unname(standard_errors(m, nrow(d), method))),
       fitted = as.numeric(fitted(m)), R = residual_matrix(m, nrow(d)), G = unname(blocks))
})

lc <- lmeControl(maxIter = 500, msMaxIter = 500, niterEM = 100, tolerance = 1e-10, msTol = 1e-12, opt = "optim",
                 optimMethod = "BFGS", reltol = 1e-14)
gc <- glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-10, msTol = 1e-12)

orth <- plain(nlme::Orthodont); orth <- orth[order(orth$Subject, orth$age), ]
orth$Subject <- factor(as.character(orth$Subject), levels = unique(as.character(orth$Subject)))
few <- orth[-c(2, 7, 15, 16, 40, 61, 62, 90), ]
body <- plain(nlme::BodyWeight); body$Rat <- factor(as.character(body$Rat), levels = unique(as.character(body$Rat)))
chick <- plain(datasets::ChickWeight); chick <- plain(chick[as.integer(as.character(chick$Chick)) %% 3 == 1, ])
chick$Chick <- factor(as.character(chick$Chick), levels = unique(as.character(chick$Chick)))
oats <- plain(nlme::Oats); oats$nitroF <- factor(oats$nitro); oats$Block <- factor(as.character(oats$Block))
oats <- oats[order(oats$Block, oats$Variety), ]
mach <- plain(nlme::Machines); mach$Worker <- factor(as.character(mach$Worker), levels = unique(as.character(mach$Worker)))
mach <- mach[order(mach$Worker, mach$Machine), ]
lost <- mach[-c(2, 3, 6, 10, 12, 19, 20, 23, 27, 33), ]
wool <- plain(datasets::warpbreaks)
pairs <- plain(datasets::sleep)
npk2 <- plain(datasets::npk)
light <- plain(datasets::morley); light$Expt <- factor(light$Expt); light$Run <- factor(light$Run)
trees <- plain(datasets::Loblolly); trees$Seed <- factor(as.character(trees$Seed))
moats <- plain(MASS::oats)
petrol <- plain(MASS::petrol)
coop <- plain(MASS::coop)
schools <- plain(subset(MASS::nlschools, as.integer(class) %% 11 == 0))
math <- plain(as.data.frame(nlme::MathAchieve)[1:240, ]); math$School <- factor(as.character(math$School))
quake <- plain(nlme::Earthquake); quake$Quake <- factor(as.character(quake$Quake))
arab <- plain(subset(as.data.frame(lme4::Arabidopsis), total.fruits > 0)); arab <- plain(arab[seq_len(nrow(arab)) %% 3 == 0, ])
arab$logf <- log(arab$total.fruits)
glu <- plain(nlme::Glucose); glu$Subject <- factor(as.character(glu$Subject))
igf <- plain(nlme::IGF); igf$Lot <- factor(as.character(igf$Lot))
sleepy <- as.data.frame(sleepstudy)
thin <- sleepy[-c(3, 4, 5, 17, 22, 23, 24, 25, 26, 60, 99, 101, 150, 151, 152, 153, 154), ]
wafer <- plain(subset(nlme::Wafer, voltage < 1.7))
pixel <- plain(nlme::Pixel)

fits <- c(
  of_lme4("warpbreaks", breaks ~ wool + (1 | tension), wool),
  of_lme4("sleep pairs", extra ~ group + (1 | ID), pairs),
  of_lme4("npk", yield ~ N * P * K - N:P:K + (1 | block), npk2),
  of_lme4("morley", Speed ~ 1 + (1 | Expt) + (1 | Run), light),
  of_lme4("trees", sqrt(height) ~ log(age) + (log(age) | Seed), trees),
  of_lme4("MASS oats", Y ~ N * V + (1 | B/V), moats),
  of_lme4("petrol", Y ~ SG + VP + V10 + EP + (1 | No), petrol),
  of_lme4("petrol slopes", Y ~ EP + (EP | No), petrol),
  of_lme4("coop", Conc ~ Spc + (1 | Lab) + (1 | Lab:Bat), coop),
  of_lme4("coop crossed", Conc ~ 1 + (1 | Lab) + (1 | Spc) + (1 | Lab:Spc), coop),
  of_lme4("schools", lang ~ IQ + SES + (IQ | class), schools),
  of_lme4("math", MathAch ~ SES * Sex + (SES | School), math),
  of_lme4("math apart", MathAch ~ SES * Sex + (SES || School), math),
  of_lme4("quakes", log(accel) ~ log(distance) + Richter + (1 | Quake), quake),
  of_lme4("arabidopsis", logf ~ nutrient * amd + rack + (1 | reg/popu) + (1 | gen), arab),
  of_lme4("glucose", conc ~ Time + I(Time^2) + (Time | Subject), glu),
  of_lme4("IGF", conc ~ age + (age | Lot), igf),
  of_lme4("thin sleep", Reaction ~ Days + (Days | Subject), thin),
  of_lme4("thin sleep apart", Reaction ~ Days + (Days || Subject), thin),
  of_lme4("sleep slopes", Reaction ~ Days + (0 + Days | Subject), sleepy),
  of_lme4("orthodont", distance ~ age * Sex + (age | Subject), orth),
  of_lme4("chicks", weight ~ Time * Diet + (Time | Chick), chick),
  of_lme4("lost machines", score ~ Machine + (1 | Worker) + (1 | Worker:Machine), lost),
  of_lme4("lost machine levels", score ~ Machine + (0 + Machine | Worker), lost),
  of_lme4("wafer", current ~ voltage + (voltage | Wafer) + (1 | Wafer:Site), wafer),
  of_lme4("pixel", pixel ~ day + (day | Dog) + (1 | Dog:Side), pixel),
  of_lme4("penicillin", diameter ~ 1 + (1 | plate) + (1 | sample), as.data.frame(Penicillin)),
  of_lme4("dyestuff2", Yield ~ 1 + (1 | Batch), as.data.frame(Dyestuff2)),
  of_nlme("sexes", distance ~ age * Sex + (age | Subject), orth, "diag Sex", function(d, method)
    lme(distance ~ age * Sex, d, ~ age | Subject, weights = varIdent(form = ~ 1 | Sex), method = method, control = lc)),
  of_nlme("sexes of few", distance ~ age * Sex + (1 | Subject), few, "diag Sex", function(d, method)
    lme(distance ~ age * Sex, d, ~ 1 | Subject, weights = varIdent(form = ~ 1 | Sex), method = method, control = lc)),
  of_nlme("diets", weight ~ Time * Diet + (Time | Rat), body, "diag Diet", function(d, method)
    lme(weight ~ Time * Diet, d, ~ Time | Rat, weights = varIdent(form = ~ 1 | Diet), method = method, control = lc)),
  of_nlme("machines apart", score ~ Machine + (1 | Worker/Machine), mach, "diag Machine", function(d, method)
    lme(score ~ Machine, d, ~ 1 | Worker/Machine, weights = varIdent(form = ~ 1 | Machine), method = method, control = lc)),
  of_nlme("varieties", yield ~ Variety * nitroF + (1 | Block/Variety), oats, "diag Variety", function(d, method)
    lme(yield ~ Variety * nitroF, d, ~ 1 | Block/Variety, weights = varIdent(form = ~ 1 | Variety), method = method, control = lc)),
  of_nlme("ages", distance ~ age * Sex + (1 | Subject), orth, "diag age", function(d, method)
    lme(distance ~ age * Sex, d, ~ 1 | Subject, weights = varIdent(form = ~ 1 | factor(age)), method = method, control = lc)),
  of_nlme("wools", breaks ~ wool * tension, wool, "diag tension", function(d, method)
    gls(breaks ~ wool * tension, d, weights = varIdent(form = ~ 1 | tension), method = method, control = gc)),
  of_nlme("serial", distance ~ age * Sex, orth, "ar1 age Subject", function(d, method)
    gls(distance ~ age * Sex, d, corAR1(form = ~ 1 | Subject), method = method, control = gc)),
  of_nlme("serial beside intercepts", distance ~ age * Sex + (1 | Subject), orth, "ar1 age Subject", function(d, method)
    lme(distance ~ age * Sex, d, ~ 1 | Subject, corAR1(form = ~ 1 | Subject), method = method, control = lc)),
  of_nlme("exchangeable", distance ~ age * Sex, few, "cs age Subject", function(d, method)
    gls(distance ~ age * Sex, d, corCompSymm(form = ~ 1 | Subject), method = method, control = gc)),
  of_nlme("exchangeable machines", score ~ Machine, mach[order(mach$Worker), ][c(TRUE, FALSE, FALSE), ], "cs Machine Worker", function(d, method)
    gls(score ~ Machine, d, corCompSymm(form = ~ 1 | Worker), method = method, control = gc)),
  of_nlme("unstructured", distance ~ age * Sex, orth, "un age Subject", function(d, method)
    gls(distance ~ age * Sex, d, corSymm(form = ~ 1 | Subject), varIdent(form = ~ 1 | factor(age)), method = method, control = gc)),
  of_nlme("exchangeable and unlike", distance ~ age * Sex, orth, "csh age Subject", function(d, method)
    gls(distance ~ age * Sex, d, corCompSymm(form = ~ 1 | Subject), varIdent(form = ~ 1 | factor(age)), method = method, control = gc)),
  of_nlme("serial and unlike", distance ~ age * Sex, orth, "arh1 age Subject", function(d, method)
    gls(distance ~ age * Sex, d, corAR1(form = ~ 1 | Subject), varIdent(form = ~ 1 | factor(age)), method = method, control = gc)),
  of_nlme("chicks by time", weight ~ Time * Diet, chick, "pow Time Chick", function(d, method)
    gls(weight ~ Time * Diet, d, corCAR1(form = ~ Time | Chick), method = method, control = gc))
)
cat(toJSON(fits, digits = I(17), auto_unbox = TRUE, matrix = "rowmajor", null = "null"))
