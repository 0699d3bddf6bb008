"""Answers as they are marked: each verdict is right, slips have the names that a teacher gives, alone and in pairs, and
parts earn what they are worth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marked_scripts import (
    ACCEPTED,
    CREDITED,
    DERIVED,
    FREE,
    PLACED,
    REFUSED,
    TWO_SLIPS,
    UNEXPLAINED,
    UNREAD,
    derived,
    judged,
)
from tests.checking.marking import assert_line, label, name


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "wrong", "options"), FREE)
def test_what_the_question_leaves_free_is_accepted_and_no_more(
    design: str, asked: str, answer: str, wrong: str, options: dict[str, Any]
) -> None:
    assert judged(design, asked, answer, **options).correct
    assert judged(design, asked, wrong, **options).correct is False


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), [*REFUSED, *TWO_SLIPS])
def test_what_is_wrong_is_refused_with_its_slip_and_with_numbers(
    design: str, asked: str, answer: str, keys: str
) -> None:
    verdict = judged(design, asked, answer)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert label(verdict) in keys.split("|"), verdict.feedback
    assert verdict.counterexample is not None or label(verdict) in ("shapes-do-not-meet", "singular-inverse")


@pytest.mark.parametrize(("design", "asked", "answer"), UNREAD)
def test_what_is_not_read_costs_no_attempt(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False), verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "found"), [row[:3] + row[4:] for row in UNEXPLAINED])
def test_what_is_called_otherwise_than_a_teacher_would_is_refused_too(
    design: str, asked: str, answer: str, found: str
) -> None:
    assert label(judged(design, asked, answer)) == found


@pytest.mark.parametrize(("design", "asked", "answer", "weights", "score"), CREDITED)
def test_parts_that_are_right_earn_their_share(
    design: str, asked: str, answer: str, weights: dict[str, float], score: float
) -> None:
    verdict = judged(design, asked, answer, weights=weights)
    assert verdict.correct is False
    assert verdict.score == pytest.approx(score), verdict.credit


@pytest.mark.parametrize(("design", "asked", "answer", "cells", "place"), PLACED)
def test_what_is_wrong_is_pointed_at(
    design: str, asked: str, answer: str, cells: set[tuple[int, int]], place: str
) -> None:
    verdict = judged(design, asked, answer)
    assert {(cell.row, cell.column) for cell in verdict.cells} == cells
    assert place in [each.name for each in verdict.where]


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
