"""What follows from a model, by explicit matrices of fractions and nothing else: the definitions, written out.

X, Z, G, R are those of a design with numbers for its sizes, at values for its parameters. Everything else is computed
here from them, for one response and for one vector of effects.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

import sympy
from flint import arb, fmpq, fmpq_mat

from tests.models.inference.exact_errors import fraction, parameters_of
from tutor.models.mixed import MixedModel


def ratio(value: Any) -> fmpq:
    return fmpq(*fraction(value).as_integer_ratio())


def numbers_in(matrix: sympy.MatrixBase, values: Mapping[str, Fraction]) -> fmpq_mat:
    """The entries at values of the letters in them."""
    at = {s: sympy.Rational(*values[str(s)].as_integer_ratio()) for s in matrix.free_symbols if str(s) in values}
    known: dict[sympy.Basic, fmpq] = {}
    for entry in set(matrix.flat()):
        known[entry] = ratio(sympy.nsimplify(entry.xreplace(at)))
    return fmpq_mat([[known[entry] for entry in line] for line in matrix.tolist()])


def independent_columns(X: fmpq_mat) -> fmpq_mat:
    """The columns that do not depend on those before them."""
    reduced, rank = X.rref()
    kept = [next(j for j in range(X.ncols()) if reduced[i, j] != 0) for i in range(rank)]
    return fmpq_mat([[X[i, j] for j in kept] for i in range(X.nrows())])


def trace(A: fmpq_mat, B: fmpq_mat) -> fmpq:
    """tr(AB)."""
    pairs = zip(A.tolist(), B.transpose().tolist(), strict=True)
    return sum((x * y for row, column in pairs for x, y in zip(row, column, strict=True)), fmpq(0))


def identity(n: int) -> fmpq_mat:
    return fmpq_mat([[fmpq(int(i == j)) for j in range(n)] for i in range(n)])


@dataclass(frozen=True)
class Dense:
    """A design with numbers at values of its parameters, by matrices."""

    model: MixedModel
    values: Mapping[str, Fraction]
    seed: int = 1

    @classmethod
    def of(cls, model: MixedModel) -> Dense:
        """At `parameters_of`, and at 1, 4, 9, … for letters of a covariate."""
        letters = sorted(model.X.explicit().free_symbols, key=str)
        squares = {str(x): Fraction(place**2) for place, x in enumerate(letters, start=1)}
        return cls(model, {**parameters_of(model), **squares})

    @property
    def covariates(self) -> dict[str, Fraction]:
        """x_11 of each row of the design with numbers, by the levels of its observation; x_1 where that tells it."""
        covariates, columns = [], dict(self.model.columns)
        for term in self.model.index.terms:
            covariates += [name for name in term.covariates if "".join(name.bases) in columns]
        letters, found = self.model.index.response.indices, {}
        assert self.model.y.entries is not None
        for name in covariates:
            key = "".join(name.bases)
            for element, value in zip(self.model.y.entries.flat(), columns[key], strict=True):
                levels = dict(zip(letters, str(element).partition("_")[2], strict=True))
                found[f"{key}_{''.join(levels[letter] for letter in name.indices)}"] = Fraction(str(value))
        return found

    def matrix(self, tree: Any) -> fmpq_mat:
        return numbers_in(tree.explicit(), self.values)

    @cached_property
    def X(self) -> fmpq_mat:
        return self.matrix(self.model.X)

    @cached_property
    def Z(self) -> fmpq_mat:
        return self.matrix(self.model.Z)

    @cached_property
    def G(self) -> fmpq_mat:
        return self.matrix(self.model.G)

    @cached_property
    def R(self) -> fmpq_mat:
        return self.matrix(self.model.R)

    @cached_property
    def V(self) -> fmpq_mat:
        """ZGZ' + R."""
        return self.R if self.model.Z is None else self.Z * self.G * self.Z.transpose() + self.R

    @cached_property
    def y(self) -> fmpq_mat:
        rng = Random(self.seed)
        return fmpq_mat([[fmpq(rng.randint(-99, 99))] for _ in range(self.X.nrows())])

    @cached_property
    def beta(self) -> fmpq_mat:
        rng = Random(self.seed + 1)
        return fmpq_mat([[fmpq(rng.randint(-99, 99))] for _ in range(self.X.ncols())])

    @cached_property
    def full(self) -> fmpq_mat:
        return independent_columns(self.X)

    @cached_property
    def W(self) -> fmpq_mat:
        return self.V.inv()

    @cached_property
    def spread(self) -> fmpq_mat:
        """X(X'V⁻¹X)⁻X' = Var(Xβ̂)."""
        return self.full * (self.full.transpose() * self.W * self.full).inv() * self.full.transpose()

    @cached_property
    def P(self) -> fmpq_mat:
        """V⁻¹ − V⁻¹X(X'V⁻¹X)⁻X'V⁻¹."""
        return self.W - self.W * self.spread * self.W

    @cached_property
    def hat(self) -> fmpq_mat:
        """X(X'X)⁻X'."""
        return self.full * (self.full.transpose() * self.full).inv() * self.full.transpose()

    @cached_property
    def residual(self) -> fmpq_mat:
        """y − Xβ̂."""
        return self.y - self.spread * self.W * self.y

    @cached_property
    def across(self) -> fmpq_mat:
        """GZ' = Cov(u, y)."""
        return self.G * self.Z.transpose()

    @cached_property
    def predictor(self) -> fmpq_mat:
        """û = GZ'V⁻¹(y − Xβ̂)."""
        return self.across * self.W * self.residual

    @cached_property
    def variance_of_predictor(self) -> fmpq_mat:
        """Var(û) = A Var(y) A' of û = Ay."""
        A = self.across * self.W * (identity(self.X.nrows()) - self.spread * self.W)
        return A * self.V * A.transpose()

    @cached_property
    def error_of_predictor(self) -> fmpq_mat:
        """Var(û − u) = Var(û) − Cov(û, u) − Cov(u, û) + Var(u) of û = Ay, with Cov(y, u) = ZG."""
        A = self.across * self.W * (identity(self.X.nrows()) - self.spread * self.W)
        across = A * self.Z * self.G
        return self.variance_of_predictor - across - across.transpose() + self.G

    @cached_property
    def variance_given_y(self) -> fmpq_mat:
        """Var(u | y) = G − GZ'V⁻¹ZG."""
        return self.G - self.across * self.W * self.across.transpose()

    @cached_property
    def deviation(self) -> fmpq_mat:
        """y − Xβ."""
        return self.y - self.X * self.beta

    def log_density(self, residual: fmpq_mat) -> arb:
        """That of y for y − E(y): −½ (n log 2π + log|V| + r'V⁻¹r)."""
        square = (residual.transpose() * self.W * residual)[0, 0]
        return -(self.X.nrows() * _log_2_pi() + _log(self.V.det()) + arb(square)) / 2

    @property
    def restricted_log_likelihood(self) -> arb:
        """−½ ((n − p) log 2π + log|V| + log|X'V⁻¹X| + r'V⁻¹r), r = y − Xβ̂, with independent columns for X."""
        gram = self.full.transpose() * self.W * self.full
        return self.log_density(self.residual) + (self.full.ncols() * _log_2_pi() - _log(gram.det())) / 2

    def slope(self, parameter: str) -> fmpq_mat:
        """∂V/∂θ, of each entry."""
        V = self.model.V.explicit()
        (letter,) = [p.symbol for p in self.model.parameters if p.key == parameter]
        slopes = {entry: sympy.diff(entry, letter) for entry in set(V.flat())}
        return numbers_in(V.applyfunc(lambda entry: slopes[entry]), self.values)

    def score(self, parameter: str, method: str, *, at_estimate: bool = False) -> fmpq:
        """−½ (tr(V⁻¹ ∂V) − r'V⁻¹ ∂V V⁻¹r), r = y − Xβ; by REML r = y − Xβ̂, and P in the place of V⁻¹ in the trace."""
        is_restricted = method == "REML"
        residual = self.residual if is_restricted or at_estimate else self.deviation
        D, scaled = self.slope(parameter), self.W * residual
        return (-trace(self.P if is_restricted else self.W, D) + (scaled.transpose() * D * scaled)[0, 0]) / 2

    def information(self, one: str, other: str, method: str) -> fmpq:
        """½ tr(V⁻¹ ∂V V⁻¹ ∂V), by REML with P."""
        weight = self.P if method == "REML" else self.W
        return trace(weight * self.slope(one), weight * self.slope(other)) / 2

    def projection(self, names: Sequence[frozenset[str]]) -> fmpq_mat:
        """On the columns of 1 and of the cells of each of these sets of factors; of a covariate on the last of X."""
        columns = dict(self.model.columns)
        known = {factor.name for factor in self.model.factors}
        n = self.X.nrows()
        found: list[list[fmpq]] = [[fmpq(1)] * n]
        for factors in names:
            if not factors <= known:
                found.append([self.X[i, self.X.ncols() - 1] for i in range(n)])
                continue
            cells = list(zip(*(columns[name] for name in sorted(factors)), strict=True))
            found += [[fmpq(int(cell == each)) for cell in cells] for each in sorted(set(cells))]
        own = independent_columns(fmpq_mat(found).transpose())
        return own * (own.transpose() * own).inv() * own.transpose()

    def correlations(self, factors: Iterable[str]) -> Counter[fmpq]:
        """V_ij²/(V_ii V_jj) of the pairs of rows in one cell of these factors."""
        columns = dict(self.model.columns)
        cells = list(zip(*(columns[name] for name in factors), strict=True))
        V, n = self.V, self.X.nrows()
        pairs = [(i, j) for i in range(n) for j in range(i) if cells[i] == cells[j]]
        return Counter(V[i, j] ** 2 / (V[i, i] * V[j, j]) for i, j in pairs)


def _log(value: fmpq) -> arb:
    return arb(value).log()


def _log_2_pi() -> arb:
    return (2 * arb.pi()).log()
