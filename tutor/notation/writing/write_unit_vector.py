"""Columns of I, written d_i: the letter e is that of the residuals."""

from __future__ import annotations

from tutor.algebra.unit_vector import UnitVector
from tutor.notation.writing.pen import Pen, Piece, written


@written.register
def write_unit_vector(tree: UnitVector, pen: Pen) -> Piece:
    """The bold letter with the place of the 1 below it."""
    return Piece(pen.dialect.name(f"d_{tree.place}", bold=pen.style.bold), open_end=True)
