"""Latin squares and pairs of orthogonal ones, as tables of numbers from 0."""

from __future__ import annotations

from functools import reduce

import sympy

from tutor.errors import DataError
from tutor.models.designs.finite_field import field

Square = list[list[int]]


def cyclic(n: int) -> Square:
    """The standard cyclic square: entry i + j modulo n.

    >>> cyclic(3)
    [[0, 1, 2], [1, 2, 0], [2, 0, 1]]
    """
    return [[(i + j) % n for j in range(n)] for i in range(n)]


def orthogonal_pair(n: int) -> tuple[Square, Square]:
    """Two orthogonal Latin squares of order n: each pair of their entries occurs once.

    For prime powers from the field, i + j and a·i + j with a ≠ 0, 1; for products of those by MacNeish (1922); for
    n = 3m + 1 of the orders that are left by Bose, Shrikhande and Parker (1960), Canad. J. Math. 12, 189–203.

    Raises
    ------
    DataError
        For 2 and 6, for which there are none (Tarry 1900), and for orders for which no construction is known here.
    """
    if n in (2, 6):
        why = "the four cells of the square leave one choice only" if n == 2 else "Tarry tried all of them in 1900"
        raise DataError(f"There are no two orthogonal Latin squares of order {n}: {why}.",
                        tip="Take another size: 3, 4, 5, 7, 8, 9 and 10 have them.")  # fmt: skip
    powers = sympy.factorint(n)
    if n >= 3 and powers.get(2) != 1:
        pairs = [_of_field(int(prime), int(exponent)) for prime, exponent in powers.items()]
        return reduce(_product, pairs)
    m, rest = divmod(n - 1, 3)
    if n >= 3 and rest == 0 and sympy.factorint(m).get(2) != 1:
        return _of_three_parts(m)
    raise DataError(f"No construction of two orthogonal Latin squares of order {n} is known to this program.",
                    tip="They exist for every order but 2 and 6; take another size.")  # fmt: skip


def _product(first: tuple[Square, Square], second: tuple[Square, Square]) -> tuple[Square, Square]:
    """Squares of order m·n: entry n·a + b with the entries a and b of the factors."""

    def times(a: Square, b: Square) -> Square:
        m, n = len(a), len(b)
        return [[n * a[i // n][j // n] + b[i % n][j % n] for j in range(m * n)] for i in range(m * n)]

    return times(first[0], second[0]), times(first[1], second[1])


def _of_field(prime: int, exponent: int) -> tuple[Square, Square]:
    """i + j and x·i + j over the field of this order; x is a generator of the field, or 2 for a prime."""
    order = prime**exponent
    add, times = field(prime, exponent)
    factor = prime if exponent > 1 else 2
    rows = range(order)
    return (
        [[add(i, j) for j in rows] for i in rows],
        [[add(times(factor, i), j) for j in rows] for i in rows],
    )


def _of_three_parts(m: int) -> tuple[Square, Square]:
    """Order 3m + 1 from the numbers modulo 2m + 1 and m more symbols, on which orthogonal squares are known."""
    n, modulus = 3 * m + 1, 2 * m + 1
    extra = list(range(modulus, n))
    quadruples: list[tuple[int, ...]] = [(i, i, i, i) for i in range(modulus)]
    for i in range(modulus):
        a = [i] * m
        b = [(i + step) % modulus for step in range(1, m + 1)]
        c = [(i - step) % modulus for step in range(1, m + 1)]
        for four in ((a, b, c, extra), (b, a, extra, c), (c, extra, a, b), (extra, c, b, a)):
            quadruples += zip(*four, strict=True)
    inner = orthogonal_pair(m)
    quadruples += [
        (extra[i], extra[j], extra[inner[0][i][j]], extra[inner[1][i][j]]) for i in range(m) for j in range(m)
    ]
    first, second = [[0] * n for _ in range(n)], [[0] * n for _ in range(n)]
    for row, column, one, other in quadruples:
        first[row][column], second[row][column] = one, other
    return first, second
