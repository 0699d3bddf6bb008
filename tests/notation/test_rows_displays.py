r"""Whole displays as the pages of courses on mixed models have them, each with what it says, statement by statement.

Displays of matrices are told by their trees; those of plain statements by the same statements on one line.
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
    distributed,
    e,
    elements,
    equation,
    made,
    matrix,
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
from tests.notation.test_rows_expressions import BETAHAT, DIALECTS, GHAT, MU, VHAT, assert_reads_back, over
from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.nodes import Block, BlockDiagonal, Covariance, Expectation, Scalar, Sum, Tree, Variance
from tutor.algebra.sizes import size
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import Statement
from tutor.notation.write import write

half = sympy.Rational(1, 2)
s2, s2u = sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)
rho = real("rho")
n, t, a, b, m = (size(letter) for letter in "ntabm")
NONE = number(0)
MODEL = equation(y, X @ beta + Z @ u + e)
RESIDUAL = y - X @ beta
SLOPES = matrix([variance("0"), "sigma_01"], ["sigma_01", variance("1")])
GINVERSE = Applied("generalized inverse", (X.T @ V.inv() @ X,))
UHAT, UTILDE = symbol("uhat", "q", role="random"), symbol("utilde", "q", role="random")
A = symbol("A", "q", "q")
k = symbol("k", "p")


def density(tree: Tree, name: str = "f") -> Applied:
    return Applied(name, (tree,))


def stacked(*trees: Tree) -> Block:
    return Block(tuple((tree,) for tree in trees))


def tree_of(text: str) -> Tree:
    tree = read(text).tree
    assert tree is not None
    return tree


U_AND_E = stacked(u, e)
GIVEN_U = tree_of(r"\mathbf{y}|\mathbf{u}")
GIVEN_Y = tree_of(r"\mathbf{u}|\mathbf{y}")
COMPOUND = made(3, 3, lambda i, j: s2 + s2u if i == j else s2u)

MATRICES: list[tuple[str, str, list[Statement]]] = [
    # what it is, display, what it says
    ("the model and its distributions",
     r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}, \qquad "
     + bmatrix(r"\mathbf{u}", r"\boldsymbol{\varepsilon}") + r" \sim N\left( " + bmatrix(r"\mathbf{0}", r"\mathbf{0}")
     + ", " + bmatrix(r"\mathbf{G} & \mathbf{0}", r"\mathbf{0} & \mathbf{R}") + r" \right)$$",
     [MODEL, distributed(U_AND_E, "N", stacked(zero("q"), zero("n")),
                         Block(((G, zero("q", "n")), (zero("n", "q"), R))))]),
    ("conditional and marginal",
     r"\begin{align} \mathbf{y} | \mathbf{u} &\sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}, \mathbf{R}) \\ "
     r"\mathbf{y} &\sim N(\mathbf{X}\boldsymbol\beta, \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}) \end{align}",
     [distributed(y, "N", X @ beta + Z @ u, R, given=(u,)), distributed(y, "N", X @ beta, ZGZR)]),
    ("a model written out",
     "$$" + bmatrix("y_{11}", "y_{12}", "y_{21}", "y_{22}") + " = "
     + bmatrix("1 & 1 & 0", "1 & 1 & 0", "1 & 0 & 1", "1 & 0 & 1") + bmatrix(r"\mu", r"\tau_1", r"\tau_2") + " + "
     + bmatrix("1 & 0", "0 & 1", "1 & 0", "0 & 1") + bmatrix("u_1", "u_2") + " + "
     + bmatrix(r"\varepsilon_{11}", r"\varepsilon_{12}", r"\varepsilon_{21}", r"\varepsilon_{22}") + "$$",
     [equation(column("y_11", "y_12", "y_21", "y_22"),
               matrix([1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 1]) @ column("mu", "tau_1", "tau_2")
               + matrix([1, 0], [0, 1], [1, 0], [0, 1]) @ column("u_1", "u_2")
               + column("e_11", "e_12", "e_21", "e_22"))]),
    ("split plot",
     r"$$\mathbf{V} = \mathbf{I}_r \otimes (\sigma^2_b \mathbf{J}_{ab} + \sigma^2_w \mathbf{I}_a \otimes \mathbf{J}_b "
     r"+ \sigma^2 \mathbf{I}_{ab})$$",
     [equation(V, kron(identity("r"), Scalar(variance("b")) * ones(a * b, a * b)
                       + kron(Scalar(variance("w")) * identity("a"), ones("b", "b")) + S2 * identity(a * b)))]),
    ("compound symmetry",
     r"$$\Sigma = \begin{bmatrix} \sigma^2 + \sigma_u^2 & \sigma_u^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2 + "
     r"\sigma_u^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma_u^2 & \sigma^2 + \sigma_u^2 \end{bmatrix} "
     r"= \sigma^2 \mathbf{I}_3 + \sigma_u^2 \mathbf{J}_3$$",
     [equation(V, COMPOUND, S2 * identity(3) + S2U * ones(3, 3))]),
    ("subjects", r"$$\mathbf{V} = \bigoplus_{i=1}^{m} \mathbf{V}_i$$",
     [equation(V, Indexed("direct sum", "i", number(1), Scalar(m),
                          symbol("V_i", "n", "n", "unknown", ("symmetric", "positive definite"))))]),
    ("random slopes", r"$$\mathbf{G} = \mathbf{I}_q \otimes "
     + bmatrix(r"\sigma^2_0 & \sigma_{01}", r"\sigma_{01} & \sigma^2_1") + "$$",
     [equation(G, kron(identity("q"), SLOPES))]),
    ("random slopes",
     r"$$\begin{pmatrix} u_{0j} \\ u_{1j} \end{pmatrix} \sim N\left( \begin{pmatrix} 0 \\ 0 \end{pmatrix}, "
     r"\begin{pmatrix} \tau_{00} & \tau_{01} \\ \tau_{01} & \tau_{11} \end{pmatrix} \right)$$",
     [distributed(column("u_0j", "u_1j"), "N", matrix([0], [0]), matrix(["tau_00", "tau_01"], ["tau_01", "tau_11"]))]),
    ("random slopes",
     r"$$" + bmatrix("b_{0i}", "b_{1i}") + r" \sim MVN\left(\mathbf{0}, "
     + bmatrix(r"\sigma_0^2 & \rho\sigma_0\sigma_1", r"\rho\sigma_0\sigma_1 & \sigma_1^2") + r"\right)$$",
     [distributed(column("b_0i", "b_1i"), "N", zero(2), made(2, 2, lambda i, j: (
         variance(str(i)) if i == j else rho * sympy.sqrt(variance("0")) * sympy.sqrt(variance("1")))))]),
    ("GLS", r"$$\hat{\boldsymbol{\beta}}_{GLS} = (\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}"
     r"\mathbf{y}$$", [equation(symbol("betahat_GLS", "p", role="random"),
                                (X.T @ V.inv() @ X).inv() @ X.T @ V.inv() @ y)]),
    ("BLUE of a design without full rank",
     r"\[\hat{\boldsymbol\beta} = (\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}\]",
     [equation(BETAHAT, GINVERSE @ X.T @ V.inv() @ y)]),
    ("BLUP", r"$$\tilde{\mathbf{u}} = E(\mathbf{u} \mid \mathbf{y}) = \mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}"
     r"(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})$$",
     [equation(UTILDE, Expectation(GIVEN_Y), G @ Z.T @ V.inv() @ RESIDUAL)]),
    ("EBLUP", r"$$\hat{\mathbf{u}} = \hat{\mathbf{G}}\mathbf{Z}^\top\hat{\mathbf{V}}^{-1}\left(\mathbf{y} - "
     r"\mathbf{X}\hat{\boldsymbol{\beta}}\right)$$", [equation(UHAT, GHAT @ Z.T @ VHAT.inv() @ (y - X @ BETAHAT))]),
    ("Henderson",
     r"$$\begin{bmatrix} \mathbf{X}'\mathbf{R}^{-1}\mathbf{X} & \mathbf{X}'\mathbf{R}^{-1}\mathbf{Z} \\ "
     r"\mathbf{Z}'\mathbf{R}^{-1}\mathbf{X} & \mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z}+\mathbf{G}^{-1} \end{bmatrix} "
     r"\begin{bmatrix} \hat{\boldsymbol{\beta}} \\ \hat{\mathbf{u}} \end{bmatrix} = \begin{bmatrix} "
     r"\mathbf{X}'\mathbf{R}^{-1}\mathbf{y} \\ \mathbf{Z}'\mathbf{R}^{-1}\mathbf{y} \end{bmatrix}$$",
     [equation(Block(((X.T @ R.inv() @ X, X.T @ R.inv() @ Z), (Z.T @ R.inv() @ X, Z.T @ R.inv() @ Z + G.inv())))
               @ stacked(BETAHAT, UHAT), stacked(X.T @ R.inv() @ y, Z.T @ R.inv() @ y))]),
    ("the animal model",
     "$$" + bmatrix(r"\mathbf{X'X} & \mathbf{X'Z}", r"\mathbf{Z'X} & \mathbf{Z'Z} + \lambda\mathbf{A}^{-1}")
     + bmatrix(r"\hat{\boldsymbol\beta}", r"\hat{\mathbf{u}}") + " = " + bmatrix(r"\mathbf{X'y}", r"\mathbf{Z'y}")
     + r", \quad \lambda = \frac{\sigma^2_e}{\sigma^2_a}$$",
     [equation(Block(((X.T @ X, X.T @ Z), (Z.T @ X, Z.T @ Z + real("lambda") * A.inv()))) @ stacked(BETAHAT, UHAT),
               stacked(X.T @ y, Z.T @ y)), equation(r("lambda"), Scalar(s2 / variance("a")))]),
    ("normal density",
     r"$$f(\mathbf{y}) = (2\pi)^{-n/2}|\mathbf{V}|^{-1/2}\exp\left\{ -\frac{1}{2}(\mathbf{y} - "
     r"\boldsymbol{\mu})'\mathbf{V}^{-1}(\mathbf{y} - \boldsymbol{\mu}) \right\}$$",
     [equation(density(y), Scalar((2 * sympy.pi) ** (-n / 2)) * (
         Applied("power", (V.det(), Scalar(-half))) * Applied("exp", (Scalar(-half) * (
             (y - MU).T @ V.inv() @ (y - MU)),))))]),
    ("error contrasts",
     r"$$E(\mathbf{K}'\mathbf{y}) = \mathbf{K}'\mathbf{X}\boldsymbol\beta, \quad \text{Var}(\mathbf{K}'\mathbf{y}) "
     r"= \mathbf{K}'\mathbf{V}\mathbf{K}$$",
     [equation(Expectation(symbol("K", "n", "n").T @ y), symbol("K", "n", "n").T @ X @ beta),
      equation(Variance(symbol("K", "n", "n").T @ y), symbol("K", "n", "n").T @ V @ symbol("K", "n", "n"))]),
    ("likelihood", r"$$L(\boldsymbol{\beta}, \mathbf{G}; \mathbf{y}) = \int f(\mathbf{y} \mid \mathbf{u}) "
     r"f(\mathbf{u}) \, d\mathbf{u}$$",
     [equation(Applied("L", (beta, G, y), parted=(2,)), Applied("integral", (density(GIVEN_U) * density(u), u)))]),
    ("contrast",
     r"$$\mathbf{k}'\boldsymbol{\beta} = \begin{bmatrix} 0 & 1 & -1 \end{bmatrix} \begin{bmatrix} \mu \\ \tau_1 \\ "
     r"\tau_2 \end{bmatrix} = \tau_1 - \tau_2$$",
     [equation(k.T @ beta, matrix([0, 1, -1]) @ column("mu", "tau_1", "tau_2"),
               Scalar(real("tau_1") - real("tau_2")))]),
    ("variance of a contrast", r"$$\text{Var}(\mathbf{k}'\hat{\boldsymbol{\beta}}) = "
     r"\mathbf{k}'(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{k}$$",
     [equation(Variance(k.T @ BETAHAT), k.T @ (X.T @ V.inv() @ X).inv() @ k)]),
    ("derivation",
     r"$$\begin{aligned} Var(\mathbf{y}) &= Var(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + "
     r"\boldsymbol\varepsilon) \\ &= Var(\mathbf{Z}\mathbf{u}) + Var(\boldsymbol\varepsilon) "
     r"\\ &= \mathbf{Z}\,Var(\mathbf{u})\,\mathbf{Z}' + "
     r"\mathbf{R} \\ &= \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} \end{aligned}$$",
     [equation(Variance(y), Variance(X @ beta + Z @ u + e), Variance(Z @ u) + Variance(e),
               Z @ Variance(u) @ Z.T + R, ZGZR)]),
    ("components", r"$$\mathbf{V} = \sum_{i=1}^{m} \sigma^2_i \mathbf{Z}_i\mathbf{Z}_i' + \sigma^2\mathbf{I}$$",
     [equation(V, over("i", "m", Scalar(variance("i")) * (symbol("Z_i", "n", "q") @ symbol("Z_i", "n", "q").T))
               + S2 * identity(n))]),
    ("Woodbury",
     r"$$\mathbf{V}^{-1} = \mathbf{R}^{-1} - \mathbf{R}^{-1}\mathbf{Z}(\mathbf{Z}'\mathbf{R}^{-1}\mathbf{Z} + "
     r"\mathbf{G}^{-1})^{-1}\mathbf{Z}'\mathbf{R}^{-1}$$",
     [equation(V.inv(), R.inv() - R.inv() @ Z @ (Z.T @ R.inv() @ Z + G.inv()).inv() @ Z.T @ R.inv())]),
    ("residuals", r"$$\hat{\mathbf{e}} = \mathbf{y} - \hat{\mathbf{y}} = (\mathbf{I} - \mathbf{H})\mathbf{y}$$",
     [equation(symbol("ehat", "n", role="random"), y - symbol("yhat", "n", role="random"),
               (identity(n) - symbol("H", "n", "n")) @ y)]),
    ("link", r"$$g(E(\mathbf{y} \mid \mathbf{u})) = \boldsymbol{\eta} = \mathbf{X}\boldsymbol\beta + \mathbf{Zu}$$",
     [equation(Applied("link", (Expectation(GIVEN_U),)), symbol("eta", "n"), X @ beta + Z @ u)]),
    ("offset", r"$$\log(\mu_{ij}) = \log(n_{ij}) + \mathbf{x}_{ij}'\boldsymbol{\beta} + b_i$$",
     [equation(Scalar(sympy.log(real("mu_ij"))),
               Sum((Scalar(sympy.log(real("n_ij"))), symbol("x_ij", "p").T @ beta, r("b_i"))))]),
    ("two blocks", r"$$\mathbf{G} = \mathbf{G}_1 \oplus \mathbf{G}_2$$",
     [equation(G, BlockDiagonal(tuple(
         symbol(key, "q", "q", "unknown", ("symmetric", "positive definite")) for key in ("G_1", "G_2"))))]),
    ("split plot by elements",
     r"$$\begin{align*} y_{ijk} &= \mu + \alpha_i + r_k + w_{ik} + \beta_j + (\alpha\beta)_{ij} + e_{ijk} \\ "
     r"w_{ik} &\sim \text{iid } N(0, \sigma_w^2) \end{align*}$$",
     [elements("y_ijk", "mu", "alpha_i", "r_k", "w_ik", "beta_j", "alphabeta_ij", "e_ijk"),
      distributed(r("w_ik"), "N", NONE, Scalar(variance("w")), manner="iid")]),
    ("level one and two", r"\begin{gather*} y_{ij} = \beta_{0j} + e_{ij} \\ \beta_{0j} = \gamma_{00} + u_{0j} "
     r"\end{gather*}", [elements("y_ij", "beta_0j", "e_ij"), equation(r("beta_0j"), total("gamma_00", "u_0j"))]),
]  # fmt: skip

LINES: list[tuple[str, str]] = [
    # display, the same on one line
    (r"$$\begin{aligned} y_{ij} &= \mu + \tau_i + b_j + \varepsilon_{ij}, \\ b_j &\sim N(0, \sigma^2_b), \\ "
     r"\varepsilon_{ij} &\sim N(0, \sigma^2). \end{aligned}$$",
     "y_ij = μ + τ_i + b_j + ε_ij; b_j ~ N(0, σ²_b); ε_ij ~ N(0, σ²)"),
    (r"$$y_{ij} = \mu + \tau_i + \rho_j + \varepsilon_{ij}, \quad i = 1, \ldots, t, \quad j = 1, \ldots, r$$",
     "y_ij = μ + τ_i + ρ_j + ε_ij; i = 1, 2, …, t; j = 1, 2, …, r"),
    (r"\begin{eqnarray} y_{ij} &=& \mu + \tau_i + \varepsilon_{ij} \\ \varepsilon_{ij} &\sim& N(0, \sigma^2) "
     r"\end{eqnarray}", "y_ij = μ + τ_i + ε_ij; ε_ij ~ N(0, σ²)"),
    (r"$$\begin{array}{rcl} \mathbf{y} & = & \mathbf{X}\boldsymbol\beta + \mathbf{e} \\ \mathbf{e} & \sim & "
     r"N(\mathbf{0}, \sigma^2\mathbf{I}) \end{array}$$", "y = Xβ + ε; ε ~ N(0, σ²I_n)"),
    (r"\begin{gather*} \mathbf{u} \sim N(\mathbf{0}, \mathbf{G}) \\ \boldsymbol\varepsilon \sim N(\mathbf{0}, "
     r"\mathbf{R}) \end{gather*}", "u ~ N(0, G); ε ~ N(0, R)"),
    (r"$$\begin{aligned} y_{ij} \mid u_j &\sim \text{Binomial}(n_{ij}, \pi_{ij}) \\ "
     r"\log\left(\frac{\pi_{ij}}{1-\pi_{ij}}\right) &= \eta_{ij} = \mu + \tau_i + u_j \\ u_j &\sim N(0, \sigma^2_u) "
     r"\end{aligned}$$",
     "y_ij | u_j ~ Binomial(n_ij, π_ij); log(π_ij/(1 − π_ij)) = η_ij = μ + τ_i + u_j; u_j ~ N(0, σ²_u)"),
    (r"$$y_{ij} | b_j \sim \text{Poisson}(\lambda_{ij}), \\ \log(\lambda_{ij}) = \beta_0 + \tau_i + b_j, \\ "
     r"b_j \sim N(0, \sigma^2_b)$$",
     "y_ij | b_j ~ Poisson(λ_ij); log(λ_ij) = β_0 + τ_i + b_j; b_j ~ N(0, σ²_b)"),
    (r"$$E(y_{ij}) = E[E(y_{ij} \mid u_j)] = E[\exp(\eta_i + u_j)] = e^{\eta_i + \sigma^2_u/2}$$",
     "E(y_ij) = E(E(y_ij | u_j)) = E(exp(η_i + u_j)) = exp(η_i + (1/2)σ²_u)"),
    (r"$$\rho = \text{Corr}(y_{ij}, y_{ik}) = \frac{\sigma^2_u}{\sigma^2_u + \sigma^2_e}$$",
     "ρ = Corr(y_ij, y_ik) = σ²_u/(σ²_u + σ²)"),
    (r"$$ICC = \frac{\sigma^2_u}{\sigma^2_u + \pi^2/3}$$", "ICC = σ²_u/(σ²_u + (1/3)π²)"),
    (r"$$\hat{u}_j = \frac{n\sigma^2_u}{n\sigma^2_u + \sigma^2}(\bar{y}_{j\cdot} - \hat\mu)$$",
     "û_j = n σ²_u (ȳ_{j·} − μ̂)/(n σ²_u + σ²)"),
    (r"$$\hat\sigma^2_b = \frac{MS_{Block} - MS_{Error}}{t}$$", "σ̂_b² = (MS_Block − MS_Error)/t"),
    (r"$$SS_{Trt} = b\sum_{i=1}^{t} (\bar{y}_{i\cdot} - \bar{y}_{\cdot\cdot})^2$$",
     "SS_{Trt} = b ∑_{i=1}^t (ȳ_{i·} − ȳ_{··})²"),
    (r"$$E(MS_{Error(a)}) = \sigma^2 + b\sigma^2_{w}$$", "E(MS_{Error(a)}) = σ² + b σ²_w"),
    (r"$$t^\star = \frac{\hat{\theta} - \theta_0}{\widehat{s.e.}(\hat{\theta})} \sim t_{\nu}$$",
     r"t^\star = (\hat\theta - \theta_0) se(\hat\theta)^{-1}; t^\star \sim t_\nu"),
    (r"$$-2(\ell_0 - \ell_1) \sim \chi^2_{q}$$", "2ℓ_1 − 2ℓ_0 ~ χ²_q"),
    (r"\( H_0: \sigma^2_u = 0 \) versus \( H_1: \sigma^2_u > 0 \)", "H_0: σ²_u = 0; H_1: σ²_u > 0"),
    (r"$$\sum_{i=1}^a \alpha_i = 0, \quad \sum_{i=1}^a (\alpha\beta)_{ij} = \sum_{j=1}^b (\alpha\beta)_{ij} = 0$$",
     "∑_{i=1}^a α_i = 0; ∑_{i=1}^a (αβ)_ij = ∑_{j=1}^b (αβ)_ij = 0"),
    (r"$$\begin{aligned} Cov(y_{ij}, y_{ij'}) &= Cov(\mu + u_i + e_{ij}, \mu + u_i + e_{ij'}) \\ &= Var(u_i) \\ "
     r"&= \sigma^2_u \end{aligned}$$", "Cov(y_ij, y_{ij'}) = Cov(μ + u_i + ε_ij, μ + u_i + ε_{ij'}) = Var(u_i) = σ²_u"),
    (r"$$\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \boldsymbol{\varepsilon} \tag{1}$$", "y = Xβ + ε"),
    (r"\begin{equation} \label{eq:lmm} \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} \end{equation}",
     "V = ZGZ' + R"),
    (r"$$\bm{y} = \bm{X}\bm{\beta} + \bm{Z}\bm{b} + \bm{\epsilon}$$", "y = Xβ + Zu + ε"),
    (r"$$\pmb{y} = \pmb{X}\pmb{\beta} + \pmb{\epsilon}$$", "y = Xβ + ε"),
    (r"$$y_{ij} \mid b_i \overset{ind}{\sim} N(\mu + b_i, \sigma^2)$$", "y_ij | b_i ~ ind N(μ + b_i, σ²)"),
    (r"$$y_{ijk} = \mu + \alpha_i + \beta_{j(i)} + \varepsilon_{k(ij)}$$", "y_ijk = μ + α_i + β_{j(i)} + ε_{k(ij)}"),
    (r"$$y_{ij} = \beta_0 + \beta_1 t_{ij} + \beta_2 t_{ij}^2 + b_{0i} + b_{1i}t_{ij} + \varepsilon_{ij}$$",
     "y_ij = β_0 + β_1 t_ij + β_2 t_ij² + b_0i + b_1i t_ij + ε_ij"),
    (r"$$Cov(\varepsilon_i, \varepsilon_j) = \sigma^2 \exp(-d_{ij}/\phi)$$", "Cov(ε_i, ε_j) = σ² exp(−(d_ij/φ))"),
    (r"$$Var(y_{ij}) = \mu_{ij} + \frac{\mu_{ij}^2}{k}$$", "Var(y_ij) = μ_ij + μ_ij²/k"),
    (r"$$\mathbf{y} \sim N(\mathbf{\mu}, \mathbf{\Sigma})$$", r"\mathbf{y} \sim N(\boldsymbol\mu, \mathbf{V})"),
    (r"$$Y = X\beta + Zu + \varepsilon, \quad u \sim N(0, G), \quad \varepsilon \sim N(0, R)$$",
     r"\mathbf{Y} = X\beta + Zu + \varepsilon; u \sim N(0, G); \varepsilon \sim N(0, R)"),
    (r"$$V = ZGZ^T + R$$", "V = ZGZ' + R"),
    (r"$$\color{blue}{\mathbf{X}\boldsymbol\beta} + \mathbf{Z}\mathbf{u}$$", "Xβ + Zu"),
    (r"$$\mathbf{u} \perp \boldsymbol\varepsilon$$", "u ⊥ ε"),
    (r"$$R^2 = 1 - \frac{SS_{res}}{SS_{tot}}$$", "R² = (SS_{tot} − SS_{res})/SS_{tot}"),
    (r"$$\text{Var}(\mathbf{y}) = E[\text{Var}(\mathbf{y} \mid \mathbf{u})] + \text{Var}[E(\mathbf{y} \mid "
     r"\mathbf{u})]$$",
     "Var(y) = E(Var(y | u)) + Var(E(y | u))"),
]  # fmt: skip

RCBD = rcbd(treatments=3, blocks=2).vocabulary


def of_model(key: str) -> Tree:
    name = RCBD.lookup(key)
    assert name is not None
    return name.tree


V6, X6, Z6 = of_model("V"), of_model("X"), of_model("Z")
ONE_BLOCK = S2U * ones(3, 3) + S2 * identity(3)
DETERMINANT = s2**4 * (s2 + 3 * s2u) ** 2

OF_A_MODEL: list[tuple[str, Statement]] = [
    # about a randomized complete block design with 3 treatments in 2 blocks, what it says
    (r"\mathbf{V} = \mathbf{I}_2 \otimes (\sigma^2_u\mathbf{J}_3 + \sigma^2\mathbf{I}_3)",
     equation(V6, kron(identity(2), ONE_BLOCK))),
    (r"\mathbf{V}^{-1} = \mathbf{I}_2 \otimes \left(\sigma_u^2\mathbf{J}_3 + \sigma^2\mathbf{I}_3\right)^{-1}",
     equation(V6.inv(), kron(identity(2), ONE_BLOCK.inv()))),
    (r"|\mathbf{V}| = [\sigma^4(\sigma^2 + 3\sigma_u^2)]^2", equation(V6.det(), Scalar(DETERMINANT))),
    (r"\mathbf{Z} = \mathbf{I}_2 \otimes \mathbf{1}_3", equation(Z6, kron(identity(2), ones(3)))),
    (r"\mathbf{X} = \mathbf{1}_2 \otimes \begin{bmatrix} \mathbf{1}_3 & \mathbf{I}_3 \end{bmatrix}",
     equation(X6, kron(ones(2), Block(((ones(3), identity(3)),))))),
    (r"\boldsymbol\beta = (\mu, \tau_1, \tau_2, \tau_3)'",
     equation(of_model("beta"), matrix(["mu", "tau_1", "tau_2", "tau_3"]).T)),
    (r"\mathbf{u} \sim N(\mathbf{0}, \sigma^2_u\mathbf{I}_2)",
     distributed(of_model("u"), "N", zero(2), S2U * identity(2))),
    (r"\text{Var}(\mathbf{y}) = \sigma_u^2\mathbf{Z}\mathbf{Z}' + \sigma^2\mathbf{I}_6",
     equation(Variance(of_model("y")), S2U * (Z6 @ Z6.T) + S2 * identity(6))),
    (r"Cov(y_{11}, y_{21}) = \sigma^2_u", equation(Covariance(r("y_11"), r("y_21")), S2U)),
    (r"Corr(y_{11}, y_{21}) = \frac{\sigma^2_u}{\sigma^2_u+\sigma^2}",
     equation(Applied("Corr", (r("y_11"), r("y_21"))), Scalar(s2u / (s2u + s2)))),
    (r"y_{12} = \mu + \tau_1 + u_2 + e_{12}", elements("y_12", "mu", "tau_1", "u_2", "e_12")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "part"), OF_A_MODEL, ids=[ascii(text) for text, _ in OF_A_MODEL])
def test_a_statement_about_a_model_reads_in_its_names_and_reads_back(text: str, part: Statement) -> None:
    reading = read(text, RCBD)
    assert [meaning(without_places(found)) for found in reading.parts] == [meaning(part)]
    for dialect in DIALECTS:
        written = write(reading, dialect)
        assert meaning(read(written, RCBD).parts) == meaning(reading.parts), written


@pytest.mark.parametrize(("what", "text", "parts"), MATRICES, ids=[ascii(text) for _, text, _ in MATRICES])
def test_a_display_says_what_its_matrices_are(what: str, text: str, parts: list[Statement]) -> None:
    reading = read(text)
    assert [meaning(without_places(part)) for part in reading.parts] == [meaning(part) for part in parts], what
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "line"), LINES, ids=[ascii(text) for text, _ in LINES])
def test_a_display_says_the_same_as_its_line(text: str, line: str) -> None:
    reading, other = read(text), read(line)
    assert reading.kind == other.kind
    assert [meaning(without_places(part)) for part in reading.parts] == [
        meaning(without_places(part)) for part in other.parts
    ]
    assert_reads_back(reading)
