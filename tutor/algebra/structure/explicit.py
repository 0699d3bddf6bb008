"""Matrices of entries: diagonal ones, and at last any whose entries are known."""

from __future__ import annotations

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.provided import Condition
from tutor.algebra.structure.conditions import is_zero, nonzero
from tutor.algebra.structure.dense_costs import TooDearError
from tutor.algebra.structure.entries import components, determinant_of_entries, inverse_of_entries
from tutor.algebra.structure.method import Line, Lines, Structure
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, NoEntriesError, SizeError

MOST_ROWS = 400
"""Rows of a matrix that is written out by its entries for want of another structure."""

MOST_DENSE = 12
"""Rows of a block that is inverted entry by entry while letters stand in it."""


def _inverse_of_diagonal(tree: Tree) -> Lines:
    if not isinstance(tree, Explicit) or not tree.matrix.is_diagonal():
        return ()
    entries = list(tree.matrix.diagonal())
    for number, entry in enumerate(entries, start=1):
        if is_zero(entry):
            raise DomainError(f"The diagonal matrix has no inverse: its entry {number} is 0.")
    inverse = ImmutableDenseMatrix(sympy.diag(*(1 / entry for entry in entries)))
    return (Line(Explicit(inverse), "a diagonal matrix is inverted entry by entry", _all_nonzero(entries)),)


def _determinant_of_diagonal(tree: Tree) -> Lines:
    if not isinstance(tree, Explicit) or not tree.matrix.is_diagonal():
        return ()
    return (Line(Scalar(sympy.Mul(*tree.matrix.diagonal())), "the product of the diagonal entries"),)


def _all_nonzero(entries: list[sympy.Expr]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(c for c in map(nonzero, entries) if c is not None))


def _entries(tree: Tree) -> ImmutableDenseMatrix | None:
    """The entries of a matrix that can be inverted by them; None where they are unknown or too many."""
    if not tree.rows.is_Integer or tree.rows > MOST_ROWS:
        return None
    try:
        entries = tree.explicit()
    except (NoEntriesError, SizeError):
        return None
    letters = bool(entries.free_symbols)
    return None if letters and max(map(len, components(entries))) > MOST_DENSE else entries


def _reason(entries: ImmutableDenseMatrix) -> str:
    rows = components(entries)
    if len(rows) == 1:
        return "by its entries"
    blocks = {ImmutableDenseMatrix(entries.extract(group, group)) for group in rows}
    different = f", {len(blocks)} of them different" if len(blocks) < len(rows) else ""
    return f"by its entries: rows that share none fall into {len(rows)} blocks{different}"


def _inverse_by_entries(tree: Tree) -> Lines:
    entries = _entries(tree)
    if entries is None:
        return ()
    try:
        condition = nonzero(determinant_of_entries(entries))
        inverse = Explicit(inverse_of_entries(entries))
    except TooDearError:
        return ()
    return (Line(inverse, _reason(entries), () if condition is None else (condition,)),)


def _determinant_by_entries(tree: Tree) -> Lines:
    entries = _entries(tree)
    try:
        return () if entries is None else (Line(Scalar(determinant_of_entries(entries)), _reason(entries)),)
    except TooDearError:
        return ()


_a, _b = sympy.symbols("a b", positive=True)

DIAGONAL = Structure(
    "diagonal", _inverse_of_diagonal, _determinant_of_diagonal,
    lambda: Explicit(ImmutableDenseMatrix(sympy.diag(_a, _b, _a))),
)  # fmt: skip
ENTRIES = Structure(
    "entries",
    _inverse_by_entries,
    _determinant_by_entries,
    lambda: Explicit(ImmutableDenseMatrix([[_a, 0, 1], [0, _b, 0], [-1, 0, _b]])),
)
