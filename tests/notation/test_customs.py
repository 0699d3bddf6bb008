r"""Letters that mean one thing in one text and another in the next: each row reads as the plainer text beside it."""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_round_trip import meaning
from tests.notation.test_written_back import words_of
from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Identity, Inverse, Kronecker, Scalar, Symbol, Variance
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ShapeError
from tutor.models.catalogue import rcbd
from tutor.notation.read import read
from tutor.notation.statement import Distribution, Equation, Expression
from tutor.notation.vocabulary import lecture_vocabulary
from tutor.notation.write import write


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def real(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


def r(key: str) -> Scalar:
    return Scalar(real(key))


V, y, beta = (lecture(key) for key in ("V", "y", "beta"))
a, b, n, rep, t = (size(letter) for letter in "abnrt")
PI, s2, s2u = real("pi"), sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)

TREES: list[tuple[str, Tree]] = [
    # π
    (r"\log\left(\frac{\pi}{1-\pi}\right)", Scalar(sympy.log(PI / (1 - PI)))),
    (r"n\pi(1 - \pi)", Scalar(n * PI * (1 - PI))),
    (r"\frac{\sigma^2_u}{\sigma^2_u + \pi^2/3}", Scalar(s2u / (s2u + sympy.pi**2 / 3))),
    (r"\frac{1}{\sqrt{2\pi\sigma^2}}", Scalar(1 / sympy.sqrt(2 * sympy.pi * s2))),
    # b counts
    ("ab", Scalar(a * b)),
    ("abr - 1", Scalar(a * b * rep - 1)),
    (r"\frac{2\sigma^2}{rb}", Scalar(2 * s2 / (rep * b))),
    (r"\sigma^2/(nb)", Scalar(s2 / (n * b))),
    (r"\frac{1}{tr}", Scalar(1 / (rep * t))),
    ("Zb", lecture("Z") @ lecture("u")),
    # covariances
    (r"\sigma_{uv}", r("sigma_uv")),
    (r"\sigma_{u_0 u_1}", r("sigma_u0_u1")),
    (r"\sigma_{ab} / \sigma^2_{ab}", Scalar(1 / sympy.sqrt(sympy.Symbol("sigma2_ab", positive=True)))),
    (r"\sigma_u", Scalar(sympy.sqrt(s2u))),
    # functions
    (r"SE(\bar{y}_{1\cdot})", Applied("se", (r("ybar_1."),))),
    (r"\text{BLUP}(u_j)", Applied("BLUP", (r("u_j"),))),
    (r"Q(\tau)", Applied("Q", (r("tau"),))),
    (r"V(y_i)", Variance(r("y_i"))),
    (r"\mathbb{V}ar(\mathbf{y})", Variance(y)),
    (r"\mathbb{V}[\mathbf{y}]", Variance(y)),
    (r"\mathbf{V}(\theta)", V),
    (r"\mathbf{V}(\boldsymbol\theta)^{-1}", Inverse(V)),
    (r"|t|", Scalar(sympy.Abs(t, evaluate=False))),
    # words, labels and letters with indices
    (r"\text{trt}_i", r("trt_i")),
    ("rep_k", r("rep_k")),
    ("SS_Trt", r("SS_Trt")),
    (r"F_{2,9}", r("F_2_9")),
    (r"t_{\alpha/2, df_E}", r("t_alpha/2_df‿E")),
    (r"\bar y - \mu", Scalar(real("ybar") - lecture("mu").value)),  # pyright: ignore[reportAttributeAccessIssue]
    (r"\sqrt{\hat\sigma^2_u}", Scalar(sympy.Symbol("sigmahat_u", positive=True))),
    # blocks
    (r"\mathbf{Z}_i\mathbf{b}_i", Symbol("Z_i", n, size("q")) @ Symbol("b_i", size("q"), sympy.S.One)),
    (r"\hat{\mathbf{u}}_i", Symbol("uhat_i", size("q"), sympy.S.One, role="random")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[ascii(text) for text, _ in TREES])
def test_a_letter_means_what_the_text_tells(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


NUMBERS = [
    (r"y = \beta_0 + \beta_1 x + \varepsilon", real("beta_0") + real("beta_1") * real("x") + real("e")),
    (r"E(y) = \frac{\alpha}{\alpha + \beta}", real("alpha") / (real("alpha") + real("beta"))),
    (r"z = \frac{y - \mu}{\sigma}", (real("y") - real("mu")) / sympy.sqrt(s2)),
    (r"W = \frac{\hat\beta^2}{s^2}", real("betahat") ** 2 / size("s") ** 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), NUMBERS)
def test_letters_of_vectors_are_numbers_where_nothing_is_bold(text: str, right: sympy.Expr) -> None:
    (part,) = read(text).parts
    assert part.sides[1] == Scalar(right)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("text", [r"\mathbf{y} - \mu", r"y - X\beta - \mu", r"\mu + \mathbf{u}"])
def test_vectors_and_numbers_still_do_not_add(text: str) -> None:
    with pytest.raises(ShapeError):
        read(text)


SAME_NAMES = [
    (r"j = 1,2,3", r"j = 1, 2, 3"),
    (r"i = 1,2; j = 1,2,3", r"i = 1, 2;\ j = 1, 2, 3"),
    (r"\mathbf{X}_{(n \times p)}\boldsymbol\beta", r"\mathbf{X}\boldsymbol\beta"),
    (r"\mathbf{y} = \mathbf{X}\mathbf{b} + \mathbf{Z}\mathbf{u} + \mathbf{e}",
     r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \boldsymbol\varepsilon"),
    ("y = Xb + Zu + e", "y = Xβ + Zu + ε"),
    ("[[σ²_α, σ_{αβ}], [σ_{αβ}, σ²_β]]",
     r"\begin{bmatrix} \sigma^2_\alpha & \sigma_{\alpha\beta} \\ \sigma_{\alpha\beta} & \sigma^2_\beta \end{bmatrix}"),
    (r"\sigma_{jk} / \sqrt{\sigma_j^2 \sigma_k^2}", r"\sigma_{jk} / \sqrt{\sigma^2_{j} \sigma^2_{k}}"),
    (r"\operatorname{Var}(Y) = \operatorname{E}(Y^2) - \operatorname{E}(Y)^2", "Var(Y) = E(Y²) − E(Y)²"),
    (r"\mathbf{X}^\star \boldsymbol{\beta}^\star", r"\mathbf{X}_{*} \boldsymbol{\beta}_{*}"),
    (r"\boldsymbol\beta \sim N(\boldsymbol\beta_0, \sigma^2 \mathbf{B}_0)", "β ~ N(β_0, σ² B_0)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "other"), SAME_NAMES)
def test_two_spellings_say_the_same(text: str, other: str) -> None:
    assert meaning(read(text).parts) == meaning(read(other).parts)


@pytest.mark.parametrize(("text", "shape"), [
    (r"\mathbf{x}'\boldsymbol\beta", (1, 1)), (r"\mathbf{x}_0'(\mathbf{X}'\mathbf{X})^{-1}\mathbf{x}_0", (1, 1)),
    (r"\mathbf{z}'\mathbf{u}", (1, 1)), (r"[\mathbf{L}(\mathbf{X}'\mathbf{X})^{-1}\mathbf{L}']^{-1}", (n, n)),
    (r"\mathbf{I} - \mathbf{H}", (n, n)),
])  # fmt: skip
def test_vectors_and_matrices_of_ones_own_have_the_size_that_fits(text: str, shape: tuple[object, object]) -> None:
    assert read(text).shape == shape


@pytest.mark.parametrize("text", [
    r"\mathbf{v} \sim N(\mathbf{0}, \sigma^2_v\mathbf{I})", r"H_0: \mathbf{L}\boldsymbol\beta = \mathbf{0}",
    r"\mathbf{K}\boldsymbol\theta = \mathbf{0}", r"\sigma^2_{A \times B}", r"MS_{block \times trt}",
])  # fmt: skip
def test_these_are_read_and_written_back(text: str) -> None:
    reading = read(text)
    for dialect in ("latex", "unicode"):
        again = read(write(reading, dialect), words_of(reading))
        assert meaning(again.parts) == meaning(reading.parts)


SAME = [
    (r"y_{ij} = \mu + \tau_i + e_{ij} \quad e_{ij} \sim N(0, \sigma^2)",
     r"y_{ij} = \mu + \tau_i + e_{ij};\ e_{ij} \sim N(0, \sigma^2)"),
    (r"y_{ij} = \mu_i + b_j + e_{ij} \qquad b_j \sim N(0,\sigma_b^2) \qquad e_{ij} \sim N(0,\sigma_e^2)",
     r"y_{ij} = \mu_i + b_j + e_{ij}, b_j \sim N(0,\sigma^2_b), e_{ij} \sim N(0,\sigma^2_e)"),
    (r"\mu = 3 \quad \sigma^2 = 2", r"\mu = 3; \sigma^2 = 2"),
    (r"E(y) = \mu \quad Var(y) = \sigma^2", r"E(y) = \mu; Var(y) = \sigma^2"),
    (r"\mathbf{V} = \mathbf{R} \quad + \mathbf{Z}\mathbf{G}\mathbf{Z}'",
     r"\mathbf{V} = \mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}'"),
    (r"3 \quad \mathbf{V}", r"3 \mathbf{V}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "other"), SAME)
def test_a_wide_blank_parts_two_relations_and_nothing_else(text: str, other: str) -> None:
    assert meaning(read(text).parts) == meaning(read(other).parts)


def test_sigma_in_what_V_is_is_another_matrix() -> None:
    (part,) = read(r"\mathbf{V} = \mathbf{I}_3 \otimes \boldsymbol\Sigma").parts
    left, right = part.sides  # pyright: ignore[reportAttributeAccessIssue]
    assert left == V and isinstance(right, Kronecker) and right.factors[0] == Identity(sympy.Integer(3))
    assert V not in walk(right)
    assert read(r"\boldsymbol\Sigma").tree == V


@pytest.mark.parametrize("text", [
    "V = I_3 ⊗ Σ", r"V = ZGZ^\top + \Sigma", r"\mathrm{Var}(\varepsilon) = \mathbf{\Sigma}",
    r"\boldsymbol\varepsilon \sim N(\mathbf{0}, \boldsymbol\Sigma)", "b ~ N(0, Σ)", r"\beta \mid y \sim N(m, \Sigma)",
    r"\begin{bmatrix} u_0 \\ u_1 \end{bmatrix} \sim N(0, A \otimes \Sigma)",
])  # fmt: skip
def test_sigma_is_not_V_where_it_is_of_errors_or_effects_or_units(text: str) -> None:
    assert "Sigma" in {node.name for node in _trees(text) if isinstance(node, Symbol)}


@pytest.mark.parametrize(("text", "shapes"), [
    ("G + R", {"G": (n, n)}),
    (r"\mathbf{G} + \sigma^2\mathbf{R}", {"G": (n, n)}),
    (r"\mu \mathbf{1}_n + \mathbf{u} + \boldsymbol\varepsilon", {"u": (n, 1)}),
    (r"\hat{\mathbf{b}} = (\mathbf{X}^\top\mathbf{X})^{-}\mathbf{X}^\top\mathbf{y}", {"bhat": (size("p"), 1)}),
    (r"Zu + D\gamma", {"u": (size("q"), 1), "gamma": (size("q"), 1)}),
    (r"\hat{b}_{OLS}", {"bhat_OLS": (size("p"), 1)}),
    (r"\mathbf{z}_j g_j", {"z_j": (n, 1)}),
    (r"\mathbf{x}_j \beta_j", {"x_j": (n, 1)}),
    (r"x'\beta_j", {"x": (size("p"), 1), "beta_j": (size("p"), 1)}),
])  # fmt: skip
def test_the_size_of_a_letter_is_told_by_what_it_stands_beside(text: str, shapes: dict[str, object]) -> None:
    found = {node.name: node.shape for node in _trees(text) if isinstance(node, Symbol)}
    assert {name: found[name] for name in shapes} == shapes


def _trees(text: str) -> list[Tree]:
    """The nodes of an expression, an equation or a distribution."""
    (part,) = read(text).parts
    match part:
        case Expression(tree=tree):
            trees: tuple[Tree, ...] = (tree,)
        case Equation(sides=sides):
            trees = sides
        case Distribution(arguments=arguments):
            trees = arguments
        case _:
            trees = ()
    return [node for tree in trees for node in walk(tree)]


def test_a_bold_left_side_is_a_vector() -> None:
    (part,) = read(r"\mathbf{r} = \mathbf{y} - \mathbf{X}\hat{\boldsymbol\beta}").parts
    assert part.sides[0] == Symbol("r", n, sympy.S.One)  # pyright: ignore[reportAttributeAccessIssue]


def test_the_names_of_a_model_mean_what_they_mean_in_it() -> None:
    words = rcbd(3, 2).vocabulary
    assert read("Zb", words).tree == read("Zu", words).tree
    assert read(r"\mathbf{b}", words).tree == read("u", words).tree
