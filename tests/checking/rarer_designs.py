# ruff: noqa: E501  (an answer stands on one line)
"""Answers about designs that the other tables do not have, written down with what they deserve before they were judged.

Indices as the designs have them: generalized blocks y_ijk treatment, block, repetition; strips y_ijk row treatment,
column treatment, block; places y_ijk genotype, location, block; periods y_ijkl sequence, period, subject, treatment;
squares y_ijkl row, column, Latin letter, Greek letter; plots in plots y_ijkl three treatments and the block.
"""

from __future__ import annotations

from functools import cache

from tests.checking.lines.derivations import Case
from tutor import (
    MixedModel,
    Verdict,
    bibd,
    check,
    crossover,
    generalized_rcbd,
    graeco_latin,
    multilocation,
    one_way,
    split_split_plot,
    strip_plot,
)

BUILT = {
    "generalized": lambda: generalized_rcbd(2, 3, 2),
    "strips": lambda: strip_plot(2, 2, 2),
    "places": lambda: multilocation(2, 3, 2),
    "periods": lambda: crossover(2),
    "squares": lambda: graeco_latin(4),
    "plots": lambda: split_split_plot(2, 2, 2, 2),
    "incomplete": lambda: bibd(3, 3, 2),
    "groups": lambda: one_way(3, 4),
}


@cache
def model(design: str) -> MixedModel:
    return BUILT[design]()


def judged(design: str, asked: str, answer: str) -> Verdict:
    """The verdict on an answer; "model" asks for the whole model."""
    m = model(design)
    if asked == "model":
        return check(answer, m)
    return check(answer, m.V if asked == "V" else asked, m.vocabulary)


# fmt: off
ACCEPTED = [
    ("generalized", "V", r"\sigma^2 I_{12} + \sigma_v^2 (I_6 \otimes J_2) + \sigma_u^2 (I_3 \otimes J_4)"),
    ("generalized", "V", r"I_3 \otimes (\sigma_u^2 J_4 + I_2 \otimes (\sigma_v^2 J_2 + \sigma^2 I_2))"),
    ("generalized", "V", r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}^\top"),
    ("generalized", "V", r"I_3 \otimes (\sigma_u^2 1_4 1_4' + \sigma_v^2 I_2 \otimes 1_2 1_2') + \sigma^2 I"),
    ("generalized", "Var(y_111)", "Var(u_1) + Var(v_11) + Var(ε_111)"),
    ("generalized", "Cov(y_111, y_112)", "Var(y_111) - σ²"),
    ("generalized", "Cov(y_111, y_211)", "Var(u_1)"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac13(\sigma_u^2 + \sigma_v^2 + \frac12 \sigma^2)"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{2\sigma_v^2 + \sigma^2}{3}"),
    ("generalized", "E(y_211)", "τ_2 + μ"),
    ("strips", "V", r"I_2 \otimes (\sigma^2 I_4 + \sigma_u^2 J_4 + \sigma_w^2 J_2 \otimes I_2 + \sigma_v^2 I_2 \otimes J_2)"),
    ("strips", "V", "R + ZGZ'"),
    ("strips", "Var(y_111)", r"\sigma_w^2 + \sigma_v^2 + \sigma_u^2 + \sigma^2"),
    ("strips", "Cov(y_111, y_121)", r"\sigma^2_{u} + \sigma^2_{v}"),
    ("strips", "Cov(y_111, y_112)", "0"),
    ("strips", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac12(2\sigma_v^2 + \sigma^2)"),
    ("strips", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{2\sigma_u^2 + 2\sigma_v^2 + \sigma_w^2 + \sigma^2}{4}"),
    ("strips", "model", "y_ijk = μ + τ_i + α_j + (τα)_ij + ε_ijk + w_jk + v_ik + u_k, u_k ~ N(0, σ²_u), v_ik ~ N(0, σ²_v), w_jk ~ N(0, σ²_w), ε_ijk ~ N(0, σ²)"),
    ("places", "Var(y_111)", r"\sigma^2+\sigma_u^2+\sigma_v^2+\sigma_w^2"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{\sigma_v^2+\sigma_w^2}{3} + \frac{\sigma_u^2+\sigma^2}{6}"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"2\left(\frac{\sigma_w^2}{3} + \frac{\sigma^2}{6}\right)"),
    ("places", "Cov(y_111, y_212)", "Var(v_1)"),
    ("places", "Cov(y_111, y_211)", r"\sigma_u^2 + \sigma_v^2"),
    ("places", "V", r"I_3 \otimes (\sigma_v^2 J_4 + J_2 \otimes \sigma_w^2 I_2 + I_2 \otimes (\sigma_u^2 J_2 + \sigma^2 I_2))"),
    ("periods", "V", r"I_4 \otimes \begin{bmatrix} \sigma^2 + \sigma_u^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2 + \sigma_u^2 \end{bmatrix}"),
    ("periods", "Cov(y_1111, y_1212)", r"\sigma^2_u"),
    ("periods", "Var(y_1111 - y_1212)", "2 sigma^2"),
    ("periods", "y ~ N(Xβ, V)", r"y \sim N(X\beta, \sigma_u^2 ZZ' + \sigma^2 I)"),
    ("periods", "y ~ N(Xβ, V)", "y ~ MVN(Xβ, ZGZ' + R)"),
    ("squares", "Var(y_1111 - y_1222)", r"2(\sigma^2 + \sigma_c^2)"),
    ("squares", "Cov(y_1111, y_1222)", "Var(r_1)"),
    ("squares", "V", r"\sigma^2 I_4 \otimes I_4 + \sigma_r^2 I_4 \otimes J_4 + \sigma_c^2 J_4 \otimes I_4"),
    ("plots", "Cov(y_1111, y_1211)", r"\sigma_u^2+\sigma_v^2"),
    ("plots", r"Var(\bar{y}_{\cdot\cdot 1\cdot} - \bar{y}_{\cdot\cdot 2\cdot})", r"\frac{\sigma^2}{4}"),
    ("plots", "V", r"I_2 \otimes (\sigma_u^2 J_8 + I_2 \otimes (\sigma_v^2 J_4 + I_2 \otimes (\sigma_w^2 J_2 + \sigma^2 I_2)))"),
    ("groups", "(X'V^{-1}X)^{-1}", r"(X'V^{-1}X)^{-}"),  # X has one column
    ("groups", r"(X'V^{-1}X)^{-1}X'V^{-1}y", r"(X'V^{-1}X)^{-}X'V^{-1}y"),
    ("incomplete", "V", r"I_3 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)"),
    ("incomplete", "V^{-1}", r"\frac{1}{\sigma^2} I_3 \otimes (I_2 - \frac{\sigma_u^2}{\sigma^2 + 2\sigma_u^2} J_2)"),
    # long subscripts without braces, as plain text has them
    ("generalized", "model", "y_ijk = μ + τ_i + b_j + (bτ)_ij + e_ijk, b_j ~ N(0, σ²_b), (bτ)_ij ~ N(0, σ²_bτ), e_ijk ~ N(0, σ²)"),
    ("generalized", "model", "y_abc = μ + α_a + u_b + v_ab + ε_abc; ε_abc ~ N(0, σ²); v_ab ~ N(0, σ²_v); u_b ~ N(0, σ²_u)"),
]
"""What is right, in spellings that are not the usual ones."""

REFUSED = [
    ("generalized", "V", r"\sigma^2 I_{12} + \sigma_u^2 (I_3 \otimes J_4)", "missing-random"),
    ("generalized", "V", r"\sigma_v^2 (I_6 \otimes J_2) + \sigma_u^2 (I_3 \otimes J_4)", "missing-residual"),
    ("generalized", "V", r"\sigma^2 I_{12} + \sigma_v^2 (J_2 \otimes I_6) + \sigma_u^2 (I_3 \otimes J_4)", "kronecker-swapped|wrong-grouping"),
    ("generalized", "V", r"\sigma^2 I_{12} + \sigma_u^2 (I_6 \otimes J_2) + \sigma_v^2 (I_3 \otimes J_4)", "components-swapped"),
    ("generalized", "V", r"\sigma I_{12} + \sigma_v (I_6 \otimes J_2) + \sigma_u (I_3 \otimes J_4)", "sd-for-variance"),
    ("generalized", "V", r"\sigma^2 J_{12} + \sigma_v^2 (I_6 \otimes J_2) + \sigma_u^2 (I_3 \otimes J_4)", "ones-for-identity"),
    ("generalized", "V", r"\sigma^2 I_{12} + \sigma_v^2 (I_4 \otimes J_3) + \sigma_u^2 (I_3 \otimes J_4)", "wrong-size"),
    ("generalized", "V", "ZGZ'", "missing-residual"),
    ("generalized", "V", "ZG^{-1}Z' + R", "inverse-for-G"),
    ("generalized", "V", "Z'GZ + R", "shapes-do-not-meet"),
    ("generalized", "V", "ZGZ' + R + X - X X^- X", "shapes-do-not-meet"),
    ("generalized", "V", r"(\sigma^2 + \sigma_v^2 + \sigma_u^2) I_{12}", "diagonal-only"),
    ("generalized", "V", "ZGZ' - R", "sign"),
    ("generalized", "V^{-1}", "Z G^{-1} Z' + R^{-1}", "inverse-of-sum"),
    ("generalized", "V^{-1}", "R^{-1}", "R-for-V"),
    ("generalized", "Var(y_111)", r"\sigma_u^2 + \sigma^2", "missing-random"),
    ("generalized", "Var(y_111)", r"\sigma_u^2 + \sigma_v^2", "missing-residual"),
    ("generalized", "Var(y_111)", r"\sigma_u + \sigma_v + \sigma", "sd-for-variance|sum-of-sd"),
    ("generalized", "Var(y_111)", r"\tau_1 + \sigma_u^2 + \sigma_v^2 + \sigma^2", "mean-in-variance"),
    ("generalized", "Cov(y_111, y_112)", r"\sigma_u^2", "missing-random"),
    ("generalized", "Cov(y_111, y_112)", "0", "covariance-missing"),
    ("generalized", "Cov(y_111, y_112)", r"\sigma_u^2 + \sigma_v^2 + \sigma^2", "variance-for-covariance"),
    ("generalized", "Cov(y_111, y_112)", r"\frac{\sigma_u^2 + \sigma_v^2}{\sigma_u^2 + \sigma_v^2 + \sigma^2}", "correlation-for-covariance"),
    ("generalized", "Cov(y_111, y_121)", r"\sigma_u^2", "covariance-everywhere"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{\sigma_u^2 + \sigma_v^2 + \sigma^2}{6}", "missing-factor|missing-replication|variance-of-sum"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{\sigma_u^2 + \sigma_v^2 + \sigma^2}{3}", "missing-replication"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2 + \sigma_v^2 + \sigma^2", "missing-replication|wrong-index"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{2(\sigma_u^2 + \sigma_v^2)}{3} + \frac{\sigma^2}{3}", "blocks-in-difference|variance-of-sum"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{\sigma^2}{3}", "missing-random"),
    ("generalized", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sqrt{\frac{2\sigma_v^2 + \sigma^2}{3}}", "sd-for-variance"),
    ("generalized", "E(y_211)", "μ + τ_1", "wrong-index"),
    ("generalized", "E(y_211)", "μ + τ_2 + u_1", "random-in-mean"),
    ("generalized", "E(y_211)", "τ_2", "missing-intercept"),
    ("generalized", "E(y)", "Xβ + Zu", "random-in-mean"),
    ("generalized", "E(y)", "Xβ + ε", "error-in-mean"),
    ("generalized", "model", "y_ijk = μ + τ_i + u_j + ε_ijk, u_j ~ N(0, σ²_u), ε_ijk ~ N(0, σ²)", "missing-random"),
    ("generalized", "model", "y_ijk = μ + τ_i + u_j + v_ik + ε_ijk, u_j ~ N(0, σ²_u), v_ik ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)", "wrong-index"),
    ("generalized", "model", "y_ijk = μ + τ_i + u_j + v_ij + ε_ijk, u_j ~ N(0, σ²_v), v_ij ~ N(0, σ²_u), ε_ijk ~ N(0, σ²)", "components-swapped"),
    ("strips", "V", r"I_2 \otimes (\sigma^2 I_4 + \sigma_v^2 J_2 \otimes I_2 + \sigma_w^2 I_2 \otimes J_2 + \sigma_u^2 J_4)", "components-swapped|kronecker-swapped"),
    ("strips", "V", r"I_2 \otimes (\sigma^2 I_4 + \sigma_v^2 I_2 \otimes J_2 + \sigma_u^2 J_4)", "missing-random"),
    ("strips", "V", r"(\sigma^2 I_4 + \sigma_v^2 I_2 \otimes J_2 + \sigma_w^2 J_2 \otimes I_2 + \sigma_u^2 J_4) \otimes I_2", "kronecker-swapped"),
    ("strips", "V", r"J_2 \otimes (\sigma^2 I_4 + \sigma_v^2 I_2 \otimes J_2 + \sigma_w^2 J_2 \otimes I_2 + \sigma_u^2 J_4)", "ones-for-identity"),
    ("strips", "Cov(y_111, y_121)", r"\sigma_u^2 + \sigma_w^2", "components-swapped|wrong-index"),
    ("strips", "Cov(y_111, y_121)", r"\sigma_u^2", "missing-random"),
    ("strips", "Cov(y_111, y_121)", r"\sigma_u^2 + \sigma_v^2 + \sigma_w^2", "covariance-everywhere|extra-term|wrong-index|variance-for-covariance|incorrect"),
    ("strips", "Cov(y_111, y_112)", r"\sigma_u^2", "covariance-everywhere"),
    ("strips", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{\sigma^2}{2}", "missing-random"),
    ("strips", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sigma_v^2 + \frac{\sigma_w^2}{2} + \frac{\sigma^2}{2}", "blocks-in-difference|variance-of-sum|extra-term"),
    ("strips", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sigma_v^2 + \sigma^2", "missing-replication|wrong-comparison"),
    ("strips", "model", "y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_i(k) + ε_ijk, u_k ~ N(0, σ²_u), v_i(k) ~ N(0, σ²_v), ε_ijk ~ N(0, σ²)", "missing-random"),
    ("strips", "model", "y_ijk = μ + τ_i + α_j + u_k + v_i(k) + w_j(k) + ε_ijk, u_k ~ N(0, σ²_u), v_i(k) ~ N(0, σ²_v), w_j(k) ~ N(0, σ²_w), ε_ijk ~ N(0, σ²)", "missing-term"),
    ("places", "Var(y_111)", r"\sigma^2+\sigma_u^2+\sigma_w^2", "missing-random"),
    ("places", "Cov(y_111, y_211)", r"\sigma_v^2", "missing-random"),
    ("places", "Cov(y_111, y_211)", r"\sigma_v^2+\sigma_w^2", "components-swapped|wrong-index"),
    ("places", "Cov(y_111, y_121)", r"\sigma_w^2", "covariance-everywhere"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{\sigma_v^2+\sigma_w^2+\sigma_u^2+\sigma^2}{6}", "missing-factor|missing-replication|variance-of-sum"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{\sigma_v^2}{3} + \frac{\sigma_w^2}{3} + \frac{\sigma^2}{6}", "missing-random"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{\sigma^2}{3}", "missing-random"),
    ("places", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{2\sigma_w^2}{3} + \frac{\sigma_u^2}{3} + \frac{\sigma^2}{3}", "blocks-in-difference|variance-of-sum"),
    ("places", "model", "y_ijk = μ + τ_i + v_j + w_ij + u_k + ε_ijk, v_j ~ N(0, σ²_v), w_ij ~ N(0, σ²_w), u_k ~ N(0, σ²_u), ε_ijk ~ N(0, σ²)", "wrong-index"),
    ("places", "model", "y_ijk = μ + τ_i + v_j + w_ij + u_k(j) + ε_ijk, v_j ~ N(0, σ_v), w_ij ~ N(0, σ_w), u_k(j) ~ N(0, σ_u), ε_ijk ~ N(0, σ)", "sd-for-variance"),
    ("periods", "V", r"I_2 \otimes (\sigma^2 I_4 + \sigma_u^2 J_4)", "wrong-size"),
    ("periods", "V", r"(\sigma^2 I_2 + \sigma_u^2 J_2) \otimes I_4", "kronecker-swapped"),
    ("periods", "V", r"\sigma^2 I_8 + \sigma_u^2 J_8", "covariance-everywhere|ones-for-identity"),
    ("periods", "V", r"I_4 \otimes (\sigma_u^2 I_2 + \sigma^2 J_2)", "components-swapped"),
    ("periods", "Cov(y_1111, y_1121)", r"\sigma_u^2", "covariance-everywhere"),
    ("periods", "Var(y_1111 - y_1212)", r"2(\sigma^2 + \sigma_u^2)", "blocks-in-difference|variance-of-sum"),
    ("periods", "Var(y_1111 - y_1212)", r"\sigma^2", "factor-2"),
    ("periods", "Var(y_1111 - y_1212)", "0", "sign|incorrect"),
    ("periods", "y ~ N(Xβ, V)", "y ~ N(Xβ, σ²I)", "missing-random|R-for-V"),
    ("periods", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, R)", "conditional-for-marginal"),
    ("periods", "y ~ N(Xβ, V)", "y ~ N(0, V)", "missing-term|incorrect|missing-mean"),
    ("squares", "Cov(y_1111, y_1222)", r"\sigma_c^2", "components-swapped|wrong-index"),
    ("squares", "Cov(y_1111, y_1222)", r"\sigma_r^2 + \sigma_c^2", "variance-for-covariance|extra-term|covariance-everywhere|incorrect"),
    ("squares", "Var(y_1111 - y_1222)", r"2(\sigma^2 + \sigma_r^2 + \sigma_c^2)", "blocks-in-difference|variance-of-sum|wrong-comparison"),
    ("squares", "V", r"\sigma^2 I_{16} + \sigma_r^2 (J_4 \otimes I_4) + \sigma_c^2 (I_4 \otimes J_4)", "components-swapped|kronecker-swapped"),
    ("squares", "V", r"\sigma^2 I_{16} + \sigma_r^2 (I_4 \otimes J_4)", "missing-random"),
    ("plots", "Cov(y_1111, y_1121)", r"\sigma_u^2+\sigma_v^2", "missing-random"),
    ("plots", "Cov(y_1111, y_2111)", r"\sigma_u^2+\sigma_v^2", "wrong-index|extra-term|covariance-everywhere|incorrect"),
    ("plots", r"Var(\bar{y}_{\cdot\cdot 1\cdot} - \bar{y}_{\cdot\cdot 2\cdot})", r"\frac{\sigma_w^2}{2} + \frac{\sigma^2}{4}", "blocks-in-difference|wrong-comparison"),
    ("plots", r"Var(\bar{y}_{\cdot\cdot 1\cdot} - \bar{y}_{\cdot\cdot 2\cdot})", r"2\sigma^2", "missing-replication"),
    ("plots", "V", r"I_2 \otimes (\sigma_u^2 J_8 + I_2 \otimes (\sigma_v^2 J_4 + I_2 \otimes \sigma_w^2 J_2))", "missing-residual"),
    ("incomplete", "V^{-1}", r"I_3 \otimes (\frac{1}{\sigma^2} I_2 + \frac{1}{\sigma_u^2} J_2)", "inverse-of-sum"),
    ("incomplete", "V^{-1}", r"\frac{1}{\sigma^2} I_3 \otimes (I_2 + \frac{\sigma_u^2}{\sigma^2 + 2\sigma_u^2} J_2)", "sign"),
    ("incomplete", "V^{-1}", r"\frac{1}{\sigma^2} I_3 \otimes (I_2 - \frac{\sigma_u^2}{\sigma^2 + 3\sigma_u^2} J_2)", "wrong-size|off-by-one|incorrect"),
    ("incomplete", "V", r"\sigma^2 I_3 \otimes \sigma_u^2 J_2", "missing-term|incorrect|parentheses-lost"),
]
"""What is wrong, with its slip; where teachers may differ, either of several."""

DERIVED = [
    Case("generalized", "Var(y_111)", "Var(y_111) = Var(μ + τ_1 + u_1 + v_11 + ε_111)\n= Var(u_1) + Var(v_11) + Var(ε_111)\n= σ²_u + σ²_v + σ²"),
    Case("generalized", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(u_1 + v_11 + ε_111, u_1 + v_11 + ε_112)\n= Var(u_1) + Var(v_11)\n= σ²_u + σ²_v"),
    Case("generalized", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + ε_111, u_1 + v_21 + ε_211)\n= Cov(u_1, u_1)\n= σ²_u"),
    Case("generalized", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu) + Var(ε)\n= ZGZ' + R"),
    Case("strips", "Var(y_111)", "Var(y_111) = Var(u_1 + v_11 + w_11 + ε_111)\n= σ²_u + σ²_v + σ²_w + σ²"),
    Case("strips", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + w_11 + ε_111, u_1 + v_11 + w_21 + ε_121)\n= σ²_u + σ²_v"),
    Case("strips", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(v_11 - v_21 + ε_111 - ε_211)\n= 2σ²_v + 2σ²"),
    Case("strips", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= Xβ + Z E(u) + E(ε)\n= Xβ"),
    Case("places", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(y_111) + Var(y_211) - 2Cov(y_111, y_211)\n= 2(σ²_v + σ²_w + σ²_u + σ²) - 2(σ²_v + σ²_u)\n= 2σ²_w + 2σ²"),
    Case("places", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Var(v_1) + Var(u_11)\n= σ²_v + σ²_u"),
    Case("periods", "Var(y_1111 - y_1212)", "Var(y_1111 - y_1212) = Var(ε_1111 - ε_1212)\n= Var(ε_1111) + Var(ε_1212)\n= 2σ²"),
    Case("periods", "Var(y)", "Var(y) = ZGZ' + R\n= Z σ²_u I_4 Z' + σ² I_8\n= σ²_u ZZ' + σ² I_8"),
    Case("squares", "Cov(y_1111, y_1222)", "Cov(y_1111, y_1222) = Cov(r_1 + c_1 + ε_1111, r_1 + c_2 + ε_1222)\n= Var(r_1)\n= σ²_r"),
    Case("squares", "Var(y_1111)", "Var(y_1111) = Var(r_1) + Var(c_1) + Var(ε_1111) = σ²_r + σ²_c + σ²"),
    Case("plots", "Cov(y_1111, y_1211)", "Cov(y_1111, y_1211) = Cov(u_1, u_1) + Cov(v_11, v_11)\n= σ²_u + σ²_v"),
    Case("incomplete", "V^-1", "V⁻¹ = (I_3 ⊗ (σ² I_2 + σ²_u J_2))⁻¹\n= I_3 ⊗ (σ² I_2 + σ²_u J_2)⁻¹\n= I_3 ⊗ (1/σ²)(I_2 - σ²_u/(σ² + 2σ²_u) J_2)"),
    Case("incomplete", "Var(y)", "Var(y) = Var(Zu + ε) = Z Var(u) Z' + Var(ε) = ZGZ' + R"),
]
"""Derivations in which each line follows."""

BROKEN = [
    Case("generalized", "Var(y_111)", "Var(y_111) = Var(u_1) + Var(v_11) + Var(ε_111)\n= σ_u + σ_v + σ", 2, "sd-for-variance"),
    Case("generalized", "Var(y_111)", "Var(y_111) = Var(μ + τ_1 + u_1 + v_11 + ε_111)\n= μ + τ_1 + Var(u_1) + Var(v_11) + Var(ε_111)\n= μ + τ_1 + σ²_u + σ²_v + σ²", 2, "mean-in-variance"),
    Case("generalized", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(u_1 + v_11 + ε_111, u_1 + v_11 + ε_112)\n= Var(u_1) + Var(v_11) + Var(ε_111)\n= σ²_u + σ²_v + σ²", 2, None),
    Case("generalized", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + ε_111, u_1 + v_11 + ε_211)\n= σ²_u + σ²_v", 1, None),
    Case("generalized", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu) + Var(ε)\n= ZG + R", 3, None),
    Case("generalized", "Var(y)", "Var(y) = Var(Xβ) + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", 2, None),
    Case("strips", "Var(y_111)", "Var(y_111) = Var(u_1 + v_11 + w_11 + ε_111)\n= σ²_u + σ²_v + σ²", 2, None),
    Case("strips", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + w_11 + ε_111, u_1 + v_11 + w_21 + ε_121)\n= σ²_u + σ²_v + σ²_w", 2, None),
    Case("strips", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(y_111) - Var(y_211)\n= 0", 1, None),
    Case("strips", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(y_111) + Var(y_211)\n= 2(σ²_u + σ²_v + σ²_w + σ²)", 1, "variance-of-sum"),
    Case("strips", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= Xβ + Zu + E(ε)\n= Xβ + Zu", 2, "random-in-mean"),
    Case("places", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(y_111) + Var(y_211) - 2Cov(y_111, y_211)\n= 2(σ²_v + σ²_w + σ²_u + σ²) - 2σ²_v\n= 2σ²_w + 2σ²_u + 2σ²", 2, None),
    Case("places", "Var(y_111 - y_211)", "Var(y_111 - y_211) = Var(y_111) + Var(y_211) + 2Cov(y_111, y_211)\n= 4σ²_v + 2σ²_w + 4σ²_u + 2σ²", 1, "sign"),
    Case("places", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Var(v_1) + Var(u_11)\n= σ_v + σ_u", 2, "sd-for-variance"),
    Case("periods", "Var(y_1111 - y_1212)", "Var(y_1111 - y_1212) = Var(ε_1111 - ε_1212)\n= Var(ε_1111) - Var(ε_1212)\n= 0", 2, None),
    Case("periods", "Var(y)", "Var(y) = ZGZ' + R\n= Z σ²_u I_4 Z' + σ² I_8\n= σ²_u Z'Z + σ² I_8", 3, "shapes-do-not-meet"),
    Case("squares", "Cov(y_1111, y_1222)", "Cov(y_1111, y_1222) = Cov(r_1 + c_1 + ε_1111, r_1 + c_2 + ε_1222)\n= Var(r_1) + Var(c_1)", 2, None),
    Case("squares", "Var(y_1111)", "Var(y_1111) = Var(r_1) + Var(c_1) + Var(ε_1111)\n= σ²_r + σ²_c", 2, "missing-residual"),
    Case("plots", "Cov(y_1111, y_1211)", "Cov(y_1111, y_1211) = Cov(u_1, u_1) + Cov(v_11, v_11)\n= σ²_u + σ²_v + σ²_w", 2, None),
    Case("plots", "Cov(y_1111, y_1211)", "Cov(y_1111, y_1211) = 0", 1, None),
    Case("incomplete", "V^-1", "V⁻¹ = (I_3 ⊗ (σ² I_2 + σ²_u J_2))⁻¹\n= I_3 ⊗ ((1/σ²) I_2 + (1/σ²_u) J_2)", 2, "inverse-of-sum"),
    Case("incomplete", "V^-1", "V⁻¹ = (I_3 ⊗ (σ² I_2 + σ²_u J_2))⁻¹\n= I_3 ⊗ (σ² I_2 + σ²_u J_2)⁻¹\n= I_3 ⊗ (1/σ²)(I_2 + σ²_u/(σ² + 2σ²_u) J_2)", 3, "sign"),
    Case("incomplete", "Var(y)", "Var(y) = Var(Zu + ε) = Z Var(u) Z + Var(ε)", 2, "transpose-lost"),
]
"""Derivations with their first wrong line and the key of its slip, None for any."""
# fmt: on
