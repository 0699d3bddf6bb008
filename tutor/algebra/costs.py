"""What a calculation in C will cost, from the sizes of what goes in: upper bounds, from measurements.

FLINT's times on one core of 2020, for orders of 6 to 60 and numbers of 8 to 1,000 bits: an n × n inverse over the
rationals with integers of b bits takes n³ (1 + nb/64)^1.55 · 15 ns, at most a factor of four less, a determinant an
eighth of that, and modulo a prime n³ · 10 ns. A product of three sizes takes (1 + b/32) ns for each of its n·m·k
multiplications, and (1 + b/32) · 50 ns for each cell of its three matrices, where b are the bits of a cell of the two
together; at orders up to 400 that is 2 to 8 times what it takes.
`benchmarks/costs.py` measures them again.
"""

from __future__ import annotations

from operator import attrgetter
from random import Random

from flint import fmpq, fmpq_mat

FEW_SECONDS, MOST_SECONDS = 0.02, 0.3
"""What an inverse may take to be told by its size alone, and what one solution may, which takes 1/n of an inverse."""

LARGEST_RIGHT = 2**20

FEW_BITS = 64
BOUNDED_BITS = 256
"""Bits of a product up to which what its factors allow is taken for it, so that its entries are not looked at."""

MOST_CLEARED = 2e7
"""Bits of a matrix over a common denominator up to which that is worked out."""


_denominator = attrgetter("q")  # in C, as all that is done to each entry


def integer_bits(matrix: fmpq_mat) -> int:
    """Bits of the whole numbers that the entries have over a common denominator, at most."""
    entries = [entry for entry in matrix.entries() if entry]
    largest = max(map(fmpq.height_bits, entries), default=0)
    together = sum(int(denominator).bit_length() for denominator in set(map(_denominator, entries)))
    if largest > FEW_BITS and together * matrix.nrows() * matrix.ncols() < MOST_CLEARED:
        # Many denominators often divide one, a determinant: then their multiple is short, and soon found.
        together = int(matrix.numer_denom()[1]).bit_length()
    return largest + together


def inverse_seconds(order: int, bits: float) -> float:
    """An inverse, or a reduced echelon form, over the rationals."""
    return order**3 * (1 + order * bits / 64) ** 1.55 * 15e-9


def seconds_of_inverse(matrix: fmpq_mat, bits: int) -> float:
    """An inverse of this matrix, whose integers have so many bits.

    Where the numbers of the inverse might be long, one solution of Ax = b tells how long they are: those of a
    covariance matrix of few components are much shorter than those of any matrix as large. With b random its
    denominator is that of the whole inverse, save by chance.
    """
    order = matrix.nrows()
    seconds = inverse_seconds(order, bits)
    if not FEW_SECONDS < seconds < order * MOST_SECONDS:
        return seconds
    rng = Random(order)
    right = fmpq_mat(order, 1, [rng.randint(1, LARGEST_RIGHT) for _ in range(order)])
    try:
        length = max(map(fmpq.height_bits, matrix.solve(right).entries()))
    except ZeroDivisionError:
        return seconds / order  # that it is singular is found as soon
    return min(seconds, 2 * inverse_seconds(order, length / order))


def determinant_seconds(order: int, bits: int) -> float:
    return inverse_seconds(order, bits) / 8


def product_seconds(rows: int, inner: int, columns: int, bits: int) -> float:
    """A product over the rationals, of integers that have so many bits together."""
    cells = rows * inner + inner * columns + rows * columns
    return (50e-9 * cells + 1e-9 * rows * inner * columns) * (1 + bits / 32)


def bytes_of_rationals(cells: int, bits: int) -> float:
    """What a matrix of fractions holds that have so many bits above, and as many below."""
    return cells * (32 + bits / 4)


def modular_seconds(rows: int, inner: int, columns: int) -> float:
    """A product or an inverse modulo a prime of one word: at 100 rows as long, at 400 a third of it."""
    return rows * inner * columns * 3e-9


def ball_inverse_seconds(order: int, precision: int) -> float:
    """An inverse or a determinant of balls; n³ (0.25 + precision/1000) µs."""
    return order**3 * (0.25 + precision / 1000) * 1e-6


def ball_product_seconds(rows: int, inner: int, columns: int, precision: int) -> float:
    return rows * inner * columns * (0.02 + precision / 20_000) * 1e-6
