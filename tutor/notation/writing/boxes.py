"""Block matrices at a terminal over several lines, between brackets that span them, with their factors beside."""

from __future__ import annotations

from tutor.algebra.nodes import Block, Product, Scaled
from tutor.algebra.tree import Tree
from tutor.notation.writing.layout import display_width, matrix_lines, padded
from tutor.notation.writing.pen import Pen, written

MOST_ROWS = 12
"""Of more rows of blocks the first and the last are shown."""


def boxed(tree: Tree, pen: Pen, width: int) -> list[str] | None:
    """A block matrix, or a product with some, in lines of at most ``width`` columns; None for another tree, and where
    there is no room.

    Of many blocks the first and the last are shown, with dots between.
    """
    boxes = _boxes(tree, pen, width)
    if boxes is None:
        return None
    height = max(map(len, boxes))
    lines = ["".join(parts).rstrip() for parts in zip(*(_of_height(box, height) for box in boxes), strict=True)]
    return lines if max(map(display_width, lines)) <= width else None


def _boxes(tree: Tree, pen: Pen, width: int) -> list[list[str]] | None:
    """What stands side by side, each with its lines; None without a block matrix of several rows."""
    if isinstance(tree, Block) and len(tree.grid) > 1:
        return [_box(tree, pen, width)]
    if isinstance(tree, Scaled):
        inner = _boxes(tree.tree, pen, width)
        scalar = pen.whole(Scaled(tree.scalar, Block(((tree.tree,),)))).partition("[")[0]
        return None if inner is None else [[scalar], *inner]
    if isinstance(tree, Product):
        told = [_boxes(factor, pen, width) for factor in tree.factors]
        if any(told):
            return [box for factor, boxes in zip(tree.factors, told, strict=True)
                    for box in boxes or [[_factor(factor, pen)]]]  # fmt: skip
    return None


def _factor(tree: Tree, pen: Pen) -> str:
    """A factor without a block matrix in it, in brackets where a product needs them."""
    return pen.product([written(tree, pen)]).text


def _box(tree: Block, pen: Pen, width: int) -> list[str]:
    shape = len(tree.grid), len(tree.grid[0])
    lines, _, _ = matrix_lines(
        lambda row, column: pen.whole(tree.grid[row][column]), shape, width=width, max_rows=MOST_ROWS
    )
    return lines


def _of_height(box: list[str], height: int) -> list[str]:
    """The lines of a box, blank ones above and below them to make so many."""
    above = (height - len(box)) // 2
    lines = [*[""] * above, *box, *[""] * (height - len(box) - above)]
    across = max(map(display_width, lines))
    return [padded(line, across) for line in lines]
