"""Patterns of rows: what is read from codes gives back the codes, and what has no pattern is left alone."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tutor.models.design import Pattern, Run, aligned, by_appearance, kronecker, pattern_of

runs = st.lists(st.tuples(st.booleans(), st.integers(2, 4)), min_size=1, max_size=4)


def pattern(parts: list[tuple[bool, int]]) -> Pattern:
    return tuple(Run(distinct, sympy.Integer(extent)) for distinct, extent in parts)


def codes_of(parts: list[tuple[bool, int]]) -> list[int]:
    """The level of each row, counted over the places of the distinct runs."""
    codes = [0]
    for distinct, extent in parts:
        codes = [code * extent + i if distinct else code for code in codes for i in range(extent)]
    return codes


def indicator(codes: list[int]) -> np.ndarray:
    matrix = np.zeros((len(codes), max(codes) + 1))
    matrix[np.arange(len(codes)), codes] = 1
    return matrix


@given(runs)
def test_a_pattern_is_found_in_the_rows_it_makes(parts: list[tuple[bool, int]]) -> None:
    codes = codes_of(parts)
    found = pattern_of(codes)
    assert found is not None
    assert np.array_equal(kronecker(found).numpy(), indicator(codes))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=16))
def test_a_pattern_is_never_found_where_there_is_none(codes: list[int]) -> None:
    renumbered, order = by_appearance(codes)
    assert [order[code] for code in renumbered] == codes
    found = pattern_of(renumbered)
    if found is not None:
        assert np.array_equal(kronecker(found).numpy(), indicator(renumbered))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0, 0, 1, 1], [(True, 2), (False, 2)]),
        ([0, 1, 0, 1], [(False, 2), (True, 2)]),
        ([0, 1, 2, 3], [(True, 4)]),
        ([0, 0, 0], [(False, 3)]),
        ([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5], [(True, 2), (False, 2), (True, 3)]),
        ([0, 0, 1], None),
        ([0, 1, 1, 0], None),
        ([0, 1, 0, 2], None),
        ([0, 0, 1, 1, 0, 1], None),
    ],
)
def test_patterns_by_hand(codes: list[int], expected: list[tuple[bool, int]] | None) -> None:
    found = pattern_of(codes)
    assert found == (None if expected is None else pattern(expected))


@given(st.lists(runs, min_size=1, max_size=3))
def test_aligning_changes_no_matrix(several: list[list[tuple[bool, int]]]) -> None:
    several = [parts for parts in several if prod(e for _, e in parts) == prod(e for _, e in several[0])]
    before = [pattern(parts) for parts in several]
    after = aligned(before)
    for old, new in zip(before, after, strict=True):
        assert np.array_equal(kronecker(old).numpy(), kronecker(new).numpy())


def test_a_split_plot_has_a_place_for_each_factor() -> None:
    blocks, plots = aligned([pattern([(True, 6), (False, 12)]), pattern([(True, 18), (False, 4)])])
    assert blocks == pattern([(True, 6), (False, 3), (False, 4)])
    assert plots == pattern([(True, 6), (True, 3), (False, 4)])


def test_patterns_that_do_not_fit_each_other_stay_as_they_are() -> None:
    two, three = pattern([(True, 3), (False, 2)]), pattern([(True, 2), (False, 3)])
    assert aligned([two, three]) == (two, three)
