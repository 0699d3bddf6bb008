r"""Minus signs before quotients, numbers before logarithms, and ½ in log likelihoods: written as a lecture does, and
read back as the same tree."""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.algebra.nodes import Scalar
from tutor.notation.parsing.functions import LETTERS
from tutor.notation.read import read
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.write import DialectName, write

ROWS: list[tuple[str, str, str]] = [
    # the text, in Unicode, in LaTeX
    (r"\ell(\theta) + \frac{-\ell(\theta)}{\sigma^2}", "ℓ(θ) − ℓ(θ)/σ²",
     r"\ell(\theta) - \frac{\ell(\theta)}{\sigma^2}"),
    (r"\ell(\theta) + (-\ell(\theta))/(\sigma^2)", "ℓ(θ) − ℓ(θ)/σ²", r"\ell(\theta) - \frac{\ell(\theta)}{\sigma^2}"),
    (r"\frac{-y'y}{2\sigma^2}", "−y'y/(2σ²)", r"-\frac{\mathbf{y}'\mathbf{y}}{2\sigma^2}"),
    (r"\log|V| + \frac{-y'V^{-1}y}{2}", "log |V| − y'V⁻¹y/2",
     r"\log|\mathbf{V}| - \frac{\mathbf{y}'\mathbf{V}^{-1}\mathbf{y}}{2}"),
    (r"\log f(y) + \frac{-x f(x)}{\theta}", "log(f(y)) − x f(x)/θ", r"\log(f(y)) - \frac{x f(x)}{\theta}"),
    (r"\frac{-\log|V|}{n}", "−log |V|/n", r"-\frac{\log|\mathbf{V}|}{n}"),
    (r"\mu + \frac{-x}{\sigma^2}", "μ − x/σ²", r"\mu - \frac{x}{\sigma^2}"),
    (r"A + \frac{-\rho}{\sigma^2+\sigma^2_u}B", "A − (ρ/(σ² + σ²_u)) B",
     r"\mathbf{A} - \frac{\rho}{\sigma^2 + \sigma^2_u} \mathbf{B}"),
    (r"3\log(\sigma^2)", "3 log(σ²)", r"3\log(\sigma^2)"),
    (r"\mu - 2\exp(-x)", "μ − 2 exp(−x)", r"\mu - 2\exp(-x)"),
    (r"2\sigma^2 + 3x", "2σ² + 3x", r"2\sigma^2 + 3x"),
    (r"-\frac{n}{2}\log(2\pi) - \frac{1}{2\sigma^2}(y-\mu)^2", "−(n/2) log(2π) − (y − μ)²/(2σ²)",
     r"-\frac{n}{2} \log(2\pi) - \frac{(y - \mu)^2}{2\sigma^2}"),
    (r"F = \frac{\frac{1}{a-1}\sum_{i=1}^{a} x_i^2}{\frac{1}{n-a}\sum_{j=1}^{n} z_j^2}",
     "F = ((∑_{i=1}^a x_i²)/(a − 1))/((∑_{j=1}^n z_j²)/(n − a))",
     r"F = \frac{\frac{\sum_{i=1}^a x_i^2}{a - 1}}{\frac{\sum_{j=1}^n z_j^2}{n - a}}"),
    (r"\frac{y_1 + y_2}{2}", "(y_1 + y_2)/2", r"\frac{y_1 + y_2}{2}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unicode", "latex"), ROWS, ids=[text for text, _, _ in ROWS])
def test_signs_are_those_of_a_lecture(text: str, unicode: str, latex: str) -> None:
    reading = read(text)
    assert write(reading, "unicode") == unicode
    assert write(reading, "latex") == latex
    assert_reads_back(reading)


@pytest.mark.parametrize("letter", ["phi", "f", "E", "P", "Phi", "Gamma"])
def test_a_letter_of_a_function_is_multiplied_by_an_interaction_with_a_dot(letter: str) -> None:
    """φ(τα)_11 would be a function of τα."""
    value = Scalar(sympy.Symbol(letter, positive=True) * sympy.Symbol("taualpha_11", real=True))
    dialects: tuple[DialectName, ...] = ("latex", "unicode")
    for dialect in dialects:
        told = read(write(value, dialect), Vocabulary.of(value)).tree
        assert told == value


@pytest.mark.parametrize("letter", sorted(LETTERS))
@pytest.mark.parametrize("dialect", ["latex", "unicode"])
def test_a_number_by_the_letter_of_a_function_reads_back(letter: str, dialect: DialectName) -> None:
    number, mu, tau = (sympy.Symbol(key, real=True) for key in (letter, "mu", "tau"))
    for value in (number * (mu + tau), number**2 * (mu - 1), number * (mu + tau) ** 2):
        tree = Scalar(value)
        assert read(write(tree, dialect), lecture_vocabulary().with_names(tree)).tree == tree
