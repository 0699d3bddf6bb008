"""Matrices drawn over several lines of a terminal, ⎡ … ⎤ over ⎣ … ⎦, put on one line as nested lists.

Cells are parted by two blanks or more. Labels beside every row, a line of labels above the columns, and the number of
rows and columns behind the last row are left out, so that what this program prints reads back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tutor.errors import ReadError
from tutor.notation.parsing import stacked
from tutor.notation.parsing.glued_indices import with_indices_below

MOST_DRAWN = 100
"""Matrices drawn in one text."""

_CORNERS = {"⎡": ("⎢", "⎣", "⎤", "⎥", "⎦"), "⎛": ("⎜", "⎝", "⎞", "⎟", "⎠")}
_CAPTION = re.compile(r"\s*[0-9]+ × [0-9]+\b.*")
_GAP = re.compile(r"\s{2,}")
_ONE_ROW = re.compile(r"(?<!\S)\[ ([^\[\]=~,]*?\S {2,}[^\[\]=~,]*?) \]")
_OPERATOR = re.compile(r"[-+−*/=@%⊗×·]|%.%")


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A drawn matrix: the columns of the screen between which it stands, its first line, and its rows of cells."""

    left: int
    right: int
    top: int
    rows: tuple[tuple[str, ...], ...]

    @property
    def bottom(self) -> int:
        return self.top + len(self.rows) - 1


def on_one_line(text: str) -> str:
    """The text with each drawn matrix as a nested list, [[a, b], [c, d]], and with lost indices below their letters.

    Raises
    ------
    ReadError
        "unbalanced", for brackets that do not stand below each other; "unexpected", for text beside several lines of a
        matrix; "too-large", for more than a hundred matrices.
    """
    if not any(corner in text for corner in _CORNERS):
        text = with_indices_below(stacked.on_one_line(text))
        return _ONE_ROW.sub(_listed, text) if "[ " in text and "\\" not in text else text
    if sum(map(text.count, _CORNERS)) > MOST_DRAWN:
        raise ReadError(f"More than {MOST_DRAWN} matrices are drawn here.", text=text[:200], start=0, kind="too-large",
                        tip="Write only the formula that was asked for.")  # fmt: skip
    lines = [_cells_of_screen(line) for line in text.split("\n")]
    drawings = [
        _drawing(text, lines, at, column)
        for at, line in enumerate(lines)
        for column, sign in enumerate(line)
        if sign in _CORNERS
    ]
    result: list[str] = []
    at = 0
    while at < len(lines):
        band = _band(drawings, at)
        if band:
            bottom = max(drawing.bottom for drawing in band)
            if result and len(band) == 1 and _are_labels(result[-1], band[0]):
                result.pop()
            result.append(_joined(text, lines[at : bottom + 1], at, band))
            at = bottom + 1
        else:
            result.append("".join(lines[at]))
            at += 1
    return "\n".join(result)


def _listed(found: re.Match[str]) -> str:
    pieces = _GAP.split(found[1].strip())
    return found[0] if any(_OPERATOR.fullmatch(piece) for piece in pieces) else f"[{', '.join(pieces)}]"


def _cells_of_screen(line: str) -> list[str]:
    """The characters of a line, each with the marks that stand above it."""
    cells: list[str] = []
    for character in line:
        if cells and unicodedata.combining(character):
            cells[-1] += character
        else:
            cells.append(character)
    return cells


def _drawing(text: str, lines: list[list[str]], top: int, left: int) -> _Drawing:
    middle, last, *right_signs = _CORNERS[lines[top][left]]
    if right_signs[0] not in lines[top][left:]:
        raise _broken(text, lines[top][left])
    right = lines[top].index(right_signs[0], left)
    rows: list[tuple[str, ...]] = []
    for at in range(top, len(lines)):
        line = lines[at]
        sign, end = (line[column] if column < len(line) else "" for column in (left, right))
        expected = right_signs[0] if at == top else {middle: right_signs[1], last: right_signs[2]}.get(sign)
        if expected is None or end != expected:
            break
        rows.append(tuple(_GAP.split("".join(line[left + 1 : right]).strip())))
        if sign == last:
            return _Drawing(left, right, top, tuple(rows))
    raise _broken(text, lines[top][left])


def _broken(text: str, corner: str) -> ReadError:
    return ReadError(
        "The brackets of this matrix do not stand below each other.", text=text, start=text.index(corner),
        kind="unbalanced", tip="Copy all its lines, blanks in front included, or write [[a, b], [c, d]].",
    )  # fmt: skip


def _band(drawings: list[_Drawing], top: int) -> list[_Drawing]:
    """The matrices that stand beside each other from a line on, from left to right."""
    band = [drawing for drawing in drawings if drawing.top == top]
    bottom = max((drawing.bottom for drawing in band), default=-1)
    beside = [drawing for drawing in drawings if top <= drawing.top <= bottom]
    return sorted(beside, key=lambda drawing: drawing.left) if band else []


def _are_labels(line: str, drawing: _Drawing) -> bool:
    """Whether a line above a matrix labels its columns: one piece of words stands above each."""
    pieces = _GAP.split(line.strip())
    return len(pieces) == len(drawing.rows[0]) and line.startswith(" ") and not re.search("[=~,;]", line)


def _joined(text: str, lines: list[list[str]], top: int, band: list[_Drawing]) -> str:
    """The line on which the formula stands, with its matrices as lists."""
    around: list[list[str]] = []
    for at, line in enumerate(lines, top):
        pieces, start = [], 0
        for drawing in band:
            inside = drawing.top <= at <= drawing.bottom
            pieces.append("".join(line[start : drawing.left]))
            start = drawing.right + 1 if inside else drawing.left
        around.append([*pieces, "".join(line[start:])])
    if len(band) == 1:
        if all(before.strip() for before, _ in around):
            around = [["", after] for _, after in around]
        if _CAPTION.fullmatch(around[-1][1]):
            around[-1][1] = ""
    told = [pieces for pieces in around if any(piece.strip() for piece in pieces)]
    if len(told) > 1:
        raise ReadError(
            "A matrix that is drawn over several lines has text beside more than one of them.", text=text,
            start=text.index("".join(lines[0]).strip()), kind="unexpected",
            tip="Write the formula beside one line only, or the matrix as [[a, b], [c, d]].",
        )  # fmt: skip
    pieces = told[0] if told else around[0]
    lists = ["[" + ", ".join(f"[{', '.join(row)}]" for row in drawing.rows) + "]" for drawing in band]
    return "".join(piece + made for piece, made in zip(pieces, [*lists, ""], strict=True))
