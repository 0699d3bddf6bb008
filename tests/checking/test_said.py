"""Feedback where numbers were asked for tells the place and not the number; the author's words come before ours."""

from __future__ import annotations

import pytest

from tutor.algebra.build import matrix
from tutor.checking.check import check
from tutor.checking.feedback.said import evidence
from tutor.checking.verdict import Cell, Counterexample
from tutor.errors import TutorError
from tutor.exercise import Mistake, Question
from tutor.models.catalogue import crossed, one_way, rcbd
from tutor.models.from_formula import model
from tutor.session import judge

SUMS = matrix([[3, 10], [10, 42]])


def test_where_numbers_were_asked_for_the_right_one_is_not_told() -> None:
    told = check("[[3, 10], [10, 41]]", SUMS).feedback
    assert "row 2, column 2" in told
    assert "42" not in told
    assert "model" not in told
    assert "model" not in check("41", matrix([[42]])).feedback


def test_a_matrix_of_numbers_need_be_no_variance() -> None:
    told = check("[[3, 0], [0, 42]]", SUMS)
    assert told.misconception == "diagonal-only"
    assert "varian" not in told.feedback
    m = rcbd(treatments=2, blocks=3)
    assert "variances are right" in check("(σ² + σ²_u) I_6", m.V).feedback


@pytest.mark.parametrize(("answer", "asked"), [("c", matrix([[37]])), ("[[3, c], [10, 42]]", SUMS), ("x + 1", 37)])
def test_letters_where_numbers_were_asked_for_do_not_show_the_number(answer: str, asked: object) -> None:
    verdict = check(answer, asked)
    assert verdict.outcome == "incorrect"
    for told in (verdict.nudge, verdict.feedback, verdict.explanation):
        assert not {"37", "42"} & set(told.replace(".", " ").replace(";", " ").split())
    assert "Numbers were asked for" in verdict.feedback


def test_what_the_author_says_takes_the_place_of_our_question() -> None:
    mistakes = (Mistake("[[1, 2, 5]]", None, "Is that a column?"), Mistake("[0, 0]'", None, "How many?"))
    asked = Question("q1", "Write it.", matrix([1, 2, 5]), mistakes=mistakes)
    turned = judge(asked, "[1, 2, 5]")
    assert turned.misconception == "transpose-lost"
    assert turned.feedback == "Nearly. Rows and columns are exchanged.\nIs that a column?"
    short = judge(asked, "[0, 0]'").feedback
    assert short == "Not yet. Your answer is 2 × 1; what was asked for is 3 × 1.\nHow many?"
    assert "How many?" not in judge(asked, "[0, 1]'").feedback


@pytest.mark.parametrize(
    ("asked", "answer", "told", "unsaid"),
    [
        ("Cov(y_11, y_21)", "0", "A covariance is taken for zero.", "variances are right"),
        ("Cov(y_11, y_12)", "σ_u²", "By your answer the two have more in common than they have.", "umbers"),
        ("Corr(y_11, y_21)", "σ_u²", "This is a covariance; a correlation was asked for.", "umbers"),
    ],
)
def test_of_a_single_number_nothing_is_said_of_others(asked: str, answer: str, told: str, unsaid: str) -> None:
    verdict = check(answer, asked, rcbd(treatments=2, blocks=3).vocabulary)
    assert told in verdict.feedback
    assert unsaid not in verdict.feedback


def test_of_a_value_that_is_zero_it_is_not_told_that_it_has_no_letters() -> None:
    m = rcbd(treatments=2, blocks=3)
    verdict = check("σ_u²", m.Cov("y_11", "y_12"), m.vocabulary)
    assert verdict.misconception == "covariance-everywhere"
    assert "umbers" not in verdict.feedback
    assert "0" not in verdict.feedback


def test_a_question_that_a_derivation_answers_knows_what_it_asks_for() -> None:
    m = rcbd(treatments=2, blocks=3)
    asked = Question.from_derivation("q1", m.derive("Var(y_11)"))
    assert judge(asked, "Var = σ² + σ_u²").correct
    assert "the left side calls it a mean" in judge(asked, "E = σ² + σ_u²").feedback


def test_a_structure_in_time_is_not_spoken_of_where_there_is_none() -> None:
    told = check("(1/σ²) I_12 - 7 J_12", "V^-1", crossed(3, 2, 2).vocabulary)
    assert told.correct is False
    assert "time" not in told.explanation


def test_a_factor_of_four_is_no_factor_of_two() -> None:
    m = one_way(5, 4)
    assert check("σ_u²/(σ² + σ_u²)", "4σ_u²/(σ² + 4σ_u²)", m.vocabulary).misconception != "factor-2"


def test_where_any_r_is_meant_its_inverse_does_not_weigh_all_alike() -> None:
    m = model("y ~ x + (1 | g)", {"y": [1, 2, 3, 4], "x": [1, 2, 4, 3], "g": list("aabb")})
    asked, answer = "(X'V^-1X)^-1X'V^-1y", "(X'R^-1X)^-1X'R^-1y"
    keys = [check(answer, asked, m.vocabulary, general=general).misconception for general in (False, True)]
    assert keys == ["ols-for-gls", "R-for-V"]


@pytest.mark.parametrize("rows", [[], [[]], [[1, 2], [3]]])
def test_rows_that_make_no_matrix_are_refused(rows: list[list[int]]) -> None:
    with pytest.raises(TutorError, match="equally long"):
        matrix(rows)


def test_a_letter_of_mathematics_at_the_beginning_stays_small() -> None:
    m = rcbd(treatments=2, blocks=3)
    assert "\nu is random" in check("y ~ N(Xβ + Zu, ZGZ' + R)", "y ~ N(Xβ, ZGZ' + R)", m.vocabulary).feedback


@pytest.mark.parametrize(
    ("answer", "reference", "told"),
    [
        ("1/3", "2/3", "your answer makes the entry = 1/3; under the model it is 2/3."),
        ("-16629629601576200/2123045592050188", "3", "the entry ≈ −7.833; under the model it is 3."),
        ("1", "16629629601576200/2123045592050188", "the entry = 1; under the model it is about 7.833."),
        ("1000000000000000/3", "1000000000000001/3", "≈ 333333333333333; under the model it is about 333333333333334."),
    ],
)  # fmt: skip
def test_a_fraction_that_is_long_is_told_as_a_decimal(answer: str, reference: str, told: str) -> None:
    example = Counterexample({"a": "2"}, Cell(0, 0), answer, reference, "the entry")
    assert told in evidence(example)
