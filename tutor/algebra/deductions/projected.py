"""What a projection leaves of a positive definite matrix: P of restricted maximum likelihood.

P = W − WX(X'WX)⁻X'W is W times the idempotent I − X(X'WX)⁻X'W, and the same again as P W⁻¹ P: it is positive
semidefinite, PX = 0, and its rank is n − rank(X) (Searle, Casella and McCulloch 1992, Variance Components, appendix M).
"""

from __future__ import annotations

import sympy

from tutor.algebra.deductions.factors import Term, flat, product_of, term_of, turned_factors
from tutor.algebra.deductions.known import Found, Reasoner
from tutor.algebra.deductions.mirror import MINUS_ONE, is_generalized_inverse
from tutor.algebra.nodes import Identity, Inverse, Scaled, Sum
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree


def definite(tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    """Not positive definite, as PX = 0 and X is not."""
    split = projected_weight(tree, reasoner)
    inner = None if split is None else reasoner.rank(split[1])
    if inner is None or inner.value is None or not inner.value.is_positive:
        return None
    return Found(False, "it is W − WX(X'WX)⁻X'W, which times X is 0, and {}", (inner,))


def semidefinite(tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    """W times a projection, and its own square with W⁻¹ in the middle."""
    split = projected_weight(tree, reasoner)
    if split is None:
        return None
    weight = reasoner.known("positive definite", split[0])
    return Found(True, "it is W − WX(X'WX)⁻X'W, W times a projection, and {}", (weight,))


def projected_rank(tree: Sum, reasoner: Reasoner) -> Found[Size] | None:
    """That of I − X(X'WX)⁻X'W, which is idempotent with the trace n − rank X."""
    split = projected_weight(tree, reasoner)
    inner = None if split is None else reasoner.rank(split[1])
    if inner is None or inner.value is None:
        return None
    return Found(sympy.expand(tree.rows - inner.value), "it is W − WX(X'WX)⁻X'W, and {}", (inner,))


def projected_weight(tree: Sum, reasoner: Reasoner) -> tuple[Tree, Tree] | None:
    """The W and X of W − WX(X'WX)⁻X'W with W positive definite or I, as P of REML is; None for another sum."""
    if len(tree.terms) != 2:
        return None
    for first, second in (tree.terms, tree.terms[::-1]):
        if not isinstance(second, Scaled) or second.scalar != MINUS_ONE:
            continue
        W = flat(first, reasoner)
        if isinstance(W, Identity) or not reasoner.holds("positive definite", first):
            continue
        factors, weight = term_of(flat(second.tree, reasoner)).factors, term_of(W)
        width = len(weight.factors)
        for place, factor in enumerate(factors):
            X, turned = factors[width:place], factors[place + 1 : len(factors) - width]
            if (
                weight.scalar is not None
                or not X
                or not (isinstance(factor, Inverse) or is_generalized_inverse(factor))
            ):
                continue
            if factors[:width] != weight.factors or factors[len(factors) - width :] != weight.factors:
                continue
            inside = term_of(flat(factor.parts[0], reasoner))
            if turned_factors(X, reasoner) == turned and inside == Term(None, (*turned, *weight.factors, *X)):
                return first, product_of(X, tree.rows)
    return None
