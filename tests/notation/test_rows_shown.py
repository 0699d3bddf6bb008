r"""What letters are where their text shows it: squares that are themselves, roots on both sides, labels above, words.

Each row is a formula and what it means, node by node; what is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

ROWS: list[tuple[str, str]] = [
    # a capital is a matrix where it is its own square, or has roots on both sides of another
    ("H^2 = H", "equation: H[n,n] @ H[n,n] = H[n,n]"),
    ("HH = H", "equation: H[n,n] @ H[n,n] = H[n,n]"),
    ("P^2 = P = P'", "equation: P[n,n] @ P[n,n] = P[n,n] = transpose(P[n,n])"),
    (r"H^2 = \sigma^2_g/\sigma^2_p", "equation: H**2 = sigma2_g/sigma2_p"),
    (r"A^{1/2} R(\alpha) A^{1/2}", "matrix-expression: power[n,n](A[n,n], 1/2) @ R[n,n] @ power[n,n](A[n,n], 1/2)"),
    # Σ of a few effects is none of all observations
    (r"\begin{pmatrix}u_0\\u_1\end{pmatrix} \sim N(0,\Sigma)", "distribution: [u_0; u_1] ~ N(Zero[2,1], Sigma[2,2])"),
    (r"(u_{0j}, u_{1j})' \sim N(\mathbf{0}, \boldsymbol\Sigma)",
     "distribution: transpose([u_0j, u_1j]) ~ N(Zero[2,1], Sigma[2,2])"),
    # bold estimates of a group, and by a method, are vectors
    (r"\tilde{\boldsymbol\beta}_i", "symbol: betatilde_i[p,1]"),
    (r"\mathbf{X}_i\hat{\boldsymbol\beta}_i", "matrix-expression: X_i[n,p] @ betahat_i[p,1]"),
    (r"\hat{\boldsymbol\beta}^{GLS}", "symbol: betahat_^GLS[p,1]"),
    (r"\hat\theta^{DIR}_d", "scalar: thetahat_^DIR_d"),
    (r"\hat{\theta}_d^{\text{EBLUP}}", "scalar: thetahat_^EBLUP_d"),
    # lags
    (r"\gamma(0), \gamma(1), \dots, \gamma(n-1)", "other:  in <gamma(0), gamma(1), …, gamma(n - 1)>"),
    # a row of ones shows a unit
    ("1_i", "vector: Ones[n_i,1]"),
    ("1_i'y_i", "scalar: transpose(Ones[n_i,1]) @ y_i[n_i,1]"),
    # open sizes of vec and of traces
    (r"\operatorname{vec}(ABC)", "matrix-expression: vec[n**2,1](A[n,n] @ B[n,n] @ C[n,n])"),
    (r"(C' \otimes A)\operatorname{vec}(B)",
     "matrix-expression: kron(transpose(C[n,n]), A[n,n]) @ vec[n**2,1](B[n,n])"),
    (r"\operatorname{tr}(AB)", "scalar: tr(A[n,n] @ B[n,n])"),
    # genetic values
    (r"\mathbf{g} \sim N(\mathbf{0}, \sigma^2_g\mathbf{A})", "distribution: g[n,1] ~ N(Zero[n,1], sigma2_g * A[n,n])"),
    (r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{g}",
     "matrix-expression: (X[n,p] @ beta[p,1]) + (Z[n,q] @ g[q,1])"),
    (r"\texttt{yield}_{ij}", "scalar: yield_ij"),
]  # fmt: skip

WORDS: list[tuple[str, str]] = [
    # words in the letters of one name; outside of TeX they are read where the names are known
    (r"\mathit{weight}", "scalar: weight"),
    (r"\texttt{dose}^2", "scalar: dose**2"),
    (r"E(\mathit{weight}) = \beta_0 + \beta_1 \mathit{age}", "equation: E(weight) = age*beta_1 + beta_0"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_the_text_shows_what_its_letters_are(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "told"), WORDS, ids=[text for text, _ in WORDS])
def test_a_word_in_the_letters_of_a_name_is_one(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)
