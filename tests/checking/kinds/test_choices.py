"""Options are chosen by letter, number or text; each earns its credit, and choosing all of them earns nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Choice, check, rcbd
from tutor.errors import ExerciseError

TERMS = Choice(("Xβ", "Zu", "ZGZ'", "R"), right=("c", "d"), feedback={"b": "Zu is no variance."})
ONE = Choice(("random", "fixed", "neither"), right="random")
KEYED = Choice(
    ("Xβ", "Zu", "Xβ + Zu", "ZGZ'", "R"), right=("d", "e"),
    misconceptions={"a": "mean-in-variance", "Zu": "missing-factor", 3: "random-in-mean", "e": "missing-residual"},
)  # fmt: skip
NONE = Choice(("always", "never"), right=())

RIGHT: list[tuple[Choice, Any]] = [
    (TERMS, "c, d"), (TERMS, "C and D"), (TERMS, "d c"), (TERMS, "cd"), (TERMS, "3 4"), (TERMS, "3,4"), (TERMS, "34"),
    (TERMS, "(c), (d)"), (TERMS, "c) d)"), (TERMS, "c; d"), (TERMS, "c & d"), (TERMS, "ZGZ', R"), (TERMS, "R and ZGZ'"),
    (TERMS, "{c, d}"), (TERMS, "[3, 4]"), (TERMS, ["c", "d"]), (TERMS, {"d", "c"}), (TERMS, (3, 4)),
    (TERMS, ["R", "ZGZ'"]),
    (TERMS, {"a": False, "b": False, "c": True, "d": True}), (TERMS, np.array([3, 4])), (TERMS, "option c, option d"),
    (ONE, "a"), (ONE, "A."), (ONE, "random"), (ONE, "Random"), (ONE, 1), (ONE, "(a)"), (ONE, ["a"]), (ONE, "answer: a"),
    (NONE, "none"), (NONE, []), (NONE, "∅"), (NONE, "none of them"),
]  # fmt: skip

WRONG: list[tuple[Choice, Any, str, float]] = [
    (TERMS, "c", "option-missing", 0.5), (TERMS, "d", "option-missing", 0.5), (TERMS, "none", "option-missing", 0),
    (TERMS, "b, c, d", "option-wrong", 0.5), (TERMS, "a, b", "option-wrong", 0), (TERMS, "abcd", "option-wrong", 0),
    (TERMS, "a, c", "option-wrong", 0), (TERMS, "b", "option-wrong", 0), (TERMS, ["ZGZ'", "Zu"], "option-wrong", 0),
    (TERMS, [1], "option-wrong", 0), (TERMS, "R", "option-missing", 0.5), (TERMS, {"c": True}, "option-missing", 0.5),
    (TERMS, "1 3 4", "option-wrong", 0.5), (TERMS, [], "option-missing", 0), (TERMS, "Xβ", "option-wrong", 0),
    (ONE, "b", "option-wrong", 0), (ONE, "fixed", "option-wrong", 0), (ONE, 3, "option-wrong", 0),
    (ONE, "c", "option-wrong", 0),
    (ONE, "neither", "option-wrong", 0), (ONE, ["b"], "option-wrong", 0), (ONE, "2", "option-wrong", 0),
    (KEYED, "a", "mean-in-variance", 0), (KEYED, "b, d, e", "missing-factor", 0.5),
    (KEYED, "d", "missing-residual", 0.5),
    (KEYED, "a, b", "mean-in-variance+missing-factor", 0), (KEYED, "abc", "option-wrong", 0),
    (KEYED, "a, d", "mean-in-variance", 0), (KEYED, "e", "option-missing", 0.5),
    (NONE, "a", "option-wrong", 0), (NONE, "always, never", "option-wrong", 0), (NONE, "never", "option-wrong", 0),
]  # fmt: skip


@pytest.mark.parametrize(("reference", "answer"), RIGHT)
def test_the_right_options_are_right_however_they_are_named(reference: Choice, answer: object) -> None:
    verdict = check(answer, reference)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback


@pytest.mark.parametrize(("reference", "answer", "key", "score"), WRONG)
def test_each_option_earns_its_credit(reference: Choice, answer: object, key: str, score: float) -> None:
    verdict = check(answer, reference)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key)
    assert verdict.score == pytest.approx(score)


@pytest.mark.parametrize("answer", ["e", "5", "a, x", "maybe", 0, True, None, ["a", "z"], "a" * 9000, "1" * 4500, "²"])
def test_what_is_no_option_is_unreadable(answer: object) -> None:
    verdict = check(answer, TERMS)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)


def test_two_answers_where_one_was_asked_for_cost_nothing() -> None:
    verdict = check("a, b", ONE)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False)


def test_a_wrong_option_is_told_in_the_words_of_the_question() -> None:
    verdict = check("b, c, d", TERMS)
    assert "Zu is no variance." in verdict.feedback
    assert [place.name for place in verdict.where] == ["option b"]
    assert "c" not in check("d", TERMS).told("nudge").split()
    assert check("a, d", TERMS).told("explanation") == "a does not belong.\n1 that belongs is missing."
    assert check("b", ONE).told("explanation") == "b does not belong."


def test_weights_of_options_belong_to_the_question() -> None:
    assert check("c", TERMS, weights={"c": 3, "d": 1}).score == pytest.approx(0.75)


@pytest.mark.parametrize(
    "how",
    [
        {"options": ("a",), "right": "a"},
        {"options": ("same", "same"), "right": "a"},
        {"options": ("no", "yes"), "right": "d"},
        {"options": ("no", "yes"), "right": ("a", "b"), "several": False},
        {"options": ("no", "yes"), "right": "a", "feedback": {"z": "?"}},
        {"options": ("no", "yes"), "right": "a", "misconceptions": {"z": "sign"}},
        {"options": ("no", "yes"), "right": "a", "misconceptions": {"b": "What is it?"}},
        {"options": ("no", "yes"), "right": "a", "misconceptions": ("b", "sign")},
    ],
)
def test_a_choice_that_cannot_be_is_a_fault_of_the_question(how: dict[str, Any]) -> None:
    with pytest.raises(ExerciseError):
        Choice(**how)


@settings(max_examples=80, deadline=None)
@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_only_the_right_set_is_right_and_no_guess_of_everything_pays(right: set[int], chosen: set[int]) -> None:
    letters = "abcdef"
    reference = Choice(
        tuple(f"statement {i}" for i in range(6)), tuple(letters[i] for i in sorted(right)), several=True
    )
    verdict = check([letters[i] for i in chosen], reference)
    assert verdict.correct is (right == chosen)
    assert 0 <= verdict.score <= 1
    assert (verdict.score == 1) is (right == chosen)
    everything = check(list(letters), reference).score
    assert everything == pytest.approx(
        1.0 if len(right) == len(letters) else max(0.0, 1 - (6 - len(right)) / max(1, len(right)))
    )


M = rcbd(treatments=3, blocks=2)


@pytest.mark.parametrize(
    ("function", "answer", "is_right"),
    [
        ("tau_1 - tau_2", "yes", True), ("tau_1 - tau_2", "Yes, it is a contrast", True),
        ("tau_1 - tau_2", "no", False),
        ("tau_1 - tau_2", "estimable", True), ("tau_1 - tau_2", "not estimable", False), ("tau_1", "no", True),
        ("tau_1", "not estimable", True), ("tau_1", "it is estimable", False), ("mu", "No.", True), ("mu", True, False),
        ("mu + tau_1", True, True), ("mu", False, True),
    ],
)  # fmt: skip
def test_whether_a_function_is_estimable_is_answered_by_yes_or_no(
    function: str, answer: object, is_right: bool
) -> None:
    for reference in (bool(M.estimable(function)), M.estimable(function)):
        assert check(answer, reference).correct is is_right


@pytest.mark.parametrize("answer", ["perhaps", "", 2, "yes and no", None])
def test_neither_yes_nor_no_is_unreadable(answer: object) -> None:
    assert check(answer, True).outcome == "unreadable"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("everything except treatment", "correct"),
        ("all but c", "correct"),
        ("only a, b and d", "correct"),
        ("a, b and d are right", "correct"),
        ("I choose a, b, d", "correct"),
        ("all but c and d", "incorrect"),
        ("all of them", "incorrect"),
        ("all but the last", "unreadable"),
        ("not c", "unreadable"),
        ("both", "unreadable"),
    ],
)
def test_options_may_be_named_by_those_that_are_left_out(answer: str, outcome: str) -> None:
    asked = Choice(("farm", "year", "treatment", "residual"), right=("a", "b", "d"))
    assert check(answer, asked).outcome == outcome
