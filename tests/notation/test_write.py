"""Formulas are written as a statistician writes them, and say the same in every dialect and style."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import named, scalars, trees
from tutor.algebra.build import as_tree, identity, kron, ones, symbol, zero
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Variance,
)
from tutor.algebra.tree import Tree
from tutor.errors import TutorError, UnknownNameError
from tutor.notation.write import Style, inline, latex, markdown, unicode, write

s2, su, sv = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
b, t, n = sympy.symbols("b t n", integer=True, positive=True)
rho, mu, tau_1 = sympy.symbols("rho mu tau_1", real=True)
X, beta = symbol("X", 6, 4), symbol("beta", 4, role="unknown")
Z, u, e = symbol("Z", 6, 2), symbol("u", 2, role="random"), symbol("e", 6, role="random")
G, R, V, y = symbol("G", 2, 2), symbol("R", 6, 6), symbol("V", 6, 6), symbol("y", 6, role="random")
J = Ones(t, t)

TREES: list[tuple[Tree, str, str | None]] = [
    (Z @ G @ Z.T + R, "ZGZ' + R", r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    (R + Z @ G @ Z.T, "R + ZGZ'", r"\mathbf{R} + \mathbf{Z}\mathbf{G}\mathbf{Z}'"),
    (
        X @ beta + Z @ u + e,
        "Xβ + Zu + ε",
        r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}",
    ),
    (su * (Z @ Z.T) + s2 * identity(6), "σ²_u ZZ' + σ² I₆", None),
    (kron(identity(2), s2 * identity(3) + su * ones(3, 3)), "I₂ ⊗ (σ² I₃ + σ²_u J₃)", None),
    (kron(identity(b), s2 * identity(t) + su * J), "I_b ⊗ (σ² I_t + σ²_u J_t)", None),
    (identity(b * t), "I_bt", r"\mathbf{I}_{bt}"),
    (identity(n - 1), "I_{n − 1}", r"\mathbf{I}_{n - 1}"),
    (identity(n**2), "I_{n²}", r"\mathbf{I}_{n^2}"),
    (Z @ Variance(u) @ Z.T, "Z Var(u) Z'", r"\mathbf{Z} \operatorname{Var}(\mathbf{u}) \mathbf{Z}'"),
    (Expectation(Z @ u), "E(Zu)", r"\operatorname{E}(\mathbf{Z}\mathbf{u})"),
    (Covariance(u, e), "Cov(u, ε)", r"\operatorname{Cov}(\mathbf{u}, \boldsymbol{\varepsilon})"),
    (ones(3), "1₃", r"\mathbf{1}_3"),
    (ones(12), "1₁₂", r"\mathbf{1}_{12}"),
    (ones(1, 3), "1₃'", r"\mathbf{1}_3'"),
    (zero(3, 2), "0_{3×2}", r"\mathbf{0}_{3 \times 2}"),
    (X.T @ ones(6), "X' 1₆", None),
    ((s2 + su) * identity(3), "(σ² + σ²_u) I₃", r"(\sigma^2 + \sigma^2_u) \mathbf{I}_3"),
    (
        (X.T @ V.inv() @ X).inv() @ X.T @ V.inv() @ y,
        "(X'V⁻¹X)⁻¹X'V⁻¹y",
        r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}",
    ),
    ((Z @ G).T, "(ZG)'", r"(\mathbf{Z}\mathbf{G})'"),
    (Z.T.T, "(Z')'", None),
    (V.inv().T, "(V⁻¹)'", r"(\mathbf{V}^{-1})'"),
    (V.T.inv(), "(V')⁻¹", r"(\mathbf{V}')^{-1}"),
    (y - X @ beta, "y − Xβ", r"\mathbf{y} - \mathbf{X}\boldsymbol{\beta}"),
    (-(X @ beta) + y, "−Xβ + y", None),
    (V + (-2) * R, "V − 2R", None),
    (V - (R + V), "V − (R + V)", None),
    (Sum((V, Sum((R, V)))), "V + (R + V)", None),
    (Product((V, Product((R, V)))), "V(RV)", None),
    (V @ (-R), "V(−R)", r"\mathbf{V}(-\mathbf{R})"),
    (V @ (s2 * R), "V(σ² R)", None),
    (Scaled(as_tree(2), 3 * V), "2(3V)", None),
    (-Scaled(as_tree(-1), V), "−(−V)", None),
    (kron(su * identity(b), J), "σ²_u I_b ⊗ J_t", None),
    (su * kron(identity(b), J), "σ²_u (I_b ⊗ J_t)", None),
    (kron(X @ beta, ones(3)), "(Xβ) ⊗ 1₃", None),
    (kron(kron(G, R), V), "(G ⊗ R) ⊗ V", None),
    (kron(G, R) @ kron(G, V), "(G ⊗ R)(G ⊗ V)", None),
    (V - kron(identity(3), G), "V − I₃ ⊗ G", None),
    (V.det(), "|V|", r"|\mathbf{V}|"),
    ((V.det() * V).det(), "det(|V| V)", None),
    (V.trace() * V, "tr(V) V", r"\operatorname{tr}(\mathbf{V}) \mathbf{V}"),
    (V / s2, "(1/σ²) V", r"\frac{1}{\sigma^2} \mathbf{V}"),
    (BlockDiagonal((G, R)), "G ⊕ R", r"\mathbf{G} \oplus \mathbf{R}"),
    (BlockDiagonal((Scalar(s2), Scalar(su))), "diag(σ², σ²_u)", r"\operatorname{diag}(\sigma^2, \sigma^2_u)"),
    (
        Block(((G, zero(2, 6)), (zero(6, 2), R))),
        "[[G, 0], [0, R]]",
        r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}",
    ),
    (Block(((zero(2, 2),), (zero(6, 2),))), "[[0_{2×2}], [0_{6×2}]]", None),
    (
        V @ as_tree(sympy.Matrix(6, 1, [1, -1, 0, 0, 0, 0])),
        "V[1, −1, 0, 0, 0, 0]'",
        r"\mathbf{V}\begin{bmatrix} 1 \\ -1 \\ 0 \\ 0 \\ 0 \\ 0 \end{bmatrix}",
    ),
    (
        (as_tree(sympy.Matrix([[1, rho], [rho, 1]])) + G).inv(),
        "([[1, ρ], [ρ, 1]] + G)⁻¹",
        r"\left(\begin{bmatrix} 1 & \rho \\ \rho & 1 \end{bmatrix} + \mathbf{G}\right)^{-1}",
    ),
    (symbol("x_1", 3) @ symbol("x_2", 3).T, "x_1 x_2'", r"\mathbf{x}_1 \mathbf{x}_2'"),
    (symbol("mu", 1), "μ", r"\mu"),
    (symbol("mu", 3), "μ", r"\boldsymbol{\mu}"),
    (symbol("beta", 1, role="unknown"), "β", r"\boldsymbol{\beta}"),
    (symbol("y_11", 1, role="random"), "y_11", r"y_{11}"),
]


@pytest.mark.parametrize(("tree", "text", "tex"), TREES, ids=[text for _, text, _ in TREES])
def test_a_tree_is_written_with_the_brackets_it_needs_and_no_others(tree: Tree, text: str, tex: str | None) -> None:
    assert unicode(tree) == text
    assert str(tree) == text
    if tex is not None:
        assert latex(tree) == tex


y_11, y_21 = sympy.symbols("y_11 y_21", real=True)

SCALARS: list[tuple[sympy.Expr, str, str]] = [
    (sv + su + s2, "σ² + σ²_u + σ²_v", r"\sigma^2 + \sigma^2_u + \sigma^2_v"),
    (t * su + s2, "σ² + t σ²_u", r"\sigma^2 + t \sigma^2_u"),
    (b * t * su + t * sv + s2, "σ² + bt σ²_u + t σ²_v", r"\sigma^2 + bt \sigma^2_u + t \sigma^2_v"),
    (sympy.sqrt(su), "σ_u", r"\sigma_u"),
    (su**2, "σ⁴_u", r"\sigma^4_u"),
    (su ** sympy.Rational(3, 2), "σ³_u", r"\sigma^3_u"),
    (s2 ** (t - 1), "(σ²)^(t − 1)", r"(\sigma^2)^{t - 1}"),
    (1 / s2, "1/σ²", r"\frac{1}{\sigma^2}"),
    (su / (s2 + su), "σ²_u/(σ² + σ²_u)", r"\frac{\sigma^2_u}{\sigma^2 + \sigma^2_u}"),
    ((s2 + su) / b, "(σ² + σ²_u)/b", r"\frac{\sigma^2 + \sigma^2_u}{b}"),
    (2 * s2 / b, "2σ²/b", r"\frac{2\sigma^2}{b}"),
    (s2 / (b * t), "σ²/(bt)", r"\frac{\sigma^2}{bt}"),
    (sympy.sqrt(2 * s2 / b), "√(2σ²/b)", r"\sqrt{\frac{2\sigma^2}{b}}"),
    (rho * sympy.sqrt(s2) * sympy.sqrt(su), "σ σ_u ρ", r"\sigma \sigma_u \rho"),
    (1 - rho, "1 − ρ", r"1 - \rho"),
    (rho - 1, "ρ − 1", r"\rho - 1"),
    (1 + rho + rho**2, "1 + ρ + ρ²", r"1 + \rho + \rho^2"),
    (s2 * (1 - rho**2), "σ² (1 − ρ²)", r"\sigma^2 (1 - \rho^2)"),
    (s2**2 + 3 * s2 * su + su**2, "σ⁴ + 3σ² σ²_u + σ⁴_u", r"\sigma^4 + 3\sigma^2 \sigma^2_u + \sigma^4_u"),
    (n - 1, "n − 1", "n - 1"),
    (n**2 - n, "n² − n", "n^2 - n"),
    ((b - 1) * (t - 1), "(b − 1)(t − 1)", "(b - 1)(t - 1)"),
    (rho ** (n - 1), "ρ^(n − 1)", r"\rho^{n - 1}"),
    (mu + tau_1, "μ + τ_1", r"\mu + \tau_1"),
    (y_21 - y_11, "y_21 − y_11", "y_{21} - y_{11}"),
    (sympy.Symbol("y_1_12"), "y_{1,12}", "y_{1,12}"),
    (-s2, "−σ²", r"-\sigma^2"),
    (sympy.Rational(-1, 2), "−1/2", r"-\frac{1}{2}"),
    (sympy.Rational(1, 2) ** n, "(1/2)ⁿ", r"\left(\frac{1}{2}\right)^n"),
    ((-2) ** n, "(−2)ⁿ", "(-2)^n"),
    (sympy.Float("0.6"), "0.6", "0.6"),
    (sympy.Float(2.5e-9), "2.5 · 10⁻⁹", r"2.5 \cdot 10^{-9}"),
    (sympy.exp(-rho), "exp(−ρ)", r"\exp(-\rho)"),
    (sympy.log(2 * sympy.pi), "log(2π)", r"\log(2\pi)"),
    (sympy.sqrt(2), "√2", r"\sqrt{2}"),
    (sympy.Mul(2, 3, evaluate=False), "2 · 3", r"2 \cdot 3"),
    (sympy.gamma(1 + rho), "Γ(1 + ρ)", r"\Gamma(1 + \rho)"),
]


@pytest.mark.parametrize(("value", "text", "tex"), SCALARS, ids=[text for _, text, _ in SCALARS])
def test_a_scalar_is_written_in_the_order_of_a_statistician(value: sympy.Expr, text: str, tex: str) -> None:
    assert unicode(Scalar(value)) == text
    assert latex(Scalar(value)) == tex


@pytest.mark.parametrize(
    "value",
    [
        sympy.besselk(rho, 2 * rho),
        sympy.Piecewise((1, rho > 0), (s2, True)),
        sympy.Integral(sympy.exp(-(rho**2)), (rho, 0, sympy.oo)),
        sympy.Sum(rho**n, (n, 0, t)),
        sympy.binomial(n, t),
        sympy.I,
        sympy.zoo,
        sympy.nan,
        sympy.Function("f")(mu),
        sympy.Derivative(sympy.Function("f")(mu), mu),
        sympy.Mod(n, t),
        sympy.factorial(n) / 3,
        -sympy.Abs(rho),
        sympy.Dummy("x"),
        sympy.Symbol("a b%"),
        sympy.Float("1.5", 50),
    ],
    ids=str,
)
def test_any_scalar_of_sympy_can_be_written(value: sympy.Expr) -> None:
    assert unicode(Scalar(value)).count("\n") == 0
    assert_is_sound_latex(latex(2 * Scalar(value) + V.det()))


STYLED: list[tuple[Tree, Style, str, str]] = [
    (Z.T, Style(transpose="T"), "Zᵀ", r"\mathbf{Z}^T"),
    (Z.T, Style(transpose="top"), "Zᵀ", r"\mathbf{Z}^\top"),
    (V, Style(covariance="Sigma"), "Σ", r"\boldsymbol{\Sigma}"),
    (su * (Z @ u), Style(random="b"), "σ²_b Zb", r"\sigma^2_b \mathbf{Z}\mathbf{b}"),
    (su * (Z @ u), Style(random="gamma"), "σ²_γ Zγ", r"\sigma^2_{\gamma} \mathbf{Z}\boldsymbol{\gamma}"),
    (Scalar(sympy.Symbol("u_1") * sympy.sqrt(su)), Style(random="b"), "σ_b b_1", r"\sigma_b b_1"),
    (
        as_tree(sympy.Matrix([[1, 2]])),
        Style(brackets="round"),
        "[ 1  2 ]",
        r"\begin{pmatrix} 1 & 2 \end{pmatrix}",
    ),
    (
        X @ beta,
        Style(dimensions=True),
        "X_{6×4} β_{4×1}",
        r"\mathbf{X}_{6 \times 4} \boldsymbol{\beta}_{4 \times 1}",
    ),
    (symbol("X", "n", "p").T, Style(dimensions=True), "X_{n×p}'", r"\mathbf{X}_{n \times p}'"),
    (symbol("x_1", "n"), Style(dimensions=True), "(x_1)_{n×1}", r"{\mathbf{x}_1}_{n \times 1}"),
    (identity(4), Style(dimensions=True), "I_{4×4}", r"\mathbf{I}_{4 \times 4}"),
]


@pytest.mark.parametrize(("tree", "style", "text", "tex"), STYLED, ids=[tex for *_, tex in STYLED])
def test_a_style_switches_one_convention(tree: Tree, style: Style, text: str, tex: str) -> None:
    assert write(tree, "unicode", style) == text
    assert write(tree, "latex", style) == tex
    assert write(tree, "markdown", style) == f"$${tex}$$"


@pytest.mark.parametrize("wrong", [{"transpose": "dagger"}, {"brackets": "curly"}, {"random": "v"}])
def test_a_style_that_there_is_not_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownNameError):
        Style(**wrong)


def test_a_dialect_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean latex"):
        write(V, "latx")  # pyright: ignore[reportArgumentType]


def test_what_has_no_notation_is_refused() -> None:
    with pytest.raises(TutorError, match="no notation for dict"):
        write({})


# LaTeX that compiles


def assert_is_sound_latex(text: str) -> None:
    """What pdflatex stops at: letters it does not know, open groups, unpaired brackets, double scripts."""
    assert text.isascii()
    depth = 0
    for letter in re.sub(r"\\[{}\\]", "", text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text))
    opened = re.findall(r"\\(begin|end)\{(\w+)\}", text)
    waiting: list[str] = []
    for which, environment in opened:
        if which == "begin":
            waiting.append(environment)
        else:
            assert waiting.pop() == environment
    assert not waiting
    script = r"(?:[A-Za-z0-9]|\\[A-Za-z]+|\{(?:[^{}]|\{[^{}]*\})*\})"
    assert not re.search(rf"\^{script}(?:_{script})?\^", text)
    assert not re.search(rf"_{script}(?:\^{script})?_", text)
    assert not re.search(rf"\^{script}(?:_{script})?'", text)


STYLES = st.builds(
    Style,
    transpose=st.sampled_from(["prime", "T", "top"]),
    covariance=st.sampled_from(["V", "Sigma"]),
    random=st.sampled_from(["u", "b", "gamma"]),
    brackets=st.sampled_from(["square", "round"]),
    dimensions=st.booleans(),
)


@given(trees(depth=3, letters=True), STYLES)
def test_latex_of_any_tree_in_any_style_is_sound(tree: Tree, style: Style) -> None:
    assert_is_sound_latex(write(tree, "latex", style))


@given(trees(depth=3, letters=True), STYLES)
def test_a_tree_within_a_sentence_takes_one_line(tree: Tree, style: Style) -> None:
    assert "\n" not in inline(tree, style)


@pytest.mark.parametrize(
    "key", ["yield%", "a b", "Größe", "x_0.6cwt", "sigma2_whole plot", "A#", "ж", "x^2", "\\input"]
)
def test_names_out_of_data_files_cannot_break_latex(key: str) -> None:
    text = latex(symbol(key, 2, 2) @ symbol(key, 2, 2).T) + latex(Scalar(sympy.Symbol(key)))
    assert_is_sound_latex(
        re.sub(r"\\text\{[^{}]*\}", "", text.replace(r"\textbackslash{}", "").replace(r"\textasciicircum{}", ""))
    )


@pytest.mark.parametrize(("columns", "environment"), [(10, "bmatrix"), (11, "array"), (24, "array")])
def test_a_matrix_of_more_columns_than_bmatrix_takes_is_an_array(columns: int, environment: str) -> None:
    text = latex(as_tree(sympy.ones(2, columns)))
    assert rf"\begin{{{environment}}}" in text
    assert text.count("&") == 2 * (columns - 1)


# Text means what the tree means: an independent reading of scalars


@given(scalars())
def test_a_scalar_read_as_arithmetic_has_the_value_of_the_scalar(value: sympy.Expr) -> None:
    values: dict[Any, Any] = {symbol: index + 2 for index, symbol in enumerate(sorted(value.free_symbols, key=str))}
    text = unicode(Scalar(value))
    assert _Arithmetic(text, {str(symbol): sympy.Integer(number) for symbol, number in values.items()}).value() == (
        value.subs(values)
    )


class _Arithmetic:
    """A small reader of what scalars may be written as, made for this test alone."""

    NAMES = {"σ²": "sigma2", "σ²_u": "sigma2_u", "σ²_v": "sigma2_v", "μ": "mu", "ρ": "rho"} | {
        "τ_1": "tau_1",
        "τ_2": "tau_2",
        "x_1": "x_1",
        "y_11": "y_11",
        "y_{1,12}": "y_1_12",
    }
    TOKEN = re.compile(r"\s*(σ[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?:_[uv])?|[μρ]|[τx]_\d|y_11|y_\{1,12\}|\d+|[()/−+]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)")
    RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

    def __init__(self, text: str, values: dict[str, sympy.Expr]) -> None:
        self.tokens = self.TOKEN.findall(text)
        assert "".join(self.tokens) == text.replace(" ", "")
        self.values = values

    def value(self) -> sympy.Expr:
        result = self.sum()
        assert not self.tokens
        return result

    def next_is(self, *tokens: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in tokens

    def sum(self) -> sympy.Expr:
        negative = self.next_is("−") and self.tokens.pop(0)
        total = -self.quotient() if negative else self.quotient()
        while self.next_is("+", "−"):
            total = total + self.quotient() if self.tokens.pop(0) == "+" else total - self.quotient()
        return total

    def quotient(self) -> sympy.Expr:
        result = self.power()
        while self.tokens and not self.next_is("+", "−", ")"):
            if self.next_is("/"):
                self.tokens.pop(0)
                result = result / self.power()
            else:
                result = result * self.power()
        return result

    def power(self) -> sympy.Expr:
        token = self.tokens.pop(0)
        if token == "(":
            base = self.sum()
            assert self.tokens.pop(0) == ")"
        elif token.isdecimal():
            base = sympy.Integer(token)
        elif token[0] == "σ":
            raised = re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", token)[0]
            key = self.NAMES[token.replace(raised, "²")]
            base = self.values[key] ** sympy.Rational(int(raised.translate(self.RAISED)), 2)
        else:
            base = self.values[self.NAMES[token]]
        if self.tokens and re.fullmatch("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", self.tokens[0]):
            base = base ** int(self.tokens.pop(0).translate(self.RAISED))
        return base


def test_markdown_puts_display_mathematics_between_dollar_signs() -> None:
    assert markdown(Z @ u) == r"$$\mathbf{Z}\mathbf{u}$$"


def test_a_large_matrix_within_a_sentence_is_told_by_its_shape() -> None:
    assert inline(as_tree(sympy.eye(40))) == "the 40 × 40 matrix"
    assert inline(named("A", 2, 2) + as_tree(sympy.eye(2))) == "A_22 + [[1, 0], [0, 1]]"
