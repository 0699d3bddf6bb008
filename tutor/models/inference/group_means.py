"""Random groups of n_i observations, with letters for n_i: their means, and the moments of what is made of these.

The mean of a group has the variance σ²_u + σ²/n_i = 1/w_i, and μ̂ = Σ w_i ȳ_i·/W with W = Σ w_i. So Cov(ȳ_i·, μ̂) =
Var(μ̂) = 1/W, û_i = σ²_u w_i (ȳ_i· − μ̂), Var(û_i) = σ⁴_u w_i (1 − w_i/W), and û_i − u_i has the variance σ²_u less that.
Source: Searle, Casella and McCulloch (1992), Variance Components, sections 3.3 and 7.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.indices import Total, value_at
from tutor.algebra.laws.joining import negated, times
from tutor.algebra.nodes import Identity, Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose, Variance
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.models.effects import INTERCEPT
from tutor.models.inference.derived import Line
from tutor.models.inference.least_squares import LeastSquares
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True)
class GroupMeans:
    """Random groups of their own sizes: the letter of the groups and of their effects, a, n_i, σ²_u and σ²."""

    model: MixedModel
    letter: str
    effect: str
    number: sympy.Expr
    size: sympy.Expr
    variance: sympy.Symbol
    residual: sympy.Symbol

    def weight(self, level: int | str) -> sympy.Expr:
        """w_i = n_i/(σ² + n_iσ²_u), of a group by its number or a letter."""
        n = value_at(self.size, self.letter, level)
        return n / (self.residual + n * self.variance)

    @cached_property
    def total(self) -> Tree:
        """W = Σ w_i, 1 × 1: 1/Var(μ̂)."""
        body = Scalar(self.weight(self.letter))
        return Indexed("sum", self.letter, Scalar(sympy.S.One), Scalar(self.number), body)

    def average(self, level: int) -> Symbol:
        """ȳ_1·, the mean of a group, 1 × 1."""
        Z = self.model.Z
        assert Z is not None
        inner = Product((Transpose(self.unit(level)), Transpose(Z), self.model.y))
        n = value_at(self.size, self.letter, level)
        return self.named(self._average_key(level), Scaled(Scalar(1 / n), inner))

    def _average_key(self, level: int | str) -> str:
        below = "".join(str(level) if each == self.letter else "." for each in self.model.index.response.indices)
        return f"{''.join(self.model.index.response.bases)}bar_{below}"

    @cached_property
    def mean(self) -> Symbol:
        """μ̂, 1 × 1."""
        return self.named("muhat", LeastSquares(self.model).estimate)

    def own_effect(self, level: int) -> Symbol:
        """u_1, 1 × 1."""
        assert self.model.u is not None
        return self.named(f"{self.effect}_{level}", Product((Transpose(self.unit(level)), self.model.u)))

    def unit(self, level: int) -> UnitVector:
        return UnitVector(self.number, level)

    def named(self, name: str, definition: Tree) -> Symbol:
        return Symbol(name, ONE, ONE, "random", definition=definition, scope=self.model.scope)

    @property
    def told_mean(self) -> str:
        """μ̂ = Σ w_i ȳ_i·/Σ w_i with the weights of the groups."""
        average = inline(Scalar(sympy.Symbol(self._average_key(self.letter), real=True)))
        w, i, a = f"w_{self.letter}", self.letter, inline(Scalar(self.number))
        return (
            f"μ̂ = ∑_{{{i}=1}}^{a} {w} {average}/W with the weights {w} = {inline(Scalar(self.weight(i)))}, W = "
            f"{inline(self.total)}: one over the variance of {average}"
        )

    def lines(self) -> tuple[Line, ...]:
        """Var(û_i) and the prediction error variance, of any group."""
        i = self.letter
        hat, own = (Scalar(sympy.Symbol(f"{name}_{i}", real=True)) for name in (f"{self.effect}hat", self.effect))
        predicted: Form = {("hat", i): sympy.S.One}
        spread = self.value(predicted, predicted)
        error: Form = {("hat", i): sympy.S.One, ("own", i): -sympy.S.One}
        return (
            Line((Variance(hat), spread), "of the prediction of one group"),
            Line((Variance(Sum((hat, negated(own)))), self.value(error, error)), "of its prediction error"),
        )

    def value(self, left: Form, right: Form) -> Tree:
        """The covariance of two forms in û, u and μ̂, as A + B/W."""
        plain: sympy.Expr = sympy.S.Zero
        over: sympy.Expr = sympy.S.Zero
        for one, c in self._in_averages(left).items():
            for other, d in self._in_averages(right).items():
                known, shared = self._covariance(one, other)
                plain, over = plain + c * d * known, over + c * d * shared
        plain, over = _short(plain), _short(over)
        parts: list[Tree] = [Scalar(plain)] if plain != 0 else []
        if over != 0:
            is_negative = over.could_extract_minus_sign()
            share = times(-over if is_negative else over, Inverse(self.total))
            # A minus sign of its own: a quotient has none in front of its numerator.
            parts.append(Scaled(Scalar(-ONE), share) if is_negative else share)
        return sum_or_term(parts or [Scalar(sympy.S.Zero)])

    def _in_averages(self, form: Form) -> Form:
        """û_i as σ²_u w_i (ȳ_i· − μ̂)."""
        found: dict[Letter, sympy.Expr] = {}
        for (kind, level), c in form.items():
            terms = {(kind, level): c}
            if kind == "hat":
                factor = self.variance * self.weight(level)
                terms = {("average", level): c * factor, ("mean", 0): -c * factor}
            for key, share in terms.items():
                found[key] = found.get(key, sympy.S.Zero) + share
        return found

    def _covariance(self, one: Letter, other: Letter) -> tuple[sympy.Expr, sympy.Expr]:
        """The covariance of ȳ_i·, u_i and μ̂ among each other as a number and a multiple of 1/W."""
        kinds = {one[0], other[0]}
        if kinds == {"mean", "own"}:
            level = one[1] if one[0] == "own" else other[1]
            return sympy.S.Zero, self.variance * self.weight(level)
        if "mean" in kinds:
            return sympy.S.Zero, sympy.S.One
        same = sympy.Integer(int(one[1] == other[1]))
        return same * (1 / self.weight(one[1]) if kinds == {"average"} else self.variance), sympy.S.Zero


Letter = tuple[str, "int | str"]
Form = Mapping[Letter, sympy.Expr]
"""A linear form in û_i ("hat"), u_i ("own"), ȳ_i· ("average") and μ̂ ("mean") by their groups."""


def group_means(model: MixedModel) -> GroupMeans | None:
    """The groups of a model μ + u_i + ε_ij with a letter for n_i; None for another model."""
    R = model.R.definition
    if not model.n.has(Total) or len(model.random) != 1 or [term.name for term in model.fixed] != [INTERCEPT]:
        return None
    if not isinstance(R, Scaled) or not isinstance(R.tree, Identity) or model.offset is not None:
        return None
    (term,) = model.random
    tree = term.covariance.tree
    if term.coefficients != (INTERCEPT,) or not isinstance(tree, Scaled) or not isinstance(tree.tree, Identity):
        return None
    if len(model.index.ranges) != 2 or len(model.index.response.indices) != 2:
        return None
    groups, observations = model.index.ranges
    if not isinstance(groups.extent, sympy.Expr) or not isinstance(observations.extent, sympy.Expr):
        return None
    residual, *_ = (parameter.symbol for parameter in model.parameters)
    return GroupMeans(model, groups.letter, term.letter, groups.extent, observations.extent, term.parameters[0].symbol,
                      residual)  # fmt: skip


def _short(value: sympy.Expr) -> sympy.Expr:
    return normal(value)
