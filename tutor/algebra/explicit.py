"""The entries of a tree as SymPy expressions."""

from __future__ import annotations

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Determinant, Inverse, Symbol, entries_of
from tutor.algebra.singular import require_inverses
from tutor.algebra.sizes import whole
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.forms import balanced
from tutor.algebra.symbolic_entries import Symbolic
from tutor.algebra.tree import Tree
from tutor.errors import NoEntriesError, size_text


class _Entries(Instance):
    """Every parameter stands for itself, and a named vector for the names of its entries."""

    def scalar(self, parameter: sympy.Symbol) -> sympy.Symbol:
        return parameter

    def value(self, tree: Tree) -> ImmutableDenseMatrix:
        """By strata where a balanced matrix is inverted or has its determinant taken: of these there are few."""
        found = None
        if isinstance(tree, Inverse | Determinant) and not tree.tree.is_scalar:
            found = balanced(tree.tree)
        if found is None:
            return super().value(tree)
        if isinstance(tree, Determinant):
            return ImmutableDenseMatrix([[found.determinant()]])
        cells = super().value(found.inverse().tree()).todok()
        return self.arithmetic.matrix(*_whole(tree), {place: normal(entry) for place, entry in cells.items()})

    def defined(self, symbol: Symbol) -> Tree | None:
        return entries_of(symbol) or symbol.definition

    def matrix(self, symbol: Symbol) -> ImmutableDenseMatrix:
        raise NoEntriesError(
            f"{symbol.name} has no entries that could be listed: only its shape, "
            f"{size_text(symbol.rows)} × {size_text(symbol.columns)}, "
            "is known.",
            tip="Build it from a design or from data.",
        )


def _whole(tree: Tree) -> tuple[int, int]:
    return whole(tree.rows), whole(tree.columns)


def explicit(tree: Tree) -> ImmutableDenseMatrix:
    """The entries of a tree, rows × columns, every definition put in.

    Raises
    ------
    SizeError
        When a size is a letter.
    NoEntriesError
        When a symbol has neither a definition nor named entries.
    DomainError
        When a matrix to be inverted is singular, with the columns that depend on one another.

    >>> from tutor.algebra.build import kron, identity, ones
    >>> explicit(kron(identity(2), ones(1, 2)))
    Matrix([
    [1, 1, 0, 0],
    [0, 0, 1, 1]])
    """
    require_inverses(tree)
    return _Entries(Symbolic()).value(tree)
