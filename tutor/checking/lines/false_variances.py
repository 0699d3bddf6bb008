"""False rules of variances: what a student makes of a node, and the law that it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import coefficient_of, factors_of, negated, times
from tutor.algebra.nodes import (
    Covariance,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
)
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.case import has_minus
from tutor.checking.lines.false_rule import FalseRule, Replaced, conforming

MOST_TERMS = 6
"""Terms of a variance of which each pair is looked at."""


def linear_in(tree: Tree) -> tuple[Tree | None, Tree]:
    """Ax as (A, x), cx as (c, x), anything else as (None, tree)."""
    if isinstance(tree, Scaled) and not is_random(tree.scalar):
        outer, inner = linear_in(tree.tree)
        return (tree.scalar, inner) if outer is None else (Scaled(tree.scalar, outer), inner)
    if isinstance(tree, Product) and not any(map(is_random, tree.factors[:-1])):
        return product_or_factor(tree.factors[:-1]), tree.factors[-1]
    return None, tree


def moving(tree: Tree) -> tuple[list[Tree], list[Tree]]:
    """The terms of a sum that are fixed, and those that vary."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    return [term for term in terms if not is_random(term)], [term for term in terms if is_random(term)]


# Variances


def _mean_kept(tree: Tree) -> Iterator[Replaced]:
    """Var(c + x) = c + Var(x)."""
    if isinstance(tree, Variance):
        fixed, varying = moving(tree.tree)
        if fixed and varying:
            yield *fixed, Variance(sum_or_term(varying))
        elif fixed:
            yield tuple(fixed)
            for term in fixed:
                yield from conforming(term, Transpose(term))


def _covariances_left_out(tree: Tree) -> Iterator[Replaced]:
    """Var(x + y) = Var(x) + Var(y)."""
    if not isinstance(tree, Variance) or not isinstance(tree.tree, Sum):
        return
    _, varying = moving(tree.tree)
    if len(varying) < 2:
        return
    yield (sum_or_term([Variance(term) for term in varying]),)
    groups = [[t for t in varying if (sign_of(t) > 0) is side] for side in (True, False)]
    if all(groups) and len(varying) > 2:
        yield (sum_or_term([Variance(sum_or_term(group)) for group in groups]),)


def _one_covariance(tree: Tree) -> Iterator[Replaced]:
    """Var(x + y) = Var(x) + Var(y) + Cov(x, y)."""
    for variances, covariances in _pairs_of(tree):
        yield (Sum((*variances, *covariances)),)


def _sign_of_covariance(tree: Tree) -> Iterator[Replaced]:
    """Var(x − y) = Var(x) + Var(y) + 2 Cov(x, y)."""
    for variances, covariances in _pairs_of(tree):
        yield (Sum((*variances, *map(negated, covariances), *map(negated, covariances))),)


def _pairs_of(tree: Tree) -> Iterator[tuple[list[Tree], list[Tree]]]:
    """The variances of the terms of a variance, and the covariance of each two of them, once."""
    if isinstance(tree, Variance) and isinstance(tree.tree, Sum):
        _, varying = moving(tree.tree)
        if 1 < len(varying) <= MOST_TERMS:
            yield [Variance(term) for term in varying], [Covariance(a, b) for a, b in combinations(varying, 2)]


def _sign_kept(tree: Tree) -> Iterator[Replaced]:
    """Var(x − y) = Var(x) − Var(y), and Var(−x) = −Var(x)."""
    if not isinstance(tree, Variance):
        return
    _, varying = moving(tree.tree)
    if any(sign_of(term) < 0 for term in varying):
        bare = [(Variance(without_sign(term)), sign_of(term)) for term in varying]
        yield (sum_or_term([term if sign > 0 else negated(term) for term, sign in bare]),)


def sign_of(term: Tree) -> int:
    coefficient, _ = coefficient_of(term)
    return -1 if coefficient.is_negative or coefficient.could_extract_minus_sign() else 1


def without_sign(term: Tree) -> Tree:
    return negated(term) if sign_of(term) < 0 else term


def _is_added(terms: Replaced) -> bool:
    return any(isinstance(term, Sum) for term in terms)


def _is_subtracted(terms: Replaced) -> bool:
    """Whether a line has a term with a minus."""
    return any(sign_of(part) < 0 for part in _flat(terms))


def _flat(terms: Replaced) -> list[Tree]:
    return [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]


def _adds_variances(terms: Replaced, text: str) -> bool:
    """Whether a line takes no variance away: one in numbers is collected, and its text has a minus or not."""
    if not _has_moments(terms, text):
        return not has_minus(text)
    return not any(sign_of(part) < 0 and _has_moments((part,), text) for part in _flat(terms))


def _factor_once(tree: Tree) -> Iterator[Replaced]:
    """Var(cx) = c Var(x), Var(Ax) = A Var(x) and Var(Ax) = A² Var(x)."""
    if not isinstance(tree, Variance):
        return
    outer, inner = linear_in(tree.tree)
    if outer is None:
        return
    variance = Variance(inner)
    if outer.is_scalar:
        yield (Scaled(outer, variance),)
        if sign_of(outer) < 0:
            yield (Scaled(without_sign(outer), variance),)
        return
    for factors in (
        (*factors_of(outer), variance),
        (*factors_of(outer), *factors_of(outer), variance),
        (variance, Transpose(outer)),
        (*factors_of(outer), Transpose(outer), variance),
    ):
        yield from conforming(*factors)


def _factors_of_sum_once(tree: Tree) -> Iterator[Replaced]:
    """Var(ax + by) = a Var(x) + b Var(y) + 2ab Cov(x, y), the same without the covariance, and Var(ax + ay) =
    a Var(x + y)."""
    if not isinstance(tree, Variance) or not isinstance(tree.tree, Sum):
        return
    _, varying = moving(tree.tree)
    weighed = [coefficient_of(term) for term in varying]
    if not 1 < len(varying) <= MOST_TERMS or not all(c.is_number for c, _ in weighed):
        return
    sizes = {abs(c) for c, _ in weighed}
    if sizes == {1}:
        return
    variances = [times(abs(c), Variance(x)) for c, x in weighed]
    covariances = [times(2 * c * d, Covariance(x, y)) for (c, x), (d, y) in combinations(weighed, 2)]
    yield (sum_or_term([*variances, *covariances]),)
    yield (sum_or_term(variances),)
    if len(sizes) == 1:
        (common,) = sizes
        yield (times(common, Variance(sum_or_term([times(c / common, x) for c, x in weighed]))),)


def _factor_dropped(tree: Tree) -> Iterator[Replaced]:
    """Var(Ax) = Var(x)."""
    if isinstance(tree, Variance):
        outer, inner = linear_in(tree.tree)
        if outer is not None:
            yield (Variance(inner),)


def _average_for_one(tree: Tree) -> Iterator[Replaced]:
    """Var(ȳ) = Var(y_1), the average being named or, where the model knows none of that name, written out."""
    if not isinstance(tree, Variance):
        return
    summed = _with_one_for_average(tree.tree)
    if summed is not None:
        yield (Variance(summed),)

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Symbol) or not node.is_scalar or node.definition is not None:
            return None
        base, _, places = node.name.partition("_")
        return replace(node, name=f"{base[:-3]}_{places.replace('.', '1')}") if base.endswith("bar") else None

    one = transform(tree, change)
    if one != tree:
        yield (one,)


def _with_one_for_average(tree: Tree) -> Tree | None:
    """A sum with x_1 for x_1/n + … + x_n/n; None where it has no such terms."""
    averaged: dict[tuple[str, sympy.Expr], list[Tree]] = {}
    terms = tree.terms if isinstance(tree, Sum) else ()
    for term in terms:
        share, body = coefficient_of(term)
        if isinstance(body, Symbol) and body.is_scalar:
            averaged.setdefault((body.name.partition("_")[0], share), []).append(term)
    found = [alike for (_, share), alike in averaged.items() if len(alike) > 1 and abs(share) * len(alike) == 1]
    if not found:
        return None
    rest = [term for term in terms if not any(term in alike for alike in found)]
    return sum_or_term([*rest, *(_sum_of(alike) for alike in found)])


def _sum_of(terms: list[Tree]) -> Tree:
    """As many times the first as there are terms."""
    share, body = coefficient_of(terms[0])
    return times(len(terms) * share, body)


def _has_moments(terms: Replaced, text: str) -> bool:
    """Whether a line speaks of variances still."""
    del text
    return any(isinstance(node, Variance) for term in terms for node in walk(term))


def _root_of_variance(tree: Tree) -> Iterator[Replaced]:
    """Var(x) as a standard deviation."""
    if isinstance(tree, Variance) and tree.is_scalar:
        yield (_root(tree),)


def _not_transposed(tree: Tree) -> Iterator[Replaced]:
    """Var(Ax) = A Var(x) A, and Cov(Ax, By) = A Cov(x, y) B."""
    for before, middle, behind in _sandwiches(tree):
        if behind:
            yield from conforming(*before, middle, *behind)


def _wrong_one_transposed(tree: Tree) -> Iterator[Replaced]:
    """Var(Ax) = A' Var(x) A."""
    for before, middle, behind in _sandwiches(tree):
        if before and behind:
            yield from conforming(Transpose(product_or_factor(before)), middle, *behind)


def _sandwiches(tree: Tree) -> Iterator[tuple[tuple[Tree, ...], Tree, tuple[Tree, ...]]]:
    """A, Cov(x, y), B of Cov(Ax, By)."""
    pair = (tree.tree, tree.tree) if isinstance(tree, Variance) else tree.parts if isinstance(tree, Covariance) else ()
    if not pair:
        return
    (a, x), (b, y) = (linear_in(part) for part in pair)
    sides = [() if outer is None or outer.is_scalar else factors_of(outer) for outer in (a, b)]
    if any(sides):
        yield sides[0], Variance(x) if x == y else Covariance(x, y), sides[1]


def _root(tree: Tree) -> Tree:
    return Applied("power", (tree, Scalar(sympy.Rational(1, 2))))


FACTOR_ONCE = "A factor came out of a variance as it would come out of a mean."
DOUBLED = "If every x is doubled, what becomes of the squared deviations from the mean?"

VARIANCE_RULES = (
    FalseRule(
        "mean-in-variance",
        "Var(c + x) = Var(x)",
        "c = 0",
        "A constant left the variance as it would leave a mean.",
        "How much does a constant vary?",
        _mean_kept,
    ),
    FalseRule(
        "missing-replication",
        "Var(ȳ) = Var(y)/n for the average of n that are uncorrelated and vary alike",
        "n = 1",
        "It does not become smaller with more observations.",
        "How many observations are averaged?",
        _average_for_one,
        lambda terms, text: not _has_moments(terms, text),
    ),
    FalseRule(
        "scalar-rule",
        "Var(ax + by) = a² Var(x) + b² Var(y) + 2ab Cov(x, y)",
        "a and b are 0 or 1",
        FACTOR_ONCE,
        DOUBLED,
        _factors_of_sum_once,
        _adds_variances,
    ),
    FalseRule(
        "sign",
        "Var(x − y) = Var(x) + Var(y) − 2 Cov(x, y)",
        "Var(y) = 0",
        "A minus within a variance came out as a minus.",
        "Can a difference vary less than both of its parts, if these have nothing in common?",
        _sign_kept,
        lambda terms, text: _is_subtracted(terms) or not _is_added(terms),
    ),
    FalseRule(
        "variance-of-sum",
        "Var(x + y) = Var(x) + Var(y) + Cov(x, y) + Cov(y, x)",
        "Cov(x, y) = 0",
        "The variance of a sum was taken for the sum of the variances.",
        "Do the terms of the sum share anything that varies?",
        _covariances_left_out,
    ),
    FalseRule(
        "factor-2",
        "Var(x + y) = Var(x) + Var(y) + Cov(x, y) + Cov(y, x)",
        "Cov(x, y) = 0",
        "A covariance was counted once.",
        "How often does each pair stand in (x + y)(x + y)'?",
        _one_covariance,
    ),
    FalseRule(
        "sign",
        "Var(x − y) = Var(x) + Var(y) − 2 Cov(x, y)",
        "Cov(x, y) = 0",
        "A covariance has the wrong sign.",
        "Does what two observations share make their difference vary more, or less?",
        _sign_of_covariance,
    ),
    FalseRule(
        "scalar-rule",
        "Var(Ax) = A Var(x) A', and Var(cx) = c² Var(x) for a number c",
        "c is 0 or 1, or A is the identity",
        FACTOR_ONCE,
        DOUBLED,
        _factor_once,
    ),
    FalseRule(
        "scalar-rule",
        "Var(x/n) = Var(x)/n²",
        "n = 1",
        "The divisor of an average came out of a variance as it would come out of a mean.",
        "If every x is halved, what becomes of the squared deviations from the mean?",
        _average_for_one,
        _has_moments,
    ),
    FalseRule(
        "transpose-lost",
        "Var(Ax) = A Var(x) A', and Cov(Ax, By) = A Cov(x, y) B'",
        "the matrix behind is symmetric",
        "A factor came out behind without its transpose.",
        "How many rows and columns has each factor?",
        _not_transposed,
    ),
    FalseRule(
        "transpose-misplaced",
        "Var(Ax) = A Var(x) A'",
        "A is symmetric",
        "The transpose is on the wrong one of two factors.",
        "How many rows and columns has Ax, and so its variance?",
        _wrong_one_transposed,
    ),
    FalseRule(
        "missing-factor",
        "Var(Ax) = A Var(x) A'",
        "A is the identity, or c is 1",
        "A factor was lost on the way out of a variance.",
        "If every x is doubled, what becomes of its variance?",
        _factor_dropped,
    ),
    FalseRule(
        "sd-for-variance",
        "a variance is the square of a standard deviation",
        "the variance is 0 or 1",
        "A standard deviation stands where a variance belongs.",
        "If y is in kg, what is a standard deviation in, and what is a variance?",
        _root_of_variance,
    ),
)
"""False rules of variances, from the most specific to the most general."""
