# ruff: noqa: E501  (an answer stands on one line)
"""Answers of term papers: split plots and strips, a square, carry-over, unequal groups, incomplete blocks, lines that vary,
serial correlation with and without an effect of the subject, samples that cross, counts and proportions, in the words of
students and of their programs.

What each deserves was written down before any of them was judged. In the first run of 193 none that is wrong was
accepted; of 92 that are right three were refused (a product for the \\ of MATLAB, [u_0j, u_1j]' ~ N(0, Σ_u) and a
variance s_r² with a letter of one's own) and five not read (three sentences, n_i, "all but b"); 76 of 96 slips had a
name that was written down. Two names were added to those expected: a missing factor, and observations taken as
independent.

Indices: wheat, letters y_ijk whole, sub, block; strips y_ijk row treatment, column treatment, block; latin y_ijk row,
column, treatment; carry y_ijklm sequence, period, subject, treatment, carry-over; uneven y_ij group, observation;
incomplete, seeds y_ij treatment, block; slopes y_ij occasion, group; serial y_ijk treatment, time, subject; both y_ij
time, subject; raters y_ij row, column; heads, insects y_ij group, observation; pots y_ij treatment, replicate.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    Choice,
    Rounded,
    bibd,
    crd,
    crossed,
    crossover,
    glmm,
    latin_square,
    one_way,
    random_slopes,
    rcbd,
    repeated_measures,
    split_plot,
    strip_plot,
)

BUILT: dict[str, Any] = {
    "wheat": lambda: split_plot(3, 2, 4),
    "letters": lambda: split_plot("a", "b", "r"),
    "strips": lambda: strip_plot(3, 2, 4),
    "latin": lambda: latin_square(3),
    "carry": lambda: crossover(2, carryover=True),
    "uneven": lambda: one_way(3, [2, 3, 1]),
    "incomplete": lambda: bibd(4, 4, 3),
    "slopes": lambda: random_slopes(3, [0, 2, 4]),
    "serial": lambda: repeated_measures(3, 3, treatments=2),
    "both": lambda: repeated_measures(2, 3, random_intercept=True),
    "raters": lambda: crossed(3, 4),
    "pots": lambda: crd("t", "r"),
    "blocks": lambda: rcbd(3, 2),
    "seeds": lambda: glmm(rcbd(2, 4), "Poisson"),
    "heads": lambda: glmm(one_way(5, 4), "binomial", trials=10),
    "insects": lambda: glmm(one_way(5, 4), "negative binomial"),
}

_MARKING = Marking(BUILT, linked=("seeds", "heads", "insects"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST, SECOND = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"
WITHIN, ACROSS = r"Var(\bar{y}_{11\cdot} - \bar{y}_{12\cdot})", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})"
BLUE, BLUP = "(X'V^{-1}X)^{-1}X'V^{-1}y", r"GZ'V^{-1}(y - X\beta)"
SERIAL = "[[1,ρ,ρ²],[ρ,1,ρ],[ρ²,ρ,1]]"

ACCEPTED = [
    # Kronecker and block forms
    ("wheat", "V", "sigma2*diag(24) + sigma2_v*kronecker(diag(12), matrix(1,2,2)) + sigma2_u*kronecker(diag(4), matrix(1,6,6))"),
    ("wheat", "V", "KroneckerProduct(Identity(4), sigma**2*Identity(6) + sigma_v**2*KroneckerProduct(Identity(3), OneMatrix(2, 2)) + sigma_u**2*OneMatrix(6, 6))"),
    ("wheat", "V", "I₄ ⊗ [σ²I₆ + σ²_v(I₃ ⊗ J₂) + σ²_uJ₆]"),
    ("wheat", "V", r"\bigoplus_{k=1}^{4} \left(\sigma^2 I_6 + \sigma_v^2\, I_3\otimes J_2 + \sigma_u^2 J_6\right)"),
    ("wheat", "V", r"\sigma_u^2 \mathbf{Z}_u\mathbf{Z}_u' + \sigma_v^2 \mathbf{Z}_v\mathbf{Z}_v' + \sigma^2\mathbf{I}_{24}"),
    ("wheat", "V", r"\mathbf I_4 \otimes \begin{bmatrix} \sigma^2 I_2 + (\sigma_v^2+\sigma_u^2) J_2 & \sigma_u^2 J_2 & \sigma_u^2 J_2 \\ \sigma_u^2 J_2 & \sigma^2 I_2 + (\sigma_v^2+\sigma_u^2) J_2 & \sigma_u^2 J_2 \\ \sigma_u^2 J_2 & \sigma_u^2 J_2 & \sigma^2 I_2 + (\sigma_v^2+\sigma_u^2) J_2 \end{bmatrix}"),
    ("wheat", "V^{-1}", r"I_4 \otimes \left[\frac{1}{\sigma^2} I_3 \otimes (I_2 - \tfrac12 J_2) + \frac{1}{\sigma^2+2\sigma_v^2}(I_3 - \tfrac13 J_3)\otimes \tfrac12 J_2 + \frac{1}{\sigma^2+2\sigma_v^2+6\sigma_u^2}\tfrac16 J_6\right]"),
    ("wheat", "det(V)", "sigma^24 * (sigma^2 + 2*sigma_v^2)^8 * (sigma^2 + 2*sigma_v^2 + 6*sigma_u^2)^4"),
    ("strips", "V", "kron(eye(4), sigma^2*eye(6) + sigma_v^2*kron(eye(3), ones(2,2)) + sigma_w^2*kron(ones(3,3), eye(2)) + sigma_u^2*ones(6,6))"),
    ("latin", "V", r"\sigma_c^2\,(\mathbf{1}_3\mathbf{1}_3' \otimes \mathbf{I}_3) + \sigma_r^2\,(\mathbf{I}_3 \otimes \mathbf{1}_3\mathbf{1}_3') + \sigma^2\mathbf{I}_9"),
    ("uneven", "V", "block_diag(sigma2*np.eye(2) + sigma2_u*np.ones((2,2)), sigma2*np.eye(3) + sigma2_u*np.ones((3,3)), sigma2 + sigma2_u)"),
    ("uneven", "V", r"\operatorname{diag}\left(\sigma^2 I_2 + \sigma_u^2 J_2,\; \sigma^2 I_3 + \sigma_u^2 J_3,\; \sigma^2 + \sigma_u^2\right)"),
    ("uneven", "Z", "[1 0 0; 1 0 0; 0 1 0; 0 1 0; 0 1 0; 0 0 1]"),
    ("uneven", "Z'Z", "diag([2, 3, 1])"),
    ("uneven", "det(V)", r"\sigma^6(\sigma^2+\sigma_u^2)(\sigma^2+2\sigma_u^2)(\sigma^2+3\sigma_u^2)"),
    ("uneven", "X'V^{-1}X", r"\sum_{i=1}^{3} \frac{n_i}{\sigma^2 + n_i\sigma_u^2}"),
    ("uneven", "X'V^{-1}X", "2/(sigma^2+2*sigma_u^2) + 3/(sigma^2+3*sigma_u^2) + 1/(sigma^2+sigma_u^2)"),
    ("incomplete", "V^{-1}", r"\mathbf{I}_4 \otimes \frac{1}{\sigma^2}\left(\mathbf{I}_3 - \frac{\sigma_u^2}{\sigma^2 + 3\sigma_u^2}\mathbf{1}_3\mathbf{1}_3^\top\right)"),
    ("incomplete", "Z'Z", "3 I_4"),
    ("both", "V", f"I_2 ⊗ (σ_u² 1_3 1_3' + σ² {SERIAL})"),
    ("serial", "R", "np.kron(np.eye(6), sigma**2 * np.array([[1, rho, rho**2], [rho, 1, rho], [rho**2, rho, 1]]))"),
    ("serial", "R", "sigma2 * kronecker(diag(6), toeplitz(c(1, rho, rho^2)))"),
    ("serial", "V^{-1}", r"I_6 \otimes \frac{1}{\sigma^2(1-\rho^2)}\begin{pmatrix}1&-\rho&0\\-\rho&1+\rho^2&-\rho\\0&-\rho&1\end{pmatrix}"),
    ("slopes", "V", "I_3 ⊗ (Z_1 [[σ²_u0, σ_u01],[σ_u01, σ²_u1]] Z_1' + σ² I_3)"),
    ("slopes", "Z", r"\mathbf{I}_3 \otimes \begin{bmatrix} 1&0\\1&2\\1&4 \end{bmatrix}"),
    ("pots", "Var((X'X)^{-}X'y)", r"\sigma^2 (X'X)^{-}X'X((X'X)^{-})'"),
    # abstract
    ("lecture", BLUE, r"\left(\mathbf{X}^{\mathsf T}\mathbf{V}^{-1}\mathbf{X}\right)^{-1}\mathbf{X}^{\mathsf T}\mathbf{V}^{-1}\mathbf{y}"),
    ("lecture", BLUE, "np.linalg.inv(X.T @ np.linalg.inv(V) @ X) @ X.T @ np.linalg.inv(V) @ y"),
    ("lecture", BLUE, "solve(t(X) %*% solve(V) %*% X, t(X) %*% solve(V) %*% y)"),
    ("lecture", BLUE, "(X.T*V.inv()*X).inv()*X.T*V.inv()*y"),
    ("lecture", BLUP, r"\hat u = \mathbf{G}\mathbf{Z}'(\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})"),
    ("lecture", "Var(" + BLUE + ")", "(X'V⁻¹X)⁻¹"),
    ("lecture", "V^{-1}", "R⁻¹ − R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹"),
    # scalars
    ("wheat", FIRST, r"\frac{2\sigma_v^2 + \sigma^2}{4}"),
    ("wheat", FIRST, "2*(sigma_v^2/4 + sigma^2/8)"),
    ("wheat", SECOND, "σ²/6"),
    ("wheat", WITHIN, "0.5 sigma^2"),
    ("wheat", ACROSS, "(σ_v² + σ²)/2"),
    ("wheat", "Corr(y_111, y_121)", r"\frac{\sigma^2_u + \sigma^2_v}{\sigma^2_u + \sigma^2_v + \sigma^2}"),
    ("wheat", r"\sqrt{\frac{\sigma^2 + 2\sigma_v^2}{4}}", "0.5*sqrt(sigma^2 + 2 sigma_v^2)"),
    ("letters", FIRST, r"\frac{2}{r}\left(\sigma_v^2 + \frac{\sigma^2}{b}\right)"),
    ("letters", SECOND, "2σ²/(ar)"),
    ("strips", FIRST, r"\tfrac{1}{2}\sigma_v^2 + \tfrac{1}{4}\sigma^2"),
    ("strips", SECOND, r"2\left(\frac{\sigma_w^2}{4} + \frac{\sigma^2}{12}\right)"),
    ("latin", "Cov(y_111, y_122)", "σ_r²"),
    ("uneven", r"Var(\bar{y}_{2\cdot})", "sigma_u^2 + sigma^2/3"),
    ("slopes", "Var(y_21)", "σ²_u0 + 4σ_u01 + 4σ²_u1 + σ²"),
    ("slopes", "Cov(y_21, y_31)", r"\sigma_{u0}^2 + 6\sigma_{u01} + 8\sigma_{u1}^2"),
    ("serial", "Var(y_111 + y_121 + y_131)", "sigma^2*(3 + 4*rho + 2*rho^2)"),
    ("both", "Corr(y_11, y_21)", r"\frac{\sigma_u^2 + \rho\sigma^2}{\sigma_u^2 + \sigma^2}"),
    ("raters", r"Var(\bar{y}_{\cdot\cdot})", r"\frac{\sigma_u^2}{3}+\frac{\sigma_v^2}{4}+\frac{\sigma^2}{12}"),
    ("raters", "Cov(y_11, y_21)", "Var(v_1) = σ_v²"),
    ("carry", "E(y_12122)", "μ + γ_1 + π_2 + τ_2 + λ_2"),
    ("carry", "V", "I_4 ⊗ (σ² I_2 + σ_u² J_2)"),
    # behind a link
    ("seeds", "E(y_11)", r"\exp\{\mu + \tau_1 + \tfrac12\sigma_u^2\}"),
    ("seeds", "Cov(y_11, y_21)", r"(e^{\sigma_u^2} - 1)\,e^{2\mu + \tau_1 + \tau_2 + \sigma_u^2}"),
    ("seeds", "Cov(y_11, y_21)", "exp(2*mu + tau_1 + tau_2 + 2*sigma_u^2) - exp(2*mu + tau_1 + tau_2 + sigma_u^2)"),
    ("heads", "E(y_11 | u)", "10*exp(mu + u_1)/(1 + exp(mu + u_1))"),
    ("heads", "Var(y_11 | u)", r"\frac{10\,e^{\mu+u_1}}{(1+e^{\mu+u_1})^2}"),
    ("insects", "Var(y_11 | u)", r"\mu_{11} + \mu_{11}^2/\phi \text{ where } \mu_{11} = e^{\mu+u_1}"),
    # words around
    ("blocks", "V", "Since u and e are independent, Var(y) = ZGZ' + R."),
    ("blocks", "Var(y_11)", "The variance of y_11 is σ² + σ_u²"),
    ("blocks", "Cov(y_11, y_21)", "both plots are in block 1, so the covariance is σ_u²"),
    ("blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "The block effects cancel, hence 2σ²/2 = σ²"),
    # distributions, models, dimensions
    ("wheat", "y ~ N(Xβ, V)", r"\mathbf{y} \sim N_{24}(\mathbf{X}\boldsymbol\beta,\ \mathbf{ZGZ}' + \sigma^2\mathbf{I}_{24})"),
    ("slopes", "u ~ N(0, G)", r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix}, \begin{pmatrix} \sigma_{u0}^2 & \sigma_{u01} \\ \sigma_{u01} & \sigma_{u1}^2 \end{pmatrix}\right)"),
    ("wheat", "model", "y_ijk = mu + a_i + b_j + ab_ij + r_k + w_ik + e_ijk, r_k ~ N(0, s_r^2), w_ik ~ N(0, s_w^2), e_ijk ~ N(0, s^2)"),
    ("latin", "model", r"y_{ijk} = \mu + \rho_i + \gamma_j + \tau_k + \varepsilon_{ijk}, \quad \rho_i \sim N(0,\sigma_\rho^2),\ \gamma_j \sim N(0,\sigma_\gamma^2),\ \varepsilon_{ijk}\sim N(0,\sigma^2)"),
    ("slopes", "model", "y_ij = (β_0 + u_0j) + (β_1 + u_1j) x_i + ε_ij, (u_0j, u_1j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)"),
    ("raters", "model", "y_ij = μ + s_i + r_j + e_ij, s_i ~ N(0, σ_s²), r_j ~ N(0, σ_r²), e_ij ~ N(0, σ²)"),
    ("letters", "dim:Z", "abr × (r + ar)"),
    ("wheat", "dim:Z'R^{-1}Z", "16x16"),
]
"""What is right."""

REFUSED = [
    ("blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", "The block effects do not cancel: σ² + σ_u²", "blocks-in-difference"),
    ("heads", "Var(y_11 | u)", r"\frac{10\,e^{\mu+u_1}}{1+e^{\mu+u_1}}", "missing-factor|mean-variance-swapped|forgot-square"),
    ("wheat", "V", "sigma2*diag(24) + sigma2_u*kronecker(diag(4), matrix(1,6,6))", "missing-random"),
    ("wheat", "V", "I₄ ⊗ [σ²_v(I₃ ⊗ J₂) + σ²_uJ₆]", "missing-residual"),
    ("wheat", "V", "I₄ ⊗ [σ²I₆ + σ²_v(J₃ ⊗ I₂) + σ²_uJ₆]", "kronecker-swapped|wrong-grouping"),
    ("wheat", "V", "I₄ ⊗ [σ²I₆ + σ²_u(I₃ ⊗ J₂) + σ²_vJ₆]", "components-swapped"),
    ("wheat", "V", "I₄ ⊗ [σI₆ + σ_v(I₃ ⊗ J₂) + σ_uJ₆]", "sd-for-variance"),
    ("wheat", "V", r"J_4 \otimes (\sigma^2 I_6 + \sigma_v^2 I_3\otimes J_2 + \sigma_u^2 J_6)", "ones-for-identity|covariance-everywhere"),
    ("wheat", "V", r"I_6 \otimes (\sigma^2 I_4 + \sigma_v^2 I_2\otimes J_2 + \sigma_u^2 J_4)", "wrong-size"),
    ("wheat", "V^{-1}", r"I_4 \otimes [\sigma^{-2} I_6 + \sigma_v^{-2} (I_3 \otimes J_2) + \sigma_u^{-2} J_6]", "inverse-of-sum"),
    ("wheat", "det(V)", "sigma^12 * (sigma^2 + 2*sigma_v^2)^8 * (sigma^2 + 2*sigma_v^2 + 6*sigma_u^2)^4", "sd-for-variance|forgot-square|wrong-count"),
    ("strips", "V", "kron(eye(4), sigma^2*eye(6) + sigma_w^2*kron(eye(3), ones(2,2)) + sigma_v^2*kron(ones(3,3), eye(2)) + sigma_u^2*ones(6,6))", "components-swapped"),
    ("strips", "V", "kron(eye(4), sigma^2*eye(6) + sigma_v^2*kron(eye(3), ones(2,2)) + sigma_u^2*ones(6,6))", "missing-random"),
    ("latin", "V", "σ_r² (J_3 ⊗ I_3) + σ_c² (I_3 ⊗ J_3) + σ² I_9", "components-swapped|kronecker-swapped"),
    ("latin", "V", "σ_r² ZZ' + σ_c² ZZ' + σ² I_9", "covariance-everywhere|wrong-grouping|incorrect"),
    ("uneven", "V", "I_3 ⊗ (σ² I_2 + σ_u² J_2)", "wrong-grouping|wrong-size"),
    ("uneven", "V", "σ² I_6 + σ_u² J_6", "covariance-everywhere|ones-for-identity"),
    ("uneven", "Z", "[1 0 0; 0 1 0; 0 0 1; 1 0 0; 0 1 0; 0 1 0]", "wrong-grouping"),
    ("uneven", "Z'Z", "[2; 3; 1]", "wrong-size|incorrect|shapes-do-not-meet|wrong-dimension"),
    ("uneven", "X'V^{-1}X", "6/(sigma^2 + sigma_u^2)", "missing-replication|wrong-count|variance-of-sum|diagonal-only|missing-factor|covariance-missing"),
    ("incomplete", "V^{-1}", r"I_4 \otimes \frac{1}{\sigma^2}\left(I_3 - \frac{\sigma_u^2}{\sigma^2 + 4\sigma_u^2}J_3\right)", "wrong-size|wrong-count|off-by-one"),
    ("incomplete", "V^{-1}", r"I_4 \otimes \frac{1}{\sigma^2}\left(I_3 - \frac{\sigma^2}{\sigma^2 + 3\sigma_u^2}J_3\right)", "components-swapped|wrong-index|incorrect"),
    ("both", "V", f"I_2 ⊗ (σ_u² I_3 + σ² {SERIAL})", "identity-for-ones|missing-component-on-diagonal"),
    ("both", "V", "I_2 ⊗ (σ_u² J_3 + σ² I_3)", "wrong-structure|diagonal-only|covariance-missing"),
    ("both", "Cov(y_11, y_31)", "σ²ρ²", "missing-random"),
    ("both", "Cov(y_11, y_31)", "σ_u² + σ²ρ", "dropped-rho-power|wrong-index"),
    ("both", "Corr(y_11, y_21)", "ρ", "missing-random|incorrect"),
    ("serial", "R", "I_3 ⊗ σ² " + SERIAL, "wrong-size"),
    ("serial", "R", "I_6 ⊗ σ² [[1,ρ,ρ],[ρ,1,ρ],[ρ,ρ,1]]", "wrong-structure|dropped-rho-power"),
    ("serial", "R", SERIAL + " ⊗ σ² I_6", "kronecker-swapped|wrong-grouping"),
    ("serial", "Var(y_111 + y_121 + y_131)", "3σ²", "variance-of-sum"),
    ("serial", "Var(y_111 + y_121 + y_131)", "σ²(3 + 2ρ + ρ²)", "factor-2"),
    ("serial", "Var(y_131 - y_111)", "2σ²(1 - ρ)", "dropped-rho-power|wrong-index|wrong-comparison"),
    ("serial", "Cov(y_111, y_112)", "ρσ²", "covariance-everywhere"),
    ("slopes", "Var(y_31)", "σ²_u0 + 4σ_u01 + 16σ²_u1 + σ²", "factor-2"),
    ("slopes", "Var(y_31)", "σ²_u0 + 8σ_u01 + 4σ²_u1 + σ²", "scalar-rule|forgot-square"),
    ("slopes", "Var(y_31)", "σ²_u0 + σ²", "missing-random"),
    ("slopes", "Cov(y_21, y_31)", r"\sigma_{u0}^2 + 8\sigma_{u1}^2", "variance-of-sum|covariance-missing|missing-term"),
    ("slopes", "E(y_31)", "β_0 + 4β_1 + u_01 + 4u_11", "random-in-mean"),
    ("slopes", "Var(y_31 - y_11)", "16σ²_u1 + σ²", "factor-2|missing-term"),
    ("pots", "Var((X'X)^{-}X'y)", "σ² X'X", "inverse-lost|missing-factor"),
    ("lecture", BLUE, "inv(X.T @ X) @ X.T @ y", "ols-for-gls"),
    ("lecture", BLUE, "solve(t(X) %*% V %*% X) %*% t(X) %*% V %*% y", "inverse-lost"),
    ("lecture", BLUE, "(X.T*R.inv()*X).inv()*X.T*R.inv()*y", "R-for-V"),
    ("lecture", BLUP, "GZ'V⁻¹y", "mean-not-subtracted"),
    ("lecture", BLUP, "GZ'R⁻¹(y − Xβ)", "R-for-V"),
    ("lecture", BLUP, "G⁻¹Z'V⁻¹(y − Xβ)", "inverse-for-G"),
    ("lecture", BLUP, "GZ'V⁻¹(y − Zu)", "incorrect|mean-not-subtracted"),
    ("lecture", "V^{-1}", "R⁻¹ − R⁻¹Z(G + Z'R⁻¹Z)⁻¹Z'R⁻¹", "G-for-inverse"),
    ("lecture", "V^{-1}", "R⁻¹ + R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹", "sign"),
    ("lecture", "Var(" + BLUE + ")", "X'V⁻¹X", "inverse-lost"),
    ("wheat", FIRST, r"\frac{\sigma^2}{4}", "missing-random"),
    ("wheat", FIRST, r"\frac{\sigma_u^2+\sigma_v^2}{2} + \frac{\sigma^2}{4}", "blocks-in-difference|variance-of-sum"),
    ("wheat", FIRST, r"\frac{\sigma_v^2 + \sigma^2}{4}", "missing-factor|missing-replication|variance-of-sum"),
    ("wheat", SECOND, "σ_v²/2 + σ²/6", "blocks-in-difference|wrong-comparison|extra-term|variance-of-sum"),
    ("wheat", SECOND, "σ²/12", "factor-2"),
    ("wheat", ACROSS, "σ²/2", "missing-random|wrong-comparison"),
    ("wheat", WITHIN, "2σ²", "missing-replication"),
    ("wheat", "Corr(y_111, y_121)", "σ_u² + σ_v²", "covariance-for-correlation"),
    ("wheat", "Corr(y_111, y_121)", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma_v^2+\sigma^2}", "missing-random|wrong-index"),
    ("letters", FIRST, r"\frac{2}{r}\left(\sigma_v^2 + \sigma^2\right)", "wrong-comparison|missing-replication"),
    ("letters", SECOND, "2σ²/r", "missing-replication|wrong-comparison"),
    ("strips", FIRST, r"\frac{\sigma_w^2}{2} + \frac{\sigma^2}{4}", "components-swapped|wrong-index|wrong-comparison"),
    ("latin", "Cov(y_111, y_122)", "0", "covariance-missing"),
    ("uneven", r"Var(\bar{y}_{2\cdot})", "(sigma_u^2 + sigma^2)/3", "missing-replication|variance-of-sum|missing-factor"),
    ("raters", r"Var(\bar{y}_{\cdot\cdot})", "(σ_u² + σ_v² + σ²)/12", "variance-of-sum|missing-replication|missing-factor"),
    ("raters", r"Var(\bar{y}_{\cdot\cdot})", "σ_u/3 + σ_v/4 + σ/12", "sd-for-variance"),
    ("carry", "E(y_12122)", "μ + γ_1 + π_2 + τ_2", "missing-term"),
    ("carry", "E(y_12122)", "μ + γ_1 + π_2 + τ_2 + λ_2 + u_1(1)", "random-in-mean"),
    ("carry", "V", "I_4 ⊗ (σ_u² I_2 + σ² J_2)", "components-swapped"),
    ("seeds", "E(y_11)", "exp(mu + tau_1)", "jensen"),
    ("seeds", "E(y_11)", "exp(mu + tau_1 + sigma_u^2)", "factor-2|missing-factor"),
    ("seeds", "Cov(y_11, y_21)", r"(e^{\sigma_u^2} - 1)\,e^{2\mu + 2\tau_1 + \sigma_u^2}", "wrong-index"),
    ("seeds", "Cov(y_11, y_21)", "0", "covariance-missing"),
    ("heads", "E(y_11 | u)", "exp(mu + u_1)/(1 + exp(mu + u_1))", "missing-factor"),
    ("insects", "Var(y_11 | u)", "exp(mu + u_1)", "missing-term"),
    ("blocks", "Var(y_11)", "The variance of y_11 is σ²", "missing-random"),
    ("blocks", "Cov(y_11, y_12)", "they share the treatment, so the covariance is σ_u²", "covariance-everywhere"),
    ("wheat", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, ZGZ' + R)", "random-in-mean"),
    ("wheat", "y ~ N(Xβ, V)", "y ~ N(V, Xβ)", "mean-variance-swapped"),
    ("slopes", "u ~ N(0, G)", r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix}, \begin{pmatrix} \sigma_{u0}^2 & 0 \\ 0 & \sigma_{u1}^2 \end{pmatrix}\right)", "diagonal-only|covariance-missing"),
    ("wheat", "model", "y_ijk = mu + a_i + b_j + ab_ij + r_k + e_ijk, r_k ~ N(0, s_r^2), e_ijk ~ N(0, s^2)", "missing-random"),
    ("wheat", "model", "y_ijk = mu + a_i + b_j + r_k + w_ik + e_ijk, r_k ~ N(0, s_r^2), w_ik ~ N(0, s_w^2), e_ijk ~ N(0, s^2)", "missing-term"),
    ("latin", "model", "y_ijk = μ + ρ_i + γ_j + τ_k + ε_ijk, ρ_i ~ N(0,σ_ρ²), ε_ijk ~ N(0,σ²)", "fixed-random-confused|missing-distribution"),
    ("letters", "dim:Z", "(r + ar) × abr", "transposed-dimensions"),
]
"""What is wrong, with the slip that a teacher would see."""

UNREAD = [
    ("lecture", BLUE, r"(X'V^{-1}X) \ (X'V^{-1}y)"),  # braces of LaTeX, where a backslash and a blank divide nothing
]
"""What is not read."""

SHARE = Rounded(sympy.Rational(5, 8), decimals=2, unit="kg", needs_unit=True)
SPREAD = Rounded(sympy.sqrt(sympy.Rational(2, 3)), significant=3)
FIXED = Choice(("variety", "block", "whole plot", "nitrogen"), right=("a", "d"))
NUMBERS: list[tuple[Any, str, bool]] = [
    (SHARE, "0.63 kg", True), (SHARE, "≈ 0.62 kg", True), (SHARE, "625 g", True), (SHARE, "0.6 kg", False),
    (SPREAD, "sqrt(2/3) = 0.816", True), (SPREAD, "8.16e-1", True), (SPREAD, ".82", False), (SPREAD, "0.667", False),
    (FIXED, "A, D", True), (FIXED, "variety and nitrogen", True), (FIXED, "all but b and c", True), (FIXED, "a", False),
]
"""Numbers with their rounding, and choices."""

DERIVED = [
    Case("wheat", "Var(ybar_1.. - ybar_2..)", "Var(ȳ_1.. − ȳ_2..) = Var(v̄_1. − v̄_2. + ε̄_1.. − ε̄_2..)\n= 2σ_v²/4 + 2σ²/8\n= (2σ_v² + σ²)/4"),
    Case("wheat", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_11 + ε_121)\n= Cov(u_1, u_1) + Cov(v_11, v_11)\n= σ_u² + σ_v²"),
    Case("strips", "Var(y_111 - y_211)", "Var(y_111 − y_211) = Var(v_11 − v_21 + ε_111 − ε_211)   [u_1 and w_11 cancel]\n= 2 Var(v_11) + 2 Var(ε_111)\n= 2(σ_v² + σ²)"),
    Case("latin", "Var(y_111 - y_122)", r"\begin{align*} Var(y_{111} - y_{122}) &= Var(c_1 - c_2 + \varepsilon_{111} - \varepsilon_{122}) \\ &= 2\sigma_c^2 + 2\sigma^2 \end{align*}"),
    Case("uneven", "Var(ybar_2.)", "Var(ȳ_2.) = Var(u_2 + ε̄_2.) = Var(u_2) + Var(ε̄_2.) = σ_u² + σ²/3"),
    Case("slopes", "Cov(y_21, y_31)", "Cov(y_21, y_31) = Cov(u_01 + 2u_11, u_01 + 4u_11)\n= Var(u_01) + 6Cov(u_01, u_11) + 8Var(u_11)\n= σ²_u0 + 6σ_u01 + 8σ²_u1"),
    Case("serial", "Var(y_111 + y_121)", "Var(y_111 + y_121) = Var(ε_111 + ε_121)\n= Var(ε_111) + Var(ε_121) + 2Cov(ε_111, ε_121)\n= σ² + σ² + 2ρσ²\n= 2σ²(1 + ρ)"),
    Case("both", "Cov(y_11, y_31)", "Cov(y_11, y_31) = Cov(u_1 + ε_11, u_1 + ε_31)\n= Var(u_1) + Cov(ε_11, ε_31)\n= σ_u² + ρ²σ²"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu + e)\n= Z Var(u) Z' + Var(e)\n= Z(σ_u² I_2)Z' + σ² I_6\n= I_2 ⊗ (σ_u² J_3 + σ² I_3)"),
    Case("blocks", "E(y)", "y = Xβ + Zu + ε\nE(y) = E(Xβ) + E(Zu) + E(ε)\n= Xβ + 0 + 0\n= Xβ"),
    Case("seeds", "E(y_11)", "E(y_11) = E(E(y_11 | u_1))\n= E(e^(μ + τ_1 + u_1))\n= e^(μ + τ_1) E(e^(u_1))\n= e^(μ + τ_1) e^(σ_u²/2)"),
    Case("wheat", "Var(ybar_1.. - ybar_2..)", "Var(ȳ_1.. − ȳ_2..) = Var(ȳ_1..) + Var(ȳ_2..)\n= 2(σ_u²/4 + σ_v²/4 + σ²/8)", 1, "variance-of-sum|covariance-missing"),
    Case("wheat", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_11 + ε_121)\n= Cov(u_1, u_1) + Cov(v_11, v_11) + Cov(ε_111, ε_121)\n= σ_u² + σ_v² + σ²", 3, "variance-for-covariance|covariance-everywhere"),
    Case("strips", "Var(y_111 - y_211)", "Var(y_111 − y_211) = Var(w_11 − w_21 + ε_111 − ε_211)\n= 2(σ_w² + σ²)", 1),
    Case("latin", "Var(y_111 - y_122)", "Var(y_111 - y_122) = Var(c_1 - c_2 + ε_111 - ε_122)\n= Var(c_1) - Var(c_2) + Var(ε_111) - Var(ε_122)\n= 0", 2, "sign"),
    Case("uneven", "Var(ybar_2.)", "Var(ȳ_2.) = Var(u_2 + ε̄_2.)\n= σ_u² + σ²", 2, "missing-replication"),
    Case("slopes", "Var(y_21)", "Var(y_21) = Var(u_01 + 2u_11 + ε_21)\n= Var(u_01) + 2Var(u_11) + Var(ε_21)\n= σ²_u0 + 2σ²_u1 + σ²", 2, "scalar-rule+variance-of-sum|scalar-rule|variance-of-sum"),
    Case("serial", "Var(y_111 + y_131)", "Var(y_111 + y_131) = Var(y_111) + Var(y_131) + 2Cov(y_111, y_131)\n= 2σ² + 2ρσ²", 2, "dropped-rho-power"),
    Case("blocks", "Var(y)", "Var(y) = Var(Xβ) + Var(Zu) + Var(ε)\n= 0 + ZG + R", 2, "scalar-rule|shapes-do-not-meet|transpose-lost|missing-factor"),
    Case("blocks", "Var(y)", "Var(y) = Z Var(u) Z' + Var(ε)\n= σ_u² Z'Z + σ² I", 2, "shapes-do-not-meet|transpose-misplaced"),
    Case("blocks", "E(y)", "E(y) = Xβ + E(Zu) + E(ε)\n= Xβ + Zu", 2, "random-in-mean"),
    Case("blocks", "Var(2y_11 - y_21)", "Var(2y_11 - y_21) = 2Var(y_11) + Var(y_21) - 4Cov(y_11, y_21)", 1, "scalar-rule"),
    Case("seeds", "E(y_11)", "E(y_11) = E(e^(μ + τ_1 + u_1))\n= e^(μ + τ_1 + E(u_1))\n= e^(μ + τ_1)", 2, "jensen"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
