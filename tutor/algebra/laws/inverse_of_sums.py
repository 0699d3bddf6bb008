"""The laws of the inverse of a sum of two matrices that have inverses themselves.

(A + B)⁻¹ = A⁻¹ − A⁻¹(A⁻¹ + B⁻¹)⁻¹A⁻¹ = A⁻¹(A⁻¹ + B⁻¹)⁻¹B⁻¹ (Henderson and Searle 1981, On deriving the inverse of a sum
of matrices): Woodbury's identity with U = W = I.
"""

from __future__ import annotations

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.laws.inverses import all_square, granted
from tutor.algebra.laws.joining import (
    alike,
    all_alike,
    coefficient_of,
    factors_of,
    product_of,
    short_product,
    sum_of,
    times,
)
from tutor.algebra.laws.low_rank import LowRank, inverted
from tutor.algebra.nodes import Identity, Inverse, Product, Scalar, Scaled, Sum
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree

_S, _T = (symbol(name, "n", "n", facts=["positive definite"]) for name in "ST")


def _summands(tree: Tree) -> tuple[Tree, Tree] | None:
    """The A and B of (A + B)⁻¹, both of square factors."""
    if not isinstance(tree, Inverse) or not isinstance(tree.tree, Sum) or len(tree.tree.terms) != 2:
        return None
    A, B = tree.tree.terms
    return (A, B) if all(all_square(factors_of(coefficient_of(term)[1])) for term in (A, B)) else None


def assumed_invertible(*trees: Tree) -> str | None:
    """What must be assumed for each tree to have an inverse, "" for nothing; None where one is known to have none."""
    told = [granted(tree) for tree in trees]
    return None if None in told else ", ".join(dict.fromkeys(filter(None, told)))


def _own_factors(tree: Tree) -> tuple[Tree, ...]:
    """The factors of a product; none for I, which is not written among others."""
    return () if isinstance(tree, Identity) else factors_of(tree)


def _subtracted(tree: Tree) -> Rewrite | None:
    """(A + B)⁻¹ = A⁻¹ − A⁻¹(A⁻¹ + B⁻¹)⁻¹A⁻¹."""
    summands = _summands(tree)
    if summands is None:
        return None
    assumed = assumed_invertible(*summands)
    if assumed is None:
        return None
    A, B = summands
    unit = Identity(A.rows)
    return Rewrite(LowRank(A, unit, B, unit, first=True).inverse, None, assumed or None)


def _subtracted_back(tree: Tree) -> Rewrite | None:
    """A − A(A + B)⁻¹A = (A⁻¹ + B⁻¹)⁻¹, for a sum of these two terms."""
    if not isinstance(tree, Sum) or len(tree.terms) != 2:
        return None
    for A, update in (tree.terms, tree.terms[::-1]):
        coefficient, body = coefficient_of(update)
        outer, factors = _own_factors(A), factors_of(body)
        for place, factor in enumerate(factors):
            around = (factors[:place], factors[place + 1 :])
            summands = _summands(factor)
            if coefficient != -1 or summands is None or not all(all_alike(side, outer) for side in around):
                continue
            for first, second in (summands, summands[::-1]):
                assumed = assumed_invertible(first, second) if alike(first, A) else None
                if assumed is not None:
                    return Rewrite(Inverse(sum_of((inverted(A), inverted(second)))), None, assumed or None)
    return None


def _opened(tree: Tree) -> Rewrite | None:
    """(A + B)⁻¹ = A⁻¹(A⁻¹ + B⁻¹)⁻¹B⁻¹."""
    summands = _summands(tree)
    assumed = None if summands is None else assumed_invertible(*summands)
    if summands is None or assumed is None:
        return None
    first, second = map(inverted, summands)
    return Rewrite(short_product(first, Inverse(sum_of((first, second))), second), None, assumed or None)


def _closed(tree: Tree) -> Rewrite | None:
    """A(A + B)⁻¹B = (A⁻¹ + B⁻¹)⁻¹, within a product; A and B are products of any length."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        summands = _summands(factor)
        if summands is None:
            continue
        before, behind = tree.factors[:place], tree.factors[place + 1 :]
        for A, B in (summands, summands[::-1]):
            left, right = map(_own_factors, (A, B))
            start = len(before) - len(left)
            if start < 0 or not all_alike(before[start:], left) or not all_alike(behind[: len(right)], right):
                continue
            assumed = assumed_invertible(A, B)
            if assumed is not None:
                whole = Inverse(sum_of((inverted(A), inverted(B))))
                return Rewrite(product_of((*before[:start], whole, *behind[len(right) :])), None, assumed or None)
    return None


def _without_fractions(tree: Tree) -> Rewrite | None:
    """(A + B/c)⁻¹ = c (cA + B)⁻¹ for a number c that is not 0."""
    if not isinstance(tree, Inverse) or not isinstance(tree.tree, Sum) or tree.is_scalar:
        return None
    found = [coefficient_of(term) for term in tree.tree.terms]
    denominators = [sympy.fraction(coefficient)[1] for coefficient, _ in found]
    c = sympy.Mul(*dict.fromkeys(each for each in denominators if each != 1))
    if c == 1 or c.is_positive is not True:
        return None
    inside = sum_of(times(sympy.cancel(c * coefficient), body) for coefficient, body in found)
    return Rewrite(Scaled(Scalar(c), Inverse(inside)))


INVERSE_WITHOUT_FRACTIONS = Rule(
    "inverse-without-fractions",
    "(A + B/c)⁻¹ = c (cA + B)⁻¹ for a number c above 0",
    _without_fractions,
    lambda: (_S + Scaled(Scalar(1 / sympy.Symbol("c", positive=True)), _T)).inv(),
)
INVERSE_OF_SUM = Rule(
    "inverse-of-sum",
    "(A + B)⁻¹ = A⁻¹ − A⁻¹(A⁻¹ + B⁻¹)⁻¹A⁻¹ where A and B have inverses",
    _subtracted,
    lambda: (_S + _T).inv(),
)
INVERSE_OF_SUM_BACK = Rule(
    "inverse-of-sum-back",
    "A − A(A + B)⁻¹A = (A⁻¹ + B⁻¹)⁻¹ where A and B have inverses",
    _subtracted_back,
    lambda: _S + MINUS_ONE * (_S @ (_S + _T).inv() @ _S),
)
INVERSE_OF_SUM_BETWEEN = Rule(
    "inverse-of-sum-between",
    "(A + B)⁻¹ = A⁻¹(A⁻¹ + B⁻¹)⁻¹B⁻¹ where A and B have inverses",
    _opened,
    lambda: (_S + _T).inv(),
)
PARALLEL_SUM = Rule(
    "parallel-sum",
    "A(A + B)⁻¹B = (A⁻¹ + B⁻¹)⁻¹ where A and B have inverses",
    _closed,
    lambda: _S @ (_S + _T).inv() @ _T,
)

INVERSES_OF_SUMS = (
    INVERSE_OF_SUM_BACK,
    PARALLEL_SUM,
    INVERSE_WITHOUT_FRACTIONS,
    INVERSE_OF_SUM,
    INVERSE_OF_SUM_BETWEEN,
)
"""What changes between the inverse of a sum and that of the sum of inverses; the first three only shorten."""
