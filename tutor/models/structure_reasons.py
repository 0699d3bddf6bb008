"""Why a line has the closed form that it has: the definitions of the names in it that the order of the rows gives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tutor.algebra.balanced import closed_form
from tutor.algebra.nodes import Block, Explicit, Kronecker, Product, Scaled, Symbol, Transpose
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.models.components import Component, components

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

BY_ORDER = "by the order of the rows"
"""Why a form is closed where no definition tells it."""

KRONECKER = "I_m ⊗ I_n = I_mn, 1_m ⊗ 1_n = 1_mn"


def structure_reason(model: MixedModel, before: Tree, after: Tree | None = None) -> str:
    """Why the rows make ``before`` what it is: Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t; or what the names in it stand for
    that are not in ``after`` any more."""
    kept = () if after is None else symbols_of(after)
    names = [name for name in symbols_of(before) if name not in kept and name.definition is not None]
    parts = components(model)
    whole = model.Z is not None and model.Z in names
    squared = [part for part in parts if (whole and _is_squared(before, model.Z)) or _is_squared(before, part.Z)]
    told: list[str] = []
    if squared:
        told += [f"{model.Z} = [{' '.join(str(part.Z) for part in parts)}]"] if whole and len(parts) > 1 else []
        told += [_square_of(part, short=len(parts) > 1) for part in squared]
    in_squares = {model.Z, *(part.Z for part in parts)} if squared else set()
    in_squares |= {model.G, model.R} if squared and whole else set()
    told += [_definition(model, name, parts) for name in names if name not in in_squares]
    if not told and not symbols_of(before) and any(isinstance(node, Kronecker) for node in walk(before)):
        return KRONECKER
    return ", ".join(told) or BY_ORDER


def _is_squared(tree: Tree, Z: Tree | None) -> bool:
    """Whether ZZ' or ZGZ' stands in a tree."""
    return any(_between(node.factors, Z) for node in walk(tree) if isinstance(node, Product))


def _between(factors: Sequence[Tree], Z: Tree | None) -> bool:
    ends = [(i, isinstance(factor, Transpose)) for i, factor in enumerate(factors) if Z in (factor, *factor.parts[:1])]
    return any(not left and right and j - i <= 2 for (i, left), (j, right) in pairwise(ends))


def _square_of(part: Component, *, short: bool) -> str:
    """Why the rows make Z_k what it is: Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t."""
    if not isinstance(part.G, Scaled):
        return _same_rows(part)
    square = f"{part.Z @ part.Z.T} = {closed_form(part.Z @ part.Z.T)}"
    return square if short else f"{part.Z} = {part.Z.definition}, so {square}"


def _same_rows(part: Component) -> str:
    return f"{part.Z} = {part.Z.definition}: each level of {part.group} has the same rows"


def _definition(model: MixedModel, name: Symbol, parts: Sequence[Component]) -> str:
    """What a name stands for: Z = I_b ⊗ 1_t."""
    part = next((part for part in parts if name == part.Z), None)
    if part is not None and not isinstance(part.G, Scaled):
        return _same_rows(part)
    if isinstance(name.definition, Explicit):
        return f"the entries of {name}"
    return f"{name} = {_beside(name.definition)}"


def _beside(definition: Tree | None) -> str:
    """[1_bt, 1_b ⊗ I_t] for blocks that stand side by side."""
    if isinstance(definition, Block) and len(definition.grid) == 1:
        return f"[{', '.join(map(str, definition.grid[0]))}]"
    return str(definition)
