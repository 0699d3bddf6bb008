"""Families and links: densities are densities, with the mean and the variance that the family states."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from tutor.algebra.orthants import bivariate_normal
from tutor.errors import UnknownNameError
from tutor.models.glmm.families import FAMILIES, Family, family_named
from tutor.models.glmm.functions import LETTERS, NUMBERS
from tutor.models.glmm.links import LINKS
from tutor.models.glmm.numbers import number

Y = sympy.Symbol("y", real=True)

WHOLE = {"Binomial": 13, "Bernoulli": 2, "Poisson": 120, "negative binomial": 900}
"""Family of whole numbers: how many values of y are added."""


@st.composite
def settings_of(draw: st.DrawFn, family: Family) -> tuple[float, dict[str, float]]:
    """A parameter μ and the constants of a family, inside their domains."""
    low, high = family.domain
    mu = draw(st.floats(0.15, 0.85) if high == 1 else st.floats(0.4, 4) if low == 0 else st.floats(-2, 2))
    ranges = {"sigma2": (0.3, 2.0), "phi": (0.3, 0.9) if family.key == "Gamma" else (2.5, 8.0), "nu": (5.0, 12.0)}
    constants = {p.key: draw(st.floats(*ranges[p.key])) for p in family.constants if p.key in ranges}
    return mu, {**constants, **({"N": 12} if family.key == "Binomial" else {})}


@pytest.mark.parametrize("key", FAMILIES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_density_has_the_mean_and_the_variance_that_its_family_states(key: str, data: st.DataObject) -> None:
    family = FAMILIES[key]
    mu, constants = data.draw(settings_of(family))
    exact = {name: sympy.Float(value, 30) for name, value in constants.items()}
    exact = {name: sympy.Integer(12) if name == "N" else value for name, value in exact.items()}
    density = family.density(Y, sympy.Float(mu, 30), exact)
    if key in WHOLE:
        values = np.arange(WHOLE[key])
        chances = np.array([float(sympy.N(density.subs(Y, int(y)), 20)) for y in values[:150]])
        values = values[:150]
        moments = [float(chances @ values**k) for k in range(3)]
        tolerance = 1e-8
    else:
        function = sympy.lambdify(Y, density, "scipy")
        low, high = {"y > 0": (0, np.inf), "0 < y < 1": (0, 1)}.get(family.support, (-np.inf, np.inf))
        moments = [integrate.quad(lambda y, k=k: y**k * function(y), low, high, limit=400)[0] for k in range(3)]
        tolerance = 1e-5
    total, first, second = moments
    assert total == pytest.approx(1, rel=tolerance)
    assert first == pytest.approx(float(family.mean(NUMBERS, mu, constants)), rel=tolerance, abs=tolerance)
    assert second - first**2 == pytest.approx(float(family.variance(NUMBERS, mu, constants)), rel=100 * tolerance)


@pytest.mark.parametrize("key", FAMILIES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_the_log_likelihood_is_the_logarithm_of_the_density(key: str, data: st.DataObject) -> None:
    family = FAMILIES[key]
    mu, constants = data.draw(settings_of(family))
    y = 1 if key in WHOLE else 0.37
    names = {p.key: p.symbol for p in family.constants}
    letter = sympy.Symbol("mu")
    both = [f(sympy.sympify(y), letter, names) for f in (family.density, family.log_likelihood)]
    density, likelihood = (number(part, {"mu": mu, **constants}) for part in both)
    assert likelihood == pytest.approx(np.log(density), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("key", FAMILIES)
def test_letters_and_numbers_say_the_same_of_mean_and_variance(key: str) -> None:
    family = FAMILIES[key]
    names = {p.key: p.symbol for p in family.constants}
    mu = sympy.Symbol("mu")
    constants = {"sigma2": 0.7, "phi": 2.2, "nu": 5.5, "N": 7.0}
    for moment in (family.mean, family.variance):
        told = number(sympy.sympify(moment(LETTERS, mu, names)), {"mu": 0.3, **constants})
        assert told == pytest.approx(float(moment(NUMBERS, 0.3, constants)), rel=1e-14)


@pytest.mark.parametrize("key", FAMILIES)
def test_draws_have_the_mean_and_the_variance_of_the_family(key: str) -> None:
    family = FAMILIES[key]
    constants = {"sigma2": 0.5, "phi": 0.8 if key == "Gamma" else 3.0, "nu": 9.0, "N": 7.0}
    draws = family.draw(np.random.default_rng(5), np.full(400_000, 0.35), constants)
    mean, variance = (float(m(NUMBERS, 0.35, constants)) for m in (family.mean, family.variance))
    assert abs(draws.mean() - mean) < 5 * np.sqrt(variance / len(draws))
    squares = (draws - mean) ** 2
    assert abs(squares.mean() - variance) < 5 * squares.std() / np.sqrt(len(draws))


@pytest.mark.parametrize("key", LINKS)
@given(eta=st.floats(0.2, 2.2))
@settings(deadline=None)
def test_a_link_its_inverse_and_its_derivative_belong_together(key: str, eta: float) -> None:
    link = LINKS[key]
    letter = sympy.Symbol("eta", real=True)
    mu = float(link.inverse(NUMBERS, np.array([eta]))[0])
    assert number(link.mean(letter), {"eta": eta}) == pytest.approx(mu, rel=1e-13)
    step = 1e-5
    ends = link.inverse(NUMBERS, np.array([eta - step, eta + step]))
    slope = link.derivative(letter).replace(
        sympy.Function("phi", real=True), lambda x: sympy.exp(-(x**2) / 2) / sympy.sqrt(2 * sympy.pi)
    )
    assert isinstance(slope, sympy.Expr)
    assert number(slope, {"eta": eta}) == pytest.approx((ends[1] - ends[0]) / (2 * step), rel=1e-7)
    if key != "probit":
        formula = link.formula(sympy.Symbol("mu", positive=True))
        assert number(formula, {"mu": mu}) == pytest.approx(eta, rel=1e-9)


@given(a=st.floats(-3, 3), b=st.floats(-3, 3), rho=st.floats(-0.98, 0.98))
@settings(deadline=None, max_examples=30)
def test_the_bivariate_normal_distribution_is_an_integral_of_the_conditional_one(
    a: float, b: float, rho: float
) -> None:
    below = integrate.quad(
        lambda x: np.exp(-x * x / 2) / np.sqrt(2 * np.pi) * NUMBERS.Phi((b - rho * x) / np.sqrt(1 - rho**2)),
        -12, a, points=[max(-11.9, min(a, b))], epsabs=1e-13, limit=300,
    )[0]  # fmt: skip
    assert bivariate_normal(a, b, rho) == pytest.approx(below, abs=1e-10)


@pytest.mark.parametrize("key", FAMILIES)
def test_each_link_of_a_family_is_known_and_the_usual_one_the_first(key: str) -> None:
    family = FAMILIES[key]
    assert set(family.links) <= set(LINKS)
    assert family.usual == family.links[0]
    assert not family.canonical or family.canonical in family.links


def test_families_are_found_by_their_other_names() -> None:
    assert [family_named(name).key for name in ("gaussian", "POISSON", "nb", "beta")] == [
        "normal", "Poisson", "negative binomial", "Beta",
    ]  # fmt: skip
    with pytest.raises(UnknownNameError, match="Did you mean Poisson"):
        family_named("Poison")
