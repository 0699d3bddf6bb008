"""Answers about many designs are judged rightly, and their slips are called by their keys."""

from __future__ import annotations

import pytest

from tests.checking.further_answers import FURTHER_ROWS
from tests.checking.marking import label
from tests.checking.varied_answers import ROWS, judged


@pytest.mark.parametrize(("design", "asked", "answer", "expected"), [*ROWS, *FURTHER_ROWS])
def test_an_answer_about_any_design_is_judged_by_what_it_says(
    design: str, asked: str, answer: str, expected: str
) -> None:
    assert label(judged(design, asked, answer)) == expected
