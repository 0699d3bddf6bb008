"""Fields with a prime power of elements, numbered from 0."""

from __future__ import annotations

from collections.abc import Callable

import sympy

Operation = Callable[[int, int], int]


def field(prime: int, exponent: int) -> tuple[Operation, Operation]:
    """Addition and multiplication of the field with prime^exponent elements, numbered by their digits in base prime.

    >>> add, times = field(2, 2)
    >>> add(2, 3), times(2, 3)
    (1, 1)
    """
    x = sympy.Symbol("x")
    modulus = _irreducible(prime, exponent)

    def digits(number: int) -> list[int]:
        return [number // prime**place % prime for place in range(exponent)]

    def number(of: list[int]) -> int:
        return sum(digit * prime**place for place, digit in enumerate(of))

    def add(a: int, b: int) -> int:
        return number([(p + q) % prime for p, q in zip(digits(a), digits(b), strict=True)])

    def times(a: int, b: int) -> int:
        if exponent == 1:
            return a * b % prime
        one, other = (sympy.Poly(digits(c)[::-1], x, modulus=prime) for c in (a, b))
        rest = (one * other).rem(modulus).all_coeffs()[::-1]
        return number([int(c) % prime for c in rest] + [0] * (exponent - len(rest)))

    return add, times


def _irreducible(prime: int, exponent: int) -> sympy.Poly:
    x = sympy.Symbol("x")
    candidates = (
        sympy.Poly([1, *(number // prime**place % prime for place in reversed(range(exponent)))], x, modulus=prime)
        for number in range(prime**exponent)
    )
    return next(polynomial for polynomial in candidates if polynomial.is_irreducible)


def prime_power(number: int) -> tuple[int, int] | None:
    """The prime and the exponent of a prime power; None for another number."""
    factors = sympy.factorint(number)
    if len(factors) != 1:
        return None
    ((prime, exponent),) = factors.items()
    return int(prime), int(exponent)
