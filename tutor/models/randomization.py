"""A design randomized as its units allow: blocks within the field, plots within blocks, rows and columns each.

The units of each kind are permuted within those that hold them, and units that cross are permuted each on their own;
these permutations are the ones that keep the plan as it is. Source: Nelder (1965); Bailey (2008), Design of comparative
experiments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import DomainError, SizeError, TutorError
from tutor.models.frame import framed
from tutor.models.plan import Plan, Position
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def plan_of(model: MixedModel) -> Plan:
    """The plan of a design with listed rows. Raises TutorError without one, SizeError for sizes that are letters."""
    if model.plan is None:
        raise TutorError(
            "This model has no plan of units: it comes from a formula or an equation.",
            tip="The named designs, as tutor.rcbd(3, 4), and tutor.units(…) have one.",
        )
    if not model.plan.layout.is_listed:
        raise SizeError(
            f"The {inline(model.n)} rows of this design cannot be listed.", tip="Give all sizes as numbers."
        )
    return model.plan


def randomize(model: MixedModel, seed: int) -> Any:
    """The rows of a design in the order of the field, with what was drawn for each plot; the same seed draws the same.

    A column ``plot`` numbers the plots in the order of the field, one for each kind of unit numbers it within the units
    that hold it, and one for each factor tells the treatment. Units of each kind are permuted within those that hold
    them: treatments within blocks, subplots within whole plots within blocks, rows and columns of a square. Where the
    plan does not treat all treatments alike, as in incomplete blocks, their numbers are drawn too. A pandas DataFrame
    where pandas is installed, otherwise a dictionary of lists.

    Raises
    ------
    TutorError
        For a model without a design, or one in which nothing is assigned.
    SizeError
        When a size of the design is a letter.
    DomainError
        For a seed that is no whole number from 0.

    >>> from tutor.models.catalogue import rcbd
    >>> frame = randomize(rcbd(3, 2), seed=1)
    >>> sorted(frame["treatment"][:3]), list(frame["block"])
    (['t1', 't2', 't3'], [1, 1, 1, 2, 2, 2])
    """
    plan = plan_of(model)
    if not plan.treatments:
        raise TutorError("Nothing is assigned to units in this design, so there is nothing to randomize.",
                         tip="Its groups are a random sample; m.dataframe() lists the rows.")  # fmt: skip
    positions, labels = drawn(plan, seed)
    order = sorted(range(len(positions)), key=positions.__getitem__)
    plots = [plan.units.index(unit) for unit in plan.plots]
    numbers: dict[Position, int] = {}
    field = [numbers.setdefault(tuple(positions[row][p] for p in plots), len(numbers) + 1) for row in order]
    columns: dict[str, list[Any]] = {"plot": field}
    for place, unit in enumerate(plan.units):
        # A plot has its number in the field, which says more than that within its block.
        columns.setdefault(column_name(unit.name), [positions[row][place] for row in order])
    levels = {}
    for letter in plan.treatments:
        index = plan.layout.index(letter)
        columns[index.name] = [index.level_name(labels[letter][row]) for row in order]
        levels[index.name] = [index.level_name(level + 1) for level in range(int(index.size))]  # pyright: ignore[reportArgumentType]
    return framed(columns, levels)


def column_name(unit: str) -> str:
    """The name of a unit as a column of data: whole_plot."""
    return unit.replace(" ", "_").replace("-", "_")


def drawn(plan: Plan, seed: int) -> tuple[list[Position], dict[str, list[int]]]:
    """The unit of each kind to which each row goes, and the level of each treatment index in each row."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise DomainError(f"seed = {seed!r} is no whole number from 0.", tip="For example seed=1.")
    generator = np.random.default_rng(seed)
    before = plan.positions()
    new = [list(position) for position in before]
    for place, unit in enumerate(plan.units):
        if unit.ordered:
            continue
        held = [plan.units.index(holder) for holder in plan.holders(unit)]
        sizes: dict[tuple[int, ...], int] = {}
        for position in before:
            outer = tuple(position[h] for h in held)
            sizes[outer] = max(sizes.get(outer, 0), position[place])
        orders = {outer: generator.permutation(size) + 1 for outer, size in sorted(sizes.items())}
        for old, target in zip(before, new, strict=True):
            target[place] = int(orders[tuple(old[h] for h in held)][old[place] - 1])
    return [tuple(position) for position in new], _labels(plan, generator)


def _labels(plan: Plan, generator: np.random.Generator) -> dict[str, list[int]]:
    """The levels of the treatments, permuted where the plan does not treat them alike."""
    found = {}
    for letter in plan.treatments:
        index = plan.layout.index(letter)
        size = int(index.size)  # pyright: ignore[reportArgumentType]
        names = generator.permutation(size) + 1 if plan.relabelled else range(1, size + 1)
        found[letter] = [int(names[level - 1]) for (level,) in plan.layout.by_row(letter)]
    return found
