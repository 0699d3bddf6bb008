"""Habits of course pages on mixed models that are misread at first sight: what each display says, in outline."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

BOLD_GROUPS = [
    (r"\mathbf{V = ZGZ' + \sigma^2 I}",
     "equation: V[n,n] = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + (sigma2 * I[n])"),
    (r"\mathbf{e} \sim N(\mathbf{0, \sigma^2 I_{n_i}})",
     "distribution: e[n,1] ~ N(Zero[n,1], sigma2 * I[n_i])"),
    (r"\mathbf{u} \sim N(\mathbf{0, \tau^2 H})",
     "distribution: u[q,1] ~ N(Zero[q,1], (tau**2) * H[q,q])"),
    (r"\boldsymbol{\theta}^2 = 3",
     "equation: theta**2 = 3"),
    (r"\mathbf{\hat\sigma^2 I_n}",
     "matrix-expression: (sigmahat**2) * I[n]"),
    (r"y \sim N(\bf{X\beta + Zb},\sigma^2\bf{I})",
     "distribution: y[n,1] ~ N((X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1]), sigma2 * I[n])"),
]  # fmt: skip
"""Powers of Greek letters in a bold group are numbers all the same."""

NO_IDENTITIES = [
    (r"\mathcal{I}_{jk} = \frac{1}{2}\text{tr}(\mathbf{P}\mathbf{V}_j\mathbf{P}\mathbf{V}_k)",
     "equation: ℐ_jk = 1/2 * tr(P[n,n] @ V_j[n,n] @ P[n,n] @ V_k[n,n])"),
    (r"\mathcal{I}_{\beta\beta} = \mathbf{X}'\mathbf{V}^{-1}\mathbf{X}",
     "equation: ℐ_betabeta[p,p] = transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]"),
    (r"\mathcal{I}^{-1} = (\mathbf{X}'\mathbf{W}\mathbf{X})^{-1}",
     "equation: inv(ℐ[p,p]) = inv(transpose(X[n,p]) @ W[n,n] @ X[n,p])"),
    (r"I = b_1 x_1 + b_2 x_2",
     "equation: I = b_1*x_1 + b_2*x_2"),
    (r"I = \mathbf{b}'\mathbf{x}",
     "equation: I = transpose(u[q,1]) @ x[q,1]"),
    (r"I_3 = \begin{pmatrix} 1 & 0 & 0 \\ 0 & 1 & 0\\0&0&1 \end{pmatrix}",
     "equation: I[3] = [1, 0, 0; 0, 1, 0; 0, 0, 1]"),
]  # fmt: skip
"""What is equal to the letter I tells whether it is an identity, the information or a selection index."""

BLOCKS = [
    (r"R = R_1 \oplus R_2",
     "equation: R[n,n] = blockdiag(R_1[n,n], R_2[n,n])"),
    (r"Z = \begin{bmatrix} Z_1 & Z_2 \end{bmatrix}",
     "equation: Z[n,q] = block[Z_1[n,q], Z_2[n,q]]"),
    (r"R = \begin{bmatrix} R_1 & 0 \\ 0 & R_2 \end{bmatrix}",
     "equation: R[n,n] = block[R_1[n,n], Zero[n,n]; Zero[n,n], R_2[n,n]]"),
    (r"\mathbf{Z}_i = [1 \; t_i]",
     "equation: Z_i[n,2] = block[Ones[n,1], t_i[n,1]]"),
    (r"Z_i = [1_{n_i} \; t_i]",
     "equation: Z_i[n_i,2] = block[Ones[n_i,1], t_i[n_i,1]]"),
    (r"Z_i = \begin{bmatrix} 1 & t_{i1} \\ 1 & t_{i2} \\ \vdots & \vdots \\ 1 & t_{in_i} \end{bmatrix}",
     "equation: Z_i[n_i,2] = block[Ones[n_i,1], t_i[n_i,1]]"),
    (r"G = \begin{bmatrix} G_{11} & G_{12} \\ G_{21} & G_{22} \end{bmatrix}",
     "equation: G[q,q] = [G_11, G_12; G_21, G_22]"),
    (r"\mathbf{B} \bigoplus \mathbf{M} = \begin{bmatrix} \sigma^2_B \mathbf{I} & \mathbf{0} \\"
     r" \mathbf{0} & \sigma^2_M \mathbf{I} \end{bmatrix}",
     "equation: blockdiag(B[n,n], M[n,n]) = block[sigma2_B * I[n], Zero[n,n]; Zero[n,n], sigma2_M * I[n]]"),
    (r"\mathbf{G} = \mathbf{B} \bigotimes \mathbf{M}",
     "equation: G[q,q] = kron(B[n,n], M[n,n])"),
]  # fmt: skip
"""Plain blocks of a matrix that has their letter are matrices; elements have two indices. The large signs join too."""

SCORES = [
    (r"\sum_{i=1}^N \frac{\partial\boldsymbol\mu_i'}{\partial\boldsymbol\beta}\mathbf{V}_i^{-1}(\mathbf{Y}_i"
     r" - \boldsymbol\mu_i(\boldsymbol\beta)) = \mathbf{0}",
     "equation: sum over i from 1 to N of (∂[p,n_i](transpose(mu_i[n_i,1]), beta[p,1]) @ inv(V_i[n_i,n_i])"
     " @ (Y_i[n_i,1] + ((-1) * mu_i[n_i,1]))) = Zero[p,1]"),
    (r"S(\beta) = \sum_{i=1}^{N} D_i^T V_i^{-1}(y_i - \mu_i(\beta)) = 0",
     "equation: S[p,1](beta[p,1]) = sum over i from 1 to N of (transpose(D_i[n_i,p])"
     " @ inv(V_i[n_i,n_i]) @ (y_i[n_i,1] + ((-1) * mu_i[n_i,1]))) = Zero[p,1]"),
    (r"\text{Var}(\mathbf{Y}_i) = \phi\, \mathbf{A}_i^{1/2}\mathbf{R}_i(\alpha)\mathbf{A}_i^{1/2}",
     "equation: Var(Y_i[n_i,1]) = phi * (power[n_i,n_i](A_i[n_i,n_i], 1/2) @ R_i[n_i,n_i]"
     " @ power[n_i,n_i](A_i[n_i,n_i], 1/2))"),
]  # fmt: skip
"""Estimating equations of generalized linear models, with the mean as a function of the coefficients."""

VECTORS = [
    (r"X' W z",
     "matrix-expression: transpose(X[n,p]) @ W[n,n] @ z[n,1]"),
    (r"X^{T}Wz",
     "matrix-expression: transpose(X[n,p]) @ W[n,n] @ z[n,1]"),
    (r"X^TWz",
     "matrix-expression: transpose(X[n,p]) @ W[n,n] @ z[n,1]"),
    (r"X'z",
     "matrix-expression: transpose(X[n,p]) @ z[n,1]"),
    (r"\bar{\mathbf{x}}_i'\boldsymbol\beta",
     "scalar: transpose(xbar_i[p,1]) @ beta[p,1]"),
    (r"\boldsymbol\lambda = \boldsymbol\Sigma^{-1}\boldsymbol\sigma_0",
     "equation: lambda[n,1] = inv(V[n,n]) @ sigma_0[n,1]"),
    (r"\boldsymbol\sigma^2 = (\sigma^2_a, \sigma^2_b)'",
     "equation: sigma2[2,1] = transpose([sigma2_a, sigma2_b])"),
]  # fmt: skip
"""What X' or X'W is multiplied with is no number in front of them."""

NUMBERS = [
    (r"N = n \cdot J",
     "equation: N = J*n"),
    (r"N = Jn",
     "equation: N = J*n"),
    (r"n = I \times J",
     "equation: n = I*J"),
    (r"\pi(\sigma^2_u) \propto 1",
     "other: pi(sigma2_u) ∝ 1"),
    (r"H = \frac{(\hat\beta_{FE} - \hat\beta_{RE})^2}{\operatorname{Var}(\hat\beta_{FE})"
     r" - \operatorname{Var}(\hat\beta_{RE})}",
     "equation: H = ((betahat_FE - betahat_RE)**2) * inv(Var(betahat_FE) + ((-1) * Var(betahat_RE)))"),
]  # fmt: skip
"""Counts of levels, a prior and a test of one coefficient are numbers."""

LAWS = [
    (r"\mathbf{u} \sim MN(\mathbf{0}, \mathbf{G})",
     "distribution: u[q,1] ~ N(Zero[q,1], G[q,q])"),
    (r"\mathbf{Y}_i \sim MN(n_i, \boldsymbol\pi_i)",
     "distribution: Y_i ~ MN(n_i, pi_i)"),
]  # fmt: skip
"""MN is the multivariate normal distribution where it has a covariance matrix, and otherwise the multinomial."""

PARAMETERS = [
    (r"\ell^*(\gamma) = -\frac{1}{2}\log|\Sigma(\gamma)|",
     "equation: ell_*(gamma) = (-1/2) * log(det(V[n,n]))"),
    (r"L(\beta, \gamma) = |V(\gamma)|^{-1/2}",
     "equation: L(beta, gamma) = power(det(V[n,n]), -1/2)"),
    (r"y = X\beta + Z\gamma + e",
     "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1]) + e[n,1]"),
]  # fmt: skip
"""The γ in the brackets of a covariance matrix or of a likelihood are its parameters; elsewhere random effects."""

OF_VECTORS = [
    (r"f(y; X\beta, V)", "scalar: f(y[n,1], X[n,p] @ beta[p,1], V[n,n] parted (1,))"),
    (r"\prod_{i=1}^m \phi(y_i; X_i\beta, V_i(\theta))",
     "scalar: product over i from 1 to m of phi(y_i[n_i,1], X_i[n_i,p] @ beta[p,1], V_i[n_i,n_i] parted (1,))"),
    (r"f(y_i; \mu, \sigma^2)", "scalar: f(y_i, mu, sigma2 parted (1,))"),
]  # fmt: skip
"""A density is that of a vector where its mean is a product with a matrix, or it has a covariance matrix."""

NUMBERED = [
    (r"\beta0 + \beta1 x", "scalar: beta_0 + beta_1*x"),
    (r"y_{ij} = \mu + \beta1*\text{age.group}_{ij} + \epsilon_{ij}",
     "index-model: y_ij = ageGroup_ij*beta_1 + e_ij + mu"),
]  # fmt: skip
"""A number right behind a Greek letter is its index; the name of a data set may have a full stop in it."""

OF_TERMS = [
    (r"Z = [Z_1, Z_2, \ldots, Z_r]", "equation: Z[n,q] = Z[n,q]"),
    (r"y_{ij} &= \mu_j + \eta_{ij} &\quad\small{\text{Weight of pup $i$ of litter $j$}}",
     "index-model: y_ij = eta_ij + mu_j"),
]  # fmt: skip
"""Blocks beside each other are the whole; words with names in them at the end of a line are a remark."""

OF_UNITS = [
    (r"y_i = X_i\beta + Z_i b_i + e_i, e_i \sim N(0, \sigma^2 I_n)",
     "several: y_i[n,1] = (X_i[n,p] @ beta[p,1]) + (Z_i[n,q] @ b_i[q,1]) + e_i[n,1]"
     " ; e_i[n,1] ~ N(Zero[n,1], sigma2 * I[n])"),
    (r"H_i = Z_i D Z_i' + \sigma^2 I_{N_i}",
     "equation: H_i[N_i,N_i] = (Z_i[N_i,q] @ D[q,q] @ transpose(Z_i[N_i,q])) + (sigma2 * I[N_i])"),
    (r"\bar y_{i.} = \frac1n \mathbf{1}_n' y_i",
     "equation: ybar_i. = transpose(Ones[n,1]) @ (y_i[n,1] / n)"),
]  # fmt: skip
"""A unit has as many observations as the I and the 1 beside it say."""

OF_ALL = [
    (r"V=\sum_k Z_kG_kZ_k^\prime+R",
     "equation: V[n,n] = (sum over k of Z_k[n,q] @ G_k[q,q] @ transpose(Z_k[n,q])) + R[n,n]"),
    (r"SSE = y'A_1 y", "equation: SSE = transpose(y[n,1]) @ A_1[n,n] @ y[n,1]"),
    (r"L = D\tilde{L}", "equation: L[n,n] = D[n,n] @ Ltilde[n,n]"),
    (r"V = \sigma_a^2 ZZ' + \sigma^2 I_{na}",
     "equation: V[a*n,a*n] = (sigma2_a * (Z[a*n,q] @ transpose(Z[a*n,q]))) + (sigma2 * I[a*n])"),
    (r"y_{ijk} = \mu + A_i + C_{k(j)} + AC_{ik(j)} + e_{ijk}",
     "index-model: y_ijk = AC_ik(j) + A_i + C_k(j) + e_ijk + mu"),
]  # fmt: skip
"""Sums over random terms, quadratic forms, transformed matrices and identities of the levels of two factors."""

OF_MATRICES = [
    (r"V^{-1} = R^{-1} - R^{-1} Z C^{22} Z^T R^{-1}",
     "equation: inv(V[n,n]) = inv(R[n,n]) + ((-1) * (inv(R[n,n]) @ Z[n,q] @ C_^22[q,q] @ transpose(Z[n,q])"
     " @ inv(R[n,n])))"),
    (r"SE(\hat{\mathbf{b}}) = \sqrt{\operatorname{diag}((\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1})}",
     "equation: se(bhat[q,1]) = sqrt[p,1](diag[p,1](inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p])))"),
]  # fmt: skip
"""A part of an inverse, and the diagonal of a matrix with the root of each of its entries."""

ROWS = (
    PARAMETERS
    + OF_VECTORS
    + NUMBERED
    + OF_TERMS
    + OF_MATRICES
    + BOLD_GROUPS
    + NO_IDENTITIES
    + BLOCKS
    + SCORES
    + VECTORS
    + NUMBERS
    + LAWS
)
TEXTS = [text for text, _ in ROWS]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=TEXTS)
def test_a_habit_of_course_pages_says_what_it_is_outlined_as(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", TEXTS)
def test_a_habit_of_course_pages_reads_back(text: str) -> None:
    assert_reads_back(read(text))
