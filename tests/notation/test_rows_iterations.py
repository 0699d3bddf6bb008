r"""Steps of iterations, derivatives and identities of matrices, statistics and habits of print: each row is a text and
what it means, node by node; what is read is also written, in each dialect, and read again.
"""
# ruff: noqa: E501  (a display stands on one line)

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (
        r"\sigma_u^{2(k+1)} = \frac{1}{q}\left[u'u + \operatorname{tr}(C)\right]",
        "equation: sigma2_^(k+1)_u = (1/q) * ((transpose(u[q,1]) @ u[q,1]) + tr(C[n,n]))",
    ),
    (r"(\sigma^2)^{(t)}", "scalar: sigma2_^(t)"),
    (r"\sigma^{2(n-1)}", "scalar: sigma2**(n - 1)"),
    (
        r"\theta^{(t+1)} = \theta^{(t)} + \mathcal{I}^{-1}(\theta^{(t)})s(\theta^{(t)})",
        "equation: theta_^(t+1) = theta_^(t) + (inv(ℐ(theta_^(t))) * s(theta_^(t)))",
    ),
    (r"H(\theta^{(t)})^{-1}", "matrix-expression: inv(H[n,n])"),
    (
        r"\frac{\partial \ell_R}{\partial\sigma^2_i} = -\frac12\operatorname{tr}(PZ_iZ_i') + \frac12y'PZ_iZ_i'Py",
        "equation: ∂(ell_R, sigma2_i) = ((-1/2) * tr(P[n,n] @ Z_i[n,q] @ transpose(Z_i[n,q]))) + (1/2 * (transpose(y[n,1]) @ P[n,n] @ Z_i[n,q] @ transpose(Z_i[n,q]) @ P[n,n] @ y[n,1]))",
    ),
    (
        r"(A + BCD)^{-1} = A^{-1} - A^{-1}B(C^{-1} + DA^{-1}B)^{-1}DA^{-1}",
        "equation: inv(A[n,n] + (B[n,n] @ C[n,n] @ D[n,n])) = inv(A[n,n]) + ((-1) * (inv(A[n,n]) @ B[n,n] @ inv(inv(C[n,n]) + (D[n,n] @ inv(A[n,n]) @ B[n,n])) @ D[n,n] @ inv(A[n,n])))",
    ),
    (r"|aI + bJ| = a^{n-1}(a + nb)", "equation: det((a * I[n]) + (b * Ones[n,n])) = a**(n - 1)*(a + b*n)"),
    (
        r"\operatorname{Var}(\hat y(x)) = \sigma^2x'(X'X)^{-1}x",
        "equation: Var(yhat(x[p,1])) = sigma2 * (transpose(x[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ x[p,1])",
    ),
    (r"\kappa(A) = \|A\|\|A^{-1}\|", "equation: kappa(A[n,n]) = norm(A[n,n]) * norm(inv(A[n,n]))"),
    (
        r"BLUP(k'\beta + m'u) = k'\hat\beta + m'\hat u",
        "equation: BLUP((transpose(k[p,1]) @ beta[p,1]) + (transpose(m[q,1]) @ u[q,1])) = (transpose(k[p,1]) @ betahat[p,1]) + (transpose(m[q,1]) @ uhat[q,1])",
    ),
    (
        r"MSE(\hat\theta) = \operatorname{Var}(\hat\theta) + \operatorname{Bias}^2(\hat\theta)",
        "equation: MSE(thetahat) = Var(thetahat) + power(Bias(thetahat), 2)",
    ),
    (r"MSEP(\hat u) = \operatorname{Var}(\hat u - u)", "equation: MSEP(uhat) = Var(-u + uhat)"),
    (r"g'(\mu) = 1/V(\mu)", "equation: g'(mu) = 1 * inv(V(mu))"),
    (r"\frac{y-\mu}{V(\mu)}", "scalar: (-mu + y) * inv(V(mu))"),
    (r"E(aX + b) = aE(X) + b", "equation: E(X*a + b) = (a * E(X)) + b"),
    (r"E(XY) = E(X)E(Y)", "equation: E(X*Y) = E(X) * E(Y)"),
    (r"\operatorname{tr}(G_1)", "scalar: tr(G_1[n,n])"),
    (r"\operatorname{tr}(A_1B_1)", "scalar: tr(A_1[n,n] @ B_1[n,n])"),
    (
        r"V = Z1 @ G1 @ Z1.T + Z2 @ G2 @ Z2.T + R",
        "equation: V[n,n] = (Z_1[n,n] @ G_1[n,n] @ transpose(Z_1[n,n])) + (Z_2[n,n] @ G_2[n,n] @ transpose(Z_2[n,n])) + R[n,n]",
    ),
    (r"bdiag(V1, V2)", "matrix: blockdiag(V_1[n,n], V_2[n,n])"),
    (r"sa2/(sa2 + se2)", "scalar: sigma2_a/(sigma2 + sigma2_a)"),
    (
        r"y = Xb + Z_1a + Z_2m + e",
        "equation: y[n,1] = (X[n,p] @ beta[p,1]) + (Z_1[n,q] @ a[q,1]) + (Z_2[n,q] @ m[q,1]) + e[n,1]",
    ),
    (r"(\mathbf{X}'\mathbf{X})^{-1}_{i+1, i+1}", "scalar: element_i+1_i+1(inv(transpose(X[n,p]) @ X[n,p]))"),
    (
        r"Cov(Hy, (I-H)y) = \sigma^2(H-H^2) = 0",
        "equation: Cov(H[n,n] @ y[n,1], (I[n] + ((-1) * H[n,n])) @ y[n,1]) = sigma2 * (H[n,n] + ((-1) * (H[n,n] @ H[n,n]))) = Zero[n,n]",
    ),
    (r"Hy \perp (I-H)y", "other: H[n,n] @ y[n,1] ⊥ (I[n] + ((-1) * H[n,n])) @ y[n,1]"),
    (
        r"Y_i = \beta_0+\beta_1 X_{i1}+\ldots+\beta_{p-1} X_{i,p-1} + \varepsilon_i",
        "equation: Y_i = beta_0 + (sum over j from 1 to p - 1 of (X_ij*beta_j)) + e_i",
    ),
    (r"\beta_1 x_{i1}+\ldots+\beta_{p-1} x_{ip-1}", "scalar: sum over j from 1 to p - 1 of (beta_j*x_ij)"),
    (r"y_i \sim Ber(\theta) \rightarrow E(y_i) = \theta", "several: y_i ~ Bernoulli(theta) ; E(y_i) = theta"),
    (r"\sigma_{u_0u_1} = \rho\sigma_{u_0}\sigma_{u_1}", "equation: sigma_u0_u1 = rho*sqrt(sigma2_u0)*sqrt(sigma2_u1)"),
    (r"\operatorname{rank} \mathbf{X} = p", "equation: rank(X[n,p]) = p"),
    (r"\hat\tau_1 = -.50.", "equation: tauhat_1 = -1/2"),
    (r"y = \beta_0 + \\ + \beta_1 x = \\ &= \mu", "equation: y = beta_0 + beta_1*x = mu"),
    (r"\text{SS(Trt)} = \text{SS(A)} + \text{SS(A:B)}", "equation: SS_Trt = SS_A + SS_AB"),
    (r"\text{SS}_{\text{III}}(A) = \text{SS}(A \mid B)", "equation: SS_III(A[n,1]) = SS(A|B[n,1])"),
    (r"\mathbf X'\hat{\boldsymbol\varepsilon} = \mathbf 0 :", "equation: transpose(X[n,p]) @ ehat[n,1] = Zero[p,1]"),
    (
        r"(\mathbf{X}^{*T}\mathbf{X}^*)^{-1}\mathbf{X}^{*T}\mathbf{y}^*",
        "matrix-expression: inv(transpose(X_*[n,p]) @ X_*[n,p]) @ transpose(X_*[n,p]) @ y_*[n,1]",
    ),
    (r"y \sim N(X\beta, \sigma^2W)", "distribution: y[n,1] ~ N(X[n,p] @ beta[p,1], sigma2 * W[n,n])"),
    (r"\max\!\left(0, \frac{Q}{c}\right)", "scalar: Max(0, Q/c)"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_each_is_read_as_it_is_meant(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_reads_back(text: str) -> None:
    assert_reads_back(read(text))
