r"""Subscripts without braces run on over a Greek letter where the long name is known, and end before it elsewhere."""

from __future__ import annotations

import pytest

from tutor import from_equation
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import write

MODEL = (
    r"y_{ijk} = \mu + \tau_i + b_j + (b\tau)_{ij} + \varepsilon_{ijk}, b_j \sim N(0, \sigma^2_b), "
    r"(b\tau)_{ij} \sim N(0, \sigma^2_{b\tau}), \varepsilon_{ijk} \sim N(0, \sigma^2)"
)


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return from_equation(MODEL, levels={"i": 2, "j": 3, "k": 2}).vocabulary


LONG = [
    # what a text types without braces, and what it is with them
    ("σ²_bτ", r"\sigma^2_{b\tau}"),
    ("3σ²_bτ/2", r"\frac{3}{2} \sigma^2_{b\tau}"),
    ("σ_bτ^2", r"\sigma_{b\tau}^2"),
    ("σ_bτ²", r"\sigma_{b\tau}^2"),
    ("σ²_bτ I_12", r"\sigma^2_{b\tau} I_{12}"),
    ("sigma2_btau + σ²_b", r"\sigma^2_{b\tau} + \sigma^2_b"),
]


@pytest.mark.parametrize(("text", "usual"), LONG)
def test_a_model_knows_the_long_name(words: Vocabulary, text: str, usual: str) -> None:
    reading = read(text, words)
    assert reading.tree == read(usual, words).tree
    assert not reading.findings


OF_THE_TEXT = [
    # where no model is: the interaction in brackets shows what its variance is called
    ("(bτ)_ij ~ N(0, σ²_bτ)", r"(b\tau)_{ij} \sim N(0, \sigma^2_{b\tau})"),
    ("(τα)_ij ~ N(0, σ²_τα)", r"(\tau\alpha)_{ij} \sim N(0, \sigma^2_{\tau\alpha})"),
    ("Var((bτ)_ij) = σ_bτ^2", r"Var((b\tau)_{ij}) = \sigma_{b\tau}^2"),
    ("σ²_bτ", r"\sigma^2_b \tau"),
    ("σ²_uρ", r"\sigma^2_u \rho"),
    ("σ²_uρ^2", r"\sigma^2_u \rho^2"),
    ("(bτ)_ij ~ N(0, σ²_b τ)", r"(b\tau)_{ij} \sim N(0, \sigma^2_b \cdot \tau)"),
    ("y_abc = μ + α_a + ε_abc", r"y_{abc} = \mu + \alpha_a + \varepsilon_{abc}"),
    ("y_st = μ", r"y_{st} = \mu"),
]


@pytest.mark.parametrize(("text", "usual"), OF_THE_TEXT)
def test_without_a_model_the_text_itself_decides(text: str, usual: str) -> None:
    assert write(read(text), "latex") == write(read(usual), "latex")


def test_in_latex_the_missing_braces_are_noted(words: Vocabulary) -> None:
    text = r"\sigma^2_b\tau"
    reading = read(text, words)
    assert reading.tree == read(r"\sigma^2_{b\tau}", words).tree
    found = [finding for finding in reading.findings if finding.key == "braces-missing"]
    assert [text[finding.start : finding.end] for finding in found] == [text]
    assert found[0].replacement == r"\sigma^2_{b\tau}"
    assert read(text).tree == read(r"\sigma^2_b \cdot \tau").tree


def test_the_name_is_written_with_its_greek_letter(words: Vocabulary) -> None:
    tree = read("σ²_bτ", words)
    assert write(tree, "latex") == r"\sigma^2_{b\tau}"
    assert write(tree, "unicode") == "σ²_{bτ}"
