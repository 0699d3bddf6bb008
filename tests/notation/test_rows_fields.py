# ruff: noqa: E501  (a meaning stands on one line)
r"""Formulas of several traits, REML, kriging and single-step prediction, and plain moments, each with its meaning.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    ("f(t) = e^t", "equation: f(t) = exp(t)"),
    ("e^t R^{-1} e", "scalar: transpose(e[n,1]) @ inv(R[n,n]) @ e[n,1]"),
    (r"\varphi_X(t) = E(e^{itX})", "equation: phi_X(t) = E(exp(X*i*t))"),
    ("M(t) = E(e^{tX})", "equation: M(t) = E(exp(X*t))"),
    ("V = G_0 ⊗ A + R_0 ⊗ I_n", "equation: V[n*t,n*t] = kron(G_0[t,t], A[n,n]) + kron(R_0[t,t], I[n])"),
    (
        r"\mathbf{V} = \mathbf{Z}(\mathbf{G}_0 \otimes \mathbf{A})\mathbf{Z}' + \mathbf{R}_0 \otimes \mathbf{I}_n",
        "equation: V[n*t,n*t] = (Z[n*t,q*t] @ kron(G_0[t,t], A[q,q]) @ transpose(Z[n*t,q*t])) + kron(R_0[t,t], I[n])",
    ),
    (
        "Var(u) = G_0 ⊗ A, Var(e) = R_0 ⊗ I_n",
        "several: Var(u[q*t,1]) = kron(G_0[t,t], A[q,q]) ; Var(e[n*t,1]) = kron(R_0[t,t], I[n])",
    ),
    (
        r"\begin{bmatrix} \mathbf{u} \\ \mathbf{e} \end{bmatrix} \sim N\left(0, \begin{bmatrix} \mathbf{G}_0 \otimes \mathbf{A} & 0 \\ 0 & \mathbf{R}_0 \otimes \mathbf{I} \end{bmatrix}\right)",
        "distribution: block[u[q*t,1]; e[n*t,1]] ~ N(Zero[n*t + q*t,1], block[kron(G_0[t,t], A[q,q]), Zero[q*t,n*t]; Zero[n*t,q*t], kron(R_0[t,t], I[n])])",
    ),
    ("tr(PV_i)", "scalar: tr(P[n,n] @ V_i[n,n])"),
    ("tr(P V_i)", "scalar: tr(P[n,n] @ V_i[n,n])"),
    ("tr(PV_iPV_j)", "scalar: tr(P[n,n] @ V_i[n,n] @ P[n,n] @ V_j[n,n])"),
    (
        "y'PV_iPy = tr(PV_i)",
        "equation: transpose(y[n,1]) @ P[n,n] @ V_i[n,n] @ P[n,n] @ y[n,1] = tr(P[n,n] @ V_i[n,n])",
    ),
    (
        r"-\frac12 \operatorname{tr}(PV_i) + \frac12 y'PV_iPy",
        "scalar: ((-1/2) * tr(P[n,n] @ V_i[n,n])) + (1/2 * (transpose(y[n,1]) @ P[n,n] @ V_i[n,n] @ P[n,n] @ y[n,1]))",
    ),
    ("[[Σ, 1],[1', 0]]", "matrix: block[V[n,n], Ones[n,1]; transpose(Ones[n,1]), Zero[1,1]]"),
    (
        r"\begin{bmatrix} \Sigma & \mathbf{1} \\ \mathbf{1}' & 0 \end{bmatrix} \begin{bmatrix} \lambda \\ m \end{bmatrix} = \begin{bmatrix} \sigma_0 \\ 1 \end{bmatrix}",
        "equation: block[V[n,n], Ones[n,1]; transpose(Ones[n,1]), Zero[1,1]] @ block[lambda[n,1]; m] = block[sigma_0[n,1]; 1]",
    ),
    (
        r"\begin{bmatrix} C & 1 \\ 1^\top & 0 \end{bmatrix}^{-1} \begin{bmatrix} \mathbf{c} \\ 1 \end{bmatrix}",
        "matrix-expression: inv(block[C[n,n], Ones[n,1]; transpose(Ones[n,1]), Zero[1,1]]) @ block[c[n,1]; 1]",
    ),
    (
        r"\hat{b} = (X'V^{-1}X)^{-1}X'V^{-1}y, \hat{u} = GZ'V^{-1}(y - X\hat{b})",
        "several: bhat[p,1] = inv(transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p]) @ transpose(X[n,p]) @ inv(V[n,n]) @ y[n,1] ; uhat[q,1] = G[q,q] @ transpose(Z[n,q]) @ inv(V[n,n]) @ (y[n,1] + ((-1) * (X[n,p] @ bhat[p,1])))",
    ),
    (
        "H^{-1} = A^{-1} + [[0,0],[0, G^{-1} − A_{22}^{-1}]]",
        "equation: inv(H[n,n]) = inv(A[n,n]) + block[Zero[n - q,n - q], Zero[n - q,q]; Zero[q,n - q], inv(G[q,q]) + ((-1) * inv(A_22[q,q]))]",
    ),
    (
        "A_{11} - A_{12}A_{22}^{-1}A_{21}",
        "matrix-expression: A_11[n_1,n_1] + ((-1) * (A_12[n_1,n_2] @ inv(A_22[n_2,n_2]) @ A_21[n_2,n_1]))",
    ),
    (
        "Var(AX + a) = A Var(X) A'",
        "equation: Var((A[n,n] @ X[n,1]) + a[n,1]) = A[n,n] @ Var(X[n,1]) @ transpose(A[n,n])",
    ),
    (
        "Var(Ay + a) = A Var(y) A'",
        "equation: Var((A[n,n] @ y[n,1]) + a[n,1]) = A[n,n] @ Var(y[n,1]) @ transpose(A[n,n])",
    ),
    ("E(Ax + b) = A E(x) + b", "equation: E((A[n,n] @ x[n,1]) + b[n,1]) = (A[n,n] @ E(x[n,1])) + b[n,1]"),
    (
        "E[(y − Xβ)(y − Xβ)'] = V",
        "equation: E((y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1])))) = V[n,n]",
    ),
    (r"\mathbf{1}_n\mathbf{1}_n'", "matrix-expression: Ones[n,1] @ transpose(Ones[n,1])"),
    (r"\bar{\mathbf J}_n = \tfrac1n \mathbf J_n", "equation: (1/n) * Ones[n,n] = (1/n) * Ones[n,n]"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[ascii(text) for text, _ in ROWS])
def test_a_formula_means_what_its_field_means_by_it(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
