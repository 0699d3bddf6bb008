r"""The text of exercises, for a terminal and for LaTeX."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.frontends.markdown import latex, paragraphs, terminal

AT_A_TERMINAL: list[tuple[str, str]] = [
    (r"Write $\mathrm{Var}(\mathbf{y})$.", "Write Var(y)."),
    (r"$\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$", "ZGZ' + R"),
    (r"$\mathbf{Z}^\top \mathbf{V}^{-1}$", "Zᵀ V⁻¹"),
    (r"$\sigma^2_u$ and $\sigma_u^2$", "σ²_u and σ_u²"),
    (r"$\mathbf{I}_{12} \otimes \mathbf{J}_3$", "I₁₂ ⊗ J₃"),
    (r"$\frac{1}{4}$", "1/4"),
    (r"$y_{ij} \sim N(0, \sigma^2)$", "y_ij ~ N(0, σ²)"),
    (r"$X^{a+b}$", "X^(a+b)"),
    ("**Note** that *all* of `x` costs 5 %.", "Note that all of x costs 5 %."),
    ("3 * 4 * 5 and a_b", "3 * 4 * 5 and a_b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "told"), AT_A_TERMINAL)
def test_mathematics_is_told_in_unicode(text: str, told: str) -> None:
    assert terminal(text) == told


IN_LATEX: list[tuple[str, str]] = [
    (r"Write $\mathbf{Z}'$ & sum.", r"Write $\mathbf{Z}'$ \& sum."),
    ("50% of **all** *plots* and `a_b`", r"50\% of \textbf{all} \emph{plots} and \texttt{a\_b}"),
    ("$$a$$", r"\[ a \]"),
    ("one\n\n\ntwo", "one\n\ntwo"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), IN_LATEX)
def test_words_are_escaped_and_mathematics_is_kept(text: str, written: str) -> None:
    assert latex(text) == written


def test_paragraphs_are_wrapped_and_indented() -> None:
    told = paragraphs("word " * 30 + "\n\nnext", indent="  ", width=40)
    assert all(line.startswith("  ") or not line for line in told.split("\n"))
    assert max(map(len, told.split("\n"))) <= 40
    assert told.endswith("\n\n  next")


@example("$^{}$")
@given(st.text(max_size=80) | st.text(alphabet="$*`\\\\{}^_ab \n", max_size=40))
def test_any_text_can_be_shown(text: str) -> None:
    terminal(text)
    assert all(ord(letter) < 0x180 or "$" in text for letter in latex(text))


def test_two_blanks_at_the_end_of_a_line_begin_a_new_one() -> None:
    options = "Which is it?\n\n(a) $\\beta_0$  \n(b) the\nslope"
    assert paragraphs(options) == "Which is it?\n\n(a) β_0\n(b) the slope"
    assert latex(options) == "Which is it?\n\n(a) $\\beta_0$\\\\\n(b) the slope"


def test_a_display_that_is_too_long_is_broken_between_its_statements() -> None:
    text = r"$$y_i = \mu + \varepsilon_i, \quad \varepsilon_i \sim N(0, \sigma^2)$$"
    assert paragraphs(text) == "  y_i = μ + ε_i,    ε_i ~ N(0, σ²)"
    assert paragraphs(text, width=30) == "  y_i = μ + ε_i,\n  ε_i ~ N(0, σ²)"


def test_no_line_ends_within_a_short_formula() -> None:
    text = "The variance in each of these blocks is " + r"$\sigma^2_u \mathbf{I}_3 \otimes \mathbf{J}_2 + \mathbf{R}$."
    assert paragraphs(text, width=52).split("\n") == [
        "The variance in each of these blocks is",
        "σ²_u I₃ ⊗ J₂ + R.",
    ]


def test_a_long_formula_ends_its_lines_at_relations() -> None:
    text = r"So $y = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon} = \mathbf{0}$."
    assert paragraphs(text, width=20).split("\n") == ["So y = Xβ + Zu + ε", "= 0."]
