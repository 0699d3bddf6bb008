"""The estimate of a function of the fixed effects as a formula, where letters for sizes leave room for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.build import vstack
from tutor.algebra.laws.joining import product_of, sum_of, times
from tutor.algebra.nodes import Identity, Kronecker, Symbol, Transpose, Zero
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import SizeError, TutorError
from tutor.models.element_names import letters_of
from tutor.models.levels import DOT, key_at
from tutor.models.observations.cells import Element, levels_below

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class ClosedEstimate:
    """k'β̂ as a formula in y, 1 × 1, the reason why it is that, and what the names in it are."""

    formula: Tree
    because: str
    told: str


def column_of(model: MixedModel, name: Name, levels: Sequence[int]) -> Tree:
    """The column of the identity matrix that picks one combination of levels of an effect, (τα)_12 among all."""
    assert model.plan is not None
    return unit_of([model.plan.layout.index(letter).size for letter in letters_of(name)], levels)


def unit_of(sizes: Sequence[Size], levels: Sequence[int]) -> Tree:
    """The column of the identity matrix that picks one combination of levels, the last index running fastest."""
    found = [UnitVector(size, level) for size, level in zip(sizes, levels, strict=True)]
    return found[0] if len(found) == 1 else Kronecker(tuple(found))


def among_effects(model: MixedModel, position: int, column: Tree) -> Tree:
    """A column for the effects of one random term, by its position, as one for all random effects, q × 1."""
    parts = [column if place == position else Zero(term.matrix.columns, ONE) for place, term in enumerate(model.random)]
    return parts[0] if len(parts) == 1 else vstack(*parts)


def _columns_by_effect(model: MixedModel) -> list[tuple[Name, Tree]]:
    """The effects of the fixed part, each with its columns of X; none where X is not written term by term."""
    blocks = [block for _, block in model.fixed_blocks()]
    random = {name for effects in model.index.effects for name in effects.names}
    names = [term.coefficient for term in model.index.terms if term.coefficient not in random]
    return list(zip(names, blocks, strict=True)) if len(blocks) == len(names) else []


def row_of_effect(model: MixedModel, key: str) -> Tree | None:
    """The column k, p × 1, for which k'β is the fixed effect of a key, τ_1, where sizes are letters; None for a key of
    another kind, and where X is not written term by term."""
    blocks = _columns_by_effect(model)
    for place, (name, block) in enumerate(blocks):
        picked = _picked(model, name, key)
        if picked is not None and picked.rows == block.columns:
            parts = [picked if at == place else Zero(each.columns, ONE) for at, (_, each) in enumerate(blocks)]
            return vstack(*parts)
    return None


def average_of_cell(model: MixedModel, element: Element) -> Symbol | None:
    """An average of y over the plots of one cell of a fixed term, ȳ_1·, as a name with its definition; None for others,
    and where the term has not equally many plots in each cell."""
    told = {letter: level for letter, level in zip(letters_of(element.name), element.levels, strict=True)
            if level != DOT}  # fmt: skip
    for name, block in _columns_by_effect(model):
        if set(letters_of(name)) != set(told):
            continue
        picked = _picked(model, name, key_at(name, tuple(told[letter] for letter in letters_of(name))))
        if picked is None or picked.rows != block.columns:
            return None
        value = product_of((Transpose(picked), Transpose(block), model.y))
        share = sympy.cancel(block.columns / model.n)
        return Symbol(element.key, ONE, ONE, role="random", definition=times(share, value))
    return None


def coefficients_of_effects(model: MixedModel, what: Any) -> dict[str, sympy.Expr]:
    """The coefficients of the effects in an estimable function, by their keys. Raises TutorError for another one."""
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    function: Any = told.function.explicit()[0, 0]
    shares = cast("dict[sympy.Expr, sympy.Expr]", sympy.expand(function).as_coefficients_dict())
    return {str(effect): share for effect, share in shares.items()}


def column_of_function(model: MixedModel, what: Any) -> Tree | None:
    """The column k, p × 1, for which k'β is this function of fixed effects; None where sizes that are letters do not
    tell it, and where `row_of_effect` knows one of the effects not."""
    try:
        shares = coefficients_of_effects(model, what)
    except SizeError:
        return None
    rows = [(share, row_of_effect(model, key)) for key, share in shares.items()]
    found = [times(share, row) for share, row in rows if row is not None]
    return sum_of(found) if found and len(found) == len(shares) else None


def _picked(model: MixedModel, name: Name, key: str) -> Tree | None:
    """The column that picks an effect of this name among those of its term."""
    base, _, below = key.partition("_")
    if base != "".join(name.bases) or (not letters_of(name) and below != name.number):
        return None
    if not letters_of(name):
        return Identity(ONE)
    levels = levels_below(below, name)
    whole = [level for level in levels or () if isinstance(level, int)]
    return column_of(model, name, whole) if len(whole) == len(letters_of(name)) else None
