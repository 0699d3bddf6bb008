r"""Formulas as public notes, manuals and programs write them, each with its meaning, node by node.

Each reading was held against what its source means by the formula, and is kept as it is. What is read is also written,
in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (r"\mathbf{u} \sim \mathit{N}(0, \mathbf{G})",
     "distribution: u[q,1] ~ N(Zero[q,1], G[q,q])"),
    (r"\mathbb{V}(\mathbf{y}) = \mathbf{V}(\theta) = \mathbf{Z}\mathbf{G}\mathbf{Z}^\top + \mathbf{R}",
     "equation: Var(y[n,1]) = V[n,n] = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n]"),
    (r"\left(\mathbf{y}-\mathbf{X}\beta\right)^\top\mathbf{V}^{-1}\frac{\partial\mathbf{V}}"
     r"{\partial\theta_l}\mathbf{V}^{-1}\left(\mathbf{y}-\mathbf{X}\beta\right)",
     "scalar: transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ inv(V[n,n]) @ ∂[n,n](V[n,n], theta_l) @ "
     "inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1])))"),
    (r"\ell_{REML}(\boldsymbol{\theta}) = -\frac{1}{2}\left[\log|\mathbf{V}| + "
     r"\mathbf{y}'\mathbf{P}\mathbf{y} + \log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}|\right]",
     "equation: ell_REML(theta[n,1]) = (-1/2) * (log(det(V[n,n])) + (transpose(y[n,1]) @ P[n,n] @ y[n,1]) "
     "+ log(det(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p])))"),
    (r"b_{ij}^{(\text{lot})} \sim N(0, \sigma_{\text{lot}}^2)",
     "distribution: b_^(lot)_ij ~ N(0, sigma2_lot)"),
    (r"\ell_{\text{REML}}(\boldsymbol{\theta}) = -\frac{1}{2}\left[\log|\mathbf{V}| + "
     r"\log|\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{X}| + \mathbf{r}^\top\mathbf{V}^{-1}\mathbf{r}\right]",
     "equation: ell_REML(theta[n,1]) = (-1/2) * (log(det(V[n,n])) + log(det(transpose(X[n,p]) @ "
     "inv(V[n,n]) @ X[n,p])) + (transpose(r[n,1]) @ inv(V[n,n]) @ r[n,1]))"),
    (r"\mathbf{u}_{*}\sim(\mathbf{0},\mathbf{G}_{*})",
     "distribution: u_*[q,1] ~ (Zero[q,1], G_*[q,q])"),
    (r"\mathbf{V}_{*}=\mathbf{Z}_{*}\mathbf{G}_{*}\mathbf{Z}_{*}^{T}+\mathbf{R}_{*}",
     "equation: V_*[n,n] = (Z_*[n,q] @ G_*[q,q] @ transpose(Z_*[n,q])) + R_*[n,n]"),
    (r"\mathbf{X}\boldsymbol{\beta}=\mathbf{X}_{*}\boldsymbol{\beta}_{*}",
     "equation: X[n,p] @ beta[p,1] = X_*[n,p] @ beta_*[p,1]"),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^T + \mathbf{R} = \sigma_\gamma^2 \mathbf{1}\mathbf{1}^T + \mathbf{W}^{-1}",
     "equation: (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n] = (sigma2_gamma * (Ones[n,1] @ "
     "transpose(Ones[n,1]))) + inv(W[n,n])"),
    (r"Y_{gi} | u_g \sim \text{Tweedie}(\mu_{gi}, \phi, p)",
     "distribution: Y_gi | u_g ~ Tweedie(mu_gi, phi, p)"),
    (r"\log(\mu_{gi}) = \beta_0 + \beta_1 x_{LD,i} + u_g",
     "equation: log(mu_gi) = beta_0 + beta_1*x_LD_i + u_g"),
    (r"u_j \mid \sigma_u^2 \sim \mathcal{N}(0, \sigma_u^2), \quad j \in \{1, 2, 3\}",
     "several: u_j | sigma2_u ~ N(0, sigma2_u) ; j in {1, 2, 3}"),
    ("x^*_{ij} = x_{ij} + u_{ij}",
     "equation: x_*_ij = u_ij + x_ij"),
    (r"\text{logit}(P(Y_{ij} = 1)) = \beta_0 + \beta_1 \text{Domain}_j + \beta_2 \log(T_{ij}) + u_i + v_j",
     "equation: logit(P(=(Y_ij, 1))) = Domain_j*beta_1 + beta_0 + beta_2*log(T_ij) + u_i + v_j"),
    (r"\beta_k \sim \mathcal{N}(0, 3) \quad \forall k",
     "distribution: beta_k ~ N(0, 3)"),
    (r"\sigma_u \sim \text{Half-Cauchy}(0, 2)",
     "distribution: sqrt(sigma2_u) ~ HalfCauchy(0, 2)"),
    (r"4813 = 4\hat {\sigma}^2_W+\hat {\sigma}^2_S",
     "equation: 4813 = sigmahat_S**2 + 4*sigmahat_W**2"),
    (r"\hat {\sigma}_W =\sqrt{\left(\frac{4813-125}{4} \right)}=34.2",
     "equation: sigmahat_W = 2*sqrt(293) = 171/5"),
    (r"H_0:\mu_{360}=\mu_{370}=\mu_{380}",
     "other: H_0: mu_360 = mu_370 = mu_380"),
    (r"y_{ijklm} = \mu + \tau_i +\beta_j +\gamma_k + (\beta\tau)_{ik} +\theta_{ijk} + \delta_l +\lambda_m "
     r"+(\delta\lambda)_{im} +(\beta\delta)_{jl}+\epsilon_{ijklm}",
     "index-model: y_ijklm = beta_j + betadelta_jl + betatau_ik + delta_l + deltalambda_im + e_ijklm + "
     "gamma_k + lambda_m + mu + tau_i + theta_ijk"),
    (r"S^2 = \frac{\hat{\boldsymbol{u}}'\hat{\boldsymbol{u}}}{N-K-1}",
     "equation: S**2 = (transpose(uhat[q,1]) @ uhat[q,1]) * inv(N + ((-1) * K) + (-1))"),
    (r"\hat{u} = (Z'R^{-1}Z + G^{-1}\lambda)^{-1}Z'R^{-1}y",
     "equation: uhat[q,1] = inv((transpose(Z[n,q]) @ inv(R[n,n]) @ Z[n,q]) + (lambda * inv(G[q,q]))) @ "
     "transpose(Z[n,q]) @ inv(R[n,n]) @ y[n,1]"),
    ("S = Z'R^{-1}Z + G^{-1} - Z'R^{-1}X (X'R^{-1}X)^{-1} X'R^{-1}Z",
     "equation: S[q,q] = (transpose(Z[n,q]) @ inv(R[n,n]) @ Z[n,q]) + inv(G[q,q]) + ((-1) * "
     "(transpose(Z[n,q]) @ inv(R[n,n]) @ X[n,p] @ inv(transpose(X[n,p]) @ inv(R[n,n]) @ X[n,p]) @ "
     "transpose(X[n,p]) @ inv(R[n,n]) @ Z[n,q]))"),
    (r"\beta = (X'R^{-1}X)^{-1} [X'R^{-1}(y - Z u)]",
     "equation: beta[p,1] = inv(transpose(X[n,p]) @ inv(R[n,n]) @ X[n,p]) @ (transpose(X[n,p]) @ "
     "inv(R[n,n]) @ (y[n,1] + ((-1) * (Z[n,q] @ u[q,1]))))"),
    (r"\begin{bmatrix} X'X & X'Z \\ Z'X & Z'Z + A^{-1}\lambda \end{bmatrix} \begin{bmatrix} \hat{\beta} \\ "
     r"\hat{u} \end{bmatrix} = \begin{bmatrix} X'y \\ Z'y \end{bmatrix}",
     "equation: block[transpose(X[n,p]) @ X[n,p], transpose(X[n,p]) @ Z[n,q]; transpose(Z[n,q]) @ X[n,p], "
     "(transpose(Z[n,q]) @ Z[n,q]) + (lambda * inv(A[q,q]))] @ block[betahat[p,1]; uhat[q,1]] = "
     "block[transpose(X[n,p]) @ y[n,1]; transpose(Z[n,q]) @ y[n,1]]"),
    (r"G^{-1} = A^{-1}\sigma_u^{-2}",
     "equation: inv(G[q,q]) = (1/sigma2_u) * inv(A[q,q])"),
    ("β̂_GLS = (X' V^{-1} X)^{-1} X' V^{-1} y",
     "equation: betahat_GLS[p,1] = inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ "
     "inv(V[n,n]) @ y[n,1]"),
    ("V = σ_b² ZZ' + σ_ε² I",
     "equation: V[n,n] = (sigma2_b * (Z[n,q] @ transpose(Z[n,q]))) + (sigma2 * I[n])"),
    (r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim \operatorname{Normal}(\mathbf 0, \mathbf{SRS})",
     "distribution: [u_0j; u_1j] ~ N(Zero[2,1], S[2,2] @ R[2,2] @ S[2,2])"),
    (r"\beta_{0j} = \gamma_{00} + \gamma_{01}W_j + u_{0j}",
     "index-model: beta_0j = W_j*gamma_01 + gamma_00 + u_0j"),
    (r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\begin{pmatrix} \begin{pmatrix} 0 \\ 0 "
     r"\end{pmatrix}, \begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{01} & \tau_{11} \end{pmatrix} \end{pmatrix}",
     "distribution: [u_0j; u_1j] ~ N([0; 0], [tau_00, tau_01; tau_01, tau_11])"),
    (r"Y_{ij} = [\gamma_{00} + \gamma_{01}W_j + u_{0j}] + [\gamma_{10} + \gamma_{11}W_j + u_{1j}]X_{ij} + e_{ij}",
     "index-model: Y_ij = W_j*gamma_01 + X_ij*(W_j*gamma_11 + gamma_10 + u_1j) + e_ij + gamma_00 + u_0j"),
    (r"Y_{ij} = \gamma_{00} + \gamma_{10}(\text{Session}_{ij}) + u_{0j} + u_{1j}(\text{Session}_{ij}) + e_{ij}",
     "index-model: Y_ij = Session_ij*gamma_10 + Session_ij*u_1j + e_ij + gamma_00 + u_0j"),
    (r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix}, "
     r"\begin{pmatrix} \tau_{00}^2 & \tau_{01} \\ \tau_{01} & \tau_{11}^2 \end{pmatrix}\right)",
     "distribution: [u_0j; u_1j] ~ N([0; 0], [tau_00**2, tau_01; tau_01, tau_11**2])"),
    (r"y_{ij} = (\beta_0 + u_{0j}) + (\beta_1 + u_{1j}) x_{ij} + \varepsilon_{ij}",
     "index-model: y_ij = beta_0 + e_ij + u_0j + x_ij*(beta_1 + u_1j)"),
    (r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim \mathcal{N}\left( \begin{pmatrix} 0 \\ 0 "
     r"\end{pmatrix}, \Sigma \right), \quad \Sigma = \begin{pmatrix} \tau_0^2 & \tau_{01} \\ \tau_{01} & "
     r"\tau_1^2 \end{pmatrix}",
     "several: [u_0j; u_1j] ~ N([0; 0], Sigma[2,2]) ; Sigma[2,2] = [tau_0**2, tau_01; tau_01, tau_1**2]"),
    (r"\rho = \frac{\tau_{01}}{\tau_0 \tau_1} \in [-1, 1]",
     "several: rho = tau_01/(tau_0*tau_1) ; rho in [-1, 1]"),
    (r"\mathbf{D} = \begin{pmatrix} \sigma^2_{u0} & \sigma_{u01} \\ \sigma_{u01} & \sigma^2_{u1} \end{pmatrix}",
     "equation: D[2,2] = [sigma2_u0, sigma_u01; sigma_u01, sigma2_u1]"),
    (r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix}, "
     r"\begin{pmatrix} \sigma_{u0}^2 & \sigma_{u01} \\ \sigma_{u01} & \sigma_{u1}^2 \end{pmatrix}\right)",
     "distribution: [u_0j; u_1j] ~ N([0; 0], [sigma2_u0, sigma_u01; sigma_u01, sigma2_u1])"),
    (r"e \sim N(0, \delta^2_e I_n), u \sim N (0, \delta^2_u I_{(J*q)})",
     "several: e[n,1] ~ N(Zero[n,1], (delta_e**2) * I[n]) ; u[q,1] ~ N(Zero[q,1], (delta_u**2) * I[J*q])"),
    (r"E \begin{bmatrix} u \\ e \end{bmatrix} = \begin{bmatrix} 0 \\ 0 \end{bmatrix}",
     "equation: E(block[u[q,1]; e[n,1]]) = block[Zero[q,1]; Zero[n,1]]"),
    (r"\begin{bmatrix} u_{0j} \\ u_{1j} \\ u_{2j} \end{bmatrix} \sim \mathcal{N} \left( \begin{bmatrix} 0 "
     r"\\ 0 \\ 0 \end{bmatrix}, \begin{bmatrix} \tau_{00} & \tau_{01} & \tau_{02} \\ \tau_{01} & \tau_{11} "
     r"& \tau_{12} \\ \tau_{02} & \tau_{12} & \tau_{22} \end{bmatrix} \right)",
     "distribution: [u_0j; u_1j; u_2j] ~ N([0; 0; 0], [tau_00, tau_01, tau_02; tau_01, tau_11, tau_12; "
     "tau_02, tau_12, tau_22])"),
    (r"\text{LSD} = t_{\alpha/2, N-k} \sqrt{MSE \left( \frac{1}{n_i} + \frac{1}{n_j} \right)}",
     "equation: LSD = t_alpha/2_N-k*sqrt(MSE*(1/n_j + 1/n_i))"),
    (r"MSA = \frac{SSA}{a-1}",
     "equation: MSA = SSA/(a - 1)"),
    (r"H_0: \alpha_1 = \dots = \alpha_a = 0",
     "other: H_0: alpha_1 = … = alpha_a = 0"),
    (r"F_A = \frac{MSA}{MSE}",
     "equation: F_A = MSA/MSE"),
    (r"\text{Accuracy}_{ijk} = \mu + \alpha_i + \beta_j + (\alpha\beta)_{ij} + \epsilon_{ijk}",
     "index-model: Accuracy_ijk = alpha_i + alphabeta_ij + beta_j + e_ijk + mu"),
    (r"\hat{\theta} = \frac{1'\hat{\Gamma}^{-1}Y}{1'\hat{\Gamma}^{-1}1} = \bar{y}",
     "equation: thetahat = inv(transpose(Ones[n,1]) @ inv(Gammahat[n,n]) @ Ones[n,1]) * "
     "(transpose(Ones[n,1]) @ inv(Gammahat[n,n]) @ Y[n,1]) = ybar"),
    (r"\begin{bmatrix} \boldsymbol{x} \\ \boldsymbol{z} \end{bmatrix} \sim N\left( \begin{bmatrix} "
     r"\boldsymbol{\mu} \\ \boldsymbol{\nu} \end{bmatrix}, \begin{bmatrix} \boldsymbol{S} & \boldsymbol{C} "
     r"\\ \boldsymbol{C} ^{'}& \boldsymbol{W} \end{bmatrix} \right)",
     "distribution: block[x[n,1]; z[n,1]] ~ N(block[mu[n,1]; nu[n,1]], block[S[n,n], C[n,n]; "
     "transpose(C[n,n]), W[n,n]])"),
    (r"\boldsymbol{x}|\boldsymbol{z}\sim "
     r"N(\boldsymbol{\mu}+\boldsymbol{C}\boldsymbol{W}^{-1}(\boldsymbol{z}-\boldsymbol{\nu}),\boldsymbol"
     r"{S} - \boldsymbol{C}\boldsymbol{W}^{-1}\boldsymbol{C}^{'})",
     "distribution: x[n,1] | z[n,1] ~ N(mu[n,1] + (C[n,n] @ inv(W[n,n]) @ (z[n,1] + ((-1) * nu[n,1]))), "
     "S[n,n] + ((-1) * (C[n,n] @ inv(W[n,n]) @ transpose(C[n,n]))))"),
    (r"\begin{bmatrix} \boldsymbol{u} \\ \boldsymbol{e} \end{bmatrix} \sim N\left( \begin{vmatrix} "
     r"\boldsymbol{0} \\ \boldsymbol{0} \end{vmatrix}, \begin{bmatrix} \boldsymbol{G} & \boldsymbol{0} \\ "
     r"\boldsymbol{0} & \boldsymbol{R} \end{bmatrix} \right)",
     "distribution: block[u[q,1]; e[n,1]] ~ N(block[Zero[q,1]; Zero[n,1]], block[G[q,q], Zero[q,n]; "
     "Zero[n,q], R[n,n]])"),
    (r"g(\mu_i) = x_i' \beta + z_i' u",
     "equation: g(mu_i) = (transpose(x_i[p,1]) @ beta[p,1]) + (transpose(z_i[q,1]) @ u[q,1])"),
    (r"E[Y_i \vert u] = \mu_i",
     "equation: E(Y_i|u) = mu_i"),
    ("û = k' V^{-1} (y − Xβ̂_{GLS})",
     "equation: uhat = transpose(k[n,1]) @ inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ betahat_GLS[p,1])))"),
    ("Cov(û, u) = GZ'V^{-1}WCov(y, u)",
     "equation: Cov(uhat[q,1], u[q,1]) = G[q,q] @ transpose(Z[n,q]) @ inv(V[n,n]) @ W[n,n] @ Cov(y[n,1], u[q,1])"),
    ("Var(û - u) = Var(û) + G - 2Var(û)",
     "equation: Var(uhat[q,1] + ((-1) * u[q,1])) = Var(uhat[q,1]) + G[q,q] + ((-1) * (2 * Var(uhat[q,1])))"),
    ("V = Var(y) = Var(y - Xβ) = Var(Zv + ε) = ZGZ^T + R",
     "equation: V[n,n] = Var(y[n,1]) = Var(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) = Var((Z[n,q] @ "
     "v[q,1]) + e[n,1]) = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n]"),
    ("E(Y'QY) = E(Y')QE(Y) + tr[Q Var(Y)]",
     "equation: E(transpose(Y[n,1]) @ Q[n,n] @ Y[n,1]) = (E(transpose(Y[n,1])) @ Q[n,n] @ E(Y[n,1])) + "
     "tr(Q[n,n] @ Var(Y[n,1]))"),
    (r"Var(Y) = X Var(\beta) X' + \sigma_e^2 I_N",
     "equation: Var(Y[N,1]) = (X[N,p] @ Var(beta[p,1]) @ transpose(X[N,p])) + (sigma2 * I[N])"),
    (r"R(\beta_1, \beta_2) = Y'X(X'X)^-X'Y",
     "equation: R(beta_1, beta_2) = transpose(Y[n,1]) @ X[n,p] @ generalized "
     "inverse[p,p](transpose(X[n,p]) @ X[n,p]) @ transpose(X[n,p]) @ Y[n,1]"),
    (r"V = ZGZ' + \sigma^2 I_N",
     "equation: V[N,N] = (Z[N,q] @ G[q,q] @ transpose(Z[N,q])) + (sigma2 * I[N])"),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \sigma^2\mathbf{I}_N)",
     "distribution: y[N,1] ~ N(X[N,p] @ beta[p,1], sigma2 * I[N])"),
    (r"\log \mid\mathbf{V}\mid",
     "scalar: log(det(V[n,n]))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_public_formula_means_what_it_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
