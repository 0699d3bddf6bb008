"""Matrices typed over several lines with a pair of square brackets on each, put on one line as nested lists:

[X'X  X'Z] [β]   [X'y]
[Z'X  Z'Z] [u] = [Z'y]
"""

from __future__ import annotations

import re

from tutor.notation.parsing.blanks import cells_of

_ROW = re.compile(r"\[([^\[\]\n,;]*)\]")
_GAP = re.compile(r"\s{2,}")
MOST_LINES = 40
"""Lines of one matrix."""


def on_one_line(text: str) -> str:
    """The text with brackets that stand below each other as one matrix, and any other text as it is."""
    if "\n" not in text or "\\" in text or text.count("[") < 2:
        return text
    lines = text.split("\n")
    result: list[str] = []
    at = 0
    while at < len(lines):
        stop = _last_of_band(lines, at)
        joined = _joined(lines[at:stop]) if stop - at > 1 else None
        result.append(lines[at] if joined is None else joined)
        at = at + 1 if joined is None else stop
    return "\n".join(result)


def _last_of_band(lines: list[str], first: int) -> int:
    """Behind the last of the lines from one on that have as many brackets as it, and nothing else in brackets."""
    count = len(_ROW.findall(lines[first]))
    stop = first + 1
    while stop < min(len(lines), first + MOST_LINES) and count and _are_brackets(lines[stop], count):
        stop += 1
    return stop if count and _are_brackets(lines[first], count) else first + 1


def _are_brackets(line: str, count: int) -> bool:
    return len(_ROW.findall(line)) == count == line.count("[") == line.count("]")


def _joined(lines: list[str]) -> str | None:
    """The line on which the formula stands; None where more than one of the lines have text in the same place."""
    around = list(zip(*(_ROW.sub("\n", line).split("\n") for line in lines), strict=True))
    told = [[piece for piece in pieces if piece.strip()] for pieces in around]
    rows = list(zip(*(_ROW.findall(line) for line in lines), strict=True))
    matrices = [_matrix(list(row)) for row in rows]
    if any(len(pieces) > 1 for pieces in told) or any(matrix is None for matrix in matrices):
        return None
    pieces = [pieces[0] if pieces else " " for pieces in told]
    return "".join(piece + (matrix or "") for piece, matrix in zip(pieces, [*matrices, ""], strict=True))


def _matrix(rows: list[str]) -> str | None:
    """The rows as a nested list; None where they do not have as many cells, each, as the others."""
    apart = [_GAP.split(row.strip()) for row in rows]
    if len(set(map(len, apart))) > 1 or (len(apart[0]) == 1 and any(" " in row.strip() for row in rows)):
        parted = [cells_of(row.strip()) for row in rows]
        apart = parted if len(set(map(len, parted))) == 1 else []
    if not apart or not all(all(row) for row in apart):
        return None
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in apart) + "]"
