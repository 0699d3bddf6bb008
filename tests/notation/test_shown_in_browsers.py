"""MathML in which nothing stands between the elements, where a browser does not show it."""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_is_shown
from tutor.notation.read import read
from tutor.notation.write import write

TEXTS = (
    "f_1(x_{1i}) + f_2(x_{2i})",
    r"\lVert \boldsymbol\beta \rVert_1",
    r"\Phi_2(a, b; \rho)",
    r"\alpha_i \in \mathbb{R}^+",
    r"F \sim F_{a-1, (a-1)(b-1)}",
    r"SS_w \sim \sigma^2_w\chi^2_{I(J-1)}",
    r"[\mathbf{V}^{-1}]_{12}",
    r"(X'X)^{-1}_{i+1, i+1}",
    r"P(y_{ij} = 1 \mid u_j)",
    r"L(\boldsymbol\beta, \mathbf{V} \mid \mathbf{y})",
    r"\sum_{l \in \partial_k} w_l",
    r"\sum_{k, l:k \sim l} w_k w_l",
    r"\sum_{(i,j) \in N(h)} [Z(s_i) - Z(s_j)]^2",
    r"\beta_0(u_k, v_k) + \beta_1(u_k, v_k) x_k",
)


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_stands_between_the_elements(text: str) -> None:
    assert_is_shown(write(read(text), "mathml"))


def test_a_bar_says_what_is_given() -> None:
    assert "<mo>∣</mo>" in write(read(r"P(y_{ij} = 1 \mid u_j)"), "mathml")
