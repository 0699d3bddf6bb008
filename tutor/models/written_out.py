"""G, R and Z put into a line: by the variances of the random terms, and by the order of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.algebra.balanced import closed_form
from tutor.algebra.nodes import BlockDiagonal, Identity, Product, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Rewrite, Rule, Step, apply
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


BY_ORDER = "each matrix by the order of the rows"
"""Why a form is closed."""


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


def by_components(model: MixedModel, line: Tree) -> Step | None:
    """G and R written out: ZGZ' + R as σ²_u ZZ' + σ² I, or with a term for each Z_k."""
    parts = components(model)
    written_out: dict[Tree, tuple[tuple[Tree, ...], str]] = {}
    if model.R.definition is not None:
        written_out[model.R] = ((model.R.definition,), f"R = {model.R.definition}")
    if model.Z is not None and model.G is not None:
        shares = tuple(part.variance for part in parts)
        written_out[Product((model.Z, model.G, Transpose(model.Z)))] = (shares, _together(model, parts))

    def rewrite(tree: Tree) -> Rewrite | None:
        terms = tree.terms if isinstance(tree, Sum) else (tree,)
        known = [term for term in terms if term in written_out]
        if not known:
            return None
        new = tuple(share for term in terms for share in written_out.get(term, ((term,), ""))[0])
        return Rewrite(sum_or_term(new), ", ".join(written_out[term][1] for term in known))

    return apply(Rule("variance-components", "G and R are written out", rewrite, lambda: line), line)


def _together(model: MixedModel, parts: tuple[Component, ...]) -> str:
    if len(parts) < 2:
        return "" if model.G is None else f"G = {model.G.definition}"
    side_by_side = " ".join(str(part.Z) for part in parts)
    return f"Z = [{side_by_side}], G = {BlockDiagonal(tuple(part.G for part in parts))}"


def by_structure(model: MixedModel, line: Tree) -> Step | None:
    """The closed form by the order of the rows, where the design has one for each matrix of the line."""
    closed = closed_form(line)
    if closed == line or not symbols_of(line) or set(symbols_of(closed)) & {part.Z for part in components(model)}:
        return None
    return Step("closed-form", structure_reason(model) or BY_ORDER, line, closed)


def structure_reason(model: MixedModel) -> str:
    """Why the rows make V what it is, for each random term."""
    parts = components(model)
    return ", ".join(_structure_of(part, short=len(parts) > 1) for part in parts)


def _structure_of(part: Component, *, short: bool) -> str:
    """Why the rows make Z_k what it is: Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t."""
    if not isinstance(part.G, Scaled):
        return f"{part.Z} = {part.Z.definition}: each level of {part.group} has the same rows"
    square = f"{part.Z @ part.Z.T} = {closed_form(part.Z @ part.Z.T)}"
    return square if short else f"{part.Z} = {part.Z.definition}, so {square}"
