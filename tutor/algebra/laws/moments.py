"""The laws of means, variances and covariances, each a Rule with its sentence and its example.

For constant matrices A and B and random vectors x and y of any dimensions that conform:
E(Ax + c) = A E(x) + c, Var(Ax + c) = A Var(x) A', Cov(Ax, By) = A Cov(x, y) B'
(Searle, Casella and McCulloch 1992, Variance Components, appendix S).
"""

from __future__ import annotations

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.build import symbol, zero
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.laws.joining import factors_of, product_of, square, transposed
from tutor.algebra.laws.products import PRODUCT_WITH_ZERO, SUM_WITH_ZERO
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of

_u = symbol("u", "q", role="random", mean=zero("q"), variance=symbol("G", "q", "q", facts=["positive definite"]))
_e = symbol("e", "n", role="random", mean=zero("n"), uncorrelated=frozenset({_u}))
_x = symbol("x", "n", role="random")
_A = symbol("A", "n", "q")
_c = symbol("c", "n")


def random_symbols(tree: Tree) -> tuple[Symbol, ...]:
    """The random vectors of a tree, definitions entered: of y = Xβ + Zu + ε, u and ε."""
    found: dict[Symbol, None] = {}
    for known in symbols_of(tree):
        if known.role == "random":
            inner = (known,) if known.definition is None else random_symbols(known.definition)
            found.update(dict.fromkeys(inner))
    return tuple(found)


def uncorrelated(left: Tree, right: Tree) -> list[tuple[Symbol, Symbol]] | None:
    """The pairs whose declared covariance of zero makes Cov(left, right) = 0; None where one is not declared."""
    pairs = [(a, b) for a in random_symbols(left) for b in random_symbols(right)]
    if all(a in b.uncorrelated or b in a.uncorrelated for a, b in pairs):
        return pairs
    return None


def definition_of(known: Symbol, because: str) -> Rule:
    """The rule that puts the definition of one symbol in its place."""

    def rewrite(tree: Tree) -> Rewrite | None:
        return Rewrite(known.definition) if tree == known and known.definition is not None else None

    return Rule(f"definition-of-{known.name}", because, rewrite, lambda: known)


# Means


def _expectation_of_sum(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Expectation) and isinstance(tree.tree, Sum):
        return Rewrite(Sum(tuple(Expectation(term) for term in tree.tree.terms)))
    return None


def _expectation_of_constant(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Expectation) and not is_random(tree.tree):
        return Rewrite(tree.tree, f"{tree.tree} is fixed: it is its own mean")
    return None


def _expectation_of_linear(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Expectation):
        return None
    outer, inner = _linear(tree.tree)
    return None if outer is None else Rewrite(_times(outer, Expectation(inner)))


def _expectation_of_row(tree: Tree) -> Rewrite | None:
    """E(x'A) = E(x)'A for a random vector x and a constant A, which may be missing."""
    if not isinstance(tree, Expectation):
        return None
    first, *rest = factors_of(tree.tree)
    if not isinstance(first, Transpose) or not is_random(first) or any(map(is_random, rest)):
        return None
    return Rewrite(product_of((Transpose(Expectation(first.tree)), *rest)))


def _declared_expectation(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Expectation) and isinstance(tree.tree, Symbol) and tree.tree.mean is not None:
        sentence = _given_mean(tree.tree) or f"E({tree.tree}) = {_value_name(tree.tree.mean)}"
        return Rewrite(tree.tree.mean, sentence, sentence)
    return None


def _given_mean(vector: Symbol) -> str | None:
    """Why y | u has its mean: part is fixed, the rest has mean 0; None for a vector without a condition."""
    _, condition, given = vector.name.partition("|")
    if not condition or vector.mean is None or not isinstance(vector.variance, Variance):
        return None
    whole, kept = vector.variance.tree, vector.mean
    fixed = [str(term) for term in (kept.terms if isinstance(kept, Sum) else (kept,))]
    left = [term for term in (whole.terms if isinstance(whole, Sum) else (whole,)) if str(term) not in fixed]
    if not left or len(left) + len(fixed) != len(whole.parts or (whole,)):
        return None
    return f"given {given}, {kept} is fixed, and {', '.join(f'E({term}) = 0' for term in left)}"


# Variances


def _variance_of_shifted(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Variance) or not isinstance(tree.tree, Sum):
        return None
    fixed = [term for term in tree.tree.terms if not is_random(term)]
    moving = [term for term in tree.tree.terms if is_random(term)]
    if not fixed or not moving:
        return None
    shift = sum_or_term(fixed)
    rest = sum_or_term(moving)
    return Rewrite(Variance(rest), f"{shift} is fixed; adding a constant changes no variance")


def _variance_of_constant(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Variance) and not is_random(tree.tree):
        return Rewrite(Zero(*tree.shape), f"{tree.tree} is fixed: it does not vary")
    return None


def _variance_of_uncorrelated_sum(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Variance) or not isinstance(tree.tree, Sum):
        return None
    terms = tree.tree.terms
    used: list[tuple[Symbol, Symbol]] = []
    for i, left in enumerate(terms):
        for right in terms[i + 1 :]:
            pairs = uncorrelated(left, right)
            if pairs is None:
                return None
            used += pairs
    sentence = ", ".join(dict.fromkeys(f"Cov({a}, {b}) = 0" for a, b in used))
    return Rewrite(Sum(tuple(Variance(term) for term in terms)), sentence, sentence)


def _variance_of_sum(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Variance) or not isinstance(tree.tree, Sum):
        return None
    terms = tree.tree.terms
    return Rewrite(Sum(tuple(Variance(a) if a is b else Covariance(a, b) for a in terms for b in terms)))


def _variance_of_linear(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Variance):
        return None
    outer, inner = _linear(tree.tree)
    if outer is None:
        return None
    if outer == MINUS_ONE:
        return Rewrite(Variance(inner), "Var(−x) = Var(x)")
    if outer.is_scalar and not inner.is_scalar:
        return Rewrite(Scaled(square(outer), Variance(inner)), "Var(c x) = c² Var(x)")
    return Rewrite(Product((*factors_of(outer), Variance(inner), transposed(outer))))


def _declared_variance(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Variance) and isinstance(tree.tree, Symbol) and tree.tree.variance is not None:
        sentence = f"Var({tree.tree}) = {tree.tree.variance}"
        return Rewrite(tree.tree.variance, sentence, sentence)
    return None


# Covariances


def _covariance_of_uncorrelated(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Covariance):
        return None
    pairs = uncorrelated(tree.left, tree.right)
    if pairs is None:
        return None
    sentence = ", ".join(dict.fromkeys(f"Cov({a}, {b}) = 0" for a, b in pairs)) or "a constant does not vary"
    return Rewrite(Zero(*tree.shape), sentence, sentence if pairs else None)


def _covariance_of_sum(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Covariance) or not (isinstance(tree.left, Sum) or isinstance(tree.right, Sum)):
        return None
    lefts = tree.left.terms if isinstance(tree.left, Sum) else (tree.left,)
    rights = tree.right.terms if isinstance(tree.right, Sum) else (tree.right,)
    return Rewrite(Sum(tuple(Covariance(a, b) for a in lefts for b in rights)))


def _covariance_of_scaled(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Covariance):
        return None
    for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
        if isinstance(side, Scaled) and not is_random(side.scalar):
            inner = (side.tree, other) if side is tree.left else (other, side.tree)
            return Rewrite(Scaled(side.scalar, Covariance(*inner)))
    return None


def _covariance_of_linear(tree: Tree) -> Rewrite | None:
    if not isinstance(tree, Covariance):
        return None
    (a, left), (b, right) = _linear(tree.left), _linear(tree.right)
    if a is None and b is None:
        return None
    result: Tree = Covariance(left, right)
    before = () if a is None or a.is_scalar else factors_of(a)
    after = () if b is None or b.is_scalar else (transposed(b),)
    if before or after:
        result = Product((*before, result, *after))
    for number in (a, b):
        if number is not None and number.is_scalar:
            result = Scaled(number, result)
    return Rewrite(result)


def _covariance_with_itself(tree: Tree) -> Rewrite | None:
    if isinstance(tree, Covariance) and tree.left == tree.right:
        return Rewrite(Variance(tree.left))
    return None


def _linear(tree: Tree) -> tuple[Tree | None, Tree]:
    """Ax as (A, x), cx as (c, x), anything else as (None, tree)."""
    if isinstance(tree, Scaled) and not is_random(tree.scalar):
        return tree.scalar, tree.tree
    if isinstance(tree, Product) and not any(is_random(factor) for factor in tree.factors[:-1]):
        left = tree.factors[:-1]
        return product_or_factor(left), tree.factors[-1]
    return None, tree


def _times(outer: Tree, inner: Tree) -> Tree:
    return Scaled(outer, inner) if outer.is_scalar else Product((*factors_of(outer), inner))


def _value_name(tree: Tree) -> str:
    return "0" if isinstance(tree, Zero) else str(tree)


EXPECTATION_OF_SUM = Rule(
    "expectation-of-sum",
    "the mean of a sum is the sum of the means",
    _expectation_of_sum,
    lambda: Expectation(_c + _A @ _u + _e),
)
EXPECTATION_OF_CONSTANT = Rule(
    "expectation-of-constant", "a constant is its own mean", _expectation_of_constant, lambda: Expectation(_c)
)
EXPECTATION_OF_LINEAR = Rule(
    "expectation-of-linear", "E(Ax) = A E(x)", _expectation_of_linear, lambda: Expectation(_A @ _u)
)
EXPECTATION_OF_ROW = Rule(
    "expectation-of-row", "E(x'A) = E(x)'A", _expectation_of_row, lambda: Expectation(_u.T @ _A.T)
)
DECLARED_EXPECTATION = Rule(
    "declared-expectation", "the mean is stated", _declared_expectation, lambda: Expectation(_u)
)
VARIANCE_OF_SHIFTED = Rule(
    "variance-of-shifted",
    "adding a constant changes no variance",
    _variance_of_shifted,
    lambda: Variance(_c + _A @ _u + _e),
)
VARIANCE_OF_CONSTANT = Rule(
    "variance-of-constant", "a constant does not vary", _variance_of_constant, lambda: Variance(_c)
)
VARIANCE_OF_UNCORRELATED_SUM = Rule(
    "variance-of-uncorrelated-sum",
    "the covariances are zero",
    _variance_of_uncorrelated_sum,
    lambda: Variance(_A @ _u + _e),
)
VARIANCE_OF_SUM = Rule(
    "variance-of-sum",
    "Var(x + y) = Var(x) + Cov(x, y) + Cov(y, x) + Var(y)",
    _variance_of_sum,
    lambda: Variance(_A @ _u + _x),
)
VARIANCE_OF_LINEAR = Rule("variance-of-linear", "Var(Ax) = A Var(x) A'", _variance_of_linear, lambda: Variance(_A @ _u))
VARIANCE_OF_SCALED = Rule(
    "variance-of-scaled",
    "Var(c x) = c² Var(x)",
    _variance_of_linear,
    lambda: Variance(Scaled(Scalar(sympy.Integer(3)), _u)),
)
DECLARED_VARIANCE = Rule("declared-variance", "the variance is stated", _declared_variance, lambda: Variance(_u))
COVARIANCE_OF_UNCORRELATED = Rule(
    "covariance-of-uncorrelated",
    "the covariance is zero",
    _covariance_of_uncorrelated,
    lambda: Covariance(_A @ _u, _e),
)
COVARIANCE_OF_SUM = Rule(
    "covariance-of-sum",
    "a covariance is linear in each of its arguments",
    _covariance_of_sum,
    lambda: Covariance(_A @ _u + _x, _x),
)
COVARIANCE_OF_SCALED = Rule(
    "covariance-of-scaled",
    "Cov(c x, y) = c Cov(x, y)",
    _covariance_of_scaled,
    lambda: Covariance(_x, Scaled(Scalar(sympy.Integer(3)), _u)),
)
COVARIANCE_OF_LINEAR = Rule(
    "covariance-of-linear", "Cov(Ax, By) = A Cov(x, y) B'", _covariance_of_linear, lambda: Covariance(_A @ _u, _x)
)
COVARIANCE_WITH_ITSELF = Rule(
    "covariance-with-itself", "Cov(x, x) = Var(x)", _covariance_with_itself, lambda: Covariance(_x, _x)
)
MEANS = (
    EXPECTATION_OF_SUM,
    EXPECTATION_OF_CONSTANT,
    EXPECTATION_OF_LINEAR,
    EXPECTATION_OF_ROW,
    DECLARED_EXPECTATION,
    PRODUCT_WITH_ZERO,
    SUM_WITH_ZERO,
)
"""What brings E of a linear form to matrices and declared means, in this order."""

VARIANCES = (
    VARIANCE_OF_SHIFTED,
    VARIANCE_OF_CONSTANT,
    VARIANCE_OF_UNCORRELATED_SUM,
    VARIANCE_OF_SUM,
    COVARIANCE_OF_SUM,
    COVARIANCE_OF_UNCORRELATED,
    VARIANCE_OF_LINEAR,
    COVARIANCE_OF_SCALED,
    COVARIANCE_OF_LINEAR,
    COVARIANCE_WITH_ITSELF,
    DECLARED_VARIANCE,
    PRODUCT_WITH_ZERO,
    SUM_WITH_ZERO,
)
"""What brings Var and Cov of linear forms to matrices and declared variances, in this order."""
