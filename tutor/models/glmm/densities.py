"""Densities and log-likelihoods of one observation, as expressions of y, μ and the constants of the family.

In the parametrizations of `families`: Casella and Berger (2002), Statistical Inference, for the distributions; for the
beta with mean and precision Ferrari and Cribari-Neto (2004), Journal of Applied Statistics 31.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sympy import Expr, binomial, exp, factorial, gamma, log, pi, sqrt

Constants = Mapping[str, Expr]
Formula = Callable[[Expr, Expr, Constants], Expr]
"""Of y, μ and the constants by their keys."""


def _normal(y: Expr, mu: Expr, c: Constants) -> Expr:
    return exp(-((y - mu) ** 2) / (2 * c["sigma2"])) / sqrt(2 * pi * c["sigma2"])


def _log_normal(y: Expr, mu: Expr, c: Constants) -> Expr:
    return -log(2 * pi * c["sigma2"]) / 2 - (y - mu) ** 2 / (2 * c["sigma2"])


def _lognormal(y: Expr, mu: Expr, c: Constants) -> Expr:
    return _normal(log(y), mu, c) / y


def _log_lognormal(y: Expr, mu: Expr, c: Constants) -> Expr:
    return _log_normal(log(y), mu, c) - log(y)


def _t(y: Expr, mu: Expr, c: Constants) -> Expr:
    nu, sigma2 = c["nu"], c["sigma2"]
    kernel = (1 + (y - mu) ** 2 / (nu * sigma2)) ** (-(nu + 1) / 2)
    return gamma((nu + 1) / 2) / (gamma(nu / 2) * sqrt(nu * pi * sigma2)) * kernel


def _log_t(y: Expr, mu: Expr, c: Constants) -> Expr:
    nu, sigma2 = c["nu"], c["sigma2"]
    constant = log(gamma((nu + 1) / 2)) - log(gamma(nu / 2)) - log(nu * pi * sigma2) / 2
    return constant - (nu + 1) / 2 * log(1 + (y - mu) ** 2 / (nu * sigma2))


def _gamma(y: Expr, mu: Expr, c: Constants) -> Expr:
    phi = c["phi"]
    return y ** (1 / phi - 1) * exp(-y / (phi * mu)) / (gamma(1 / phi) * (phi * mu) ** (1 / phi))


def _log_gamma(y: Expr, mu: Expr, c: Constants) -> Expr:
    phi = c["phi"]
    return (1 / phi - 1) * log(y) - y / (phi * mu) - log(phi * mu) / phi - log(gamma(1 / phi))


def _beta(y: Expr, mu: Expr, c: Constants) -> Expr:
    first, second = mu * c["phi"], (1 - mu) * c["phi"]
    return gamma(c["phi"]) / (gamma(first) * gamma(second)) * y ** (first - 1) * (1 - y) ** (second - 1)


def _log_beta(y: Expr, mu: Expr, c: Constants) -> Expr:
    first, second = mu * c["phi"], (1 - mu) * c["phi"]
    constant = log(gamma(c["phi"])) - log(gamma(first)) - log(gamma(second))
    return constant + (first - 1) * log(y) + (second - 1) * log(1 - y)


def _binomial(y: Expr, mu: Expr, c: Constants) -> Expr:
    return binomial(c["N"], y) * mu**y * (1 - mu) ** (c["N"] - y)


def _log_binomial(y: Expr, mu: Expr, c: Constants) -> Expr:
    return log(binomial(c["N"], y)) + y * log(mu) + (c["N"] - y) * log(1 - mu)


def _bernoulli(y: Expr, mu: Expr, c: Constants) -> Expr:
    return mu**y * (1 - mu) ** (1 - y)


def _log_bernoulli(y: Expr, mu: Expr, c: Constants) -> Expr:
    return y * log(mu) + (1 - y) * log(1 - mu)


def _poisson(y: Expr, mu: Expr, c: Constants) -> Expr:
    return mu**y * exp(-mu) / factorial(y)


def _log_poisson(y: Expr, mu: Expr, c: Constants) -> Expr:
    return y * log(mu) - mu - log(factorial(y))


def _negative_binomial(y: Expr, mu: Expr, c: Constants) -> Expr:
    phi = c["phi"]
    chance = gamma(y + phi) / (factorial(y) * gamma(phi))
    return chance * (phi / (mu + phi)) ** phi * (mu / (mu + phi)) ** y


def _log_negative_binomial(y: Expr, mu: Expr, c: Constants) -> Expr:
    phi = c["phi"]
    constant = log(gamma(y + phi)) - log(factorial(y)) - log(gamma(phi))
    return constant + phi * log(phi / (mu + phi)) + y * log(mu / (mu + phi))


DENSITIES: Mapping[str, tuple[Formula, Formula]] = {
    "normal": (_normal, _log_normal),
    "t": (_t, _log_t),
    "Gamma": (_gamma, _log_gamma),
    "Beta": (_beta, _log_beta),
    "Binomial": (_binomial, _log_binomial),
    "Bernoulli": (_bernoulli, _log_bernoulli),
    "Poisson": (_poisson, _log_poisson),
    "negative binomial": (_negative_binomial, _log_negative_binomial),
    "lognormal": (_lognormal, _log_lognormal),
}
"""Key of a family: its density, and the logarithm of it."""
