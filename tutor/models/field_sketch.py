"""The field of a design as text: a frame for each block, a cell for each unit with its treatment."""

from __future__ import annotations

from dataclasses import dataclass
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from tutor.display import Shown
from tutor.models.field_grid import Grid, Line, grid

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


USUAL = 80
"""Columns of a terminal that does not tell its width."""

BESIDE = 3
"""Columns that a cell takes besides its words: blanks on both sides and a wall."""


@dataclass(frozen=True, slots=True, repr=False)
class FieldSketch(Shown):
    """A sketch that prints itself as wide as the terminal; a double line parts units of several cells, as whole plots.

    Lines that are too long have a row of text for each word of a treatment, and then are broken.
    """

    grid: Grid

    def __str__(self) -> str:
        return "\n".join(self.lines(get_terminal_size((USUAL, 24)).columns))

    __repr__ = __str__

    def lines(self, width: int) -> list[str]:
        """The sketch in lines of at most so many columns, as far as its labels and words allow."""
        return _lines(self.grid, width)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        for number, line in enumerate(self.lines(get_terminal_size((USUAL, 24)).columns)):
            if number:
                printer.break_()
            printer.text(line)


def sketch(model: MixedModel, *, seed: int | None = None) -> FieldSketch:
    """The field of a design, in order, or randomized by a seed.

    Raises
    ------
    TutorError
        For a model without a design.
    SizeError
        When a size of the design is a letter.

    >>> from tutor.models.catalogue import rcbd
    >>> sketch(rcbd(3, 2))
            ┌────┬────┬────┐
    block 1 │ τ1 │ τ2 │ τ3 │
            └────┴────┴────┘
            ┌────┬────┬────┐
    block 2 │ τ1 │ τ2 │ τ3 │
            └────┴────┴────┘
    """
    from tutor.models import field_forms  # noqa: F401  (it registers how a sketch is written in other dialects)

    return FieldSketch(grid(model, seed))


def _lines(of: Grid, most: int) -> list[str]:
    labels = [of.line_label(line) for line in of.lines]
    margin = max(map(len, labels))
    blank = " " * (margin + 1 if margin else 0)
    room = most - len(blank) - 1
    words = [cell.words for line in of.lines for cell in line.cells]
    width = max(len(" ".join(each)) for each in words)
    stacked = of.longest * (width + BESIDE) > room
    if stacked:
        width = max(len(word) for each in words for word in each)
        of = of.within(max(1, room // (width + BESIDE)))
    found: list[str] = []
    titles = of.column_labels
    if titles is not None:
        found.append(blank + "  " + "   ".join(title.ljust(width) for title in titles).rstrip())
    for frame in of.frames:
        above: Line | None = None
        for line in frame:
            found.append(blank + _border(above, line, width))
            first, *others = _cells(line, width, stacked)
            label = of.line_label(line).ljust(margin) + " " if margin else ""
            found += [label + first, *(blank + other for other in others)]
            above = line
        found.append(blank + _border(above, None, width))
    return [*found, of.note] if of.note else found


def _cells(line: Line, width: int, stacked: bool) -> list[str]:
    """The rows of text of one line: one, or one for each word of a treatment."""
    texts = [cell.words if stacked else (cell.text,) for cell in line.cells]
    rows = []
    for row in zip(*texts, strict=True):
        walls = ["║" if parted(line, number) else "│" for number in range(len(row))]
        rows.append("│" + "".join(f" {told.ljust(width)} {wall}" for told, wall in zip(row, walls, strict=True)))
    return rows


def parted(line: Line, number: int) -> bool:
    """Whether the cell after this one lies in another of the units that hold several cells."""
    if number + 1 == len(line.cells):
        return False
    return line.cells[number + 1].boundary(line.cells[number]) > 0


_JOINTS = {  # (a line above, a line below, parted above, parted below)
    (False, True, False, False): "┬",
    (False, True, False, True): "╥",
    (True, False, False, False): "┴",
    (True, False, True, False): "╨",
    (True, True, False, False): "┼",
    (True, True, True, True): "╫",
    (True, True, True, False): "╨",
    (True, True, False, True): "╥",
}


def _border(above: Line | None, below: Line | None, width: int) -> str:
    """The rule between two lines of cells, or at an end of a frame; a shorter line below is closed before its end."""
    upper = 0 if above is None else len(above.cells)
    lower = 0 if below is None else len(below.cells)
    text = "┌" if not upper else "└" if not lower else "├"
    for number in range(max(upper, lower)):
        text += "─" * (width + 2)
        in_upper, in_lower = number + 1 < upper, number + 1 < lower
        ends_upper, ends_lower = number + 1 == upper, number + 1 == lower
        if in_upper or in_lower:
            parted_above = above is not None and in_upper and parted(above, number)
            parted_below = below is not None and in_lower and parted(below, number)
            reaches_down = in_lower or ends_lower
            text += _JOINTS[in_upper, reaches_down, parted_above, parted_below]
        elif ends_upper and ends_lower:
            text += "┤"
        else:
            text += "┘" if ends_upper else "┐"
    return text
