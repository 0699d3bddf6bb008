r"""The rows of a matrix as people lay them out, made into rows of equal length.

Labels beside a matrix name its rows and columns and are no cells of it. A cell may span columns; an & may be lost
beside dots; a row may hold one \vdots for all of its cells, or end where its triangle ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tutor.errors import ReadError
from tutor.notation.parsing.spelling import ELLIPSES
from tutor.notation.parsing.token import Span

Rows = list[list[Span]]

_DOTS_WORDS = "|".join(sorted(ELLIPSES))
DOTS = re.compile(rf"\\(?:{_DOTS_WORDS})(?![A-Za-z])|[…⋯⋮⋱]|\.\.\.")
_WORDS = re.compile(
    r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z])|\\(?:script|text)style(?![A-Za-z])"
    r"|\\(?:text\w*|mbox|mathrm|h?phantom)\s*\{(?:[^{}]|\{[^{}]*\})*\})*"
)
_HAS_WORDS = re.compile(r"\\(?:text\w*|mbox)\s*\{")
_SYMMETRIC = re.compile(
    r"\s*(?:\\(?:text|textrm|textit|mathrm|mbox)\s*\{\s*)?(?:\(\s*)?(?:sym(?:m(?:etric)?)?)\.?(?:\s*\))?\s*\}?\s*", re.I
)
_SPREAD = re.compile(r"\\(?:sigma|tau|psi|omega)(?![A-Za-z])|[στψω]")
"""A variance or a standard deviation."""

_MIRRORED = re.compile(r"\s*(?:\\cdot|\\ast|\\bullet|[·⋅•*.])\s*")
"""What stands in a cell in place of an entry that another has already."""

_NUMBER = re.compile(r"[-+−]?[0-9.]+")
_SPAN = re.compile(r"\\multicolumn\s*\{\s*([0-9]{1,3})\s*\}\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{")
_REPEATED = re.compile(r"\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{\s*0\s*\})?\s*")
_ZERO = re.compile(r"\s*(?:0|\\(?:mathbf|boldsymbol|bm)\s*\{\s*0\s*\}|\\(?:mathbf|boldsymbol|bm)\s*0)\s*")
_SPACE = re.compile(r"\s*(?:\\(?:[;:,! ]|q?quad(?![A-Za-z]))\s*)+")
_BRACKETED = re.compile(
    r"(?:[^&\\]|\\(?!begin)[A-Za-z]+)*?(?:\\begin\s*\{\s*[bpB]matrix\*?\s*\}|\\left\s*[\[(]\s*\\begin\s*\{\s*array\s*\})"
)

Blank = Literal["", "dotted", "zero", "above", "below", "missing"]
"""What blank cells stand for: nothing is blank; zeros beside dots; zeros; the triangle above or below the diagonal,
left out; an entry that was forgotten."""


def labelled_body(text: str, rows: Rows) -> Span | None:
    """The cell with the bracketed matrix of a layout whose other cells are its labels; None for another layout."""
    bodies = [span for row in rows for span in row if _BRACKETED.match(text, span.start, span.end)]
    return bodies[0] if len(bodies) == 1 and sum(map(len, rows)) > 1 else None


def without_labels(text: str, rows: Rows) -> Rows:
    """The rows without a first row, and then without a first column, that hold nothing but words."""
    if len(rows) > 1 and _are_words(text, rows[0]):
        corner, rows = rows[0][0], rows[1:]
        firsts = [row[0] for row in rows]
        # A blank corner above names, which a matrix of numbers has not, stands above labels of the rows.
        named = not any(_NUMBER.match(text, cell.start, cell.end) for cell in firsts)
        if corner.start == corner.end and named and all(len(row) > 1 for row in rows):
            return [row[1:] for row in rows]
    if all(len(row) > 1 for row in rows) and _are_words(text, [row[0] for row in rows]):
        rows = [row[1:] for row in rows]
    return rows


def _are_words(text: str, cells: Sequence[Span]) -> bool:
    return all(_WORDS.fullmatch(text, cell.start, cell.end) for cell in cells) and any(
        _HAS_WORDS.search(text, cell.start, cell.end) for cell in cells
    )


def spread(text: str, rows: Rows) -> Rows:
    r"""The rows with each \multicolumn as the cells that it covers: zeros, blanks, dots or words.

    Raises
    ------
    ReadError
        "spanning-cell", where it covers more than one cell and holds something else.
    """
    if "\\multicolumn" not in text:
        return rows
    return [[cell for span in row for cell in _spread_cell(text, span)] for row in rows]


def apart_by_spaces(text: str, rows: Rows) -> Rows:
    r"""The rows of one cell each in which spaces part as many entries, one of them a zero, \mathbf{G} \; 0 \\ 0 \;
    \mathbf{R}: nobody multiplies by a zero. Other rows are as they are."""
    if len(rows) < 2 or any(len(row) != 1 for row in rows):
        return rows
    told = [_entries(text, row[0]) for row in rows]
    are_zeros = [_ZERO.fullmatch(text, entry.start, entry.end) is not None for row in told for entry in row]
    return told if len(set(map(len, told))) == 1 and len(told[0]) > 1 and any(are_zeros) else rows


def _entries(text: str, cell: Span) -> list[Span]:
    """The entries of a cell between spaces."""
    entries: list[Span] = []
    start = cell.start
    for space in _SPACE.finditer(text, cell.start, cell.end):
        entries.append(Span(start, space.start()))
        start = space.end()
    entries.append(Span(start, cell.end))
    return [entry for entry in entries if entry.start < entry.end]


def _spread_cell(text: str, span: Span) -> list[Span]:
    found = _SPAN.match(text, span.start, span.end)
    if found is None or text[span.end - 1] != "}":
        return [span]
    inner = Span(found.end(), span.end - 1)
    count = int(found[1])
    content = text[inner.start : inner.end]
    repeated = _REPEATED.fullmatch(content) or DOTS.fullmatch(content.strip()) or _WORDS.fullmatch(content)
    if count > 1 and not repeated:
        raise ReadError(
            f"One entry spans {count} columns here.", text=text, start=span.start, end=span.end, kind="spanning-cell",
            tip="Write the entry of each column.",
        )  # fmt: skip
    return [inner] * count


def completed(text: str, rows: Rows) -> Rows:
    r"""Rows that are shorter than the first one made as long, where what is left out is certain."""
    lengths = [len(row) for row in rows]
    is_triangle = lengths == list(range(1, len(rows) + 1))
    if is_triangle and (len(rows) > 2 or (len(rows) == 2 and _is_diagonal(text, rows[0][0], rows[1][1]))):
        # A lower triangle, its rows ended where they end.
        return [[*row, *([_after(row)] * (len(rows) - len(row)))] for row in rows]
    rows = [_without_blank_end(row, lengths[0]) for row in rows]
    width = max(map(len, rows), default=0)
    return [_completed_row(text, row, width) if len(row) < width else row for row in rows]


def _is_diagonal(text: str, first: Span, last: Span) -> bool:
    """Whether two entries look like a diagonal, as 1 and 1 of a correlation matrix and two standard deviations: one
    that stands alone in its row may have lost its neighbour otherwise."""
    entries = [text[span.start : span.end] for span in (first, last)]
    return entries[0] == entries[1] or all(_SPREAD.match(entry) is not None for entry in entries)


def _without_blank_end(row: list[Span], width: int) -> list[Span]:
    """A row without the blank cells that stand beyond the width of the first one, as an & too many makes them."""
    end = len(row)
    while end > width and row[end - 1].start == row[end - 1].end:
        end -= 1
    return row[:end]


def _after(row: Sequence[Span]) -> Span:
    return Span(row[-1].end, row[-1].end)


def _completed_row(text: str, row: list[Span], width: int) -> list[Span]:
    if len(row) == 1 and DOTS.fullmatch(text, row[0].start, row[0].end):
        return row * width
    cut = [cell for span in row for cell in _cut_at_dots(text, span)]
    if len(cut) == width:
        return cut
    return row


def _cut_at_dots(text: str, span: Span) -> list[Span]:
    r"""A cell such as \dots 1 as two, dots and what stands beside them: their & is lost."""
    ahead = DOTS.match(text, span.start, span.end)
    if ahead is not None:
        rest = Span(_skipped(text, ahead.end(), span.end), span.end)
        return [Span(span.start, ahead.end()), rest] if rest.start < rest.end else [span]
    behind = [found for found in DOTS.finditer(text, span.start, span.end) if found.end() == span.end]
    if behind and behind[0].start() > span.start:
        start = behind[0].start()
        return [Span(span.start, start - (text[start - 1].isspace())), Span(start, span.end)]
    return [span]


def _skipped(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def mirrored_cells(text: str, rows: Sequence[Sequence[Span]]) -> Sequence[Sequence[Span]] | None:
    r"""The rows with \text{sym.}, which says that a triangle mirrors the other, as a blank cell; None without the word.

    Raises
    ------
    ReadError
        "missing-operand", where more than that triangle is left out, so that the word does not tell what stands there.
    """
    words = [span for row in rows for span in row if _SYMMETRIC.fullmatch(text, span.start, span.end)]
    if not words:
        return _without_points(text, rows)
    blanked = [[Span(span.end, span.end) if span in words else span for span in row] for row in rows]
    if blanks(text, blanked) not in {"above", "below"}:
        raise ReadError(
            "Not all cells on one side of the diagonal, and only they, are left out.", text=text, start=words[0].start,
            end=words[0].end, kind="missing-operand", tip="Write every cell on the other side and on the diagonal.",
        )  # fmt: skip
    return blanked


def _without_points(text: str, rows: Sequence[Sequence[Span]]) -> Sequence[Sequence[Span]] | None:
    """The rows with blank cells for the points that fill one triangle; None where they do not."""
    points = {span for row in rows for span in row if _MIRRORED.fullmatch(text, span.start, span.end)}
    if not points:
        return None
    blanked = [[Span(span.end, span.end) if span in points else span for span in row] for row in rows]
    return blanked if blanks(text, blanked) in {"above", "below"} else None


def _mirrored(places: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(j, i) for i, j in places}


def blanks(text: str, rows: Sequence[Sequence[Span]]) -> Blank:
    """What the blank cells of a matrix stand for.

    Beside dots, and where at least two are blank and no 0 is written, they are zeros: a diagonal, an incidence matrix.
    A whole triangle that is blank is left out.
    """
    places = {(i, j) for i, row in enumerate(rows) for j, span in enumerate(row) if span.start == span.end}
    if not places:
        return ""
    spans = [span for row in rows for span in row]
    order = len(rows)
    if any(DOTS.fullmatch(text, span.start, span.end) for span in spans):
        return _dotted_triangle(text, rows, places) if order == len(rows[0]) else "dotted"
    if order == len(rows[0]):
        triangle = {(i, j) for i in range(order) for j in range(i)}
        beside = [rows[j][i] for i, j in places if i != j]
        diagonal = [rows[i][i] for i in range(order)]
        are_noughts = all(text[span.start : span.end] == "0" for span in beside) and places <= triangle | _mirrored(
            triangle
        )
        is_half = places in (triangle, _mirrored(triangle))
        if are_noughts and (is_half or all(_SPREAD.match(text, span.start) for span in diagonal)):
            return "zero"  # mirrored or not
        if places == triangle:
            return "below"
        if places == _mirrored(triangle):
            return "above"
    written = (text[span.start : span.end] for span in spans)
    return "missing" if len(places) in {1, len(spans)} or "0" in written else "zero"


def _dotted_triangle(text: str, rows: Sequence[Sequence[Span]], places: set[tuple[int, int]]) -> Blank:
    """Which triangle beside dots is left blank, where the other one has entries that are not zero; else zeros."""
    order = len(rows)
    triangle = {(i, j) for i in range(order) for j in range(i)}
    if places not in (triangle, _mirrored(triangle)):
        return "dotted"
    facing = (rows[j][i] for i, j in places)
    told = [text[span.start : span.end] for span in facing if not DOTS.fullmatch(text, span.start, span.end)]
    if not told or "0" in told:
        return "dotted"
    return "below" if places == triangle else "above"
