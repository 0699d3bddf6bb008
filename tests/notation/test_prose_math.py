"""Sentences with formulas beside displays: words as text, formulas as mathematics, in lines that fit a page."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
import sympy
import typst

from tutor.models.catalogue import rcbd, split_plot
from tutor.notation.write import write
from tutor.notation.writing.mathml import MATHML
from tutor.notation.writing.prose import in_lines, pieces, text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.typst import TYPST

MODEL = rcbd(3, 2)
LETTERS = split_plot("a", "s", "r")

SENTENCES = {
    "Cov(u, ε) = 0 by assumption": [("Cov(u, ε) = 0", True), (" by assumption", False)],
    "the eigenvalue λ_k of V counts m_k times": [
        ("the eigenvalue ", False), ("λ_k", True), (" of ", False), ("V", True), (" counts ", False), ("m_k", True),
        (" times", False),
    ],
    "A variance is no deviation": [("A variance is no deviation", False)],
    "for square A and B, |AB| = |A||B|": [
        ("for square ", False), ("A", True), (" and ", False), ("B", True), (", ", False), ("|AB| = |A||B|", True),
    ],
    "50% of the blocks": [("50% of the blocks", False)],
    "Is G⁻¹ in it?": [("Is ", False), ("G⁻¹", True), (" in it?", False)],
    "The σ²_u is": [("The ", False), ("σ²_u", True), (" is", False)],
    "By Var(Ax) = A Var(x) A'": [("By ", False), ("Var(Ax) = A Var(x) A'", True)],
    "If λ ≠ 0, Zu is random": [("If ", False), ("λ ≠ 0", True), (", ", False), ("Zu", True), (" is random", False)],
    "y'Ay over its degrees": [("y'Ay", True), (" over its degrees", False)],
    "As + b is a sum": [("As + b", True), (" is a sum", False)],
    "A: 3 ways. B: 4 manures": [("A: 3 ways. B: 4 manures", False)],
    "the weight of an apple, in g": [("the weight of an apple, in g", False)],
    "the terms in n": [("the terms in ", False), ("n", True)],
    "three are in V: one": [("three are in ", False), ("V", True), (": one", False)],
}  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), SENTENCES.items())
def test_a_sentence_is_cut_into_words_and_formulas(text: str, parts: list[tuple[str, bool]]) -> None:
    assert pieces(text) == parts
    assert "".join(piece for piece, _ in pieces(text)) == text


def test_a_line_of_a_text_has_the_letters_of_the_whole() -> None:
    whole = "a levels of A, b of B, in r blocks, n = abr"
    line = "in r blocks, n = abr"
    assert ("n = abr", True) in pieces(line, whole)
    assert ("n = abr", True) not in pieces(line)


IN_MATHML = [
    ("log aᵏ = k log a", r'<mi>k</mi><mspace width="0.17em"/><mi>log</mi><mspace width="0.17em"/><mi>a</mi>'),
    ("it is log(64) here", '<mi>log</mi><mo stretchy="false">(</mo>'),
    ("E(x) = exp(m + s/2) here", r'<mi>s</mi><mo lspace="0" rspace="0">/</mo><mn>2</mn>'),
    ("so ZZ' = J₃", r'<mrow><mi>𝐙</mi><mo lspace="0" rspace="0">′</mo></mrow>'),
]


@pytest.mark.parametrize(("text", "mathml"), IN_MATHML)
def test_formulas_in_sentences_have_the_room_that_tex_gives_them(text: str, mathml: str) -> None:
    assert mathml in sentence(text, MATHML)


TYPESET = [
    ("Var(u) = G", 'op("Var") ( upright(bold(u)) ) = upright(bold(G))'),
    ("ZZ' = J₃ by design", 'upright(bold(Z)) upright(bold(Z))^(prime) = upright(bold(J))_(3)" by design"'),
    ("λ_k² is the square", 'λ_(k)^(2)" is the square"'),
    ("divided by SS_k/d_k here", '"divided by "op("SS")_(k) \\/ d_(k)" here"'),
    ('no "formula" here', '"no \\"formula\\" here"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), TYPESET)
def test_a_sentence_is_set_in_typst(text: str, meant: str) -> None:
    assert sentence(text, TYPST) == meant
    typst.compile(f"$ {meant} $".encode())


def test_a_sentence_is_set_in_mathml() -> None:
    assert sentence("Var(u) = σ²_u I by design", MATHML) == (
        '<mi>Var</mi><mo stretchy="false">(</mo><mi>𝐮</mi><mo stretchy="false">)</mo><mo stretchy="false">=</mo>'
        "<msubsup><mrow><mi>σ</mi></mrow><mrow><mi>u</mi></mrow><mrow><mn>2</mn></mrow></msubsup><mi>𝐈</mi>"
        "<mtext>&#xA0;by&#xA0;design</mtext>"
    )


LATEX = {
    "2 tr(AVBV)": r"$2 \operatorname{tr}(\mathbf{A}\mathbf{V}\mathbf{B}\mathbf{V})$",
    "P_VX = 0": r"$\mathbf{P}_V\mathbf{X} = 0$",
    "Σ f_k/λ_k²": r"$\boldsymbol{\Sigma} f_k/\lambda_k^2$",
    "λ_k is SS_k/d_k": r"$\lambda_k$ is $\mathrm{SS}_k/d_k$",
    "∂𝐕/∂σ²_u = ZZ'": r"$\partial \mathbf{V}/\partial \sigma^2_u = \mathbf{Z}\mathbf{Z}'$",
}


@pytest.mark.parametrize(("text", "meant"), LATEX.items())
def test_what_stands_in_reasons_is_set_in_latex(text: str, meant: str) -> None:
    assert text_to_latex(text) == meant


def test_lines_do_not_end_within_a_formula_that_fits() -> None:
    text = "the columns of X lie in the spaces of the P_k: Var(u) = σ²_u I and Cov(u, ε) = 0 by design"
    for width in range(20, 80):
        lines = in_lines(text, width)
        assert " ".join(lines) == text
        assert all(len(line) <= width for line in lines)
        assert any("Var(u) = σ²_u I" in line for line in lines)


THINGS: dict[str, Any] = {
    "derivation": MODEL.derive("Var(y)"),
    "derivation of letters": LETTERS.derive("Var(y)"),
    "likelihood": MODEL.loglik("REML"),
    "information": MODEL.information(),
    "score equations": MODEL.variance_estimators(),
    "ANOVA": MODEL.anova(),
    "card": LETTERS,
    "entries": MODEL.V.explicit(),
    "step": MODEL.derive("Var(y)").steps[1],
}


@pytest.mark.parametrize("thing", THINGS.values(), ids=THINGS)
def test_displays_are_set(thing: Any) -> None:
    root = ElementTree.fromstring(write(thing, "mathml"))
    texts = [text.text or "" for text in root.iter("{http://www.w3.org/1998/Math/MathML}mtext")]
    assert not any(re.search(r"[_²⊗ᵢ]|Var\(|\bMatrix\b", text) for text in texts), texts
    source = write(thing, "typst")
    assert not any(re.search(r"[_²⊗ᵢ]|Var\(", quoted) for quoted in re.findall(r'"((?:[^"\\]|\\.)*)"', source)), source
    assert typst.compile(source.encode())


@pytest.mark.parametrize("name", ["likelihood", "information", "score equations"])
def test_words_of_a_display_are_in_lines(name: str) -> None:
    """No text is wider than a page: of LaTeX all that is in one \\text, without the commands of its formulas."""
    for text in re.findall(
        r"\\text\{((?:[^{}]|\{[^{}]*\}|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", write(THINGS[name], "latex")
    ):
        words = re.sub(r"\$[^$]*\$", "", text)
        assert len(words) <= 95, text
    for line in write(THINGS[name], "typst").split("\\\n"):
        assert all(len(quoted) <= 95 for quoted in re.findall(r'"([^"]*)"', line))


def test_a_matrix_of_sympy_has_entries_in_every_dialect() -> None:
    matrix = sympy.Matrix([[1, sympy.Symbol("rho")], [0, 1]])
    assert write(matrix, "typst") == '$ mat(delim: "[", 1, ρ; 0, 1) $'
    assert "<mtd><mi>ρ</mi></mtd>" in write(matrix, "mathml")
