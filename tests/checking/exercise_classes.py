# ruff: noqa: E501  (an answer stands on one line)
"""Answers from exercise classes: sums and contrasts of observations, cells of a split plot, groups within groups, raters
in letters, a square, pairs in blocks, slopes, serial correlation beside an effect of the subject, germinated seeds and
counted insects, unequal groups, likelihoods, models by elements, distributions given random effects.

What each deserves was written down before any of them was judged. In the first run of 102 none that is wrong was
accepted; of 47 that are right none was refused, one was not read (i.e.) and one derivation taken as unfinished (two
letters that it explains); 46 of 55 slips had a name that was written down.

Indices: field y_ij treatment, block; split y_ijk whole, sub, block; barns y_ijk outer, inner, observation; tests y_ijk
row, column, repetition; square_3 y_ijk row, column, treatment; kids y_ij occasion, group; weekly y_ij time, subject;
seeds, herd, sizes y_ij group, observation; bugs y_ij treatment, block.
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
    repeated_measures,
    split_plot,
)

BUILT: dict[str, Any] = {
    "field": lambda: rcbd(3, 5),
    "split": lambda: split_plot(3, 2, 2),
    "barns": lambda: nested(2, 3, 4),
    "tests": lambda: crossed("r", "c", "n"),
    "square_3": lambda: latin_square(3),
    "pairs": lambda: bibd(4, 6, 2),
    "kids": lambda: random_slopes(5, [1, 2, 3]),
    "weekly": lambda: repeated_measures(3, 4, random_intercept=True),
    "seeds": lambda: glmm(one_way(4, 5), "binomial", trials=12),
    "bugs": lambda: glmm(rcbd(3, 4), "Poisson"),
    "herd": lambda: one_way("a", "n"),
    "sizes": lambda: one_way(3, [1, 3, 2]),
}

_MARKING = Marking(BUILT, linked=("seeds", "bugs"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
MEAN, GRAND, ALL = r"Var(\bar{y}_{1\cdot\cdot})", r"Var(\bar{y}_{\cdot\cdot\cdot})", r"Var(\bar{y}_{\cdot\cdot})"
MEANS = r"Cov(\bar{y}_{1\cdot}, \bar{y}_{2\cdot})"
WITHIN, ACROSS = r"Var(\bar{y}_{11\cdot} - \bar{y}_{12\cdot})", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})"
PROBABILITY = "exp(mu+u_1)/(1+exp(mu+u_1))"
SERIAL = "[1,ρ,ρ²,ρ³;ρ,1,ρ,ρ²;ρ²,ρ,1,ρ;ρ³,ρ²,ρ,1]"
REML = r"\log|V| + \log|X'V^{-1}X| + (y - X\beta)'V^{-1}(y - X\beta)"
GIVEN = "y|u ~ N(Xβ + Zu, R)"

ACCEPTED = [
    ("field", "V", "sigma_u^2*kron(eye(5), ones(3)) + sigma^2*eye(15)"),
    ("field", "V^{-1}", "(1/sigma^2)*(eye(15) - sigma_u^2/(sigma^2+3*sigma_u^2)*Z*Z')"),
    ("field", "Var(y_11 + y_21 + y_31)", "9σ_u² + 3σ²"),
    ("field", "Cov(y_11 - y_21, y_11 - y_31)", "σ²"),
    ("field", "Var(y_11 - (y_21 + y_31)/2)", "3σ²/2"),
    ("field", MEANS, "σ_u²/5"),
    ("field", "E(MS_block)", "3σ_u² + σ²"),
    ("field", "model", "Y_ij = mu + T_i + B_j + E_ij; B_j ~ iid N(0, sigma_B^2); E_ij ~ iid N(0, sigma^2)"),
    ("field", GIVEN, r"\mathbf{y}|\mathbf{u} \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Zu}, \sigma^2\mathbf{I}_{15})"),
    ("split", MEAN, "σ_u²/2 + σ_v²/2 + σ²/4"),
    ("split", WITHIN, "2σ²/2, i.e. σ²"),
    ("split", ACROSS, "σ_v² + σ²"),
    ("split", "Corr(y_111, y_211)", "σ_u²/(σ_u²+σ_v²+σ²)"),
    ("split", "dim:Z", "12 × 8"),
    ("barns", "Cov(y_111, y_112)", "same inner group, hence σ_u² + σ_v²"),
    ("barns", GRAND, "σ_u²/2 + σ_v²/6 + σ²/24"),
    ("tests", MEAN, r"\sigma_u^2 + \frac{1}{c}\left(\sigma_v^2+\sigma_w^2+\frac{\sigma^2}{n}\right)"),
    ("square_3", "Var(y_111 - y_122)", "2(σ_c² + σ²)"),
    ("pairs", "V", "I_6 ⊗ (σ² I_2 + σ_u² J_2)"),
    ("pairs", "Z'Z", "2 I_6"),
    ("kids", "Z", "I_5 ⊗ [1 1; 1 2; 1 3]"),
    ("kids", "Cov(y_11, y_21)", "σ_u0² + 3σ_u01 + 2σ_u1²"),
    ("kids", "Var(y_31 - y_11)", "4σ_u1² + 2σ²"),
    ("kids", "model", r"y_{ij} = \beta_0 + \beta_1 x_i + b_{0j} + b_{1j}x_i + \varepsilon_{ij},\quad (b_{0j}, b_{1j})^T \sim N(0, G),\ \varepsilon_{ij}\sim N(0,\sigma^2)"),
    ("weekly", "V", f"I_3 ⊗ (σ_u² J_4 + σ² T), T = {SERIAL}"),
    ("weekly", "Cov(y_11, y_41)", "σ_u² + σ²ρ³"),
    ("weekly", "Var(y_11 - y_21)", "2σ²(1−ρ)"),
    ("seeds", "Var(y_11 | u)", f"12*p*(1-p) with p = {PROBABILITY}"),
    ("seeds", "E(y_11 | u)", "12/(1+exp(-mu-u_1))"),
    ("bugs", "Cov(y_11, y_21)", r"e^{2\mu+\tau_1+\tau_2+\sigma_u^2}(e^{\sigma_u^2}-1)"),
    ("bugs", "Cov(y_11, y_12)", "0"),
    ("bugs", "Var(y_11 | u)", "λ where λ = exp(μ + τ_1 + u_1)"),
    ("herd", "Corr(y_11, y_12)", "1/(1+σ²/σ_u²)"),
    ("herd", "det(V)", "σ^(2a(n-1)) (σ² + nσ_u²)^a"),
    ("sizes", "V", "blockdiag(σ² + σ_u², σ²I_3 + σ_u²J_3, σ²I_2 + σ_u²J_2)"),
    ("sizes", r"Var(\bar{y}_{2\cdot})", "σ_u² + σ²/3"),
    ("sizes", ALL, r"\frac{14\sigma_u^2 + 6\sigma^2}{36}"),
    ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-1}X)^{-1}X'V^{-1} V V^{-1}X(X'V^{-1}X)^{-1}"),
    ("lecture", REML, "ln det(V) + ln det(X' V^-1 X) + (y-Xβ)'V^-1(y-Xβ)"),
    ("lecture", "V", "Z*G*Z.T + R"),
]
"""What is right."""

REFUSED = [
    ("field", "V", "σ_u² I_15 + σ² (I_5 ⊗ J_3)", "components-swapped"),
    ("field", "V", "kron(ones(5,5), sigma^2*eye(3) + sigma_u^2*ones(3,3))", "ones-for-identity|covariance-everywhere"),
    ("field", "V^{-1}", "(1/sigma^2)*(eye(15) - sigma_u^2/(sigma^2+5*sigma_u^2)*Z*Z')", "wrong-count|wrong-size|missing-replication"),
    ("field", "Var(y_11 + y_21 + y_31)", "3σ_u² + 3σ²", "variance-of-sum"),
    ("field", "Var(y_11 + y_21 + y_31)", "3σ_u² + 9σ²", "components-swapped"),
    ("field", "Cov(y_11 - y_21, y_11 - y_31)", "0", "covariance-missing"),
    ("field", "Cov(y_11 - y_21, y_11 - y_31)", "2σ²", "factor-2|variance-for-covariance"),
    ("field", "Var(y_11 - (y_21 + y_31)/2)", "2σ²", "scalar-rule|forgot-square|missing-replication"),
    ("field", MEANS, "σ_u²", "missing-replication"),
    ("field", "E(MS_block)", "σ² + 5σ_u²", "wrong-count"),
    ("field", "model", "Y_ij = mu + T_i + B_j + E_ij; E_ij ~ iid N(0, sigma^2)", "fixed-random-confused|missing-distribution"),
    ("field", GIVEN, "y|u ~ N(Xβ, R)", "missing-random"),
    ("field", GIVEN, "y|u ~ N(Xβ + Zu, V)", "extra-term|conditional-for-marginal|R-for-V"),
    ("split", MEAN, "σ_u²/2 + σ_v²/4 + σ²/4", "missing-factor|factor-2|missing-replication"),
    ("split", WITHIN, "σ_v² + σ²", "blocks-in-difference|wrong-comparison|extra-term"),
    ("split", ACROSS, "σ²", "missing-random|wrong-comparison"),
    ("split", "Corr(y_111, y_211)", "(σ_u²+σ_v²)/(σ_u²+σ_v²+σ²)", "wrong-index|covariance-everywhere|extra-term"),
    ("split", "dim:Z", "8 × 12", "transposed-dimensions"),
    ("barns", "Cov(y_111, y_112)", "σ_u² + σ_v² + σ²/4", "variance-for-covariance|extra-term"),
    ("barns", GRAND, "σ_u²/2 + σ_v²/3 + σ²/24", "missing-replication|factor-2|missing-factor"),
    ("barns", GRAND, "σ_u²/2 + σ_v²/6 + σ²/4", "missing-replication"),
    ("tests", MEAN, r"\sigma_u^2 + \frac{\sigma_v^2+\sigma_w^2+\sigma^2}{cn}", "missing-factor|missing-replication"),
    ("tests", MEAN, "σ_u² + (σ_v²+σ_w²)/r + σ²/(rn)", "wrong-count|missing-replication"),
    ("square_3", "Var(y_111 - y_122)", "2σ²", "missing-random"),
    ("square_3", "Var(y_111 - y_122)", "2σ_r² + 2σ²", "components-swapped|wrong-index"),
    ("pairs", "V", "I_6 ⊗ (σ² I_2 + σ_u J_2)", "sd-for-variance"),
    ("pairs", "Z'Z", "3 I_4", "wrong-size|wrong-dimension"),
    ("kids", "Z", "I_5 ⊗ [1; 2; 3]", "missing-intercept|wrong-size|missing-random"),
    ("kids", "Z", "[1 1; 1 2; 1 3] ⊗ I_5", "kronecker-swapped"),
    ("kids", "Cov(y_11, y_21)", "σ_u0² + 2σ_u1²", "variance-of-sum|covariance-missing"),
    ("kids", "Var(y_31 - y_11)", "2σ_u1² + 2σ²", "scalar-rule|forgot-square|factor-2"),
    ("kids", "Var(y_31 - y_11)", "2σ²", "missing-random"),
    ("kids", "model", "y_ij = β_0 + β_1 x_i + b_0j + b_1j x_i + ε_ij, b_0j ~ N(0, σ_0²), b_1j ~ N(0, σ_1²), ε_ij ~ N(0, σ²)", "covariance-missing"),
    ("weekly", "V", "I_3 ⊗ (σ_u² J_4 + σ² I_4)", "wrong-structure|diagonal-only|covariance-missing"),
    ("weekly", "V", f"I_3 ⊗ σ² T with T = {SERIAL}", "missing-random"),
    ("weekly", "Cov(y_11, y_41)", "σ_u² + σ²ρ⁴", "off-by-one"),
    ("weekly", "Var(y_11 - y_21)", "2(σ_u²+σ²)(1−ρ)", "blocks-in-difference|extra-term"),
    ("weekly", "Var(y_11 - y_21)", "2σ² + 2ρσ²", "sign"),
    ("seeds", "Var(y_11 | u)", f"12p with p = {PROBABILITY}", "missing-factor"),
    ("bugs", "Cov(y_11, y_21)", r"e^{2\mu+\tau_1+\tau_2}(e^{\sigma_u^2}-1)", "missing-factor|jensen|missing-random"),
    ("bugs", "Cov(y_11, y_21)", "σ_u²", "link-forgotten"),
    ("bugs", "Var(y_11 | u)", "λ² where λ = exp(μ + τ_1 + u_1)", "squared-twice"),
    ("bugs", "E(y_11)", "exp(mu+tau_1)*exp(sigma_u^2)", "factor-2|missing-factor"),
    ("herd", "Corr(y_11, y_12)", "σ²/(σ²+σ_u²)", "components-swapped"),
    ("herd", "det(V)", "σ^(2a(n-1)) (σ² + nσ_u²)", "wrong-count"),
    ("sizes", "V", "σ²I_6 + σ_u²J_6", "covariance-everywhere|ones-for-identity"),
    ("sizes", ALL, "σ_u²/3 + σ²/6", "missing-replication|wrong-count|wrong-grouping|wrong-size"),
    ("lecture", REML, "ln det(V) + (y-Xβ)'V^-1(y-Xβ)", "ml-for-reml"),
    ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-1}X)^{-1}X'V^{-2}X(X'V^{-1}X)^{-1}", "missing-factor"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("field", "Var(y_11 + y_21 + y_31)", "Var(y_11+y_21+y_31) = Var(3u_1 + ε_11 + ε_21 + ε_31)\n= 9Var(u_1) + 3σ²\n= 9σ_u² + 3σ²"),
    Case("kids", "Var(y_31 - y_11)", "Var(y_31 − y_11) = Var(2u_11 + ε_31 − ε_11)\n= 4Var(u_11) + Var(ε_31) + Var(ε_11)\n= 4σ²_u1 + 2σ²"),
    Case("bugs", "Var(y_11)", "Var(y_11) = E(Var(y_11|u_1)) + Var(E(y_11|u_1))\n= E(λ) + Var(λ), where λ = e^(μ+τ_1+u_1)\n= m + m²(e^(σ_u²) − 1), where m = e^(μ+τ_1+σ_u²/2)"),
    Case("weekly", "Cov(y_11, y_41)", "Cov(y_11, y_41) = Cov(u_1 + ε_11, u_1 + ε_41)\n= Var(u_1) + Cov(ε_11, ε_41)\n= σ_u² + ρ³σ²"),
    Case("barns", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_12 + ε_121) = Var(u_1) = σ_u²"),
    Case("herd", "E(MS_e)", "E(MS_e) = E(SS_e)/(a(n−1))\n= a(n−1)σ²/(a(n−1))\n= σ²"),
    Case("split", "Var(ybar_11. - ybar_12.)", r"\begin{align} Var(\bar y_{11\cdot} - \bar y_{12\cdot}) &= Var(\bar\varepsilon_{11\cdot} - \bar\varepsilon_{12\cdot}) \\ &= \sigma^2/2 + \sigma^2/2 \\ &= \sigma^2 \end{align}"),
    Case("field", "Var(y_11 + y_21 + y_31)", "Var(y_11+y_21+y_31) = Var(3u_1 + ε_11 + ε_21 + ε_31)\n= 3Var(u_1) + 3σ²\n= 3σ_u² + 3σ²", 2, "scalar-rule"),
    Case("kids", "Var(y_31 - y_11)", "Var(y_31 - y_11) = Var(y_31) + Var(y_11)\n= 2σ²_u0 + 8σ_u01 + 10σ²_u1 + 2σ²", 1, "variance-of-sum|covariance-missing"),
    Case("weekly", "Cov(y_11, y_41)", "Cov(y_11, y_41) = Var(u_1) + Cov(ε_11, ε_41)\n= σ_u² + ρσ²", 2, "dropped-rho-power"),
    Case("bugs", "Var(y_11)", "Var(y_11) = E(Var(y_11|u_1)) + Var(E(y_11|u_1))\n= E(e^(μ+τ_1+u_1)) + Var(e^(μ+τ_1+u_1))\n= e^(μ+τ_1) + e^(2μ+2τ_1+σ_u²)(e^(σ_u²) − 1)", 3, "jensen"),
    Case("herd", "E(MS_group)", "E(MS_group) = E(SS_group)/(a−1)\n= (σ² + nσ_u²)/(a−1)", 2, "missing-factor|missing-replication"),
    Case("split", "Var(ybar_11. - ybar_12.)", "Var(ȳ_11. − ȳ_12.) = Var(ε̄_11. − ε̄_12.)\n= 2σ²", 2, "missing-replication"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
