"""A matrix of entries that repeats a block along its diagonal, as I ⊗ that block."""

from __future__ import annotations

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Identity


def repeated_block(matrix: ImmutableDenseMatrix) -> tuple[Identity, ImmutableDenseMatrix] | None:
    """The smallest square block A and the identity with which the matrix is I ⊗ A; None where it is no such product."""
    order = matrix.rows
    if order != matrix.cols:
        return None
    filled = matrix.todok()
    for size in range(2, order // 2 + 1):
        if order % size or any(row // size != column // size for row, column in filled):
            continue
        places = [range(at, at + size) for at in range(0, order, size)]
        first, *others = [matrix.extract(place, place) for place in places]
        if all(other == first for other in others):
            return Identity(sympy.Integer(order // size)), ImmutableDenseMatrix(first)
    return None
