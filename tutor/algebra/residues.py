"""Rational numbers modulo a prime: what exact numbers would be too long for, in machine words.

Let a and b be rational functions over the rationals, valued at integers below a prime p of 62 bits.

- If their values modulo p differ, they differ: reduction is a homomorphism from the fractions whose denominator p does
  not divide, so that equal fractions have equal residues. A difference of residues is certain.
- If a − b ≠ 0 and its numerator has total degree d and coefficients of at most h bits, then p divides all coefficients
  for at most h/62 of the more than 2⁵⁶ primes from which p is drawn; otherwise a random point of 61 bits is one of its
  zeros modulo p with probability at most d/2⁶¹ (Schwartz 1980, Zippel 1979, over any field). Agreement misleads with
  probability at most h/2⁶¹ + d/2⁶¹ at one point, and the square of this at two with a prime each.

An answer of 20,000 signs cannot have d or h above 10¹⁰ without being refused as too large, so two points leave less
than 10⁻¹⁶. Positive definite matrices and other open domains need no care here: a rational function that is zero on an
open set is zero everywhere. Roots, signs and inequalities mean nothing modulo p and raise NotRationalError.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import ClassVar

import sympy
from flint import fmpz, nmod, nmod_mat

from tutor.algebra.arithmetic import Arithmetic, NotRationalError
from tutor.algebra.budget import allow
from tutor.algebra.costs import modular_seconds
from tutor.algebra.moore_penrose import leading_columns
from tutor.errors import DomainError

LOWEST, HIGHEST = 2**62, 2**63
"""Primes are drawn from between these."""


def random_prime(rng: random.Random) -> int:
    """A prime of 63 bits, each as likely as any other but for the gaps before them."""
    bits = (HIGHEST - LOWEST).bit_length() - 1
    while True:
        # as randrange draws an odd number, without its questions: one in twenty is a prime
        place = rng.getrandbits(bits)
        if 2 * place < HIGHEST - LOWEST and fmpz(LOWEST + 1 + 2 * place).is_prime():
            return LOWEST + 1 + 2 * place


class Residues(Arithmetic):
    """Numbers modulo a prime (FLINT's nmod)."""

    decides: ClassVar[bool] = True
    cell_bytes: ClassVar[int] = 40

    def __init__(self, prime: int) -> None:
        self.prime = prime
        self._zero = nmod(0, prime)

    @property
    def is_ordered(self) -> bool:
        return False

    def rational(self, numerator: int, denominator: int = 1) -> nmod:
        number = nmod(numerator, self.prime)
        return number if denominator == 1 else self._divided(number, nmod(denominator, self.prime))

    def _divided(self, number: nmod, by: nmod) -> nmod:
        if by == 0:
            raise DomainError("A division by zero.")
        return number / by

    def power(self, base: nmod, exponent: sympy.Rational) -> nmod:
        if exponent.q != 1:
            raise NotRationalError(str(exponent))
        if exponent < 0:
            base = self._divided(nmod(1, self.prime), base)
        return nmod(pow(int(base), abs(int(exponent.p)), self.prime), self.prime)

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], nmod]) -> nmod_mat:
        result = nmod_mat(rows, columns, self.prime)
        for place, number in entries.items():  # a third of what it costs to tell all entries
            result[place] = number
        return result

    def filled(self, rows: int, columns: int, number: nmod) -> nmod_mat:
        """The number as a column times a row of ones, in C."""
        column = nmod_mat(rows, 1, [int(number)] * rows, self.prime)
        return column * nmod_mat(1, columns, [1] * columns, self.prime)

    def entry(self, matrix: nmod_mat, row: int, column: int) -> nmod:
        return matrix[row, column]

    def entries(self, matrix: nmod_mat) -> list[list[nmod]]:
        return matrix.tolist()

    def multiply(self, left: nmod_mat, right: nmod_mat) -> nmod_mat:
        allow(modular_seconds(left.nrows(), left.ncols(), right.ncols()))
        return left * right

    def inverse(self, matrix: nmod_mat) -> nmod_mat:
        allow(modular_seconds(matrix.nrows(), matrix.nrows(), matrix.nrows()))
        return super().inverse(matrix)

    def determinant(self, matrix: nmod_mat) -> nmod:
        allow(modular_seconds(matrix.nrows(), matrix.nrows(), matrix.nrows()))
        return matrix.det()

    def rank(self, matrix: nmod_mat) -> int:
        return matrix.rank()

    def generalized_inverse(self, matrix: nmod_mat) -> nmod_mat:
        """As for rationals: F'(FF')⁻¹(C'C)⁻¹C' for A = CF."""
        echelon, rank = matrix.rref()
        if not rank:
            return self.matrix(matrix.ncols(), matrix.nrows(), {})
        pivots = leading_columns(echelon, rank)
        F = self._chosen(range(rank), matrix.nrows()) * echelon
        C = matrix * self._chosen(pivots, matrix.ncols()).transpose()
        inner = self.inverse(F * F.transpose()) * self.inverse(C.transpose() * C)
        return F.transpose() * inner * C.transpose()

    def _chosen(self, rows: Sequence[int], number: int) -> nmod_mat:
        """What takes these rows of a matrix of so many."""
        return self.matrix(len(rows), number, dict.fromkeys(enumerate(rows), nmod(1, self.prime)))

    def kronecker(self, left: nmod_mat, right: nmod_mat) -> nmod_mat:
        height, width, prime = right.nrows(), right.ncols(), self.prime
        inner = [(i, j, int(x)) for i, line in enumerate(right.tolist()) for j, x in enumerate(line) if x]
        result = nmod_mat(left.nrows() * height, left.ncols() * width, prime)
        for i, line in enumerate(left.tolist()):
            for j, number in enumerate(map(int, line)):
                if number:
                    top, start = i * height, j * width
                    for k, m, x in inner:
                        result[top + k, start + m] = number * x % prime
        return result

    def paste(self, rows: int, columns: int, blocks: list[tuple[int, int, nmod_mat]]) -> nmod_mat:
        result = nmod_mat(rows, columns, self.prime)
        for top, left, block in blocks:
            for i, line in enumerate(block.tolist(), start=top):
                for j, number in enumerate(line, start=left):
                    if number:
                        result[i, j] = number
        return result
