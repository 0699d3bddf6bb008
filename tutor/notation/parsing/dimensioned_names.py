"""Names with scripts of their own that have their dimensions below brackets around them."""

from __future__ import annotations

import re

from tutor.notation.names import RAISED
from tutor.notation.parsing.symbols import Found, symbol_at, with_subscript
from tutor.notation.parsing.token import Span, Spelling

_CLOSES = {"(": ")", "{": "}"}
_DIMENSIONS = re.compile(r"\s*_\s*\{(?:[^{}]|\{[^{}]*\}){0,80}(?:×|\\times)")
"""Rows × columns, which may have an index of their own: n_{12} × q."""

_LABEL = re.compile(r"\s*\^\s*\{\s*(\([^(){}]{1,12}\))\s*\}")
"""Brackets above a name, \\theta^{(k)}."""


def dimensioned_at(text: str, start: int, end: int, *, bold: bool = False, accent: str = "") -> Found | None:
    r"""{\mathbf{Z}_u}_{n \times q}: a name that has a subscript or a label of its own, in brackets with its dimensions
    below; None for anything else."""
    if text[start : start + 1] not in _CLOSES:
        return None
    inner = symbol_at(text, start + 1, end, bold=bold, accent=accent)
    if inner is None:
        return None
    above = inner.superscript or Span(inner.end, inner.end)
    label = _LABEL.match(text, above.start, end)
    stop = inner.end if label is None else max(inner.end, label.end())
    subscripts = [f"{RAISED}{label[1]}"] if label is not None else []
    subscripts += [inner.spelling.subscript] if inner.spelling.subscript else []
    is_power = inner.superscript is not None and label is None
    if not subscripts or is_power or text[stop : stop + 1] != _CLOSES[text[start]]:
        return None
    if _DIMENSIONS.match(text, stop + 1, end) is None:
        return None
    name = "_".join([inner.spelling.letters + inner.spelling.accent, *subscripts])
    return with_subscript(text, Spelling(name, bold=inner.spelling.bold), stop + 1, end)
