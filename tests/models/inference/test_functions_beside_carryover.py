"""Williams' sequences with carry-over and a letter for the number of treatments, against designs in numbers."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import sympy

import tutor
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

SIZES = [(2, 3), (3, 4)]

ESTIMABLE = [
    "tau_1 - tau_2",
    "lambda_2 - lambda_3",
    "tau_1 - tau_2 + lambda_2 - lambda_3",
    "tau_1 - tau_3 + 2 lambda_2 - 2 lambda_4",
    "tau_1 + tau_2 - 2 tau_3 - lambda_3 + lambda_4",
    "pi_2 - pi_3",
    "pi_2 - pi_3 + tau_1 - tau_2",
]
NOT_ESTIMABLE = [
    "tau_1",
    "lambda_2",
    "lambda_1 - lambda_2",
    "pi_1 - pi_2",
    "pi_1 + lambda_2",
    "mu + tau_1",
    "tau_1 - 2 tau_2",
    "mu + gamma_1 + tau_1",
]
OF_MEANS = ["gamma_1 - gamma_2", "mu + gamma_1 + pi_1 + tau_1", "mu + gamma_1 + pi_2 + tau_1 + lambda_2"]


@cache
def in_letters() -> MixedModel:
    return tutor.crossover("n", "t", carryover=True)


@cache
def in_numbers(n: int, t: int) -> MixedModel:
    return tutor.crossover(n, t, carryover=True)


def put(found: Any, n: int, t: int) -> Any:
    s = t if t % 2 == 0 else 2 * t
    sizes = {"n": n, "t": t, "s": s}
    return found.xreplace(
        {letter: sympy.Integer(sizes[str(letter)]) for letter in found.free_symbols if str(letter) in sizes}
    )


@pytest.mark.parametrize("what", [*ESTIMABLE, *NOT_ESTIMABLE, *OF_MEANS])
@pytest.mark.parametrize(("n", "t"), SIZES)
def test_what_is_estimable_is_so_in_numbers(n: int, t: int, what: str) -> None:
    letters, numbers = in_letters().estimable(what), in_numbers(n, t).estimable(what)
    assert letters.estimable is numbers.estimable is (what not in NOT_ESTIMABLE)
    assert letters.function == numbers.function
    if not letters:
        assert letters.because == numbers.because  # the same change of the effects shows it


@pytest.mark.parametrize("what", ESTIMABLE)
@pytest.mark.parametrize(("n", "t"), SIZES)
def test_standard_errors_are_those_in_numbers(n: int, t: int, what: str) -> None:
    found = in_letters().se(what).variance
    assert sympy.simplify(put(found, n, t) - in_numbers(n, t).se(what).variance) == 0


@pytest.mark.parametrize("what", ["tau_1 - tau_2", "tau_1 - tau_2 + lambda_2 - lambda_3"])
def test_without_effects_of_sequences_totals_of_subjects_tell_too(what: str) -> None:
    letters, numbers = tutor.crossover(1, "t", carryover=True), tutor.crossover(1, 4, carryover=True)
    assert sympy.simplify(put(letters.se(what).variance, 1, 4) - numbers.se(what).variance) == 0


@pytest.mark.parametrize("what", [*NOT_ESTIMABLE, *OF_MEANS])
def test_a_standard_error_that_is_not_told_says_why(what: str) -> None:
    reason = (
        "the treatments that its sequences begin and end with" if what in OF_MEANS else "is not estimable: adding 1"
    )
    with pytest.raises(TutorError, match=reason):
        in_letters().se(what)


@pytest.mark.parametrize(("n", "t"), SIZES)
def test_moments_of_the_estimates(n: int, t: int) -> None:
    letters, numbers = in_letters(), in_numbers(n, t)
    direct, left = r"\hat\tau_1 - \hat\tau_2", r"\hat\lambda_2 - \hat\lambda_3"
    asked: list[tuple[str, ...]] = [(direct,), (left,), (direct, left), (r"\hat\pi_2 - \hat\pi_3", left)]
    for of in asked:
        moment = f"{'Var' if len(of) == 1 else 'Cov'}({', '.join(of)})"
        found, same = (m.derive(moment).result.explicit()[0, 0] for m in (letters, numbers))
        assert sympy.simplify(put(found, n, t) - same) == 0, moment
    assert letters.derive(f"E({left})").result == numbers.derive(f"E({left})").result


def test_estimates_that_are_no_moments_say_why() -> None:
    for moment in (r"Var(\hat\lambda_1 - \hat\lambda_2)", r"E(\hat\lambda_2)", r"Var(\hat\tau_1)"):
        with pytest.raises(TutorError, match="is not estimable: adding 1"):
            in_letters().derive(moment)


def test_each_relation_of_the_columns_is_told() -> None:
    told = in_letters().null_space()
    assert told.dimension == len(told.told) == 4
    assert told.told[-1] == "μ = π_1 + ∑_m λ_m"


@pytest.mark.parametrize("what", ["lambda_2 - lambda_3", "lambda_1 - lambda_2", "gamma_1 - gamma_2"])
def test_alike_subjects_decide_as_two_of_them(what: str) -> None:
    letters, numbers = tutor.crossover("n", 3, carryover=True), tutor.crossover(2, 3, carryover=True)
    assert letters.estimable(what).because == numbers.estimable(what).because


def test_an_effect_that_is_0_is_0() -> None:
    for m in (in_letters(), in_numbers(2, 3)):
        assert m.estimable("lambda_1").because == "0 is estimable: it is 0."
        assert m.se("lambda_1").variance == 0
