# ruff: noqa: E501  (an answer stands on one line)
"""Answers as they are spoken at an oral examination and noted there: other programs (Julia, MATLAB, Mathematica), words
for names, Henderson's equations block by block, expected mean squares, REML, shrinkage, moments of counts and of
proportions, and derivations with a reason on each line.

What each deserves was written down before any of them was judged. In the first run of 118 none that is wrong was accepted;
of 60 that are right five were refused (Julia's I(3), a 0 of any order in blockdiag( ), y − Xβ ~ N(0, V), μ_i ~ N(μ, σ²)
and 43 hundredths) and twelve not read; 34 of 49 slips had a name that was written down. Two expectations are mended:
the j of a one-way model may be its group, and ones(4) a column. A derivation by way of E(SS_e) was left undecided.

Indices: plots y_ij treatment, block; halves y_ijk whole, sub, block; herds y_ij group, observation; nest y_ijk outer,
inner, observation; weeks, cages y_ij time, subject; curves y_ij occasion, group; grid y_ijk row, column, repetition;
bench y_ijk row, column, treatment; line y_1 … y_4; pots, seeds, germs, times y_ij group, observation.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    Choice,
    Rounded,
    crd,
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
    "plots": lambda: rcbd(treatments=4, blocks=3),
    "letters": lambda: rcbd("t", "b"),
    "halves": lambda: split_plot(2, 3, 2),
    "herds": lambda: one_way(4, 3),
    "nest": lambda: nested(3, 2, 2),
    "weeks": lambda: repeated_measures(2, 4),
    "cages": lambda: repeated_measures(2, 3, within="cs"),
    "curves": lambda: random_slopes(2, [0, 1, 3]),
    "grid": lambda: crossed(2, 3, 2),
    "bench": lambda: latin_square(4),
    "line": lambda: regression([0, 1, 2, 5]),
    "pots": lambda: crd(3, 2),
    "seeds": lambda: glmm(one_way(3, 2), "Poisson"),
    "germs": lambda: glmm(one_way(3, 2), "Bernoulli", "probit"),
    "times": lambda: glmm(one_way(3, 2), "Gamma"),
}

_MARKING = Marking(BUILT, linked=("seeds", "germs", "times"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
MEAN, DIFFERENCE = r"Var(\bar{y}_{1\cdot})", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})"
BLUE, BLUP = "(X'V^{-1}X)^{-1}X'V^{-1}y", r"GZ'V^{-1}(y - X\beta)"
HENDERSON = "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z + G^{-1}]"
SIDE = "[X'R^{-1}y; Z'R^{-1}y]"
SHRUNK = r"\frac{3\sigma_u^2}{\sigma^2 + 3\sigma_u^2}(\bar{y}_{1\cdot} - \mu)"
RESTRICTED = r"-\frac12 \left(\log|V| + \log|X'V^{-1}X| + (y - X\beta)'V^{-1}(y - X\beta)\right)"
ERROR_SQUARE = r"\frac{y'(I - X(X'X)^{-1}X')y}{n - p}"

ACCEPTED = [
    # programs
    ("plots", "V", "kron(I(3), sigma_u^2 * ones(4,4) + sigma^2 * I(4))"),
    ("plots", "V", "kron(eye(3), sigma_u^2*ones(4) + sigma^2*eye(4))"),
    ("plots", "V", "sigma_u^2 * kron(eye(3), ones(4,4)) + sigma^2 * eye(12)"),
    ("lecture", BLUE, "inv(X' * inv(V) * X) * X' * inv(V) * y"),
    ("weeks", "Cov(y_11, y_41)", "sigma^2 * rho^abs(1-4)"),
    ("lecture", BLUE, r"(X' / V * X) \ (X' / V * y)"),
    ("lecture", BLUE, "Inverse[Transpose[X].Inverse[V].X].Transpose[X].Inverse[V].y"),
    ("plots", "V", "Z.G.Transpose[Z] + R"),
    ("line", "X'X", "{{4, 8}, {8, 30}}"),
    ("lecture", ERROR_SQUARE, r"\frac{1}{n-p}\, y'My \text{ with } M = I - X(X'X)^{-1}X'"),
    # words
    ("herds", "Corr(y_11, y_12)", "ICC = σ_u²/(σ_u²+σ²)"),
    ("herds", "Corr(y_11, y_12)", r"\rho_{IC} = \frac{1}{1 + \sigma^2/\sigma_u^2}"),
    # Henderson's equations
    ("lecture", HENDERSON, r"\begin{bmatrix} X'R^{-1}X & X'R^{-1}Z \\ Z'R^{-1}X & G^{-1} + Z'R^{-1}Z \end{bmatrix}"),
    ("lecture", HENDERSON, "[X, Z]' R^{-1} [X, Z] + blockdiag(0, G^{-1})"),
    ("lecture", SIDE, "[X Z]' R^{-1} y"),
    ("herds", "Z'R^{-1}Z + G^{-1}", r"\left(\frac{3}{\sigma^2} + \frac{1}{\sigma_u^2}\right) I_4"),
    ("herds", "(Z'R^{-1}Z + G^{-1})^{-1}", r"\frac{\sigma^2\sigma_u^2}{\sigma^2 + 3\sigma_u^2} I_4"),
    ("herds", "Var(u | y)", r"\frac{\sigma^2\sigma_u^2}{\sigma^2 + 3\sigma_u^2} I_4"),
    ("lecture", BLUP, r"(Z'R^{-1}Z + G^{-1})^{-1}Z'R^{-1}(y - X\beta)"),
    ("lecture", BLUP, r"Cov(u, y)\,[Var(y)]^{-1}\,(y - E(y))"),
    ("herds", SHRUNK, r"\frac{\sigma_u^2}{\sigma_u^2 + \sigma^2/3}(\bar{y}_{1\cdot} - \mu)"),
    ("herds", SHRUNK, r"\left(1 - \frac{\sigma^2}{\sigma^2 + 3\sigma_u^2}\right)(\bar{y}_{1\cdot} - \mu)"),
    ("herds", "Var(GZ'V^{-1}(y - Xβ))", r"\frac{3\sigma_u^4}{\sigma^2+3\sigma_u^2} I_4"),
    # mean squares, REML
    ("plots", "σ² + 4σ_u²", r"E(MS_{block}) = \sigma^2 + 4\sigma_u^2"),
    ("halves", "σ² + 3σ_v² + 6σ_u²", "6σ_u² + 3σ_v² + σ²"),
    ("nest", "σ² + 2σ_v² + 4σ_u²", "EMS = 4*sigma_u^2 + 2*sigma_v^2 + sigma^2"),
    ("lecture", RESTRICTED, r"-\tfrac12\ln|V| - \tfrac12\ln|X'V^{-1}X| - \tfrac12 (y - X\beta)'V^{-1}(y - X\beta)"),
    ("lecture", ERROR_SQUARE, r"(y'y - y'X(X'X)^{-1}X'y)/(n-p)"),
    # contrasts and estimates
    ("plots", "Var(y_11 + y_21 - y_31 - y_41)", "4σ²"),
    ("plots", "Var(y_11 - 2y_21 + y_31)", "6 σ^2"),
    ("plots", "Cov(y_11 - y_21, y_11 - y_31)", "σ²"),
    ("plots", r"Corr(\bar{y}_{1\cdot}, \bar{y}_{2\cdot})", "σ_u²/(σ²+σ_u²)"),
    ("halves", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", "σ_v² + σ²/3"),
    ("bench", r"Var(\bar{y}_{\cdot\cdot 1})", r"\frac{\sigma^2+\sigma_r^2+\sigma_c^2}{4}"),
    ("line", "(X'X)^{-1}", r"\frac{1}{56}\begin{bmatrix} 30 & -8 \\ -8 & 4 \end{bmatrix}"),
    ("pots", "Var((y_11 + y_12)/2 - (y_21 + y_22)/2)", "σ²"),
    # moments behind a link
    ("seeds", "E(y_11)", "exp(μ + 0.5σ_u²)"),
    ("seeds", "E(y_11 | u)", "exp(μ + u_1)"),
    ("seeds", "Var(y_11 | u)", "e^{μ+u_1}"),
    ("seeds", "Cov(y_11, y_21)", "0"),
    ("germs", "E(y_11)", r"\Phi\left(\frac{\mu}{\sqrt{1+\sigma_u^2}}\right)"),
    ("times", "Var(y_11)", r"e^{2\mu+\sigma_u^2}\left((1+\phi)e^{\sigma_u^2} - 1\right)"),
    # distributions, models, dimensions
    ("plots", "y ~ N(Xβ, V)", r"\mathbf{y} - \mathbf{X}\boldsymbol\beta \sim N(\mathbf 0, \mathbf{ZGZ'+R})"),
    ("plots", "y | u ~ N(Xβ + Zu, R)", "(y | u) ~ N(Xβ + Zu, σ²I_12)"),
    ("herds", "u ~ N(0, G)", r"u_i \overset{iid}{\sim} N(0, \sigma_u^2),\ i = 1, \ldots, 4"),
    ("herds", "model", "y_ij = μ_i + e_ij, μ_i ~ N(μ, σ_u²), e_ij ~ N(0, σ²)"),
    ("herds", "model", r"y_{ij} \mid u_i \sim N(\mu + u_i, \sigma^2),\ u_i \sim N(0, \sigma_u^2)"),
    ("herds", "model", "y_ij = μ + u_j + e_ij, u_j ~ N(0, σ_u²), e_ij ~ N(0, σ²)"),  # j may be the group
    ("grid", "model", "y_ijk = m + r_i + c_j + (rc)_ij + e_ijk, r_i ~ N(0, σ_r²), c_j ~ N(0, σ_c²), (rc)_ij ~ N(0, σ_rc²), e_ijk ~ N(0, σ²)"),
    ("halves", "dim:X'V^{-1}X", "12 × 12"),
    ("letters", "dim:Z", "tb × b"),
    ("curves", "dim:Z'V^{-1}(y - Xβ)", "4 × 1"),
]
"""What is right."""

REFUSED = [
    ("plots", "V", "kron(I(4), sigma_u^2 * ones(3,3) + sigma^2 * I(3))", "wrong-size"),
    ("plots", "V", "kron(sigma_u^2*ones(4) + sigma^2*eye(4), eye(3))", "kronecker-swapped|wrong-grouping"),
    ("plots", "V", "kron(eye(3), sigma_u^2*ones(4))", "missing-residual|wrong-size"),
    ("plots", "V", "Z'*G*Z + R", "shapes-do-not-meet|transpose-misplaced"),
    ("lecture", HENDERSON, "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z]", "missing-term"),
    ("lecture", HENDERSON, "[X'R^{-1}X, X'R^{-1}Z; Z'R^{-1}X, Z'R^{-1}Z + G]", "G-for-inverse"),
    ("lecture", HENDERSON, "[X'RX, X'RZ; Z'RX, Z'RZ + G^{-1}]", "inverse-lost|inverse-for-R"),
    ("line", "X'X", "{{4, 8}, {8, 25}}", "one-entry|incorrect"),
    ("lecture", BLUE, r"(X' / V * X) \ (X' * y)", "missing-factor|ols-for-gls|incorrect"),
    ("lecture", SIDE, "[X'y; Z'y]", "missing-factor|ols-for-gls"),
    ("herds", "Z'R^{-1}Z + G^{-1}", "3/σ² + 1/σ_u²", "missing-identity"),
    ("herds", "(Z'R^{-1}Z + G^{-1})^{-1}", "(σ²/3 + σ_u²) I_4", "inverse-of-sum|elementwise-inverse"),
    ("herds", "Var(u | y)", "σ_u² I_4", "conditional-for-marginal|missing-term|missing-factor|incorrect"),
    ("lecture", BLUP, "Z'GV^{-1}(y - Xβ)", "shapes-do-not-meet|order-swapped"),
    ("lecture", BLUP, r"GZ'V^{-1}y - X\beta", "shapes-do-not-meet|parentheses-lost"),
    ("herds", SHRUNK, r"\frac{\sigma_u^2}{\sigma^2 + \sigma_u^2}(\bar{y}_{1\cdot} - \mu)", "missing-factor|missing-replication"),
    ("herds", SHRUNK, r"\frac{3\sigma_u^2}{\sigma^2 + 3\sigma_u^2}\bar{y}_{1\cdot}", "mean-not-subtracted"),
    ("herds", SHRUNK, r"\bar{y}_{1\cdot} - \mu", "fixed-random-confused|missing-factor"),
    ("herds", SHRUNK, r"\frac{3\sigma^2}{\sigma_u^2 + 3\sigma^2}(\bar{y}_{1\cdot} - \mu)", "components-swapped"),
    ("herds", "Var(GZ'V^{-1}(y - Xβ))", "σ_u² I_4", "missing-factor|incorrect"),
    ("plots", "σ² + 4σ_u²", "σ² + 3σ_u²", "wrong-count"),
    ("plots", "σ² + 4σ_u²", "σ² + σ_u²", "missing-factor|missing-replication"),
    ("plots", "σ² + 4σ_u²", "4σ_u²", "missing-residual"),
    ("nest", "σ² + 2σ_v² + 4σ_u²", "σ² + 2σ_u² + 4σ_v²", "components-swapped"),
    ("nest", "σ² + 2σ_v² + 4σ_u²", "σ² + 4σ_u²", "missing-random|missing-term"),
    ("lecture", RESTRICTED, r"-\frac12 \left(\log|V| + (y - X\beta)'V^{-1}(y - X\beta)\right)", "ml-for-reml|missing-term"),
    ("lecture", RESTRICTED, r"-\frac12 \left(\log|V| + \log|X'VX| + (y - X\beta)'V^{-1}(y - X\beta)\right)", "inverse-lost"),
    ("lecture", ERROR_SQUARE, r"\frac{y'(I - X(X'X)^{-1}X')y}{n}", "ml-for-reml"),
    ("lecture", ERROR_SQUARE, r"\frac{y'X(X'X)^{-1}X'y}{n - p}", "missing-term|incorrect"),
    ("plots", "Var(y_11 + y_21 - y_31 - y_41)", "4σ² + 4σ_u²", "blocks-in-difference|variance-of-sum"),
    ("plots", "Var(y_11 - 2y_21 + y_31)", "4σ²", "scalar-rule"),
    ("plots", "Cov(y_11 - y_21, y_11 - y_31)", "2σ²", "variance-for-covariance|factor-2"),
    ("plots", "Cov(y_11 - y_21, y_11 - y_31)", "0", "covariance-missing"),
    ("halves", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", "σ²/3", "missing-random"),
    ("bench", r"Var(\bar{y}_{\cdot\cdot 1})", "σ²/4", "missing-random"),
    ("pots", "Var((y_11 + y_12)/2 - (y_21 + y_22)/2)", "2σ²", "missing-replication|scalar-rule|factor-2"),
    ("seeds", "E(y_11)", "μ + σ_u²/2", "link-forgotten"),
    ("seeds", "Cov(y_11, y_12)", "σ_u²", "link-forgotten"),
    ("seeds", "E(y_11)", "e^{μ+u_1}", "conditional-for-marginal|random-in-mean"),
    ("germs", "E(y_11)", r"\Phi(\mu)", "jensen"),
    ("times", "Var(y_11)", r"\phi e^{2\mu + 2\sigma_u^2}", "missing-term|conditional-for-marginal"),
    ("plots", "y | u ~ N(Xβ + Zu, R)", "y | u ~ N(Xβ + Zu, ZGZ' + R)", "conditional-for-marginal|extra-term|missing-random"),
    ("herds", "model", "y_ij = μ + u_i + e_ij, u_i ~ N(0, σ²), e_ij ~ N(0, σ²)", "incorrect|wrong-count|components-swapped"),
    ("halves", "dim:X'V^{-1}X", "12 × 1", "wrong-dimension"),
    ("letters", "dim:Z", "b × tb", "transposed-dimensions"),
]
"""What is wrong, with the slip that a teacher would see."""

UNREAD = [
    ("plots", "V", r"\text{Var}(\text{block effects}) + \text{Var}(\text{errors}) = ZGZ' + R"),
    ("plots", DIFFERENCE, "twice the residual variance over the number of blocks, 2σ²/3"),
    ("lecture", "y | u ~ N(Xβ + Zu, R)", "given u, y ~ N(Xβ + Zu, R)"),
]
"""What is not read: sentences of which the words are half of the answer."""

HALF_LIFE = Rounded(sympy.Rational(3, 7), decimals=2)
RANKS = Choice(("rank X = 5", "rank X = 4", "X'X is singular", "V is singular"), right=("b", "c"))
NUMBERS: list[tuple[Any, str, bool]] = [
    (HALF_LIFE, "43 hundredths", True), (HALF_LIFE, "3/7 ≈ 0.43", True), (HALF_LIFE, "0.42", False),
    (RANKS, "b + c", True), (RANKS, "b; c; d", False), (RANKS, "the second and the third", True),
]
"""Numbers with their rounding, and choices."""

DERIVED = [
    Case("plots", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var((u_1 + ε_11) - (u_1 + ε_21))   the model\n= Var(ε_11 - ε_21)   u_1 cancels\n= Var(ε_11) + Var(ε_21)   independent\n= 2σ²"),
    Case("herds", "Var(ybar_1.)", "Var(ȳ_1.) = (1/9)(Var(y_11) + Var(y_12) + Var(y_13) + 2·3·Cov(y_11, y_12))\n= (1/9)(3(σ_u² + σ²) + 6σ_u²)\n= σ_u² + σ²/3"),
    Case("seeds", "Var(y_11)", "Var(y_11) = E(Var(y_11 | u)) + Var(E(y_11 | u))\n= E(e^(μ+u_1)) + Var(e^(μ+u_1))\n= e^(μ+σ_u²/2) + e^(2μ+σ_u²)(e^(σ_u²) - 1)"),
    Case("weeks", "Var(y_11 + y_21)", "Var(y_11 + y_21) = Var(y_11) + Var(y_21) + 2Cov(y_11, y_21)\n= 2σ² + 2ρσ²\n= 2σ²(1 + ρ)"),
    Case("herds", "Var(ybar_1.)", "Var(ȳ_1.) = Var(u_1) + Var(ε̄_1.)\n= σ_u² + σ²/9", 2),
    Case("plots", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(ε_11 - ε_21)\n= Var(ε_11) - Var(ε_21)\n= 0", 2, "sign"),
    Case("seeds", "Var(y_11)", "Var(y_11) = E(Var(y_11 | u))\n= E(e^(μ+u_1))\n= e^(μ+σ_u²/2)", 1),
    Case("curves", "Cov(y_11, y_31)", "Cov(y_11, y_31) = Cov(u_01, u_01 + 3u_11)\n= Var(u_01) + 3Var(u_11)", 2),
    Case("grid", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_1 + w_11 + ε_111, u_1 + v_2 + w_12 + ε_121)\n= σ_u² + σ_w²", 2, "covariance-everywhere|variance-for-covariance|extra-term"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)^{-1}X'y) = (X'X)^{-1}X' Var(y) X(X'X)^{-1}\n= (X'X)^{-1}X' σ²I X(X'X)^{-1}\n= σ² X'X", 3),
    Case("letters", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= ZGZ' + R\n= σ_u² Z Z' + σ² I_t", 3, "wrong-size|shapes-do-not-meet"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
