"""The shares of the random terms in ZGZ': Z_u and G_u, Z_v and G_v, …"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.algebra.nodes import Identity, Product, Scaled, Symbol, Transpose
from tutor.algebra.tree import Tree

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Component:
    """One random term's share of ZGZ': Z_k, n × q_k, and G_k, q_k × q_k."""

    group: str
    Z: Symbol
    G: Tree

    @property
    def variance(self) -> Tree:
        """Z_k G_k Z_k', n × n, a scalar variance in front."""
        if isinstance(self.G, Scaled) and isinstance(self.G.tree, Identity):
            return Scaled(self.G.scalar, Product((self.Z, Transpose(self.Z))))
        return Product((self.Z, self.G, Transpose(self.Z)))


def components(model: MixedModel) -> tuple[Component, ...]:
    """The random terms of a model, each with a name for its columns of Z: Z itself where there is one term,
    otherwise Z_u, Z_v, …"""
    if model.Z is None:
        return ()
    if len(model.random) == 1:
        return (Component(model.random[0].group, model.Z, model.random[0].covariance.tree),)
    return tuple(
        Component(
            term.group,
            Symbol(
                f"Z_{term.letter}",
                model.Z.rows,
                term.matrix.columns,
                definition=term.matrix,
                row_labels=model.Z.row_labels,
                column_labels=term.labels,
                scope=model.scope,
            ),
            term.covariance.tree,
        )
        for term in model.random
    )
