# ruff: noqa: E501  (a meaning stands on one line)
r"""Formulas from pages of breeding, kriging, panels, state spaces, BUGS and hierarchical models, each with its meaning.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (r"\ell(\beta, \theta) = \log 2", "equation: ell(beta, theta) = log(2)"),
    (r"r^2(\theta, \beta, u) = 3", "equation: power(r(theta, beta, u), 2) = 3"),
    (r"d(\theta, \hat\beta | y) = 4", "equation: d(theta|y, betahat|y) = 4"),
    (r"p(\beta, \tau, \sigma | y, x)", "scalar: p(beta|y,x, tau|y,x, sigma|y,x)"),
    (r"k(x_i, x_j) = \sigma^2 \exp(-\rho)", "equation: k(x_i, x_j) = sigma2*exp(-rho)"),
    (r"K(x \mid \alpha, \rho)", "scalar: K(x|alpha,rho)"),
    (r"\frac{\partial \ell(\beta)}{\partial \beta}(\beta) = 0", "equation: ∂[p,1](ell(beta), beta[p,1]) = Zero[p,1]"),
    (
        r"p(\beta | y) = \int \int p(y | \beta, \sigma^2) p(\sigma^2) d\beta d\sigma^2",
        "equation: p(beta|y) = integral(integral(p(y|beta,sigma2) * p(sigma2), beta[p,1]), sigma2)",
    ),
    (r"\beta_l \in \mathbb{R}^D", "dimension: beta_l[D,1] is D × 1"),
    (r"\beta \in \mathbb{R}^{p+1}", "dimension: beta[p + 1,1] is p + 1 × 1"),
    (
        r"\mathbf{y}_{n \times 1} = \mathbf{F}_{n \times q} \mathbf{b}_{q \times 1}",
        "equation: y[n,1] = F[n,q] @ u[q,1]",
    ),
    (
        r"(\mathbf{Z}'\mathbf{Z} + \tau \text{Id}_q)^{-1}",
        "matrix-expression: inv((transpose(Z[n,q]) @ Z[n,q]) + (tau * I[q]))",
    ),
    (r"V_E \otimes Id_N", "matrix-expression: kron(V_E[N,N], I[N])"),
    (r"\Sigma_i (y_i - \bar{y})^2", "scalar: sum over i from 1 to levels_i of ((y_i - ybar)**2)"),
    (r"\mu_i + \rho\Sigma_{j \neq i} w_{ij} (Y_j - \mu_j)", "scalar: mu_i + (rho * sum_j≠i(w_ij*(Y_j - mu_j)))"),
    ("fⱼ(x) = Σₖ βⱼₖ φⱼₖ(x)", "equation: f_j(x) = sum over k from 1 to levels_k of (beta_jk * phi_jk(x))"),
    ("Σₖ₌₁ᴷ βₖ", "scalar: sum over k from 1 to K of beta_k"),
    (r"\Sigma_i(\theta)", "symbol: Sigma_i[n,n]"),
    ("y = Xb + Za + e                 (3.1)", "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ a[q,1]) + e[n,1]"),
    (r"b = P^{-1}Gw (\#eq:index)", "equation: b[q,1] = inv(P[q,q]) @ G[q,q] @ w[q,1]"),
    ("$$ V_i = Z_i G Z_i' $$ {#eq-v}", "equation: V_i[n_i,n_i] = Z_i[n_i,q] @ G[q,q] @ transpose(Z_i[n_i,q])"),
    (r"$w_t \sim N(0, Q_t)$ i.i.d.", "distribution: w_t ~ iid N(0, Q_t)"),
    ("u ~ N(0, σ²_g K): random genetic effects", "distribution: u[q,1] ~ N(Zero[q,1], sigma2_g * K[q,q])"),
    (r"y = 3 \text{, } x = 4", "several: y = 3 ; x = 4"),
    (
        "C^{22} = (Z'R^{-1}Z + G^{-1})^{-1} - C^{12} X'V^{-1}ZG",
        "equation: C_^22[q,q] = inv((transpose(Z[n,q]) @ inv(R[n,n]) @ Z[n,q]) + inv(G[q,q])) + ((-1) * (C_^12[q,p] @ transpose(X[n,p]) @ inv(V[n,n]) @ Z[n,q] @ G[q,q]))",
    ),
    (
        r"G_0^{-1} = \begin{bmatrix} g^{11} & g^{12} \\ g^{21} & g^{22} \end{bmatrix}",
        "equation: inv(G_0[2,2]) = [g_^11, g_^12; g_^21, g_^22]",
    ),
    (r"R^{-1} = R_0^{-1} \otimes I_n", "equation: inv(R[n*t,n*t]) = kron(inv(R_0[t,t]), I[n])"),
    (
        r"\mathbf{y} = \mathbf{M}\boldsymbol\beta + \mathbf{X}\mathbf{u} + \boldsymbol\epsilon",
        "equation: y[n,1] = (M[n,p] @ beta[p,1]) + (X[n,q] @ u[q,1]) + e[n,1]",
    ),
    (
        r"\mathbf{y} = \mathbf{M}\boldsymbol\alpha + \mathbf{G}\boldsymbol\beta + \boldsymbol\epsilon",
        "equation: y[n,1] = (M[n,n] @ alpha[n,1]) + (G[n,p] @ beta[p,1]) + e[n,1]",
    ),
    (
        r"y = X\beta + G\beta_{gene} + \epsilon",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (G[n,n] @ beta_gene[n,1]) + e[n,1]",
    ),
    (
        r"\boldsymbol{y} = \boldsymbol{Z}_E \boldsymbol{\beta}_E + \boldsymbol{Z}_1 \boldsymbol{g}_1 + \boldsymbol{e}",
        "equation: y[n,1] = (Z_E[n,q] @ beta_E[q,1]) + (Z_1[n,q] @ g_1[q,1]) + e[n,1]",
    ),
    (r"y = X\beta + Mg + e", "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (M[n,n] @ g[n,1]) + e[n,1]"),
    ("E(y) = Xb; E(a) = 0", "several: E(y[n,1]) = X[n,p] @ beta[p,1] ; E(a) = 0"),
    (
        "(X'X + C'C)b = X'y",
        "equation: ((transpose(X[n,p]) @ X[n,p]) + (transpose(C[n,p]) @ C[n,p])) @ beta[p,1] = transpose(X[n,p]) @ y[n,1]",
    ),
    (
        r"\hat{b}_{OLS} = (X^TX)^g X^Ty",
        "equation: bhat_OLS[p,1] = generalized inverse[p,p](transpose(X[n,p]) @ X[n,p]) @ transpose(X[n,p]) @ y[n,1]",
    ),
    (
        r"\hat\beta = (X'\Sigma^{-1}X)^{-1}X'\Sigma^{-1}Z, Z - X\hat\beta",
        "several: betahat[p,1] = inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(V[n,n]) @ Z[n,1] ; Z[n,1] + ((-1) * (X[n,p] @ betahat[p,1]))",
    ),
    (
        r"\mathbb{E}\left[(X - \mu_X)(Y - \mu_Y)^\top\right] = \Sigma_{XY}",
        "equation: E((X[n,1] + ((-1) * mu_X[n,1])) @ transpose(Y[n,1] + ((-1) * mu_Y[n,1]))) = Sigma_XY[n,n]",
    ),
    (r"\theta = (\sigma^2, \gamma, \phi)'", "equation: theta[3,1] = transpose([sigma2, gamma, phi])"),
    ("x_{t+1} = A x_t + C w_{t+1}", "equation: x_t+1[n,1] = (A[n,n] @ x_t[n,1]) + (C[n,n] @ w_t+1[n,1])"),
    (r"x = Wz + \mu + \epsilon", "equation: x[n,1] = (W[n,q] @ z[q,1]) + mu[n,1] + e[n,1]"),
    (r"x \sim N(\mu, WW' + \Psi)", "distribution: x[n,1] ~ N(mu[n,1], (W[n,n] @ transpose(W[n,n])) + Psi[n,n])"),
    (
        "E[(Ax + a)(Bx + b)'] = AMB' + (Am + a)(Bm + b)'",
        "equation: E(((A[n,n] @ x[n,1]) + a[n,1]) @ transpose((B[n,n] @ x[n,1]) + b[n,1])) = (A[n,n] @ M[n,n] @ transpose(B[n,n])) + (((A[n,n] @ m[n,1]) + a[n,1]) @ transpose((B[n,n] @ m[n,1]) + b[n,1]))",
    ),
    (
        "E[AXB + C] = AE[X]B + C",
        "equation: E((A[n,n] @ X[n,p] @ B[p,n]) + C[n,n]) = (A[n,n] @ E(X[n,p]) @ B[p,n]) + C[n,n]",
    ),
    (r"\operatorname{tr}(A^2)", "scalar: tr(A[n,n] @ A[n,n])"),
    (
        r"y_{it} = \beta'x_{it} + u_i + \epsilon_{it}",
        "equation: y_it = (transpose(beta[p,1]) @ x_it[p,1]) + u_i + e_it",
    ),
    (
        r"2\theta'(P'y - \delta)",
        "scalar: 2 * (transpose(theta[n,1]) @ ((transpose(P[n,n]) @ y[n,1]) + ((-1) * delta[n,1])))",
    ),
    (r"w \sim N(\mu, σ²V)", "distribution: w[n,1] ~ N(mu[n,1], sigma2 * V[n,n])"),
    ("y | w, X ~ N(Xw, σ²I)", "distribution: y[n,1] | w[p,1], X[n,p] ~ N(X[n,p] @ w[p,1], sigma2 * I[n])"),
    (r"\mathbf{a} \sim N(\mathbf{0}, \sigma^2_a G)", "distribution: a[q,1] ~ N(Zero[q,1], sigma2_a * G[q,q])"),
    (
        r"\hat{\mathbf{a}} = G(G + R)^{-1}(\mathbf{y} - X\hat{\boldsymbol\beta})",
        "equation: ahat[n,1] = G[n,n] @ inv(G[n,n] + R[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ betahat[p,1])))",
    ),
    (r"\mathbf{y} = \mathbf{z}_j b_j + \mathbf{e}", "equation: y[n,1] = (b_j * z_j[n,1]) + e[n,1]"),
    (
        r"\mathbf{y} = \alpha\boldsymbol\iota_n + X\boldsymbol\beta + WX\gamma + \epsilon",
        "equation: y[n,1] = (alpha * iota_n[n,1]) + (X[n,p] @ beta[p,1]) + (W[n,n] @ X[n,p] @ gamma[p,1]) + e[n,1]",
    ),
    (
        r"\Omega = \sigma^2 I_T + \sigma^2_\alpha \iota_T \iota_T'",
        "equation: Omega[T,T] = (sigma2 * I[T]) + (sigma2_alpha * (iota_T[T,1] @ transpose(iota_T[T,1])))",
    ),
    (r"z_{ijk} = G_i + I_{ij} + E_j + \epsilon_{ijk}", "index-model: z_ijk = E_j + G_i + I_ij + e_ijk"),
    (r"E[W] = \begin{bmatrix} E[W_1] \\ E[W_2] \\ \vdots \\ E[W_n] \end{bmatrix}", "equation: E(W[n,1]) = E(W[n,1])"),
    (
        r"\mu_2 + \Sigma_{21}\Sigma_{11}^{-1}(X_1 - \mu_1)",
        "scalar: mu_2 + (Sigma_21 @ inv(Sigma_11) @ (X_1 + ((-1) * mu_1)))",
    ),
    ("E(x_t | y_{1:t})", "moment: E(x_t|y_1:t)"),
    (
        "D = p(M_1Q_1)p(M_2Q_2) - p(M_1Q_2)p(M_2Q_1)",
        "equation: D = (p(M_1*Q_1) * p(M_2*Q_2)) + ((-1) * (p(M_1*Q_2) * p(M_2*Q_1)))",
    ),
    (r"y \sim \textsf{multivariate normal}(\mu, \Sigma)", "distribution: y[n,1] ~ N(mu[n,1], V[n,n])"),
    ("y[i] ~ dnorm(mu[i], tau)", "distribution: y_i ~ N(mu_i, 1/tau)"),
    ("y.hat[i] <- alpha + beta * x[i]", "definition: yhat_i := alpha + beta*x_i"),
    ("mu[i] <- alpha + beta * x[i]", "definition: mu_i := alpha + beta*x_i"),
    (r"x_t = \Upsilon_t u_t", "equation: x_t = Upsilon_t*u_t"),
    (
        r"\|\mathbf{y} - \mathbf{Z}\Lambda_\theta\mathbf{u}\|^2",
        "scalar: power(norm(y[n,1] + ((-1) * (Z[n,q] @ Lambda_theta[q,q] @ u[q,1]))), 2)",
    ),
    (r"y = X\beta + Z_u u + e", "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z_u[n,q] @ u[q,1]) + e[n,1]"),
    (
        "y = Xb + Z_u u + Z_p p + e",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z_u[n,q] @ u[q,1]) + (Z_p[n,q] @ p[q,1]) + e[n,1]",
    ),
    (
        r"Var(y) = Z_a A Z_a' \sigma^2_a + Z_m Z_m' \sigma^2_m + I\sigma^2_e",
        "equation: Var(y[n,1]) = (sigma2_a * (Z_a[n,q] @ A[q,q] @ transpose(Z_a[n,q]))) + (sigma2_m * (Z_m[n,q] @ transpose(Z_m[n,q]))) + (sigma2 * I[n])",
    ),
    (r"\hat{y} = X\hat\beta + Z_u \hat{u}", "equation: yhat[n,1] = (X[n,p] @ betahat[p,1]) + (Z_u[n,q] @ uhat[q,1])"),
    ("V = Z_u G Z_u^T + R", "equation: V[n,n] = (Z_u[n,q] @ G[q,q] @ transpose(Z_u[n,q])) + R[n,n]"),
    ("x_0'(X'X)^{-1}x_0", "scalar: transpose(x_0[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_0[p,1]"),
    (
        r"\sigma^2 x_0'(X'X)^{-1}x_0",
        "scalar: sigma2 * (transpose(x_0[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_0[p,1])",
    ),
    (
        r"1 + x_0^\top (X^\top X)^{-1} x_0",
        "scalar: 1 + (transpose(x_0[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_0[p,1])",
    ),
    ("x_i'(X'X)^{-1}x_i", "scalar: transpose(x_i[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_i[p,1]"),
    (
        "h_{ii} = x_i^T(X^TX)^{-1}x_i",
        "equation: h_ii = transpose(x_i[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_i[p,1]",
    ),
    (
        r"Var(\hat y_0) = \sigma^2(1 + x_0'(X'X)^{-1}x_0)",
        "equation: Var(yhat_0) = sigma2 * (1 + (transpose(x_0[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_0[p,1]))",
    ),
    ("h_{ij} = x_i'(X'X)^{-1}x_j", "equation: h_ij = transpose(x_i[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_j[p,1]"),
    (
        r"s(\hat y_h) = \sqrt{MSE (x_h'(X'X)^{-1}x_h)}",
        "equation: s(yhat_h) = power(MSE * (transpose(x_h[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x_h[p,1]), 1/2)",
    ),
    (
        "P_2 = X_2(X_2'X_2)^{-1}X_2'",
        "equation: P_2[n,n] = X_2[n,p_2] @ inv(transpose(X_2[n,p_2]) @ X_2[n,p_2]) @ transpose(X_2[n,p_2])",
    ),
    (
        r"P_2 := X_2(X_2^\top X_2)^{-1}X_2^\top,\qquad M_2 := I_n - P_2.",
        "several: P_2[n,n] := X_2[n,p_2] @ inv(transpose(X_2[n,p_2]) @ X_2[n,p_2]) @ transpose(X_2[n,p_2]) ; M_2[n,n] := I[n] + ((-1) * P_2[n,n])",
    ),
    (
        r"\hat\beta_1 = (X_1'M_2X_1)^{-1}X_1'M_2y",
        "equation: betahat_1[p_1,1] = inv(transpose(X_1[n,p_1]) @ M_2[n,n] @ X_1[n,p_1]) @ transpose(X_1[n,p_1]) @ M_2[n,n] @ y[n,1]",
    ),
    (
        r"y = X_1\beta_1 + X_2\beta_2 + u",
        "equation: y[n,1] = (X_1[n,p] @ beta_1[p,1]) + (X_2[n,p] @ beta_2[p,1]) + u[n,1]",
    ),
    (
        r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{u}, \quad \mathbf{u} \sim N(0, \sigma^2 I)",
        "several: y[n,1] = (X[n,p] @ beta[p,1]) + u[n,1] ; u[n,1] ~ N(Zero[n,1], sigma2 * I[n])",
    ),
    (r"W_i \sim IW_p(\nu_w, U)", "distribution: W_i[n,n] ~ InverseWishart_p(nu_w, U[n,n])"),
    (r"\Sigma \sim \text{Wishart}(\nu, U)", "distribution: V[n,n] ~ Wishart(nu, U[n,n])"),
    (r"\boldsymbol\Omega \sim Wishart(\mathbf{R}, p + 1)", "distribution: Omega[n,n] ~ Wishart(R[n,n], p + 1)"),
    (r"p(y_* \mid \mathbf{x}_*, \mathbf{X}, \mathbf{y})", "scalar: p(y_*|x_*,X,y)"),
    (r"y_* = x_*'\beta", "equation: y_* = transpose(x_*[p,1]) @ beta[p,1]"),
    (
        r"\mathrm{EDF} = 2\mathrm{tr}(\mathbf{F}) - \mathrm{tr}(\mathbf{FF}),",
        "equation: EDF = (2 * tr(F[n,n])) + ((-1) * tr(F[n,n] @ F[n,n]))",
    ),
    (
        r"\mathbf{P}_n^{-1} = \sigma^{-2} \mathbf{X}^\top \mathbf{X} + \mathbf{P}_0^{-1}, \mathbf{m} = \mathbf{P}_n \mathbf{P}_0^{-1} \mathbf{w}_0",
        "several: inv(P_n[p,p]) = ((1/sigma2) * (transpose(X[n,p]) @ X[n,p])) + inv(P_0[p,p]) ; m[p,1] = P_n[p,p] @ inv(P_0[p,p]) @ w_0[p,1]",
    ),
    (r"\gamma(s_i - s_j) = 2", "equation: gamma(s_i - s_j) = 2"),
    (r"k(x, x') = \exp(-\rho^2 (x - x')^2)", "equation: k(x, x') = exp(-rho**2*(x - x')**2)"),
    (
        r"\Omega^{-1/2} = \frac{1}{\sigma_1} P + \frac{1}{\sigma_\nu} Q",
        "equation: power[n,n](Omega[n,n], -1/2) = ((1/sqrt(sigma2_1)) * P[n,n]) + ((1/sqrt(sigma2_nu)) * Q[n,n])",
    ),
    (
        r"\hat\beta = (X'MX)^{-1}X'My",
        "equation: betahat[p,1] = inv(transpose(X[n,p]) @ M[n,n] @ X[n,p]) @ transpose(X[n,p]) @ M[n,n] @ y[n,1]",
    ),
    ("V = Z G Z' + σ² I_{12}", "equation: V[12,12] = (Z[12,q] @ G[q,q] @ transpose(Z[12,q])) + (sigma2 * I[12])"),
    ("(J_{400} + R)^-", "matrix-expression: generalized inverse[400,400](Ones[400,400] + R[400,400])"),
    (
        r"\hat{\beta} = (X' \Sigma^{-1} X)^{-1} X' \Sigma^{-1} Z",
        "equation: betahat[p,1] = inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(V[n,n]) @ Z[n,1]",
    ),
    (
        r"y_{it} - \theta \bar{y}_i = (x_{it} - \theta\bar{x}_i)'\beta + v_{it}",
        "equation: -theta*ybar_i + y_it = (transpose(x_it[p,1] + ((-1) * (theta * xbar_i[p,1]))) @ beta[p,1]) + v_it",
    ),
    (r"\Delta G = \frac{i r \sigma_A}{L}", "equation: Delta*G = i*r*sqrt(sigma2_A)/L"),
    ("R = h^2 S", "equation: R = S*h**2"),
    (
        r"\eta = \rho W \eta + X\beta + \nu",
        "equation: eta[n,1] = (rho * (W[n,n] @ eta[n,1])) + (X[n,p] @ beta[p,1]) + nu[n,1]",
    ),
    (
        r"\hat\beta_{2SLS} = (X'P_Z X)^{-1} X'P_Z y",
        "equation: betahat_2SLS[p,1] = inv(transpose(X[n,p]) @ P_Z[n,n] @ X[n,p]) @ transpose(X[n,p]) @ P_Z[n,n] @ y[n,1]",
    ),
    (
        r"Y_{it} = \alpha_i + \lambda_t + \mathbf{X}_{it}^{\top}\boldsymbol{\beta} + \varepsilon_{it}",
        "equation: Y_it = alpha_i + lambda_t + (transpose(X_it[p,1]) @ beta[p,1]) + e_it",
    ),
    (
        r"Y_{it}=X_{it}^\prime\beta+Z_i^\prime\delta+u_i+\epsilon_{it}",
        "equation: Y_it = (transpose(X_it[p,1]) @ beta[p,1]) + (transpose(Z_i[p_delta,1]) @ delta[p_delta,1]) + u_i + e_it",
    ),
    (
        r"\hat\alpha_i = \bar y_i - \bar X_i'\hat\beta_{FE}",
        "equation: alphahat_i = ybar_i + ((-1) * (transpose(Xbar_i[p,1]) @ betahat_FE[p,1]))",
    ),
    (r"p(\mu | \tau_g, y) = N(m_g, V_g)", "distribution: mu | tau_g, y[n,1] ~ N(m_g, V_g)"),
    (r"\frac{1}{2}\ln|M|", "scalar: 1/2 * log(det(M[n,n]))"),
    (r"\tau \sim \text{Gamma}(\alpha,\beta)", "distribution: tau ~ Gamma(alpha, beta)"),
    (
        r"\sqrt{n}(\hat\beta - \beta) \xrightarrow{d} N(0, V)",
        "distribution: (sqrt(n)) * (betahat[p,1] + ((-1) * beta[p,1])) ~ approx N(Zero[p,1], V[n,n])",
    ),
    (r"\hat\beta \xrightarrow{p} \beta", "other: betahat[p,1] → beta[p,1]"),
    (
        r"\gamma(\mathbf{h}) = C(\mathbf{0}) - C(\mathbf{h})",
        "equation: gamma(h[n,1]) = C(Zero[n,1]) + ((-1) * C(h[n,1]))",
    ),
    (r"\lambda = C^{-1} c_0", "equation: lambda[n,1] = inv(C[n,n]) @ c_0[n,1]"),
    (
        r"\sigma_k^2 = C(0) - c_0' C^{-1} c_0",
        "equation: sigma2_k = C(0) + ((-1) * (transpose(c_0[n,1]) @ inv(C[n,n]) @ c_0[n,1]))",
    ),
    (
        r"\bar{f}_* = k_*^T (K + \sigma^2 I)^{-1} y",
        "equation: fbar_* = transpose(k_*[n,1]) @ inv(K[n,n] + (sigma2 * I[n])) @ y[n,1]",
    ),
    (r"\hat{Z}(s_0) = c_0' C^{-1} z", "equation: Zhat(s_0) = transpose(c_0[n,1]) @ inv(C[n,n]) @ z[n,1]"),
]

REFUSED: list[tuple[str, str]] = [
    ("Vra(y) = ZGZ' + R", "Did you mean Var?"),
    ("ran(X)", "Did you mean rank?"),
    ("trc(A)", "Did you mean tr?"),
    ("Va(u) = G", "Did you mean Var?"),
    ("δ_ζ(X)", "may be a function"),
    ("Y = WC + ZG_A + E", "those of each product: W C."),
    ("tarce(A)", "Did you mean trace?"),
    (r"b(x) = \sum_l a_l f^l(s)", "a function"),
    (r"y_i = \beta_1 x_i^1 + \beta_2 x_i^2", "first power"),
    ("y[i] ~ dnorm(y.hat[i], tau.y)", "no point"),
    (r"\mathbf{t}^l(s)", "whole powers"),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[ascii(row[0]) for row in ROWS])
def test_is_read_and_written(text: str, expected: str) -> None:
    reading = read(text)
    assert outline(reading) == expected
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[ascii(row[0]) for row in REFUSED])
def test_is_refused_with_words(text: str, words: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read(text)
    assert words in str(refusal.value)
