"""A wrong answer is called by the slip that it shows, in each design and form, and by no other."""

from __future__ import annotations

import pytest

from tests.checking.misconceptions import named_of_forms, named_of_moments, named_of_values
from tests.checking.misconceptions.designs import Answer, answer, reference, vocabulary
from tutor import check

TABLES = (named_of_forms.NAMED, named_of_values.NAMED, named_of_moments.NAMED)
ROWS = [(key, *row) for table in TABLES for key, rows in table.items() for row in rows]


@pytest.mark.parametrize(("key", "design", "asked", "given"), ROWS)
def test_a_wrong_answer_is_named_by_its_slip(key: str, design: str, asked: str, given: Answer) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect", verdict.feedback
    assert verdict.misconception == key
