"""Equations are right if they say the same: hypotheses and normal equations up to row operations, and identities."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import check, model, rcbd, regression
from tutor.notation.vocabulary import Vocabulary

M = rcbd(treatments=3, blocks=2)
LINE = regression([1, 2, 4])
UNEQUAL = model("y ~ x + (1 | g)", {"y": [1, 2, 4, 3, 5], "x": [0, 1, 3, 1, 2], "g": ["a", "a", "a", "b", "b"]})

EQUAL = "H_0: τ_1 = τ_2 = τ_3"
SHIFT = "τ_1 - τ_2 = 3"
NONE = "H_0: σ²_u = 0"
GLS = "X'V^{-1}X β = X'V^{-1}y"
OLS = "X'X β = X'y"
NAMED = "Var(y) = ZGZ' + R"

RIGHT: list[tuple[Vocabulary, str, str]] = [
    *((M.vocabulary, EQUAL, answer) for answer in (
        EQUAL, "H0: τ_1 = τ_2 = τ_3", "τ_1 = τ_2 = τ_3", r"H_0: \tau_1 = \tau_2 = \dots = \tau_3",
        "τ_1 - τ_2 = 0, τ_2 - τ_3 = 0", "τ_1 = τ_3, τ_2 = τ_3", "τ_1 - τ_2 = 0 and τ_1 - τ_3 = 0",
        "[0,1,-1,0; 0,0,1,-1] β = 0", "[0,2,-1,-1; 0,0,1,-1] β = 0", "[0,1,-1,0; 0,1,0,-1; 0,0,1,-1] β = 0",
        r"\begin{bmatrix} 0 & 1 & -1 & 0 \\ 0 & 1 & 0 & -1 \end{bmatrix} \boldsymbol\beta = \mathbf{0}",
        "H_0: τ_1 = τ_2 = τ_3 vs H_1: τ_1 ≠ τ_2", "2τ_1 = 2τ_2, τ_3 - τ_1 = 0, τ_2 = τ_3",
        "τ_1 - 2τ_2 + τ_3 = 0, τ_1 = τ_2",
        "0 = τ_1 - τ_2, 0 = τ_1 - τ_3",
    )),
    *((M.vocabulary, SHIFT, answer) for answer in (SHIFT, "τ_1 = τ_2 + 3", "τ_2 - τ_1 = -3", "2τ_1 = 2τ_2 + 6")),
    *((M.vocabulary, NONE, answer) for answer in (NONE, "σ²_u = 0", "0 = σ_u^2", "2σ_u² = 0")),
    *((UNEQUAL.vocabulary, GLS, answer) for answer in (
        GLS, r"X'V^{-1}X \hat\beta = X'V^{-1}y", "X'V^{-1}(y - Xβ) = 0", "X'V^{-1}y = X'V^{-1}X β",
        "X'(ZGZ'+R)^{-1}X β = X'(ZGZ'+R)^{-1} y", "(X'X)^{-1}X'V^{-1}X β = (X'X)^{-1}X'V^{-1}y",
    )),
    *((LINE.vocabulary, OLS, answer) for answer in (OLS, r"X'X \hat{\boldsymbol\beta} = X'y", "X'(y - Xβ) = 0", GLS)),
    *((M.vocabulary, NAMED, answer) for answer in (NAMED, "V = R + ZGZ'", "ZGZ' + R = Var(y)")),
]  # fmt: skip

WRONG: list[tuple[Vocabulary, str, str, str, float]] = [
    (M.vocabulary, EQUAL, "τ_1 = τ_2", "missing-equation", 0.5),
    (M.vocabulary, EQUAL, "τ_2 = τ_3", "missing-equation", 0.5),
    (M.vocabulary, EQUAL, "2τ_1 = τ_2 + τ_3", "missing-equation", 0.5),
    (M.vocabulary, EQUAL, "[0,1,-1,0] β = 0", "missing-equation", 0.5),
    (M.vocabulary, EQUAL, "τ_1 = τ_2 = τ_3 = 0", "extra-equation", 0),
    (M.vocabulary, EQUAL, "τ_1 = τ_2 = τ_3, μ = 0", "extra-equation", 0),
    (M.vocabulary, EQUAL, "[0,1,0,0; 0,0,1,0; 0,0,0,1] β = 0", "extra-equation", 0),
    (M.vocabulary, EQUAL, "τ_1 - τ_2 = 1, τ_2 = τ_3", "wrong-constant", 0),
    (M.vocabulary, EQUAL, "τ_1 = 2τ_2, τ_2 = τ_3", "wrong-comparison", 0),
    (M.vocabulary, EQUAL, "τ_1 + τ_2 = 0, τ_2 = τ_3", "sign", 0),
    (M.vocabulary, EQUAL, "τ_1 + τ_2 + τ_3 = 0", "wrong-comparison", 0),
    (M.vocabulary, EQUAL, "μ = τ_1", "wrong-comparison", 0),
    (M.vocabulary, SHIFT, "τ_1 - τ_2 = 2", "wrong-constant", 0),
    (M.vocabulary, SHIFT, "τ_1 = τ_2", "wrong-constant", 0),
    (M.vocabulary, SHIFT, "τ_2 - τ_1 = 3", "wrong-constant", 0),
    (M.vocabulary, SHIFT, "τ_1 - τ_3 = 3", "wrong-comparison", 0),
    (M.vocabulary, NONE, "σ² = 0", "wrong-comparison", 0),
    (M.vocabulary, NONE, "σ²_u = 1", "wrong-constant", 0),
    (M.vocabulary, NONE, "σ²_u = σ²", "wrong-comparison", 0),
    (UNEQUAL.vocabulary, GLS, OLS, "ols-for-gls", 0),
    (UNEQUAL.vocabulary, GLS, "X'X β = X'V^{-1}y", "wrong-comparison", 0),
    (UNEQUAL.vocabulary, GLS, "X'VX β = X'Vy", "wrong-comparison", 0),
    (UNEQUAL.vocabulary, GLS, "Xβ = y", "extra-equation", 0),
    (LINE.vocabulary, OLS, "X'X β = 2X'y", "wrong-comparison", 0),
    (LINE.vocabulary, OLS, "X'X = X'y", "shapes-do-not-meet", 0),
    (M.vocabulary, NAMED, "Var(y) = ZGZ'", "missing-residual", 0),
    (M.vocabulary, NAMED, "E(y) = ZGZ' + R", "wrong-subject", 0),
]  # fmt: skip


@pytest.mark.parametrize(("vocabulary", "reference", "answer"), RIGHT)
def test_equations_that_say_the_same_are_right(vocabulary: Vocabulary, reference: str, answer: str) -> None:
    verdict = check(answer, reference, vocabulary)
    assert (verdict.outcome, verdict.score) == ("correct", 1.0), verdict.feedback


@pytest.mark.parametrize(("vocabulary", "reference", "answer", "key", "score"), WRONG)
def test_equations_that_say_something_else_are_told_apart(
    vocabulary: Vocabulary, reference: str, answer: str, key: str, score: float
) -> None:
    verdict = check(answer, reference, vocabulary)
    assert (verdict.outcome, verdict.misconception) == ("incorrect", key), verdict.feedback
    assert verdict.score == pytest.approx(score)


@pytest.mark.parametrize(("reference", "answer"), [(row[1], row[2]) for row in WRONG if row[1] in (EQUAL, SHIFT)])
def test_the_counterexample_fulfils_one_of_the_two_systems_only(reference: str, answer: str) -> None:
    example = check(answer, reference, M.vocabulary).counterexample
    assert example is not None
    assert (example.answer == "0") != (example.reference == "0")
    if answer == "τ_1 = τ_2":
        values = {name: Fraction(value) for name, value in example.values.items()}
        assert values["τ_1"] == values["τ_2"]
        assert reference == SHIFT or values["τ_3"] != values["τ_1"]


def test_one_side_of_an_identity_is_true_and_no_equation() -> None:
    verdict = check("ZGZ' + R", NAMED, M.vocabulary)
    assert (verdict.correct, verdict.form, verdict.costs_attempt) == (True, "one-side", False)


@pytest.mark.parametrize("answer", ["3", "", "τ_1", "τ_1 = ", "τ_9 = 0", "H_1: τ_1 = τ_2"])
def test_what_is_no_equation_is_unreadable(answer: str) -> None:
    assert check(answer, EQUAL, M.vocabulary).outcome == "unreadable"


@pytest.mark.parametrize("answer", ["τ_1² = τ_2", "τ_1 τ_2 = 0"])
def test_what_is_not_linear_is_undecided_and_costs_nothing(answer: str) -> None:
    verdict = check(answer, EQUAL, M.vocabulary)
    assert (verdict.outcome, verdict.costs_attempt) == ("undecided", False)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_row_operations_change_nothing_and_another_row_does(seed: int) -> None:
    draw = Random(seed)
    rows = draw.randint(1, 3)
    L = sympy.Matrix(rows, 4, lambda i, j: draw.randint(-3, 3))
    if L.rank() < rows:
        return
    A = sympy.zeros(rows)
    while A.det() == 0:
        A = sympy.Matrix(rows, rows, lambda i, j: draw.randint(-3, 3))
    reference = f"H_0: {_written(L)} β = 0"
    assert check(f"{_written(A * L)} β = 0", reference, M.vocabulary).correct is True
    other = (A * L).tolist()
    other[draw.randrange(rows)][draw.randrange(4)] += draw.choice([1, 2, 5])
    same = sympy.Matrix(other).col_join(L).rank() == rows == sympy.Matrix(other).rank()
    assert check(f"{_written(sympy.Matrix(other))} β = 0", reference, M.vocabulary).correct is same


def _written(matrix: sympy.Matrix) -> str:
    cells = [" & ".join(map(str, row)) for row in matrix.tolist()]
    return r"\begin{bmatrix} " + r" \\ ".join(cells) + r" \end{bmatrix}"
