r"""Every spelling of an expression reads as the tree that Python operators build."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.nodes import (
    Block,
    Covariance,
    Expectation,
    Explicit,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
    Variance,
)
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.notation.read import read
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def parameter(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, positive=True)


def scalar(key: str) -> Scalar:
    return Scalar(sympy.Symbol(key, real=True))


def whole(value: int) -> Scalar:
    return Scalar(sympy.Integer(value))


def matrix(*rows: list[sympy.Expr | int]) -> Explicit:
    return Explicit(ImmutableDenseMatrix([[sympy.sympify(entry) for entry in row] for row in rows]))


X, Z, G, R, V, y, u, e, beta = (lecture(key) for key in ("X", "Z", "G", "R", "V", "y", "u", "e", "beta"))
s2, s2u, s2b = parameter("sigma2"), parameter("sigma2_u"), parameter("sigma2_b")
S2, S2U, S2B, S, SU = Scalar(s2), Scalar(s2u), Scalar(s2b), Scalar(sympy.sqrt(s2)), Scalar(sympy.sqrt(s2u))
mu, tau, rho, alpha = (sympy.Symbol(key, real=True) for key in ("mu", "tau", "rho", "alpha"))
MU, RHO = Scalar(mu), Scalar(rho)
n, b, t = size("n"), size("b"), size("t")
half = sympy.Rational(1, 2)
ZGZR = Z @ G @ Z.T + R
GLS = (X.T @ V.inv() @ X).inv() @ X.T @ V.inv() @ y
CS = kron(identity("b"), S2 * identity("t") + S2U * ones("t", "t"))

LATEX: list[tuple[str, Tree]] = [
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", ZGZR),
    (r"\mathbf{ZGZ}' + \mathbf{R}", ZGZR),
    (r"\mathbf{ZGZ' + R}", ZGZR),
    (r"\boldsymbol{ZGZ' + R}", ZGZR),
    (r"{\bf ZGZ' + R}", ZGZR),
    (r"\mathbf Z \mathbf G \mathbf Z' + \mathbf R", ZGZR),
    (r"\bm{Z}\bm{G}\bm{Z}' + \bm{R}", ZGZR),
    (r"\mathrm{Z}\mathrm{G}\mathrm{Z}' + \mathrm{R}", ZGZR),
    (r"\mathit{ZGZ}' + \mathit{R}", ZGZR),
    (r"\boldsymbol Z\boldsymbol G\boldsymbol Z^\top + \boldsymbol R", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^T + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{T} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{\top} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{\prime} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^\prime + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{'} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^t + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{\mathrm{T}} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^{\mathsf T} + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}^\intercal + \mathbf{R}", ZGZR),
    (r"\mathbf{Z}\,\mathbf{G}\;\mathbf{Z}'\ +\quad\mathbf{R}", ZGZR),
    (r"\mathbf{Z}~\mathbf{G}~\mathbf{Z}'+\mathbf{R}", ZGZR),
    (r"\mathbf{Z}\cdot\mathbf{G}\cdot\mathbf{Z}'+\mathbf{R}", ZGZR),
    (r"\mathbf{Z}\times\mathbf{G}\times\mathbf{Z}'+\mathbf{R}", ZGZR),
    (r"\left(\mathbf{Z}\mathbf{G}\mathbf{Z}'\right) + \mathbf{R}", ZGZR),
    (r"\left[\mathbf{Z}\mathbf{G}\mathbf{Z}'\right] + \mathbf{R}", ZGZR),
    (r"\big(\mathbf{Z}\mathbf{G}\mathbf{Z}'\big) + \mathbf{R}", ZGZR),
    (r"\{\mathbf{Z}\mathbf{G}\mathbf{Z}'\} + \mathbf{R}", ZGZR),
    (r"{\mathbf{Z}}{\mathbf{G}}{\mathbf{Z}}' + {\mathbf{R}}", ZGZR),
    (r"$\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$", ZGZR),
    (r"$$\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}$$", ZGZR),
    (r"\[\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}\]", ZGZR),
    (r"\(\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}\)", ZGZR),
    (r"\begin{equation*} \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} \end{equation*}", ZGZR),
    (r"\begin{align} & \mathbf{Z}\mathbf{G}\mathbf{Z}' \\ & + \mathbf{R} \end{align}", ZGZR),
    (r"\displaystyle \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}.", ZGZR),
    (r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} \label{eq:v} \nonumber", ZGZR),
    ("ZGZ'+R", ZGZR),
    ("  Z G Z ' + R ", ZGZR),
    ("Z\nGZ'\n+ R", ZGZR),
    (r"R + ZGZ^T", R + Z @ G @ Z.T),
    (r"ZG'Z' + R", Z @ G.T @ Z.T + R),
    (r"X^TX", X.T @ X),
    (r"X'X", X.T @ X),
    (r"X''", X.T.T),
    (r"\mathbf{X}\boldsymbol{\beta}", X @ beta),
    (r"\mathbf{X\beta}", X @ beta),
    (r"\boldsymbol{X\beta}", X @ beta),
    (r"X\beta + Zu + \varepsilon", X @ beta + Z @ u + e),
    (r"X\beta + Zb + \epsilon", X @ beta + Z @ u + e),
    (r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\boldsymbol\gamma + \boldsymbol{e}", X @ beta + Z @ u + e),
    (r"\mathbf{y} - \mathbf{X}\boldsymbol{\beta}", y - X @ beta),
    (r"\boldsymbol{\Sigma}", V),
    (r"\mathbf{\Sigma}^{-1}", V.inv()),
    (r"\Sigma", V),
    (r"\mathbf{V}^{-1}", V.inv()),
    (r"\mathbf{V}^{- 1}", V.inv()),
    (r"V^-1", V.inv()),
    (r"V^{-T}", V.inv().T),
    (r"V^{-1}{}'", V.inv().T),
    (r"(V^{-1})'", V.inv().T),
    (r"V'^{-1}", V.T.inv()),
    (r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}", GLS),
    (r"\left(\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{X}\right)^{-1}\mathbf{X}^\top\mathbf{V}^{-1}\mathbf{y}", GLS),
    (r"[X'V^{-1}X]^{-1}X'V^{-1}y", GLS),
    (r"(ZG)Z'", Product((Z @ G, Z.T))),
    (r"Z(GZ')", Product((Z, G @ Z.T))),
    (r"V + (V + R)", Sum((V, V + R))),
    (r"(V + R) + V", Sum((V + R, V))),
    (r"V - R", V - R),
    (r"V - R - V", V - R - V),
    (r"V - 2R", V - 2 * R),
    (r"-V", -V),
    (r"-2V", -2 * V),
    (r"-(2V)", -(2 * V)),
    (r"-V + R", -V + R),
    (r"V - (R + V)", V - Sum((R, V))),
    (r"\sigma^2 \mathbf{I}_n", S2 * identity("n")),
    (r"\mathbf{I}_n\sigma^2", S2 * identity("n")),
    (r"\sigma^2_u \mathbf{Z}\mathbf{Z}' + \sigma^2\mathbf{I}_n", Scaled(S2U, Z @ Z.T) + S2 * identity("n")),
    (r"\mathbf{Z}\sigma^2_u\mathbf{I}_q\mathbf{Z}'", Product((Z, S2U * identity("q"), Z.T))),
    (r"\mathbf{Z}(\sigma^2_u\mathbf{I}_q)\mathbf{Z}'", Product((Z, S2U * identity("q"), Z.T))),
    (r"2\sigma^2 V", Scaled(Scalar(2 * s2), V)),
    (r"V \cdot 2", 2 * V),
    (r"\frac{1}{2} V", Scalar(half) * V),
    (r"\frac12 V", Scalar(half) * V),
    (r"\frac V 2", Scalar(half) * V),
    (r"\frac{V}{2}", Scalar(half) * V),
    (r"V/2", Scalar(half) * V),
    (r"1/2 V", Scalar(half) * V),
    (r"V/n R", Scaled(Scalar(1 / n), V @ R)),
    (r"0.5 V", Scalar(half) * V),
    (r"\frac{1}{n}\mathbf{1}_n\mathbf{1}_n'", Scaled(Scalar(1 / n), ones("n") @ ones("n").T)),
    (r"\mathbf{I}_b \otimes (\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t)", CS),
    (r"\mathbf{I}_b \otimes \left[\sigma^2 \mathbf{I}_t + \sigma_u^2 \mathbf{J}_t\right]", CS),
    (r"\mathbf{I}_2 \otimes \mathbf{1}_3", kron(identity(2), ones(3))),
    (r"\mathbf{I}_2 \otimes \mathbf{J}_3 \otimes \mathbf{I}_4", kron(identity(2), ones(3, 3), identity(4))),
    (r"\mathbf{I}_2 \otimes (\mathbf{J}_3 \otimes \mathbf{I}_4)", kron(identity(2), kron(ones(3, 3), identity(4)))),
    (r"VR \otimes G", kron(V @ R, G)),
    (r"(V \otimes G)(R \otimes G)", Product((kron(V, G), kron(R, G)))),
    (r"V \otimes G + R \otimes G", kron(V, G) + kron(R, G)),
    (r"V \otimes G'", kron(V, G.T)),
    (r"\sigma^2 (I_2 \otimes J_3)", S2 * kron(identity(2), ones(3, 3))),
    (r"|\mathbf{V}|", V.det()),
    (r"\vert \mathbf{V} \vert", V.det()),
    (r"\left| \mathbf{V} \right|", V.det()),
    (r"\lvert V \rvert", V.det()),
    (r"\det(\mathbf{V})", V.det()),
    (r"\det \mathbf{V}", V.det()),
    (r"\det\left(\mathbf{V}\right)", V.det()),
    (r"\operatorname{det}(V)", V.det()),
    (r"|V^{-1}|", V.inv().det()),
    (r"|V|^{-1}", V.det().inv()),
    (r"2|V|", 2 * V.det()),
    (r"|V||R|", Scaled(V.det(), R.det())),
    (r"|V| \sigma^2", Scaled(V.det(), S2)),
    (r"|V| + 1", V.det() + 1),
    (r"|X'V^{-1}X|", (X.T @ V.inv() @ X).det()),
    (r"\operatorname{tr}(\mathbf{V})", V.trace()),
    (r"\text{tr}(\mathbf{VR})", (V @ R).trace()),
    (r"\mathrm{tr}\left[V R\right]", (V @ R).trace()),
    (r"\operatorname{tr} V", V.trace()),
    (r"\mathbf{y}'\mathbf{V}\mathbf{y}", y.T @ V @ y),
    (r"\mathbf{y}'\mathbf{y}\, V", Scaled(y.T @ y, V)),
    (r"yy'", y @ y.T),
    (r"E(\mathbf{y})", Expectation(y)),
    (r"E[\mathbf{y}]", Expectation(y)),
    (r"E\left(\mathbf{y}\right)", Expectation(y)),
    (r"E\{\mathbf{y}\}", Expectation(y)),
    (r"\mathbb{E}[\mathbf{y}]", Expectation(y)),
    (r"\mathrm{E}(\mathbf{y})", Expectation(y)),
    (r"\operatorname{E}(\mathbf{y})", Expectation(y)),
    (r"\mathbf{E}(\mathbf{y})", Expectation(y)),
    (r"\operatorname{Var}(\mathbf{y})", Variance(y)),
    (r"\text{Var}(\mathbf{y})", Variance(y)),
    (r"\mathrm{Var}[\mathbf{y}]", Variance(y)),
    (r"Var(\mathbf{y})", Variance(y)),
    (r"var(y)", Variance(y)),
    (r"\operatorname{Var}\left(\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}\right)", Variance(X @ beta + Z @ u)),
    (r"\mathrm{Cov}(\mathbf{u}, \boldsymbol{\varepsilon})", Covariance(u, e)),
    (r"\text{cov}(u, \varepsilon)", Covariance(u, e)),
    (r"Cov(u, \mathbf{y})", Covariance(u, y)),
    (r"\operatorname{Cov}\left(\mathbf{u},\, \mathbf{y}\right)", Covariance(u, y)),
    (r"\mathbf{Z}\operatorname{Var}(\mathbf{u})\mathbf{Z}'", Z @ Variance(u) @ Z.T),
    (r"\hat{\boldsymbol{\beta}}", symbol("betahat", "p", role="random")),
    (r"\boldsymbol{\hat{\beta}}", symbol("betahat", "p", role="random")),
    (r"\widehat{\boldsymbol\beta}", symbol("betahat", "p", role="random")),
    (r"\hat\beta", symbol("betahat", "p", role="random")),
    ("beta_hat", symbol("betahat", "p", role="random")),
    (r"y_{ij}", scalar("y_ij")),
    (r"\mathbf{x}_1", symbol("x_1", "n")),
    (r"\mathbf{Z}_{n\times q}", Z),
    (r"\mathbf{X}_{n \times p}", X),
    (r"\mathbf{y}_{n\times1}", y),
    (r"\mathbf{X}_{n\times p}\boldsymbol{\beta}_{p\times 1}", X @ beta),
    (r"\boldsymbol{\mu}_{n \times 1}", symbol("mu", "n")),
    (r"\boldsymbol{\mu}", symbol("mu", "n")),
    (r"\mathbf{V}_{n \times n}^{-1}", V.inv()),
    (r"V^2", V @ V),
    (r"V^{3}", V @ V @ V),
    (r"V^{-2}", V.inv() @ V.inv()),
    (r"(VR)^2", Product((V @ R, V @ R))),
    (r"\sigma_uZZ'", Scaled(SU, Z @ Z.T)),
    (r"\sigma^2_uZZ'", Scaled(S2U, Z @ Z.T)),
    (r"\sigma_u^2ZZ'", Scaled(S2U, Z @ Z.T)),
    (r"\tau_iV", Scaled(scalar("tau_i"), V)),
]

PLAIN: list[tuple[str, Tree]] = [
    ("Z*G*Z'+R", ZGZR),
    ("Z·G·Z′ + R", ZGZR),
    ("ZGZᵀ + R", ZGZR),
    ("ZGZ’ + R", ZGZR),
    ("Z G Z^T + R", ZGZR),
    ("Z G Z^t + R", ZGZR),
    ("𝐙𝐆𝐙′ + 𝐑", ZGZR),
    ("ＺＧＺ＇＋Ｒ", ZGZR),
    ("ZGZ'\u200b + R", ZGZR),
    ("Xβ", X @ beta),
    ("Xβ + Zu + ε", X @ beta + Z @ u + e),
    ("X beta + Z u + e", X @ beta + Z @ u + e),
    ("Xbeta + Zu + epsilon", X @ beta + Z @ u + e),
    ("𝑿𝜷", X @ beta),
    ("Σ⁻¹", V.inv()),
    ("V⁻¹", V.inv()),
    ("V⁻ᵀ", V.inv().T),
    ("(X'V⁻¹X)⁻¹X'V⁻¹y", GLS),
    ("(X'V^-1 X)^-1 X'V^-1 y", GLS),
    ("V − R", V - R),
    ("V – R", V - R),
    ("σ²I_n", S2 * identity("n")),
    ("σ²Iₙ", S2 * identity("n")),
    ("σ²I₆", S2 * identity(6)),
    ("σ² I₁₂", S2 * identity(12)),
    ("I3", identity(3)),
    ("J3", ones(3, 3)),
    ("I_3", identity(3)),
    ("1ₙ1ₙ'", ones("n") @ ones("n").T),
    ("1_n 1_n'", ones("n") @ ones("n").T),
    ("1_{n}", ones("n")),
    ("𝟏_n", ones("n")),
    ("I₂ ⊗ (σ² I₃ + σ²_u J₃)", kron(identity(2), S2 * identity(3) + S2U * ones(3, 3))),
    ("I_b⊗(σ²I_t + σ²ᵤJ_t)", CS),
    ("|V|", V.det()),
    ("det(V)", V.det()),
    ("tr(V)", V.trace()),
    ("E(y)", Expectation(y)),
    ("𝔼(y)", Expectation(y)),
    ("Var(y)", Variance(y)),
    ("Cov(u, ε)", Covariance(u, e)),
    ("y_ij", scalar("y_ij")),
    ("V²", V @ V),
    ("0.5 V", Scalar(half) * V),
]

R_SPELLING: list[tuple[str, Tree]] = [
    ("Z %*% G %*% t(Z) + R", ZGZR),
    ("Z%*%G%*%t(Z)+R", ZGZR),
    ("t(X) %*% X", X.T @ X),
    ("t(X %*% beta)", (X @ beta).T),
    ("solve(V)", V.inv()),
    ("solve(t(X) %*% solve(V) %*% X)", (X.T @ V.inv() @ X).inv()),
    ("solve(t(X) %*% solve(V) %*% X) %*% t(X) %*% solve(V) %*% y", GLS),
    ("solve(V, y)", V.inv() @ y),
    ("crossprod(X)", X.T @ X),
    ("crossprod(X, y)", X.T @ y),
    ("tcrossprod(Z)", Z @ Z.T),
    ("sigma2_u * Z %*% t(Z)", Scaled(S2U, Z @ Z.T)),
    ("sigma2_u * tcrossprod(Z) + sigma2 * diag(n)", Scaled(S2U, Z @ Z.T) + S2 * identity("n")),
    ("diag(3)", identity(3)),
    ("diag(2, nrow = 3)", whole(2) * identity(3)),
    ("diag(1, nrow=3)", identity(3)),
    ("diag(c(1, 2))", matrix([1, 0], [0, 2])),
    ("diag(rep(1, 3))", identity(3)),
    ("det(V)", V.det()),
    ("sum(matrix(c(1, 2, 3, 4), nrow = 2))", whole(10)),
    ("matrix(1, 2, 2)", ones(2, 2)),
    ("matrix(0, nrow = 2, ncol = 3)", zero(2, 3)),
    ("matrix(c(1, 2, 3, 4), nrow = 2)", matrix([1, 3], [2, 4])),
    ("matrix(c(1, 2, 3, 4), 2, 2)", matrix([1, 3], [2, 4])),
    ("matrix(c(1, 2, 3, 4), nrow = 2, byrow = TRUE)", matrix([1, 2], [3, 4])),
    ("matrix(c(1, 2, 3, 4, 5, 6), ncol = 3, byrow = TRUE)", matrix([1, 2, 3], [4, 5, 6])),
    ("matrix(c(1, 2, 3, 4, 5, 6), ncol = 3)", matrix([1, 3, 5], [2, 4, 6])),
    ("matrix(data = c(1, 2), nrow = 1)", matrix([1, 2])),
    ("matrix(c(sigma2 + sigma2_u, sigma2_u, sigma2_u, sigma2 + sigma2_u), 2)",
     matrix([s2 + s2u, s2u], [s2u, s2 + s2u])),
    ("matrix(7, 2, 2)", matrix([7, 7], [7, 7])),
    ("c(1, 2, 3)", matrix([1], [2], [3])),
    ("c(1, c(2, 3))", matrix([1], [2], [3])),
    ("rep(1, 3)", ones(3)),
    ("rep(1, n)", ones("n")),
    ("rep(c(1, 2), times = 2)", matrix([1], [2], [1], [2])),
    ("rep(c(1, 2), each = 2)", matrix([1], [1], [2], [2])),
    ("kronecker(diag(3), matrix(1,2,2))", kron(identity(3), ones(2, 2))),
    ("diag(3) %x% matrix(1, 2, 2)", kron(identity(3), ones(2, 2))),
    ("diag(3) %x% matrix(1, 2, 2) %*% diag(6)", Product((kron(identity(3), ones(2, 2)), identity(6)))),
    ("V %*% R %x% G", kron(V @ R, G)),
    ("diag(2) %x% (sigma2 * diag(3) + sigma2_u * matrix(1, 3, 3))",
     kron(identity(2), S2 * identity(3) + S2U * ones(3, 3))),
    ("sqrt(sigma2) * V", Scaled(S, V)),
    ("sigma_u^2 * V", Scaled(S2U, V)),
]  # fmt: skip

PYTHON: list[tuple[str, Tree]] = [
    ("Z @ G @ Z.T + R", ZGZR),
    ("Z@G@Z.T+R", ZGZR),
    ("Z @ G @ Z.transpose() + R", ZGZR),
    ("Z.dot(G).dot(Z.T) + R", Product((Z @ G, Z.T)) + R),
    ("np.linalg.inv(V)", V.inv()),
    ("inv(V)", V.inv()),
    ("linalg.inv(X.T @ V @ X)", (X.T @ V @ X).inv()),
    ("np.linalg.solve(V, y)", V.inv() @ y),
    ("np.linalg.det(V)", V.det()),
    ("np.trace(V)", V.trace()),
    ("np.transpose(Z)", Z.T),
    ("np.matmul(Z, G)", Z @ G),
    ("np.dot(Z, G)", Z @ G),
    ("np.kron(np.eye(3), np.ones((2,2)))", kron(identity(3), ones(2, 2))),
    ("np.kron(np.eye(3), np.ones((2, 1)))", kron(identity(3), ones(2))),
    ("np.eye(3)", identity(3)),
    ("np.identity(3)", identity(3)),
    ("np.ones(3)", ones(3)),
    ("np.zeros((2, 3))", zero(2, 3)),
    ("np.diag([1, 2])", matrix([1, 0], [0, 2])),
    ("np.array([[1, 2], [3, 4]])", matrix([1, 2], [3, 4])),
    ("np.array([1, 2])", matrix([1], [2])),
    ("[[1, 2], [3, 4]]", matrix([1, 2], [3, 4])),
    ("[[1, 2], [3, 4],]", matrix([1, 2], [3, 4])),
    ("[[1], [2]]", matrix([1], [2])),
    ("[[sigma2 + sigma2_u, sigma2_u], [sigma2_u, sigma2 + sigma2_u]]", matrix([s2 + s2u, s2u], [s2u, s2 + s2u])),
    ("2 * V", 2 * V),
    ("sigma2 * np.eye(6)", S2 * identity(6)),
    ("sigma_u**2 * Z @ Z.T", Scaled(S2U, Z @ Z.T)),
    ("V**2", V @ V),
    ("V**-1", V.inv()),
    ("V**(-1)", V.inv()),
    ("Matrix([[1, 2], [3, 4]])", matrix([1, 2], [3, 4])),
    ("Matrix([1, 2])", matrix([1], [2])),
    ("Matrix(2, 2, [1, 2, 3, 4])", matrix([1, 2], [3, 4])),
    ("ImmutableMatrix([[1, 2], [3, 4]])", matrix([1, 2], [3, 4])),
    ("sympy.Matrix([[1, 2], [3, 4]])", matrix([1, 2], [3, 4])),
    ("eye(3)", identity(3)),
    ("ones(2, 2)", ones(2, 2)),
    ("zeros(2)", zero(2)),
    ("Z*G*Z.T + R", ZGZR),
    ("V.inv()", V.inv()),
    ("V.det()", V.det()),
    ("V.T.inv()", V.T.inv()),
    ("(V + R).T", (V + R).T),
    ("KroneckerProduct(V, G)", kron(V, G)),
    ("Identity(3)", identity(3)),
    ("OneMatrix(2, 3)", ones(2, 3)),
    ("ZeroMatrix(2, 3)", zero(2, 3)),
    ("Transpose(X)", X.T),
    ("Inverse(V)", V.inv()),
    ("V - R", V - R),
    ("-V @ R", -(V @ R)),
    ("-2 * V", -2 * V),
]

ALL = [*LATEX, *PLAIN, *R_SPELLING, *PYTHON]


@pytest.mark.parametrize(("text", "tree"), ALL, ids=[text for text, _ in ALL])
def test_an_expression_reads_as_the_tree_that_operators_build(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


SIGMA_U_SQUARED = [
    r"\sigma_u^2", r"\sigma^2_u", r"\sigma_{u}^{2}", r"\sigma^{2}_{u}", r"\sigma_u^{2}", r"{\sigma}_u^2",
    r"\sigma_{u}^2",
    r"\sigma ^2 _u", r"\mathbf{\sigma}^2_u", r"\sigma^2_{\mathrm{u}}", r"\sigma^2_{\text{u}}", r"\sigma^2_{\mathbf{u}}",
    r"{\sigma_u}^2", r"(\sigma_u)^2", "σ²_u", "σ_u²", "σ²ᵤ", "σᵤ²", "σ_u^2", "σ^2_u", "σ_u**2", "sigma2_u", "sigma_u^2",
    "sigma^2_u", "sigma_u**2", r"\sigma_u\sigma_u", r"\sigma_u \cdot \sigma_u", r"\sqrt{\sigma_u^4}",
    r"\boldsymbol\sigma^2_u",
]  # fmt: skip


@pytest.mark.parametrize("text", SIGMA_U_SQUARED)
def test_every_spelling_of_a_variance_is_the_parameter(text: str) -> None:
    assert read(text).tree == S2U


SCALARS: list[tuple[str, sympy.Expr]] = [
    (r"\sigma", sympy.sqrt(s2)),
    (r"\sigma^2", s2),
    (r"\sigma_u", sympy.sqrt(s2u)),
    (r"\sigma^4", s2**2),
    (r"\sigma^2_\varepsilon", s2),
    (r"\sigma_{\varepsilon}^2", s2),
    (r"\sigma^2_e", s2),
    (r"\sigma^2_b", s2b),
    (r"\sigma^2_{pens}", parameter("sigma2_pens")),
    (r"\sigma^2_{\text{pens}}", parameter("sigma2_pens")),
    (r"\sigma_{12}", sympy.Symbol("sigma_12", real=True)),
    (r"\sigma_{u01}", sympy.Symbol("sigma_u01", real=True)),
    (r"\sigma^2 + \sigma^2_u", s2 + s2u),
    (r"\sigma_u^2 + \sigma^2", s2 + s2u),
    (r"\frac{\sigma_u^2}{\sigma_u^2 + \sigma^2}", s2u / (s2u + s2)),
    (r"\sigma_u^2 / (\sigma_u^2 + \sigma^2)", s2u / (s2u + s2)),
    (r"\frac{2\sigma^2}{b}", 2 * s2 / b),
    (r"2\sigma^2/b", 2 * s2 / b),
    (r"\frac{\sigma^2 + \sigma^2_u}{b}", (s2 + s2u) / b),
    (r"\sqrt{\frac{2\sigma^2}{b}}", sympy.sqrt(2 * s2 / b)),
    (r"\sqrt{2\sigma^2/b}", sympy.sqrt(2 * s2 / b)),
    ("√(2σ²/b)", sympy.sqrt(2 * s2 / b)),
    ("√2", sympy.sqrt(2)),
    (r"\sqrt2", sympy.sqrt(2)),
    (r"\sqrt[3]{8}", sympy.Integer(2)),
    (r"\tfrac{1}{2}", half),
    (r"\dfrac{1}{2}", half),
    (r"\frac12", half),
    (r"\frac{1}2", half),
    (r"\frac1{2}", half),
    (r"\frac{\frac12}{3}", sympy.Rational(1, 6)),
    (r"\frac\sigma2", sympy.sqrt(s2) / 2),
    ("0.6", sympy.Rational(3, 5)),
    (".5", half),
    ("2.", sympy.Integer(2)),
    ("1e3", sympy.Integer(1000)),
    ("2.5e-1", sympy.Rational(1, 4)),
    ("12", sympy.Integer(12)),
    ("-3", sympy.Integer(-3)),
    ("+3", sympy.Integer(3)),
    ("2 - 3", sympy.Integer(-1)),
    ("2 * 3", sympy.Integer(6)),
    ("2 * -3", sympy.Integer(-6)),
    ("2^3", sympy.Integer(8)),
    ("2^{10}", sympy.Integer(1024)),
    ("2**3**2", sympy.Integer(512)),
    ("2**-1", half),
    ("4^{1/2}", sympy.Integer(2)),
    ("4**(1/2)", sympy.Integer(2)),
    (r"1/2", half),
    (r"6/2/3", sympy.Integer(1)),
    (r"6/2*3", sympy.Integer(9)),
    (r"|{-3}|", sympy.Integer(3)),
    (r"\mu", mu),
    (r"\mu + \tau_i", mu + sympy.Symbol("tau_i", real=True)),
    (r"\mu_{22}", sympy.Symbol("mu_22", real=True)),
    (r"\mu_{1\cdot}", sympy.Symbol("mu_1.", real=True)),
    (r"\bar{y}_{1\cdot}", sympy.Symbol("ybar_1.", real=True)),
    (r"\bar y_{1.}", sympy.Symbol("ybar_1.", real=True)),
    ("ybar_1.", sympy.Symbol("ybar_1.", real=True)),
    ("y_bar_1.", sympy.Symbol("ybar_1.", real=True)),
    ("tau_1_hat", sympy.Symbol("tauhat_1", real=True)),
    ("tau_hat_1", sympy.Symbol("tauhat_1", real=True)),
    ("τ_12_hat", sympy.Symbol("tauhat_12", real=True)),
    ("mu_hat", sympy.Symbol("muhat", real=True)),
    ("ybar_1. - ybar_2.", sympy.Symbol("ybar_1.", real=True) - sympy.Symbol("ybar_2.", real=True)),
    (r"\hat\mu", sympy.Symbol("muhat", real=True)),
    (r"\tau_{i}", sympy.Symbol("tau_i", real=True)),
    (r"\beta_0", sympy.Symbol("beta_0", real=True)),
    (r"\beta_{0j}", sympy.Symbol("beta_0j", real=True)),
    (r"\beta_0 + \beta_1 x_{1i}",
     sympy.Symbol("beta_0", real=True) + sympy.Symbol("beta_1", real=True) * sympy.Symbol("x_1i", real=True)),
    (r"x_iy_i", sympy.Symbol("x_i", real=True) * sympy.Symbol("y_i", real=True)),
    (r"\varepsilon_{ij}", sympy.Symbol("e_ij", real=True)),
    (r"\epsilon_{ij}", sympy.Symbol("e_ij", real=True)),
    ("e_ij", sympy.Symbol("e_ij", real=True)),
    (r"y_{i k}", sympy.Symbol("y_ik", real=True)),
    (r"y_{1,2}", sympy.Symbol("y_12", real=True)),
    (r"y_{1,12}", sympy.Symbol("y_1_12", real=True)),
    ("y_1_12", sympy.Symbol("y_1_12", real=True)),
    (r"w_{i(k)}", sympy.Symbol("w_i(k)", real=True)),
    (r"\rho^2", rho**2),
    (r"\rho^{t}", rho**t),
    (r"\rho^t", rho**t),
    (r"\rho^{t-1}", rho ** (t - 1)),
    (r"(1 - \rho^2)", 1 - rho**2),
    (r"\sigma^2(1-\rho^2)", s2 * (1 - rho**2)),
    (r"2(t-1)(b-1)", sympy.Mul(2, t - 1, b - 1)),
    (r"t(b-1)", t * (b - 1)),
    (r"n - 1", n - 1),
    (r"\exp(\mu)", sympy.exp(mu)),
    (r"\exp\left(\mu + \frac{\sigma^2}{2}\right)", sympy.exp(mu + s2 / 2)),
    (r"\exp\{\mu\}", sympy.exp(mu)),
    (r"e^{\mu}", sympy.exp(mu)),
    (r"e^{-\frac{\alpha}{\mu}}", sympy.exp(-alpha / mu)),
    (r"e^\mu", sympy.exp(mu)),
    (r"\log(\mu)", sympy.log(mu)),
    (r"\log \mu", sympy.log(mu)),
    (r"\ln\mu", sympy.log(mu)),
    (r"log(\mu)", sympy.log(mu)),
    (r"\text{log}(\mu)", sympy.log(mu)),
    (r"\text{logit}(\mu)", sympy.Function("logit", real=True)(mu)),
    (r"\log\left(\frac{\mu}{1-\mu}\right)", sympy.log(mu / (1 - mu))),
    (r"2\pi", 2 * sympy.pi),
    (r"\sigma\sigma_u", sympy.sqrt(s2) * sympy.sqrt(s2u)),
    (r"\rho\sigma^2", rho * s2),
    (r"3\alpha\cdot\mu", 3 * alpha * mu),
    (r"3\alpha\times\mu", 3 * alpha * mu),
    (r"\alpha \div 2", alpha / 2),
    (r"2 \left\{ 3 + [1 + (2 - 1)] \right\}", sympy.Integer(10)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SCALARS, ids=[text for text, _ in SCALARS])
def test_a_scalar_reads_as_its_exact_value(text: str, value: sympy.Expr) -> None:
    assert read(text).tree == Scalar(value)


UNSIZED: list[tuple[str, Tree]] = [
    (r"\mathbf{ZGZ}' + \sigma^2\mathbf{I}", Z @ G @ Z.T + S2 * identity("n")),
    (r"\sigma^2\mathbf{I} + \mathbf{ZGZ}'", S2 * identity("n") + Z @ G @ Z.T),
    (r"\mathbf{Z}\mathbf{I}\mathbf{Z}'", Z @ identity("q") @ Z.T),
    (r"X'\mathbf{1}", X.T @ ones("n")),
    (r"\mathbf{1}'X", ones("n").T @ X),
    (r"\mathbf{1}\mathbf{1}' + V", ones("n") @ ones("n").T + V),
    (r"V + J", V + ones("n", "n")),
    (r"V + \mathbf{0}", V + zero("n", "n")),
    (r"V + 0", V + zero("n", "n")),
    (r"0 + V", zero("n", "n") + V),
    (r"y - \mathbf{1}\mu", y - MU * ones("n")),
    (r"(V + \sigma^2 I)^{-1}", (V + S2 * identity("n")).inv()),
    (r"|V + \sigma^2 I|", (V + S2 * identity("n")).det()),
    (r"I - X(X'X)^{-1}X'", identity("n") - X @ (X.T @ X).inv() @ X.T),
    (r"\sigma^2 I_2 \otimes J + I_6", kron(S2 * identity(2), ones(3, 3)) + identity(6)),
    (r"(I_2 \otimes \mathbf{1}) + \mathbf{1}_{6 \times 2}", kron(identity(2), ones(3)) + ones(6, 2)),
    (r"\begin{bmatrix} G & 0 \\ 0 & \sigma^2 I \end{bmatrix} + \begin{bmatrix} G & 0 \\ 0 & R \end{bmatrix}",
     Block(((G, zero("q", "n")), (zero("n", "q"), S2 * identity("n"))))
     + Block(((G, zero("q", "n")), (zero("n", "q"), R)))),
    (r"V(I + I)", V @ (identity("n") + identity("n"))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), UNSIZED, ids=[text for text, _ in UNSIZED])
def test_a_letter_without_a_size_takes_the_one_that_fits(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


SHAPED: list[tuple[str, tuple[int, int], Tree]] = [
    (r"\sigma^2\mathbf{I}", (6, 6), S2 * identity(6)),
    ("J", (3, 3), ones(3, 3)),
    (r"\mathbf{1}", (4, 1), ones(4)),
    (r"\mathbf{1}'", (1, 4), ones(4).T),
    (r"\mathbf{0}", (4, 2), zero(4, 2)),
    (r"I_2 \otimes J", (6, 6), kron(identity(2), ones(3, 3))),
    (r"I \otimes J_3", (6, 6), kron(identity(2), ones(3, 3))),
    (r"\mathbf{1}\mathbf{1}'", (5, 5), ones(5) @ ones(5).T),
    (r"I_3", (6, 6), identity(3)),
    (r"\sigma^2", (6, 6), S2),
]


@pytest.mark.parametrize(("text", "shape", "tree"), SHAPED, ids=[text for text, *_ in SHAPED])
def test_the_expected_shape_fills_only_what_is_open(text: str, shape: tuple[int, int], tree: Tree) -> None:
    expected = (sympy.Integer(shape[0]), sympy.Integer(shape[1]))
    assert read(text, shape=expected).tree == tree


SIZED: list[tuple[str, Tree]] = [
    (r"\mathbf{I}_4", identity(4)),
    (r"\mathbf{I}_{4}", identity(4)),
    (r"\mathbf{I}_{4 \times 4}", identity(4)),
    (r"\mathbf{I}_{4\times4}", identity(4)),
    (r"\mathbf{I}_{n \times n}", identity("n")),
    (r"\mathbf{I}_{bt}", identity(b * t)),
    (r"\mathbf{I}_{b t}", identity(b * t)),
    (r"\mathbf{I}_{bt\times bt}", identity(b * t)),
    (r"\mathbf{I}_{n-1}", identity(n - 1)),
    (r"\mathbf{I}_{t(b-1)}", identity(t * (b - 1))),
    (r"\mathbf{I_3}", identity(3)),
    (r"\mathbf{I_{bt}}", identity(b * t)),
    (r"I_m", identity("m")),
    (r"I_w", identity("w")),
    (r"\mathbf{J}_3", ones(3, 3)),
    (r"\mathbf{J}_{2 \times 3}", ones(2, 3)),
    (r"\mathbf{1}_3", ones(3)),
    (r"\mathbf{1}_{3 \times 1}", ones(3)),
    (r"\boldsymbol{1}_{n}", ones("n")),
    (r"\mathbb{1}_n", ones("n")),
    (r"\mathbf 1_n", ones("n")),
    (r"\mathbf{0}_{n\times 1}", zero("n")),
    (r"\mathbf{0}_{2\times 3}", zero(2, 3)),
    (r"\boldsymbol{0}_q", zero("q")),
    (r"0_{2 \times 3}", zero(2, 3)),
]


@pytest.mark.parametrize(("text", "tree"), SIZED, ids=[text for text, _ in SIZED])
def test_a_size_below_a_letter_is_read(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


MODEL = Vocabulary.of(
    symbol("y", 6, role="random"), symbol("X", 6, 4), symbol("Z", 6, 3), symbol("G", 3, 3), symbol("R", 6, 6),
    Name("sigma2", S2, "residual"), Name("sigma2_u", S2U, "blocks"),
)  # fmt: skip


def test_sizes_of_a_model_stand_for_their_numbers() -> None:
    assert read(r"\mathbf{I}_n", MODEL).tree == identity(6)
    assert read(r"\mathbf{X}_{n \times p}", MODEL).tree == symbol("X", 6, 4)
    assert read(r"ZGZ' + \sigma^2 I_n", MODEL).shape == (6, 6)
    assert read(r"\frac{\sigma^2}{n}", MODEL).tree == Scalar(s2 / 6)


COUNTED = Vocabulary.of(
    symbol("Z", 6, 3), symbol("u", 3, role="random"), symbol("V", 6, 6), Name("sigma2", S2), Name("sigma2_u", S2U),
    sizes={"b": 3, "t": 2},
)  # fmt: skip

COUNTS: list[tuple[str, Tree]] = [
    (r"\mathbf{I}_b \otimes (\sigma^2\mathbf{I}_t + \sigma^2_u\mathbf{J}_t)",
     kron(identity(3), S2 * identity(2) + S2U * ones(2, 2))),
    (r"\mathbf{I}_{bt}", identity(6)),
    (r"\frac{2\sigma^2}{b}", Scalar(2 * s2 / 3)),
    (r"\sigma^2 + b\sigma^2_u", Scalar(s2 + 3 * s2u)),
    (r"\sigma^2 + t\sigma^2_u", Scalar(s2 + 2 * s2u)),
    (r"(b - 1)(t - 1)", whole(2)),
    (r"\mathbf{Z}\mathbf{b}", symbol("Z", 6, 3) @ symbol("u", 3, role="random")),
    ("Zb", symbol("Z", 6, 3) @ symbol("u", 3, role="random")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), COUNTS, ids=[text for text, _ in COUNTS])
def test_a_letter_that_counts_is_told_from_a_vector_of_that_letter(text: str, tree: Tree) -> None:
    assert read(text, COUNTED).tree == tree


def test_an_inverse_without_braces_is_read_and_remarked_on_in_latex_only() -> None:
    (finding,) = read(r"\mathbf{V}^-1 + \mathbf{R}").findings
    assert (finding.key, finding.start, finding.end) == ("inverse-without-braces", 10, 13)
    assert read("V^-1 + R").findings == ()
    assert read(r"\mathbf{V}^{-1}").findings == ()


KINDS = [
    (r"\mathbf{V}", "symbol"), (r"\sigma^2", "scalar"), ("|V|", "scalar"), ("y'y", "scalar"), ("[1, 2]'", "vector"),
    (r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}", "vector"), (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "matrix"),
    ("I_3", "matrix"), (r"\mathbf{1}_3", "vector"), ("ZGZ' + R", "matrix-expression"), ("Var(y)", "moment"),
    ("E(y)", "moment"), ("Cov(u, e)", "moment"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_a_reading_tells_what_it_is(text: str, kind: str) -> None:
    assert read(text).kind == kind


# Property: what is built of the pieces of a grammar reads as what the operators of Python build of them.

SQUARE: list[tuple[str, Tree]] = [
    (r"\mathbf{V}", V), ("R", R), (r"\boldsymbol{\Sigma}", V), (r"\mathbf{I}_n", identity("n")),
    ("J_n", ones("n", "n")),
]  # fmt: skip


def spelled(depth: int) -> st.SearchStrategy[tuple[str, Tree]]:
    """Square expressions, n × n, each with its text."""
    leaves = st.sampled_from(SQUARE)
    if depth == 0:
        return leaves
    below = spelled(depth - 1)
    pair = st.tuples(below, below)
    return st.one_of(
        leaves,
        pair.map(lambda p: (rf"\left({p[0][0]} + {p[1][0]}\right)", Sum((p[0][1], p[1][1])))),
        pair.map(lambda p: (f"[{p[0][0]} - {p[1][0]}]", Sum((p[0][1], -p[1][1])))),
        pair.map(lambda p: (f"(({p[0][0]}) ({p[1][0]}))", Product((p[0][1], p[1][1])))),
        pair.map(lambda p: (rf"(({p[0][0]}) \cdot ({p[1][0]}))", Product((p[0][1], p[1][1])))),
        below.map(lambda p: (f"({p[0]})'", p[1].T)),
        below.map(lambda p: (f"{{({p[0]})}}^{{-1}}", p[1].inv())),
        below.map(lambda p: (rf"(\sigma^2_u ({p[0]}))", Scaled(S2U, p[1]))),
    )


@given(spelled(3))
def test_composed_texts_read_as_composed_trees(piece: tuple[str, Tree]) -> None:
    text, tree = piece
    assert read(text).tree == tree


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=10**6))
def test_decimals_are_exact(whole_part: int, decimals: int) -> None:
    text = f"{whole_part}.{decimals:07d}"
    assert read(text).tree == Scalar(sympy.Rational(text))


BLANKS = st.lists(st.sampled_from([" ", "\n", r"\,", r"\;", r"\quad ", "~", r"\!"]), max_size=6).map("".join)


@given(BLANKS)
def test_blanks_between_symbols_mean_nothing(blank: str) -> None:
    assert read(rf"\mathbf{{Z}}{blank}\mathbf{{G}}{blank}\mathbf{{Z}}'{blank}+{blank}\mathbf{{R}}").tree == ZGZR


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("y_i'j", "y_i'j"),
        ("y_{i'j}", "y_i'j"),
        ("y_i′jk", "y_i'jk"),
        ("y_1j'k", "y_1j'k"),
        ("ybar_i'.", "ybar_i'."),
        ("ybar_i'.k", "ybar_i'.k"),
        ("v_i(k')", "v_i(k')"),
        ("v_i'(k)", "v_i'(k)"),
    ],
)
def test_a_prime_between_indices_is_that_of_another_index(text: str, key: str) -> None:
    tree = read(text, lecture_vocabulary()).tree
    assert isinstance(tree, Scalar) and str(tree.value) == key
    assert isinstance(read("x_i'", lecture_vocabulary()).tree, Transpose)


def test_a_reading_shows_itself_as_what_was_read() -> None:
    reading = read("u_j ~ N(0, σ²_u), e_i ~ N(0, σ²)")
    assert pretty(reading) == "u_j ~ N(0, σ²_u);  ε_i ~ N(0, σ²)"
    assert r"\sim" in reading._repr_markdown_()
