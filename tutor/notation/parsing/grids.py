r"""Matrices that programs make of the row and the column of an entry: rho^abs(outer(1:4, 1:4, "-")), a list in lists
with for, Matrix(4, 4, lambda i, j: …), Table[…, {i, 4}, {j, 4}].

Each is written out as the list of its rows, in which i and j are numbers; 1 if i == j else rho is settled there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tutor.notation.parsing.brackets import closing_bracket

MOST_ROWS = 12
"""Rows, and columns, of a matrix that is written out so."""


def _range(name: str) -> str:
    return rf"(?P<{name}first>\d{{1,2}})\s*:\s*(?P<{name}last>\d{{1,2}})"


def _numbers(name: str) -> str:
    counted = rf"(?:np\.)?arange\(\s*(?:0\s*,\s*)?(?P<{name}count>\d{{1,2}})\s*\)"
    return rf"(?:{counted}|seq_len\(\s*(?P<{name}length>\d{{1,2}})\s*\)|{_range(name)})"


_MINUS = r"(?:FUN\s*=\s*)?[\"'`]-[\"'`]"
_EQUAL = r"(?:FUN\s*=\s*)?[\"'`]==[\"'`]"
_DIFFERENCES = re.compile(
    rf"outer\(\s*{_numbers('r')}\s*,\s*{_numbers('c')}\s*,\s*{_MINUS}\s*\)"
    rf"|(?:np\.)?subtract\.outer\(\s*{_numbers('s')}\s*,\s*{_numbers('d')}\s*\)"
    rf"|\({_range('m')}\)'\s*-\s*\({_range('n')}\)|{_numbers('u')}\[:\s*,\s*(?:None|np\.newaxis)\]\s*-\s*{_numbers('v')}"
    r"|row\(\s*diag\(\s*(?P<of>\d{1,2})\s*\)\s*\)\s*-\s*col\(\s*diag\(\s*(?P=of)\s*\)\s*\)"
)
_LAG = re.compile(r"(?:np\.)?abs\(\s*\(?\s*\Z")
_BASE = re.compile(r"(?P<base>\\?[A-Za-zα-ω]\w{0,9}|\([^()]{1,40}\))\s*(?P<power>\.?\^|\*\*)\s*(?P<opens>\(?)\s*\Z")
_POWERS = re.compile(
    rf"(?P<base>\\?[A-Za-zα-ω]\w{{0,9}})\s*(?P<power>\.?\^|\*\*)\s*"
    rf"(?:\(\s*{_range('p')}\s*\)|(?:np\.)?arange\(\s*(?P<pcount>\d{{1,2}})\s*\))(?=\s*[),])"
)
_EQUALITY = re.compile(
    r"(?:1\s*\*\s*|\+\s*)?outer\(\s*rep\(\s*1:(?P<levels>\d{1,2})\s*,\s*each\s*=\s*(?P<each>\d{1,2})\s*\)"
    rf"\s*,\s*1:(?P<columns>\d{{1,2}})\s*,\s*{_EQUAL}\s*\)"
)
_COMPREHENSION = re.compile(
    r"\[\s*\[(?P<body>[^\[\]]{1,120}?)\s+for\s+(?P<inner>[a-z])\s+in\s+range\((?P<columns>\d{1,2})\)\s*\]"
    r"\s*for\s+(?P<outer>[a-z])\s+in\s+range\((?P<rows>\d{1,2})\)\s*\]"
)
_LAMBDA = re.compile(
    r"(?:Immutable)?Matrix\(\s*(?P<rows>\d{1,2})\s*,\s*(?P<columns>\d{1,2})\s*,\s*"
    r"lambda\s+(?P<outer>[a-z])\s*,\s*(?P<inner>[a-z])\s*:"
)
_TABLE = re.compile(
    r"Table\[(?P<body>(?:[^\[\]{}]|\[[^\[\]]{0,60}\]){1,120}?),\s*\{(?P<outer>[a-z]),\s*(?P<rows>\d{1,2})\}\s*,\s*"
    r"\{(?P<inner>[a-z]),\s*(?P<columns>\d{1,2})\}\s*\]"
)
_CHOICE = re.compile(
    r"\A\s*(?P<then>.+?)\s+if\s+(?P<first>\d+)\s*(?P<sign>==|!=)\s*(?P<second>\d+)\s+else\s+(?P<other>.+?)\s*\Z"
)
_IF = re.compile(
    r"\A\s*If\[\s*(?P<first>\d+)\s*(?P<sign>==|!=)\s*(?P<second>\d+)\s*,(?P<then>[^,]+),(?P<other>[^,]+)\]\s*\Z"
)
_DISTANCE = re.compile(r"(?:np\.)?[aA]bs[(\[]\s*(\d+)\s*[-−]\s*(\d+)\s*[)\]]|\|\s*(\d+)\s*[-−]\s*(\d+)\s*\|")
_MARKS = ("outer", "lambda", "for ", "Table[", ":", "arange", "row(")


def with_grids_written_out(text: str) -> str:
    """A text of no TeX with such matrices as lists of their rows; any other text as it is.

    >>> with_grids_written_out('s2*rho^abs(outer(1:2, 1:2, "-"))')
    's2*[[rho^0, rho^1], [rho^1, rho^0]]'
    >>> with_grids_written_out("Matrix(2, 2, lambda i, j: 1 if i == j else rho)")
    '[[1, rho], [rho, 1]]'
    >>> with_grids_written_out("toeplitz(rho^(0:2))")
    'toeplitz(c(rho^0, rho^1, rho^2))'
    """
    if "\\" in text or not any(mark in text for mark in _MARKS):
        return text
    text = _COMPREHENSION.sub(lambda found: _of_body(found, found["body"], 0), text)
    text = _TABLE.sub(lambda found: _of_body(found, found["body"], 1), text)
    while (found := _LAMBDA.search(text)) is not None:
        closing = closing_bracket(text, found.end(), 1)
        if closing is None:
            break
        text = text[: found.start()] + _of_body(found, text[found.end() : closing], 0) + text[closing + 1 :]
    text = _EQUALITY.sub(_indicators, text)
    at = 0
    while (found := _DIFFERENCES.search(text, at)) is not None:
        told = _of_lags(text, found)
        if told is None:
            at = found.end()
        else:
            text, at = told, 0
    return _POWERS.sub(_powers, text)


def _rows(rows: int, columns: int, entry: Callable[[int, int], str]) -> str:
    lines = (", ".join(entry(i, j) for j in range(columns)) for i in range(rows))
    return "[" + ", ".join(f"[{line}]" for line in lines) + "]"


def _of_body(found: re.Match[str], body: str, first: int) -> str:
    """The rows of a matrix whose entries are a formula in two letters, which count from ``first``."""
    rows, columns = int(found["rows"]), int(found["columns"])
    if not (0 < rows <= MOST_ROWS and 0 < columns <= MOST_ROWS):
        return found[0]

    def entry(i: int, j: int) -> str:
        told = body
        for letter, place in ((found["outer"], i), (found["inner"], j)):
            told = re.sub(rf"(?<![A-Za-z0-9_\\]){letter}(?![A-Za-z0-9_(])", str(place + first), told)
        return _DISTANCE.sub(_distance, _settled(told.strip()))

    return _rows(rows, columns, entry)


def _distance(found: re.Match[str]) -> str:
    first, second = (int(told) for told in found.groups() if told is not None)
    return str(abs(first - second))


def _settled(entry: str) -> str:
    """An entry that depends on whether it stands on the diagonal, as what it is there."""
    choice = _CHOICE.match(entry) or _IF.match(entry)
    if choice is None:
        return entry
    is_equal = int(choice["first"]) == int(choice["second"])
    return choice["then" if is_equal == (choice["sign"] == "==") else "other"].strip()


def _indicators(found: re.Match[str]) -> str:
    each, columns = int(found["each"]), int(found["columns"])
    rows = int(found["levels"]) * each
    if rows > 4 * MOST_ROWS or columns > MOST_ROWS:
        return found[0]
    return _rows(rows, columns, lambda i, j: str(int(i // each == j)))


def _of_lags(text: str, found: re.Match[str]) -> str | None:
    """The text with rho^|i − j| for each entry, where these differences are the exponent of a letter by their size."""
    before = text[: found.start()]
    lag = _LAG.search(before)
    base = None if lag is None else _BASE.search(before[: lag.start()])
    ranges = _ranges(found)
    if lag is None or base is None or len(ranges) != 2 or ranges[0] != ranges[1]:
        return None
    closing = closing_bracket(text, lag.start() + lag[0].index("(") + 1, 1)
    if closing is None or text[found.end() : closing].strip(" )"):
        return None
    end = closing + 1
    if base["opens"]:
        last = closing_bracket(text, end, 1)
        if last is None or text[end:last].strip():
            return None
        end = last + 1
    size = len(ranges[0])
    power = base["power"].lstrip(".")
    rows = _rows(size, size, lambda i, j: f"{base['base']}{power}{abs(i - j)}")
    return text[: base.start()] + rows + text[end:]


def _powers(found: re.Match[str]) -> str:
    """rho^(0:3) as the column of these powers."""
    (numbers,) = _ranges(found)
    power = found["power"].lstrip(".")
    return "c(" + ", ".join(f"{found['base']}{power}{number}" for number in numbers) + ")"


def _ranges(found: re.Match[str]) -> list[Sequence[int]]:
    """The whole numbers that are counted in a text, each range of them."""
    told = {name: value for name, value in found.groupdict().items() if value is not None}
    ranges: list[Sequence[int]] = []
    if "of" in told:
        return [range(int(told["of"]))] * 2
    for name, value in told.items():
        if name[1:] == "count":
            ranges.append(range(int(value)))
        elif name[1:] == "length":
            ranges.append(range(1, int(value) + 1))
        elif name[1:] == "first" and len(name) == 6:
            ranges.append(range(int(value), int(told[f"{name[0]}last"]) + 1))
    return [numbers for numbers in ranges if 0 < len(numbers) <= MOST_ROWS]
