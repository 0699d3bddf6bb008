"""The estimate of k'β where a letter counts units that are all alike and independent, as the subjects of a sequence.

n of them have n times the X'V⁻¹X and n times the means in X'V⁻¹y of one, so that their observations enter by means over
the units, with weights that any number of units tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.laws.joining import product_of, sum_of, times
from tutor.algebra.nodes import Kronecker, Ones, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.models.inference.blue import weights_of_estimate
from tutor.models.inference.cells_of_weights import MOST_MEANS, Cells, cells_of_weights, name_of_mean
from tutor.models.inference.closed_estimate import ClosedEstimate
from tutor.notation.write import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tutor.models.layout import Index
    from tutor.models.mixed import MixedModel


def estimate_by_alike_units(model: MixedModel, what: Any) -> ClosedEstimate | None:
    """k'β̂ as a sum of means over units that are alike; None where there are none, and for many means."""
    plan = model.plan
    if plan is None or plan.repeats is None or model.offset is not None:
        return None
    numbers = cast("MixedModel", plan.repeats.with_number(2))
    repeated = next(index for index in plan.layout.free if index.size == plan.repeats.number)
    weights = weights_of_estimate(numbers, numbers.estimable(what).coefficients.flat())
    letters = "".join(letter for letter in model.index.response.indices if letter != repeated.letter)
    found = cells_of_weights(numbers, weights, letters)
    cells: Cells = {} if found is None else {cell: told for cell, told in found[1].items() if told[0] != 0}
    if found is None or not 0 < len(cells) <= MOST_MEANS:
        return None
    means = [
        times(share, _mean(model, numbers, repeated, dict(zip(found[0], cell, strict=True)), rows))
        for cell, (share, rows) in cells.items()
    ]
    told = f"The means are over the {inline(repeated.size)} {repeated.name}s that are alike"
    return ClosedEstimate(sum_of(means), f"the weights of the observations, alike for each {repeated.name}", told)


def _mean(model: MixedModel, numbers: MixedModel, repeated: Index, place: dict[str, int], rows: Sequence[int]) -> Tree:
    """ȳ of a cell: the average over the rows of one unit of the means over the units."""
    assert model.plan is not None and numbers.plan is not None
    free = model.plan.layout.free
    levels = numbers.plan.layout.by_row("".join(index.letter for index in free))
    at = [index.letter for index in free].index(repeated.letter)
    own = [levels[row] for row in rows if levels[row][at] == 1]
    vectors = [
        _averaging([None if i == at else level for i, level in enumerate(cell)], [index.size for index in free])
        for cell in own
    ]
    whole = times(1 / (repeated.size * len(own)), sum_of(vectors))
    return Symbol(name_of_mean(model, place), ONE, ONE, "random", definition=product_of((Transpose(whole), model.y)))


def _averaging(levels: Sequence[int | None], sizes: Sequence[sympy.Expr]) -> Tree:
    """d_i ⊗ 1_n ⊗ d_j, ones for the units that are alike."""
    return Kronecker(
        tuple(
            Ones(size, ONE) if level is None else UnitVector(size, level)
            for level, size in zip(levels, sizes, strict=True)
        )
    )
