"""What stands around an answer claims nothing: words, names of one's own, letters that are explained."""

from __future__ import annotations

import pytest

from tutor import check, random_intercepts

M = random_intercepts(3, [1, 2, 4])

RIGHT = [
    ("Var(y_11)", "the variance is σ_u² + σ²"),
    ("Var(y_11)", "Answer: σ_u² + σ²"),
    ("Var(y_11)", "Var = σ_u² + σ²"),
    ("Var(y_11)", "V(y_11) = σ_u² + σ²"),
    ("Corr(y_11, y_21)", "ρ = σ_u²/(σ_u² + σ²)"),
    ("V", "Q = ZGZ' + R"),
    ("V", "Since u and e are not correlated, Var(y) is $ZGZ' + R$"),
    ("V", "WDW' + R; D = σ_u² I_3, W = I_3 ⊗ 1_3"),
    ("V", r"\mathbf{W}\mathbf{G}\mathbf{W}' + \mathbf{R} where \mathbf{W} = I_3 \otimes 1_3"),
    ("V", "sigma2*eye(9) + sigma2_u*kron(eye(3), ones(3))"),
    ("y ~ N(Xβ, V)", r"\mathbf{Y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V})"),
]

WRONG = [
    ("Var(y_11)", "the variance is σ²"),
    ("Var(y_11)", "V(y_11) = σ²"),
    ("V", "WGW' + R with W = 1_3 ⊗ I_3"),
    ("V", "Q = ZGZ' - R"),
    ("V", "Since u and e are correlated, Var(y) is $ZGZ'$"),
    ("V", "G = ZGZ' + R"),
]

UNREAD = [
    "Since u is random, Var(y_11) is not σ_u² + σ²",
    "the variance is not σ_u² + σ²",
    "σ_u² + c with c = d",
    "c = σ_u² + σ², with c = 3",
    "the answer",
]


@pytest.mark.parametrize(("asked", "answer"), RIGHT)
def test_what_stands_around_a_right_answer_is_left_out(asked: str, answer: str) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert verdict.correct, verdict.feedback


@pytest.mark.parametrize(("asked", "answer"), WRONG)
def test_what_stands_around_makes_no_wrong_answer_right(asked: str, answer: str) -> None:
    assert check(answer, asked, M.vocabulary).correct is False


@pytest.mark.parametrize("answer", UNREAD)
def test_what_denies_or_explains_nothing_is_not_read(answer: str) -> None:
    assert check(answer, "Var(y_11)", M.vocabulary).outcome == "unreadable"
