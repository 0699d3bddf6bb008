"""A sum of Kronecker products with each I and J in as many factors as the answer writes.

J_bn is J_b ⊗ J_n, and I_ab is I_a ⊗ I_b: a slip in one factor of such a product is an edit of a form in which that
factor stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Identity, Kronecker, Ones
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk

MOST_FACTORS = 5
"""Factors of a product of the answer up to which the reference is written in factors like these."""


def in_factors_of(answer: Tree, forms: Sequence[Tree]) -> Iterator[Tree]:
    """The forms that become others when their I and J are written in the factors of the answer's longest product."""
    products = [node for node in walk(answer) if isinstance(node, Kronecker) and all(map(_is_plain, node.factors))]
    if not products:
        return
    orders = [factor.rows for factor in max(products, key=lambda node: len(node.factors)).factors]
    if len(orders) > MOST_FACTORS:
        return
    for form in forms:
        changed = transform(form, lambda node: _split(node, orders))
        if changed != form:
            yield changed


def _is_plain(tree: Tree) -> bool:
    return isinstance(tree, Identity | Ones) and tree.rows == tree.columns


def _split(node: Tree, orders: Sequence[Size]) -> Tree | None:
    """An I, a J or a product of such with factors of these orders; None for any other node, which stays."""
    factors = node.factors if isinstance(node, Kronecker) else (node,)
    if node.is_scalar or not all(map(_is_plain, factors)):
        return None
    rest, split = list(orders), list[Tree]()
    for factor in factors:
        size, taken = factor.rows, list[Size]()
        while rest and expanded(_product(taken) - size) != 0:
            taken.append(rest.pop(0))
        if expanded(_product(taken) - size) != 0:
            return None
        split += [Identity(order) if isinstance(factor, Identity) else Ones(order, order) for order in taken]
    return Kronecker(tuple(split)) if not rest and len(split) > len(factors) and len(split) > 1 else None


def _product(sizes: Sequence[Size]) -> Size:
    found: Size = ONE
    for size in sizes:
        found = found * size
    return found
