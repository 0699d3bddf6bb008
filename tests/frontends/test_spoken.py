"""Formulas and verdicts in words: as they are written, and without signs that a voice would leave out."""

from __future__ import annotations

import pytest

from tutor import check, rcbd
from tutor.frontends.spoken import formula, verdict
from tutor.notation.writing.spoken import said


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"\sigma^2 + \sigma^2_u", "sigma squared plus sigma squared sub u"),
        (r"10 + 3 \cdot 2 = 16", "10 plus 3 times 2 equals 16"),
        (r"\mathrm{E}(y) = 3(5 - 1)", "the expectation of y equals 3(5 minus 1)"),
        (r"\hat{\sigma}^2_u = (30 - 10)/4 = 5", "sigma hat squared sub u equals (30 minus 10) over 4 equals 5"),
        (r"18 \times 3", "18 by 3"),
        (
            r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})",
            "vector u is distributed as normal with mean zero and variance G",
        ),
        (r"0.50", "0.50"),
        (r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", "the 2 by 2 matrix; row 1: 1, 0; row 2: 0, 1; end matrix"),
        (r"\begin{bmatrix} 1 \cdot 4 \\ 2 \end{bmatrix}", "[1 times 4, 2] transpose"),
        (r"\mathbf{X} + ", "X plus"),
    ],
)
def test_a_formula_is_told_as_it_is_written(source: str, told: str) -> None:
    assert formula(source) == told


def test_the_reasons_of_a_derivation_are_told_with_their_marks() -> None:
    assert said("Var(ε̄_{·1}) = σ²/6") == "the variance of (epsilon bar sub dot 1) equals sigma squared /6"
    assert said("ū_· and v̄_{·(·)} cancel") == "u bar sub dot and v bar sub dot in dot cancel"
    assert said("Cov(v_{2(4)}, ȳ_{1·}) = 0; née") == "the covariance of (v sub 2 in 4, y bar sub 1 dot) equals 0; née"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("ZGZ' + R", "Right. Yes."),
        ("ZGZ'", "Wrong. Not yet. ZGZ transpose is part of it"),
        (r"\sigma^2_u J_6 + \sigma^2 I_6", "What differs: row 1, columns 3, 4, 5 and 6; row 2, columns 3"),
        ("ZGZ' + (R", "Look at character 8 of your answer. No attempt was used."),
        ("V", "Not yet. True, but"),
    ],
)
def test_a_verdict_has_neither_grid_nor_caret(answer: str, told: str) -> None:
    words = verdict(check(answer, rcbd(2, 3).V))
    assert told in words
    assert not any(sign in words for sign in "●○^\n")
