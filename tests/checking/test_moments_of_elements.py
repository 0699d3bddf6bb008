"""A moment of elements in an answer is that of what varies, and never that of a constant."""

from __future__ import annotations

import pytest
import sympy

from tutor import check, rcbd, read
from tutor.algebra.nodes import Scalar

MODEL = rcbd(treatments=3, blocks=4)
OF_LETTERS = rcbd(treatments="t", blocks="b")
VARIANCE = Scalar(sympy.Symbol("sigma2", positive=True) + sympy.Symbol("sigma2_u", positive=True))

JUDGED = [
    # an answer to "what is σ² + σ²_u?", and what it is
    ("Var(y_11)", "correct"),
    (r"4Var(\bar{y}_{1\cdot})", "correct"),
    (r"Cov(y_11, y_21) + \sigma^2", "correct"),
    ("Var(u_1) + Var(e_11)", "correct"),
    (r"\sigma^2 + \sigma^2_u + Var(y_11)", "incorrect"),
    (r"\sigma^2 + \sigma^2_u + Cov(y_11, y_12)", "correct"),
    (r"\sigma^2 + \sigma^2_u + Cov(y_11, y_21)", "incorrect"),
    (r"\sigma^2 + \sigma^2_u + Var(y_ij)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(\hat\tau_1)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(MS_e)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(\bar{y}_{i\cdot})", "unreadable"),
]


@pytest.mark.parametrize(("answer", "outcome"), JUDGED, ids=[ascii(answer) for answer, _ in JUDGED])
def test_a_moment_of_an_element_is_judged_by_its_value(answer: str, outcome: str) -> None:
    verdict = check(answer, VARIANCE, vocabulary=MODEL.vocabulary)
    assert verdict.outcome == outcome, verdict.feedback


@pytest.mark.parametrize(
    "varies", ["Var(y_11)", "Var(y_ij)", r"Var(\hat\tau_1)", "Var(MS_e)", r"Var(\bar{y}_{1\cdot})"]
)
def test_what_varies_is_no_constant_in_a_design_of_letters(varies: str) -> None:
    answer = rf"\sigma^2 + \sigma^2_u + {varies}"
    assert check(answer, VARIANCE, vocabulary=OF_LETTERS.vocabulary).outcome == "unreadable"


@pytest.mark.parametrize(
    "text",
    [r"\cancel{\mathbf{R}} + \mathbf{ZGZ}'", r"\underbrace{\mathbf{ZGZ}' + \mathbf{R}}_{V}\mathbf{I}",
     "3 + (y_11 | u_1)",
     "banana", r"ZGZ' + \text{what is left}", r"\begin{bmatrix} 1 & \end{bmatrix}", "Z G (", "", "∫ t"],
    ids=ascii,
)  # fmt: skip
def test_whatever_is_refused_is_told_in_a_sentence(text: str) -> None:
    verdict = check(text, MODEL.V)
    assert verdict.outcome == "unreadable"
    assert not verdict.costs_attempt
    assert verdict.feedback.split("\n")[0].rstrip().endswith((".", "?"))
    assert verdict.place is not None


def test_a_moment_that_no_model_tells_is_undecided() -> None:
    asked = read("Var(y_11)", MODEL.vocabulary).tree
    assert asked is not None
    verdict = check("0", asked)
    assert verdict.outcome == "undecided", verdict.feedback
    assert not verdict.costs_attempt
    assert check(r"\sigma^2 + \sigma^2_u", asked, vocabulary=MODEL.vocabulary).correct
