"""Effects of units given y where letters leave open which treatments they have: against the rows of a design."""

from __future__ import annotations

from typing import Any

import pytest

import tutor
from tests.models.inference.dense import Dense
from tests.models.inference.letters_at import LettersAt, plain
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel


@pytest.mark.parametrize(
    ("letters", "numbers", "sizes", "effect"),
    [
        (tutor.bibd("t", "b", "k"), tutor.bibd(4, 6, 2), {"t": 4, "b": 6, "k": 2}, "u_1"),
        (
            tutor.bibd("t", "b", "k", samples="s"), tutor.bibd(4, 4, 3, samples=2), {"t": 4, "b": 4, "k": 3, "s": 2},
            "u_2",
        ),
        (
            tutor.bibd("t", "b", "k", samples="s"), tutor.bibd(4, 4, 3, samples=2), {"t": 4, "b": 4, "k": 3, "s": 2},
            "v_21",
        ),
        (
            tutor.bibd({"a": "a", "c": "c"}, "b", "k", samples="s"), tutor.bibd({"a": 2, "c": 2}, 4, 3, samples=2),
            {"a": 2, "c": 2, "b": 4, "k": 3, "s": 2}, "v_121",
        ),
        (
            tutor.alpha("t", "r", "k", reps_are="random"), tutor.alpha(6, 2, 3, reps_are="random"),
            {"t": 6, "r": 2, "k": 3}, "u_1(1)",
        ),
        (tutor.augmented("c", "n", "b"), tutor.augmented(3, 4, 2), {"c": 3, "n": 4, "b": 2}, "u_1"),
        (tutor.crossover("n", "t"), tutor.crossover(2, 3), {"n": 2, "t": 3, "s": 6}, "u_1(1)"),
        (tutor.latin_square("t"), tutor.latin_square(4), {"t": 4}, "r_1"),
    ],
)  # fmt: skip
def test_the_mean_of_a_unit_given_data_is_that_of_its_rows(
    letters: MixedModel, numbers: MixedModel, sizes: dict[str, int], effect: str
) -> None:
    d: Any = Dense.of(numbers)
    at = LettersAt(letters, d, sizes, {})
    assert numbers.u is not None and numbers.u.entries is not None
    place = [plain(str(entry)) for entry in numbers.u.entries].index(plain(effect))
    mean = (d.across * d.W * d.deviation)[place, 0]
    assert at.exact(letters.derive(f"E({effect} | y)").result)[0, 0] == mean
    variance = d.variance_given_y[place, place]
    assert at.exact(letters.derive(f"Var({effect} | y)").result)[0, 0] == variance


SAMPLED = tutor.bibd("t", "b", "k", samples="s")


@pytest.mark.parametrize("second", ["v_12", "v_13", "v_42", "u_1", "u_2"])
def test_covariances_of_plots_given_data_are_those_of_their_rows(second: str) -> None:
    numbers = tutor.bibd(4, 4, 3, samples=2)
    d: Any = Dense.of(numbers)
    at = LettersAt(SAMPLED, d, {"t": 4, "b": 4, "k": 3, "s": 2}, {})
    assert numbers.u is not None and numbers.u.entries is not None
    names = [plain(str(entry)) for entry in numbers.u.entries]
    covariance = d.variance_given_y[names.index("v_22"), names.index(second)]
    assert at.exact(SAMPLED.derive(f"Cov(v_22, {second} | y)").result)[0, 0] == covariance


@pytest.mark.parametrize("asked", ["Cov(v_11, v_i1 | y)", "Cov(v_1j, v_ij | y)", "Cov(v_ij, u_1 | y)"])
def test_treatments_of_plots_that_may_be_the_same_are_refused(asked: str) -> None:
    with pytest.raises(TutorError, match="is open"):
        SAMPLED.derive(asked)


def test_averages_that_cancel_are_left_out() -> None:
    assert "ȳ_{·1·}" not in str(SAMPLED.derive("E(v_11 - v_21 | y)"))
