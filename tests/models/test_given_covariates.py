"""Values of a covariate that are given stand in the results, with a letter for the number of groups too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tutor.models.mixed import MixedModel

X = [1, 2, 3.5]

ASKED = [
    "E(y_21)",
    "E(y_21 | u)",
    "Var(y_12)",
    "Cov(y_11, y_31)",
    "Cov(y_11, y_32)",
    "Corr(y_21, y_31)",
    "Var(y_21 - y_11)",
    "E(ybar_.1)",
    "Var(ybar_.1)",
    "Cov(ybar_.1, y_31)",
]


@pytest.mark.parametrize("make", [tutor.random_slopes, tutor.random_intercepts])
@pytest.mark.parametrize("asked", ASKED)
def test_moments_are_those_of_a_number_of_groups(make: Callable[..., MixedModel], asked: str) -> None:
    letters, numbers = make("g", X).derive(asked), make(4, X).derive(asked)
    one, other = (each.result.explicit()[0, 0] for each in (letters, numbers))
    difference: Any = one - other  # pyright: ignore[reportOperatorIssue]
    assert sympy.cancel(sympy.expand(difference)) == 0
    assert not any(str(letter).startswith("x") for letter in one.free_symbols)  # pyright: ignore[reportAttributeAccessIssue]


def test_each_step_holds() -> None:
    assert_derivation_holds(tutor.random_slopes("g", X).derive("Cov(y_11, y_31)"))


def test_letters_stay_where_no_numbers_are_given_and_at_any_level() -> None:
    assert str(tutor.random_slopes("g", 3).E("y_21").value) == "beta_0 + beta_1*x_2"
    assert str(tutor.random_slopes("g", X).E("y_ij").value) == "beta_0 + beta_1*x_i"
