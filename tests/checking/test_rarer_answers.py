"""Answers of kinds that the other sets touch least: what is right is accepted, what is wrong has its slip named."""

from __future__ import annotations

import pytest

from tests.checking.marking import label
from tests.checking.rarer_answers import ACCEPTED, REFUSED, UNEXPLAINED, judged


@pytest.mark.parametrize(("design", "asked", "answer"), ACCEPTED)
def test_what_is_right_is_accepted(design: str, asked: str, answer: str) -> None:
    verdict = judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "keys"), REFUSED)
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
