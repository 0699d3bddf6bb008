"""How long the integers of rational matrices are at most, as far as it is told by what they were made of.

To look at all entries takes longer than most products of small numbers: 0.7 ms for 72 rows.
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import fmpq, fmpq_mat

from tutor.algebra.costs import BOUNDED_BITS, FEW_BITS, integer_bits

FEW_NUMBERS = 16
"""Different numbers of a new matrix up to which their bits are told at once."""


MOST_CELLS = 2**17
"""Cells of a matrix up to which it stays in memory for the sake of its bits, if it is nowhere else."""


class KnownBits:
    """By their number in memory, matrices and the bits that their integers over a common denominator have at most: most
    are multiplied by several others."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[fmpq_mat, int]] = {}

    def of(self, matrix: fmpq_mat) -> int:
        """The bits of a matrix, at most: as they are kept, or else by looking at its entries."""
        known = self._known.get(id(matrix))
        if known is None:
            known = self._known[id(matrix)] = matrix, integer_bits(matrix)
        return known[1]

    def of_new(self, matrix: fmpq_mat, numbers: Iterable[fmpq]) -> fmpq_mat:
        """A matrix of these numbers and noughts, its bits kept where it has few different ones."""
        distinct: dict[int, fmpq] = {}
        for number in numbers:
            distinct[id(number)] = number
            if len(distinct) > FEW_NUMBERS:
                return matrix
        told = [fmpq(number) for number in distinct.values()]  # some are whole numbers of Python
        return self._kept(matrix, max(map(fmpq.height_bits, told), default=0) + sum(map(_of_denominator, told)))

    def of_product(self, matrix: fmpq_mat, bits: int, inner: int) -> fmpq_mat:
        """A product of factors that have so many bits together, along so many columns."""
        return self._kept(matrix, bits + inner.bit_length()) if bits < BOUNDED_BITS else matrix

    def of_made(self, matrix: fmpq_mat, bits: int, *made_of: fmpq_mat) -> fmpq_mat:
        """A matrix whose integers have at most so many bits more than those of the matrices that it is made of
        together; the sum is kept where it is short, since it may be more than it need be."""
        parts = {id(part): self._known.get(id(part)) for part in made_of}
        known = [pair[1] for pair in parts.values() if pair is not None]
        is_told = id(matrix) not in self._known and len(known) == len(parts) and bits + sum(known) <= FEW_BITS
        return self._kept(matrix, bits + sum(known)) if is_told else matrix

    def _kept(self, matrix: fmpq_mat, bits: int) -> fmpq_mat:
        """The matrix, its bits kept, unless it is so large that it should not stay for their sake."""
        if matrix.nrows() * matrix.ncols() <= MOST_CELLS:
            self._known[id(matrix)] = matrix, bits
        return matrix


def bits_of_number(number: fmpq) -> int:
    """The bits by which a number makes others longer that it is multiplied by."""
    return number.height_bits() + _of_denominator(number)


def _of_denominator(number: fmpq) -> int:
    return int(number.q).bit_length() if number.q != 1 else 0
