"""A tree and its transpose in one form, transposes at the leaves, so that the two can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Explicit,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
    Zero,
)
from tutor.algebra.tree import Tree

MINUS_ONE = Scalar(sympy.Integer(-1))

IsSymmetric = Callable[[Tree], bool]
"""Whether a leaf is known to be symmetric."""


def settled(tree: Tree, symmetric: IsSymmetric, flip: bool = False) -> Tree:
    """The tree, or with ``flip`` its transpose, with transposes at the leaves, nested products and sums joined."""
    if isinstance(tree, Transpose):
        return settled(tree.tree, symmetric, not flip)
    if isinstance(tree, Product):
        return _joined_product([settled(factor, symmetric, flip) for factor in tree.factors], flip)
    if isinstance(tree, Sum):
        terms = [settled(term, symmetric, flip) for term in tree.terms]
        return Sum(tuple(t for term in terms for t in (term.terms if isinstance(term, Sum) else (term,))))
    if isinstance(tree, Scaled):
        return Scaled(tree.scalar, settled(tree.tree, symmetric, flip))
    if isinstance(tree, Kronecker | BlockDiagonal | Inverse) or is_generalized_inverse(tree):
        return tree.rebuild(tuple(settled(part, symmetric, flip) for part in tree.parts))
    if isinstance(tree, Block):
        grid = [[settled(block, symmetric, flip) for block in line] for line in tree.grid]
        return Block(tuple(map(tuple, zip(*grid, strict=True) if flip else grid)))
    if not flip or tree.is_scalar:
        return tree
    return _flipped_leaf(tree, symmetric)


def _flipped_leaf(tree: Tree, symmetric: IsSymmetric) -> Tree:
    if isinstance(tree, Ones | Zero):
        return type(tree)(tree.column_size, tree.row_size)
    if isinstance(tree, Explicit):
        return Explicit(tree.matrix.T)
    if isinstance(tree, Covariance):
        return Covariance(tree.right, tree.left)
    return tree if symmetric(tree) else Transpose(tree)


def _joined_product(factors: list[Tree], flip: bool) -> Tree:
    ordered = reversed(factors) if flip else factors
    return Product(
        tuple(f for factor in ordered for f in (factor.factors if isinstance(factor, Product) else (factor,)))
    )


def is_generalized_inverse(tree: Tree) -> bool:
    """Whether a tree is A⁻, whose value is Moore's and Penrose's inverse."""
    return isinstance(tree, Applied) and tree.function == "generalized inverse"


def same_up_to_order(left: Tree, right: Tree) -> bool:
    """Whether two trees are equal, or are sums of the same terms."""
    if isinstance(left, Sum) and isinstance(right, Sum):
        return Counter(left.terms) == Counter(right.terms)
    return left == right
