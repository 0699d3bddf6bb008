"""Shapes that do not meet, and answers of another shape: told with the sizes, unless the shape is the question."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from tutor import Exercise, Question, Session, check, latin_square, rcbd, read
from tutor.checking.verdict import FeedbackDialect, Strength

M = rcbd(treatments=4, blocks=3)
L = latin_square(3)
V, Z, X, FIXED = ({"V": M.V, "Z": M.Z, "X": M.X, "X of L": L.X}[name] for name in ("V", "Z", "X", "X of L"))

ANSWERS: list[tuple[Any, str, str, tuple[str, ...]]] = [
    (V, "[[σ², 0], [0, σ²]]", "wrong-size", ("12",)),
    (V, "σ² I_4 + σ²_u J_4", "wrong-size", ("12",)),
    (V, "σ²", "wrong-size", ("12",)),
    (M.R, "σ²", "missing-identity", ("12",)),
    (Z, "I_3 ⊗ J_4", "ones-matrix-for-vector", ("3",)),
    (Z, "1_4 ⊗ [1, 0, 0]", "wrong-size", ("12",)),
    (Z, "I_3 ⊗ [1, 1, 1, 1]", "transpose-lost", ()),
    (V, "G Z Z' + R", "shapes-do-not-meet", ("12", "3")),
    (V, "ZGZ' + σ²", "shapes-do-not-meet", ("12",)),
    (V, "Z^-1", "shapes-do-not-meet", ("12", "3")),
    (V, "[Z, G]", "shapes-do-not-meet", ("12", "3")),
    (V, "u'u + R", "shapes-do-not-meet", ("12",)),
    (X, "[[1, 0], [0, 1]]", "wrong-size", ("12", "5")),
    (FIXED, "[1, 1, 1]", "wrong-size", ("9", "4")),
]
"""What was asked for, an answer, its key, and the sizes that give the shape away."""


@pytest.mark.parametrize(("asked", "answer", "key", "secrets"), ANSWERS)
def test_no_strength_in_any_dialect_tells_a_hidden_shape(
    asked: Any, answer: str, key: str, secrets: tuple[str, ...]
) -> None:
    verdict = check(answer, asked, M.vocabulary, hide_shape=True)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    told = [verdict.told(strength, dialect) for strength in get_args(Strength) for dialect in get_args(FeedbackDialect)]
    whole = " ".join([*told, json.dumps(verdict.to_dict())])
    for secret in secrets:
        assert f"{secret} ×" not in whole
        assert f"× {secret}" not in whole
        assert rf"{secret} \times" not in whole
        assert f"{secret} rows" not in whole
        assert f"{secret} columns" not in whole
    assert verdict.counterexample is None


@pytest.mark.parametrize(("asked", "answer", "key", "secrets"), ANSWERS)
def test_the_sizes_are_told_where_the_shape_is_not_the_question(
    asked: Any, answer: str, key: str, secrets: tuple[str, ...]
) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    assert len({verdict.told(strength) for strength in get_args(Strength)}) == 3
    example = verdict.counterexample
    assert example is not None
    assert example.answer != example.reference
    assert key in ("transpose-lost", "ones-matrix-for-vector") or example.answer in verdict.feedback.replace(
        "columns", ""
    )


def test_a_question_hides_the_shape_of_its_reference() -> None:
    question = Question(key="q1", prompt="Write Z.", reference=Z, hide_shape=True)
    attempt = Session(Exercise("Z", "", (question,))).answer("q1", "I_12")
    assert attempt.verdict.misconception == "wrong-size"
    assert "× 3" not in attempt.verdict.explanation
    assert "12 × 12" in attempt.verdict.feedback


@pytest.mark.parametrize(
    ("asked", "answer", "told"),
    [
        ("Z", "I_3 ⊗ [1, 1, 1, 1]", "Rows and columns are exchanged."),
        ("Z", "Z'", "A transpose stands where none belongs."),
        ("GZ'", "ZG", "A transpose is missing."),
        ("Xβ", "β'X'", "A transpose stands where none belongs."),
        ("X'", "X", "A transpose is missing."),
    ],
)
def test_a_transpose_is_told_by_its_direction(asked: str, answer: str, told: str) -> None:
    tree = read(asked, M.vocabulary).tree
    verdict = check(answer, tree, M.vocabulary)
    assert verdict.misconception == "transpose-lost"
    assert told in verdict.feedback
