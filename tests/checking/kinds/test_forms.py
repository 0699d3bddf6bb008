"""The form that a question demands is judged apart from the value, and what it costs belongs to the question."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from tutor import check, rcbd
from tutor.algebra.nodes import Inverse
from tutor.checking.forms import NAMES_LEFT

M = rcbd(treatments=2, blocks=3)
V, INVERSE = M.V, Inverse(M.V)
CLOSED = "I_3 ⊗ (σ² I_2 + σ²_u J_2)"
CELLS = M.V.explicit()
INVERSE_CLOSED = (
    r"\frac{1}{\sigma^2} (\mathbf{I}_3 \otimes (\mathbf{I}_2 - "
    r"\frac{\sigma_u^2}{\sigma^2 + 2\sigma_u^2} \mathbf{J}_2))"
)
a, b, c = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
SHARE = b / (a + b)

HAS: list[tuple[Any, Any, str]] = [
    (V, CLOSED, "kronecker"), (V, "σ² (I_3 ⊗ I_2) + σ²_u (I_3 ⊗ J_2)", "kronecker"), (V, CLOSED, "closed-form"),
    (V, "σ² I_6 + σ²_u (I_3 ⊗ J_2)", "closed-form"), (V, "ZGZ' + R", "matrices"), (V, "R + ZGZ'", "matrices"),
    (V, CELLS, "entries"), (V, "V = ZGZ' + R", "matrices"), (V, f"V = ZGZ' + R = {CLOSED}", "kronecker"),
    (V, "ZGZ' + R", "simplified"), (V, CLOSED, "simplified"), (V, "σ_u² ZZ' + σ² I", "simplified"),
    (V, CLOSED, "no-inverse"), (INVERSE, INVERSE_CLOSED, "no-inverse"), (INVERSE, INVERSE_CLOSED, "closed-form"),
    (INVERSE, r"\mathbf{I}_3 \otimes (\sigma^2 \mathbf{I}_2 + \sigma_u^2 \mathbf{J}_2)^{-1}", "kronecker"),
    (SHARE, "σ²_u / (σ² + σ²_u)", "single-fraction"), (SHARE, "σ²_u / (σ² + σ²_u)", "simplified"),
    (SHARE, "1 / (1 + σ²/σ²_u)", "simplified"), (sympy.Rational(3, 4), "3/4", "numbers"),
    (sympy.Rational(3, 4), "0.75", "numbers"),
    (V, CELLS.tolist(), "entries"), (a + b, "σ² + σ²_u", "simplified"),
    (a / 2 + b / 2, "(σ² + σ²_u)/2", "single-fraction"),
    (INVERSE, "V^-1", "matrices"), (sympy.sqrt(a / 2), "σ/√2", "single-fraction"),
    (a / 2, "σ² - σ²/2 = σ²/2", "simplified"), (sympy.exp(a / 2 + b / 2), "e^{σ²/2 + σ²_u/2}", "single-fraction"),
]  # fmt: skip

LACKS: list[tuple[Any, Any, str]] = [
    (V, "ZGZ' + R", "kronecker"), (V, CELLS, "kronecker"), (V, "σ² I_6 + σ²_u (I_3 ⊗ J_2)", "kronecker"),
    (V, "ZGZ' + R", "closed-form"), (V, CELLS, "closed-form"), (V, "σ_u² ZZ' + σ² I", "closed-form"),
    (V, CLOSED, "matrices"), (V, "σ_u² ZZ' + σ² I", "matrices"), (V, CELLS, "matrices"),
    (V, CLOSED, "entries"), (V, "ZGZ' + R", "entries"), (V, "ZGZ' + R + R - R", "simplified"),
    (V, "ZGZ' + R + 0", "simplified"), (V, "Z'' G Z' + R", "simplified"), (V, "Z I G Z' + R", "simplified"),
    (V, "ZGZ'/2 + ZGZ'/2 + R", "simplified"), (V, "V + 2ZGZ' - 2ZGZ'", "simplified"),
    (INVERSE, "(ZGZ' + R)^{-1}", "no-inverse"), (INVERSE, "V^-1", "no-inverse"),
    (INVERSE, "(ZGZ' + R)^-1", "closed-form"),
    (INVERSE, r"\mathbf{I}_3 \otimes (\sigma^2 \mathbf{I}_2 + \sigma_u^2 \mathbf{J}_2)^{-1}", "closed-form"),
    (V, "(V^-1)^-1", "no-inverse"), (a / 2 + b / c, "σ²/2 + σ²_u/σ²_v", "single-fraction"),
    (SHARE, "1 / (1 + σ²/σ²_u)", "single-fraction"), (SHARE, "1 - σ²/(σ² + σ²_u)", "single-fraction"),
    (SHARE, "(σ²_u σ² + σ²_u σ²) / (2σ²(σ² + σ²_u)) + σ² - σ² + 0", "numbers"), (a, "σ²", "numbers"),
    (V, "V", "kronecker"), (a + b, "σ² + σ_u² + σ_v² - σ_v²", "simplified"), (a + b, "σ² + σ²_u + 0", "simplified"),
    (a, "σ²/2 + σ²/2", "simplified"), (a, r"\frac{4\sigma^2}{4}", "simplified"), (a / 2, "(2σ²)/4", "simplified"),
    (SHARE, "σ²σ²_u / (σ²(σ² + σ²_u))", "simplified"), (a / 2 + b / 2, "σ²/2 + σ²_u/2", "single-fraction"),
    (a / 2, "σ_u² + σ²/2 - σ_u² = 2σ²/4", "simplified"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer", "form"), HAS)
def test_an_answer_in_the_form_that_was_asked_for_is_right(asked: Any, answer: Any, form: str) -> None:
    verdict = check(answer, asked, M.vocabulary.with_names(c), form=form)
    assert (verdict.outcome, verdict.form, verdict.score) == ("correct", None, 1.0), verdict.feedback


@pytest.mark.parametrize(("asked", "answer", "form"), LACKS)
def test_an_answer_in_another_form_is_true_and_costs_no_attempt(asked: Any, answer: Any, form: str) -> None:
    vocabulary = M.vocabulary.with_names(c)
    verdict = check(answer, asked, vocabulary, form=form)
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.form in (form, "repeats-the-name")
    assert verdict.score < 1
    assert verdict.feedback.startswith("True, but")
    if verdict.form == form:
        assert verdict.score == pytest.approx(0.5)
        assert not verdict.costs_attempt
        assert check(answer, asked, vocabulary, form=form, weights={"form": 0.25}).score == pytest.approx(0.75)
        assert [credit.part for credit in verdict.credit] == ["value", "form"]
    assert check(answer, asked, vocabulary).outcome == "correct"


@pytest.mark.parametrize("form", ["kronecker", "entries", "matrices", "closed-form", "no-inverse", "simplified"])
def test_a_wrong_value_is_wrong_whatever_its_form(form: str) -> None:
    for answer in ("ZGZ'", "I_2 ⊗ (σ² I_3 + σ²_u J_3)", (2 * CELLS)):
        assert check(answer, V, form=form).correct is False


def test_names_that_are_to_be_written_out() -> None:
    assert check("ZGZ' + R", V, without=("Z", "G")).form == NAMES_LEFT
    assert check("ZGZ' + R", V, without=("Z", "G")).score == 0
    assert check(CLOSED, V, without=("Z", "G", "R", "V")).form is None
    assert check("ZGZ' + R", V, without="V").form is None


@pytest.mark.parametrize(
    ("answer", "is_left"),
    [("V^-1", True), ("(ZGZ' + R)^-1", True), (INVERSE_CLOSED, False), ("R^-1 V V^-1 V^-1 R", True)],
)
def test_an_expression_may_be_the_one_that_is_to_be_written_out(answer: str, is_left: bool) -> None:
    verdict = check(answer, INVERSE, without="V^-1")
    assert verdict.correct is True
    assert (verdict.form == NAMES_LEFT) is is_left


def test_forms_of_the_parts_of_a_distribution_are_demanded_too() -> None:
    verdict = check(f"y ~ N(Xβ, {CLOSED})", "y ~ N(Xβ, V)", M.vocabulary, form="matrices")
    assert (verdict.correct, verdict.form) == (True, "matrices")
    assert check("y ~ N(Xβ, ZGZ' + R)", "y ~ N(Xβ, V)", M.vocabulary, form="matrices").form is None
