"""Balanced incomplete blocks: those that are constructed are balanced, and those that cannot be are told why."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest

import tutor
from tutor.errors import DataError
from tutor.models.designs.balanced_blocks import balanced_blocks
from tutor.models.designs.block_conditions import _has_solution, balance
from tutor.models.designs.difference_family import difference_family, translates
from tutor.models.designs.finite_geometry import flats

UNKNOWN = {(46, 69, 6), (25, 25, 9), (51, 85, 6), (31, 31, 10)}
"""Parameters with r up to 10 that are neither constructed nor refused by a condition."""


def parameters(most: int) -> list[tuple[int, int, int]]:
    """All t, b, k with bk = rt, λ(t − 1) = r(k − 1), b ≥ t and r up to a number, by trying each r, k and λ."""
    found = []
    for r, k, meetings in product(range(2, most + 1), range(2, most + 1), range(1, most)):
        t, rest = divmod(r * (k - 1), meetings)
        t += 1
        if not rest and k < t and t * r % k == 0 and t * r // k >= t:
            found.append((t, t * r // k, k))
    return found


def meetings(blocks: list[tuple[int, ...]]) -> Counter[tuple[int, int]]:
    return Counter(pair for block in blocks for pair in combinations(sorted(block), 2))


@pytest.mark.parametrize(("t", "b", "k"), parameters(10), ids=str)
def test_blocks_are_balanced_or_refused_by_a_condition(t: int, b: int, k: int) -> None:
    try:
        blocks = balanced_blocks(t, b, k)
    except DataError as refusal:
        known = "There is no balanced design" not in str(refusal)
        assert known == ((t, b, k) in UNKNOWN)
        return
    assert len(blocks) == b and {len(set(block)) for block in blocks} == {k}
    met = meetings(blocks)
    assert len(met) == t * (t - 1) // 2
    assert len(set(met.values())) == 1
    assert (t, b, k) not in UNKNOWN


@pytest.mark.parametrize(
    ("t", "b", "k", "together"),
    [(22, 77, 6, 5), (28, 63, 4, 1), (16, 140, 4, 7), (31, 155, 3, 1), (7, 70, 4, 20), (8, 112, 4, 24), (64, 72, 8, 1)],
)
def test_larger_designs_are_balanced(t: int, b: int, k: int, together: int) -> None:
    blocks = balanced_blocks(t, b, k)
    assert len(blocks) == b and set(meetings(blocks).values()) == {together}


def test_the_model_has_the_blocks_of_the_design() -> None:
    m = tutor.bibd(28, 63, 4)
    frame = dict(m.dataframe())
    blocks: dict[str, list[str]] = {}
    for block, treatment in zip(frame["block"], frame["treatment"], strict=True):
        blocks.setdefault(block, []).append(treatment)
    met = Counter(pair for held in blocks.values() for pair in combinations(sorted(held), 2))
    assert len(blocks) == 63 and len(met) == 378 and set(met.values()) == {1}


@pytest.mark.parametrize(
    ("t", "b", "k", "words"),
    [
        (10, 9, 3, "bk = rt"),
        (6, 9, 4, "no whole number"),
        (10, 5, 4, "no whole number|Fisher"),
        (16, 8, 6, "Fisher"),
        (22, 22, 7, "must be a square"),
        (43, 43, 7, "no solution in whole numbers"),
        (29, 29, 8, "no solution in whole numbers"),
        (15, 21, 5, "Hall and Connor"),
        (36, 42, 6, "Hall and Connor"),
        (21, 28, 6, "Hall and Connor"),
        (46, 69, 6, "known to this program"),
    ],
)
def test_designs_that_cannot_be_and_designs_that_are_not_known_are_told_apart(
    t: int, b: int, k: int, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        tutor.bibd(t, b, k)


SYMMETRIC = [
    (t, k, together)
    for t, k, together in product(range(3, 80, 2), range(2, 12), (1, 2, 3))
    if k < t and together * (t - 1) == k * (k - 1)
]


@pytest.mark.parametrize(("t", "k", "together"), SYMMETRIC, ids=str)
def test_the_condition_of_bruck_ryser_and_chowla_is_a_search_for_a_solution(t: int, k: int, together: int) -> None:
    """Small solutions are found by trying; where the condition says there is none, none is."""
    other = together if t % 4 == 1 else -together
    tried = (
        (x, y, z)
        for y, z in product(range(26), repeat=2)
        for x in [round(abs((k - together) * y * y + other * z * z) ** 0.5)]
    )
    solved = any((y or z) and x * x == (k - together) * y * y + other * z * z for x, y, z in tried)
    assert _has_solution(t, k, together) == solved


@pytest.mark.parametrize(
    ("t", "k", "together"), [(9, 3, 1), (16, 4, 1), (16, 4, 7), (15, 7, 3), (27, 9, 4), (40, 4, 1)]
)
def test_any_two_points_lie_in_equally_many_flats(t: int, k: int, together: int) -> None:
    found = flats(t, k, together)
    assert found is not None
    met = meetings(found)
    assert len(met) == t * (t - 1) // 2 and set(met.values()) == {together}


def test_the_translates_of_a_difference_family_are_balanced() -> None:
    family = difference_family(41, 5, 1)
    assert family is not None and len(family) == 2
    met = meetings([block for base in family for block in translates(base, 41)])
    assert len(met) == 820 and set(met.values()) == {1}
    assert balance(41, 82, 5) == (10, 1)
