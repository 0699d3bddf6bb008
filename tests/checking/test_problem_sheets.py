"""Answers to problem sheets are judged rightly, and their slips are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marking import assert_line, assert_refused, label, name
from tests.checking.problem_sheets import ACCEPTED, REFUSED, TWO_SLIPS, UNEXPLAINED, derived, judged
from tests.checking.problem_sheets_of_other_kinds import (
    CREDITED,
    DERIVED,
    FORMS,
    FREE,
    MODELS,
    NUMBERS,
    OBJECTS,
    PLACED,
)
from tutor import check


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), [*REFUSED, *TWO_SLIPS])
def test_what_is_wrong_is_refused_with_its_slip(design: str, asked: str, answer: str, keys: str) -> None:
    assert_refused(judged(design, asked, answer), keys)


@pytest.mark.parametrize(("design", "asked", "answer", "found"), [row[:3] + row[4:] for row in UNEXPLAINED])
def test_what_is_called_otherwise_than_a_teacher_would_is_refused_too(
    design: str, asked: str, answer: str, found: str
) -> None:
    assert_refused(judged(design, asked, answer), found)


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), OBJECTS)
def test_objects_of_programs_are_judged_as_texts_are(design: str, asked: str, answer: Any, keys: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) in keys.split("|"), verdict.feedback


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
def test_a_model_is_right_in_other_letters_and_in_no_other_terms(
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


@pytest.mark.parametrize(("design", "asked", "answer", "cells", "place"), PLACED)
def test_what_is_wrong_is_pointed_at(
    design: str, asked: str, answer: str, cells: set[tuple[int, int]], place: str
) -> None:
    verdict = judged(design, asked, answer)
    assert {(cell.row, cell.column) for cell in verdict.cells} == cells
    assert not place or place in [each.name for each in verdict.where]


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
