# ruff: noqa: E501  (an answer stands on one line)
"""Answers of short tests: means over plots and samples, interactions with letters, pairs of squares, a line, slopes, a
correlation that falls with the lag, counts and a logit, Woodbury and Henderson, each asked in the other direction than in
the sets before.

What each deserves was written down before any of them was judged. In the first run of 48 none that is wrong was
accepted; of 14 that are right none was refused and one not read (its reason has no verb); 29 of 34 slips had a name that
was written down. One expectation is mended: 2σ² + ρ²σ² is 2(σ² + ρ²σ²) without its bracket, too.

Indices: rows y_ijk treatment, block, sample; trials y_ijk row, column, repetition; herds y_ijk outer, inner, observation;
times y_ij time, subject; growth y_ij occasion, group; shoots, yes y_ij group, observation.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import crossed, glmm, nested, one_way, random_slopes, rcbd, regression, repeated_measures

BUILT: dict[str, Any] = {
    "rows": lambda: rcbd(4, 3, samples=2),
    "trials": lambda: crossed(3, 5, 2),
    "herds": lambda: nested("a", "b", "n"),
    "line": lambda: regression([1, 2, 3, 6]),
    "growth": lambda: random_slopes(3, [0, 2, 5]),
    "times": lambda: repeated_measures(5, 3),
    "shoots": lambda: glmm(one_way(4, 3), "Poisson"),
    "yes": lambda: glmm(one_way(4, 3), "Bernoulli"),
}

_MARKING = Marking(BUILT, linked=("shoots", "yes"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
MEAN, FIRST = r"Var(\bar{y}_{1\cdot\cdot})", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})"
CELL = r"Var(\bar{y}_{11\cdot})"
WOODBURY = "R^{-1} - R^{-1}Z(G^{-1} + Z'R^{-1}Z)^{-1}Z'R^{-1}"

ACCEPTED = [
    ("rows", FIRST, "(2σ_v² + σ²)/3"),
    ("trials", "Cov(y_111, y_121)", r"Var(u_1) = \sigma_u^2"),
    ("trials", CELL, "T − σ²/2 where T = σ_u² + σ_v² + σ_w² + σ²"),
    ("herds", CELL, r"\sigma_u^2+\sigma_v^2+\sigma^2/n"),
    ("line", "X'X", "np.array([[4, 12], [12, 50]])"),
    ("growth", "Cov(y_21, y_31)", "σ_u0² + (2+5)σ_u01 + 10σ_u1²"),
    ("times", "Var(y_11 + y_31)", "2σ²(1+ρ²)"),
    ("shoots", "Cov(y_11, y_12)", "m²(exp(σ_u²) − 1); m = exp(μ + σ_u²/2)"),
    ("yes", "E(y_11 | u)", "plogis(mu + u_1)"),
    ("lecture", WOODBURY, "inv(Z G Z' + R)"),
    ("rows", "Cov(y_111, y_112)", "one plot, two samples: σ_u² + σ_v²"),
]
"""What is right."""

REFUSED = [
    ("rows", FIRST, "(2σ_v² + 2σ²)/3", "missing-replication|factor-2|wrong-comparison"),
    ("rows", FIRST, "2(σ_u² + σ_v²)/3 + σ²/3", "blocks-in-difference|variance-of-sum"),
    ("rows", FIRST, "2σ_v²/3 + 2σ²/12", "missing-replication|factor-2|missing-factor"),
    ("rows", MEAN, "(σ_u² + σ_v² + σ²)/6", "missing-replication|missing-factor|variance-of-sum"),
    ("rows", "Cov(y_111, y_112)", "σ_u²", "missing-random"),
    ("rows", "Cov(y_111, y_211)", "σ_u² + σ_v²", "covariance-everywhere"),
    ("trials", "Cov(y_111, y_121)", "σ_v²", "components-swapped|wrong-index"),
    ("trials", "Cov(y_111, y_221)", "σ_w²", "covariance-everywhere"),
    ("trials", CELL, "(σ_u² + σ_v² + σ_w² + σ²)/2", "missing-replication|variance-of-sum|missing-factor"),
    ("trials", MEAN, "σ_u² + σ_v²/3 + σ_w²/3 + σ²/6", "missing-replication|wrong-count"),
    ("herds", CELL, "σ_u² + σ_v²/b + σ²/(bn)", "missing-replication|wrong-comparison|wrong-index"),
    ("herds", MEAN, "σ_u² + σ_v²/b + σ²/n", "missing-replication"),
    ("herds", MEAN, "σ_u²/a + σ_v²/(ab) + σ²/(abn)", "missing-replication|wrong-index"),
    ("herds", "E(MS_outer)", "σ² + nσ_v² + nσ_u²", "missing-factor|missing-replication|wrong-count"),
    ("line", "X'X", "[[4, 12], [12, 144]]", "one-entry|forgot-square"),
    ("line", "E(y_4)", "β_0 + 4β_1", "wrong-index"),
    ("line", "Var((X'X)^{-1}X'y)", "σ² (X'X)", "inverse-lost"),
    ("growth", "Cov(y_21, y_31)", "σ_u0² + 10σ_u1²", "variance-of-sum|covariance-missing"),
    ("growth", "Cov(y_21, y_31)", "σ_u0² + 7σ_u01 + 10σ_u1² + σ²", "variance-for-covariance|extra-term"),
    ("growth", "Var(y_31)", "σ_u0² + 4σ_u01 + 4σ_u1² + σ²", "wrong-index"),
    ("growth", "Var(y_31)", "σ_u0² + 10σ_u01 + 5σ_u1² + σ²", "scalar-rule|forgot-square"),
    ("times", "Var(y_11 + y_31)", "2σ²(1+ρ)", "dropped-rho-power|wrong-index"),
    ("times", "Var(y_11 + y_31)", "2σ² + ρ²σ²", "factor-2|parentheses-lost"),
    ("times", "Var(y_11 + y_31)", "2σ² − 2ρ²σ²", "sign"),
    ("times", "V", "σ²[1 ρ ρ²; ρ 1 ρ; ρ² ρ 1] ⊗ I_5", "kronecker-swapped|wrong-grouping"),
    ("shoots", "Cov(y_11, y_12)", "m²(exp(σ_u²) − 1); m = exp(μ)", "jensen|missing-factor|missing-random|link-forgotten"),
    ("shoots", "Var(y_11)", "m + m²(exp(σ_u) − 1); m = exp(μ + σ_u²/2)", "sd-for-variance"),
    ("shoots", "E(y_11)", "μ + σ_u²/2", "link-forgotten"),
    ("yes", "Var(y_11 | u)", "plogis(mu + u_1)^2", "missing-factor|squared-twice|incorrect|sign|forgot-square"),
    ("lecture", WOODBURY, "inv(Z G Z') + inv(R)", "inverse-of-sum"),
    ("lecture", WOODBURY, "Z G Z' + R", "inverse-lost"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("times", "Var(y_11 + y_31)", "Var(y_11 + y_31) = Var(y_11) + Var(y_31) + 2Cov(y_11, y_31)\n= σ² + σ² + 2ρ²σ²\n= 2σ²(1 + ρ²)"),
    Case("herds", "Var(ybar_11.)", "Var(ȳ_11.) = Var(u_1 + v_11 + ε̄_11.)\n= σ_u² + σ_v² + σ²/n"),
    Case("rows", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + ε_111, u_1 + v_21 + ε_211)\n= Var(u_1) + Cov(v_11, v_21)\n= σ_u² + σ_v²", 3, "covariance-everywhere|variance-for-covariance"),
    Case("growth", "Cov(y_21, y_31)", "Cov(y_21, y_31) = Cov(u_01 + 2u_11, u_01 + 5u_11)\n= Var(u_01) + 10Var(u_11)\n= σ_u0² + 10σ_u1²", 2, "variance-of-sum|covariance-missing|missing-term"),
    Case("shoots", "E(y_11)", "E(y_11) = E(e^(μ+u_1))\n= e^μ e^(σ_u²)", 2, "factor-2|missing-factor"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
