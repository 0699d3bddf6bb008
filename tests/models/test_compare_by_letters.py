"""Two models of an incomplete design with letters for sizes are set side by side without what letters do not tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tutor
from tutor.models.mixed import MixedModel


def rows_of(first: MixedModel, second: MixedModel) -> str:
    return str(tutor.compare(first, second))


PAIRS: dict[str, Callable[[], tuple[MixedModel, MixedModel]]] = {
    "balanced": lambda: (tutor.bibd("t", "b", "k"), tutor.bibd("t", "b", "k", blocks_are="fixed")),
    "augmented": lambda: (tutor.augmented("c", "n", "b"), tutor.augmented("c", "n", "b", blocks_are="fixed")),
    "alpha": lambda: (tutor.alpha("t", "r", "k"), tutor.alpha("t", "r", "k", reps_are="random")),
    "crossover": lambda: (tutor.crossover("n", "t"), tutor.crossover("n", "t", carryover=True)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_no_variance_of_plain_means_and_no_pair_that_is_not_there_is_told(name: str) -> None:
    told = rows_of(*PAIRS[name]())
    assert "Var of the mean of one" not in told and "Var of the difference of two" not in told
    assert "same treatment" not in told and "same entry" not in told
    assert ("Cov of any other two" in told) == (name != "crossover")  # of five factors no pairs are listed


def test_estimates_of_balanced_incomplete_blocks_are_asked_for() -> None:
    assert 'm.se_difference("treatment").variance' in rows_of(*PAIRS["balanced"]())


def test_samples_of_a_plot_have_the_same_treatment() -> None:
    sizes = ("t", "b", "h")
    told = rows_of(tutor.bibd(*sizes, samples="s"), tutor.bibd(*sizes, samples="s", blocks_are="fixed"))
    assert "same treatment and block" in told


def test_a_square_keeps_its_means() -> None:
    told = rows_of(tutor.latin_square("t"), tutor.latin_square("t", rows_and_columns_are="fixed"))
    assert "Var of the difference of two treatment means" in told
