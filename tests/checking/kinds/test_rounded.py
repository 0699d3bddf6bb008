"""A number is right if and only if it is a correct rounding of the exact value, at the unit asked for or finer."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Rounded, check
from tutor.errors import ExerciseError

SIXTHS = Rounded(sympy.Rational(5, 6), decimals=2)
PERCENT = Rounded(sympy.Rational(5, 6), decimals=2, percent=True)
WEIGHT = Rounded(sympy.Rational(10, 3), significant=2, unit="kg", needs_unit=True)
MAYBE = Rounded(sympy.Rational(10, 3), significant=2, unit="kg")
LARGE = Rounded(1234, significant=2)
ROOT = Rounded(sympy.sqrt(2), significant=3)
HALF = Rounded(sympy.Rational(1, 2), decimals=2)
TIE = Rounded(sympy.Rational(1, 8), decimals=2)
NEGATIVE = Rounded(sympy.Rational(-7, 3), decimals=1)
SMALL = Rounded(sympy.Rational(1, 8192), significant=2)

RIGHT: list[tuple[Rounded, Any]] = [
    (SIXTHS, "0.83"), (SIXTHS, ".83"), (SIXTHS, "0,83"), (SIXTHS, "0.833"), (SIXTHS, "0.8333"), (SIXTHS, "5/6"),
    (SIXTHS, r"\frac{5}{6}"), (SIXTHS, "10/12"), (SIXTHS, "ρ = 0.83"), (SIXTHS, "≈ 0.83"), (SIXTHS, "$0.83$"),
    (SIXTHS, 5 / 6), (SIXTHS, Fraction(5, 6)), (SIXTHS, sympy.Rational(5, 6)), (SIXTHS, Decimal("0.83")),
    (SIXTHS, np.float64(5) / 6), (SIXTHS, "0.830"), (SIXTHS, "8.3e-1"), (SIXTHS, "0.8333333333333334"),
    (PERCENT, "83 %"), (PERCENT, "83%"), (PERCENT, r"83.3\%"), (PERCENT, "0.83"),
    (WEIGHT, "3.3 kg"), (WEIGHT, "3.3kg"), (WEIGHT, r"3.33\,\text{kg}"), (WEIGHT, "10/3 kg"),
    (MAYBE, "3.3"), (MAYBE, "3.3 kg"), (MAYBE, "10/3"),
    (SIXTHS, "So 0.83"), (SIXTHS, "0.83 (rounded)"), (SIXTHS, "it is 0.83"), (ROOT, "1.41 (= sqrt 2)"),
    (LARGE, "1,234.0"), (LARGE, "1 234"), (LARGE, "1'234"), (LARGE, "1.234,0"),
    (LARGE, "1200"), (LARGE, "1234"), (LARGE, "1230"), (LARGE, "1.2e3"), (LARGE, 1234), (LARGE, "1234.0"),
    (ROOT, "1.41"), (ROOT, "1.414"), (ROOT, r"\sqrt{2}"), (ROOT, "2/sqrt(2)"), (ROOT, sympy.sqrt(2)), (ROOT, 2**0.5),
    (HALF, "0.50"), (HALF, "0.5"), (HALF, ".5"), (HALF, "1/2"),
    (TIE, "0.12"), (TIE, "0.13"), (TIE, "0.125"), (NEGATIVE, "-2.3"), (NEGATIVE, "−2.33"), (NEGATIVE, "-7/3"),
    (SMALL, "0.00012"), (SMALL, "1.2e-4"), (SMALL, "0.000122"), (Rounded(0, decimals=2), "0"),
    (Rounded(0, decimals=2), 0),
]  # fmt: skip

WRONG: list[tuple[Rounded, Any, str | None, float]] = [
    (SIXTHS, "0.84", "rounding", 0.5), (SIXTHS, "0.82", None, 0), (SIXTHS, "0.834", "rounding", 0.5),
    (SIXTHS, "0.8", "rounded-too-far", 0.5), (SIXTHS, "1", "rounded-too-far", 0), (SIXTHS, "-0.83", "sign", 0),
    (SIXTHS, "1.67", "factor-2", 0), (SIXTHS, "0.42", "factor-2", 0), (SIXTHS, "83", "percent", 0),
    (SIXTHS, "0.69", "variance-for-sd", 0), (SIXTHS, "0.91", "sd-for-variance", 0), (SIXTHS, "0.17", None, 0),
    (SIXTHS, "4/5", None, 0), (SIXTHS, "0.9", "sd-for-variance", 0), (SIXTHS, 0.84, "rounding", 0.5),
    (SIXTHS, "0", None, 0),
    (SIXTHS, "0.83334", "rounding", 0.5), (PERCENT, "84 %", "rounding", 0.5), (PERCENT, "17 %", None, 0),
    (WEIGHT, "3.3", "missing-unit", 0.5), (WEIGHT, "3.3 g", "wrong-unit", 0.5), (WEIGHT, "3.4 kg", "rounding", 0.5),
    (WEIGHT, "-3.3 kg", "sign", 0), (MAYBE, "3.3 t", "wrong-unit", 0.5), (LARGE, "1300", "rounding", 0.5),
    (LARGE, "1000", "rounded-too-far", 0.5), (LARGE, "1235", "rounding", 0.5), (ROOT, "1.42", "rounding", 0.5),
    (ROOT, "1.4", "rounded-too-far", 0.5), (ROOT, r"\sqrt{3}", None, 0), (ROOT, "2", "variance-for-sd", 0),
    (TIE, "0.14", None, 0), (NEGATIVE, "2.3", "sign", 0), (NEGATIVE, "-2.4", "rounding", 0.5),
    (SMALL, "0.00013", "rounding", 0.5), (SMALL, "0.0001", "rounded-too-far", 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "answer"), RIGHT)
def test_a_correct_rounding_is_right(reference: Rounded, answer: object) -> None:
    verdict = check(answer, reference)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback


@pytest.mark.parametrize(("reference", "answer", "key", "score"), WRONG)
def test_wrongly_rounded_is_told_from_off(reference: Rounded, answer: object, key: str | None, score: float) -> None:
    verdict = check(answer, reference)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    assert verdict.score == pytest.approx(score)
    assert str(reference) not in verdict.feedback


@pytest.mark.parametrize("answer", ["", "x", "σ²", "83 %", "0.8.3", "1e9999999", True, None, "9" * 400, "nan", "1/0"])
def test_what_is_no_number_is_unreadable(answer: object) -> None:
    verdict = check(answer, SIXTHS)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False), verdict.feedback


@pytest.mark.parametrize(
    "how", [{}, {"decimals": 2, "significant": 3}, {"significant": 0}, {"value": sympy.Symbol("x"), "decimals": 1}]
)
def test_a_number_that_cannot_be_rounded_is_a_fault_of_the_question(how: dict[str, Any]) -> None:
    with pytest.raises(ExerciseError):
        Rounded(**{"value": 1, **how})


def test_what_a_rounding_is_worth_belongs_to_the_question() -> None:
    assert check("0.84", SIXTHS, weights={"rounding": 0.1}).score == pytest.approx(0.9)
    assert check("3.3", WEIGHT, weights={"unit": 1}).score == 0


@settings(max_examples=150, deadline=None)
@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.integers(0, 6), st.integers(-3, 3))
def test_right_is_exactly_what_decimal_arithmetic_rounds_to(value: Fraction, decimals: int, shift: int) -> None:
    reference = Rounded(sympy.Rational(value.numerator, value.denominator), decimals=decimals)
    unit = Decimal(1).scaleb(-decimals)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    roundings = {exact.quantize(unit, rounding) for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    answer = exact.quantize(unit, ROUND_HALF_UP) + shift * unit
    is_tie = (value * 10**decimals * 2).denominator == 1 and (value * 10**decimals).denominator != 1
    expected = answer in roundings or (is_tie and abs(answer - exact) == unit / 2)
    assert check(str(f"{answer:f}"), reference).correct is expected
    assert check(str(reference), reference).correct is True
