r"""Steps of iterations, derivatives and identities of matrices: each row is a text and what it means, node by node; what
is read is also written, in each dialect, and read again.
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
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_each_is_read_as_it_is_meant(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_reads_back(text: str) -> None:
    assert_reads_back(read(text))
