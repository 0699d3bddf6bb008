"""The estimate of a function of the fixed effects as a formula, where letters for sizes leave room for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.algebra.nodes import Kronecker
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.models.element_names import letters_of

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
    sizes = [model.plan.layout.index(letter).size for letter in letters_of(name)]
    found = [UnitVector(size, level) for size, level in zip(sizes, levels, strict=True)]
    return found[0] if len(found) == 1 else Kronecker(tuple(found))
