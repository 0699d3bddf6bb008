r"""What lectures write, pattern by pattern: each formula reads as its meaning, in the vocabulary of the course."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.build import identity, kron, ones, symbol
from tutor.algebra.nodes import Block, BlockDiagonal, Expectation, Explicit, Product, Scalar, Scaled, Sum, Symbol, Zero
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.checking.equal import compare
from tutor.errors import ReadError, ShapeError
from tutor.models.catalogue import rcbd
from tutor.notation.parsing.functions import DERIVATIVE
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import write


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def number(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def scalar(key: str) -> Scalar:
    return Scalar(number(key))


X, Z, G, R, V, y, u, e, beta = (lecture(key) for key in ("X", "Z", "G", "R", "V", "y", "u", "e", "beta"))
s2, s2u = (sympy.Symbol(key, positive=True) for key in ("sigma2", "sigma2_u"))
mu, eta, lam, rho = map(number, ("mu", "eta", "lambda", "rho"))
n, b = size("n"), size("b")
Y = number("y")
RSS = (y - X @ beta).T @ (y - X @ beta)


def density(*keys: str) -> Applied:
    return Applied("f", tuple(map(scalar, keys)))


PATTERNS: list[tuple[str, str, Tree]] = [
    ("sum over a known range", r"\sum_{k=1}^{3} \tau_k", Scalar(number("tau_1") + number("tau_2") + number("tau_3"))),
    ("sum over a known range", r"\sum\limits_{i=9}^{10} y_{ij}", Scalar(number("y_9j") + number("y_10_j"))),
    ("sum of a sum", r"\sum_{i=1}^{2}\sum_{j=1}^{2} i\,\mu_{ij}",
     Scalar(number("mu_11") + number("mu_12") + 2 * number("mu_21") + 2 * number("mu_22"))),
    ("product over a range", r"\prod_{i=1}^{2} \pi_i", Scalar(number("pi_1") * number("pi_2"))),
    ("sum to a letter", r"\sum_{i=1}^{n} (y_i - \hat y_i)^2",
     Indexed("sum", "i", Scalar(sympy.Integer(1)), Scalar(n), Scalar((number("y_i") - number("yhat_i")) ** 2))),
    ("direct sum", r"\bigoplus_{j=1}^{b} \mathbf{V}", kron(identity("b"), V)),
    ("direct sum", r"\bigoplus_{j=1}^{4} \mathbf{J}_2", kron(identity(4), ones(2, 2))),
    ("direct sum", r"\mathbf{G} \oplus \mathbf{R}", BlockDiagonal((G, R))),
    ("vec", r"\operatorname{vec}(\mathbf{G})", Applied("vec", (G,))),
    ("power before argument", r"\phi^2(\tau)", Scalar(sympy.Function("phi", real=True)(number("tau")) ** 2)),
    ("power that is a factor", r"\phi^2(1 - \mu)", Scalar(number("phi") ** 2 * (1 - mu))),
    ("inverse function", r"\text{logit}^{-1}(\eta)", Scalar(sympy.Function("expit", real=True)(eta))),
    ("correlation", r"\operatorname{Corr}(y_{1j}, y_{2j})", Applied("Corr", (scalar("y_1j"), scalar("y_2j")))),
    ("absolute value", r"\vert \rho \vert", Scalar(sympy.Abs(rho))),
    ("absolute value", r"|x|", Scalar(sympy.Abs(number("x")))),
    ("determinant", r"\vert \mathbf{R} \vert", R.det()),
    ("log determinant", r"\log(\vert \mathbf{V}(\boldsymbol\theta) \vert)", Applied("log", (V.det(),))),
    ("norm", r"\lVert \boldsymbol\beta \rVert_1", Applied("norm", (beta,), "1")),
    ("norm", r"||\mathbf{u}||^2", Applied("power", (Applied("norm", (u,)), Scalar(sympy.Integer(2))))),
    ("argmin", r"\underset{\beta}{\text{argmin}} (y - X\beta)'(y - X\beta)",
     Applied("argmin", (RSS,), "beta", size("p"), size(1))),
    ("argmax", r"\operatorname{argmax}_\theta \ell(\theta)",
     Applied("argmax", (Applied("ell", (scalar("theta"),)),), "theta")),
    ("binomial density", r"\binom{n}{y} \pi_1^y (1 - \pi_1)^{n-y}",
     Scalar(sympy.binomial(n, Y) * number("pi_1") ** Y * (1 - number("pi_1")) ** (n - Y))),
    ("factorial", r"\frac{\lambda^y e^{-\lambda}}{y!}", Scalar(lam**Y * sympy.exp(-lam) / sympy.factorial(Y))),
    ("interval", r"\mu_1 - \mu_2 \pm t_{0.975, df_e} \cdot \sigma_u",
     Applied("±", (Scalar(number("mu_1") - number("mu_2")), Scalar(number("t_0.975_df‿e") * sympy.sqrt(s2u))))),
    ("interaction", r"(TRT \times GEN)_{ij}", scalar("TRTGEN_ij")),
    ("interaction", r"loc*gen", Scalar(number("loc") * number("gen"))),
    ("one bold command", r"\mathbf{X'R + u'}".replace("R + u'", "V X"), X.T @ V @ X),
    ("bold without braces", r"\boldsymbol\beta' \mathbf X'", beta.T @ X.T),
    ("accent", r"\boldsymbol{\tilde\beta}", symbol("betatilde", "p", role="random")),
    ("wide accent", r"\widehat{\tau_{1} - \tau_{2}}", Scalar(number("tauhat_1") - number("tauhat_2"))),
    ("average", r"\bar{y}_{\cdot j}", scalar("ybar_.j")),
    ("standard error", r"s.e.(\hat\tau_1)", Applied("se", (scalar("tauhat_1"),))),
    ("standard error", r"\widehat{s.e.}(\hat\mu)", Applied("se", (scalar("muhat"),))),
    ("statistic by name", r"SSE/dfe", Scalar(number("SSE") / number("dfe"))),
    ("quantile", r"t_{df, \frac{\alpha}{2}}", scalar("t_df_alpha/2")),
    ("star", r"F^{\star}", scalar("F_*")),
    ("half power", r"\mathbf{R}^{-1/2}", Applied("power", (R, Scalar(-sympy.S.Half)), "", n, n)),
    ("exponential", r"e^{-\frac{y}{\mu}}", Scalar(sympy.exp(-Y / mu))),
    ("density", r"f(y \mid \mu)", Applied("f", (scalar("y|mu"),))),
    ("density", r"[\mathbf{y} \vert \mathbf{u}]", Applied("f", (read(r"\mathbf{y}|\mathbf{u}").tree or y,))),
    ("probability", r"P(F > F^\star)", Applied("P", (Applied(">", (scalar("F"), scalar("F_*"))),))),
    ("several conditions", r"E(y_{ij} | u_j, w_k)", Expectation(scalar("y_ij|u_j,w_k"))),
    ("glued transpose", "ZRt(Z)".replace("R", "G"), Product((Z, G, Z.T))),
    ("glued moment", "X\\beta + ZE(u)", X @ beta + Z @ Expectation(u)),
    ("product with nought", "Z 0", Z @ Zero(size("q"))),
    ("product with nought", "X\\beta + Z0", X @ beta + Z @ Zero(size("q"))),
    ("transpose in bold", r"\mathbf{Z}^{\boldsymbol{\top}}", Z.T),
    ("R", "cbind(X, Z)", Block(((X, Z),))),
    ("R", "rbind(c(1, 2), c(3, 4))", read("[[1, 2], [3, 4]]").tree or X),
    ("R", "y %o% y", y @ y.T),
    ("NumPy", "np.block([[V, R], [R, V]])", Block(((V, R), (R, V)))),
    ("NumPy", "np.vstack([X, X])", Block(((X,), (X,)))),
    ("integral of densities", r"\int f(y_{ij} \mid u_j) f(u_j) \, du_j",
     Applied("integral", (Scaled(density("y_ij|u_j"), density("u_j")), scalar("u_j")))),
    ("integral of densities", r"\int_{-\infty}^{\infty} p(\mathbf{y} | \mathbf{u}) \, d\mathbf{u}",
     Applied("integral", (Applied("p", (read(r"\mathbf{y}|\mathbf{u}").tree or y,)), u,
                          Scalar(-sympy.oo), Scalar(sympy.oo)))),
    ("integral in Unicode", "∫ f(u_j) du_j", Applied("integral", (density("u_j"), scalar("u_j")))),
    ("densities within each other", r"\int \int f(x) f(z_i) \, dx \, dz_i",
     Applied("integral", (Applied("integral", (Scaled(density("x"), density("z_i")), scalar("x"))), scalar("z_i")))),
    ("joint density", r"[\tau, \theta \mid \mathbf{y}]", Applied("f", (scalar("tau|y"), scalar("theta|y")))),
    ("label above", r"\theta^{(k+1)}", scalar("theta_^(k+1)")),
    ("label above", r"y_{ij}^{(\lambda)}", scalar("y_^(lambda)_ij")),
    ("power in brackets", r"\rho^{(t-1)}", Scalar(rho ** (size("t") - 1))),
    ("variance function", r"\phi V(\mu_{ij})", Scaled(scalar("phi"), Applied("V", (scalar("mu_ij"),)))),
    ("exponential family", r"\exp\left(\frac{y\theta - b(\theta)}{a(\phi)} + c(y, \phi)\right)",
     Applied("exp", (Scaled(Scalar(Y * number("theta")) - Applied("b", (scalar("theta"),)),
                            Applied("a", (scalar("phi"),)).inv())
                     + Applied("c", (scalar("y"), scalar("phi"))),))),
    ("information", r"\mathcal{I}(\boldsymbol\beta)", Applied("ℐ", (beta,), "", beta.rows, beta.rows)),
    ("identity in a curly font", r"\mathcal{I}_4", identity(4)),
    ("derivative", r"\frac{d\mu_i}{d\eta_i}", Applied(DERIVATIVE, (scalar("mu_i"), scalar("eta_i")))),
    ("derivative in Unicode", "dμ/dη", Applied(DERIVATIVE, (scalar("mu"), scalar("eta")))),
    ("percentage below", r"\theta_{95\%}", scalar("theta_95%")),
    ("R", "y[1] - y[2]", Scalar(number("y_1") - number("y_2"))),
    ("R", "c(mu, phi)", Explicit(sympy.ImmutableMatrix([mu, number("phi")]))),
    ("power in Unicode", "φ²(α)", Scalar(sympy.Function("phi", real=True)(number("alpha")) ** 2)),
    ("bold letter of Unicode", "f(𝐲 | 𝐮)", Applied("f", (read(r"\mathbf{y}|\mathbf{u}").tree or y,))),
    ("last element", "y_tb", scalar("y_tb")),
    ("row of X", r"\mathbf{x}_i'\boldsymbol\beta", Symbol("x_i", size("p"), size(1)).T @ beta),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "text", "meaning"), PATTERNS, ids=[ascii(text) for _, text, _ in PATTERNS])
def test_what_a_lecture_writes_reads_as_it_is_meant(pattern: str, text: str, meaning: Tree) -> None:
    assert read(text, lecture_vocabulary()).tree == meaning, pattern


SAME = [
    (r"\sum_{i=1}^{n} (x_i + y_i)", r"\sum_{k=1}^{n} x_k + \sum_{j=1}^{n} y_j", True),
    (r"\sum_{i=1}^{n} \mu", r"n\mu", True),
    (r"\sum_{i=1}^{n} i", r"n(n+1)/2", True),
    (r"\sum_k x_k", r"\sum_k x_k", True),
    (r"\sum_{i=1}^n x_i", r"\sum_{i=1}^n x_i^2", False),
    (r"||\mathbf{y}||^2", r"\mathbf{y}'\mathbf{y}", True),
    (r"\log(|V|^2)", r"2\log|V|", True),
    (r"rank(X)", r"rank(X'X)", True),
    (r"\operatorname{vec}(V + R)", r"\operatorname{vec}(V) + \operatorname{vec}(R)", True),
    (r"\Phi(\eta)", r"1-\Phi(-\eta)", True),
    (r"f(y)", r"f(\mu)", None),
    (r"V^{1/2}V^{1/2}", "V", None),
]


@pytest.mark.parametrize(("text", "other", "same"), SAME, ids=[ascii(text) for text, *_ in SAME])
def test_sums_and_functions_are_judged_by_their_values(text: str, other: str, same: bool | None) -> None:
    left, right = read(text).tree, read(other).tree
    assert left is not None and right is not None
    assert compare(left, right).same is same


def test_a_size_that_could_be_more_than_one_is_asked_for() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\sigma_u^2 I \otimes J + \sigma^2 I_6")
    assert (caught.value.kind, caught.value.problem) == (
        "size-unknown", "How large is J here? More than one size would fit.")  # fmt: skip


def test_dimensions_that_are_not_those_of_the_name_are_refused() -> None:
    with pytest.raises(ShapeError, match="2 columns cannot meet p rows"):
        read(r"\mathbf{X}_{3 \times 2}\boldsymbol\beta")
    with pytest.raises(ReadError) as caught:
        read(r"\mathbf{X}_{3 \times 2}\boldsymbol\beta", rcbd(3, 2).vocabulary)
    assert caught.value.kind == "wrong-dimension"


def test_a_sum_without_terms_is_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\sum_{i=3}^{1} y_i")
    assert caught.value.problem == "This sum has no terms."


def test_a_long_sum_is_a_sum_still() -> None:
    tree = read(r"\sum_{i=1}^{100000} y_i").tree
    assert isinstance(tree, Indexed) and not isinstance(tree, Sum)


@pytest.mark.parametrize(
    ("text", "tree", "latex", "unicode"),
    [
        (
            r"\widehat{\operatorname{Var}}(\hat{\boldsymbol\beta})",
            Applied("estimated Var", (Symbol("betahat", size("p"), sympy.S.One, role="random"),)),
            r"\widehat{\operatorname{Var}}(\hat{\boldsymbol{\beta}})",
            "Var\u0302(β̂)",
        ),
        (
            r"\widehat{Cov}(\mathbf{y}, \mathbf{u})",
            Applied("estimated Cov", (lecture("y"), lecture("u"))),
            r"\widehat{\operatorname{Cov}}(\mathbf{y}, \mathbf{u})",
            "Cov\u0302(y, u)",
        ),
    ],
)
def test_an_estimated_moment_has_a_hat(text: str, tree: Tree, latex: str, unicode: str) -> None:
    found = read(text).tree
    assert found == tree
    assert (write(found, "latex"), write(found, "unicode")) == (latex, unicode)
    assert read(latex).tree == read(unicode).tree == tree
    other = read(r"\operatorname{Var}(\hat{\boldsymbol\beta})").tree
    assert other is not None and compare(tree, other).same is not True
