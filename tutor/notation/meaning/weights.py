r"""Capitals with a number below them that are matrices by where they stand: the V_0 of (y − Xβ)'V_0⁻¹(y − Xβ).

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tutor.algebra.nodes import Symbol
from tutor.notation.meaning.transposing import TRANSPOSE
from tutor.notation.meaning.usage import Usage
from tutor.notation.vocabulary import Name, Vocabulary

_NUMBERED = r"(?P<{0}>[A-HK-Z])\s*_\s*(?:\{{\s*(?P<{0}_braced>[0-9])\s*\}}|(?P<{0}_plain>[0-9]))"
_WEIGHT = re.compile(
    rf"{TRANSPOSE}\s*\}}?\s*{_NUMBERED.format('weight')}\s*(?:\^\s*\{{?\s*[-−]\s*1\s*\}}?|⁻¹)"
    rf"|\(\s*{_NUMBERED.format('whole')}\s*\)\s*_\s*(?:\{{\s*[ijkl]\s*,?\s*[ijkl]\s*\}}|[ijkl])"
    rf"|[Cc]ov\s*\}}?\s*(?:\\left\s*)?[(\[][^(),=\[\]]{{1,40}}[)\]]\s*&?\s*=\s*(?:(?:\\sigma|σ)\s*(?:\^\s*\{{?\s*2\s*\}}?|²)\s*)?{_NUMBERED.format('moment')}"
)
"""a'V_0⁻¹, (V_0)_{ij} and Cov(Y_i) = σ²V_0: behind a row stands no number, a number has no elements, and a covariance
matrix is none."""


def of_weights(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name | None]:
    """The V_0 of a'V_0⁻¹b and of (V_0)_{ij}, n × n, where nothing else is called so."""
    text = usage.text
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    rows = y.tree.rows
    names: dict[str, Name | None] = {}
    for found in _WEIGHT.finditer(text):
        kind = next(kind for kind in ("weight", "whole", "moment") if found[kind])
        key = f"{found[kind]}_{found[f'{kind}_braced'] or found[f'{kind}_plain']}"
        known = vocabulary.lookup(found[kind])
        is_other = known is not None and (known.tree.rows != rows or known.tree.columns != rows)
        if key not in vocabulary.names and not is_other:
            names[key] = Name(key, Symbol(key, rows, rows, "known", frozenset({"symmetric"})))
    return names
