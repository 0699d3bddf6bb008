"""How the rows of a structure lie: which are the same, how far apart two are, and what is measured at each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy

Point = tuple[sympy.Expr, ...]
"""The coordinates of a row: one in time or along a line, two in a field."""


@dataclass(frozen=True, slots=True)
class Places:
    """The rows 1 … n, at times 1 … n unless there are ``points``; ``covariate`` has one number a row.

    A row is named by its number or by a letter. Letters among ``ordered`` are known to differ, and to come in that
    order: 1, 2, 3, n are the rows of a picture with dots.
    """

    points: tuple[Point, ...] | None = None
    covariate: tuple[sympy.Expr, ...] | None = None
    ordered: tuple[sympy.Expr, ...] = ()

    def same(self, i: sympy.Expr, j: sympy.Expr) -> sympy.Expr:
        """1 where rows i and j are one, else 0; Kronecker's delta of letters that nothing is known of."""
        if self._are_known(i, j):
            return sympy.Integer(1 if i == j else 0)
        return sympy.KroneckerDelta(i, j)

    def steps(self, i: sympy.Expr, j: sympy.Expr) -> sympy.Expr:
        """|i − j|."""
        if i in self.ordered and j in self.ordered:
            first, second = sorted((i, j), key=self.ordered.index)
            return second - first
        return sympy.Abs(i - j)

    def between(self, i: sympy.Expr, j: sympy.Expr) -> tuple[sympy.Expr, sympy.Expr]:
        """The first row of the two and the last."""
        if i in self.ordered and j in self.ordered:
            first, second = sorted((i, j), key=self.ordered.index)
            return first, second
        return sympy.Min(i, j), sympy.Max(i, j)

    def distance(self, i: sympy.Expr, j: sympy.Expr) -> sympy.Expr:
        """Euclid's distance of the points of rows i and j, d_ij for letters; |i − j| where there are no points."""
        if self.points is None:
            return self.steps(i, j)
        if not (i.is_Integer and j.is_Integer):
            return sympy.Symbol(f"d_{i}{j}", nonnegative=True)
        first, second = self.points[int(i) - 1], self.points[int(j) - 1]  # pyright: ignore[reportArgumentType]
        if len(first) == 1:
            return sympy.Abs(first[0] - second[0])
        return sympy.sqrt(sympy.Add(*((a - b) ** 2 for a, b in zip(first, second, strict=True))))

    def measured(self, i: sympy.Expr) -> sympy.Expr:
        """The covariate v of row i."""
        if self.covariate is not None and i.is_Integer:
            return self.covariate[int(i) - 1]  # pyright: ignore[reportArgumentType]
        return sympy.Symbol(f"v_{i}", real=True, nonzero=True)

    def either(
        self, i: sympy.Expr, j: sympy.Expr, on: Callable[[], sympy.Expr], off: Callable[[], sympy.Expr]
    ) -> sympy.Expr:
        """One expression on the diagonal and another off it; both, with Kronecker's delta, where that is open."""
        same = self.same(i, j)
        if same == 1:
            return on()
        return off() if same == 0 else same * on() + (1 - same) * off()

    def _are_known(self, i: sympy.Expr, j: sympy.Expr) -> bool:
        return bool(i.is_Integer and j.is_Integer) or (i in self.ordered and j in self.ordered) or i == j
