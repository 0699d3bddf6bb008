"""Which edits that begin with an inverse cannot have the answer's value, without working the inverse out.

A⁻¹Bv = w only where Bv = Aw, and A⁻Bv = w, by Moore and Penrose, only where Aw − Bv is orthogonal to all that A gives,
as to Az. Products of A with vectors cost n² where its inverse costs n³, and edits of B share Aw.
"""

from __future__ import annotations

import numpy as np

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Inverse, Product, Scaled
from tutor.algebra.single import product_or_factor
from tutor.algebra.tree import Tree
from tutor.checking.probe import Probe

CLEARLY = 1e-4
"""The share of the sides by which they have to differ: rounding, also where A is nearly singular, explains no more."""

LEAST = 1e-9
"""What rounding may make of nought: the numbers of a sketch are moderate."""


def is_refuted(probe: Probe, tree: Tree, vectors: np.ndarray, answer: np.ndarray) -> bool:
    """Whether a tree that begins with an inverse clearly does not make ``answer``, m × 1, of ``vectors``, n × 1.

    Raises what `Probe.product` raises.
    """
    return leading_inverse(tree) is not None and _differ(*sides(probe, tree, vectors, answer))


def leading_inverse(tree: Tree) -> Tree | None:
    """The inverse or generalized inverse with which a tree begins, a number in front of it apart; None for no such."""
    tree = tree.tree if isinstance(tree, Scaled) else tree
    first = tree.factors[0] if isinstance(tree, Product) else tree
    is_inverse = isinstance(first, Inverse) or (isinstance(first, Applied) and first.function == "generalized inverse")
    return first if is_inverse else None


def sides(probe: Probe, tree: Tree, vectors: np.ndarray, answer: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two matrices that are equal where a tree makes ``answer``, m × 1, of ``vectors``, n × 1, without its leading
    inverse. Raises what `Probe.product` raises."""
    inverse = leading_inverse(tree)
    if inverse is None:
        return probe.product(tree, vectors), answer
    scalar = 1.0
    if isinstance(tree, Scaled):
        scalar, tree = probe.number(tree.scalar), tree.tree
    factors = tree.factors if isinstance(tree, Product) else (tree,)
    made = probe.product(product_or_factor(factors[1:]), vectors) if len(factors) > 1 else vectors
    if isinstance(inverse, Inverse):
        return probe.product(inverse.tree, answer), scalar * made
    assert isinstance(inverse, Applied)
    (inner,) = inverse.arguments
    along = probe.product(inner, probe.vectors(inner)).T
    return along @ probe.product(inner, answer), scalar * (along @ made)


def _differ(left: np.ndarray, right: np.ndarray) -> bool:
    room = CLEARLY * (np.abs(left).max(initial=0.0) + np.abs(right).max(initial=0.0)) + LEAST
    return left.shape != right.shape or bool((np.abs(left - right) > room).any())
