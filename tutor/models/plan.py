"""The plan of a designed experiment: its units, how they lie within and across each other, and what is assigned.

Nelder's simple block structures: a kind of unit lies within others, or across them. Source: J. A. Nelder (1965), The
analysis of randomized experiments with orthogonal block structure, Proc. R. Soc. A 283, 147–178.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tutor.algebra.sizes import Size
from tutor.models.layout import Layout


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of unit: its name, the indices that number it within the units that hold it, and those units' names.

    Units with the same holders lie across each other, as rows and columns. ``ordered`` ones stay where they are when
    the experiment is randomized: locations, periods, samples of a plot.
    """

    name: str
    letters: str
    within: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Repeats:
    """Units that are all alike and independent, as the subjects of each sequence: ``number`` of them, a letter.

    ``with_number`` builds the same design with a number in the place of the letter.
    """

    number: Size
    with_number: Callable[[int], Any]


Position = tuple[int, ...]
"""The number of the unit of each kind, from 1, in the order of the plan's units."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The units of an experiment, holders first, and the indices of the treatments that were assigned to them.

    ``relabelled`` tells that the numbers of the treatments are drawn too, since the plan does not treat them alike, as
    incomplete blocks. ``repeats`` are units that are all alike where a letter stands for their number alone.
    """

    layout: Layout
    units: tuple[Unit, ...]
    treatments: str = ""
    relabelled: bool = False
    repeats: Repeats | None = field(default=None, compare=False, repr=False)

    def unit(self, name: str) -> Unit:
        """The kind of unit of this name."""
        return next(unit for unit in self.units if unit.name == name)

    def holders(self, unit: Unit) -> tuple[Unit, ...]:
        """All kinds of unit within which one lies, the outermost first."""
        found: dict[str, Unit] = {}
        for name in unit.within:
            holder = self.unit(name)
            found.update({each.name: each for each in (*self.holders(holder), holder)})
        return tuple(found.values())

    @property
    def plots(self) -> tuple[Unit, ...]:
        """The units without ordered parts of one that has its treatment already, as the samples of a plot."""
        return tuple(unit for unit in self.units if not self._is_sample(unit))

    def _is_sample(self, unit: Unit) -> bool:
        if not unit.ordered or not unit.within:
            return False
        held = {letter for holder in self.holders(unit) for letter in holder.letters}
        assigned = {letter for letter in self.treatments if letter not in self.layout.determined}
        return bool(assigned) and assigned <= held

    def positions(self) -> list[Position]:
        """The units of each row. Units are numbered within those that hold them, as they first come."""
        columns: list[list[int]] = []
        for unit in self.units:
            held_by = "".join(holder.letters for holder in self.holders(unit))
            numbers: dict[tuple[int, ...], dict[tuple[int, ...], int]] = {}
            column = []
            own = self.layout.by_row(unit.letters)
            for outer, inner in zip(self.layout.by_row(held_by), own, strict=True):
                within = numbers.setdefault(outer, {})
                column.append(within.setdefault(inner, len(within) + 1))
            columns.append(column)
        return list(zip(*columns, strict=True))
