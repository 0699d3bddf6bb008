"""Matrices whose entries depend on the distance from the diagonal: first rows, dots, and the last row."""

from __future__ import annotations

from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.write_tree import shape_text

_FEWEST_COLUMNS = 3
_ROWS = 2


@written.register
def write_by_distance(tree: ByDistance, pen: Pen) -> Piece:
    """Two first rows with as many entries as show how they go on, and the last row; of a small matrix every entry."""
    columns = max(_FEWEST_COLUMNS, len(tree.near) + 1)
    if tree.order.is_Integer and tree.order <= columns + 1:  # pyright: ignore[reportOperatorIssue]
        whole = range(int(tree.order))  # pyright: ignore[reportArgumentType]
        cells = [[pen.whole(tree.at(i, j)) for j in whole] for i in whole]
        return Piece(pen.dialect.matrix(cells, pen.style), tall=True)
    across, down, aslant = pen.dialect.dots
    last = tree.order - 1
    corner = tree.entry(0) if tree.corner is None else tree.corner
    cells = [
        [*(pen.whole(tree.at(i, j)) for j in range(columns)), across, pen.whole(tree.entry(last - i))]
        for i in range(_ROWS)
    ]
    cells.append([down] * columns + [aslant, down])
    cells.append([*(pen.whole(tree.entry(last - j)) for j in range(columns)), across, pen.whole(corner)])
    text = pen.dialect.matrix(cells, pen.style)
    if DISTANCE in tree.beyond.free_symbols:
        return Piece(text, tall=True)
    # Entries far from the diagonal that are all the same do not tell the order, as ρ^(n − 1) does.
    return Piece(pen.dialect.subscript(text, shape_text(tree, pen)), tall=True, open_end=True)
