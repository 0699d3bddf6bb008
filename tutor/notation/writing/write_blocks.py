"""Blocks along a diagonal: all of them, or of many the first, dots and the last."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.tree import Tree
from tutor.notation.writing.pen import Pen, Piece, written

MOST_BLOCKS = 8
"""More blocks than these have dots between them."""


def block_diagonal(blocks: Sequence[Tree], pen: Pen) -> Piece:
    """The blocks within blockdiag, or diag where all are scalars, which are all written."""
    if all(block.is_scalar for block in blocks):
        return pen.call("diag", *blocks)
    if len(blocks) <= MOST_BLOCKS:
        return pen.call("blockdiag", *blocks)
    first, second, last = (pen.signed(written(block, pen)) for block in (*blocks[:2], blocks[-1]))
    tall = first.tall or second.tall or last.tall
    told = [first.text, second.text, pen.dialect.listed, last.text]
    return Piece(pen.dialect.applied("blockdiag", told, tall), tall=tall, word=True)
