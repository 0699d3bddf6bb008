"""False rules of means, variances and covariances: what a student makes of a node, and the law that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import coefficient_of, factors_of, negated
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.lines.false_rule import FalseRule, Replaced, conforming


def linear_in(tree: Tree) -> tuple[Tree | None, Tree]:
    """Ax as (A, x), cx as (c, x), anything else as (None, tree)."""
    if isinstance(tree, Scaled) and not is_random(tree.scalar):
        outer, inner = linear_in(tree.tree)
        return (tree.scalar, inner) if outer is None else (Scaled(tree.scalar, outer), inner)
    if isinstance(tree, Product) and not any(map(is_random, tree.factors[:-1])):
        return product_or_factor(tree.factors[:-1]), tree.factors[-1]
    return None, tree


def _moving(tree: Tree) -> tuple[list[Tree], list[Tree]]:
    """The terms of a sum that are fixed, and those that vary."""
    terms = tree.terms if isinstance(tree, Sum) else (tree,)
    return [term for term in terms if not is_random(term)], [term for term in terms if is_random(term)]


# Variances


def _mean_kept(tree: Tree) -> Iterator[Replaced]:
    """Var(c + x) = c + Var(x)."""
    if isinstance(tree, Variance):
        fixed, varying = _moving(tree.tree)
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
    _, varying = _moving(tree.tree)
    if len(varying) < 2:
        return
    yield (sum_or_term([Variance(term) for term in varying]),)
    groups = [[t for t in varying if (_sign(t) > 0) is side] for side in (True, False)]
    if all(groups) and len(varying) > 2:
        yield (sum_or_term([Variance(sum_or_term(group)) for group in groups]),)


def _one_covariance(tree: Tree) -> Iterator[Replaced]:
    """Var(x + y) = Var(x) + Var(y) + Cov(x, y)."""
    for variances, covariance in _of_two(tree):
        yield (Sum((*variances, covariance)),)


def _sign_of_covariance(tree: Tree) -> Iterator[Replaced]:
    """Var(x − y) = Var(x) + Var(y) + 2 Cov(x, y)."""
    for variances, covariance in _of_two(tree):
        yield (Sum((*variances, negated(covariance), negated(covariance))),)


def _of_two(tree: Tree) -> Iterator[tuple[list[Tree], Tree]]:
    if isinstance(tree, Variance) and isinstance(tree.tree, Sum):
        _, varying = _moving(tree.tree)
        if len(varying) == 2:
            yield [Variance(term) for term in varying], Covariance(*varying)


def _sign_kept(tree: Tree) -> Iterator[Replaced]:
    """Var(x − y) = Var(x) − Var(y), and Var(−x) = −Var(x)."""
    if not isinstance(tree, Variance):
        return
    _, varying = _moving(tree.tree)
    if any(_sign(term) < 0 for term in varying):
        bare = [(Variance(_positive(term)), _sign(term)) for term in varying]
        yield (sum_or_term([term if sign > 0 else negated(term) for term, sign in bare]),)


def _sign(term: Tree) -> int:
    coefficient, _ = coefficient_of(term)
    return -1 if coefficient.is_negative or coefficient.could_extract_minus_sign() else 1


def _positive(term: Tree) -> Tree:
    return negated(term) if _sign(term) < 0 else term


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
        return
    for factors in (
        (*factors_of(outer), variance),
        (*factors_of(outer), *factors_of(outer), variance),
        (variance, Transpose(outer)),
        (*factors_of(outer), Transpose(outer), variance),
    ):
        yield from conforming(*factors)


def _factor_dropped(tree: Tree) -> Iterator[Replaced]:
    """Var(Ax) = Var(x)."""
    if isinstance(tree, Variance):
        outer, inner = linear_in(tree.tree)
        if outer is not None:
            yield (Variance(inner),)


def _average_for_one(tree: Tree) -> Iterator[Replaced]:
    """Var(ȳ) = Var(y_1), the average being named and not written out."""
    if not isinstance(tree, Variance):
        return

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Symbol) or not node.is_scalar or node.definition is not None:
            return None
        base, _, places = node.name.partition("_")
        return replace(node, name=f"{base[:-3]}_{places.replace('.', '1')}") if base.endswith("bar") else None

    one = transform(tree, change)
    if one != tree:
        yield (one,)


def _has_moments(terms: Replaced) -> bool:
    """Whether a line speaks of variances still."""
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


def _covariance_dropped(tree: Tree) -> Iterator[Replaced]:
    """Cov(x, y) = 0."""
    if isinstance(tree, Covariance):
        yield (Zero(*tree.shape),)


def _cross_terms_dropped(tree: Tree) -> Iterator[Replaced]:
    """Cov(a + b, c + d) = Cov(a, c) + Cov(b, d)."""
    if isinstance(tree, Covariance) and isinstance(tree.left, Sum) and isinstance(tree.right, Sum):
        left, right = _moving(tree.left)[1], _moving(tree.right)[1]
        if len(left) == len(right) > 1:
            yield (Sum(tuple(Covariance(a, b) for a, b in zip(left, right, strict=True))),)


def _factors_of_covariance_once(tree: Tree) -> Iterator[Replaced]:
    """Cov(ax, by) = a Cov(x, y), and Cov(Ax, By) = AB Cov(x, y)."""
    if not isinstance(tree, Covariance):
        return
    (a, x), (b, y) = linear_in(tree.left), linear_in(tree.right)
    if a is None or b is None:
        return
    middle = Covariance(x, y)
    if a.is_scalar and b.is_scalar:
        yield (Scaled(a, middle),)
    elif not a.is_scalar and not b.is_scalar:
        yield from conforming(*factors_of(a), *factors_of(b), middle)


def _variance_of_either(tree: Tree) -> Iterator[Replaced]:
    """Cov(x, y) = Var(x)."""
    if isinstance(tree, Covariance) and tree.left.shape == tree.right.shape and tree.left != tree.right:
        yield (Variance(tree.left),)


def _covariance_for_correlation(tree: Tree) -> Iterator[Replaced]:
    """Corr(x, y) = Cov(x, y)."""
    if isinstance(tree, Applied) and tree.function == "Corr":
        yield (Covariance(*tree.arguments),)


def _variances_without_root(tree: Tree) -> Iterator[Replaced]:
    """Corr(x, y) = Cov(x, y)/(Var(x) Var(y))."""
    if isinstance(tree, Applied) and tree.function == "Corr" and tree.is_scalar:
        left, right = tree.arguments
        yield (Scaled(Covariance(left, right), (Scaled(Variance(left), Variance(right))).inv()),)
    if isinstance(tree, Applied) and tree.function == "power" and tree.arguments[1] == Scalar(sympy.Rational(1, 2)):
        yield (tree.arguments[0],)


# Means


def _error_kept(tree: Tree) -> Iterator[Replaced]:
    """E(c + ε) = c + ε."""
    yield from _kept_in_mean(tree, lambda term: isinstance(term, Symbol) and term.name.partition("_")[0] == "e")


def _random_kept(tree: Tree) -> Iterator[Replaced]:
    """E(c + Zu) = c + Zu."""
    yield from _kept_in_mean(tree, lambda term: True)


def _kept_in_mean(tree: Tree, kept: Callable[[Tree], bool]) -> Iterator[Replaced]:
    if not isinstance(tree, Expectation):
        return
    _, varying = _moving(tree.tree)
    terms = tree.tree.terms if isinstance(tree.tree, Sum) else (tree.tree,)
    for term in varying:
        if kept(term):
            yield (sum_or_term([each if each is term else Expectation(each) for each in terms]),)
    if len(varying) > 1 and all(map(kept, varying)):
        yield (tree.tree,)


def _mean_of_product(tree: Tree) -> Iterator[Replaced]:
    """E(x'Ay) = E(x)'A E(y), and E(g(x)) = g(E(x))."""
    if not isinstance(tree, Expectation):
        return
    inside = _mean_inside(tree.tree)
    if inside is not None:
        yield (inside,)


def _mean_inside(tree: Tree) -> Tree | None:
    """A product or a function of random vectors with their means for them; None for what is linear in them."""
    is_product = isinstance(tree, Product | Scaled) and sum(map(is_random, tree.parts)) > 1
    if not is_product and not isinstance(tree, Applied) and not isinstance(tree, Inverse):
        if isinstance(tree, Scaled):
            inner = _mean_inside(tree.tree)
            return None if inner is None else Scaled(tree.scalar, inner)
        return None

    def change(node: Tree) -> Tree | None:
        return Expectation(node) if isinstance(node, Symbol) and node.role == "random" else None

    return transform(tree, change) if any(is_random(node) for node in walk(tree)) else None


def _root(tree: Tree) -> Tree:
    return Applied("power", (tree, Scalar(sympy.Rational(1, 2))))


MOMENT_RULES = (
    FalseRule(
        "mean-in-variance",
        "Var(c + x) = Var(x)",
        "c = 0",
        "A constant left the variance as it would leave a mean.",
        "How much does a constant vary?",
        _mean_kept,
    ),
    FalseRule(
        "sign",
        "Var(x − y) = Var(x) + Var(y) − 2 Cov(x, y)",
        "Var(y) = 0",
        "A minus within a variance came out as a minus.",
        "Can a difference vary less than both of its parts, if these have nothing in common?",
        _sign_kept,
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
        "A factor came out of a variance as it would come out of a mean.",
        "If every x is doubled, what becomes of the squared deviations from the mean?",
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
        "missing-replication",
        "Var(ȳ) = Var(y)/n for the average of n that are uncorrelated and vary alike",
        "n = 1",
        "It does not become smaller with more observations.",
        "How many observations are averaged?",
        _average_for_one,
        lambda terms: not _has_moments(terms),
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
        "covariance-missing",
        "Cov(x, y) = 0 only where x and y share nothing that varies",
        "x and y are uncorrelated",
        "A covariance was taken for zero.",
        "Which effects do the two have in common?",
        _covariance_dropped,
    ),
    FalseRule(
        "covariance-missing",
        "Cov(a + b, c + d) = Cov(a, c) + Cov(a, d) + Cov(b, c) + Cov(b, d)",
        "Cov(a, d) = Cov(b, c) = 0",
        "Only terms in the same place were paired.",
        "How many pairs are there, one from each sum?",
        _cross_terms_dropped,
    ),
    FalseRule(
        "scalar-rule",
        "Cov(Ax, By) = A Cov(x, y) B', and Cov(ax, by) = ab Cov(x, y) for numbers a and b",
        "the other factor is 1, or the identity",
        "The factors of a covariance did not come out each on its own side.",
        "Which of the two has the rows of the covariance, and which its columns?",
        _factors_of_covariance_once,
    ),
    FalseRule(
        "variance-for-covariance",
        "Cov(x, y) is what x and y share; Var(x) is all that varies in x",
        "x = y",
        "A variance stands where a covariance belongs.",
        "What of the first is not in the second?",
        _variance_of_either,
    ),
    FalseRule(
        "covariance-for-correlation",
        "Corr(x, y) = Cov(x, y)/√(Var(x) Var(y))",
        "both variances are 1",
        "A covariance stands where a correlation belongs.",
        "By what is a covariance divided?",
        _covariance_for_correlation,
    ),
    FalseRule(
        "variance-for-sd",
        "Corr(x, y) = Cov(x, y)/√(Var(x) Var(y))",
        "both variances are 1",
        "Variances stand where standard deviations belong.",
        "If y is in kg, in what is a covariance, and in what its divisor?",
        _variances_without_root,
    ),
    FalseRule(
        "sd-for-variance",
        "a variance is the square of a standard deviation",
        "the variance is 0 or 1",
        "A standard deviation stands where a variance belongs.",
        "If y is in kg, what is a standard deviation in, and what is a variance?",
        _root_of_variance,
    ),
    FalseRule(
        "error-in-mean",
        "E(c + x) = c + E(x)",
        "x does not vary",
        "What is random was left in a mean.",
        "What is the mean of the error?",
        _error_kept,
    ),
    FalseRule(
        "random-in-mean",
        "E(c + Ax) = c + A E(x)",
        "x does not vary",
        "What is random was left in a mean.",
        "What is the mean of a random effect?",
        _random_kept,
    ),
    FalseRule(
        "jensen",
        "E(x'Ay) = tr(A Cov(y, x)) + E(x)'A E(y); a mean passes through what is linear only",
        "x and y are uncorrelated, or the function is linear",
        "The mean of a product, or of a function, was taken for that of the means.",
        "Of 1 and −1, what is the square of the mean, and what is the mean of the squares?",
        _mean_of_product,
    ),
)
"""False rules of moments, from the most specific to the most general."""
