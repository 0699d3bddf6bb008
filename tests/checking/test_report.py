"""Over all judged answers of the tests: none is accepted or refused falsely, and slips are named rightly."""

from __future__ import annotations

import pytest

from tests.checking.report import NOT_READ, Judged, judged, table


@pytest.fixture(scope="module")
def rows() -> list[Judged]:
    return list(judged())


@pytest.mark.slow
def test_five_hundred_answers_are_judged(rows: list[Judged]) -> None:
    assert len(rows) >= 500


@pytest.mark.slow
def test_no_answer_is_accepted_or_refused_falsely(rows: list[Judged]) -> None:
    misread = [given for _, _, known in NOT_READ for _, _, given in known]
    assert [row for row in rows if row.is_false_accept] == []
    assert [row.answer for row in rows if row.is_false_reject] == misread


@pytest.mark.slow
def test_of_ten_slips_nine_are_named(rows: list[Judged]) -> None:
    slips = [row for row in rows if row.has_slip]
    assert sum(row.is_as_expected for row in slips) >= 0.9 * len(slips)


def test_a_false_verdict_would_be_seen() -> None:
    wrong = [
        Judged("one", "q", "a", "missing-residual", "correct"),
        Judged("one", "q", "b", "correct", "sign"),
        Judged("other", "q", "c", "sign|factor-2", "factor-2"),
    ]
    one, other, together = (line.split()[1:5] for line in table(wrong).splitlines()[1:4])
    assert (one, other, together) == (["2", "1", "1", "1"], ["1", "0", "0", "0"], ["3", "1", "1", "1"])
