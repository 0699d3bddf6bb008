"""Expanding a number that somebody typed: (1 + (1 + x)²)² has few terms, and eight of it within each other millions."""

from __future__ import annotations

from math import comb
from typing import cast

import sympy

from tutor.algebra.budget import allow

MOST_COUNTED = 10**9
"""Terms beyond which they are not counted on."""

_TERM_SECONDS, _TERM_BYTES = 2e-4, 2_000
"""What SymPy takes for a term, measured on sums of two to four letters to powers of up to 200."""


def terms_when_expanded(value: sympy.Expr) -> int:
    """How many terms a number has at most when it is expanded, of its denominators too; no more than MOST_COUNTED."""
    parts = [terms_when_expanded(cast(sympy.Expr, part)) for part in value.args]
    if value.is_Add:
        return min(sum(parts), MOST_COUNTED)
    if value.is_Mul:
        count = 1
        for part in parts:
            count = min(count * part, MOST_COUNTED)
        return count
    if value.is_Pow and value.args[1].is_Integer and parts[0] > 1:
        power = abs(int(cast(sympy.Integer, value.args[1])))
        # as many as there are ways to pick the factors of a term, each more than once
        return (
            MOST_COUNTED
            if power > MOST_COUNTED
            else min(comb(parts[0] + power - 1, min(power, parts[0] - 1)), MOST_COUNTED)
        )
    return max(parts, default=1) if value.is_Function else 1


def expanded(value: sympy.Expr) -> sympy.Expr:
    """SymPy's expansion. Within a budget it raises BudgetSpentError where that would take too long."""
    count = terms_when_expanded(value)
    allow(count * _TERM_SECONDS, count * _TERM_BYTES)
    return sympy.expand(value)
