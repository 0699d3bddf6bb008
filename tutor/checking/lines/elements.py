"""Elements of random vectors as random numbers: Var(y_11 − y_21) is of a difference to which the laws apply.

What was read has elements as letters within scalars, which no law of moments sees. Here each becomes a symbol, 1 × 1
and random: one that a vector lists is defined as that row of the vector; of others, as of averages in a design whose
sizes are letters, the model tells the moments, for which `plain` brings the letters back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import transform, walk
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.vocabulary import Vocabulary

_RESIDUAL_SQUARES = ("MS_residual", "MS_e", "MSE", "MS_E", "MS_error", "MS_Error", "MS_res", "MS_resid", "MS_R")
"""Names of the mean square of the residual."""


def is_moment(tree: Tree) -> bool:
    """Whether a tree is E, Var, Cov or Corr of something."""
    correlation = isinstance(tree, Applied) and tree.function == "Corr"
    return correlation or isinstance(tree, Expectation | Variance | Covariance)


def moments_changed(tree: Tree, change: Callable[[Tree], Tree | None], known: dict[Tree, Tree]) -> Tree:
    """A tree with each of its moments changed as ``transform`` changes it, once: the lines that are tried share most.

    ``change`` keeps what is no moment, and ``known`` holds the moments that have been changed.
    """
    if is_moment(tree):
        if tree not in known:
            known[tree] = transform(tree, change)
        return known[tree]
    parts = tuple(moments_changed(part, change, known) for part in tree.parts)
    return tree if all(new is old for new, old in zip(parts, tree.parts, strict=True)) else tree.rebuild(parts)


class Elements:
    """The elements of the random vectors of a vocabulary, as symbols and as letters.

    ``named`` are statistics whose definitions are known, as MS_residual.
    """

    def __init__(self, vocabulary: Vocabulary, named: Iterable[Symbol] = ()) -> None:
        self._listed: dict[sympy.Symbol, Symbol] = {}
        self._symbols: frozenset[Symbol] = frozenset()
        self._letters: dict[str, sympy.Symbol] = {}
        self._bases: set[str] = set()
        for name in vocabulary:
            vector = name.tree
            if isinstance(vector, Symbol) and vector.role == "random":
                self._bases.add(vector.name)
                for place, letter in enumerate(() if vector.entries is None else vector.entries.flat(), start=1):
                    if isinstance(letter, sympy.Symbol):
                        row = Transpose(UnitVector(vector.rows, place))
                        self._listed[letter] = Symbol(
                            letter.name, ONE, ONE, "random", definition=Product((row, vector))
                        )
        for symbol in named:
            if symbol.is_scalar and symbol.definition is not None and symbol.name.partition("_")[0] in STATISTICS:
                for name in (symbol.name, *(_RESIDUAL_SQUARES if symbol.name in _RESIDUAL_SQUARES else ())):
                    self._listed[sympy.Symbol(name, real=True)] = symbol
        self._symbols = frozenset(self._listed.values())
        self._are_elements: dict[sympy.Basic, bool] = {}
        self._in_symbols: dict[Tree, Tree] = {}
        self._in_letters: dict[Tree, Tree] = {}

    def is_element(self, letter: sympy.Basic) -> bool:
        """Whether a letter is an element of a random vector, an average of such, or calculated from them."""
        if letter in self._listed:
            return True
        if letter not in self._are_elements:
            name = str(letter)
            base = name.partition("_")[0]
            is_average = "_" in name and base.removesuffix("bar") in self._bases
            self._are_elements[letter] = is_average or base.endswith("hat") or base in STATISTICS
        return self._are_elements[letter]

    def as_symbols(self, tree: Tree) -> Tree:
        """The tree with the elements in its moments as symbols, sums and products of them as such."""

        def within(node: Tree) -> Tree | None:
            return self._structured(node.value) if isinstance(node, Scalar) and self._random(node.value) else None

        def change(node: Tree) -> Tree | None:
            if not is_moment(node):
                return None
            parts = tuple(transform(part, within) for part in node.parts)
            return None if parts == node.parts else node.rebuild(parts)

        return moments_changed(tree, change, self._in_symbols)

    def as_listed(self, tree: Tree) -> Tree:
        """The tree with letters again for the symbols that no vector lists, each moment of one scalar."""

        def within(node: Tree) -> Tree | None:
            value = self._scalar(node, self._unlisted)
            return None if value is None or isinstance(node, Scalar) else Scalar(value)

        def change(node: Tree) -> Tree | None:
            if not is_moment(node):
                return None
            parts = tuple(transform(part, within) for part in node.parts)
            return None if parts == node.parts else node.rebuild(parts)

        return moments_changed(tree, change, self._in_letters)

    def as_written(self, tree: Tree, vocabulary: Vocabulary) -> Tree:
        """The tree as a text of it is read: letters for elements, averages as the vocabulary has them, one scalar for
        each sum of scalars."""

        def letter(symbol: Symbol) -> sympy.Expr | None:
            if not symbol.is_scalar or symbol.role != "random":
                return None
            name = vocabulary.lookup(symbol.name)
            known = name.tree if name is not None else None
            return known.value if isinstance(known, Scalar) else sympy.Symbol(symbol.name, real=True)

        def change(node: Tree) -> Tree | None:
            value = self._scalar(node, letter)
            return None if value is None or isinstance(node, Scalar) else Scalar(value)

        return transform(tree, change)

    def are_all_listed(self, tree: Tree) -> bool:
        """Whether all that varies in a tree are elements that a vector lists, of which nothing else need be asked."""
        if any(isinstance(node, Explicit) for node in walk(tree)):
            return False
        leaves = [node for node in walk(tree) if isinstance(node, Symbol | Scalar)]
        return all(
            leaf in self._symbols if isinstance(leaf, Symbol) else not self._random(leaf.value) for leaf in leaves
        )

    def left_over(self, tree: Tree) -> str | None:
        """A letter in a moment of which nothing tells that it varies; None where there is none.

        As a constant it would have no variance, and an answer that is wrong might be taken for right.
        """
        pending = [(tree, False)]
        while pending:
            node, inside = pending.pop()
            if inside and isinstance(node, Scalar | Explicit):
                value = node.value if isinstance(node, Scalar) else node.matrix
                for letter in value.free_symbols:
                    if self.is_element(letter):
                        return str(letter)
            pending += [(part, inside or is_moment(node)) for part in node.parts]
        return None

    def _random(self, value: sympy.Expr) -> list[sympy.Symbol]:
        return [letter for letter in value.free_symbols if isinstance(letter, sympy.Symbol) and self.is_element(letter)]

    def _unlisted(self, symbol: Symbol) -> sympy.Expr | None:
        """The letter of an element that no vector lists."""
        if not symbol.is_scalar or symbol.role != "random" or symbol.definition is not None:
            return None
        letter = self._letters.get(symbol.name, sympy.Symbol(symbol.name, real=True))
        return letter if self.is_element(letter) else None

    def _scalar(self, tree: Tree, letter: Callable[[Symbol], sympy.Expr | None]) -> sympy.Expr | None:
        """The value of a tree of scalars and of symbols that are letters; None for another tree."""
        if isinstance(tree, Scalar):
            return tree.value
        if isinstance(tree, Symbol):
            return letter(tree)
        if not isinstance(tree, Sum | Scaled | Product) or not tree.is_scalar:
            return None
        values = [value for value in (self._scalar(part, letter) for part in tree.parts) if value is not None]
        if len(values) < len(tree.parts):
            return None
        return (sympy.Add if isinstance(tree, Sum) else sympy.Mul)(*values)

    def _structured(self, value: sympy.Expr) -> Tree:
        """An expression in elements as sums and products of symbols; what is no polynomial in them stays."""
        if isinstance(value, sympy.Symbol) and self.is_element(value):
            self._letters.setdefault(value.name, value)
            return self._listed.get(value) or Symbol(value.name, ONE, ONE, "random")
        if not self._random(value):
            return Scalar(value)
        if isinstance(value, sympy.Add):
            return sum_or_term([self._structured(term) for term in ordered_terms(value)])
        if isinstance(value, sympy.Mul):
            constant = [factor for factor in value.args if not self._random(factor)]
            varying = [self._structured(factor) for factor in value.args if self._random(factor)]
            body = varying[0] if len(varying) == 1 else Product(tuple(_flat(varying)))
            return Scaled(Scalar(sympy.Mul(*constant)), body) if constant else body
        if isinstance(value, sympy.Pow) and value.exp == 2:
            base = self._structured(value.base)
            return Product((base, base))
        return Scalar(value)


def ordered_terms(value: sympy.Expr) -> list[sympy.Expr]:
    """The terms of a sum in the order of SymPy's printer."""
    terms: Any = value.as_ordered_terms()
    return list(terms)


def _flat(factors: list[Tree]) -> list[Tree]:
    return [part for factor in factors for part in (factor.factors if isinstance(factor, Product) else (factor,))]
