# ruff: noqa: E501  (an answer stands on one line)
"""Answers of a mid-term examination: trials at several locations, blocks with repetitions, strips and three sizes of
plots, a covariate, lines through groups, any covariances and those of each lag, equal correlations in letters, counts out
of eight, yields, a probit, Henderson's equations, in words, LaTeX, R and NumPy.

What each deserves was written down before any of them was judged. In the first run of 93 none that is wrong was
accepted, of 39 that are right none was refused and one not read (Σ for a block of V), and of 54 slips one was not read
and 50 had a name that was written down.

Indices: sites y_ijk genotype, location, block; grouped y_ijk treatment, block, repetition; any, lags, equal y_ij time,
subject; strips y_ijk row treatment, column treatment, block; covered y_ij treatment, repetition; lines y_ij occasion,
group; deep y_ijkl three treatments and the block; way, eights, probits y_ij group, observation; yields y_ij treatment,
block.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    ancova,
    generalized_rcbd,
    glmm,
    multilocation,
    one_way,
    random_intercepts,
    rcbd,
    repeated_measures,
    split_split_plot,
    strip_plot,
)

BUILT: dict[str, Any] = {
    "sites": lambda: multilocation(3, 4, 2),
    "grouped": lambda: generalized_rcbd(3, 2, 2),
    "any": lambda: repeated_measures(3, 4, within="un"),
    "lags": lambda: repeated_measures(3, 4, within="toep"),
    "equal": lambda: repeated_measures("s", "t", within="cs"),
    "strips": lambda: strip_plot("a", "b", "r"),
    "covered": lambda: ancova(2, 3, x=[1, 2, 3, 2, 4, 6]),
    "lines": lambda: random_intercepts(4, [0, 2, 4]),
    "deep": lambda: split_split_plot(2, 2, 3, 2),
    "way": lambda: one_way(5, 4),
    "eights": lambda: glmm(one_way(4, 3), "binomial", trials=8),
    "yields": lambda: glmm(rcbd(2, 3), "Gamma"),
    "probits": lambda: glmm(one_way(4, 3), "Bernoulli", "probit"),
}

_MARKING = Marking(BUILT, linked=("eights", "yields", "probits"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST, MEAN = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{1\cdot\cdot})"
FIRST_4 = r"Var(\bar{y}_{1\cdot\cdot\cdot} - \bar{y}_{2\cdot\cdot\cdot})"
SUBJECT = r"Var(\bar{y}_{\cdot 1})"
BLUP = r"GZ'V^{-1}(y - X\beta)"
HENDERSON = "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z + G^{-1}]"
P = "V^{-1} - V^{-1}X(X'V^{-1}X)^{-1}X'V^{-1}"

ACCEPTED = [
    ("sites", "Cov(y_111, y_211)", "location 1 and block 1 are shared: σ_v² + σ_u²"),
    ("sites", "Cov(y_111, y_112)", r"\sigma_v^2+\sigma_w^2"),
    ("sites", FIRST, "2(σ_w²/4 + σ²/8)"),
    ("sites", MEAN, "(2σ_v² + 2σ_w² + σ_u² + σ²)/8"),
    ("sites", "model", "y_ijk = μ + g_i + l_j + (gl)_ij + b_k(j) + e_ijk; l_j ~ N(0, σ_l²), (gl)_ij ~ N(0, σ_gl²), b_k(j) ~ N(0, σ_b²), e_ijk ~ N(0, σ_e²)"),
    ("grouped", FIRST, "σ_v² + 0.5 σ²"),
    ("grouped", "Corr(y_111, y_211)", r"\sigma_u^2 / (\sigma_u^2 + \sigma_v^2 + \sigma^2)"),
    ("any", "Var(y_21 - y_31)", "σ_2² + σ_3² − 2σ_23"),
    ("any", "Corr(y_11, y_21)", r"\frac{\sigma_{12}}{\sqrt{\sigma_1^2\sigma_2^2}}"),
    ("any", "dim:R", "12 × 12"),
    ("strips", FIRST, "2/r*(sigma_v^2 + sigma^2/b)"),
    ("strips", "V", "I_r ⊗ (σ_u² J_a⊗J_b + σ_v² I_a⊗J_b + σ_w² J_a⊗I_b + σ² I_a⊗I_b)"),
    ("covered", "E(y_23)", "mu + tau_2 + 6*beta"),
    ("covered", "E(y_23 - y_13)", "(τ_2 − τ_1) + 3β"),
    ("lines", "X'X", "[12, 24; 24, 80]"),
    ("lines", "V", "I_4 ⊗ Σ with Σ = [[σ²+σ_u², σ_u², σ_u²],[σ_u², σ²+σ_u², σ_u²],[σ_u², σ_u², σ²+σ_u²]]"),
    ("lines", "y ~ N(Xβ, V)", "y ~ MVN(Xβ, σ²I_12 + σ_u² ZZ')"),
    ("deep", "Cov(y_1111, y_1211)", "they share block and whole plot, not the sub-plot: σ_u² + σ_v²"),
    ("deep", FIRST_4, r"\sigma_v^2 + \tfrac{1}{2}\sigma_w^2 + \tfrac16\sigma^2"),
    ("eights", "E(y_11 | u)", "8*plogis(mu + u_1)"),
    ("eights", "Var(y_11 | u)", r"8\pi(1-\pi) \text{ where } \pi = \operatorname{logit}^{-1}(\mu+u_1)"),
    ("yields", "E(y_11)", "exp(mu + tau_1 + sigma_u^2/2)"),
    ("yields", "Var(y_11 | u)", r"\phi\,\mu_{11}^2 \text{ with } \mu_{11}=e^{\mu+\tau_1+u_1}"),
    ("probits", "E(y_11)", r"\Phi\!\left(\frac{\mu}{\sqrt{1+\sigma_u^2}}\right)"),
    ("equal", SUBJECT, "σ²/t + (t−1)ρσ²/t"),
    ("equal", "det(V)", "σ^(2st) (1−ρ)^(s(t−1)) (1+(t−1)ρ)^s"),
    ("lags", "Cov(y_11, y_31)", "σ_2"),
    ("way", "log|V|", "15 ln σ² + 5 ln(σ² + 4σ_u²)"),
    ("way", "V^{-1}", "kron(eye(5), (eye(4) - s/(sigma^2+4*s)*ones(4,4))/sigma^2), s = sigma_u^2"),
    ("way", "Var(u_1 | y)", "1/(1/sigma_u^2 + 4/sigma^2)"),
    ("way", "Z", "kron(eye(5), ones(4,1))"),
    ("lecture", HENDERSON, r"\begin{pmatrix} X' \\ Z' \end{pmatrix} R^{-1} \begin{pmatrix} X & Z \end{pmatrix} + \begin{pmatrix} 0 & 0 \\ 0 & G^{-1}\end{pmatrix}"),
    ("lecture", P, "V⁻¹(I − X(X'V⁻¹X)⁻¹X'V⁻¹)"),
    ("lecture", "Cov(u, y)", r"\mathbf{G}\mathbf{Z}^{\top}"),
    ("lecture", BLUP, "G %*% t(Z) %*% solve(V) %*% (y - X %*% beta)"),
]
"""What is right."""

REFUSED = [
    ("sites", "Cov(y_111, y_211)", "they share the location: σ_v²", "missing-random"),
    ("sites", "Cov(y_111, y_211)", "σ_v² + σ_w² + σ_u²", "covariance-everywhere"),
    ("sites", "Cov(y_111, y_112)", "σ_v² + σ_w² + σ_u²", "covariance-everywhere"),
    ("sites", FIRST, "2σ²/8", "missing-random"),
    ("sites", FIRST, "2(σ_v² + σ_w²)/4 + 2σ²/8", "blocks-in-difference|variance-of-sum"),
    ("sites", MEAN, "(σ_v² + σ_w² + σ_u² + σ²)/8", "missing-replication|variance-of-sum|missing-factor"),
    ("sites", MEAN, "σ_v²/4 + σ_w²/4 + σ_u²/2 + σ²/8", "missing-replication"),
    ("sites", "model", "y_ijk = μ + g_i + l_j + b_k(j) + e_ijk; l_j ~ N(0, σ_l²), b_k(j) ~ N(0, σ_b²), e_ijk ~ N(0, σ_e²)", "missing-random"),
    ("grouped", FIRST, "σ²/2", "missing-random"),
    ("grouped", FIRST, "2σ_v² + 2σ²", "missing-replication"),
    ("grouped", "Corr(y_111, y_211)", "σ_u²/(σ_u² + σ²)", "missing-random"),
    ("grouped", "Corr(y_111, y_211)", "(σ_u²+σ_v²)/(σ_u²+σ_v²+σ²)", "covariance-everywhere|wrong-index|extra-term"),
    ("any", "Var(y_21 - y_31)", "σ_2² + σ_3² - σ_23", "factor-2"),
    ("any", "Var(y_21 - y_31)", "σ_2² − σ_3²", "sign|variance-of-sum|sign+variance-of-sum|variance-of-sum+sign"),
    ("any", "Corr(y_11, y_21)", "σ_12/(σ_1²σ_2²)", "variance-for-sd"),
    ("any", "Corr(y_11, y_21)", "σ_12", "covariance-for-correlation"),
    ("any", "dim:R", "4 × 4", "wrong-dimension|wrong-size"),
    ("strips", FIRST, "2σ_v²/r + 2σ²/r", "missing-replication|wrong-comparison"),
    ("strips", "V", "I_r ⊗ (σ_u² J_a⊗J_b + σ_w² I_a⊗J_b + σ_v² J_a⊗I_b + σ² I_a⊗I_b)", "components-swapped|kronecker-swapped"),
    ("strips", "V", "I_r ⊗ (σ_u² J_a⊗J_b + σ_v² I_a⊗J_b + σ² I_a⊗I_b)", "missing-random"),
    ("covered", "E(y_23)", "mu + tau_2 + 3*beta", "wrong-index|factor-2"),
    ("covered", "E(y_23)", "mu + tau_2 + beta", "missing-factor"),
    ("covered", "E(y_23 - y_13)", "τ_2 − τ_1", "missing-term"),
    ("lines", "X'X", "[3, 6; 6, 20]", "missing-replication|missing-factor|wrong-count"),
    ("lines", "V", "I_3 ⊗ (σ²I_4 + σ_u²J_4)", "wrong-size|wrong-grouping"),
    ("lines", "V", "I_4 ⊗ (σ²J_3 + σ_u²I_3)", "components-swapped|ones-for-identity|identity-for-ones"),
    ("lines", "E(y_31)", "β_0 + 4β_1 + u_1", "random-in-mean"),
    ("lines", "y ~ N(Xβ, V)", "y ~ MVN(Xβ + Zu, σ²I_12)", "random-in-mean|conditional-for-marginal|random-in-mean+missing-random|missing-random"),
    ("deep", "Cov(y_1111, y_1121)", "σ_u² + σ_v²", "missing-random"),
    ("deep", FIRST_4, "σ_v² + σ²/6", "missing-random"),
    ("deep", FIRST_4, "σ_v² + σ_w² + σ²", "missing-replication"),
    ("eights", "E(y_11 | u)", "plogis(mu + u_1)", "missing-factor"),
    ("eights", "Var(y_11 | u)", "8π where π = plogis(μ + u_1)", "missing-factor"),
    ("yields", "E(y_11)", "exp(mu + tau_1 + sigma_u/2)", "sd-for-variance"),
    ("yields", "Var(y_11 | u)", "φ·exp(μ+τ_1+u_1)", "forgot-square"),
    ("probits", "E(y_11)", "Φ(μ)", "jensen"),
    ("probits", "E(y_11)", "Φ(μ/(1+σ_u²))", "variance-for-sd|forgot-square|missing-factor"),
    ("equal", SUBJECT, "σ²(1 + ρ)/t", "missing-factor|off-by-one|missing-replication|wrong-count"),
    ("equal", "det(V)", "σ^(2st) (1−ρ)^(st) (1+(t−1)ρ)^s", "wrong-count|off-by-one"),
    ("lags", "Cov(y_11, y_31)", "σ_3", "wrong-index|off-by-one"),
    ("way", "log|V|", "20 ln σ² + 5 ln(σ² + 4σ_u²)", "wrong-count"),
    ("way", "log|V|", "15 ln σ² + 5 ln(σ² + σ_u²)", "missing-factor|missing-replication"),
    ("way", "Var(u_1 | y)", "1/(1/sigma_u^2 + 1/sigma^2)", "missing-factor|missing-replication"),
    ("way", "Z", "kron(ones(5,1), eye(4))", "kronecker-swapped|wrong-size|wrong-grouping"),
    ("lecture", HENDERSON, "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z]", "missing-term|missing-random|fixed-random-confused"),
    ("lecture", HENDERSON, "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z + G]", "G-for-inverse"),
    ("lecture", P, "V⁻¹ − V⁻¹X(X'X)⁻¹X'V⁻¹", "missing-factor|ols-for-gls|inverse-lost"),
    ("lecture", "Cov(u, y)", "ZG", "transpose-lost|shapes-do-not-meet|wrong-size|order-swapped|transpose-misplaced"),
    ("lecture", BLUP, "G %*% t(Z) %*% V %*% (y - X %*% beta)", "inverse-lost"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("grouped", "Var(ybar_1.. - ybar_2..)", "Var(ȳ_1.. − ȳ_2..) = Var(v̄_1. − v̄_2.) + Var(ε̄_1.. − ε̄_2..)\n= 2σ_v²/2 + 2σ²/4\n= σ_v² + σ²/2"),
    Case("sites", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(v_1 + w_11 + u_1(1) + e_111, v_1 + w_11 + u_2(1) + e_112)\n= Var(v_1) + Var(w_11)\n= σ_v² + σ_w²"),
    Case("eights", "Var(y_11 | u)", "Let p = e^(μ+u_1)/(1+e^(μ+u_1)).\nVar(y_11|u) = 8p(1-p)\n= 8e^(μ+u_1)/(1+e^(μ+u_1))²"),
    Case("lines", "Var(y_11 + y_21)", "Var(y_11 + y_21) = Var(2u_1 + e_11 + e_21)\n= 4Var(u_1) + Var(e_11) + Var(e_21)\n= 4σ_u² + 2σ²"),
    Case("lines", "Var(y_11 + y_21)", "Var(y_11 + y_21) = Var(2u_1 + e_11 + e_21)\n= 2Var(u_1) + 2σ²\n= 2σ_u² + 2σ²", 2, "scalar-rule"),
    Case("any", "Var(y_21 - y_31)", "Var(y_21 - y_31) = Var(y_21) + Var(y_31) - Cov(y_21, y_31)\n= σ_2² + σ_3² - σ_23", 1, "factor-2"),
    Case("sites", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(v_1 + w_11 + u_1(1) + e_111, v_1 + w_11 + u_2(1) + e_112)\n= Var(v_1) + Var(w_11) + Var(e_111)\n= σ_v² + σ_w² + σ²", 2, "variance-for-covariance|covariance-everywhere"),
    Case("way", "E(MS_group)", "E(MS_group) = E(SS_group)/4\n= (4σ² + 16σ_u²)/4\n= σ² + 16σ_u²", 3, "parentheses-lost|missing-replication|missing-factor|wrong-count"),
    Case("yields", "E(y_11)", "E(y_11) = E(e^(μ+τ_1+u_1))\n= e^(μ+τ_1) E(e^(u_1))\n= e^(μ+τ_1) e^(E(u_1))\n= e^(μ+τ_1)", 3, "jensen"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
