"""Over all judged answers of the tests: none is accepted or refused falsely, and slips are named rightly."""

from __future__ import annotations

import pytest

from tests.checking.report import Judged, judged, table


@pytest.fixture(scope="module")
def rows() -> list[Judged]:
    return list(judged())


def test_five_hundred_answers_are_judged(rows: list[Judged]) -> None:
    assert len(rows) >= 500


def test_no_answer_is_accepted_or_refused_falsely(rows: list[Judged]) -> None:
    assert [row for row in rows if row.is_false_accept or row.is_false_reject] == []


def test_of_ten_slips_nine_are_named(rows: list[Judged]) -> None:
    slips = [row for row in rows if row.has_slip]
    assert sum(row.found == row.expected for row in slips) >= 0.9 * len(slips)
    assert "false accepts  0" in table(rows)


def test_a_false_verdict_would_be_seen() -> None:
    wrong = [Judged("q", "a", "missing-residual", "correct"), Judged("q", "b", "correct", "sign")]
    assert "false accepts  1" in table(wrong)
    assert "false rejects  1" in table(wrong)
    assert "slips named    0 of 1" in table(wrong)
