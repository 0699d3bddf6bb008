r"""Bars around the difference of two indices, as below σ_{|i−j|}: a bar alone tells what is given, or nests.

>>> with_bars(r"|j-k|"), with_bars(r"\lvert i - j \rvert"), with_bars("i|j")
('⎸j-k⎸', '⎸i - j⎸', 'i|j')
"""

from __future__ import annotations

import re

BARS = "⎸"
"""What each of the two is in a key, written as a bar."""

_BAR = r"(?:\\(?:left|right)\s*)?(?:[|∣]|\\(?:[lr]?vert|mid)(?![A-Za-z]))"
_DIFFERENCE = re.compile(rf"{_BAR}\s*([a-z]['′]?\s*[-−]\s*[a-z]['′]?)\s*{_BAR}")


def with_bars(raw: str) -> str:
    """A subscript with such bars as signs of their own."""
    return _DIFFERENCE.sub(rf"{BARS}\1{BARS}", raw)
