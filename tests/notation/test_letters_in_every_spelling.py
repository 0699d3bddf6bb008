"""What a letter is, is told by where it stands, and not by how the text is spelled."""

from __future__ import annotations

import pytest

from tests.notation.test_displays import without_places
from tutor.notation.read import read

SPELLINGS: list[tuple[str, str]] = [
    ("(y - Xβ)'V_0^{-1}(y - Xβ)", "(y − Xβ)'V₀⁻¹(y − Xβ)"),
    (r"\operatorname{Cov}(Y_i) = \sigma^2 V_0", "Cov(Yᵢ) = σ²V₀"),
    ("y = Xβ + Z_p p + Z_m u_m + e", "y = Xβ + Zₚ p + Zₘ uₘ + e"),
    ("X = [X_1, X_2]", "X = [X₁, X₂]"),
    ("Z = [Z_1, Z_2]", r"Z = \begin{bmatrix} Z_1 & Z_2 \end{bmatrix}"),
    ("X = [1_n, x]", r"X = \begin{bmatrix} 1_n & x \end{bmatrix}"),
    ("X'P_Z X", r"\mathbf{X}'\mathbf{P}_{\mathbf{Z}}\mathbf{X}"),
    ("P_2 = X_2(X_2'X_2)^{-1}X_2'", "P₂ = X₂(X₂'X₂)⁻¹X₂'"),
    (r"\hat\beta_2'\operatorname{Var}(\hat\beta_2)^{-1}\hat\beta_2", "β̂₂'Var(β̂₂)⁻¹β̂₂"),
    ("λ = C^{-1}c_0", "λ = C⁻¹c₀"),
    ("u = ρWu + v", r"u = \rho\, W u + v"),
    ("x = Wz + μ + ε", r"x = \mathrm{W}z + \mu + \epsilon"),
    ("X_1 E(β_1)", r"X₁ \operatorname{E}(β₁)"),
    ("y_i = X_iβ + 1_Tα_i + u_i", r"y_{i} = X_{i}\beta + \mathbf{1}_{T}\alpha_{i} + u_{i}"),
    ("y_i = X_i β + Z_i b_i + ε_i", "yᵢ = Xᵢβ + Zᵢbᵢ + εᵢ"),
    ("y_i^* = X_i^*β + u_i^*", r"y^*_{i} = X^{*}_{i}\beta + u^\ast_i"),
    ("Y_it = X_it'β + u_i + ε_it", r"Y_{it} = X_{it}^\top\beta + u_i + \varepsilon_{it}"),
    (r"\theta = (\sigma^2, \gamma, \phi)'", r"\theta = \begin{bmatrix} \sigma^2 & \gamma & \phi \end{bmatrix}^T"),
]


@pytest.mark.parametrize(("text", "other"), SPELLINGS)
def test_a_letter_is_the_same_in_each_spelling(text: str, other: str) -> None:
    assert [*map(without_places, read(text).parts)] == [*map(without_places, read(other).parts)]
