"""What a balanced incomplete block design must fulfil: the conditions under which none exists."""

from __future__ import annotations

from math import comb, isqrt

import sympy

from tutor.errors import DataError


def balance(t: int, b: int, k: int) -> tuple[int, int]:
    """The replication r = bk/t and the concurrence λ = r(k − 1)/(t − 1) of a balanced incomplete block design.

    Raises
    ------
    DataError
        Where a necessary condition fails: 2 ≤ k < t, bk = rt, λ(t − 1) = r(k − 1), Fisher's inequality b ≥ t (Fisher
        1940), and for b = t, or r = k + λ with λ ≤ 2, those of Bruck and Ryser (1949), Chowla and Ryser (1950), and
        Hall and Connor (1954).
    """
    if not 2 <= k < t:
        raise DataError(f"block_size = {k} with {t} treatments: an incomplete block holds 2 to {t - 1}.",
                        tip="For blocks that hold every treatment take rcbd.")  # fmt: skip
    r, rest = divmod(b * k, t)
    if rest:
        raise DataError(f"{b} blocks of {k} are {b * k} plots, which {t} treatments cannot share equally (bk = rt).",
                        tip=_possible(t, k))  # fmt: skip
    concurrence, rest = divmod(r * (k - 1), t - 1)
    if rest:
        raise DataError(
            f"Two treatments would meet in r(k − 1)/(t − 1) = {r} · {k - 1} / {t - 1} blocks, no whole number.",
            tip=_possible(t, k),
        )
    if b < t:
        raise DataError(f"{b} blocks are fewer than {t} treatments: Fisher's inequality wants b ≥ t.",
                        tip=_possible(t, k))  # fmt: skip
    _check_symmetric(t, b, k, r, concurrence)
    if 2 * k > t and t - k > 1 and b > t:
        # What the blocks leave out is balanced too.
        _check_symmetric(t, b, t - k, b - r, b - 2 * r + concurrence)
    return r, concurrence


def is_possible(t: int, b: int, k: int) -> bool:
    """Whether no condition of `balance` fails."""
    try:
        balance(t, b, k)
    except DataError:
        return False
    return True


def _possible(t: int, k: int) -> str:
    every = range(t, comb(t, k) + 1)
    fit = []
    for b in every:
        if b * k % t == 0 and (b * k // t) * (k - 1) % (t - 1) == 0 and is_possible(t, b, k):
            fit.append(b)
        if len(fit) == 4:
            break
    return f"With {t} treatments in blocks of {k} the numbers add up for b = {', '.join(map(str, fit))}."


def _check_symmetric(t: int, b: int, k: int, r: int, concurrence: int) -> None:
    """Refuse what cannot be because a symmetric design cannot: itself, or the one of which it would be a residual."""
    tip = f"Twice as many blocks are not ruled out: try {2 * b}."
    if b == t and not _has_solution(t, k, concurrence):
        raise DataError(
            f"There is no balanced design of {b} blocks of {k} with {t} treatments: {_reason(t, k, concurrence)}.",
            tip=tip,
        )
    if b > t and r == k + concurrence and concurrence <= 2 and not _has_solution(t + r, r, concurrence):
        raise DataError(
            f"There is no balanced design of {b} blocks of {k} or {t - k} with {t} treatments: it would be part of one "
            f"with {t + r} treatments in {t + r} blocks of {r} (Hall and Connor 1954), and "
            f"{_reason(t + r, r, concurrence)}.",
            tip=tip,
        )


def _reason(t: int, k: int, concurrence: int) -> str:
    if t % 2 == 0:
        return f"for an even number of treatments k − λ = {k - concurrence} must be a square (Chowla and Ryser 1950)"
    sign = "+" if t % 4 == 1 else "−"
    factor = f"{concurrence} " if concurrence > 1 else ""
    return (
        f"x² = {k - concurrence} y² {sign} {factor}z² has no solution in whole numbers but 0 "
        "(Bruck and Ryser 1949, Chowla and Ryser 1950)"
    )


def _has_solution(t: int, k: int, concurrence: int) -> bool:
    """The condition of Bruck, Ryser and Chowla: k − λ is a square for even t, and for odd t
    x² = (k − λ) y² + (−1)^((t−1)/2) λ z² has a solution other than 0."""
    order = k - concurrence
    if t % 2 == 0:
        return isqrt(order) ** 2 == order
    other = concurrence if t % 4 == 1 else -concurrence
    primes = {2, *sympy.factorint(order), *sympy.factorint(concurrence)}
    return all(_local(order, other, int(prime)) == 1 for prime in primes)


def _local(a: int, b: int, prime: int) -> int:
    """Hilbert's symbol (a, b): 1 if x² = ay² + bz² has a solution in the p-adic numbers, otherwise −1.

    By Hasse and Minkowski there is a rational solution if there is a real one, as a > 0 here, and one for each prime.
    Source: Serre (1973), A course in arithmetic.
    """
    (alpha, u), (beta, v) = _parted(a, prime), _parted(b, prime)
    if prime == 2:
        exponent = (u - 1) // 2 * ((v - 1) // 2) + alpha * ((v * v - 1) // 8) + beta * ((u * u - 1) // 8)
        return -1 if exponent % 2 else 1
    symbol = -1 if alpha * beta * ((prime - 1) // 2) % 2 else 1
    for unit, power in ((u, beta), (v, alpha)):
        if power % 2:
            symbol *= 1 if pow(unit % prime, (prime - 1) // 2, prime) == 1 else -1
    return symbol


def _parted(number: int, prime: int) -> tuple[int, int]:
    """How often a prime divides a number, and what is left of it."""
    power = 0
    while number % prime == 0:
        number, power = number // prime, power + 1
    return power, number
