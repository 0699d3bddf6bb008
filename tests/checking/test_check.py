"""Right answers in many spellings are accepted; wrong ones are refused with the slip, the cell and the numbers."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tutor import check, crd, lecture_vocabulary, rcbd, read, regression
from tutor.algebra.build import identity, kron, ones
from tutor.algebra.nodes import Explicit, Scalar, Scaled, Sum, Variance
from tutor.algebra.tree import Tree
from tutor.errors import TutorError

B23 = rcbd(treatments=2, blocks=3)
B34 = rcbd(treatments=3, blocks=4)
FIXED = rcbd(treatments=3, blocks=4, blocks_are="fixed")
PLOTS = crd(treatments=3, reps=2)
LINE = regression([1, 2, 4])
s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)


RIGHT = [
    "ZGZ'+R",
    "R+ZGZ^T",
    "ZG'Z'+R",
    r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}",
    r"\mathbf{ZGZ}' + \mathbf{R}",
    r"\mathbf{Z}\mathbf{G}\mathbf{Z}^\top + \mathbf{R}",
    r"\bm{Z} \bm{G} \bm{Z}^{\prime} + \sigma^2 \mathbf{I}",
    r"\sigma_u^2 \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}",
    r"\sigma^2_u \mathbf{Z}\mathbf{Z}' + \sigma^2 \mathbf{I}_{6}",
    r"\sigma_{u}^{2} ZZ^T + \mathbf{I}\sigma^2",
    r"\mathbf{I}_3 \otimes (\sigma^2 \mathbf{I}_2 + \sigma^2_u \mathbf{J}_2)",
    r"\mathbf{I}_3 \otimes \begin{bmatrix} \sigma^2+\sigma_u^2 & \sigma_u^2 \\"
    r"\sigma_u^2 & \sigma^2+\sigma_u^2 \end{bmatrix}",
    r"\sigma_u^2 (\mathbf{I}_3 \otimes \mathbf{1}_2\mathbf{1}_2') + \sigma^2\mathbf{I}",
    r"\mathbf{V} = \mathbf{ZGZ}' + \mathbf{R}",
    r"\operatorname{Var}(\mathbf{y}) = \mathbf{ZGZ}' + \mathbf{R} = \sigma_u^2 \mathbf{ZZ}' + \sigma^2 \mathbf{I}",
    "Z %*% G %*% t(Z) + R",
    "sigma2_u * Z %*% t(Z) + sigma2 * diag(6)",
    "Z @ G @ Z.T + R",
    "sigma2_u * Z @ Z.T + sigma2 * np.eye(6)",
    "np.kron(np.eye(3), sigma2*np.eye(2) + sigma2_u*np.ones((2, 2)))",
    r"\mathbf{I}_b \otimes (\sigma^2 \mathbf{I}_t + \sigma^2_u \mathbf{J}_t)",
    r"\mathbf{I}_b \otimes (\sigma^2 \mathbf{I}_t + \sigma^2_u \mathbf{1}_t\mathbf{1}_t')",
    "kronecker(diag(3), sigma2*diag(2) + sigma2_u*matrix(1, 2, 2))",
    "σ²_u ZZ' + σ² I₆",
    "I₃ ⊗ (σ² I₂ + σ²_u J₂)",
    "ZGZ' + 2R - R",
    r"\frac{2\sigma_u^2}{2} ZZ' + \sqrt{\sigma^4} I",
]


@pytest.mark.parametrize("answer", RIGHT)
def test_a_right_answer_is_right_in_every_spelling(answer: str) -> None:
    verdict = check(answer, B23.V)
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.score == 1
    assert verdict.correct is True


WRONG = [
    ("ZGZ'", "missing-residual"),
    (r"\sigma_u^2 ZZ'", "missing-residual"),
    ("R", "missing-random"),
    (r"\sigma^2 I", "missing-random"),
    (r"\sigma_u ZZ' + \sigma^2 I", "sd-for-variance"),
    (r"\sigma_u^2 ZZ' + \sigma I", "sd-for-variance"),
    (r"\sigma_u ZZ' + \sigma I", "sd-for-variance"),
    (r"\sigma^2 ZZ' + \sigma_u^2 I", "components-swapped"),
    (r"\sigma_u^4 ZZ' + \sigma^2 I", "squared-twice"),
    (r"(\sigma^2 I_2 + \sigma_u^2 J_2) \otimes I_3", "kronecker-swapped"),
    (r"(\sigma^2 + \sigma_u^2) I", "diagonal-only"),
    (
        r"I_3 \otimes \begin{bmatrix} \sigma^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2 \end{bmatrix}",
        "missing-component-on-diagonal",
    ),
    (r"J_3 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)", "ones-for-identity"),
    (r"\sigma_u^2 J_6 + \sigma^2 I", "covariance-everywhere"),
    ("-(ZGZ' + R)", "sign"),
    ("2(ZGZ' + R)", "factor-2"),
    ("ZG^{-1}Z' + R", "inverse-for-G"),
    ("ZGZ' + R^{-1}", "inverse-for-R"),
    ("(ZGZ' + R)^{-1}", "inverse-lost"),
    (r"\sigma^2 + \sigma_u^2", "wrong-size"),
    (r"\sigma_u^2 J_2 + \sigma^2 I_2", "wrong-size"),
]


@pytest.mark.parametrize(("answer", "misconception"), WRONG)
def test_a_wrong_answer_is_refused_and_its_slip_named(answer: str, misconception: str) -> None:
    verdict = check(answer, B23.V)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert verdict.correct is False
    assert verdict.misconception == misconception
    assert verdict.score == 0
    assert verdict.costs_attempt


@pytest.mark.parametrize("answer", ["GZZ'+R", "Z'GZ+R", "ZGZ+R", "ZGZ' + G", "ZGZ' + \\sigma^2"])
def test_shapes_that_do_not_meet_are_named_and_cost_nothing(answer: str) -> None:
    verdict = check(answer, B34.V)
    assert verdict.outcome == "incorrect"
    assert verdict.misconception == "shapes-do-not-meet"
    assert "×" in verdict.feedback
    assert not verdict.costs_attempt
    assert check(answer, B34.V, shape_costs_attempt=True).costs_attempt


def test_the_shapes_in_the_message_are_those_of_the_operands() -> None:
    assert "Z is 12 × 4 and G" not in check("GZZ'+R", B34.V).feedback
    assert "G is 4 × 4 and Z is 12 × 4: 4 columns cannot meet 12 rows" in check("GZZ'+R", B34.V).feedback


def test_lower_case_is_a_matter_of_notation() -> None:
    verdict = check("zgz'+R", B34.V)
    assert verdict.outcome == "unreadable"
    assert verdict.misconception == "lower-case"
    assert verdict.correct is None
    assert not verdict.costs_attempt


@pytest.mark.parametrize(
    ("answer", "fragment"),
    [
        (r"\sigma^2_b \mathbf{I}_{12}", "σ²_u"),
        (r"\sigma^2 \mathbf{I_3", "closed"),
        ("", ""),
        ("ZGZ' +", ""),
        (r"\begin{bmatrix} 1 & 0 \\ 0 \end{bmatrix}", "ow 2"),
        ("ZGZ' + Q", "Q"),
        ("x" * 100_000, "100,000 characters"),
        ("\0", ""),
        (float("nan"), "nan"),
        (object(), "object"),
        ([[1, 2], [3]], "Row 2"),
        ([], "empty"),
    ],
)
def test_what_cannot_be_read_is_said_and_costs_nothing(answer: object, fragment: str) -> None:
    verdict = check(answer, B34.V)
    assert verdict.outcome == "unreadable"
    assert fragment in verdict.feedback
    assert not verdict.costs_attempt
    assert verdict.feedback


def test_the_counterexample_can_be_followed_by_hand() -> None:
    verdict = check("ZGZ'", B23.V)
    example = verdict.counterexample
    assert example is not None
    assert dict(example.values) == {"σ²": "1", "σ²_u": "2"}
    assert (example.answer, example.reference) == ("2", "3")
    assert example.cell.name.startswith("y_11")
    assert "At σ² = 1, σ²_u = 2 your answer makes Var(y_11) = 2; under the model it is 3." in verdict.feedback


def test_the_wrong_cells_are_listed_with_their_labels() -> None:
    V = sympy.Matrix(B23.V.explicit())
    V[0, 1] = V[1, 0] = 0
    verdict = check(V, B23.V)
    assert verdict.misconception == "one-entry"
    assert [(cell.row, cell.column) for cell in verdict.cells] == [(0, 1), (1, 0)]
    assert verdict.cells[0].row_label is not None
    assert verdict.cells[0].row_label.startswith("y_11")


def test_a_name_that_only_repeats_the_question_fails_the_form() -> None:
    for answer in ("V", r"\operatorname{Var}(\mathbf{y})", r"\boldsymbol{\Sigma}"):
        verdict = check(answer, B23.V)
        assert verdict.correct is True
        assert verdict.form == "repeats-the-name"
        assert verdict.score == 0


def test_python_objects_are_answers_too() -> None:
    V = B23.V.explicit()
    assert check(V, B23.V).correct
    assert check(V.tolist(), B23.V).correct
    plain = V.subs({s2: sympy.Symbol("sigma2"), su: sympy.Symbol("sigma2_u")})
    assert check(plain, B23.V).correct
    Z, G, R = sympy.MatrixSymbol("Z", 6, 3), sympy.MatrixSymbol("G", 3, 3), sympy.MatrixSymbol("R", 6, 6)
    assert check(Z * G * Z.T + R, B23.V).correct
    assert check(Z * G * Z.T, B23.V).misconception == "missing-residual"
    assert B23.Z is not None
    assert check(np.kron(np.eye(3), np.ones((2, 1))), B23.Z).correct
    assert check(np.kron(np.ones((2, 1)), np.eye(3)), B23.Z).correct is False
    assert check([["sigma^2", 0], [0, r"\sigma^2"]], s2 * identity(2), B23.vocabulary).correct
    assert check(B23.V, B23.V).correct


def test_a_double_stands_for_what_it_was_rounded_from_and_for_nothing_else() -> None:
    third = Explicit(sympy.ImmutableMatrix([[sympy.Rational(1, 3), sympy.Rational(1, 10)]]))
    assert check(np.array([[1 / 3, 0.1 + 0.2 - 0.2]]), third).correct
    assert check(np.array([[0.333333, 0.1]]), third).correct is False
    assert check(np.array([[1 / 3, 0.1 + 1e-9]]), third).correct is False
    small = Explicit(sympy.ImmutableMatrix([[1000, sympy.Rational(1, 10**9)]]))
    assert check(np.array([[1000.0, 2e-9]]), small).correct is False


@pytest.mark.parametrize(
    ("answer", "misconception"),
    [
        (r"\mathbf{X}\boldsymbol{\beta}", None),
        ("Xβ", None),
        ("X %*% beta", None),
        (r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}", "random-in-mean"),
        (r"X\beta + \varepsilon", "error-in-mean"),
        (r"\mathbf{y}", "random-in-mean"),
    ],
)
def test_the_mean_holds_nothing_random(answer: str, misconception: str | None) -> None:
    verdict = check(answer, B34.X @ B34.beta)
    assert verdict.correct is (misconception is None), verdict.feedback
    assert verdict.misconception == misconception


def test_models_without_random_effects_are_judged_too() -> None:
    assert check(r"\sigma^2 \mathbf{I}", PLOTS.V).correct
    assert check("R", PLOTS.V).correct
    assert check(r"\sigma^2", PLOTS.V).misconception == "missing-identity"
    assert check(r"\sigma^2 I_{12}", FIXED.V).correct
    assert check(r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 4 \end{bmatrix}", LINE.X).correct
    assert check(r"\begin{pmatrix} 1 & 2 \\ 1 & 1 \\ 1 & 4 \end{pmatrix}", LINE.X).correct is False


def test_general_matrices_tell_apart_what_a_balanced_design_does_not() -> None:
    m = B34
    ols = "(X'X)^{-1}X'y"
    ridge = r"\mathbf{Z}\mathbf{Z}'"
    assert m.Z is not None
    doubled = Sum((m.Z @ m.Z.T, m.Z @ m.Z.T))
    assert check(ridge, m.Z @ m.Z.T, general=True).correct
    assert check("I_4 \\otimes J_3", m.Z @ m.Z.T).correct
    assert check("I_4 \\otimes J_3", m.Z @ m.Z.T, general=True).correct is False
    assert check("ZZ' + ZZ'", doubled, general=True).correct
    line = LINE
    assert check(ols, (line.X.T @ line.X).inv() @ line.X.T @ line.y).correct
    gls = (line.X.T @ line.R.inv() @ line.X).inv() @ line.X.T @ line.R.inv() @ line.y
    assert check(ols, gls).correct
    assert check(ols, gls, general=True).correct is False


def test_an_inverse_that_does_not_exist_is_refused() -> None:
    verdict = check("(ZZ')^{-1}", B34.V.inv())
    assert verdict.correct is False
    assert verdict.misconception == "singular-inverse"


def test_letters_for_sizes_are_judged_too() -> None:
    m = rcbd(treatments="t", blocks="b")
    assert check(r"\mathbf{I}_b \otimes (\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t)", m.V).correct
    assert check(r"\mathbf{ZGZ}' + \mathbf{R}", m.V).correct
    assert check(r"(\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t) \otimes \mathbf{I}_b", m.V).correct is False


def test_estimators_of_any_size_are_judged_where_they_exist() -> None:
    words = lecture_vocabulary()
    gls = read("(X'V^{-1}X)^{-1}X'V^{-1}y", words).tree
    assert gls is not None
    for _ in range(3):
        assert check("(X'V^{-1}X)^{-1}X'V^{-1}y", gls, words).correct
        assert check("((ZGZ'+R)^{-1}X)'", read("X'V^{-1}", words).tree, words).correct
        assert check("(X'X)^{-1}X'y", gls, words).correct is False


def test_irrational_numbers_are_compared_too_and_shown_short() -> None:
    assert check(r"\sqrt{(\sigma_u^2 + 1)^2} ZZ' - ZZ' + R", B23.V).correct
    assert check(r"e^{\log \sigma_u^2} ZZ' + R", B23.V).correct
    verdict = check(r"\sqrt{\sigma_u^2 + \sigma^2} ZZ' + R", B23.V)
    assert verdict.correct is False
    assert verdict.counterexample is not None
    assert float(verdict.counterexample.answer) == pytest.approx(1 + 5**0.5)
    assert verdict.counterexample.reference == "5"


@pytest.mark.parametrize("number", range(2, 9))
def test_a_number_is_no_letter_whatever_the_number(number: int) -> None:
    m = rcbd(treatments="t", blocks="b")
    J = ones("t", "t")
    mean = Scaled(Scalar(1 / J.rows), J)
    for _ in range(5):
        assert check(Scaled(Scalar(sympy.Rational(1, number)), J), mean, m.vocabulary).correct is False
    assert check(r"\frac{1}{t} \mathbf{J}_t", mean, m.vocabulary).correct


def test_a_verdict_is_json_ready() -> None:
    import json

    told = json.loads(json.dumps(check("ZGZ'", B23.V).to_dict()))
    assert told["outcome"] == "incorrect"
    assert told["counterexample"]["answer"] == "2"


@st.composite
def edited_variance(draw: st.DrawFn) -> tuple[Tree, bool]:
    """V of a small design as a sum of strata, with or without one changed coefficient, and whether it is changed."""
    coefficients = [s2, su]
    changed = draw(st.booleans())
    if changed:
        place = draw(st.integers(0, 1))
        other = draw(st.sampled_from([2 * s2, s2 + su, s2 * su, sympy.sqrt(su), su**2, s2 - su, sympy.Integer(1)]))
        changed = sympy.expand(other - coefficients[place]) != 0
        coefficients[place] = other
    terms = [
        Scaled(Scalar(coefficients[0]), kron(identity(3), identity(2))),
        Scaled(Scalar(coefficients[1]), kron(identity(3), ones(2, 2))),
    ]
    draw(st.randoms()).shuffle(terms)
    return Sum(tuple(terms)), changed


@settings(max_examples=60)
@given(edited_variance())
def test_no_changed_coefficient_is_accepted_and_no_equal_one_refused(case: tuple[Tree, bool]) -> None:
    answer, changed = case
    verdict = check(answer, B23.V)
    assert verdict.correct is (not changed)
    if changed:
        assert verdict.counterexample is not None
        assert verdict.counterexample.answer != verdict.counterexample.reference


@pytest.mark.parametrize("seed", range(30))
def test_one_wrong_cell_is_found_wherever_it_is(seed: int) -> None:
    rng = random.Random(seed)
    V = sympy.Matrix(B34.V.explicit())
    i, j = rng.randrange(12), rng.randrange(12)
    V[i, j] += rng.choice([s2, -su, sympy.Rational(1, 10**12)])
    verdict = check(V, B34.V)
    assert verdict.correct is False
    assert [(cell.row, cell.column) for cell in verdict.cells] == [(i, j)]


def test_var_of_y_as_a_reference_is_the_same_question() -> None:
    assert check("ZGZ' + R", Variance(B23.y)).correct
    assert check("Xβ + R", Variance(B23.y)).misconception == "shapes-do-not-meet"


def test_a_model_says_what_the_letters_are() -> None:
    m = tutor.rcbd(2, 3)
    assert tutor.read("sigma_u^2 J_2", m).tree == tutor.read("sigma_u^2 J_2", m.vocabulary).tree
    assert tutor.check("I_3 ⊗ (σ² I_2 + σ²_u J_2)", "Var(y)", m).correct
    assert tutor.check("ZGZ'", "Var(y)", m).misconception == "missing-residual"
    assert tutor.derive("Var(y)", "V", m).result == tutor.read("V", m).tree
    assert tutor.proofread("y = X\\beta + Zu + e", m)


@pytest.mark.parametrize("given", ["Var(y)", 3, {"x": 1}], ids=repr)
def test_a_vocabulary_that_is_none_is_refused_in_words(given: Any) -> None:
    for use in (tutor.read, tutor.proofread, lambda text, names: tutor.check(text, text, names)):
        with pytest.raises(TutorError, match=f"{type(given).__name__} has none"):
            use("X", given)


@pytest.mark.parametrize("text", [None, 3, ["X"]], ids=repr)
def test_what_is_no_text_is_not_read(text: Any) -> None:
    for use in (tutor.read, tutor.proofread):
        with pytest.raises(TutorError, match=f"{type(text).__name__} is none"):
            use(text)
