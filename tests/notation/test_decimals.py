"""Numbers that were typed as decimals are written as decimals; their values are exact fractions all the same."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.nodes import Scalar
from tutor.notation.read import read
from tutor.notation.write import latex, unicode, write

WRITTEN = [
    (r"\begin{bmatrix} 1 & 0.6 \\ 0.6 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0.6 \\ 0.6 & 1 \end{bmatrix}"),
    (r"P(F > 4.26) = 0.05", r"P(F > 4.26) = 0.05"),
    (r"-0.5 \log(\mu)", r"-0.5 \log(\mu)"),
    (r"\frac{1}{2} + 0.25 \rho", r"\frac{1}{2} + 0.25 \rho"),
    (r"2 \cdot 0.6 \rho^2", r"1.2 \rho^2"),
    (r"0.1 + 0.2", "0.3"),
    (r".05", "0.05"),
    (r"\frac{1}{3} + 0.5", r"\frac{5}{6}"),
    (r"\frac{\sigma^2}{2}", r"\frac{\sigma^2}{2}"),
    ("0.000000000001", "0.000000000001"),
]


@pytest.mark.parametrize(("text", "tex"), WRITTEN)
def test_decimals_stay_decimals_and_fractions_fractions(text: str, tex: str) -> None:
    assert latex(read(text)) == tex


def test_the_value_is_the_fraction() -> None:
    assert read("0.6").tree == Scalar(sympy.Rational(3, 5)) == read("3/5").tree
    assert latex(read("0.6").tree) == r"\frac{3}{5}"


def test_decimals_in_other_dialects() -> None:
    reading = read(r"0.95 \mu")
    assert unicode(reading).strip() == "0.95 μ"
    assert write(reading, "spoken") == "0.95 mu"
    assert "<mn>0.95</mn>" in write(reading, "mathml")
