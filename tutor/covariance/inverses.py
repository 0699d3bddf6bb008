"""Inverses and determinants in closed form, for a size that is a number or a letter.

Where no source is given the formula follows by multiplying out, which the tests do.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Indexed
from tutor.algebra.nodes import (
    Explicit,
    Identity,
    Inverse,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
)
from tutor.algebra.sizes import Size, whole
from tutor.algebra.structure.markov import autoregressive_inverse, markov_inverse
from tutor.algebra.tree import Tree
from tutor.covariance.entries import Entry
from tutor.covariance.forms import Form, diagonal, times
from tutor.covariance.parameters import Names
from tutor.covariance.places import Places
from tutor.errors import TutorError

_I = sympy.Symbol("i", integer=True, positive=True)
_ONE = sympy.Integer(1)


def each(n: Size, entry: Callable[[sympy.Expr], sympy.Expr]) -> Tree:
    """A diagonal matrix, n × n: its entries for a number n, ⊕ for a letter."""
    if n.is_Integer:
        return Explicit(ImmutableDenseMatrix(sympy.diag(*(entry(sympy.Integer(i)) for i in _rows(n)))))
    return diagonal(entry(_I), n)


def product_of(n: Size, entry: Callable[[sympy.Expr], sympy.Expr]) -> Tree:
    """The product of what each row has, 1 × 1."""
    if n.is_Integer:
        return Scalar(sympy.Mul(*(entry(sympy.Integer(i)) for i in _rows(n))))
    return Indexed("product", "i", Scalar(_ONE), Scalar(n), Scalar(entry(_I)))


def sum_of(n: Size, entry: Callable[[sympy.Expr], sympy.Expr]) -> Tree:
    """The sum of what each row has, 1 × 1."""
    if n.is_Integer:
        return Scalar(sympy.Add(*(entry(sympy.Integer(i)) for i in _rows(n))))
    return Indexed("sum", "i", Scalar(_ONE), Scalar(n), Scalar(entry(_I)))


def _rows(n: Size) -> range:
    return range(1, whole(n) + 1)


# Inverses


def inverse_of_diagonal(entry: Entry) -> Form:
    """The reciprocals of the diagonal entries."""
    return lambda n, p, at: each(n, lambda i: 1 / entry(i, i, p, at))


def inverse_of_scaled_identity(n: Size, p: Names, at: Places) -> Tree:
    """I/σ²."""
    return times(1 / p("sigma2"), Identity(n))


def inverse_of_exchangeable(n: Size, p: Names, at: Places) -> Tree:
    """1/(1−ρ) [I − ρ/(1+(n−1)ρ) J] (Searle 1982, Matrix Algebra Useful for Statistics)."""
    rho = p("rho")
    ones = Scaled(Scalar(-rho / (1 + (n - 1) * rho)), Ones(n, n))
    return Scaled(Scalar(1 / (1 - rho)), Sum((Identity(n), ones)))


def inverse_of_autoregressive(n: Size, p: Names, at: Places) -> Tree:
    """1/(1−ρ²) times the tridiagonal matrix with 1, 1+ρ², …, 1+ρ², 1 and −ρ beside the diagonal.

    A letter stands for 2 and more.
    """
    return inverse_of_autoregressive_with(n, p("rho"))


def inverse_of_antedependent(n: Size, p: Names, at: Places) -> Tree:
    """The inverse of the correlations, tridiagonal (Gabriel 1962)."""
    return Explicit(markov_inverse([_ONE] * whole(n), [p("rho", k) for k in range(1, whole(n))]))


def inverse_of_decay(correlation: Entry) -> Form:
    """The inverse of correlations that multiply along a line, r(s, u) = r(s, t) r(t, u) for t between them: ρ^d.

    In the order of the places it is that of antedependence, with the correlations of neighbours.
    """

    def form(n: Size, p: Names, at: Places) -> Tree:
        if not n.is_Integer:
            return inverse_of_autoregressive_with(n, correlation(_ONE, sympy.Integer(2), p, at))
        order = _along_line(whole(n), at)
        inner = markov_inverse([_ONE] * whole(n), _neighbours(order, correlation, p, at))
        place = {row: position for position, row in enumerate(order)}
        return Explicit(
            ImmutableDenseMatrix(*inner.shape, lambda i, j: inner[place[int(i) + 1], place[int(j) + 1]])
        )  # fmt: skip

    return form


def inverse_of_autoregressive_with(n: Size, rho: sympy.Expr) -> Tree:
    """The inverse of AR(1) with this correlation of neighbours."""
    return Identity(n) if n == 1 else autoregressive_inverse(n, rho)


def _along_line(n: int, at: Places) -> list[int]:
    """The rows in the order of their places. Raises TutorError in a plane, where there is none."""
    points = at.points or tuple((sympy.Integer(row),) for row in range(1, n + 1))
    if len(points[0]) > 1:
        raise TutorError("In a plane no closed form of the inverse and the determinant is known.",
                         tip="matrix(n).inv() is the inverse as notation.")  # fmt: skip
    return sorted(range(1, n + 1), key=lambda row: points[row - 1][0])


def _neighbours(order: list[int], correlation: Entry, p: Names, at: Places) -> list[sympy.Expr]:
    return [correlation(sympy.Integer(i), sympy.Integer(j), p, at) for i, j in pairwise(order)]


def inverse_of_huynh_feldt(n: Size, p: Names, at: Places) -> Tree:
    """(I − (1/λ) U M⁻¹ U')/λ with U = [a 1], a the variances, by Woodbury's identity (1950).

    The matrix is λI + UCU' with C = [[0, 1/2], [1/2, −λ]], and M = C⁻¹ + U'U/λ.
    """
    size, middle = whole(n), _middle_of_huynh_feldt(n, p)
    rows = ImmutableDenseMatrix(size, 2, lambda i, j: p("sigma2", int(i) + 1) if j == 0 else _ONE)
    scaled = rows * middle.adjugate() * rows.T / (middle.det() * p("lambda"))
    return times(1 / p("lambda"), Explicit(ImmutableDenseMatrix(sympy.eye(size) - scaled)))


def _middle_of_huynh_feldt(n: Size, p: Names) -> ImmutableDenseMatrix:
    lam, variances = p("lambda"), [p("sigma2", i) for i in _rows(n)]
    total, squares = sympy.Add(*variances), sympy.Add(*(each**2 for each in variances))
    beside = 2 + total / lam
    return ImmutableDenseMatrix([[4 * lam + squares / lam, beside], [beside, n / lam]])


def inverse_of_factor_analytic(n: Size, p: Names, at: Places) -> Tree:
    """Ψ⁻¹ − Ψ⁻¹λλ'Ψ⁻¹/(1 + λ'Ψ⁻¹λ), by the identity of Woodbury (1950)."""
    inner = each(n, lambda i: 1 / p("psi", i))
    loadings = each(n, lambda i: p("lambda", i) / p("psi", i))
    reciprocal = Inverse(Sum((Scalar(_ONE), _signal(n, p))))
    outer = Scaled(reciprocal, Product((loadings, Ones(n, n), loadings)))
    return Sum((inner, Scaled(Scalar(-_ONE), outer)))


def _signal(n: Size, p: Names) -> Tree:
    return sum_of(n, lambda i: p("lambda", i) ** 2 / p("psi", i))


def inverse_of_homogeneous(correlations: Form) -> Form:
    """C⁻¹/σ²."""
    return lambda n, p, at: times(1 / p("sigma2"), correlations(n, p, at))


def inverse_of_heterogeneous(correlations: Form) -> Form:
    """D⁻¹C⁻¹D⁻¹."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        deviations = each(n, lambda i: 1 / sympy.sqrt(p("sigma2", i)))
        return Product((deviations, correlations(n, p, at), deviations))

    return form


# Determinants, 1 × 1


def determinant_of_diagonal(entry: Entry) -> Form:
    """The product of the diagonal entries."""
    return lambda n, p, at: product_of(n, lambda i: entry(i, i, p, at))


def determinant_of_scaled_identity(n: Size, p: Names, at: Places) -> Tree:
    """(σ²)ⁿ."""
    return Scalar(p("sigma2") ** n)


def determinant_of_exchangeable(n: Size, p: Names, at: Places) -> Tree:
    """(1−ρ)ⁿ⁻¹(1+(n−1)ρ)."""
    rho = p("rho")
    return Scalar((1 - rho) ** (n - 1) * (1 + (n - 1) * rho))


def determinant_of_autoregressive(n: Size, p: Names, at: Places) -> Tree:
    """(1−ρ²)ⁿ⁻¹."""
    return Scalar((1 - p("rho") ** 2) ** (n - 1))


def determinant_of_decay(correlation: Entry) -> Form:
    """The product of 1 − ρ_k² over the correlations ρ_k of neighbours along a line."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        if not n.is_Integer:
            return Scalar((1 - correlation(_ONE, sympy.Integer(2), p, at) ** 2) ** (n - 1))
        found = _neighbours(_along_line(whole(n), at), correlation, p, at)
        return Scalar(sympy.Mul(*(1 - rho**2 for rho in found)))

    return form


def determinant_of_huynh_feldt(n: Size, p: Names, at: Places) -> Tree:
    """−λⁿ|M|/4 with M as in the inverse, by the matrix determinant lemma."""
    return Scalar(-(p("lambda") ** n) * _middle_of_huynh_feldt(n, p).det() / 4)


def determinant_of_antedependent(n: Size, p: Names, at: Places) -> Tree:
    """The product of 1 − ρ_k² over k = 1 … n − 1."""
    if n.is_Integer and n == 1:
        return Scalar(_ONE)
    return product_of(n - 1, lambda k: 1 - p("rho", k) ** 2)


def determinant_of_factor_analytic(n: Size, p: Names, at: Places) -> Tree:
    """∏ψ_i (1 + Σλ_i²/ψ_i), by the matrix determinant lemma."""
    return Scaled(product_of(n, lambda i: p("psi", i)), Sum((Scalar(_ONE), _signal(n, p))))


def determinant_of_homogeneous(correlations: Form) -> Form:
    """(σ²)ⁿ|C|."""
    return lambda n, p, at: _scaled(p("sigma2") ** n, correlations(n, p, at))


def determinant_of_heterogeneous(correlations: Form) -> Form:
    """∏σ²_i |C|."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        variances, rest = product_of(n, lambda i: p("sigma2", i)), correlations(n, p, at)
        if isinstance(variances, Scalar):
            return _scaled(variances.value, rest)
        return Scaled(variances, rest)

    return form


def _scaled(factor: sympy.Expr, determinant: Tree) -> Tree:
    return Scalar(factor * determinant.value) if isinstance(determinant, Scalar) else times(factor, determinant)
