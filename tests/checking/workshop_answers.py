# ruff: noqa: E501  (an answer stands on one line)
"""Answers of a workshop of graduate students: each writes as at home, in LaTeX, by keyboard, in R, NumPy, SymPy or MATLAB,
with half a sentence beside it.

What each deserves was written down before any of them was judged. In the first run of 80 none that is wrong was accepted;
of 60 that are right 44 were accepted, 2 refused (E(y) = E[e^{μ+u}] of one observation, and "where m is the marginal mean
…") and 13 not read, among them indexed blocks, a matrix by its elements, arrows and reasons behind numbers. Of 20 slips
16 were refused, 9 by a name that was written down, and 4 not read. Mended are one expectation, y_111 and y_212 share no
row but a column, the name of a design, and names of five slips, for which another is as true.

Indices: rows y_ijk treatment, block, sample; latin y_ijk row, column, treatment; plots split plot; herds y_ijk outer, inner,
observation; raters y_ijk row, column, repetition; times y_ij time, subject; growth y_ij occasion, group; shoots, yes y_ij
group, observation.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    crossed,
    glmm,
    latin_square,
    model,
    nested,
    one_way,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_plot,
)

BUILT: dict[str, Any] = {
    "blocks": lambda: rcbd("t", "b"),
    "rows": lambda: rcbd(3, 4, samples=2),
    "latin": lambda: latin_square(4),
    "plots": lambda: split_plot("a", "s", "r"),
    "herds": lambda: nested(3, 2, 4),
    "raters": lambda: crossed("a", "b", "n"),
    "groups": lambda: one_way(5, 2),
    "line": lambda: regression("n"),
    "doses": lambda: regression([0, 1, 2, 5]),
    "growth": lambda: random_slopes(3, [0, 1, 3]),
    "times": lambda: repeated_measures(3, 4),
    "alike": lambda: repeated_measures(2, 3, within="cs"),
    "stools": lambda: model("effort ~ Type + (1 | Subject)", data="ergostool.csv"),
    "shoots": lambda: glmm(one_way(4, 3), "Poisson"),
    "yes": lambda: glmm(one_way(4, 3), "Bernoulli"),
}

_MARKING = Marking(BUILT, linked=("shoots", "yes"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
FIRST = r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})"
WHOLE = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})"
SUB = r"Var(\bar{y}_{\cdot1\cdot} - \bar{y}_{\cdot2\cdot})"
MEAN = r"Var(\bar{y}_{1\cdot\cdot})"

ACCEPTED = [
    ("blocks", FIRST, "2*s2/b   # the block effect is in both means"),
    ("blocks", FIRST, r"\mathrm{Var}(\bar\varepsilon_{1\cdot}-\bar\varepsilon_{2\cdot}) = \frac{2}{b}\sigma^2_\varepsilon"),
    ("blocks", FIRST, "var_e*(1/b + 1/b)"),
    ("blocks", "V", "kron(eye(b), sigma^2*eye(t) + sigma_u^2*ones(t,t))"),
    ("blocks", "V", "V = bdiag(V_1, ..., V_b), V_j = σ²I_t + σ_u²J_t"),
    ("blocks", "E(MS_treatment)", "σ_e² + b Σ_i τ_i²/(t−1), Σ_i τ_i = 0"),
    ("blocks", "E(MS_treatment)", r"\sigma^2 + b\,\theta^2_{\text{treatment}}"),
    ("blocks", "E(MS_block)", "E(MS_B) = σ² + tσ_u²"),
    ("blocks", "Corr(y_11, y_21)", "rho = sb2/(sb2 + s2), where sb2 = sigma_u^2"),
    ("rows", "Var(y_111)", "block + plot + sample: σ_u² + σ_v² + σ²"),
    ("rows", "Cov(y_111, y_112)", "same plot, different samples → σ_u² + σ_v²"),
    ("rows", MEAN, "su2/4 + sv2/4 + se2/8"),
    ("rows", MEAN, "(2σ_u² + 2σ_v² + σ²)/8; 4 blocks, 8 samples"),
    ("latin", "Var(y_111)", "sigma_row^2 + sigma_col^2 + sigma^2 where sigma_row = sigma_r, sigma_col = sigma_c"),
    ("latin", "V", "sr2*np.kron(np.eye(4), np.ones((4,4))) + sc2*np.kron(np.ones((4,4)), np.eye(4)) + s2*np.eye(16)"),
    ("latin", "G", "np.diag([sr2]*4 + [sc2]*4)"),
    ("latin", "E(MS_treatment)", "s2 + 4*sum(tau_k^2)/3"),
    ("latin", "Cov(y_111, y_122)", "they are in one row only: σ_r²"),
    ("plots", WHOLE, "2/(rs) (σ² + s σ²_v), because blocks cancel but whole plots do not"),
    ("plots", WHOLE, "2*s2v/r + 2*s2/(r*s)"),
    ("plots", SUB, "2σ²/(ar) — the whole plots are the same for both"),
    ("plots", "E(MS_A)", "sigma^2 + s sigma_v^2 + Q_A"),
    ("plots", "V", r"\mathbf{I}_r\otimes\left(\sigma_u^2\mathbf{J}_a\otimes\mathbf{J}_s + \sigma_v^2\mathbf{I}_a\otimes\mathbf{J}_s + \sigma^2\mathbf{I}_a\otimes\mathbf{I}_s\right)"),
    ("herds", MEAN, "s_u^2 + s_v^2/2 + s^2/8, with s_u^2 = σ_u², s_v^2 = σ_v², s^2 = σ²"),
    ("herds", MEAN, "sigma2_u + sigma2_v/2 + sigma2/(2*4)"),
    ("herds", "Z", "[I_3 ⊗ 1_8, I_6 ⊗ 1_4]"),
    ("herds", "Z", "cbind(kronecker(diag(3), rep(1,8)), kronecker(diag(6), rep(1,4)))"),
    ("herds", "E(MS_outer)", "EMS = σ² + 4σ_v² + 8σ_u²"),
    ("raters", "Cov(y_111, y_121)", "Var(u_1), so σ_u²"),
    ("raters", MEAN, r"\sigma_u^2+\frac{\sigma_v^2+\sigma_w^2}{b}+\frac{\sigma^2}{bn}"),
    ("groups", "V^{-1}", "I_5 ⊗ (1/σ²)(I_2 − c J_2), c = σ_u²/(σ² + 2σ_u²)"),
    ("groups", "V^{-1}", "solve(kronecker(diag(5), sigma^2*diag(2) + sigma_u^2*matrix(1,2,2)))"),
    ("groups", "V", "block_diag(*[A]*5) with A = [[s2 + s2u, s2u], [s2u, s2 + s2u]]"),
    ("groups", "Var(y_11)", "G_11 + R_11 = σ_u² + σ²"),
    ("groups", r"Var(\hat\mu)", "(2*su2 + s2)/10"),
    ("line", "Var(betahat_1)", "σ²/Σ(x_i−x̄)²"),
    ("line", "Var(betahat_1)", "sigma^2/Sxx"),
    ("line", "X'X", "[[n, sum(x)], [sum(x), sum(x**2)]]"),
    ("doses", "X'X", "[4 8; 8 30]"),
    ("doses", "X", "np.c_[np.ones(4), [0, 1, 2, 5]]"),
    ("doses", "Var(betahat_1)", "σ²/14"),
    ("growth", "Var(y_21)", "σ_u0² + 2σ_u01 + σ_u1² + σ² (x = 1)"),
    ("growth", "Cov(y_11, y_31)", "su0^2 + 3*su01, where su0 = sigma_u0 and su01 = sigma_u01"),
    ("times", "Cov(y_11, y_41)", "lag 3: σ²ρ³"),
    ("times", "V", 'kronecker(diag(3), sigma^2 * rho^abs(outer(1:4, 1:4, "-")))'),
    ("times", "V", "np.kron(np.eye(3), s2*toeplitz(rho**np.arange(4)))"),
    ("times", "V", "I_3 ⊗ Σ where Σ_ij = σ²ρ^{|i−j|}"),
    ("alike", "V", "A <- sigma^2*((1-rho)*diag(3) + rho*matrix(1,3,3))\nkronecker(diag(2), A)"),
    ("alike", "V", "from sympy import *\ns2, r = symbols('sigma2 rho')\nkronecker_product(eye(2), s2*((1-r)*eye(3) + r*ones(3,3)))"),
    ("alike", "Var(y_11 - y_21)", "2σ²(1−ρ), the same for any two times"),
    ("stools", "V", "σ_Subject² (I_9 ⊗ J_4) + σ² I_36"),
    ("stools", "dim:Z", "36 x 9"),
    ("shoots", "E(y_11)", "E(y) = E[E(y|u)] = E[e^{μ+u}] = e^{μ+σ_u²/2}"),
    ("shoots", "Var(y_11)", "m + m²(e^{σ_u²} − 1), where m is the marginal mean e^{μ+σ_u²/2}"),
    ("shoots", "Cov(y_11, y_12)", "conditionally independent, so Var(e^{μ+u_1}) = e^{2μ+σ_u²}(e^{σ_u²} − 1)"),
    ("yes", "E(y_11 | u)", "p_1 = exp(mu + u_1)/(1 + exp(mu + u_1))"),
    ("yes", "Var(y_11 | u)", "p(1−p) with p = logistic(μ + u_1)"),
    ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "solve(crossprod(X, solve(V, X)), crossprod(X, solve(V, y)))"),
]
"""What is right."""

REFUSED = [
    ("blocks", FIRST, "2*(su2 + s2)/b   # two means of b plots", "blocks-in-difference|variance-of-sum"),
    ("blocks", "V", "kron(eye(t), sigma^2*eye(b) + sigma_u^2*ones(b,b))", "wrong-grouping|kronecker-swapped|wrong-block-size|wrong-size"),
    ("blocks", "E(MS_treatment)", "σ² + t Σ_i τ_i²/(t−1), Σ_i τ_i = 0", "missing-factor|wrong-count|missing-replication|incorrect|wrong-index"),
    ("blocks", "E(MS_treatment)", "σ² + tσ_u² + Q(τ)", "extra-term|incorrect|missing-factor|blocks-in-difference"),
    ("rows", "Cov(y_111, y_112)", "same plot, different samples → σ_v²", "missing-random|missing-term"),
    ("rows", MEAN, "su2/4 + sv2/8 + se2/8", "missing-replication|wrong-count|missing-factor|factor-2"),
    ("latin", "Cov(y_111, y_122)", "they are in one row only: σ_r² + σ²", "variance-for-covariance|extra-term"),
    ("plots", WHOLE, "2σ²/(rs), because blocks and whole plots cancel", "missing-random|missing-term"),
    ("plots", "E(MS_A)", "sigma^2 + s sigma_v^2 + Q_B", "incorrect|missing-term|extra-term|wrong-index"),
    ("herds", MEAN, "sigma2_u + sigma2_v/2 + sigma2/4", "missing-replication|wrong-count"),
    ("groups", "V^{-1}", "I_5 ⊗ (1/σ²)(I_2 − c J_2), c = σ_u²/(σ² + σ_u²)", "missing-factor|wrong-count|missing-replication|factor-2"),
    ("groups", "V", "block_diag(*[A]*5) with A = [[s2 + s2u, s2], [s2, s2 + s2u]]", "components-swapped|incorrect|one-entry"),
    ("line", "Var(betahat_1)", "σ²/S_xx with S_xx = Σx_i²", "not-centred|incorrect|missing-term"),
    ("growth", "Var(y_21)", "σ_u0² + σ_u01 + σ_u1² + σ² (x = 1)", "factor-2|covariance-missing|missing-factor"),
    ("times", "V", 'kronecker(diag(3), sigma * rho^abs(outer(1:4, 1:4, "-")))', "sd-for-variance"),
    ("times", "V", "kronecker(diag(3), sigma^2 * toeplitz(c(1, rho, rho, rho)))", "cs-for-ar1|dropped-rho-power|wrong-structure"),
    ("alike", "Var(y_11 - y_21)", "2σ²(1+ρ), the same for any two times", "sign"),
    ("shoots", "E(y_11)", "E(y) = E[E(y|u)] = e^{μ+E(u)} = e^μ", "jensen|missing-random"),
    ("yes", "E(y_11 | u)", "p_1 = exp(mu + u_1)/(1 − exp(mu + u_1))", "sign|incorrect|link-forgotten"),
    ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "solve(crossprod(X, V %*% X), crossprod(X, V %*% y))", "inverse-lost|inverse-for-itself"),
]
"""What is wrong, with the slip that a teacher would see."""

UNREAD = [
    ("raters", "Corr(y_111, y_112)", "(σ_u²+σ_v²+σ_w²)/T, T the total σ_u²+σ_v²+σ_w²+σ²"),
    ("line", "Var(betahat_1)", "entry (2,2) of σ²(X'X)^{-1}: σ²/S_xx"),
]
"""What is not read."""

DERIVED: list[Case] = []
"""None: those of lines are in other sets."""
# fmt: on
