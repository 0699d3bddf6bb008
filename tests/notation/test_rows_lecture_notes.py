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
        "equation: betahat_^R[p,1] = betahat_^GLS[p,1]",
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
        r"y_{ij}=\mu+\tau_i+\beta_j+(\tau\beta)_{ij}+\epsilon_{ij} \begin{cases} i=1,2,\ldots,a\\ j=1,2,\ldots,b \end{cases} \tag{4.17}",
        "index-model: y_ij = beta_j + e_ij + mu + tau_i + taubeta_ij ; i from 1 to a ; j from 1 to b",
    ),
    (
        r"y_{ijk} = \mu + \tau_{i} + \epsilon_{ijk} \left\{ \begin{array}{l} i = 1, 2, \ldots , a \\ j = 1, 2, \ldots , b \\ k = 1, 2, \ldots , n \end{array} \right.",
        "index-model: y_ijk = e_ijk + mu + tau_i ; i from 1 to a ; j from 1 to b ; k from 1 to n",
    ),
    (
        "V ar(û − u) = V ar(û) + G",
        "equation: Var(uhat[q,1] + ((-1) * u[q,1])) = Var(uhat[q,1]) + G[q,q]",
    ),
    (
        "Var(ε) = Σ = σ 2 V",
        "equation: Var(e[n,1]) = Sigma[n,n] = sigma2 * V[n,n]",
    ),
    (
        r"X^TX + \lambda* A^{-1}",
        "matrix-expression: (transpose(X[n,p]) @ X[n,p]) + (lambda * inv(A[p,p]))",
    ),
    (
        r"\mathbf a^\mathsf T\mathbf X=\mathbf l^\mathsf T.",
        "equation: transpose(a[n,1]) @ X[n,p] = transpose(l[p,1])",
    ),
    (
        r"V_i = Z_iGZ_i^\top + R_i",
        "equation: V_i[n_i,n_i] = (Z_i[n_i,q] @ G[q,q] @ transpose(Z_i[n_i,q])) + R_i[n_i,n_i]",
    ),
    (
        r"W = (R\hat{\beta}-r)' \left[ R\,\widehat{\mathrm{Var}}(\hat{\beta})\,R' \right]^{-1} (R\hat{\beta}-r)",
        "equation: W = transpose((R[n,p] @ betahat[p,1]) + ((-1) * r[n,1])) @ inv(R[n,p] @ estimated Var[p,p](betahat[p,1]) @ transpose(R[n,p])) @ ((R[n,p] @ betahat[p,1]) + ((-1) * r[n,1]))",
    ),
    (
        r"H_0: R\beta = r",
        "other: H_0: R[n,p] @ beta[p,1] = r[n,1]",
    ),
    (
        r"CF = \frac{G^{2}}{N}",
        "equation: CF = G**2/N",
    ),
    (
        r"F = \frac{SSc/1}{MSE}",
        "equation: F = SSc/MSE",
    ),
    (
        r"E\left[ a^\prime y \right] = c^\prime \beta \quad \forall \beta",
        "equation: E(transpose(a[n,1]) @ y[n,1]) = transpose(c[p,1]) @ beta[p,1]",
    ),
    (
        r"\mathbf{t}_i = (t_{i1}, \ldots, t_{in_i})^\top",
        "equation: t_i[n_i,1] = t_i[n_i,1]",
    ),
    (
        r"U_n = \mathbf{1}_n \mathbf{1}_n^{T}",
        "equation: U_n[n,n] = Ones[n,1] @ transpose(Ones[n,1])",
    ),
    (
        r"se(\hat\beta_{i}) = \hat\sigma\sqrt{(X'X)_{ii}^{-1}}",
        "equation: se(betahat_i) = sigmahat * power(element_ii(inv(transpose(X[n,p]) @ X[n,p])), 1/2)",
    ),
    (
        r"\bar{\mathbf{Y}} = \begin{pmatrix} \bar{Y}_{1\cdot} \\ \bar{Y}_{2\cdot} \\ \vdots \\ \bar{Y}_{g\cdot} \end{pmatrix}",
        "equation: Ybar[g,1] = Ybar[g,1]",
    ),
    (
        "(X'W^{(t)}X)^{-1}X'W^{(t)}z^{(t)}",
        "matrix-expression: inv(transpose(X[n,p]) @ W_^(t)[n,n] @ X[n,p]) @ transpose(X[n,p]) @ W_^(t)[n,n] @ z_^(t)[n,1]",
    ),
    (
        r"z_i^{(t)} = \eta_i^{(t)} + (y_i - \mu_i^{(t)}) g'(\mu_i^{(t)})",
        "equation: z_^(t)_i = eta_^(t)_i + ((-mu_^(t)_i + y_i) * g'(mu_^(t)_i))",
    ),
    (
        r"W_i^{(t)} = \left\lbrack V(\mu_i^{(t)}) \{g'(\mu_i^{(t)})\}^2 \right\rbrack^{-1}",
        "equation: W_^(t)_i = inv(V(mu_^(t)_i) * power(g'(mu_^(t)_i), 2))",
    ),
    (
        r"b \sim N(0, \Sigma(\theta))",
        "distribution: u[q,1] ~ N(Zero[q,1], Sigma[q,q])",
    ),
    (
        r"W = \hat{\beta}_2^{T}\, \widehat{\mathrm{Var}}(\hat{\beta}_2)^{-1}\, \hat{\beta}_2",
        "equation: W = transpose(betahat_2[p_2,1]) @ inv(estimated Var[p_2,p_2](betahat_2[p_2,1])) @ betahat_2[p_2,1]",
    ),
    (
        r"y_{ij} = \mathbf{x}_i^\top\beta_j",
        "equation: y_ij = transpose(x_i[p,1]) @ beta_j[p,1]",
    ),
    (
        r"$$\mathbf{P} = \mathbf{X}(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}' \qquad\qquad \mathbf{M} = \mathbf{I} - \mathbf{P}$$",
        "several: P[n,n] = X[n,p] @ inv(transpose(X[n,p]) @ X[n,p]) @ transpose(X[n,p]) ; M[n,n] = I[n] + ((-1) * P[n,n])",
    ),
    (
        r"(\hat{\alpha \beta})_{ij} = \bar{Y}_{ij.} - \bar{Y}_{i..} - \bar{Y}_{.j.}+ \bar{Y}_{...}",
        "equation: alphabetahat_ij = Ybar_... - Ybar_.j. - Ybar_i.. + Ybar_ij.",
    ),
    (
        r"SS_A = \sum_{i=1}^{a}bn_i(\bar{Y}_{i..} - \bar{Y}_{...})^2",
        "equation: SS_A = sum over i from 1 to a of (b*n_i*(-Ybar_... + Ybar_i..)**2)",
    ),
    (
        r"\begin{bmatrix} \alpha_j \\ \beta_j \end{bmatrix} \sim \text{MVNormal}\left( \begin{bmatrix} \alpha \\ \beta \end{bmatrix}, \textbf{S} \right)",
        "distribution: [alpha_j; beta_j] ~ N([alpha; beta], S[2,2])",
    ),
    (
        r"\begin{bmatrix}x_1 \\ x_2 \\ ... \\ x_n \end{bmatrix} \sim N(0, I)",
        "distribution: x[n,1] ~ N(Zero[n,1], I[n])",
    ),
    (
        r"\sigma^2(\hat{\alpha}_i) = \frac{\sigma^2 + n \sigma^2_{\alpha \beta}}{bn}",
        "equation: Var(alphahat_i) = (n*sigma2_alpha_beta + sigma2)/(b*n)",
    ),
    (
        r"s^2(\hat{L}) = \frac{MSAB}{bn} \sum c^2_i",
        "equation: estimated Var(Lhat) = (MSAB/(b*n)) * sum(c_i**2)",
    ),
    (
        r"\ln L = - \frac{1}{2}\ln|M| - \frac{1}{2} (Y-X \beta)'M^{-1}(Y-X\beta)",
        "equation: log(L) = ((-1/2) * log(det(M[n,n]))) + ((-1) * (1/2 * (transpose(Y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ inv(M[n,n]) @ (Y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))))))",
    ),
    (
        r"SSTR = \sum n_i (\bar{r}_{i.}- \bar{r}_{..})^2",
        "equation: SSTR = sum(n_i*(-rbar_.. + rbar_i.)**2)",
    ),
    (
        r"\mu_. = \frac{\sum \mu_i}{a}",
        "equation: mu_. = sum(mu_i) * (1/a)",
    ),
    (
        r"\Delta = \max(\mu_i) - \min(\mu_i)",
        "equation: Delta = max(mu_i) - min(mu_i)",
    ),
    (
        r"\tau_j - \tau_j'",
        "scalar: tau_j - tau_j'",
    ),
    (
        r"\boldsymbol{\Sigma}_i = \text{diag}(\boldsymbol{\pi}_i) - \boldsymbol{\pi}_i \boldsymbol{\pi}_i^\top",
        "equation: Sigma_i[n,n] = diag[n,n](pi_i[n,1]) + ((-1) * (pi_i[n,1] @ transpose(pi_i[n,1])))",
    ),
    (
        r"W = \mathrm{diag}(w_i)",
        "equation: W[levels_i,levels_i] = direct sum over i from 1 to levels_i of w_i",
    ),
    (
        r"\text{Corr}(\mathbf{Y}_i) = \begin{bmatrix} 1 & \rho & \dots & \rho \\ \rho & 1 & \dots & \rho \\ \vdots & \vdots & \ddots & \vdots \\ \rho & \rho & \dots & 1 \end{bmatrix}",
        "equation: Corr[n,n](Y_i[n,1], Y_i[n,1]) = ((1 - rho) * I[n]) + (rho * Ones[n,n])",
    ),
    (
        r"\boldsymbol{\lambda}'(\mathbf{X}'\mathbf{X})^-(\mathbf{X}'\mathbf{X}) = \boldsymbol{\lambda}'",
        "equation: transpose(lambda[p,1]) @ generalized inverse[p,p](transpose(X[n,p]) @ X[n,p]) @ (transpose(X[n,p]) @ X[n,p]) = transpose(lambda[p,1])",
    ),
    (
        "h_{ijk} = g(t_{ij}, t_{ik})",
        "equation: h_ijk = g(t_ij, t_ik)",
    ),
    (
        r"\hat{\beta}_{GLS} = \left\{ \sum_{i=1}^n \mathbf{X'_iV_i(\theta)^{-1}X_i} \right\}^{-1} \sum_{i=1}^n \mathbf{X'_iV_i(\theta)^{-1}Y_i}",
        "equation: betahat_GLS[p,1] = inv(sum over i from 1 to n of (transpose(X_i[n_i,p]) @ inv(V_i[n_i,n_i]) @ X_i[n_i,p])) @ (sum over i from 1 to n of (transpose(X_i[n_i,p]) @ inv(V_i[n_i,n_i]) @ Y_i[n_i,1]))",
    ),
    (
        r"\hat{\boldsymbol{\theta}} = (\mathbf{X}^\top \mathbf{C}^{-1} \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{C}^{-1} \mathbf{y}",
        "equation: thetahat[p,1] = inv(transpose(X[n,p]) @ inv(C[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(C[n,n]) @ y[n,1]",
    ),
    (
        r"\E(y_{ijk})=\mu+\alpha_i+\beta_{j(i)},\qquad \Cov(\Y)=\sigma^2\I",
        "several: E(y_ijk) = alpha_i + beta_j(i) + mu ; Var(Y[n,1]) = sigma2 * I[n]",
    ),
    (
        r"b_j\thicksim i.i.d.\mathrm{~N}(0,\sigma_b^2),\quad c_{ij}\thicksim N(0,\sigma_c^2)",
        "several: b_j ~ iid N(0, sigma2_b) ; c_ij ~ N(0, sigma2_c)",
    ),
    (
        r"\sum_{i=1}^aAB_{ij}=0,\quad\forall j,\quad \sum_{j=1}^bAB_{ij}=0,\quad\forall i",
        "several: sum over i from 1 to a of AB_ij = 0 ; sum over j from 1 to b of AB_ij = 0",
    ),
    (
        r"\bar{\mu}_{i\cdot}=b^{-1}\sum_j\mu_{ij}",
        "equation: mubar_i. = (1/b) * (sum over j from 1 to levels_j of mu_ij)",
    ),
    (
        r"\text{Corr}(y_i, y_j) = \rho",
        "equation: Corr(y_i, y_j) = rho",
    ),
    (
        r"Y_{ijk} = \mu + R_{i} + C_{j} + T_{k} + \mbox{random error}",
        "index-model: Y_ijk = C_j + R_i + T_k + mu + randomError",
    ),
    (
        r"\hat{\sigma}^2=\frac{\sum_{i}\sum_{j}(y_{ij}-y_{i.})^2}{n-I}",
        "equation: sigmahat**2 = (sum over i from 1 to levels_i of (sum over j from 1 to levels_j of ((-y_i. + y_ij)**2))) * (1/(-I + n))",
    ),
    (
        r"\left(\begin{array}{c} a_i \\ b_i \end{array}\right) \sim N \left(\left(\begin{array}{c} 0 \\ 0 \end{array}\right),G\right)",
        "distribution: [a_i; b_i] ~ N([0; 0], G[2,2])",
    ),
    (
        r"\begin{bmatrix} u_0 \\ u_1 \end{bmatrix} \sim N(0, \mathbf{G})",
        "distribution: [u_0; u_1] ~ N(Zero[2,1], G[2,2])",
    ),
    (
        r"\begin{bmatrix} u_1 \\ u_2 \end{bmatrix} \sim N(0, \sigma^2 A)",
        "distribution: [u_1; u_2] ~ N(Zero[2,1], sigma2 * A[2,2])",
    ),
    (
        "[u_1, u_2]' ~ N(0, σ²A)",
        "distribution: transpose([u_1, u_2]) ~ N(Zero[2,1], sigma2 * A[2,2])",
    ),
    (
        r"\mathbf{A}_{m \times n} = \mathbf{B}_{m \times n}",
        "equation: A[m,n] = B[m,n]",
    ),
    (
        r"\text{ICC} = \frac{\text{Between-Subject Variance}}{\text{Total Variance}}",
        "equation: ICC = BetweenSubjectVariance/TotalVariance",
    ),
    (
        r"H^2 = \frac{\text{non-error variance}}{\text{total variance}}",
        "equation: H**2 = nonErrorVariance/totalVariance",
    ),
    (
        r"\text{Total variance} = \text{Between-subject variance} + \text{Within-subject variance}",
        "equation: TotalVariance = BetweenSubjectVariance + WithinSubjectVariance",
    ),
    (
        r"s^2(\hat L) = MSE \sum_i \frac{c_i^2}{n_i}",
        "equation: estimated Var(Lhat) = MSE * (sum over i from 1 to levels_i of (c_i**2/n_i))",
    ),
    (
        r"\sigma^2(\hat L) = \sigma^2 \sum_i \frac{c_i^2}{n_i}",
        "equation: Var(Lhat) = sigma2 * (sum over i from 1 to levels_i of (c_i**2/n_i))",
    ),
    (
        "X = [X_1 X_2]",
        "equation: X[n,p] = block[X_1[n,p], X_2[n,p]]",
    ),
    (
        r"Z = \left[Z_1 \;\; Z_2\right]",
        "equation: Z[n,q] = block[Z_1[n,q], Z_2[n,q]]",
    ),
    (
        r"\mathbf{Z} = [\mathbf{Z}_1 \; \mathbf{Z}_2 \; \mathbf{Z}_3]",
        "equation: Z[n,q] = block[Z_1[n,q], Z_2[n,q], Z_3[n,q]]",
    ),
    (
        r"\mathbf{Z} = [\mathbf{Z}_1 \vdots \mathbf{Z}_2]",
        "equation: Z[n,q] = block[Z_1[n,q], Z_2[n,q]]",
    ),
    (
        r"X\beta = [X_1 X_2] \begin{bmatrix} \beta_1 \\ \beta_2 \end{bmatrix}",
        "equation: X[n,p] @ beta[p,1] = block[X_1[n,p], X_2[n,p]] @ block[beta_1[p,1]; beta_2[p,1]]",
    ),
    (
        "X = (X_1, X_2)",
        "equation: X[n,p] = block[X_1[n,p], X_2[n,p]]",
    ),
    (
        "A = (X_1 X_2)",
        "equation: A = X_1*X_2",
    ),
    (
        r"\begin{aligned}\sigma^2(\hat{L}) &= \sum c^2_i \sigma^2 (\hat{\alpha}_i)\end{aligned}",
        "equation: Var(Lhat) = sum((c_i**2) * Var(alphahat_i))",
    ),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[ascii(text) for text, _ in ROWS])
def test_a_formula_of_lecture_notes_means_what_its_source_says(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
