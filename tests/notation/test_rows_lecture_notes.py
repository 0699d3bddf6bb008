# ruff: noqa: E501  (a meaning stands on one line)
r"""Formulas as lecture notes on linear and mixed models write them, each with its meaning, node by node.

Indices that were copied without their place, diagonals of blocks with dots, labels above estimates, ranges beside an
equation, restrictions and iterations: each reading was held against what its source means. What is read is also written
and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (
        "yij = μ + τi + βj + εij",
        "index-model: y_ij = beta_j + e_ij + mu + tau_i",
    ),
    (
        "Yijk = µ + αi + βj + (αβ)ij + εijk",
        "index-model: Y_ijk = alpha_i + alphabeta_ij + beta_j + e_ijk + mu",
    ),
    (
        "yi = β0 + β1xi + εi",
        "index-model: y_i = beta_0 + beta_1*x_i + e_i",
    ),
    (
        "Yi = Xiβ + Zibi + εi",
        "equation: Y_i[n_i,1] = (X_i[n_i,p] @ beta[p,1]) + (Z_i[n_i,q] @ b_i[q,1]) + epsilon_i[n_i,1]",
    ),
    (
        "uj ~ N(0, σ2u), eij ~ N(0, σ2e)",
        "several: u_j ~ N(0, sigma2_u) ; e_ij ~ N(0, sigma2)",
    ),
    (
        "yij = β0j + β1jxij + eij",
        "index-model: y_ij = beta_0j + beta_1j*x_ij + e_ij",
    ),
    (
        "Yijk = μ + αi + βj(i) + εijk",
        "index-model: Y_ijk = alpha_i + beta_j(i) + e_ijk + mu",
    ),
    (
        "yijk = µ + Ai + Bj + ABij + eijk",
        "index-model: y_ijk = AB_ij + A_i + B_j + e_ijk + mu",
    ),
    (
        r"\sqrt{n}(\bar{x} - \mu) \xrightarrow{\mathcal{D}} N(0, \sigma^2)",
        "distribution: sqrt(n)*(-mu + xbar) ~ approx N(0, sigma2)",
    ),
    (
        r"\hat\theta \xrightarrow{p} \theta",
        "other: thetahat → theta",
    ),
    (
        r"2(\ell_1 - \ell_0) \stackrel{d}{\longrightarrow} \chi^2_q",
        "distribution: -2*ell_0 + 2*ell_1 ~ approx chi2_q()",
    ),
    (
        "V = ZGZ' + R (2.3)",
        "equation: V[n,n] = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n]",
    ),
    (
        r"\hat\beta = (X'V^{-1}X)^{-1}X'V^{-1}y ~~~(4a)",
        "equation: betahat[p,1] = inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(V[n,n]) @ y[n,1]",
    ),
    (
        r"\lambda^t \Sigma \lambda",
        "scalar: transpose(lambda[n,1]) @ V[n,n] @ lambda[n,1]",
    ),
    (
        r"x_i^t \beta",
        "scalar: transpose(x_i[p,1]) @ beta[p,1]",
    ),
    (
        r"\mu_{ij} = h^{-1}(\eta_{ij})",
        "equation: mu_ij = hinv(eta_ij)",
    ),
    (
        r"\mu_{ij} = h^{-1}(x_{ij}^T \beta)",
        "equation: mu_ij = hinv(transpose(x_ij[p,1]) @ beta[p,1])",
    ),
    (
        r"\mu = h(x_i'\beta)",
        "equation: mu = h(transpose(x_i[p,1]) @ beta[p,1])",
    ),
    (
        r"\hat{\beta}^{R} = \hat\beta^{GLS}",
        "equation: betahat_^R = betahat_^GLS",
    ),
    (
        r"\bar\mu^w_i = \frac{1}{n_i}\sum_j \mu_{ij}",
        "equation: mubar_^w_i = (1/n_i) * (sum over j from 1 to levels_j of mu_ij)",
    ),
    (
        r"V = \begin{bmatrix} V_1 & 0 & \cdots & 0 \\ 0 & V_2 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & V_m \end{bmatrix}",
        "equation: V[n,n] = direct sum over i from 1 to m of V_i[n_i,n_i]",
    ),
    (
        r"G = \begin{pmatrix} D & 0 & \cdots & 0 \\ 0 & D & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & D \end{pmatrix}",
        "equation: G[q,q] = kron(I[m], D[n,n])",
    ),
    (
        r"X = \begin{bmatrix} 1_{n_1} & 0 & \cdots & 0 \\ 0 & 1_{n_2} & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & 1_{n_a} \end{bmatrix}",
        "equation: X[n,p] = direct sum over i from 1 to a of Ones[n_i,1]",
    ),
    (
        r"R = \begin{bmatrix} \sigma_1^2 & 0 & \cdots & 0 \\ 0 & \sigma_2^2 & \cdots & 0 \\ \vdots & \vdots & \ddots & \vdots \\ 0 & 0 & \cdots & \sigma_n^2 \end{bmatrix}",
        "equation: R[n,n] = direct sum over i from 1 to n of sigma2_i",
    ),
    (
        r"V = \mathrm{diag}(V_1, V_2, \ldots, V_m)",
        "equation: V[n,n] = direct sum over i from 1 to m of V_i[n_i,n_i]",
    ),
    (
        "log L(β, σ², G) = -n/2 · log(2π) - ½ log|V| - ½(y-Xβ)'V⁻¹(y-Xβ)",
        "equation: log(L(beta, sigma2, G[q,q])) = (-n*log(2*pi)/2) + ((-1) * (1/2 * log(det(V[n,n])))) + "
        "((-1) * (1/2 * (transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ inv(V[n,n]) @ (y[n,1] + ((-1) * "
        "(X[n,p] @ beta[p,1]))))))",
    ),
    (
        "∂L_R/∂θ_i = -½ tr(P·∂V/∂θ_i) + ½ y'P(∂V/∂θ_i)Py",
        "equation: ∂(L_R, theta_i) = ((-1/2) * tr(P[n,n] @ ∂[n,n](V[n,n], theta_i))) + (1/2 * "
        "(transpose(y[n,1]) @ P[n,n] @ ∂[n,n](V[n,n], theta_i) @ P[n,n] @ y[n,1]))",
    ),
    (
        r"\begin{aligned} \text{Level 1}& \\ Y_{ij} &= \beta_{0j} + \beta_{1j}t_{ij} + R_{ij}\\ \text{Level "
        r"2}& \\ \beta_{0j} &= \gamma_{00} + \gamma_{01} TX_j + U_{0j} \end{aligned}",
        "index-model: Y_ij = R_ij + beta_0j + beta_1j*t_ij ; beta_0j = TX_j*gamma_01 + U_0j + gamma_00",
    ),
    (
        r"\text{Level 2}: \beta_{0j} = \gamma_{00} + u_{0j}",
        "index-model: beta_0j = gamma_00 + u_0j",
    ),
    (
        r"\begin{pmatrix} U_{0j} \\ U_{1j} \end{pmatrix} \sim\mathcal{N} \left( \begin{matrix} 0 &\\ 0 "
        r"\end{matrix} , \begin{matrix} \tau_{00}^2 & \tau_{01}\\ \tau_{01} & \tau_{10}^2 \end{matrix} \right)",
        "distribution: [U_0j; U_1j] ~ N([0; 0], [tau_00**2, tau_01; tau_01, tau_10**2])",
    ),
    (
        "`$Y_{si} = β_0 + S_{0s} + e_{si}$`",
        "equation: Y_si = S_0s + beta_0 + e_si",
    ),
    (
        r"$$ `\begin{align*} y_{ij} & \sim \operatorname{Poisson}(\lambda_{ij}) \\ \log(\lambda_{ij}) & = "
        r"\beta_0 + \zeta_{0j} \end{align*}` $$",
        "several: y_ij ~ Poisson(lambda_ij) ; log(lambda_ij) = beta_0 + zeta_0j",
    ),
    (
        r"\mathbf{y}_i \rvert \beta_i \sim \mathcal{N}( (\alpha + \beta_i)\mathbf{1}_{n_i}, \sigma^2 "
        r"\mathbb{I}_{n_i \times n_i})",
        "distribution: y_i[n_i,1] | beta_i ~ N((alpha + beta_i) * Ones[n_i,1], sigma2 * I[n_i])",
    ),
    (
        r"(R_{ij} \ | \ \text{TX} = 0) \sim\mathcal{N}(0, \sigma_0^2)",
        "distribution: R_ij | =(TX, 0) ~ N(0, sigma2_0)",
    ),
    (
        r"\begin{array}{c} \hat{Y}_{ij} = \hat{b}_0 + \hat{b}_1 \cdot X_{ij} \end{array}",
        "equation: Yhat_ij = X_ij*bhat_1 + bhat_0",
    ),
    (
        "Var(y) = sum_{i=1}^{r} sigma2_i * Z_i * Z_i'",
        "equation: Var(y[n,1]) = sum over i from 1 to r of (sigma2_i * (Z_i[n,q] @ transpose(Z_i[n,q])))",
    ),
    (
        "y[p][r][i] = mu + a_p + b_r + c_i + e[p][r][i]",
        "equation: y_pri = a_p + b_r + c_i + e_pri + mu",
    ),
    (
        r"f(\mathbf{Y}^{obs}, \mathbf{Y}^{mis} | \theta)",
        "scalar: f(Y_^(obs)|theta[n,1], Y_^(mis)|theta[n,1])",
    ),
    (
        r"y_i^{\text{loss}} - y_i^{\text{gain}}",
        "scalar: -y_^(gain)_i + y_^(loss)_i",
    ),
    (
        "[X'X  X'Z] [β]   [X'y]\n[Z'X  Z'Z+λG⁻¹] [u] = [Z'y]",
        "equation: block[transpose(X[n,p]) @ X[n,p], transpose(X[n,p]) @ Z[n,q]; transpose(Z[n,q]) @ X[n,p], "
        "(transpose(Z[n,q]) @ Z[n,q]) + (lambda * inv(G[q,q]))] @ block[beta[p,1]; u[q,1]] = "
        "block[transpose(X[n,p]) @ y[n,1]; transpose(Z[n,q]) @ y[n,1]]",
    ),
    (
        "W'W = [X'X   X'Z]\n      [Z'X   Z'Z]",
        "equation: transpose(W[n,p + q]) @ W[n,p + q] = block[transpose(X[n,p]) @ X[n,p], transpose(X[n,p]) "
        "@ Z[n,q]; transpose(Z[n,q]) @ X[n,p], transpose(Z[n,q]) @ Z[n,q]]",
    ),
    (
        "V = [1 ρ]\n    [ρ 1]",
        "equation: V[n,n] = [1, rho; rho, 1]",
    ),
    (
        "G_2 = [σ²₀  σ₀₁; σ₀₁  σ²₁]",
        "equation: G_2[2,2] = [sigma2_0, sigma_01; sigma_01, sigma2_1]",
    ),
    (
        "[2 -1; 3 -1]",
        "matrix: [2, -1; 3, -1]",
    ),
    (
        "[2 - 1; 3 - 1]",
        "vector: [1; 2]",
    ),
    (
        "Xi%*%beta",
        "matrix-expression: X_i[n,p] @ beta[p,1]",
    ),
    (
        "Zi %*% G %*% t(Zi)",
        "matrix-expression: Z_i[n,q] @ G[q,q] @ transpose(Z_i[n,q])",
    ),
    (
        "s2u*Z%*%t(Z) + s2e*diag(n)",
        "matrix-expression: (sigma2_u * (Z[n,q] @ transpose(Z[n,q]))) + (sigma2 * I[n])",
    ),
    (
        r"y_{ij} = \beta'x_{ij} + u_i + e_{ij}",
        "equation: y_ij = (transpose(beta[p,1]) @ x_ij[p,1]) + u_i + e_ij",
    ),
    (
        r"E\left\lbrack b_i \mid Y_i \right\rbrack = E[b_i] + \text{Cov}(b_i, Y_i) \text{Cov}(Y_i)^{-1} (Y_i "
        r"- E[Y_i]) = D Z_i^\top \Sigma_i^{-1}(Y_i - X_i\beta)",
        "equation: E(b_i|Y_i[q,1]) = E(b_i[q,1]) + (Cov(b_i[q,1], Y_i[n_i,1]) @ inv(Var(Y_i[n_i,1])) @ "
        "(Y_i[n_i,1] + ((-1) * E(Y_i[n_i,1])))) = D[q,q] @ transpose(Z_i[n_i,q]) @ inv(Sigma_i[n_i,n_i]) @ "
        "(Y_i[n_i,1] + ((-1) * (X_i[n_i,p] @ beta[p,1])))",
    ),
    (
        r"\hat\epsilon_i^{\text{mar}} = Y_i - X_i\hat\beta",
        "equation: epsilonhat_^(mar)_i[n_i,1] = Y_i[n_i,1] + ((-1) * (X_i[n_i,p] @ betahat[p,1]))",
    ),
    (
        r"S(\beta) = \sum_{i=1}^m D_i^\top V_i^{-1} (Y_i - \mu_i) = 0",
        "equation: S[p,1](beta[p,1]) = sum over i from 1 to m of (transpose(D_i[n_i,p]) @ inv(V_i[n_i,n_i]) "
        "@ (Y_i[n_i,1] + ((-1) * mu_i[n_i,1]))) = Zero[p,1]",
    ),
    (
        r"\mathbf{U}(\boldsymbol\beta) = \mathbf{X}'(\mathbf{y} - \boldsymbol\mu)",
        "equation: U[p,1](beta[p,1]) = transpose(X[n,p]) @ (y[n,1] + ((-1) * mu[n,1]))",
    ),
    (
        "ty <- (y^alpha - 1)/alpha",
        "definition: ty := (y**alpha - 1)/alpha",
    ),
    (
        "gam.hat <- G %*% t(Z) %*% solve(V) %*% (y - X %*% beta.hat)",
        "definition: gamhat[q,1] := G[q,q] @ transpose(Z[n,q]) @ inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ "
        "betahat[p,1])))",
    ),
    (
        "V <- Z %*% Gm %*% t(Z) + R",
        "definition: V[n,n] := (Z[n,q] @ Gm[q,q] @ transpose(Z[n,q])) + R[n,n]",
    ),
    (
        "XtX <- t(X) %*% X",
        "definition: XtX[p,p] := transpose(X[n,p]) @ X[n,p]",
    ),
    (
        r"\text{HSD} = \frac{q_{\alpha}(k, df_{\text{error}})}{\sqrt{2}} \sqrt{MSE}",
        "equation: HSD = (q_alpha(k, df_error) * sqrt(2)/2) * (sqrt(MSE))",
    ),
    (
        r"MS_E^{CRD} \approx \frac{SS_{block} + SS_E^{RCBD}}{df_{block} + df_E^{RCBD}}",
        "other: MS_^CRD_E ≈ (SS_^RCBD_E + SS_block)/(df_^RCBD_E + df_block)",
    ),
    (
        r"Y_{ij} = \mu + \tau_i + \beta(X_{ij} - \bar{X}) + \varepsilon_{ij}",
        "index-model: Y_ij = beta*(X_ij - Xbar) + e_ij + mu + tau_i",
    ),
    (
        r"F = (C\hat\beta)^\top [C \widehat{\text{Cov}}(\hat\beta) C^\top]^{-1} (C\hat\beta) / r",
        "equation: F = (1/r) * (transpose(C[n,p] @ betahat[p,1]) @ inv(C[n,p] @ estimated "
        "Var[p,p](betahat[p,1]) @ transpose(C[n,p])) @ (C[n,p] @ betahat[p,1]))",
    ),
    (
        r"\operatorname{diag}(\sigma_1^2, \ldots, \sigma_{n_i}^2)",
        "matrix-expression: direct sum over j from 1 to n_i of sigma2_j",
    ),
    (
        r"\operatorname{diag}\{v(\mu_{i1}), \ldots, v(\mu_{in_i})\}",
        "matrix-expression: direct sum over j from 1 to n_i of v(mu_ij)",
    ),
    (
        r"\bar y_i = \frac{1}{n_i}(y_{i1} + \dots + y_{in_i})",
        "equation: ybar_i = (1/n_i) * (sum over j from 1 to n_i of y_ij)",
    ),
    (
        r"\operatorname{diag}(V(\mu_1), \ldots, V(\mu_n))",
        "matrix-expression: direct sum over i from 1 to n of V(mu_i)",
    ),
    (
        r"\mathbf{X} = [\mathbf{1} \; \mathbf{x}]",
        "equation: X[n,p] = block[Ones[n,1], x[n,1]]",
    ),
    (
        r"\mathbf{A} = \left[\mathbf{X} \quad \mathbf{Z}\right]",
        "equation: A[n,p + q] = block[X[n,p], Z[n,q]]",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[ascii(text) for text, _ in ROWS])
def test_a_formula_of_lecture_notes_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
