"""The laws of products and sums: zeros, identities, scalars, brackets, like terms, common factors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy

from tutor.algebra.build import identity, ones, symbol, zero
from tutor.algebra.laws.joining import (
    alike,
    coefficient_of,
    factors_of,
    negated,
    ordered,
    product_of,
    sum_of,
    times,
)
from tutor.algebra.nodes import Identity, Ones, Product, Scalar, Scaled, Sum, Transpose, Zero
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree

_A, _B, _C = symbol("A", "n", "q"), symbol("B", "n", "q"), symbol("C", "q", "n")
_c = Scalar(sympy.Symbol("c", positive=True))


def _product_with_zero(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Product) and any(isinstance(factor, Zero) for factor in tree.factors):
        return Rewrite(Zero(*tree.shape))
    if isinstance(tree, Scaled) and (isinstance(tree.tree, Zero) or tree.scalar == Scalar(sympy.S.Zero)):
        return Rewrite(Zero(*tree.shape))
    return None


def _sum_with_zero(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Sum) or not any(isinstance(term, Zero) for term in tree.terms):
        return None
    kept = tuple(term for term in tree.terms if not isinstance(term, Zero))
    if not kept:
        return Rewrite(Zero(*tree.shape))
    return Rewrite(sum_or_term(kept))


def _product_with_identity(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Product) or not any(isinstance(factor, Identity) for factor in tree.factors):
        return None
    kept = tuple(factor for factor in tree.factors if not isinstance(factor, Identity))
    if not kept:
        return Rewrite(tree.factors[0])
    return Rewrite(product_or_factor(kept))


def _scalar_to_front(tree: Tree) -> Rewrite | None:
    """A c B = c A B, where c stands in front of a factor or is a factor of one row and one column."""
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if isinstance(factor, Scaled):
            rest = (*tree.factors[:place], factor.tree, *tree.factors[place + 1 :])
            return Rewrite(Scaled(factor.scalar, Product(rest)))
        if isinstance(factor, Scalar):
            others = (*tree.factors[:place], *tree.factors[place + 1 :])
            return Rewrite(Scaled(factor, product_of(others)))
    return None


def _scalars_joined(tree: Tree) -> Rewrite | None:
    """a(bA) = (ab)A and 1A = A, a and b numbers or parameters."""
    if not isinstance(tree, Scaled) or not isinstance(tree.scalar, Scalar):
        return None
    if not isinstance(tree.tree, Scaled | Scalar) and tree.scalar.value != 1:
        return None
    coefficient, body = coefficient_of(tree)
    joined = times(coefficient, body)
    return None if joined == tree else Rewrite(joined)


def _brackets(tree: Tree) -> Rewrite | None:
    """(AB)C = ABC and (A + B) + C = A + B + C."""
    if isinstance(tree, Product) and any(isinstance(factor, Product) for factor in tree.factors):
        return Rewrite(product_of(tree.factors))
    if isinstance(tree, Sum) and any(isinstance(term, Sum) for term in tree.terms):
        return Rewrite(sum_of(tree.terms))
    return None


def _distributed(tree: Tree) -> Rewrite | None:
    """A(B + C) = AB + AC; the sum is the first among the factors."""
    if isinstance(tree, Scaled) and isinstance(tree.tree, Sum):
        if tree.scalar == Scalar(sympy.S.NegativeOne):
            return Rewrite(negated(tree.tree), "a minus sign is that of each term")
        return Rewrite(Sum(tuple(Scaled(tree.scalar, term) for term in tree.tree.terms)))
    if isinstance(tree, Scaled) and isinstance(tree.scalar, Sum):
        return Rewrite(Sum(tuple(Scaled(term, tree.tree) for term in tree.scalar.terms)))
    if not isinstance(tree, Product):
        return None
    for place, factor in enumerate(tree.factors):
        if isinstance(factor, Sum):
            before, behind = tree.factors[:place], tree.factors[place + 1 :]
            return Rewrite(Sum(tuple(_between(before, term, behind) for term in factor.terms)))
    return None


def _between(before: Sequence[Tree], term: Tree, behind: Sequence[Tree]) -> Tree:
    """A term with the factors around it, its scalar in front; an I among factors is left out."""
    coefficient, body = coefficient_of(term)
    if isinstance(body, Identity) and (before or behind):
        return times(coefficient, product_of((*before, *behind)))
    return times(coefficient, product_of((*before, body, *behind)))


def _like_terms(tree: Tree) -> Rewrite | None:
    """aA + bA = (a + b)A; terms that add up to 0 leave."""
    if not isinstance(tree, Sum):
        return None
    found: dict[Tree, tuple[sympy.Expr, Tree]] = {}
    for term in tree.terms:
        coefficient, body = coefficient_of(term)
        total, first = found.get(ordered(body), (sympy.S.Zero, body))
        found[ordered(body)] = (total + coefficient, first)
    if len(found) == len(tree.terms):
        return None
    simplified = [(sympy.factor_terms(sympy.expand(total)), body) for total, body in found.values()]
    kept = tuple(times(total, body) for total, body in simplified if total != 0)
    return Rewrite(sum_of(kept) if kept else Zero(*tree.shape))


def _numbers_commute(tree: Tree) -> Rewrite | None:
    """Of terms with one row and one column one is the transpose of another: y'Xb = b'X'y."""
    if not isinstance(tree, Sum) or not tree.is_scalar:
        return None
    seen: list[Tree] = []
    for place, term in enumerate(tree.terms):
        coefficient, body = coefficient_of(term)
        match = next((other for other in seen if other != body and alike(other, body)), None)
        if match is not None:
            terms = (*tree.terms[:place], times(coefficient, match), *tree.terms[place + 1 :])
            return Rewrite(Sum(terms))
        seen.append(body)
    return None


# Common factors


def _collected(from_left: bool) -> Callable[[Tree], Rewrite | None]:
    """AB + AC = A(B + C), or with ``from_left`` off BA + CA = (B + C)A, for as many terms and factors as have it."""

    def rewrite(tree: Tree) -> Rewrite | None:
        if not isinstance(tree, Sum):
            return None
        outer = _common(tree.terms, from_left)
        if outer is None:
            return None
        chosen = [place for place, term in enumerate(tree.terms) if _outermost(term, from_left) == outer]
        inner = sum_of(_without(tree.terms[place], from_left) for place in chosen)
        whole = Product((outer, inner) if from_left else (inner, outer))
        rest = [term for place, term in enumerate(tree.terms) if place not in chosen[1:]]
        rest[chosen[0]] = whole
        return Rewrite(whole if len(rest) == 1 else Sum(tuple(rest)))

    return rewrite


def _common(terms: Sequence[Tree], from_left: bool) -> Tree | None:
    """The outermost factor that most terms have, the first of those."""
    found = [_outermost(term, from_left) for term in terms]
    counts = {factor: found.count(factor) for factor in found if factor is not None}
    best = max(counts, key=lambda factor: counts[factor], default=None)
    return best if best is not None and counts[best] > 1 else None


def _outermost(term: Tree, from_left: bool) -> Tree | None:
    body = coefficient_of(term)[1]
    factors = factors_of(body)
    outer = factors[0 if from_left else -1]
    return None if isinstance(outer, Scalar | Identity | Zero | Sum) else outer


def _without(term: Tree, from_left: bool) -> Tree:
    coefficient, body = coefficient_of(term)
    factors = factors_of(body)
    outer = factors[0 if from_left else -1]
    rest = factors[1:] if from_left else factors[:-1]
    return times(coefficient, product_of(rest, outer.columns if from_left else outer.rows))


# Ones


def _ones_multiplied(tree: Tree) -> Rewrite | None:
    """1'1 = n, 11' = J, JJ = nJ, J1 = n1, for ones of any sizes that meet."""
    if not isinstance(tree, Product):
        return None
    for place, (left, right) in enumerate(zip(tree.factors, tree.factors[1:], strict=False)):
        first, second = _ones(left), _ones(right)
        if first is None or second is None:
            continue
        inner, rows, columns = first.columns, first.rows, second.columns
        before, behind = tree.factors[:place], tree.factors[place + 2 :]
        if rows == columns == ONE:
            rest = (*before, *behind)
            return Rewrite(Scaled(Scalar(inner), product_of(rest)) if rest else Scalar(inner), f"1'1 = {inner}")
        meets = product_of((*before, Ones(rows, columns), *behind))
        return Rewrite(times(inner, meets))
    return None


def _ones(tree: Tree) -> Ones | None:
    if isinstance(tree, Transpose) and isinstance(tree.tree, Ones):
        return Ones(tree.tree.columns, tree.tree.rows)
    return tree if isinstance(tree, Ones) else None


PRODUCT_WITH_ZERO = Rule(
    "product-with-zero", "a product with a zero matrix is zero", _product_with_zero, lambda: _A @ zero("q")
)
SUM_WITH_ZERO = Rule(
    "sum-with-zero", "adding zero changes nothing", _sum_with_zero, lambda: symbol("c", "n") + zero("n")
)
PRODUCT_WITH_IDENTITY = Rule(
    "product-with-identity", "IA = AI = A", _product_with_identity, lambda: _A @ Identity(_A.columns) @ _A.T
)
SCALAR_TO_FRONT = Rule(
    "scalar-to-front",
    "a scalar may stand in front",
    _scalar_to_front,
    lambda: _A @ Scaled(_c, Identity(_A.columns)) @ _A.T,
)
SCALARS_JOINED = Rule("scalars-joined", "a(bA) = (ab)A", _scalars_joined, lambda: Scaled(_c, Scaled(_c, _A)))
BRACKETS = Rule(
    "brackets",
    "(AB)C = ABC, and (A + B) + C = A + B + C",
    _brackets,
    lambda: Product((_A, Product((_C, _A)))),
)
DISTRIBUTED = Rule("distributed", "A(B + C) = AB + AC", _distributed, lambda: (_A + _B) @ _C)
LIKE_TERMS = Rule("like-terms", "like terms are added", _like_terms, lambda: Sum((_A, _B, Scaled(_c, _A))))
NUMBERS_COMMUTE = Rule(
    "number-transposed",
    "a number is its own transpose",
    _numbers_commute,
    lambda: symbol("a", "n").T @ symbol("b", "n") + symbol("b", "n").T @ symbol("a", "n"),
)
COLLECTED_LEFT = Rule(
    "collected-left", "AB + AC = A(B + C)", _collected(True), lambda: _C @ _A + _C @ _B + identity("q") @ _C @ _A
)
COLLECTED_RIGHT = Rule("collected-right", "BA + CA = (B + C)A", _collected(False), lambda: _A @ _C + _B @ _C)
ONES_MULTIPLIED = Rule(
    "ones-multiplied",
    "ones times ones are as many ones as meet",
    _ones_multiplied,
    lambda: ones("n") @ ones("n").T @ ones("n", "n"),
)

PRODUCTS = (
    PRODUCT_WITH_ZERO,
    SUM_WITH_ZERO,
    BRACKETS,
    SCALARS_JOINED,
    SCALAR_TO_FRONT,
    PRODUCT_WITH_IDENTITY,
    ONES_MULTIPLIED,
    LIKE_TERMS,
    NUMBERS_COMMUTE,
)
"""What makes products and sums shorter and never longer."""

COLLECTING = (LIKE_TERMS, COLLECTED_LEFT, COLLECTED_RIGHT)
"""What puts common factors in front or behind."""
