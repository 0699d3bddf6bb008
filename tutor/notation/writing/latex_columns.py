"""Cells of a table in LaTeX, over several lines where their columns would be wider than the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tutor.notation.writing.latex_display import lines_of_words, stacked_latex, widest, words_in_lines, words_latex
from tutor.notation.writing.latex_lines import latex_lines
from tutor.notation.writing.latex_width import PAGE

_BETWEEN = 1.0
"""The room around a column, in ems."""

_NARROWEST = 6.0
"""No column is made narrower."""

_CHARACTERS = (72, 60, 50, 42, 34, 28, 22, 17, 12)
"""Of a line of words: the first for which there is room."""


HEADED = r" \rule{0pt}{2.8ex}"
"""Ends the first row below a rule, which would touch what is in the row."""

APART = r" \\[0.5ex]"
"""Ends the others: a square above a subscript is as tall as a row, and would touch that of the row before."""


@dataclass(frozen=True, slots=True)
class LatexCell:
    """A formula in LaTeX, or words and what writes a line of them; words in which single letters are no matrices are
    told as they stand, by a dialect's ``verbatim``."""

    formula: str
    words: str = ""
    tell: Callable[[str], str] = words_latex

    @property
    def text(self) -> str:
        """The cell on one line."""
        return self.tell(self.words) if self.words else self.formula


def fitted_cells(rows: Sequence[Sequence[LatexCell]], room: float = PAGE) -> list[list[str]]:
    """The cells of rows of one length; those of the widest columns in lines where the page has no room for them."""
    rooms = rooms_of_columns(rows, room)
    return [[cell.text if most is None else _in_lines(cell, most) for cell, most in zip(row, rooms, strict=True)]
            for row in rows]  # fmt: skip


def rooms_of_columns(rows: Sequence[Sequence[LatexCell]], room: float = PAGE) -> list[float | None]:
    """What each column of rows of one length may take, in ems; None for one that has room as it is."""
    widths = [widest([cell.text for cell in column]) for column in zip(*rows, strict=True)]
    most = _widest_allowed(widths, room - _BETWEEN * len(widths))
    return [most if width > most else None for width in widths]


def words_of_cell(words: str, room: float, tell: Callable[[str], str]) -> list[str]:
    """Words of a cell in lines that its column has room for; ``tell`` writes one of them in LaTeX."""
    return lines_of_words(words, room, _CHARACTERS, tell)


def _widest_allowed(widths: Sequence[float], room: float) -> float:
    """The width to which the widest columns are cut so that all have room together."""
    left = sorted(widths, reverse=True)
    for number, width in enumerate(left, 1):
        narrower = left[number] if number < len(left) else 0.0
        most = (room - sum(left[number:])) / number
        if most >= narrower:
            return max(min(most, width) if number > 1 else most, _NARROWEST)
    return _NARROWEST


def _in_lines(cell: LatexCell, room: float) -> str:
    return stacked_latex(
        words_in_lines(cell.words, room, _CHARACTERS, cell.tell) if cell.words else latex_lines(cell.formula, room)
    )
