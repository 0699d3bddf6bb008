# ruff: noqa: E501  (an answer stands on one line)
"""Answers as homework brings them: other dialects in one line, words around, signs of equality in front, other letters
that are declared, brackets that are missing, about designs that the other sets use little.

What each deserves was written down before any of them was judged; the first run is told in `homework_of_other_kinds`.

Indices: strips y_ijk row, column, block; subplots y_ijkl whole, sub, sub-sub, block; latin y_ijk row, column,
treatment; nest y_ijk outer, inner, observation; periods y_ijkl sequence, period, subject, treatment; pairs y_ij
treatment, block; slopes, intercepts y_ij occasion, group; series, effects y_ij time, subject; arms y_ijk treatment,
time, subject; grid y_ijk row, column, repetition; whole, plots y_ijk whole, sub, block; groups y_ij group, observation.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.checking.lines.derivations import Case, derivation_of
from tutor import (
    Dimensions,
    Verdict,
    bibd,
    check,
    crd,
    crossed,
    crossover,
    glmm,
    latin_square,
    lecture_vocabulary,
    nested,
    one_way,
    random_intercepts,
    random_slopes,
    read,
    regression,
    repeated_measures,
    split_plot,
    split_split_plot,
    strip_plot,
)
from tutor import model as of_formula
from tutor.algebra.build import symbol
from tutor.notation.vocabulary import Vocabulary

BUILT: dict[str, Any] = {
    "strips": lambda: strip_plot(3, 2, 2),
    "subplots": lambda: split_split_plot(2, 3, 2, 2),
    "latin": lambda: latin_square(4),
    "nest": lambda: nested(3, 4, 2),
    "periods": lambda: crossover(2),
    "pairs": lambda: bibd(4, 6, 2),
    "slopes": lambda: random_slopes(3, [1, 2, 4]),
    "intercepts": lambda: random_intercepts(3, [1, 2, 4]),
    "series": lambda: repeated_measures(2, 5),
    "effects": lambda: repeated_measures(3, 4, side="G"),
    "arms": lambda: repeated_measures(2, 3, treatments=2),
    "grid": lambda: crossed(3, 2, 2),
    "whole": lambda: split_plot("a", "s", "r"),
    "plots": lambda: split_plot(2, 3, 4),
    "groups": lambda: one_way("g", "n"),
    "ancova": lambda: of_formula(
        "y ~ trt + x + (1 | blk)",
        {"y": [1, 2, 3, 4, 5, 6], "trt": list("ABABAB"), "x": [1, 2, 4, 3, 5, 6], "blk": list("ppqqrr")},
    ),
    "pots": lambda: crd(3, 2),
    "line": lambda: regression([1, 2, 3, 6]),
    "counts": lambda: glmm(one_way(4, 3), "Poisson"),
    "sizes": lambda: glmm(one_way(4, 3), "Gamma"),
}


@cache
def model(design: str) -> Any:
    return BUILT[design]()


def vocabulary(design: str) -> Vocabulary:
    """The names of a design; of "lecture" those of the course, of "square" square matrices A, B and C beside them."""
    if design == "square":
        return lecture_vocabulary().with_names(*(symbol(letter, "n", "n", facts=["invertible"]) for letter in "ABC"))
    return lecture_vocabulary() if design == "lecture" else model(design).vocabulary


def judged(design: str, asked: str, answer: str, **options: Any) -> Verdict:
    """The verdict on an answer; "model" asks for the whole model, "dim:" for the dimensions of what follows."""
    if design in ("counts", "sizes"):
        return check(answer, model(design).derive(asked), **options)
    if asked == "model":
        return check(answer, model(design), **options)
    names = vocabulary(design)
    if asked.startswith("dim:"):
        tree = read(asked[4:], names).tree
        assert tree is not None
        return check(answer, Dimensions.of(tree), names, **options)
    return check(answer, asked, names, **options)


def derived(case: Case) -> Verdict:
    """The verdict on a derivation; where the model knows none, the goal alone is given."""
    m = model(case.model)
    return check(case.text, derivation_of(m, case.asked), None if case.model == "counts" else m.vocabulary)


# fmt: off
ROWS, COLUMNS = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})"
ROW = r"Var(\bar{y}_{1\cdot\cdot})"
BLUP, BLUE = r"GZ'V^{-1}(y - X\beta)", "(X'V^{-1}X)^{-1}X'V^{-1}y"
RESIDUAL = r"\frac{(y - X\beta)'(y - X\beta)}{n - p}"
LOGLIK = r"-\frac{1}{2}\left(n\log(2\pi) + \log|V| + (y - X\beta)'V^{-1}(y - X\beta)\right)"
SERIAL = "[[1,ρ,ρ²,ρ³,ρ⁴],[ρ,1,ρ,ρ²,ρ³],[ρ²,ρ,1,ρ,ρ²],[ρ³,ρ²,ρ,1,ρ],[ρ⁴,ρ³,ρ²,ρ,1]]"
UNIFORM = "[[1,ρ,ρ,ρ,ρ],[ρ,1,ρ,ρ,ρ],[ρ,ρ,1,ρ,ρ],[ρ,ρ,ρ,1,ρ],[ρ,ρ,ρ,ρ,1]]"

ACCEPTED = [
    ("strips", "V", "Var(y) = σ_u² I_2⊗J_6 + σ_v² I_6 ⊗ J_2 + σ_w² I_2⊗J_3⊗I_2 + σ² I_12"),
    ("strips", "V", "Z_u Z_u' σ_u^2 + Z_v Z_v' σ_v^2 + Z_w Z_w' σ_w^2 + σ^2 I"),
    ("strips", "Var(y_111 - y_211)", r"2(\sigma_v^2+\sigma^2)."),
    ("strips", "Cov(y_111, y_211)", "Cov(y_111, y_211) = sigma_u^2 + sigma_w^2"),
    ("strips", ROW, "= (2*sigma_u^2 + 2*sigma_v^2 + sigma_w^2 + sigma^2)/4"),
    ("strips", COLUMNS, "σ_w² + σ²/3"),
    ("strips", COLUMNS, "1/3 * (3*sigma2_w + sigma2)"),
    ("subplots", "V", "diag(2) %x% (sigma_u^2*matrix(1,12,12) + sigma_v^2*(diag(2) %x% matrix(1,6,6)) + sigma_w^2*(diag(6) %x% matrix(1,2,2)) + sigma^2*diag(12))"),
    ("subplots", "Cov(y_1111, y_1121)", r"\sigma^2_{u}+\sigma^2_{v}+\sigma^2_{w}"),
    ("subplots", r"Var(\bar{y}_{1\cdot\cdot\cdot} - \bar{y}_{2\cdot\cdot\cdot})", r"\sigma_v^2 + \frac13\sigma_w^2 + \frac16\sigma^2"),
    ("subplots", "Corr(y_1111, y_1211)", "(sigma2_u + sigma2_v)/(sigma2_u + sigma2_v + sigma2_w + sigma2)"),
    ("latin", "V", r"\sigma^2\mathbf{I}_{16}+\sigma_r^2\mathbf{I}_4\otimes\mathbf{1}_4\mathbf{1}_4^{\top}+\sigma_c^2\mathbf{1}_4\mathbf{1}_4^{\top}\otimes\mathbf{I}_4"),
    ("latin", "V", "sigma**2*np.eye(16) + sigma_r**2*np.kron(np.eye(4), np.ones((4,4))) + sigma_c**2*np.kron(np.ones((4,4)), np.eye(4))"),
    ("latin", "V", "Σ = ZGZ^T + R"),
    ("latin", "Z", r"\begin{bmatrix} I_4 \otimes 1_4 & 1_4 \otimes I_4 \end{bmatrix}"),
    ("latin", "G", r"\begin{bmatrix}\sigma_r^2 I_4 & 0 \\ 0 & \sigma_c^2 I_4\end{bmatrix}"),
    ("latin", r"Var(\bar{y}_{\cdot\cdot 1} - \bar{y}_{\cdot\cdot 2})", "0.5σ²"),
    ("latin", "E(y_133)", "E(y_133) = μ + τ_3"),
    ("latin", "y ~ N(Xβ, V)", r"\mathbf{Y} \sim MVN(\mathbf{X}\boldsymbol\beta;\ \boldsymbol\Sigma)"),
    ("latin", "y ~ N(Xβ, V)", "y ~ N(Xβ, ZGZᵀ + σ²I)"),
    ("latin", "dim:Z", "16 rows and 8 columns"),
    ("latin", "dim:Z'V^{-1}Z", "8 x 8."),
    ("nest", ROW, "σ_u² + σ_v²/4 + σ²/8"),
    ("nest", ROW, "0.125*(8*sigma_u^2 + 2*sigma_v^2 + sigma^2)"),
    ("nest", "Corr(y_111, y_112)", r"\frac{\sigma_u^2+\sigma_v^2}{\sigma_u^2+\sigma_v^2+\sigma^2}"),
    ("nest", "Corr(y_111, y_112)", "1 - σ²/(σ²+σ_u²+σ_v²)"),
    ("nest", "V", "I_3 ⊗ (σ²_u J_8 + σ²_v I_4 ⊗ J_2 + σ² I_8)"),
    ("nest", "det(V)", "(σ²)^12 (σ²+2σ_v²)^9 (σ²+2σ_v²+8σ_u²)^3"),
    ("nest", "log|V|", "24 ln(σ) + 9 ln(σ²+2σ_v²) + 3 ln(σ²+2σ_v²+8σ_u²)"),
    ("periods", "V", r"I_4 \otimes \begin{pmatrix}\sigma^2+\sigma_u^2 & \sigma_u^2\\ \sigma_u^2 & \sigma^2+\sigma_u^2\end{pmatrix}"),
    ("periods", "Var(y_1111 - y_1212)", "= 2σ²"),
    ("periods", "E(y_1212)", r"\mu+\gamma_1+\pi_2+\tau_2"),
    ("periods", "E(y_1111 - y_1212)", "π_1 - π_2 + τ_1 - τ_2"),
    ("pairs", "V", "kronecker_product(eye(6), sigma**2*eye(2) + sigma_u**2*ones(2,2))"),
    ("pairs", "V", "KroneckerProduct(Identity(6), sigma**2*Identity(2)+sigma_u**2*OneMatrix(2,2))"),
    ("pairs", "V^{-1}", r"\frac{1}{\sigma^2(\sigma^2+2\sigma_u^2)} I_6\otimes\begin{bmatrix}\sigma^2+\sigma_u^2 & -\sigma_u^2\\ -\sigma_u^2 & \sigma^2+\sigma_u^2\end{bmatrix}"),
    ("pairs", "X'X", "[12 3 3 3 3; 3 3 0 0 0; 3 0 3 0 0; 3 0 0 3 0; 3 0 0 0 3]"),
    ("pairs", "Z'Z", "2*diag(6)"),
    ("pairs", "Cov(y_11, y_12)", "0"),
    ("pairs", "model", "y_ij = μ + τ_i + b_j + e_ij with b_j ~ N(0, σ²_b) and e_ij ~ N(0, σ²_e)"),
    ("slopes", "V", "I_3 ⊗ (Z_1 Σ_u Z_1' + σ² I_3)"),
    ("slopes", "Var(y_31)", "σ_{u0}^2 + 8σ_{u01} + 16σ_{u1}^2 + σ^2"),
    ("slopes", "Cov(y_11, y_31)", r"\sigma_{u0}^2 + 5\sigma_{u01} + 4\sigma_{u1}^2"),
    ("slopes", "E(y)", "1_3 ⊗ [β_0+β_1; β_0+2β_1; β_0+4β_1]"),
    ("slopes", "G", "diag(3) %x% matrix(c(sigma_u0^2, sigma_u01, sigma_u01, sigma_u1^2), 2, 2)"),
    ("slopes", "X", "1_3 ⊗ [[1,1],[1,2],[1,4]]"),
    ("slopes", "u ~ N(0, G)", r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{I}_3 \otimes \boldsymbol\Sigma_u)"),
    ("slopes", "model", "y_ij = (β_0 + u_0j) + (β_1 + u_1j) x_i + ε_ij, (u_0j, u_1j)' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)"),
    ("slopes", "model", "y = Xβ + Zu + e, u ~ N(0, G), e ~ N(0, σ²I)"),
    ("intercepts", "V", "V = WGW' + R, where W = I_3 ⊗ 1_3"),
    ("intercepts", "V", "σ_u² ZZ' + σ² I_9"),
    ("intercepts", "X", "[1 1; 1 2; 1 4; 1 1; 1 2; 1 4; 1 1; 1 2; 1 4]"),
    ("intercepts", "(X'X)^{-1}", "[[0.5, -1/6], [-1/6, 1/14]]"),
    ("intercepts", "E(y_31)", "β_0 + β_1*4"),
    ("intercepts", "model", "Y_ij = β0 + β1 x_i + b_j + e_ij; b_j ~ N(0, σ_b²); e_ij ~ N(0, σ_e²)"),
    ("series", "Cov(y_11, y_41)", "σ²·ρ^3"),
    ("series", "Cov(y_11, y_41)", r"\rho^{|1-4|}\sigma^2"),
    ("series", "V", "kronecker(diag(2), sigma^2*toeplitz(c(1, rho, rho^2, rho^3, rho^4)))"),
    ("series", "Var(y_11 - y_31)", "2σ²(1-ρ)(1+ρ)"),
    ("series", r"Var(\bar{y}_{\cdot 1})", "σ²/25 · (5 + 8ρ + 6ρ² + 4ρ³ + 2ρ⁴)"),
    ("series", "det(V)", r"\sigma^{20}(1-\rho^2)^8"),
    ("series", "V^{-1}", r"I_2 \otimes \frac{1}{\sigma^2(1-\rho^2)}\begin{bmatrix}1&-\rho&0&0&0\\-\rho&1+\rho^2&-\rho&0&0\\0&-\rho&1+\rho^2&-\rho&0\\0&0&-\rho&1+\rho^2&-\rho\\0&0&0&-\rho&1\end{bmatrix}"),
    ("effects", "Corr(y_11, y_21)", "σ_v² ρ_v/(σ_v² + σ²)"),
    ("effects", "V", "I_3 ⊗ (Σ_v + σ² I_4)"),
    ("effects", "Cov(y_11, y_41)", "sigma_v**2 * rho_v**3"),
    ("arms", "V", r"I_4 \otimes \Sigma_e"),
    ("arms", "E(y_121 - y_111)", r"\alpha_2 - \alpha_1 + (\tau\alpha)_{12} - (\tau\alpha)_{11}"),
    ("arms", "Cov(y_111, y_131)", "σ^2ρ^2"),
    ("grid", "Cov(y_111, y_211)", "σ²_v"),
    ("grid", ROW, r"\sigma_u^2+\tfrac12(\sigma_v^2+\sigma_w^2)+\tfrac14\sigma^2"),
    ("grid", "V", "sigma2*eye(12) + sigma2_u*kron(eye(3), ones(4)) + sigma2_v*kron(ones(3), kron(eye(2), ones(2))) + sigma2_w*kron(eye(6), ones(2))"),
    ("whole", "V", "I_r ⊗ (σ_u² J_{as} + σ_v² I_a⊗J_s + σ² I_{as})"),
    ("whole", ROWS, r"\frac{2}{r}\left(\sigma_v^2+\frac{\sigma^2}{s}\right)"),
    ("whole", COLUMNS, "2*sigma^2/(a*r)"),
    ("whole", r"\sqrt{\frac{2\sigma^2}{ar}}", "σ √(2/(ar))"),
    ("whole", r"\sqrt{\frac{2\sigma^2}{ar}}", "sqrt(2)*sigma/sqrt(a*r)"),
    ("whole", "dim:Z", "ars x r(1+a)"),
    ("whole", "dim:X", r"ars \times (1+a)(1+s)"),
    ("groups", "V^{-1}", "I_g ⊗ (1/σ²)(I_n - σ_u²/(σ²+nσ_u²) J_n)"),
    ("groups", "V^{-1}", r"\frac{1}{\sigma^2} I_{gn} - \frac{\sigma_u^2}{\sigma^2(\sigma^2+n\sigma_u^2)} ZZ'"),
    ("groups", "det(V)", "σ^{2g(n-1)}(σ²+nσ_u²)^g"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", "(nσ_u²+σ²)/(gn)"),
    ("groups", "dim:Z'V^{-1}y", "g x 1"),
    ("ancova", "X", "[[1,0,1],[1,1,2],[1,0,4],[1,1,3],[1,0,5],[1,1,6]]"),
    ("ancova", "E(y_4)", "β0 + β1 + 3β2"),
    ("ancova", "V", "I_3 ⊗ (σ²I_2 + σ_u² 1_2 1_2')"),
    ("ancova", "model", "y_ij = μ + τ_i + β x_ij + b_j + ε_ij, b_j ~ N(0, σ_b²), ε_ij ~ N(0, σ²)"),
    ("line", "σ²(X'X)^{-1}", "Var(β̂) = σ²/28 [25 -6; -6 2]"),
    ("line", "(X'X)^{-1}X'y", "np.linalg.solve(X.T @ X, X.T @ y)"),
    ("line", "(X'X)^{-1}X'y", "b = solve(t(X) %*% X) %*% t(X) %*% y"),
    ("line", "(X'X)^{-1}X'y", "solve(crossprod(X), crossprod(X, y))"),
    ("line", "y ~ N(Xβ, σ²I)", "y ~ N_4(Xβ, σ² I_4)"),
    ("lecture", BLUP, r"\hat{\mathbf{u}} = \mathbf{G Z}^T \mathbf{V}^{-1}(\mathbf y - \mathbf X\boldsymbol\beta)"),
    ("lecture", BLUP, "(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹(y − Xβ)"),
    ("lecture", BLUP, "G %*% t(Z) %*% solve(V, y - X %*% beta)"),
    ("lecture", BLUE, r"\left(X^{\mathsf T}\Sigma^{-1}X\right)^{-1}X^{\mathsf T}\Sigma^{-1}y"),
    ("lecture", BLUE, "inv(X.T @ inv(V) @ X) @ X.T @ inv(V) @ y"),
    ("lecture", LOGLIK, r"-\frac n2\ln 2\pi - \frac12\ln|\mathbf V| - \frac12(\mathbf y-\mathbf X\boldsymbol\beta)'\mathbf V^{-1}(\mathbf y-\mathbf X\boldsymbol\beta)"),
    ("lecture", "Cov(u, y)", "GZ'"),
    ("lecture", "V^{-1}", "R⁻¹ − R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹"),
    ("square", "(A'B)'", r"B^{T}A"),
    ("square", "(AB)^{-1}", "solve(B) %*% solve(A)"),
    ("counts", "E(y_11)", "exp(mu + sigma2_u/2)"),
    ("counts", "E(y_11)", r"E(y_{11}) = e^{\mu + 0.5\sigma_u^2}"),
    ("counts", "Cov(y_11, y_12)", "exp(2*mu + sigma_u**2)*(exp(sigma_u**2)-1)"),
    ("counts", "Var(y_11)", r"e^{\mu+\sigma_u^2/2} + e^{2\mu}\left(e^{2\sigma_u^2}-e^{\sigma_u^2}\right)"),
    ("sizes", "E(y_11)", r"\exp\left\{\mu + \frac{\sigma_u^2}{2}\right\}"),
    ("sizes", "Var(y_11)", r"(1+\phi)e^{2\mu+2\sigma_u^2} - e^{2\mu+\sigma_u^2}"),
]
"""What is right."""

REFUSED = [
    ("strips", "V", "I_2⊗(σ_u² J_6 + σ_v² I_3⊗J_2 + σ_w² J_3⊗I_2)", "missing-residual"),
    ("slopes", "Var(y_31)", "σ_{u0}^2 + 8σ_{u01} + 16σ_{u1}^2", "missing-residual"),
    ("subplots", "Cov(y_1111, y_1121)", r"\sigma_u^2+\sigma_v^2", "missing-random"),
    ("latin", "V", "σ² I_16 + σ_r² I_4⊗J_4", "missing-random"),
    ("effects", "y ~ N(Xβ, V)", "y ~ N(Xβ, σ²I)", "missing-random|R-for-V"),
    ("periods", "E(y_1212)", "μ + γ_1 + τ_2", "missing-term"),
    ("strips", "model", "y_ijk = μ + τ_i + α_j + u_k + v_ik + w_jk + e_ijk; u_k ~ N(0,σ_u²); v_ik ~ N(0,σ_v²); w_jk ~ N(0,σ_w²); e_ijk ~ N(0,σ²)", "missing-term"),
    ("lecture", BLUP, "Z'V⁻¹(y − Xβ)", "missing-factor"),
    ("latin", "V", "ZZ' + R", "missing-factor"),
    ("pairs", "V", "I_6 ⊗ [[σ², σ_u²],[σ_u², σ²]]", "missing-component-on-diagonal"),
    ("intercepts", "V", "I_3 ⊗ [σ² σ_u² σ_u²; σ_u² σ² σ_u²; σ_u² σ_u² σ²]", "missing-component-on-diagonal"),
    ("latin", "R", "R = σ²", "missing-identity"),
    ("slopes", "V", "ZGZ' + σ²", "missing-identity|shapes-do-not-meet"),
    ("periods", "E(y_1111)", "γ_1 + π_1 + τ_1", "missing-intercept"),
    ("intercepts", "X", "[1;2;4;1;2;4;1;2;4]", "missing-intercept"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", "σ_u² + σ²", "missing-replication"),
    ("strips", ROW, "σ_u²/2 + σ_v²/2 + σ_w²/4 + σ²", "missing-replication"),
    ("grid", ROW, "σ_u² + σ_v² + σ_w² + σ²", "missing-replication"),
    ("square", "AB'", "AB", "transpose-lost"),
    ("lecture", "X'V^{-1}X", "X V^-1 X", "transpose-lost|shapes-do-not-meet"),
    ("square", "ABA'", "A'BA", "transpose-misplaced"),
    ("square", "A'B", "A @ B.T", "transpose-misplaced"),
    ("square", "(AB)^{-1}", "A^-1 B^-1", "order-swapped"),
    ("square", "ABC", "ACB", "order-swapped"),
    ("lecture", BLUP, r"GZ'V^{-1}y - X\beta", "parentheses-lost|shapes-do-not-meet"),
    ("square", "(A + B)C", "A + BC", "parentheses-lost"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", "nσ_u² + σ²/gn", "parentheses-lost|missing-factor|missing-replication|incorrect"),
    ("line", "σ²(X'X)^{-1}", "σ² X'X", "inverse-lost"),
    ("lecture", "X'V^{-1}X", "t(X) %*% V %*% X", "inverse-lost"),
    ("groups", "V^{-1}", "I_g ⊗ (I_n/σ² + J_n/σ_u²)", "inverse-of-sum"),
    ("square", "(A + B)^{-1}", "inv(A) + inv(B)", "inverse-of-sum"),
    ("line", "(X'X)^{-1}", "[[1/4, 1/12], [1/12, 1/50]]", "elementwise-inverse"),
    ("intercepts", "(X'X)^{-1}", "[1/9 1/21; 1/21 1/63]", "elementwise-inverse"),
    ("lecture", "Z'R^{-1}Z + G^{-1}", "Z'R^-1 Z + G", "G-for-inverse"),
    ("slopes", "Z'R^{-1}Z + G^{-1}", "t(Z) %*% solve(R) %*% Z + G", "G-for-inverse"),
    ("lecture", BLUP, "G^-1 Z'V^-1(y - Xβ)", "inverse-for-G"),
    ("latin", "V", "Z G^{-1} Z' + R", "inverse-for-G"),
    ("lecture", BLUP, "GZ'R⁻¹(y − Xβ)", "R-for-V"),
    ("effects", "Z'V^{-1}Z", "Z'R^{-1}Z", "R-for-V|ols-for-gls"),
    ("lecture", "ZGZ' + R", "ZGZ' + R^-1", "inverse-for-R"),
    ("grid", "V", "Z G Z^T + inv(R)", "inverse-for-R"),
    ("latin", "V", "σ I_16 + σ_r I_4⊗J_4 + σ_c J_4⊗I_4", "sd-for-variance"),
    ("intercepts", "Var(y_11)", "σ_u + σ", "sd-for-variance|sum-of-sd"),
    ("pairs", "u ~ N(0, G)", "u ~ N(0, σ_u I_6)", "sd-for-variance"),
    ("nest", "model", "y_ijk = μ + u_i + v_ij + e_ijk; u_i ~ N(0, σ_u); v_ij ~ N(0, σ_v); e_ijk ~ N(0, σ)", "sd-for-variance"),
    ("whole", r"\sqrt{\frac{2\sigma^2}{ar}}", "2σ²/(ar)", "variance-for-sd"),
    ("groups", r"\sqrt{\sigma_u^2 + \sigma^2}", "σ_u² + σ²", "variance-for-sd"),
    ("lecture", r"\frac{(\tau_1 - \tau_2)^2}{2\sigma^2}", r"\frac{\tau_1-\tau_2}{2\sigma^2}", "forgot-square"),
    ("lecture", r"(y_1 - \mu)^2 + (y_2 - \mu)^2", r"(y_1-\mu)+(y_2-\mu)", "forgot-square|incorrect"),
    ("nest", "Cov(y_111, y_122)", "σ_u^4", "squared-twice"),
    ("latin", "Var(y_111)", "σ⁴ + σ_r⁴ + σ_c⁴", "squared-twice"),
    ("strips", "V", "I_2⊗(σ² I_6 + σ_w² I_3⊗J_2 + σ_v² J_3⊗I_2 + σ_u² J_6)", "components-swapped"),
    ("nest", "Cov(y_111, y_122)", "σ_v²", "components-swapped|wrong-index"),
    ("grid", "Cov(y_111, y_211)", "σ_u²", "components-swapped|wrong-index"),
    ("pairs", "V", "I_6⊗(σ_u²I_2 + σ²J_2)", "components-swapped"),
    ("grid", "Cov(y_111, y_112)", "0", "covariance-missing"),
    ("effects", "Cov(y_11, y_21)", "0", "covariance-missing"),
    ("latin", "V", "(σ²+σ_r²+σ_c²) I_16", "diagonal-only"),
    ("intercepts", "V", "(sigma2 + sigma2_u)*np.eye(9)", "diagonal-only"),
    ("periods", "V", "σ² I_8 + σ_u² J_8", "covariance-everywhere|ones-for-identity"),
    ("series", "Cov(y_11, y_12)", "σ²ρ", "covariance-everywhere"),
    ("pairs", "Cov(y_11, y_12)", "σ_u²", "covariance-everywhere"),
    ("intercepts", "V", "σ² I_9 + σ_u² J_3⊗I_3", "wrong-grouping|kronecker-swapped"),
    ("periods", "V", "I_2 ⊗ (σ²I_4 + σ_u²J_4)", "wrong-grouping|wrong-size"),
    ("pairs", "V", "σ²I_12 + σ_u²(I_4⊗J_3)", "wrong-grouping|wrong-size"),
    ("series", "V", f"I_2 ⊗ σ²{UNIFORM}", "wrong-structure|dropped-rho-power"),
    ("arms", "V", "I_4 ⊗ σ²[1 ρ ρ; ρ 1 ρ; ρ ρ 1]", "wrong-structure|dropped-rho-power"),
    ("series", "Cov(y_11, y_41)", "ρσ²", "dropped-rho-power"),
    ("arms", "Cov(y_111, y_131)", "σ²ρ", "dropped-rho-power"),
    ("series", "Cov(y_11, y_41)", "σ²ρ⁴", "off-by-one"),
    ("arms", "Cov(y_111, y_131)", "σ²ρ³", "off-by-one"),
    ("series", "Cov(y_11, y_41)", "ρ³", "correlation-for-covariance"),
    ("nest", "Cov(y_111, y_112)", "(σ_u²+σ_v²)/(σ_u²+σ_v²+σ²)", "correlation-for-covariance"),
    ("nest", "Corr(y_111, y_112)", "σ_u² + σ_v²", "covariance-for-correlation"),
    ("effects", "Corr(y_11, y_21)", "σ_v² ρ_v", "covariance-for-correlation"),
    ("grid", "Cov(y_111, y_121)", "σ_u² + σ_v² + σ_w² + σ²", "variance-for-covariance"),
    ("intercepts", "Cov(y_11, y_21)", "σ_u² + σ²", "variance-for-covariance"),
    ("line", "X'X", "[4 12; 0 50]", "asymmetric"),
    ("pairs", "V", "I_6 ⊗ [[σ²+σ_u², σ_u²],[0, σ²+σ_u²]]", "asymmetric"),
    ("line", "X'X", "[[4, 12], [12, 40]]", "one-entry"),
    ("pairs", "X'X", "[12 3 3 3 3; 3 3 0 0 0; 3 0 3 0 0; 3 0 0 3 0; 3 0 0 0 2]", "one-entry"),
    ("nest", "V", "I_3 ⊗ (σ_u² I_8 + σ_v² I_4⊗J_2 + σ² I_8)", "identity-for-ones"),
    ("groups", "V", "I_g⊗(σ²I_n + σ_u²I_n)", "identity-for-ones|diagonal-only|covariance-missing"),
    ("pairs", "R", "σ² J_12", "ones-for-identity"),
    ("latin", "G", r"\begin{bmatrix}\sigma_r^2 J_4 & 0 \\ 0 & \sigma_c^2 J_4\end{bmatrix}", "ones-for-identity|covariance-everywhere"),
    ("intercepts", "Z", "I_3 ⊗ J_3", "ones-matrix-for-vector|wrong-size"),
    ("groups", "Z", "I_g ⊗ J_n", "ones-matrix-for-vector|wrong-size"),
    ("series", "V", f"σ²{SERIAL} ⊗ I_2", "kronecker-swapped"),
    ("groups", "Z", "1_n ⊗ I_g", "kronecker-swapped|wrong-grouping"),
    ("pairs", "V", "I_2 ⊗ (σ² I_6 + σ_u² J_6)", "wrong-size"),
    ("latin", "dim:Z", "16 × 4", "wrong-dimension"),
    ("whole", "dim:Z", "ars × a", "wrong-dimension"),
    ("groups", "dim:Z", "g × gn", "transposed-dimensions"),
    ("latin", "V", "ZG + R", "shapes-do-not-meet|missing-factor"),
    ("slopes", "V", "Z'GZ + R", "shapes-do-not-meet|transpose-misplaced"),
    ("latin", "E(y_133)", "μ + τ_2", "wrong-index"),
    ("slopes", "E(y_31)", "β_0 + 2β_1", "wrong-index|factor-2"),
    ("strips", "model", "y_ijk = μ + τ_i + α_j + (τα)_ij + u_k + v_ij + w_jk + e_ijk; u_k ~ N(0,σ_u²); v_ij ~ N(0,σ_v²); w_jk ~ N(0,σ_w²); e_ijk ~ N(0,σ²)", "wrong-index"),
    ("plots", ROWS, "2σ²/(4·2)", "wrong-comparison|missing-random"),
    ("strips", "Var(y_111 - y_211)", "2(σ_w² + σ²)", "wrong-comparison|components-swapped|wrong-index"),
    ("latin", "E(y_133)", "μ + τ_3 + r_1 + c_3", "random-in-mean"),
    ("effects", "E(y)", "Xβ + Zu", "random-in-mean"),
    ("line", "E(y)", "Xβ + ε", "error-in-mean"),
    ("grid", "E(y_111)", "μ + e_111", "error-in-mean"),
    ("pairs", "Var(y_11)", "μ + τ_1 + σ_u² + σ²", "mean-in-variance"),
    ("slopes", "Var(y_11)", "β_0 + β_1 + σ_u0² + 2σ_u01 + σ_u1² + σ²", "mean-in-variance"),
    ("lecture", BLUP, "G Z^T V^{-1} y", "mean-not-subtracted"),
    ("lecture", "(y - Xβ)'V^{-1}(y - Xβ)", "y'V^{-1}y", "mean-not-subtracted"),
    ("grid", "y ~ N(Xβ, V)", "y ~ N(V, Xβ)", "mean-variance-swapped|shapes-do-not-meet"),
    ("nest", "u ~ N(0, G)", "u ~ N(G, 0)", "mean-variance-swapped|shapes-do-not-meet"),
    ("latin", "model", "y_ijk = μ + τ_k + r_i + c_j + e_ijk, τ_k ~ N(0, σ_τ²), r_i ~ N(0, σ_r²), c_j ~ N(0, σ_c²), e_ijk ~ N(0, σ²)", "fixed-random-confused"),
    ("pairs", "model", "y_ij = μ + τ_i + b_j + e_ij, e_ij ~ N(0, σ²)", "missing-distribution|fixed-random-confused"),
    ("periods", "Var(y_1111 - y_1212)", "σ²", "factor-2"),
    ("slopes", "Var(y_31)", "σ_u0² + 4σ_u01 + 16σ_u1² + σ²", "factor-2"),
    ("series", "Var(y_11 - y_31)", "2σ²(1 + ρ²)", "sign"),
    ("effects", "Var(y_11 - y_21)", "2σ² + 2σ_v²(1 + ρ_v)", "sign"),
    ("groups", r"\sqrt{\sigma_u^2 + \sigma^2}", "σ_u + σ", "sum-of-sd"),
    ("plots", r"\sqrt{\sigma_u^2+\sigma_v^2+\sigma^2}", "σ_u + σ_v + σ", "sum-of-sd"),
    ("periods", "Var(y_1111 - y_1212)", "2(σ_u² + σ²)", "blocks-in-difference|variance-of-sum"),
    ("strips", COLUMNS, "σ_u² + σ_w² + σ²/3", "blocks-in-difference|extra-term"),
    ("slopes", "Var(y_31)", "σ_u0² + 8σ_u01 + 4σ_u1² + σ²", "scalar-rule|forgot-square"),
    ("line", "Var(3y_1)", "3σ²", "scalar-rule"),
    ("groups", "Var(2y_11)", "2(σ_u² + σ²)", "scalar-rule|factor-2|forgot-square"),
    ("series", "Var(y_11 + y_21)", "2σ²", "variance-of-sum"),
    ("intercepts", "Var(y_11 + y_21)", "2(σ² + σ_u²)", "variance-of-sum"),
    ("lecture", BLUE, "(X'X)^-1 X'y", "ols-for-gls"),
    ("ancova", "X'V^{-1}X", "X'X/σ²", "ols-for-gls|R-for-V"),
    ("lecture", RESIDUAL, r"\|y - X\beta\|^2/n", "ml-for-reml"),
    ("line", RESIDUAL, "(y - Xβ)'(y - Xβ)/4", "ml-for-reml"),
    ("latin", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, R)", "conditional-for-marginal"),
    ("sizes", "E(y_11)", "exp(μ + u_1)", "conditional-for-marginal"),
    ("sizes", "E(y_11)", "μ", "link-forgotten"),
    ("counts", "E(y_11)", "μ + σ_u²/2", "link-forgotten"),
    ("sizes", "E(y_11)", "e^μ", "jensen"),
    ("counts", "E(y_11)", "np.exp(mu)", "jensen"),
    ("counts", "Cov(y_11, y_12)", "exp(2μ + σ_u²)", "missing-factor|missing-term|incorrect"),
    ("strips", "Var(y_111)", "σ_u² + σ_v² + σ²", "missing-random"),
    ("strips", "Cov(y_111, y_112)", "σ_u²", "covariance-everywhere"),
    ("subplots", "Var(y_1111 - y_1121)", "2(σ_w² + σ²)", "blocks-in-difference|variance-of-sum|extra-term"),
    ("ancova", "E(y_4)", "β_0 + β_1 + 4β_2", "wrong-index|incorrect"),
    ("ancova", "model", "y_ij = μ + τ_i + b_j + e_ij, b_j ~ N(0, σ_b²), e_ij ~ N(0, σ²)", "missing-term"),
]
"""What is wrong, with the slip that a teacher would see."""

TWO_SLIPS = [
    ("strips", "V", "I_2⊗(σ_u J_6 + σ_v I_3⊗J_2 + σ_w J_3⊗I_2)", "missing-residual+sd-for-variance"),
    ("latin", "V", "σ I_16 + σ_c I_4⊗J_4 + σ_r J_4⊗I_4", "sd-for-variance+components-swapped|sd-for-variance+wrong-grouping"),
    ("pairs", "V", "(σ I_2 + σ_u J_2) ⊗ I_6", "sd-for-variance+kronecker-swapped"),
    ("series", "Cov(y_11, y_41)", "σρ", "sd-for-variance+dropped-rho-power"),
    ("arms", "Cov(y_111, y_131)", "ρ", "dropped-rho-power+correlation-for-covariance"),
    ("slopes", "Var(y_31)", "σ_u0² + 16σ_u1²", "missing-residual+variance-of-sum"),
    ("whole", ROWS, r"\sqrt{\frac{2\sigma^2}{rs}}", "missing-random+sd-for-variance"),
    ("nest", ROW, "σ_v/4 + σ/8", "missing-random+sd-for-variance"),
    ("grid", "Cov(y_111, y_211)", "σ_u", "sd-for-variance+components-swapped|sd-for-variance+wrong-index"),
    ("lecture", "ZGZ' + R", "ZG^-1Z'", "missing-residual+inverse-for-G"),
    ("line", "σ²(X'X)^{-1}", "σ X'X", "inverse-lost+sd-for-variance"),
]
"""Two slips at once."""

UNREAD = [
    ("series", "V", r"\mathbf{I}_2 \otimes \sigma^2\begin{bmatrix} 1 & \rho & \rho^2 & \rho^3 & \rho^4 \\ & 1 & \rho & \rho^2 & \rho^3 \\ & & 1 & \rho & \rho^2 \\ & & & 1 & \rho \\ & & & & 1 \end{bmatrix}"),
]
"""What is not read: nothing tells that a factor is symmetric of which the lower half is left out."""

UNEXPLAINED = [
    ("arms", "V", "I_3 ⊗ σ²[1 ρ ρ² ρ³; ρ 1 ρ ρ²; ρ² ρ 1 ρ; ρ³ ρ² ρ 1]", "wrong-size", "incorrect"),
    ("nest", "log|V|", "12 log(σ²) + 9 log(σ²+2σ_v²) + 3 log(σ²+2σ_v²+4σ_u²)", "factor-2|wrong-count|wrong-size", "incorrect"),
    ("series", "Var(y_11 - y_31)", "σ²(1 + ρ²)", "factor-2+sign|sign+factor-2", "incorrect"),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", "(σ_u + σ)/(gn)", "missing-replication+sd-for-variance|sd-for-variance+missing-factor|missing-factor+sd-for-variance|sd-for-variance+variance-of-sum", "incorrect"),
    ("lecture", BLUP, "Z'V^-1 y", "missing-factor+mean-not-subtracted", "incorrect"),
]
"""What is wrong, the slip that a teacher would see, and what it is called in its place."""
# fmt: on
