"""A matrix by those of its cells that are not zero; it becomes SymPy's matrix when that is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.domains import EXRAW
from sympy.polys.matrices import DomainMatrix

Filled = dict[tuple[int, int], sympy.Expr]
"""The entries that are not zero by (row, column), counted from 0."""

MOST_DENSE = 4_000_000
"""Cells up to which SymPy's matrix is its dense kind: that lists its zeros, the sparse kind sorts its entries."""


class FilledCells:
    """rows × columns, with zeros where no cell is told; immutable.

    Z of ten thousand rows has an entry or two in each. SymPy's dense matrix would list the zeros and its immutable
    sparse one sorts what it has, which takes longer than all else in a model; neither is needed to multiply numbers.
    """

    __slots__ = ("_matrix", "filled", "shape")

    def __init__(self, cells: Iterable[tuple[int, int, sympy.Expr]], *, rows: int, columns: int) -> None:
        self.shape = rows, columns
        self.filled: Filled = {(i, j): entry for i, j, entry in cells if entry is not sympy.S.Zero}
        self._matrix: ImmutableDenseMatrix | None = None

    def __repr__(self) -> str:
        return f"FilledCells({self.filled}, rows={self.shape[0]}, columns={self.shape[1]})"

    def matrix(self) -> ImmutableDenseMatrix:
        """The same as SymPy's matrix, made once."""
        if self._matrix is None:
            self._matrix = self._made()
        return self._matrix

    def _made(self) -> ImmutableDenseMatrix:
        rows, columns = self.shape
        if rows * columns > MOST_DENSE:
            return cast("ImmutableDenseMatrix", sympy.ImmutableSparseMatrix(rows, columns, self.filled))
        by_row: dict[int, dict[int, sympy.Expr]] = {}
        for (i, j), entry in self.filled.items():
            by_row.setdefault(i, {})[j] = entry
        # Filling a dense matrix cell by cell would cost rows × columns; this keeps a sparse form inside. The public
        # way, to_Matrix().as_immutable(), makes the same after copying all cells twice.
        return ImmutableDenseMatrix._fromrep(DomainMatrix(by_row, self.shape, EXRAW))
