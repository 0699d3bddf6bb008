# ruff: noqa: E501  (an answer stands on one line)
"""Answers of kinds that the other sets touch least: moments of elements, lags, swapped factors, composites, rounded
numbers, dimensions, blocks, ellipses, distributions and whole models. What each deserves was written down before any of
them was judged; all that is right was accepted and all that is wrong refused at the first run, and 79 slips of 85 were
called as expected. Three expectations were faults of theirs and are mended: a ZGZ' that has no inverse, exchanged
dimensions and a last digit that is rounded wrongly have keys of their own.

Indices: blocks y_ij treatment, block; times y_ij occasion, subject; slopes y_ij occasion, group; nested y_ijk outer,
inner, observation; split y_ijk whole, sub, block.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.marking import Marking
from tutor import (
    Rounded,
    Verdict,
    check,
    nested,
    one_way,
    random_slopes,
    rcbd,
    repeated_measures,
    split_plot,
)

TO_BE_ROUNDED = {"2/3": sympy.Rational(2, 3), "sqrt(2)": sympy.sqrt(2)}

BUILT: dict[str, Any] = {
    "blocks": lambda: rcbd(treatments=4, blocks=3),
    "times": lambda: repeated_measures(subjects=3, times=4),
    "cs": lambda: repeated_measures(subjects=3, times=4, within="cs"),
    "slopes": lambda: random_slopes(2, [0, 2, 5]),
    "nested": lambda: nested(3, 2, 2),
    "split": lambda: split_plot(whole=3, sub=2, blocks=2),
    "groups": lambda: one_way(groups=4, reps=3),
}


_MARKING = Marking(BUILT, linked=())
derived = _MARKING.derived


def judged(design: str, asked: str, answer: str) -> Verdict:
    """The verdict on an answer; "2:" asks for a number with two decimals."""
    kind, _, number = asked.partition(":")
    if kind == "2":
        return check(answer, Rounded(TO_BE_ROUNDED[number], decimals=2), _MARKING.vocabulary(design))
    return _MARKING.judged(design, asked, answer)


# fmt: off
ACCEPTED = [
    ("blocks", "V", r"\mathbf{I}_3 \otimes (\sigma_u^2 \mathbf{1}_4\mathbf{1}_4^\top + \sigma^2 \mathbf{I}_4)"),
    ("blocks", "V", "kronecker(diag(3), sigma_u^2*matrix(1,4,4) + sigma^2*diag(4))"),
    ("blocks", "V", "np.kron(np.eye(3), sigma_u**2*np.ones((4,4)) + sigma**2*np.eye(4))"),
    ("blocks", "V", "σ²_u (I_3 ⊗ J_4) + σ² I_12"),
    ("blocks", "V", "R + Z G Z^T"),
    ("blocks", "V", "Z %*% G %*% t(Z) + R"),
    ("blocks", "V", "Z @ G @ Z.T + R"),
    ("blocks", "V^-1", "R^-1 - R^-1 Z (G^-1 + Z' R^-1 Z)^-1 Z' R^-1"),
    ("blocks", "V^-1", r"\mathbf{I}_3 \otimes \frac{1}{\sigma^2}\left(\mathbf{I}_4 - \frac{\sigma_u^2}{\sigma^2 + 4\sigma_u^2}\mathbf{J}_4\right)"),
    ("blocks", "V^-1", "solve(V)"),
    ("blocks", "V^-1", "np.linalg.inv(V)"),
    ("blocks", "Z", "I_3 ⊗ 1_4"),
    ("blocks", "Z", "np.kron(np.eye(3), np.ones((4,1)))"),
    ("blocks", "Var(y_11 - y_21)", "2σ²"),
    ("blocks", "Var(y_11 - y_12)", "2(σ² + σ_u²)"),
    ("blocks", "Var(y_11 + y_21)", r"4\sigma_u^2 + 2\sigma^2"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"\frac{\sigma^2 + \sigma_u^2}{3}"),
    ("blocks", "Corr(y_11, y_21)", "σ_u²/(σ_u² + σ²)"),
    ("blocks", "E(y_23)", r"\mu + \tau_2"),
    ("blocks", "dim:Z", "12 x 3"),
    ("blocks", "dim:Z'V^-1Z", "3 by 3"),
    ("blocks", "2:2/3", "0.67"),
    ("blocks", "2:sqrt(2)", "1.41"),
    ("blocks", "y ~ N(Xβ, V)", "y ~ N(Xβ, ZGZ' + R)"),
    ("blocks", "y ~ N(Xβ, V)", r"\mathbf{y} \sim \mathcal{N}(\mathbf{X}\boldsymbol{\beta},\, \mathbf{V})"),
    ("blocks", "u ~ N(0, G)", "u ~ N(0, σ_u² I_3)"),
    ("blocks", "model", "y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ_u²), ε_ij ~ N(0, σ²)"),
    ("blocks", "model", "y_kl = μ + b_l + τ_k + e_kl, b_l ~ N(0, σ_b²), e_kl ~ N(0, σ²)"),
    ("times", "V", "σ² I_3 ⊗ [[1,ρ,ρ²,ρ³],[ρ,1,ρ,ρ²],[ρ²,ρ,1,ρ],[ρ³,ρ²,ρ,1]]"),
    ("times", "Cov(y_11, y_41)", "σ²ρ³"),
    ("times", "Corr(y_21, y_41)", r"\rho^2"),
    ("times", "Corr(y_21, y_41)", "rho**2"),
    ("times", "Cov(y_11, y_12)", "0"),
    ("times", "Var(y_11 - y_31)", "2σ² - 2σ²ρ²"),
    ("times", "R", r"\mathbf{I}_3 \otimes \sigma^2\begin{pmatrix} 1 & \rho & \rho^2 & \rho^3 \\ \rho & 1 & \rho & \rho^2 \\ \rho^2 & \rho & 1 & \rho \\ \rho^3 & \rho^2 & \rho & 1 \end{pmatrix}"),
    ("cs", "Corr(y_11, y_41)", "ρ"),
    ("cs", "Var(y_11 - y_21)", "2σ²(1 - ρ)"),
    ("slopes", "Var(y_21)", "σ²_u0 + 4σ_u01 + 4σ²_u1 + σ²"),
    ("slopes", "Cov(y_21, y_31)", "σ²_u0 + 7σ_u01 + 10σ²_u1"),
    ("slopes", "E(y_31)", "β_0 + 5β_1"),
    ("slopes", "V", "ZGZ' + R"),
    ("nested", "Cov(y_111, y_112)", "σ_u² + σ_v²"),
    ("nested", "Cov(y_111, y_121)", "σ_u²"),
    ("nested", "Var(y_111)", "σ_u² + σ_v² + σ²"),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2 + \frac{1}{2}\sigma_v^2 + \frac{1}{4}\sigma^2"),
    ("nested", "V", "σ_u² I_3 ⊗ J_4 + σ_v² I_6 ⊗ J_2 + σ² I_12"),
    ("split", "V", "ZGZ'+R"),
    ("split", "dim:R", "12 × 12"),
    ("groups", "V", "I_4 ⊗ (σ_u² J_3 + σ² I_3)"),
    ("groups", "V", r"\operatorname{diag}(\sigma_u^2 J_3 + \sigma^2 I_3, \ldots, \sigma_u^2 J_3 + \sigma^2 I_3)"),
    ("groups", "V", "I_4 ⊗ σ_u² J_3 + σ² I_12"),
    ("groups", "Z", "blockdiag(1_3, 1_3, 1_3, 1_3)"),
    ("groups", "Z", r"\begin{bmatrix} 1_3 & 0 & 0 & 0 \\ 0 & 1_3 & 0 & 0 \\ 0 & 0 & 1_3 & 0 \\ 0 & 0 & 0 & 1_3 \end{bmatrix}"),
    ("groups", "G", r"\begin{bmatrix} \sigma_u^2 & & \\ & \ddots & \\ & & \sigma_u^2 \end{bmatrix}"),
    ("groups", "|V|", "σ^16 (σ² + 3σ_u²)^4"),
    ("groups", "X", "ones((12, 1))"),
]
"""What is right, in many spellings."""

REFUSED = [
    ("blocks", "V", "I_3 ⊗ (σ_u J_4 + σ² I_4)", "sd-for-variance"),
    ("blocks", "V", "(σ_u² J_4 + σ² I_4) ⊗ I_3", "kronecker-swapped|wrong-grouping"),
    ("blocks", "V", "I_4 ⊗ (σ_u² J_3 + σ² I_3)", "wrong-size"),
    ("blocks", "V", "I_3 ⊗ (σ² J_4 + σ_u² I_4)", "components-swapped"),
    ("blocks", "V", "I_3 ⊗ (σ_u² I_4 + σ² I_4)", "identity-for-ones|diagonal-only|covariance-missing"),
    ("blocks", "V", "J_3 ⊗ (σ_u² J_4 + σ² I_4)", "ones-for-identity"),
    ("blocks", "V", "σ_u² J_12 + σ² I_12", "covariance-everywhere|ones-for-identity"),
    ("blocks", "V", "Z'GZ + R", "shapes-do-not-meet|transpose-misplaced"),
    ("blocks", "V", "ZGZ + R", "shapes-do-not-meet|transpose-lost"),
    ("blocks", "V", "XGX' + R", "shapes-do-not-meet|fixed-random-confused"),
    ("blocks", "V", "ZG^-1Z' + R", "inverse-for-G"),
    ("blocks", "V", "ZZ' + R", "missing-factor"),
    ("blocks", "V", "ZGZ'", "missing-residual"),
    ("blocks", "V", "R", "missing-random"),
    ("blocks", "V", "Z(G + R)Z'", "shapes-do-not-meet|parentheses-lost"),
    ("blocks", "V", "ZGZ' - R", "sign"),
    ("blocks", "V", "2ZGZ' + R", "factor-2"),
    ("blocks", "V^-1", "(ZGZ')^-1 + R^-1", "singular-inverse"),
    ("blocks", "V^-1", "R^-1", "R-for-V|missing-random"),
    ("blocks", "V^-1", "V", "inverse-lost"),
    ("blocks", "Z", "1_4 ⊗ I_3", "kronecker-swapped|wrong-grouping"),
    ("blocks", "Z", "I_4 ⊗ 1_3", "wrong-size|wrong-dimension"),
    ("blocks", "Var(y_11 - y_21)", "2σ² + 2σ_u²", "blocks-in-difference|variance-of-sum"),
    ("blocks", "Var(y_11 - y_21)", "σ²", "factor-2"),
    ("blocks", "Var(y_11 - y_21)", "0", "sign"),
    ("blocks", "Var(y_11 + y_21)", "2σ² + 2σ_u²", "variance-of-sum"),
    ("blocks", "Var(y_11 - y_12)", "2σ²", "missing-random"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", "σ² + σ_u²", "missing-replication"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", "σ²/3 + σ_u²", "missing-replication|scalar-rule"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"\sqrt{(σ² + σ_u²)/3}", "sd-for-variance"),
    ("blocks", "Corr(y_11, y_21)", "σ_u²", "covariance-for-correlation"),
    ("blocks", "Cov(y_11, y_21)", "σ_u²/(σ_u² + σ²)", "correlation-for-covariance"),
    ("blocks", "Cov(y_11, y_21)", "σ_u² + σ²", "variance-for-covariance"),
    ("blocks", "Cov(y_11, y_12)", "σ_u²", "covariance-everywhere"),
    ("blocks", "E(y_23)", "μ + τ_2 + u_3", "random-in-mean"),
    ("blocks", "E(y_23)", "τ_2", "missing-intercept"),
    ("blocks", "E(y_23)", "μ + τ_3", "wrong-index"),
    ("blocks", "E(y)", "Xβ + Zu", "random-in-mean"),
    ("blocks", "E(y)", "Xβ + ε", "error-in-mean"),
    ("blocks", "dim:Z", "3 x 12", "transposed-dimensions"),
    ("blocks", "dim:Z", "12 x 4", "wrong-dimension"),
    ("blocks", "2:2/3", "0.66", "rounding"),
    ("blocks", "y ~ N(Xβ, V)", "y ~ N(Xβ, R)", "missing-random|conditional-for-marginal"),
    ("blocks", "y ~ N(Xβ, V)", "y ~ N(V, Xβ)", "mean-variance-swapped|shapes-do-not-meet"),
    ("blocks", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, R)", "conditional-for-marginal|random-in-mean"),
    ("blocks", "u ~ N(0, G)", "u ~ N(0, G^-1)", "inverse-for-G"),
    ("blocks", "u ~ N(0, G)", "u ~ N(0, σ_u I_3)", "sd-for-variance"),
    ("blocks", "model", "y_ij = μ + τ_i + ε_ij, ε_ij ~ N(0, σ²)", "missing-random"),
    ("blocks", "X'V^-1X", "X'X", "ols-for-gls|R-for-V|missing-factor"),
    ("blocks", "X'V^-1X", "X'VX", "inverse-lost"),
    ("times", "Cov(y_11, y_41)", "σ²ρ", "dropped-rho-power"),
    ("times", "Cov(y_11, y_41)", "σ²ρ^4", "off-by-one"),
    ("times", "Cov(y_11, y_41)", "ρ³", "correlation-for-covariance"),
    ("times", "Corr(y_21, y_41)", "ρ³", "off-by-one"),
    ("times", "Cov(y_11, y_12)", "σ²ρ", "covariance-everywhere"),
    ("times", "Var(y_11 - y_31)", "2σ²", "variance-of-sum"),
    ("times", "Var(y_11 - y_31)", "2σ²(1 - ρ)", "dropped-rho-power"),
    ("times", "V", "σ² I_3 ⊗ [[1,ρ,ρ,ρ],[ρ,1,ρ,ρ],[ρ,ρ,1,ρ],[ρ,ρ,ρ,1]]", "wrong-structure|dropped-rho-power"),
    ("times", "V", "σ² [[1,ρ,ρ²,ρ³],[ρ,1,ρ,ρ²],[ρ²,ρ,1,ρ],[ρ³,ρ²,ρ,1]] ⊗ I_3", "kronecker-swapped"),
    ("cs", "Corr(y_11, y_41)", "ρ³", "wrong-structure|off-by-one|dropped-rho-power"),
    ("cs", "Var(y_11 - y_21)", "2σ²(1 + ρ)", "sign"),
    ("slopes", "Var(y_21)", "σ²_u0 + 4σ²_u1 + σ²", "variance-of-sum"),
    ("slopes", "Var(y_21)", "σ²_u0 + 2σ_u01 + 4σ²_u1 + σ²", "factor-2"),
    ("slopes", "Var(y_21)", "σ²_u0 + 4σ_u01 + 2σ²_u1 + σ²", "scalar-rule|forgot-square"),
    ("slopes", "E(y_31)", "β_0 + 5β_1 + u_01", "random-in-mean"),
    ("slopes", "E(y_31)", "β_0 + 2β_1", "wrong-index|incorrect"),
    ("nested", "Cov(y_111, y_112)", "σ_u²", "missing-random"),
    ("nested", "Cov(y_111, y_121)", "σ_u² + σ_v²", "covariance-everywhere"),
    ("nested", "Cov(y_111, y_121)", "σ_v²", "components-swapped"),
    ("nested", "Var(y_111)", "σ_u² + σ_v²", "missing-residual"),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", "σ_u² + σ_v² + σ²/4", "missing-replication"),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", "σ_v²/2 + σ²/4", "missing-random"),
    ("nested", "V", "σ_v² I_3 ⊗ J_4 + σ_u² I_6 ⊗ J_2 + σ² I_12", "components-swapped"),
    ("nested", "V", "σ_u² I_3 ⊗ J_4 + σ_v² I_6 ⊗ J_2", "missing-residual"),
    ("groups", "V", "I_4 ⊗ (σ_u J_3 + σ I_3)", "sd-for-variance"),
    ("groups", "V", "(σ J_3 + σ_u² I_3) ⊗ I_4", "incorrect"),
    ("groups", "V", "I_4 ⊗ σ_u J_3", "missing-residual+sd-for-variance"),
    ("groups", "V", "I_4 ⊗ (σ J_3 + σ_u I_3)", "sd-for-variance+components-swapped"),
    ("groups", "V", "J_3 ⊗ σ_u² I_4 + σ² I_12", "kronecker-swapped"),
    ("groups", "V", "J_3 ⊗ σ_u I_4 + σ² I_12", "kronecker-swapped+sd-for-variance|sd-for-variance+kronecker-swapped"),
    ("groups", "G", "σ_u² J_4", "ones-for-identity|covariance-everywhere"),
    ("groups", "G", "σ_u I_4", "sd-for-variance"),
    ("groups", "R", "σ² J_12", "ones-for-identity|covariance-everywhere"),
    ("groups", "R", "σ²", "missing-identity"),
    ("groups", "|V|", "σ^24", "missing-random|R-for-V"),
]
"""What is wrong, with the slip that a teacher would name."""
