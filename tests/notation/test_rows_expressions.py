r"""Expressions as courses on mixed models spell them: each row is one pattern, one formula, and the tree it means.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from xml.etree import ElementTree

import pytest
import sympy

from tests.canonical import canonical
from tests.notation.test_displays import (
    G,
    R,
    V,
    X,
    Z,
    beta,
    bmatrix,
    column,
    e,
    made,
    matrix,
    number,
    r,
    real,
    u,
    variance,
    y,
)
from tests.notation.test_round_trip import meaning
from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.build import hstack, identity, kron, ones, symbol, vstack, zero
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Scalar,
    Trace,
    Transpose,
    Variance,
)
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.notation.read import Reading, read
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import write

DIALECTS = ("latex", "unicode", "markdown")

s2, s2u, s2b = (sympy.Symbol(key, positive=True) for key in ("sigma2", "sigma2_u", "sigma2_b"))
mu, eta, rho, lam, theta, nu, alpha, phi = map(real, ("mu", "eta", "rho", "lambda", "theta", "nu", "alpha", "phi"))
n, p, t, a, b, m, s, N = (size(letter) for letter in "nptabmsN")
Y, x = real("y"), real("x")
half = sympy.Rational(1, 2)
S2, S2U = Scalar(s2), Scalar(s2u)
BETAHAT, VHAT, GHAT = (
    symbol("betahat", "p", role="random"),
    symbol("Vhat", "n", "n", role="random"),
    symbol("Ghat", "q", "q", role="random"),
)
MU = symbol("mu", "n")
ONE = number(1)


def scalar(value: sympy.Expr) -> Scalar:
    return Scalar(value)


def trees_in(meant: Any) -> Iterator[Tree]:
    """Every tree in statements, so that a vocabulary can be given their names."""
    if isinstance(meant, Tree):
        yield meant
    elif isinstance(meant, tuple):
        for part in meant:
            yield from trees_in(part)
    elif hasattr(meant, "start"):
        for field in fields(meant):
            yield from trees_in(getattr(meant, field.name))


def assert_reads_back(reading: Reading) -> None:
    """What is written says the same to a reader who knows its names."""
    words = lecture_vocabulary().with_names(*trees_in(reading.parts))
    for dialect in DIALECTS:
        written = write(reading, dialect)
        assert meaning(read(written, words).parts) == meaning(reading.parts), written
    assert_is_shown(write(reading, "mathml"))


def assert_is_shown(mathml: str) -> None:
    """All letters, digits and signs stand in elements of their own: a browser shows no others."""
    for element in ElementTree.fromstring(mathml).iter():
        is_token = element.tag.rpartition("}")[2] in {"mi", "mn", "mo", "mtext"}
        between = [element.text if not is_token else None, *(child.tail for child in element)]
        assert not "".join(text or "" for text in between).strip(), mathml


def over(letter: str, last: str, body: Tree, first: int = 1) -> Indexed:
    return Indexed("sum", letter, number(first), Scalar(size(last)), body)


def se(tree: Tree) -> Applied:
    return Applied("se", (tree,))


def plus_minus(centre: Tree, width: Tree) -> Applied:
    return Applied("±", (centre, width))


def given(tree: str, condition: str) -> Scalar:
    return r(f"{tree}|{condition}")


SCALARS: list[tuple[str, str, sympy.Expr]] = [
    # pattern, text, value
    ("Greek", r"\kappa\nu - \psi\omega + \delta", real("kappa") * nu - real("psi") * real("omega") + real("delta")),
    ("Greek", r"\frac{\sigma^2_\upsilon}{\sigma^2_\upsilon + \sigma^2_\epsilon}",
     variance("upsilon") / (variance("upsilon") + s2)),
    ("delimiter: grouping", r"(a-1)(b-1)(r-1)", (a - 1) * (b - 1) * (size("r") - 1)),
    ("delimiter: grouping", r"ab(n-1)", a * b * (n - 1)),
    ("subscript: one letter", r"b_0 + b_1 x_i", real("b_0") + real("b_1") * real("x_i")),
    ("subscript: one letter", r"\gamma_j - \gamma_0", real("gamma_j") - real("gamma_0")),
    ("operator: terms", r"\mu + \alpha_i - \alpha_k", mu + real("alpha_i") - real("alpha_k")),
    ("operator: terms", r"-\beta_1 + \beta_2", real("beta_2") - real("beta_1")),
    ("superscript: square", r"(y_i - \mu)^2", (real("y_i") - mu) ** 2),
    ("superscript: square", r"\left(1 - \rho^2\right)^2", (1 - rho**2) ** 2),
    ("subscript: index letters", r"\gamma_{jkl} + \varepsilon_{ijkl}", real("gamma_jkl") + real("e_ijkl")),
    ("subscript: index letters", r"y_{ijkl} - \mu_{ijk}", real("y_ijkl") - real("mu_ijk")),
    ("power before subscript", r"\sigma^2_w + m\sigma^2_s", variance("w") + m * variance("s")),
    ("power before subscript", r"\sigma^2_{u0}", variance("u0")),
    ("frac", r"\frac{n\sigma^2_u}{n\sigma^2_u + \sigma^2}", n * s2u / (n * s2u + s2)),
    ("frac", r"\dfrac{1}{1+\frac{\sigma^2_\varepsilon}{n\sigma^2_u}}", 1 / (1 + s2 / (n * s2u))),
    ("frac", r"\tfrac12 \sigma^2", s2 / 2),
    ("hat", r"\hat\beta_1 - \hat{\beta}_{2}", real("betahat_1") - real("betahat_2")),
    ("subscript: Greek", r"\sigma_\varepsilon", sympy.sqrt(s2)),
    ("subscript: Greek", r"\rho_{\tau} + \rho_\alpha", real("rho_tau") + real("rho_alpha")),
    ("subscript: in braces", r"\tau_{i} + \rho_{j}", real("tau_i") + real("rho_j")),
    ("subscript: in braces", r"x_{1}x_{2}", real("x_1") * real("x_2")),
    ("interaction on a bracket", r"(\alpha\beta)_{ij}", real("alphabeta_ij")),
    ("interaction on a bracket", r"(\tau \times \beta)_{ij}", real("taubeta_ij")),
    ("interaction on a bracket", r"(AB)_{jk}", real("AB_jk")),
    ("several letters, one name", r"MS_A / MS_E", real("MS_A") / real("MS_E")),
    ("several letters, one name", r"SST - SSR", real("SST") - real("SSR")),
    ("several letters, one name", r"Trt_i + Block_j", real("Trt_i") + real("Block_j")),
    ("spacing", r"\mu\,+\,\tau_i\quad", mu + real("tau_i")),
    ("spacing", r"\sigma^2_u \; + \! ~ \sigma^2", s2u + s2),
    ("text", r"\beta_0 + \beta_1\,\text{age}_{ij}", real("beta_0") + real("beta_1") * real("age_ij")),
    ("text", r"\mu + \text{Trt}_i + \text{block}_j", mu + real("Trt_i") + real("block_j")),
    ("subscript: word", r"\sigma^2_{error}", variance("error")),
    ("subscript: word", r"\sigma^2_{\text{plot}} + \sigma^2_{\text{block}}", variance("plot") + variance("block")),
    ("subscript: nested", r"\varepsilon_{k(ij)}", real("e_k(ij)")),
    ("subscript: nested", r"\beta_{j(i)} + b_{k(ij)}", real("beta_j(i)") + real("b_k(ij)")),
    ("sqrt", r"\sqrt{\sigma^2_u + \sigma^2}", sympy.sqrt(s2u + s2)),
    ("sqrt", r"\sqrt{y_{ij}}", sympy.sqrt(real("y_ij"))),
    ("log", r"\log\left(\frac{\pi_i}{1-\pi_i}\right)", sympy.log(real("pi_i") / (1 - real("pi_i")))),
    ("log", r"\ln(y + 1)", sympy.log(Y + 1)),
    ("log", r"\log\lambda_{ij}", sympy.log(real("lambda_ij"))),
    ("subscript before power", r"\sigma_{u}^2 + \sigma_{e}^{2}", s2u + s2),
    ("subscript before power", r"\sigma_1^2/\sigma_2^2", variance("1") / variance("2")),
    ("cdot", r"n \cdot \mu", n * mu),
    ("cdot", r"\bar{y}_{1\cdot} \cdot b", real("ybar_1.") * b),
    ("two letters, one name", r"AB_{ij}", real("AB_ij")),
    ("two letters, one name", r"GE_{ij} + e_{ijk}", real("GE_ij") + real("e_ijk")),
    ("exponent", r"\rho^{|i-j|}", rho ** sympy.Abs(real("i") - real("j"))),
    ("exponent", r"\sigma^2\rho^{t-1}", s2 * rho ** (t - 1)),
    ("delimiter: left right", r"\exp\left\{-\frac{1}{2}\left(\frac{y-\mu}{\sigma}\right)^2\right\}",
     sympy.exp(-((Y - mu) ** 2) / (2 * s2))),
    ("delimiter: left right", r"\left[\sigma^2 + \left(n\sigma^2_u\right)\right]/n", (s2 + n * s2u) / n),
    ("star", r"F^* - t^{\star}", real("F_*") - real("t_*")),
    ("interaction of factors", r"Trt \times Block", real("Trt") * real("Block")),
    ("interaction of factors", r"(A*B)_{ij}", real("AB_ij")),
    ("subscript: numbered variable", r"\beta_{0j} + \beta_{1j}x_{ij}",
     real("beta_0j") + real("beta_1j") * real("x_ij")),
    ("subscript: numbered variable", r"\gamma_{00} + \gamma_{01}w_j + u_{0j}",
     real("gamma_00") + real("gamma_01") * real("w_j") + real("u_0j")),
    ("subscript: digits", r"\mu_{11} - \mu_{12} - \mu_{21} + \mu_{22}",
     real("mu_11") - real("mu_12") - real("mu_21") + real("mu_22")),
    ("subscript: digits", r"y_{111}", real("y_111")),
    ("subscript: blank", r"y_{i j k} - \varepsilon_{i j k}", real("y_ijk") - real("e_ijk")),
    ("subscript: blank", r"(\tau \alpha)_{i j}", real("taualpha_ij")),
    ("subscript: dot", r"\bar{y}_{i..} - \bar{Y}_{\cdot\cdot\cdot}", real("ybar_i..") - real("Ybar_...")),
    ("subscript: dot", r"\bar{\mu}_{\cdot j} - y_{i\bullet}", real("mubar_.j") - real("y_i.")),
    ("wide hat", r"\widehat{\tau_1 - \tau_2}", real("tauhat_1") - real("tauhat_2")),
    ("wide hat", r"\widehat{\mu_{1\cdot}} - \widehat{\mu}_{2\cdot}", real("muhat_1.") - real("muhat_2.")),
    ("slash", r"(\sigma^2_u + \sigma^2)/b", (s2u + s2) / b),
    ("slash", r"1/2 \log(x)", sympy.log(x) / 2),
    ("logit", r"\text{logit}(\pi_{ij})", sympy.Function("logit", real=True)(real("pi_ij"))),
    ("logit", r"\mathrm{logit}\,p_j", sympy.Function("logit", real=True)(real("p_j"))),
    ("logit", r"\text{logit}^{-1}(\eta)", sympy.Function("expit", real=True)(real("eta"))),
    ("exp", r"\frac{e^{\eta_i}}{1 + e^{\eta_i}}", sympy.exp(real("eta_i")) / (1 + sympy.exp(real("eta_i")))),
    ("exp", r"\exp(\mu + \frac{1}{2}\sigma^2_u)", sympy.exp(mu + s2u / 2)),
    ("Gamma function", r"\frac{\Gamma(y + k)}{\Gamma(k)}",
     sympy.gamma(Y + real("k")) / sympy.gamma(real("k"))),
    ("absolute value", r"|\bar{y}_{1\cdot} - \bar{y}_{2\cdot}|", sympy.Abs(real("ybar_1.") - real("ybar_2."))),
    ("bracket of a matrix", r"\exp" + bmatrix(r"\beta_0 + \beta_1 x"),
     sympy.exp(real("beta_0") + real("beta_1") * x)),
    ("bracket of a matrix", r"\log \begin{pmatrix} \frac{\mu}{1-\mu} \end{pmatrix}", sympy.log(mu / (1 - mu))),
    ("half power", r"\sigma^2(1 - \rho)^{1/2}", s2 * sympy.sqrt(1 - rho)),
    ("binomial and factorial", r"\binom{n}{y}\pi_i^y(1-\pi_i)^{n-y}",
     sympy.binomial(n, Y) * real("pi_i") ** Y * (1 - real("pi_i")) ** (n - Y)),
    ("binomial and factorial", r"\frac{n!}{y!(n-y)!}",
     sympy.factorial(n) / (sympy.factorial(Y) * sympy.factorial(n - Y))),
    ("superscript before argument", r"\log^2(\mu)", sympy.log(mu) ** 2),
    ("superscript before argument", r"\exp^2(\eta)", sympy.exp(eta) ** 2),
    ("prime on an index", r"y_{ij} - y_{i'j'}", real("y_ij") - real("y_i'j'")),
    ("quantile", r"t_{0.975,\,df} \cdot \sigma", real("t_0.975_df") * sympy.sqrt(s2)),
    ("quantile", r"F_{0.05, 2, 12}", real("F_0.05_2_12")),
]  # fmt: skip

QUADRATIC = (y - X @ beta).T @ V.inv() @ (y - X @ beta)
CS = made(3, 3, lambda i, j: s2 + s2u if i == j else s2u)

TREES: list[tuple[str, str, Tree]] = [
    # pattern, text, tree
    ("mathbf", r"\mathbf X(\mathbf X'\mathbf X)^{-1}\mathbf X'", X @ (X.T @ X).inv() @ X.T),
    ("mathbf", r"\mathbf{Z}\mathbf{b} + \mathbf{e}", Z @ u + e),
    ("boldsymbol", r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\boldsymbol\gamma", X @ beta + Z @ u),
    ("boldsymbol", r"\boldsymbol\mu'\boldsymbol{\mu}", MU.T @ MU),
    ("hat", r"\hat{\mathbf G}\mathbf Z'\hat{\mathbf V}^{-1}(\mathbf y - \mathbf X\hat{\boldsymbol\beta})",
     GHAT @ Z.T @ VHAT.inv() @ (y - X @ BETAHAT)),
    ("hat", r"\boldsymbol{\hat\beta}_{GLS}", symbol("betahat_GLS", "p", role="random")),
    ("bmatrix", bmatrix(r"\sigma^2_0 & \sigma_{01}", r"\sigma_{01} & \sigma^2_1"),
     matrix([variance("0"), "sigma_01"], ["sigma_01", variance("1")])),
    ("bmatrix", r"\begin{bmatrix}1&\rho&\rho^2\\\rho&1&\rho\\\rho^2&\rho&1\end{bmatrix}",
     made(3, 3, lambda i, j: rho ** abs(i - j))),
    ("matrix product", r"\mathbf{L}\mathbf{X}\boldsymbol{\beta}", symbol("L", "n", "n") @ X @ beta),
    ("matrix product", r"\mathbf{Z}\mathbf{G}\mathbf{Z}^\top\mathbf{R}", Z @ G @ Z.T @ R),
    ("scalar times matrix", r"\sigma^2_u\mathbf{J}_n + \sigma^2\mathbf{I}_n", s2u * ones(n, n) + s2 * identity(n)),
    ("scalar times matrix", r"\mathbf{A}\sigma^2_a", variance("a") * symbol("A", "n", "n")),
    ("subscript on a bold name", r"\mathbf{x}_{ij}'\boldsymbol\beta", symbol("x_ij", "p").T @ beta),
    ("subscript on a bold name", r"\mathbf{Z}_i\mathbf{u}_i", symbol("Z_i", "n", "q") @ symbol("u_i", "q")),
    ("standard error", r"\widehat{se}(\hat{\beta}_1)", se(r("betahat_1"))),
    ("standard error", r"2 \cdot \text{s.e.}(\hat\tau)", 2 * se(r("tauhat"))),
    ("density, probability", r"P(Y \leq y)", Applied("P", (Applied("≤", (r("Y"), r("y"))),))),
    ("density, probability", r"\ell_{R}(\theta)", Applied("ell", (scalar(theta),), "R")),
    ("density, probability", r"f(\mathbf{y}) f(\mathbf{u})", Applied("f", (y,)) * Applied("f", (u,))),
    ("Var", r"\operatorname{Var}(\mathbf{A}\mathbf{y})", Variance(symbol("A", "n", "n") @ y)),
    ("Var", r"\mathrm{var}(\hat{u}_j - u_j)", Variance(scalar(real("uhat_j") - real("u_j")))),
    ("log", r"\log|\mathbf{V}|", Applied("log", (V.det(),))),
    ("E", r"E[\mathbf{Z}\mathbf{u}]", Expectation(Z @ u)),
    ("E", r"\mathbb{E}(MS_A)", Expectation(r("MS_A"))),
    ("identity", r"\mathbf{I}_n - \frac{1}{n}\mathbf{J}_n", identity(n) - scalar(1 / n) * ones(n, n)),
    ("identity", r"(I - P)\mathbf{y}", (identity(n) - symbol("P", "n", "n")) @ y),
    ("prime", r"(\mathbf{y} - \mathbf{X}\boldsymbol\beta)'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)",
     QUADRATIC),
    ("prime", r"\mathbf{k}^\prime\boldsymbol\beta + \mathbf{m}^{\prime}\mathbf{u}",
     symbol("k", "p").T @ beta + symbol("m", "q").T @ u),
    ("zero or one", r"\mathbf{1}_n\mu + \mathbf{Z}\mathbf{u}", mu * ones(n) + Z @ u),
    ("zero or one", r"\boldsymbol{1}_n'\mathbf{y}", ones(n).T @ y),
    ("link", r"g(\boldsymbol\mu)", Applied("link", (MU,))),
    ("interval", r"\hat\theta \pm 2\, s.e.(\hat\theta)", plus_minus(r("thetahat"), 2 * se(r("thetahat")))),
    ("interval", r"\bar{y}_{1\cdot} \pm t_{0.975, 12} \cdot s",
     plus_minus(r("ybar_1."), scalar(real("t_0.975_12") * s))),
    ("transpose", r"\mathbf{Z}^\top\mathbf{R}^{-1}\mathbf{Z}", Z.T @ R.inv() @ Z),
    ("transpose", r"\mathbf{X}^{\mathsf{T}}\mathbf{V}^{-1}", X.T @ V.inv()),
    ("transpose", r"\mathbf{x}_i^T\boldsymbol{\beta}", symbol("x_i", "p").T @ beta),
    ("inverse", r"(\mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + \mathbf{G}^{-1})^{-1}", (Z.T @ R.inv() @ Z + G.inv()).inv()),
    ("inverse", r"[\mathbf{X}'\hat{\mathbf{V}}^{-1}\mathbf{X}]^{-1}", (X.T @ VHAT.inv() @ X).inv()),
    ("star", r"\mathbf{y}^{\star}", symbol("y_*", "n")),
    ("scalar before a matrix", r"\sigma^2" + bmatrix(r"1 & \rho", r"\rho & 1"), s2 * matrix([1, rho], [rho, 1])),
    ("scalar before a matrix", r"\frac{1}{\sigma^2(1-\rho^2)}" + bmatrix(r"1 & -\rho", r"-\rho & 1"),
     scalar(1 / (s2 * (1 - rho**2))) * matrix([1, -rho], [-rho, 1])),
    ("column", bmatrix("y_{1}", "y_{2}", "y_{3}"), column("y_1", "y_2", "y_3")),
    ("column", r"\left(\begin{array}{c} \mu \\ \tau_1 \end{array}\right)", column("mu", "tau_1")),
    ("rank, trace", r"\operatorname{tr}(\mathbf{A}\mathbf{V}) + \boldsymbol\mu'\mathbf{A}\boldsymbol\mu",
     Trace(symbol("A", "n", "n") @ V) + MU.T @ symbol("A", "n", "n") @ MU),
    ("rank, trace", r"n - \text{rank}(\mathbf{X})", scalar(n) - Applied("rank", (X,))),
    ("brackets with commas", r"(\boldsymbol\beta', \mathbf{u}')'", hstack(beta.T, u.T).T),
    ("brackets with commas", r"[\tau_1, \tau_2]'", Transpose(matrix(["tau_1", "tau_2"]))),
    ("one bold command", r"\mathbf{X'V^{-1}X}", X.T @ V.inv() @ X),
    ("one bold command", r"\boldsymbol{X\beta} + \mathbf{Zu}", X @ beta + Z @ u),
    ("array", r"\left[\begin{array}{cc} 1 & \rho \\ \rho & 1 \end{array}\right]", matrix([1, rho], [rho, 1])),
    ("array with labels", r"\begin{array}{c} \text{B1} \phantom{-} \text{B2} \\ "
     + bmatrix("1 & 0", "1 & 0", "0 & 1") + r" \end{array}", matrix([1, 0], [1, 0], [0, 1])),
    ("square brackets", r"\mathbf{X}[\mathbf{X}'\mathbf{X}]^{-1}\mathbf{X}'", X @ (X.T @ X).inv() @ X.T),
    ("square brackets", r"[\theta \vert y][\theta]",
     Applied("f", (given("theta", "y"),)) * Applied("f", (r("theta"),))),
    ("argmin", r"\underset{\boldsymbol\beta}{\operatorname{argmin}}\,"
     r"(\mathbf{y} - \mathbf{X}\boldsymbol\beta)'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)",
     Applied("argmin", (QUADRATIC,), "beta", size("p"), size(1))),
    ("argmin", r"\underset{\theta}{\text{argmax}}\ \ell(\theta)",
     Applied("argmax", (Applied("ell", (scalar(theta),)),), "theta")),
    ("determinant and norm", r"\log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}|",
     Applied("log", ((X.T @ V.inv() @ X).det(),))),
    ("determinant and norm", r"||\mathbf{y} - \mathbf{X}\boldsymbol\beta||^2",
     Applied("power", (Applied("norm", (y - X @ beta,)), number(2)))),
    ("determinant and norm", r"\|\boldsymbol\beta\|_1", Applied("norm", (beta,), "1")),
    ("subscript: dimension", r"\mathbf{Z}_{n \times q}\mathbf{u}_{q \times 1}", Z @ u),
    ("subscript: dimension", r"\underset{n \times p}{\mathbf{X}}\,\boldsymbol\beta_{p\times1}", X @ beta),
    ("sum", r"\frac1n \sum_{i=1}^n y_i", scalar(1 / n) * over("i", "n", r("y_i"))),
    ("sum", r"\sum_{i=1}^{t}\sum_{j=1}^{b} (y_{ij} - \bar{y}_{\cdot\cdot})^2",
     over("i", "t", over("j", "b", scalar((real("y_ij") - real("ybar_..")) ** 2)))),
    ("sum", r"\sum_i c_i \mu_i",
     Indexed("sum", "i", number(1), Scalar(size("levels_i")), scalar(real("c_i") * real("mu_i")))),
    ("block matrix", bmatrix(r"\mathbf{X}'\mathbf{X} & \mathbf{X}'\mathbf{Z}",
                             r"\mathbf{Z}'\mathbf{X} & \mathbf{Z}'\mathbf{Z} + \lambda\mathbf{I}"),
     Block(((X.T @ X, X.T @ Z), (Z.T @ X, Z.T @ Z + lam * identity("q"))))),
    ("block matrix", bmatrix(r"\sigma^2_b\mathbf{I}_3 & \mathbf{0}", r"\mathbf{0} & \sigma^2_w\mathbf{I}_{12}"),
     Block(((Scalar(s2b) * identity(3), zero(3, 12)), (zero(12, 3), Scalar(variance("w")) * identity(12))))),
    ("Cov", r"\operatorname{Cov}(\mathbf{y}, \mathbf{u})", Covariance(y, u)),
    ("Cov", r"\text{cov}(u_{0j}, u_{1j})", Covariance(r("u_0j"), r("u_1j"))),
    ("dots in a matrix", bmatrix(r"\mathbf{V}_1 & \cdots & \mathbf{0}", r"\vdots & \ddots & \vdots",
                                 r"\mathbf{0} & \cdots & \mathbf{V}_m"),
     Indexed("direct sum", "i", number(1), Scalar(m),
             symbol("V_i", "n", "n", "unknown", ("symmetric", "positive definite")))),
    ("dots in a matrix", bmatrix(r"1 & \rho & \cdots & \rho", r"\rho & 1 & \cdots & \rho",
                                 r"\vdots & \vdots & \ddots & \vdots", r"\rho & \rho & \cdots & 1") + r"_{n \times n}",
     scalar(1 - rho) * identity(n) + rho * ones(n, n)),
    ("dots, a cell short", bmatrix(r"1 & \rho & \dots \rho^{n-1}", r"\rho & 1 & \dots \rho^{n-2}",
                                   r"\vdots & \vdots & \ddots & \vdots", r"\rho^{n-1} & \rho^{n-2} & \dots & 1"),
     ByDistance(n, (), rho**DISTANCE)),
    ("dots, a cell short", bmatrix(r"1 & \dots 0", r"\vdots & \ddots & \vdots", r"0 & \dots & 1") + "_{3 \\times 3}",
     made(3, 3, lambda i, j: int(i == j))),
    ("dots in a column", bmatrix("u_1", "u_2", r"\vdots", "u_b"), symbol("u", "b")),
    ("dots in a column", bmatrix("1 & x_1", "1 & x_2", r"\vdots & \vdots", "1 & x_n"),
     hstack(ones(n), symbol("x", "n"))),
    ("more than ten columns", bmatrix(*(" & ".join("1" if i == j else r"\rho" for j in range(12)) for i in range(12))),
     made(12, 12, lambda i, j: sympy.S.One if i == j else rho)),
    ("more than ten columns", r"\mathbf{I}_{2} \otimes " + bmatrix(" & ".join(["1"] * 6 + ["-1"] * 6)),
     kron(identity(2), made(1, 12, lambda i, j: 1 if j < 6 else -1))),
    ("blank cells", bmatrix(r"\sigma^2_1 & &", r"& \sigma^2_2 &", r"& & \sigma^2_3"),
     made(3, 3, lambda i, j: variance(str(i + 1)) if i == j else 0)),
    ("blank cells", bmatrix(r"\mathbf{1}_4 & ", r"& \mathbf{1}_3"),
     Block(((ones(4), zero(4, 1)), (zero(3, 1), ones(3))))),
    ("closing line break", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \\ \end{bmatrix}", matrix([1, 0], [0, 1])),
    ("closing line break", r"\begin{pmatrix} \mu_1 \\ \mu_2 \\ \end{pmatrix}", column("mu_1", "mu_2")),
    ("cells are moments", bmatrix("Var(u_0) & Cov(u_0, u_1)", "Cov(u_1, u_0) & Var(u_1)"),
     Block(((Variance(r("u_0")), Covariance(r("u_0"), r("u_1"))),
            (Covariance(r("u_1"), r("u_0")), Variance(r("u_1")))))),
    ("cells are moments", bmatrix("E(y_1)", "E(y_2)"), vstack(Expectation(r("y_1")), Expectation(r("y_2")))),
    ("half power", r"\mathbf{V}^{-1/2}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)",
     Applied("power", (V, Scalar(-half)), "", n, n) @ (y - X @ beta)),
    ("tilde", r"\tilde{\boldsymbol\beta}", symbol("betatilde", "p", role="random")),
    ("tilde", r"\mathbf{Z}\tilde{\mathbf{u}}", Z @ symbol("utilde", "q", role="random")),
    ("given", r"P(y_{ij} = 1 \mid u_j)",
     Applied("P", (Applied("|", (Applied("=", (r("y_ij"), ONE)), r("u_j"))),))),
    ("given", r"E(y_{ij} \vert u_j)", Expectation(given("y_ij", "u_j"))),
    ("semicolon between arguments", r"f(y_i; \mu, \sigma^2)", Applied("f", (r("y_i"), r("mu"), S2), parted=(1,))),
    ("semicolon between arguments", r"\mathcal{L}(\boldsymbol\beta; \mathbf{y})", Applied("L", (beta, y), parted=(1,))),
    ("direct sum", r"\mathbf{G} \oplus \mathbf{R}", BlockDiagonal((G, R))),
    ("Kronecker", r"\mathbf{I}_b \otimes (\sigma^2_u\mathbf{J}_t + \sigma^2\mathbf{I}_t)",
     kron(identity("b"), s2u * ones(t, t) + s2 * identity(t))),
]  # fmt: skip

ALL = [*((pattern, text, Scalar(value)) for pattern, text, value in SCALARS), *TREES]


@pytest.mark.parametrize(("pattern", "text", "tree"), ALL, ids=[f"{row}: {text!a}" for row, text, _ in ALL])
def test_an_expression_reads_as_it_is_meant_and_reads_back(pattern: str, text: str, tree: Tree) -> None:
    reading = read(text)
    assert reading.tree is not None, pattern
    assert canonical(reading.tree) == canonical(tree)
    assert_reads_back(reading)


SAME = [
    # pattern, text, another spelling of it
    ("boldsymbol", r"\boldsymbol\varepsilon_i", r"\mathbf{\epsilon}_{i}"),
    ("hat", r"\widehat{\boldsymbol\theta}", r"\boldsymbol{\hat{\theta}}"),
    ("interaction on a bracket", r"(block \times trt)_{ij}", r"(block*trt)_{i j}"),
    ("given", r"\operatorname{Var}(\mathbf{y} \mid \mathbf{u})", r"Var(\mathbf{y}|\mathbf{b})"),
    ("link", r"\Phi^{-1}(\pi_{ij})", r"\text{probit}(\pi_{ij})"),
    ("link", r"g(\mathbf{X}\boldsymbol\beta)", r"g\left(\mathbf{X\boldsymbol\beta}\right)"),
    ("E", r"\operatorname{E}[\mathbf{y}]", r"E(y)"),
    ("identity", r"\sigma^2 I_n", r"\mathbf{I}_{n \times n} \sigma^2"),
    ("generalized inverse", r"\mathbf X(\mathbf X'\mathbf X)^{-}\mathbf X'", r"X(X'X)^- X'"),
    ("subscript: commas", r"\mathbf{x}_{i,j}'\mathbf{x}_{i,j}", r"\mathbf{x}_{ij}^\top\mathbf{x}_{ij}"),
    ("subscript: commas", r"\tau_{1, 2} + \tau_{1,3}", r"\tau_{12} + \tau_{13}"),
    ("braces that do nothing", r"\mathbf{X}{\boldsymbol\beta} + {e}", r"\mathbf{X}\boldsymbol{\beta} + \mathbf{e}"),
    ("braces that do nothing", r"{\mu} + {\tau}_{i}", r"\mu + \tau_i"),
    ("Gamma function", r"\Gamma(\alpha + 1)/\Gamma(\alpha)", r"\frac{\Gamma(\alpha+1)}{\Gamma(\alpha)}"),
    ("rank, trace", r"diag(\sigma^2_1, \sigma^2_2)", bmatrix(r"\sigma^2_1 & 0", r"0 & \sigma^2_2")),
]


@pytest.mark.parametrize(("pattern", "text", "other"), SAME, ids=[f"{row}: {text!a}" for row, text, _ in SAME])
def test_two_spellings_mean_one_expression(pattern: str, text: str, other: str) -> None:
    reading = read(text)
    assert meaning(reading.parts) == meaning(read(other).parts), pattern
    assert_reads_back(reading)
