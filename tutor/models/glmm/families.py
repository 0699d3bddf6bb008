"""Families of the response: parametrization, links, conditional mean and variance, domains."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy

from tutor.covariance.parameters import Parameter
from tutor.errors import UnknownNameError
from tutor.models.glmm.densities import DENSITIES
from tutor.models.glmm.functions import Functions

Formula = Callable[[Functions, Any, Mapping[str, Any]], Any]
"""Of the functions it is made of, μ and the constants by their keys."""

Draw = Callable[[np.random.Generator, np.ndarray, Mapping[str, float]], np.ndarray]

SIGMA2 = sympy.Symbol("sigma2", positive=True)
PHI = sympy.Symbol("phi", positive=True)
NU = sympy.Symbol("nu", positive=True)
TRIALS = sympy.Symbol("N", integer=True, positive=True)

ANY_NUMBER = (-sympy.oo, sympy.oo)
POSITIVE = (sympy.S.Zero, sympy.oo)
FRACTION = (sympy.S.Zero, sympy.S.One)


@dataclass(frozen=True, slots=True)
class Family:
    """A family of distributions of y given u, by the parameter μ that the link joins to η.

    ``letter`` is what a lecture calls that parameter, μ or π; ``written`` the name of the distribution and ``symbols``
    its constants. ``mean`` and ``variance`` are E(y | u) and Var(y | u) as functions of μ; ``domain`` are the ends
    between which μ lies, ``support`` the values of y in words. ``canonical`` is the canonical link, "" where it is
    none of the links that are known; ``links`` are those allowed, the usual one first.
    """

    key: str
    written: str
    letter: str
    constants: tuple[Parameter, ...]
    mean: Formula
    variance: Formula
    domain: tuple[sympy.Expr, sympy.Expr]
    support: str
    canonical: str
    links: tuple[str, ...]
    draw: Draw
    note: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return family_named, (self.key,)

    @property
    def usual(self) -> str:
        """The link that is meant where none is named."""
        return self.links[0]

    def density(self, y: sympy.Expr, mu: sympy.Expr, constants: Mapping[str, sympy.Expr]) -> sympy.Expr:
        """The density f(y | u), or the probability of y, as an expression."""
        return DENSITIES[self.key][0](y, mu, constants)

    def log_likelihood(self, y: sympy.Expr, mu: sympy.Expr, constants: Mapping[str, sympy.Expr]) -> sympy.Expr:
        """log f(y | u), the log-likelihood of one observation given u, as an expression."""
        return DENSITIES[self.key][1](y, mu, constants)


_DISPERSION = Parameter(PHI, "dispersion: Var(y | u) grows with it")
_PRECISION = Parameter(PHI, "precision: Var(y | u) falls with it")
_SPREAD = Parameter(SIGMA2, "variance of y given u")
_SCALE = Parameter(SIGMA2, "squared scale of y given u, which is no variance")
_LOG_SPREAD = Parameter(SIGMA2, "variance of log(y) given u")
_FREEDOM = Parameter(NU, "degrees of freedom")
_NUMBER = Parameter(TRIALS, "number of trials of one observation")

_PROBABILITY = ("logit", "probit", "cloglog", "identity", "log")

_ALL = (
    Family("normal", "N", "mu", (_SPREAD,), lambda f, mu, c: mu, lambda f, mu, c: c["sigma2"],
           ANY_NUMBER, "any number", "identity", ("identity", "log", "inverse", "sqrt"),
           lambda g, mu, c: g.normal(mu, c["sigma2"] ** 0.5)),
    Family("t", "t", "mu", (_FREEDOM, _SCALE), lambda f, mu, c: mu,
           lambda f, mu, c: c["nu"] / (c["nu"] - 2) * c["sigma2"],
           ANY_NUMBER, "any number", "", ("identity", "log", "inverse"),
           lambda g, mu, c: mu + c["sigma2"] ** 0.5 * g.standard_t(c["nu"], np.shape(mu)),
           "the t distribution is no exponential family, so no link is canonical"),
    Family("Gamma", "Gamma", "mu", (_DISPERSION,), lambda f, mu, c: mu, lambda f, mu, c: c["phi"] * mu**2,
           POSITIVE, "y > 0", "inverse", ("log", "inverse", "identity", "sqrt"),
           lambda g, mu, c: g.gamma(1 / c["phi"], c["phi"] * mu),
           "shape 1/φ and scale φμ"),
    Family("Beta", "Beta", "mu", (_PRECISION,), lambda f, mu, c: mu,
           lambda f, mu, c: mu * (1 - mu) / (1 + c["phi"]),
           FRACTION, "0 < y < 1", "", _PROBABILITY,
           lambda g, mu, c: g.beta(mu * c["phi"], (1 - mu) * c["phi"]),
           "the two parameters of the distribution are μφ and (1 − μ)φ"),
    Family("Binomial", "Binomial", "pi", (_NUMBER,), lambda f, pi, c: c["N"] * pi,
           lambda f, pi, c: c["N"] * pi * (1 - pi),
           FRACTION, "y = 0, 1, …, N", "logit", _PROBABILITY,
           lambda g, pi, c: g.binomial(np.asarray(c["N"], dtype=int), pi).astype(float),
           "the response counts successes, and the link is of their probability π"),
    Family("Bernoulli", "Bernoulli", "pi", (), lambda f, pi, c: pi, lambda f, pi, c: pi * (1 - pi),
           FRACTION, "y = 0, 1", "logit", _PROBABILITY,
           lambda g, pi, c: g.binomial(1, pi).astype(float)),
    Family("Poisson", "Poisson", "mu", (), lambda f, mu, c: mu, lambda f, mu, c: mu,
           POSITIVE, "y = 0, 1, 2, …", "log", ("log", "identity", "sqrt"),
           lambda g, mu, c: g.poisson(mu).astype(float)),
    Family("negative binomial", "NegativeBinomial", "mu", (Parameter(PHI, "size: Var(y | u) falls with it"),),
           lambda f, mu, c: mu, lambda f, mu, c: mu + mu**2 / c["phi"],
           POSITIVE, "y = 0, 1, 2, …", "", ("log", "identity", "sqrt"),
           lambda g, mu, c: g.negative_binomial(c["phi"], c["phi"] / (c["phi"] + mu)).astype(float),
           "the canonical link, log(μ/(μ + φ)), is not in use"),
    Family("lognormal", "Lognormal", "mu", (_LOG_SPREAD,),
           lambda f, mu, c: f.exp(mu + c["sigma2"] / 2),
           lambda f, mu, c: (f.exp(c["sigma2"]) - 1) * f.exp(2 * mu + c["sigma2"]),
           ANY_NUMBER, "y > 0", "identity", ("identity",),
           lambda g, mu, c: g.lognormal(mu, c["sigma2"] ** 0.5),
           "μ is the mean of log(y) given u, not of y"),
)  # fmt: skip

FAMILIES: Mapping[str, Family] = {family.key: family for family in _ALL}
"""Families by their keys."""

_SPELLINGS = {
    "gaussian": "normal", "n": "normal", "student": "t", "student t": "t", "binom": "Binomial", "pois": "Poisson",
    "nb": "negative binomial", "nbinom": "negative binomial", "nbinom2": "negative binomial",
    "negbin": "negative binomial", "negativebinomial": "negative binomial", "negative_binomial": "negative binomial",
    "log-normal": "lognormal",
}  # fmt: skip


def family_named(name: str) -> Family:
    """The family of a name, in any letter case. Raises UnknownNameError for one that is not known.

    >>> family_named("gaussian").key, family_named("beta").usual
    ('normal', 'logit')
    """
    lowered = str(name).lower()
    key = _SPELLINGS.get(lowered, next((key for key in FAMILIES if key.lower() == lowered), ""))
    if not key:
        raise UnknownNameError("The family", str(name), FAMILIES)
    return FAMILIES[key]
