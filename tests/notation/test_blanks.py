"""Cells with blanks between them are read where a text has no other meaning, or another shape than is expected."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

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
    ],
)
def test_numbers_beside_each_other_are_cells(text: str, told: list[list[str]]) -> None:
    assert entries(text) == told


def test_letters_beside_each_other_are_cells_where_the_shape_asks_for_it() -> None:
    assert entries("[1 ρ; ρ 1]", rows=2) == [["1", "rho"], ["rho", "1"]]
    assert entries("[1 ρ; ρ 1]") == [["rho"], ["rho"]]


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
