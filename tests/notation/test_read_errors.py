r"""What cannot be read is refused with its kind, its place and a way out."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read
from tutor.notation.vocabulary import Name, Vocabulary

S2 = Scalar(sympy.Symbol("sigma2", positive=True))
S2U = Scalar(sympy.Symbol("sigma2_u", positive=True))
MODEL = Vocabulary.of(
    symbol("y", 6, role="random"), symbol("X", 6, 4), symbol("Z", 6, 3), symbol("u", 3, role="random"),
    symbol("G", 3, 3), symbol("R", 6, 6), symbol("V", 6, 6), Name("sigma2", S2, "residual"),
    Name("sigma2_u", S2U, "blocks"),
)  # fmt: skip

REFUSED: list[tuple[str, str, str]] = [
    # text, kind, the part of the text that is pointed at
    ("", "empty", ""),
    ("   ", "empty", ""),
    ("$$", "empty", ""),
    ("zgz'+R", "lower-case", "zgz"),
    ("zGz' + R", "lower-case", "zGz"),
    (r"\mathbf{z}\mathbf{G}\mathbf{Z}'", "lower-case", r"\mathbf{z}"),
    ("Y", "upper-case", "Y"),
    ("V + W", "unknown-name", "W"),
    (r"V + \mathbf{W}", "unknown-name", r"\mathbf{W}"),
    (r"\sigma^2_b \mathbf{I}", "unknown-name", r"\sigma^2_b"),
    (r"\sigma_b^2 \mathbf{I}", "unknown-name", r"\sigma_b"),
    (r"\kappa V", "unknown-name", r"\kappa"),
    ("sigmma2 V", "unknown-name", "sigmma2"),
    ("y_{71}", "unknown-name", "y_{71}"),
    (r"\foo V", "unknown-command", r"\foo"),
    (r"\sgima^2", "unknown-command", r"\sgima"),
    ("mathbf{Z}G", "missing-backslash", "mathbf"),
    (r"\mathbf{V} + frac{1}{2}", "missing-backslash", "frac"),
    ("0,6 V", "decimal-comma", "0,6"),
    (r"\begin{bmatrix} 1 & 0,6 \\ 0,6 & 1 \end{bmatrix}", "decimal-comma", "0,6"),
    ("V +", "missing-operand", "+"),
    ("V = ", "missing-operand", "="),
    ("= V", "missing-operand", "="),
    ("* V", "missing-operand", "*"),
    ("V + * R", "missing-operand", "*"),
    ("V + )", "unbalanced", ")"),
    ("V + ()", "missing-operand", ")"),
    (r"\mathbf{I}_3 + \mathbf{I_3", "unbalanced", "{"),
    (r"\mathbf{V + R", "unbalanced", "{"),
    ("(V + R", "unbalanced", "("),
    ("((V + R)", "unbalanced", "("),
    ("[V + R", "unbalanced", "["),
    ("V + R)", "unbalanced", ")"),
    ("(V + R]", "unbalanced", "]"),
    ("([V + R)", "unbalanced", "["),
    ("|V + R", "unbalanced", "|"),
    ("V}", "unbalanced", "}"),
    (r"\frac{1}{n V", "unbalanced", "{"),
    (r"\sigma_{u", "unbalanced", "{"),
    (r"\begin{bmatrix} 1 & 2", "unbalanced", r"\begin{bmatrix}"),
    (r"1 & 2 \end{bmatrix}", "unbalanced", r"\end{bmatrix}"),
    (r"\begin{bmatrix} 1 & 2 \end{pmatrix}", "unbalanced", r"\begin{bmatrix}"),
    ("'", "transpose-of-nothing", "'"),
    ("' + V", "transpose-of-nothing", "'"),
    ("V + 'R", "transpose-of-nothing", "'"),
    ("^T V", "transpose-of-nothing", "^T"),
    ("()'", "missing-operand", ")"),
    ("^{-1}", "missing-operand", "^{-1}"),
    ("_3", "missing-operand", "_"),
    ("V_", "missing-operand", "_"),
    ("V_{}", "missing-operand", "}"),
    (r"\sqrt{}", "missing-operand", "}"),
    ("I", "size-unknown", "I"),
    (r"\mathbf{1}\mathbf{1}'", "size-unknown", r"\mathbf{1}"),
    (r"J + \mathbf{I}", "size-unknown", "J"),
    (r"X_{6 \times 5}", "wrong-dimension", r"X_{6 \times 5}"),
    (r"\mathbf{X}_{p \times n}", "wrong-dimension", r"\mathbf{X}_{p \times n}"),
    (r"\mathbf{I}_{3 \times 4}", "wrong-dimension", r"\mathbf{I}_{3 \times 4}"),
    ("I_0", "wrong-dimension", "0"),
    ("I_{1/2}", "wrong-dimension", "1/2"),
    ("V/R", "division-by-matrix", "R"),
    (r"\frac{1}{V}", "division-by-matrix", "V"),
    ("1/0", "division-by-zero", "0"),
    (r"\frac{V}{1 - 1}", "division-by-zero", "1 - 1"),
    ("0^{-1}", "division-by-zero", "0^{-1}"),
    ("log(0)", "division-by-zero", "log(0)"),
    ("2 3", "unexpected", "3"),
    ("V^{1/3}", "unexpected", "V^{1/3}"),
    ("V^X", "unexpected", "X"),
    (r"\sqrt{V}", "unexpected", r"\sqrt{V}"),
    ("V ± R ± V", "plus-minus", "V ± R ± V"),
    ("Cov(y, y, y)", "arguments", "Cov(y, y, y)"),
    ("E(y, u)", "arguments", "E(y, u)"),
    ("log(V)", "arguments", "log(V)"),
    ("matrix(c(1, 2, 3), nrow = 2)", "ragged-row", "matrix(c(1, 2, 3), nrow = 2)"),
    ("matrix(c(1, 2), rows = 2)", "arguments", "matrix(c(1, 2), rows = 2)"),
    (r"V \text{ is the variance}", "text-in-formula", r"\text{ is the variance}"),
    (r"\begin{tabular} 1 & 2 \end{tabular}", "unknown-environment", r"\begin{tabular}"),
    (r"V + \dots + R", "ellipsis", r"\dots"),
    ("||y|", "unbalanced", "|"),
    ("V # R", "unexpected", "#"),
    ("V\x00", "control-character", "\x00"),
    ("V \u202e R", "control-character", "\u202e"),
    ("V\ud800", "control-character", "\ud800"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "place"), REFUSED, ids=[ascii(text) for text, *_ in REFUSED])
def test_what_cannot_be_read_is_refused_at_its_place(text: str, kind: str, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, MODEL)
    assert caught.value.kind == kind
    assert caught.value.problem
    if place:
        assert text[caught.value.start : caught.value.end] == place


TIPS = [
    ("zgz'+R", "Did you mean ZGZ?"),
    (r"\mathbf{I}_3 + \mathbf{I_3", r"\mathbf{I}_3 was probably meant."),
    (r"\boldsymbol{\beta", r"\boldsymbol{\beta} was probably meant."),
    (r"\sigma^2_b \mathbf{I}", "Did you mean σ²_u?"),
    (r"\sigma_b^2 \mathbf{I}", "Did you mean σ²_u?"),
    (r"\sgima^2", r"Did you mean \sigma?"),
    ("mathbf{Z}", r"Write \mathbf."),
    ("0,6", "Write 0.6."),
    ("(V", "Close it with )."),
    (r"\mathbf{I}", r"Write its size below it, as \mathbf{I}_3."),
    ("V/R", "Multiply by its inverse."),
]


@pytest.mark.parametrize(("text", "tip"), TIPS)
def test_a_refusal_says_what_to_do(text: str, tip: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, MODEL)
    assert caught.value.tip == tip


def test_an_unknown_variance_is_told_which_there_are() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\sigma^2_b \mathbf{I}", MODEL)
    assert caught.value.problem == "This model has σ² (residual) and σ²_u (blocks)."
    assert caught.value.marked() == "  \\sigma^2_b \\mathbf{I}\n  ^^^^^^^^^^"


SHAPES = [
    ("GZZ' + R", "product", ("3 × 3", "6 × 3")),
    ("Z'GZ + R", "product", ("3 × 6", "3 × 3")),
    ("ZGZ + R", "product", ("3 × 3", "6 × 3")),
    (r"\sigma^2 + R", "sum", ("1 × 1", "6 × 6")),
    (r"R + \sigma^2", "sum", ("6 × 6", "1 × 1")),
    (r"\sigma^2 + \mathbf{I}", "sum", ("1 × 1", "? × ?")),
    (r"R + I_5", "sum", ("6 × 6", "5 × 5")),
    (r"X + Z", "sum", ("6 × 4", "6 × 3")),
    (r"\mathbf{1} + X", "sum", ("6 × 1", "6 × 4")),
    (r"X^{-1}", "square", ("6 × 4",)),
    (r"|X|", "square", ("6 × 4",)),
    (r"\operatorname{tr}(Z)", "square", ("6 × 3",)),
    (r"\operatorname{Var}(X)", "vector", ("6 × 4",)),
    (r"yy", "product", ("6 × 1", "6 × 1")),
]


@pytest.mark.parametrize(("text", "operation", "shapes"), SHAPES, ids=[text for text, *_ in SHAPES])
def test_shapes_that_do_not_meet_are_named(text: str, operation: str, shapes: tuple[str, ...]) -> None:
    with pytest.raises(ShapeError) as caught:
        read(text, MODEL)
    assert caught.value.operation == operation
    assert tuple(f"{rows} × {columns}" for _, (rows, columns) in caught.value.operands) == shapes
    assert "?1" not in str(caught.value) and "?_" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("VAR + R", "A is no name of this model."), ("KWL", "K, W and L are no names of this model."),
     ("WV", "W is no name of this model."), ("y_{71}", "y_{71} is no name of this model.")],
)  # fmt: skip
def test_the_unknown_ones_of_letters_side_by_side_are_named(text: str, problem: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text, MODEL)
    assert (caught.value.kind, caught.value.problem) == ("unknown-name", problem)


def test_a_function_of_r_is_no_number() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\sigma^2 t(n - 1)", MODEL)
    assert caught.value.kind == "unknown-name"


def test_a_shape_error_has_a_place() -> None:
    text = r"\mathbf{R} + \mathbf{G}\mathbf{Z}\mathbf{Z}'"
    with pytest.raises(ShapeError) as caught:
        read(text, MODEL)
    assert text[caught.value.start : caught.value.end] == r"\mathbf{G}\mathbf{Z}"
