r"""What courses write of elements, gradients, and of all members of a list: each row a formula, and what it says."""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.write import write

MEMBERS: list[tuple[str, str]] = [
    (r"y_1, \ldots, y_n \sim N(\mu, \sigma^2)", "several: y_i ~ N(mu, sigma2) ; i from 1 to n"),
    (r"e_1, e_2, e_3, \dots, e_n \overset{iid}{\sim} N(0, \sigma^2)",
     "several: e_i ~ iid N(0, sigma2) ; i from 1 to n"),
    (r"y_1, \ldots, y_{20} \sim Poisson(\lambda)", "several: y_i ~ Poisson(lambda) ; i from 1 to 20"),
    (r"y_{i1}, \dots, y_{in_i} \sim N(\mu_i, \sigma^2)", "several: y_ij ~ N(mu_i, sigma2) ; j from 1 to n_i"),
    (r"\mathbf{b}_1, \dots, \mathbf{b}_m \sim N(\mathbf{0}, \mathbf{G})",
     "several: b_i[q,1] ~ N(Zero[q,1], G[q,q]) ; i from 1 to m"),
    (r"u_1, \dots, u_b \sim N(0, \sigma^2_u), \varepsilon_{11}, \dots, \varepsilon_{tb} \sim N(0, \sigma^2)",
     "several: u_i ~ N(0, sigma2_u) ; i from 1 to b ; e_ij ~ N(0, sigma2) ; i from 1 to t ; j from 1 to b"),
    (r"y_{ij} = \mu + u_i + \varepsilon_{ij}, u_1, \dots, u_4 \sim N(0, \sigma^2_u)",
     "index-model: y_ij = e_ij + mu + u_i ; u_i ~ N(0, sigma2_u) ; i from 1 to 4"),
]  # fmt: skip
"""What is said of the first and the last is said of all."""

ELEMENTS: list[tuple[str, str]] = [
    (r"(A')_{ij} = A_{ji}", "equation: element_ij(transpose(A[n,n])) = A_ji"),
    (r"[V]_{ij} = \sigma^2", "equation: element_ij(V[n,n]) = sigma2"),
    (r"[\mathbf{V}^{-1}]_{12}", "scalar: element_12(inv(V[n,n]))"),
    (r"(\mathbf{X}\boldsymbol\beta)_i", "scalar: element_i(X[n,p] @ beta[p,1])"),
    (r"(X\beta)_i", "scalar: element_i(X[n,p] @ beta[p,1])"),
    (r"(Zu)_j", "scalar: element_j(Z[n,q] @ u[q,1])"),
    (r"(\mathbf{A}\mathbf{B})_{ij} = \sum_{k=1}^{n} a_{ik} b_{kj}",
     "equation: element_ij(A[n,n] @ B[n,n]) = sum over k from 1 to n of (a_ik*b_kj)"),
    (r"(ZGZ')_{jj'}", "scalar: element_jj'(Z[n,q] @ G[q,q] @ transpose(Z[n,q]))"),
    (r"(\mathbf{X}'\mathbf{X})^{-1}_{jj}", "scalar: element_jj(inv(transpose(X[n,p]) @ X[n,p]))"),
    (r"\left(\begin{bmatrix} 1 & \rho \\ \rho & 2 \end{bmatrix}\right)_{22}", "scalar: 2"),
    (r"\mathbf{V} = \{v_{ij}\}", "equation: V[n,n] = elements[n,n](v_ij)"),
    (r"\mathbf{A} = (a_{ij})", "equation: A[levels_i,levels_j] = elements[levels_i,levels_j](a_ij)"),
    (r"\{a_{ij}\}", "matrix-expression: elements[levels_i,levels_j](a_ij)"),
    # interactions are names as before
    (r"(\tau\alpha)_{ij}", "scalar: taualpha_ij"),
    (r"(TG)_{ij}", "scalar: TG_ij"),
    (r"(\boldsymbol{\tau\alpha})_{ij}", "scalar: taualpha_ij"),
]  # fmt: skip
"""A matrix and its elements."""

GRADIENTS: list[tuple[str, str]] = [
    (r"\partial_\theta \mathbf{V}", "matrix-expression: ∂[n,n](V[n,n], theta)"),
    (r"\partial_{\theta}^2 \mathbf{V}", "matrix-expression: ∂_2[n,n](V[n,n], theta)"),
    (r"\nabla \ell(\theta) = 0", "equation: ∂(ell(theta), theta) = 0"),
    (r"\nabla_{\boldsymbol\beta} \ell", "matrix-expression: ∂[p,1](ell, beta[p,1])"),
    (r"\partial_\theta \log|\mathbf{V}|", "scalar: ∂(log(det(V[n,n])), theta)"),
]
"""Derivatives with their variable below the sign, or in brackets."""

WORDS: list[tuple[str, str]] = [
    ("the u_j's are iid N(0, σ²_u)", "distribution: u_j ~ iid N(0, sigma2_u)"),
    (r"The u_j are iid N(0, \sigma^2_u)", "distribution: u_j ~ iid N(0, sigma2_u)"),
    (r"where the random effects u_j are iid N(0, \sigma^2_u)", "distribution: u_j ~ iid N(0, sigma2_u)"),
    (r"y_{ij} = \mu + u_j + e_{ij}, \text{ where the } u_j\text{'s are iid } N(0, \sigma^2_u)",
     "index-model: y_ij = e_ij + mu + u_j ; u_j ~ iid N(0, sigma2_u)"),
    (r"all \varepsilon_{ij} \sim N(0, \sigma^2)", "distribution: e_ij ~ N(0, sigma2)"),
]  # fmt: skip
"""Articles and the s of several."""

VECTORS: list[tuple[str, str]] = [
    (r"\epsilon_i \sim N(0, \sigma^2 I_{N_i})", "distribution: e_i[N_i,1] ~ N(Zero[N_i,1], sigma2 * I[N_i])"),
    (r"X_i \sim N(\mu, \Sigma)", "distribution: X_i[n,1] ~ N(mu[n,1], V[n,n])"),
    (r"b \sim N(0, \sigma^2 D(\theta))", "distribution: u[q,1] ~ N(Zero[q,1], sigma2 * D[q,q])"),
    (r"U_i^{(m)}", "scalar: U_^(m)_i"),
    (r"{a + b \over c}", "scalar: (a + b)/c"),
]
"""Vectors by their covariance matrix, labels above any name, and fractions as TeX has them."""

MANNERS: list[tuple[str, str]] = [
    (r"y_{ij} = \mu + \tau_i + \varepsilon_{ij} \quad (i = 1, \dots, a; j = 1, \dots, b)",
     "index-model: y_ij = e_ij + mu + tau_i ; i from 1 to a ; j from 1 to b"),
    (r"y_{ij} = \mu + \tau_i + \varepsilon_{ij} (1 \leq i \leq a)",
     "index-model: y_ij = e_ij + mu + tau_i ; 1 ≤ i ≤ a"),
    (r"y_i = \mu + \varepsilon_i, i=1..n", "index-model: y_i = e_i + mu ; i from 1 to n"),
    (r"\min_{\boldsymbol\beta} \|\mathbf{y}\|_2^2 + \lambda\|\boldsymbol\beta\|_2^2",
     "scalar: min_beta(power(norm_2(y[n,1]), 2) + (lambda * power(norm_2(beta[p,1]), 2)))"),
    (r"x^Ty", "scalar: transpose(x[n,1]) @ y[n,1]"),
    (r"(A \otimes B)(C \otimes D) = (AC) \otimes (BD)",
     "equation: kron(A[n,n], B[n,n]) @ kron(C[n,n], D[n,n]) = kron(A[n,n] @ C[n,n], B[n,n] @ D[n,n])"),
    (r"Var(y_{ij}) = \phi b''(\mu_{ij})", "equation: Var(y_ij) = phi * b''(mu_ij)"),
    (r"\bar{x}_i - \bar{\bar{x}}", "scalar: -xbar_.. + xbar_i"),
    (r"\rho = \frac{\tau_{01}}{\tau_0 \tau_1} \in [-1, 1]", "several: rho = tau_01/(tau_0*tau_1) ; rho in [-1, 1]"),
    (r"y \sim N\begin{bmatrix} X\beta, V\end{bmatrix}", "distribution: y[n,1] ~ N(X[n,p] @ beta[p,1], V[n,n])"),
    (r"\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left(\begin{pmatrix} 0 \\ 0 \end{pmatrix} "
     r"\begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{01} & \tau_{11} \end{pmatrix}\right)",
     "distribution: [u_0j; u_1j] ~ N([0; 0], [tau_00, tau_01; tau_01, tau_11])"),
]  # fmt: skip
"""What indices run through in brackets, and other manners of writing."""

ROWS = [*MEMBERS, *ELEMENTS, *GRADIENTS, *WORDS, *VECTORS, *MANNERS]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_formula_of_a_course_says_what_was_meant(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert_reads_back(reading)


REFUSED: list[tuple[str, str]] = [
    (r"y_1, \dots, u_n \sim N(0, \sigma^2)", "ellipsis"),
    (r"y_1, y_3, \dots, y_n \sim N(0, \sigma^2)", "ellipsis"),
    (r"[V]_i", "element"),
    (r"(\mathbf{X}\boldsymbol\beta)_{ij}", "element"),
    (r"\left(\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}\right)_{33}", "element"),
    (r"\mathbf{A} \otimes \mathbf{B} = \{a_{ij}\mathbf{B}\}", "element"),
    (r"\nabla \ell", "derivative"),
]
"""What could be meant in several ways, or in none."""


@pytest.mark.parametrize(("text", "kind"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_leaves_its_meaning_open_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind


def test_a_hypothesis_over_the_sign_of_a_distribution_is_remarked_on() -> None:
    text = r"F \stackrel{H_0}{\sim} F_{2, 12}"
    reading = read(text)
    assert outline(reading) == "distribution: F ~ F_2_12()"
    assert [(remark.key, text[remark.start : remark.end]) for remark in reading.findings] == [("words-dropped", "H_0")]


@pytest.mark.parametrize(("text", "written"), [(r"\phi^2(\tau\alpha)", "φ²(τα)"), (r"\phi^2(\alpha\beta)", "φ²(αβ)")])
def test_an_interaction_in_a_function_has_one_pair_of_brackets(text: str, written: str) -> None:
    assert write(read(text), "unicode") == written
    assert write(read(text), "latex").replace(" ", "") == text


@pytest.mark.parametrize("text", [r"\sigma^2 = \mathbf{y}", r"\sigma = \mathbf{V}"])
def test_a_number_that_is_equal_to_a_vector_is_remarked_on(text: str) -> None:
    assert "shapes-do-not-meet" in {remark.key for remark in read(text).findings}


@pytest.mark.parametrize(
    "text",
    [r"\boldsymbol\beta = 0", r"y = 4", r"\mu = \mathbf{X}\boldsymbol\beta", r"\sigma^2 = \mathbf{y}'\mathbf{y}",
     r"K = \mathbf{X}\mathbf{X}'"],
)  # fmt: skip
def test_sides_of_one_shape_are_not(text: str) -> None:
    assert "shapes-do-not-meet" not in {remark.key for remark in read(text).findings}
