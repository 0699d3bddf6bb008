"""tr(V⁻¹A …) by the blocks of V along its diagonal: groups that are alike count together."""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.entries import components
from tutor.algebra.tree import Tree
from tutor.errors import NoEntriesError, SizeError

MOST_ROWS = 240
"""Rows of a model whose blocks are looked for."""

LARGEST = 24
"""Rows of a block times the number of letters in it: what is inverted in letters."""


def trace_by_blocks(V: Tree, slopes: Sequence[Tree]) -> list[sympy.Expr] | None:
    """The terms of tr(V⁻¹A_1V⁻¹A_2 …), one for each kind of block of V; None where they are no short rational numbers.

    The A are 0 outside of the blocks of V, as the derivatives of V are.
    """
    if not V.rows.is_Integer or V.rows > MOST_ROWS:
        return None
    try:
        entries, changes = V.explicit(), [slope.explicit() for slope in slopes]
    except (NoEntriesError, SizeError):
        return None
    counts: dict[tuple[sympy.ImmutableDenseMatrix, ...], int] = {}
    for rows in components(entries):
        block = tuple(sympy.ImmutableDenseMatrix(each.extract(rows, rows)) for each in (entries, *changes))
        counts[block] = counts.get(block, 0) + 1
    terms = []
    for block, count in counts.items():
        trace = _trace(block)
        if trace is None:
            return None
        if not is_zero(trace):
            terms.append(normal(count * trace))
    return terms


def _trace(block: Sequence[sympy.ImmutableDenseMatrix]) -> sympy.Expr | None:
    letters = {letter for matrix in block for letter in matrix.free_symbols}
    if block[0].rows * len(letters) > LARGEST:
        return None
    if not all(entry.is_rational_function(*letters) for matrix in block for entry in matrix.flat()):
        return None
    exact = [DomainMatrix.from_Matrix(sympy.Matrix(matrix)).to_field() for matrix in block]
    V, *changes = exact[0].unify(*exact[1:])
    inverse = V.inv()
    product = inverse * changes[0]
    for change in changes[1:]:
        product = product * inverse * change
    total = sum((product[i, i].element for i in range(product.shape[0])), product.domain.zero)
    return normal(product.domain.to_sympy(total))
