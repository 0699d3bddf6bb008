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

GOLDEN_RATIO = (1 + 5**0.5) / 2


def is_refuted(probe: Probe, tree: Tree, vectors: np.ndarray, answer: np.ndarray) -> bool:
    """Whether a tree that begins with an inverse clearly does not make ``answer``, m × 1, of ``vectors``, n × 1.

    Raises what `Probe.product` raises.
    """
    scalar = 1.0
    if isinstance(tree, Scaled):
        scalar, tree = probe.number(tree.scalar), tree.tree
    factors = tree.factors if isinstance(tree, Product) else (tree,)
    inverse = factors[0]
    if not isinstance(inverse, Inverse | Applied):
        return False
    if isinstance(inverse, Applied) and inverse.function != "generalized inverse":
        return False
    made = probe.product(product_or_factor(factors[1:]), vectors) if len(factors) > 1 else vectors
    if isinstance(inverse, Inverse):
        return _differ(probe.product(inverse.tree, answer), scalar * made)
    (inner,) = inverse.arguments
    along = probe.product(inner, _some_vector(probe, inner)).T
    return _differ(along @ probe.product(inner, answer), scalar * (along @ made))


def _some_vector(probe: Probe, tree: Tree) -> np.ndarray:
    """A vector that a tree can be multiplied by, of no special direction: multiples of the golden ratio, modulo 1."""
    return probe.vector(tree.columns, lambda order: (np.arange(1, order + 1) * GOLDEN_RATIO % 1).reshape(-1, 1))


def _differ(left: np.ndarray, right: np.ndarray) -> bool:
    room = CLEARLY * (np.abs(left).max(initial=0.0) + np.abs(right).max(initial=0.0)) + LEAST
    return left.shape != right.shape or bool((np.abs(left - right) > room).any())
