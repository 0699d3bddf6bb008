"""Balanced incomplete blocks: each construction that is known here, tried in turn."""

from __future__ import annotations

from itertools import combinations
from math import comb

from tutor.errors import DataError
from tutor.models.designs.block_conditions import balance, is_possible
from tutor.models.designs.cyclotomic import blocks_of_powers
from tutor.models.designs.difference_family import difference_family, translates
from tutor.models.designs.finite_geometry import flats
from tutor.models.designs.orbits import blocks_by_orbits

Blocks = list[tuple[int, ...]]
"""The treatments of each block, numbered from 0."""


def balanced_blocks(t: int, b: int, k: int) -> Blocks:
    """A balanced incomplete block design: b blocks of k out of t treatments, each pair λ times together.

    All sets of k; flats of a finite geometry; the translates of powers in a field and of difference families; orbits of
    a group; the residual of a symmetric design, which leaves out the treatments of one block (Bose 1939); the
    complement of any of these; or a smaller design several times.

    Raises
    ------
    DataError
        Where there is no such design, with the condition that fails, or where none is known to this program.

    >>> balanced_blocks(7, 7, 3)[:2]
    [(0, 1, 2), (0, 3, 4)]
    """
    _, concurrence = balance(t, b, k)
    copies = [c for c in range(concurrence, 0, -1) if b % c == 0 and concurrence % c == 0 and b // c >= t]
    for each in copies:
        found = _once(t, b // each, k, concurrence // each)
        if found is not None:
            return [block for block in found for _ in range(each)]
    raise DataError(
        f"No balanced design of {b} blocks of {k} with {t} treatments is known to this program. No condition that is "
        "known here rules it out, but it may not exist.",
        tip="Give another number of blocks, or take alpha(treatments, reps, block_size) for nearly balanced blocks.",
    )


def _once(t: int, b: int, k: int, concurrence: int) -> Blocks | None:
    """A design that is not several copies of a smaller one; of large blocks the complement of one of small ones."""
    if not is_possible(t, b, k):
        return None
    if 2 * k > t:
        replication = b - b * k // t
        inner = _small(t, b, t - k, replication * (t - k - 1) // (t - 1)) if t - k > 1 else _alone(t, b)
        return None if inner is None else [tuple(i for i in range(t) if i not in block) for block in map(set, inner)]
    return _small(t, b, k, concurrence)


def _alone(t: int, b: int) -> Blocks | None:
    return [(i,) for i in range(t)] if b == t else None


def _small(t: int, b: int, k: int, concurrence: int) -> Blocks | None:
    """A design of blocks that hold at most half of the treatments, by the cheapest construction that there is."""
    if b == comb(t, k):
        return list(combinations(range(t), k))
    geometric = flats(t, k, concurrence)
    if geometric is not None:
        return geometric
    powers = blocks_of_powers(t, k, concurrence)
    if powers is not None:
        return powers
    family = difference_family(t, k, concurrence)
    if family is not None:
        return [moved for block in family for moved in translates(block, t)]
    return blocks_by_orbits(t, k, concurrence, b) or _residual(t, b, k, concurrence)


def _residual(t: int, b: int, k: int, concurrence: int) -> Blocks | None:
    """What a symmetric design of t + r treatments leaves of its other blocks without the treatments of one block."""
    whole = t + k + concurrence
    if b != whole - 1 or not is_possible(whole, whole, k + concurrence):
        return None
    symmetric = _once(whole, whole, k + concurrence, concurrence)
    if symmetric is None:
        return None
    first, *others = map(set, symmetric)
    kept = [treatment for treatment in range(whole) if treatment not in first]
    number = {treatment: at for at, treatment in enumerate(kept)}
    return [tuple(sorted(number[treatment] for treatment in block - first)) for block in others]
