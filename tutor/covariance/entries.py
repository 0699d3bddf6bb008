"""The entry (i, j) of each structure, as a function of the rows, the names of the parameters and where the rows lie.

The formulas are those of SAS/STAT's PROC MIXED (tables of TYPE= structures) and of Pinheiro and Bates (2000),
Mixed-effects models in S and S-PLUS; a structure that both have is the same in both.
"""

from __future__ import annotations

from collections.abc import Callable

import sympy

from tutor.covariance.parameters import Names
from tutor.covariance.places import Places

Entry = Callable[[sympy.Expr, sympy.Expr, Names, Places], sympy.Expr]
"""Rows i and j, the names of the parameters, where the rows lie: the covariance of the two."""

Correlation = Entry
"""The same for a structure whose diagonal is 1."""

_ZERO, _ONE, _TWO = sympy.Integer(0), sympy.Integer(1), sympy.Integer(2)


# Correlations


def independent(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """1(i=j)."""
    return at.same(i, j)


def exchangeable(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """ρ + (1−ρ)1(i=j)."""
    return at.either(i, j, lambda: _ONE, lambda: p("rho"))


def autoregressive(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """ρ^|i−j|."""
    return p("rho") ** at.steps(i, j)


def autoregressive_moving_average(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """1(i=j) + γρ^(|i−j|−1)1(i≠j)."""
    return at.either(i, j, lambda: _ONE, lambda: p("gamma") * p("rho") ** (at.steps(i, j) - 1))


def banded_correlation(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """ρ_|i−j|, and 1 on the diagonal."""
    return at.either(i, j, lambda: _ONE, lambda: _lagged("rho", i, j, p, at))


def paired(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """ρ_ij, and 1 on the diagonal."""
    return at.either(i, j, lambda: _ONE, lambda: _pair("rho", i, j, p, at))


def antedependent(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """The product of ρ_k from k = i to j − 1, for i < j."""
    first, last = at.between(i, j)
    if first.is_Integer and last.is_Integer:
        return sympy.Mul(*(p("rho", k) for k in range(int(first), int(last))))  # pyright: ignore[reportArgumentType]
    k = sympy.Symbol("k", integer=True)
    return at.either(i, j, lambda: _ONE, lambda: sympy.Product(p.indexed("rho", k), (k, first, last - 1)))  # pyright: ignore[reportArgumentType]


def exponential(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """exp(−d/θ)."""
    return sympy.exp(-at.distance(i, j) / p("theta"))


def power(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """ρ^d."""
    return p("rho") ** at.distance(i, j)


def gaussian(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """exp(−(d/θ)²)."""
    return sympy.exp(-((at.distance(i, j) / p("theta")) ** 2))


def spherical(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """(1 − 1.5u + 0.5u³)1(u<1) with u = d/θ, which is max(0, 1 − u)² (1 + u/2)."""
    u = at.distance(i, j) / p("theta")
    return _above_zero(1 - u) ** 2 * (1 + u / 2)


def linear(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """(1 − u)1(u<1) with u = d/θ, which is max(0, 1 − u)."""
    return _above_zero(1 - at.distance(i, j) / p("theta"))


def _above_zero(piece: sympy.Expr) -> sympy.Expr:
    """max(0, piece). SymPy takes long to try whether a piece with letters is always above 0, and learns nothing."""
    return sympy.Max(0, piece, evaluate=not piece.free_symbols)


def rational_quadratic(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """1/(1 + (d/θ)²)."""
    return 1 / (1 + (at.distance(i, j) / p("theta")) ** 2)


def matern(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """2^(1−κ)/Γ(κ) (d/φ)^κ K_κ(d/φ), whose limit at d = 0 is 1 (Stein 1999)."""

    def apart() -> sympy.Expr:
        kappa, u = p("kappa"), at.distance(i, j) / p("phi")
        if u == 0:  # two rows at one place
            return _ONE
        return 2 ** (1 - kappa) / sympy.gamma(kappa) * u**kappa * sympy.besselk(kappa, u)

    return at.either(i, j, lambda: _ONE, apart)


# Covariances


def homogeneous(correlation: Correlation) -> Entry:
    """σ² times a correlation."""
    return lambda i, j, p, at: p("sigma2") * correlation(i, j, p, at)


def heterogeneous(correlation: Correlation) -> Entry:
    """σ_i σ_j times a correlation; the parameters are the variances σ²_i."""

    def entry(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
        return at.either(i, j, lambda: p("sigma2", i), lambda: deviations(i, j, p) * correlation(i, j, p, at))

    return entry


def deviations(i: sympy.Expr, j: sympy.Expr, p: Names) -> sympy.Expr:
    """σ_i σ_j."""
    return sympy.sqrt(p("sigma2", i)) * sympy.sqrt(p("sigma2", j))


def toeplitz(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """σ_|i−j|, and σ² on the diagonal."""
    return at.either(i, j, lambda: p("sigma2"), lambda: _lagged("sigma", i, j, p, at))


def banded(bands: int) -> Entry:
    """σ_|i−j| where |i − j| is below the number of bands, and σ² on the diagonal."""

    def entry(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
        def apart() -> sympy.Expr:
            steps = at.steps(i, j)
            if steps.is_Integer:
                return p("sigma", steps) if steps < bands else _ZERO  # pyright: ignore[reportOperatorIssue]
            if i in at.ordered and j in at.ordered:  # a picture is drawn of a matrix with more rows than bands
                return _ZERO
            return sympy.Piecewise((p.indexed("sigma", steps), steps < bands), (0, True))  # pyright: ignore[reportReturnType]

        return at.either(i, j, lambda: p("sigma2"), apart)

    return entry


def unstructured(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """σ_ij, and σ²_i on the diagonal."""
    return at.either(i, j, lambda: p("sigma2", i), lambda: _pair("sigma", i, j, p, at))


def huynh_feldt(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """(σ²_i + σ²_j)/2 − λ1(i≠j): the differences of any two rows have the variance 2λ."""
    return at.either(
        i, j, lambda: p("sigma2", i), lambda: (p("sigma2", i) + p("sigma2", j)) / _TWO - p("lambda")
    )  # fmt: skip


def factor_analytic(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """λ_i λ_j + ψ_i1(i=j)."""
    return p("lambda", i) * p("lambda", j) + at.either(i, j, lambda: p("psi", i), lambda: _ZERO)


def power_of_covariate(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """σ²|v_i|^(2θ)1(i=j)."""
    return at.either(
        i, j, lambda: p("sigma2") * sympy.Abs(at.measured(i)) ** (2 * p("theta")), lambda: _ZERO
    )  # fmt: skip


def exponential_of_covariate(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    """σ² exp(2θv_i)1(i=j)."""
    return at.either(i, j, lambda: p("sigma2") * sympy.exp(2 * p("theta") * at.measured(i)), lambda: _ZERO)


def known(matrix: sympy.ImmutableDenseMatrix) -> Entry:
    """θA_ij with a known matrix A."""

    def entry(i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
        if i.is_Integer and j.is_Integer:
            return p("theta") * matrix[int(i) - 1, int(j) - 1]  # pyright: ignore[reportArgumentType, reportReturnType]
        return p("theta") * sympy.Indexed("A", i, j)

    return entry


def _lagged(base: str, i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    steps = at.steps(i, j)
    if steps.is_Integer or (i in at.ordered and j in at.ordered):
        return p(base, steps)
    return p.indexed(base, steps)


def _pair(base: str, i: sympy.Expr, j: sympy.Expr, p: Names, at: Places) -> sympy.Expr:
    if i.is_Integer and j.is_Integer and i > j:  # pyright: ignore[reportOperatorIssue]
        i, j = j, i
    elif i in at.ordered and j in at.ordered:
        i, j = sorted((i, j), key=at.ordered.index)
    return p(base, i, j)
