r"""X = [X_1 X_2] and Z = [Z_1 \; … \; Z_m]: blocks side by side that have no commas between them.

A matrix has no value that is a product of its own parts, so that blanks between them are commas. A comma takes the
place of a blank, so that every sign keeps its own.
"""

from __future__ import annotations

import re

_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|mathrm)\s*\{?\s*)?"
_ITEM = rf"{_FONT}(?P=letter)\s*\}}?\s*_\s*(?:\{{\s*[A-Za-z0-9]\s*\}}|[A-Za-z0-9])\s*\}}?"
_GAP = r"(?:\\[,;:! ]|\\vdots(?![A-Za-z])|\\q?quad(?![A-Za-z])|\\mid(?![A-Za-z])|[~\s:|])+"
_DOTS = r"(?:\\[lc]?dots(?![A-Za-z])|…|⋯|\.\.\.)"
_SIDE_BY_SIDE = re.compile(
    rf"(?<![A-Za-z\\])(?P<letter>[XZW])\s*\}}?\s*(?:{_FONT}(?:\\beta|β|u)\s*\}}?\s*)?&?=\s*(?:\\left\s*)?[\[(]\s*"
    rf"(?P<inner>{_ITEM}(?:{_GAP}?(?:{_ITEM}|{_DOTS})){{1,9}})\s*(?:\\right\s*)?[\])](?!\s*[\^'′(\[])"
)
_ITEM_ENDS = re.compile(rf"(?<=[A-Za-z0-9}}…⋯.])(?P<gap>{_GAP})(?={_FONT}[XZW]\s*\}}?\s*_|{_DOTS})")


_BLANK = r"(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[~ ])+"
_CELL = rf"{_FONT}[a-zα-ω](?:\s*\}})?(?:_(?:\{{[^{{}}\[\]]{{1,9}}\}}|\w{{1,3}}))?(?:\^\{{?[0-9]\}}?|[²³])?"
_BEHIND_ONES = re.compile(
    rf"(?P<head>=\s*(?:\\left\s*)?\[\s*{_FONT}1(?:\s*\}})?(?:_(?:\{{\w{{1,3}}\}}|\w))?)"
    rf"(?P<inner>(?:{_BLANK}{_CELL}){{1,9}})(?=\s*(?:\\right\s*)?\](?!\s*[\^(\[]))"
)
"""X = [1 x] and Z_i = [1_n \\; t_i]: behind a one nobody sets what it multiplies, in brackets of their own."""

_BETWEEN_CELLS = re.compile(rf"{_BLANK}(?={_CELL})")


def with_blocks_parted(text: str) -> str:
    r"""The text with commas between blocks side by side.

    >>> with_blocks_parted(r"X = [X_1 X_2]"), with_blocks_parted(r"X = (Z_1 Z_2)"), with_blocks_parted("X = [1_n x]")
    ('X = [X_1,X_2]', 'X = (Z_1 Z_2)', 'X = [1_n,x]')
    """
    if "X" in text or "Z" in text or "W" in text:
        text = _SIDE_BY_SIDE.sub(_parted, text)
    return _BEHIND_ONES.sub(_parted_behind_ones, text) if "[" in text and "1" in text else text


def _parted_behind_ones(found: re.Match[str]) -> str:
    return found["head"] + _BETWEEN_CELLS.sub(lambda gap: "," + " " * (len(gap[0]) - 1), found["inner"])


def _parted(found: re.Match[str]) -> str:
    inner = _ITEM_ENDS.sub(lambda gap: "," + " " * (len(gap["gap"]) - 1), found["inner"])
    begin, end = found.start("inner") - found.start(), found.end("inner") - found.start()
    return found[0][:begin] + inner + found[0][end:]
