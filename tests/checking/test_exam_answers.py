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
from tests.checking.marking import assert_line, label, name


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


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
