r"""What textbooks write in braces: σ²{Y_i}, s²{b_1} and s{b_1}, direct sums {_d V_i}_{i=1}^a; and sums of squares of
what stands in brackets.

Each row is a text and what it means, node by node; what is read is also written, in each dialect, and read again.
"""

# ruff: noqa: E501  (a display stands on one line)

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    (r"s^2\{b\} = MSE(X'X)^{-1}", "equation: estimated Var[p,p](b[p,1]) = MSE * inv(transpose(X[n,p]) @ X[n,p])"),
    (
        r"\sigma^2\{\mathbf{b}\} = \sigma^2 (\mathbf{X}'\mathbf{X})^{-1}",
        "equation: Var(u[q,1]) = sigma2 * inv(transpose(X[n,p]) @ X[n,p])",
    ),
    (r"\boldsymbol{\sigma}^2\{\boldsymbol\varepsilon\} = \sigma^2\mathbf{I}", "equation: Var(e[n,1]) = sigma2 * I[n]"),
    (r"\sigma^2\{Y_i\} = \sigma^2", "equation: Var(Y_i) = sigma2"),
    (
        r"s\{b_1\} = \sqrt{\frac{MSE}{\sum (X_i - \bar X)^2}}",
        "equation: se(b_1) = power(MSE * inv(sum((X_i - Xbar)**2)), 1/2)",
    ),
    (r"t^* = \frac{b_1 - \beta_1}{s\{b_1\}}", "equation: t_* = (b_1 - beta_1) * inv(se(b_1))"),
    (
        r"\hat{Y}_h \pm t(1-\alpha/2; n-p)s\{\hat{Y}_h\}",
        "scalar: ±(Yhat_h, t(1 - alpha/2, n - p parted (1,)) * se(Yhat_h))",
    ),
    (r"\sigma\{Y_i, Y_j\} = 0", "equation: Cov(Y_i, Y_j) = 0"),
    (r"\sigma\{b_0, b_1\} = -\bar X \sigma^2\{b_1\}", "equation: Cov(b_0, b_1) = (-Xbar) * Var(b_1)"),
    (r"\sigma^2\{(1-\rho)I + \rho J\}", "matrix-expression: sigma2 * (((1 - rho) * I[?1]) + (rho * Ones[?,?]))"),
    (
        r"\sigma^2\left\{\hat Y_h\right\} = \sigma^2 X_h'(X'X)^{-1}X_h",
        "equation: Var(Yhat_h) = sigma2 * (transpose(X_h[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ X_h[p,1])",
    ),
    (r"\sigma^2\{Y_i - Y_j\} = 2\sigma^2", "equation: Var(Y_i - Y_j) = 2*sigma2"),
    (r"\frac{1}{2}\sigma^2\{y'Py\}", "scalar: (sigma2/2) * (transpose(y[n,1]) @ P[n,n] @ y[n,1])"),
    (r"\sigma_s\{a\}", "scalar: a*sqrt(sigma2_s)"),
    (r"SS(A) + SS(B) + SS(AB)", "scalar: SS(A[n,n]) + SS(B[n,n]) + SS(AB)"),
    (r"SSR(X_2 | X_1) = SSE(X_1) - SSE(X_1, X_2)", "equation: SSR(X_2|X_1) = SSE(X_1) + ((-1) * SSE(X_1, X_2))"),
    (
        r"X_i'(X'X)^{-1}X_i = h_{ii}",
        "equation: transpose(X_i[p,1]) @ inv(transpose(X[n,p]) @ X[n,p]) @ X_i[p,1] = h_ii",
    ),
    (
        r"∂/∂β (y − Xβ)'(y − Xβ)",
        "matrix-expression: ∂[p,1](transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))), beta[p,1])",
    ),
    (r"\operatorname{diag}\{V_i\}_{i=1}^a", "matrix-expression: direct sum over i from 1 to a of V_i[n,n]"),
    (
        r"\mathbf{V} = \left\{_d\, \sigma^2_e\mathbf{I}_{n_i} + \sigma^2_\alpha\mathbf{J}_{n_i}\right\}_{i=1}^{a}",
        "equation: V[n,n] = direct sum over i from 1 to a of ((sigma2 * I[n_i]) + (sigma2_alpha * Ones[n_i,n_i]))",
    ),
    (
        r"\mathbf{Z} = \{_d \mathbf{1}_{n_i}\}_{i=1}^a",
        "equation: Z[n,q] = direct sum over i from 1 to a of Ones[n_i,1]",
    ),
    (
        r"V = \operatorname{diag}\left(\sigma_i^2\right)_{i=1}^n",
        "equation: V[n,n] = direct sum over i from 1 to n of sigma2_i",
    ),
    (r"G = blockdiag(G_i)_{i=1}^m", "equation: G[q,q] = direct sum over i from 1 to m of G_i[q,q]"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_each_is_read_as_it_is_meant(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_reads_back(text: str) -> None:
    assert_reads_back(read(text))
