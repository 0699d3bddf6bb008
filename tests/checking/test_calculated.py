"""Estimates, averages and statistics: a formula of one in the place of its name is not called wrong."""

from __future__ import annotations

import pytest

from tutor import check
from tutor.notation.vocabulary import lecture_vocabulary

PAIRS = [
    # an answer, what was asked for, and what can be said
    ("(X'V^-1X)^-1X'V^-1y", "β̂", "undecided"),
    ("X(X'V^-1X)^-1X'V^-1y", "Xβ̂", "undecided"),
    ("Xβ̂", "X(X'V^-1X)^-1X'V^-1y", "undecided"),
    ("GZ'V^-1(y - Xβ̂)", "û", "undecided"),
    ("max(σ²_u, ρ, σ²)", "max(σ², σ²_u, ρ)", "correct"),
    ("min(σ²_u, ρ, σ²)", "max(σ², σ²_u, ρ)", "incorrect"),
    ("RV^-1(y - Xβ̂)", "y - Xβ̂ - Zû", "undecided"),
    ("ȳ_1. - ȳ_2.", "τ̂_1 - τ̂_2", "undecided"),
    ("(MS_b - MS_e)/t", "σ̂²_u", "undecided"),
    ("SSE/(n - p)", "MSE", "undecided"),
    ("(ȳ_1. + ȳ_2.)/2", "ȳ_..", "undecided"),
    ("(y_11 + y_12)/2", "ȳ_1.", "undecided"),
    ("y - Xβ", "y - Xβ̂", "incorrect"),
    ("β", "β̂", "incorrect"),
    ("σ²", "σ̂²", "incorrect"),
    ("τ_1 - τ_2", "τ̂_1 - τ̂_2", "incorrect"),
    ("τ̂_1 - τ̂_3", "τ̂_1 - τ̂_2", "incorrect"),
    ("Xβ̂", "Xβ̂ + Zû", "incorrect"),
    ("0", "û", "incorrect"),
    ("2β̂", "β̂", "incorrect"),
    ("ȳ_2.", "ȳ_1.", "incorrect"),
    ("MS_b", "MS_e", "incorrect"),
    ("Zû + Xβ̂", "Xβ̂ + Zû", "correct"),
    ("(2ȳ_1. - 2ȳ_2.)/2", "ȳ_1. - ȳ_2.", "correct"),
]


@pytest.mark.parametrize(("answer", "asked", "outcome"), PAIRS)
def test_only_what_the_names_tell_is_judged(answer: str, asked: str, outcome: str) -> None:
    verdict = check(answer, asked, vocabulary=lecture_vocabulary())
    assert verdict.outcome == outcome, verdict.feedback
    assert ("is calculated from data, and how was not told" in verdict.feedback) == (outcome == "undecided")
    assert verdict.costs_attempt == (outcome != "undecided")
