"""Elements of random vectors within moments: in Var(y_11 − y_21) the numbers y_11 and y_21 are rows of y.

Outside of moments an element is the number that was observed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import cast

import sympy

from tutor.algebra.nodes import Block, Explicit, Product, Scalar, Scaled, Symbol, Transpose
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import transform, walk
from tutor.errors import DomainError

Elements = Mapping[sympy.Symbol, tuple[Tree, int]]
"""For the letter of each element its vector, n × 1, and its row, counted from 0."""


def elements_of(symbols: Iterable[Symbol]) -> dict[sympy.Symbol, tuple[Tree, int]]:
    """The elements of those of the symbols that are random vectors and list their entries."""
    found: dict[sympy.Symbol, tuple[Tree, int]] = {}
    for vector in symbols:
        if vector.role == "random" and vector.entries is not None:
            found |= {entry: (vector, row) for row, entry in enumerate(vector.entries.flat()) if entry.is_Symbol}
    return found


def with_elements(tree: Tree, elements: Elements) -> Tree:
    """A tree with a symbol, 1 × 1, for each of these elements in its numbers; each is defined as a row of its vector.

    Raises
    ------
    DomainError
        For a function of elements that is no polynomial.
    """
    if not elements:
        return tree
    used = {letter for node in walk(tree) for letter in _letters(node, elements)}
    return with_trees(tree, {letter: element(letter, *elements[letter]) for letter in used}) if used else tree


def element(letter: sympy.Symbol, vector: Tree, row: int) -> Symbol:
    """An element of a random vector by its letter, 1 × 1."""
    picked = Transpose(UnitVector(vector.rows, row + 1))
    return Symbol(str(letter), ONE, ONE, role="random", definition=Product((picked, vector)))


def with_trees(tree: Tree, trees: Mapping[sympy.Symbol, Tree]) -> Tree:
    """A tree with trees, 1 × 1, for letters in its numbers, each of which is a polynomial in them.

    Raises
    ------
    DomainError
        For a number that is none.
    """

    def change(node: Tree) -> Tree | None:
        if not _letters(node, trees):
            return None
        if isinstance(node, Explicit):
            return Block(tuple(tuple(_number(cell, trees) for cell in row) for row in node.matrix.tolist()))
        return _number(node.value, trees) if isinstance(node, Scalar) else None

    return transform(tree, change)


def _letters(node: Tree, known: Collection[sympy.Symbol]) -> list[sympy.Symbol]:
    if isinstance(node, Scalar):
        letters = node.value.free_symbols
    elif isinstance(node, Explicit):
        letters = node.matrix.free_symbols
    else:
        return []
    return [letter for letter in letters if isinstance(letter, sympy.Symbol) and letter in known]


def _number(value: sympy.Expr, trees: Mapping[sympy.Symbol, Tree]) -> Tree:
    """A sum of products, of which those with a minus stand last; a common factor stays in front."""
    if isinstance(value, sympy.Pow) and value.exp == 2 and _letters(Scalar(value), trees):
        return _squared(_number(cast(sympy.Expr, value.base), trees))
    content, rest = value.as_content_primitive()
    used = sorted(_letters(Scalar(value), trees), key=str)
    polynomial = rest.as_poly(*used) if used else None
    if polynomial is None:
        if used:
            raise DomainError(f"{value} is no polynomial in what varies, and its moments are not known.")
        return Scalar(value)
    positive, negative = [], []
    for powers, coefficient in polynomial.terms():
        factors = [
            factor for letter, power in zip(used, powers, strict=True) for factor in _power(trees[letter], power)
        ]
        (negative if coefficient.could_extract_minus_sign() else positive).append(_multiple(coefficient, factors))
    return _multiple(content, [sum_or_term([*positive, *negative])])


def _power(tree: Tree, power: int) -> list[Tree]:
    """The factors of a power, of which a square is one."""
    return [_squared(tree)] if power == 2 else [tree] * power


def _squared(tree: Tree) -> Tree:
    return Scaled(tree, tree)


def _multiple(coefficient: sympy.Expr, factors: list[Tree]) -> Tree:
    if not factors:
        return Scalar(coefficient)
    product = product_or_factor(factors)
    return product if coefficient == 1 else Scaled(Scalar(coefficient), product)
