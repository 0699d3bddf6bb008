"""A question of an exercise may have any kind of reference: its own text is right, and a verdict has all it should."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy

from tutor import Choice, Dimensions, Exercise, Mistake, Question, Rounded, Session, rcbd, read
from tutor.checking.judge import written
from tutor.rehearsal import rehearse

M = rcbd(treatments=2, blocks=3)
NAMES = M.vocabulary
MODEL = "y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²)"

QUESTIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"reference": "y ~ N(Xβ, V)", "vocabulary": NAMES}, "y ~ N(Xβ, R)", "missing-random"),
    ({"reference": "u ~ N(0, G), ε ~ N(0, R)", "vocabulary": NAMES}, "u ~ N(0, G)", "missing-distribution"),
    (
        {"reference": read("y | u ~ N(Xβ + Zu, R)", NAMES), "vocabulary": NAMES},
        "y ~ N(Xβ, V)",
        "marginal-for-conditional",
    ),
    ({"reference": M}, MODEL.replace(" + u_j", "").replace("u_j ~ N(0, σ²_u), ", ""), "missing-random"),
    ({"reference": M, "form": "index"}, "y = Xβ + ε, ε ~ N(0, R)", "missing-random"),
    ({"reference": MODEL}, MODEL.replace("σ²_u", "σ_u"), "sd-for-variance"),
    ({"reference": Dimensions(6, 3)}, "3 × 6", "transposed-dimensions"),
    ({"reference": "Z: 6 × 3", "vocabulary": NAMES}, "6 × 6", "wrong-dimension"),
    ({"reference": Rounded(sympy.Rational(5, 6), decimals=2)}, "0.84", "rounding"),
    ({"reference": Rounded(sympy.Rational(10, 3), significant=2, unit="kg", needs_unit=True)}, "3.3", "missing-unit"),
    ({"reference": Choice(("Xβ", "Zu", "R"), right=("b", "c"))}, "b", "option-missing"),
    ({"reference": "H_0: τ_1 - τ_2 = 0", "vocabulary": NAMES}, "τ_1 = 0", "wrong-comparison"),
    ({"reference": M.X, "up_to": "column-space"}, "[[1,0],[1,0],[1,0],[1,0],[1,0],[1,1]]", "column-space"),
    ({"reference": M.V, "without": ("Z", "G", "R", "V")}, "I_3 ⊗ (σ² I_2)", "missing-random"),
]


def exercise(question: dict[str, Any], *, mistake: tuple[str, str] | None = None) -> Exercise:
    mistakes = () if mistake is None else (Mistake(mistake[0], mistake[1], "Look again."),)
    return Exercise(
        "Kinds", "", (Question(**{"key": "q1", "prompt": "?", "points": 2, "mistakes": mistakes, **question}),)
    )


@pytest.mark.parametrize(("question", "answer", "key"), QUESTIONS)
def test_a_question_of_any_kind_is_rehearsed_by_its_own_text_and_its_mistakes(
    question: dict[str, Any], answer: str, key: str
) -> None:
    assert rehearse(exercise(question, mistake=(answer, key))) == ()


@pytest.mark.parametrize(("question", "answer", "key"), QUESTIONS)
def test_a_wrong_answer_is_told_in_three_strengths_and_as_json(question: dict[str, Any], answer: str, key: str) -> None:
    session = Session(exercise(question))
    attempt = session.answer("q1", answer)
    assert attempt.fault is None
    verdict = attempt.verdict
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key)
    assert json.loads(json.dumps(session.to_dict()))["questions"][0]["attempts"][0]["misconception"] == key
    for strength in ("nudge", "hint", "explanation"):
        assert verdict.told(strength)
    assert session.points("q1") == pytest.approx(2 * verdict.score)


def test_yes_and_no_are_written_and_rehearsed() -> None:
    for reference in (True, False, M.estimable("tau_1 - tau_2"), M.estimable("mu")):
        assert written(reference) == ("yes" if reference else "no")
        assert rehearse(exercise({"reference": reference})) == ()


def test_words_for_a_right_answer_and_weights_belong_to_the_question() -> None:
    session = Session(exercise({"reference": "y ~ N(Xβ, V)", "vocabulary": NAMES, "on_right": "So it is.",
                                "weights": {"family": 0, "mean": 1, "variance": 3}}))  # fmt: skip
    assert session.answer("q1", "y ~ N(Xβ, R)").verdict.score == pytest.approx(0.25)
    assert session.answer("q1", "y ~ N(Xβ, V)").verdict.feedback == "So it is."
    assert session.points("q1") == 2
