"""The parts of Henderson's equations as notation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.laws.joining import negated, times
from tutor.algebra.nodes import Block, Determinant, Identity, Inverse, Product, Scalar, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.inference.prediction import Prediction

HALF = sympy.Rational(1, 2)


@dataclass(frozen=True)
class Equations:
    """The parts of the equations as notation."""

    prediction: Prediction

    @cached_property
    def X(self) -> Symbol:
        return self.prediction.model.X

    @cached_property
    def Z(self) -> Symbol:
        return self.prediction.Z

    @cached_property
    def R(self) -> Tree:
        """R⁻¹."""
        return Inverse(self.prediction.model.R)

    @cached_property
    def G(self) -> Tree:
        """G⁻¹."""
        return Inverse(self.prediction.G)

    @cached_property
    def beta(self) -> Symbol:
        """β̂ as a name."""
        return self.prediction.fixed.estimate

    @cached_property
    def u(self) -> Symbol:
        """û as a name."""
        return self.prediction.predictor

    @cached_property
    def precision(self) -> Tree:
        """Z'R⁻¹Z + G⁻¹."""
        return self.prediction.precision

    @cached_property
    def left(self) -> Block:
        X, Z, R = self.X, self.Z, self.R
        return Block(
            (
                (Product((Transpose(X), R, X)), Product((Transpose(X), R, Z))),
                (Product((Transpose(Z), R, X)), self.precision),
            )
        )

    @cached_property
    def unknown(self) -> Block:
        return Block(((self.beta,), (self.u,)))

    @cached_property
    def right(self) -> Block:
        y = self.prediction.fixed.y
        return Block(((Product((Transpose(self.X), self.R, y)),), (Product((Transpose(self.Z), self.R, y)),)))

    @cached_property
    def multiplied(self) -> Block:
        X, Z, R, G = self.X, self.Z, self.R, self.prediction.G
        across = Product((G, Transpose(Z), R, X))
        inside = Sum((Product((G, Transpose(Z), R, Z)), Identity(G.rows)))
        return Block((self.left.grid[0], (across, inside)))

    @cached_property
    def multiplied_right(self) -> Block:
        second = Product((self.prediction.G, Transpose(self.Z), self.R, self.prediction.fixed.y))
        return Block((self.right.grid[0], (second,)))

    def residual(self, beta: Tree, *u: Tree) -> Sum:
        """y − Xβ − Zu at these, less the offset."""
        return Sum((*self.prediction.deviation(beta).terms, *(negated(Product((self.Z, each))) for each in u)))

    @cached_property
    def log_density(self) -> Symbol:
        """ℓ = log f(y | u) + log f(u) as a name, 1 × 1."""
        model, u = self.prediction.model, self.prediction.u
        left = self.residual(model.beta, u)
        parts = [_log_normal(model.n, model.R, left), _log_normal(u.rows, self.prediction.G, u)]
        return Symbol("ell", ONE, ONE, definition=Sum(tuple(parts)), scope=model.scope)


def _log_normal(size: sympy.Expr, variance: Tree, deviation: Tree) -> Tree:
    """−½[n log(2π) + log|R| + r'R⁻¹r]."""
    constant = Scalar(size * sympy.log(2 * sympy.pi))
    quadratic = Product((Transpose(deviation), Inverse(variance), deviation))
    return times(-HALF, Sum((constant, Applied("log", (Determinant(variance),)), quadratic)))
