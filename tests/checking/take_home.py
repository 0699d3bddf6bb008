# ruff: noqa: E501  (an answer stands on one line)
"""Answers of a take-home examination: blocks random and fixed, a split plot in numbers and in letters, nested and crossed
factors, a square, incomplete blocks, regression, slopes that vary, serial correlation with and without an effect of the
subject, counts and yes or no behind a link, expected mean squares, estimators, in LaTeX, R, NumPy and words.

What each deserves was written down before any of them was judged. In the first run of 151 none that is wrong was
accepted; of 61 that are right two were refused (a matrix with a blank behind its \\\\ in a letter that is explained, and
v̄_1. of groups that are nested) and eight were not read or undecided; 78 of 90 slips had a name that was written down.
Three expectations are mended: σ²_b is no name of this model, 2σ_v²/3 + 2σ²/3 belongs to another comparison too, and a
design by the name of "square" means square matrices here. That derivation with E(y²|u) is left out.

Indices: rcb, letters, fixed y_ij treatment, block; split, plots y_ijk whole, sub, block; nest y_ijk outer, inner,
observation; cross y_ijk row, column, repetition; latin y_ijk row, column, treatment; slopes y_ij occasion, group; serial,
both y_ij time, subject; counts y_ij treatment, block; yes y_ij group, observation; way, uneven y_ij group, observation.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    bibd,
    crossed,
    glmm,
    latin_square,
    nested,
    one_way,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_plot,
)

BUILT: dict[str, Any] = {
    "rcb": lambda: rcbd(4, 3),
    "letters": lambda: rcbd("t", "b"),
    "fixed": lambda: rcbd(4, 3, blocks_are="fixed"),
    "split": lambda: split_plot(2, 3, 3),
    "plots": lambda: split_plot("a", "b", "r"),
    "nest": lambda: nested(3, 2, 2),
    "cross": lambda: crossed(4, 3, 2),
    "latin": lambda: latin_square(4),
    "bib": lambda: bibd(3, 3, 2),
    "line": lambda: regression([0, 1, 3]),
    "slopes": lambda: random_slopes(4, [0, 1, 3]),
    "serial": lambda: repeated_measures(4, 4),
    "both": lambda: repeated_measures(3, 3, random_intercept=True),
    "way": lambda: one_way("a", "n"),
    "uneven": lambda: one_way(3, [2, 4, 3]),
    "counts": lambda: glmm(rcbd(3, 4), "Poisson"),
    "yes": lambda: glmm(one_way(6, 5), "Bernoulli"),
}

_MARKING = Marking(BUILT, linked=("counts", "yes"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST, SECOND = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"
THIRD = r"Var(\bar{y}_{\cdot\cdot 1} - \bar{y}_{\cdot\cdot 2})"
MEAN, MEAN_3, GRAND = r"Var(\bar{y}_{1\cdot})", r"Var(\bar{y}_{1\cdot\cdot})", r"Var(\bar{y}_{\cdot\cdot\cdot})"
BLUE, BLUP = "(X'V^{-1}X)^{-1}X'V^{-1}y", r"GZ'V^{-1}(y - X\beta)"
OLS = "Var((X'X)^{-1}X'y)"
DEVIANCE = r"\log|V| + (y - X\beta)'V^{-1}(y - X\beta)"

ACCEPTED = [
    ("rcb", "V", "diag(3) %x% (sigma2*diag(4) + sigma2_u*matrix(1,4,4))"),
    ("rcb", "V", "np.kron(np.eye(3), sigma2*np.eye(4) + sigma2_u*np.ones((4,4)))"),
    ("rcb", "Var(y_11 - y_21)", r"2\sigma^2, since the block effect cancels"),
    ("rcb", MEAN, r"\frac{\sigma_u^2 + \sigma^2}{3}"),
    ("rcb", "Corr(y_11, y_21)", "ICC = σ_u²/(σ_u² + σ²)"),
    ("rcb", "y ~ N(Xβ, V)", r"\mathbf{y} \sim \mathcal{N}_{12}\left(\mathbf{X}\boldsymbol{\beta},\, \mathbf{I}_3\otimes(\sigma^2\mathbf{I}_4+\sigma_u^2\mathbf{J}_4)\right)"),
    ("letters", "V^{-1}", r"\mathbf{I}_b \otimes \left[\tfrac{1}{\sigma^2}\mathbf{I}_t - \frac{\sigma^2_u}{\sigma^2(\sigma^2+t\sigma^2_u)}\mathbf{J}_t\right]"),
    ("letters", "det(V)", "[(sigma^2)^(t-1) * (sigma^2 + t*sigma_u^2)]^b"),
    ("letters", "E(MS_block)", "σ² + tσ_u²"),
    ("letters", "E((MS_block - MS_e)/t)", "sigma_u^2"),
    ("letters", "rank(X)", "t"),
    ("fixed", "E(y_23)", "μ + τ_2 + ρ_3"),
    ("fixed", "dim:X", "12 x 8"),
    ("split", "Cov(y_111, y_121)", "They're on the same whole plot: σ_u² + σ_v²"),
    ("split", SECOND, "2*sigma^2/6"),
    ("split", FIRST, r"\frac{2}{3}\left(\sigma_v^2 + \frac{\sigma^2}{3}\right)"),
    ("split", "model", r"y_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + r_k + \delta_{ik} + \varepsilon_{ijk},\; r_k \sim N(0,\sigma_r^2),\; \delta_{ik}\sim N(0,\sigma_\delta^2),\; \varepsilon_{ijk}\sim N(0,\sigma^2)"),
    ("plots", "V", r"I_r \otimes (\sigma_u^2 J_{ab} + \sigma_v^2 I_a \otimes J_b + \sigma^2 I_{ab})"),
    ("plots", "dim:Z", "abr × r(1 + a)"),
    ("nest", "V", "I_3 ⊗ (σ_u² J_4 + σ_v² (I_2 ⊗ J_2) + σ² I_4)"),
    ("nest", MEAN_3, "sigma_u^2 + sigma_v^2/2 + sigma^2/4"),
    ("nest", "Corr(y_111, y_121)", r"\frac{\sigma^2_u}{\sigma^2_u + \sigma^2_v + \sigma^2}"),
    ("nest", "model", "y_ijk = μ + f_i + s_j(i) + e_ijk, f_i ~ N(0, σ_f²), s_j(i) ~ N(0, σ_s²), e_ijk ~ N(0, σ_e²)"),
    ("cross", "Cov(y_111, y_211)", "same column only, i.e. σ_v²"),
    ("cross", GRAND, "σ_u²/4 + σ_v²/3 + σ_w²/12 + σ²/24"),
    ("latin", "Var(y_111)", "Var(r_1) + Var(c_1) + Var(e_111) = σ_r² + σ_c² + σ²"),
    ("latin", THIRD, "σ²/2"),
    ("bib", "V", "I_3 ⊗ (σ² I_2 + σ_u² J_2)"),
    ("bib", "Z'Z", "2*I_3"),
    ("line", "X'X", r"\begin{bmatrix} 3 & 4 \\ 4 & 10 \end{bmatrix}"),
    ("line", OLS, "σ²/14 [10, -4; -4, 3]"),
    ("slopes", "Var(y_31)", "sigma_u0^2 + 6 sigma_u01 + 9 sigma_u1^2 + sigma^2"),
    ("slopes", "Cov(y_11, y_31)", "σ²_u0 + 3σ_u01"),
    ("slopes", "V", r"\mathbf{I}_4 \otimes (\mathbf{Z}_1 \mathbf{G}_1 \mathbf{Z}_1^T + \sigma^2 \mathbf{I}_3), \mathbf{Z}_1 = \begin{bmatrix}1&0\\1&1\\1&3\end{bmatrix}, \mathbf{G}_1 = \begin{bmatrix}\sigma_{u0}^2 & \sigma_{u01}\\ \sigma_{u01} & \sigma_{u1}^2\end{bmatrix}"),
    ("slopes", "u ~ N(0, G)", "[u_0j, u_1j]' ~ N([0,0]', [[σ_u0², σ_u01],[σ_u01, σ_u1²]])"),
    ("serial", "Cov(y_11, y_41)", "σ²ρ³"),
    ("serial", "Var(y_41 - y_11)", r"2\sigma^2(1-\rho^3)"),
    ("both", "Corr(y_11, y_31)", "(σ_u² + ρ²σ²)/(σ_u² + σ²)"),
    ("way", "E(SS_e)", "a(n-1)σ²"),
    ("way", "E(MS_group)", "n σ_u² + σ²"),
    ("uneven", "Z'Z", r"\mathrm{diag}(2,4,3)"),
    ("uneven", r"Var(\bar{y}_{2\cdot})", "σ_u² + .25σ²"),
    ("counts", "E(y_11 | u)", "exp(mu + tau_1 + u_1)"),
    ("counts", "E(y_11)", r"e^{\mu+\tau_1}\, e^{\sigma_u^2/2}"),
    ("counts", "Var(y_11)", "μ_11 + μ_11²(exp(σ_u²) − 1), μ_11 = exp(μ + τ_1 + σ_u²/2)"),
    ("yes", "Var(y_11 | u)", "p(1-p), p = 1/(1+exp(-(mu+u_1)))"),
    ("lecture", BLUE, "solve(crossprod(X, solve(V, X)), crossprod(X, solve(V, y)))"),
    ("lecture", BLUP, r"(\mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1})^{-1}\mathbf{Z}'\mathbf{R}^{-1}(\mathbf{y}-\mathbf{X}\boldsymbol\beta)"),
    ("lecture", "G - GZ'V^{-1}ZG", "(Z'R⁻¹Z + G⁻¹)⁻¹"),
    ("lecture", DEVIANCE, "log(det(V)) + (y - Xβ)ᵀ V⁻¹ (y - Xβ)"),
    ("serial", "R", 'kronecker(diag(4), sigma2*rho^abs(outer(1:4, 1:4, "-")))'),
]
"""What is right."""

REFUSED = [
    ("rcb", "V", "diag(4) %x% (sigma2*diag(3) + sigma2_u*matrix(1,3,3))", "wrong-size|wrong-grouping"),
    ("rcb", "V", "np.kron(sigma2*np.eye(4) + sigma2_u*np.ones((4,4)), np.eye(3))", "kronecker-swapped|wrong-grouping"),
    ("rcb", "V", "σ² I_12 + σ_u² Z'Z", "shapes-do-not-meet|transpose-misplaced"),
    ("rcb", "V", "kron(eye(3), sigma_u^2*ones(4,4))", "missing-residual"),
    ("rcb", "Var(y_11 - y_21)", "2(σ² + σ_u²)", "blocks-in-difference|variance-of-sum"),
    ("rcb", "Var(y_11 - y_21)", "σ² - σ² = 0", "sign"),
    ("rcb", MEAN, "σ_u² + σ²/3", "missing-replication|parentheses-lost"),
    ("rcb", "Corr(y_11, y_21)", "σ²/(σ²+σ_u²)", "components-swapped"),
    ("rcb", "Corr(y_11, y_21)", "sigma_u/sqrt(sigma_u^2+sigma^2)", "sd-for-variance|forgot-square"),
    ("rcb", "y ~ N(Xβ, V)", "y ~ N(Xβ, R)", "missing-random"),
    ("letters", "V^{-1}", r"I_b \otimes (\frac{1}{\sigma^2} I_t + \frac{1}{\sigma_u^2} J_t)", "inverse-of-sum|elementwise-inverse"),
    ("letters", "V^{-1}", "I_b ⊗ (1/σ²)(I_t − σ_u²/(σ² + bσ_u²) J_t)", "wrong-count|wrong-size|missing-replication"),
    ("letters", "det(V)", "(sigma^2)^(b(t-1)) * (sigma^2 + sigma_u^2)^b", "missing-factor|missing-replication|wrong-count"),
    ("letters", "det(V)", "(σ² + tσ_u²)^b", "missing-factor"),
    ("letters", "E(MS_block)", "σ² + bσ_u²", "wrong-count|missing-replication"),
    ("letters", "E(MS_block)", "σ² + σ_u²", "missing-factor|missing-replication"),
    ("letters", "E(MS_block)", "tσ_u²", "missing-residual"),
    ("letters", "rank(X)", "t + 1", "wrong-count|off-by-one"),
    ("fixed", "E(y_23)", "μ + τ_3 + ρ_2", "wrong-index"),
    ("fixed", "E(y_23)", "τ_2 + ρ_3", "missing-intercept"),
    ("fixed", "Var(y_11)", "σ² + σ_u²", "fixed-random-confused|unreadable"),
    ("fixed", "Var(y_11)", "ρ_1 + σ²", "mean-in-variance|fixed-random-confused"),
    ("split", "Cov(y_111, y_121)", "same block, so σ_u²", "missing-random"),
    ("split", "Cov(y_111, y_121)", "σ_u² + σ_v² + σ²", "variance-for-covariance"),
    ("split", "Cov(y_111, y_211)", "σ_v²", "components-swapped|wrong-index"),
    ("split", SECOND, "2*(sigma_v^2 + sigma^2)/6", "blocks-in-difference|wrong-comparison|extra-term"),
    ("split", FIRST, "2σ_v²/3 + 2σ²/3", "missing-replication|wrong-comparison"),
    ("split", FIRST, "(σ_v² + σ²/3)/3", "factor-2|missing-factor|variance-of-sum"),
    ("split", "model", "y_ijk = μ + α_i + β_j + (αβ)_ij + r_k + ε_ijk, r_k ~ N(0,σ_r²), ε_ijk ~ N(0,σ²)", "missing-random"),
    ("plots", "V", "I_r ⊗ (σ_u² J_{ab} + σ_v² J_a ⊗ I_b + σ² I_{ab})", "kronecker-swapped|wrong-grouping"),
    ("plots", "V", "I_r ⊗ (σ_u² J_{ab} + σ_v² I_a ⊗ J_b)", "missing-residual"),
    ("plots", "dim:Z", "abr × (a + r)", "wrong-dimension|wrong-count"),
    ("nest", "V", "I_3 ⊗ (σ_u² J_4 + σ_v² (J_2 ⊗ I_2) + σ² I_4)", "kronecker-swapped|wrong-grouping"),
    ("nest", "V", "I_3 ⊗ (σ_u² J_4 + σ² I_4)", "missing-random"),
    ("nest", MEAN_3, "sigma_u^2/2 + sigma_v^2/2 + sigma^2/4", "factor-2|missing-factor|missing-replication"),
    ("nest", MEAN_3, "(σ_u² + σ_v² + σ²)/4", "missing-replication|missing-factor|variance-of-sum"),
    ("nest", "Corr(y_111, y_121)", "σ_u²/(σ_u² + σ_v²)", "missing-residual"),
    ("nest", "Corr(y_111, y_121)", "(σ_u²+σ_v²)/(σ_u² + σ_v² + σ²)", "wrong-index|covariance-everywhere|extra-term"),
    ("nest", "model", "y_ijk = μ + f_i + s_j + e_ijk, f_i ~ N(0,σ_f²), s_j ~ N(0,σ_s²), e_ijk ~ N(0,σ²)", "wrong-index"),
    ("cross", "Cov(y_111, y_211)", "they share the column and the cell: σ_v² + σ_w²", "covariance-everywhere"),
    ("cross", "Cov(y_111, y_211)", "σ_u²", "components-swapped|wrong-index"),
    ("cross", GRAND, "(σ_u² + σ_v² + σ_w² + σ²)/24", "missing-replication|missing-factor|variance-of-sum"),
    ("latin", "Var(y_111)", "σ_r + σ_c + σ", "sd-for-variance|sum-of-sd"),
    ("latin", THIRD, "2(σ_r² + σ_c² + σ²)/4", "blocks-in-difference|variance-of-sum"),
    ("bib", "V", "I_3 ⊗ (σ² J_2 + σ_u² I_2)", "components-swapped|identity-for-ones|ones-for-identity|identity-for-ones+ones-for-identity"),
    ("bib", "V", "I_2 ⊗ (σ² I_3 + σ_u² J_3)", "wrong-size"),
    ("bib", "Z'Z", "3 I_3", "wrong-count|missing-factor|incorrect"),
    ("line", "X'X", "[[3,4],[4,16]]", "one-entry|forgot-square"),
    ("line", OLS, "σ²/14 [10, 4; 4, 3]", "sign|one-entry"),
    ("line", OLS, "σ² [3, 4; 4, 10]", "inverse-lost"),
    ("slopes", "Var(y_31)", "σ²_u0 + 3σ_u01 + 9σ²_u1 + σ²", "factor-2"),
    ("slopes", "Var(y_31)", "σ²_u0 + 9σ²_u1 + σ²", "variance-of-sum|covariance-missing|missing-term"),
    ("slopes", "Var(y_31)", "σ²_u0 + 6σ_u01 + 3σ²_u1 + σ²", "scalar-rule|forgot-square"),
    ("slopes", "Cov(y_11, y_31)", "σ²_u0 + 3σ_u01 + σ²", "variance-for-covariance|extra-term"),
    ("slopes", "E(y_31)", "β_0 + 3β_1 + u_01 + 3u_11", "random-in-mean"),
    ("slopes", "E(y_21)", "β_0 + 2β_1", "wrong-index|factor-2"),
    ("slopes", "u ~ N(0, G)", "[u_0j, u_1j]' ~ N(0, [[σ_u0, σ_u01],[σ_u01, σ_u1]])", "sd-for-variance"),
    ("serial", "Cov(y_11, y_41)", "σ²ρ⁴", "off-by-one"),
    ("serial", "Cov(y_11, y_41)", "ρ³", "correlation-for-covariance"),
    ("serial", "Cov(y_11, y_41)", "3ρσ²", "dropped-rho-power|incorrect"),
    ("serial", "Var(y_41 - y_11)", "2σ²(1-ρ)", "dropped-rho-power|wrong-index"),
    ("serial", "Var(y_41 - y_11)", "2σ²", "variance-of-sum|covariance-missing"),
    ("serial", "R", "I_4 ⊗ σ²[(1-ρ)I_4 + ρJ_4]", "wrong-structure|dropped-rho-power"),
    ("both", "Corr(y_11, y_31)", "ρ²", "missing-random|incorrect"),
    ("both", "Cov(y_11, y_21)", "ρσ²", "missing-random"),
    ("way", "E(SS_e)", "(an-1)σ²", "wrong-count|off-by-one|missing-factor"),
    ("way", "E(MS_group)", "σ_u² + σ²/n", "missing-factor|missing-replication"),
    ("uneven", "Z'Z", "3 I_3", "wrong-size|wrong-count|incorrect"),
    ("uneven", r"Var(\bar{y}_{2\cdot})", "(σ_u² + σ²)/4", "missing-replication|variance-of-sum|missing-factor"),
    ("counts", "E(y_11)", "exp(mu + tau_1)", "jensen|conditional-for-marginal"),
    ("counts", "E(y_11)", "mu + tau_1", "link-forgotten"),
    ("counts", "E(y_11)", "e^(μ+τ_1+u_1)", "conditional-for-marginal|random-in-mean"),
    ("counts", "Var(y_11 | u)", "e^(2(μ+τ_1+u_1))", "squared-twice"),
    ("counts", "Var(y_11)", "e^{μ+τ_1+σ_u²/2}", "missing-term|missing-random|conditional-for-marginal|variance-of-sum"),
    ("yes", "Var(y_11 | u)", "p(1+p), p = 1/(1+e^{-(μ+u_1)})", "sign"),
    ("yes", "E(y_11 | u)", "μ + u_1", "link-forgotten"),
    ("lecture", BLUE, "solve(crossprod(X), crossprod(X, y))", "ols-for-gls"),
    ("lecture", BLUE, "(X'V^{-1}X)^{-1}X'y", "missing-factor"),
    ("lecture", BLUP, "ZGV^{-1}(y-Xβ)", "shapes-do-not-meet|transpose-lost"),
    ("lecture", BLUP, r"(Z'R^{-1}Z)^{-1}Z'R^{-1}(y-X\beta)", "missing-term|missing-random|fixed-random-confused"),
    ("lecture", "G - GZ'V^{-1}ZG", "G + GZ'V⁻¹ZG", "sign"),
    ("lecture", DEVIANCE, "log|V| + (y − Xβ)'V(y − Xβ)", "inverse-lost"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("rcb", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(τ_1 - τ_2 + e_11 - e_21)\n= Var(e_11) + Var(e_21)\n= 2σ²"),
    Case("split", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + e_111, u_1 + v_11 + e_121)\n= Var(u_1) + Var(v_11) + 0\n= σ_u² + σ_v²"),
    Case("nest", "Var(ybar_1..)", "Var(ȳ_1..) = Var(u_1) + Var(v̄_1.) + Var(ε̄_1..)\n= σ_u² + σ_v²/2 + σ²/4"),
    Case("serial", "Var(y_11 + y_21)", "Var(y_11 + y_21) = Var(y_11) + 2Cov(y_11, y_21) + Var(y_21)\n= σ² + 2σ²ρ + σ²\n= 2σ²(1+ρ)"),
    Case("counts", "E(y_11)", "E(y_11) = E[E(y_11|u_1)]\n= E[exp(μ+τ_1+u_1)]\n= exp(μ+τ_1)E[exp(u_1)]\n= exp(μ+τ_1+σ_u²/2)"),
    Case("rcb", "Var(y)", "Var(y) = Var(Xβ + Zu + e)\n= Var(Zu + e)   because Xβ is constant\n= ZVar(u)Z' + Var(e)   u and e are uncorrelated\n= ZGZ' + R"),
    Case("way", "E(MS_group)", "E(MS_group) = E(SS_group)/(a−1)\n= [(a−1)σ² + n(a−1)σ_u²]/(a−1)\n= σ² + nσ_u²"),
    Case("cross", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Var(u_1) + Var(v_1) + Var(w_11)\n= σ_u² + σ_v² + σ_w²"),
    Case("slopes", "Var(y_31)", "Var(y_31) = Var(u_01 + 3u_11 + e_31)\n= Var(u_01) + 2·3·Cov(u_01, u_11) + 9Var(u_11) + Var(e_31)\n= σ²_u0 + 6σ_u01 + 9σ²_u1 + σ²"),
    Case("rcb", "Var(ybar_1. - ybar_2.)", "Var(ȳ_1. − ȳ_2.) = Var(ȳ_1.) + Var(ȳ_2.)\n= 2(σ_u² + σ²)/3", 1, "variance-of-sum|covariance-missing"),
    Case("split", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + ε_111, u_1 + v_21 + ε_211)\n= Var(u_1) + Cov(v_11, v_21)\n= σ_u² + σ_v²", 3, "covariance-everywhere|variance-for-covariance"),
    Case("nest", "Var(ybar_1..)", "Var(ȳ_1..) = Var(u_1 + v̄_1. + ε̄_1..)\n= σ_u² + σ_v² + σ²", 2, "missing-replication"),
    Case("counts", "E(y_11)", "E(y_11) = E(exp(μ+τ_1+u_1))\n= exp(E(μ+τ_1+u_1))\n= exp(μ+τ_1)", 2, "jensen"),
    Case("serial", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(y_11) - Var(y_21)\n= σ² - σ²\n= 0", 1, "sign|sign+variance-of-sum|variance-of-sum"),
    Case("rcb", "Var(y)", "Var(y) = Var(Zu) + Var(e)\n= Z²Var(u) + R", 2, "scalar-rule|shapes-do-not-meet"),
    Case("way", "E(MS_group)", "E(MS_group) = E(SS_group)/(a-1)\n= σ² + σ_u²", 2, "missing-factor|missing-replication"),
    Case("slopes", "Var(y_31)", "Var(y_31) = Var(u_01 + 3u_11 + ε_31)\n= Var(u_01) + 3Var(u_11) + 6Cov(u_01, u_11) + σ²", 2, "scalar-rule"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
