"""Columns of the identity matrix: the vector that picks one level of a factor, of which the number may be a letter."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.algebra.sizes import ONE, Shape, Size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError


@dataclass(frozen=True, slots=True, eq=False)
class UnitVector(Tree):
    """d_i, order × 1: 1 in row ``place``, counted from 1, and 0 elsewhere.

    Where the order is a letter it is at least ``place``.

    Raises
    ------
    SizeError
        For a place that is not among the rows.

    >>> from tutor.algebra.sizes import size
    >>> print(UnitVector(size("t"), 2).shape)
    (t, 1)
    """

    order: Size
    place: int

    def _conform(self) -> Shape:
        if self.place < 1 or (self.order - self.place).is_negative:
            raise SizeError(f"There is no row {self.place} among {self.order}.")
        return self.order, ONE
