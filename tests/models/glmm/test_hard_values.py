"""Means and covariances at parameters where they are hard, against integrals of 30 digits: variances up to 100,
probabilities near 0 and 1, small shapes, random slopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import pytest

from tutor import glmm, random_slopes, rcbd

INVERSE: Mapping[str, Callable[[Any], Any]] = {
    "log": mpmath.exp,
    "logit": lambda eta: 1 / (1 + mpmath.exp(-eta)),
    "probit": mpmath.ncdf,
    "cloglog": lambda eta: -mpmath.expm1(-mpmath.exp(eta)),
}
BOUNDED = [(0.3, 0.5), (-5, 4), (5, 9), (-8, 25), (0, 100)]
POSITIVE = [(0.3, 0.5), (-5, 4), (5, 9)]

CASES = [
    *[("Bernoulli", link, {}, at) for link in ("logit", "probit", "cloglog") for at in BOUNDED],
    *[("Beta", "logit", {"phi": 0.05}, at) for at in BOUNDED],
    *[(family, "log", constants, at)
      for family, constants in (("Poisson", {}), ("Gamma", {"phi": 20.0}), ("negative binomial", {"phi": 0.05}))
      for at in POSITIVE],
]  # fmt: skip


def moments(link: str, first: tuple[float, float], slope: float = 1.0) -> tuple[Any, Any]:
    """E(g⁻¹(η)) and Cov(g⁻¹(η), g⁻¹(η*)) of η = m + s z and η* = slope × s z + m, z standard normal."""
    with mpmath.workdps(30):
        m, s = mpmath.mpf(first[0]), mpmath.sqrt(first[1])
        places = [-20, -14, -11, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 14, 20]

        def one(z: Any) -> Any:
            return INVERSE[link](m + s * z)

        def other(z: Any) -> Any:
            return INVERSE[link](m + slope * s * z)

        def mean(function: Callable[[Any], Any]) -> Any:
            return mpmath.quad(lambda z: function(z) * mpmath.npdf(z), places)

        return mean(one), mean(lambda z: one(z) * other(z)) - mean(one) * mean(other)


@pytest.mark.slow
@pytest.mark.parametrize(("family", "link", "constants", "at"), CASES)
def test_hard_values_have_ten_digits(
    family: str, link: str, constants: dict[str, float], at: tuple[float, float]
) -> None:
    g = glmm(rcbd(2, 2), family, link)
    values: dict[str, Any] = {"mu": at[0], "tau_1": 0, "tau_2": 0, "sigma2_u": at[1], **constants}
    mean, covariance = moments(link, at)
    assert float(g.value("E(y_11)", **values)) == pytest.approx(float(mean), rel=1e-10)
    assert float(g.value("Cov(y_11, y_21)", **values)) == pytest.approx(float(covariance), rel=1e-10)


@pytest.mark.slow
@pytest.mark.parametrize(("family", "link"), [("Bernoulli", "logit"), ("Bernoulli", "probit"), ("Poisson", "log")])
def test_observations_of_one_slope_at_two_places(family: str, link: str) -> None:
    """Slopes alone vary, at x = 1 and x = 2, so that one integral tells the covariance."""
    g = glmm(random_slopes(2, [1, 2, 4]), family, link)
    values: dict[str, Any] = {"beta_0": -3.0, "beta_1": 0.0, "sigma2_u0": 0.0, "sigma2_u1": 2.0, "sigma_u01": 0.0}
    mean, covariance = moments(link, (-3.0, 2.0), slope=2.0)
    assert float(g.value("E(y_11)", **values)) == pytest.approx(float(mean), rel=1e-10)
    assert float(g.value("Cov(y_11, y_21)", **values)) == pytest.approx(float(covariance), rel=1e-10)


VARIANCE: list[tuple[str, str, dict[str, float], tuple[float, float], Callable[[Any], Any], float]] = [
    ("Binomial", "logit", {"N": 50}, (-8, 25), lambda p: 50 * p * (1 - p), 50),
    ("Binomial", "cloglog", {"N": 1000}, (-5, 4), lambda p: 1000 * p * (1 - p), 1000),
    ("Bernoulli", "probit", {}, (5, 9), lambda p: p * (1 - p), 1),
    ("Beta", "logit", {"phi": 0.05}, (-8, 25), lambda p: p * (1 - p) / mpmath.mpf("1.05"), 1),
    ("Poisson", "log", {}, (-5, 4), lambda mu: mu, 1),
    ("Gamma", "log", {"phi": 20.0}, (-5, 4), lambda mu: 20 * mu**2, 1),
    ("negative binomial", "log", {"phi": 0.05}, (-5, 4), lambda mu: mu + 20 * mu**2, 1),
]
"""A family, its link and constants, the mean and the variance of η, Var(y | u), and what E(y | u) is times g⁻¹(η)."""


@pytest.mark.slow
@pytest.mark.parametrize(("family", "link", "constants", "at", "given", "times"), VARIANCE)
def test_hard_variances_have_ten_digits(
    family: str,
    link: str,
    constants: dict[str, float],
    at: tuple[float, float],
    given: Callable[[Any], Any],
    times: float,
) -> None:
    """Var(y) = E(Var(y | u)) + Var(E(y | u))."""
    with mpmath.workdps(30):
        m, s = mpmath.mpf(at[0]), mpmath.sqrt(at[1])
        places = [-20, -14, -11, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 14, 20]
        within = mpmath.quad(lambda z: given(INVERSE[link](m + s * z)) * mpmath.npdf(z), places)
        expected = within + times**2 * moments(link, at)[1]
    g = glmm(rcbd(2, 2), family, link)
    found = g.value("Var(y_11)", mu=at[0], tau_1=0, tau_2=0, sigma2_u=at[1], **constants)
    assert float(found) == pytest.approx(float(expected), rel=1e-10)
