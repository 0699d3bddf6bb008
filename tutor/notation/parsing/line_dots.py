r"""Dots that stand on the line behind a mean or a total and mean indices below it: \bar{y}.. is \bar{y}_{..}, and
\bar{y}_{i}. is \bar{y}_{i.}."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from tutor.notation.parsing.token import Spelling

_SEVERAL = re.compile(r"\.{2,3}(?![.,A-Za-z0-9])")
_ONE = re.compile(r"\.(?=\s*(?:[-+−=^)\]/]|\\right(?![A-Za-z])))")
"""A single dot ends a sentence, unless the formula goes on behind it."""

_LETTERS = frozenset({"y", "Y", "x", "X", "z", "Z", "n", "N", "mu"})
"""Names of which a dot makes the total, y_{i.}, without a bar."""

_THREE = "..."


def with_dots(text: str, found: Any, end: int) -> Any:
    """A symbol of a text with the dots on the line behind it as indices; as it is where none stand there."""
    if text[found.end : found.end + 1] != "." or found.superscript is not None:
        return found
    spelling: Spelling = found.spelling
    is_mean = spelling.accent == "bar" or spelling.letters.endswith("bar")
    if not is_mean and spelling.letters not in _LETTERS:
        return found
    told = _SEVERAL.match(text, found.end, end)
    if told is not None and told[0] == _THREE and (spelling.subscript or not is_mean):
        return found  # three dots may leave something out
    if told is None and (is_mean or spelling.subscript):
        told = _ONE.match(text, found.end, end)
    if told is None or "×" in spelling.subscript:
        return found
    return replace(found, spelling=replace(spelling, subscript=spelling.subscript + told[0]), end=told.end())
