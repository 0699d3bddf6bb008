r"""Blocks on a diagonal with the limits of their index behind the brackets: diag(σ_i²)_{i=1}^n, blockdiag{V_i}_{i=1}^m,
and {_d 1_{n_i}}_{i=1}^a as Searle, Casella and McCulloch, Variance Components, write a direct sum."""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.notation.parsing.brackets import closing_bracket
from tutor.notation.parsing.token import Span

_NAMES = r"(?:diag|[Bb]lock-?[Dd]iag|bdiag|blkdiag|BlockDiag)"
_BEGINS = re.compile(
    rf"(?:\\(?:operatorname\*?|mathrm|text)\s*\{{\s*{_NAMES}\s*\}}|{_NAMES})\s*(?P<sized>\\left\s*)?(?P<sign>\(|\[|\\\{{)"
    r"|(?P<left>\\left\s*)?(?P<brace>\\\{)\s*_\s*(?:\{\s*d\s*\}|d)(?![A-Za-z])(?:\s*\\[,;:! ])*"
)
_LIMITS = re.compile(r"\s*_\s*\{\s*[a-z]\s*=")


class Members(NamedTuple):
    """The place of what is a block, and where the limits of its index begin."""

    body: Span
    limits: int


def members_at(text: str, start: int, end: int) -> Members | None:
    r"""The blocks whose direct sum stands at an offset; None where no limits stand behind the brackets.

    >>> members_at(r"diag(V_i)_{i=1}^m", 0, 17)
    Members(body=Span(start=5, end=8), limits=9)
    """
    begins = _BEGINS.match(text, start, end)
    closing = None if begins is None else closing_bracket(text, begins.end(), 1)
    if begins is None or closing is None or _LIMITS.match(text, closing + 1, end) is None:
        return None
    inside = text[begins.end() : closing].removesuffix("\\").rstrip().removesuffix("\\right").rstrip()
    return Members(Span(begins.end(), begins.end() + len(inside)), closing + 1)
