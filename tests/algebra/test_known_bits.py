"""What is told of the length of rational numbers is never less than what their entries show."""

from __future__ import annotations

import random

import pytest
from flint import fmpq, fmpq_mat

from tutor.algebra.arithmetic import Exact
from tutor.algebra.costs import integer_bits
from tutor.algebra.known_bits import KnownBits


def _matrix(exact: Exact, rng: random.Random, rows: int, columns: int) -> fmpq_mat:
    numbers = [fmpq(rng.randint(-9, 9), rng.randint(1, 4)) for _ in range(3)]
    return exact.matrix(rows, columns, {(i, j): rng.choice(numbers) for i in range(rows) for j in range(columns)})


def _longest(matrix: fmpq_mat) -> int:
    """The bits of the longest whole number over the least common denominator, or of that itself."""
    wholes, denominator = matrix.numer_denom()
    return max(int(abs(number)).bit_length() for number in (*wholes.entries(), denominator))


@pytest.mark.parametrize("seed", range(30))
def test_a_matrix_has_at_most_the_bits_that_are_told(seed: int) -> None:
    exact, rng = Exact(), random.Random(seed)
    A, B = _matrix(exact, rng, 4, 4), _matrix(exact, rng, 4, 4)
    made = [
        A,
        exact.filled(2, 3, fmpq(-5, 6)),
        exact.scale(fmpq(7, 3), A),
        exact.add(A, B),
        exact.transpose(B),
        exact.kronecker(A, B),
        exact.paste(8, 8, [(0, 0, A), (4, 4, B)]),
        exact.multiply(A, exact.add(B, A)),
        exact.scale(fmpq(-1), exact.kronecker(exact.add(A, A), B)),
    ]
    for matrix in made:
        assert exact._bits.of(matrix) >= _longest(matrix)


def test_a_matrix_of_which_nothing_is_told_is_looked_at() -> None:
    matrix = fmpq_mat(1, 2, [fmpq(2**70), fmpq(1, 3)])
    assert KnownBits().of(matrix) == integer_bits(matrix)
