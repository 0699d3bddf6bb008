# ruff: noqa: E501  (an answer stands on one line)
"""Answers as they stand in field notes and e-mails: sentences, Mathematica and MATLAB, groups within groups of unequal
size, samples of plots, any covariance and one for each lag, formulas of lme4 with data, lattices, strips, squares and
sequences whose sizes are letters, yields and proportions behind a link.

What each deserves was written down before any of them was judged. In the first run of 98 none that is wrong was
accepted; of 51 that are right one derivation was refused, by its Z·0, and two were not read; 39 of 45 slips had a name
that was written down.

Indices: cages, hier y_ijk outer, inner, observation; samples y_ijk treatment, block, sample; any, lags, equal y_ij time,
subject; growth, apart y_1 … y_12; farms y_1 … y_8; deep y_ijkl three treatments and the block; strips y_ijk row
treatment, column treatment, block; sequences y_ijkl sequence, period, subject, treatment; latin y_ijk row, column,
treatment; lattice y_ijk treatment, replicate, block; yields y_ij group, observation; germs y_ij treatment, block.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    Choice,
    Rounded,
    alpha,
    crossover,
    glmm,
    latin_square,
    nested,
    one_way,
    rcbd,
    repeated_measures,
    split_split_plot,
    strip_plot,
)
from tutor import model as of_formula

_YEARS = {"y": list(range(1, 13)), "time": [0, 1, 2, 3] * 3, "id": list("aaaabbbbcccc")}

BUILT: dict[str, Any] = {
    "cages": lambda: nested(2, [2, 1], reps=[[2, 3], [4]]),
    "hier": lambda: nested("a", "b", "n"),
    "samples": lambda: rcbd(3, 4, samples=2),
    "any": lambda: repeated_measures(4, 3, within="un"),
    "lags": lambda: repeated_measures(3, 4, within="toep"),
    "equal": lambda: repeated_measures("s", "t", within="cs"),
    "growth": lambda: of_formula("y ~ time + (time | id)", _YEARS),
    "apart": lambda: of_formula("y ~ time + (time || id)", _YEARS),
    "farms": lambda: of_formula(
        "y ~ trt + (1 | farm) + (1 | year)",
        {"y": list(range(1, 9)), "trt": list("ABABABAB"), "farm": list("ffgghhii"), "year": list("12211221")},
    ),
    "deep": lambda: split_split_plot(2, 2, 3, 2),
    "strips": lambda: strip_plot("a", "b", "r"),
    "sequences": lambda: crossover(3, ("ABC", "BCA", "CAB")),
    "latin": lambda: latin_square("t"),
    "lattice": lambda: alpha(6, 2, 3),
    "yields": lambda: glmm(one_way(4, 3), "Gamma"),
    "germs": lambda: glmm(rcbd(2, 3), "Bernoulli", "probit"),
}

_MARKING = Marking(BUILT, linked=("yields", "germs"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST, SECOND = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"
MEAN = r"Var(\bar{y}_{1\cdot\cdot})"
BLUE, BLUP = "(X'V^{-1}X)^{-1}X'V^{-1}y", r"GZ'V^{-1}(y - X\beta)"

ACCEPTED = [
    ("cages", MEAN, "σ_u² + (13/25)σ_v² + σ²/5"),
    ("cages", MEAN, r"\sigma_u^2 + \frac{2^2+3^2}{5^2}\sigma_v^2 + \frac{\sigma^2}{5}"),
    ("cages", "Cov(y_111, y_121)", "Only the outer group is shared, so the covariance of y_111 and y_121 is σ_u²."),
    ("cages", "V", "bdiag(sigma2_u*matrix(1,5,5) + bdiag(sigma2_v*matrix(1,2,2), sigma2_v*matrix(1,3,3)) + sigma2*diag(5), (sigma2_u + sigma2_v)*matrix(1,4,4) + sigma2*diag(4))"),
    ("hier", r"Var(\bar{y}_{\cdot\cdot\cdot})", "(bn*sigma_u^2 + n*sigma_v^2 + sigma^2)/(abn)"),
    ("hier", "Corr(y_111, y_112)", r"1 - \frac{\sigma^2}{\sigma_u^2 + \sigma_v^2 + \sigma^2}"),
    ("hier", "V", r"\mathbf I_a \otimes \mathbf I_b \otimes (\sigma^2 \mathbf I_n + \sigma_v^2 \mathbf J_n) + \sigma_u^2\, \mathbf I_a \otimes \mathbf J_{bn}"),
    ("samples", FIRST, "2*(sigma_v^2 + sigma^2/2)/4"),
    ("samples", MEAN, r"\frac{1}{4}\left(\sigma_u^2+\sigma_v^2+\frac{\sigma^2}{2}\right)"),
    ("samples", "V", "KroneckerProduct[IdentityMatrix[4], sigma^2 IdentityMatrix[6] + sigma_v^2 KroneckerProduct[IdentityMatrix[3], ConstantArray[1, {2, 2}]] + sigma_u^2 ConstantArray[1, {6, 6}]]"),
    ("any", "Var(y_11 - y_31)", r"\begin{pmatrix}1 & -1\end{pmatrix}\begin{pmatrix}\sigma_1^2 & \sigma_{13} \\ \sigma_{13} & \sigma_3^2\end{pmatrix}\begin{pmatrix}1\\-1\end{pmatrix}"),
    ("any", r"Var(\bar{y}_{\cdot 1})", "(σ_1² + σ_2² + σ_3² + 2(σ_12 + σ_13 + σ_23))/9"),
    ("lags", "Var(y_11 - y_41)", "2(σ² - σ_3)"),
    ("lags", "Cov(y_21, y_41)", "It is σ_2 because the two times are two steps apart"),
    ("equal", r"Var(\bar{y}_{\cdot 1})", r"\frac{\sigma^2[1+(t-1)\rho]}{t}"),
    ("equal", "V^{-1}", r"\mathbf{I}_s \otimes \frac{1}{\sigma^2(1-\rho)}\left(\mathbf{I}_t - \frac{\rho}{1+(t-1)\rho}\mathbf{J}_t\right)"),
    ("equal", "Var(y_11 - y_21)", "2σ²(1 − ρ)"),
    ("growth", "Var(y_3)", "sigma_u0^2 + 2*2*sigma_u01 + 2^2*sigma_u1^2 + sigma^2"),
    ("growth", "Cov(y_2, y_4)", r"\sigma_{u0}^2 + (1+3)\sigma_{u01} + 1\cdot 3\,\sigma_{u1}^2"),
    ("growth", "V", "np.kron(np.eye(3), np.array([[1,0],[1,1],[1,2],[1,3]]) @ np.array([[sigma2_u0, sigma_u01],[sigma_u01, sigma2_u1]]) @ np.array([[1,1,1,1],[0,1,2,3]]) + sigma2*np.eye(4))"),
    ("apart", "Cov(y_2, y_4)", "σ_u² + 3σ_v²"),
    ("farms", "Cov(y_1, y_4)", "both in year 1, hence σ_v²"),
    ("farms", "V", "Z_u Z_u' σ_u² + Z_v Z_v' σ_v² + σ² I_8"),
    ("deep", r"Var(\bar{y}_{\cdot\cdot 1\cdot} - \bar{y}_{\cdot\cdot 2\cdot})", "2σ²/8 = σ²/4"),
    ("strips", FIRST, r"\frac{2}{r}\left(\sigma_v^2 + \frac{\sigma^2}{b}\right)"),
    ("strips", SECOND, "2*(a*sigma_w^2 + sigma^2)/(a*r)"),
    ("sequences", "Var(y_1111 - y_1212)", "Var(ε_1111) + Var(ε_1212) = 2σ²"),
    ("latin", MEAN, "σ_r² + (σ_c² + σ²)/t"),
    ("lattice", "V^{-1}", "kron(eye(4), eye(3)/sigma^2 - sigma_u^2/(sigma^2*(sigma^2 + 3*sigma_u^2))*ones(3,3))"),
    ("lecture", BLUE, "(X' / V * X) \\ (X' / V * y)"),
    ("lecture", BLUP, "G*Z'*(V\\(y - X*β))"),
    ("lecture", BLUE, "Inverse[Transpose[X].Inverse[V].X].Transpose[X].Inverse[V].y"),
    ("yields", "Var(y_11 | u)", "phi*exp(2*(mu + u_1))"),
    ("yields", "Cov(y_11, y_12)", r"e^{2\mu+\sigma_u^2}\left(e^{\sigma_u^2}-1\right)"),
    ("germs", "E(y_11)", "pnorm((mu + tau_1)/sqrt(1 + sigma_u^2))"),
    ("growth", "u ~ N(0, G)", "(u_0j, u_1j)' ~ iid N(0, Σ_u)"),
    ("samples", "model", "y_ijk = m + t_i + b_j + (tb)_ij + e_ijk; b_j ~ N(0, s_b²), (tb)_ij ~ N(0, s_tb²), e_ijk ~ N(0, s²)"),
    ("strips", "dim:Z", "abr x (r + ar + br)"),
    ("sequences", "dim:Z", "27 rows and 9 columns"),
]
"""What is right."""

REFUSED = [
    ("cages", MEAN, "σ_u² + σ_v²/2 + σ²/5", "missing-replication|wrong-count|wrong-size|wrong-grouping"),
    ("cages", "Cov(y_111, y_121)", "Both are in outer group 1, so it is σ_u² + σ_v²", "covariance-everywhere"),
    ("cages", "Cov(y_111, y_211)", "σ_u²", "covariance-everywhere"),
    ("hier", r"Var(\bar{y}_{\cdot\cdot\cdot})", "(σ_u² + σ_v² + σ²)/(abn)", "missing-factor|variance-of-sum|missing-replication"),
    ("hier", "Corr(y_111, y_112)", r"\frac{\sigma_u^2}{\sigma_u^2 + \sigma_v^2 + \sigma^2}", "missing-random|wrong-index"),
    ("hier", "V", r"I_a \otimes I_b \otimes (\sigma^2 I_n + \sigma_v^2 J_n) + \sigma_u^2 J_a \otimes I_{bn}", "wrong-grouping|kronecker-swapped"),
    ("samples", FIRST, "2*(sigma_v^2 + sigma^2)/8", "missing-replication|variance-of-sum|missing-factor"),
    ("samples", FIRST, "2σ²/8", "missing-random"),
    ("samples", MEAN, r"\frac{1}{4}\left(\sigma_v^2+\frac{\sigma^2}{2}\right)", "missing-random"),
    ("samples", "V", "KroneckerProduct[sigma^2 IdentityMatrix[6] + sigma_v^2 KroneckerProduct[IdentityMatrix[3], ConstantArray[1, {2, 2}]] + sigma_u^2 ConstantArray[1, {6, 6}], IdentityMatrix[4]]", "kronecker-swapped"),
    ("any", "Var(y_11 - y_31)", "σ_1² + σ_3²", "variance-of-sum"),
    ("any", "Var(y_11 - y_31)", "σ_1² + σ_3² + 2σ_13", "sign"),
    ("any", r"Var(\bar{y}_{\cdot 1})", "(σ_1² + σ_2² + σ_3² + σ_12 + σ_13 + σ_23)/9", "factor-2"),
    ("lags", "Cov(y_21, y_41)", "σ_1", "wrong-index|off-by-one"),
    ("lags", "Var(y_11 - y_41)", "2σ² - σ_3", "factor-2|parentheses-lost"),
    ("equal", r"Var(\bar{y}_{\cdot 1})", "σ²/t", "variance-of-sum"),
    ("equal", r"Var(\bar{y}_{\cdot 1})", "σ²(1 + tρ)/t", "off-by-one|wrong-count"),
    ("equal", "V^{-1}", r"I_s \otimes \frac{1}{\sigma^2(1-\rho)}\left(I_t + \frac{\rho}{1+(t-1)\rho}J_t\right)", "sign"),
    ("growth", "Var(y_3)", "σ_u0² + 4σ_u1² + σ²", "variance-of-sum"),
    ("growth", "Cov(y_2, y_4)", "σ_u0² + 3σ_u1²", "variance-of-sum|covariance-missing"),
    ("growth", "Cov(y_2, y_4)", "σ_u0² + 4σ_u01 + 3σ_u1² + σ²", "variance-for-covariance|extra-term"),
    ("apart", "Var(y_3)", "σ_u² + 2σ_v² + σ²", "scalar-rule|forgot-square"),
    ("farms", "Cov(y_1, y_4)", "different farms, hence 0", "covariance-missing"),
    ("farms", "Cov(y_1, y_4)", "σ_u²", "components-swapped|wrong-index"),
    ("deep", "Cov(y_1111, y_1121)", "σ_u² + σ_v²", "missing-random"),
    ("strips", FIRST, "2*(σ_w² + σ²/b)/r", "components-swapped|wrong-index"),
    ("sequences", "Var(y_1111 - y_1212)", "They are from one subject, so 2σ² + 2σ_u²", "blocks-in-difference|variance-of-sum"),
    ("latin", MEAN, "(σ_r² + σ_c² + σ²)/t", "missing-factor|variance-of-sum|missing-replication"),
    ("lattice", "V^{-1}", "kron(eye(4), eye(3)/sigma^2 - 1/(sigma_u^2)*ones(3,3))", "inverse-of-sum+sign|inverse-of-sum|sign+inverse-of-sum|incorrect"),
    ("lecture", BLUE, "(X' / V * X) \\ (X' * y)", "missing-factor|incorrect|ols-for-gls"),
    ("lecture", BLUP, "G*Z'*(V\\y)", "mean-not-subtracted"),
    ("lecture", BLUE, "Inverse[Transpose[X].X].Transpose[X].y", "ols-for-gls"),
    ("yields", "Var(y_11 | u)", "phi*exp(mu + u_1)", "forgot-square|squared-twice|factor-2|mean-variance-swapped"),
    ("yields", "E(y_11)", "exp(mu + u_1)", "conditional-for-marginal"),
    ("germs", "E(y_11)", "pnorm(mu + tau_1)", "jensen"),
    ("germs", "E(y_11)", "(mu + tau_1)/sqrt(1 + sigma_u^2)", "link-forgotten"),
    ("growth", "u ~ N(0, G)", "(u_0j, u_1j)' ~ N(0, [[σ_u0, σ_u01], [σ_u01, σ_u1]])", "sd-for-variance"),
    ("samples", "model", "y_ijk = m + t_i + b_j + e_ijk; b_j ~ N(0, s_b²), e_ijk ~ N(0, s²)", "missing-random"),
    ("strips", "dim:Z", "abr x (a + b + r)", "wrong-dimension"),
]
"""What is wrong, with the slip that a teacher would see."""

UNREAD = [
    ("lecture", "V^{-1}", "V is ZGZ' + R, so its inverse is (ZGZ' + R)^{-1}"),
]
"""What is not read."""

WEIGHT = Rounded(sympy.Rational(22, 7), decimals=1, unit="kg")
RANDOM = Choice(("farm", "year", "treatment", "residual"), right=("a", "b", "d"))
NUMBERS: list[tuple[Any, str, bool]] = [
    (WEIGHT, "about 3.1 kg", True), (WEIGHT, "3.1", True), (WEIGHT, "22/7 kg = 3.1 kg", True), (WEIGHT, "3.2 kg", False),
    (RANDOM, "everything except treatment", True), (RANDOM, "a,b,d", True), (RANDOM, "farm + year", False),
]
"""Numbers with their rounding, and choices."""

DERIVED = [
    Case("cages", "Cov(y_111, y_121)", "Cov(y_111, y_121) = Cov(u_1 + v_1(1) + ε_111, u_1 + v_2(1) + ε_121)\n= Var(u_1)\n= σ_u²"),
    Case("samples", "Var(ybar_1.. - ybar_2..)", r"\begin{aligned} Var(\bar y_{1\cdot\cdot} - \bar y_{2\cdot\cdot}) &= Var(\bar v_{1\cdot} - \bar v_{2\cdot}) + Var(\bar\varepsilon_{1\cdot\cdot} - \bar\varepsilon_{2\cdot\cdot}) \\ &= \frac{2\sigma_v^2}{4} + \frac{2\sigma^2}{8} \end{aligned}"),
    Case("any", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(y_11) + Var(y_31) - 2 Cov(y_11, y_31)\n= σ_1² + σ_3² - 2σ_13"),
    Case("growth", "Var(y_3)", "Var(y_3) = Var(u_01 + 2u_11) + Var(ε_3)\n= σ_u0² + 4σ_u01 + 4σ_u1² + σ²"),
    Case("farms", "Var(y)", "Var(y) = Z Var(u) Z' + Var(ε) = ZGZ' + R"),
    Case("latin", "E(y)", "E(y) = E(Xβ + Zu + ε) = Xβ + Z·0 + 0 = Xβ"),
    Case("samples", "Var(ybar_1..)", "Var(ȳ_1..) = Var(ū. + v̄_1. + ε̄_1..)\n= σ_u²/4 + σ_v²/4 + σ²/4", 2, "missing-replication"),
    Case("any", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(y_11) + Var(y_31) + 2 Cov(y_11, y_31)\n= σ_1² + σ_3² + 2σ_13", 1, "sign"),
    Case("growth", "Var(y_3)", "Var(y_3) = Var(u_01 + 2u_11) + Var(ε_3)\n= Var(u_01) + 4Var(u_11) + 2Cov(u_01, u_11) + σ²", 2, "factor-2"),
    Case("growth", "E(y_3)", "E(y_3) = E(β_0 + 2β_1 + u_01 + 2u_11 + ε_3)\n= β_0 + 2β_1 + u_01 + 2u_11", 2, "random-in-mean"),
    Case("farms", "Var(y)", "Var(y) = Z Var(u) Z' + Var(ε) = ZG⁻¹Z' + R", 2, "inverse-for-G"),
    Case("samples", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(u_1, u_1) + Cov(v_11, v_11)\n= σ_u + σ_v", 2, "sd-for-variance"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
