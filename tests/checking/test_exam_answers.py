"""Answers as they stand in examinations: each verdict is right, and most slips have the name that a teacher gives."""

from __future__ import annotations

import pytest

from tests.checking.exam_answers import (
    ACCEPTED,
    DERIVED,
    REFUSED,
    UNEXPLAINED,
    UNREAD,
    derived,
    judged,
)
from tests.checking.lines.derivations import Case
from tests.checking.report import label
from tutor.checking.verdict import Line


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer"), UNREAD)
def test_what_is_not_read_costs_no_attempt(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), REFUSED)
def test_what_is_wrong_is_refused_with_its_slip(design: str, asked: str, answer: str, keys: str) -> None:
    verdict = judged(design, asked, answer)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert label(verdict) in keys.split("|"), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "found"), [row[:3] + row[4:] for row in UNEXPLAINED])
def test_what_is_called_otherwise_than_a_teacher_would_is_refused_too(
    design: str, asked: str, answer: str, found: str
) -> None:
    assert label(judged(design, asked, answer)) == found


@pytest.mark.parametrize("case", DERIVED, ids=lambda case: ascii(f"{case.model} {case.text[:60]}"))
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    verdict = derived(case)
    numbers = [place.number for place in verdict.where if isinstance(place, Line)][:1]
    assert numbers == ([] if case.line is None else [case.line]), verdict.feedback
    assert verdict.outcome == ("correct" if case.line is None else "incorrect"), verdict.feedback
    assert case.key is None or verdict.misconception in case.key.split("|"), verdict.feedback
