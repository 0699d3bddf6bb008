"""Letters for the long fractions in a table of mean squares without balance: c_1 for 64105/101304, told below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sympy

MOST_DIGITS = 8
"""Digits of a fraction, above and below together, that a table shows in its place."""


@dataclass(slots=True)
class LongFractions:
    """The letters that were given so far, by the fractions that they stand for."""

    names: dict[sympy.Rational, sympy.Symbol] = field(default_factory=dict)

    def of(self, value: sympy.Expr) -> sympy.Expr:
        """A coefficient as it is, or by a letter where it is a long fraction."""
        if not isinstance(value, sympy.Rational) or value.is_Integer or len(f"{abs(value.p)}{value.q}") <= MOST_DIGITS:
            return value
        return self.names.setdefault(value, sympy.Symbol(f"c_{len(self.names) + 1}", positive=value > 0))

    def of_sum(self, total: sympy.Expr) -> sympy.Expr:
        """A sum with its coefficients by letters."""
        terms: Any = total.as_coefficients_dict()
        return sympy.Add(*(self.of(share) * term for term, share in terms.items()))

    def told(self) -> tuple[tuple[sympy.Symbol, str], ...]:
        """Each letter with its fraction, and to six digits."""
        return tuple((name, f"{value} ≈ {float(value):.6g}") for value, name in self.names.items())
