r"""Equations, definitions and distributions, alone and several in one display; the lecture's own displays."""

from __future__ import annotations

import pytest
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, symbol, zero
from tutor.algebra.nodes import Block, Covariance, Expectation, Explicit, Scalar, Scaled, Symbol, Variance
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.notation.read import read
from tutor.notation.statement import Definition, Distribution, Equation, Expression, Statement
from tutor.notation.vocabulary import lecture_vocabulary

s2, s2u = sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)
S2, S2U = Scalar(s2), Scalar(s2u)


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def real(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def number(value: int) -> Scalar:
    return Scalar(sympy.Integer(value))


def matrix(*rows: list[sympy.Expr | int | str]) -> Explicit:
    entries = [[real(entry) if isinstance(entry, str) else sympy.sympify(entry) for entry in row] for row in rows]
    return Explicit(ImmutableDenseMatrix(entries))


X, Z, G, R, V, y, u, e, beta = (lecture(key) for key in ("X", "Z", "G", "R", "V", "y", "u", "e", "beta"))
ZGZR = Z @ G @ Z.T + R
MODEL = X @ beta + Z @ u + e
NORMAL_E = Distribution(Scalar(real("e")), "N", (number(0), S2), 0, 0)
HALF = sympy.Rational(3, 5)


def without_places(parts: tuple[Statement, ...]) -> list[object]:
    """What the statements say, apart from where."""
    told: list[object] = []
    for part in parts:
        match part:
            case Expression():
                told.append(part.tree)
            case Equation():
                told.append(("=", part.sides))
            case Definition():
                told.append(("≡", part.subject, part.value))
            case Distribution():
                told.append(("~", part.subject, part.given, part.family, part.arguments))
    return told


def equation(*sides: Tree) -> object:
    return ("=", sides)


def definition(subject: Tree, value: Tree | None) -> object:
    return ("≡", subject, value)


def distributed(subject: Tree, family: str, *arguments: Tree, given: tuple[Tree, ...] = ()) -> object:
    return ("~", subject, given, family, arguments)


def index_equation(left: str, *right: str) -> object:
    return equation(Scalar(real(left)), Scalar(sympy.Add(*map(real, right))))


STATEMENTS: list[tuple[str, str, list[object]]] = [
    ("V = ZGZ' + R", "equation", [equation(V, ZGZR)]),
    (r"\mathbf{V} = \mathbf{ZGZ}' + \mathbf{R}", "equation", [equation(V, ZGZR)]),
    (r"\operatorname{Var}(\mathbf{y}) = \mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", "equation",
     [equation(Variance(y), V, ZGZR)]),
    ("Var(y) = ZGZ' + R", "equation", [equation(Variance(y), ZGZR)]),
    ("Var(y) == Z @ G @ Z.T + R", "equation", [equation(Variance(y), ZGZR)]),
    (r"E(\mathbf{y}) = \mathbf{X}\boldsymbol{\beta}", "equation", [equation(Expectation(y), X @ beta)]),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}", "equation",
     [equation(y, MODEL)]),
    (r"\begin{align} \mathbf{y} &= \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} \\ &\quad + "
     r"\boldsymbol{\varepsilon} \end{align}",
     "equation", [equation(y, MODEL)]),
    (r"\begin{aligned} V &= Var(y) \\ &= ZGZ' + R \end{aligned}", "equation", [equation(V, Variance(y), ZGZR)]),
    (r"$V$ = $ZGZ' + R$", "equation", [equation(V, ZGZR)]),
    (r"E(\mathbf{u}) = \mathbf{0}", "equation", [equation(Expectation(u), zero("q"))]),
    (r"E(\mathbf{u}) = 0", "equation", [equation(Expectation(u), zero("q"))]),
    (r"\text{cov}(u, \varepsilon)=0", "equation", [equation(Covariance(u, e), zero("q", "n"))]),
    (r"\mathbf{R} = \sigma^2 \mathbf{I}", "equation", [equation(R, S2 * identity("n"))]),
    (r"\mathbf{R} = \sigma^2 \mathbf{I},", "equation", [equation(R, S2 * identity("n"))]),
    (r"\mathbf{G} = \sigma^2_u \mathbf{I}_q", "equation", [equation(G, S2U * identity("q"))]),
    (r"\Sigma = \sigma^2 \mathbf{I}", "equation", [equation(V, S2 * identity("n"))]),
    (r"\mathbf{I}_{4 \times 4} = \begin{bmatrix} 1 & 0 & 0 & 0 \\ 0 & 1 & 0 & 0 \\ 0 & 0 & 1 & 0 \\ 0 & 0 & 0 & "
     r"1  \end{bmatrix}",
     "equation", [equation(identity(4), Explicit(ImmutableDenseMatrix(sympy.eye(4))))]),
    (r"\mathbf{I} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", "equation",
     [equation(identity(2), Explicit(ImmutableDenseMatrix(sympy.eye(2))))]),
    ("n = 4", "equation", [equation(Scalar(size("n")), number(4))]),
    ("y = 4", "equation", [equation(Scalar(real("y")), number(4))]),
    (r"E(y_i)=\mu_i=\beta_0+x_i\beta_1", "equation",
     [equation(Expectation(Scalar(real("y_i"))), Scalar(real("mu_i")),
               Scalar(real("beta_0") + real("x_i") * real("beta_1")))]),
    (r"\mathbf{y} \equiv [y_1, y_2, ..., y_n]'", "definition", [definition(y, y)]),
    (r"\boldsymbol{\beta} \equiv [\beta_1, \beta_2, ..., \beta_p]'", "definition", [definition(beta, beta)]),
    (r"\boldsymbol{u}  \equiv [u_1, u_2, ..., u_k]'", "definition", [definition(u, symbol("u", "k"))]),
    (r"\mathbf{y} \equiv (y_1, y_2, ..., y_n)'", "definition", [definition(y, y)]),
    (r"\mathbf{x}_1 \equiv (x_{1,1}, x_{1, 2}, ..., x_{1, n})", "definition",
     [definition(symbol("x_1", "n"), symbol("x_1", "n").T)]),
    (r"\mathbf{x}_1 \equiv (x_{1,1}, ..., x_{1, n}) \\ \mathbf{x}_2 \equiv (x_{2,1}, ..., x_{2, n})", "several",
     [definition(symbol("x_1", "n"), symbol("x_1", "n").T), definition(symbol("x_2", "n"), symbol("x_2", "n").T)]),
    (r"\mathbf{X}_{n\times p} \equiv \begin{bmatrix} \end{bmatrix}", "definition", [definition(X, None)]),
    (r"\boldsymbol{\beta} \equiv (\beta_0, \beta_1, ..., \beta_p)'", "definition",
     [definition(beta, Symbol("beta", size("p") + 1, sympy.S.One))]),
    (r"V := ZGZ' + R", "definition", [definition(V, ZGZR)]),
    ("V ≡ ZGZ' + R", "definition", [definition(V, ZGZR)]),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})", "distribution", [distributed(y, "N",
     X @ beta, V)]),
    (r"\mathbf{y} \sim \mathcal{N}(\mathbf{X}\boldsymbol\beta, \mathbf{V})", "distribution",
     [distributed(y, "N", X @ beta, V)]),
    (r"\mathbf{y} \sim N_n(\mathbf{X}\boldsymbol\beta, \mathbf{V})", "distribution", [distributed(y, "N",
     X @ beta, V)]),
    (r"\mathbf{y} \sim \text{MVN}\left(\mathbf{X}\boldsymbol\beta,\; \mathbf{V}\right)", "distribution",
     [distributed(y, "N", X @ beta, V)]),
    (r"\mathbf{y} \sim \operatorname{Normal}(X\beta, V)", "distribution", [distributed(y, "N", X @ beta, V)]),
    ("y ~ N(Xβ, V)", "distribution", [distributed(y, "N", X @ beta, V)]),
    ("y ∼ N(Xβ, ZGZ' + R)", "distribution", [distributed(y, "N", X @ beta, ZGZR)]),
    (r"\mathbf{u} \sim MVN (\boldsymbol{0}, \mathbf{G})", "distribution", [distributed(u, "N", zero("q"), G)]),
    (r"\mathbf{u} \sim N(0, \sigma^2_u\mathbf{I})", "distribution", [distributed(u, "N", zero("q"),
     S2U * identity("q"))]),
    (r"\boldsymbol\varepsilon \sim N(\mathbf{0}, \sigma^2\mathbf{I}_n)", "distribution",
     [distributed(e, "N", zero("n"), S2 * identity("n"))]),
    (r"u_j \sim N(0, \sigma^2_u)", "distribution", [distributed(Scalar(real("u_j")), "N", number(0), S2U)]),
    (r"\varepsilon_{ij} \overset{iid}{\sim} N(0, \sigma^2)", "distribution",
     [distributed(Scalar(real("e_ij")), "N", number(0), S2)]),
    (r"\varepsilon_{ij} \sim \text{iid } N(0, \sigma^2)", "distribution",
     [distributed(Scalar(real("e_ij")), "N", number(0), S2)]),
    (r"\varepsilon \sim i.i.d. N(0, \; \sigma^2_\varepsilon)", "distribution",
     [distributed(Scalar(real("e")), "N", number(0), S2)]),
    (r"y_{ij}|u_j \sim N(\mu_{ij}, \sigma^2)", "distribution",
     [distributed(Scalar(real("y_ij")), "N", Scalar(real("mu_ij")), S2, given=(Scalar(real("u_j")),))]),
    (r"\mathbf{y} \mid \mathbf{u} \sim N(X\beta + Zu, R)", "distribution",
     [distributed(y, "N", X @ beta + Z @ u, R, given=(u,))]),
    (r"\mathbf{y} \sim(\boldsymbol{\mu}, \mathbf{\Sigma})", "distribution", [distributed(y, "", symbol("mu", "n"), V)]),
    (r"y_i \sim Poisson(\mu)", "distribution", [distributed(Scalar(real("y_i")), "Poisson", Scalar(real("mu")))]),
    (r"\begin{bmatrix}y_1 \\ y_2 \end{bmatrix} \sim MVN \left( \begin{bmatrix} 10 \\ 8 \end{bmatrix} , "
     r"\begin{bmatrix}1 & 0.6 \\ 0.6 & 1 \end{bmatrix} \right)",
     "distribution",
     [distributed(matrix(["y_1"], ["y_2"]), "N", matrix([10], [8]), matrix([1, HALF], [HALF, 1]))]),
    (r"\mathbf{y}_{n \times 1} \sim N(\boldsymbol{\mu}_{n \times 1}, \sigma^2\mathbf{I}_{n \times n}),  ",
     "distribution",
     [distributed(y, "N", symbol("mu", "n"), S2 * identity("n"))]),
    (r"\begin{bmatrix}\mathbf{u}\\ \boldsymbol{\varepsilon}\end{bmatrix} \sim N\left(\mathbf{0}, "
     r"\begin{bmatrix}\sigma^2_u\mathbf{I} & 0 \\ 0 & \sigma^2\mathbf{I} \end{bmatrix}\right)",
     "distribution",
     [distributed(Block(((u,), (e,))), "N", zero(size("q") + size("n")),
                  Block(((S2U * identity("q"), zero("q", "n")), (zero("n", "q"), S2 * identity("n")))))]),
    (r"y_{i} = \beta_0 + x_{i} \beta_1 + \varepsilon_{i}, \\ \varepsilon_i \sim N(0, \sigma^2),", "index-model",
     [equation(Scalar(real("y_i")), Scalar(real("beta_0") + real("x_i") * real("beta_1") + real("e_i"))),
      distributed(Scalar(real("e_i")), "N", number(0), S2)]),
    (r"y_{ijk} = \mu + \tau_i + \rho_j + \varepsilon_{ijk}; \ \ \varepsilon \sim N(0, \sigma^2)", "index-model",
     [index_equation("y_ijk", "mu", "tau_i", "rho_j", "e_ijk"), distributed(Scalar(real("e")), "N", number(0), S2)]),
    (r"y_{ijk} = \mu + \tau_i + u_j + \varepsilon_{ijk}; \ \ u_j \sim N(0, \sigma^2_u) \varepsilon \sim N(0, "
     r"\sigma^2) \ \text{and} \ \text{cov}(u, \varepsilon)=0",
     "index-model",
     [index_equation("y_ijk", "mu", "tau_i", "u_j", "e_ijk"), distributed(Scalar(real("u_j")), "N", number(0), S2U),
      distributed(Scalar(real("e")), "N", number(0), S2), equation(Covariance(u, e), zero("q", "n"))]),
    (r"y_{ij} = \mu + \tau_i + \varepsilon_{ij}", "index-model", [index_equation("y_ij", "mu", "tau_i", "e_ij")]),
    ("y_ij = μ + τ_i + u_j + ε_ij, u_j ~ N(0, σ²_u), ε_ij ~ N(0, σ²)", "index-model",
     [index_equation("y_ij", "mu", "tau_i", "u_j", "e_ij"), distributed(Scalar(real("u_j")), "N", number(0), S2U),
      distributed(Scalar(real("e_ij")), "N", number(0), S2)]),
    (r"u \sim N(0, G) \text{ and } \varepsilon \sim N(0, R)", "several",
     [distributed(u, "N", zero("q"), G), distributed(e, "N", zero("n"), R)]),
    ("u ~ N(0, G) and e ~ N(0, R)", "several", [distributed(u, "N", zero("q"), G), distributed(e, "N", zero("n"), R)]),
    (r"G = \sigma_u^2 I; R = \sigma^2 I", "several", [equation(G, S2U * identity("q")),
     equation(R, S2 * identity("n"))]),
    (r"G = \sigma_u^2 I \\ R = \sigma^2 I \\", "several",
     [equation(G, S2U * identity("q")), equation(R, S2 * identity("n"))]),
    (r"V, R", "several", [V, R]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "told"), STATEMENTS, ids=[text for text, *_ in STATEMENTS])
def test_statements_say_what_was_written(text: str, kind: str, told: list[object]) -> None:
    reading = read(text)
    assert without_places(reading.parts) == told
    assert reading.kind == kind


def test_statements_know_their_places() -> None:
    text = r"\mathbf{u} \sim N(0, G); \ \mathbf{V} = \mathbf{R}"
    first, second = read(text).parts
    assert text[first.start : first.end] == r"\mathbf{u} \sim N(0, G)"
    assert text[second.start : second.end] == r"\mathbf{V} = \mathbf{R}"


def test_only_a_single_expression_has_a_tree() -> None:
    assert read("V = R").tree is None and read("V = R").shape is None
    assert read("V").shape == (size("n"), size("n"))


def test_an_equation_between_shapes_that_differ_is_read_as_written() -> None:
    (part,) = read(r"V = \sigma^2").parts
    assert isinstance(part, Equation) and part.sides == (V, S2)


def test_the_sizes_of_one_side_are_found_on_the_other() -> None:
    (part,) = read(r"\sigma^2 I = R = ZGZ'").parts
    assert isinstance(part, Equation)
    assert part.sides == (Scaled(S2, identity("n")), R, Z @ G @ Z.T)
