"""Cells in columns beside each other at a terminal, broken within their columns where a line has no room for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.line_breaks import broken, paragraph, sentences

GAP = 2
"""Blanks between two columns."""

MOST_LINES = 2
"""A formula that would take more lines than this is not set beside so many columns."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is broken where a formula may be; what is a string is broken between its words."""

    text: str


Cell = str | Formula


def in_columns(lines: Sequence[Sequence[Cell]], width: int | None = None) -> str:
    """Lines of as many cells each, in columns; within ``width`` if they can be, the widest column narrowed first.

    What has no room even so, or would have formulas in many short lines, is set as several tables below each other,
    each with the first column.

    >>> print(in_columns([["source", "E(MS)"], ["block", Formula("σ² + t σ²_u")]], 16))
    source  E(MS)
    block   σ²
            + t σ²_u
    """
    columns = [list(column) for column in zip(*lines, strict=True)]
    told = [[[_text(cell)] for cell in column] for column in columns]
    if width is None or _total(map(_width, told)) <= width:
        return "\n".join(_beside(told))
    first, *others = columns
    tables: list[str] = []
    while others:
        # One column beside the first is taken as it comes.
        taken = next((n for n in range(len(others), 1, -1) if _fitted([first, *others[:n]], width, MOST_LINES)), 1)
        fitting = _fitted([first, *others[:taken]], width)
        if not fitting:
            whole = _beside([[[_text(cell)] for cell in column] for column in (first, *others[:taken])])
            fitting = [part for line in whole for part in paragraph(line, width)]
        tables.append("\n".join(fitting))
        others = others[taken:]
    return "\n\n".join(tables)


def _fitted(columns: Sequence[Sequence[Cell]], width: int, most_lines: int | None = None) -> list[str]:
    """The lines of a table within a width; none where its columns cannot be made so narrow, or a formula would take
    more than ``most_lines`` of them."""
    told = [[[_text(cell)] for cell in column] for column in columns]
    wide = [*map(_width, told)]
    narrowing = set(range(len(columns)))
    while _total(wide) > width and narrowing:
        widest = max(sorted(narrowing), key=wide.__getitem__)
        narrower = [_broken(cell, wide[widest] - 1) for cell in columns[widest]]
        if _width(narrower) < wide[widest]:
            told[widest], wide[widest] = narrower, _width(narrower)
        else:
            narrowing.remove(widest)
    if most_lines is not None and any(
        isinstance(cell, Formula) and len(lines) > most_lines
        for column, cells in zip(columns, told, strict=True)
        for cell, lines in zip(column, cells, strict=True)
    ):
        return []
    return _beside(told) if _total(wide) <= width else []


def _total(widths: Iterable[int]) -> int:
    """The width of columns with the gaps between them."""
    return sum(width + GAP for width in widths) - GAP


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Formula) else cell


def _broken(cell: Cell, width: int) -> list[str]:
    """A cell in lines; one that is empty has one line too."""
    if isinstance(cell, Formula):
        return broken(cell.text, width)
    return sentences(cell, width) or [""]


def _width(column: Sequence[Sequence[str]]) -> int:
    return max(display_width(line) for cell in column for line in cell)


def _beside(columns: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    widths = [_width(column) for column in columns]
    return [
        (" " * GAP).join(padded(part, width) for part, width in zip(parts, widths, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
        for parts in zip_longest(*row, fillvalue="")
    ]
