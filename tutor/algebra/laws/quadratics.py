"""The laws of what is quadratic in random vectors: means in general, variances and covariances for normal vectors.

E(x'Ay) = tr(A Cov(y, x)) + E(x)'A E(y) and E(xy') = Cov(x, y) + E(x) E(y)' hold for all random vectors. For a normal y
with the mean μ and the variance V, Cov(y'Ay, y'By) = 2 tr(AVBV) + 4 μ'AVBμ for symmetric A and B, and
Cov(y, y'Ay) = 2 VAμ (Searle 1971, Linear Models, chapter 2).
"""

from __future__ import annotations

import sympy

from tutor.algebra.affine import is_random
from tutor.algebra.build import symbol
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Scaled, Sum, Trace, Transpose, Variance
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.display import writer

_x, _w = symbol("x", "n", role="random"), symbol("w", "q", role="random")
_A, _B = (symbol(name, "n", "n", facts=["symmetric"]) for name in "AB")


def _moment(left: Tree, right: Tree) -> Tree:
    """Cov(x, y), or Var(x) of one vector."""
    return Variance(left) if left == right else Covariance(left, right)


def _bilinear(tree: Tree) -> tuple[Tree, tuple[Tree, ...], Tree] | None:
    """The x, the factors of A and the y of x'Ay, x and y random vectors; None for another tree."""
    if not isinstance(tree, Product):
        return None
    first, *middle, last = tree.factors
    if not isinstance(first, Transpose) or first.tree.columns != ONE or last.columns != ONE:
        return None
    if any(map(is_random, middle)) or not is_random(first) or not is_random(last):
        return None
    return first.tree, tuple(middle), last


def _mean(tree: Tree) -> Rewrite | None:
    """E(x'Ay) = tr(A Cov(y, x)) + E(x)'A E(y), A a product of any length or I."""
    form = _bilinear(tree.tree) if isinstance(tree, Expectation) else None
    if form is None:
        return None
    x, middle, y = form
    trace = Trace(product_of((*middle, _moment(y, x))))
    because = None if x == y else "E(x'Ay) = tr(A Cov(y, x)) + E(x)'A E(y)"
    return Rewrite(Sum((trace, product_of((Transpose(Expectation(x)), *middle, Expectation(y))))), because)


def _outer_mean(tree: Tree) -> Rewrite | None:
    """E(xy') = Cov(x, y) + E(x) E(y)'."""
    if not isinstance(tree, Expectation) or not isinstance(tree.tree, Product) or len(tree.tree.factors) != 2:
        return None
    x, turned = tree.tree.factors
    if not isinstance(turned, Transpose) or x.columns != ONE or turned.tree.columns != ONE:
        return None
    y = turned.tree
    if not is_random(x) or not is_random(y) or x.is_scalar or y.is_scalar:
        return None
    because = None if x == y else "E(xy') = Cov(x, y) + E(x) E(y)'"
    return Rewrite(Sum((_moment(x, y), Product((Expectation(x), Transpose(Expectation(y)))))), because)


def _quadratic(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The y and the factors of A of y'Ay with a symmetric A; None for another tree."""
    form = _bilinear(tree)
    if form is None or form[0] != form[2]:
        return None
    return (form[0], form[1]) if not form[1] or known("symmetric", product_of(form[1])).value else None


def _covariance(tree: Tree) -> Rewrite | None:
    """Cov(y'Ay, y'By) = 2 tr(AVBV) + 4 E(y)'AVB E(y) for a normal y with the variance V."""
    sides = (tree.tree, tree.tree) if isinstance(tree, Variance) else ()
    sides = (tree.left, tree.right) if isinstance(tree, Covariance) else sides
    forms = [form for form in map(_quadratic, sides) if form is not None]
    if len(forms) != 2 or forms[0][0] != forms[1][0]:
        return None
    (y, A), (_, B) = forms
    V, mean = Variance(y), Expectation(y)
    spread = Scaled(Scalar(sympy.Integer(2)), Trace(product_of((*A, V, *B, V))))
    shift = Scaled(Scalar(sympy.Integer(4)), product_of((Transpose(mean), *A, V, *B, mean)))
    because = None if isinstance(tree, Variance) else "Cov(y'Ay, y'By) = 2 tr(AVBV) + 4 E(y)'AVB E(y) for a normal y"
    return Rewrite(Sum((spread, shift)), because, _normal(y))


def _covariance_with_linear(tree: Tree) -> Rewrite | None:
    """Cov(y, y'Ay) = 2 VA E(y) and Cov(y'Ay, y) = 2 E(y)'AV for a normal y with the variance V."""
    if not isinstance(tree, Covariance):
        return None
    for side, other in ((tree.left, tree.right), (tree.right, tree.left)):
        form = _quadratic(other)
        if form is None or form[0] != side:
            continue
        y, A = form
        column = product_of((Variance(y), *A, Expectation(y)))
        row = product_of((Transpose(Expectation(y)), *A, Variance(y)))
        return Rewrite(Scaled(Scalar(sympy.Integer(2)), column if side is tree.left else row), None, _normal(y))
    return None


def _normal(y: Tree) -> str:
    return f"{writer().inline(y)} is normal"


QUADRATIC_MEAN = Rule(
    "quadratic-mean",
    "E(y'Ay) = tr(A Var(y)) + E(y)'A E(y)",
    _mean,
    lambda: Expectation(_x.T @ symbol("B", "n", "n") @ _x),
)
OUTER_MEAN = Rule("outer-mean", "E(yy') = Var(y) + E(y) E(y)'", _outer_mean, lambda: Expectation(Product((_x, _w.T))))
QUADRATIC_VARIANCE = Rule(
    "quadratic-variance",
    "Var(y'Ay) = 2 tr(AVAV) + 4 E(y)'AVA E(y) for a normal y",
    _covariance,
    lambda: Covariance(_x.T @ _A @ _x, _x.T @ _B @ _x),
)
QUADRATIC_WITH_LINEAR = Rule(
    "quadratic-with-linear",
    "Cov(y, y'Ay) = 2 VA E(y) for a normal y",
    _covariance_with_linear,
    lambda: Covariance(_x, _x.T @ _A @ _x),
)

QUADRATICS = (QUADRATIC_MEAN, OUTER_MEAN, QUADRATIC_VARIANCE, QUADRATIC_WITH_LINEAR)
"""What brings moments of quadratic forms to matrices and moments of vectors."""
