# ruff: noqa: E501  (an answer stands on one line)
"""Answers as they stand in examinations, in code, LaTeX, Unicode and prose, on designs of their own; what each deserves
was written down before any of them was judged. Six expectations were faults of theirs and are mended: the variance of
the effects of g is σ²_u (three answers had σ²_g), ordinary least squares are best in balanced blocks, exchanged
dimensions and Z Var(u) have keys of their own, and a space between two matrices is a product.

Indices: squares y_ijk row, column, treatment; samples y_ijk outer, inner, observation; crossed y_ijk row, column,
repetition; split y_ijk whole, sub, block; times y_ijk treatment, time, subject; slopes y_ij occasion, group.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    bibd,
    crossed,
    latin_square,
    nested,
    one_way,
    random_slopes,
    rcbd,
    repeated_measures,
    split_plot,
    strip_plot,
)
from tutor import model as of_formula

BUILT: dict[str, Any] = {
    "squares": lambda: latin_square(4),
    "samples": lambda: nested(3, 2, 2),
    "crossed": lambda: crossed(3, 2, 2),
    "split": lambda: split_plot(3, 2, 2),
    "incomplete": lambda: bibd(4, 6, 2),
    "times": lambda: repeated_measures(2, 3, treatments=2),
    "slopes": lambda: random_slopes(3, [0, 1, 2, 4]),
    "groups": lambda: one_way(4, 2),
    "strips": lambda: strip_plot(2, 3, 2),
    "blocks": lambda: rcbd(treatments=5, blocks=3),
    "fixed": lambda: rcbd(treatments=3, blocks=5, blocks_are="fixed"),
    "letters": lambda: rcbd(treatments="t", blocks="b"),
    "unequal": lambda: of_formula("y ~ 1 + (1 | g)", {"y": [3, 1, 2, 5, 4, 6], "g": ["a", "a", "a", "b", "b", "c"]}),
}


_MARKING = Marking(BUILT, linked=())
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
ACCEPTED = [
    ("blocks", "V", r"Since u and e are uncorrelated, $Var(y) = ZGZ' + R$"),
    ("squares", "V", r"\sigma^2 \mathbf{I}_{16} + \sigma_r^2\,\mathbf{I}_4 \otimes \mathbf{J}_4 + \sigma_c^2\,\mathbf{J}_4 \otimes \mathbf{I}_4"),
    ("squares", "V", "sigma^2*diag(16) + sigma_r^2*kronecker(diag(4), matrix(1,4,4)) + sigma_c^2*kronecker(matrix(1,4,4), diag(4))"),
    ("squares", "V", r"\bm{Z}\bm{G}\bm{Z}^{\mathsf T} + \bm{R}"),
    ("squares", "G", r"\begin{pmatrix} \sigma_r^2 I_4 & 0 \\ 0 & \sigma_c^2 I_4 \end{pmatrix}"),
    ("squares", "E(y)", r"$\mathbb{E}[\mathbf{y}] = \mathbf{X}\boldsymbol\beta$"),
    ("samples", "V", "σ²I₁₂ + σ²_v(I₆⊗J₂) + σ²_u(I₃⊗J₄)"),
    ("samples", "V", r"I_3 \otimes (\sigma_u^2 1_4 1_4^\top + \sigma_v^2 I_2 \otimes 1_2 1_2^\top + \sigma^2 I_4)"),
    ("samples", "Var(y_111)", "sigma^2 + sigma_u^2 + sigma_v^2"),
    ("samples", "Cov(y_111, y_112)", r"\operatorname{Var}(u_1) + \operatorname{Var}(v_{11})"),
    ("samples", "Cov(y_111, y_121)", "σ_u²"),
    ("samples", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2 + \tfrac12\sigma_v^2 + \tfrac14\sigma^2"),
    ("samples", "Z", "np.hstack([np.kron(np.eye(3), np.ones((4,1))), np.kron(np.eye(6), np.ones((2,1)))])"),
    ("samples", "model", "y_ijk = m + a_i + b_ij + e_ijk, a_i ~ N(0, σ²_a), b_ij ~ N(0, σ²_b), e_ijk ~ N(0, σ²)"),
    ("crossed", "Cov(y_111, y_121)", r"\sigma^2_u"),
    ("crossed", "Var(y_111 - y_112)", "2σ²"),
    ("crossed", "V", r"Var(y) = ZGZ' + R = ZGZ^{T} + \sigma^2 I_{12}"),
    ("split", "V", r"I_2 \otimes (\sigma_u^2 J_6 + \sigma_v^2 (I_3 \otimes J_2) + \sigma^2 I_6)"),
    ("split", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sigma_v^2 + \frac{\sigma^2}{2}"),
    ("split", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})", r"\frac{2\sigma^2}{6}"),
    ("split", "E(y_111)", "mu + alpha_1 + tau_1 + (tau alpha)_11"),
    ("incomplete", "V^{-1}", r"I_6 \otimes \left[\frac{1}{\sigma^2}\left(I_2 - \frac{\sigma_u^2}{\sigma^2+2\sigma_u^2}J_2\right)\right]"),
    ("incomplete", "V^{-1}", "solve(Z %*% G %*% t(Z) + R)"),
    ("incomplete", "V^{-1}", "np.linalg.inv(Z @ G @ Z.T + R)"),
    ("times", "Cov(y_111, y_131)", "σ²ρ²"),
    ("times", "Cov(y_111, y_131)", "rho^2*sigma^2"),
    ("times", "R", r"I_4 \otimes \sigma^2 \begin{bmatrix} 1 & \rho & \rho^2 \\ \rho & 1 & \rho \\ \rho^2 & \rho & 1 \end{bmatrix}"),
    ("times", "Var(y_111 - y_121)", r"2\sigma^2(1-\rho)"),
    ("slopes", "Var(y_21)", r"\sigma_{u0}^2 + 2\sigma_{u01} + \sigma_{u1}^2 + \sigma^2"),
    ("slopes", "Cov(y_21, y_31)", r"\sigma^2_{u0} + 3\sigma_{u01} + 2\sigma^2_{u1}"),
    ("slopes", "E(y_41)", r"\beta_0 + 4\beta_1"),
    ("groups", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", "sigma_u^2/(sigma^2 + sigma_u^2)"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", r"\mathbf{G}\mathbf{Z}'(\mathbf{Z}\mathbf{G}\mathbf{Z}'+\mathbf{R})^{-1}(\mathbf{y}-\mathbf{X}\boldsymbol\beta)"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", r"\frac{2\sigma_u^2+\sigma^2}{8}"),
    ("groups", "y ~ N(Xβ, V)", r"\mathbf{y} \sim \mathcal{N}(\mathbf{1}\mu, \sigma_u^2\mathbf{Z}\mathbf{Z}' + \sigma^2\mathbf{I})"),
    ("strips", "Cov(y_111, y_211)", r"\sigma_u^2+\sigma_w^2"),
    ("strips", "V", "R + Z*G*Z'"),
    ("blocks", "(X'V^{-1}X)^{-}X'V^{-1}y", r"(X^\top V^{-1} X)^- X^\top V^{-1} y"),
    ("blocks", "(X'V^{-1}X)^{-}X'V^{-1}y", "(X'X)^{-}X'y"),  # the design is balanced
    ("blocks", "dim:Z", "15 x 3"),
    ("blocks", "dim:X", r"$15 \times 6$"),
    ("blocks", "model", r"y_{ij} = \mu + \tau_i + b_j + e_{ij}, \quad b_j \sim N(0,\sigma_b^2),\ e_{ij} \sim N(0,\sigma^2)"),
    ("blocks", r"\sqrt{\frac{2\sigma^2}{3}}", "sqrt(2*sigma^2/3)"),
    ("fixed", "V", "σ² I"),
    ("fixed", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "2σ²/5"),
    ("letters", "V", r"I_b \otimes (\sigma^2 I_t + \sigma_u^2 J_t)"),
    ("letters", "V", r"\sigma^2 I_{bt} + \sigma_u^2 (I_b \otimes 1_t 1_t')"),
    ("letters", "det(V)", r"\sigma^{2b(t-1)} (\sigma^2 + t\sigma_u^2)^b"),
    ("unequal", "V", r"\begin{bmatrix} \sigma^2 I_3 + \sigma_u^2 J_3 & 0 & 0 \\ 0 & \sigma^2 I_2 + \sigma_u^2 J_2 & 0 \\ 0 & 0 & \sigma^2 + \sigma_u^2 \end{bmatrix}"),
]
"""What is right."""

REFUSED = [
    ("squares", "V", r"\sigma_r^2 I_4 \otimes J_4 + \sigma_c^2 J_4 \otimes I_4", "missing-residual"),
    ("squares", "V", "sigma^2*diag(16) + sigma_r^2*kronecker(diag(4), matrix(1,4,4))", "missing-random"),
    ("squares", "V", r"\sigma^2 I_{16} + \sigma_c^2 I_4 \otimes J_4 + \sigma_r^2 J_4 \otimes I_4", "components-swapped|kronecker-swapped"),
    ("squares", "V", r"\sigma^2 J_{16} + \sigma_r^2 I_4 \otimes J_4 + \sigma_c^2 J_4 \otimes I_4", "ones-for-identity"),
    ("squares", "V", r"\sigma I_{16} + \sigma_r I_4 \otimes J_4 + \sigma_c J_4 \otimes I_4", "sd-for-variance"),
    ("squares", "V", "X @ G @ X.T + R", "shapes-do-not-meet"),
    ("squares", "V", "(σ² + σ²_r + σ²_c) I_16", "diagonal-only"),
    ("squares", "E(y)", r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}", "random-in-mean"),
    ("squares", "Z", r"[\,1_4 \otimes I_4 \;\; I_4 \otimes 1_4\,]", "wrong-size"),
    ("squares", "G", r"\begin{bmatrix} \sigma_c^2 I_4 & 0 \\ 0 & \sigma_r^2 I_4 \end{bmatrix}", "components-swapped"),
    ("squares", "dim:Z", "8 × 16", "transposed-dimensions"),
    ("samples", "V", "σ²I₁₂ + σ²_v(J₂⊗I₆) + σ²_u(J₄⊗I₃)", "kronecker-swapped"),
    ("samples", "V", "σ²I₁₂ + σ²_u(I₃⊗J₄)", "missing-random"),
    ("samples", "V", r"J_3 \otimes (\sigma_u^2 J_4 + \sigma_v^2 I_2 \otimes J_2 + \sigma^2 I_4)", "ones-for-identity"),
    ("samples", "V", "ZG + R", "shapes-do-not-meet"),
    ("samples", "V", r"\mathbf{Z}\mathbf{G}\mathbf{Z}' - \mathbf{R}", "sign"),
    ("samples", "V", "ZZ' + R", "missing-factor"),
    ("samples", "V", "ZGZ' + R^{-1}", "inverse-for-R"),
    ("samples", "V", "Z G^{-1} Z' + R", "inverse-for-G"),
    ("samples", "Var(y_111)", "sigma_u^2 + sigma_v^2", "missing-residual"),
    ("samples", "Var(y_111)", "σ_u + σ_v + σ", "sd-for-variance|sum-of-sd"),
    ("samples", "Var(y_111)", "σ² + σ_u² - σ_v²", "sign"),
    ("samples", "Cov(y_111, y_112)", "σ² + σ_u² + σ_v²", "variance-for-covariance"),
    ("samples", "Cov(y_111, y_112)", "0", "covariance-missing"),
    ("samples", "Cov(y_111, y_211)", "σ_u²", "covariance-everywhere"),
    ("samples", "Cov(y_111, y_112)", r"\frac{\sigma_u^2+\sigma_v^2}{\sigma_u^2+\sigma_v^2+\sigma^2}", "correlation-for-covariance"),
    ("samples", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2 + \sigma_v^2 + \sigma^2", "missing-replication"),
    ("samples", "model", "y_ijk = μ + u_i + ε_ijk, u_i ~ N(0, σ²_u), ε_ijk ~ N(0, σ²)", "missing-random"),
    ("crossed", "V^{-1}", "ZG^{-1}Z' + R^{-1}", "inverse-of-sum"),
    ("crossed", "V^{-1}", "R^{-1}", "R-for-V"),
    ("crossed", "Var(y_111 - y_121)", "2(σ² + σ_u² + σ_v² + σ_w²)", "variance-of-sum|blocks-in-difference"),
    ("crossed", "Var(y_111 - y_112)", "σ²", "factor-2"),
    ("crossed", "Cov(u, y)", "GZ", "shapes-do-not-meet"),
    ("crossed", "Cov(u, y)", "G", "wrong-size|shapes-do-not-meet"),
    ("split", "V", r"I_2 \otimes (\sigma_v^2 J_6 + \sigma_u^2 (I_3 \otimes J_2) + \sigma^2 I_6)", "components-swapped"),
    ("split", "V", r"I_2 \otimes (\sigma_u^2 J_6 + \sigma_v^2 (J_2 \otimes I_3) + \sigma^2 I_6)", "kronecker-swapped"),
    ("split", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{\sigma^2}{2}", "missing-random"),
    ("split", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sigma_u^2 + \sigma_v^2 + \frac{\sigma^2}{2}", "blocks-in-difference"),
    ("split", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})", r"\sqrt{\sigma^2/3}", "sd-for-variance"),
    ("split", "E(y_111)", "mu + tau_1 + alpha_1 + (tau alpha)_11 + u_1", "random-in-mean"),
    ("split", "E(y_111)", "tau_1 + alpha_1 + (tau alpha)_11", "missing-intercept"),
    ("split", "E(y_211)", "mu + tau_1 + alpha_1 + (tau alpha)_11", "wrong-index"),
    ("incomplete", "V", r"I_2 \otimes (\sigma^2 I_6 + \sigma_u^2 J_6)", "wrong-size|kronecker-swapped"),
    ("incomplete", "V", r"I_6 \otimes (\sigma^2 I_2 + \sigma_u^2 I_2)", "identity-for-ones|diagonal-only"),
    ("incomplete", "V^{-1}", r"I_6 \otimes \frac{1}{\sigma^2}\left(I_2 + \frac{\sigma_u^2}{\sigma^2+2\sigma_u^2}J_2\right)", "sign"),
    ("incomplete", "V^{-1}", r"I_6 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)", "inverse-lost"),
    ("times", "Cov(y_111, y_131)", "σ²ρ", "dropped-rho-power|wrong-index"),
    ("times", "Cov(y_111, y_131)", "σ²ρ³", "off-by-one"),
    ("times", "Cov(y_111, y_131)", "ρ²", "correlation-for-covariance"),
    ("times", "R", r"I_4 \otimes \sigma^2 [[1, ρ, ρ], [ρ, 1, ρ], [ρ, ρ, 1]]", "wrong-structure|dropped-rho-power"),
    ("times", "R", r"I_4 \otimes \sigma [[1, ρ, ρ²], [ρ, 1, ρ], [ρ², ρ, 1]]", "sd-for-variance"),
    ("times", "R", r"I_4 \otimes \sigma^2 [[1, ρ, ρ²], [ρ, 1, ρ], [ρ, ρ, 1]]", "asymmetric"),
    ("times", "Var(y_111 - y_121)", "2σ²", "variance-of-sum"),
    ("slopes", "Var(y_21)", "σ² + σ²_u0 + σ²_u1", "variance-of-sum"),
    ("slopes", "E(y_41)", r"\beta_0 + 4\beta_1 + u_{01} + 4u_{11}", "random-in-mean"),
    ("slopes", "E(y_41)", r"4\beta_1", "missing-intercept"),
    ("slopes", "V", "Z'GZ + R", "shapes-do-not-meet"),
    ("groups", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", "sigma_u/(sigma_u + sigma)", "sd-for-variance"),
    ("groups", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", "sigma^2/(sigma_u^2 + sigma^2)", "components-swapped"),
    ("groups", "Cov(y_11, y_12)", "σ_u", "sd-for-variance"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", "GZ'V^{-1}y", "mean-not-subtracted"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'V(y - X\beta)", "inverse-lost"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'R^{-1}(y - X\beta)", "R-for-V"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", r"G^{-1}Z'V^{-1}(y - X\beta)", "inverse-for-G"),
    ("groups", r"GZ'V^{-1}(y - X\beta)", r"GZV^{-1}(y - X\beta)", "shapes-do-not-meet"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", r"\frac{\sigma_u^2+\sigma^2}{8}", "variance-of-sum"),
    ("groups", "y ~ N(Xβ, V)", "y ~ N(Xβ, R)", "missing-random"),
    ("groups", "y ~ N(Xβ, V)", "y ~ N(ZGZ' + R, Xβ)", "mean-variance-swapped"),
    ("groups", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, ZGZ' + R)", "random-in-mean"),
    ("groups", "model", "y_ij = μ + u_i + ε_ij, u_i ~ N(0, σ_u), ε_ij ~ N(0, σ)", "sd-for-variance"),
    ("strips", "Cov(y_111, y_211)", r"\sigma_u^2+\sigma_v^2", "components-swapped|wrong-index"),
    ("blocks", "V", r"Z\,G + R", "shapes-do-not-meet"),
    ("blocks", "V", r"I_3 \otimes (\sigma_u^2 I_5 + \sigma^2 J_5)", "components-swapped"),
    ("blocks", "V", r"I_5 \otimes (\sigma^2 I_3 + \sigma_u^2 J_3)", "wrong-size"),
    ("blocks", "V", r"J_3 \otimes \sigma^2 I_5 + I_3 \otimes \sigma_u^2 J_5", "ones-for-identity"),
    ("blocks", "V", r"\sigma_u Z Z'", "missing-residual+sd-for-variance"),
    ("blocks", "V", r"(\sigma^2 I_5 + \sigma_u^2 J_5) \otimes I_3", "kronecker-swapped"),
    ("blocks", "V", r"(\sigma I_5 + \sigma_u J_5) \otimes I_3", "sd-for-variance+kronecker-swapped"),
    ("blocks", "V", r"(\sigma_u^2 I_5 + \sigma^2 J_5) \otimes I_3", "components-swapped+kronecker-swapped"),
    ("blocks", "V", r"I_5 \otimes (\sigma I_3 + \sigma_u J_3)", "sd-for-variance+wrong-size"),
    ("blocks", "V", r"Z G^{-1} Z' - R", "inverse-for-G+sign"),
    ("blocks", "V", r"X\beta + ZGZ' + R", "shapes-do-not-meet"),
    ("blocks", "X'V^{-1}X", "X'X", "ols-for-gls"),
    ("blocks", "X'V^{-1}X", "X'R^{-1}X", "R-for-V"),
    ("blocks", "Var(2 y_11)", "2(σ² + σ_u²)", "scalar-rule"),
    ("blocks", "dim:Z", "15 x 5", "wrong-dimension"),
    ("blocks", r"\sqrt{\frac{2\sigma^2}{3}}", "2*sigma^2/3", "variance-for-sd"),
    ("blocks", r"\sqrt{\frac{2\sigma^2}{3}}", "sqrt(2*(sigma^2 + sigma_u^2)/3)", "blocks-in-difference"),
    ("fixed", "V", "ZGZ' + R", "fixed-random-confused"),
    ("fixed", "V", "σ I", "sd-for-variance"),
    ("fixed", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "0", "incorrect"),
    ("letters", "V", r"I_t \otimes (\sigma^2 I_b + \sigma_u^2 J_b)", "wrong-size"),
    ("letters", "V", r"I_b \otimes \sigma_u^2 J_t", "missing-residual"),
    ("letters", "V", r"I_b \otimes (\sigma^2 + \sigma_u^2 J_t)", "missing-identity|shapes-do-not-meet"),
    ("letters", "det(V)", r"(\sigma^2 + t\sigma_u^2)^b", "missing-factor"),
    ("slopes", "Var(y_21)", "σ²_u0 + σ²_u1 + σ_u01 + σ²", "factor-2|missing-factor"),
    ("blocks", r"\sqrt{\frac{2\sigma^2}{3}}", "sqrt(2*sigma^2/5)", "missing-replication|wrong-count"),
    ("fixed", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "2σ²", "missing-replication"),
    ("unequal", "V", r"\sigma_u^2 ZZ'", "missing-residual"),
    ("unequal", "V", r"\sigma^2 I_6 + \sigma_u^2 J_6", "covariance-everywhere"),
]
"""What is wrong, with the slip that a teacher would see; "a|b" where either name is a good one."""

UNREAD = [
    ("blocks", "V", r"Since u and e are not correlated, Var(y) is $ZGZ' + R$"),
]
"""What is right among words that are not left out: they may deny it."""

UNEXPLAINED = [
    ("squares", "G", r"\begin{bmatrix} \sigma_r^2 J_4 & 0 \\ 0 & \sigma_c^2 J_4 \end{bmatrix}", "ones-for-identity", "covariance-everywhere"),
    ("strips", "V", r"I_2 \otimes (\sigma^2 I_6 + \sigma_v^2 (J_3 \otimes I_2) + \sigma_w^2 (I_3 \otimes J_2) + \sigma_u^2 J_6)", "kronecker-swapped", "wrong-grouping"),
]
"""What is wrong, the slip that a teacher would see, and what it is called in its place."""

DERIVED = [
    Case("samples", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu + ε)\n= ZGZ' + R"),
    Case("samples", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu) + Var(ε)\n= Z Var(u) + Var(ε)\n= ZG + R", 3, "scalar-rule"),
    Case("samples", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Xβ + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", 2, "shapes-do-not-meet|mean-in-variance"),
    Case("split", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= Xβ + Z E(u) + E(ε)\n= Xβ"),
    Case("split", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= Xβ + ZE(u) + E(ε)\n= Xβ + Zu", 3, "random-in-mean"),
    Case("groups", "Var(y_11)", "Var(y_11) = Var(μ + u_1 + ε_11)\n= Var(u_1) + Var(ε_11)\n= σ_u + σ", 3, "sd-for-variance"),
    Case("groups", "Cov(y_11, y_12)", "Cov(y_11, y_12) = Cov(μ + u_1 + ε_11, μ + u_1 + ε_12)\n= Var(u_1)\n= σ²_u"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ²_u ZZ' + σ² I_15\n= σ²_u (I_3 ⊗ J_5) + σ² I_15\n= I_3 ⊗ (σ²_u J_5 + σ² I_5)"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ²_u ZZ' + σ² I_15\n= σ²_u (I_5 ⊗ J_3) + σ² I_15\n= I_5 ⊗ (σ²_u J_3 + σ² I_3)", 3, "wrong-size"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ_u ZZ' + σ² I_15", 2, "sd-for-variance"),
    Case("slopes", "Var(y_21)", "Var(y_21) = Var(u_01 + u_11 + ε_21)\n= Var(u_01) + Var(u_11) + Var(ε_21)\n= σ²_u0 + σ²_u1 + σ²", 2, "variance-of-sum"),
    Case("times", "Cov(y_111, y_131)", "Cov(y_111, y_131) = Cov(ε_111, ε_131)\n= σ²ρ²"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
