"""Matrices in which each entry has letters of its own: the first two rows, dots, and the last row."""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.notation.entries import entry_at
from tutor.notation.names import BELOW
from tutor.notation.writing.pen import Pen, Piece

_ROWS = 2
"""Rows and columns before the dots."""


def write_by_place(tree: Applied, pen: Pen) -> Piece:
    """σ²_1, σ_12, …, σ_1n on to σ²_n, of the entries on the diagonal and beside it with their indices."""
    on, beside = (part.value for part in tree.arguments if isinstance(part, Scalar))
    is_mirrored = "<" in tree.below
    row, column = tree.below.split("<" if is_mirrored else ",")
    down_to, across_to = (("1", "2", str(extent).replace(" ", "").replace("_", BELOW)) for extent in tree.shape)
    is_square = tree.rows == tree.columns

    def entry(i: int, j: int) -> sympy.Expr:
        first, second = (min(i, j), max(i, j)) if is_mirrored else (i, j)
        is_on = i == j and (i < _ROWS or is_square)
        return entry_at(on if is_on else beside, (row, column), (down_to[first], across_to[second]))

    across, down, aslant = pen.dialect.dots
    lines = [[pen.whole(Scalar(entry(i, j))) for j in range(_ROWS + 1)] for i in range(_ROWS + 1)]
    cells = [[*line[:-1], across, line[-1]] for line in lines]
    cells.insert(_ROWS, [*[down] * _ROWS, aslant, down])
    return Piece(pen.dialect.matrix(cells, pen.style), tall=True)
