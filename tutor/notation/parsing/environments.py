r"""Matrices in a text: where an environment or a nested list ends, and where its cells are.

Cells are found by scanning for separators only, so that a large matrix costs its length and not its grammar.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.parsing.spelling import MATRIX_ENVIRONMENTS
from tutor.notation.parsing.token import Grid, Span

MOST_CELLS = 40_000
"""A 200 × 200 matrix; what is larger is no answer that a person writes."""

BEGIN = re.compile(r"\\begin\s*\{\s*([A-Za-z]+\*?)\s*\}")
_BORDER = re.compile(r"\\(begin|end)\s*\{\s*([A-Za-z]+\*?)\s*\}")
_OPTION = re.compile(r"\s*\[[^\[\]]*\]")
_COLUMNS = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_SEPARATOR = re.compile(
    r"\\\\(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|sp|\\\w+)\s*\])?|\\cr(?![A-Za-z])|\\tabularnewline(?![A-Za-z])"
    r"|\\begin(?![A-Za-z])|\\end(?![A-Za-z])|\\[{}&]|[&{}]"
)
_RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule)(?![A-Za-z])")
_NO_LIST_OF_LISTS = re.compile(r"\[(?!\s*\[\s*[^\[\s])")
_NESTED = re.compile(r"[\[\](),{}]")


def pairs(text: str) -> dict[int, tuple[int, int]]:
    r"""For each \begin its offset and where the matching \end starts and ends.

    Raises
    ------
    ReadError
        For a \begin without \end, an \end without \begin, or two that do not match.
    """
    found: dict[int, tuple[int, int]] = {}
    open_: list[re.Match[str]] = []
    for border in _BORDER.finditer(text):
        if border[1] == "begin":
            open_.append(border)
            continue
        if not open_:
            raise _unbalanced(f"\\end{{{border[2]}}} has no \\begin{{{border[2]}}} before it.", text, border)
        begin = open_.pop()
        if begin[2] != border[2]:
            raise _unbalanced(f"\\begin{{{begin[2]}}} is closed by \\end{{{border[2]}}}.", text, begin)
        found[begin.start()] = (border.start(), border.end())
    if open_:
        raise _unbalanced(f"\\begin{{{open_[-1][2]}}} is never closed.", text, open_[-1])
    return found


def _unbalanced(problem: str, text: str, border: re.Match[str]) -> ReadError:
    return ReadError(
        problem, text=text, start=border.start(), end=border.end(), kind="unbalanced",
        tip=rf"A matrix goes from \begin{{{border[2]}}} to \end{{{border[2]}}}.",
    )  # fmt: skip


def environment(text: str, begin: re.Match[str], closing: int) -> Grid:
    r"""The cells of a matrix environment whose \end starts at ``closing``.

    Raises
    ------
    ReadError
        For rows of different lengths (which row), or more than 40,000 cells.
    """
    start = begin.end()
    option = _OPTION.match(text, start, closing) if begin[1].endswith("*") else None
    if option is not None:
        start = option.end()
    if begin[1] == "array":
        columns = _COLUMNS.match(text, start, closing)
        start = columns.end() if columns is not None else start
    return Grid(_checked(text, _cells(text, start, closing), begin.start()), begin[1].rstrip("*"))


def is_matrix(name: str) -> bool:
    """Whether an environment of this name is a matrix."""
    return name in MATRIX_ENVIRONMENTS


def _cells(text: str, start: int, closing: int) -> list[list[Span]]:
    rows: list[list[Span]] = [[]]
    cell, depth, nested = start, 0, 0
    for mark in _SEPARATOR.finditer(text, start, closing):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == "\\begin":
            nested += 1
        elif sign == "\\end":
            nested -= 1
        elif depth <= 0 and nested == 0 and sign not in {"\\{", "\\}", "\\&"}:
            rows[-1].append(_trimmed(text, cell, mark.start()))
            cell = mark.end()
            if sign != "&":
                rows.append([])
    rows[-1].append(_trimmed(text, cell, closing))
    # A line break before \end, or a rule, begins no row.
    return [row for row in rows if not (len(row) == 1 and row[0].start == row[0].end)]


def _trimmed(text: str, start: int, end: int) -> Span:
    rule = _RULE.search(text, start, end)
    while rule is not None:
        start = rule.end()
        rule = _RULE.search(text, start, end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _checked(text: str, rows: list[list[Span]], start: int) -> tuple[tuple[Span, ...], ...]:
    count = sum(map(len, rows))
    if count > MOST_CELLS:
        raise ReadError(
            f"This matrix has {count:,} cells; at most {MOST_CELLS:,} can be read.", text=text, start=start,
            kind="too-large", tip="Write it by its structure, with I, J and Kronecker products.",
        )  # fmt: skip
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ragged(text, number, len(row), len(rows[0]), Span(row[0].start, row[-1].end))
    return tuple(map(tuple, rows))


def ragged(text: str, number: int, cells: int, expected: int, place: Span) -> ReadError:
    """The error for row ``number`` that has another number of cells than the first."""
    few = cells < expected
    return ReadError(
        f"Row {number} of the matrix has {_count(cells)}; the first row has {expected}.",
        text=text, start=place.start, end=place.end, kind="ragged-row",
        tip=f"Is an & or an entry missing in row {number}?" if few else f"Is there an & too many in row {number}?",
    )  # fmt: skip


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def nested_list(text: str, start: int, end: int) -> tuple[Grid, int] | None:
    """The cells of a list of lists, [[a, b], [c, d]], that opens at ``start``, and where it ends; None for another.

    Raises
    ------
    ReadError
        For rows of different lengths, or too many cells.
    """
    if _NO_LIST_OF_LISTS.match(text, start, end):
        return None
    rows: list[list[Span]] = []
    depth, cell = 0, start
    after_row = True
    for mark in _NESTED.finditer(text, start, end):
        sign = mark[0]
        if sign in "([{":
            depth += 1
            if depth == 2:
                if sign != "[" or not after_row or text[cell : mark.start()].strip(" \t\r\n["):
                    return None
                rows.append([])
                cell = mark.end()
        elif sign in ")]}":
            if depth == 2:
                if sign != "]":
                    return None
                last = _trimmed(text, cell, mark.start())
                if last.start != last.end:
                    rows[-1].append(last)
                after_row, cell = False, mark.end()
            depth -= 1
            if depth == 0:
                if sign != "]" or not rows or not all(rows) or text[cell : mark.start()].strip():
                    return None
                return Grid(_checked(text, rows, start), "list"), mark.end()
        elif depth == 2:
            rows[-1].append(_trimmed(text, cell, mark.start()))
            cell = mark.end()
        elif depth == 1:
            if text[cell : mark.start()].strip():
                return None
            after_row, cell = True, mark.end()
    return None
