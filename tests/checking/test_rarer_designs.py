"""Answers and derivations about designs that no other test has are judged rightly, and their slips are named."""

from __future__ import annotations

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marking import assert_line, label, name
from tests.checking.rarer_designs import ACCEPTED, BROKEN, DERIVED, REFUSED, derived, judged


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted_in_unusual_spellings(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), REFUSED)
def test_what_is_wrong_is_refused_with_its_slip_and_with_numbers(
    design: str, asked: str, answer: str, keys: str
) -> None:
    verdict = judged(design, asked, answer)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert label(verdict) in keys.split("|"), verdict.feedback
    assert verdict.counterexample is not None or verdict.misconception == "shapes-do-not-meet"


@pytest.mark.parametrize("case", DERIVED, ids=name)
def test_lines_that_follow_are_accepted(case: Case) -> None:
    verdict = derived(case)
    assert (verdict.outcome, verdict.form) == ("correct", None), verdict.feedback


@pytest.mark.parametrize("case", BROKEN, ids=name)
def test_the_first_line_that_does_not_follow_is_found(case: Case) -> None:
    assert_line(case, derived(case))
