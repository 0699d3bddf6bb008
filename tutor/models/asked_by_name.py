"""What statisticians and other programs call the questions that models and fits answer, and how each is asked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NoReturn

from tutor.errors import MissingAttributeError


def _by_word(table: Mapping[str, str]) -> Mapping[str, str]:
    """The answer to each single word of a table whose keys are lists of words."""
    return MappingProxyType({word: told for words, told in table.items() for word in words.split()})


OF_MODELS = _by_word({
    "blue gls generalizedleastsquares wls eblue estimate estimates estimator betahat":
        "The best linear unbiased estimator, by generalized least squares, is m.blue; "
        'm.blue.of("tau_1 - tau_2") estimates a function, m.blue.at(y, sigma2=1, …) has numbers.',
    "ols leastsquares ordinaryleastsquares lm":
        "The estimator by ordinary least squares is m.ols; m.ols_is_blue() tells whether it is best.",
    "zyskind olsisgls olsequalsgls glsisols":
        "Whether ordinary and generalized least squares are the same is told by m.ols_is_blue().",
    "blup eblup ranef predictor prediction predictions predict uhat":
        "The best linear unbiased predictor of u is m.blup; m.blup.shrinkage has it by means, "
        "m.blup.at(y, sigma2=1, …) numbers, m.fit(y).effects those at the estimates.",
    "shrinkage shrink shrunken":
        "The factors of shrinkage are in m.blup.shrinkage.",
    "pev predictionerrorvariance predictionerror":
        'The variance of û − u is m.Var("u_hat - u"); m.blup.derive("prediction error variance") has the steps.',
    "henderson mme mixedmodelequations hendersonequations hendersonsequations":
        'Henderson\'s mixed-model equations are m.henderson(); m.henderson().derive("elimination") shows them equal to '
        "GLS.",
    "corr cor corrcoef correlations":
        'A correlation is m.correlation("y_11", "y_21"); m.why_correlated("y_11", "y_21") says why, and m.icc() has '
        "those of observations that share a unit.",
    "var variance variances":
        'A variance is m.Var("y_11"), m.Var("ybar_1. - ybar_2.") or m.Var(m.y); the matrix of all is m.V.',
    "cov covariances":
        'A covariance is m.Cov("y_11", "y_21"), or m.Cov(m.u, m.y) of vectors; the matrix of all is m.V.',
    "expectation expect expected expectedvalue":
        'A mean is m.E("y_11") or m.E(m.y).',
    "icc intraclass intraclasscorrelation repeatability":
        "The intraclass correlations are m.icc().",
    "anova aov anovatable analysisofvariance sources df degreesoffreedom ftest ftests fratio fratios tests":
        "The analysis of variance is m.anova(), with sources, degrees of freedom, expected mean squares and F ratios.",
    "ems expectedmeansquare expectedmeansquares ms meansquare meansquares":
        'Expected mean squares are in m.anova(); one is m.E("MS_block"), its steps m.derive("E(MS_block)").',
    "ss sumofsquares sumsofsquares":
        'A sum of squares as a quadratic form is m.anova()["block"].sum_of_squares, its mean m.derive("E(SS_block)").',
    "satterthwaite kenwardroger ddf":
        'Satterthwaite\'s degrees of freedom are m.anova()["treatment"].satterthwaite where no error term is exact.',
    "variancecomponents components varcorr variancecomponent estimatevariances":
        'Variances by equating mean squares: m.anova().components, step by step m.anova().derive("sigma2_u"); by REML '
        'or ML: m.variance_estimators("ML"); from data: m.fit(y).parameters.',
    "emmeans emmean lsmeans lsmean means marginalmeans predictedmeans":
        'Standard errors of means are m.se_means("treatment"); the estimate of a mean or a difference is '
        'm.blue.of("tau_1 - tau_2"), its value from data m.fit(y).estimate("tau_1 - tau_2").',
    "sed sedifference sediff lsd pairs standarderror standarderrors":
        'Standard errors of differences are m.se_difference("treatment"), all of them m.se_differences("treatment"), '
        'and of any function m.se("tau_1 - tau_2").',
    "vcov varbeta covbeta":
        'The covariance matrix of β̂ is m.Var("beta_hat") where β̂ is unique, that of the estimated means '
        'm.Var("X beta_hat"); from data, m.fit(y).covariance_of_beta.',
    "contrast contrasts glht":
        'A contrast is estimated by m.blue.of("tau_1 - tau_2"), with m.se("tau_1 - tau_2"); '
        'm.estimable("tau_1 - tau_2") says whether it can be.',
    "isestimable estimability estimablefunctions":
        'm.estimable("tau_1 - tau_2") says whether a function of the fixed effects is estimable; m.null_space() says '
        "which columns of X depend on each other.",
    "loglik loglikelihood loglike likelihood density lik ml reml mle logdensity":
        'The log-likelihood is m.loglik("ML") or m.loglik("REML"); m.fit(y, "ML") maximizes it.',
    "score scores gradient":
        'The score of a parameter is m.score("sigma2_u", "ML").',
    "information fisher fisherinformation informationmatrix hessian":
        'The expected information of the variances, and its inverse, is m.information("REML").',
    "summary coef coefficients fixef lmer lme aic bic confint fitted residuals residual resid sigma":
        "What needs data is in m.fit(y): its table, .beta, .effects, .parameters, .fitted, .log_likelihood, and "
        ".lines(), which names each number of lme4's summary.",
    "eigenvalues spectrum strata stratum":
        "The eigenvalues of V with their spaces are m.strata(); m.V.eigenvalues() has them too.",
    "inverse vinv vinverse precision":
        'The inverse of V is m.V.inv().closed_form(), its steps m.derive("V^-1").',
    "det determinant logdet":
        'The determinant of V is m.V.det().closed_form(), its steps m.derive("|V|").',
    "sample draw rvs":
        "Responses are drawn by m.simulate(seed=1, sigma2=1, …).",
})  # fmt: skip

OF_FITS = _by_word({
    "fixef coef coefficients fixedeffects betahat": "The estimates of the fixed effects are .beta.",
    "ranef blup blups randomeffects uhat": "The predictions û are .effects.",
    "varcorr variancecomponents sigma theta sigma2": "The estimates of the parameters of G and R are .parameters.",
    "vcov": "The covariance matrix of β̂ is .covariance_of_beta.",
    "loglik loglikelihood deviance": "The log-likelihood is .log_likelihood; −2 times it is the deviance of ML.",
    "residuals resid": "The residuals y − Xβ̂ − Zû are .response − .fitted.",
    "predict predictions": "The fitted values Xβ̂ + Zû are .fitted.",
    "summary": "The fit shows its own table; .lines() names each number that lme4's summary prints.",
    "confint ci": "An estimate and its standard error are in .beta, and .estimate(…) has those of a function.",
    "anova aov": "The analysis of variance is that of the model: .model.anova().",
    "emmeans lsmeans contrast contrasts means":
        'The estimate of a function of the fixed effects, with its standard error, is .estimate("tau_1 - tau_2").',
    "se standarderrors": "Standard errors stand beside the estimates in .beta, .effects and .parameters.",
})  # fmt: skip


def how_asked(words: str, table: Mapping[str, str] = OF_MODELS) -> str | None:
    """How to ask for what has this name elsewhere, in a sentence; None for a name that is not known.

    >>> how_asked("Fisher information")
    'The expected information of the variances, and its inverse, is m.information("REML").'
    """
    return table.get(re.sub(r"[^a-z]", "", words.lower())) if re.fullmatch(r"[A-Za-z][A-Za-z _'’-]*", words) else None


def refuse_attribute(thing: object, what: str, name: str, table: Mapping[str, str]) -> NoReturn:
    """Raise MissingAttributeError for a name that ``thing``, a model or a fit, has not, with how it is asked for.

    Names that begin with an underscore are asked for by Python itself, and told nothing.
    """
    tip = None
    if not name.startswith("_"):
        tip = how_asked(name, table)
        near = [] if tip else get_close_matches(name, [known for known in dir(thing) if not known.startswith("_")], n=1)
        if near:
            tip = f"Did you mean {near[0]}?"
    raise MissingAttributeError(f"{what} has no attribute {name!r}.", tip=tip)
