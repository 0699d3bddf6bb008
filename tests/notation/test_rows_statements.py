r"""Statements as courses on mixed models spell them: each row is one pattern, one formula or display, and what it says.

What is read is also written, in each dialect, and read again.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_displays import (
    S2,
    S2U,
    ZGZR,
    G,
    R,
    V,
    X,
    Z,
    beta,
    bmatrix,
    column,
    compared,
    counted,
    defined,
    distributed,
    e,
    elements,
    equation,
    expression,
    matrix,
    member,
    number,
    r,
    real,
    total,
    u,
    variance,
    without_places,
    y,
)
from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import BETAHAT, MU, VHAT, Y, assert_reads_back, mu, over, rho, se
from tutor.algebra.applied import Applied
from tutor.algebra.build import identity, symbol, zero
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Scalar,
    Transpose,
    Variance,
)
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.notation.read import read
from tutor.notation.statement import Cases, Comparison, Dimension, Equation, Hypothesis, Membership, Statement

s2, s2u = S2.value, S2U.value
n, p, q, t, b, a = (size(letter) for letter in "npqtba")
NONE = number(0)
Y_IJ, U_J, E_IJ = r("y_ij"), r("u_j"), r("e_ij")
SIGMAHAT2 = Scalar(real("sigmahat") ** 2)


def scalar(value: sympy.Expr) -> Scalar:
    return Scalar(value)


def sigma2(below: str) -> Scalar:
    return Scalar(variance(below))


def null(name: str, relation: Equation | Comparison) -> Hypothesis:
    return Hypothesis(name, relation, 0, 0)


def normal(key: str, below: str | None = None, manner: str = "") -> Statement:
    return distributed(r(key), "N", NONE, S2 if below is None else sigma2(below), manner=manner)


def cases(subject: Tree, *branches: tuple[Tree, str]) -> Cases:
    return Cases(subject, tuple(value for value, _ in branches), tuple(words for _, words in branches), 0, 0)


MODEL = equation(y, X @ beta + Z @ u + e)
SLOPES = matrix([variance("0"), "sigma_01"], ["sigma_01", variance("1")])

STATEMENTS: list[tuple[str, str, list[Statement]]] = [
    # pattern, text, what it says
    ("relation: =", r"\hat{\tau}_1 = \bar{y}_{1\cdot} - \bar{y}_{\cdot\cdot}",
     [equation(r("tauhat_1"), scalar(real("ybar_1.") - real("ybar_..")))]),
    ("relation: =", r"\lambda_i = \exp(\eta_i)", [equation(r("lambda_i"), scalar(sympy.exp(real("eta_i"))))]),
    ("relation: sim", r"b_{j} \sim \mathrm{N}(0, \sigma_b^2)", [normal("b_j", "b")]),
    ("relation: sim", r"\mathbf{b} \sim \mathcal{N}(\mathbf{0}, \mathbf{D})",
     [distributed(u, "N", zero("q"), symbol("D", "q", "q"))]),
    ("N( , )", r"\mathbf{Y} \sim N_n(\mathbf{X}\boldsymbol{\beta}, \sigma^2 \mathbf{I}_n)",
     [distributed(symbol("Y", "n"), "N", X @ beta, S2 * identity(n), below="n")]),
    ("N( , )", r"\hat{\boldsymbol\beta} \sim N\left(\boldsymbol\beta, \sigma^2(\mathbf{X}'\mathbf{X})^{-1}\right)",
     [distributed(BETAHAT, "N", beta, S2 * (X.T @ X).inv())]),
    ("N( , )", r"\bar{y} \sim N\!\left(\mu, \frac{\sigma^2}{n}\right)",
     [distributed(r("ybar"), "N", scalar(mu), scalar(s2 / n))]),
    ("line break between statements", r"y_{ij} = \mu + b_i + e_{ij}, \\ b_i \sim N(0, \sigma^2_b), \\ "
     r"e_{ij} \sim N(0, \sigma^2_e)", [elements("y_ij", "mu", "b_i", "e_ij"), normal("b_i", "b"), normal("e_ij")]),
    ("line break between statements", r"E(y_{ij}) = \lambda_{ij} \\ Var(y_{ij}) = \phi\lambda_{ij}",
     [equation(Expectation(Y_IJ), r("lambda_ij")),
      equation(Variance(Y_IJ), scalar(real("phi") * real("lambda_ij")))]),
    ("spacing", r"y_{ij}\;\sim\;N\big(\mu_{ij},\;\sigma^2\big)", [distributed(Y_IJ, "N", r("mu_ij"), S2)]),
    ("given", r"y_{ij} | b_i \sim N(\mu + b_i, \sigma^2_e)",
     [distributed(Y_IJ, "N", total("mu", "b_i"), S2, given=(r("b_i"),))]),
    ("given", r"E(y_{ij} \mid b_i) = \mu + b_i", [equation(Expectation(r("y_ij|b_i")), total("mu", "b_i"))]),
    ("given: several", r"y_{ijk} | u_k, w_{l} \sim N(\mu_{ijk}, \sigma^2)",
     [distributed(r("y_ijk"), "N", r("mu_ijk"), S2, given=(r("u_k"), r("w_l")))]),
    ("chain", r"E(\bar y_{i\cdot}) = \mu + \tau_i = \mu_i",
     [equation(Expectation(r("ybar_i.")), total("mu", "tau_i"), r("mu_i"))]),
    ("chain", r"F = \frac{MS_{trt}}{MS_{error}} = \frac{SS_{trt}/(t-1)}{SS_{error}/df_{error}}",
     [equation(r("F"), scalar(real("MS_trt") / real("MS_error")),
               scalar(real("SS_trt") * real("df_error") / (real("SS_error") * (t - 1))))]),
    ("text", r"\text{Var}(\mathbf{y}) = \mathbf{V}", [equation(Variance(y), V)]),
    ("text: iid", r"u_j \overset{\text{iid}}{\sim} N(0, \sigma^2_u)", [normal("u_j", "u", "iid")]),
    ("subscript: nested", r"b_{j(i)} \sim N(0, \sigma_{b(a)}^2)", [normal("b_j(i)", "b(a)")]),
    ("standard error", r"\widehat{s.e.}(\hat\tau) = \sqrt{\frac{MSE}{r}}",
     [equation(se(r("tauhat")), scalar(sympy.sqrt(real("MSE") / size("r"))))]),
    ("density", r"f(y|\theta) = \theta e^{-\theta y}",
     [equation(Applied("f", (r("y|theta"),)), scalar(real("theta") * sympy.exp(-real("theta") * Y)))]),
    ("family", r"y_{ij}|u_j \sim \text{Binomial}(n_{ij}, \pi_{ij})",
     [distributed(Y_IJ, "Binomial", r("n_ij"), r("pi_ij"), given=(U_J,))]),
    ("family", r"y_i \sim \text{Bern}(p_i)", [distributed(r("y_i"), "Bernoulli", r("p_i"))]),
    ("family", r"y_{ij} \mid \lambda_{ij} \sim \mathrm{Pois}(\lambda_{ij})",
     [distributed(Y_IJ, "Poisson", r("lambda_ij"), given=(r("lambda_ij"),))]),
    ("family", r"y_{ij} \sim Beta(\mu_{ij}\phi, (1-\mu_{ij})\phi)",
     [distributed(Y_IJ, "Beta", scalar(real("mu_ij") * real("phi")), scalar((1 - real("mu_ij")) * real("phi")))]),
    ("Var", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot}) = \frac{2\sigma^2}{r}",
     [equation(Variance(scalar(real("ybar_1.") - real("ybar_2."))), scalar(2 * s2 / size("r")))]),
    ("relation: < > ≤", r"-1 < \rho < 1", [compared("<<", number(-1), scalar(rho), number(1))]),
    ("relation: < > ≤", r"0 \le \pi_{ij} \leq 1", [compared("≤≤", NONE, r("pi_ij"), number(1))]),
    ("relation: < > ≤", r"\sigma^2_u \geq 0", [compared("≥", S2U, NONE)]),
    ("E", r"\mathbb{E}(\boldsymbol\varepsilon) = \mathbf{0}", [equation(Expectation(e), zero("n"))]),
    ("E", r"E(MS_A) = \sigma^2 + n\sigma^2_{B(A)} + bn\sigma^2_A",
     [equation(Expectation(r("MS_A")), scalar(s2 + n * variance("B(A)") + b * n * variance("A")))]),
    ("zero or one", r"\mathbf{u}_i \sim MVN(\boldsymbol{0}, \mathbf{G})",
     [distributed(symbol("u_i", "q"), "N", zero("q"), G)]),
    ("link", r"g(\boldsymbol\mu) = \boldsymbol\eta", [equation(Applied("link", (MU,)), symbol("eta", "n"))]),
    ("link", r"\mu_{ij} = g^{-1}(\eta_{ij})",
     [equation(r("mu_ij"), scalar(sympy.Function("ginv", real=True)(real("eta_ij"))))]),
    ("list with full stops", r"i=1,...,t", [counted("i", "t")]),
    ("list with full stops", r"j = 1,...,b; k = 1,...,n", [counted("j", "b"), counted("k", "n")]),
    ("list with full stops", r"i = 1,\dots,a, \quad j = 1,\dots,b", [counted("i", "a"), counted("j", "b")]),
    ("defined as", r"\boldsymbol\theta \equiv (\sigma^2_u, \sigma^2)'",
     [defined(symbol("theta", 2), Transpose(matrix([s2u, s2])))]),
    ("defined as", r"\eta_i := \mathbf{x}_i'\boldsymbol\beta", [defined(r("eta_i"), symbol("x_i", "p").T @ beta)]),
    ("column", r"\boldsymbol\beta = " + bmatrix(r"\mu", r"\tau_1", r"\tau_2"),
     [equation(beta, column("mu", "tau_1", "tau_2"))]),
    ("column", bmatrix("u_{0j}", "u_{1j}") + r" \sim N\left(\mathbf{0}, "
     + bmatrix(r"\sigma^2_0 & \sigma_{01}", r"\sigma_{01} & \sigma^2_1") + r"\right)",
     [distributed(column("u_0j", "u_1j"), "N", zero(2), SLOPES)]),
    ("wide hat", r"\widehat{Var}(\hat{\boldsymbol\beta}) = (\mathbf{X}'\hat{\mathbf{V}}^{-1}\mathbf{X})^{-1}",
     [equation(Applied("estimated Var", (BETAHAT,)), (X.T @ VHAT.inv() @ X).inv())]),
    ("brackets with commas", r"\mathbf{k}' = [0, 1, -1, 0]", [equation(symbol("k", 4).T, matrix([0, 1, -1, 0]))]),
    ("brackets with commas", r"\mathbf{u} = (u_1, u_2, \ldots, u_q)'", [equation(u, u)]),
    ("one bold command", r"\mathbf{y = X\boldsymbol\beta + Zu + e}", [MODEL]),
    ("one bold command", r"\mathbf{V = ZGZ' + R}", [equation(V, ZGZR)]),
    ("membership", r"\rho \in (-1, 1)", [member(scalar(rho), "()", -1, 1)]),
    ("membership", r"y_{ij} \in [0, \infty)", [member(Y_IJ, "[)", 0, sympy.oo)]),
    ("membership", r"y \in \{0, 1, 2, \ldots\}", [member(r("y"), "{}", 0, 1, 2, gap=3)]),
    ("cases", r"x_i = \begin{cases} 1 & \text{if treated} \\ 0 & \text{otherwise} \end{cases}",
     [cases(r("x_i"), (number(1), "if treated"), (NONE, "otherwise"))]),
    ("cases", r"\gamma_{ij} = \begin{cases} \sigma^2, & i = j \\ \rho\sigma^2, & i \neq j \end{cases}",
     [cases(r("gamma_ij"), (S2, "i = j"), (scalar(rho * s2), "i ≠ j"))]),
    ("logit", r"\text{logit}(\pi_{ij}) = \mu + \tau_i + u_j",
     [equation(scalar(sympy.Function("logit", real=True)(real("pi_ij"))), total("mu", "tau_i", "u_j"))]),
    ("separator on one line", r"y_{ij} = \mu + u_i + e_{ij}, \quad u_i \sim N(0, \sigma^2_u)",
     [elements("y_ij", "mu", "u_i", "e_ij"), normal("u_i", "u")]),
    ("separator on one line", r"E(\mathbf{y}) = \boldsymbol\mu;\ Var(\mathbf{y}) = \mathbf{V}",
     [equation(Expectation(y), MU), equation(Variance(y), V)]),
    ("separator on one line", r"y_{ij} = \mu_i + e_{ij}, \text{ where } e_{ij} \sim N(0, \sigma^2)",
     [elements("y_ij", "mu_i", "e_ij"), normal("e_ij")]),
    ("MVN", r"\mathbf{y} \sim MVN(\mathbf{X}\boldsymbol\beta, \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})",
     [distributed(y, "N", X @ beta, ZGZR)]),
    ("MVN", r"\boldsymbol\varepsilon \sim \text{MVN}(\mathbf{0}, \sigma^2\mathbf{I})",
     [distributed(e, "N", zero("n"), S2 * identity(n))]),
    ("any distribution", r"\mathbf{y}|\mathbf{u} \sim P(\boldsymbol\mu, \mathbf{R})",
     [distributed(y, "P", MU, R, given=(u,))]),
    ("any distribution", r"y_i \sim D(\mu_i, \phi)", [distributed(r("y_i"), "D", r("mu_i"), r("phi"))]),
    ("no name", r"\epsilon \sim (0, \sigma^2)", [distributed(r("e"), "", NONE, S2)]),
    ("no name", r"\mathbf{y} \sim (\mathbf{X}\boldsymbol\beta, \mathbf{V})", [distributed(y, "", X @ beta, V)]),
    ("degrees of freedom", r"\frac{SSE}{\sigma^2} \sim \chi^2_{n-p}",
     [distributed(scalar(real("SSE") / s2), "chi2", below="n-p")]),
    ("degrees of freedom", r"t \sim t(n - 2)", [distributed(scalar(t), "t", scalar(n - 2))]),
    ("degrees of freedom", r"F \sim F(t-1, (t-1)(b-1))",
     [distributed(r("F"), "F", scalar(t - 1), scalar((t - 1) * (b - 1)))]),
    ("sum", r"\sum_{i=1}^{t} \tau_i = 0", [equation(over("i", "t", r("tau_i")), NONE)]),
    ("absolute value", r"|\rho| < 1", [compared("<", scalar(sympy.Abs(rho)), number(1))]),
    ("dimension", r"\mathbf{Z} \in \mathbb{R}^{n \times q}", [Dimension(Z, n, q, 0, 0)]),
    ("dimension", r"\mathbf{V} \text{ is } n \times n", [Dimension(V, n, n, 0, 0)]),
    ("open list", r"k = 0, 1, \dots, n", [counted("k", "n", 0)]),
    ("open list", r"y = 0, 1, 2, 3, \ldots", [counted("y", None, 0)]),
    ("open list", r"u_1, \dots, u_q", [Membership(None, (r("u_1"), r("u_q")), "", 1, 0, 0)]),
    ("list of elements", r"y_{11}, y_{12}", [expression(r("y_11")), expression(r("y_12"))]),
    ("Cov", r"\operatorname{Cov}(y_{ij}, y_{ij'}) = \sigma^2_u", [equation(Covariance(Y_IJ, r("y_ij'")), S2U)]),
    ("Cov", r"Cov(\varepsilon_{ij}, \varepsilon_{i'j}) = 0", [equation(Covariance(E_IJ, r("e_i'j")), NONE)]),
    ("iid", r"e_{ij} \sim \text{iid } N(0, \sigma^2)", [normal("e_ij", None, "iid")]),
    ("iid", r"\varepsilon_{ijk} \stackrel{iid}{\sim} \mathcal{N}(0, \sigma^2)", [normal("e_ijk", None, "iid")]),
    ("iid", r"b_i \sim NID(0, \sigma^2_b)", [normal("b_i", "b", "ind")]),
    ("line break inside a statement", r"Var(y_{ij}) = \\ \sigma^2_u + \sigma^2",
     [equation(Variance(Y_IJ), scalar(s2u + s2))]),
    ("line break inside a statement", r"\begin{aligned} \mathbf{V} &= Var(\mathbf{Zu} + \mathbf{e}) \\ "
     r"&= \mathbf{ZGZ}' + \mathbf{R} \end{aligned}", [equation(V, Variance(Z @ u + e), ZGZR)]),
    ("hypothesis", r"H_0: \tau_1 = \tau_2 = \tau_3", [null("H_0", equation(r("tau_1"), r("tau_2"), r("tau_3")))]),
    ("hypothesis", r"H_0: \rho = 0 \quad \text{versus} \quad H_A: \rho \neq 0",
     [null("H_0", equation(scalar(rho), NONE)), null("H_A", compared("≠", scalar(rho), NONE))]),
    ("other relations", r"\hat{y}_{ij} \approx \mu", [compared("≈", r("yhat_ij"), scalar(mu))]),
    ("other relations", r"\sigma^2_u \to 0", [compared("→", S2U, NONE)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "text", "parts"), STATEMENTS, ids=[f"{row}: {text!a}" for row, text, _ in STATEMENTS]
)
def test_a_statement_reads_as_it_is_meant_and_reads_back(pattern: str, text: str, parts: list[Statement]) -> None:
    reading = read(text)
    assert [meaning(without_places(part)) for part in reading.parts] == [meaning(part) for part in parts], pattern
    assert_reads_back(reading)
