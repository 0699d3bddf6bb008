"""Irrational numbers of a matrix, as log 2 and sin 1 of a covariate log(x) or sin(x): they count as letters in sums.

An entry is a sum of irrational numbers, and 1, with rational numbers in front. What holds for letters in their place
holds for the numbers, where no divisor is 0; sums and products of letters stay exact, and are quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix


def irrational_numbers(entries: Iterable[sympy.Expr]) -> set[sympy.Expr]:
    """The irrational numbers of which entries without letters are sums."""
    return {key for entry in entries for key in rational_parts(entry) if key is not sympy.S.One}


def rational_parts(entry: sympy.Expr) -> Mapping[sympy.Expr, sympy.Expr]:
    """The rational numbers in front of 1 and of the irrational ones that add up to an entry."""
    if entry.is_Rational:
        return {sympy.S.One: entry} if entry != 0 else {}
    return cast("Mapping[sympy.Expr, sympy.Expr]", sympy.expand(entry).as_coefficients_dict())


def is_irrational(entries: Iterable[sympy.Expr]) -> bool:
    """Whether entries are numbers of which some are irrational; False where there are letters."""
    listed = list(entries)
    return not any(entry.free_symbols for entry in listed) and any(not entry.is_Rational for entry in listed)


@dataclass(frozen=True, slots=True)
class InLetters:
    """Letters in the place of irrational numbers."""

    letters: Mapping[sympy.Expr, sympy.Symbol]

    @classmethod
    def of(cls, entries: Iterable[sympy.Expr]) -> InLetters:
        """A letter for each irrational number of these entries; none where they have letters themselves."""
        listed = list(entries)
        found = sorted(irrational_numbers(listed), key=str) if is_irrational(listed) else []
        return cls({number: sympy.Dummy(f"s_{place}", real=True) for place, number in enumerate(found)})

    def expression(self, entry: sympy.Expr) -> sympy.Expr:
        """The entry with letters for these numbers."""
        if not self.letters or entry.is_Rational:
            return entry
        return sympy.Add(*(part * self.letters.get(key, key) for key, part in rational_parts(entry).items()))

    def matrix(self, matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
        """The matrix with letters for these numbers."""
        return cast(ImmutableDenseMatrix, matrix.applyfunc(self.expression)) if self.letters else matrix

    def numbers(self, expression: sympy.Expr) -> sympy.Expr:
        """An expression in the letters with the numbers in their place."""
        return cast(sympy.Expr, expression.xreplace({letter: number for number, letter in self.letters.items()}))
