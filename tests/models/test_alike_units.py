"""X'V⁻¹X of units that are alike, in letters, against the matrices of the design in numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.walk import symbols_of
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline

SLOPES = {"sigma2": 1.5, "sigma2_u0": 2.0, "sigma_u01": 0.5, "sigma2_u1": 0.7}
SERIAL = {"sigma2": 2.0, "rho": 0.6}

CASES: dict[str, tuple[Callable[[], MixedModel], Callable[[], MixedModel], Mapping[str, int], Mapping[str, float]]] = {
    "lines": (
        lambda: tutor.random_slopes("g", [1, 2, 4]), lambda: tutor.random_slopes(5, [1, 2, 4]), {"g": 5}, SLOPES,
    ),
    "listed groups": (
        lambda: tutor.random_slopes(3, [1, 2, 4, 4]), lambda: tutor.random_slopes(3, [1, 2, 4, 4]), {}, SLOPES,
    ),
    "intercepts": (
        lambda: tutor.random_intercepts("g", [1, 2, 4]), lambda: tutor.random_intercepts(4, [1, 2, 4]), {"g": 4},
        {"sigma2": 1.5, "sigma2_u": 2.0},
    ),
    "AR(1)": (
        lambda: tutor.repeated_measures("s", "t"), lambda: tutor.repeated_measures(3, 5), {"s": 3, "t": 5}, SERIAL,
    ),
    "AR(1) of two times": (
        lambda: tutor.repeated_measures("s", "t"), lambda: tutor.repeated_measures(3, 2), {"s": 3, "t": 2}, SERIAL,
    ),
    "AR(1) and treatments": (
        lambda: tutor.repeated_measures("s", "t", treatments="a"), lambda: tutor.repeated_measures(2, 4, treatments=3),
        {"a": 3, "s": 2, "t": 4}, SERIAL,
    ),
    "AR(1) of 4 times": (
        lambda: tutor.repeated_measures("s", 4), lambda: tutor.repeated_measures(3, 4), {"s": 3}, SERIAL,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_entries_are_those_of_the_design_in_numbers(name: str) -> None:
    in_letters, in_numbers, sizes, values = CASES[name]
    letters, numbers = in_letters(), in_numbers()
    found = letters.derive("X'V^-1X")
    assert letters.X not in symbols_of(found.result)
    X, V = numbers.X.numpy(), numbers.V.numpy(**values)
    assert np.allclose(found.result.numpy(**sizes, **values), X.T @ np.linalg.solve(V, X), atol=1e-12)


@pytest.mark.parametrize("name", ["lines", "listed groups", "intercepts", "AR(1)"])
def test_each_step_to_them_holds(name: str) -> None:
    assert_derivation_holds(CASES[name][0]().derive("X'V^-1X"))


def test_lines_with_letters_for_x_have_the_sum_of_two_variances() -> None:
    m = tutor.random_slopes("g", "n")
    found = m.derive("X'V^-1X")
    assert inline(found.result) == "g · (Σ_u + σ² (Z_1'Z_1)⁻¹)⁻¹"
    assert_derivation_holds(found)


def test_where_x_is_constant_there_are_no_lines_to_tell_apart() -> None:
    assert is_unsolved(tutor.random_slopes("g", [2, 2, 2]).derive("X'V^-1X").result)


@pytest.mark.parametrize("groups", ["g", 3])
def test_products_with_a_covariate_whose_values_are_given_are_numbers(groups: int | str) -> None:
    m = tutor.random_slopes(groups, [1, 2, 4])
    found: Any = m.derive("X'X").result.explicit()
    times = next(iter(found[0, 0].free_symbols), 3)
    assert found.tolist() == [[3 * times, 7 * times], [7 * times, 21 * times]]
