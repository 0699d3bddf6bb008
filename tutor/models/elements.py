"""The names of elements: y_11, τ_1, u_0_12, and the columns of symbols made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.domains import EXRAW
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.sizes import Size

LISTED = 20_000
"""Vectors with more elements than this are known by their structure only: nobody names or reads so many."""


MOST_DENSE = 4_000_000
"""Cells up to which a matrix of data is SymPy's dense kind: it lists its zeros, the sparse kind sorts its entries."""


def listed(size: Size) -> int | None:
    """A size as an integer when its elements are named one by one, otherwise None."""
    if not size.is_Integer or size > LISTED:
        return None
    return int(size)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)


def element_key(base: str, *indices: int) -> str:
    """The key of an element: indices side by side when each is one digit, otherwise joined by underscores.

    >>> element_key("y", 1, 2), element_key("y", 1, 12), element_key("beta", 10)
    ('y_12', 'y_1_12', 'beta_10')
    """
    separator = "" if all(index < 10 for index in indices) else "_"
    return f"{base}_{separator.join(map(str, indices))}"


def column(keys: Iterable[str]) -> ImmutableDenseMatrix:
    """Real symbols of these keys as a column, n × 1."""
    return sparse_matrix(((i, 0, sympy.Symbol(key, real=True)) for i, key in enumerate(keys)), columns=1)


def sparse_matrix(
    cells: Iterable[tuple[int, int, sympy.Expr]], *, columns: int, rows: int | None = None
) -> ImmutableDenseMatrix:
    """A SymPy matrix from its non-zero cells (row, column, entry), rows × columns.

    The rows are counted from the cells when they are not given, which needs a cell in the last one.
    """
    filled: dict[int, dict[int, sympy.Expr]] = {}
    for i, j, entry in cells:
        filled.setdefault(i, {})[j] = entry
    height = max(filled) + 1 if rows is None else rows
    if height * columns > MOST_DENSE:
        # SymPy's dense matrix lists all its zeros; its sparse one does the same work without.
        dictionary = {(i, j): entry for i, row in filled.items() for j, entry in row.items()}
        return cast("ImmutableDenseMatrix", sympy.ImmutableSparseMatrix(height, columns, dictionary))
    # Filling a dense matrix cell by cell would cost rows × columns; this keeps a sparse form inside. The public way,
    # to_Matrix().as_immutable(), makes the same after copying all cells twice.
    return ImmutableDenseMatrix._fromrep(DomainMatrix(filled, (height, columns), EXRAW))
