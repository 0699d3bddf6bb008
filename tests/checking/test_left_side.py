"""A left side that names another quantity than the right side is makes an equation false, and that is told."""

from __future__ import annotations

import pytest

from tutor import check, lecture_vocabulary, one_way, random_intercepts

M = random_intercepts(3, [1, 2, 4])

CALLED = [
    ("Var(y_11)", "E = σ_u² + σ²", "a mean"),
    ("Var(y_11)", "E(y_11) = σ_u² + σ²", "a mean"),
    ("Var(y_11)", "SD = σ_u² + σ²", "a standard deviation"),
    ("Var(y_11 - y_21)", "se: 2σ²", "a standard deviation"),
    ("Cov(y_11, y_21)", "Var = σ_u²", "a variance"),
    ("Cov(y_11, y_21)", "Corr = σ_u²", "a correlation"),
    ("Cov(y_11, y_21)", "ICC = σ_u²", "a correlation"),
    ("E(y_11)", "Var = β_0 + β_1", "a variance"),
    ("E(y_11)", "Var(y_11) = β_0 + β_1", "a variance"),
    ("sqrt(Var(y_11))", "Var = sqrt(σ_u² + σ²)", "a variance"),
    ("V", "E = ZGZ' + R", "a mean"),
]

RIGHT = [
    ("Var(y_11)", "Var = σ_u² + σ²"),
    ("Var(y_11)", "Cov = σ_u² + σ²"),
    ("Cov(y_11, y_21)", "cov = σ_u²"),
    ("Corr(y_11, y_21)", "Corr = σ_u²/(σ_u² + σ²)"),
    ("Corr(y_11, y_21)", "ICC = σ_u²/(σ_u² + σ²)"),
    ("sqrt(Var(y_11))", "SE = sqrt(σ_u² + σ²)"),
    ("E(y_11)", "E = β_0 + β_1"),
    ("V", "Cov = ZGZ' + R"),
    ("σ_u² + σ²", "E = σ_u² + σ²"),  # of a value nothing tells what it is
]


@pytest.mark.parametrize(("asked", "answer", "called"), CALLED)
def test_another_quantity_to_the_left_is_told(asked: str, answer: str, called: str) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", "wrong-subject"), verdict.feedback
    assert f"the left side calls it {called}." in verdict.feedback
    assert (verdict.counterexample is None) is (asked == "V")  # there the shapes differ already


@pytest.mark.parametrize(("asked", "answer"), RIGHT)
def test_the_name_of_what_was_asked_for_is_right(asked: str, answer: str) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert verdict.correct, verdict.feedback


def test_a_wrong_right_side_is_told_first() -> None:
    assert check("E = σ_u", "Var(u_1)", M.vocabulary).misconception != "wrong-subject"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("X'y", "X'Y"), ("Var(y)", "Var(Y) = ZGZ' + R"), ("y ~ N(Xβ, V)", "Y ~ N(Xβ, ZGZ' + R)"), ("Y'AY", "Y'AY")],
)
def test_a_capital_response_is_the_response(asked: str, answer: str) -> None:
    assert check(answer, asked, lecture_vocabulary()).correct
    assert check(answer.replace("Y", "W"), asked, lecture_vocabulary()).correct is not True


@pytest.mark.parametrize("name", ["ρ", "r", "ρ_I", "ICC", r"\rho", r"\rho_I"])
@pytest.mark.parametrize(("groups", "reps"), [("a", "n"), (4, 3)])
def test_a_letter_that_the_model_does_not_have_is_the_name_of_the_whole(name: str, groups: str, reps: str) -> None:
    m = one_way(groups, reps)
    assert check(f"{name} = σ_u²/(σ_u² + σ²)", "Corr(y_11, y_12)", m.vocabulary).correct is True
    assert check(f"{name} = σ²/(σ_u² + σ²)", "Corr(y_11, y_12)", m.vocabulary).correct is False


@pytest.mark.parametrize("name", ["σ", "μ", "y_11", "u_1"])
def test_a_letter_of_the_model_is_no_name_of_the_whole(name: str) -> None:
    assert check(f"{name} = σ_u² + σ²", "Var(y_11)", one_way("a", "n").vocabulary).correct is not True
