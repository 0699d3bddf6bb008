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
    (r"\sigma^2 + \sigma^2_u + Var(y_ij)", "incorrect"),
    (r"\sigma^2 + \sigma^2_u + Var(y_ji)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(\hat\tau_1)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(MS_e)", "unreadable"),
    (r"\sigma^2 + \sigma^2_u + Var(\bar{y}_{i\cdot})", "unreadable"),
]


@pytest.mark.parametrize(("answer", "outcome"), JUDGED, ids=[ascii(answer) for answer, _ in JUDGED])
def test_a_moment_of_an_element_is_judged_by_its_value(answer: str, outcome: str) -> None:
    verdict = check(answer, VARIANCE, vocabulary=MODEL.vocabulary)
    assert verdict.outcome == outcome, verdict.feedback


@pytest.mark.parametrize(
    ("asked", "answer", "outcome"),
    [
        ("Var([[y_11], [y_21]])", "[[σ²+σ²_u, σ²_u], [σ²_u, σ²+σ²_u]]", "correct"),
        ("Var([[y_11], [y_21]])", "[[0, 0], [0, 0]]", "incorrect"),
        ("Var([[y_11 - y_21], [u_1]])", "[[2σ², 0], [0, σ²_u]]", "correct"),
        ("E([[y_11], [2u_1 + 3]])", "[[μ + τ_1], [3]]", "correct"),
        ("Cov([[y_11], [y_12]], u)", "[[σ²_u, 0, 0, 0], [0, σ²_u, 0, 0]]", "correct"),
    ],
)
def test_a_vector_of_elements_that_is_written_out_varies(asked: str, answer: str, outcome: str) -> None:
    assert check(answer, asked, vocabulary=MODEL.vocabulary).outcome == outcome
    assert check(asked, answer, vocabulary=MODEL.vocabulary).outcome == outcome


VARYING = [
    r"Var(\hat\tau_1)",
    "Var(MS_e)",
    r"Var(\frac{1}{b}\sum_{j=1}^{b-1} y_{1j})",
    r"Var(\sum_{j=1}^t y_{1j})",
    r"Var(\sum_{i=1}^t i y_{i1})",
    "Var(y_111)",
    "Var(y_1)",
    "Var(y_ji)",
]


@pytest.mark.parametrize("varies", VARYING)
def test_what_varies_is_no_constant_in_a_design_of_letters(varies: str) -> None:
    answer = rf"\sigma^2 + \sigma^2_u + {varies}"
    assert check(answer, VARIANCE, vocabulary=OF_LETTERS.vocabulary).outcome == "unreadable"


OF_LETTER_SIZES = [
    # the question, an answer, its outcome, the slip, and what is told of it
    ("Cov(y_11, y_21)", r"\sigma_u^2", "correct", None, ""),
    ("Cov(y_11, y_21)", r"\sigma^2", "incorrect", "components-swapped",
     "At σ² = 1, σ²_u = 2 your answer is 1; under the model it is 2."),
    ("Cov(y_11, y_12)", r"\sigma_u^2", "incorrect", "covariance-everywhere", "under the model it is 0."),
    ("Cov(y_ij, y_{i'j})", r"\sigma_u^2", "correct", None, ""),
    ("Cov(y_ij, y_i'j)", r"\sigma_u^2", "correct", None, ""),
    ("Cov(y_ij, y_ij')", r"\sigma_u^2", "incorrect", "covariance-everywhere", "under the model it is 0."),
    ("Cov(y_11, y_21)", "Cov(y_12, y_32)", "correct", None, ""),
    ("Var(y_11)", r"\sigma^2 + \sigma_u^2", "correct", None, ""),
    ("Var(y_11)", r"\sigma^2", "incorrect", "missing-random", "your answer is "),
    ("Var(y_11)", r"\sigma^2 + \sigma_u^2 + Var(y_11)", "incorrect", "factor-2", "your answer is "),
    ("Var(y_11 | u)", r"\sigma^2", "correct", None, ""),
    ("E(y_11)", r"\mu + \tau_1", "correct", None, ""),
    ("E(y_11)", r"\mu", "incorrect", "missing-term", "your answer is "),
    ("E(y_11 | u)", r"\mu + \tau_1 + u_1", "correct", None, ""),
    ("Corr(y_11, y_21)", r"\frac{\sigma^2_u}{\sigma^2_u + \sigma^2}", "correct", None, ""),
    ("Corr(y_11, y_21)", r"\sigma^2_u", "incorrect", "covariance-for-correlation", "under the model it is 2/3."),
    (r"Var(\bar{y}_{1\cdot})", r"(\sigma^2 + \sigma_u^2)/b", "correct", None, ""),
    (r"Var(\bar{y}_{1\cdot})", r"\sigma^2/b", "incorrect", "missing-random", "your answer is "),
    (r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"2\sigma^2/b", "correct", None, ""),
    (r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"2(\sigma^2 + \sigma_u^2)/b", "incorrect", "blocks-in-difference",
     "your answer is "),
    (r"Var(\frac{1}{b}\sum_{j=1}^b y_{1j})", r"(\sigma^2 + \sigma_u^2)/b", "correct", None, ""),
    (r"Var(\sum_j y_{1j} / b)", r"(\sigma^2 + \sigma_u^2)/b", "correct", None, ""),
    (r"Var(\sum_{j=1}^b y_{1j})", r"b^2 Var(\bar{y}_{1\cdot})", "correct", None, ""),
    (r"Var(\sum_{k=1}^b y_{1k})", r"b(\sigma^2 + \sigma_u^2)", "correct", None, ""),
    (r"Var(\frac{1}{b}\sum_{j=1}^b (y_{1j} - y_{2j}))", r"2\sigma^2/b", "correct", None, ""),
    (r"Var(\sum_{i=1}^t y_{i1})", r"t\sigma^2 + t^2\sigma^2_u", "correct", None, ""),
    (r"Var(\sum_{i=1}^t y_{i1})", r"t\sigma^2 + t\sigma^2_u", "incorrect", "variance-of-sum", "your answer is "),
    (r"Cov(\sum_{i=1}^t y_{i1}, u_1)", r"t\sigma^2_u", "correct", None, ""),
    (r"Cov(y_11, \sum_j y_{2j})", r"\sigma^2_u", "correct", None, ""),
    (r"E(\sum_j y_{1j})", r"b(\mu + \tau_1)", "correct", None, ""),
    (r"Var(\sum_i\sum_j y_{ij})", r"tb\sigma^2 + t^2 b\sigma^2_u", "correct", None, ""),
    (r"Var(\sum_{j=1}^b \varepsilon_{1j})", r"b\sigma^2", "correct", None, ""),
    (r"Var(\sum_{j=1}^b u_j)", r"b\sigma_u^2", "correct", None, ""),
    ("Var(y_111)", r"\sigma^2", "undecided", None, "y_111 is no element of this model: y_ij has 2 indices"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answer", "outcome", "slip", "told"), OF_LETTER_SIZES)
def test_moments_are_judged_where_sizes_are_letters(
    question: str, answer: str, outcome: str, slip: str | None, told: str
) -> None:
    verdict = check(answer, question, vocabulary=OF_LETTERS.vocabulary)
    assert (verdict.outcome, verdict.misconception) == (outcome, slip), verdict.feedback
    assert told in verdict.feedback


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


QUESTIONS = [
    # the question, an answer, its outcome, the slip, and what is told of it
    ("Corr(y_11, y_21)", r"\frac{\sigma^2_u}{\sigma^2_u + \sigma^2}", "correct", None, ""),
    ("Corr(y_11, y_12)", "0", "correct", None, ""),
    ("Corr(y_11, y_21)", r"\sigma^2_u", "incorrect", "covariance-for-correlation", "At σ² = 1, σ²_u = "),
    ("Corr(y_11, y_21)", r"\sigma^2", "incorrect", None, "your answer is "),
    (r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"\sigma^2/2", "correct", None, ""),
    (r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"(\sigma^2 + \sigma^2_u)/2", "incorrect", "blocks-in-difference",
     "At σ² = 1, σ²_u = 2 your answer is 3/2; under the model it is 1/2."),
    ("Cov(y_11, y_12)", r"\sigma^2_u", "incorrect", "covariance-everywhere",
     "At σ²_u = 2 your answer is 2; under the model it is 0."),
    (r"\mathbf{V}^{-1}", r"\mathbf{R}^{-1}", "incorrect", "R-for-V", "the entry (y_11, y_11) = 1"),
    (r"\mathbf{G}", r"\sigma^2_u\mathbf{J}_4", "incorrect", "ones-for-identity", "Cov(u_1, u_2) = 1"),
    (r"\mathbf{R}", r"\sigma^2\mathbf{J}_{12}", "incorrect", "ones-for-identity", "Cov(ε_11, ε_21) = 1"),
    (r"\mathbf{V}", r"\mathbf{ZGZ}'", "incorrect", "missing-residual", "Var(y_11) = 2"),
    (r"\mathbf{X}\boldsymbol\beta", r"\mathbf{Zu}", "incorrect", None, "E(y_11) = "),
    (r"\hat{\mathbf{u}}", r"\mathbf{GZ}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)", "undecided", None,
     "û is calculated from data"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answer", "outcome", "slip", "told"), QUESTIONS)
def test_what_is_told_of_an_answer_is_so(question: str, answer: str, outcome: str, slip: str | None, told: str) -> None:
    verdict = check(answer, question, vocabulary=MODEL.vocabulary)
    assert (verdict.outcome, verdict.misconception) == (outcome, slip), verdict.feedback
    assert told in verdict.feedback


@pytest.mark.parametrize(
    ("asked", "answer", "is_right"),
    [
        ("Var(y_11)", "G_11 + R_11", True),
        ("Var(y_11)", "[ZGZ']_{11} + R[1, 1]", True),
        ("Var(y_11)", "G_11", False),
        ("Cov(y_11, y_21)", "[ZGZ']_{12}", True),
        ("Cov(y_11, y_21)", "[ZGZ']_{13}", False),
    ],
)
def test_an_element_of_a_matrix_has_its_value(asked: str, answer: str, is_right: bool) -> None:
    m = rcbd(2, 3)
    assert check(answer, m.derive(asked).goal, m).correct is is_right


def test_an_element_that_only_repeats_what_was_asked_is_told() -> None:
    m = rcbd(2, 3)
    assert check("V_11", "Var(y_11)", m).form == "repeats-the-name"
    assert check("V_12", "Var(y_11)", m).correct is False
    assert check("V_99", "Var(y_11)", m).outcome == "unreadable"
