# Fits of lme4 and of nlme on data sets that come with them: what a model of the same formula must agree with.
suppressMessages({library(lme4); library(nlme); library(jsonlite)})

column <- function(v) {
  if (is.factor(v)) list(type = if (is.ordered(v)) "ordered" else "factor", values = as.character(v), levels = levels(v))
  else if (is.logical(v)) list(type = "truth", values = v)
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
  X <- getME(m, "X"); Z <- as.matrix(getME(m, "Z")); y <- getME(m, "y") - getME(m, "offset")
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

# Other data: unbalanced, with missing cells and levels without rows, names that R must quote, variances estimated as 0.
plain <- function(d) { d <- as.data.frame(d); for (n in names(d)) if (is.ordered(d[[n]])) d[[n]] <- factor(as.character(d[[n]])); d }
set.seed(11)
om <- plain(nlme::Machines); om <- om[-c(1,5,9,20,33,34,35,50),]          # unbalanced, missing cell
om <- om[!(om$Worker=="3" & om$Machine=="B"),]
oats <- plain(nlme::Oats); oats$nitroF <- factor(oats$nitro)
ct <- plain(nlme::Orthodont)
odd <- transform(om, Worker = factor(paste("w.", Worker, "é")))
names(odd) <- c("the worker", "if", "score.1")
pen <- droplevels(subset(as.data.frame(Penicillin), as.integer(plate) <= 6))
va <- droplevels(as.data.frame(VerbAgg)[sample(nrow(VerbAgg), 300),]); va$r <- as.numeric(va$r2 == "Y")
va <- droplevels(va[as.integer(va$id) <= 120,])
gt <- droplevels(as.data.frame(grouseticks)[1:120,]); gt$logt <- log(gt$TICKS + 1)
pbg <- plain(nlme::PBG); soy <- plain(nlme::Soybean); soy <- soy[as.integer(factor(soy$Plot)) %% 4 == 0,]; soy <- droplevels(soy)
waf <- droplevels(subset(plain(nlme::Wafer), voltage < 2.5))
alf <- plain(nlme::Alfalfa); erg <- plain(nlme::ergoStool)
cb <- as.data.frame(cbpp); cb <- cb[cb$size > 3,]; cb$herd <- factor(cb$herd, levels=c(levels(cb$herd), "99"))
ov <- droplevels(subset(plain(nlme::Ovary), Mare %in% c("1","2","4","7")))
cake2 <- as.data.frame(cake); cake2 <- cake2[-sample(270, 180),]; 
ass <- plain(nlme::Assay)
ox <- droplevels(subset(plain(nlme::Oxboys), as.integer(factor(Subject)) <= 9))
sl <- as.data.frame(sleepstudy); sl$late <- sl$Days >= 5
glu <- plain(nlme::Glucose2)
rat <- plain(nlme::RatPupWeight)
bf <- plain(nlme::bdf)[1:150,]; bf <- droplevels(bf)

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
  lme4_fit("BodyWeight", weight ~ Time * Diet + (Time | Rat), transform(as.data.frame(nlme::BodyWeight), Rat = factor(as.character(Rat)))),
  lme4_fit("machines_diag", score ~ Machine + (Machine || Worker), om),
  lme4_fit("machines_unb", score ~ Machine + (1 | Worker/Machine), om),
  lme4_fit("oats_poly", yield ~ Variety * poly(nitro, 3) + (1 | Block/Variety), oats),
  lme4_fit("oats_slopes", yield ~ Variety + nitroF + (1 | Block) + (0 + nitro | Block:Variety), oats),
  lme4_fit("oats_contr", yield ~ C(Variety, contr.sum) * C(nitroF, contr.helmert) + (1 | Block/Variety), oats),
  lme4_fit("orth_nested_slope", distance ~ Sex/age - 1 + (I(age - 11) | Subject), ct),
  lme4_fit("orth_in", distance ~ Sex + age %in% Sex + (age || Subject), ct),
  lme4_fit("odd", score.1 ~ `if` + (1 | `the worker`) , odd),
  lme4_fit("odd2", score.1 ~ 0 + `if` + (1 | `the worker`/`if`) , odd),
  lme4_fit("pen", diameter ~ 1 + (1 | plate) + (1 | sample), pen),
  lme4_fit("va", r ~ Anger + Gender + (btype + situ)^2 + (1 | id) + (1 | item), va),
  lme4_fit("grouse", logt ~ YEAR + scale(HEIGHT) + (1 | BROOD) + (1 | LOCATION), gt),
  lme4_fit("pbg", deltaBP ~ log(dose) * Treatment + (1 + log(dose) | Rabbit), pbg),
  lme4_fit("soy", sqrt(weight) ~ (Time + I(Time^2)) * Variety + factor(Year) + (0 + Time | Plot), soy),
  lme4_fit("wafer", current ~ voltage + I(voltage^2) + (voltage || Wafer) + (1 | Wafer:Site), waf),
  lme4_fit("alfalfa", Yield ~ Date * Variety + (1 | Block/Variety), alf),
  lme4_fit("ergo", effort ~ Type + (1 | Subject), erg),
  lme4_fit("cbpp_unused", I(incidence/size) ~ period + offset(log(size)) + (1 | herd), cb),
  lme4_fit("ovary", follicles ~ sin(2*pi*Time) + cos(2*pi*Time) + (1 | Mare), ov),
  lme4_fit("cake", angle ~ recipe + temp + (temp | recipe:replicate), cake2),
  lme4_fit("cake_ord", angle ~ recipe * temperature + (1 | replicate), cake2),
  lme4_fit("assay", logDens ~ sample + dilut + (1 | Block) + (1|Block:sample) + (1|Block:dilut), ass),
  lme4_fit("oxboys", height ~ age + I(age^2) + I(age^3) + (age + I(age^2) | Subject), ox),
  lme4_fit("sleep_truth", Reaction ~ Days + late + Days:late + (late | Subject), sl),
  lme4_fit("sleep_log", log(Reaction) ~ poly(Days, 2) + (poly(Days, 2) | Subject), sl),
  lme4_fit("glucose2", glucose ~ poly(Time, 2) * factor(Date) + (1 | Subject/Date), glu),
  lme4_fit("pups", weight ~ (sex + Treatment + Lsize)^3 - sex:Treatment:Lsize + (1 | Litter), rat),
  lme4_fit("pups_het", weight ~ sex * Treatment + Lsize + (0 + sex | Litter), rat),
  lme4_fit("pastes", strength ~ 1 + (1 | batch/cask), as.data.frame(Pastes)),
  lme4_fit("dyestuff2", Yield ~ 1 + (1 | Batch), as.data.frame(Dyestuff2)),
  lme4_fit("bdf", langPOST ~ IQ.ver.cen * sex + denomina + (IQ.ver.cen | schoolNR), bf)
)
cat(toJSON(fits, digits = I(17), auto_unbox = TRUE, matrix = "rowmajor"))
