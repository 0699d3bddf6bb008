"""Moments given other observations: those of the joint normal distribution by the entries of V, exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, unicode

DATA = {"y": [1, 2, 4, 3, 5], "x": [1, 2, 3, 4, 5], "g": [*"aabbb"]}
CASES: dict[str, tuple[Callable[[], MixedModel], tuple[int, int, tuple[int, ...]]]] = {
    "blocks": (lambda: tutor.rcbd(3, 2), (0, 1, (2,))),
    "several of a block": (lambda: tutor.rcbd(3, 2), (0, 3, (1, 2, 4))),
    "split plot": (lambda: tutor.split_plot(2, 2, 2), (0, 1, (2, 5))),
    "ar1": (lambda: tutor.repeated_measures(2, 3, 1), (0, 2, (1,))),
    "un": (lambda: tutor.repeated_measures(2, 3, 1, "un"), (0, 1, (2,))),
    "lists of data": (lambda: tutor.model("y ~ x + (1 | g)", DATA), (0, 2, (1, 4))),
    "random slopes": (lambda: tutor.model("y ~ x + (x | g)", DATA), (0, 1, (3,))),
    "fixed alone": (lambda: tutor.crd(2, 2), (0, 1, (2,))),
}


@pytest.mark.parametrize("case", CASES)
def test_moments_are_those_of_the_joint_normal_distribution(case: str) -> None:
    make, (a, b, g) = CASES[case]
    m = make()
    y, mean, V = m.y.explicit(), (m.X @ m.beta).explicit(), m.V.explicit()
    names = [str(y[i, 0]) for i in (a, b, *g)]
    told, g = ", ".join(names[2:]), [*g]
    inverse = V.extract(g, g).inv()
    expected = {
        f"E({names[0]} | {told})": mean[a, 0]
        + (V.extract([a], g) * inverse * (y.extract(g, [0]) - mean.extract(g, [0])))[0, 0],
        f"Var({names[0]} | {told})": V[a, a] - (V.extract([a], g) * inverse * V.extract(g, [a]))[0, 0],
        f"Cov({names[0]}, {names[1]} | {told})": V[a, b] - (V.extract([a], g) * inverse * V.extract(g, [b]))[0, 0],
    }
    for asked, value in expected.items():
        derivation = m.derive(asked)
        found: Any = derivation.result
        assert sympy.cancel(sympy.expand(found.value - value)) == 0
        assert_derivation_holds(derivation, seeds=2)
        assert len(derivation.lines) == 4 and latex(derivation)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Var(y_11 | y_21)", "σ² (σ² + 2σ²_u)/(σ² + σ²_u)"),
        ("E(y_11 | y_21)", "μ + τ_1 + σ²_u (y_21 − μ − τ_2)/(σ² + σ²_u)"),
        ("Cov(y_11, y_12 | y_21)", "0"),
        ("Corr(y_11, y_31 | y_21)", "σ²_u/(σ² + 2σ²_u)"),
        ("Var(y_ij | y_i'j)", "σ² (σ² + 2σ²_u)/(σ² + σ²_u)"),
        ("Var(y_11 − y_31 | y_21)", "2σ²"),
        ("Var(y_11 | y_11)", "0"),
        ("E(y_11 | y_21, u_1)", "μ + τ_1 + u_1"),
        ("Var(u_1 | y_11)", "σ² σ²_u/(σ² + σ²_u)"),
    ],
)
def test_letters_for_sizes_tell_them_too(asked: str, expected: str) -> None:
    assert unicode(tutor.rcbd("t", "b").derive(asked).result) == expected


def test_powers_of_a_correlation_stay() -> None:
    found = tutor.repeated_measures("s", "t", "g").derive("Var(y_ijk | y_ij'k)").result
    assert unicode(found) == "σ² (1 − ρ^(2|j − j'|))"


def test_they_are_numbers_at_values_of_the_parameters() -> None:
    for m in (tutor.rcbd(3, 2), tutor.rcbd("t", "b")):
        at = partial(m.Var, "y_11", given="y_21")
        assert at(sigma2=1, sigma2_u=2) == pytest.approx(1 * 5 / 3)
        assert m.correlation("y_11", "y_31", given="y_21", sigma2=1, sigma2_u=2) == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("Var(y_11 | y_21, tau_1)", "τ_1 is no element that varies"),
        ("E(y_11 | y_21, y_31, u_1, y_12, y_22, y_32, u_2, y_13, y_23)", "9 observations are given"),
        ("Var(y_11 | y_21, e_21, u_1)", "some tell another"),
        ("Var(y_11 | ybar_.1)", "What is given is a sum"),
        ("E(u_1 | y_11 + y_21)", "What is given is a sum"),
    ],
)
def test_what_cannot_be_given_is_told(asked: str, why: str) -> None:
    with pytest.raises(TutorError, match=why):
        tutor.rcbd(3, 3).derive(asked)
