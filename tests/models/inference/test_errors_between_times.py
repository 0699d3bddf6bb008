"""Differences of two times whose structure has no formula for any two levels: by pairs, against the rows."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq

import tutor
from tests.models.inference.exact_errors import ValuedInstance, direct, parameters_of
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.models.inference.asked_means import differences_of


@pytest.mark.parametrize(
    ("times", "treatments", "within", "effect", "at"),
    [
        (3, 1, "toep", "time", ()),
        (4, 2, "toep", "time", "treatment"),
        (3, 2, "toep", "treatment:time", ()),
        (3, 1, "ante1", "time", ()),
        (3, 2, "ante1", "treatment:time", ()),
        (3, 1, "toeph", "time", ()),
    ],
)
def test_pairs_of_times_have_the_variances_of_their_estimates(
    times: int, treatments: int, within: Any, effect: str, at: Any
) -> None:
    m = tutor.repeated_measures("s", times, treatments=treatments, within=within)
    numbers = tutor.repeated_measures(2, times, treatments=treatments, within=within)
    found = m.se_differences(effect, at)
    instance = ValuedInstance(parameters_of(numbers), {size("s"): 2})

    def value(variance: Any) -> fmpq:
        return instance.value(variance if isinstance(variance, Tree) else Scalar(variance))[0, 0]

    counted = Counter[fmpq]()
    for kind in found.kinds:
        assert kind.number is not None
        if any(str(letter).endswith("_j") for letter in kind.error.letters):
            continue  # at one time, by its letter
        counted[value(kind.error.variance)] += int(value(kind.number).p)
    expected = [direct(numbers, k) for k in differences_of(numbers, effect, at).values()]
    rest = Counter(expected)
    rest.subtract(counted)
    if found.average is None:
        assert +rest == rest and sum(rest.values()) == times * treatments * (treatments - 1) // 2
    else:
        assert not +rest and not -rest
        assert Fraction(str(value(found.average.variance))) == sum(map(Fraction, map(str, expected))) / len(expected)


def test_pairs_at_one_distance_are_told_together() -> None:
    found = tutor.repeated_measures("s", 3, within="toep").se_differences("time")
    assert [str(kind.error.variance) for kind in found.kinds]
    assert "1 time apart, 2 in all" in str(found) and "2 times apart, 1 in all" in str(found)
    assert "times 2 and 3" in str(tutor.repeated_measures("s", 3, within="ante1").se_differences("time"))
