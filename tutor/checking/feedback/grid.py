"""The grid of a small matrix: ● where an entry is as in the model, ○ where it is not."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.checking.verdict import Cell

MOST_ROWS = 8
"""A larger matrix is told in words only."""

RIGHT, WRONG = "●", "○"


def grid(cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str]) -> str:
    """The grid with these labels of its rows and columns; "" for a matrix that is too large, or all wrong.

    >>> print(grid([Cell(0, 1), Cell(1, 0)], ["y_1", "y_2"], ["y_1", "y_2"]))
        y_1 y_2
    y_1  ●   ○
    y_2  ○   ●      ● as in the model   ○ not
    """
    wrong = {(cell.row, cell.column) for cell in cells}
    if not 1 < len(rows) <= MOST_ROWS or not 1 < len(columns) <= MOST_ROWS or len(wrong) == len(rows) * len(columns):
        return ""
    width = max(map(len, columns), default=1)
    margin = max(map(len, rows), default=1)
    lines = [" " * margin + " " + " ".join(label.rjust(width) for label in columns)]
    for i, label in enumerate(rows):
        marks = (WRONG if (i, j) in wrong else RIGHT for j in range(len(columns)))
        lines.append(label.ljust(margin) + " " + " ".join(mark.center(width) for mark in marks))
    lines = [line.rstrip() for line in lines]
    lines[-1] += f"      {RIGHT} as in the model   {WRONG} not"
    return "\n".join(lines)
