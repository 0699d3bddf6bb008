"""A wrong answer is called by the slip that it shows, in each design and form, and by no other."""

from __future__ import annotations

import pytest

from tests.checking.misconceptions import named_of_forms, named_of_moments, named_of_values
from tests.checking.misconceptions.designs import Answer, answer, reference, vocabulary
from tutor import check

TABLES = (named_of_forms.NAMED, named_of_values.NAMED, named_of_moments.NAMED)
NAMED = {key: [row for table in TABLES for row in table.get(key, ())] for table in TABLES for key in table}
ROWS = [(key, *row) for key, rows in NAMED.items() for row in rows]


@pytest.mark.parametrize(("key", "design", "asked", "given"), ROWS)
def test_a_wrong_answer_is_named_by_its_slip(key: str, design: str, asked: str, given: Answer) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect", verdict.feedback
    assert verdict.misconception == key


def test_rows_and_columns_in_another_order_are_told() -> None:
    verdict = check("[[21, 7], [7, 3]]", reference("line", "X'X"), vocabulary("line"))
    assert (verdict.outcome, verdict.misconception) == ("incorrect", "column-order"), verdict.feedback
