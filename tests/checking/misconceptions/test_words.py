"""Each slip has words in three strengths; none of them gives the answer away, and mathematics is set as such."""

from __future__ import annotations

import re

import pytest
import sympy

from tests.checking.misconceptions.designs import Answer, answer, changed, reference, vocabulary
from tests.checking.misconceptions.test_composites import PAIRS
from tests.checking.misconceptions.test_named import ROWS
from tutor import check, nested, rcbd, split_plot
from tutor.checking.feedback.grid import grid
from tutor.checking.feedback.where import pattern_of
from tutor.checking.misconceptions.table import MISCONCEPTIONS
from tutor.checking.verdict import Cell, Verdict

OF_THE_LECTURE = [
    "missing-residual",
    "missing-random",
    "missing-term",
    "missing-factor",
    "missing-component-on-diagonal",
    "missing-identity",
    "missing-intercept",
    "missing-replication",
    "transpose-lost",
    "transpose-misplaced",
    "order-swapped",
    "parentheses-lost",
    "inverse-lost",
    "inverse-of-sum",
    "elementwise-inverse",
    "G-for-inverse",
    "inverse-for-G",
    "R-for-V",
    "inverse-for-R",
    "sd-for-variance",
    "variance-for-sd",
    "forgot-square",
    "squared-twice",
    "components-swapped",
    "covariance-missing",
    "diagonal-only",
    "covariance-everywhere",
    "wrong-grouping",
    "wrong-structure",
    "dropped-rho-power",
    "off-by-one",
    "correlation-for-covariance",
    "covariance-for-correlation",
    "variance-for-covariance",
    "asymmetric",
    "one-entry",
    "identity-for-ones",
    "ones-for-identity",
    "ones-matrix-for-vector",
    "kronecker-swapped",
    "wrong-size",
    "wrong-dimension",
    "shapes-do-not-meet",
    "wrong-index",
    "wrong-comparison",
    "random-in-mean",
    "error-in-mean",
    "mean-in-variance",
    "mean-not-subtracted",
    "mean-variance-swapped",
    "fixed-random-confused",
    "factor-2",
    "sign",
    "sum-of-sd",
    "blocks-in-difference",
    "scalar-rule",
    "variance-of-sum",
    "ols-for-gls",
    "ml-for-reml",
    "conditional-for-marginal",
    "link-forgotten",
    "jensen",
    "lower-case",
    "not-bold",
]
"""The keys that programs and statistics know."""

SHORT = 5
"""Letters of a text up to which it is found in any sentence: R, Z."""


def test_the_table_holds_every_key() -> None:
    assert set(OF_THE_LECTURE) <= set(MISCONCEPTIONS)


@pytest.mark.parametrize("key", MISCONCEPTIONS)
def test_each_slip_has_words_in_three_strengths(key: str) -> None:
    words = MISCONCEPTIONS[key].words
    assert words.opening in ("Not yet.", "Nearly.")
    assert words.question.endswith("?")
    assert words.seen.endswith(".")
    assert words.law.endswith(".")
    for text in (words.seen, words.question, words.law):
        assert words.filled(text, {}).count("{") == 0
        assert not re.search(r"[*`\\]", text)
    assert words.law not in (words.seen, words.question)


def judged(design: str, asked: str, given: Answer) -> Verdict:
    tree = reference(design, asked)
    return check(answer(given, tree), tree, vocabulary(design))


@pytest.mark.parametrize(("design", "asked", "given"), [row[1:] for row in ROWS] + [row[:3] for row in PAIRS])
def test_no_feedback_on_a_wrong_answer_holds_the_right_one(design: str, asked: str, given: Answer) -> None:
    verdict = judged(design, asked, given)
    tree = reference(design, asked)
    secrets = {str(tree), str(tree.closed_form() if not tree.is_scalar else tree)} - {str(given)}
    for strength in ("nudge", "hint", "explanation"):
        told = verdict.told(strength)
        assert told
        assert "{" not in told
        assert not [secret for secret in secrets if len(secret) >= SHORT and secret in told]
    assert verdict.told("nudge").endswith("?")


@pytest.mark.parametrize(("design", "asked", "given"), [row[1:] for row in ROWS[::3]])
def test_mathematics_in_sentences_is_set_as_mathematics(design: str, asked: str, given: Answer) -> None:
    verdict = judged(design, asked, given)
    for strength in ("nudge", "hint", "explanation"):
        for dialect in ("markdown", "latex"):
            told = verdict.told(strength, dialect)
            outside = re.sub(r"```.*?```|\\\[.*?\\\]", "", told, flags=re.S)
            words = re.sub(r"\$[^$]*\$", "", outside)
            assert not re.search("[σρτμβεα²⁻₁₂⊗']", words.replace("Woodbury's", "").replace("observation's", ""))
            assert outside.count("$") % 2 == 0


def test_a_nudge_names_no_mistake_and_an_explanation_gives_the_law() -> None:
    verdict = judged("blocks", "V", "ZGZ'")
    assert verdict.told("nudge") == "Not yet. What else makes one observation vary?"
    assert verdict.told() == verdict.feedback
    assert "At σ² = 1, σ²_u = 2 your answer makes Var(y_11) = 2; under the model it is 3." in verdict.feedback
    assert "Independent parts add their variances" in verdict.told("explanation")
    assert r"$\operatorname{Var}(y_{11}) = 2$" in verdict.told("hint", "markdown")
    assert r"$\sigma^2 = 1$" in verdict.told("hint", "latex")


# Where

B, S, N = rcbd(treatments=2, blocks=3), split_plot(2, 3, 2), nested(2, 2, 2)

PATTERNS = [
    ("blocks", changed(lambda i, j, x: 0 if i != j else x), "every covariance is zero"),
    ("blocks", changed(lambda i, j, x: x + 1 if i == j else x), "the diagonal, where the variances are"),
    ("blocks", changed(lambda i, j, x: 2 * x if i != j else x), "every covariance within a block"),
    ("blocks", changed(lambda i, j, x: x + 1 if x == 0 else x), "Observations vary together that share nothing"),
    ("blocks", changed(lambda i, j, x: x + i + 3 if i // 2 == j // 2 else x),
     "Every variance and every covariance within a block"),
    ("split plots", changed(lambda i, j, x: x + 3 if i // 6 == j // 6 and i // 3 != j // 3 else x),
     "every covariance within a block and between two levels of A"),
    ("blocks", changed(lambda i, j, x: x + j if i == 2 else x), "row y_12"),
    ("blocks", changed(lambda i, j, x: x + i + 1 if j == 3 else x), "The whole column y_22"),
]  # fmt: skip


@pytest.mark.parametrize(("design", "given", "told"), PATTERNS)
def test_the_wrong_cells_are_described_by_what_they_have_in_common(design: str, given: Answer, told: str) -> None:
    assert told in judged(design, "V", given).feedback


def test_what_is_right_is_said_too() -> None:
    verdict = judged("blocks", "V", changed(lambda i, j, x: 2 * x if i != j else x))
    assert "The six variances are right" in verdict.feedback


def test_places_without_labels_are_counted() -> None:
    cells = [Cell(0, 1), Cell(0, 2)]
    assert pattern_of(cells, (3, 3), symmetric=False) == "a part of the row 1"
    assert pattern_of([Cell(i, j) for i in range(3) for j in range(3)], (3, 3)) == "every entry"
    assert pattern_of([], (3, 3)) == ""
    assert pattern_of([Cell(0, 2), Cell(2, 0)], (3, 3)) == "every entry 2 places beside the diagonal"


def test_the_grid_shows_which_cells_are_right() -> None:
    verdict = judged("blocks", "V", changed(lambda i, j, x: 0 if i != j else x))
    assert "y_11  ●    ○    ●    ●    ●    ●" in verdict.feedback
    assert "● as in the model   ○ not" in verdict.feedback
    assert r"y_{11} & \bullet & \circ" in verdict.told("hint", "latex")
    assert "```\n     y_11 y_21" in verdict.told("hint", "markdown")
    large = [str(i) for i in range(9)]
    assert grid([Cell(0, 0)], large, large) == ""


def test_a_verdict_is_the_same_each_time() -> None:
    V = sympy.Matrix(B.V.explicit()).applyfunc(lambda x: x**2 + 1)
    first, *others = [check(V, B.V) for _ in range(3)]
    assert all(other.misconception == first.misconception for other in others)
    assert all(other.feedback == first.feedback for other in others)


TERMS = [
    ("blocks", "V", r"\sigma_u ZZ' + \sigma^2 I_6", "σ² I₆ is right; look again at σ_u ZZ'.", "the term σ_u ZZ'"),
    ("blocks", "Var(y_11)", r"\sigma^2 + \sigma_u", "σ² is right; look again at σ_u.", "the term σ_u"),
    ("lecture", "ZGZ' + R", "ZG^{-1}Z' + R", "R is right; look again at ZG⁻¹Z'.", "the term ZG⁻¹Z'"),
]


@pytest.mark.parametrize(("design", "asked", "given", "told", "part"), TERMS)
def test_the_wrong_term_of_a_sum_is_told(design: str, asked: str, given: str, told: str, part: str) -> None:
    verdict = judged(design, asked, given)
    assert told in verdict.feedback
    assert part in [place.name for place in verdict.where]


@pytest.mark.parametrize("given", ["ZGZ'", "2ZGZ' + 2R", r"\sigma^2 I_6"])
def test_no_term_is_blamed_where_none_is_right_beside_it(given: str) -> None:
    verdict = judged("blocks", "V", given)
    assert "look again" not in verdict.feedback
    assert len(verdict.where) == len(verdict.cells)


def test_of_a_matrix_of_numbers_the_right_entry_is_not_told() -> None:
    verdict = judged("line", "X'X", "[[3, 7], [7, 25]]")
    assert verdict.misconception == "one-entry"
    for strength in ("nudge", "hint", "explanation"):
        assert "21" not in verdict.told(strength)
    assert "The entry (β1 x, β1 x) is not 25." in verdict.feedback


def test_a_name_at_the_beginning_of_a_sentence_keeps_its_letter() -> None:
    assert "u_1 is random" in judged("blocks", "E(y_11)", r"\mu + \tau_1 + u_1").feedback


def test_of_a_part_that_is_missing_is_said_so_once_and_why_it_belongs() -> None:
    verdict = check("y_ij = μ + τ_i + ε_ij, ε_ij ~ N(0, σ²)", rcbd(3, 4))
    assert verdict.feedback.count("missing") == 1
    assert verdict.feedback.startswith("Not yet. A random effect is missing; all else is right.")
    assert verdict.explanation.endswith(MISCONCEPTIONS["missing-random"].words.law)


@pytest.mark.parametrize(
    ("asked", "given", "seen"),
    [
        (r"\sigma^2/4", r"\sigma^2/12", "divided by more than are averaged"),
        (r"\sigma^2/12", r"\sigma^2/4", "does not become smaller"),
        (r"\sigma^2/4", r"\sigma^2", "does not become smaller"),
        ("6", "12", "counts the observations."),
        ("6", "4", "counts the levels of block."),
        ("6", "3", "counts the levels of treatment."),
        ("11", "12", "off by one"),
    ],
)
def test_what_was_counted_or_divided_by_is_told(asked: str, given: str, seen: str) -> None:
    assert seen in judged("more blocks", asked, given).feedback
