"""Balanced blocks from powers in a finite field: squares, fourth powers and their kin, and their multiples."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, islice

from tutor.models.designs.finite_field import Operation, field, prime_power

Blocks = list[tuple[int, ...]]

MOST_ELEMENTS = 130
"""Elements of a field that is searched."""

MOST_CHOICES = 2_000
"""Choices of multiples that are tried."""


def blocks_of_powers(t: int, k: int, concurrence: int) -> Blocks | None:
    """Translates of multiples of the e-th powers in the field of t elements, with 0 or without, or None.

    For e = 2 and t = 4λ + 3 these are Paley's squares. Source: Paley (1933), On orthogonal matrices, Journal of
    Mathematics and Physics 12, 311–320; Bose (1939), On the construction of balanced incomplete block designs, Annals
    of Eugenics 9, 353–399.

    >>> blocks_of_powers(7, 3, 1)[0]
    (1, 2, 4)
    """
    number, rest = divmod(concurrence * (t - 1), k * (k - 1))
    power = prime_power(t) if t <= MOST_ELEMENTS else None
    if rest or power is None:
        return None
    add, times = field(*power)
    elements = range(t)
    sums = [[add(a, b) for b in elements] for a in elements]
    negative = [row.index(0) for row in sums]
    logarithms = _powers_of_a_generator(t, times)
    for zero in (0, 1):
        classes, left = divmod(t - 1, k - zero)
        if left or number > classes:
            continue
        cosets = [[*logarithms[start::classes], *([0] * zero)] for start in range(classes)]
        chosen = _balanced(cosets, number, concurrence, sums, negative)
        if chosen is not None:
            return [tuple(sorted(sums[e][step] for e in block)) for block in chosen for step in elements]
    return None


def _powers_of_a_generator(t: int, times: Operation) -> list[int]:
    """1, g, g², …, all elements but 0."""
    for generator in range(1, t):
        powers = [1]
        while (following := times(powers[-1], generator)) != 1:
            powers.append(following)
        if len(powers) == t - 1:
            return powers
    raise AssertionError("every finite field has a generator")


def _balanced(
    cosets: list[list[int]], number: int, concurrence: int, sums: list[list[int]], negative: list[int]
) -> list[list[int]] | None:
    """As many cosets, the first among them, as cover each difference equally often."""
    tables = [Counter(sums[a][negative[b]] for a in block for b in block if a != b) for block in cosets]
    for others in islice(combinations(range(1, len(cosets)), number - 1), MOST_CHOICES):
        chosen = (0, *others)
        met = Counter[int]()
        for at in chosen:
            met.update(tables[at])
        if len(met) == len(sums) - 1 and set(met.values()) == {concurrence}:
            return [cosets[at] for at in chosen]
    return None
