"""Text in columns for a terminal: brackets that span lines, and the part of a large table that is worth showing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

LONGEST_LABEL = 24
"""Labels from data may be sentences; more than this is cut."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The lines that are shown of ``total``: the first ``head`` and the last ``tail``, all if they meet."""

    total: int
    head: int
    tail: int

    @property
    def indices(self) -> tuple[int | None, ...]:
        """Indices of the lines shown; None stands for those left out."""
        if self.is_whole:
            return tuple(range(self.total))
        return (*range(self.head), None, *range(self.total - self.tail, self.total))

    @property
    def is_whole(self) -> bool:
        return self.head + self.tail >= self.total

    def left_out(self, what: str) -> str:
        """What is not shown, in words."""
        first, last = self.head + 1, self.total - self.tail
        return f"{what} {first} not shown" if first == last else f"{what}s {first} to {last} not shown"


def select(total: int, most: int, head: int = 6, tail: int = 3) -> Selection:
    """All of ``total`` lines if there are at most ``most``, otherwise the first and the last few."""
    if total <= most:
        return Selection(total, total, 0)
    head = max(1, min(head, most - 2))
    return Selection(total, head, max(1, min(tail, most - 1 - head)))


def display_width(text: str) -> int:
    """The number of terminal columns that a text takes.

    >>> display_width("σ²_u"), display_width("中")
    (4, 2)
    """
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, width: int, align: str = "left") -> str:
    """The text with blanks up to a width; ``align`` is left, right or centre."""
    gap = max(0, width - display_width(text))
    left = {"left": 0, "right": gap, "centre": gap // 2}[align]
    return " " * left + text + " " * (gap - left)


def label(text: str) -> str:
    """A label fit for one line: no control characters, and not too long."""
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    while display_width(clean) > LONGEST_LABEL:
        clean = clean[:-2] + "…"
    return clean


_NUMBER = re.compile(r"([-−]?\d+)(\.\d+)?")


def is_number(text: str) -> bool:
    """Whether a text is a whole or decimal number, which may be negative."""
    return _NUMBER.fullmatch(text) is not None


def lacking(cells: Sequence[str]) -> list[tuple[str, str]] | None:
    """What each number of a column lacks beside the longest: digits before, and behind with the point; None where not
    all are numbers or empty, or but one is a number.

    >>> lacking(["-5.4", "10", ""])
    [('', ''), ('', '.0'), ('', '')]
    >>> lacking(["7", "104.25", "-3"])
    [('00', '.00'), ('', ''), ('0', '.00')]
    >>> lacking(["7", "seven"])
    """
    told = [_NUMBER.fullmatch(cell) for cell in cells]
    if any(cell and number is None for cell, number in zip(cells, told, strict=True)) or sum(map(bool, told)) < 2:
        return None
    before = max(len(number[1]) for number in told if number)
    behind = max(len(number[2] or "") for number in told if number)
    return [_lacks(number, before, behind) if number else ("", "") for number in told]


def _lacks(number: re.Match[str], before: int, behind: int) -> tuple[str, str]:
    own = len(number[2] or "")
    point = "." if behind and not own else ""
    return "0" * (before - len(number[1])), point + "0" * (behind - own - len(point))


def points_aligned(cells: Sequence[str]) -> list[str]:
    """Numbers of one column with their decimal points above each other; other cells as they are."""
    found = lacking(cells)
    if found is None:
        return list(cells)
    return [f"{' ' * len(before)}{cell}{' ' * len(behind)}" if cell else cell
            for cell, (before, behind) in zip(cells, found, strict=True)]  # fmt: skip


def aligned(cells: Sequence[str]) -> list[str]:
    """Numbers of one column with their decimal points above each other, other cells centred."""
    width = max(map(display_width, told := points_aligned(cells)))
    return [padded(cell, width, "centre") for cell in told]


def brackets(height: int) -> list[tuple[str, str]]:
    """The bracket signs of each line of a matrix."""
    if height == 1:
        return [("[", "]")]
    return [("⎡", "⎤"), *[("⎢", "⎥")] * (height - 2), ("⎣", "⎦")]


def matrix_lines(
    cell: Callable[[int, int], str],
    shape: tuple[int, int],
    *,
    row_labels: Sequence[str] | None = None,
    column_labels: Sequence[str] | None = None,
    width: int = 100,
    max_rows: int = 24,
) -> tuple[list[str], Selection, Selection]:
    """The lines of a matrix with brackets and labels, and which rows and columns they show.

    ``cell`` gives the text of an entry; it is asked only for entries that may be shown.
    """
    rows = select(shape[0], max_rows)
    names = [label(text) for text in row_labels] if row_labels else []
    shown_names = ["⋮" if row is None else names[row] for row in rows.indices] if names else []
    names_width = max(map(display_width, shown_names), default=-2) + 2

    def column_of(column: int) -> list[str]:
        texts = aligned([cell(row, column) for row in rows.indices if row is not None])
        gap = padded("⋮", display_width(texts[0]), "centre")
        filled = iter(texts)
        body = [gap if row is None else next(filled) for row in rows.indices]
        head = label(column_labels[column]) if column_labels else ""
        wide = max(display_width(head), display_width(body[0]))
        return [padded(text, wide, "centre") for text in (head, *body)]

    room = width - names_width - 4
    for gap in (3 if column_labels else 2, 1):
        first, last, columns = _fitting(column_of, shape[1], room, gap)
        if columns.is_whole or sum(display_width(part[0]) + gap for part in (*first, *last)) + 1 <= room:
            break
    else:
        first, last, columns = first[:1], [], Selection(shape[1], 1, 0)  # not even the first and the last one fit
    between = ["…" if row is not None else "⋱" for row in rows.indices]
    parts = first if columns.is_whole else [*first, [" ", *between], *last]
    lines: list[str] = []
    if column_labels:
        lines.append((" " * (names_width + 2) + (" " * gap).join(part[0] for part in parts)).rstrip())
    for number, (left, right) in enumerate(brackets(len(rows.indices))):
        name = padded(shown_names[number], names_width) if shown_names else ""
        lines.append(f"{name}{left} {(' ' * gap).join(part[number + 1] for part in parts)} {right}")
    return lines, rows, columns


def _fitting(
    column_of: Callable[[int], list[str]], total: int, room: int, gap: int
) -> tuple[list[list[str]], list[list[str]], Selection]:
    """As many first and last columns as there is room for: two first ones to each last one."""
    taken: dict[int, list[str]] = {}
    used = 0
    head = tail = 0
    while head + tail < total:
        from_tail = tail < (head + 1) // 3 or (head == 1 and tail == 0)
        index = total - 1 - tail if from_tail else head
        column = column_of(index)
        used += display_width(column[0]) + gap
        # One more column may stand unless it is the last to come or leaves room for the dots.
        complete = head + tail + 1 == total
        if head and tail and used - gap + (0 if complete else 1 + gap) > room:
            break
        taken[index] = column
        head, tail = (head, tail + 1) if from_tail else (head + 1, tail)
    first = [taken[index] for index in range(head)]
    last = [taken[index] for index in range(total - tail, total)]
    if head + tail == total:
        return first + last, [], Selection(total, total, 0)
    return first, last, Selection(total, head, tail)
