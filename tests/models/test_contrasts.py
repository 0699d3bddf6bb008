"""Codings of factors: what each compares, that all span one space, and how a formula asks for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import FormulaError, TutorError, UnknownNameError
from tutor.models.contrasts import CODINGS, Coding, coding, orthonormal
from tutor.models.from_formula import model

DATA = {
    "y": [1, 2, 3, 4, 5, 6, 7, 9, 2.5],
    "x": [1, 2, 3, 4, 5, 6, 7, 8, 12],
    "f": list("abcabcabc"),
    "g": list("uuuvvvwww"),
}


def matrix(coded: Coding) -> sympy.Matrix:
    """Levels × columns."""
    found = sympy.zeros(len(coded.cells), len(coded.suffixes))
    for i, cells in enumerate(coded.cells):
        for j, value in cells:
            found[i, j] = value
    return found


@given(name=st.sampled_from(sorted(CODINGS)), levels=st.integers(2, 6))
def test_contrasts_and_ones_tell_all_levels_apart(name: str, levels: int) -> None:
    told = coding(name)([f"l{i}" for i in range(levels)])
    columns = sympy.Matrix.hstack(sympy.ones(levels, 1), matrix(told))
    assert len(told.suffixes) == levels - 1
    assert sympy.simplify(columns.det()) != 0
    if name != "treatment":
        assert sympy.ones(1, levels) * matrix(told) == sympy.zeros(1, levels - 1)


@given(levels=st.integers(2, 6))
def test_polynomials_are_orthonormal(levels: int) -> None:
    told = matrix(coding("poly")([f"l{i}" for i in range(levels)]))
    assert sympy.simplify(told.T * told) == sympy.eye(levels - 1)


@pytest.mark.slow
@given(st.lists(st.fractions(-50, 50, max_denominator=9), min_size=3, max_size=9, unique=True))
def test_polynomials_of_numbers_are_orthonormal_and_of_their_degree(numbers: list[Any]) -> None:
    values = [sympy.Rational(v.numerator, v.denominator) for v in numbers]
    found = [sympy.Matrix(column) for column in orthonormal(values, 2)]
    for i, first in enumerate(found):
        assert sum(first.flat()) == 0
        for j, second in enumerate(found):
            assert first.dot(second) == int(i == j)
    powers = sympy.Matrix([[1, v, v**2] for v in values])
    assert sympy.Matrix.hstack(powers, *found).rank() == 3


def test_the_matrices_of_a_textbook() -> None:
    levels = ["a", "b", "c"]
    assert matrix(coding("sum")(levels)) == sympy.Matrix([[1, 0], [0, 1], [-1, -1]])
    assert matrix(coding("helmert")(levels)) == sympy.Matrix([[-1, -1], [1, -1], [0, 2]])
    assert matrix(coding("treatment")(levels)) == sympy.Matrix([[0, 0], [1, 0], [0, 1]])
    half, third = sympy.sqrt(2) / 2, sympy.sqrt(6) / 6
    assert matrix(coding("poly")(levels)) == sympy.Matrix([[-half, third], [0, -2 * third], [half, third]])


@pytest.mark.parametrize("contrasts", ["treatment", "sum", "helmert", "poly", "effects", {"f": "sum"}])
@pytest.mark.parametrize("formula", ["y ~ f", "y ~ f*g", "y ~ f*x + (1 | g)", "y ~ 0 + f:x + g"])
def test_every_coding_spans_the_space_of_the_others(formula: str, contrasts: Any) -> None:
    plain, other = model(formula, DATA), model(formula, DATA, contrasts=contrasts)
    both = np.hstack([plain.X.numpy(), other.X.numpy()])
    assert np.linalg.matrix_rank(both) == plain.rank == other.rank


def test_effects_give_each_level_a_column() -> None:
    found = model("y ~ f + (1 | g)", DATA, contrasts="effects")
    assert found.X.column_labels == ("(Intercept)", "fa", "fb", "fc")
    assert found.rank == 3
    assert "τ_1 = 0" not in found.equation("index")


def test_cell_means_have_a_column_for_each_cell() -> None:
    found = model("y ~ f*g + x", DATA, contrasts="means")
    assert found.X.column_labels is not None
    assert found.X.column_labels[:3] == ("fa:gu", "fb:gu", "fc:gu") and found.X.column_labels[-1] == "x"
    plain = model("y ~ f*g + x", DATA)
    assert np.linalg.matrix_rank(np.hstack([found.X.numpy(), plain.X.numpy()])) == plain.rank == found.rank
    assert model("y ~ f", DATA, contrasts="means").X.column_labels == ("fa", "fb", "fc")


@pytest.mark.parametrize("formula", ["y ~ f + g", "y ~ x"])
def test_cell_means_need_the_whole_interaction(formula: str) -> None:
    with pytest.raises(FormulaError):
        model(formula, DATA, contrasts="means")


def test_contrasts_of_one_factor_are_named_by_C() -> None:
    found = model("y ~ C(f, sum)*x", DATA)
    assert found.X.column_labels is not None and found.X.column_labels[1:3] == ("C(f, sum)1", "C(f, sum)2")
    assert found.X.explicit().tolist()[2] == [1, -1, -1, 3, -3, -3]


def test_a_polynomial_has_a_coefficient_for_each_degree() -> None:
    found = model("y ~ poly(x, 2) + (1 | g)", DATA)
    assert found.equation("index").startswith("y_ij = β_0 + β_1 x_1ij + β_2 x_2ij + u_j + ε_ij")


def test_ordered_factors_have_polynomials_as_in_R() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(DATA)
    frame["f"] = pandas.Categorical(frame["f"], categories=["a", "b", "c"], ordered=True)
    assert model("y ~ f", frame).X.column_labels == ("(Intercept)", "f.L", "f.Q")
    assert model("y ~ f", frame, contrasts="treatment").X.column_labels == ("(Intercept)", "fb", "fc")


@pytest.mark.parametrize(
    ("formula", "contrasts", "error", "words"),
    [
        ("y ~ poly(x, 9)", "", TutorError, "9 different values"),
        ("y ~ poly(x, 0)", "", FormulaError, "degree"),
        ("y ~ poly(x)", "", FormulaError, "degree"),
        ("y ~ poly(f, 2)", "", TutorError, "text"),
        ("y ~ poly(x, 2, raw = maybe)", "", FormulaError, "TRUE or FALSE"),
        ("y ~ poly(x, 2, row = TRUE)", "", FormulaError, "no argument of poly"),
        ("y ~ scale()", "", FormulaError, "takes a covariate"),
        ("y ~ scale(x, TRUE, TRUE, TRUE)", "", FormulaError, "no argument of scale"),
        ("y ~ scale(I(0 * x))", "", TutorError, "same in all rows"),
        ("y ~ I(x > 1000)", "", TutorError, "FALSE in all rows"),
        ('y ~ I(f > "a")', "", FormulaError, "no comparison"),
        ("y ~ mean(x, x)", "", FormulaError, "one argument"),
        ("y ~ poly(log(x), 2)", "", TutorError, "no fractions"),
        ("y ~ C(f, sums)", "", FormulaError, "Did you mean sum"),
        ("y ~ C(f)", "", FormulaError, "C(f, sum)"),
        ("y ~ f", "sums", UnknownNameError, "Did you mean sum"),
        ("y ~ f", {"h": "sum"}, UnknownNameError, "'h'"),
        ("y ~ f + x", {"x": "sum"}, UnknownNameError, "'x'"),
    ],
)
def test_what_is_no_coding_is_refused(formula: str, contrasts: Any, error: type[TutorError], words: str) -> None:
    with pytest.raises(error) as told:
        model(formula, DATA, contrasts=contrasts)
    assert words in str(told.value)
