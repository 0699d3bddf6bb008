"""Sentences become LaTeX text with their formulas typeset, whatever they hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.notation.writing.prose import math_to_latex, text_to_latex

SENTENCES: dict[str, str] = {
    "û solves it with β̂": r"$\hat{\mathbf{u}}$ solves it with $\hat{\boldsymbol{\beta}}$",
    "the error û − u of Xβ̂": r"the error $\hat{\mathbf{u}} - \mathbf{u}$ of $\mathbf{X}\hat{\boldsymbol{\beta}}$",
    "∂(a'x)/∂x = a": r"$\partial (a'x)/\partial x = a$",
    "le gîte": "le gîte",
    "the model": "the model",
    "Cov(u, ε) = 0": r"$\operatorname{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}$",
    "Var(AX) = A Var(X) A'": (
        r"$\operatorname{Var}(\mathbf{A}\mathbf{X}) = \mathbf{A} \operatorname{Var}(\mathbf{X}) \mathbf{A}'$"
    ),
    "Var(Ax) = A Var(x) A'": (
        r"$\operatorname{Var}(\mathbf{A}\mathbf{x}) = \mathbf{A} \operatorname{Var}(\mathbf{x}) \mathbf{A}'$"
    ),
    "x is a covariate of y_1": r"$x$ is a covariate of $y_1$",
    "Xβ is fixed; adding a constant": r"$\mathbf{X}\boldsymbol{\beta}$ is fixed; adding a constant",
    "Var(u) = G, Var(ε) = R": (
        r"$\operatorname{Var}(\mathbf{u}) = \mathbf{G}$, $\operatorname{Var}(\boldsymbol{\varepsilon}) = \mathbf{R}$"
    ),
    "R = σ² I₆": r"$\mathbf{R} = \sigma^2 \mathbf{I}_6$",
    "tr(A_{block:A}) = 8": r"$\operatorname{tr}(\mathbf{A}_{\text{block:A}}) = 8$",
    "Z = [Z_u Z_v], R": r"$\mathbf{Z} = [\mathbf{Z}_u\;\mathbf{Z}_v]$, $\mathbf{R}$",
    "blockdiag(σ²_u I₆, σ²_v I₂)": (r"$\operatorname{blockdiag}(\sigma^2_u \mathbf{I}_6, \sigma^2_v \mathbf{I}_2)$"),
    "see [1] and [abc]": "see [1] and [abc]",
    "so ZZ' = I₂ ⊗ J₃": r"so $\mathbf{Z}\mathbf{Z}' = \mathbf{I}_2 \otimes \mathbf{J}_3$",
    "a σ² term (see σ²_u)": r"a $\sigma^2$ term (see $\sigma^2_u$)",
    "A treatment has n plots; I think X is wide": (r"A treatment has $n$ plots; I think $\mathbf{X}$ is wide"),
    "each block's mean, SAS's Type 3": "each block's mean, SAS's Type 3",
    "(A + B)C = AC + BC": (r"$(\mathbf{A} + \mathbf{B})\mathbf{C} = \mathbf{A}\mathbf{C} + \mathbf{B}\mathbf{C}$"),
    "(Z')' = Z": r"$(\mathbf{Z}')' = \mathbf{Z}$",
    "AA⁻¹ = I": r"$\mathbf{A}\mathbf{A}^{-1} = \mathbf{I}$",
    "y ~ N(Xβ, V)": r"$\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})$",
    "y_{1,12} and y_ij": r"$y_{1,12}$ and $y_{ij}$",
    "X is 6 × 2": r"$\mathbf{X}$ is $6 \times 2$",
    "I_b ⊗ 1_t": r"$\mathbf{I}_b \otimes \mathbf{1}_t$",
    "τ1 b1": r"$\tau_1$ b1",
    "50% of A_1 & {x}": r"50\% of $\mathbf{A}_1$ \& \{x\}",
    r"\input{x} $": r"\textbackslash{}input\{x\} \$",
    "Größe in °C, Ж": r"Größe in U+00B0C, U+0416",
    "P_2 = (1/s) ((I_a − (1/(as)) J_a) ⊗ J_s), as": (
        r"$\mathbf{P}_2 = (1/s) ((\mathbf{I}_a - (1/(as)) \mathbf{J}_a) \otimes \mathbf{J}_s)$, as"
    ),
    "log aᵏ = k log a, log exp(x) = x": (r"$\log a^k = k \log a$, $\log \exp(x) = x$"),
    "|A ⊗ B| = |A|ⁿ|B|ᵐ for A with m": (
        r"$|\mathbf{A} \otimes \mathbf{B}| = |\mathbf{A}|^n|\mathbf{B}|^m$ for $\mathbf{A}$ with $m$"
    ),
    "log abc = log a + log b": r"log abc $= \log a + \log b$",
    "log abc = log a + log b + log c": r"$\log abc = \log a + \log b + \log c$",
    "a levels of A, b levels of B, n = ab": r"$a$ levels of A, $b$ levels of B, $n = ab$",
    "a levels, in r blocks, and its weight, in g": r"$a$ levels, in $r$ blocks, and its weight, in g",
    "a × b, n observations of a group, abn observations": (
        r"$a \times b$, $n$ observations of a group, $abn$ observations"
    ),
    "A is symmetric, and A treatment is none": r"$\mathbf{A}$ is symmetric, and A treatment is none",
    "A is the first factor, a father of a tab": "A is the first factor, a father of a tab",
    "|A'| = |A|": r"$|\mathbf{A}'| = |\mathbf{A}|$",
    "½ log |K'K| of it": r"$\tfrac{1}{2} \log |\mathbf{K}'\mathbf{K}|$ of it",
    "= ∏ λ_k^(−p_k)": r"$= \prod \lambda_k^{-p_k}$",
    "the log density, |x| and a | b": r"the log density, |x| and a | $b$",
    "for J² = nJ": r"for $\mathbf{J}^2 = n\mathbf{J}$",
    "1/2 of them, and/or (see the note − here)": r"1/2 of them, and/or (see the note $-$ here)",
    "x_AAAⁿ, _AAAⁿ": r"$x_{AAA}^n$, $_{AAA}^n$",
    "x_{AAA×Größe²}": r"$x_{\text{AAA}\times\text{Größe}^2}$",
    "": "",
}


@pytest.mark.parametrize(("sentence", "tex"), SENTENCES.items())
def test_words_stay_words_and_formulas_become_mathematics(sentence: str, tex: str) -> None:
    assert text_to_latex(sentence) == tex


def assert_is_sound_text(tex: str) -> None:
    """Dollar signs paired, braces closed, no letter that pdflatex lacks, no bare special sign outside mathematics."""
    escaped = re.sub(r"\\[\\&%$#_{}]", "x", tex)
    assert escaped.count("$") % 2 == 0
    assert escaped.count("{") == escaped.count("}")
    assert all(letter.isascii() or (letter.isalpha() and ord(letter) < 0x180) for letter in tex)
    outside = "".join(escaped.split("$")[::2])
    assert not set(outside) & set("#%&_^~<>")
    script = r"(?:[A-Za-z0-9]|\\[A-Za-z]+|\{[^{}]*\})"
    assert not re.search(rf"\^{script}(?:_{script})?[\^']", escaped)
    assert not re.search(rf"_{script}(?:\^{script})?_", escaped)


MIXED = st.text(alphabet="σ²_u εβXZ'⊗₁ ⁻¹=+()|ρτ1yi%&\\^~{}$#…éðн½°×<>\x01\n")


@given(st.text() | MIXED)
def test_any_text_becomes_latex_that_compiles(text: str) -> None:
    assert_is_sound_text(text_to_latex(text))


@given(MIXED)
def test_any_formula_becomes_mathematics_that_compiles(text: str) -> None:
    assert_is_sound_text(f"${math_to_latex(text)}$")


@pytest.mark.parametrize("text", ["_Û", "a_Û", "\u0302", "_\u0302", "σ\u0304_\u0303"])
def test_an_accent_anywhere_ends(text: str) -> None:
    assert "\\" in math_to_latex(text)
