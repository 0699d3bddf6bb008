# ruff: noqa: E501  (an answer stands on one line)
"""Wrong answers of written examinations of a graduate course, sixty of them, as an examiner finds them: strata of a
split plot and of strip plots, subsamples, mean squares, estimates and predictions by matrices, a line, slopes, times,
counts and proportions, restricted likelihood, distributions, dimensions, whole models.

What each deserves was written down before any of them was judged. In the first run none of the 60 was accepted; 59 had a
name that was written down, and an error in a mean was taken for a random effect. Of three derivations the wrong line was
found in each, and the slip of two was named as it was written down. Only the letter for the number of wards was changed.

Indices: wheat y_ijk whole plot factor, subplot factor, block; canes y_ijk row factor, column factor, block; sheep y_ijk
sire, dam, lamb; labs y_ijk laboratory, batch, repetition; pots y_ijk treatment, block, sample; wards y_ij ward, patient;
visits y_ij visit, subject; heights y_ij age, child; weeds, cured y_ij field, plot.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    crossed,
    glmm,
    nested,
    one_way,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_plot,
    strip_plot,
)

BUILT: dict[str, Any] = {
    "wheat": lambda: split_plot("a", "s", "r"),
    "barley": lambda: split_plot(4, 3, 5),
    "canes": lambda: strip_plot(3, 4, 3),
    "sheep": lambda: nested("s", "d", "n"),
    "labs": lambda: crossed(4, 3, 2),
    "pots": lambda: rcbd(3, 5, samples=4),
    "wards": lambda: one_way(6, 4),
    "many wards": lambda: one_way("h", "m"),
    "visits": lambda: repeated_measures(4, 5),
    "heights": lambda: random_slopes(4, [0, 1, 3]),
    "dose": lambda: regression([0, 2, 4, 10]),
    "weeds": lambda: glmm(one_way(5, 3), "Poisson"),
    "cured": lambda: glmm(one_way(5, 3), "Bernoulli"),
}

_MARKING = Marking(BUILT, linked=("weeds", "cured"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
BLUE, BLUP = r"(X'V^{-1}X)^{-1}X'V^{-1}y", r"GZ'V^{-1}(y - X\beta)"
WHOLE, SUB = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot1\cdot} - \bar{y}_{\cdot2\cdot})"
CELLS, ONE = r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", r"Var(\bar{y}_{1\cdot\cdot})"
ERROR = "G - GZ'V^{-1}ZG"
PROJECTION = "V^{-1} - V^{-1}X(X'V^{-1}X)^{-1}X'V^{-1}"

REFUSED = [
    # Strata of a split plot.
    ("wheat", WHOLE, "2σ²/(rs)", "missing-random"),
    ("wheat", WHOLE, "2(σ² + σ_v²)/(rs)", "missing-replication|variance-of-sum"),
    ("wheat", SUB, "2(σ² + s σ_v²)/(ar)", "blocks-in-difference"),
    ("wheat", CELLS, "2σ²/r", "missing-random|wrong-comparison"),
    ("wheat", CELLS, "2(σ² + σ_v² + σ_u²)/r", "blocks-in-difference"),
    ("barley", WHOLE, "2σ_v²/5 + 2σ²/5", "missing-replication|wrong-comparison"),
    ("barley", r"\sqrt{Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})}", "(2σ² + 6σ_v²)/15", "variance-for-sd"),
    ("barley", "V", "I_5 ⊗ (σ² I_12 + σ_v² (J_4 ⊗ I_3) + σ_u² J_12)", "wrong-grouping|ones-for-identity|identity-for-ones|kronecker-swapped"),
    ("wheat", "Cov(y_111, y_121)", "σ_v²", "missing-random"),
    ("wheat", "Corr(y_111, y_211)", "(σ_u² + σ_v²)/(σ² + σ_u² + σ_v²)", "covariance-everywhere|wrong-index"),
    # Strip plots.
    ("canes", WHOLE, "2σ_v²/3 + 2σ_w²/3 + σ²/6", "blocks-in-difference|variance-of-sum"),
    ("canes", "V", "I_3 ⊗ (σ² I_12 + σ_w² (I_3 ⊗ J_4) + σ_v² (J_3 ⊗ I_4) + σ_u² J_12)", "components-swapped"),
    ("canes", "Cov(y_111, y_121)", "σ_u² + σ_w²", "components-swapped|wrong-index"),
    # Nested and crossed.
    ("sheep", ONE, "σ_u² + σ_v² + σ²/(dn)", "missing-replication"),
    ("sheep", ONE, "σ_u² + σ_v²/d + σ²/d", "missing-replication|parentheses-lost"),
    ("sheep", "E(MS_outer)", "σ² + nσ_v² + dσ_u²", "missing-factor|wrong-count|missing-replication"),
    ("sheep", "Corr(y_111, y_112)", "σ_u²/(σ² + σ_u² + σ_v²)", "missing-random|wrong-index"),
    ("sheep", "V", "I_s ⊗ (σ² I_{dn} + σ_v² (J_d ⊗ I_n) + σ_u² J_{dn})", "wrong-grouping|ones-for-identity|identity-for-ones|kronecker-swapped"),
    ("labs", "Var(y_111 - y_121)", "2σ² + 2σ_v² + 2σ_w² + 2σ_u²", "blocks-in-difference|variance-of-sum"),
    ("labs", r"Var(\bar{y}_{\cdot1\cdot})", "σ_v² + σ_u²/4 + σ_w²/4 + σ²/4", "missing-replication"),
    ("labs", "Cov(y_111, y_112)", "σ_w²", "missing-random|wrong-index"),
    # Samples within plots.
    ("pots", WHOLE, "2σ_v²/5 + 2σ²/5", "missing-replication"),
    ("pots", WHOLE, "2(σ_u² + σ_v²)/5 + σ²/10", "blocks-in-difference"),
    ("pots", "V", "I_5 ⊗ (σ² I_12 + σ_v² (J_3 ⊗ I_4) + σ_u² J_12)", "wrong-grouping|ones-for-identity|identity-for-ones|kronecker-swapped"),
    # One classification.
    ("many wards", "Var(ȳ_1.)", "(σ_u² + σ²)/m", "missing-replication|variance-of-sum|parentheses-lost"),
    ("many wards", "Corr(y_11, y_12)", "σ_u²/σ²", "missing-random|missing-term"),
    ("many wards", r"Var(\bar{y}_{\cdot\cdot})", "σ_u²/h + σ²/m", "missing-replication"),
    ("many wards", "V^{-1}", "I_h ⊗ (1/σ²)(I_m − σ_u²/(σ² + hσ_u²) J_m)", "wrong-count"),
    ("many wards", "det(V)", "(σ²)^{h(m-1)} (σ² + hσ_u²)^h", "wrong-count"),
    ("wards", "V", "σ² I_24 + σ_u² (J_6 ⊗ I_4)", "kronecker-swapped|wrong-grouping"),
    ("wards", "Var(y_11 + y_12)", "2σ² + 2σ_u²", "variance-of-sum"),
    # Over time.
    ("visits", "Cov(y_11, y_41)", "3ρσ²", "dropped-rho-power|factor-2|incorrect"),
    ("visits", "Var(y_21 - y_31)", "2σ² − 2ρ", "correlation-for-covariance|missing-factor"),
    ("visits", "Var(y_21 - y_31)", "2σ²(1 − ρ²)", "off-by-one|wrong-index|wrong-comparison"),
    ("visits", "V", "I_4 ⊗ (σ²((1 − ρ) I_5 + ρ J_5))", "wrong-structure"),
    # Slopes.
    ("heights", "Var(y_31)", "σ_u0² + 3σ_u1² + 6σ_u01 + σ²", "scalar-rule|forgot-square"),
    ("heights", "Cov(y_21, y_31)", "σ_u0² + 4σ_u01 + 3σ_u1² + σ²", "variance-for-covariance"),
    ("heights", "Var(y_31 - y_21)", "2σ² + 2σ_u1²", "scalar-rule|forgot-square|factor-2"),
    # A line.
    ("dose", "X'X", "[[4, 16], [16, 256]]", "one-entry|forgot-square|scalar-rule"),
    ("dose", "Var((X'X)^{-1}X'y)", "σ²(X'X)^{-1}X'X(X'X)^{-1}X'", "shapes-do-not-meet|wrong-size"),
    ("dose", "E(y_4)", "β_0 + 10β_1 + ε_4", "error-in-mean"),
    # Matrices.
    ("lecture", BLUE, "(X'V^{-1}X)^{-1}X'y", "missing-factor"),
    ("lecture", BLUE, "(X'VX)^{-1}X'Vy", "inverse-lost"),
    ("lecture", BLUP, "Z'V^{-1}(y − Xβ)", "missing-factor"),
    ("lecture", BLUP, "GZ'R^{-1}(y − Xβ)", "R-for-V"),
    ("lecture", ERROR, "(Z'R^{-1}Z + G)^{-1}", "G-for-inverse|inverse-lost"),
    ("lecture", ERROR, "G + GZ'V^{-1}ZG", "sign"),
    ("lecture", PROJECTION, "V^{-1} − X(X'V^{-1}X)^{-1}X'", "missing-factor"),
    ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-2}X)^{-1}", "squared-twice"),
    ("lecture", r"y'V^{-1}y - y'V^{-1}X(X'V^{-1}X)^{-1}X'V^{-1}y", "y'V^{-1}y", "missing-term|mean-not-subtracted"),
    # Distributions, dimensions.
    ("lecture", r"y \sim N(X\beta, ZGZ' + R)", r"y \sim N(X\beta + Zu, ZGZ' + R)", "random-in-mean"),
    ("lecture", r"y \mid u \sim N(X\beta + Zu, R)", r"y \mid u \sim N(X\beta + Zu, ZGZ' + R)", "conditional-for-marginal|extra-term"),
    ("barley", "dim:Z", "60 × 5", "wrong-dimension"),
    ("pots", "dim:G", "5 × 5", "wrong-dimension"),
    # Models behind a link.
    ("weeds", "E(y_11)", "exp(μ)", "jensen|missing-random|conditional-for-marginal"),
    ("weeds", "Var(y_11 | u)", "exp(2(μ + u_1))", "squared-twice|factor-2"),
    ("weeds", "Cov(y_11, y_12)", "σ_u²", "link-forgotten"),
    ("cured", "E(y_11 | u)", "μ + u_1", "link-forgotten"),
    # Whole models.
    ("barley", "model", "y_ijk = μ + τ_i + α_j + u_k + v_ik + ε_ijk, u_k ~ N(0, σ_u²), v_ik ~ N(0, σ_v²), ε_ijk ~ N(0, σ²)", "missing-term"),
    ("pots", "model", "y_ijk = μ + τ_i + u_j + ε_ijk, u_j ~ N(0, σ_u²), ε_ijk ~ N(0, σ²)", "missing-random"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("wheat", SUB, "Var(ȳ_.1. − ȳ_.2.) = Var(ε̄_.1. − ε̄_.2.)\n= Var(ε̄_.1.) + Var(ε̄_.2.)\n= σ²/(ar)", 3, "factor-2|missing-term|scalar-rule|missing-factor"),
    Case("many wards", "Var(ȳ_1.)", "Var(ȳ_1.) = Var(u_1 + ε̄_1.)\n= Var(u_1) + Var(ε̄_1.)\n= σ_u² + σ²", 3, "missing-replication"),
    Case("visits", "Var(y_11 - y_31)", "Var(y_11 − y_31) = Var(y_11) + Var(y_31) − Cov(y_11, y_31)\n= 2σ² − ρ²σ²", 1, "factor-2|variance-of-sum"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
