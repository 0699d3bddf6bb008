r"""Formulas as tutorials and courses on designs and multilevel models write them, each with its meaning, node by node.

Numbers of equations, displays side by side, R's arrow, names of data sets, lists in angles and functions of time: each
reading was held against what its source means, and is kept as it is. What is read is also written and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (
        r"$$ Level~1:~~~{y_{ij} = \beta_{0j} + \beta_{1j}Time_{ij} + e_{ij}}~~~ (1.1)$$",
        "index-model: y_ij = Time_ij*beta_1j + beta_0j + e_ij",
    ),
    (
        r"\gamma_{ij} = \beta_0 + u_{0j}, \qquad (27.1a)",
        "index-model: gamma_ij = beta_0 + u_0j",
    ),
    (
        r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} \hspace{1cm} (7)",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ u[q,1])",
    ),
    (
        "B ∼ N (0, G). (1)",
        "distribution: B[q,1] ~ N(Zero[q,1], G[q,q])",
    ),
    (
        r"\[ \text{Var}(b_i) = \sigma_b^2, \quad j \neq j' \] \[ \text{Var}(Y_{ij}) = \sigma_b^2 + \sigma^2 \]",
        "several: Var(b_i) = sigma2_b ; j ≠ j' ; Var(Y_ij) = sigma2 + sigma2_b",
    ),
    (
        r"\begin{equation} a = 3 \end{equation} \begin{equation} \sigma^2 = 4 \end{equation}",
        "several: a = 3 ; sigma2 = 4",
    ),
    (
        r"\begin{array}{l} y_{ij} = \beta_{0j} + e_{ij} \\ \beta_{0j} = \gamma_{00} + u_{0j} \end{array}",
        "index-model: y_ij = beta_0j + e_ij ; beta_0j = gamma_00 + u_0j",
    ),
    (
        r"\hat{\gamma}_{ij} = \bar{y}_{ij\cdot} - \bar{y}_{i \cdot \cdot} - \bar{y}_{\cdot j \cdot} + \bar{y} "
        r"_{\cdot \cdot \cdot}",
        "equation: gammahat_ij = ybar_... - ybar_.j. - ybar_i.. + ybar_ij.",
    ),
    (
        r"\bar{y}_{i j \bullet} - \bar{y}_{i \bullet \bullet}",
        "scalar: -ybar_i.. + ybar_ij.",
    ),
    (
        "V <- Z%*%G%*%t(Z) + R",
        "definition: V[n,n] := (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + R[n,n]",
    ),
    (
        "logL <- -(1/2) * t(y - X %*% beta) %*% solve(V) %*% (y - X %*% beta)",
        "definition: logL := (-1/2) * (transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ inv(V[n,n]) @ "
        "(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))))",
    ),
    (
        "x<-3",
        "other: x < -3",
    ),
    (
        "beta.hat <- solve(t(X) %*% solve(V) %*% X) %*% t(X) %*% solve(V) %*% y",
        "definition: betahat[p,1] := inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ "
        "inv(V[n,n]) @ y[n,1]",
    ),
    (
        r"\text{FE}_{a} = \widehat{\text{FE}} + \hat{\mathrm{time}}",
        "equation: FE_a = FEhat + timehat",
    ),
    (
        r"\hat{\beta}_{0i} = \gamma_{00} + \gamma_{07} \cdot \text{cdrsb0}_i + \epsilon_{0i}",
        "equation: betahat_0i = cdrsb_0_i*gamma_07 + e_0i + gamma_00",
    ),
    (
        r"y_{ij} = \beta_0 + \beta_1 \text{viz\_sim}_{ij} + e_{ij}",
        "index-model: y_ij = beta_0 + beta_1*vizSim_ij + e_ij",
    ),
    (
        r"\texttt{post\_mean} = 3",
        "equation: postMean = 3",
    ),
    (
        r"\text{bpm} = 70 + 3 \times \text{age in years}",
        "equation: bpm = 3*ageInYears + 70",
    ),
    (
        r"R^2 = \frac{\text{explained variance}}{\text{total variance}}",
        "equation: R**2 = explainedVariance/totalVariance",
    ),
    (
        r"F = \frac{\text{Mean Square for Effect}}{\text{MSE}}",
        "equation: F = MeanSquareForEffect/MSE",
    ),
    (
        r"\text{Mean Square Error} = 3",
        "equation: MeanSquareError = 3",
    ),
    (
        r"\text{yield} = \mu + \text{genotype} + e",
        "equation: yield = e + genotype + mu",
    ),
    (
        "weight_gain_ij = beta_0 + beta_1 * diet_type_i + e_ij",
        "index-model: weightGain_ij = beta_0 + beta_1*dietType_i + e_ij",
    ),
    (
        r"\left<S_{0i},S_{1i}\right> \sim N(\left<0,0\right>, \Sigma)",
        "distribution: [S_0i; S_1i] ~ N([0; 0], Sigma[2,2])",
    ),
    (
        r"\langle S_{0s}, S_{1s} \rangle \sim N(0, \mathbf{T})",
        "distribution: [S_0s; S_1s] ~ N(Zero[2,1], T[2,2])",
    ),
    (
        r"(u_{0i}, u_{1i}) \sim N(0, \Sigma)",
        "distribution: [u_0i; u_1i] ~ N(Zero[2,1], Sigma[2,2])",
    ),
    (
        r"I_{0i} \sim N(0, \omega_{00}^2)",
        "distribution: I_0i ~ N(0, omega_00**2)",
    ),
    (
        r"Y_{si} = \beta_0 + S_{0s} + I_{0i} + (\beta_1 + S_{1s})X_{i} + e_{si}",
        "equation: Y_si = I_0i + S_0s + X_i*(S_1s + beta_1) + beta_0 + e_si",
    ),
    (
        r"n\sigma^2_{m\times p} + \sigma_{ex \times gen}^2",
        "scalar: n*sigma2_m⨯p + sigma2_ex⨯gen",
    ),
    (
        r"\begin{pmatrix} \sigma^2_{\alpha} & \sigma_{\alpha\beta}\\ \sigma_{\alpha\beta} & \sigma^2_{\beta} "
        r"\end{pmatrix}",
        "matrix: [sigma2_alpha, sigma_alphabeta; sigma_alphabeta, sigma2_beta]",
    ),
    (
        r"\sigma^2_{\alpha\beta} + \sigma_{\alpha\beta}",
        "scalar: sqrt(sigma2_alphabeta) + sigma2_alphabeta",
    ),
    (
        "V = ZGZ' + σ²In",
        "equation: V[n,n] = (Z[n,q] @ G[q,q] @ transpose(Z[n,q])) + (sigma2 * I[n])",
    ),
    (
        r"Q(s_i, m_j) = \mu + \alpha_i + \beta_j",
        "equation: Q(s_i, m_j) = alpha_i + beta_j + mu",
    ),
    (
        r"\mathbf{V}_i(\beta, \alpha, \phi) = \phi \mathbf{A}_i^{1/2} \mathbf{R}_i(\alpha) \mathbf{A}_i^{1/2}",
        "equation: V_i[n,n] = phi * (power[n,n](A_i[n,n], 1/2) @ R_i[n,n] @ power[n,n](A_i[n,n], 1/2))",
    ),
    (
        r"\mathbf{V}(\hat\sigma^2_u, \hat\sigma^2)",
        "symbol: Vhat[n,n]",
    ),
    (
        r"\hat{Y}_i(t) = \mathbf{x}(t)^T \hat{\boldsymbol{\beta}} + \mathbf{z}(t)^T \hat{\mathbf{b}}_i",
        "equation: Yhat_i(t) = (transpose(x[p,1](t)) @ betahat[p,1]) + (transpose(z[q,1](t)) @ bhat_i[q,1])",
    ),
    (
        r"\mathbf{y}(t) = \mathbf{X}\boldsymbol\beta(t)",
        "equation: y[n,1](t) = X[n,p] @ beta[p,1](t)",
    ),
    (
        r"\sum_{i=1}^{n} \mathbf{D}_i^T \mathbf{V}_i^{-1} (\mathbf{Y}_i - \boldsymbol{\mu}_i) = \mathbf{0}",
        "equation: sum over i from 1 to n of (transpose(D_i[n_i,n]) @ inv(V_i[n_i,n_i]) @ (Y_i[n_i,1] + "
        "((-1) * mu_i[n_i,1]))) = Zero[n,1]",
    ),
    (
        r"\mathbf{D}_i = \partial \boldsymbol{\mu}_i / \partial \beta^T",
        "equation: D_i[n,p] = ∂[n,p](mu_i[n,1], transpose(beta[p,1]))",
    ),
    (
        r"\boldsymbol{\theta}_i = \boldsymbol\theta + \boldsymbol\eta_i",
        "equation: theta_i[n,1] = theta[n,1] + eta_i[n,1]",
    ),
    (
        r"\hat{\boldsymbol{\beta}}_{\text{ML}} = \left(\sum_i \mathbf{X}_i^T \mathbf{V}_i^{-1} "
        r"\mathbf{X}_i\right)^{-1} \sum_i \mathbf{X}_i^T \mathbf{V}_i^{-1} \mathbf{Y}_i",
        "equation: betahat_ML[p,1] = inv(sum over i from 1 to levels_i of (transpose(X_i[n_i,p]) @ "
        "inv(V_i[n_i,n_i]) @ X_i[n_i,p])) @ (sum over i from 1 to levels_i of (transpose(X_i[n_i,p]) @ "
        "inv(V_i[n_i,n_i]) @ Y_i[n_i,1]))",
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


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_formula_of_a_tutorial_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (r"[E\hat{f}(x) - f(x)]^2", "What E is of stands in brackets."),
        (r"y_{ij} = \mu + \alpha_i (\text{Bias}) + e_{ij}", "Bias"),
        ("MOR = exp(sqrt(2 * sigma^2) * invnormal(0.75))", "invnormal is no name"),
    ],
)
def test_what_may_be_a_function_of_what_follows_is_refused(text: str, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        read(text)
