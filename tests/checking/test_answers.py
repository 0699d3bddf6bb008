"""Answers as students give them, in many spellings, are judged as a teacher would judge them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.checking.answers import BLOCKS, QUESTIONS, of
from tests.checking.report import OF_BLOCKS, label
from tests.checking.variance_answers import NAME, RIGHT, SHAPES, UNNAMED, UNREADABLE
from tutor import check
from tutor.checking.misconceptions.table import MISCONCEPTIONS
from tutor.checking.verdict import Verdict


def judged(question: str, answer: str) -> Verdict:
    reference, _ = QUESTIONS[question]
    return check(answer, reference, BLOCKS.vocabulary if question in OF_BLOCKS else None)


def every_row() -> Iterator[tuple[str, str, str]]:
    for question, (_, rows) in QUESTIONS.items():
        for answer, expected in rows:
            yield question, answer, expected


@pytest.mark.parametrize(("question", "answer", "expected"), list(every_row()))
def test_an_answer_is_judged_as_a_teacher_would(question: str, answer: str, expected: str) -> None:
    verdict = judged(question, answer)
    assert label(verdict) == expected, verdict.feedback
    assert verdict.outcome == {
        RIGHT: "correct",
        NAME: "correct",
        UNREADABLE: "unreadable",
        "lower-case": UNREADABLE,
    }.get(expected, "incorrect")
    assert verdict.costs_attempt is (verdict.outcome != "unreadable" and expected != SHAPES)
    assert verdict.feedback
    assert "{" not in verdict.feedback or "\\" in answer


@pytest.mark.parametrize("key", sorted({expected for *_, expected in every_row()} - {
    RIGHT, NAME, UNREADABLE, UNNAMED, SHAPES, "wrong-size", "lower-case",
}))  # fmt: skip
def test_each_slip_that_is_found_has_words_of_its_own(key: str) -> None:
    assert MISCONCEPTIONS[key].words.question.endswith("?")
    assert MISCONCEPTIONS[key].words.seen


def test_eight_threads_judge_as_one_does() -> None:
    rows = [row for number, row in enumerate(every_row()) if number % 4 == 0]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda row: label(judged(row[0], row[1])), rows))
    assert found == [expected for *_, expected in rows]


@pytest.mark.parametrize("answer", ["V(y) = ZGZ'", "= ZGZ'", "cov(y) = ZGZ'"])
def test_the_right_side_of_a_line_is_judged_whatever_its_left(answer: str) -> None:
    assert check(answer, BLOCKS.V).misconception == "missing-residual"


def test_the_place_of_an_error_after_a_blanked_left_side_is_that_of_the_text() -> None:
    answer = r"\hat{\beta} = X'Q"
    verdict = check(answer, of("(X'V^{-1}X)^{-1}X'V^{-1}y"))
    assert verdict.place is not None
    assert answer[slice(*verdict.place)] == "Q"
