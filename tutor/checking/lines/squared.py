"""A tree with all its matrices square and of one size, so that a product that does not exist can be told from another.

ZGZ for ZGZ' and Z²G for it do not conform: no values tell which slip they are. Were Z square, each would have a value.
"""

from __future__ import annotations

from dataclasses import replace

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Covariance,
    Determinant,
    Expectation,
    Identity,
    Inverse,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.notation.vocabulary import Name, Vocabulary

_OPERATIONS = (
    Scaled, Sum, Product, Transpose, Inverse, Determinant, Trace, Expectation, Variance, Covariance, Applied,
)  # fmt: skip
ORDER = sympy.Integer(3)
"""Rows and columns of the matrices: small, and large enough that few products commute."""


class Squared:
    """Trees and names of a vocabulary with square matrices for theirs; what has entries of its own has no such form."""

    def __init__(self) -> None:
        self._known: dict[Tree, Tree | None] = {}

    def tree(self, tree: Tree) -> Tree | None:
        """The tree in square matrices; None where it holds a matrix that is given by its entries or its blocks."""
        if tree not in self._known:
            self._known[tree] = self._made(tree)
        return self._known[tree]

    def vocabulary(self, vocabulary: Vocabulary) -> Vocabulary:
        """The names with square matrices for theirs."""
        names: list[Name] = []
        for name in vocabulary:
            form = self.tree(name.tree)
            if form is not None and form != name.tree:
                names.append(replace(name, tree=form, bold=None))
        return vocabulary.with_names(*names)

    def _made(self, tree: Tree) -> Tree | None:
        if isinstance(tree, Symbol):
            return tree if tree.is_scalar else self._symbol(tree)
        if isinstance(tree, Scalar):
            return tree
        if isinstance(tree, Identity):
            return Identity(_sized(tree.order))
        if isinstance(tree, Ones | Zero):
            return type(tree)(_sized(tree.row_size), _sized(tree.column_size))
        if not isinstance(tree, _OPERATIONS):
            return None
        parts = [self.tree(part) for part in tree.parts]
        known = [part for part in parts if part is not None]
        if not known or len(known) < len(parts):
            return None
        try:
            return tree.rebuild(tuple(known))
        except TutorError:
            return None

    def _symbol(self, symbol: Symbol) -> Tree:
        def form(tree: Tree | None) -> Tree | None:
            return None if tree is None else self.tree(tree)

        uncorrelated = (self.tree(other) for other in symbol.uncorrelated)
        return replace(
            symbol,
            row_size=_sized(symbol.row_size),
            column_size=_sized(symbol.column_size),
            definition=form(symbol.definition),
            entries=None,
            mean=form(symbol.mean),
            variance=form(symbol.variance),
            uncorrelated=frozenset(other for other in uncorrelated if isinstance(other, Symbol)),
            row_labels=None,
            column_labels=None,
            scope=None,
            listed=None,
        )


def _sized(size: Size) -> Size:
    return ONE if size == ONE else ORDER
