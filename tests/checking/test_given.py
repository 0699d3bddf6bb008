"""Moments of vectors given others: what follows from the normal model is judged, and nothing else is called wrong."""

from __future__ import annotations

import pytest

from tutor import check, lecture_vocabulary, random_intercepts, rcbd, read

MODELS = {"slopes": random_intercepts(4, [0, 1, 2, 3]), "blocks": rcbd(2, 3), "lecture": lecture_vocabulary()}

RIGHT = [
    ("E(u | y)", "GZ'V^{-1}(y - Xβ)"),
    ("E(u | y)", "(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}(y - Xβ)"),
    ("Var(u | y)", "G - GZ'V^{-1}ZG"),
    ("Var(u | y)", "(Z'R^{-1}Z + G^{-1})^{-1}"),
    ("E(ε | y)", "RV^{-1}(y - Xβ)"),
    ("Var(ε | y)", "R - RV^{-1}R"),
    ("E(y | u)", "Xβ + Zu"),
    ("Var(y | u)", "R"),
]
WRONG = [
    ("E(u | y)", "GZ'V^{-1}y"),
    ("E(u | y)", "GZ'R^{-1}(y - Xβ)"),
    ("Var(u | y)", "G"),
    ("Var(u | y)", "GZ'V^{-1}ZG"),
    ("E(y | u)", "Xβ"),
    ("Var(y | u)", "ZGZ' + R"),
]


@pytest.fixture(params=MODELS)
def names(request: pytest.FixtureRequest):
    return MODELS[request.param]


@pytest.mark.parametrize(("asked", "answer"), RIGHT)
def test_what_follows_is_right_on_either_side(names, asked, answer):
    assert check(answer, read(asked, names).tree, names).correct
    assert check(asked, read(answer, names).tree, names).correct


@pytest.mark.parametrize(("asked", "answer"), WRONG)
def test_what_does_not_follow_is_wrong_with_a_counterexample(names, asked, answer):
    verdict = check(answer, read(asked, names).tree, names)
    assert verdict.correct is False
    assert verdict.counterexample is not None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("Cov(u, ε | y)", "-GZ'V^{-1}R"), ("Cov(y, ε | u)", "R - R")],
)
def test_a_moment_that_is_not_told_is_not_called_wrong(asked, answer):
    names = MODELS["blocks"]
    assert check(answer, read(asked, names).tree, names).correct is None


@pytest.mark.parametrize(
    ("asked", "answer", "correct"),
    [
        ("E(u | ε)", "GZ'Xβ - GZ'Xβ", True), ("Cov(u, y | u)", "GZ' - GZ'", True), ("E(Zu | u)", "Zu", True),
        ("Var(ε | u)", "R", True), ("Var(ε | u)", "V", False), ("Var(Zu + ε | u)", "R", True),
        ("E(Xβ + Zu + ε | u)", "Xβ + Zu", True), ("E(Xβ + Zu + ε | u)", "Xβ", False),
        ("Var(X'y | u)", "X'RX", True), ("Var(X'y | u)", "X'VX", False),
    ],
)  # fmt: skip
def test_forms_in_vectors_given_others_are_judged(asked: str, answer: str, correct: bool) -> None:
    names = MODELS["blocks"]
    assert check(answer, read(asked, names).tree, names).correct is correct


def test_a_mean_given_the_data_is_derived_from_and_to():
    for m in (MODELS["slopes"], MODELS["blocks"]):
        assert str(m.derive("E(u | y)", to="GZ'V^{-1}(y - Xβ)").result) == "GZ'V⁻¹(y − Xβ)"
