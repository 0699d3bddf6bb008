# ruff: noqa: E501  (an answer stands on one line)
"""Answers to quick questions in class: split plots with samples of letters, fixed blocks, a line through groups, crossed
raters in letters, equal correlations with numbers, Henderson's equations, counts and probabilities.

What each deserves was written down before any of them was judged. In the first run of 55 none that is wrong was
accepted; of 23 that are right one was refused (a letter λ that the answer explains) and one not read; 25 of 30 slips had
a name that was written down. Two expectations are mended: 2(σ_v² + σ²)/2 belongs to another comparison too, and
36 Var(β_1) is 0.

Indices: halves y_ijk whole, sub, block; fixed y_ij treatment, block; raters y_ijk row, column, repetition; months y_ij
time, subject; lines y_ij occasion, group; pens y_ij group, observation; eggs, hits y_ij group, observation.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    crossed,
    glmm,
    one_way,
    random_intercepts,
    rcbd,
    repeated_measures,
    split_plot,
)

BUILT: dict[str, Any] = {
    "halves": lambda: split_plot(4, 3, 2),
    "fixed": lambda: rcbd("t", "b", blocks_are="fixed"),
    "raters": lambda: crossed("r", "c", "n"),
    "months": lambda: repeated_measures(5, 4, within="cs"),
    "lines": lambda: random_intercepts(3, [1, 2, 6]),
    "pens": lambda: one_way("a", "n"),
    "eggs": lambda: glmm(one_way(3, 4), "Poisson"),
    "hits": lambda: glmm(one_way(3, 4), "Bernoulli"),
}

_MARKING = Marking(BUILT, linked=("eggs", "hits"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST, SECOND = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"
ROW = r"Var(\bar{y}_{1\cdot\cdot})"
MEAN = r"Var(\bar{y}_{1\cdot})"

ACCEPTED = [
    ("halves", FIRST, "σ_v² + σ²/3"),
    ("halves", "V", r"I_2 \otimes (\sigma_u^2 J_{12} + I_4 \otimes (\sigma_v^2 J_3 + \sigma^2 I_3))"),
    ("fixed", MEAN, "sigma^2/b"),
    ("fixed", "V", r"\sigma^2 I_{tb}"),
    ("fixed", "dim:X", "bt × (1 + t + b)"),
    ("raters", ROW, r"\sigma_u^2 + \frac{n\sigma_v^2 + n\sigma_w^2 + \sigma^2}{cn}"),
    ("raters", "Cov(y_111, y_112)", "σ_u² + σ_v² + σ_w²"),
    ("raters", "Corr(y_111, y_121)", r"\sigma_u^2/(\sigma_u^2+\sigma_v^2+\sigma_w^2+\sigma^2)"),
    ("months", "Corr(y_11, y_31)", "rho"),
    ("months", "Var(y_11 - y_21)", "2σ² − 2ρσ²"),
    ("months", "|V|", r"\sigma^{40}(1-\rho)^{15}(1+3\rho)^5"),
    ("lines", "E(y_31)", "β_0 + 6β_1"),
    ("lines", "X'X", "[9, 27; 27, 123]"),
    ("pens", "E(MS_group)", "σ² + nσ_u²"),
    ("pens", "V", r"\operatorname{diag}(\sigma^2 I_n + \sigma_u^2 J_n, \ldots, \sigma^2 I_n + \sigma_u^2 J_n)"),
    ("pens", "Var(u_1 | y)", r"\frac{\sigma^2\sigma_u^2}{\sigma^2+n\sigma_u^2}"),
    ("eggs", "Var(y_11)", r"\lambda + \lambda^2(e^{\sigma_u^2}-1) \text{ with } \lambda = e^{\mu+\sigma_u^2/2}"),
    ("hits", "Var(y_11 | u)", r"\frac{e^{\mu+u_1}}{(1+e^{\mu+u_1})^2}"),
    ("lecture", "Var(Xb + Zu)", "ZGZ'"),
    ("halves", "Cov(y_111, y_211)", "the block is shared, the whole plot is not: σ_u²"),
]
"""What is right."""

REFUSED = [
    ("lines", "E(y_31)", "β_0 + 3β_1", "wrong-index"),
    ("halves", FIRST, "2(σ_v² + σ²)/2", "missing-replication|wrong-comparison"),
    ("halves", FIRST, "σ_v²/2 + σ²/6", "factor-2"),
    ("halves", SECOND, "σ²/8", "factor-2"),
    ("halves", "V", r"I_2 \otimes (\sigma_u^2 J_{12} + I_4 \otimes (\sigma_v^2 I_3 + \sigma^2 J_3))", "components-swapped|ones-for-identity"),
    ("halves", "Cov(y_111, y_211)", "σ_u² + σ_v²", "covariance-everywhere|wrong-index"),
    ("fixed", MEAN, "(σ² + σ_ρ²)/b", "unreadable|fixed-random-confused"),
    ("fixed", MEAN, "σ²/t", "missing-replication|wrong-count"),
    ("fixed", "E(y_12)", "μ + τ_1", "missing-term"),
    ("raters", ROW, r"\sigma_u^2 + \frac{\sigma_v^2 + \sigma_w^2 + \sigma^2}{c}", "missing-replication"),
    ("raters", ROW, r"\frac{\sigma_u^2 + \sigma_v^2 + \sigma_w^2}{c} + \frac{\sigma^2}{cn}", "missing-factor|missing-replication|variance-of-sum"),
    ("raters", "Cov(y_111, y_112)", "σ_u² + σ_v²", "missing-random"),
    ("raters", "Cov(y_111, y_121)", "σ_u² + σ_w²", "covariance-everywhere"),
    ("months", "Var(y_11 - y_21)", "2σ²", "variance-of-sum"),
    ("months", "|V|", r"\sigma^{20}(1-\rho)^{15}(1+3\rho)^5", "sd-for-variance|forgot-square|wrong-count"),
    ("months", "V^{-1}", r"I_5 \otimes \frac{1}{\sigma^2(1-\rho)}\left(I_4 - \frac{\rho}{1+4\rho}J_4\right)", "wrong-count|off-by-one|wrong-size"),
    ("months", r"Var(\bar{y}_{\cdot 1})", "σ²(1 + 4ρ)/4", "off-by-one|wrong-count|missing-term"),
    ("months", r"Var(\bar{y}_{\cdot 1})", "σ²/4 + ρσ²", "off-by-one|missing-factor|missing-replication|wrong-count|missing-term"),
    ("lines", "Var(y_31)", "σ² + 36σ_u²", "scalar-rule|extra-factor|missing-factor|squared-twice|incorrect"),
    ("lines", "X'X", "[3, 9; 9, 41]", "missing-replication|missing-factor|wrong-size|wrong-count"),
    ("pens", "E(MS_group)", "σ² + aσ_u²", "wrong-count|missing-replication"),
    ("pens", "E(MS_group)", "nσ² + σ_u²", "components-swapped"),
    ("pens", "V", r"I_n \otimes (\sigma^2 I_a + \sigma_u^2 J_a)", "wrong-size"),
    ("pens", "Var(u_1 | y)", r"\frac{\sigma^2\sigma_u^2}{\sigma^2+\sigma_u^2}", "missing-replication|missing-factor"),
    ("eggs", "Var(y_11)", r"e^{\mu+\sigma_u^2/2}", "missing-term|missing-random|conditional-for-marginal|variance-of-sum"),
    ("eggs", "E(y_11)", r"e^{\mu} + \sigma_u^2/2", "parentheses-lost|incorrect"),
    ("hits", "Var(y_11 | u)", r"\frac{e^{\mu+u_1}}{1+e^{\mu+u_1}}", "missing-factor|forgot-square|missing-term|mean-variance-swapped"),
    ("lecture", "Var(Xb + Zu)", "XX' + ZGZ'", "mean-in-variance|fixed-random-confused|extra-term"),
    ("lecture", "Z'R^{-1}Z + G^{-1}", "(Z'RZ + G)^{-1}", "inverse-of-sum|incorrect|parentheses-lost"),
]
"""What is wrong, with the slip that a teacher would see."""

DERIVED = [
    Case("halves", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + ε_111, u_1 + v_21 + ε_211)\n= Var(u_1) = σ_u²"),
    Case("raters", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Var(u_1)\n= σ_u²"),
    Case("pens", "E(MS_group)", "E(MS_group) = E(SS_group)/(a - 1)\n= (a - 1)(σ² + nσ_u²)/(a - 1)\n= σ² + nσ_u²"),
    Case("months", "Var(y_11 + y_21)", "Var(y_11 + y_21) = Var(y_11) + Var(y_21)\n= 2σ²", 1, "variance-of-sum"),
    Case("lines", "Var(y_31)", "Var(y_31) = Var(β_0 + 6β_1 + u_1 + ε_31)\n= 36 Var(β_1) + σ_u² + σ²\n= σ_u² + σ²"),  # Var(β_1) is 0
    Case("raters", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Var(u_1) + Var(w_11)\n= σ_u² + σ_w²", 1, None),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
