"""The eigenvalues that have no closed form: the polynomial of which they are the roots, from |A + sI| in closed form.

|A − λI| is |A + sI| at s = −λ. Where that is a product of numbers (c + s)^m, c is an eigenvalue m times; what is left
is a polynomial in λ. For blocks with the row sums λ_j and a multiple of J, D + cJ, it is
∏_j (λ_j − λ) (1 + c Σ_j n_j/(λ_j − λ)), whose second factor is known as the secular equation (Golub 1973, Some modified
matrix eigenvalue problems, SIAM Review 15, 318–334).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import Determinant, Explicit, Identity, Product, Scalar, Scaled, Sum
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.solve import determinant
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.errors import TutorError

LAMBDA = sympy.Symbol("lambda", real=True)
"""The unknown of the polynomial."""

HIGHEST_SOLVED = 2
"""The degree up to which roots are told: those of a cubic with letters fill a page."""


@dataclass(frozen=True, slots=True)
class Secular:
    """Eigenvalues that are known, with multiplicities, and the ``number`` of those that are the roots of a
    ``polynomial`` in λ, each as often as it is a root."""

    pairs: tuple[tuple[sympy.Expr, sympy.Expr], ...]
    polynomial: Tree
    number: sympy.Expr


def secular(tree: Tree) -> Secular | None:
    """The eigenvalues of a square tree by the closed form of |A + sI|; None where that has none in numbers.

    >>> from tutor.algebra.build import identity, ones
    >>> from tutor.algebra.nodes import BlockDiagonal
    >>> D = BlockDiagonal((identity("m"), identity("n") + ones("n", "n")))
    >>> found = secular(D + 2 * ones(D.rows, D.rows))
    >>> found.pairs[0], len(found.pairs), found.number
    ((1, m + n - 2), 3, 0)
    """
    s = sympy.Dummy("s", positive=True)
    try:
        found = determinant(Sum((tree, Scaled(Scalar(s), Identity(tree.rows))))).derivation.result
    except TutorError:
        return None
    if any(isinstance(node, Determinant | Explicit) or not node.is_scalar for node in walk(found)):
        return None
    pairs: list[tuple[sympy.Expr, sympy.Expr]] = []
    rest: list[Tree] = []
    factors = list(_factors(found))
    numbers = [factor.value for factor in factors if isinstance(factor, Scalar)]
    for value in numbers if len(numbers) < len(factors) else [normal(sympy.Mul(*numbers))]:
        known, left = _parted(value, s)
        pairs += known
        rest += [] if left == 1 else [Scalar(left)]
    rest += [factor for factor in factors if not isinstance(factor, Scalar)]
    polynomial = _at(product_of(rest), s) if rest else Scalar(sympy.S.One)
    if isinstance(polynomial, Scalar):
        solved, left = _solved(polynomial.value)
        pairs, polynomial = [*pairs, *solved], Scalar(left)
    number = sympy.expand(tree.rows - sympy.Add(*(times for _, times in pairs)))
    return Secular(tuple(pairs), polynomial, number)


def _factors(tree: Tree) -> Iterator[Tree]:
    """The numbers that are multiplied; powers of products apart."""
    if isinstance(tree, Product | Scaled):
        for part in tree.parts:
            yield from _factors(part)
    elif isinstance(tree, Applied) and tree.function == "power" and isinstance(tree.arguments[1], Scalar):
        base, exponent = tree.arguments[0], tree.arguments[1].value
        for part in _factors(base):
            is_number = isinstance(part, Scalar)
            yield Scalar(part.value**exponent) if is_number else Applied("power", (part, Scalar(exponent)))
    else:
        yield tree


def _parted(value: sympy.Expr, s: sympy.Dummy) -> tuple[list[tuple[sympy.Expr, sympy.Expr]], sympy.Expr]:
    """The eigenvalues c of the factors (c + s)^m of a number, and what is left of it."""
    pairs: list[tuple[sympy.Expr, sympy.Expr]] = []
    rest: list[sympy.Expr] = []
    for factor in sympy.Mul.make_args(normal(value) if value.is_Add else value):
        base, exponent = factor.as_base_exp()
        constant = sympy.expand(base - s)
        if base.has(s) and not constant.has(s) and not exponent.is_negative:
            pairs.append((constant, exponent))
        else:
            rest.append(factor)
    return pairs, sympy.Mul(*rest)


def _solved(value: sympy.Expr) -> tuple[list[tuple[sympy.Expr, sympy.Expr]], sympy.Expr]:
    """The roots of the factors of a polynomial in λ that are quadratic at most, and the other factors."""
    pairs: list[tuple[sympy.Expr, sympy.Expr]] = []
    rest: list[sympy.Expr] = []
    for factor in sympy.Mul.make_args(value):
        base, times = factor.as_base_exp()
        if sympy.Poly(base, LAMBDA).degree() <= HIGHEST_SOLVED:
            pairs += [(root, times * count) for root, count in sympy.roots(base, LAMBDA).items()]
        else:
            rest.append(factor)
    return pairs, sympy.Mul(*rest)


def _at(tree: Tree, s: sympy.Dummy) -> Tree:
    """The tree at s = −λ."""

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Scalar):
            return None
        value = node.value.xreplace({s: -LAMBDA})
        assert isinstance(value, sympy.Expr)
        return Scalar(value)

    return transform(tree, change)
