"""The laws of gradients ∂f/∂x, f a number and x a vector of as many rows as the gradient.

∂(a'x)/∂x = a, and of a quadratic form r'Wr with a symmetric W and r = c + Ax it is 2A'Wr (Searle 1982, Matrix Algebra
Useful for Statistics, section 12.8).
"""

from __future__ import annotations

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.deductions.mirror import settled
from tutor.algebra.facts import REASONER, known
from tutor.algebra.laws.joining import coefficient_of, factors_of, product_of, sum_of, terms_of, times
from tutor.algebra.nodes import Identity, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of

_b, _c = symbol("beta", "p", role="unknown"), symbol("c", "n")
_A, _W = symbol("A", "n", "p"), symbol("W", "n", "n", facts=["symmetric"])
_a = symbol("a", "p")


def gradient(of: Tree, by: Symbol) -> Applied:
    """∂f/∂x, p × 1, of a number f by a vector x, p × 1."""
    return Applied("∂", (of, by), "", *by.shape)


def _split(tree: Tree) -> tuple[Tree, Symbol] | None:
    """The f and the x of a gradient of a number by a vector; None for another tree."""
    if not isinstance(tree, Applied) or tree.function != "∂" or tree.below:
        return None
    of, by = tree.arguments
    return (of, by) if of.is_scalar and isinstance(by, Symbol) and not by.is_scalar else None


def _of_sum(tree: Tree) -> Rewrite | None:
    split = _split(tree)
    if split is None or not isinstance(split[0], Sum):
        return None
    moving = [term for term in split[0].terms if split[1] in symbols_of(term)]
    return Rewrite(sum_of(gradient(term, split[1]) for term in moving)) if moving else None


def _of_multiple(tree: Tree) -> Rewrite | None:
    split = _split(tree)
    if split is None:
        return None
    of, by = split
    if not isinstance(of, Scaled):
        return None
    for front, behind in ((of.scalar, of.tree), (of.tree, of.scalar)):
        if by not in symbols_of(front):
            return Rewrite(Scaled(front, gradient(behind, by)))
    return None


def _of_linear(tree: Tree) -> Rewrite | None:
    """∂(a'x)/∂x = ∂(x'a)/∂x = a, a a product of any length."""
    split = _split(tree)
    if split is None or not isinstance(split[0], Product):
        return None
    (first, *behind), by = split[0].factors, split[1]
    if first == Transpose(by) and not any(by in symbols_of(factor) for factor in behind):
        return Rewrite(product_of(behind))
    *before, last = split[0].factors
    if last == by and not any(by in symbols_of(factor) for factor in before):
        return Rewrite(_turned(product_of(before)))
    return None


def _of_quadratic(tree: Tree) -> Rewrite | None:
    """∂(r'Wr)/∂x = 2 A'Wr for r = c + Ax and a symmetric W, which may be missing."""
    split = _split(tree)
    if split is None or not isinstance(split[0], Product):
        return None
    (first, *middle, last), by = split[0].factors, split[1]
    if first != Transpose(last) or any(by in symbols_of(factor) for factor in middle):
        return None
    if middle and not known("symmetric", product_of(middle)).value:
        return None
    A = _coefficient(last, by)
    if A is None:
        return None
    sign, body = coefficient_of(A)
    outer = () if isinstance(body, Identity) else factors_of(_turned(body))
    return Rewrite(times(2 * sign, product_of((*outer, *middle, last))))


def _coefficient(tree: Tree, by: Symbol) -> Tree | None:
    """The A of c + Ax; None for what is not of that form, and for a constant."""
    found: list[Tree] = []
    for term in terms_of(tree):
        if by not in symbols_of(term):
            continue
        number, body = coefficient_of(term)
        *before, last = factors_of(body)
        if last != by or any(by in symbols_of(factor) for factor in before):
            return None
        found.append(times(number, product_of(before, by.rows)))
    return sum_of(found) if found else None


def _turned(tree: Tree) -> Tree:
    """A', with the transpose brought down to the letters."""
    return settled(tree, lambda leaf: REASONER.holds("symmetric", leaf), flip=True)


GRADIENT_OF_SUM = Rule(
    "gradient-of-sum",
    "the gradient of a sum is the sum of the gradients; terms without x add nothing",
    _of_sum,
    lambda: gradient(Sum((Product((_a.T, _b)), Product((_b.T, _b)), Product((_c.T, _c)))), _b),
)
GRADIENT_OF_MULTIPLE = Rule(
    "gradient-of-multiple",
    "∂(cf)/∂x = c ∂f/∂x",
    _of_multiple,
    lambda: gradient(Scaled(Scalar(sympy.Integer(3)), Product((_b.T, _b))), _b),
)
GRADIENT_OF_LINEAR = Rule(
    "gradient-of-linear", "∂(a'x)/∂x = a", _of_linear, lambda: gradient(Product((_c.T, _A, _b)), _b)
)
GRADIENT_OF_QUADRATIC = Rule(
    "gradient-of-quadratic",
    "∂(r'Wr)/∂x = 2 A'Wr for r = c + Ax and a symmetric W",
    _of_quadratic,
    lambda: gradient(Product((Transpose(_c - _A @ _b), _W, _c - _A @ _b)), _b),
)

GRADIENTS = (GRADIENT_OF_SUM, GRADIENT_OF_MULTIPLE, GRADIENT_OF_LINEAR, GRADIENT_OF_QUADRATIC)
"""What works out the gradient of a sum of linear and quadratic forms."""
