"""Least squares as notation: β̂ = (X'WX)⁻X'Wy with its parts, W being V⁻¹, or I for ordinary least squares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tutor.algebra.build import identity
from tutor.algebra.facts import known
from tutor.algebra.laws.joining import coefficient_of, negated, product_of, times
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.nodes import Inverse, Product, Sum, Symbol, Transpose
from tutor.algebra.structure.method import is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

CLOSED = "each matrix by the order of the rows"
"""Why a closed form is equal."""


@dataclass(frozen=True)
class LeastSquares:
    """The parts of an estimator of β by least squares, weighted with V⁻¹ or not at all."""

    model: MixedModel
    weighted: bool = True

    @property
    def X(self) -> Symbol:
        return self.model.X

    @property
    def V(self) -> Symbol:
        """Var(y) as a name, n × n."""
        return self.model.covariance

    @cached_property
    def is_full(self) -> bool:
        """Whether X has full column rank, so that β̂ is unique."""
        return known("full column rank", self.X).value is True

    @cached_property
    def y(self) -> Tree:
        """What is explained by Xβ, n × 1: y, or y − o with an offset."""
        return self.model.y if self.model.offset is None else Sum((self.model.y, negated(self.model.offset)))

    @cached_property
    def weight(self) -> tuple[Tree, ...]:
        """W as factors: V⁻¹, or none."""
        return (Inverse(self.V),) if self.weighted else ()

    @cached_property
    def across(self) -> tuple[Tree, ...]:
        """X'W as factors, p × n."""
        return (Transpose(self.X), *self.weight)

    @cached_property
    def information(self) -> Tree:
        """X'WX, p × p."""
        return product_of((*self.across, self.X))

    @cached_property
    def inverse(self) -> Tree:
        """(X'WX)⁻¹, or (X'WX)⁻ where X has dependent columns, p × p."""
        return Inverse(self.information) if self.is_full else generalized_inverse(self.information)

    @cached_property
    def matrix(self) -> Tree:
        """The matrix by which y is multiplied, (X'WX)⁻X'W, p × n."""
        return product_of((self.inverse, *self.across))

    @cached_property
    def formula(self) -> Tree:
        """(X'WX)⁻X'Wy, p × 1."""
        return product_of((self.matrix, self.y))

    @cached_property
    def variance(self) -> Tree:
        """Var(β̂), p × p: (X'V⁻¹X)⁻¹, or (X'X)⁻¹X'VX(X'X)⁻¹ by ordinary least squares."""
        return self.inverse if self.weighted else product_of((self.matrix, self.V, self.X, self.inverse))

    @cached_property
    def estimate(self) -> Symbol:
        """β̂ as a name, p × 1; that of ordinary least squares has OLS below it."""
        return Symbol("betahat" if self.weighted else "betahat_OLS", self.model.p, self.model.beta.columns, "random",
                      definition=self.formula, scope=self.model.scope)  # fmt: skip

    @cached_property
    def hat(self) -> Symbol:
        """H = X(X'WX)⁻X'W as a name, n × n: the projection onto the columns of X that makes Xβ̂ of y; with W = I it is
        the model's P."""
        if not self.weighted:
            return self.model.P
        definition = product_of((self.X, self.matrix))
        return Symbol("H", self.model.n, self.model.n, definition=definition, scope=self.model.scope)

    @cached_property
    def residual_weight(self) -> Symbol:
        """P_V = V⁻¹ − V⁻¹X(X'V⁻¹X)⁻X'V⁻¹ as a name, n × n, so that V⁻¹(y − Xβ̂) = P_V y."""
        W = Inverse(self.V)
        definition = Sum((W, negated(product_of((W, self.X, self.matrix)))))
        return Symbol("P_V", self.model.n, self.model.n, facts=frozenset({"symmetric"}), definition=definition,
                      scope=self.model.scope)  # fmt: skip

    @cached_property
    def fitted(self) -> Product:
        """Xβ̂, n × 1."""
        return Product((self.X, self.estimate))

    @cached_property
    def unit(self) -> Tree:
        """I_n."""
        return identity(self.model.n)


def acting_on(matrix: Tree, y: Tree) -> Tree:
    """A matrix times y, the numbers in front of the matrix in front of the product: c(A − B)y."""
    coefficient, body = coefficient_of(matrix)
    return times(coefficient, product_of((body, y)))


def in_closed_form(model: MixedModel, tree: Tree) -> Tree | None:
    """The closed form of a tree by the structure of the design; None where matrices of the model are left in it."""
    try:
        closed = closed_form(tree)
    except DomainError:
        return None
    names = {symbol.name for symbol in model.symbols if symbol not in (model.y, model.offset)}
    left = {symbol.name for symbol in symbols_of(closed)} & {*names, "P", "M"}
    return None if closed == tree or left or is_unsolved(closed) else closed
