r"""Ranges of indices that stand below each other behind an equation, and signs that gaps of a copied page have cut.

y_{ij} = μ + τ_i + ε_{ij} \begin{cases} i = 1, …, a \\ j = 1, …, n \end{cases} has no cases: each row is a statement of
its own. Blanks and a comma take the place of what is left out, so that every sign keeps its own.
"""

from __future__ import annotations

import re

_BESIDE = re.compile(
    r"(?P<opens>(?:\\(?:left|[bB]igg?l?)\s*)?(?:\\\{|\\lbrace(?![A-Za-z]))?\s*\\begin\s*\{\s*(?P<kind>[dr]?cases|array|aligned|gathered|matrix|alignedat|split)\s*\}"
    r"(?:\s*\{[lcr| ]{0,9}\})?)(?P<rows>(?:(?!\\end\b|\\begin\b)[^{}]|\\[{}]){1,400}?)"
    r"(?P<closes>\\end\s*\{\s*(?P=kind)\s*\}"
    r"(?:\s*\\right\s*(?:\.|\\\}))?)"
)
_ROW = re.compile(r"\s*(?:\\q?quad\s*)?[a-z]\s*&?\s*=\s*&?\s*[01]\s*(?:,|\\[lc]?dots|\.\.|\\text|\\ldots).*", re.S)
_OPERAND = re.compile(r"[A-Za-z0-9)}\]]\s*(?:\\[,;: ]|\\q?quad(?![A-Za-z])|[,;~\s])*\Z")

_CUT_MOMENT = re.compile(r"(?<![A-Za-z\\])(V ar|C ov|C orr)(?=\s?[(\[])")
"""V ar(y), as the letters of a word are set apart in some fonts of pages that are copied."""

_CUT_SQUARE = re.compile(r"(?<![A-Za-z\\])σ 2(?=\s*[A-Za-z(),+−-]|\s*$|\s+I)")
"""σ 2, of which the square has lost its place."""


def with_ranges_beside(text: str) -> str:
    r"""The text with ranges below each other as statements one after the other.

    >>> with_ranges_beside(r"y_i = \mu \begin{cases} i = 1, 2 \end{cases}").split()
    ['y_i', '=', '\\mu,', 'i', '=', '1,', '2']
    """
    return _BESIDE.sub(_unwrapped, text)


def without_gaps(text: str) -> str:
    """The text of a copied page with Var for V ar, and σ² for σ 2.

    >>> without_gaps("V ar(y) = σ 2 V")
    'Var (y) = σ²  V'
    """
    text = _CUT_MOMENT.sub(lambda found: found[0].replace(" ", "") + " ", text)
    return _CUT_SQUARE.sub("σ² ", text)


def _unwrapped(found: re.Match[str]) -> str:
    rows = [row for row in re.split(r"\\\\", found["rows"]) if row.strip()]
    is_behind = _OPERAND.search(found.string[max(0, found.start() - 40) : found.start()]) is not None
    if not rows or not is_behind or not all(map(_ROW.fullmatch, rows)):
        return found[0]
    opens, closes = found["opens"], found["closes"]
    return f",{' ' * (len(opens) - 1)}{found['rows'].replace('&', ' ')}{' ' * len(closes)}"
