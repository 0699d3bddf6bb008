"""Families of distributions by each of their spellings."""

from __future__ import annotations

import re

from tutor.notation.parsing.manners import OF_FAMILIES, PREPARED_WORDS

BY_PRECISION = frozenset({"dnorm", "dmnorm"})
"""Spellings of the normal distribution in BUGS and JAGS, where the second argument is the inverse of the variance."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "N": ("N", "MVN", "Normal", "normal", "Gaussian", "Norm", *OF_FAMILIES, *BY_PRECISION, "MultivariateNormal",
          "MvNormal", "MVNormal", "mvnormal", "multivariate normal", "Multivariate normal", "Multivariate Normal"),
    "Poisson": ("Poisson", "poisson", "Pois", "pois", "Poi", "Po", "dpois"),
    "Binomial": ("Binomial", "binomial", "Bin", "bin", "Binom", "binom"),
    "Bernoulli": ("Bernoulli", "bernoulli", "Bern", "Ber", "dbern"),
    "Beta": ("Beta", "beta", "dbeta"),
    "Gamma": ("Gamma", "gamma", "Ga", "dgamma"),
    "NegativeBinomial": ("NegativeBinomial", "NB", "NegBin", "NegBinomial", "negbin", "Negative Binomial",
                         "negative binomial", "Negative binomial", "NBin"),
    "t": ("t", "Student", "StudentT"),
    "chi2": ("chi", "chi2", "Chisq", "ChiSquared"),
    "F": ("F",),
    "Uniform": ("Uniform", "uniform", "U", "Unif", "unif", "dunif"),
    "Exponential": ("Exponential", "exponential", "Exp", "Expo", "dexp"),
    "InverseGamma": ("InverseGamma", "Inverse-Gamma", "inverse-gamma", "Inverse Gamma", "Inv-Gamma", "InvGamma", "IG"),
    "HalfNormal": ("HalfNormal", "Half-Normal", "half-normal", "Half Normal"),
    "Cauchy": ("Cauchy", "cauchy"),
    "HalfT": ("HalfT", "Half-t", "half-t", "HalfStudentT"),
    "HalfCauchy": ("HalfCauchy", "Half-Cauchy", "half-Cauchy", "Half Cauchy"),
    "LKJ": ("LKJ", "LKJCorr", "lkj"),
    "Wishart": ("Wishart",),
    "InverseWishart": ("InverseWishart", "Inverse-Wishart", "Inv-Wishart", "Inverse Wishart", "InvWishart", "IW"),
}  # fmt: skip

_FAMILIES = {spelling: key for key, spellings in _SPELLINGS.items() for spelling in spellings}

FAMILIES = frozenset(_SPELLINGS)
"""The keys of all families."""

FAMILY_WORDS = frozenset(spelling for spelling in _FAMILIES if not spelling.isalnum())
"""Spellings of more than one word, with a blank or a hyphen between them."""

POSITIVE_HALVES = {"N": "HalfNormal", "Cauchy": "HalfCauchy", "t": "HalfT"}
"""Families of which the half above zero is one, N⁺(0, σ²)."""

WITHOUT_ARGUMENTS = frozenset({"chi", "chi2", "F", "t"})
r"""Families that may have degrees of freedom below them and no brackets, as \\chi^2_{n-p}."""


def family(spelling: str) -> str:
    r"""The key of a family; one that is not in the table, as P for any distribution, is as it was written.

    >>> family("Pois"), family("MVN"), family("D")
    ('Poisson', 'N', 'D')
    """
    return _FAMILIES.get(spelling, spelling)


_BEFORE = re.compile(
    r"\s*(?:(?:iid|i\.\s?i\.\s?d\.?|ind\.?)\s+)?(?:\\(?:mathcal|mathrm|text|operatorname)\s*\{\s*)?(?P<name>[A-Za-z]+)\s*\}?"
    r"(?:_(?:\{[^{}]*\}|\w))?\s*(?:\\left\s*)?\("
)


def before_family(text: str, start: int, end: int) -> bool:
    r"""Whether a family with its arguments stands at an offset: there a ~ in TeX is no blank, y ~ N(X\\beta, V).

    >>> [before_family(text, 0, len(text)) for text in (" N(0, 1)", r"\\text{iid} N", " Z(u)")]
    [True, False, False]
    """
    found = _BEFORE.match(text, start, end)
    return found is not None and found["name"] in _FAMILIES


def prepared_family(content: str) -> tuple[str, str] | None:
    """The word before the family and the family of words as "indep. Binomial", None in others."""
    before, _, name = content.partition(" ")
    return (before, name) if before in PREPARED_WORDS and family(name) in FAMILIES else None
