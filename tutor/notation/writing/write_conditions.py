"""Conditions, and results that hold under them."""

from __future__ import annotations

from tutor.algebra.provided import Condition, Provided
from tutor.notation.writing.pen import Bind, Pen, Piece, written


@written.register
def write_condition(condition: Condition, pen: Pen) -> Piece:
    """Both sides with the sign between them."""
    left, right = pen.whole(condition.left), pen.whole(condition.right)
    return Piece(f"{left} {pen.dialect.relation(condition.sign)} {right}", Bind.SUM)


@written.register
def write_provided(tree: Provided, pen: Pen) -> Piece:
    """The result, and the conditions after it."""
    conditions = pen.dialect.comma.join(pen.whole(condition) for condition in tree.conditions)
    inner = pen.signed(written(tree.tree, pen))
    text = f"{inner.text}{pen.dialect.between}{pen.dialect.verbatim('if ')}{conditions}"
    return Piece(text, Bind.SUM, tall=inner.tall)
