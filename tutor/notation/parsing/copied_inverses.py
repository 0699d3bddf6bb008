"""Inverses that lost their place above the line when a page was copied: (X'V −1X)−1X'V −1y is (X'V⁻¹X)⁻¹X'V⁻¹y."""

from __future__ import annotations

import re

_FALLEN = re.compile(r"(?<=[A-HK-MO-SU-ZΣΩΓΛΨ)\]])( ?)[-−]1(?![0-9.,]| [^+=−-])")
MOST_TEXT = 4_000
"""Characters of a text that is looked at: it is read twice then."""


def with_inverses_raised(text: str) -> str | None:
    """The text with ⁻¹ for each −1 that stands right behind a matrix or a bracket, each place kept; None without any.

    Asked for where one cannot be subtracted.

    >>> with_inverses_raised("(X'X)−1X'y"), with_inverses_raised("X'V −1y"), with_inverses_raised("V - 1")
    ("(X'X)⁻¹X'y", "X'V⁻¹ y", None)
    """
    if len(text) > MOST_TEXT or "\\" in text or "^" in text:
        return None
    raised = _FALLEN.sub(r"⁻¹\1", text)
    return None if raised == text else raised
