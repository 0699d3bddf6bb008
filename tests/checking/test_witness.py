"""Where no cell shows what is wrong, a vector does; correlations of a counterexample lie in their domain."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checking.varied_answers import ROWS, judged
from tutor import check, crd, lecture_vocabulary, rcbd, read, repeated_measures

DESIGN = crd(treatments=3, reps=2)
BLOCKS = rcbd(treatments=3, blocks=2)
FREE = "column-space"


def vector(told: str) -> sympy.Matrix:
    return sympy.Matrix([int(x) for x in told.strip("()").replace("−", "-").split(",")])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 4))
def test_a_vector_shows_that_a_column_lies_outside_of_a_space(seed: int, columns: int) -> None:
    draw = Random(seed)
    answer = sympy.Matrix(6, columns, lambda i, j: draw.randint(0, 1))
    X = sympy.Matrix(DESIGN.X.explicit())
    verdict = check(answer, DESIGN.X, up_to=FREE)
    if verdict.correct:
        assert X.row_join(answer).rank() == X.rank() == answer.rank()
        return
    example = verdict.counterexample
    assert example is not None
    k = vector(example.values["k"])
    lacking = example.answer == "0"
    other, own = (answer, X) if lacking else (X, answer)
    assert k.T * other == sympy.zeros(1, other.cols)
    value = (k.T * own[:, example.cell.column])[0]
    assert str(value) == (example.reference if lacking else example.answer) != "0"
    assert example.values["k"] in verdict.feedback


@pytest.mark.parametrize(
    ("answer", "matrix"), [("(ZGZ')^-1 + R^-1", "ZGZ'"), ("J_6^-1", "J₆"), ("(ZZ')^-1 V (ZZ')^-1", "ZZ'")]
)
def test_a_vector_shows_that_a_matrix_has_no_inverse(answer: str, matrix: str) -> None:
    tree = read("V^-1", BLOCKS.vocabulary).tree
    verdict = check(answer, tree, BLOCKS.vocabulary)
    example = verdict.counterexample
    assert verdict.misconception == "singular-inverse"
    assert example is not None
    assert example.quantity == f"the rank of {matrix}"
    inner = read(matrix.replace("₆", "_6"), BLOCKS.vocabulary).tree
    assert inner is not None
    M = sympy.Matrix(inner.explicit())
    k = vector(example.values["k"])
    assert k != sympy.zeros(6, 1)
    assert (M * k).expand() == sympy.zeros(6, 1)
    assert (int(example.answer), int(example.reference)) == (M.rank(), 6)


def test_each_correlation_of_a_counterexample_is_one() -> None:
    names = lecture_vocabulary()
    for asked in ("ρ", "ρ^2", "σ² ρ^3", "1/(1 - ρ)"):
        for answer in ("ρ^4", "1 - ρ", "σ² ρ"):
            _is_correlation(check(answer, read(asked, names).tree, names), asked)
    for within in ("ar1", "cs"):
        V = repeated_measures(2, 4, within=within).V
        for answer in ("R + σ² ρ I", "σ² ρ^2 J_8", "R R"):
            _is_correlation(check(answer, V), within)
    for design, asked, answer, _ in ROWS:
        if design in ("ar", "cs"):
            _is_correlation(judged(design, asked, answer), answer)


def _is_correlation(verdict: Any, told: str) -> None:
    example = verdict.counterexample
    if example is not None and "ρ" in example.values:
        assert -1 < Fraction(example.values["ρ"]) < 1, told
        assert example.answer != example.reference
