"""The field of a design as a grid: which units stand in lines, which side by side, and what each cell holds.

Units to which nothing is assigned (blocks, locations, rows of a square) go down the page; those with treatments go
across it, the outermost down if nothing else does. Of units that cross, the first goes down and the second across.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

from tutor.models.plan import Plan, Position, Unit
from tutor.models.randomization import drawn, plan_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells: the units down the page to which it belongs, and the cells with their units across."""

    down: Position
    cells: tuple[tuple[Position, str, int], ...]
    """The units across, the text, and the number of the treatment, by which it is shaded."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells. ``down`` and ``across`` are the kinds of unit; lines that share ``framed`` units are one frame.

    ``folded`` tells that the lines of the one frame follow each other as text does.
    """

    title: str
    down: tuple[Unit, ...]
    across: tuple[Unit, ...]
    framed: int
    lines: tuple[Line, ...]
    folded: bool = False

    @property
    def frames(self) -> list[list[Line]]:
        """The lines of each frame."""
        found: dict[Position, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.down[: self.framed], []).append(line)
        return list(found.values())

    @property
    def treatments(self) -> list[str]:
        """The texts of the cells, each once, in the order of the treatments."""
        numbered = {number: text for line in self.lines for _, text, number in line.cells}
        return [numbered[number] for number in sorted(numbered)]

    def line_label(self, line: Line) -> str:
        """What stands before a line: "block 2", "location 1, block 2"."""
        return ", ".join(f"{unit.name} {number}" for unit, number in zip(self.down, line.down, strict=True))

    @property
    def column_labels(self) -> list[str] | None:
        """What stands above the cells where one kind of unit crosses those down the page: c1, c2; otherwise None."""
        if len(self.across) != 1 or not _is_crossed(self.across[0], self.down):
            return None
        letter = self.across[0].name[0]
        return [f"{letter}{position[0]}" for position, *_ in self.lines[0].cells]


def _is_crossed(unit: Unit, others: tuple[Unit, ...]) -> bool:
    return any(set(unit.within) == set(other.within) for other in others)


def grid(model: MixedModel, seed: int | None = None) -> Grid:
    """The grid of a design, in order, or randomized by a seed.

    Raises
    ------
    TutorError
        For a model without a design.
    SizeError
        When a size of the design is a letter.
    """
    plan = plan_of(model)
    if seed is None:
        positions = plan.positions()
        levels = {letter: [level for (level,) in plan.layout.by_row(letter)] for letter in plan.treatments}
    else:
        positions, levels = drawn(plan, seed)
    down, across = _directions(plan)
    indices = [plan.layout.index(letter) for letter in plan.treatments]
    cells: dict[Position, dict[Position, tuple[str, int]]] = {}
    for row, position in enumerate(positions):
        at = dict(zip((unit.name for unit in plan.units), position, strict=True))
        own = [levels[index.letter][row] for index in indices]
        text = " ".join(
            index.row_word(level) or index.level_name(level) for index, level in zip(indices, own, strict=True)
        )
        number = 0
        for index, level in zip(indices, own, strict=True):
            number = number * int(index.size) + level - 1  # pyright: ignore[reportArgumentType]
        line = cells.setdefault(tuple(at[unit.name] for unit in down), {})
        line[tuple(at[unit.name] for unit in across)] = (text or "·", number)
    lines = [Line(key, tuple((k, *line[k]) for k in sorted(line))) for key, line in sorted(cells.items())]
    crossed = bool(down) and any(_is_crossed(unit, across) for unit in down[-1:])
    framed = len(down) - crossed
    if not down:
        lines = _folded(lines[0])
    return Grid(model.title, down, across, framed, tuple(lines), folded=not down)


def _directions(plan: Plan) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """The units that go down the page and those that go across; samples of a unit with treatments are not drawn."""
    shown = list(plan.plots)
    down, across = [], []
    for unit in shown:
        crosses = [other for other in shown if other is not unit and set(other.within) == set(unit.within)]
        first_of_crossed = bool(crosses) and shown.index(unit) < shown.index(crosses[0])
        assigned = bool(set(unit.letters) & set(plan.treatments))
        if across or (not first_of_crossed and (assigned or crosses)):
            across.append(unit)
        else:
            down.append(unit)
    if not across:
        across.append(down.pop())
    if not down and len(across) > 1:
        down.append(across.pop(0))
    return tuple(down), tuple(across)


def _folded(line: Line) -> list[Line]:
    """One line of many cells as several of about as many as there are lines."""
    width = max(4, isqrt(len(line.cells) - 1) + 1)
    return [Line(line.down, line.cells[start : start + width]) for start in range(0, len(line.cells), width)]
