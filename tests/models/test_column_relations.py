"""Dependent columns and estimable functions of covariates with irrational values, as sin(2πx) and log(x)."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

import tutor
from tutor.errors import TutorError
from tutor.models.column_relations import pivot_columns
from tutor.models.mixed import MixedModel

IRRATIONAL = (sympy.S.One, sympy.log(2), sympy.sqrt(3), sympy.sin(sympy.Rational(1, 7)), sympy.log(2) * sympy.sqrt(3))

TIMES = [number / 13 for number in range(13)]

COLUMNS = {
    "y": [1.0] * 13,
    "t": TIMES,
    "x": [2, 3, 5] * 4 + [5],
    "a": list("pppppqqqqrrrp"),
    "g": list("kkkllmmmmmkkl"),
}

FORMULAS = {
    "waves": "y ~ sin(2*pi*t) + cos(2*pi*t) + (1 | g)",
    "waves of treatments": "y ~ a * sin(2*pi*t) + (1 | g)",
    "logarithm": "y ~ a + log(x) + (1 | g)",
}


@cache
def made(name: str) -> MixedModel:
    return tutor.model(FORMULAS[name], COLUMNS, contrasts="effects")


@settings(max_examples=15, deadline=None)
@given(drawn=st.data())
def test_columns_of_irrational_numbers_depend_on_one_another_as_numbers_do(drawn: st.DataObject) -> None:
    """A rational matrix BC of a known dependence keeps it where its rows are multiplied by irrational numbers."""
    numbers = st.integers(-2, 2)
    C = drawn.draw(st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=2, max_size=2))
    B = drawn.draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=4, max_size=4))
    rational = [[sum(b * c for b, c in zip(row, column, strict=True)) for column in zip(*C, strict=True)] for row in B]
    multiples = [drawn.draw(st.sampled_from(IRRATIONAL)) for _ in B]
    X = ImmutableDenseMatrix([[s * x for x in row] for s, row in zip(multiples, rational, strict=True)])
    assert pivot_columns(X) == sympy.Matrix(rational).rref()[1]


@pytest.mark.parametrize("name", FORMULAS)
@settings(max_examples=6, deadline=None)
@given(drawn=st.data())
def test_functions_are_estimable_as_the_doubles_say(name: str, drawn: st.DataObject) -> None:
    m = made(name)
    k = drawn.draw(st.lists(st.integers(-1, 1), min_size=int(m.p), max_size=int(m.p)))
    X = m.X.numpy()
    found = m.estimable(k)
    assert bool(found) == (np.linalg.matrix_rank(np.vstack([X, k])) == np.linalg.matrix_rank(X))
    if found.combination is not None:
        assert np.allclose(X.T @ np.array(found.combination.evalf(), dtype=float).ravel(), k)
    if found.change is not None:
        assert (m.X.explicit() * found.change).expand().is_zero_matrix


def test_a_function_of_many_irrational_rows_is_estimable_as_the_columns_are_independent() -> None:
    m = tutor.model("y ~ sin(t) + cos(t) + log(t + 2)", {"y": [0.0] * 9, "t": [k / 11 for k in range(1, 10)]})
    told = m.estimable([1, 0, 0, 0])
    assert told.because == "β_0 is estimable: the columns of X are independent, so that β = (X'X)⁻¹X'E(y)."


def test_numbers_that_fulfil_an_equation_are_not_judged() -> None:
    m = tutor.model("y ~ I(sin(t)^2) + I(cos(t)^2)", {"y": [0.0] * 5, "t": [1, 2, 3, 4, 5]})
    with pytest.raises(TutorError, match="may fulfil an equation"):
        m.estimable([1, 0, 0])


@pytest.mark.parametrize("k", [[1, 0, 0], [0, 1, 0], [1, 2, -1]])
def test_standard_errors_of_waves_have_the_numbers_of_the_dense_formula(k: list[int]) -> None:
    m = made("waves")
    with pytest.raises(TutorError, match="irrational numbers"):
        m.se(k)
    X, V = m.X.numpy(), m.V.numpy(sigma2=2, sigma2_u=3)
    expected = np.sqrt(np.array(k) @ np.linalg.inv(X.T @ np.linalg.solve(V, X)) @ k)
    assert m.se(k, sigma2=2, sigma2_u=3) == pytest.approx(expected, rel=1e-10)


def test_standard_errors_of_few_irrational_numbers_are_formulas() -> None:
    m = made("logarithm")
    k = [0, 1, -1, 0, 0]
    X, V = m.X.numpy()[:, [0, 1, 2, 4]], m.V.numpy(sigma2=2, sigma2_u=3)
    weights = [0, 1, -1, 0]
    expected = np.sqrt(np.array(weights) @ np.linalg.inv(X.T @ np.linalg.solve(V, X)) @ weights)
    assert m.se(k).number(sigma2=2, sigma2_u=3) == pytest.approx(expected, rel=1e-10)
