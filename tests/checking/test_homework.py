"""Homework of all kinds is judged rightly, and its slips are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.homework import (
    ACCEPTED,
    REFUSED,
    TWO_SLIPS,
    UNEXPLAINED,
    UNREAD,
    derived,
    judged,
)
from tests.checking.homework_of_other_kinds import CREDITED, DERIVED, FORMS, FREE, MODELS, NUMBERS
from tests.checking.lines.derivations import Case
from tests.checking.marking import assert_line, label, name
from tutor import check


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), [*REFUSED, *TWO_SLIPS])
def test_what_is_wrong_is_refused_with_its_slip(design: str, asked: str, answer: str, keys: str) -> None:
    verdict = judged(design, asked, answer)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert label(verdict) in keys.split("|"), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "found"), [row[:3] + row[4:] for row in UNEXPLAINED])
def test_what_is_called_otherwise_than_a_teacher_would_is_refused_too(
    design: str, asked: str, answer: str, found: str
) -> None:
    verdict = judged(design, asked, answer)
    assert (verdict.outcome, label(verdict)) == ("incorrect", found), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer"), UNREAD)
def test_what_is_not_read_costs_no_attempt(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "wrong", "options"), FREE)
def test_what_the_question_leaves_free_is_accepted_and_no_more(
    design: str, asked: str, answer: str, wrong: str, options: dict[str, Any]
) -> None:
    assert label(judged(design, asked, answer, **options)) == "correct"
    assert judged(design, asked, wrong, **options).correct is False


@pytest.mark.parametrize(("design", "asked", "answer", "keys", "options"), FORMS)
def test_what_is_true_in_another_form_is_told_so(
    design: str, asked: str, answer: str, keys: str, options: dict[str, Any]
) -> None:
    verdict = judged(design, asked, answer, **options)
    assert verdict.correct
    assert verdict.form in keys.split("|")


@pytest.mark.parametrize(("design", "answer", "is_right", "options"), MODELS)
def test_a_model_may_have_other_effects_with_the_same_means(
    design: str, answer: str, is_right: bool, options: dict[str, Any]
) -> None:
    verdict = judged(design, "model", answer, **options)
    assert verdict.correct is is_right, verdict.feedback


@pytest.mark.parametrize(("reference", "answer", "is_right"), NUMBERS)
def test_a_number_or_a_choice_is_judged_as_it_is_meant(reference: Any, answer: str, is_right: bool) -> None:
    verdict = check(answer, reference)
    assert verdict.correct is is_right, verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "weights", "score"), CREDITED)
def test_parts_that_are_right_earn_their_share(
    design: str, asked: str, answer: str, weights: dict[str, float], score: float
) -> None:
    verdict = judged(design, asked, answer, weights=weights)
    assert verdict.correct is False
    assert verdict.score == pytest.approx(score), verdict.credit


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
