"""What it costs to take the determinant or the inverse of a dense matrix in letters, before that begins.

A determinant of order n has at most as many terms as its pattern has permutations without a 0, times the terms of the
entries, and as there are monomials of its degree in its letters. The constants are from measurements at orders of 4 to
12 with 1 to 49 letters; estimates are 0.5 to 4 times what it takes.
"""

from __future__ import annotations

from math import comb, prod
from typing import Any

from sympy.polys.matrices import DomainMatrix

from tutor.algebra.budget import LONGEST_CALL, is_limited
from tutor.errors import DomainError

MOST_SECONDS = 20.0
"""What a determinant or an inverse by its entries may take where nothing else limits it."""

MOST_COUNTED = 12
"""Rows of which the permutations are counted one by one, in 2ⁿ steps; of more they are bounded."""

_OF_FRACTIONS = 10
"""Times as long where the entries are fractions, of which each sum is cancelled."""


class TooDearError(DomainError):
    """Nobody would wait for it: the inverse or the determinant stays as notation."""

    def __init__(self) -> None:
        super().__init__("The entries have too many letters: what is made of them would fill pages.")


def allow_determinant(matrix: DomainMatrix) -> None:
    """Raises TooDearError where the determinant would take too long."""
    _allow(matrix.shape[0] ** 3 * _terms(matrix) * (1 + _letters(matrix) / 10) * 1e-6, matrix)


def allow_inverse(matrix: DomainMatrix) -> None:
    """Raises TooDearError where the inverse, each entry cancelled, would take too long."""
    _allow(matrix.shape[0] ** 2 * _terms(matrix) * max(1.0, (_letters(matrix) / 2) ** 2) * 1e-5, matrix)


def _allow(seconds: float, matrix: DomainMatrix) -> None:
    if matrix.domain.is_FractionField:
        seconds *= _OF_FRACTIONS
    if seconds > (LONGEST_CALL if is_limited() else MOST_SECONDS):
        raise TooDearError


def _letters(matrix: DomainMatrix) -> int:
    domain: Any = matrix.domain
    return len(domain.symbols) if domain.is_PolynomialRing or domain.is_FractionField else 0


def _terms(matrix: DomainMatrix) -> int:
    """Terms that the determinant has at most."""
    letters = _letters(matrix)
    if not letters:
        return 1
    rows: list[dict[int, Any]] = [dict(row) for row in matrix.to_sdm().values()]
    monomials = comb(letters + sum(map(_degree, rows)), letters)
    if matrix.domain.is_FractionField or monomials <= matrix.shape[0] ** 2:
        return monomials
    longest = prod(max(len(entry) for entry in row.values()) for row in rows)
    return min(monomials, longest * _permutations(rows))


def _degree(row: dict[int, Any]) -> int:
    """What a row adds to the degree: its highest, or that of a common denominator of its fractions."""
    if all(hasattr(entry, "denom") for entry in row.values()):
        below = {entry.denom for entry in row.values()}
        return sum(map(_highest, below)) + max(_highest(entry.numer) for entry in row.values())
    return max(map(_highest, row.values()))


def _highest(polynomial: Any) -> int:
    return max((sum(powers) for powers in polynomial.itermonoms()), default=0)


def _permutations(rows: list[dict[int, Any]]) -> int:
    """In how many ways one entry that is not 0 can be taken from each row and each column, at most."""
    if len(rows) > MOST_COUNTED:
        return prod(map(len, rows))
    ways = {0: 1}
    for row in rows:
        more: dict[int, int] = {}
        for taken, count in ways.items():
            for column in row:
                if not taken >> column & 1:
                    more[taken | 1 << column] = more.get(taken | 1 << column, 0) + count
        ways = more
    return sum(ways.values())
