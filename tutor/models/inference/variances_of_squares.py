"""Variances and covariances of mean squares and sums of squares, from Var(y'Ay) = 2 tr(AVAV) + 4 E(y)'AVA E(y).

In a balanced design AVA = λA, λ being what the variances bring to E(MS), so that a mean square with f degrees of
freedom has the variance 2λ²/f, and 4λQ/f more where fixed effects have a part in it; two of them are independent.
Source: Searle (1971), Linear Models, section 2.5; Searle, Casella and McCulloch (1992), Variance Components, section
4.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

import sympy
from flint import fmpq

from tutor.algebra.arithmetic import Exact
from tutor.algebra.chain import Chain
from tutor.algebra.evaluate import Instance
from tutor.algebra.laws.joining import product_of, sum_of, times
from tutor.algebra.nodes import Covariance, Product, Scalar, Symbol, Trace, Transpose, Variance
from tutor.algebra.rules import Derivation
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.models.inference.chi_squared import are_independent, are_multiples_of_chi_squared
from tutor.models.inference.mean_squares import MeanSquares
from tutor.models.inference.source_parts import Source
from tutor.models.inference.source_projections import expectation_of
from tutor.notation.write import inline

Kind = Literal["MS", "SS"]


@dataclass(frozen=True)
class SecondMoment:
    """The covariance of two mean squares or sums of squares, each by its kind and its source; of one with itself the
    variance."""

    squares: MeanSquares
    first: tuple[Kind, Source]
    second: tuple[Kind, Source]

    def derive(self) -> Derivation:
        """The derivation, 1 × 1: closed in a balanced design; else by the entries where sizes are numbers, and in
        traces where they are letters.

        Raises
        ------
        TutorError
            For a mean square without degrees of freedom.
        """
        chain = self._by_definition()
        chain.to("quadratic-variance", self._law, sum_of([self._spread, *self._shift]), "y is normal")
        (_, first), (_, second) = self._both
        if first != second and are_independent(self.squares, first, second):
            A, V, B = map(inline, (self._projections[0], self.squares.V, self._projections[1]))
            nothing = Scalar(sympy.S.Zero)
            return chain.to("independent", f"{A} {V} {B} = 0", nothing, self.squares.assumption).derivation
        if first == second and are_multiples_of_chi_squared(self.squares, [first]):
            return self._balanced(chain, first)
        if self.squares.model.n.is_Integer:
            value = Scalar(sympy.Add(*self._traces()))
            total = sum_of([value, *self._shift] if value.value != 0 else self._shift or [value])
            chain.to("traces", "V by its variances, and each trace by its entries", total)
        return chain.derivation

    @property
    def _both(self) -> tuple[tuple[Kind, Source], tuple[Kind, Source]]:
        return self.first, self.second

    @property
    def _is_variance(self) -> bool:
        return self.first == self.second

    def _by_definition(self) -> Chain:
        squares = self.squares
        names = [squares.symbol(each) if kind == "MS" else squares.sum_symbol(each) for kind, each in self._both]
        forms = [squares.form(each) for _, each in self._both]
        chain = Chain(self._moment(names))
        divided = [times(1 / f, form) for f, form in zip(self._divisors, forms, strict=True)]
        over = " over its degrees of freedom" if divided != forms else ""
        told = ", ".join(squares.told(A) for A in dict.fromkeys(self._projections))
        chain.to("definition", f"y'Ay{over}, A = {told}", self._moment(divided))
        law = "Var(cx) = c² Var(x)" if self._is_variance else "Cov(ax, by) = ab Cov(x, y)"
        return chain.to("variance-of-scaled", law, times(self._share, self._moment(forms)))

    def _moment(self, of: Sequence[Tree]) -> Tree:
        return Variance(of[0]) if self._is_variance else Covariance(of[0], of[1])

    @property
    def _law(self) -> str:
        law = "Var(y'Ay) = 2 tr(AVAV) + 4 E(y)'AVA E(y)"
        if not self._is_variance:
            law = "Cov(y'Ay, y'By) = 2 tr(AVBV) + 4 E(y)'AVB E(y)"
        without = [f"{inline(A)} X = 0" for A, (_, source) in zip(self._projections, self._both, strict=True)
                   if not source.means]  # fmt: skip
        return ", and ".join([law, *without[:1]])

    @property
    def _divisors(self) -> list[sympy.Expr]:
        """The degrees of freedom of a mean square, 1 of a sum of squares."""
        return [source.degrees_of_freedom if kind == "MS" else sympy.S.One for kind, source in self._both]

    @property
    def _share(self) -> sympy.Expr:
        return 1 / sympy.Mul(*self._divisors)  # pyright: ignore[reportReturnType]

    @property
    def _projections(self) -> list[Symbol]:
        return [self.squares.projections[source.name] for _, source in self._both]

    @property
    def _spread(self) -> Tree:
        """2 tr(AVBV)/(f g)."""
        (A, B), V = self._projections, self.squares.V
        return times(2 * self._share, Trace(Product((A, V, B, V))))

    @cached_property
    def _shift(self) -> list[Tree]:
        """4 (Xβ)'AVB Xβ/(f g), where neither AX nor BX is 0."""
        if not all(source.means for _, source in self._both):
            return []
        (A, B), mean = self._projections, Product((self.squares.model.X, self.squares.model.beta))
        return [times(4 * self._share, product_of((Transpose(mean), A, self.squares.V, B, mean)))]

    def _balanced(self, chain: Chain, source: Source) -> Derivation:
        """By AVA = λA."""
        A, V, f = inline(self._projections[0]), inline(self.squares.V), source.degrees_of_freedom
        variance = expectation_of(source)
        told = f"{A} {V} {A} = λ{A}, λ = {inline(Scalar(variance))}"
        told = f"{told}, and tr(AVAV) = λ² tr({A}), tr({A}) = {inline(Scalar(f))}"
        own = Scalar(2 * variance**2 * f * self._share)
        if not self._shift:
            return chain.to("variance-of-mean-square", told, own, self.squares.assumption).derivation
        Q = self.squares.fixed_part(source)
        told = f"{told}; {inline(Q)} = {inline(Q.definition)}"
        shift = times(normal(4 * variance * f * self._share), Q)
        return chain.to("variance-of-mean-square", told, sum_of([own, shift]), self.squares.assumption).derivation

    def _traces(self) -> Iterator[sympy.Expr]:
        """2 σ²_k σ²_l tr(A V_k B V_l)/(f g) over all pairs of variances."""
        value = Instance(Exact()).value
        A, B = map(value, self._projections)
        parts = [(variance, A if matrix is None else A * value(matrix), B if matrix is None else B * value(matrix))
                 for variance, matrix in self.squares.variance_in_components]  # fmt: skip
        for (first, left, _), (second, _, right) in product(parts, parts):
            kept = left * right
            trace = sum((kept[i, i] for i in range(kept.nrows())), fmpq(0))
            yield 2 * self._share * first * second * sympy.Rational(int(trace.p), int(trace.q))
