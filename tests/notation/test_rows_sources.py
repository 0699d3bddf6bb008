r"""Formulas as public lectures on prediction, genetics, space and time write them, each with its meaning, node by node.

Each reading was held against what its source means by the formula, and is kept as it is. What is read is also written,
in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.write import write

ROWS: list[tuple[str, str]] = [
    (r"\langle \mathbf{x}, \mathbf{y} \rangle",
     "scalar: transpose(x[n,1]) @ y[n,1]"),
    (r"\langle x, y \rangle",
     "scalar: transpose(x[n,1]) @ y[n,1]"),
    ("⟨Xβ, y − Xβ⟩ = 0",
     "equation: transpose(X[n,p] @ beta[p,1]) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) = 0"),
    (r"\|\mathbf{y}\|^2 = \left\langle\mathbf{y}, \mathbf{y}\right\rangle",
     "equation: power(norm(y[n,1]), 2) = transpose(y[n,1]) @ y[n,1]"),
    (r"p(y \mid X\beta, V)",
     "scalar: p(|[n,1](y[n,1], X[n,p] @ beta[p,1], V[n,n]))"),
    (r"p(\mathbf{y} \mid \mathbf{X}\boldsymbol\beta, \mathbf{V})",
     "scalar: p(|[n,1](y[n,1], X[n,p] @ beta[p,1], V[n,n]))"),
    (r"f(y \mid X\beta + Zu, R)",
     "scalar: f(|[n,1](y[n,1], (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1]), R[n,n]))"),
    (r"\mathrm{Rel} = 1 - \frac{PEV}{\sigma^2_u}",
     "equation: Rel = -PEV/sigma2_u + 1"),
    (r"\mathrm{Acc} = \sqrt{1 - \lambda}",
     "equation: Acc = sqrt(1 - lambda)"),
    (r"\hat{X}(s_0) = \mathbb{E}[X(s_0) \mid X(s_1), \ldots, X(s_n)]",
     "equation: Xhat(s_0) = E(|(X(s_0), X(s_1), …, X(s_n)))"),
    (r"\hat{Z}(p_0) = \lambda_1 Z(p_1) + \lambda_2 Z(p_2) + \cdots + \lambda_n Z(p_n)",
     "equation: Zhat(p_0) = sum over i from 1 to n of (lambda_i * Z(p_i))"),
    (r"Y_i = \sum_{k=1}^{K} B_k(s_i) \beta_k + X(s_i) + \varepsilon_i",
     "equation: Y_i = (sum over k from 1 to K of (B_k(s_i) * beta_k)) + X(s_i) + e_i"),
    (r"2\gamma(h) =  2\gamma(s_1,s_2)= {\rm Var}(Z(s+h) - Z(s))",
     "equation: 2 * gamma(h) = 2 * gamma(s_1, s_2) = Var(Z(h + s) + ((-1) * Z(s)))"),
    (r"\begin{aligned}\boldsymbol{Y}_i \mid \boldsymbol{b}_i &\sim \mathcal{F}(\boldsymbol{X}_i "
     r"\boldsymbol{\beta} + \boldsymbol{Z}_i \boldsymbol{b}_i, \phi), \\ \boldsymbol{b}_i &\sim "
     r"\mathcal{N}(\boldsymbol{0}, \boldsymbol{D}),\end{aligned}",
     "several: Y_i[n_i,1] | b_i[q,1] ~ F((X_i[n_i,p] @ beta[p,1]) + (Z_i[n_i,q] @ b_i[q,1]), phi) ; "
     "b_i[q,1] ~ N(Zero[q,1], D[q,q])"),
    (r"var(e) = I\sigma_e^2 = R; var(a) = A\sigma_a^2 = G and cov(a, e) = cov(e, a) = 0",
     "several: Var(e[n,1]) = sigma2 * I[n] = R[n,n] ; Var(a[q,1]) = sigma2_a * A[q,q] = G[q,q] ; "
     "Cov(a[q,1], e[n,1]) = Cov(e[n,1], a[q,1]) = Zero[q,n]"),
    ("cov(y, a) = cov(Za + e, a) = cov(Za, a) + cov(e, a) = Z cov(a, a) = ZG",
     "equation: Cov(y[n,1], a[q,1]) = Cov((Z[n,q] @ a[q,1]) + e[n,1], a[q,1]) = Cov(Z[n,q] @ a[q,1], "
     "a[q,1]) + Cov(e[n,1], a[q,1]) = Z[n,q] @ Cov(a[q,1], a[q,1]) = Z[n,q] @ G[q,q]"),
    ("var(y) = V = var(Za + e) = Z var(a) Z' + var(e) + cov(Za, e) + cov(e, Za)",
     "equation: Var(y[n,1]) = V[n,n] = Var((Z[n,q] @ a[q,1]) + e[n,1]) = (Z[n,q] @ Var(a[q,1]) @ "
     "transpose(Z[n,q])) + Var(e[n,1]) + Cov(Z[n,q] @ a[q,1], e[n,1]) + Cov(e[n,1], Z[n,q] @ a[q,1])"),
    ("V_E = V_{Eg} + V_{GxE} + V_{Es}",
     "equation: V_E = V_Eg + V_Es + V_GxE"),
    (r"p \cdot (1 - e^{ - \frac{d^2}{(\frac{4}{7} r)^2}}) + n",
     "scalar: n + p*(1 - exp(-49*d**2/(16*r**2)))"),
    (r"\begin{cases}p \cdot (\frac{3d}{2r} - \frac{d^3}{2r^3}) + n & d \leq r \\p + n & d > r\end{cases}",
     "other:  = {n + p*(-d**3/(2*r**3) + 3*d/(2*r)) if 'd ≤ r', n + p if 'd > r'}"),
    (r"\epsilon_t = \sum_{i=1}^p \phi_i \epsilon_{t-i} + \sum_{j=1}^q \theta_j a_{t-j} + a_t",
     "equation: e_t = (sum over i from 1 to p of (e_t-i*phi_i)) + (sum over j from 1 to q of "
     "(a_t-j*theta_j)) + a_t"),
    (r"\mathrm{Var} (\epsilon_{ij}) = \sigma^2 \exp(2\delta v_{ij})",
     "equation: Var(e_ij) = sigma2*exp(2*delta*v_ij)"),
    (r"\bm{\Psi} = "
     r"\begin{bmatrix}\sigma^2_1&0&0\\0&\sigma^2_2&\sigma_{23}\\0&\sigma_{32}&\sigma^2_2\end{bmatrix}",
     "equation: Psi[3,3] = [sigma2_1, 0, 0; 0, sigma2_2, sigma_23; 0, sigma_32, sigma2_2]"),
    (r"\text{MS[R(T)]}=\frac{1}{I}\sum_{i=1}^{I}\frac{1}{J_i-1}\sum_{j=1}^{J}\left ( \theta_{ij} - "
     r"\theta_{i\bullet} \right )^{2}",
     "equation: MS_R(T) = (1/I) * (sum over i from 1 to I of ((1/(J_i - 1)) * (sum over j from 1 to J of "
     "((-theta_i. + theta_ij)**2))))"),
    (r"\gamma_{it} \sim \text{MVN}\left(0,\textbf{R} \right) \\[0.5em] \textbf{R} = \begin{bmatrix} "
     r"\sigma^2 & \rho\sigma^2 & \rho^2\sigma^2 \\[0.2em] & \sigma^2 & \rho\sigma^2 \\[0.2em] & & \sigma^2 "
     r"\\[0.2em] \end{bmatrix}",
     "several: gamma_it[n,1] ~ N(Zero[n,1], R[n,n]) ; R[n,n] = [sigma2, rho*sigma2, rho**2*sigma2; "
     "rho*sigma2, sigma2, rho*sigma2; rho**2*sigma2, rho*sigma2, sigma2]"),
    ("y = b_0 + b_1 * x_1 + ... + b_k * x_k + e",
     "equation: y = b_0 + (sum over i from 1 to k of (b_i*x_i)) + e"),
    (r"F(z)=\Pr(Z \le z)",
     "equation: F(z) = Pr(≤(Z, z))"),
    (r"X_1 E(\beta_1)",
     "matrix-expression: X_1[n,p] @ E(beta_1[p,1])"),
    (r"E(y) = X_1 E(\beta_1) + X_2 E(\beta_2)",
     "equation: E(y[n,1]) = (X_1[n,p] @ E(beta_1[p,1])) + (X_2[n,p] @ E(beta_2[p,1]))"),
    (r"\beta_1 X_1 + \beta_2 X_2",
     "scalar: X_1*beta_1 + X_2*beta_2"),
    (r"\gamma(h)=\frac12 Var(z(x+h)-z(x))",
     "equation: gamma(h) = 1/2 * Var(z(h + x) + ((-1) * z(x)))"),
    (r"z(x_i + h)",
     "scalar: z(h + x_i)"),
    (r"p^{e} e^{-1}",
     "scalar: p**E*exp(-1)"),
    (r"e^{(x)} - e^1",
     "scalar: exp(x) - E"),
    (r"\sigma_{G,E} = \rho\sigma_G\sigma_E",
     "equation: sigma_G_E = rho*sqrt(sigma2_E)*sqrt(sigma2_G)"),
    (r"\sigma^2_P = \sigma^2_G + \sigma^2_E + 2\sigma_{GE}",
     "equation: sigma2_P = sigma2_E + sigma2_G + 2*sigma_G_E"),
    (r"\sigma^2_A + \sigma^2_B + \sigma^2_{AB} - \sigma_{AB}",
     "scalar: sigma2_A - sqrt(sigma2_AB) + sigma2_AB + sigma2_B"),
    (r"\hat\sigma^{2,REML}",
     "scalar: sigmahat_^REML**2"),
    (r"\hat\sigma_u^{2,\mathrm{REML}} - \hat\sigma^{2\,(REML)}",
     "scalar: -sigmahat_^(REML)**2 + sigmahat_^REML_u**2"),
    (r"\hat\theta^{(ML)}",
     "scalar: thetahat_^(ML)"),
    (r"\mathrm{Rel} = 1 - \lambda; \mathrm{Acc} = \sqrt{\mathrm{Rel}}",
     "several: Rel = 1 - lambda ; Acc = sqrt(Rel)"),
    (r"\langle x, y\rangle_V",
     "scalar: transpose(x[n,1]) @ V[n,n] @ y[n,1]"),
    (r"\langle u, v\rangle_{V}",
     "scalar: transpose(u[n,1]) @ V[n,n] @ v[n,1]"),
    ("⟨x, y⟩_{V^{-1}} = 0",
     "equation: transpose(x[n,1]) @ inv(V[n,n]) @ y[n,1] = 0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_formula_of_a_lecture_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


REFUSED = {
    r"\langle x \rangle": "An inner product is that of two vectors of one length.",
    r"\langle X, y \rangle": "An inner product is that of two vectors of one length.",
    r"\langle x, y, Z \rangle": "An inner product is that of two vectors of one length.",
    r"\langle x, y": "The group that opens here is never closed.",
    r"(x, y \rangle": "This \\rangle closes nothing: no bracket was opened for it.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_inner_product_is_refused(text: str) -> None:
    with pytest.raises(TutorError) as caught:
        read(text)
    assert caught.value.problem == REFUSED[text]


def test_the_dots_of_a_condition_are_dots_in_latex() -> None:
    from_all = read(r"E[X(s_0) \mid X(s_1), \ldots, X(s_n)]")
    assert write(from_all) == r"\operatorname{E}(X(s_0) \mid X(s_1), \ldots, X(s_n))"
