"""Estimates of estimable functions and of means: every step, the weights, the variances, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.inference.test_estimators import MAKERS, close, made
from tests.models.truth import fitted_by_r
from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError, UnknownNameError
from tutor.models.inference.blue import variance_of_estimate
from tutor.models.inference.estimator import Estimator
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode, write

FUNCTIONS = {
    "one way": "mu",
    "unequal groups": "mu",
    "rcbd": "tau_1 - tau_2",
    "split plot": "tau_1 - tau_2 + taualpha_11 - taualpha_21",
    "latin square": "tau_1 - tau_3",
    "bibd": "tau_1 - tau_2",
    "regression": "beta_1",
    "slopes": "beta_0 + 2 beta_1",
    "data": "beta_1",
    "offset": "beta_0",
}


@pytest.mark.parametrize("kind", ["blue", "ols"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_step_of_an_estimate_holds(name: str, kind: str) -> None:
    found = getattr(made(name), kind).of(FUNCTIONS[name])
    assert set(found.derivations) == {"estimate", "mean", "variance"}
    for derivation in found.derivations.values():
        assert len(derivation) > 0
        assert_derivation_holds(derivation, seeds=2)


@pytest.mark.parametrize("kind", ["blue", "ols"])
@pytest.mark.parametrize("name", MAKERS)
def test_each_step_of_the_estimated_means_holds(name: str, kind: str) -> None:
    for derivation in getattr(made(name), kind).fitted.derivations.values():
        assert len(derivation) > 0
        assert_derivation_holds(derivation, seeds=2)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_variance_in_letters_is_that_of_the_formula_in_numbers(name: str) -> None:
    m, function = made(name), FUNCTIONS[name]
    keys = [parameter.key for parameter in m.parameters]
    values = {key: 0.3 if key.startswith("sigma_") else 1.0 + i for i, key in enumerate(keys)}
    at = {p.symbol: sympy.Rational(str(values[p.key])) for p in m.parameters}
    y = np.random.default_rng(2).normal(size=int(m.n))
    numbers = []
    for estimator in (m.ols, m.blue):
        told = estimator.of(function)
        numbers.append(float(told.at(y, **values).covariance[0, 0]))
        assert numbers[-1] == pytest.approx(float(variance_of(told).xreplace(at)))  # pyright: ignore[reportArgumentType]
    assert sympy.cancel(variance_of(m.blue.of(function)) - variance_of_estimate(m, function)) == 0
    assert numbers[0] >= numbers[1] * (1 - 1e-12)


def variance_of(found: Estimator) -> sympy.Expr:
    result = found.derive("variance").result
    assert isinstance(result, Scalar)
    return result.value


@pytest.mark.parametrize(
    ("m", "function", "told"),
    [
        (tutor.rcbd(3, 2), "tau_1 - tau_2", "ȳ_{1·} − ȳ_{2·}"),
        (tutor.one_way(3, 2), "mu", "ȳ_{··}"),
        (tutor.latin_square(3), "tau_1 - tau_2", "ȳ_{··1} − ȳ_{··2}"),
        (tutor.split_plot(2, 2, 3), "alpha_1 - alpha_2 + taualpha_11 - taualpha_12", "ȳ_{11·} − ȳ_{12·}"),
        (tutor.regression([1, 2, 3]), "beta_1", "−(1/2) y_1 + (1/2) y_3"),
    ],
    ids=str,
)
def test_the_weights_are_told_as_means(m: MixedModel, function: str, told: str) -> None:
    assert unicode(m.blue.of(function).derive("estimate").result) == told


def test_at_numbers_it_is_the_difference_of_the_means() -> None:
    y = [1.0, 2, 3, 4, 5, 9]
    found = tutor.rcbd(3, 2).blue.of("tau_1 - tau_3").at(y, sigma2=2, sigma2_u=3)
    ((_, estimate),) = list(found)
    assert estimate.value == pytest.approx((1 + 4) / 2 - (3 + 9) / 2)
    assert estimate.standard_error == pytest.approx((2 * 2 / 2) ** 0.5)
    assert found["τ_1 − τ_3"].value == estimate.value
    with pytest.raises(UnknownNameError):
        _ = found["τ_1"]


def test_the_estimated_means_have_numbers_where_effects_have_none() -> None:
    m = tutor.rcbd(3, 2)
    y = np.array([1.0, 2, 3, 4, 5, 9])
    found = m.blue.fitted.at(y, sigma2=2, sigma2_u=3)
    assert close(found.values, np.tile((y[:3] + y[3:]) / 2, 2))
    assert found.names[0] == "y_11"
    assert close(found.covariance[:3, :3], (2 * np.eye(3) + 3 * np.ones((3, 3))) / 2)


@pytest.mark.parametrize("name", ["oats_splitplot", "sleep_corr", "orthodont_gls_ar1"])
def test_the_estimated_means_are_X_times_the_estimates_of_R(name: str) -> None:
    ours, values = fitted_by_r(name)
    assert close(ours.blue.fitted.at(**values).values, ours.X.numpy() @ ours.blue.at(**values).values)


def test_what_is_not_estimable_is_refused_with_the_reason() -> None:
    with pytest.raises(TutorError, match="τ_1 is not estimable"):
        tutor.rcbd(3, 2).blue.of("tau_1")
    with pytest.raises(TutorError, match="τ_1 is not estimable"):
        tutor.rcbd("t", "b").blue.of("tau_1")


LETTERS = [
    (tutor.rcbd, ("t", "b"), (3, 4), "tau_1 - tau_2"),
    (tutor.rcbd, ("t", "b"), (3, 4), "mu + tau_1"),
    (tutor.crd, ("t", "r"), (3, 2), "tau_1 + tau_2 - 2 tau_3"),
    (tutor.latin_square, ("t",), (3,), "tau_1 - tau_3"),
    (tutor.split_plot, ("a", "b", "r"), (2, 3, 2), "tau_1 - tau_2 + taualpha_12 - taualpha_22"),
    (tutor.split_plot, ("a", "b", "r"), (2, 3, 2), "alpha_1 - alpha_3 + taualpha_11 - taualpha_13"),
]


@pytest.mark.parametrize(("make", "letters", "sizes", "function"), LETTERS)
def test_with_letters_for_sizes_the_estimate_is_the_same_sum_of_averages(
    make: Any, letters: tuple[str, ...], sizes: tuple[int, ...], function: str
) -> None:
    whole, ours = make(*letters), make(*sizes)
    found, listed = whole.blue.of(function), ours.blue.of(function)
    assert unicode(found.derive("estimate").result) == unicode(listed.derive("estimate").result)
    assert unicode(found.derive("mean").result) == unicode(listed.derive("mean").result)
    numbers = dict(zip(letters, sizes, strict=True))
    told = found.derive("variance").result
    assert isinstance(told, Scalar)
    put_in = [(letter, numbers[str(letter)]) for letter in told.value.free_symbols if str(letter) in numbers]
    difference = told.value.subs(put_in) - variance_of(listed)
    assert sympy.cancel(difference) == 0
    estimates = " + ".join(f"({c}) {name}" for c, name in hats(function))
    assert unicode(whole.derive(estimates).result) == unicode(found.derive("estimate").result)


def hats(function: str) -> list[tuple[int, str]]:
    """The terms of a sum with a hat on each effect."""
    expression = sympy.Add(*(
        sympy.Integer(-1 if sign == "-" else 1) * int(number or 1) * sympy.Symbol(name)
        for sign, number, name in re.findall(r"([+-]?)\s*(\d*)\s*([a-z]+(?:_\d+)?)", function)
    ))  # fmt: skip
    found = []
    for letter, times in expression.as_coefficients_dict().items():
        base, underscore, below = str(letter).partition("_")
        found.append((int(times), f"{base}hat{underscore}{below}"))
    return found


@pytest.mark.parametrize("sizes", [(3, 4), ("t", "b")])
@pytest.mark.parametrize("text", ["Var(tauhat_1 - tauhat_2 | u)", r"Var(\hat\tau_1 - \hat\tau_2 \mid u)"])
def test_the_variance_of_a_difference_of_estimates_may_be_given_the_blocks(sizes: Any, text: str) -> None:
    m = tutor.rcbd(*sizes)
    assert m.derive(text).result == m.derive("Var(tauhat_1 - tauhat_2)").result  # the blocks cancel
    alone = m.derive("Var(muhat + tauhat_1 | u)").result
    assert isinstance(alone, Scalar) and isinstance(sizes[1], int | str)
    b = m.derive("Var(tauhat_1 - tauhat_2)").result
    assert isinstance(b, Scalar) and sympy.cancel(2 * alone.value - b.value) == 0


def test_estimates_are_shown_in_every_dialect() -> None:
    found = tutor.rcbd(3, 2).blue.of("tau_1 - tau_2")
    assert "is estimable" in unicode(found) and latex(found) and markdown(found)
    for dialect in ("mathml", "typst", "spoken"):
        assert write(found, dialect)
