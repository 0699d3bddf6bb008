"""Observations whose weights in an estimate are alike: the cells over which an estimate is a sum of means."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.structure.conditions import normal

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_MEANS = 12
"""Means of which an estimate is written as the sum."""

Cells = dict[tuple[int, ...], tuple[sympy.Expr, list[int]]]
"""Of each cell the sum of its weights, and its rows."""


def cells_of_weights(
    model: MixedModel, weights: Sequence[sympy.Expr], letters: str
) -> tuple[Sequence[str], Cells] | None:
    """The cells of as few of these indices as there can be, so that the weights within each are alike; None where those
    of all indices differ within a cell."""
    assert model.plan is not None
    levels = {letter: [level for (level,) in model.plan.layout.by_row(letter)] for letter in letters}
    for number in range(len(letters) + 1):
        for chosen in combinations(letters, number):
            rows = list(zip(*(levels[letter] for letter in chosen), strict=True)) if chosen else [()] * len(weights)
            cells: dict[tuple[int, ...], list[int]] = {}
            for row, cell in enumerate(rows):
                cells.setdefault(cell, []).append(row)
            if all(len({weights[row] for row in own}) == 1 for own in cells.values()):
                return chosen, {cell: (_total(weights, own), own) for cell, own in sorted(cells.items())}
    return None


def _total(weights: Sequence[sympy.Expr], rows: Sequence[int]) -> sympy.Expr:
    """The sum of the weights of rows that are alike."""
    return normal(len(rows) * weights[rows[0]])


def name_of_mean(model: MixedModel, place: dict[str, int]) -> str:
    """The key of the mean over the levels of all indices but those at a place, ybar_1., or of an observation, y_12."""
    named = [str(place.get(letter, ".")) for letter in model.index.response.indices]
    below = "".join(named) if all(len(part) == 1 for part in named) else "_".join(named)
    base = "".join(model.index.response.bases)
    return f"{base}bar_{below}" if "." in named else f"{base}_{below}"
