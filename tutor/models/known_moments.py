"""The moments that a model states, as rules: E(y) = Xβ, Var(y) = V, Cov(u, y) = GZ'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.algebra.nodes import Covariance, Expectation, Product, Symbol, Transpose, Variance
from tutor.algebra.rules import Rewrite, Rule
from tutor.algebra.tree import Tree


@dataclass(frozen=True, slots=True)
class Known:
    """The moments that a model states: each moment, what it is, the reason, and what that takes for granted."""

    moment: Tree
    value: Tree
    because: str
    assumption: str

    @property
    def rule(self) -> Rule:
        def rewrite(tree: Tree) -> Rewrite | None:
            return Rewrite(self.value, None, self.assumption) if tree == self.moment else None

        return Rule("known-moment", self.because, rewrite, lambda: self.moment)


def known_moments(y: Symbol, mean: Tree, V: Symbol, u: Symbol | None, e: Symbol) -> Iterator[Known]:
    """E(y), Var(y), Cov(u, y) and Cov(y, u) of a model y = Xβ + Zu + ε."""
    yield Known(Expectation(y), mean, f"E(y) = {mean}", "E(u) = 0, E(ε) = 0" if u is not None else "E(ε) = 0")
    assumed = "Cov(u, ε) = 0, Var(u) = G, Var(ε) = R" if u is not None else "Var(ε) = R"
    yield Known(Variance(y), V, f"Var(y) = {V} = {V.definition}", assumed)
    terms = y.definition.parts if y.definition is not None else ()
    Z = next((t.factors[0] for t in terms if isinstance(t, Product) and t.factors[-1] == u), None)
    if u is not None and u.variance is not None and Z is not None:
        across = Product((u.variance, Transpose(Z)))
        yield Known(Covariance(u, y), across, f"Cov(u, y) = {across}", "Cov(u, ε) = 0, Var(u) = G")
        across = Product((Z, u.variance))
        yield Known(Covariance(y, u), across, f"Cov(y, u) = {across}", "Cov(u, ε) = 0, Var(u) = G")
