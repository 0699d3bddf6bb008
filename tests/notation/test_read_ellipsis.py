r"""Matrices with dots are completed to their size, given by structure, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.nodes import Block, Explicit, Scalar
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.statement import Equation
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary

s2, s2u = sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)
rho = sympy.Symbol("rho", real=True)
S2, S2U, RHO = Scalar(s2), Scalar(s2u), Scalar(rho)


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


def bmatrix(*rows: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def real(key: str) -> sympy.Symbol:
    return sympy.Symbol(key, real=True)


DOTS = r"\vdots & \vdots & \ddots & \vdots"
IDENTITY = bmatrix(r"1 & 0 & \dots & 0", r"0 & 1 & \dots & 0", DOTS, r"0 & 0 & \dots & 1")
EXCHANGEABLE = bmatrix(r"\sigma^2+\sigma_u^2 & \sigma_u^2 & \cdots & \sigma_u^2",
                       r"\sigma_u^2 & \sigma^2+\sigma_u^2 & \cdots & \sigma_u^2", DOTS,
                       r"\sigma_u^2 & \sigma_u^2 & \cdots & \sigma^2+\sigma_u^2")  # fmt: skip
BANDED = bmatrix(r"2 & -1 & 0 & \dots & 0", r"-1 & 2 & -1 & \dots & 0", r"\vdots & \ddots & \ddots & \ddots & \vdots",
                 r"0 & 0 & 0 & \dots & 2")  # fmt: skip
TOEPLITZ = bmatrix(r"\sigma_0 & \sigma_1 & \dots & \sigma_5", r"\sigma_1 & \sigma_0 & \dots & \sigma_4", DOTS,
                   r"\sigma_5 & \sigma_4 & \dots & \sigma_0")  # fmt: skip


def powers(corner: str, before: str, beyond: str = "") -> str:
    return bmatrix(
        rf"1 & \rho & \rho^2 & \dots & \rho^{{{corner}}}", rf"\rho & 1 & \rho & \dots & \rho^{{{before}}}",
        r"\vdots & \vdots & \vdots & \ddots & \vdots", rf"\rho^{{{corner}}} & \rho^{{{before}}} & {beyond} & \dots & 1",
    )  # fmt: skip


def made(rows: int, columns: int, entry: Callable[[int, int], sympy.Expr | int]) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix(rows, columns, [entry(i, j) for i in range(rows) for j in range(columns)])


NUMBERED: list[tuple[str, tuple[int, int] | None, ImmutableDenseMatrix]] = [
    (IDENTITY, (4, 4), made(4, 4, lambda i, j: int(i == j))),
    (IDENTITY, (9, 9), made(9, 9, lambda i, j: int(i == j))),
    (IDENTITY + "_{5}", None, made(5, 5, lambda i, j: int(i == j))),
    (IDENTITY + r"_{5 \times 5}", None, made(5, 5, lambda i, j: int(i == j))),
    ("[[1, 0, ..., 0], [0, 1, ..., 0], [..., ..., ..., ...], [0, 0, ..., 1]]", (5, 5),
     made(5, 5, lambda i, j: int(i == j))),
    (r"\begin{pmatrix} 1 & ⋯ & 0 \\ ⋮ & ⋱ & ⋮ \\ 0 & ⋯ & 1 \end{pmatrix}", (4, 4),
     made(4, 4, lambda i, j: int(i == j))),
    (EXCHANGEABLE, (5, 5), made(5, 5, lambda i, j: s2 + s2u if i == j else s2u)),
    (bmatrix(r"1 & \rho & \dots & \rho", r"\rho & 1 & \dots & \rho", DOTS, r"\rho & \rho & \dots & 1"), (6, 6),
     made(6, 6, lambda i, j: 1 if i == j else rho)),
    (bmatrix(r"\sigma^2 & & ", r"& \ddots & ", r" & & \sigma^2"), (3, 3), made(3, 3, lambda i, j: s2 if i == j else 0)),
    (bmatrix(r"\sigma^2 & 0 & 0", r"0 & \ddots & 0", r"0 & 0 & \sigma^2"), (4, 4),
     made(4, 4, lambda i, j: s2 if i == j else 0)),
    (bmatrix(r"\sigma_1^2 & 0 & \dots & 0", r"0 & \sigma_2^2 & \dots & 0", DOTS, r"0 & 0 & \dots & \sigma_4^2"), None,
     made(4, 4, lambda i, j: sympy.Symbol(f"sigma2_{i + 1}", positive=True) if i == j else 0)),
    (bmatrix(r"1 & 0 & \dots & 0", r"0 & 2 & \dots & 0", DOTS, r"0 & 0 & \dots & 7"), None,
     made(7, 7, lambda i, j: i + 1 if i == j else 0)),
    (powers("n-1", "n-2", r"\rho^{n-3}"), (6, 6), made(6, 6, lambda i, j: rho ** abs(i - j))),
    (powers("4", "3", r"\rho^2"), None, made(5, 5, lambda i, j: rho ** abs(i - j))),
    (BANDED, (6, 6), made(6, 6, lambda i, j: {0: 2, 1: -1}.get(abs(i - j), 0))),
    (BANDED, (9, 9), made(9, 9, lambda i, j: {0: 2, 1: -1}.get(abs(i - j), 0))),
    (TOEPLITZ, None, made(6, 6, lambda i, j: sympy.sqrt(sympy.Symbol(f"sigma2_{abs(i - j)}", positive=True)))),
    (bmatrix(r"1 & 1 & \dots & 1", r"0 & 1 & \dots & 1", DOTS, r"0 & 0 & \dots & 1"), (5, 5),
     made(5, 5, lambda i, j: int(i <= j))),
    (bmatrix(r"1 & \dots & 1", r"\vdots & \ddots & \vdots", r"1 & \dots & 1"), (3, 4), made(3, 4, lambda i, j: 1)),
    (bmatrix(r"1", r"\vdots", "1"), (4, 1), made(4, 1, lambda i, j: 1)),
    (bmatrix("y_1", "y_2", r"\vdots", "y_{5}"), None, made(5, 1, lambda i, j: real(f"y_{i + 1}"))),
    (bmatrix("y_1", "y_2", r"\vdots", "y_{11}", "y_{12}"), None, made(12, 1, lambda i, j: real(f"y_{i + 1}"))),
    (bmatrix("1 & 1", "1 & 2", r"\vdots & \vdots", "1 & 9"), None, made(9, 2, lambda i, j: i + 1 if j else 1)),
    (bmatrix(r"x_{11} & x_{12} & \dots & x_{14}", r"x_{21} & x_{22} & \dots & x_{24}", DOTS,
             r"x_{51} & x_{52} & \dots & x_{54}"), None, made(5, 4, lambda i, j: real(f"x_{i + 1}{j + 1}"))),
    (r"[1, 2, \dots, 10]", None, made(1, 10, lambda i, j: j + 1)),
    (r"[2, 4, \dots, 10]", None, made(1, 5, lambda i, j: 2 * (j + 1))),
    (r"[10, 9, \dots, 1]", None, made(1, 10, lambda i, j: 10 - j)),
    (r"[\frac{1}{8}, \frac{2}{8}, \dots, \frac{8}{8}]", None, made(1, 8, lambda i, j: sympy.Rational(j + 1, 8))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shape", "entries"), NUMBERED, ids=[f"{text}{shape}" for text, shape, _ in NUMBERED])
def test_dots_are_completed_to_the_size(
    text: str, shape: tuple[int, int] | None, entries: ImmutableDenseMatrix
) -> None:
    expected = None if shape is None else (size(shape[0]), size(shape[1]))
    assert read(text, shape=expected).tree == Explicit(entries)


LETTERED: list[tuple[str, str, Tree]] = [
    (IDENTITY, "n", identity("n")),
    (EXCHANGEABLE, "t", S2 * identity("t") + S2U * ones("t", "t")),
    (bmatrix(r"\sigma^2 & 0 & \dots & 0", r"0 & \sigma^2 & \dots & 0", DOTS, r"0 & 0 & \dots & \sigma^2"), "n",
     S2 * identity("n")),
    (bmatrix(r"\rho & \dots & \rho", r"\vdots & \ddots & \vdots", r"\rho & \dots & \rho"), "b", RHO * ones("b", "b")),
    (bmatrix(r"0 & \dots & 0", r"\vdots & \ddots & \vdots", r"0 & \dots & 0"), "b", zero("b", "b")),
    (bmatrix(r"2 & 1 & \dots & 1", r"1 & 2 & \dots & 1", DOTS, r"1 & 1 & \dots & 2"), "n",
     identity("n") + ones("n", "n")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "letter", "tree"), LETTERED, ids=[text for text, *_ in LETTERED])
def test_a_size_that_is_a_letter_gives_the_structure(text: str, letter: str, tree: Tree) -> None:
    assert read(text, shape=(size(letter), size(letter))).tree == tree


def test_the_last_index_of_a_vector_is_its_size() -> None:
    assert read(bmatrix("y_1", "y_2", r"\vdots", "y_n")).tree == lecture("y")
    assert read(bmatrix("a_1", r"\vdots", "a_t"), Vocabulary.of(symbol("a", "t"))).tree == symbol("a", "t")
    columns = Block(((ones("n"), symbol("x", "n")),))
    assert read(bmatrix("1 & x_1", "1 & x_2", r"\vdots & \vdots", "1 & x_n")).tree == columns


def test_a_model_says_how_far_a_letter_counts() -> None:
    model = Vocabulary.of(symbol("y", 6, role="random"), Name("rho", Scalar(rho)))
    tree = read(powers("n-1", "n-2", r"\rho^{n-3}"), model).tree
    assert tree == Explicit(made(6, 6, lambda i, j: rho ** abs(i - j)))


BESIDE: list[tuple[str, Tree]] = [
    (r"\mathbf{R} = \sigma^2 " + IDENTITY, S2 * identity("n")),
    (r"\mathbf{G} = " + EXCHANGEABLE, S2 * identity("q") + S2U * ones("q", "q")),
    (r"I_3 = " + IDENTITY, Explicit(made(3, 3, lambda i, j: int(i == j)))),
    (r"V = ZGZ' + \sigma^2 " + IDENTITY, lecture("Z") @ lecture("G") @ lecture("Z").T + S2 * identity("n")),
    (r"R = \sigma^2 " + IDENTITY + r" = \sigma^2 I_n", S2 * identity("n")),
]


@pytest.mark.parametrize(("text", "side"), BESIDE, ids=[text for text, _ in BESIDE])
def test_the_other_side_of_an_equation_tells_the_size(text: str, side: Tree) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Equation) and part.sides[1] == side


def test_a_term_or_a_factor_beside_it_tells_the_size() -> None:
    assert read(IDENTITY + " + J_3").tree == Explicit(made(3, 3, lambda i, j: int(i == j))) + ones(3, 3)
    assert read("Z" + IDENTITY + "Z'").tree == lecture("Z") @ identity("q") @ lecture("Z").T


def test_blocks_on_the_diagonal_are_a_kronecker_product() -> None:
    text = bmatrix(
        r"\mathbf{J}_2 & 0 & \dots & 0", r"0 & \mathbf{J}_2 & \dots & 0", DOTS, r"0 & 0 & \dots & \mathbf{J}_2"
    )
    assert read(text, shape=(size(8), size(8))).tree == kron(identity(4), ones(2, 2))
    text = bmatrix(r"I_2 & J_2 & \dots & J_2", r"J_2 & I_2 & \dots & J_2", DOTS, r"J_2 & J_2 & \dots & I_2")
    tree = read(text, shape=(size(6), size(6))).tree
    assert tree is not None
    expected = sympy.Matrix(6, 6, lambda i, j: int(i == j) if i // 2 == j // 2 else 1)
    assert tree.explicit() == ImmutableDenseMatrix(expected)


REFUSED = [
    IDENTITY,
    bmatrix(r"1 & \rho & \dots & 0", r"\rho & 1 & \dots & 0", DOTS, r"0 & 0 & \dots & 1"),
    bmatrix(r"1 & \rho & \dots & \rho^4", r" & 1 & \dots & \rho^3", r" & & \ddots & \vdots", r" & & & 1"),
    bmatrix(r"1 & 5 & \dots & 2", r"7 & 1 & \dots & 3", DOTS, r"4 & 9 & \dots & 1"),
    bmatrix(r"\dots & 0 & 1"),
    bmatrix(r"1 & \dots & 0 & \dots & 1"),
    bmatrix("1", r"\vdots", "2", r"\vdots", "1"),
    bmatrix(r"1 & \vdots", r"\vdots & 1"),
    bmatrix("y_1", r"\vdots", "z_n"),
    bmatrix("0", r"\vdots", "1"),
    bmatrix(r"1 & \dots & 2", r"3 & 4 & 5"),
    r"[1, 3, \dots, 10]",
]


@pytest.mark.parametrize("text", REFUSED)
def test_dots_without_one_meaning_are_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "ellipsis"
    assert caught.value.tip


def test_blank_cells_need_dots() -> None:
    with pytest.raises(ReadError) as caught:
        read(bmatrix("1 & & 0", "0 & 1 & 0", "0 & 0 & 1"))
    assert caught.value.kind == "missing-operand"


def test_dimensions_below_a_matrix_are_checked() -> None:
    assert read(bmatrix("1 & 2", "3 & 4") + r"_{2 \times 2}").shape == (size(2), size(2))
    with pytest.raises(ReadError) as caught:
        read(bmatrix("1 & 2", "3 & 4") + r"_{2 \times 3}")
    assert caught.value.kind == "wrong-dimension"


@given(st.integers(3, 30), st.integers(-5, 5), st.integers(-5, 5))
def test_any_exchangeable_matrix_is_completed(order: int, on: int, off: int) -> None:
    text = bmatrix(rf"{on} & {off} & \dots & {off}", rf"{off} & {on} & \dots & {off}", DOTS,
                   rf"{off} & {off} & \dots & {on}")  # fmt: skip
    expected = made(order, order, lambda i, j: on if i == j else off)
    assert read(text, shape=(size(order), size(order))).tree == Explicit(expected)


def test_a_large_matrix_of_powers_is_completed() -> None:
    expected = made(150, 150, lambda i, j: rho ** abs(i - j))
    assert read(powers("149", "148", r"\rho^{147}")).tree == Explicit(expected)


def test_dots_over_too_many_entries_are_refused() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"[1, 2, \dots, 9999999999]")
    assert caught.value.kind == "too-large"
