"""Products and sums taken apart and put together, where one factor or term alone stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import sympy

from tutor.algebra.deductions.mirror import settled
from tutor.algebra.facts import REASONER
from tutor.algebra.nodes import Identity, Product, Scalar, Scaled, Sum, Transpose
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform


def factors_of(tree: Tree) -> tuple[Tree, ...]:
    """The factors of a product, or the tree as the only one."""
    return tree.factors if isinstance(tree, Product) else (tree,)


def terms_of(tree: Tree) -> tuple[Tree, ...]:
    """The terms of a sum, or the tree as the only one."""
    return tree.terms if isinstance(tree, Sum) else (tree,)


def product_of(factors: Iterable[Tree], order: Size | None = None) -> Tree:
    """The product of the factors, products among them joined; of none, the identity matrix of an order."""
    joined = tuple(inner for factor in factors for inner in factors_of(factor))
    if not joined and order is not None:
        return Identity(order)
    return product_or_factor(joined)


def short_product(*factors: Tree) -> Tree:
    """The product of the factors, in which I is not written unless it is all there is."""
    kept = (factor for factor in factors if not isinstance(factor, Identity))
    return product_of(kept, factors[0].rows)


def sum_of(terms: Iterable[Tree]) -> Tree:
    """The sum of the terms, sums among them joined."""
    joined = tuple(inner for term in terms for inner in terms_of(term))
    return sum_or_term(joined)


def square(scalar: Tree) -> Tree:
    """c², for a number or a tree of one row and one column."""
    return Scalar(scalar.value**2) if isinstance(scalar, Scalar) else Scaled(scalar, scalar)


def transposed(tree: Tree) -> Tree:
    """A' for A, and A for A'."""
    return tree.tree if isinstance(tree, Transpose) else Transpose(tree)


def coefficient_of(tree: Tree) -> tuple[sympy.Expr, Tree]:
    """cA as (c, A) for a number or a parameter c, anything else as (1, tree)."""
    if isinstance(tree, Scaled) and isinstance(tree.scalar, Scalar):
        inner, body = coefficient_of(tree.tree)
        return tree.scalar.value * inner, body
    if isinstance(tree, Scalar):
        return tree.value, Scalar(sympy.S.One)
    return sympy.S.One, tree


def times(coefficient: sympy.Expr, body: Tree) -> Tree:
    """cA, written without a 1 in front; a number times a number is one number."""
    if isinstance(body, Scalar):
        return Scalar(coefficient * body.value)
    return body if coefficient == 1 else Scaled(Scalar(coefficient), body)


def negated(tree: Tree) -> Tree:
    """−A; the minus signs of a sum are those of its terms."""
    if isinstance(tree, Sum):
        return Sum(tuple(map(negated, tree.terms)))
    coefficient, body = coefficient_of(tree)
    return times(-coefficient, body)


@lru_cache(maxsize=2**14)
def ordered(tree: Tree, *, numbers: bool = True) -> Tree:
    """The tree with the terms of all its sums in one order, in which trees that differ in nothing else are equal.

    With ``numbers`` so are those that differ in the order of numbers that are multiplied, or in a'b for b'a.
    """

    def sort(node: Tree) -> Tree | None:
        if isinstance(node, Sum):
            return Sum(tuple(sorted(node.terms, key=hash)))
        if numbers and isinstance(node, Product) and all(factor.is_scalar for factor in node.factors):
            return multiplied(sorted(_numbers_of(node)[0], key=hash))
        if numbers and node.is_scalar and isinstance(node, Product):
            return min((settled(node, _symmetric, flip) for flip in (False, True)), key=hash)
        if numbers and isinstance(node, Scaled):
            scalars, body = _numbers_of(node)
            return multiplied(sorted(scalars, key=hash), body)
        return None

    return transform(tree, sort)


def _numbers_of(tree: Tree) -> tuple[list[Tree], Tree | None]:
    """The numbers that a tree is multiplied by, and the tree; all numbers of a tree that is one."""
    if isinstance(tree, Scaled):
        first, _ = _numbers_of(tree.scalar)
        others, body = _numbers_of(tree.tree)
        return [*first, *others], body
    if isinstance(tree, Product) and all(factor.is_scalar for factor in tree.factors):
        return [number for factor in tree.factors for number in _numbers_of(factor)[0]], None
    return ([tree], None) if tree.is_scalar else ([], tree)


def multiplied(scalars: Sequence[Tree], body: Tree | None = None) -> Tree:
    """A product of numbers, each but the last a scalar in front, and of a tree behind them."""
    *front, last = scalars
    product = last if body is None else Scaled(last, body)
    for scalar in reversed(front):
        product = Scaled(scalar, product)
    return product


def _symmetric(leaf: Tree) -> bool:
    return REASONER.holds("symmetric", leaf)


def alike(left: Tree, right: Tree) -> bool:
    """Whether two trees are equal up to the order of the terms of their sums."""
    return left == right or ordered(left) == ordered(right)


def all_alike(left: Sequence[Tree], right: Sequence[Tree]) -> bool:
    """Whether two sequences of factors are equal up to the order of terms."""
    return len(left) == len(right) and all(map(alike, left, right))


def places(whole: Sequence[Tree], part: Sequence[Tree]) -> Iterator[int]:
    """Where a sequence of factors stands within another."""
    for start in range(len(whole) - len(part) + 1):
        if all_alike(whole[start : start + len(part)], part):
            yield start
