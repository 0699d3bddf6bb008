"""The field of a design as a grid: which units stand in lines, which side by side, and what each cell holds.

Units to which nothing is assigned (blocks, locations, rows of a square) go down the page; those with treatments go
across it, the outermost down if nothing else does. Of units that cross, the first goes down and the second across.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isqrt
from typing import TYPE_CHECKING

import sympy

from tutor.models.plan import Plan, Position, Unit
from tutor.models.randomization import drawn, plan_of
from tutor.models.words import count

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


EMPTY = "·"
"""What stands in a cell to which nothing was assigned, as an observation of a group."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the units across to which it belongs, its treatment in a word for each factor, and its number.

    By the number of its treatment it is shaded.
    """

    across: Position
    words: tuple[str, ...]
    number: int

    @property
    def text(self) -> str:
        """The treatment on one line."""
        return " ".join(self.words)

    def boundary(self, before: Cell) -> int:
        """How many kinds of unit end between the cell before this one and it, the cells themselves not counted."""
        differ = next((k for k, pair in enumerate(zip(self.across, before.across, strict=True)) if pair[0] != pair[1]),
                      len(self.across) - 1)  # fmt: skip
        return len(self.across) - 1 - differ


@dataclass(frozen=True, slots=True)
class Line:
    """One line of cells: the units down the page to which it belongs, and the cells with their units across.

    ``continued`` tells that it goes on with the line before, which would be too long.
    """

    down: Position
    cells: tuple[Cell, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of cells. ``down`` and ``across`` are the kinds of unit; lines that share ``framed`` units are one frame.

    ``folded`` tells that the lines of the one frame follow each other as text does, ``note`` what a cell stands for
    where that is more than one observation.
    """

    title: str
    down: tuple[Unit, ...]
    across: tuple[Unit, ...]
    framed: int
    lines: tuple[Line, ...]
    folded: bool = False
    note: str = ""

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
        numbered = {cell.number: cell.text for line in self.lines for cell in line.cells}
        return [numbered[number] for number in sorted(numbered)]

    def line_label(self, line: Line) -> str:
        """What stands before a line: "block 2", "location 1, block 2"; nothing where a line is continued."""
        if self.folded or line.continued:
            return ""
        return ", ".join(f"{unit.name} {number}" for unit, number in zip(self.down, line.down, strict=True))

    @property
    def longest(self) -> int:
        """The cells of the longest line."""
        return max(len(line.cells) for line in self.lines)

    def within(self, most: int) -> Grid:
        """The same with lines of at most so many cells, broken between units of several cells where that can be.

        Lines under which others stand in columns are left as they are.
        """
        if self.longest <= most:
            return self
        if self.folded:
            return replace(self, lines=tuple(_refolded(self.lines, most)))
        if self.column_labels is not None or len(self.lines) > len(self.frames):
            return self
        return replace(self, lines=tuple(part for line in self.lines for part in _broken(line, most)))

    @property
    def column_labels(self) -> list[str] | None:
        """What stands above the cells where one kind of unit crosses those down the page: c1, c2; otherwise None."""
        if len(self.across) != 1 or not _is_crossed(self.across[0], self.down):
            return None
        letter = self.across[0].name[0]
        return [f"{letter}{cell.across[0]}" for cell in self.lines[0].cells]


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
    cells: dict[Position, dict[Position, Cell]] = {}
    for row, position in enumerate(positions):
        at = dict(zip((unit.name for unit in plan.units), position, strict=True))
        own = [levels[index.letter][row] for index in indices]
        words = tuple(
            index.row_word(level) or index.level_name(level) for index, level in zip(indices, own, strict=True)
        )
        number = 0
        for index, level in zip(indices, own, strict=True):
            number = number * int(index.size) + level - 1  # pyright: ignore[reportArgumentType]
        line = cells.setdefault(tuple(at[unit.name] for unit in down), {})
        place = tuple(at[unit.name] for unit in across)
        line[place] = Cell(place, words or (EMPTY,), number)
    lines = [Line(key, tuple(line[k] for k in sorted(line))) for key, line in sorted(cells.items())]
    crossed = bool(down) and any(_is_crossed(unit, across) for unit in down[-1:])
    framed = len(down) - crossed
    if not down:
        lines = _folded(lines[0])
    return Grid(model.title, down, across, framed, tuple(lines), folded=not down, note=_note(plan, down, across))


def _note(plan: Plan, down: tuple[Unit, ...], across: tuple[Unit, ...]) -> str:
    """What a cell is where nothing else names it or its parts are not drawn: "each cell: one plot (2 samples)"."""
    hidden = [unit for unit in plan.units if unit not in plan.plots]
    if not hidden and (down or across[-1].name == "plot"):
        return ""
    counts = " × ".join(count(sympy.Integer(_size(plan, unit)), unit.name) for unit in hidden)
    inner = across[-1].name if not any(_is_crossed(unit, across[-1:]) for unit in down) else "combination"
    return f"each cell: one {inner}" + (f" ({counts})" if counts else "")


def _size(plan: Plan, unit: Unit) -> int:
    """The most that one holder has of a unit."""
    return max(position[plan.units.index(unit)] for position in plan.positions())


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
    return _refolded([line], max(4, isqrt(len(line.cells) - 1) + 1))


def _refolded(lines: Iterable[Line], width: int) -> list[Line]:
    """Lines that follow each other as text does, of so many cells."""
    cells = tuple(cell for line in lines for cell in line.cells)
    return [Line((), cells[start : start + width]) for start in range(0, len(cells), width)]


def _broken(line: Line, most: int) -> list[Line]:
    """A line as several of at most so many cells, of about one length; where its parts fit, it breaks between them."""
    for depth in range(len(line.cells[0].across) - 1, -1, -1):
        runs = _runs(line.cells, depth) if depth else [[cell] for cell in line.cells]
        if len(runs) > 1 and max(map(len, runs)) <= most:
            break
    else:
        return [line]
    full = _filled(runs, most)
    even = _filled(runs, -(-len(line.cells) // len(full)))
    parts = even if len(even) == len(full) else full
    return [Line(line.down, tuple(part), continued=number > 0) for number, part in enumerate(parts)]


def _filled(runs: list[list[Cell]], most: int) -> list[list[Cell]]:
    """Runs one after another in parts, a new one where a run would make one longer than so many cells."""
    parts: list[list[Cell]] = [[]]
    for run in runs:
        if parts[-1] and len(parts[-1]) + len(run) > most:
            parts.append([])
        parts[-1].extend(run)
    return parts


def _runs(cells: Iterable[Cell], depth: int) -> list[list[Cell]]:
    """Cells in runs that are parted by boundaries of at least so many kinds of unit."""
    runs: list[list[Cell]] = []
    for cell in cells:
        if runs and cell.boundary(runs[-1][-1]) < depth:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs
