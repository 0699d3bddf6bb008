"""Balanced blocks by a group that moves treatments: some orbits of blocks that meet each pair equally often.

Treatments are c copies of an abelian group and some fixed ones. The group adds an element and multiplies by one of some
multipliers, in all copies alike. Its orbits of blocks cover each orbit of pairs a number of times; those of a design
add up to λ everywhere. Source: Kramer and Mesner (1976), t-designs on hypergraphs, Discrete Mathematics 15, 263–296.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, gcd

import numpy as np

from tutor.models.designs.finite_field import field, prime_power

Blocks = list[tuple[int, ...]]
Permutation = tuple[int, ...]

MOST_SUBSETS = 120_000
"""Sets of k out of t treatments that are looked through."""

MOST_IMAGES = 60_000_000
"""Images of sets under groups that are computed before the search is given up."""

MOST_TRIALS, RESTARTS = 4_000, 12
"""Steps of a search for orbits that add up, and how often it is begun in another order."""


def blocks_by_orbits(t: int, k: int, concurrence: int, b: int) -> Blocks | None:
    """A design as the union of orbits of a group, the largest groups first; None where none is found."""
    if comb(t, k) > MOST_SUBSETS:
        return None
    subsets = np.array(list(combinations(range(t), k)), dtype=np.int64)
    images = 0
    # In a group larger than the design every block would stay where it is under some elements: few designs do.
    groups = (group for group in _groups(t) if len(group) <= b)
    for group in sorted(groups, key=len, reverse=True):
        images += len(group) * len(subsets)
        if images > MOST_IMAGES:
            return None
        found = _of_group(group, subsets, concurrence, b)
        if found is not None:
            return found
    return None


# Groups


def _groups(t: int) -> Iterator[list[Permutation]]:
    """Groups of permutations of t points: additions and multiplications in copies of an abelian group."""
    for fixed in (0, 1, 2):
        for order in range(3, t + 1):
            copies, rest = divmod(t - fixed, order)
            if rest or not copies:
                continue
            yield from _multiplied(t, copies, _cyclic(order))
            power = prime_power(order)
            if power is not None and power[1] > 1:
                yield from _multiplied(t, copies, _elementary(*power))


@dataclass(frozen=True, slots=True)
class _Group:
    """An abelian group by its sums, and groups of multipliers of it."""

    sums: list[list[int]]
    multipliers: list[list[list[int]]]


def _cyclic(order: int) -> _Group:
    """The numbers modulo the order, with the multipliers that a unit generates."""
    found: dict[frozenset[int], None] = {}
    for unit in (u for u in range(1, order) if gcd(u, order) == 1):
        powers = [1]
        while powers[-1] * unit % order != 1:
            powers.append(powers[-1] * unit % order)
        found[frozenset(powers)] = None
    multipliers = [[[u * x % order for x in range(order)] for u in sorted(units)] for units in found]
    return _Group([[(a + b) % order for b in range(order)] for a in range(order)], multipliers)


def _elementary(prime: int, exponent: int) -> _Group:
    """The field of this order, with the groups of its multipliers."""
    add, times = field(prime, exponent)
    order = prime**exponent
    elements = range(order)
    products = [[times(a, b) for b in elements] for a in elements]
    found: dict[frozenset[int], None] = {}
    for unit in range(1, order):
        powers = [1]
        while products[powers[-1]][unit] != 1:
            powers.append(products[powers[-1]][unit])
        found[frozenset(powers)] = None
    multipliers = [[products[u] for u in sorted(units)] for units in found]
    return _Group([[add(a, b) for b in elements] for a in elements], multipliers)


def _multiplied(t: int, copies: int, group: _Group) -> Iterator[list[Permutation]]:
    order = len(group.sums)
    for multipliers in group.multipliers:
        yield [
            tuple(
                point if point >= copies * order else point // order * order + row[multiplier[point % order]]
                for point in range(t)
            )
            for row in group.sums
            for multiplier in multipliers
        ]


# Orbits


def _of_group(group: Sequence[Permutation], subsets: np.ndarray, concurrence: int, b: int) -> Blocks | None:
    """Orbits of one group that make a design."""
    t = len(group[0])
    pairs = np.array(list(combinations(range(t), 2)), dtype=np.int64)
    least_pairs, _ = _orbits(group, pairs, t)
    number_of = {code: at for at, code in enumerate(np.unique(least_pairs))}
    orbit_of = np.zeros((t, t), dtype=np.int64)
    for (i, j), code in zip(pairs, least_pairs, strict=True):
        orbit_of[i, j] = orbit_of[j, i] = number_of[code]
    pairs_in = np.bincount(orbit_of[pairs[:, 0], pairs[:, 1]], minlength=len(number_of))
    least, sizes = _orbits(group, subsets, t)
    _, first = np.unique(least, return_index=True)
    covered = np.zeros((len(first), len(number_of)), dtype=np.int64)
    for i, j in combinations(range(subsets.shape[1]), 2):
        np.add.at(covered, (np.arange(len(first)), orbit_of[subsets[first, i], subsets[first, j]]), 1)
    # An orbit of blocks covers a pair as often as all of its pairs of that orbit are shared out among them.
    covered = covered * sizes[first][:, None] // pairs_in
    usable = (covered <= concurrence).all(axis=1) & (sizes[first] <= b)
    first, covered = first[usable], covered[usable]
    chosen = _adding_up(covered, concurrence)
    if chosen is None:
        return None
    return [block for at in chosen for block in _orbit(group, subsets[first[at]])]


def _orbits(group: Sequence[Permutation], subsets: np.ndarray, t: int) -> tuple[np.ndarray, np.ndarray]:
    """For each set the code of the least set in its orbit, and the size of the orbit."""
    width = subsets.shape[1]
    scale = np.array([t**place for place in range(width)], dtype=np.int64 if t**width < 2**62 else object)
    own = (subsets * scale).sum(axis=1)
    least, still = own.copy(), np.zeros(len(subsets), dtype=np.int64)
    for permutation in group:
        image = np.sort(np.array(permutation)[subsets], axis=1)
        code = (image * scale).sum(axis=1)
        least = np.minimum(least, code)
        still += code == own
    return least, len(group) // still


def _orbit(group: Sequence[Permutation], block: np.ndarray) -> Blocks:
    return sorted({tuple(sorted(permutation[point] for point in block)) for permutation in group})


def _adding_up(covered: np.ndarray, concurrence: int) -> list[int] | None:
    """Rows of a table that add up to λ in each column, by search in several orders; None where none are found."""
    if not len(covered):
        return None
    drawn = random.Random(1)  # the order of a search, so that a design is the same each time
    by_column = [np.flatnonzero(covered[:, column]).tolist() for column in range(covered.shape[1])]
    if not all(by_column):
        return None
    for _ in range(RESTARTS):
        for rows in by_column:
            drawn.shuffle(rows)
        trials = 0

        def search(rest: np.ndarray, chosen: list[int]) -> list[int] | None:
            nonlocal trials
            open_columns = np.flatnonzero(rest)
            if not len(open_columns):
                return chosen
            column = min(open_columns, key=lambda c: len(by_column[c]))
            for row in by_column[column]:
                trials += 1
                if trials > MOST_TRIALS:
                    return None
                if row not in chosen and (covered[row] <= rest).all():
                    found = search(rest - covered[row], [*chosen, row])
                    if found is not None:
                        return found
            return None

        found = search(np.full(covered.shape[1], concurrence, dtype=np.int64), [])
        if found is not None or trials <= MOST_TRIALS:
            return found
    return None
