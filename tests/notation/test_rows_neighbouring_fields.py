# ruff: noqa: E501  (a meaning stands on one line)
r"""Displays of neighbouring fields, each with its meaning: animal models with maternal and permanent effects, panels,
kriging and neighbours, states, priors and item responses.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.write import write

ROWS: list[tuple[str, str]] = [
    (
        r"w_k \mid \mathbf{w}_{-k} \sim N\left(\frac{1}{m_k} \sum_{l \sim k} w_l, \frac{\sigma^2_w}{m_k}\right)",
        "distribution: w_k | w_-k[n,1] ~ N((1/m_k) * sum_l~k(w_l), sigma2_w/m_k)",
    ),
    (r"\sum_{k \sim l} (w_k - w_l)^2", "scalar: sum_k~l((w_k - w_l)**2)"),
    (r"\sum_{\{k,l\}: k \sim l} w_k w_l", "scalar: sum_k,l:k~l(w_k*w_l)"),
    (r"\sum_{l \in \partial_k} w_l", "scalar: sum_l∈∂k(w_l)"),
    (
        r"z_{it} = x_{it}'\beta + e_{it}, e_{it} = a_i + \varepsilon_{it}",
        "several: z_it = (transpose(x_it[p,1]) @ beta[p,1]) + ｅ_it ; ｅ_it = a_i + e_it",
    ),
    (
        r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon, \mathbf{e} = \mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta}",
        "several: y[n,1] = (X[n,p] @ beta[p,1]) + e[n,1] ; ｅ[n,1] = y[n,1] + ((-1) * (X[n,p] @ betahat[p,1]))",
    ),
    (r"e = \lambda W e + \varepsilon", "equation: ｅ[n,1] = (lambda * (W[n,n] @ ｅ[n,1])) + e[n,1]"),
    (
        r"z_{it} = \lambda_i'F_t + \varepsilon_{it}",
        "equation: z_it = (transpose(lambda_i[p_F,1]) @ F_t[p_F,1]) + epsilon_it",
    ),
    (
        r"y_{kt} = X_{kt}'\beta + \bar{X}_k'\theta + \varepsilon_{kt}",
        "equation: y_kt = (transpose(X_kt[p,1]) @ beta[p,1]) + (transpose(Xbar_k[p_theta,1]) @ theta[p_theta,1]) + e_kt",
    ),
    (r"-\frac{1}{2} \phi^T Q \phi", "scalar: (-1/2) * (transpose(phi[n,1]) @ Q[n,n] @ phi[n,1])"),
    ("h'h", "scalar: transpose(h[p_h,1]) @ h[p_h,1]"),
    (r"\frac{\partial (c'v)}{\partial v}", "matrix-expression: ∂[p_v,1](transpose(c[p_v,1]) @ v[p_v,1], v[p_v,1])"),
    (
        r"z_{it} - \bar{z}_i = \rho(y_{i,t-1} - \bar{y}_i) + \varepsilon_{it}",
        "equation: z_it - zbar_i = e_it + rho*(y_i_t-1 - ybar_i)",
    ),
    (r"\gamma(x_k - x_l)", "scalar: gamma(x_k - x_l)"),
    (
        r"\theta_{t+1} = F_t\theta_t + G_t\eta_t, \eta_t \sim N(0, W_t)",
        "several: theta_t+1[q,1] = (F_t[q,q] @ theta_t[q,1]) + (G_t[q,q] @ eta_t[q,1]) ; eta_t[q,1] ~ N(Zero[q,1], W_t[q,q])",
    ),
    (
        r"y_t = H_t\theta_t + c_t + \varepsilon_t, \varepsilon_t \sim N(0, R_t)",
        "several: y_t[n,1] = (H_t[n,n] @ theta_t[n,1]) + c_t[n,1] + epsilon_t[n,1] ; epsilon_t[n,1] ~ N(Zero[n,1], R_t[n,n])",
    ),
    (r"\theta_0 \sim N(m_0, C_0)", "distribution: theta_0[n,1] ~ N(m_0[n,1], C_0[n,n])"),
    (
        r"y_t = F_t'\theta_t + v_t, v_t \sim N(0, V_t)",
        "several: y_t = (transpose(F_t[p_theta,1]) @ theta_t[p_theta,1]) + v_t ; v_t ~ N(0, V_t)",
    ),
    (
        r"y_t = Z_t^\top \beta_t + \varepsilon_t, \varepsilon_t \sim N(0, \sigma^2)",
        "several: y_t = (transpose(Z_t[p,1]) @ beta_t[p,1]) + epsilon_t ; epsilon_t ~ N(0, sigma2)",
    ),
    (r"Y \mid W \sim N(0, W), W \sim \text{Inv-Gamma}(a, b)", "several: Y | W ~ N(0, W) ; W ~ InverseGamma(a, b)"),
    (
        "y = Xb + Zu + Wm + Spe + e",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1]) + (W[n,q] @ m[q,1]) + (S[n,q] @ pe[q,1]) + e[n,1]",
    ),
    (
        r"y = X\beta + Z_1 a + Z_2 c + e",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z_1[n,q] @ a[q,1]) + (Z_2[n,q] @ c[q,1]) + e[n,1]",
    ),
    (r"\operatorname{Var}(pe) = I\sigma^2_{pe}", "equation: Var(pe[q,1]) = sigma2_pe * I[q]"),
    (
        r"\operatorname{Var}\begin{bmatrix} a \\ m \\ pe \end{bmatrix} = \begin{bmatrix} g_{11}A & g_{12}A & 0 \\ g_{12}A & g_{22}A & 0 \\ 0 & 0 & I\sigma^2_{pe} \end{bmatrix}",
        "equation: Var(block[a[q,1]; m[q,1]; pe[q,1]]) = block[g_11 * A[q,q], g_12 * A[q,q], Zero[q,q]; g_12 * A[q,q], g_22 * A[q,q], Zero[q,q]; Zero[q,q], Zero[q,q], sigma2_pe * I[q]]",
    ),
    (
        r"Y_i = X_i\beta + 1_T a_i + \varepsilon_i",
        "equation: Y_i[T,1] = (X_i[T,p] @ beta[p,1]) + (a_i * Ones[T,1]) + epsilon_i[T,1]",
    ),
    (
        r"\mathbf{y}_i = \mathbf{X}_i\boldsymbol\beta + \iota_T \alpha_i + \mathbf{u}_i",
        "equation: y_i[T,1] = (X_i[T,p] @ beta[p,1]) + (alpha_i * iota_T[T,1]) + u_i[T,1]",
    ),
    (
        r"E(u_iu_i') = \sigma^2_a \mathbf{1}_T\mathbf{1}_T' + \sigma^2 I_T",
        "equation: E(u_i[T,1] @ transpose(u_i[T,1])) = (sigma2_a * (Ones[T,1] @ transpose(Ones[T,1]))) + (sigma2 * I[T])",
    ),
    (
        r"\mathbf{y}_i = \mathbf{X}_i\boldsymbol\beta + \mathbf{u}_i",
        "equation: y_i[n_i,1] = (X_i[n_i,p] @ beta[p,1]) + u_i[n_i,1]",
    ),
    (
        r"\mathbf{y}_i^* = \mathbf{X}_i^*\boldsymbol\beta + \mathbf{u}_i^*",
        "equation: y_*_i[n_i,1] = (X_*_i[n_i,p] @ beta[p,1]) + u_*_i[n_i,1]",
    ),
    (
        r"E(\mathbf{u}_i^*\mathbf{u}_i^{*\prime}) = \mathbf{I}_T",
        "equation: E(u_*_i[T,1] @ transpose(u_*_i[T,1])) = I[T]",
    ),
    (
        r"y_{it} = x_{it}'\beta + w_i'\gamma + u_i + e_{it}",
        "equation: y_it = (transpose(x_it[p,1]) @ beta[p,1]) + (transpose(w_i[p_gamma,1]) @ gamma[p_gamma,1]) + u_i + e_it",
    ),
    (r"y = X\beta + D\gamma + u", "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (D[n,q] @ gamma[q,1]) + u[n,1]"),
    (
        r"y_{it} = \beta_1 + x_{it}'\beta_2 + u_{it}",
        "equation: y_it = beta_1 + (transpose(x_it[p,1]) @ beta_2[p,1]) + u_it",
    ),
    (
        r"y_{it} = x_{it}'\beta_i + z_t'\gamma_i + u_{it}",
        "equation: y_it = (transpose(x_it[p,1]) @ beta_i[p,1]) + (transpose(z_t[q,1]) @ gamma_i[q,1]) + u_it",
    ),
    (
        r"\lambda_k = {\tau^2 \over \tau^2 + \operatorname{Var}(\bar{y}_{k\cdot})}",
        "equation: lambda_k = (tau**2) * inv((tau**2) + Var(ybar_k.))",
    ),
    (
        r"E\left(\frac{\tau^2}{\tau^2 + \sigma^2} y_k + \mu \mid y\right)",
        "moment: E(|(mu + tau**2*y_k/(sigma2 + tau**2), y[n,1]))",
    ),
    (
        r"\begin{bmatrix} C(s_1,s_1) & \cdots & C(s_1,s_n) \\ \vdots & \ddots & \vdots \\ C(s_n,s_1) & \cdots & C(s_n,s_n) \end{bmatrix}",
        "symbol: C[n,n]",
    ),
    (
        r"\begin{pmatrix} C(0) & C(s_1-s_2) & \cdots & C(s_1-s_n) \\ C(s_2-s_1) & C(0) & \cdots & C(s_2-s_n) \\ \vdots & \vdots & \ddots & \vdots \\ C(s_n-s_1) & C(s_n-s_2) & \cdots & C(0) \end{pmatrix}",
        "symbol: C[n,n]",
    ),
    (
        r"\begin{bmatrix} \operatorname{Cov}(z_1,z_1) & \cdots & \operatorname{Cov}(z_1,z_n) \\ \vdots & \ddots & \vdots \\ \operatorname{Cov}(z_n,z_1) & \cdots & \operatorname{Cov}(z_n,z_n) \end{bmatrix} \begin{bmatrix} \lambda_1 \\ \vdots \\ \lambda_n \end{bmatrix} = \begin{bmatrix} \operatorname{Cov}(z_1,z_0) \\ \vdots \\ \operatorname{Cov}(z_n,z_0) \end{bmatrix}",
        "equation: Var(z[n,1]) @ lambda[n,1] = Cov(z[n,1], z_0)",
    ),
    (
        r"\begin{pmatrix} \gamma(h_{11}) & \cdots & \gamma(h_{1n}) & 1 \\ \vdots & \ddots & \vdots & \vdots \\ \gamma(h_{n1}) & \cdots & \gamma(h_{nn}) & 1 \\ 1 & \cdots & 1 & 0 \end{pmatrix}",
        "matrix: block[gamma[n,n], Ones[n,1]; transpose(Ones[n,1]), Zero[1,1]]",
    ),
    (
        r"\begin{pmatrix} C_{11} & \cdots & C_{1n} & 1 \\ \vdots & \ddots & \vdots & \vdots \\ C_{n1} & \cdots & C_{nn} & 1 \\ 1 & \cdots & 1 & 0 \end{pmatrix} \begin{pmatrix} \lambda_1 \\ \vdots \\ \lambda_n \\ m \end{pmatrix} = \begin{pmatrix} C_{10} \\ \vdots \\ C_{n0} \\ 1 \end{pmatrix}",
        "equation: block[C[n,n], Ones[n,1]; transpose(Ones[n,1]), Zero[1,1]] @ block[lambda[n,1]; m] = block[C_0[n,1]; 1]",
    ),
    (r"\begin{bmatrix} \gamma(s_1,s_0) \\ \vdots \\ \gamma(s_n,s_0) \end{bmatrix}", "symbol: gamma_0[n,1]"),
    (
        r"\mathbf{w} \sim N(\mathbf{0}, \lambda^{-1}\mathbf{I})",
        "distribution: w[n,1] ~ N(Zero[n,1], (1/lambda) * I[n])",
    ),
    (
        r"a_k, b_k \mid \lambda_k \sim N(0, \lambda_k^2)",
        "several: a_k | lambda_k ~ N(0, lambda_k**2) ; b_k | lambda_k ~ N(0, lambda_k**2)",
    ),
    (
        r"\mathbf{b}, \mathbf{u} \mid \mathbf{y} \sim N(\mathbf{m}, \mathbf{C})",
        "distribution: block[b[n - q,1]; u[q,1]] | y[n,1] ~ N(m[n,1], C[n,n])",
    ),
    (
        r"u_{0k}, u_{1k} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, G\right)",
        "distribution: [u_0k; u_1k] ~ N([0; 0], G[2,2])",
    ),
    (
        r"f(x) = \beta_0 + \beta_1x + \beta_2x^2 + \cdots + \beta_px^p",
        "equation: f(x) = sum over i from 0 to p of (beta_i*x**i)",
    ),
    (
        r"\Lambda \mid b \sim \text{Wishart}(t + 1, (dI_q + bb^T)^{-1})",
        "distribution: Lambda[q,q] | u[q,1] ~ Wishart(t + 1, inv((d * I[q]) + (u[q,1] @ transpose(u[q,1]))))",
    ),
    (
        r"C(\mathbf{h}) = \operatorname{Cov}(Z(\mathbf{r}), Z(\mathbf{r} + \mathbf{h}))",
        "equation: C(h[n,1]) = Cov(Z(r[n,1]), Z(r[n,1] + h[n,1]))",
    ),
    (r"E(y_{it} \mid a_i, X_{i1}, \ldots, X_{iT}) = 0", "equation: E(y_it|a_i,X_i1,…,X_iT) = 0"),
    (r"R \sim \text{LKJ}(2)", "distribution: R[n,n] ~ LKJ(2)"),
    (
        r"\Sigma = \operatorname{diag}(s)\,\Omega\,\operatorname{diag}(s), \Omega \sim \text{LKJ}(\eta)",
        "several: V[n,n] = diag[n,n](s[n,1]) @ Omega[n,n] @ diag[n,n](s[n,1]) ; Omega[n,n] ~ LKJ(eta)",
    ),
    (r"\sigma_k \sim \text{Cauchy}^+(0, 1)", "distribution: sqrt(sigma2_k) ~ HalfCauchy(0, 1)"),
    (r"\tau \sim N^+(0, 1)", "distribution: tau ~ HalfNormal(0, 1)"),
    (
        r"\hat{\beta}_{RE} = \left(\sum_{k=1}^N \tilde{x}_k\tilde{x}_k'\right)^{-1} \sum_{k=1}^N \tilde{x}_k\tilde{y}_k",
        "equation: betahat_RE[p,1] = inv(sum over k from 1 to N of (xtilde_k[p,1] @ transpose(xtilde_k[p,1]))) @ (sum over k from 1 to N of (ytilde_k * xtilde_k[p,1]))",
    ),
    (
        r"\hat{W} = \hat\sigma^2_u I_T + \hat\sigma^2_a J_T",
        "equation: What[T,T] = ((sigmahat_u**2) * I[T]) + ((sigmahat_a**2) * Ones[T,T])",
    ),
    (
        r"\begin{bmatrix} \sigma^2_a & \sigma_{am} \\ \sigma_{am} & \sigma^2_m \end{bmatrix} \otimes \mathbf{A}",
        "matrix-expression: kron([sigma2_a, sigma_am; sigma_am, sigma2_m], A[n,n])",
    ),
    (
        r"y_k = \beta_0(u_k, v_k) + \beta_1(u_k, v_k) x_k + \varepsilon_k",
        "equation: y_k = beta_0(u_k, v_k) + (beta_1(u_k, v_k) * x_k) + e_k",
    ),
    (
        r"P(y_{kl} = 1) = \sigma\left(a_l(\theta_k - b_l)\right)",
        "equation: P(=(y_kl, 1)) = sigma(a_l*(-b_l + theta_k))",
    ),
    (r"\sigma(H(\eta))", "scalar: sigma(H(eta))"),
    (
        "(X'V −1X)−1X'V −1y",
        "matrix-expression: inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(V[n,n]) @ y[n,1]",
    ),
    (
        r"\beta \mid \sigma^2 \sim N(\beta_0, \sigma^2 B_0)",
        "distribution: beta[p,1] | sigma2 ~ N(beta_0[p,1], sigma2 * B_0[p,p])",
    ),
    ("y = 1μ + u + ε", "equation: y[n,1] = (mu * Ones[n,1]) + u[n,1] + e[n,1]"),
    (r"\sum_{k=1}^{N(h)} w_k", "scalar: sum over k from 1 to N(h) of w_k"),
    (
        r"Level\ 1:\, w_{ij} = \beta_{0j} + \beta_{1j} x_{ij} + e_{ij}",
        "index-model: w_ij = beta_0j + beta_1j*x_ij + e_ij",
    ),
    (
        r"I_m \otimes B + K' \otimes I_q",
        "matrix-expression: kron(I[m], B[q,q]) + kron(transpose(K[m,m]), I[q])",
    ),
    (
        r"\log|D_t| + r_t' D_t^{-1} r_t",
        "scalar: log(det(D_t[n,n])) + (transpose(r_t[n,1]) @ inv(D_t[n,n]) @ r_t[n,1])",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[ascii(text) for text, _ in ROWS])
def test_a_display_means_what_its_field_means_by_it(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


REFUSED: dict[str, tuple[str, str]] = {
    "p'(1-p)": ("transposed-number", "p is a number here, and a number has no transpose."),
    r"\theta' = \theta + 1": ("transposed-number", "θ is a number here, and a number has no transpose."),
    r"G = ZZ'/k, Z = M - 2p": ("two-kinds", "A matrix is equal to a number here."),
    r"\beta,b \mid W \sim N(X'WZ, C)": ("wrong-dimension", "The mean of a vector is a column, and this is p × q."),
    "Vry(y)": ("unknown-name", "Vry is no function here."),
    "[1 a; b c d]": ("ragged-row", "Row 2 of the matrix has 3 cells; the first row has 2."),
    "[1, 2; 3, 4; 5]": ("ragged-row", "Row 3 of the matrix has 1 cell; the first row has 2."),
    "|M" * 7_000: ("too-large", "This product has more than 1,000 factors."),
}


@pytest.mark.parametrize("text", REFUSED, ids=[ascii(text[:40]) for text in REFUSED])
def test_what_has_no_meaning_is_refused_with_its_reason(text: str) -> None:
    kind, problem = REFUSED[text]
    with pytest.raises(ReadError) as refused:
        read(text)
    assert (refused.value.kind, refused.value.problem) == (kind, problem)


def test_a_function_by_slip_is_told_with_what_was_meant() -> None:
    with pytest.raises(ReadError, match=r"Did you mean Var\?"):
        read("Vry(y)")


def test_neighbours_are_spoken_of_as_such() -> None:
    assert "over l adjacent to k" in write(read(r"\sum_{l \sim k} w_l"), "spoken")


def test_an_e_beside_an_epsilon_is_written_as_it_was() -> None:
    reading = read(r"e_i = u_i + \varepsilon_i")
    assert write(reading, "unicode") == "e_i = u_i + ε_i"
    assert write(reading, "latex") == r"e_i = u_i + \varepsilon_i"
