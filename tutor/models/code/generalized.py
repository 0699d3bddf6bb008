"""A generalized model in R: a linear mixed model's formula with a family and a link, in lme4 or glmmTMB."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tutor.errors import TutorError, UnknownNameError
from tutor.models.code.programs import Code
from tutor.models.code.r import formula_and_data
from tutor.models.code.terms import Terms, terms_of

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

_BOTH = {
    "normal": "gaussian",
    "Gamma": "Gamma",
    "Binomial": "binomial",
    "Bernoulli": "binomial",
    "Poisson": "poisson",
}
"""Families that glm of R has, by their keys here."""

_GLMM_TMB = {**_BOTH, "negative binomial": "nbinom2", "Beta": "beta_family", "t": "t_family"}


def code_of_generalized(model: GeneralizedModel, program: str, data: str = "d") -> Code:
    """The model in lme4 or glmmTMB; ``data`` is what the program calls the data.

    Successes of N trials are cbind(y, N − y), with a column N where N is a letter.

    Raises
    ------
    UnknownNameError
        For another program.
    TutorError
        For a family that the program does not have, with one that has it, and for a model that it has no words for.
    """
    writers = {"lme4": _lme4, "glmmTMB": _glmm_tmb}
    if program not in writers:
        raise UnknownNameError("The program for a generalized model", str(program), writers)
    terms = terms_of(model.linear)
    if model.family.key == "Binomial":
        number = str(model.constants["N"]).partition("_")[0]  # of n_ij the column n
        terms = replace(terms, response=f"cbind({terms.response}, {number} - {terms.response})")
    return Code(writers[program](model, terms, data))


def _lme4(model: GeneralizedModel, terms: Terms, data: str) -> str:
    """glmer, glmer.nb for the negative binomial distribution, lmer for the normal one with the identity; glm and its
    like without random effects."""
    key, link = model.family.key, model.link.key
    if key == "negative binomial" and link == "log":
        library = "library(lme4)" if terms.random else "library(MASS)"
        function = "glmer.nb" if terms.random else "glm.nb"
        return f"{library}\n\nm <- {function}({formula_and_data(terms, data, 'lme4')})"
    if key not in _BOTH:
        instead = 'glmmTMB has it: .code("glmmTMB")' if key in _GLMM_TMB else "Its logarithm is normal: fit log(y)"
        raise TutorError(f"lme4 has no family for the {key} distribution with the {link} link.", tip=f"{instead}.")
    linear = (key, link) == ("normal", "identity")
    family = "" if linear else f'family = {_BOTH[key]}(link = "{link}"), '
    library, function = "library(lme4)\n\n", "lmer" if linear else "glmer"
    if not terms.random:
        library, function = "", "lm" if linear else "glm"
    return f"{library}m <- {function}({formula_and_data(terms, data, 'lme4', family)})"


def _glmm_tmb(model: GeneralizedModel, terms: Terms, data: str) -> str:
    key, link = model.family.key, model.link.key
    if key not in _GLMM_TMB:
        raise TutorError(f"The {key} distribution of glmmTMB is told by its mean, and not by that of the logarithm.",
                         tip="The logarithm of y is normal: fit log(y).")  # fmt: skip
    family = f'family = {_GLMM_TMB[key]}(link = "{link}"), '
    return f"library(glmmTMB)\n\nm <- glmmTMB({formula_and_data(terms, data, 'glmmTMB', family)})"
