"""A single number as one formula in the parameters, where it has one that somebody would write."""

from __future__ import annotations

from itertools import islice
from typing import Any

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.nodes import Covariance, Inverse, Scalar, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.misconceptions.forms import solved
from tutor.errors import TutorError

MOST_ROWS = 40
"""Rows of a vector in a moment up to which it is written out in the parameters."""

MOST_NODES = 200
"""Of a formula; a longer one, as a mean of forty observations with weights, nobody edits."""


def formula_of(tree: Tree) -> Scalar | None:
    """A single number as a formula in the parameters: Var(y_11) as σ² + σ²_u; None where it cannot be."""
    if isinstance(tree, Scalar):
        return tree
    if not tree.is_scalar or any(_is_dear(node) for node in walk(tree)):
        return None
    if isinstance(tree, Applied) and tree.function == "Corr":
        left, right = tree.arguments
        parts = [formula_of(part) for part in (Covariance(left, right), Variance(left), Variance(right))]
        if any(part is None for part in parts):
            return None
        covariance, *variances = [part.value for part in parts if part is not None]
        return Scalar(covariance / sympy.sqrt(sympy.prod(variances)))
    if any(part.rows.is_Integer and part.rows > MOST_ROWS for part in tree.parts):  # pyright: ignore[reportOperatorIssue]
        return None
    if any(isinstance(node, Inverse) and not node.is_scalar for node in walk(tree)):
        closed = solved(tree)  # by the structure of what is inverted: entry by entry it would take seconds
        return closed if isinstance(closed, Scalar) and not is_long(closed.value) else None
    if _terms_over_indices(tree) > MOST_NODES:
        return None
    try:
        (value,) = tree.explicit().flat()
    except (TutorError, ValueError):
        return None
    return None if is_long(value) else Scalar(value)


def _terms_over_indices(tree: Tree) -> int:
    """How many terms sums and products over indices have that stand within each other, where their limits are whole."""
    inside = max(map(_terms_over_indices, tree.parts), default=1)
    if not isinstance(tree, Indexed):
        return inside
    first, last = (limit.value if isinstance(limit, Scalar) else sympy.S.NaN for limit in (tree.first, tree.last))
    return inside * max(1, int(last - first) + 1) if first.is_Integer and last.is_Integer else inside


def is_long(formula: Any, most: int = MOST_NODES) -> bool:
    """Whether a formula has more nodes than one that is edited."""
    return next(islice(sympy.preorder_traversal(formula), most, None), None) is not None


def _is_dear(node: Tree) -> bool:
    """Whether SymPy may work at it for minutes: no structure bounds a generalized inverse in letters."""
    return isinstance(node, Applied) and node.function == "generalized inverse"
