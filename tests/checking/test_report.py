"""Over all judged answers of the tests: there are enough, slips have names, and a false verdict would be seen.

That each answer is judged as its table says is tested beside the table; here the tables are counted.
"""

from __future__ import annotations

from functools import partial

import pytest

from tests.checking.report import Given, Judged, answers, table
from tests.checking.sets import SETS, rows_of
from tutor import check


@pytest.fixture(scope="module")
def given() -> list[Given]:
    return list(answers())


def test_there_are_far_more_than_five_hundred_answers(given: list[Given]) -> None:
    assert len(given) >= 2500
    assert sum(row.expected == "correct" for row in given) >= 900


def test_of_ten_slips_nine_are_named(given: list[Given]) -> None:
    slips = sum(row.has_slip for row in given)
    unnamed = sum(len(rows_of(modules, "UNEXPLAINED")) for modules in SETS.values())
    assert slips - unnamed >= 0.9 * slips


def test_the_report_judges_as_the_tests_do(given: list[Given]) -> None:
    rows = [row.judged() for row in given if row.collection == "seminar"]
    assert not any(row.is_false_accept or row.is_false_reject for row in rows)
    assert all(row.is_as_expected for row in rows if row.given.has_slip)


def test_a_false_verdict_would_be_seen() -> None:
    judge = partial(check, "1", "1")
    wrong = [
        Judged(Given("one", "q", "a", "missing-residual", judge), "correct"),
        Judged(Given("one", "q", "b", "correct", judge), "sign"),
        Judged(Given("other", "q", "c", "sign|factor-2", judge), "factor-2"),
    ]
    one, other, together = (line.split()[1:5] for line in table(wrong).splitlines()[1:4])
    assert (one, other, together) == (["2", "1", "1", "1"], ["1", "0", "0", "0"], ["3", "1", "1", "1"])
