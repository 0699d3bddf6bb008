r"""What is wrong with rows that do not make a matrix: an & that is missing, one too many, or an entry forgotten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tutor.errors import ReadError
from tutor.notation.parsing.token import Span

_NUMBER = r"(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)"  # each text in one way only: of long ones the time is linear
_NUMBERS = re.compile(rf"[-+−]?{_NUMBER}(?:\s++{_NUMBER})+")
_GAP = re.compile(r"(?<=[0-9A-Za-z}'\])])(?<!\\)\s+(?=[0-9A-Za-z\\\[(])")
_NO_OPERAND = re.compile(r"\\(?:cdot|times|otimes|left|right|[,;:!])(?![A-Za-z])")


def ragged(text: str, rows: Sequence[Sequence[Span]], sign: str) -> ReadError:
    """The error for the first row whose number of cells is not that of most rows.

    ``sign`` is what stands between cells, an & or a comma. Where a row is short by as many cells as its entries have
    gaps, the sign is missing there.
    """
    expected = _usual_length(text, rows)
    number, row = next((at, row) for at, row in enumerate(rows, 1) if len(row) != expected)
    place = Span(row[0].start, row[-1].end)
    gaps = [gap for cell in row for gap in _gaps(text, cell)]
    told = f"Row {number} of the matrix has {_count(len(row))}; {_others(rows, expected)} {expected}."
    if len(row) + len(gaps) == expected:
        return missing_sign(text, gaps, sign, told)
    few = len(row) < expected
    article = "an" if sign == "&" else "a"
    name = sign if sign == "&" else "comma"
    return ReadError(
        told, text=text, start=place.start, end=place.end, kind="ragged-row",
        tip=f"Is {article} {name} or an entry missing in row {number}?" if few
        else f"Is there {article} {name} too many in row {number}?",
    )  # fmt: skip


def ragged_between_semicolons(text: str, at: int) -> ReadError | None:
    """The error for the rows of [1, 2; 3, 4, 5] around a semicolon; None for rows of one length or with brackets."""
    start, end = text.rfind("[", 0, at) + 1, text.find("]", at)
    if not start or end < 0 or any(sign in text[start:end] for sign in "()[{}"):
        return None
    rows: list[list[Span]] = []
    for row in _parts(text, ";", start, end):
        rows.append(_parts(text, ",", row.start, row.end))
    return ragged(text, rows, ",") if len({len(row) for row in rows}) > 1 else None


def _parts(text: str, sign: str, start: int, end: int) -> list[Span]:
    """The stretches between signs of one kind."""
    cuts = [start - 1, *(at for at in range(start, end) if text[at] == sign), end]
    return [Span(before + 1, behind) for before, behind in pairwise(cuts)]


def numbers_side_by_side(text: str, rows: Sequence[Sequence[Span]], sign: str) -> None:
    """Raise ReadError "missing-ampersand" for a cell that is nothing but numbers with blanks between them."""
    doubled = [cell for row in rows for cell in row if _NUMBERS.fullmatch(text, cell.start, cell.end)]
    if doubled:
        gaps = [gap for cell in doubled for gap in _gaps(text, cell)]
        raise missing_sign(text, gaps, sign, "Two numbers stand in one cell.")


def missing_sign(text: str, gaps: Sequence[Span], sign: str, problem: str) -> ReadError:
    """The error for cells between which the sign is missing, with the text in which it stands."""
    joined = f" {sign} " if sign == "&" else f"{sign} "
    pieces = zip((0, *(gap.end for gap in gaps)), (*(gap.start for gap in gaps), len(text)), strict=True)
    suggestion = joined.join(text[start:end] for start, end in pieces)
    name = "An &" if sign == "&" else "A comma"
    return ReadError(
        problem, text=text, start=gaps[0].start, end=gaps[0].end, kind="missing-ampersand",
        tip=f"{name} is missing here.", suggestion=suggestion,
    )  # fmt: skip


def _usual_length(text: str, rows: Sequence[Sequence[Span]]) -> int:
    """How many cells most rows have; of two rows the longer, if the other's gaps tell that it lost a sign."""
    lengths = Counter(map(len, rows)).most_common()
    if len(lengths) == 1 or lengths[0][1] > lengths[1][1]:
        return lengths[0][0]
    for row in rows:
        length = len(row) + sum(len(_gaps(text, cell)) for cell in row)
        if length != len(row) and any(len(other) == length for other in rows):
            return length
    return len(rows[0])


def _others(rows: Sequence[Sequence[Span]], expected: int) -> str:
    return "the first row has" if len(rows[0]) == expected else "the others have" if len(rows) > 2 else "the other has"


def _gaps(text: str, cell: Span) -> list[Span]:
    """The blanks of a cell between two operands that no sign joins, outside braces."""
    found = []
    at, braces, brackets = cell.start, 0, 0  # where it was counted to, and how many are open there
    for gap in _GAP.finditer(text, cell.start, cell.end):
        before = text[at : gap.start()]
        at = gap.start()
        braces += before.count("{") - before.count("}")
        brackets += before.count("(") - before.count(")")
        signs = list(_NO_OPERAND.finditer(before))
        joined = _NO_OPERAND.match(text, gap.end(), cell.end) or (signs and signs[-1].end() == len(before))
        if braces == brackets == 0 and not joined:
            found.append(Span(*gap.span()))
    return found


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"
