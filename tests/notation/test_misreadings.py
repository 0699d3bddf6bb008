r"""Formulas that were once read as something else, or are easily: each with what it means, or how it is refused.

What varies with something, M(t) and V(θ), is no product with it; what a subscript holds is not dropped; what stands
apart is not multiplied.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import VHAT, G, V, X, assert_reads_back, y
from tests.notation.test_rows_lectures import of, r, without_places
from tutor import rcbd
from tutor.algebra.applied import Applied
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Inverse, Scalar, Transpose
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.parsing.functions import DERIVATIVE
from tutor.notation.read import read
from tutor.notation.statement import Equation
from tutor.notation.write import write

T, B = Scalar(size("t")), Scalar(size("b"))
THETA, BOLD_THETA = r("theta"), symbol("theta", "n")

FUNCTIONS: list[tuple[str, Tree]] = [
    # what a lecture writes, and the function of which it is the value
    (r"M_X(0)", Applied("M", (Scalar(sympy.S.Zero),), "X")),
    (r"M'(0)", of("M'", Scalar(sympy.S.Zero))),
    (r"M''(0)", of("M''", Scalar(sympy.S.Zero))),
    (r"\log M(t)", of("log", of("M", T))),
    (r"\log M_y(t)", of("log", Applied("M", (T,), "y"))),
    (r"K(t)", of("K", T)),
    (r"S(t)", of("S", T)),
    (r"h(t)", of("h", T)),
    (r"x(t)", of("x", T)),
    (r"\mu(x)", of("mu", r("x"))),
    (r"\eta(x)", of("eta", r("x"))),
    (r"\gamma(x)", of("gamma", r("x"))),
    (r"\gamma(0)", of("gamma", Scalar(sympy.S.Zero))),
    (r"C(0)", of("C", Scalar(sympy.S.Zero))),
    (r"C(s_i - s_j)", of("C", Scalar(r("s_i").value - r("s_j").value))),
    (r"\rho(|i - j|)", of("rho", Scalar(sympy.Abs(r("i").value - r("j").value)))),
    (r"C(s, t)", of("C", Scalar(size("s")), T)),
    (r"K(\mathbf{x}, \mathbf{z})", of("K", symbol("x", "n"), symbol("z", "n"))),
    (r"S(\theta)", of("S", THETA)),
    (r"U(\theta)", of("U", THETA)),
    (r"F(x)", of("F", r("x"))),
    (r"Q(\tau)", of("Q", r("tau"))),
    (r"I(\theta)", of("ℐ", THETA)),
    (r"\mathbf{I}(\theta)", of("ℐ", THETA)),
    (r"I^{-1}(\theta)", Inverse(of("ℐ", THETA))),
    (r"I(\theta)^{-1}", Inverse(of("ℐ", THETA))),
    (r"r(\mathbf{X})", of("rank", X)),
    (r"\mu(\boldsymbol\beta)", of("mu", symbol("beta", "p", role="unknown"))),
]  # fmt: skip

DEPENDENT: list[tuple[str, Tree]] = [
    # a matrix that depends on parameters is that matrix; at their estimates it is its estimate
    (r"V(\theta)", V),
    (r"G(\rho)", G),
    (r"\Sigma(\theta)", V),
    (r"\mathbf{V}(\sigma^2_u, \sigma^2)", V),
    (r"V(\sigma^2)", V),
    (r"V(\theta)^{-1}", Inverse(V)),
    (r"V^{-1}(\theta)", Inverse(V)),
    (r"V(\theta)'", Transpose(V)),
    (r"X'V(\theta)^{-1}X", X.T @ Inverse(V) @ X),
    (r"\mathbf{V}^{-1}(\boldsymbol\theta)\mathbf{y}", Inverse(V) @ y),
    (r"V(\hat\theta)", VHAT),
    (r"\hat V(\hat\theta)", VHAT),
    (r"\frac{dG(\theta)}{d\theta}", Applied(DERIVATIVE, (G, THETA), "", *G.shape)),
    (r"\frac{\partial \mathbf{V}(\boldsymbol\theta)}{\partial\theta}", Applied("∂", (V, THETA), "", *V.shape)),
]  # fmt: skip

SAME: list[tuple[str, str]] = [
    # what a person may write, the same in the plainest notation
    (r"V(\theta) = ZG(\theta)Z' + R(\theta)", "V = ZGZ' + R"),
    (r"\hat\beta(\theta) = (X'V(\theta)^{-1}X)^{-1}X'V(\theta)^{-1}y", r"\hat\beta = (X'V^{-1}X)^{-1}X'V^{-1}y"),
    (r"R(\rho) = \sigma^2 \begin{bmatrix} 1 & \rho \\ \rho & 1\end{bmatrix}",
     r"R = \sigma^2 \begin{bmatrix} 1 & \rho \\ \rho & 1\end{bmatrix}"),
    (r"\log\det\mathbf{V}(\theta)", r"\log|\mathbf{V}|"),
    (r"\log \det V", "log|V|"),
    (r"e^{\mathbf{t}'\mathbf{y}}", r"\exp(\mathbf{t}'\mathbf{y})"),
    (r"a \quad b", "a; b"),
    (r"\sigma^2 \qquad \rho", r"\sigma^2; \rho"),
    (r"3 \quad \mathbf{V}", r"3\mathbf{V}"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta \qquad (1)", r"\mathbf{y} = \mathbf{X}\boldsymbol\beta"),
    (r"y_{ij} = \mu + \tau_i + e_{ij} \quad (3.2)", r"y_{ij} = \mu + \tau_i + e_{ij}"),
    # brackets around more than a letter are a factor
    (r"b(t - 1)", r"b \cdot (t - 1)"),
    (r"\sigma^2(1-\rho)", r"\sigma^2 \cdot (1-\rho)"),
    (r"2(\rho)", r"2\rho"),
    (r"\bar{\mathbf{J}}_n", r"\frac{1}{n}\mathbf{J}_n"),
    (r"\mathbf{I}_n - \bar{J}_n", r"\mathbf{I}_n - \frac{1}{n}\mathbf{J}_n"),
    (r"\operatorname{Cov}(\mathbf{u}) = \mathbf{G}", r"\operatorname{Var}(\mathbf{u}) = \mathbf{G}"),
    (r"\mathbb{V}\mathrm{ar}(y) = \sigma^2", r"Var(y) = \sigma^2"),
    ("sigma2 * rho^abs(i-j)", r"\sigma^2 \rho^{|i-j|}"),
    ("rho^|i-j|", r"\rho^{|i-j|}"),
    (r"\frac{df_1}{df_2}", "df_1/df_2"),
    (r"X(\beta)", r"X\beta"),
    (r"\mathbf{G}(\mathbf{u})", r"\mathbf{G}\mathbf{u}"),
]  # fmt: skip

NAMES: list[tuple[str, str, str]] = [
    # a name with a subscript, its key, and how LaTeX has it
    (r"\sigma^2_{\text{whole plot}}", "sigma2_whole_plot", r"\sigma^2_{\text{whole plot}}"),
    (r"\sigma^2_{whole \ plot}", "sigma2_whole_plot", r"\sigma^2_{\text{whole plot}}"),
    (r"\sigma^2_{v, ik}", "sigma2_v_ik", r"\sigma^2_{v,ik}"),
    (r"F_{0.05;2,6}", "F_0.05_2_6", "F_{0.05,2,6}"),
    (r"\tau_{d[i,j]}", "tau_d(i_j)", r"\tau_{d(i,j)}"),
    (r"y_{ij\ell}", "y_ijl", "y_{ijl}"),
    (r"y_{i^\prime j}", "y_i'j", "y_{i'j}"),
    (r"y_{\max}", "y_max", "y_{max}"),
]  # fmt: skip

REFUSED: list[tuple[str, str]] = [
    # signs below a name that none has
    (r"y_{i<j}", "unexpected"),
    (r"y_{i \neq j}", "unexpected"),
    (r"y_{1:n}", "unexpected"),
    (r"\mu_{x=0}", "unexpected"),
    (r"y_{1\dots n}", "unexpected"),
    # what may be read in two ways, and the kind of its refusal
    (r"F^{-1}(p)", "ambiguous-call"),
    (r"\sigma^2(\hat\mu)", "ambiguous-call"),
    (r"s^2(\bar y)", "ambiguous-call"),
    (r"\rho(d, t)", "ambiguous-call"),
    (r"D(y) = \sigma^2", "ambiguous-call"),
    ("diag(sigma2, 3)", "ambiguous-call"),
    # moments without the brackets that say how far they reach
    (r"\operatorname{Var} y", "missing-brackets"),
    (r"\text{Var } \mathbf{y} = \mathbf{V}", "missing-brackets"),
    (r"\mathbb{E} \mathbf{y}", "missing-brackets"),
    (r"\operatorname{E} y = X\beta", "missing-brackets"),
    ("Var y", "missing-brackets"),
    # accents over what is known
    (r"\hat{\mathbf{I}}_n", "unexpected"),
    (r"\tilde{\mathbf{1}}_n", "unexpected"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), FUNCTIONS + DEPENDENT, ids=[text for text, _ in FUNCTIONS + DEPENDENT])
def test_what_varies_with_something_is_no_product_with_it(text: str, tree: Tree) -> None:
    reading = read(text)
    assert reading.tree is not None
    assert meaning(reading.tree) == meaning(tree)
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[text for text, _ in SAME])
def test_a_formula_says_what_the_plain_one_says(text: str, plain: str) -> None:
    told = [[meaning(without_places(part)) for part in read(written).parts] for written in (text, plain)]
    assert told[0] == told[1]
    assert_reads_back(read(text))


@pytest.mark.parametrize(("text", "key", "latex"), NAMES)
def test_nothing_below_a_name_is_dropped(text: str, key: str, latex: str) -> None:
    reading = read(text)
    assert isinstance(reading.tree, Scalar) and str(reading.tree.value) == key
    assert write(reading, "latex") == latex
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "latex"), [
    (r"F \sim F_{\nu_1,\nu_2}", r"F \sim F_{\nu_1, \nu_2}"),
    (r"j \neq j'", r"j \neq j'"),
    (r"y_{\text{trt}_i}", "y_{trt_{i}}"),
])  # fmt: skip
def test_a_subscript_of_a_subscript_and_a_prime_are_written(text: str, latex: str) -> None:
    assert write(read(text), "latex") == latex
    assert_reads_back(read(text))


@pytest.mark.parametrize(("text", "kind"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_may_be_read_in_two_ways_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind
    assert caught.value.tip


def test_in_an_answer_about_a_model_brackets_are_brackets() -> None:
    words = rcbd(treatments=3, blocks=4).vocabulary
    assert meaning(read(r"\mathbf{V}(\sigma^2)", words).tree) == meaning(read(r"\sigma^2\mathbf{V}", words).tree)
    assert meaning(read(r"\mathbf{R}(\sigma^2)", words).tree) == meaning(read(r"\sigma^2\mathbf{R}", words).tree)


def test_the_solution_of_the_normal_equations_has_the_length_of_the_fixed_effects() -> None:
    for text in (r"\mathbf{b} = (\mathbf{X}'\mathbf{X})^{-}\mathbf{X}'\mathbf{y}", "b = (X'X)^{-1}X'y"):
        (part,) = read(text).parts
        assert isinstance(part, Equation)
        assert (str(part.sides[0]), part.sides[0].shape) == ("b", (*X.shape[1:], 1))
    assert read(r"\mathbf{Z}\mathbf{b}").tree == read(r"\mathbf{Z}\mathbf{u}").tree


def test_a_label_above_a_matrix_is_part_of_its_name() -> None:
    found = [read(rf"\mathbf{{A}}^{{{label}}}").tree for label in ("(1)", "(2)", "(k+1)", "2")]
    assert [str(tree) for tree in found] == ["A^{(1)}", "A^{(2)}", "A^{(k+1)}", "AA"]
