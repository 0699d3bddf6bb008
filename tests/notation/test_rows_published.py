# ruff: noqa: E501  (a meaning stands on one line)
r"""Formulas of the fields that use mixed models, from public pages, each with what its source means by it, node by node.

The meanings were written down in words before any of them was read. What is read is also written, in each dialect, and
read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read
from tutor.notation.write import write

ROWS: list[tuple[str, str]] = [
    # panel
    (
        r"Y_{it} = X_{it}'\beta + u_i + \varepsilon_{it}",
        "equation: Y_it = (transpose(X_it[p,1]) @ beta[p,1]) + u_i + e_it",
    ),
    (r"\bar{Y}_i = \frac{1}{T_i} \sum_{t \in S_i} Y_{it}", "equation: Ybar_i = (1/T_i) * sum_t∈Si(Y_it)"),
    (r"\dot{Y}_{it} = Y_{it} - \bar{Y}_i", "equation: Ydot_it = Y_it - Ybar_i"),
    (
        r"\bar{Y}_i = (\mathbf{1}_i'\mathbf{1}_i)^{-1}\mathbf{1}_i'\boldsymbol{Y}_i",
        "equation: Ybar_i = inv(transpose(Ones[n_i,1]) @ Ones[n_i,1]) * (transpose(Ones[n_i,1]) @ Y_i[n_i,1])",
    ),
    (
        r"\boldsymbol{M}_i = \boldsymbol{I}_i - \mathbf{1}_i(\mathbf{1}_i'\mathbf{1}_i)^{-1}\mathbf{1}_i'",
        "equation: M_i[n_i,n_i] = I[n_i] + ((-1) * (Ones[n_i,1] @ (inv(transpose(Ones[n_i,1]) @ Ones[n_i,1]) * transpose(Ones[n_i,1]))))",
    ),
    (
        r"\dot{\boldsymbol{Y}}_i = \dot{\boldsymbol{X}}_i\beta + \dot{\boldsymbol{\varepsilon}}_i",
        "equation: Ydot_i[n,1] = (Xdot_i[n,p] @ beta[p,1]) + edot_i[n,1]",
    ),
    (
        r"y_{it} = \alpha + X_{it}\beta + u_{it}, \quad u_{it} = \mu_i + \nu_{it}",
        "several: y_it = X_it*beta + alpha + u_it ; u_it = mu_i + nu_it",
    ),
    (
        r"\theta_i = 1 - \sigma_\epsilon / w_i, \quad w_i^2 = T_i\sigma^2_\nu + \sigma^2_\epsilon",
        "index-model: theta_i = -sqrt(sigma2)/w_i + 1 ; w_i**2 = T_i*sigma2_nu + sigma2",
    ),
    (r"\tilde{y}_{it} = y_{it} - \theta_i\bar{y}_{i\cdot}", "equation: ytilde_it = -theta_i*ybar_i. + y_it"),
    (
        r"\theta = 1 - \sqrt{\frac{\sigma_u^2}{\sigma_u^2 + T\sigma_a^2}}",
        "equation: theta = -sqrt(sigma2_u)/sqrt(T*sigma2_a + sigma2_u) + 1",
    ),
    (
        r"\boldsymbol\Omega = \sigma^2_u \mathbf{I}_T + \sigma^2_a \boldsymbol\iota_T\boldsymbol\iota_T'",
        "equation: Omega[T,T] = (sigma2_u * I[T]) + (sigma2_a * (iota_T[T,1] @ transpose(iota_T[T,1])))",
    ),
    (
        r"\hat\beta_{FE} = \left(\sum_{i=1}^N X_i' M_i X_i\right)^{-1} \sum_{i=1}^N X_i' M_i y_i",
        "equation: betahat_FE[p,1] = inv(sum over i from 1 to N of (transpose(X_i[n_i,p]) @ M_i[n_i,n_i] @ X_i[n_i,p])) @ (sum over i from 1 to N of (transpose(X_i[n_i,p]) @ M_i[n_i,n_i] @ y_i[n_i,1]))",
    ),
    (
        r"\mathbf{Q} = \mathbf{I}_N \otimes (\mathbf{I}_T - \bar{\mathbf{J}}_T)",
        "equation: Q[N*T,N*T] = kron(I[N], I[T] + ((-1) * ((1/T) * Ones[T,T])))",
    ),
    # breeding
    (
        r"\begin{bmatrix} \mathbf{X}^\top\mathbf{X} & \mathbf{X}^\top\mathbf{Z} \\ \mathbf{Z}^\top\mathbf{X} & \mathbf{Z}^\top\mathbf{Z} + \mathbf{A}^{-1}\lambda \end{bmatrix} \begin{bmatrix} \hat{\boldsymbol{\beta}} \\ \hat{\mathbf{a}} \end{bmatrix} = \begin{bmatrix} \mathbf{X}^\top\mathbf{y} \\ \mathbf{Z}^\top\mathbf{y} \end{bmatrix}",
        "equation: block[transpose(X[n,p]) @ X[n,p], transpose(X[n,p]) @ Z[n,q]; transpose(Z[n,q]) @ X[n,p], (transpose(Z[n,q]) @ Z[n,q]) + (lambda * inv(A[q,q]))] @ block[betahat[p,1]; ahat[q,1]] = block[transpose(X[n,p]) @ y[n,1]; transpose(Z[n,q]) @ y[n,1]]",
    ),
    (r"\lambda = \sigma_e^2 / \sigma_a^2 = (1 - h^2)/h^2", "equation: lambda = sigma2/sigma2_a = (1 - h**2)/h**2"),
    (r"r_{a,\hat{a}} = \sqrt{1 - PEV/\sigma^2_a}", "equation: r_a_â = sqrt(-PEV/sigma2_a + 1)"),
    (r"\mathbf{A} = \mathbf{T}\mathbf{D}\mathbf{T}'", "equation: A[n,n] = T[n,n] @ D[n,n] @ transpose(T[n,n])"),
    (
        r"\mathbf{A}^{-1} = (\mathbf{T}^{-1})'\mathbf{D}^{-1}\mathbf{T}^{-1}",
        "equation: inv(A[n,n]) = transpose(inv(T[n,n])) @ inv(D[n,n]) @ inv(T[n,n])",
    ),
    (
        r"a_{ii} = 1 + F_i, \quad a_{ij} = \frac12(a_{js} + a_{jd})",
        "index-model: a_ii = F_i + 1 ; a_ij = a_jd/2 + a_js/2",
    ),
    (
        r"\mathbf{G} = \frac{\mathbf{M}\mathbf{M}'}{2\sum_j p_j(1 - p_j)}",
        "equation: G[q,q] = inv(2 * (sum over j from 1 to levels_j of (p_j*(1 - p_j)))) * (M[q,n] @ transpose(M[q,n]))",
    ),
    (
        r"y_j = \mu + \sum_i x_{ij} a_i + e_j, \quad e_j \sim N(0, \sigma_e^2)",
        "several: y_j = mu + (sum over i from 1 to levels_i of (a_i*x_ij)) + e_j ; e_j ~ N(0, sigma2)",
    ),
    (
        r"\mathbf{y} = \mathbf{X}\mathbf{b} + \mathbf{Z}\mathbf{Q}\mathbf{g} + \mathbf{Z}\mathbf{a} + \mathbf{e}",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ Q[q,n] @ g[n,1]) + (Z[n,q] @ a[q,1]) + e[n,1]",
    ),
    (
        r"\log L = -\frac12\left(\log|\mathbf{C}| + \log|\mathbf{R}| + \log|\mathbf{G}| + \mathbf{y}'\mathbf{P}\mathbf{y}\right)",
        "equation: log(L) = (-1/2) * (log(det(C[n,n])) + log(det(R[n,n])) + log(det(G[q,q])) + (transpose(y[n,1]) @ P[n,n] @ y[n,1]))",
    ),
    (
        r"AI_{ij} = \frac12 \mathbf{y}'\mathbf{P}\mathbf{V}_i\mathbf{P}\mathbf{V}_j\mathbf{P}\mathbf{y}",
        "equation: AI_ij = 1/2 * (transpose(y[n,1]) @ P[n,n] @ V_i[n,n] @ P[n,n] @ V_j[n,n] @ P[n,n] @ y[n,1])",
    ),
    (
        r"h^2 = \frac{\sigma_a^2}{\sigma_a^2 + \sigma_{pe}^2 + \sigma_e^2}",
        "equation: h**2 = sigma2_a/(sigma2 + sigma2_a + sigma2_pe)",
    ),
    (
        r"\mathbf{G}^{-1} = \mathbf{A}^{-1} \otimes \mathbf{G}_0^{-1}",
        "equation: inv(G[q*t,q*t]) = kron(inv(A[q,q]), inv(G_0[t,t]))",
    ),
    (
        r"\mathbf{H} = \mathbf{A} + \begin{bmatrix} \mathbf{A}_{12}\mathbf{A}_{22}^{-1}(\mathbf{G} - \mathbf{A}_{22})\mathbf{A}_{22}^{-1}\mathbf{A}_{21} & \mathbf{A}_{12}\mathbf{A}_{22}^{-1}(\mathbf{G} - \mathbf{A}_{22}) \\ (\mathbf{G} - \mathbf{A}_{22})\mathbf{A}_{22}^{-1}\mathbf{A}_{21} & \mathbf{G} - \mathbf{A}_{22} \end{bmatrix}",
        "equation: H[n,n] = A[n,n] + block[A_12[n - q,q] @ inv(A_22[q,q]) @ (G[q,q] + ((-1) * A_22[q,q])) @ inv(A_22[q,q]) @ A_21[q,n - q], A_12[n - q,q] @ inv(A_22[q,q]) @ (G[q,q] + ((-1) * A_22[q,q])); (G[q,q] + ((-1) * A_22[q,q])) @ inv(A_22[q,q]) @ A_21[q,n - q], G[q,q] + ((-1) * A_22[q,q])]",
    ),
    # kriging
    ("var[Y] = E[Y^2] - E[Y]^2", "equation: Var(Y) = E(Y**2) + ((-1) * (E(Y) * E(Y)))"),
    ("cov[X_i, X_j] = E[X_iX_j] - E[X_i]E[X_j]", "equation: Cov(X_i, X_j) = E(X_i*X_j) + ((-1) * (E(X_i) * E(X_j)))"),
    (r"Z(s) = \mu + \varepsilon(s)", "equation: Z(s) = mu + epsilon(s)"),
    (
        r"\hat{Z}(s_0) = \sum_{i=1}^N \lambda_i Z(s_i)",
        "equation: Zhat(s_0) = sum over i from 1 to N of (lambda_i * Z(s_i))",
    ),
    (r"C_z(h) = E[\varepsilon(s)\varepsilon(s + h)]", "equation: C_z(h) = E(epsilon(s) * epsilon(h + s))"),
    (r"\gamma(h) = \frac12 Var[Z(s + h) - Z(s)]", "equation: gamma(h) = 1/2 * Var(Z(h + s) + ((-1) * Z(s)))"),
    (r"\gamma(h) = c_0 + c_1\left(1 - e^{-h/a}\right)", "equation: gamma(h) = c_0 + c_1*(1 - exp(-h/a))"),
    (
        r"\sigma^2_{OK} = \sigma^2 - \mathbf{c}'\mathbf{C}^{-1}\mathbf{c} + \frac{(1 - \mathbf{1}'\mathbf{C}^{-1}\mathbf{c})^2}{\mathbf{1}'\mathbf{C}^{-1}\mathbf{1}}",
        "equation: sigma2_OK = sigma2 + ((-1) * (transpose(c[n,1]) @ inv(C[n,n]) @ c[n,1])) + (((1 + ((-1) * (transpose(Ones[n,1]) @ inv(C[n,n]) @ c[n,1]))) * (1 + ((-1) * (transpose(Ones[n,1]) @ inv(C[n,n]) @ c[n,1])))) * inv(transpose(Ones[n,1]) @ inv(C[n,n]) @ Ones[n,1]))",
    ),
    (
        r"\hat{p}(s_0) = \mathbf{x}_0'\hat{\boldsymbol\beta} + \mathbf{c}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta})",
        "equation: phat(s_0) = (transpose(x_0[p,1]) @ betahat[p,1]) + (transpose(c[n,1]) @ inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ betahat[p,1]))))",
    ),
    # spline
    (
        r"p_i = \beta_0 + \beta_1x_i + \sum_{j=1}^K \gamma_j(x_i - t_j)_+",
        "equation: p_i = beta_0 + (beta_1*x_i) + (sum over j from 1 to K of (gamma_j*Max(0, -t_j + x_i)))",
    ),
    (
        r"Q_p = \|y - X\beta - Fb\|^2 + k\|b\|^2",
        "equation: Q_p = power(norm(y[n,1] + ((-1) * (X[n,p] @ beta[p,1])) + ((-1) * (F[n,q] @ u[q,1]))), 2) + (k * power(norm(u[q,1]), 2))",
    ),
    (
        r"\begin{bmatrix} X'X & X'F \\ F'X & F'F + kI \end{bmatrix}\begin{bmatrix} \beta \\ b \end{bmatrix} = \begin{bmatrix} X'y \\ F'y \end{bmatrix}",
        "equation: block[transpose(X[n,p]) @ X[n,p], transpose(X[n,p]) @ F[n,q]; transpose(F[n,q]) @ X[n,p], (transpose(F[n,q]) @ F[n,q]) + (k * I[q])] @ block[beta[p,1]; u[q,1]] = block[transpose(X[n,p]) @ y[n,1]; transpose(F[n,q]) @ y[n,1]]",
    ),
    (
        r"\hat{\mathbf{f}} = (\mathbf{I} + \lambda\boldsymbol\Omega)^{-1}\mathbf{y} = \mathbf{S}_\lambda\mathbf{y}",
        "equation: fhat[n,1] = inv(I[n] + (lambda * Omega[n,n])) @ y[n,1] = S_lambda[n,n] @ y[n,1]",
    ),
    (r"\mathrm{df}(\lambda) = \mathrm{tr}(\mathbf{S}_\lambda)", "equation: df_lambda = tr(S_lambda[n,n])"),
    (
        r"\mathbf{S}_\lambda = \mathbf{N}(\mathbf{N}^T\mathbf{N} + \lambda\boldsymbol\Omega)^{-1}\mathbf{N}^T",
        "equation: S_lambda[n,n] = N[n,n] @ inv((transpose(N[n,n]) @ N[n,n]) + (lambda * Omega[n,n])) @ transpose(N[n,n])",
    ),
    (r"\lambda = \sigma^2_\varepsilon/\sigma^2_u", "equation: lambda = sigma2/sigma2_u"),
    (
        r"\mathbf{b} \sim N(\mathbf{0}, \boldsymbol\psi_\theta), \quad \boldsymbol\epsilon \sim N(\mathbf{0}, \mathbf{I}\sigma^2)",
        "several: u[q,1] ~ N(Zero[q,1], psi_theta[q,q]) ; e[n,1] ~ N(Zero[n,1], sigma2 * I[n])",
    ),
    (
        r"g(\mu_i) = \mathbf{x}_i'\boldsymbol\beta + f_1(x_{1i}) + f_2(x_{2i})",
        "equation: g(mu_i) = (transpose(x_i[p,1]) @ beta[p,1]) + f_1(x_1i) + f_2(x_2i)",
    ),
    # glmm
    (
        r"\overbrace{\mathbf{y}}^{N \times 1} = \overbrace{\underbrace{\mathbf{X}}_{N \times p}\underbrace{\boldsymbol\beta}_{p \times 1}}^{N \times 1} + \overbrace{\boldsymbol\varepsilon}^{N \times 1}",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + e[n,1]",
    ),
    (r"z = \eta + (y - \mu)g'(\mu)", "equation: z = eta + ((-mu + y) * g'(mu))"),
    (
        r"L(\beta, \theta) = \int \prod_{i=1}^n f(y_i \mid u)\, f(u)\, du",
        "equation: L(beta, theta) = integral((product over i from 1 to n of f(y_i|u)) * f(u), u[q,1])",
    ),
    (r"\rho = \frac{\sigma^2_u}{\sigma^2_u + \pi^2/3}", "equation: rho = sigma2_u/(sigma2_u + pi**2/3)"),
    # growth
    (
        r"\eta_{1j} = \gamma_{00} + u_{0j}, \quad \eta_{2j} = \gamma_{10} + u_{1j}",
        "index-model: eta_1j = gamma_00 + u_0j ; eta_2j = gamma_10 + u_1j",
    ),
    (r"y_{it} = \eta_{0i} + \lambda_t\eta_{1i} + \epsilon_{it}", "equation: y_it = e_it + eta_0i + eta_1i*lambda_t"),
    (
        r"\boldsymbol\Sigma = \boldsymbol\Lambda\boldsymbol\Psi\boldsymbol\Lambda' + \boldsymbol\Theta",
        "equation: V[n,n] = (Lambda[n,n] @ Psi[n,n] @ transpose(Lambda[n,n])) + Theta[n,n]",
    ),
    (
        r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N\left(\begin{bmatrix} 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \tau_{00} & \tau_{01} \\ \tau_{10} & \tau_{11} \end{bmatrix}\right)",
        "distribution: [u_0j; u_1j] ~ N([0; 0], [tau_00, tau_01; tau_10, tau_11])",
    ),
    # meta
    (r"\hat{\tau}^2_{DL} = \max\left(0, \frac{Q - (k-1)}{C}\right)", "equation: tauhat_DL**2 = Max(0, (Q - k + 1)/C)"),
    (r"C = \sum w_i - \frac{\sum w_i^2}{\sum w_i}", "equation: C = sum(w_i) + ((-1) * (sum(w_i**2) * inv(sum(w_i))))"),
    (
        r"\hat\mu_{RE} = \frac{\sum_{i=1}^k w_i^*\hat\theta_i}{\sum_{i=1}^k w_i^*}",
        "equation: muhat_RE = (sum over i from 1 to k of (thetahat_i*w_*_i)) * inv(sum over i from 1 to k of w_*_i)",
    ),
    (r"w_i^* = \frac{1}{v_i + \hat\tau^2}", "equation: w_*_i = 1/(tauhat**2 + v_i)"),
    (r"Q \sim \chi^2_{k-1}", "distribution: Q ~ chi2_k-1()"),
    (
        r"E[Q] = (k-1) + \tau^2\left(\sum_i w_i - \frac{\sum_i w_i^2}{\sum_i w_i}\right)",
        "equation: E(Q) = (k - 1) + ((tau**2) * ((sum over i from 1 to levels_i of w_i) + ((-1) * ((sum over i from 1 to levels_i of (w_i**2)) * inv(sum over i from 1 to levels_i of w_i)))))",
    ),
    (r"I^2 = \frac{Q - (k-1)}{Q} \times 100\%", "equation: I**2 = (Q - k + 1)/Q"),
    (
        r"\hat\theta_i \mid \theta_i \sim N(\theta_i, v_i), \quad \theta_i \sim N(\mu, \tau^2)",
        "several: thetahat_i | theta_i ~ N(theta_i, v_i) ; theta_i ~ N(mu, tau**2)",
    ),
    # state
    (
        r"y_t = Z_t\alpha_t + \varepsilon_t, \quad \varepsilon_t \sim N(0, H_t)",
        "several: y_t[n_t,1] = (Z_t[n_t,q] @ alpha_t[q,1]) + epsilon_t[n_t,1] ; epsilon_t[n_t,1] ~ N(Zero[n_t,1], H_t[n_t,n_t])",
    ),
    (
        r"\alpha_{t+1} = T_t\alpha_t + R_t\eta_t, \quad \eta_t \sim N(0, Q_t)",
        "several: alpha_t+1[n,1] = (T_t[n,n] @ alpha_t[n,1]) + (R_t[n,n] @ eta_t[n,1]) ; eta_t[n,1] ~ N(Zero[n,1], Q_t[n,n])",
    ),
    (
        "F_t = Z_tP_{t|t-1}Z_t' + H_t",
        "equation: F_t[n_t,n_t] = (Z_t[n_t,q] @ P_t|_t-1[q,q] @ transpose(Z_t[n_t,q])) + H_t[n_t,n_t]",
    ),
    ("K_t = P_{t|t-1}Z_t'F_t^{-1}", "equation: K_t[q,n_t] = P_t|_t-1[q,q] @ transpose(Z_t[n_t,q]) @ inv(F_t[n_t,n_t])"),
    ("a_{t|t} = a_{t|t-1} + K_tv_t", "equation: a_t|_t = K_t*v_t + a_t|_t-1"),
    (
        "P_{t|t} = (I - K_tZ_t)P_{t|t-1}",
        "equation: P_t|_t[q,q] = (I[q] + ((-1) * (K_t[q,n_t] @ Z_t[n_t,q]))) @ P_t|_t-1[q,q]",
    ),
    (
        "P_{t|t} = (I - K_tZ_t)P_{t|t-1}(I - K_tZ_t)' + K_tH_tK_t'",
        "equation: P_t|_t[q,q] = ((I[q] + ((-1) * (K_t[q,n_t] @ Z_t[n_t,q]))) @ P_t|_t-1[q,q] @ transpose(I[q] + ((-1) * (K_t[q,n_t] @ Z_t[n_t,q])))) + (K_t[q,n_t] @ H_t[n_t,n_t] @ transpose(K_t[q,n_t]))",
    ),
    (r"\mu_t = \mu_{t-1} + \beta_{t-1} + \eta_t", "equation: mu_t = beta_t-1 + eta_t + mu_t-1"),
    (
        r"\mathbf{W} = \operatorname{diag}\left(\frac{1}{V(\mu_i)\,g'(\mu_i)^2}\right)",
        "equation: W[levels_i,levels_i] = direct sum over i from 1 to levels_i of inv(V(mu_i) * power(g'(mu_i), 2))",
    ),
    (
        r"\log L = -\frac12\sum_{t=1}^n\left(\log 2\pi + \log F_t + v_t^2/F_t\right)",
        "equation: log(L) = (-1/2) * (sum over t from 1 to n of (log(F_t) + log(2*pi) + v_t**2/F_t))",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[ascii(text) for text, _ in ROWS])
def test_a_published_formula_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


def test_a_criterion_is_a_function_and_no_product_of_its_letters() -> None:
    reading = read(
        r"\mathrm{GCV}(\lambda) = \frac{\frac1n\sum_{i=1}^n (y_i - \hat{m}_\lambda(x_i))^2}{\left[1 - \frac{\operatorname{tr}(\mathbf{S}_\lambda)}{n}\right]^2}",
    )
    assert outline(reading) == (
        "equation: GCV(lambda) = ((1/n) * (sum over i from 1 to n of ((y_i + ((-1) * mhat_lambda(x_i))) * (y_i + ((-1) * mhat_lambda(x_i)))))) * inv((1 + ((-1) * (tr(S_lambda[n,n]) * (1/n)))) * (1 + ((-1) * (tr(S_lambda[n,n]) * (1/n)))))"
    )
    written = write(reading)
    assert write(read(written)) == written
