"""Cells with blanks between them, as programs for matrices take them: [1 2; 3 4] is [1, 2; 3, 4].

A blank parts two cells unless a sign stands on either side of it with blanks, as in [a + b; c − d]; of [1 -2] the − is
the sign of a number. Elsewhere letters side by side are a product, so that a text is read so only where it has no other
meaning, or another shape than what is expected.
"""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\[[^\[\]\\&,\n]*\]|\([^()\[\]\\&,;\n]*\)(?=\s*(?:['′’ᵀ]|\^\s*\{?\s*(?:T|t)(?![A-Za-z])))")
"""Square brackets, and round ones with a transpose behind them, (μ τ_1 τ_2)'."""
MOST_TEXT = 4_000
"""Characters of a text in which blanks are looked at: it is read twice then."""

_LIST_OF_LISTS = re.compile(r"\[\s*\[")
"""[[1, 0], [0 1]]: a comma is missing there."""

_NUMBERS = re.compile(r"[-+−]?[0-9.]{1,20}(?: {1,20}[-+−]?[0-9.]{1,20})*")
_FAR = re.compile(r" {2,}")
_BESIDE_NUMBER = re.compile(r"(?<!\S)[01] +[^\W\d_]|(?<=\w) +[0-9](?![\w.])")
"""[1 ρ; ρ 1]: nobody sets a one before what it multiplies, nor a number behind it."""

_BLOCK = (
    r"\\(?:mathbf|boldsymbol|bm)\s*(?:\{\s*\\?[A-Za-z0-9]{1,12}\s*\}|\\[A-Za-z]{1,12})"
    r"(?:\s*_\s*(?:\{[^{}]{1,20}\}|\w))?"
)
_SPACE = re.compile(r"\s*(?:\\(?:[ ;:]|quad(?![A-Za-z])|qquad(?![A-Za-z]))\s*)+")
_ROW_OF_BLOCKS = re.compile(
    rf"(?:\[|\\lbrack(?![A-Za-z]))\s*{_BLOCK}(?:{_SPACE.pattern}{_BLOCK}){{1,20}}\s*(?:\\right\s*)?(?:\]|\\rbrack(?![A-Za-z]))"
)
"""[\\mathbf{1} \\; \\mathbf{x}]: bold letters set apart in brackets, which no one multiplies so."""

_VARIANCE = re.compile(r"N\s*\((?:[^()\[\]]|\[[^\[\]]*\])*,\s*[^\[\](),]*\[(?P<inside>[^\[\],&\\]*;[^\[\],&\\]*)\]")
"""The variance of a distribution, in brackets with rows."""

_LAST = re.compile(r";(?=\s*\]$)")
_OPERATORS = frozenset("+-−*/·×⊗=^_@%~|:")
_SIGNS = frozenset("+-−")
_OPENING, _CLOSING = "([{", ")]}"


def with_commas(text: str) -> str | None:
    """The text with commas in the place of blanks that part cells, each place kept; None where there are none.

    >>> with_commas("σ² [1 ρ; ρ 1]"), with_commas("[a + b; c]"), with_commas("[2 -1; -1 2]")
    ('σ² [1,ρ; ρ,1]', None, '[2,-1; -1,2]')
    """
    if len(text) > MOST_TEXT or _LIST_OF_LISTS.search(text) is not None:
        return None
    changed = _BRACKETS.sub(lambda found: _parted(found[0]), text)
    if "\\" in text:
        changed = _ROW_OF_BLOCKS.sub(lambda found: _SPACE.sub(_as_comma, found[0]), changed)
    return None if changed == text else changed


def are_certain(text: str) -> bool:
    """Whether brackets with rows in a text have cells that are numbers, [2 -1; -1 2], stand beside numbers or far
    apart, so that nothing but cells can be meant.

    >>> are_certain("[2 -1; 3 -1]"), are_certain("[a  b; c  d]"), are_certain("[a b; c d]"), are_certain("[1 ρ; ρ 1]")
    (True, True, False, True)
    """
    if len(text) <= MOST_TEXT and "\\" in text and _ROW_OF_BLOCKS.search(text) is not None:
        return True
    if len(text) > MOST_TEXT or ";" not in text:
        return False
    if _VARIANCE.search(text) is not None and (square := _of_variance(text)) is not None:
        return square
    inner = [found[0][1:-1] for found in _BRACKETS.finditer(text) if ";" in found[0]]
    return bool(inner) and all(map(_is_table, inner))


def _of_variance(text: str) -> bool | None:
    """Whether the brackets with rows that are the variance in N( , ) have as many cells in a row as rows, since only
    such is a variance; None where there are none."""
    found = [each["inside"].split(";") for each in _VARIANCE.finditer(text)]
    return all(len(cells_of(row.strip())) == len(rows) for rows in found for row in rows) if found else None


def _as_comma(found: re.Match[str]) -> str:
    return "," + " " * (len(found[0]) - 1)


def _is_table(inside: str) -> bool:
    """Whether each row of what stands in brackets has as many cells, and more than one, as the others."""
    rows = [row.strip() for row in inside.rstrip("; ").split(";")]
    if all(_NUMBERS.fullmatch(row) for row in rows):
        cells = [row.split() for row in rows]
    elif any(map(_BESIDE_NUMBER.search, rows)):
        return min(map(len, map(cells_of, rows))) > 1  # of unlike rows the error tells more than a product
    else:
        cells = [_FAR.split(row) for row in rows]
        if any(" " in cell for row in cells for cell in row):
            return False
    return len(set(map(len, cells))) == 1 < len(cells[0])


def cells_of(row: str) -> list[str]:
    """A row of cells with blanks between them.

    >>> cells_of("X'X X'Z"), cells_of("a + b")
    (["X'X", "X'Z"], ['a + b'])
    """
    return _parted(f"[{row}]")[1:-1].split(",")


def _parted(brackets: str) -> str:
    """One pair of brackets, with commas where each row has the same number of cells, which is more than one, or where
    nothing but cells can be meant."""
    brackets = _LAST.sub(" ", brackets)
    signs = list(brackets)
    cells = [1]
    depth = 0
    for place, sign in enumerate(brackets):
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if sign == ";" and depth == 1:
            cells.append(1)
        elif sign == " " and depth == 1 and _parts(brackets, place):
            signs[place] = ","
            cells[-1] += 1
    is_certain = len(cells) > 1 and any(map(_BESIDE_NUMBER.search, brackets[1:-1].split(";")))
    return "".join(signs) if min(cells) > 1 and (len(set(cells)) == 1 or is_certain) else brackets


def _parts(brackets: str, place: int) -> bool:
    """Whether the blank at this place parts two cells."""
    after = brackets[place + 1 : place + 3]
    if after[:1] in ("", " ", ";", "]", ")"):
        return False
    before = _sign_before(brackets, place)
    if before in "[(;" or before in _OPERATORS:
        return False
    return after[0] not in _OPERATORS or (after[0] in _SIGNS and after[1:2] not in ("", " "))


def _sign_before(brackets: str, place: int) -> str:
    """The last sign before a place that is no blank; a bracket opens before all blanks."""
    while brackets[place].isspace():
        place -= 1
    return brackets[place]
