"""Answers given in a seminar are judged rightly, and their slips are named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marking import assert_line, assert_refused, label, name
from tests.checking.seminar_answers import ACCEPTED, DERIVED, NUMBERS, REFUSED, TWO_SLIPS, derived, judged
from tutor import check


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), [*REFUSED, *TWO_SLIPS])
def test_what_is_wrong_is_refused_with_its_slip(design: str, asked: str, answer: str, keys: str) -> None:
    assert_refused(judged(design, asked, answer), keys)


@pytest.mark.parametrize(("reference", "answer", "is_right"), NUMBERS)
def test_a_number_or_a_choice_is_judged_as_it_is_meant(reference: Any, answer: str, is_right: bool) -> None:
    assert check(answer, reference).correct is is_right


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
