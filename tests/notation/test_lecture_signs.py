r"""Signs of lectures that were refused without need, or read as something else than every reader takes them for."""

from __future__ import annotations

import pytest
import sympy

from tutor import crossed, from_equation, kron, ones, rcbd, read
from tutor.algebra.build import symbol
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.nodes import Block, Identity, Ones, Scalar
from tutor.errors import ReadError
from tutor.notation.statement import Dimension
from tutor.notation.vocabulary import Name, Vocabulary

S2 = sympy.Symbol("sigma2", positive=True)
GE = sympy.Symbol("sigma2_ge", positive=True)
RHO = sympy.Symbol("rho", real=True)
TRIALS = Vocabulary.of(
    symbol("y", 12, role="random"), symbol("e", 12, role="random"), Name("sigma2", Scalar(S2)),
    Name("sigma2_ge", Scalar(GE)), sizes={"e": 4, "r": 3},
)  # fmt: skip


@pytest.mark.parametrize(
    "text", [r"\mathbf{X}^{\dagger}", r"\mathbf{X}^\dagger", r"\mathbf{X}^{+}", "X^†", "X⁺", "X^{†}", "X†", r"X^\dag",
             r"\mathbf{X}^+", "ginv(X)", "np.linalg.pinv(X)"]
)  # fmt: skip
def test_every_sign_of_the_inverse_of_moore_and_penrose_is_one(text: str) -> None:
    assert read(text).tree == read("pinv(X)").tree


@pytest.mark.parametrize("text", [r"\mathbf{X}^{-}", r"\mathbf{X}^-", "X⁻", "X^-", "X^{−}"])
def test_a_minus_is_any_generalized_inverse(text: str) -> None:
    told = read(text).tree
    assert told == generalized_inverse(symbol("X", "n", "p")) != read("pinv(X)").tree


@pytest.mark.parametrize(
    "text", [r"\dim(Z) = n \times q", r"\dim\left(\mathbf{Z}\right) = n \times q", "dim(Z) = n × q", "dim(Z): n × q"]
)
def test_dimensions_are_told_by_dim(text: str) -> None:
    (told,) = read(text).parts
    assert isinstance(told, Dimension)
    assert tuple(map(str, (told.subject, told.rows, told.columns)))[1:] == ("n", "q")


def test_dimensions_told_by_dim_are_checked() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\dim(Z) = 2 \times 6", rcbd(3, 2).vocabulary)
    assert caught.value.kind == "wrong-dimension"


@pytest.mark.parametrize("text", ["E y", r"E y = X\beta", r"E \mathbf{y}", "y = E y + e"])
def test_a_mean_without_brackets_is_no_product(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "missing-brackets"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\log 2\rho", sympy.log(2 * RHO)),
        (r"\log 2\rho + 1", sympy.log(2 * RHO) + 1),
        (r"\log 2\pi\sigma^2", sympy.log(2 * sympy.pi * S2)),
        (r"\log 2\sigma^2", sympy.log(2 * S2)),
        (r"\log(2)\rho", sympy.log(2) * RHO),
    ],
)
def test_a_logarithm_reaches_over_a_number_and_the_letter_behind_it(text: str, value: sympy.Expr) -> None:
    assert read(text).tree == Scalar(value)


@pytest.mark.parametrize(
    ("text", "meant"), [(r"\sigma2u", r"\sigma^2_u"), (r"V = \sigma2 I", r"\sigma^2"), (r"\sigma2e + 1", r"\sigma^2_e")]
)
def test_a_square_on_the_line_is_no_factor(text: str, meant: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "missing-caret"
    assert caught.value.tip == f"Write {meant}."


def test_two_may_divide_a_deviation() -> None:
    assert read(r"\frac\sigma2").tree == Scalar(sympy.sqrt(S2) / 2)


def test_a_bar_between_matrices_parts_them() -> None:
    parts = Block(((Ones(sympy.Integer(6), sympy.Integer(1)), kron(Identity(sympy.Integer(3)), ones(2))),))
    assert read(r"\left[\mathbf{1}_6 \mid \mathbf{I}_3 \otimes \mathbf{1}_2\right]").tree == parts
    assert read(r"[\mathbf{1}_6 | \mathbf{I}_3 \otimes \mathbf{1}_2]").tree == parts
    assert isinstance(read(r"[\mathbf{X} | \mathbf{Z}]").tree, Block)
    assert not isinstance(read("[y | u]").tree, Block)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\sigma^2_{ge}/e", GE / 4),
        (r"\frac{\sigma^2_{ge}}{e}", GE / 4),
        (r"\sigma^2/(re)", S2 / 12),
        (r"\frac{\sigma^2}{re}", S2 / 12),
        (r"(e-1)\sigma^2", 3 * S2),
        (r"e\sigma^2_{ge}", 4 * GE),
    ],
)
def test_a_letter_that_counts_is_a_number_where_a_number_stands(text: str, value: sympy.Expr) -> None:
    assert read(text, TRIALS).tree == Scalar(value)


def test_the_letter_that_counts_is_the_residual_elsewhere() -> None:
    assert read("y + e", TRIALS).shape == (12, 1)


@pytest.mark.parametrize("text", ["V = G", r"\mathbf{u} = (X'X)^{-1}X'y", r"y = \beta"])
def test_sides_of_different_sizes_are_remarked_in_a_model(text: str) -> None:
    assert "shapes-do-not-meet" in [finding.key for finding in read(text, rcbd(3, 2).vocabulary).findings]


@pytest.mark.parametrize("text", ["V = ZGZ' + R", r"R = \sigma^2 I", "V = 0", "Var(y) = V", r"y = X\beta + Zu + e"])
def test_sides_of_one_size_are_not(text: str) -> None:
    assert "shapes-do-not-meet" not in [finding.key for finding in read(text, rcbd(3, 2).vocabulary).findings]


def test_a_product_of_effects_is_no_model() -> None:
    levels = {"i": 3, "j": 2}
    with pytest.raises(ReadError) as caught:
        from_equation(r"y_{ij} = \mu \tau_i + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0, \sigma^2)", levels=levels)
    assert caught.value.kind == "effects-multiplied"
    assert "μ + τ_i" in str(caught.value)
    slopes = r"y_{ij} = \mu + \tau_i x_{ij} + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0, \sigma^2)"
    assert from_equation(slopes, levels=levels).X.shape == (6, 4)


@pytest.mark.parametrize(
    ("plain", "braced"),
    [("ȳ_·2", r"\bar{y}_{\cdot 2}"), ("ȳ_1·", r"\bar{y}_{1 \cdot}"), ("ȳ_··", r"\bar{y}_{\cdot\cdot}"),
     ("2·ȳ_·2", r"2\bar{y}_{\cdot 2}"), ("ȳ_1··y_12", r"\bar{y}_{1\cdot} y_{12}"),
     ("ȳ_·2 − ȳ_·1", r"\bar{y}_{\cdot 2} - \bar{y}_{\cdot 1}")],
)  # fmt: skip
def test_the_dots_of_a_mean_need_no_braces(plain: str, braced: str) -> None:
    vocabulary = crossed(3, 4).vocabulary
    assert read(plain, vocabulary).tree == read(braced, vocabulary).tree
