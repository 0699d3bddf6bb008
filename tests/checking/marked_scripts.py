# ruff: noqa: E501  (an answer stands on one line)
"""Answers as they are marked: counts and yields behind a link, structures over time, designs with letters for sizes,
products of square matrices, two slips at once, marks for parts, and places that are wrong.

What each deserves was written down before any of them was judged. In that first run of 239 none of the wrong answers
was accepted; of the right ones five derivations and a model without μ were not, four of them refused, one undecided and
the model refused; 89 of 114 slips had a name that was written down. A dozen expectations were wrong and are mended: 1
is a number where a vector stands beside it (𝟏 is the vector), v_j(i) has the inner index first, u is all random effects
where the model has several kinds, a product that does not exist may have a slip of its own, X in the place of Z has a
key, a distribution's family weighs too, and a mean for each treatment without μ is another model by elements. "a|b" are
two good names of one slip; a name with + is of two slips.

Indices: people and counts y_ij group, observation; times y_ij time, subject; lines y_ij occasion, group; subplots
y_ijkl whole, sub, sub-sub, block; samples y_ijk outer, inner, observation; grid y_ijk row, column, repetition.
"""

from __future__ import annotations

from typing import Any

from tests.checking.lines.derivations import Case
from tests.checking.marking import Marking
from tutor import (
    bibd,
    crd,
    crossed,
    from_equation,
    glmm,
    nested,
    one_way,
    random_slopes,
    rcbd,
    regression,
    repeated_measures,
    split_plot,
    split_split_plot,
    strip_plot,
)
from tutor import model as of_formula

BUILT: dict[str, Any] = {
    "counts": lambda: glmm(one_way(4, 3), "Poisson"),
    "logs": lambda: glmm(one_way(4, 3), "lognormal"),
    "times": lambda: repeated_measures(3, 4, within="cs"),
    "unlike": lambda: repeated_measures(2, 3, within="csh"),
    "effects": lambda: repeated_measures(2, 3, side="G"),
    "lines": lambda: random_slopes(2, [1, 3, 4]),
    "subplots": lambda: split_split_plot(2, 2, 2, 2),
    "samples": lambda: nested("a", "b", "n"),
    "grid": lambda: crossed("r", "c", "n"),
    "strips": lambda: strip_plot("a", "c", "b"),
    "whole": lambda: split_plot("a", "s", "r"),
    "people": lambda: one_way(3, 2),
    "plots": lambda: crd(3, 4),
    "line": lambda: regression([2, 3, 5, 6]),
    "blocks": lambda: rcbd(treatments=2, blocks=4),
    "incomplete": lambda: bibd(5, 10, 2),
    "two": lambda: of_formula(
        "y ~ x + (1 | g) + (1 | h)",
        {"y": [1, 2, 3, 4, 5, 6], "x": [1, 2, 4, 1, 2, 3], "g": list("aabbcc"), "h": list("ststst")},
    ),
    "equation": lambda: from_equation(
        r"y_{ij} = \mu + \alpha_i + b_j + \varepsilon_{ij},\ b_j \sim N(0, \sigma^2_b)", {"i": 2, "j": 3}
    ),
}


_MARKING = Marking(BUILT, linked=("counts", "logs"))
judged, derived = _MARKING.judged, _MARKING.derived

# fmt: off
LOGISTIC, PROBIT = r"\frac{1}{1+e^{-\eta}}", r"\Phi(\mu/\sqrt{1 + \sigma^2_u})"
RESIDUAL = r"\frac{(y - X\beta)'(y - X\beta)}{n - p}"
BLUP = r"GZ'V^{-1}(y - X\beta)"
OUTER, ROWS = r"Var(\bar{y}_{1\cdot\cdot})", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})"
WHOLE = r"Var(\bar{y}_{1\cdot\cdot\cdot} - \bar{y}_{2\cdot\cdot\cdot})"
SERIAL = "[[1,ρ,ρ²,ρ³],[ρ,1,ρ,ρ²],[ρ²,ρ,1,ρ],[ρ³,ρ²,ρ,1]]"

ACCEPTED = [
    ("counts", "E(y_11)", r"e^{\mu}\,e^{\sigma_u^2/2}"),
    ("counts", "E(y_11)", "np.exp(mu + 0.5*sigma_u**2)"),
    ("counts", "E(y_11)", r"\sqrt{e^{2\mu+\sigma^2_u}}"),
    ("counts", "Var(y_11)", "exp(mu + sigma_u^2/2) * (1 + exp(mu + sigma_u^2/2)*(exp(sigma_u^2) - 1))"),
    ("counts", "Cov(y_11, y_12)", r"e^{2\mu+2\sigma_u^2} - e^{2\mu+\sigma_u^2}"),
    ("logs", "E(y_11)", r"e^{\mu+\frac12(\sigma^2+\sigma_u^2)}"),
    ("logs", "E(y_11)", "exp(mu)*sqrt(exp(sigma^2)*exp(sigma_u^2))"),
    ("lecture", LOGISTIC, "plogis(eta)"),
    ("lecture", LOGISTIC, "1 - 1/(1 + exp(eta))"),
    ("lecture", PROBIT, r"\Phi\left(\frac{\mu}{(1+\sigma_u^2)^{1/2}}\right)"),
    ("lecture", PROBIT, "pnorm(mu / sqrt(1 + sigma_u^2))"),
    ("lecture", RESIDUAL, r"\frac{1}{n-p}\|\mathbf{y}-\mathbf{X}\boldsymbol\beta\|^2"),
    ("lecture", RESIDUAL, "(y - X @ beta).T @ (y - X @ beta) / (n - p)"),
    ("lecture", RESIDUAL, "crossprod(y - X %*% beta)/(n - p)"),
    ("lecture", "X'V^{-1}X", r"\left(\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{X}\right)^\top"),
    ("lecture", "V^{-1} - V^{-1}X(X'V^{-1}X)^{-1}X'V^{-1}", r"V^{-1}\left(I - X(X'V^{-1}X)^{-1}X'V^{-1}\right)"),
    ("lecture", "(Z'R^{-1}Z + G^{-1})^{-1}", "G - GZ'(ZGZ' + R)^{-1}ZG"),
    ("square", "(AB)'", "B^T A^T"),
    ("square", "(ABC)^{-1}", "C⁻¹B⁻¹A⁻¹"),
    ("square", "(A')^{-1}", "(A^{-1})'"),
    ("times", "V", r"I_3 \otimes \sigma^2\left((1-\rho) I_4 + \rho\, 1_4 1_4'\right)"),
    ("times", "V^{-1}", r"I_3 \otimes \frac{1}{\sigma^2(1-\rho)}\left[I_4 - \frac{\rho}{1+3\rho}J_4\right]"),
    ("times", "det(V)", r"\sigma^{24}\,(1-\rho)^9\,(1+3\rho)^3"),
    ("times", r"Var(\bar{y}_{\cdot 1})", "(sigma^2/4)*(1 + 3*rho)"),
    ("unlike", "Cov(y_11, y_31)", "rho*sigma_1*sigma_3"),
    ("unlike", "R", r"I_2 \otimes \begin{bmatrix}\sigma_1&0&0\\0&\sigma_2&0\\0&0&\sigma_3\end{bmatrix}\begin{bmatrix}1&\rho&\rho\\ \rho&1&\rho\\ \rho&\rho&1\end{bmatrix}\begin{bmatrix}\sigma_1&0&0\\0&\sigma_2&0\\0&0&\sigma_3\end{bmatrix}"),
    ("unlike", "R", "kronecker(diag(2), diag(c(sigma_1,sigma_2,sigma_3)) %*% matrix(c(1,rho,rho,rho,1,rho,rho,rho,1),3) %*% diag(c(sigma_1,sigma_2,sigma_3)))"),
    ("effects", "Cov(y_11, y_31)", r"\rho_v^2\sigma_v^2"),
    ("effects", "Corr(y_11, y_21)", r"\frac{\rho_v}{1+\sigma^2/\sigma_v^2}"),
    ("lines", "Var(y_21)", r"\begin{pmatrix}1&3\end{pmatrix}\begin{pmatrix}\sigma_{u0}^2&\sigma_{u01}\\\sigma_{u01}&\sigma_{u1}^2\end{pmatrix}\begin{pmatrix}1\\3\end{pmatrix}+\sigma^2"),
    ("lines", "Cov(y_11, y_31)", "sigma_u0^2 + 5*sigma_u01 + 4*sigma_u1^2"),
    ("lines", "Var(y_31 - y_21)", r"\sigma_{u1}^2 + 2\sigma^2"),
    ("lines", "Z", "np.kron(np.eye(2), np.array([[1,1],[1,3],[1,4]]))"),
    ("lines", "G", r"\mathbf{I}_2 \otimes \begin{bmatrix} \sigma^2_{u0} & \sigma_{u01} \\ \sigma_{u01} & \sigma^2_{u1}\end{bmatrix}"),
    ("subplots", "Var(y_1111 - y_1121)", "2*sigma^2"),
    ("subplots", WHOLE, r"\frac{4\sigma_v^2+2\sigma_w^2+\sigma^2}{4}"),
    ("samples", OUTER, r"\sigma_u^2 + \frac{\sigma_v^2}{b} + \frac{\sigma^2}{bn}"),
    ("samples", "V", r"I_a \otimes (\sigma_u^2 J_b \otimes J_n + \sigma_v^2 I_b \otimes J_n + \sigma^2 I_b \otimes I_n)"),
    ("samples", "det(V)", r"(\sigma^2)^{ab(n-1)}(\sigma^2+n\sigma_v^2)^{a(b-1)}(\sigma^2+n\sigma_v^2+bn\sigma_u^2)^a"),
    ("grid", "V", r"\sigma^2 I_{rcn} + \sigma_w^2 I_r \otimes I_c \otimes J_n + \sigma_u^2 I_r \otimes J_c \otimes J_n + \sigma_v^2 J_r \otimes I_c \otimes J_n"),
    ("grid", OUTER, "sigma_u^2 + sigma_v^2/c + sigma_w^2/c + sigma^2/(c*n)"),
    ("grid", ROWS, r"2\left(\sigma_u^2 + \frac{\sigma_w^2}{c} + \frac{\sigma^2}{cn}\right)"),
    ("strips", "V", r"I_b \otimes (\sigma^2 I_a \otimes I_c + \sigma_v^2 I_a \otimes J_c + \sigma_w^2 J_a \otimes I_c + \sigma_u^2 J_a \otimes J_c)"),
    ("strips", ROWS, r"\frac{2(c\sigma_v^2+\sigma^2)}{bc}"),
    ("whole", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", r"2(\sigma_v^2+\sigma^2)/r"),
    ("whole", "V", r"I_r \otimes I_a \otimes (\sigma^2 I_s + \sigma_v^2 J_s) + \sigma_u^2 I_r \otimes J_{as}"),
    ("people", "V^{-1}", r"\frac{1}{\sigma^2} I_6 - \frac{\sigma_u^2}{\sigma^2(\sigma^2+2\sigma_u^2)} ZZ'"),
    ("people", "E(yy')", r"\mathbf{V} + \mu^2\mathbf{J}_6"),
    ("people", "y | u ~ N(Xβ + Zu, R)", r"\mathbf{y}\mid\mathbf{u} \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Zu},\ \sigma^2\mathbf{I}_6)"),
    ("plots", "X(X'X)^{-}X'", r"I_3 \otimes \tfrac14 J_4"),
    ("plots", "I - X(X'X)^{-}X'", r"I_3 \otimes (I_4 - \frac{1}{4} J_4)"),
    ("line", "(X'X)^{-1}", r"\begin{bmatrix} 1.85 & -0.4 \\ -0.4 & 0.1 \end{bmatrix}"),
    ("line", "Var((X'X)^{-1}X'y)", r"\frac{\sigma^2}{40}\begin{pmatrix}74&-16\\-16&4\end{pmatrix}"),
    ("two", "V", "sigma^2*diag(6) + sigma_u^2*(diag(3) %x% matrix(1,2,2)) + sigma_v^2*(matrix(1,3,3) %x% diag(2))"),
    ("two", "Cov(y_1, y_3)", "σ_v²"),
    ("equation", "V", r"\sigma_b^2 \mathbf{Z}\mathbf{Z}' + \sigma^2\mathbf{I}"),
    ("equation", "model", r"y_{ij} = \mu + \alpha_i + \beta_j + \varepsilon_{ij};\ \beta_j \sim N(0, \sigma_\beta^2);\ \varepsilon_{ij} \overset{iid}{\sim} N(0, \sigma^2)"),
    ("incomplete", "V", "np.kron(np.eye(10), sigma2*np.eye(2) + sigma2_u*np.ones((2,2)))"),
    ("incomplete", "Z'Z", "2I_{10}"),
    ("incomplete", "dim:V", "20 by 20"),
]
"""What is right."""

FREE: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("line", "X", "[[2,1],[3,1],[5,1],[6,1]]", "[[2,1],[3,1],[5,1],[7,1]]", {"up_to": "column-order"}),
    ("line", "X", "[[1,-2],[1,-1],[1,1],[1,2]]", "[[1,4],[1,9],[1,25],[1,36]]", {"up_to": "column-space"}),
    ("plots", "X", "kronecker(diag(3), rep(1,4))", "kronecker(rep(1,4), diag(3))", {"up_to": "column-space"}),
    ("people", "V", "I_3 ⊗ (σ² I_2 + σ²_u J_2)", "I_3 ⊗ (σ² I_2 + σ²_u I_2)", {"form": "kronecker"}),
]
"""What is right by what the question leaves free, and what is near it and is wrong all the same."""

REFUSED = [
    ("people", "y | u ~ N(Xβ + Zu, R)", "y | u ~ N(Xβ, V)", "marginal-for-conditional"),
    ("samples", "det(V)", r"(\sigma^2+n\sigma_v^2+bn\sigma_u^2)^a", "missing-factor"),
    ("counts", "Var(y_11)", "exp(2mu + sigma_u^2)*(exp(sigma_u^2) - 1)", "missing-term|missing-residual"),
    ("counts", "E(y_11)", "exp(mu)", "jensen"),
    ("counts", "E(y_11)", "mu", "link-forgotten"),
    ("counts", "E(y_11)", "exp(mu + u_1)", "conditional-for-marginal"),
    ("counts", "E(y_11)", "exp(mu + sigma_u^2)", "factor-2|missing-factor"),
    ("counts", "E(y_11)", "exp(mu + sigma_u/2)", "sd-for-variance"),
    ("counts", "E(y_11)", "exp(mu - sigma_u^2/2)", "sign"),
    ("counts", "E(y_11)", "exp(mu) + sigma_u^2/2", "parentheses-lost|incorrect"),
    ("counts", "Var(y_11)", "exp(mu + sigma_u^2/2)", "missing-term|missing-random|variance-of-sum"),
    ("counts", "Var(y_11)", "exp(mu + u_1)", "conditional-for-marginal"),
    ("counts", "Cov(y_11, y_12)", "0", "covariance-missing"),
    ("counts", "Cov(y_11, y_12)", "sigma_u^2", "link-forgotten|incorrect"),
    ("logs", "E(y_11)", "exp(mu)", "jensen"),
    ("logs", "E(y_11)", "exp(mu + sigma^2/2)", "missing-random|jensen"),
    ("logs", "E(y_11)", "exp(mu + sigma_u^2/2)", "missing-residual"),
    ("logs", "E(y_11)", "exp(mu + u_1 + sigma^2/2)", "conditional-for-marginal"),
    ("lecture", PROBIT, r"\Phi(\mu)", "jensen"),
    ("lecture", PROBIT, r"\mu/\sqrt{1+\sigma_u^2}", "link-forgotten"),
    ("lecture", PROBIT, r"\Phi(\mu + u_1)", "conditional-for-marginal"),
    ("lecture", PROBIT, r"\Phi(\mu/(1+\sigma_u^2))", "variance-for-sd|squared-twice|sd-for-variance|incorrect"),
    ("lecture", LOGISTIC, r"e^{\eta}", "missing-factor|missing-term|incorrect"),
    ("lecture", LOGISTIC, r"1/(1+e^{\eta})", "sign"),
    ("lecture", RESIDUAL, r"\frac{1}{n}(y - X\beta)'(y - X\beta)", "ml-for-reml"),
    ("lecture", RESIDUAL, r"\frac{(y - X\beta)'(y - X\beta)}{n - 1}", "wrong-count|off-by-one|ml-for-reml|incorrect"),
    ("lecture", RESIDUAL, "(y - Xβ)(y - Xβ)'/(n - p)", "transpose-misplaced|wrong-size|shapes-do-not-meet"),
    ("lecture", RESIDUAL, "y'y/(n - p)", "mean-not-subtracted"),
    ("lecture", r"\frac{(y - X\beta)'V^{-1}(y - X\beta)}{n - p}", "(y - X @ beta).T @ inv(V) @ (y - X @ beta) / n", "ml-for-reml"),
    ("square", "(AB)'", "A'B'", "order-swapped"),
    ("square", "(ABC)^{-1}", "A⁻¹B⁻¹C⁻¹", "order-swapped"),
    ("square", "AB'", "A'B", "transpose-misplaced"),
    ("square", "A'BC", r"A B^\top C", "transpose-misplaced"),
    ("square", "ABA'", "t(A) %*% B %*% A", "transpose-misplaced"),
    ("square", "(A + B)^{-1}", "A^{-1} + B^{-1}", "inverse-of-sum"),
    ("square", "A(B + C)", "AB + C", "parentheses-lost"),
    ("square", "(A')^{-1}", "A'", "inverse-lost"),
    ("lecture", "Z'R^{-1}Z + G^{-1}", "Z'RZ + G^{-1}", "inverse-lost"),
    ("people", "Z'R^{-1}Z + G^{-1}", r"\frac{1}{\sigma^2}Z'Z + \sigma_u^2 I_3", "G-for-inverse"),
    ("people", "V^{-1}", r"I_3 \otimes \begin{bmatrix} \frac{1}{\sigma^2+\sigma_u^2} & \frac{1}{\sigma_u^2} \\ \frac{1}{\sigma_u^2} & \frac{1}{\sigma^2+\sigma_u^2} \end{bmatrix}", "elementwise-inverse"),
    ("people", "V^{-1}", "inv(Z @ Z.T)", "singular-inverse"),
    ("people", "V", "σ⁴I_6 + σ_u⁴ZZ'", "squared-twice"),
    ("people", "u ~ N(0, G)", r"\mathbf{u} \sim N(\mathbf{0}, \sigma_u\mathbf{I}_3)", "sd-for-variance"),
    ("times", "V", "I_3 ⊗ σ²((1-ρ)J_4 + ρI_4)", "ones-for-identity|identity-for-ones|identity-for-ones+ones-for-identity"),
    ("times", "V", "I_3 ⊗ σ²(I_4 + ρJ_4)", "missing-term|missing-factor|incorrect"),
    ("times", "V", "I_4 ⊗ σ²((1-ρ)I_3 + ρJ_3)", "wrong-size"),
    ("times", "V", f"I_3 ⊗ σ²{SERIAL}", "wrong-structure"),
    ("times", "V", "I_3 ⊗ ((1-ρ)I_4 + ρJ_4)", "correlation-for-covariance"),
    ("times", "V", "σ²I_12", "diagonal-only"),
    ("times", r"Var(\bar{y}_{\cdot 1})", "sigma^2/4", "variance-of-sum"),
    ("times", "Var(y_11 - y_21)", "2σ²(1+ρ)", "sign"),
    ("unlike", "Cov(y_11, y_31)", "ρσ_1²σ_3²", "squared-twice|variance-for-sd"),
    ("unlike", "Cov(y_11, y_31)", "ρ", "correlation-for-covariance"),
    ("unlike", "Cov(y_11, y_31)", "ρ²σ_1σ_3", "wrong-structure|off-by-one"),
    ("unlike", "Cov(y_11, y_31)", "ρσ_1σ_2", "wrong-index"),
    ("unlike", "Var(y_11)", r"\sigma_1", "sd-for-variance"),
    ("effects", "Var(y_11)", "sigma_v^2", "missing-residual"),
    ("effects", "Cov(y_11, y_31)", "ρ_v σ_v²", "dropped-rho-power|wrong-index"),
    ("effects", "Cov(y_11, y_31)", "σ_v² ρ_v² + σ²", "variance-for-covariance|extra-term"),
    ("effects", "Corr(y_11, y_21)", r"\rho_v", "missing-residual"),
    ("lines", "Var(y_21)", "σ²_u0 + 9σ²_u1 + σ²", "variance-of-sum"),
    ("lines", "Var(y_21)", "σ²_u0 + 3σ_u01 + 9σ²_u1 + σ²", "factor-2"),
    ("lines", "Var(y_21)", "σ²_u0 + 6σ_u01 + 3σ²_u1 + σ²", "scalar-rule|missing-factor|forgot-square"),
    ("lines", "G", "I_2 ⊗ [[σ²_u0, 0], [0, σ²_u1]]", "diagonal-only|covariance-missing"),
    ("lines", "G", "[[σ²_u0, σ_u01], [σ_u01, σ²_u1]] ⊗ I_2", "kronecker-swapped"),
    ("lines", "Z", "[[1,1],[1,3],[1,4],[1,1],[1,3],[1,4]]", "fixed-random-confused"),
    ("lines", "Z", "np.kron(np.array([[1,1],[1,3],[1,4]]), np.eye(2))", "kronecker-swapped"),
    ("lines", "E(y_21)", r"\beta_0 + 2\beta_1", "wrong-index|incorrect"),
    ("subplots", WHOLE, r"\sigma_v^2 + \frac{\sigma^2}{4}", "missing-random"),
    ("subplots", WHOLE, "2(σ_v² + σ_w² + σ²)", "missing-replication"),
    ("subplots", "Var(y_1111 - y_1121)", "2(σ_w² + σ²)", "blocks-in-difference|variance-of-sum|wrong-comparison|extra-term"),
    ("samples", OUTER, r"\frac{\sigma_u^2+\sigma_v^2+\sigma^2}{bn}", "variance-of-sum|missing-factor"),
    ("samples", OUTER, r"\sigma_u^2 + \frac{\sigma_v^2}{b} + \frac{\sigma^2}{n}", "missing-replication|wrong-count"),
    ("samples", "V", r"I_a \otimes (\sigma_u^2 J_n \otimes J_b + \sigma_v^2 J_n \otimes I_b + \sigma^2 I_{bn})", "kronecker-swapped"),
    ("grid", "V", r"\sigma^2 I_{rcn} + \sigma_u^2 I_r \otimes J_{cn} + \sigma_v^2 J_r \otimes I_c \otimes J_n", "missing-random"),
    ("grid", "V", r"\sigma^2 I_{rcn} + \sigma_w^2 I_{rc} \otimes J_n + \sigma_v^2 I_r \otimes J_{cn} + \sigma_u^2 J_r \otimes I_c \otimes J_n", "components-swapped"),
    ("grid", ROWS, r"2\left(\sigma_u^2 + \frac{\sigma_v^2}{c} + \frac{\sigma_w^2}{c} + \frac{\sigma^2}{cn}\right)", "blocks-in-difference|variance-of-sum"),
    ("strips", ROWS, r"\frac{2\sigma^2}{bc}", "missing-random"),
    ("strips", ROWS, r"\frac{2(\sigma_v^2+\sigma^2)}{bc}", "wrong-count|missing-factor|missing-replication|variance-of-sum"),
    ("whole", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", "2σ²/r", "missing-random|wrong-comparison"),
    ("whole", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", "2(σ_u² + σ_v² + σ²)/r", "blocks-in-difference|variance-of-sum"),
    ("plots", "X(X'X)^{-}X'", r"I_3 \otimes J_4", "missing-factor"),
    ("plots", "X(X'X)^{-}X'", r"\tfrac14 J_4 \otimes I_3", "kronecker-swapped|wrong-grouping"),
    ("line", "(X'X)^{-1}", "[[1/4, 1/16], [1/16, 1/74]]", "elementwise-inverse"),
    ("line", "(X'X)^{-1}", "[[4, 16], [16, 74]]", "inverse-lost"),
    ("line", "Var((X'X)^{-1}X'y)", "σ²X'X", "inverse-lost"),
    ("line", "X'X", "[[4, 16], [16, 256]]", "one-entry"),
    ("line", "X'X", "[[4, 16], [0, 74]]", "asymmetric"),
    ("line", "(X'X)^{-1}X'y", "solve(X %*% t(X)) %*% t(X) %*% y", "shapes-do-not-meet"),
    ("line", "X", "[[2], [3], [5], [6]]", "missing-intercept"),
    ("two", "V", "σ²I_6 + σ_u² I_3⊗J_2 + σ_v² I_2⊗J_3", "wrong-size|wrong-grouping|kronecker-swapped"),
    ("two", "V", "σ²I_6 + (σ_u² + σ_v²) I_3⊗J_2", "wrong-grouping|incorrect"),
    ("two", "Cov(y_1, y_3)", r"\sigma_u^2", "components-swapped|wrong-index"),
    ("equation", "model", "y_ij = μ + α_i + b_j + ε_ij, α_i ~ N(0, σ²_α), b_j ~ N(0, σ²_b), ε_ij ~ N(0, σ²)", "fixed-random-confused"),
    ("equation", "model", "y_ij = α_i + b_j + e_ij, b_j ~ N(0, σ²_b), e_ij ~ N(0, σ²)", "missing-intercept"),
    ("equation", "model", "y_ij = μ + b_j + ε_ij, b_j ~ N(0, σ²_b), ε_ij ~ N(0, σ²)", "missing-term"),
    ("lecture", r"\frac{(y_1-\mu)^2}{\sigma^2}", r"\frac{y_1-\mu}{\sigma^2}", "forgot-square"),
    ("lecture", r"\sqrt{\sigma^2/n + \sigma_u^2}", r"\sigma/\sqrt{n} + \sigma_u", "sum-of-sd"),
]
"""What is wrong, with the slip that a teacher would see."""

TWO_SLIPS = [
    ("blocks", "V", r"I_2 \otimes (\sigma I_4 + \sigma_u J_4)", "sd-for-variance+wrong-size"),
    ("blocks", "V", r"I_2 \otimes (\sigma_u^2 I_4 + \sigma^2 J_4)", "components-swapped+wrong-size"),
    ("blocks", "V", r"I_2 \otimes \sigma_u^2 J_4", "missing-residual+wrong-size"),
    ("blocks", "V", r"\sigma_u^2 J_2 \otimes I_4", "missing-residual+kronecker-swapped"),
    ("blocks", "V", r"I_4 \otimes (\sigma_u I_2 + \sigma J_2)", "sd-for-variance+components-swapped"),
    ("lecture", BLUP, "G^{-1}Z'V^{-1}y", "inverse-for-G+mean-not-subtracted"),
    ("lecture", BLUP, "GZ'R^{-1}y", "R-for-V+mean-not-subtracted"),
    ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "-(X'X)^{-1}X'y", "sign+ols-for-gls"),
    ("samples", OUTER, r"\sigma_u + \frac{\sigma_v}{b}", "missing-residual+sd-for-variance"),
    ("subplots", WHOLE, r"\sqrt{\sigma_v^2 + \frac{\sigma^2}{4}}", "missing-random+sd-for-variance"),
    ("counts", "E(y_11)", "mu + u_1", "conditional-for-marginal+link-forgotten"),
    ("people", "Var(y_11)", r"\sigma_u", "missing-residual+sd-for-variance"),
    ("lines", "Var(y_21)", "σ²_u0 + 9σ²_u1", "missing-residual+variance-of-sum"),
    ("equation", "V", r"\sigma_b ZZ' - \sigma I", "sd-for-variance+sign"),
    ("whole", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", r"\sqrt{(\sigma_v^2+\sigma^2)/r}", "sd-for-variance+factor-2"),
    ("times", "Cov(y_11, y_31)", "ρ²", "wrong-structure+correlation-for-covariance|off-by-one+correlation-for-covariance"),
]
"""Two slips at once."""

UNREAD = [
    ("people", "ZGZ' + R", "zgz' + r"),
]
"""What is wrong in its letters alone: it is not read, and says why."""

CREDITED: list[tuple[str, str, str, dict[str, float], float]] = [
    ("people", "V", "(σ²+σ²_u) I_6", {"cells": 1}, 6 / 12),
    ("people", "V", "(σ²+σ²_u) I_6", {"diagonal": 3, "off-diagonal": 1}, 3 / 4),
    ("people", "V", "σ²I_6 + σ²_u J_6", {"cells": 1}, 12 / 36),
    ("times", "V", f"I_3 ⊗ σ²{SERIAL}", {"cells": 1}, 10 / 16),
    ("line", "X'X", "[[4, 16], [16, 70]]", {"cells": 1}, 3 / 4),
    ("two", "ZGZ' + R", "ZGZ'", {"terms": 1}, 1 / 2),
    ("lecture", r"\mu + \tau_1 + \alpha_2", r"\mu + \tau_1 + \alpha_1", {"terms": 1}, 2 / 3),
    ("people", r"\sigma^2 + \sigma_u^2", r"\sigma_u^2", {"terms": 1}, 1 / 2),
    ("people", "y ~ N(Xβ, V)", "y ~ N(Xβ, R)", {"family": 0, "mean": 1, "variance": 3}, 1 / 4),
    ("people", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, V)", {"family": 0, "mean": 1, "variance": 3}, 3 / 4),
]
"""What is wrong, the weights of its parts, and the score that it earns."""

PAIRS = {(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)}
PLACED: list[tuple[str, str, str, set[tuple[int, int]], str]] = [
    ("line", "X'X", "[[4, 16], [16, 70]]", {(1, 1)}, "β1 x, β1 x"),
    ("people", "V", "(σ²+σ²_u) I_6", PAIRS, "y_11  g1, y_12  g1"),
    ("people", "V", "σ²I_6 + σ²_u J_6", {(i, j) for i in range(6) for j in range(6) if i // 2 != j // 2}, "the term σ²_u J₆"),
    ("times", "V", f"I_3 ⊗ σ²{SERIAL}", {(4 * k + i, 4 * k + j) for k in range(3) for i in range(4) for j in range(4) if abs(i - j) > 1}, "y_11  τ1 s1, y_31  τ3 s1"),
    ("people", "ZGZ' + R", "ZGZ' - R", {(i, i) for i in range(6)}, "the term −R"),
    ("lines", "Var(y_21)", "σ²_u0 + 3σ_u01 + 9σ²_u1 + σ²", {(0, 0)}, "the term 3σ_u01"),
    ("lecture", r"\mu + \tau_1 + \alpha_2", r"\mu + \tau_1 + \alpha_1", {(0, 0)}, "the term α_1"),
]
"""What is wrong and where: all its cells, and the name of one place."""

DERIVED = [
    Case("people", "Var(y)", "Var(y) = Var(𝟏μ + Zu + ε)\n= Var(Zu) + Var(ε)\n= Z(σ²_u I_3)Z' + σ² I_6\n= σ²_u ZZ' + σ² I_6\n= I_3 ⊗ (σ² I_2 + σ²_u J_2)"),
    Case("people", "Cov(u, y)", "Cov(u, y) = Cov(u, Xβ + Zu + ε)\n= Cov(u, Zu) + Cov(u, ε)\n= Var(u)Z' + 0\n= GZ'"),
    Case("people", "Corr(y_11, y_12)", "Corr(y_11, y_12) = Cov(y_11, y_12)/√(Var(y_11)Var(y_12))\n= σ²_u/√((σ² + σ²_u)²)\n= σ²_u/(σ² + σ²_u)"),
    Case("people", "Var(y - Xβ)", "Var(y - Xβ) = Var(y) = ZGZ' + R"),
    Case("lines", "Var(y_21)", "Var(y_21) = Var(u_01 + 3u_11 + ε_21)\n= Var(u_01) + 9Var(u_11) + 6Cov(u_01, u_11) + Var(ε_21)\n= σ²_u0 + 6σ_u01 + 9σ²_u1 + σ²"),
    Case("lines", "E(y_21)", "E(y_21) = E(β_0 + 3β_1 + u_01 + 3u_11 + ε_21)\n= β_0 + 3β_1 + E(u_01) + 3E(u_11) + E(ε_21)\n= β_0 + 3β_1"),
    Case("times", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(y_11) + Var(y_21) - 2Cov(y_11, y_21)\n= σ² + σ² - 2ρσ²\n= 2σ²(1 - ρ)"),
    Case("times", "Cov(y_11, y_12)", "Cov(y_11, y_12) = Cov(ε_11, ε_12) = 0"),
    Case("subplots", "Cov(y_1111, y_1121)", "Cov(y_1111, y_1121) = Cov(u_1 + v_11 + w_111 + ε_1111, u_1 + v_11 + w_111 + ε_1121)\n= Var(u_1) + Var(v_11) + Var(w_111)\n= σ²_u + σ²_v + σ²_w"),
    Case("samples", "Var(ybar_1..)", r"Var(\bar y_{1\cdot\cdot}) = Var(u_1 + \bar v_{\cdot 1} + \bar\varepsilon_{1\cdot\cdot})\\ = \sigma_u^2 + \frac{\sigma_v^2}{b} + \frac{\sigma^2}{bn}"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)⁻¹X'y) = (X'X)⁻¹X' Var(y) X(X'X)⁻¹\n= (X'X)⁻¹X' σ²I X(X'X)⁻¹\n= σ²(X'X)⁻¹X'X(X'X)⁻¹\n= σ²(X'X)⁻¹"),
    Case("line", "E((X'X)^-1 X'y)", "E((X'X)⁻¹X'y) = (X'X)⁻¹X'E(y)\n= (X'X)⁻¹X'Xβ\n= β"),
    Case("two", "Var(y)", "Var(y) = Z_u(σ²_u I_3)Z_u' + Z_v(σ²_v I_2)Z_v' + Var(ε)\n= σ²_u Z_u Z_u' + σ²_v Z_v Z_v' + σ² I_6"),
    Case("effects", "Cov(y_11, y_31)", "Cov(y_11, y_31) = Cov(v_11 + ε_11, v_31 + ε_31) = Cov(v_11, v_31) = σ²_v ρ_v²"),
    Case("people", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= Z'GZ + R", 2, "shapes-do-not-meet|transpose-misplaced"),
    Case("people", "Var(y)", "Var(y) = E(yy') - E(y)'E(y)\n= ZGZ' + R", 1, "shapes-do-not-meet|transpose-misplaced"),
    Case("people", "Var(y_11)", "Var(y_11) = Var(μ) + Var(u_1) + Var(ε_11)\n= μ + σ²_u + σ²", 2, "mean-in-variance"),
    Case("people", "Cov(u, y)", "Cov(u, y) = Cov(u, Zu) + Cov(u, ε)\n= Z Var(u)\n= ZG", 2),
    Case("people", "Corr(y_11, y_12)", "Corr(y_11, y_12) = Cov(y_11, y_12)/(Var(y_11)Var(y_12))\n= σ²_u/(σ² + σ²_u)²", 1),
    Case("people", "V^-1", "V⁻¹ = (ZGZ' + R)⁻¹\n= (ZGZ')⁻¹ + R⁻¹", 2, "inverse-of-sum|singular-inverse"),
    Case("people", "V^-1", "V⁻¹ = (ZGZ' + R)⁻¹\n= Z'⁻¹G⁻¹Z⁻¹ + R⁻¹", 2, "shapes-do-not-meet|inverse-of-sum"),
    Case("lines", "Var(y_21)", "Var(y_21) = Var(u_01 + 3u_11 + ε_21)\n= Var(u_01) + 3Var(u_11) + 6Cov(u_01, u_11) + Var(ε_21)\n= σ²_u0 + 6σ_u01 + 3σ²_u1 + σ²", 2, "scalar-rule"),
    Case("lines", "Var(y_21)", "Var(y_21) = Var(u_01 + 3u_11 + ε_21)\n= Var(u_01) + 9Var(u_11) + 3Cov(u_01, u_11) + Var(ε_21)", 2, "factor-2"),
    Case("lines", "E(y_21)", "E(y_21) = β_0 + 3β_1 + u_01 + 3u_11", 1, "random-in-mean"),
    Case("times", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(y_11) + Var(y_21) - Cov(y_11, y_21)\n= 2σ² - ρσ²", 1, "factor-2"),
    Case("times", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(y_11) + Var(y_21) - 2Cov(y_11, y_21)\n= 2σ² - 2ρ²σ²", 2),
    Case("subplots", "Cov(y_1111, y_1121)", "Cov(y_1111, y_1121) = Cov(u_1 + v_11 + w_111 + ε_1111, u_1 + v_11 + w_111 + ε_1121)\n= Var(u_1) + Var(v_11)\n= σ²_u + σ²_v", 2),
    Case("subplots", "Var(y_1111 - y_1121)", "Var(y_1111 - y_1121) = Var(ε_1111 - ε_1121)\n= Var(ε_1111) - Var(ε_1121)\n= 0", 2, "sign"),
    Case("samples", "Var(ybar_1..)", r"Var(\bar y_{1\cdot\cdot}) = Var(u_1 + \bar v_{\cdot 1} + \bar\varepsilon_{1\cdot\cdot})\\ = \sigma_u^2 + \sigma_v^2 + \frac{\sigma^2}{bn}", 2, "missing-replication"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)⁻¹X'y) = (X'X)⁻¹X' Var(y)\n= σ²(X'X)⁻¹X'", 1, "scalar-rule|shapes-do-not-meet"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)⁻¹X'y) = (X'X)⁻¹X' Var(y) X(X'X)⁻¹\n= σ²(X'X)⁻¹X'X(X'X)⁻¹\n= σ²(X'X)", 3, "inverse-lost"),
    Case("line", "E((X'X)^-1 X'y)", "E((X'X)⁻¹X'y) = (X'X)⁻¹X'E(y)\n= (X'X)⁻¹X'(Xβ + ε)\n= β", 2, "error-in-mean"),
    Case("line", "Var(y)", "Var(y) = Var(Xβ + ε)\n= X Var(β) X' + Var(ε)\n= XX' + σ²I", 3),
    Case("two", "Var(y)", "Var(y) = Z_u(σ²_u I_3)Z_u' + Z_v(σ²_v I_2)Z_v' + Var(ε)\n= σ²_u Z_u Z_u' + σ²_u Z_v Z_v' + σ² I_6", 2),
    Case("effects", "Cov(y_11, y_31)", "Cov(y_11, y_31) = Cov(v_11 + ε_11, v_31 + ε_31)\n= Cov(v_11, v_31) + Cov(ε_11, ε_31)\n= σ²_v ρ_v² + σ²", 3, "variance-for-covariance"),
    Case("equation", "Var(y)", "Var(y) = ZGZ' + R\n= ZZ'G + R", 2, "shapes-do-not-meet|order-swapped"),
    Case("counts", "E(y_11)", "E(y_11) = E(E(y_11 | u_1))\n= E(exp(μ + u_1))\n= exp(μ + σ²_u/2)"),
    Case("counts", "E(y_11)", "E(y_11) = E(exp(μ + u_1))\n= exp(E(μ + u_1))\n= exp(μ)", 2, "jensen"),
    Case("counts", "Var(y_11)", "Var(y_11) = E(Var(y_11 | u_1))\n= E(exp(μ + u_1))\n= exp(μ + σ²_u/2)", 1),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
