"""Constructions of incomplete blocks: balanced ones by orbits of a cyclic group, and alpha designs by arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from math import comb

from tutor.errors import DataError

Blocks = list[tuple[int, ...]]
"""The treatments of each block, numbered from 0."""

MOST_SUBSETS = 60_000
"""Sets of k out of t treatments that are looked through."""

MOST_TRIALS = 200_000
"""Steps of a search before it is given up."""


def balance(t: int, b: int, k: int) -> tuple[int, int]:
    """The replication r = bk/t and the concurrence λ = r(k − 1)/(t − 1) of a balanced incomplete block design.

    Raises
    ------
    DataError
        Where a necessary condition fails: 2 ≤ k < t, bk = rt, λ(t − 1) = r(k − 1), and Fisher's inequality b ≥ t.
        Source: Fisher (1940), Ann. Eugen. 10, 52–75; Hinkelmann and Kempthorne (2005), vol. 2, section 2.3.
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
    return r, concurrence


def _possible(t: int, k: int) -> str:
    fit = [b for b in range(t, comb(t, k) + 1) if b * k % t == 0 and (b * k // t) * (k - 1) % (t - 1) == 0]
    return f"With {t} treatments in blocks of {k} the numbers add up for b = {', '.join(map(str, fit[:4]))}."


def balanced_blocks(t: int, b: int, k: int) -> Blocks:
    """A balanced incomplete block design: b blocks of k out of t treatments, each pair λ times together.

    All sets of k; or sets of a cyclic group's orbits that cover each orbit of pairs λ times (Kramer and Mesner 1976,
    Discrete Math. 15, 263–296; with one orbit these are Bose's difference sets); or the complement of such a design;
    or a smaller one several times.

    Raises
    ------
    DataError
        Where a necessary condition fails, or no construction is found, which is said.
    """
    _, concurrence = balance(t, b, k)
    every, rest = divmod(b, comb(t, k))
    if not rest:
        return [block for block in combinations(range(t), k) for _ in range(every)]
    for copies in sorted((c for c in range(1, concurrence + 1) if b % c == 0 and concurrence % c == 0), reverse=True):
        if b // copies < t:
            continue
        found = _cyclic(t, k, concurrence // copies, b // copies)
        if found is None and 2 * k > t:
            r = b // copies - b * k // copies // t
            inner = _cyclic(t, t - k, r * (t - k - 1) // (t - 1), b // copies)
            found = None if inner is None else [tuple(i for i in range(t) if i not in block) for block in inner]
        if found is not None:
            return [block for block in found for _ in range(copies)]
    raise DataError(
        f"No balanced design of {b} blocks of {k} with {t} treatments is known to this program; it may not exist.",
        tip="Give another number of blocks, or take alpha(treatments, reps, block_size) for nearly balanced blocks.",
    )


def _cyclic(t: int, k: int, concurrence: int, b: int) -> Blocks | None:
    """Orbits of k-sets under steps of a cyclic group, the largest groups first."""
    if 2 * k > t or comb(t, k) > MOST_SUBSETS:
        return _difference_set(t, k) if concurrence * (t - 1) == k * (k - 1) and b == t else None
    for order in range(t, 2, -1):
        if t % order <= 1:
            found = _orbits(t, k, concurrence, b, order)
            if found is not None:
                return found
    return None


def _orbits(t: int, k: int, concurrence: int, b: int, order: int) -> Blocks | None:
    """Orbits that cover each orbit of pairs equally often; points are numbered copy by copy, a fixed one last."""

    def moved(point: int, step: int) -> int:
        copy, place = divmod(point, order)
        return copy * order + (place + step) % order if (copy + 1) * order <= t else point

    def orbit(of: tuple[int, ...]) -> list[tuple[int, ...]]:
        return list(dict.fromkeys(tuple(sorted(moved(p, step) for p in of)) for step in range(order)))

    pair_orbit: dict[tuple[int, ...], int] = {}
    sizes: list[int] = []
    for pair in combinations(range(t), 2):
        if pair not in pair_orbit:
            mine = orbit(pair)
            pair_orbit.update(dict.fromkeys(mine, len(sizes)))
            sizes.append(len(mine))
    seen: set[tuple[int, ...]] = set()
    candidates: list[tuple[list[tuple[int, ...]], list[int]]] = []
    for subset in combinations(range(t), k):
        if subset in seen:
            continue
        mine = orbit(subset)
        seen.update(mine)
        covered = [0] * len(sizes)
        for block in mine:
            for pair in combinations(block, 2):
                covered[pair_orbit[pair]] += 1
        if all(c <= concurrence * size for c, size in zip(covered, sizes, strict=True)):
            candidates.append((mine, covered))
    return _cover(candidates, [concurrence * size for size in sizes], b)


def _cover(candidates: list[tuple[list[tuple[int, ...]], list[int]]], wanted: list[int], b: int) -> Blocks | None:
    """Candidates whose coverings add up to what is wanted; by the first orbit of pairs that is not covered yet."""
    by_pair: list[list[int]] = [[i for i, (_, c) in enumerate(candidates) if c[p]] for p in range(len(wanted))]
    trials = 0

    def search(rest: list[int], blocks: int, chosen: list[int]) -> list[int] | None:
        nonlocal trials
        if blocks == 0:
            return chosen if not any(rest) else None
        if not any(rest):
            return None
        place = min((p for p, r in enumerate(rest) if r), key=lambda p: len(by_pair[p]))
        for i in by_pair[place]:
            mine, covered = candidates[i]
            trials += 1
            if trials > MOST_TRIALS:
                return None
            if len(mine) <= blocks and i not in chosen and all(c <= r for c, r in zip(covered, rest, strict=True)):
                left = [r - c for r, c in zip(rest, covered, strict=True)]
                found = search(left, blocks - len(mine), [*chosen, i])
                if found is not None:
                    return found
        return None

    found = search(wanted, b, [])
    return None if found is None else [block for i in found for block in candidates[i][0]]


def _difference_set(t: int, k: int) -> Blocks | None:
    """The translates of a set whose differences cover each number modulo t equally often; for a symmetric design."""
    found = difference_set(t, k)
    return None if found is None else [tuple(sorted((d + step) % t for d in found)) for step in range(t)]


def difference_set(t: int, k: int) -> tuple[int, ...] | None:
    """k numbers modulo t whose differences cover every number but 0 equally often, or None where none is found.

    >>> difference_set(7, 3)
    (0, 1, 3)
    """
    concurrence, rest = divmod(k * (k - 1), t - 1)
    if rest or not concurrence:
        return None
    trials = 0

    def grow(chosen: list[int], counts: list[int]) -> list[int] | None:
        nonlocal trials
        trials += 1
        if len(chosen) == k:
            return chosen
        for new in range(chosen[-1] + 1, t):
            if trials > MOST_TRIALS:
                return None
            more = counts.copy()
            for old in chosen:
                more[(new - old) % t] += 1
                more[(old - new) % t] += 1
            if max(more[1:]) <= concurrence:
                found = grow([*chosen, new], more)
                if found is not None:
                    return found
        return None

    found = grow([0], [0] * t)
    return None if found is None else tuple(found)


def alpha_blocks(blocks: int, block_size: int, reps: int) -> list[Blocks]:
    """Resolvable incomplete blocks from a generating array: for each replicate its ``blocks`` blocks of ``block_size``.

    Treatment p·s + c (p < k, c < s) is in block j of replicate q when c = α[p][q] + j modulo s. Two treatments of
    different p meet as often as their difference comes among α[p][q] − α[p'][q]; the array is chosen so that no
    difference comes twice, or as few as can be. Source: Patterson and Williams (1976), Biometrika 63, 83–92.
    """
    array = _generating_array(blocks, block_size, reps)
    return [
        [tuple(p * blocks + (array[p][q] + j) % blocks for p in range(block_size)) for j in range(blocks)]
        for q in range(reps)
    ]


def _generating_array(s: int, k: int, r: int) -> list[list[int]]:
    """k × r numbers modulo s, row by row: each row repeats its differences from the rows before it the fewest times."""
    array = [[0] * r]
    for _ in range(1, k):
        array.append(min(_rows(s, r), key=lambda row: _meetings(row, array, s)))
    return array


def _meetings(row: list[int], others: list[list[int]], s: int) -> tuple[int, int]:
    """How often two treatments of this row and another meet at most, and the sum of that over the others."""
    most = [max(Counter((a - b) % s for a, b in zip(row, other, strict=True)).values()) for other in others]
    return max(most), sum(most)


def _rows(s: int, r: int) -> Iterator[list[int]]:
    """Rows that are tried: multiples of one step, and then all in which the search may take its time."""
    yield from ([step * q % s for q in range(r)] for step in range(s))
    for number in range(min(s ** (r - 1), 5000)):
        yield [0, *(number // s**place % s for place in range(r - 1))]
