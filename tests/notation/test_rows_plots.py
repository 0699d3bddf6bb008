r"""Equations of designed experiments, and derivatives of what vectors make: each row is a text and what it means, node by
node; what is read is also written, in each dialect, and read again.
"""
# ruff: noqa: E501  (a display stands on one line)

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import TutorError
from tutor.notation.read import read
from tutor.notation.write import write

ROWS: list[tuple[str, str]] = [
    (r"y = (I_t \otimes 1_r)\tau + \varepsilon", "equation: y[r*t,1] = (kron(I[t], Ones[r,1]) @ tau[t,1]) + e[r*t,1]"),
    (r"E(y) = (I_t \otimes 1_r)\beta", "equation: E(y[r*t,1]) = kron(I[t], Ones[r,1]) @ beta[t,1]"),
    (
        r"y = (1_b \otimes 1_t)\mu + (1_b \otimes I_t)\tau + (I_b \otimes 1_t)\beta + \varepsilon",
        "equation: y[b*t,1] = (mu * kron(Ones[b,1], Ones[t,1])) + (kron(Ones[b,1], I[t]) @ tau[t,1]) + (kron(I[b], Ones[t,1]) @ beta[b,1]) + e[b*t,1]",
    ),
    (
        r"\mathbf{y} = \mathbf{1}_{bt}\mu + (\mathbf{1}_b \otimes \mathbf{I}_t)\boldsymbol\tau + (\mathbf{I}_b \otimes \mathbf{1}_t)\mathbf{u} + \boldsymbol\varepsilon, \quad \mathbf{u} \sim N(\mathbf{0}, \sigma^2_u\mathbf{I}_b)",
        "several: y[b*t,1] = (mu * Ones[b*t,1]) + (kron(Ones[b,1], I[t]) @ tau[t,1]) + (kron(I[b], Ones[t,1]) @ u[b,1]) + e[b*t,1] ; u[b,1] ~ N(Zero[b,1], sigma2_u * I[b])",
    ),
    (
        r"\mathbf{y} = (\mathbf{1}_3 \otimes \mathbf{I}_2)\boldsymbol\tau + \boldsymbol\varepsilon",
        "equation: y[6,1] = (kron(Ones[3,1], I[2]) @ tau[2,1]) + e[6,1]",
    ),
    (
        r"\mathbf{y} = (\mathbf{I}_a \otimes \mathbf{1}_n)\mathbf{u} + \mathbf{e}, \quad \mathbf{V} = \sigma^2_u (\mathbf{I}_a \otimes \mathbf{J}_n) + \sigma^2 \mathbf{I}_{an}",
        "several: y[a*n,1] = (kron(I[a], Ones[n,1]) @ u[a,1]) + e[a*n,1] ; V[a*n,a*n] = (sigma2_u * kron(I[a], Ones[n,n])) + (sigma2 * I[a*n])",
    ),
    (
        r"V = I_b \otimes (\sigma^2_bJ_t + \sigma^2I_t)",
        "equation: V[b*t,b*t] = kron(I[b], (sigma2_b * Ones[t,t]) + (sigma2 * I[t]))",
    ),
    (
        r"\mathbf{V}^{-1} = \mathbf{I}_b \otimes \frac{1}{\sigma^2}\left(\mathbf{I}_t - \frac{\sigma_b^2}{\sigma^2 + t\sigma_b^2}\mathbf{J}_t\right)",
        "equation: inv(V[b*t,b*t]) = kron(I[b], (1/sigma2) * (I[t] + ((-1) * ((sigma2_b/(sigma2 + sigma2_b*t)) * Ones[t,t]))))",
    ),
    (
        r"y = \mu 1_n + X_1\tau + X_2\beta + e",
        "equation: y[n,1] = (mu * Ones[n,1]) + (X_1[n,n] @ tau[n,1]) + (X_2[n,n] @ beta[n,1]) + e[n,1]",
    ),
    (
        r"y = 1\mu + Z_1\beta + Z_2\tau + e",
        "equation: y[n,1] = (mu * Ones[n,1]) + (Z_1[n,p] @ beta[p,1]) + (Z_2[n,q] @ tau[q,1]) + e[n,1]",
    ),
    (r"y = X\alpha + Z\beta + e", "equation: y[n,1] = (X[n,p] @ alpha[p,1]) + (Z[n,q] @ beta[q,1]) + e[n,1]"),
    (r"C\hat\tau = Q", "equation: C[n,n] @ tauhat[n,1] = Q[n,1]"),
    (r"C = R - NK^{-1}N'", "equation: C[n,n] = R[n,n] + ((-1) * (N[n,n] @ inv(K[n,n]) @ transpose(N[n,n])))"),
    (
        r"NN' = (r - \lambda) I + \lambda J",
        "equation: N[n,n] @ transpose(N[n,n]) = ((-lambda + r) * I[n]) + (lambda * Ones[n,n])",
    ),
    (r"Y = f(X_1, X_2) + \varepsilon", "equation: Y = f(X_1, X_2) + e"),
    (
        r"\frac{\partial}{\partial\beta}(y - X\beta)'(y - X\beta) = -2X'(y - X\beta)",
        "equation: ∂[p,1](transpose(y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))), beta[p,1]) = (-2) * (transpose(X[n,p]) @ (y[n,1] + ((-1) * (X[n,p] @ beta[p,1]))))",
    ),
    (
        r"\frac{\partial}{\partial\theta} \left[\log|V| + y'Py\right]",
        "scalar: ∂(log(det(V[n,n])) + (transpose(y[n,1]) @ P[n,n] @ y[n,1]), theta)",
    ),
    (
        r"\frac{\partial^2}{\partial\beta\partial\beta'} \ell(\beta) = -X'V^{-1}X",
        "equation: ∂_2[p,p](ell(beta), beta[p,1] @ transpose(beta[p,1])) = (-1) * (transpose(X[n,p]) @ inv(V[n,n]) @ X[n,p])",
    ),
    (r"\frac{d}{d\mu} \log f(y)", "scalar: d/d(log(f(y)), mu)"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_each_is_read_as_it_is_meant(text: str, told: str) -> None:
    assert outline(read(text)) == told


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_reads_back(text: str) -> None:
    assert_reads_back(read(text))


@pytest.mark.parametrize("text", [r"y = Z\beta + Xu + e", r"y = (1_b \otimes I_t)\tau + 1_b\mu"])
def test_what_cannot_meet_is_refused(text: str) -> None:
    with pytest.raises(TutorError):
        read(text)


def test_two_names_by_which_is_derived_have_a_sign_each() -> None:
    reading = read(r"\frac{\partial^2 \ell}{\partial\beta \partial\beta'}")
    assert write(reading, "latex") == r"\frac{\partial^2\ell}{\partial\boldsymbol{\beta} \partial\boldsymbol{\beta}'}"
