"""Structures as notation: σ²((1−ρ)I + ρJ) and the like, for a size that is a number or a letter.

The standard deviations of a heterogeneous structure stand on the diagonal of D = ⊕ σ_i, so that it is D C D with
the correlations C.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Identity, Ones, Product, Scalar, Scaled, Sum
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.covariance.entries import Correlation, Entry
from tutor.covariance.parameters import Names
from tutor.covariance.places import Places

Form = Callable[[Size, Names, Places], Tree]
"""The size, the names of the parameters, where the rows lie: the matrix, n × n."""

_I = sympy.Symbol("i", integer=True, positive=True)


def times(scalar: sympy.Expr, tree: Tree) -> Tree:
    """A scalar times a matrix, without a factor 1."""
    return tree if scalar == 1 else Scaled(Scalar(scalar), tree)


def diagonal(entry: sympy.Expr, n: Size) -> Tree:
    """⊕ of an entry with the subscript i, from 1 to n: a diagonal matrix, n × n."""
    return Indexed("direct sum", "i", Scalar(sympy.Integer(1)), Scalar(n), Scalar(entry))


def deviation_matrix(n: Size, p: Names) -> Tree:
    """D = ⊕ σ_i, n × n."""
    return diagonal(sympy.sqrt(p("sigma2", _I)), n)


def scaled_identity(n: Size, p: Names, at: Places) -> Tree:
    """σ²I."""
    return times(p("sigma2"), Identity(n))


def exchangeable_correlations(n: Size, p: Names, at: Places) -> Tree:
    """(1 − ρ)I + ρJ."""
    rho = p("rho")
    return Sum((Scaled(Scalar(1 - rho), Identity(n)), Scaled(Scalar(rho), Ones(n, n))))


def by_distance(correlation: Correlation, near: int) -> Form:
    """A matrix by |i − j|, from the formula of its entries; the first ``near`` distances have entries of their own."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        here = sympy.Integer(1)
        entries = tuple(correlation(here, here + d, p, at) for d in range(near))
        # The formula is asked at two rows that are known to differ, a distance apart.
        there = here + DISTANCE
        beyond = correlation(here, there, p, Places(ordered=(here, there)))
        return ByDistance(n, entries, beyond)

    return form


def homogeneous(correlations: Form) -> Form:
    """σ²C."""
    return lambda n, p, at: times(p("sigma2"), correlations(n, p, at))


def heterogeneous(correlations: Form) -> Form:
    """D C D."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        deviations = deviation_matrix(n, p)
        return Product((deviations, correlations(n, p, at), deviations))

    return form


def on_diagonal(entry: Entry) -> Form:
    """⊕ of the diagonal entries."""
    return lambda n, p, at: diagonal(entry(_I, _I, p, at), n)


def banded(bands: int, entry: Entry) -> Form:
    """A banded matrix: σ², σ_1, … near the diagonal, 0 beyond."""

    def form(n: Size, p: Names, at: Places) -> Tree:
        one = sympy.Integer(1)
        return ByDistance(n, tuple(entry(one, one + d, p, at) for d in range(bands)), sympy.Integer(0))

    return form


def huynh_feldt(n: Size, p: Names, at: Places) -> Tree:
    """½(SJ + JS) + λ(I − J) with S = ⊕ σ²_i."""
    variances, ones = diagonal(p("sigma2", _I), n), Ones(n, n)
    mean = Scaled(Scalar(sympy.Rational(1, 2)), Sum((Product((variances, ones)), Product((ones, variances)))))
    apart = Sum((Identity(n), Scaled(Scalar(sympy.Integer(-1)), ones)))
    return Sum((mean, Scaled(Scalar(p("lambda")), apart)))


def factor_analytic(n: Size, p: Names, at: Places) -> Tree:
    """ΛJΛ + Ψ with Λ = ⊕ λ_i and Ψ = ⊕ ψ_i: the matrix λλ' + Ψ."""
    loadings = diagonal(p("lambda", _I), n)
    return Sum((Product((loadings, Ones(n, n), loadings)), diagonal(p("psi", _I), n)))
