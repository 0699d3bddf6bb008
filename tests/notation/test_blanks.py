"""Cells with blanks between them are read where a text has no other meaning, or another shape than is expected."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notation.outlines import outline
from tutor import ReadError, random_intercepts, read, repeated_measures
from tutor.algebra.nodes import Explicit
from tutor.algebra.sizes import size

NAMES = repeated_measures(2, 3).vocabulary
RHO = sympy.Symbol("rho", real=True)


def entries(text: str, *, rows: int | None = None) -> list[list[str]]:
    shape = None if rows is None else (size(rows), size(rows))
    tree = read(text, NAMES, shape=shape).tree
    assert tree is not None
    return [[str(cell) for cell in row] for row in tree.explicit().tolist()]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[1 2; 3 4]", [["1", "2"], ["3", "4"]]),
        ("[2 -1; -1 2]", [["2", "-1"], ["-1", "2"]]),
        ("[1 2; 3 4;]", [["1", "2"], ["3", "4"]]),
        ("[1 - 2; 3]", [["-1"], ["3"]]),
        ("[1  2  3]", [["1", "2", "3"]]),
        ("[1/2 (1 + 2)/4; 0 1]", [["1/2", "3/4"], ["0", "1"]]),
        ("[1 ρ; ρ 1]", [["1", "rho"], ["rho", "1"]]),
    ],
)
def test_numbers_beside_each_other_are_cells(text: str, told: list[list[str]]) -> None:
    assert entries(text) == told


def test_letters_beside_each_other_are_cells_where_the_shape_asks_for_it() -> None:
    assert entries("[σ² ρ; ρ σ²]", rows=2) == [["sigma2", "rho"], ["rho", "sigma2"]]
    assert entries("[σ² ρ; ρ σ²]") == [["rho*sigma2"], ["rho*sigma2"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"X = [1_n \; x]", "equation: X[n,p] = block[Ones[n,1], x[n,1]]"),
        ("X = [1_n, x]", "equation: X[n,p] = block[Ones[n,1], x[n,1]]"),
        ("X = [1 x x²]", "equation: X[n,p] = [1, x, x**2]"),
        ("Z_i = [1 t_i]", "equation: Z_i[n,2] = block[Ones[n,1], t_i[n,1]]"),
        ("X = [a x]", "equation: X[n,p] = a*x"),
    ],
)
def test_behind_a_one_stand_cells(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize(
    "text", ["Z = [Z_1, …, Z_m]", "X = [X_1 X_2 … X_p]", r"\mathbf{Z} = [\mathbf{Z}_1, \dots, \mathbf{Z}_m]"]
)
def test_blocks_of_a_number_that_is_none_are_the_whole(text: str) -> None:
    assert outline(read(text)) in ("equation: Z[n,q] = Z[n,q]", "equation: X[n,p] = X[n,p]")


def test_rows_of_different_length_are_no_matrix() -> None:
    with pytest.raises(ReadError):
        read("[1 2; 3 4 5]", NAMES)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 99), min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_matrix_of_numbers_without_signs_is_read_as_it_is_written(rows: list[list[int]]) -> None:
    text = "; ".join(" ".join(map(str, row)) for row in rows)
    tree = read(f"[{text}]", random_intercepts(2, [1, 2]).vocabulary).tree
    assert isinstance(tree, Explicit)
    assert tree.matrix.tolist() == rows
