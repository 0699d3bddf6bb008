# ruff: noqa: E501  (an answer stands on one line)
"""A letter that an answer explains stands for what it is said to be, whatever it means elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking, assert_line, label
from tutor import glmm, one_way, rcbd

_MARKING = Marking(
    {
        "letters": lambda: rcbd("t", "b"),
        "blocks": lambda: rcbd(3, 4),
        "eggs": lambda: glmm(one_way(3, 4), "Poisson"),
        "heads": lambda: glmm(one_way(5, 4), "binomial", trials=10),
    },
    linked=("eggs", "heads"),
)
_PROBABILITY = "e^(μ+u_1)/(1+e^(μ+u_1))"
_TOTAL = "Var(y_11) = E(Var(y_11|u_1)) + Var(E(y_11|u_1))"

RIGHT = [
    ("letters", "V", "I_b ⊗ σ²(I_t + φ J_t), where φ = σ_u²/σ²"),
    ("letters", "V", "I_b ⊗ (a I_t + k J_t), where a = σ², k = σ_u²"),
    ("letters", "V", "I_b ⊗ s²((1-ρ) I_t + ρ J_t), where ρ = σ_u²/s² and s² = σ²+σ_u²"),
    ("letters", "V^{-1}", r"\frac{1}{\sigma^2} I_b \otimes \left(I_t - \frac{\lambda}{1+t\lambda} J_t\right), \quad \lambda = \frac{\sigma_u^2}{\sigma^2}"),
    ("blocks", "V", "A = σ²I_3 + σ_u²J_3, V = I_4 ⊗ A"),
    ("blocks", "V", "diag(A,A,A,A), A = [[σ²+σ_u²,σ_u²,σ_u²],[σ_u²,σ²+σ_u²,σ_u²],[σ_u²,σ_u²,σ²+σ_u²]]"),
    ("blocks", "V", "I_b ⊗ (σ²I_t + σ_u²J_t), where b=4, t=3"),
    ("blocks", "Corr(y_11, y_21)", "γ/(1+γ) where γ = σ_u²/σ²"),  # no vector u
    ("blocks", "Corr(y_11, y_21)", r"\frac{\lambda}{1+\lambda} \text{ with } \lambda := \sigma_u^2/\sigma^2"),
    ("heads", "Var(y_11 | u)", f"10π(1-π) where π = {_PROBABILITY}"),  # no 3.14
    ("heads", "Var(y_11 | u)", f"10p_11(1-p_11) where p_11 = {_PROBABILITY}"),
    ("eggs", "Var(y_11)", "m + m²(e^(σ_u²)-1), where m = e^(μ+σ_u²/2)"),  # no μ
    ("blocks", "V", r"\mathbf{I}_4 \otimes \mathbf{B}, \mathbf{B} = \begin{bmatrix}\sigma^2+\sigma_u^2&\sigma_u^2&\sigma_u^2\\ \sigma_u^2&\sigma^2+\sigma_u^2&\sigma_u^2\\ \sigma_u^2&\sigma_u^2&\sigma^2+\sigma_u^2\end{bmatrix}"),
    ("blocks", "V", "I_4 ⊗ Σ with Σ = σ²I_3 + σ_u²J_3"),  # a block of V, and no V
    ("eggs", "Var(y_11)", "mu_11 + mu_11²(e^(σ_u²)-1), where mu_11 = e^(μ+σ_u²/2)"),
]  # fmt: skip

WRONG = [
    ("letters", "V", "I_b ⊗ σ²(I_t + φ J_t), where φ = σ²/σ_u²", "incorrect"),
    ("blocks", "Corr(y_11, y_21)", "λ/(1+λ), λ = σ²/σ_u²", "components-swapped"),
    ("blocks", "Corr(y_11, y_21)", "ρ where ρ = σ_u²", "covariance-for-correlation"),
    ("blocks", "Var(y_11)", "σ² + σ_u² where σ_u² = σ²/2", "unreadable"),  # a claim of a parameter
    ("blocks", "V", "I_b ⊗ (σ²I_t + σ_u²J_t), where b=3, t=4", "unreadable"),
    ("eggs", "Var(y_11)", "m + m²(e^(σ_u²)-1), where m = e^(μ+σ_u²)", "incorrect"),
    ("eggs", "E(y_11)", "m where m = e^μ", "jensen"),
    ("heads", "Var(y_11 | u)", f"π(1-π) where π = {_PROBABILITY}", "missing-factor"),
]

LINES = [
    Case("eggs", "Var(y_11)", f"Let m = e^(μ+σ_u²/2).\n{_TOTAL}\n= m + m²(e^(σ_u²)-1)"),
    Case("eggs", "Var(y_11)", f"m = e^(μ+σ_u²/2)\n{_TOTAL}\n= m + m²(e^(σ_u²)-1)"),
    Case("eggs", "Var(y_11)", f"{_TOTAL}\n= k + k²(e^(σ_u²)-1), where k = e^(μ+σ_u²/2)"),
    Case(
        "eggs", "E(y_11)", "E(y_11) = E(e^(m + u_1))\n= e^m E(e^(u_1))\n= e^(m + σ_u²/2)"
    ),  # m is μ where nothing is said
    Case(
        "heads",
        "Var(y_11 | u)",
        f"p = E(y_11|u)/10 = {_PROBABILITY}\nVar(y_11|u) = 10p(1-p)\n= 10e^(μ+u_1)/(1+e^(μ+u_1))²",
    ),
    Case("blocks", "Var(y)", "Let A = σ²I_3 + σ_u²J_3.\nVar(y) = I_4 ⊗ A\n= I_4 ⊗ (σ²I_3 + σ_u²J_3)"),
    Case("blocks", "Corr(y_11, y_21)", "ρ = Cov(y_11, y_21)/Var(y_11)\n= σ_u²/(σ_u² + σ²)"),  # no definition
    Case("eggs", "Var(y_11)", f"m = e^(μ+σ_u²)\n{_TOTAL}\n= m + m²(e^(σ_u²)-1)", 2),
    Case("heads", "Var(y_11 | u)", f"p = E(y_11|u) = {_PROBABILITY}\nVar(y_11|u) = 10p(1-p)", 1),
]


@pytest.mark.parametrize(("design", "asked", "answer"), RIGHT)
def test_a_letter_that_is_explained_is_read_as_what_it_is_said_to_be(design: str, asked: str, answer: str) -> None:
    verdict = _MARKING.judged(design, asked, answer)
    assert label(verdict) == "correct", verdict.feedback


@pytest.mark.parametrize(("design", "asked", "answer", "key"), WRONG)
def test_what_a_letter_is_said_to_be_has_to_be_right(design: str, asked: str, answer: str, key: str) -> None:
    assert label(_MARKING.judged(design, asked, answer)) == key


@pytest.mark.parametrize("case", LINES, ids=lambda case: ascii(case.text[:50]))
def test_letters_are_explained_in_derivations_too(case: Any) -> None:
    assert_line(case, _MARKING.derived(case))
