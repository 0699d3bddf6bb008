r"""Statements, matrices and dots as courses write them: relations, distributions, separators, environments, ellipses.

Each row is one formula of one pattern, none of them from the lecture, with all that it should say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import pytest
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Explicit,
    Scalar,
    Scaled,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import (
    Cases,
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Membership,
    Range,
    Statement,
)
from tutor.notation.vocabulary import lecture_vocabulary

s2, s2u = sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)
S2, S2U = Scalar(s2), Scalar(s2u)


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def real(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def r(key: str) -> Scalar:
    return Scalar(real(key))


def number(value: int | sympy.Expr) -> Scalar:
    return Scalar(sympy.sympify(value))


def variance(below: str) -> sympy.Symbol:
    return sympy.Symbol(f"sigma2_{below}", positive=True)


def total(*keys: str) -> Scalar:
    return Scalar(sympy.Add(*map(real, keys)))


X, Z, G, R, V, y, u, e, beta = (lecture(key) for key in ("X", "Z", "G", "R", "V", "y", "u", "e", "beta"))
n, q, t, b = (size(letter) for letter in "nqtb")
ZGZR = Z @ G @ Z.T + R
MODEL = X @ beta + Z @ u + e
rho = real("rho")
AUTOREGRESSION = ByDistance(n, (), rho**DISTANCE)


def made(rows: int, columns: int, entry: Callable[[int, int], sympy.Expr | int]) -> Explicit:
    return Explicit(ImmutableDenseMatrix(rows, columns, [entry(i, j) for i in range(rows) for j in range(columns)]))


def matrix(*rows: Sequence[sympy.Expr | int | str]) -> Explicit:
    entries = [[real(entry) if isinstance(entry, str) else sympy.sympify(entry) for entry in row] for row in rows]
    return Explicit(ImmutableDenseMatrix(entries))


def column(*keys: str) -> Explicit:
    return matrix(*([key] for key in keys))


def equation(*sides: Tree, gap: int | None = None) -> Equation:
    return Equation(sides, 0, 0, gap=gap)


def elements(left: str, *right: str) -> Equation:
    return equation(r(left), total(*right))


def compared(signs: str, *sides: Tree) -> Comparison:
    return Comparison(sides, tuple(signs), 0, 0)


def defined(subject: Tree, value: Tree) -> Definition:
    return Definition(subject, value, 0, 0)


def distributed(
    subject: Tree, family: str, *arguments: Tree, given: tuple[Tree, ...] = (), below: str = "", denied: bool = False,
    manner: str = "",
) -> Distribution:  # fmt: skip
    return Distribution(subject, family, arguments, 0, 0, given, below, denied, manner)


def member(subject: Tree | None, brackets: str, *values: int | sympy.Expr, gap: int | None = None) -> Membership:
    return Membership(subject, tuple(map(number, values)), brackets, gap, 0, 0)


def counted(index: str, last: str | None, first: int = 1) -> Range:
    return Range(index, first, None if last is None else size(last), 0, 0)


def expression(tree: Tree) -> Expression:
    return Expression(tree, 0, 0)


def without_places(part: Statement) -> Statement:
    """A statement with its places, and the order of its terms, taken out."""
    if isinstance(part, Hypothesis):
        relation = without_places(part.relation)
        assert isinstance(relation, Equation | Comparison)
        return Hypothesis(part.name, relation, 0, 0)
    if isinstance(part, Equation):
        return dataclasses.replace(part, start=0, end=0, terms=())
    return dataclasses.replace(part, start=0, end=0)


def bmatrix(*rows: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


DOTS = r"\vdots & \vdots & \ddots & \vdots"
NORMAL_U = distributed(u, "N", zero("q"), G)
NORMAL_E = distributed(e, "N", zero("n"), R)
BLOCK_GR = Block(((G, zero("q", "n")), (zero("n", "q"), R)))
MU, NU, PHI, THETA = r("mu"), r("nu"), r("phi"), r("theta")
NOUGHT = number(0)

RELATIONS: list[tuple[str, str, list[Statement]]] = [
    # text, kind, statements
    # equations and chains
    (r"\mathbf{G} = \sigma^2_w \mathbf{I}_{q}", "equation", [equation(G, Scalar(variance("w")) * identity("q"))]),
    (r"Var(\mathbf{y}) = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} = \mathbf{V}", "equation",
     [equation(Variance(y), ZGZR, V)]),
    (r"\eta_{ij} = g(\mu_{ij}) = \mu + \tau_i", "index-model",
     [equation(r("eta_ij"), Scalar(sympy.Function("g", real=True)(real("mu_ij"))), total("mu", "tau_i"))]),
    (r"\eta = \log(\mu)", "equation", [equation(r("eta"), Scalar(sympy.log(real("mu"))))]),
    (r"\mu_{ij} = \mu + \tau_i = \eta_{ij}", "equation",
     [equation(r("mu_ij"), total("mu", "tau_i"), r("eta_ij"))]),
    (r"E(y_{ij} | u_j) = \mu_{ij}", "equation", [equation(Expectation(r("y_ij|u_j")), r("mu_ij"))]),
    (r"\mathbf{K} = \begin{bmatrix} 1 & -1 \end{bmatrix}", "equation",
     [equation(symbol("K", 1, 2), matrix([1, -1]))]),
    # given
    (r"y_{ijk} \mid u_j, w_k \sim N(\mu_{ijk}, \sigma^2)", "distribution",
     [distributed(r("y_ijk"), "N", r("mu_ijk"), S2, given=(r("u_j"), r("w_k")))]),
    (r"y_{ij} \vert u_j \sim Poisson(\lambda_{ij})", "distribution",
     [distributed(r("y_ij"), "Poisson", r("lambda_ij"), given=(r("u_j"),))]),
    (r"\mathbf{y} \mid \mathbf{u} \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}, \mathbf{R})",
     "distribution", [distributed(y, "N", X @ beta + Z @ u, R, given=(u,))]),
    # definitions
    (r"\mathbf{V} \equiv \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", "definition", [defined(V, ZGZR)]),
    (r"\mathbf{u} \equiv [u_1, u_2, \dots, u_q]'", "definition", [defined(u, u)]),
    ("V := ZGZ' + R", "definition", [defined(V, ZGZR)]),
    (r"\mathbf{L} \triangleq [1, -1]'", "definition",
     [defined(symbol("L", 2, 1), Transpose(matrix([1, -1])))]),
    # order, ≠, ≈, →, ∝
    (r"0 < \rho \leq 1", "other", [compared("<≤", NOUGHT, Scalar(rho), number(1))]),
    (r"-1 < \rho < 1", "other", [compared("<<", number(-1), Scalar(rho), number(1))]),
    (r"\sigma^2_u \geq 0, \quad \sigma^2 > 0", "several", [compared("≥", S2U, NOUGHT), compared(">", S2, NOUGHT)]),
    ("phi <= 1", "other", [compared("≤", PHI, number(1))]),
    (r"\mu_1 \ne \mu_2", "other", [compared("≠", r("mu_1"), r("mu_2"))]),
    (r"\mathbf{V} \approx \mathbf{R}", "other", [compared("≈", V, R)]),
    (r"n \rightarrow \infty", "other", [compared("→", Scalar(n), Scalar(sympy.oo))]),
    (r"\mu \propto \theta", "other", [compared("∝", MU, THETA)]),
    (r"y_i \nsim N(\mu, \sigma^2)", "distribution", [distributed(r("y_i"), "N", MU, S2, denied=True)]),
    # ∈
    (r"\pi_i \in (0, 1)", "other", [member(r("pi_i"), "()", 0, 1)]),
    (r"\theta \in [0, 1]", "other", [member(THETA, "[]", 0, 1)]),
    (r"\rho \in [0, 1)", "other", [member(Scalar(rho), "[)", 0, 1)]),
    (r"\phi \in (0, 10]", "other", [member(PHI, "(]", 0, 10)]),
    (r"\eta \in \left(-\infty, +\infty\right)", "other", [member(r("eta"), "()", -sympy.oo, sympy.oo)]),
    ("μ ∈ (-∞, ∞)", "other", [member(MU, "()", -sympy.oo, sympy.oo)]),
    (r"y_i \in \{0, 1\}", "other", [member(r("y_i"), "{}", 0, 1)]),
    (r"y_i \in \{0, 1, \dots, n\}", "other", [member(r("y_i"), "{}", 0, 1, n, gap=2)]),
    (r"y \in (0, 1, ..., n)", "other", [member(r("y"), "()", 0, 1, n, gap=2)]),
    (r"y_i \in \{0, 1, 2, \dots\}", "other", [member(r("y_i"), "{}", 0, 1, 2, gap=3)]),
    (r"\mu \in \mathbb{R}", "other", [Membership(MU, (), "", None, 0, 0, "R")]),
    (r"\phi \in \mathbb{R}^+", "other", [Membership(PHI, (), "", None, 0, 0, "R+")]),
    (r"y_i \in \mathbb{N}_0", "other", [Membership(r("y_i"), (), "", None, 0, 0, "N0")]),
    # hypotheses
    (r"H_0: \mu_1 = \mu_2", "other", [Hypothesis("H_0", equation(r("mu_1"), r("mu_2")), 0, 0)]),
    (r"H_1: \sigma^2_u > 0", "other", [Hypothesis("H_1", compared(">", S2U, NOUGHT), 0, 0)]),
    (r"H_0: \tau_1 = \tau_2 = \dots = \tau_t = 0 \quad \text{vs.} \quad H_1: \tau_i \neq 0", "several",
     [Hypothesis("H_0", equation(r("tau_1"), r("tau_2"), r("tau_t"), NOUGHT, gap=2), 0, 0),
      Hypothesis("H_1", compared("≠", r("tau_i"), NOUGHT), 0, 0)]),
    # dimensions
    (r"\mathbf{Z}: n \times q", "dimension", [Dimension(Z, n, q, 0, 0)]),
    ("where Z is n × q", "dimension", [Dimension(Z, n, q, 0, 0)]),
    (r"\text{where } \mathbf{Z} \text{ is an } n \times q \text{ matrix}", "dimension", [Dimension(Z, n, q, 0, 0)]),
    (r"\mathbf{X} \in \mathbb{R}^{n \times p}", "dimension", [Dimension(X, n, size("p"), 0, 0)]),
    ("X ∈ ℝ^{n×p}", "dimension", [Dimension(X, n, size("p"), 0, 0)]),
    ("u: q x 1", "dimension", [Dimension(u, q, ONE, 0, 0)]),
]  # fmt: skip

E_IID = distributed(r("e_ij"), "N", NOUGHT, S2, manner="iid")
U_IND = distributed(r("u_j"), "N", NOUGHT, S2U, manner="ind")
U_INDEPENDENT = distributed(r("u_j"), "N", NOUGHT, S2U, manner="independent")

DISTRIBUTIONS: list[tuple[str, str, list[Statement]]] = [
    (r"\boldsymbol{\varepsilon} \sim N_n(\mathbf{0}, \sigma^2 \mathbf{I}_n)", "distribution",
     [distributed(e, "N", zero("n"), S2 * identity("n"), below="n")]),
    (r"\mathbf{u} \sim \mathcal{N}_q(\mathbf{0}, \mathbf{G})", "distribution",
     [distributed(u, "N", zero("q"), G, below="q")]),
    (r"\mathbf{y} \sim \text{MVN}(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})", "distribution",
     [distributed(y, "N", X @ beta, V)]),
    (r"\mathbf{u} \sim MVN (0, \mathbf{G})", "distribution", [NORMAL_U]),
    (r"\tau_i \sim \mathrm{N}(0, \sigma^2_\tau)", "distribution",
     [distributed(r("tau_i"), "N", NOUGHT, Scalar(variance("tau")))]),
    (r"\varepsilon_{ij} \sim i.i.d. N(0, \sigma^2)", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \overset{iid}{\sim} N(0, \sigma^2)", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \sim_{iid} N(0, \sigma^2)", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \sim^{\text{iid}} \mathrm{N}(0, \sigma^2)", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \stackrel{\mathrm{iid}}{\sim} N(0, \sigma^2)", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \sim N(0, \sigma^2) \text{ iid}", "distribution", [E_IID]),
    ("ε_ij ~ iid N(0, σ²)", "distribution", [E_IID]),
    ("ε_ij ~ N(0, σ²), i.i.d.", "distribution", [E_IID]),
    (r"\varepsilon_{ij} \sim NIID(0, \sigma^2)", "distribution", [E_IID]),
    (r"u_j \stackrel{\text{i.i.d.}}{\sim} \mathcal{N}(0, \sigma^2_u)", "distribution",
     [distributed(r("u_j"), "N", NOUGHT, S2U, manner="iid")]),
    (r"u_j \sim \text{ind } N(0, \sigma_u^2)", "distribution", [U_IND]),
    (r"u_j \underset{ind}{\sim} N(0, \sigma_u^2)", "distribution", [U_IND]),
    ("u_j ~ NID(0, σ²_u)", "distribution", [U_IND]),
    ("u_j ~ indep. N(0, σ²_u)", "distribution", [U_IND]),
    (r"u_j \sim N(0, \sigma_u^2), \text{ independent}", "distribution", [U_INDEPENDENT]),
    ("u_j ~ N(0, σ²_u), independent", "distribution", [U_INDEPENDENT]),
    ("ε_ij ~ iid N(0, σ²), u_j ~ N(0, σ²_u), all independent", "several", [E_IID, U_INDEPENDENT]),
    (r"y_{ij} | u_j \overset{\text{ind}}{\sim} \text{Bernoulli}(\pi_{ij})", "distribution",
     [distributed(r("y_ij"), "Bernoulli", r("pi_ij"), given=(r("u_j"),), manner="ind")]),
    (r"F \dot\sim F_{2, 10}", "distribution", [distributed(r("F"), "F", below="2_10", manner="approx")]),
    (r"F \overset{\cdot}{\sim} F_{2, 10}", "distribution", [distributed(r("F"), "F", below="2_10", manner="approx")]),
    (r"y_i \stackrel{approx}{\sim} N(\mu, \sigma^2)", "distribution",
     [distributed(r("y_i"), "N", MU, S2, manner="approx")]),
    (r"\mathbf{u} \sim (\mathbf{0}, \mathbf{G})", "distribution", [distributed(u, "", zero("q"), G)]),
    (r"\varepsilon_i \sim (0, \sigma^2)", "distribution", [distributed(r("e_i"), "", NOUGHT, S2)]),
    (r"y_i \sim t_{\nu}(\mu, \sigma^2)", "distribution", [distributed(r("y_i"), "t", MU, S2, below="nu")]),
    (r"y_i \sim t_3(0, 1)", "distribution", [distributed(r("y_i"), "t", NOUGHT, number(1), below="3")]),
    (r"W \sim \chi^2_{n-p}", "distribution", [distributed(r("W"), "chi2", below="n-p")]),
    (r"\frac{SS_b}{\sigma^2} \sim \chi^2_\nu", "distribution",
     [distributed(Scalar(real("SS_b") / s2), "chi2", below="nu")]),
    (r"F \sim F_{a,b}", "distribution", [distributed(r("F"), "F", below="ab")]),
    (r"F \sim F(2, 12)", "distribution", [distributed(r("F"), "F", number(2), number(12))]),
    (r"y_{ij} \sim P(\mu_{ij}, \phi)", "distribution", [distributed(r("y_ij"), "P", r("mu_ij"), PHI)]),
    (r"y_i \mid \mathbf{u} \sim D(\mu_i, \phi)", "distribution",
     [distributed(r("y_i"), "D", r("mu_i"), PHI, given=(u,))]),
    (r"y_{i} \sim \operatorname{NegBin}(\mu_i, \phi)", "distribution",
     [distributed(r("y_i"), "NegativeBinomial", r("mu_i"), PHI)]),
    (r"y_i \sim \text{Negative Binomial}(\mu_i; \phi)", "distribution",
     [distributed(r("y_i"), "NegativeBinomial", r("mu_i"), PHI)]),
    (r"y \sim Beta(\alpha, \beta)", "distribution", [distributed(r("y"), "Beta", r("alpha"), r("beta"))]),
    (r"y_i \sim \text{Gamma}(\alpha, \theta_i)", "distribution",
     [distributed(r("y_i"), "Gamma", r("alpha"), r("theta_i"))]),
    (r"\sigma \sim Uniform(0, 50)", "distribution",
     [distributed(Scalar(sympy.sqrt(s2)), "Uniform", NOUGHT, number(50))]),
    (r"y_{ij} \sim \mathrm{Bin}(n_{ij}, \pi_{ij})", "distribution",
     [distributed(r("y_ij"), "Binomial", r("n_ij"), r("pi_ij"))]),
    (r"t^\star = \frac{\hat\tau_1}{\phi} \sim t_{12}", "several",
     [equation(r("t_*"), Scalar(real("tauhat_1") / real("phi"))), distributed(r("t_*"), "t", below="12")]),
    (r"u_j, v_k \sim N(0, \sigma^2)", "several",
     [distributed(r("u_j"), "N", NOUGHT, S2), distributed(r("v_k"), "N", NOUGHT, S2)]),
    (r"y_1, \dots, y_n \overset{iid}{\sim} N(\mu, \sigma^2)", "several",
     [distributed(r("y_i"), "N", MU, S2, manner="iid"), Range("i", 1, size("n"), 0, 0)]),
    (r"r_k \sim N(0, \sigma^2_r)", "distribution", [distributed(r("r_k"), "N", NOUGHT, Scalar(variance("r")))]),
    # joint
    (r"\begin{bmatrix}u\\ \varepsilon\end{bmatrix} \sim N\left(\begin{bmatrix}0\\0\end{bmatrix}, "
     r"\begin{bmatrix}G & 0\\ 0 & R\end{bmatrix}\right)", "distribution",
     [distributed(Block(((u,), (e,))), "N", Block(((zero("q"),), (zero("n"),))), BLOCK_GR)]),
    (r"\begin{pmatrix}\mathbf{y}\\ \mathbf{u}\end{pmatrix} \sim MVN\left(\begin{pmatrix}\mathbf{X}\boldsymbol\beta\\"
     r"\mathbf{0}\end{pmatrix}, \begin{pmatrix}\mathbf{V} & \mathbf{Z}\mathbf{G}\\ \mathbf{G}\mathbf{Z}' & \mathbf{G}"
     r"\end{pmatrix}\right)", "distribution",
     [distributed(Block(((y,), (u,))), "N", Block(((X @ beta,), (zero("q"),))),
                  Block(((V, Z @ G), (G @ Z.T, G))))]),
    (r"\begin{bmatrix} u_{0j} \\ u_{1j} \end{bmatrix} \sim N\left( \begin{bmatrix} 0 \\ 0 \end{bmatrix}, "
     r"\begin{bmatrix} \sigma^2_0 & \sigma_{01} \\ & \sigma^2_1 \end{bmatrix} \right)", "distribution",
     [distributed(column("u_0j", "u_1j"), "N", matrix([0], [0]),
                  matrix([variance("0"), "sigma_01"], ["sigma_01", variance("1")]))]),
]  # fmt: skip

SEPARATED: list[tuple[str, str, list[Statement]]] = [
    (r"\begin{align} \mathbf{y} &= \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon} \\ "
     r"\mathbf{u} &\sim N(\mathbf{0}, \mathbf{G}) \\ \boldsymbol{\varepsilon} &\sim N(\mathbf{0}, \mathbf{R}) "
     r"\end{align}", "several", [equation(y, MODEL), NORMAL_U, NORMAL_E]),
    (r"\begin{aligned}[t] Var(\mathbf{y}) &= Var(\mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}) \\ "
     r"&= \mathbf{Z}\mathbf{G}\mathbf{Z}' \\ & \quad + \mathbf{R} \end{aligned}", "equation",
     [equation(Variance(y), Variance(Z @ u + e), ZGZR)]),
    (r"\begin{equation} \label{eq:lmm} \mathbf{R} = \sigma^2 \mathbf{I}_n \tag{3} \end{equation}", "equation",
     [equation(R, S2 * identity("n"))]),
    (r"\begin{gather*} E(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta} \nonumber \\ Var(\mathbf{y}) = \mathbf{V} "
     r"\end{gather*}", "several", [equation(Expectation(y), X @ beta), equation(Variance(y), V)]),
    (r"\begin{equation}\begin{split} \mathbf{V} &= \mathbf{Z}\mathbf{G}\mathbf{Z}' + \\ &\quad \mathbf{R} "
     r"\end{split}\end{equation}", "equation", [equation(V, ZGZR)]),
    (r"\begin{eqnarray} \mu_{i} & = & \mu + \tau_i \\ \eta_{i} & = & \mu_{i} \end{eqnarray}", "index-model",
     [elements("mu_i", "mu", "tau_i"), elements("eta_i", "mu_i")]),
    (r"\begin{alignat}{2} \mathbf{G} &= \sigma^2_u \mathbf{I}_q &&, \\ \mathbf{R} &= \sigma^2 \mathbf{I}_n &&. "
     r"\end{alignat}", "several", [equation(G, S2U * identity("q")), equation(R, S2 * identity("n"))]),
    (r"\begin{array}{rcl} \mathbf{y} & = & \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \boldsymbol\varepsilon "
     r"\\ \mathbf{u} & \sim & N(\mathbf{0}, \mathbf{G}) \end{array}", "several", [equation(y, MODEL), NORMAL_U]),
    (r"$$ \mathbf{R} = \sigma^2 \mathbf{I}_n $$", "equation", [equation(R, S2 * identity("n"))]),
    (r"\[ \mathbf{R} = \sigma^2 \mathbf{I}_n \]", "equation", [equation(R, S2 * identity("n"))]),
    (r"$\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})$ and $\boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})$",
     "several", [NORMAL_U, NORMAL_E]),
    (r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}), \ \boldsymbol{\varepsilon} \sim N(\mathbf{0}, \mathbf{R})", "several",
     [NORMAL_U, NORMAL_E]),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}; \ \ \text{with} \ "
     r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G})", "several", [equation(y, MODEL), NORMAL_U]),
    (r"E(y) = n\pi \\ Var(y) = n\pi(1-\pi)", "several",
     [equation(Expectation(r("y")), Scalar(n * real("pi"))),
      equation(Variance(r("y")), Scalar(n * real("pi") * (1 - real("pi"))))]),
    (r"Var(y_i) = \\ \mu_i + \phi \mu_i^2", "equation",
     [equation(Variance(r("y_i")), Scalar(real("mu_i") + real("phi") * real("mu_i") ** 2))]),
    (r"Var(y_i) = \frac{\nu}{\nu-2}\sigma^2 \text{ for } \\ \nu>2", "several",
     [equation(Variance(r("y_i")), Scalar(real("nu") / (real("nu") - 2) * s2)), compared(">", NU, number(2))]),
    (r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij}, \\ u_j \sim N(0, \sigma^2_u), \\ \varepsilon_{ij} \sim "
     r"N(0, \sigma^2), \\ i = 1, \dots, t, \quad j = 1, 2, ..., b", "index-model",
     [elements("y_ij", "mu", "tau_i", "u_j", "e_ij"), distributed(r("u_j"), "N", NOUGHT, S2U),
      distributed(r("e_ij"), "N", NOUGHT, S2), counted("i", "t"), counted("j", "b")]),
    (r"y_{ij} = \mu + u_i + \varepsilon_{ij}, \text{ where } u_i \overset{iid}{\sim} N(0, \sigma_u^2) \text{ and } "
     r"cov(u_i, \varepsilon_{ij}) = 0", "index-model",
     [elements("y_ij", "mu", "u_i", "e_ij"), distributed(r("u_i"), "N", NOUGHT, S2U, manner="iid"),
      equation(Covariance(r("u_i"), r("e_ij")), NOUGHT)]),
    ("i = 1, …, t; j = 1, …, r", "several", [counted("i", "t"), counted("j", "r")]),
    (r"\tau_i = 0 \text{ for all } i", "equation", [equation(r("tau_i"), NOUGHT)]),
    ("G = σ²_u I_q\nR = σ² I_n", "several", [equation(G, S2U * identity("q")), equation(R, S2 * identity("n"))]),
    ("V = ZGZ'\n + R", "equation", [equation(V, ZGZR)]),
    (r"\left\{ \begin{array}{l} y_{ij} = \mu + u_j + \varepsilon_{ij} \\ u_j \sim N(0, \sigma^2_u) \end{array} \right.",
     "index-model", [elements("y_ij", "mu", "u_j", "e_ij"), distributed(r("u_j"), "N", NOUGHT, S2U)]),
    (r"\begin{cases} y_{ij} = \mu + u_j + \varepsilon_{ij} \\ u_j \sim N(0, \sigma^2_u) \end{cases}",
     "index-model", [elements("y_ij", "mu", "u_j", "e_ij"), distributed(r("u_j"), "N", NOUGHT, S2U)]),
    (r"\left\{ \begin{aligned} \mathbf{y} &= \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + "
     r"\boldsymbol\varepsilon \\ \mathbf{u} &\sim N(\mathbf{0}, \mathbf{G}) \end{aligned} \right.", "several",
     [equation(y, MODEL), NORMAL_U]),
    # cases
    (r"x_{1i} = \begin{cases} 1, & \text{if treatment A} \\ 0, & \text{otherwise.} \end{cases}", "other",
     [Cases(r("x_1i"), (number(1), NOUGHT), ("if treatment A", "otherwise"), 0, 0)]),
    (r"Cov(y_{ij}, y_{kl}) = \begin{cases} \sigma^2 + \sigma^2_u & i = k, j = l \\ \sigma^2_u & j = l \\ 0 & "
     r"\text{else} \end{cases}", "other",
     [Cases(Covariance(r("y_ij"), r("y_kl")), (Scalar(s2 + s2u), S2U, NOUGHT), ("i = k, j = l", "j = l", "else"),
            0, 0)]),
    (r"z_{i} = \left\{ \begin{array}{ll} 1 & \text{if plot } i \text{ is treated} \\ 0 & \text{otherwise} \end{array} "
     r"\right.", "other",
     [Cases(r("z_i"), (number(1), NOUGHT), ("if plot i is treated", "otherwise"), 0, 0)]),
]  # fmt: skip

LABELLED = matrix([1, 0], [1, 1], [1, 2])
ENVIRONMENTS: list[tuple[str, Tree]] = [
    (r"\begin{pmatrix} 1 & 0.5 \\ 0.5 & 1 \end{pmatrix}", matrix([1, sympy.Rational(1, 2)], [sympy.Rational(1, 2), 1])),
    (r"\left[ \begin{array}{cc} \sigma^2 & 0 \\ 0 & \sigma^2 \end{array} \right]", matrix([s2, 0], [0, s2])),
    (r"\left(\begin{smallmatrix} 1 & 2 \\ 3 & 4 \end{smallmatrix}\right)", matrix([1, 2], [3, 4])),
    (r"\begin{Bmatrix} y_{1} \\ y_{2} \end{Bmatrix}", column("y_1", "y_2")),
    (r"\sigma^2 \begin{bmatrix} 1 & \rho \\ \rho & 1\end{bmatrix}",
     Scaled(S2, matrix([1, rho], [rho, 1]))),
    (r"\begin{bmatrix} 1 & \rho \\ \rho & 1\end{bmatrix} \sigma^2_u", Scaled(S2U, matrix([1, rho], [rho, 1]))),
    (r"\begin{vmatrix} 1 & \rho \\ \rho & 1 \end{vmatrix}", matrix([1, rho], [rho, 1]).det()),
    (r"\begin{bmatrix} 1 & 2 \\[2pt] 3 & 4 \\ \end{bmatrix}", matrix([1, 2], [3, 4])),
    (r"\begin{bmatrix} 1 & 2 \cr 3 & 4 \cr \end{bmatrix}", matrix([1, 2], [3, 4])),
    (r"\left[\begin{array}{rr|r} 1 & 2 & 3 \\ \hline 4 & 5 & 6 \\ \hdashline 7 & 8 & 9 \end{array}\right]",
     matrix([1, 2, 3], [4, 5, 6], [7, 8, 9])),
    (r"\left[\begin{array}{c:c} 1 & 2 \\ \cline{1-2} 3 & 4 \\ \cdashline{1-2} 5 & 6 \end{array}\right]",
     matrix([1, 2], [3, 4], [5, 6])),
    (r"\left(\begin{array}{c|c} \mathbf{G} & \mathbf{0} \\ \hline \mathbf{0} & \mathbf{R} \end{array}\right)",
     BLOCK_GR),
    (r"\begin{bmatrix} \mathbf{G} & \\ & \mathbf{R} \end{bmatrix}", BLOCK_GR),
    (r"\begin{bmatrix} \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} & 0 \\ 0 & \mathbf{I}_2 \end{bmatrix}",
     Block(((matrix([1, 2], [3, 4]), zero(2, 2)), (zero(2, 2), identity(2))))),
    (r"\begin{bmatrix} \begin{bmatrix} V \end{bmatrix} \end{bmatrix}", V),
    # labels
    (r"\begin{array}{cc} \text{Int} \phantom{-} \text{day} \\ \begin{bmatrix} 1 & 0 \\ 1 & 1 \\ 1 & 2 \end{bmatrix} "
     r"\end{array}", LABELLED),
    (r"\begin{array}{c} \begin{array}{cc} \beta_0 & \beta_1 \end{array} \\ \left[\begin{array}{cc} 1 & 0 \\ 1 & 1 \\ "
     r"1 & 2 \end{array}\right] \end{array}", LABELLED),
    (r"\begin{matrix} & \begin{matrix} \text{a} & \text{b} \end{matrix} \\ \begin{matrix} y_1 \\ y_2 \\ y_3 "
     r"\end{matrix} & \begin{bmatrix} 1 & 0 \\ 1 & 1 \\ 1 & 2 \end{bmatrix} \end{matrix}", LABELLED),
    (r"\bordermatrix{ & \mu & \tau_1 \cr y_{11} & 1 & 0 \cr y_{21} & 1 & 1 \cr y_{31} & 1 & 2 \cr}", LABELLED),
    (r"\begin{array}{l|cc} & \text{Int} & \text{day} \\ \hline \text{a} & 1 & 0 \\ \text{b} & 1 & 1 \\ \text{c} & 1 & "
     r"2 \end{array}", LABELLED),
    (r"\left[\begin{array}{ccc} \multicolumn{2}{c}{0} & 1 \\ 1 & 2 & 3 \end{array}\right]",
     matrix([0, 0, 1], [1, 2, 3])),
    # blank cells
    (r"\begin{bmatrix} \sigma^2_1 & & \\ & \sigma^2_2 & \\ & & \sigma^2_3 \end{bmatrix}",
     made(3, 3, lambda i, j: variance(str(i + 1)) if i == j else 0)),
    (r"\begin{bmatrix} 1 & \\ 1 & \\ & 1 \\ & 1 \end{bmatrix}", matrix([1, 0], [1, 0], [0, 1], [0, 1])),
    (r"\begin{pmatrix} & 1 \\ 1 & \end{pmatrix}", matrix([0, 1], [1, 0])),
    # a matrix as a bracket
    (r"\exp \begin{bmatrix} -\frac{\mu}{2} \end{bmatrix}", Scalar(sympy.exp(-real("mu") / 2))),
    (r"\log \begin{pmatrix} \mu \end{pmatrix}", Scalar(sympy.log(real("mu")))),
    (r"Var\begin{bmatrix} u_1 \\ u_2 \end{bmatrix}", Variance(column("u_1", "u_2"))),
    (r"\begin{bmatrix} Var(u_1) & Cov(u_1, u_2) \\ Cov(u_2, u_1) & Var(u_2) \end{bmatrix}",
     Block(((Variance(r("u_1")), Covariance(r("u_1"), r("u_2"))),
            (Covariance(r("u_2"), r("u_1")), Variance(r("u_2")))))),
    # drawn by a terminal
    ("⎡1  0⎤\n⎣0  1⎦", matrix([1, 0], [0, 1])),
    ("⎡ σ² + σ²_u    σ²_u    ⎤\n⎢    0          0      ⎥\n⎣   σ²_u     σ² + σ²_u ⎦",
     matrix([s2 + s2u, s2u], [0, 0], [s2u, s2 + s2u])),
    ("     ⎛1  0⎞\nI₂ ⊗ ⎜0  1⎟\n     ⎝1  1⎠", kron(identity(2), matrix([1, 0], [0, 1], [1, 1]))),
    ("⎡1  0⎤   ⎡2  0⎤\n⎣0  1⎦ + ⎣0  2⎦", matrix([1, 0], [0, 1]) + matrix([2, 0], [0, 2])),
    ("     a   b\ny_1  ⎡ 1   0 ⎤\ny_2  ⎣ 1   1 ⎦   2 × 2", matrix([1, 0], [1, 1])),
    ("[ 1  2  3 ]", matrix([1, 2, 3])),
]  # fmt: skip

MIRRORED: list[tuple[str, Explicit]] = [
    (r"\mathbf{R} = \sigma^2 \begin{bmatrix} 1 & & \\ \rho & 1 & \\ \rho^2 & \rho & 1 \end{bmatrix}",
     made(3, 3, lambda i, j: rho ** abs(i - j))),
    (r"Var(\mathbf{y}) = 2 \begin{pmatrix} \sigma^2 & \sigma^2_u \\ & \sigma^2 \end{pmatrix}",
     matrix([s2, s2u], [s2u, s2])),
    (r"\mathbf{G} = 3 \begin{bmatrix} 1 \\ \rho & 1 \\ \rho & \rho & 1 \end{bmatrix}",
     made(3, 3, lambda i, j: 1 if i == j else rho)),
]  # fmt: skip


def powers(corner: str, before: str, beyond: str) -> str:
    return bmatrix(
        rf"1 & \rho & \rho^2 & \dots & \rho^{{{corner}}}", rf"\rho & 1 & \rho & \dots & \rho^{{{before}}}",
        r"\vdots & \vdots & \vdots & \ddots & \vdots", rf"\rho^{{{corner}}} & \rho^{{{before}}} & {beyond} & \dots & 1",
    )  # fmt: skip


IDENTITY_LOST = bmatrix(r"1 & 0 & \dots & 0", r"0 & 1 & \dots & 0", DOTS, r"0 & 0 & \dots 1")
BANDED = bmatrix(r"2 & -1 & 0 & \dots & 0", r"-1 & 2 & -1 & \dots & 0", r"\vdots & \ddots & \ddots & \ddots & \vdots",
                 r"0 & 0 & 0 & \dots & 2")  # fmt: skip
BY_TWO = [f"y_{i}{j}" for i in (1, 2) for j in (1, 2, 3)]
BY_ONE = [f"y_{i}{j}" for j in (1, 2, 3) for i in (1, 2)]

ELLIPSES: list[tuple[str, Tree]] = [
    # the autoregression of letter size, and other matrices by distance
    (powers("n-1", "n-2", r"\rho^{n-3}"), AUTOREGRESSION),
    (r"\sigma^2 " + powers("t-1", "t-2", r"\rho^{t-3}"), Scaled(S2, ByDistance(t, (), rho**DISTANCE))),
    (powers("5", "4", r"\rho^3"), made(6, 6, lambda i, j: rho ** abs(i - j))),
    (r"\mathbf{I}_n + " + BANDED, identity("n") + ByDistance(n, (sympy.Integer(2), sympy.Integer(-1)), sympy.S.Zero)),
    (r"\mathbf{I}_5 + " + BANDED,
     identity(5) + made(5, 5, lambda i, j: {0: 2, 1: -1}.get(abs(i - j), 0))),
    # a lost &
    (IDENTITY_LOST + "_{4}", made(4, 4, lambda i, j: int(i == j))),
    (bmatrix(r"\sigma^2 & \dots & 0", r"\vdots & \ddots & \vdots", r"0 \dots & \sigma^2") + "_{3}",
     made(3, 3, lambda i, j: s2 if i == j else 0)),
    (bmatrix("1 & x_1", "1 & x_2", r"\vdots", "1 & x_6"),
     made(6, 2, lambda i, j: real(f"x_{i + 1}") if j else sympy.S.One)),
    # indices of several digits, and of two letters
    (bmatrix(r"x_{1,1} & x_{1,2} & \dots & x_{1,5}", r"x_{2,1} & x_{2,2} & \dots & x_{2,5}", DOTS,
             r"x_{20,1} & x_{20,2} & \dots & x_{20,5}"),
     made(20, 5, lambda i, j: real(f"x_{i + 1}{j + 1}" if i < 9 else f"x_{i + 1}_{j + 1}"))),
    (bmatrix(r"x_{1,1} & \dots & x_{1,12}", r"\vdots & \ddots & \vdots", r"x_{11,1} & \dots & x_{11,12}"),
     made(11, 12, lambda i, j: real(f"x_{i + 1}{j + 1}" if max(i, j) < 9 else f"x_{i + 1}_{j + 1}"))),
    (bmatrix(r"x_{11} & x_{12} & \dots & x_{1p}", r"x_{21} & x_{22} & \dots & x_{2p}", DOTS,
             r"x_{n1} & x_{n2} & \dots & x_{np}"), X),
    (bmatrix(r"z_{11} & \dots & z_{1q}", r"\vdots & & \vdots", r"z_{n1} & \dots & z_{nq}"), Z),
    (bmatrix(r"1 & x_{11} & \dots & x_{1p}", r"1 & x_{21} & \dots & x_{2p}", DOTS, r"1 & x_{n1} & \dots & x_{np}"),
     Block(((ones("n"), X),))),
    # lists and vectors
    (r"diag(\sigma^2_1, \dots, \sigma^2_4)", made(4, 4, lambda i, j: variance(str(i + 1)) if i == j else 0)),
    (r"[y_1, y_2, ..., y_n]'", y),
    (r"(u_1, \dots, u_q)^T", u),
    (bmatrix(r"y_{11}", r"y_{12}", r"\vdots", "y_{23}"), column(*BY_TWO)),
    (bmatrix(r"y_{11}", r"y_{21}", r"\vdots", "y_{23}"), column(*BY_ONE)),
    (bmatrix(r"y_{11}", r"y_{12}", r"\vdots", "y_{tb}"), Symbol("y", t * b, ONE)),
    (bmatrix(r"\mu", r"\tau_1", r"\vdots", r"\tau_4"), column("mu", "tau_1", "tau_2", "tau_3", "tau_4")),
    (bmatrix(r"\mu", r"\tau_1", r"\vdots", r"\tau_t"), Block(((MU,), (Symbol("tau", t, ONE),)))),
    (bmatrix(r"\mu", r"\tau_1", r"\vdots", r"\tau_3", r"\rho_1", r"\vdots", r"\rho_3"),
     column("mu", "tau_1", "tau_2", "tau_3", "rho_1", "rho_2", "rho_3")),
    # blocks
    (bmatrix(r"\mathbf{R}_1 & \mathbf{0} & \dots & \mathbf{0}", r"\mathbf{0} & \mathbf{R}_2 & \dots & \mathbf{0}",
             DOTS, r"\mathbf{0} & \mathbf{0} & \dots & \mathbf{R}_4"),
     BlockDiagonal(tuple(Symbol(f"R_{i}", n, n, "unknown", frozenset({"symmetric", "positive definite"}))
                         for i in (1, 2, 3, 4)))),
    (bmatrix(r"\mathbf{y}_1", r"\vdots", r"\mathbf{y}_3"),
     Block(tuple((Symbol(f"y_{i}", n, ONE),) for i in (1, 2, 3)))),
    (bmatrix(r"\mathbf{y}_1", r"\mathbf{y}_2", r"\vdots", r"\mathbf{y}_b"), Symbol("y", n * b, ONE)),
]  # fmt: skip

LISTS: list[tuple[str, Statement]] = [
    (r"0, 1, 2, \dots", member(None, "", 0, 1, 2, gap=3)),
    (r"(0, 1, \dots, n)", member(None, "()", 0, 1, n, gap=2)),
    (r"\frac{1}{N}, \dots, \frac{N}{N}", member(None, "", 1 / size("N"), 1, gap=1)),
    (r"\frac1N, \frac2N, \dots, \frac NN", member(None, "", 1 / size("N"), 2 / size("N"), 1, gap=2)),
    (r"y_i = \frac{0}{N}, \frac{1}{N}, \dots, \frac{N}{N}", member(r("y_i"), "", 0, 1 / size("N"), 1, gap=2)),
    (r"y = 0, 1, 2, \dots", counted("y", None, 0)),
    (r"y = 0, 1, \dots, n", counted("y", "n", 0)),
]  # fmt: skip

STATEMENTS = [*RELATIONS, *DISTRIBUTIONS, *SEPARATED]


@pytest.mark.parametrize(("text", "kind", "parts"), STATEMENTS, ids=[ascii(text) for text, *_ in STATEMENTS])
def test_a_display_says_what_was_written(text: str, kind: str, parts: list[Statement]) -> None:
    reading = read(text)
    assert [without_places(part) for part in reading.parts] == parts
    assert reading.kind == kind


EXPRESSIONS = [*ENVIRONMENTS, *ELLIPSES]


@pytest.mark.parametrize(("text", "tree"), EXPRESSIONS, ids=[ascii(text) for text, _ in EXPRESSIONS])
def test_a_matrix_is_the_one_that_was_written(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


@pytest.mark.parametrize(("text", "part"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_keeps_its_gap(text: str, part: Statement) -> None:
    assert [without_places(found) for found in read(text).parts] == [part]


@pytest.mark.parametrize(("text", "entries"), MIRRORED, ids=[text for text, _ in MIRRORED])
def test_a_blank_triangle_of_a_covariance_matrix_mirrors_the_other(text: str, entries: Explicit) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Equation)
    side = part.sides[1]
    assert isinstance(side, Scaled) and side.tree == entries


def test_blank_cells_are_remarked_on_where_they_are_zeros() -> None:
    keys = [finding.key for finding in read(bmatrix("1 &", "1 &", "& 1")).findings]
    assert keys == ["blank-cells"]
    assert read(bmatrix(r"\sigma^2 & &", r"& \ddots &", r"& & \sigma^2") + "_{3}").findings == ()


REFUSED: list[tuple[str, str]] = [
    # text, kind
    (bmatrix("1 & ", r"\rho & 1"), "missing-operand"),  # nothing tells that it is a covariance matrix
    (bmatrix(r"1 & \rho & 0", r"\rho & & 0", "0 & 0 & 1"), "missing-operand"),  # an entry was forgotten
    (bmatrix("& &"), "missing-operand"),
    (bmatrix(r"\multicolumn{2}{c}{3}", "1 & 2"), "spanning-cell"),
    (bmatrix("1 & 2", "3"), "ragged-row"),
    (bmatrix("y_{11}", r"\vdots", "y_{tb}"), "ellipsis"),  # which index runs first?
    (r"[y_1, y_3, \dots, y_9, \dots, y_{20}]", "ellipsis"),
    (IDENTITY_LOST, "ellipsis"),
    (r"1 + \infty", "infinity"),
    (r"\infty \mathbf{I}_3", "infinity"),
    (r"\mathbf{V}^{\infty}", "infinity"),
    ("⎡1  0⎤\n ⎣0  1⎦", "unbalanced"),
    ("2 ⎡1  0⎤ + ⎡1  0⎤\n3 ⎣0  1⎦   ⎣0  1⎦", "unexpected"),
    (r"\mathbf{Z}: q \times n", "wrong-dimension"),
    (r"\mu \in", "missing-operand"),
    (r"\theta \in (0, 1", "unbalanced"),
    (r"\tau_1 = \dots = \tau_2 = \dots = \tau_t", "ellipsis"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), REFUSED, ids=[ascii(text) for text, _ in REFUSED])
def test_what_is_not_certain_is_refused_in_words(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind
    assert caught.value.problem and caught.value.start is not None


def test_an_interval_is_told_from_a_list() -> None:
    intervals = [r"\rho \in (0, 1)", r"\rho \in [0, 1)", r"\rho \in \{0, 1\}", r"\rho \in (0, \dots, 1)"]
    told = [part.is_interval for text in intervals for part in read(text).parts if isinstance(part, Membership)]
    assert told == [True, True, False, False]


def test_a_name_that_a_display_brings_is_known_further_down() -> None:
    first, second = read(r"\mathbf{K} = \begin{bmatrix} 1 & -1 \end{bmatrix}, \quad E(\mathbf{K}\mathbf{K}') = 2").parts
    K = symbol("K", 1, 2)
    assert isinstance(first, Equation) and first.sides[0] == K
    assert isinstance(second, Equation) and second.sides[0] == Expectation(K @ K.T)


def test_a_model_brings_no_new_names() -> None:
    with pytest.raises(ReadError) as caught:
        read("K = ZGZ' + R", rcbd(treatments=3, blocks=4).vocabulary)
    assert caught.value.kind == "unknown-name"


def test_a_model_tells_how_far_the_indices_of_a_vector_run() -> None:
    model = rcbd(treatments=3, blocks=2)
    written = read(bmatrix("y_{11}", "y_{21}", r"\vdots", "y_{tb}"), model.vocabulary).tree
    assert written == column("y_11", "y_21", "y_31", "y_12", "y_22", "y_32")
    effects = read(bmatrix(r"\mu", r"\tau_1", r"\vdots", r"\tau_t"), model.vocabulary).tree
    assert isinstance(effects, Explicit) and [str(entry) for entry in effects.matrix] == [
        "mu",
        "tau_1",
        "tau_2",
        "tau_3",
    ]


def test_the_letter_of_the_book_gives_way_to_the_size_that_is_known() -> None:
    (part,) = read(r"\mathbf{I}_4 = " + powers("t-1", "t-2", r"\rho^{t-3}")).parts
    assert isinstance(part, Equation) and part.sides[1] == made(4, 4, lambda i, j: rho ** abs(i - j))


def test_zeros_of_a_mean_take_the_heights_of_its_blocks() -> None:
    stacked = bmatrix(r"\mathbf{u}", r"\boldsymbol\varepsilon")
    (part,) = read(rf"E\left({stacked}\right) = " + bmatrix("0", "0")).parts
    assert isinstance(part, Equation)
    assert part.sides[1] == Block(((Zero(q, ONE),), (Zero(n, ONE),)))
