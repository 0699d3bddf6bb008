"""Blocks along a diagonal: all of them, or of many the first, dots and the last."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.tree import Tree
from tutor.notation.writing.pen import Bind, Pen, Piece, written

MOST_BLOCKS = 8
"""More blocks than these have dots between them."""


def block_diagonal(blocks: Sequence[Tree], pen: Pen) -> Piece:
    """A ⊕ B; diag(a, b) where all are scalars, which are all written, and blockdiag(A) for one block."""
    if all(block.is_scalar for block in blocks):
        return pen.call("diag", *blocks)
    if len(blocks) == 1:
        return pen.call("blockdiag", *blocks)
    shown = blocks if len(blocks) <= MOST_BLOCKS else (*blocks[:2], blocks[-1])
    parts = [pen.at_least(Bind.QUOTIENT, written(block, pen)) for block in shown]
    told = [part.text for part in parts]
    if len(shown) < len(blocks):
        told.insert(2, pen.dialect.dots[0])
    tall = any(part.tall for part in parts)
    return Piece(pen.dialect.direct_sum.join(told), Bind.SUM, tall=tall, open_end=parts[-1].open_end)
