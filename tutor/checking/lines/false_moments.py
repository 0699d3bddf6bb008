"""False rules of covariances and means: what a student makes of a node, and the law that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import factors_of
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Variance,
    Zero,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.lines.false_rule import FalseRule, Replaced, conforming
from tutor.checking.lines.false_variances import linear_in, moving, sign_of, without_sign


def _covariance_dropped(tree: Tree) -> Iterator[Replaced]:
    """Cov(x, y) = 0."""
    if isinstance(tree, Covariance):
        yield (Zero(*tree.shape),)


def _cross_terms_dropped(tree: Tree) -> Iterator[Replaced]:
    """Cov(a + b, c + d) = Cov(a, c) + Cov(b, d)."""
    if isinstance(tree, Covariance) and isinstance(tree.left, Sum) and isinstance(tree.right, Sum):
        left, right = moving(tree.left)[1], moving(tree.right)[1]
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


def _sign_of_factor_lost(tree: Tree) -> Iterator[Replaced]:
    """Cov(−x, y) = Cov(x, y)."""
    if isinstance(tree, Covariance) and sign_of(tree.left) * sign_of(tree.right) < 0:
        yield (Covariance(without_sign(tree.left), without_sign(tree.right)),)


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
    yield from _kept_in_mean(tree, _is_error)


def _is_error(term: Tree) -> bool:
    """Whether a term is ε, or varies by ε alone, as y does in a model without random effects."""
    if not isinstance(term, Symbol):
        return False
    varying = [] if term.definition is None else moving(term.definition)[1]
    return term.name.partition("_")[0] == "e" or (bool(varying) and all(map(_is_error, varying)))


def _random_kept(tree: Tree) -> Iterator[Replaced]:
    """E(c + Zu) = c + Zu."""
    yield from _kept_in_mean(tree, lambda term: True)


def _kept_in_mean(tree: Tree, kept: Callable[[Tree], bool]) -> Iterator[Replaced]:
    if not isinstance(tree, Expectation):
        return
    _, varying = moving(tree.tree)
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
    if isinstance(tree, Scalar):
        return _mean_inside_function(tree.value)
    is_product = isinstance(tree, Product | Scaled) and sum(map(is_random, tree.parts)) > 1
    if not is_product and not isinstance(tree, Applied) and not isinstance(tree, Inverse):
        if isinstance(tree, Scaled):
            inner = _mean_inside(tree.tree)
            return None if inner is None else Scaled(tree.scalar, inner)
        return None

    def change(node: Tree) -> Tree | None:
        return Expectation(node) if isinstance(node, Symbol) and node.role == "random" else None

    return transform(tree, change) if any(is_random(node) for node in walk(tree)) else None


def _mean_inside_function(value: sympy.Expr) -> Tree | None:
    """c exp(E(x)) of c exp(x), a function of elements in a number; None for a number that is none."""
    factors = sympy.Mul.make_args(value)
    functions = [factor for factor in factors if isinstance(factor, sympy.Function) and len(factor.args) == 1]
    if len(functions) != 1 or functions[0].is_number:
        return None
    argument: Any = functions[0].args[0]
    taken = Applied(type(functions[0]).__name__, (Expectation(Scalar(argument)),))
    rest = sympy.Mul(*(factor for factor in factors if factor is not functions[0]))
    return taken if rest == 1 else Scaled(Scalar(rest), taken)


COVARIANCE_AND_MEAN_RULES = (
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
        "sign",
        "Cov(−x, y) = −Cov(x, y)",
        "Cov(x, y) = 0",
        "A minus within a covariance was lost.",
        "If x and y are large together, what of −x and y?",
        _sign_of_factor_lost,
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
"""False rules of covariances, correlations and means, from the most specific to the most general."""
