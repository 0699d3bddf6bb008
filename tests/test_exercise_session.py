"""A learner's way through an exercise: what counts, what is earned, and whose fault a failure is."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy

from tutor import rcbd
from tutor.errors import UnknownNameError
from tutor.exercise import Exercise, Hint, Mistake, Question
from tutor.rehearsal import rehearse
from tutor.session import NoAttemptsLeftError, Session

M = rcbd(treatments=3, blocks=2)


def exercise(**changes: Any) -> Exercise:
    first = {
        "key": "q1",
        "prompt": "Var(y)?",
        "reference": M.V,
        "points": 4,
        "hints": (Hint("Think."), Hint("What varies?", 0.25), Hint("u and ε.", 0.5)),
    }
    second = Question("q2", "How many?", sympy.Rational(1, 4), mistakes=(Mistake("3", "factor-2", "Count again."),))
    return Exercise("Variance", "", (Question(**{**first, **changes}), second), name="test", seed=1)


def test_a_right_answer_earns_the_points() -> None:
    session = Session(exercise())
    attempt = session.answer("q1", "ZGZ' + R")
    assert attempt.verdict.correct
    assert (attempt.counted, attempt.number) == (True, 1)
    assert (session.points("q1"), session.score, session.all_right) == (4, 4, False)
    assert session.answer("q2", 0.25).verdict.correct
    assert (session.score, session.all_right) == (5, True)


def test_a_later_wrong_answer_takes_nothing_back() -> None:
    session = Session(exercise())
    session.answer("q1", "ZGZ' + R")
    session.answer("q1", "R")
    assert session.points("q1") == 4


@pytest.mark.parametrize("answer", ["ZGZ' + (R", "zgz' + R", "ZGZ' + Q", "", "x" * 100_000, object()])
def test_what_cannot_be_read_uses_no_attempt(answer: Any) -> None:
    session = Session(exercise(attempts=1))
    attempt = session.answer("q1", answer)
    assert attempt.verdict.outcome == "unreadable"
    assert not attempt.counted
    assert attempt.fault is None
    assert session.attempts_used("q1") == 0
    assert session.answer("q1", "ZGZ' + R").verdict.correct


@pytest.mark.parametrize("costs", [False, True])
def test_a_product_that_does_not_exist_counts_only_where_the_question_says_so(costs: bool) -> None:
    session = Session(exercise(shape_costs_attempt=costs))
    attempt = session.answer("q1", "GZZ' + R")
    assert attempt.verdict.misconception == "shapes-do-not-meet"
    assert attempt.counted is costs


def test_attempts_come_to_an_end() -> None:
    session = Session(exercise(attempts=2))
    assert [session.answer("q1", text).number for text in ("R", "ZGZ'")] == [1, 2]
    with pytest.raises(NoAttemptsLeftError, match="2 attempts"):
        session.answer("q1", "ZGZ' + R")
    assert session.answer("q2", "1/4").verdict.correct


def test_hints_come_one_by_one_and_cost_what_they_say() -> None:
    session = Session(exercise())
    texts = []
    while (hint := session.hint("q1")) is not None:
        texts.append(hint.text)
        if len(texts) == 2:
            session.answer("q1", "ZGZ' + R")
            assert session.points("q1") == pytest.approx(3)
    assert texts == ["Think.", "What varies?", "u and ε."]
    assert session.points("q1") == pytest.approx(1)
    assert session.hint("q2") is None


def test_names_that_the_question_wants_written_out_fail_the_form() -> None:
    session = Session(exercise(without=("Z", "G", "R", "V")))
    for answer in ("ZGZ' + R", M.V, "V = ZGZ' + R", r"\sigma_u^2 ZZ' + \sigma^2 I"):
        attempt = session.answer("q1", answer)
        assert (attempt.verdict.outcome, attempt.verdict.form) == ("correct", "names-left")
        assert not attempt.counted
        assert "without" in attempt.verdict.feedback
        assert session.points("q1") == 0
    assert not session.all_right
    written_out = r"\mathbf{I}_2 \otimes (\sigma^2 \mathbf{I}_3 + \sigma_u^2 \mathbf{J}_3)"
    for answer in (written_out, f"V = {written_out}", M.V.explicit()):
        assert Session(exercise(without=("Z", "G", "R", "V"))).answer("q1", answer).verdict.form is None


def test_a_mistake_that_the_question_expects_is_told_in_its_words() -> None:
    attempt = Session(exercise()).answer("q2", "3")
    assert attempt.verdict.misconception == "factor-2"
    assert "Count again." in attempt.verdict.feedback
    assert "1/4" not in attempt.verdict.feedback


def test_what_is_said_to_a_right_answer_may_be_chosen() -> None:
    assert Session(exercise(on_right="Well done.")).answer("q1", "ZGZ' + R").verdict.feedback == "Well done."
    assert "Well done." not in Session(exercise(on_right="Well done.")).answer("q1", "R").verdict.feedback


def test_a_fault_of_ours_costs_nothing_and_is_kept() -> None:
    session = Session(exercise(reference=r"\mathbf{Q} +", attempts=1))
    attempt = session.answer("q1", "ZGZ' + R")
    assert attempt.verdict.outcome == "undecided"
    assert not attempt.counted
    assert attempt.fault is not None
    assert "fault is ours" in attempt.verdict.feedback
    assert session.attempts_used("q1") == 0


def test_a_question_that_there_is_not_is_told() -> None:
    session = Session(exercise())
    for ask in (session.hint, session.attempts, session.points):
        with pytest.raises(UnknownNameError, match="Did you mean q2"):
            ask("q22")
    with pytest.raises(UnknownNameError):
        session.answer("q3", "R")


def test_the_course_of_a_session_is_json() -> None:
    session = Session(exercise())
    for answer in ("ZGZ'", M.V.explicit(), [[1, 2], [3, 4]], object()):
        session.answer("q1", answer)
    told = json.loads(json.dumps(session.to_dict()))
    assert [attempt["outcome"] for attempt in told["questions"][0]["attempts"]][:2] == ["incorrect", "correct"]
    assert (told["score"], told["out_of"]) == (4, 5)


def test_a_rehearsal_finds_what_does_not_come_out_as_declared() -> None:
    assert rehearse(exercise(mistakes=(Mistake("ZGZ'", "missing-residual", ""),), also_right=("R + ZGZ'",))) == ()
    wrong = exercise(
        mistakes=(Mistake("ZGZ'", "missing-random", ""), Mistake("R + ZGZ'", None, ""), Mistake("R +", None, "")),
        also_right=("ZGZ'",),
        solution=M.V.T,
    )
    failures = rehearse(wrong)
    assert [failure.answer for failure in failures] == ["ZGZ'", "ZGZ'", "R + ZGZ'", "R +"]
    assert [failure.question for failure in failures] == ["q1"] * 4
    assert all("test, variant 1, q1" in str(failure) for failure in failures)
