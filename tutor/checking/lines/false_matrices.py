"""False rules of matrices and numbers: what a student makes of a node, and the law that it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.expansion import expanded
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import (
    Determinant,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Trace,
    Transpose,
)
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.tree import Tree
from tutor.checking.lines.false_rule import FalseRule, Replaced, conforming


def _sum_inverted_by_terms(tree: Tree) -> Iterator[Replaced]:
    """(A + B)⁻¹ = A⁻¹ + B⁻¹."""
    if isinstance(tree, Inverse) and isinstance(tree.tree, Sum):
        yield (Sum(tuple(map(Inverse, tree.tree.terms))),)
    if isinstance(tree, Scalar):
        # 1/(a + b) as a number.
        numerator, denominator = sympy.fraction(tree.value)
        if isinstance(denominator, sympy.Add):
            yield (Scalar(sympy.Add(*(numerator / term for term in denominator.args))),)
        if isinstance(denominator, sympy.Mul):
            sums = [factor for factor in denominator.args if isinstance(factor, sympy.Add)]
            for factor in sums:
                rest = numerator * factor / denominator
                yield (Scalar(sympy.Add(*(rest / term for term in factor.args))),)


def _inverted_in_order(tree: Tree) -> Iterator[Replaced]:
    """(AB)⁻¹ = A⁻¹B⁻¹."""
    if isinstance(tree, Inverse) and isinstance(tree.tree, Product):
        yield (Product(tuple(map(Inverse, tree.tree.factors))),)


def _transposed_in_order(tree: Tree) -> Iterator[Replaced]:
    """(AB)' = A'B'."""
    if isinstance(tree, Transpose) and isinstance(tree.tree, Product):
        yield (Product(tuple(map(Transpose, tree.tree.factors))),)


def _kronecker_turned(tree: Tree) -> Iterator[Replaced]:
    """(A ⊗ B)' = B' ⊗ A', (A ⊗ B)⁻¹ = B⁻¹ ⊗ A⁻¹, and A ⊗ B = B ⊗ A."""
    if isinstance(tree, Transpose | Inverse) and isinstance(tree.tree, Kronecker):
        yield (Kronecker(tuple(map(type(tree), reversed(tree.tree.factors)))),)
    if isinstance(tree, Kronecker):
        yield (Kronecker(tuple(reversed(tree.factors))),)


def _exchanged(tree: Tree) -> Iterator[Replaced]:
    """AB = BA."""
    if isinstance(tree, Product):
        factors = tree.factors
        for i in range(len(factors) - 1):
            yield from conforming(*factors[:i], factors[i + 1], factors[i], *factors[i + 2 :])


def _cancelled_apart(tree: Tree) -> Iterator[Replaced]:
    """A⁻¹BA = B."""
    if not isinstance(tree, Product):
        return
    factors = tree.factors
    for i, first in enumerate(factors):
        for j in range(i + 2, len(factors)):
            if _undo(first, factors[j]):
                yield from conforming(*factors[:i], *factors[i + 1 : j], *factors[j + 1 :])


def _undo(one: Tree, other: Tree) -> bool:
    return one == Inverse(other) if not isinstance(one, Inverse) else one.tree == other


def _transpose_dropped(tree: Tree) -> Iterator[Replaced]:
    """A' = A."""
    if isinstance(tree, Transpose):
        yield (tree.tree,)


def _inverse_dropped(tree: Tree) -> Iterator[Replaced]:
    """A⁻¹ = A."""
    if isinstance(tree, Inverse):
        yield (tree.tree,)


def _number_not_inverted(tree: Tree) -> Iterator[Replaced]:
    """(cA)⁻¹ = cA⁻¹."""
    if isinstance(tree, Inverse) and isinstance(tree.tree, Scaled):
        yield (Scaled(tree.tree.scalar, Inverse(tree.tree.tree)),)


def _bracket_lost(tree: Tree) -> Iterator[Replaced]:
    """A(B + C) = AB + C, (A + B)C = A + BC, and c(A + B) = cA + B."""
    is_minus = isinstance(tree, Scaled) and tree.scalar == Scalar(sympy.Integer(-1))
    parts = tree.parts if isinstance(tree, Product | Scaled) and not is_minus else ()
    for place, inner in enumerate(parts):
        if isinstance(inner, Sum):
            for kept in range(len(inner.terms)):
                yield tuple(
                    tree.rebuild((*parts[:place], term, *parts[place + 1 :])) if at == kept else term
                    for at, term in enumerate(inner.terms)
                )


def _minus_for_the_first(tree: Tree) -> Iterator[Replaced]:
    """A − (B + C) = A − B + C."""
    if isinstance(tree, Scaled) and tree.scalar == Scalar(sympy.Integer(-1)) and isinstance(tree.tree, Sum):
        first, *rest = tree.tree.terms
        yield (Sum((negated(first), *rest)),)


def _multiplied_by_terms(tree: Tree) -> Iterator[Replaced]:
    """(A + B)(C + D) = AC + BD, and (a + b)² = a² + b²."""
    if isinstance(tree, Product):
        factors = tree.factors
        for i in range(len(factors) - 1):
            left, right = factors[i], factors[i + 1]
            if isinstance(left, Sum) and isinstance(right, Sum) and len(left.terms) == len(right.terms):
                pairs = zip(left.terms, right.terms, strict=True)
                yield (Sum(tuple(Product((*factors[:i], a, b, *factors[i + 2 :])) for a, b in pairs)),)
    if isinstance(tree, Scalar):
        for power in tree.value.atoms(sympy.Pow):
            if isinstance(power.base, sympy.Add) and power.exp == 2:
                apart = sympy.Add(*(term**2 for term in power.base.args))
                yield (_with(tree, power, apart),)


def _with(tree: Scalar, old: sympy.Expr, new: sympy.Expr) -> Tree:
    """A number with another expression in the place of one of its parts."""
    changed: Any = tree.value.xreplace({old: new})
    return Scalar(changed)


def _root_by_terms(tree: Tree) -> Iterator[Replaced]:
    """√(a + b) = √a + √b."""
    half = sympy.Rational(1, 2)
    if isinstance(tree, Applied) and tree.function == "power" and tree.arguments[1] == Scalar(half):
        inner = tree.arguments[0]
        if isinstance(inner, Sum):
            yield (Sum(tuple(Applied("power", (term, Scalar(half))) for term in inner.terms)),)
    if isinstance(tree, Scalar):
        for power in tree.value.atoms(sympy.Pow):
            if power.exp in (half, -half) and isinstance(expanded(power.base), sympy.Add):
                terms = expanded(power.base).as_ordered_terms()
                apart = sympy.Add(*map(sympy.sqrt, terms)) ** (1 if power.exp == half else -1)
                yield (_with(tree, power, apart),)


def _determinant_by_terms(tree: Tree) -> Iterator[Replaced]:
    """|A + B| = |A| + |B|, and |cA| = c|A|."""
    if isinstance(tree, Determinant) and isinstance(tree.tree, Sum):
        yield (Sum(tuple(map(Determinant, tree.tree.terms))),)
    if isinstance(tree, Determinant) and isinstance(tree.tree, Scaled):
        yield (Scaled(tree.tree.scalar, Determinant(tree.tree.tree)),)


def _trace_by_factors(tree: Tree) -> Iterator[Replaced]:
    """tr(AB) = tr(A) tr(B)."""
    if not isinstance(tree, Trace) or not isinstance(tree.tree, Product):
        return
    factors = tree.tree.factors
    for cut in range(1, len(factors)):
        left, right = product_or_factor(factors[:cut]), product_or_factor(factors[cut:])
        if same_size(*left.shape):
            yield (Scaled(Trace(left), Trace(right)),)
    if len(factors) > 2 and all(same_size(*factor.shape) for factor in factors):
        first, *others = map(Trace, factors)
        product: Tree = first
        for other in others:
            product = Scaled(product, other)
        yield (product,)


def _ones_multiplied_once(tree: Tree) -> Iterator[Replaced]:
    """J_n J_n = J_n, and 1_n'1_n = 1."""
    if not isinstance(tree, Product):
        return
    factors = tree.factors
    for i in range(len(factors) - 1):
        left, right = factors[i], factors[i + 1]
        if isinstance(left, Ones) and left == right:
            yield (product_or_factor((*factors[:i], *factors[i + 1 :])),)
        if isinstance(left, Transpose) and isinstance(right, Ones) and left.tree == right and right.columns == ONE:
            rest = (*factors[:i], *factors[i + 2 :])
            yield (product_or_factor(rest) if rest else Scalar(sympy.S.One),)


def _taken_for_identity(tree: Tree) -> Iterator[Replaced]:
    """AA' = I, as ZZ' = I."""
    if isinstance(tree, Product):
        factors = tree.factors
        for i in range(len(factors) - 1):
            left, right = factors[i], factors[i + 1]
            if right == Transpose(left) or left == Transpose(right):
                yield from conforming(*((*factors[:i], *factors[i + 2 :]) or (Identity(left.rows),)))


MATRIX_RULES = (
    FalseRule(
        "inverse-of-sum",
        "(A + B)⁻¹ is not A⁻¹ + B⁻¹",
        "",
        "The inverse of a sum was taken for the sum of the inverses.",
        "What is 1/(1 + 1), and what is 1/1 + 1/1?",
        _sum_inverted_by_terms,
    ),
    FalseRule(
        "order-swapped",
        "(AB)⁻¹ = B⁻¹A⁻¹",
        "A and B commute",
        "The factors kept their order as their product was inverted.",
        "Which of two things that were done has to be undone first?",
        _inverted_in_order,
    ),
    FalseRule(
        "order-swapped",
        "(AB)' = B'A'",
        "A' and B' commute",
        "The factors kept their order as their product was transposed.",
        "How many rows has (AB)', and how many has A'?",
        _transposed_in_order,
    ),
    FalseRule(
        "kronecker-swapped",
        "(A ⊗ B)' = A' ⊗ B', (A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹, and A ⊗ B is not B ⊗ A",
        "A = B",
        "The two sides of ⊗ changed places.",
        "Which factor changes slowest from one row to the next?",
        _kronecker_turned,
    ),
    FalseRule(
        "inverse-lost",
        "(cA)⁻¹ = c⁻¹A⁻¹",
        "c is 1 or −1",
        "The number in front was not inverted.",
        "What is the inverse of 2I?",
        _number_not_inverted,
    ),
    FalseRule(
        "order-swapped",
        "A⁻¹A = I only where the two stand side by side",
        "the factors between them commute with A",
        "A matrix and its inverse were cancelled although something stands between them.",
        "May you change the order of the factors, so that the two meet?",
        _cancelled_apart,
    ),
    FalseRule(
        "order-swapped",
        "AB is not BA",
        "A and B commute",
        "Two factors changed places.",
        "Does AB equal BA?",
        _exchanged,
    ),
    FalseRule(
        "transpose-lost",
        "A' is A only where A is symmetric",
        "the matrix is symmetric",
        "A transpose was lost.",
        "How many rows and columns has each factor?",
        _transpose_dropped,
    ),
    FalseRule(
        "inverse-lost",
        "A⁻¹A = I",
        "the matrix is its own inverse",
        "An inverse was lost.",
        "Which matrix should undo the other?",
        _inverse_dropped,
    ),
    FalseRule(
        "parentheses-lost",
        "A(B + C) = AB + AC",
        "the factor is the identity, or 1",
        "Only one term of a bracket was multiplied.",
        "By what is each term of the bracket multiplied?",
        _bracket_lost,
    ),
    FalseRule(
        "sign",
        "A − (B + C) = A − B − C",
        "the other terms are zero",
        "The minus reached only the first term of its bracket.",
        "What becomes of each sign within a bracket behind a minus?",
        _minus_for_the_first,
    ),
    FalseRule(
        "missing-term",
        "(A + B)(C + D) = AC + AD + BC + BD",
        "AD + BC = 0",
        "Only terms in the same place were multiplied.",
        "How many products are there, of one term from each bracket?",
        _multiplied_by_terms,
    ),
    FalseRule(
        "sum-of-sd",
        "√(a + b) is not √a + √b",
        "a or b is zero",
        "The root of a sum was taken for the sum of the roots.",
        "What is √(9 + 16), and what is √9 + √16?",
        _root_by_terms,
    ),
    FalseRule(
        "determinant-of-sum",
        "|A + B| is not |A| + |B|, and |cA| = cⁿ|A|",
        "n = 1",
        "A determinant is not linear.",
        "What is the determinant of I + I for two rows?",
        _determinant_by_terms,
    ),
    FalseRule(
        "trace-of-product",
        "tr(AB) = tr(BA), which is not tr(A) tr(B)",
        "n = 1",
        "The trace of a product was taken for the product of the traces.",
        "What is tr(I I) for two rows?",
        _trace_by_factors,
    ),
    FalseRule(
        "missing-factor",
        "J_n J_n = n J_n, and 1_n'1_n = n",
        "n = 1",
        "Ones were multiplied, and their number was lost.",
        "What is the sum of n ones?",
        _ones_multiplied_once,
    ),
    FalseRule(
        "identity-for-ones",
        "AA' is I only where the rows of A are orthonormal",
        "the matrix is orthogonal",
        "A matrix times its transpose was taken for the identity.",
        "What is the product of two rows that are alike?",
        _taken_for_identity,
    ),
)
"""False rules of matrices and numbers, from the most specific to the most general."""
