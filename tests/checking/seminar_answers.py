# ruff: noqa: E501  (an answer stands on one line)
"""Answers given in a seminar, after the problem sheets: capital Y, moments by name, scientific numbers, weights in a
variance, chains of distributions, and once more the slips, in designs and spellings of their own.

What each deserves was written down before any of them was judged. In the first run of 97 none that is wrong was accepted
and none that is right refused; E(Y_{11}) of counts was not read; 41 of 44 slips had a name that was written down. One
expectation is mended: "b or c" chooses nothing, and is not read.

Indices: herds y_ijk outer, inner, observation; fields y_ijk row, column, treatment; blocks y_ij treatment, block; units
y_ijkl whole, sub, sub-sub, block; visits y_ij time, subject; curves y_ij occasion, group; raters y_ijk row, column,
repetition.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    Choice,
    Rounded,
    crossed,
    glmm,
    latin_square,
    nested,
    one_way,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_split_plot,
)

BUILT: dict[str, Any] = {
    "herds": lambda: nested(3, 2, 3),
    "fields": lambda: latin_square(5),
    "blocks": lambda: rcbd(treatments=4, blocks=2),
    "units": lambda: split_split_plot("a", "s", "c", "r"),
    "visits": lambda: repeated_measures(4, 3, within="csh"),
    "months": lambda: repeated_measures(3, 3),
    "curves": lambda: random_slopes(3, [-2, 0, 2]),
    "raters": lambda: crossed(2, 4, 3),
    "line": lambda: regression([0, 1, 3, 4]),
    "insects": lambda: glmm(one_way(5, 2), "Poisson"),
}

_MARKING = Marking(BUILT, linked=("insects",))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
OUTER, INNER = r"Var(\bar{y}_{1\cdot\cdot})", r"Var(\bar{y}_{11\cdot})"
MEAN, DIFFERENCE = r"Var(\bar{y}_{1\cdot})", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})"
WHOLE = r"Var(\bar{y}_{1\cdot\cdot\cdot} - \bar{y}_{2\cdot\cdot\cdot})"

ACCEPTED = [
    ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", r"\hat{\boldsymbol\beta} = (\mathbf X^{\mathsf T}\mathbf V^{-1}\mathbf X)^{-1}\mathbf X^{\mathsf T}\mathbf V^{-1}\mathbf Y"),
    ("lecture", "GZ'V^{-1}(y - Xβ)", "G Z' V^{-1} Y - G Z' V^{-1} X β"),
    ("lecture", "y | u ~ N(Xβ + Zu, R)", r"\mathbf{Y} \mid \mathbf{u} \sim \mathcal N(\mathbf{X}\boldsymbol\beta + \mathbf{Zu}, \mathbf R)"),
    ("herds", "V", r"I_3 \otimes \left[ \sigma_u^2 J_6 + I_2 \otimes (\sigma_v^2 J_3 + \sigma^2 I_3) \right]"),
    ("herds", OUTER, "(6*sigma_u^2 + 3*sigma_v^2 + sigma^2)/6"),
    ("herds", INNER, r"Var = \sigma_u^2 + \sigma_v^2 + \frac{\sigma^2}{3}"),
    ("herds", "Cov(y_111, y_121)", "cov = σ²_u"),
    ("herds", "det(V)", "σ^{24} (σ²+3σ_v²)^3 (σ²+3σ_v²+6σ_u²)^3"),
    ("fields", "V", "sigma2*diag(25) + sigma2_r*(diag(5) %x% matrix(1,5,5)) + sigma2_c*(matrix(1,5,5) %x% diag(5))"),
    ("fields", r"Var(\bar{y}_{\cdot\cdot 1} - \bar{y}_{\cdot\cdot 2})", "2/5 σ²"),
    ("fields", r"\sqrt{\frac{2\sigma^2}{5}}", r"SE = \sigma\sqrt{0.4}"),
    ("blocks", "V", "np.kron(np.identity(2), sigma_u**2 * np.ones((4, 4)) + sigma**2 * np.identity(4))"),
    ("blocks", "V^{-1}", r"I_2 \otimes \left(\sigma^{-2} I_4 - \frac{\sigma_u^2}{\sigma^4 + 4\sigma^2\sigma_u^2} J_4\right)"),
    ("blocks", "Var(2y_11 - y_21 - y_31)", "6σ²"),
    ("blocks", "Var(3y_11 + y_12)", "10(σ_u² + σ²)"),
    ("units", WHOLE, r"\frac{2}{r}\left(\sigma_v^2 + \frac{\sigma_w^2}{s} + \frac{\sigma^2}{sc}\right)"),
    ("units", "Cov(y_1111, y_1112)", "0"),
    ("visits", "Cov(y_11, y_31)", "ρ σ_1 σ_3"),
    ("visits", "Corr(y_11, y_31)", "rho"),
    ("months", "V^{-1}", "I_3 ⊗ 1/(σ²(1-ρ²)) [1 -ρ 0; -ρ 1+ρ² -ρ; 0 -ρ 1]"),
    ("months", "Var(y_11 + y_21 + y_31)", "σ²(3 + 4ρ + 2ρ²)"),
    ("curves", "Var(y_11)", "σ_u0² - 4σ_u01 + 4σ_u1² + σ²"),
    ("curves", "Cov(y_11, y_31)", r"\sigma_{u0}^2 - 4\sigma_{u1}^2"),
    ("curves", "X'X", "diag(9, 24)"),
    ("raters", "Corr(y_111, y_112)", "(σ_u²+σ_v²+σ_w²)/(σ_u²+σ_v²+σ_w²+σ²)"),
    ("raters", OUTER, "σ_u² + σ_v²/4 + σ_w²/4 + σ²/12"),
    ("line", "(X'X)^{-1}", r"\frac{1}{20}\begin{bmatrix} 13 & -4 \\ -4 & 2 \end{bmatrix}"),
    ("line", "(X'X)^{-1}", "solve(matrix(c(4, 8, 8, 26), nrow = 2))"),
    ("insects", "E(y_11)", r"E(Y_{11}) = e^{\mu+\sigma_u^2/2}"),
    ("insects", "Var(y_11)", r"e^{\mu+\sigma_u^2/2}\left\{1 + e^{\mu+\sigma_u^2/2}(e^{\sigma_u^2}-1)\right\}"),
]
"""What is right."""

REFUSED = [
    ("herds", INNER, "E = σ_u² + σ_v² + σ²/3", "wrong-subject"),
    ("blocks", DIFFERENCE, "SE = σ²", "wrong-subject"),
    ("months", "Cov(y_11, y_31)", "Corr = σ²ρ²", "wrong-subject"),
    ("herds", "V", r"I_3 \otimes (\sigma_u^2 J_6 + \sigma_v^2 I_2 \otimes J_3)", "missing-residual"),
    ("herds", OUTER, "σ_v²/2 + σ²/6", "missing-random"),
    ("herds", "V", r"I_3 \otimes (\sigma^2 I_6 + \sigma_v^2 J_6 + \sigma_u^2 I_2 \otimes J_3)", "components-swapped"),
    ("fields", "V", "σ² I_25 + σ_r² J_5 ⊗ I_5 + σ_c² I_5 ⊗ J_5", "components-swapped|kronecker-swapped|wrong-grouping"),
    ("fields", "V", "σ² I_25", "missing-random|R-for-V|diagonal-only"),
    ("fields", r"Var(\bar{y}_{\cdot\cdot 1} - \bar{y}_{\cdot\cdot 2})", "2(σ² + σ_r² + σ_c²)/5", "blocks-in-difference|variance-of-sum"),
    ("fields", r"\sqrt{\frac{2\sigma^2}{5}}", "0.4σ²", "variance-for-sd"),
    ("blocks", "V", r"I_4 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)", "wrong-size"),
    ("blocks", "V", r"I_2 \otimes (\sigma^2 J_4 + \sigma_u^2 J_4)", "ones-for-identity"),
    ("blocks", "V^{-1}", r"I_2 \otimes (\sigma^2 I_4 + \sigma_u^2 J_4)", "inverse-lost"),
    ("blocks", "Var(2y_11 - y_21 - y_31)", "4σ²", "scalar-rule"),
    ("blocks", "Var(3y_11 + y_12)", "4(σ_u² + σ²)", "scalar-rule"),
    ("blocks", "Var(y_11/3)", "(σ_u² + σ²)/3", "scalar-rule|missing-replication|missing-factor"),
    ("blocks", "Z", "1_4 ⊗ I_2", "kronecker-swapped|wrong-grouping"),
    ("blocks", "model", "y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²), ε_ij ~ N(0, σ_u²)", "components-swapped"),
    ("units", WHOLE, r"\frac{2}{r}\left(\sigma_v^2 + \sigma_w^2 + \sigma^2\right)", "missing-replication"),
    ("units", WHOLE, r"\frac{2\sigma_v^2}{r} + \frac{2\sigma_w^2}{rs} + \frac{\sigma^2}{rsc}", "factor-2"),
    ("units", "Cov(y_1111, y_1121)", "σ_u² + σ_v²", "missing-random"),
    ("visits", "Cov(y_11, y_31)", "ρ σ_1² σ_3²", "squared-twice|variance-for-sd"),
    ("visits", "Cov(y_11, y_31)", "σ_1 σ_3", "missing-factor|variance-for-covariance"),
    ("months", "R", "I_3 ⊗ σ²[1 ρ ρ; ρ 1 ρ; ρ ρ 1]", "wrong-structure|dropped-rho-power"),
    ("months", "Var(y_11 + y_21 + y_31)", "3σ²", "variance-of-sum"),
    ("months", "Var(y_11 + y_21 + y_31)", "σ²(3 + 6ρ)", "dropped-rho-power|wrong-structure"),
    ("curves", "Var(y_11)", "σ_u0² + 4σ_u01 + 4σ_u1² + σ²", "sign"),
    ("curves", "Var(y_11)", "σ_u0² + 4σ_u1² + σ²", "variance-of-sum"),
    ("curves", "E(y_31)", "β_0 + 2β_1 + u_01 + 2u_11", "random-in-mean"),
    ("curves", "Z", "I_3 ⊗ [1 1; 1 2; 1 3]", "incorrect"),
    ("raters", "V^{-1}", "I_2 ⊗ (I_12/σ² + J_12/σ_u²)", "inverse-of-sum|incorrect"),
    ("raters", OUTER, "σ_u² + σ_v²/4 + σ_w²/8 + σ²/12", "missing-replication|missing-factor|factor-2|wrong-count"),
    ("line", "(X'X)^{-1}", "[[1/4, 1/8], [1/8, 1/26]]", "elementwise-inverse"),
    ("line", "X'X", "[[4, 8], [8, 16]]", "one-entry"),
    ("line", "Var((X'X)^{-1}X'y)", "σ²(X'X)", "inverse-lost"),
    ("lecture", "X(X'X)^{-1}X'", "X'(XX')^{-1}X", "transpose-misplaced|wrong-size|shapes-do-not-meet"),
    ("lecture", "(X'V^{-1}X)^{-1}", "(X'R^{-1}X)^{-1}", "R-for-V"),
    ("lecture", "y'y/n - (1'y/n)^2", "y'y/n - 1'y/n", "forgot-square"),
    ("insects", "E(y_11)", "e^{μ + σ_u²}", "factor-2"),
    ("insects", "Var(y_11)", r"e^{\mu+\sigma_u^2/2}", "missing-random|missing-term|conditional-for-marginal"),
]
"""What is wrong, with the slip that a teacher would see."""

TWO_SLIPS = [
    ("herds", "V", r"I_3 \otimes (\sigma_u J_6 + \sigma_v I_2 \otimes J_3)", "missing-residual+sd-for-variance"),
    ("blocks", "V", r"(\sigma_u I_4 + \sigma J_4) \otimes I_2", "sd-for-variance+components-swapped|sd-for-variance+kronecker-swapped|incorrect"),
    ("lecture", "GZ'V^{-1}(y - Xβ)", "G^{-1}Z'V^{-1}Y", "inverse-for-G+mean-not-subtracted"),
    ("months", "Var(y_11 - y_31)", "2σ(1 - ρ)", "sd-for-variance+dropped-rho-power"),
]
"""Two slips at once."""

SMALL, HALF = Rounded(sympy.Rational(1, 8000), significant=2), Rounded(sympy.Rational(1, 2), decimals=1)
PICK = Choice(("σ_u²", "σ²", "0"), right="c")
NUMBERS: list[tuple[Any, str, bool]] = [
    (SMALL, r"1.3 \times 10^{-4}", True), (SMALL, "1.3·10⁻⁴", True), (SMALL, "0.00013", True), (SMALL, "1.3e-3", False),
    (SMALL, "1.2 * 10^-4", True), (SMALL, r"1.25\cdot10^{-4}", True), (HALF, "1/2", True), (HALF, "-0.5", False),
    (PICK, "c", True), (PICK, "0", True), (PICK, "σ²", False), (PICK, "a", False),
]
"""Numbers with their rounding, and a choice."""

DERIVED = [
    Case("herds", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_21 + ε_121)\n= Var(u_1)\n= σ_u²"),
    Case("blocks", "Var(y)", r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{ZGZ}'+\mathbf{R}) \\ = N(\mathbf{X}\boldsymbol\beta, \sigma_u^2 \mathbf{ZZ}' + \sigma^2\mathbf{I})"),
    Case("months", "Var(y_11 + y_31)", "Var(y_11 + y_31) = σ² + σ² + 2ρ²σ²\n= 2σ²(1 + ρ²)"),
    Case("line", "Var(y_1 - 2y_2)", "Var(y_1 - 2y_2) = Var(y_1) + 4Var(y_2)\n= 5σ²"),
    Case("line", "Var(y_1 - 2y_2)", "Var(y_1 - 2y_2) = Var(y_1) + 2Var(y_2)\n= 3σ²", 1, "scalar-rule"),
    Case("line", "Var(y_1 - 2y_2)", "Var(y_1 - 2y_2) = Var(y_1) - 4Var(y_2)\n= -3σ²", 1, "sign"),
    Case("blocks", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(u_1 + ε_11 - u_1 - ε_21)\n= Var(ε_11) + Var(ε_21) + 2Var(u_1)\n= 2σ² + 2σ_u²", 2, "blocks-in-difference|variance-of-sum|extra-term"),
    Case("raters", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_1 + w_11 + ε_111, u_1 + v_2 + w_12 + ε_121)\n= Var(u_1) + Cov(w_11, w_12)\n= σ_u² + σ_w²", 3, "covariance-everywhere|variance-for-covariance|extra-term"),
    Case("curves", "Cov(y_11, y_31)", "Cov(y_11, y_31) = Cov(u_01 - 2u_11, u_01 + 2u_11)\n= Var(u_01) + 4Var(u_11)", 2, "sign"),
    Case("blocks", "Var(y)", "y ~ N(Xβ, ZGZ' + R)\n= N(Xβ, σ_u² ZZ' + σ I)", 2, "sd-for-variance"),
    Case("fields", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= Xβ + Zu + 0", 2, "random-in-mean"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
