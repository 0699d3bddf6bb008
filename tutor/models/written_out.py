"""G, R and Z put into a line: by the variances of the random terms, and by the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.balanced import closed_form
from tutor.algebra.nodes import BlockDiagonal, Product, Sum, Transpose
from tutor.algebra.rules import Rewrite, Rule, Step, apply
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.models.components import Component, components
from tutor.models.structure_reasons import structure_reason

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


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
    return Step("closed-form", structure_reason(model, line, closed), line, closed)
