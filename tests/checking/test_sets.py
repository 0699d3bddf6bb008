"""The answers of each set are judged rightly, their slips have the names that a teacher gives, what is wrong is pointed
at, and parts earn what they are worth."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marking import assert_line, assert_refused, label
from tests.checking.sets import SETS, rows_of
from tutor import check

WITH_VALUES = (SETS["rarer designs"][0], SETS["marked scripts"][0])
"""The files whose wrong answers have a value, save those that are none for a reason of their own."""

WITHOUT_VALUE = ("shapes-do-not-meet", "singular-inverse")


def table(*names: str) -> Any:
    """Each row of the tables of these names, after the file that judges it."""
    rows = [
        pytest.param(modules[0], *((row,) if isinstance(row, Case) else row), id=ascii(f"{name} {_told(row)}"))
        for name, modules in SETS.items()
        for row in rows_of(modules, *names)
    ]
    return lambda test: pytest.mark.parametrize(_arguments(test), rows)(test)


def _arguments(test: Any) -> list[str]:
    return list(test.__code__.co_varnames[: test.__code__.co_argcount])


def _told(row: Any) -> str:
    told = (row.model, row.text) if isinstance(row, Case) else row[:3]
    return " ".join(str(part)[:60] for part in told)


@table("ACCEPTED")
def test_what_is_right_is_accepted(judge: Any, design: str, asked: str, answer: str) -> None:
    verdict = judge.judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@table("REFUSED", "TWO_SLIPS")
def test_what_is_wrong_is_refused_with_its_slip(judge: Any, design: str, asked: str, answer: str, keys: str) -> None:
    verdict = judge.judged(design, asked, answer)
    assert_refused(verdict, keys)
    if judge in WITH_VALUES:
        assert verdict.counterexample is not None or label(verdict) in WITHOUT_VALUE


@table("UNEXPLAINED")
def test_what_is_called_otherwise_than_a_teacher_would_is_refused_too(
    judge: Any, design: str, asked: str, answer: str, keys: str, found: str
) -> None:
    assert_refused(judge.judged(design, asked, answer), found)
    assert found not in keys.split("|")


@table("UNREAD")
def test_what_is_not_read_costs_no_attempt(judge: Any, design: str, asked: str, answer: str) -> None:
    verdict = judge.judged(design, asked, answer)
    assert (verdict.outcome, verdict.costs_attempt) == ("unreadable", False), verdict.feedback


@table("OBJECTS")
def test_objects_of_programs_are_judged_as_texts_are(
    judge: Any, design: str, asked: str, answer: Any, keys: str
) -> None:
    verdict = judge.judged(design, asked, answer)
    assert label(verdict) in keys.split("|"), verdict.feedback


@table("FREE")
def test_what_the_question_leaves_free_is_accepted_and_no_more(
    judge: Any, design: str, asked: str, answer: str, wrong: str, options: dict[str, Any]
) -> None:
    assert label(judge.judged(design, asked, answer, **options)) == "correct"
    assert judge.judged(design, asked, wrong, **options).correct is False


@table("FORMS")
def test_what_is_true_in_another_form_is_told_so(
    judge: Any, design: str, asked: str, answer: str, keys: str, options: dict[str, Any]
) -> None:
    verdict = judge.judged(design, asked, answer, **options)
    assert verdict.correct
    assert verdict.form in keys.split("|")


@table("MODELS")
def test_a_model_may_have_other_letters_and_what_is_left_free(
    judge: Any, design: str, answer: str, is_right: bool, options: dict[str, Any]
) -> None:
    verdict = judge.judged(design, "model", answer, **options)
    assert verdict.correct is is_right, verdict.feedback


@table("NUMBERS")
def test_a_number_or_a_choice_is_judged_as_it_is_meant(judge: Any, reference: Any, answer: str, is_right: bool) -> None:
    verdict = check(answer, reference)
    assert verdict.correct is is_right, verdict.feedback


@table("CREDITED")
def test_parts_that_are_right_earn_their_share(
    judge: Any, design: str, asked: str, answer: str, weights: dict[str, float], score: float
) -> None:
    verdict = judge.judged(design, asked, answer, weights=weights)
    assert verdict.correct is False
    assert verdict.score == pytest.approx(score), verdict.credit


@table("PLACED")
def test_what_is_wrong_is_pointed_at(
    judge: Any, design: str, asked: str, answer: str, cells: set[tuple[int, int]], place: str
) -> None:
    verdict = judge.judged(design, asked, answer)
    assert {(cell.row, cell.column) for cell in verdict.cells} == cells
    assert not place or place in [each.name for each in verdict.where]


@table("DERIVED", "BROKEN")
def test_the_first_line_that_does_not_follow_is_found(judge: Any, case: Case) -> None:
    assert_line(case, judge.derived(case))
