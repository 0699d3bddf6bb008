"""Which numbers in front of a matrix no slip in them makes the answer of, told before the slips are made.

With another number t in one place a form of the reference is a + tb, or the inverse of such a thing, if nothing but
sums, products and Kronecker products stand around the place. Then what `refuted` compares is a polynomial in t of
degree 2 at most, q_0 + sq_1 + s²q_2 with vectors q and s = t − t_0 from the number t_0 that stands there, and it is 0
for some t only where q_0 lies in the space of q_1 and q_2. Three values of t tell the polynomial.
"""

from __future__ import annotations

import numpy as np
import sympy

from tutor.algebra.nodes import Kronecker, Product, Scalar, Scaled, Sum, Transpose
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.edit import Above, places, with_at
from tutor.checking.misconceptions.refuted import CLEARLY, leading_inverse, sides
from tutor.checking.probe import Probe

LINEAR = (Sum, Product, Scaled, Kronecker, Transpose)

TIMES = (1, 2, 3)
"""The values of t, as multiples of t_0."""

FAINT = 1e-6
"""The share of the polynomial below which q_1 or q_2 is lost in rounding."""

ROUNDING = 1e-9
"""The share of the polynomial that rounding may make of what is nought."""


def is_out_of_reach(probe: Probe, tree: Tree, number: Scalar, vectors: np.ndarray, answer: np.ndarray) -> bool:
    """Whether no other number in any one place of ``number`` lets ``tree`` make ``answer``, m × 1, of ``vectors``.

    Raises what `Probe.product` raises.
    """
    found = [(node, above) for node, above in places(tree) if node == number]
    return all(_is_out_of_reach(probe, tree, node, above, vectors, answer) for node, above in found)


def _is_out_of_reach(
    probe: Probe, tree: Tree, number: Tree, above: Above, vectors: np.ndarray, answer: np.ndarray
) -> bool:
    assert isinstance(number, Scalar)
    inverse = leading_inverse(tree)
    around = [node for node, _ in above]
    if not all(isinstance(node, LINEAR) or node is inverse for node in around):
        return False
    values = []
    for times in TIMES:
        edited = with_at(Scalar(sympy.Integer(times) * number.value), number, above)
        if edited is None:
            return False
        left, right = sides(probe, edited, vectors, answer)
        values.append((left - right).ravel())
    return not _vanishes(np.array(values))


def _vanishes(values: np.ndarray) -> bool:
    """Whether a polynomial with these values at TIMES may be 0 for some t; k × m, each row the vector at one t."""
    first, *others = np.linalg.solve(np.vander(np.array(TIMES) - 1.0, increasing=True), values)
    size = np.abs(values).max(initial=0.0)
    large = [other for other in others if np.abs(other).max(initial=0.0) > FAINT * size]
    if not large:
        return True  # the number tells nothing here, or its part is lost in rounding
    space = np.array(large).T
    nearest = space @ np.linalg.lstsq(space, first, rcond=None)[0]
    return bool(np.abs(first - nearest).max() <= CLEARLY * np.abs(first).max() + ROUNDING * size)
