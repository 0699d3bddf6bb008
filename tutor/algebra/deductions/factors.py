"""Products as their numbers and factors, in a form in which two of them can be compared."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.algebra.deductions.known import Reasoner
from tutor.algebra.deductions.mirror import settled
from tutor.algebra.nodes import Identity, Product, Scaled, Sum
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree

Factors = tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A number, or none, and the factors of a product; I is no factor."""

    scalar: Tree | None
    factors: Factors


def flat(tree: Tree, reasoner: Reasoner, flip: bool = False) -> Tree:
    """The tree, or with ``flip`` its transpose, with transposes at the leaves and no brackets."""
    return settled(tree, lambda leaf: reasoner.holds("symmetric", leaf), flip)


def term_of(tree: Tree) -> Term:
    """A product as its number and its factors."""
    scalar, body = (tree.scalar, tree.tree) if isinstance(tree, Scaled) else (None, tree)
    factors = body.factors if isinstance(body, Product) else (body,)
    return Term(scalar, tuple(factor for factor in factors if not isinstance(factor, Identity)))


def terms_of(tree: Tree) -> tuple[Tree, ...]:
    """The terms of a sum, or the tree as the only one."""
    return tree.terms if isinstance(tree, Sum) else (tree,)


def product_of(factors: Factors, order: Size) -> Tree:
    """The product of the factors; of none, the identity matrix of an order."""
    if not factors:
        return Identity(order)
    return product_or_factor(factors)


def turned_factors(factors: Factors, reasoner: Reasoner) -> Factors:
    """The factors of the transpose."""
    return tuple(flat(factor, reasoner, flip=True) for factor in reversed(factors))
