r"""Formulas of notes and manuals on panels, levels, counts of genes, filters and breeding, each with its meaning.

The meanings were written down in words before anything was read, and what is read, node by node, was held against
them. It is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import TutorError
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    # Euler's number below an exponent in an exponent of e; a residual in a moment
    ("e^{e^{e^2}}", "scalar: exp(exp(exp(2)))"),
    ("e^{e^5}", "scalar: exp(exp(5))"),
    (r"e^{-e^{\eta}}", "scalar: exp(-exp(eta))"),
    (r"e^{1+e^2+\frac{e^3}{2}}", "scalar: exp(1 + exp(2) + exp(3)/2)"),
    (r"E(e^2) = \sigma^2", "equation: E(e**2) = sigma2"),
    (r"\rho^{e^2}", "scalar: rho**(e**2)"),
    # what an equation defines is a function, and so is a letter before a name that stands alone in brackets
    (r"\varphi(t) = E(e^{itX})", "equation: phi(t) = E(exp(X*i*t))"),
    ("φ(t) = exp(-t^2/2)", "equation: phi(t) = exp(-t**2/2)"),
    (r"\phi(1-\mu)", "scalar: phi*(1 - mu)"),
    (r"\zeta(X) = d / \|X\|^2", "equation: zeta(X[n,p]) = d * inv(power(norm(X[n,p]), 2))"),
    (r"\sigma^2(X) = 3", "equation: sigma2 * X[n,p] = 3"),
    # logarithms to a base, functions of several numbers, σ² as it is typed
    (r"\log_2(q_{ij})", "scalar: log(q_ij)/log(2)"),
    (r"\log_{10} x", "scalar: log(x)/log(10)"),
    (r"\log_2\frac{a}{b}", "scalar: log(a/b)/log(2)"),
    ("log10(x) + 1", "scalar: log(x)/log(10) + 1"),
    (r"\Phi_2(a, b; \rho)", "scalar: Phi_2(a, b, rho parted (2,))"),
    ("s2*I_4 + s2_u*J_4", "matrix-expression: (sigma2 * I[4]) + (sigma2_u * Ones[4,4])"),
    ("s^2", "scalar: s**2"),
    (r"\int \prod_i f(y_i|b) f(b) db", "scalar: integral((product over i from 1 to levels_i of f(y_i|b)) * f(b), b)"),
    # triangles of two rows, and what is a slip
    (
        r"\mathbf{G} = \begin{bmatrix} \sigma_0^2 \\ \sigma_{01} & \sigma_1^2 \end{bmatrix}",
        "equation: G[q,q] = [sigma2_0, sigma_01; sigma_01, sigma2_1]",
    ),
    (
        r"\mathbf{S} = \begin{bmatrix} \sigma_0 \\ 0 & \sigma_1 \end{bmatrix}",
        "equation: S[2,2] = [sqrt(sigma2_0), 0; 0, sqrt(sigma2_1)]",
    ),
    # covariates in words, methods behind estimates
    (r"y_i = \beta_0 + \beta_1 \text{time of day}", "equation: y_i = beta_0 + beta_1*timeOfDay"),
    ("η_i = β_0 + β_1 Time", "equation: eta_i = Time*beta_1 + beta_0"),
    (r"X\hat\beta OLS", "matrix-expression: X[n,p] @ betahat_OLS[p,1]"),
    # states of a filter, where they are vectors and where nothing tells
    (r"K_t = \frac{P_{t|t-1}}{P_{t|t-1} + r}", "equation: K_t = P_t|_t-1/(P_t|_t-1 + r)"),
    (r"\hat{x}_{t|t} = \hat{x}_{t|t-1} + k_t e_t", "equation: xhat_t|_t = e_t*k_t + xhat_t|_t-1"),
    (r"S_t = HP_{t|t-1}H^\top + R", "equation: S_t[n,n] = (H[n,n] @ P_t|_t-1[n,n] @ transpose(H[n,n])) + R[n,n]"),
    (
        r"x_t = Fx_{t-1} + w_t, w_t \sim N(0, Q)",
        "several: x_t[n,1] = (F[n,n] @ x_t-1[n,1]) + w_t[n,1] ; w_t[n,1] ~ N(Zero[n,1], Q[n,n])",
    ),
    (
        r"\hat{\mathbf{z}}_{t|t-1} = F \hat{\mathbf{z}}_{t-1|t-1}, \quad P_{t|t-1} = F P_{t-1|t-1} F^\top + Q",
        "several: zhat_t|_t-1[n,1] = F[n,n] @ zhat_t-1|_t-1[n,1] ; "
        "P_t|_t-1[n,n] = (F[n,n] @ P_t-1|_t-1[n,n] @ transpose(F[n,n])) + Q[n,n]",
    ),
    (
        r"\log\det S_t + \nu_t^\top S_t^{-1} \nu_t",
        "scalar: log(det(S_t[n,n])) + (transpose(nu_t[n,1]) @ inv(S_t[n,n]) @ nu_t[n,1])",
    ),
    (
        r"x_t = F x_{t-1} + Q^{1/2} \epsilon_t, \quad \epsilon_t \sim N(0, I)",
        "several: x_t[n,1] = (F[n,n] @ x_t-1[n,1]) + (power[n,n](Q[n,n], 1/2) @ epsilon_t[n,1]) ; "
        "epsilon_t[n,1] ~ N(Zero[n,1], I[n])",
    ),
    (r"y_t = x_t'\beta + \varepsilon_t", "equation: y_t = (transpose(x_t[p,1]) @ beta[p,1]) + e_t"),
    # as notes and manuals write them
    (
        r"y_{it} = x_{it}\beta + \mu_i + \nu_{it}, \qquad i=1,2,\ldots,N, \quad t=1,2,\ldots,T",
        "several: y_it = beta*x_it + mu_i + nu_it ; i from 1 to N ; t from 1 to T",
    ),
    (
        r"$x_{it} \overset{iid}{\sim} N(0,1)$, $\mu_i \overset{iid}{\sim} N(0,\sigma_{\mu}^{2})$, "
        r"$\nu_{it}\overset{iid}{\sim}N(0,\sigma_{\nu}^{2})$ y $\mu_i \perp \nu_{it}$",
        "several: x_it ~ iid N(0, 1) ; mu_i ~ iid N(0, sigma2_mu) ; nu_it ~ iid N(0, sigma2_nu) ; mu_i ⊥ nu_it",
    ),
    (r"\hat{\zeta}_{\text{MLE}}(X) = d / \|X\|^2", "equation: zetahat_MLE(X[n,p]) = d * inv(power(norm(X[n,p]), 2))"),
    (
        r"\begin{align*} \text{IAT}_{ij} & \sim \operatorname{Normal}(\mu_{ij}, \sigma) \\ \mu_{ij} & = \beta_{0j} "
        r"+ \beta_{1j} \text{pretest}_{ij} + \left [u_{0j} + u_{1j} \text{pretest}_{ij} \right] \\ \begin{bmatrix} "
        r"u_{0j} \\ u_{1j} \end{bmatrix} & \sim \operatorname{Normal}(\mathbf 0, \mathbf{SRS}) \end{align*}",
        "index-model: IAT_ij ~ N(mu_ij, sqrt(sigma2)) ; mu_ij = beta_0j + beta_1j*pretest_ij + "
        "pretest_ij*u_1j + u_0j ; [u_0j; u_1j] ~ N(Zero[2,1], S[2,2] @ R[2,2] @ S[2,2])",
    ),
    (r"\mathbf R = \begin{bmatrix} 1 \\ \rho & 1 \end{bmatrix}", "equation: R[n,n] = [1, rho; rho, 1]"),
    (
        r"Y_{ij} = \gamma_{00} + \gamma_{10}(\text{Session}_{ij}) + u_{0j} + u_{1j}(\text{Session}_{ij}) + e_{ij}",
        "index-model: Y_ij = Session_ij*gamma_10 + Session_ij*u_1j + e_ij + gamma_00 + u_0j",
    ),
    (
        r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim \mathcal{N}\left( \begin{pmatrix} 0 \\ 0 "
        r"\end{pmatrix}, \Sigma \right), \quad \Sigma = \begin{pmatrix} \tau_0^2 & \tau_{01} \\ \tau_{01} & "
        r"\tau_1^2 \end{pmatrix}",
        "several: [u_0j; u_1j] ~ N([0; 0], Sigma[2,2]) ; Sigma[2,2] = [tau_0**2, tau_01; tau_01, tau_1**2]",
    ),
    (r"\rho = \frac{\tau_{01}}{\tau_0 \tau_1} \in [-1, 1]", "several: rho = tau_01/(tau_0*tau_1) ; rho in [-1, 1]"),
    (
        r"e \sim N(0, \delta^2_e I_n), u \sim N (0, \delta^2_u I_{(J*q)}) \text{ where } I_n \text{ is an } n "
        r"\times n \text{ identity matrix}",
        "several: e[n,1] ~ N(Zero[n,1], (delta_e**2) * I[n]) ; u[q,1] ~ N(Zero[q,1], (delta_u**2) * I[J*q]) "
        "; I[n] is n × n",
    ),
    (
        r"E \begin{bmatrix} u \\ e \\\end{bmatrix} = \begin{bmatrix} 0 \\ 0 \\\end{bmatrix}, cov \begin{bmatrix} u "
        r"\\ e \\\end{bmatrix} = \begin{bmatrix} G & 0 \\ 0 & R \\\end{bmatrix}",
        "several: E(block[u[q,1]; e[n,1]]) = block[Zero[q,1]; Zero[n,1]] ; Var(block[u[q,1]; e[n,1]]) = "
        "block[G[q,q], Zero[q,n]; Zero[n,q], R[n,n]]",
    ),
    (
        r"\hat {\sigma}_W =\sqrt{\left(\frac{4813-125}{4} \right)}=34.2, \hspace{1cm} \hat "
        r"{\sigma}_S=\sqrt{125}=11.1.",
        "several: sigmahat_W = 2*sqrt(293) = 171/5 ; sigmahat_S = 5*sqrt(5) = 111/10",
    ),
    (
        r"\mathbf{Z}_i = \begin{bmatrix} 1 & t_{i1} \\ 1 & t_{i2} \end{bmatrix}.",
        "equation: Z_i[n,q] = [1, t_i1; 1, t_i2]",
    ),
    (
        r"\mathbf{Y}_i \sim N_{n_i}\!\left(\mathbf{X}_i \boldsymbol{\beta},\; \mathbf{Z}_i \mathbf{D} "
        r"\mathbf{Z}_i^T + \boldsymbol{\Sigma}_i\right)",
        "distribution: Y_i[n_i,1] ~ N_n‿i(X_i[n_i,p] @ beta[p,1], (Z_i[n_i,q] @ D[q,q] @ "
        "transpose(Z_i[n_i,q])) + Sigma_i[n_i,n_i])",
    ),
    (
        r"\ell(\boldsymbol{\beta}, \mathbf{D}, \boldsymbol{\Sigma}) = -\frac{1}{2}\sum_{i=1}^n \left[\log "
        r"|\boldsymbol{\Omega}_i| + (\mathbf{Y}_i - \mathbf{X}_i\boldsymbol{\beta})^T "
        r"\boldsymbol{\Omega}_i^{-1}(\mathbf{Y}_i - \mathbf{X}_i\boldsymbol{\beta})\right]",
        "equation: ell(beta[p,1], D[n,n], V[n,n]) = (-1/2) * (sum over i from 1 to n of "
        "(log(det(Omega_i[n_i,n_i])) + (transpose(Y_i[n_i,1] + ((-1) * (X_i[n_i,p] @ beta[p,1]))) @ "
        "inv(Omega_i[n_i,n_i]) @ (Y_i[n_i,1] + ((-1) * (X_i[n_i,p] @ beta[p,1]))))))",
    ),
    (
        r"\mathbf{y} = \underbrace{\mathbf{Z}\mathbf{\omega}}_{\text {fixed}} + "
        r"\underbrace{\mathbf{X}\mathbf{\beta}}_{\text {random}} + \underbrace{\mathbf{e}}_{\text {error}}",
        "equation: y[n,1] = (Z[n,q] @ omega[q,1]) + (X[n,p] @ beta[p,1]) + e[n,1]",
    ),
    (
        r"\underbrace{\mathbf{Z}}_{n \times q} = \underbrace{\mathbf{X}}_{n \times p}\underbrace{\mathbf{V}_q}_{p "
        r"\times q}",
        "equation: Z[n,q] = X[n,p] @ V_q[p,q]",
    ),
    (
        r"\hat{\mathbf{y}} = \mathbf{X}\hat{\beta} = "
        r"\mathbf{U}\mathbf{D}\mathbf{V}^\top\mathbf{V}\mathbf{D}^{-1}\mathbf{U}^\top \mathbf{y} = "
        r"\mathbf{U}\mathbf{U}^\top\mathbf{y}",
        "equation: yhat[n,1] = X[n,p] @ betahat[p,1] = U[n,n] @ D[n,n] @ transpose(V[n,n]) @ V[n,n] @ "
        "inv(D[n,n]) @ transpose(U[n,n]) @ y[n,1] = U[n,n] @ transpose(U[n,n]) @ y[n,1]",
    ),
    (
        r"H^{-1} = A^{-1} + \begin{bmatrix} 0 & 0 \\ 0 & (G^*)^{-1} - A_{22}^{-1} \end{bmatrix}",
        "equation: inv(H[n,n]) = inv(A[n,n]) + block[Zero[n - q,n - q], Zero[n - q,q]; Zero[q,n - q], "
        "inv(G_*[q,q]) + ((-1) * inv(A_22[q,q]))]",
    ),
    (r"G^* = (1 - \delta) G + \delta A_{22}", "equation: G_*[q,q] = ((1 - delta) * G[q,q]) + (delta * A_22[q,q])"),
    (r"\eta_h(\boldsymbol{x}) = \alpha_h + f_h(\boldsymbol{x})", "equation: eta_h(x[n,1]) = alpha_h + f_h(x[n,1])"),
    (
        r"Y_i =  \sum_{k=1}^p X_{ik} \beta_j + \epsilon_{i}",
        "equation: Y_i = (sum over k from 1 to p of (X_ik*beta_j)) + e_i",
    ),
    (
        r"Y_i= \varepsilon_i=\beta^{*}_0+\beta_1(X_i-\bar{X})+\varepsilon_i",
        "index-model: Y_i = e_i = beta_*_0 + beta_1*(X_i - Xbar) + e_i",
    ),
    (r"\beta^{*}_0=\beta_0+\beta_1\bar{X}", "equation: beta_*_0 = Xbar*beta_1 + beta_0"),
    (
        r"K_{ij} \sim \mathrm{NB}(\mu_{ij}, \alpha_i), \qquad \mu_{ij} = s_j \, q_{ij}, \qquad \log_2 q_{ij} = "
        r"\sum_r x_{jr} \beta_{ir}",
        "several: K_ij ~ NegativeBinomial(mu_ij, alpha_i) ; mu_ij = q_ij*s_j ; log(q_ij)/log(2) = sum over r "
        "from 1 to levels_r of (beta_ir*x_jr)",
    ),
    (
        r"K_{ij} \sim \mathcal{NB}(\mu_{ij}, \alpha_i) \\ \mu_{ij} = NF_{ij} q_{ij}",
        "several: K_ij ~ NegativeBinomial(mu_ij, alpha_i) ; mu_ij = NF_ij*q_ij",
    ),
    (r"\alpha(\bar\mu)=a_0 + a_1/\bar\mu", "equation: alpha(mubar) = a_0 + a_1/mubar"),
    (
        r"K_t = P_{t|t-1} H^\top (H P_{t|t-1} H^\top + R)^{-1}",
        "equation: K_t[n,n] = P_t|_t-1[n,n] @ transpose(H[n,n]) @ inv((H[n,n] @ P_t|_t-1[n,n] @ "
        "transpose(H[n,n])) + R[n,n])",
    ),
    (
        r"(P_{t|t-1}^{-1} + H^\top R^{-1} H)^{-1} = P_{t|t-1} - P_{t|t-1}H^\top(H P_{t|t-1} H^\top + R)^{-1}H "
        "P_{t|t-1}.",
        "equation: inv(inv(P_t|_t-1[n,n]) + (transpose(H[n,n]) @ inv(R[n,n]) @ H[n,n])) = P_t|_t-1[n,n] + "
        "((-1) * (P_t|_t-1[n,n] @ transpose(H[n,n]) @ inv((H[n,n] @ P_t|_t-1[n,n] @ transpose(H[n,n])) + "
        "R[n,n]) @ H[n,n] @ P_t|_t-1[n,n]))",
    ),
    (
        r"y_t = z_t - H \hat{x}_{t|t-1}, \qquad S_t = H P_{t|t-1} H^\top + R, \qquad K_t = P_{t|t-1} H^\top "
        "S_t^{-1}.",
        "several: y_t[n,1] = z_t[n,1] + ((-1) * (H[n,n] @ xhat_t|_t-1[n,1])) ; S_t[n,n] = (H[n,n] @ "
        "P_t|_t-1[n,n] @ transpose(H[n,n])) + R[n,n] ; K_t[n,n] = P_t|_t-1[n,n] @ transpose(H[n,n]) @ "
        "inv(S_t[n,n])",
    ),
    (
        r"x_t = \hat{x}_{t|t-1} + K_t(z_t - H \hat{x}_{t|t-1}), \quad P_t = (I - K_t H) P_{t|t-1}.",
        "several: x_t[n,1] = xhat_t|_t-1[n,1] + (K_t[n,n] @ (z_t[n,1] + ((-1) * (H[n,n] @ "
        "xhat_t|_t-1[n,1])))) ; P_t[n,n] = (I[n] + ((-1) * (K_t[n,n] @ H[n,n]))) @ P_t|_t-1[n,n]",
    ),
    (
        r"\hat x_t = \hat x_{t|t-1} + K_t(y_t - H\hat x_{t|t-1})",
        "equation: xhat_t[n,1] = xhat_t|_t-1[n,1] + (K_t[n,n] @ (y_t[n,1] + ((-1) * (H[n,n] @ xhat_t|_t-1[n,1]))))",
    ),
    (
        r"$y_{ij} \sim \text{Binomial}(n_{ij}, p_{ij})$ $\text{logit}(p_{ij}) = \ln{\frac{p_{ij}}{1-p_{ij}}} = "
        r"\beta_0 + \beta_{\text{social}} * x_{ij} + \mu_{0j} + \mu_{1j} * x_{ij}$",
        "several: y_ij ~ Binomial(n_ij, p_ij) ; logit(p_ij) = log(p_ij/(1 - p_ij)) = beta_0 + "
        "beta_social*x_ij + mu_0j + mu_1j*x_ij",
    ),
    (
        r"\text{logit}(p_{ij}) = \gamma_0 + \gamma_1 \times (\text{On Therapy}) + \gamma_2 \times (\text{Time}) + "
        "u_{0i}",
        "equation: logit(p_ij) = OnTherapy*gamma_1 + Time*gamma_2 + gamma_0 + u_0i",
    ),
    (
        r"\text{logit}(p_{ij}) = x_{ij}^\top \beta + u_j, \quad \text{where } u_j \sim \mathcal{N}(0, \sigma^2)",
        "several: logit(p_ij) = (transpose(x_ij[p,1]) @ beta[p,1]) + u_j ; u_j ~ N(0, sigma2)",
    ),
    (
        r"\text{logit}(p_{ij}) = \underbrace{\alpha_j}_{\text{Intercept}} + "
        r"\underbrace{f_j(\mathbf{x}_i)}_{\text{Environmental Effects}} + \underbrace{\mathbf{w}_i^\top "
        r"\mathbf{z}_j}_{\text{Latent Factors}}",
        "equation: logit(p_ij) = alpha_j + f_j(x_i[p,1]) + (transpose(w_i[q,1]) @ z_j[q,1])",
    ),
    (
        r"\text{logit}(\psi_i) = \mathbf{x}_i^\top \boldsymbol{\beta}, \qquad \text{logit}(p_{ij}) = "
        r"\mathbf{w}_{ij}^\top \boldsymbol{\alpha}",
        "several: logit(psi_i) = transpose(x_i[p,1]) @ beta[p,1] ; logit(p_ij) = transpose(w_ij[n,1]) @ alpha[n,1]",
    ),
    (
        r"\begin{aligned} \mu_{ij} &= \mu_{..} + \alpha_i + \beta_j + (\alpha \beta)_{ij} \\ Y_{ijk} &= \mu_{..} + "
        r"\alpha_i + \beta_j + (\alpha \beta)_{ij} + \epsilon_{ijk} \end{aligned}",
        "index-model: mu_ij = alpha_i + alphabeta_ij + beta_j + mu_.. ; Y_ijk = alpha_i + alphabeta_ij + "
        "beta_j + e_ijk + mu_..",
    ),
    (
        r"$\sum_j (\alpha \beta)_{ij} = 0, \quad i = 1, \dots, a$",
        "several: sum over j from 1 to levels_j of alphabeta_ij = 0 ; i from 1 to a",
    ),
    (r"\hat{\mu} = \bar{y}_{\bullet \bullet \bullet}", "equation: muhat = ybar_..."),
    (
        r"\Lambda_\theta^\top = \begin{bmatrix} 1.5 & 0 & 0 & 0 \\ 0 & 0.8 & 0 & 0 \\ 0 & 0 & 1.5 & 0 \\ 0 & 0 & 0 "
        r"& 0.8 \end{bmatrix}",
        "equation: transpose(Lambda_theta[4,4]) = [3/2, 0, 0, 0; 0, 4/5, 0, 0; 0, 0, 3/2, 0; 0, 0, 0, 4/5]",
    ),
    (
        "y = Xb + Za + e, E(y) = Xb; E(a) = E(e) = 0",
        "several: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ a[q,1]) + e[n,1] ; E(y[n,1]) = X[n,p] @ "
        "beta[p,1] ; E(a[q,1]) = E(e[n,1]) = Zero[q,1]",
    ),
    (
        "var(y) = V = var(Za + e) = Zvar(a)Z′ + var(e) + cov(Za, e) + cov(e, Za) = ZGZ′ + R + Zcov(a, e) + cov(e, a)Z′",
        "equation: Var(y[n,1]) = V[n,n] = Var((Z[n,q] @ a[q,1]) + e[n,1]) = (Z[n,q] @ Var(a[q,1]) @ "
        "transpose(Z[n,q])) + Var(e[n,1]) + Cov(Z[n,q] @ a[q,1], e[n,1]) + Cov(e[n,1], Z[n,q] @ a[q,1]) = "
        "(Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n] + (Z[n,q] @ Cov(a[q,1], e[n,1])) + (Cov(e[n,1], "
        "a[q,1]) @ transpose(Z[n,q]))",
    ),
    (
        r"$\mathbf{y=Xb+Zu+e}$, with $\mathbf{Z=I}$",
        "several: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1]) + e[n,1] ; Z[n,q] = I[n]",
    ),
    (
        "û ≡ [Cov(ε, u)]' [Var(ε)]^{−1} (y − Xβ̂ GLS) = k' V^{−1} (y − Xβ̂ GLS)",
        "equation: uhat[q,1] = transpose(Cov(e[n,1], u[q,1])) @ inv(Var(e[n,1])) @ (y[n,1] + ((-1) * (X[n,p] "
        "@ betahat_GLS[p,1]))) = transpose(k[n,1]) @ inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ "
        "betahat_GLS[p,1])))",
    ),
    (
        r"x_{t} = \phi x_{t-1} + \sigma_v v_t, y_t = x_t + \sigma_e e_t",
        "several: x_t = phi*x_t-1 + sqrt(sigma2_v)*v_t ; y_t = e_t*sqrt(sigma2) + x_t",
    ),
    (
        "x_{t+1} = F * x_t + w_t,   w_t ~ N(0, Q)",
        "several: x_t+1[n,1] = (F[n,n] @ x_t[n,1]) + w_t[n,1] ; w_t[n,1] ~ N(Zero[n,1], Q[n,n])",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS)
def test_a_formula_of_notes_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


def test_a_ratio_of_mean_squares_is_read() -> None:
    text = (
        r"F_A = \frac{\frac{1}{a-1} \sum_{i=1}^{a} n_{i \bullet} (\bar{y}_{i \bullet \bullet} - \bar{y}_{\bullet "
        r"\bullet \bullet})^2}{\frac{1}{n-ab} \sum_{i=1}^{a} \sum_{j=1}^{b} \sum_{k=1}^{n_{ij}} (y_{ijk} - "
        r"\bar{y}_{i j \bullet})^2}"
    )
    assert outline(read(text)) == (
        "equation: F_A = ((1/(a - 1)) * (sum over i from 1 to a of (n_i.*(-ybar_... + ybar_i..)**2))) * "
        "inv((1/(-a*b + n)) * (sum over i from 1 to a of (sum over j from 1 to b of (sum over k from 1 to "
        "n_ij of ((y_ijk - ybar_ij.)**2)))))"
    )


REFUSED: list[tuple[str, str]] = [
    (r"\beta_0 + \beta_1 x_{i1} + \beta_2 x_{i2} + \cdots + \beta_p x_{i,p-1}", "do not tell how they go on"),
    (r"\log_2(q_{ij}) = \beta_{0i} + \beta_{1i}x_j + \dots", "The sum has no last term"),
    (r"\log_2(0)", "log has no value here"),
    (r"\begin{bmatrix} 1 \\ 1 & 2 \end{bmatrix}", "Row 2 of the matrix has 2 cells"),
    (r"\begin{bmatrix} 1 \\ 2 & 1 \end{bmatrix}", "cells above the diagonal are left out"),
    (r"y_i = \beta_0 + \beta_1 \text{ for all i}", "only formulas can be read"),
    ("V = Var(Zv + ε) = ZGZT + R", "T is no name"),
    ("αt+1=Ttαt+Rtηt", "Tt is no name"),
]


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_what_cannot_be_told_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(TutorError) as refused:
        read(text)
    assert told in str(refused.value)
