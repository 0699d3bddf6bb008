r"""Matrices in every environment and list read by their entries, and blocks by their blocks."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import identity, kron, symbol, zero
from tutor.algebra.nodes import Block, Determinant, Explicit, Product, Scalar, Scaled, Symbol, Variance
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary

s2, s2u = sympy.Symbol("sigma2", positive=True), sympy.Symbol("sigma2_u", positive=True)
mu, rho = sympy.Symbol("mu", real=True), sympy.Symbol("rho", real=True)


def lecture(key: str) -> Tree:
    name = lecture_vocabulary().lookup(key)
    assert name is not None
    return name.tree


G, R, u, e, y, Z, V = (lecture(key) for key in ("G", "R", "u", "e", "y", "Z", "V"))


def matrix(*rows: list[sympy.Expr | int]) -> Explicit:
    return Explicit(ImmutableDenseMatrix([[sympy.sympify(entry) for entry in row] for row in rows]))


ONE_TWO = matrix([1, 2], [3, 4])
CORRELATION = matrix([1, rho], [rho, 1])

MATRICES: list[tuple[str, Tree]] = [
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", ONE_TWO),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", ONE_TWO),
    (r"\begin{Bmatrix} 1 & 2 \\ 3 & 4 \end{Bmatrix}", ONE_TWO),
    (r"\begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix}", ONE_TWO),
    (r"\begin{smallmatrix} 1 & 2 \\ 3 & 4 \end{smallmatrix}", ONE_TWO),
    (r"\begin{bmatrix*}[r] 1 & 2 \\ 3 & 4 \end{bmatrix*}", ONE_TWO),
    (r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}", ONE_TWO),
    (r"\left[\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right]", ONE_TWO),
    (r"\left( \begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array} \right)", ONE_TWO),
    (r"\left[ \begin{matrix} 1 & 2 \\ 3 & 4 \end{matrix} \right]", ONE_TWO),
    (r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", ONE_TWO),
    ("\\begin{bmatrix}\n1 & 2 \\\\\n3 & 4\n\\end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \\[2pt] 3 & 4 \end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \\[0.5em] 3 & 4 \\[1ex] \end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \cr 3 & 4 \end{bmatrix}", ONE_TWO),
    (r"\begin {bmatrix} 1 & 2 \\ 3 & 4 \end {bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} {1} & \,2 \\ (3) & 2 + 2 \end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & \frac{8}{2} \end{bmatrix}", ONE_TWO),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}'", ONE_TWO.T),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{-1}", ONE_TWO.inv()),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^\top", ONE_TWO.T),
    (r"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}", Determinant(ONE_TWO)),
    (r"\left|\begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array}\right|", Determinant(ONE_TWO)),
    (r"\det\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", Determinant(ONE_TWO)),
    (r"\sigma^2 \begin{bmatrix} 1 & \rho \\ \rho & 1 \end{bmatrix}", Scalar(s2) * CORRELATION),
    (r"\begin{bmatrix} 1 & \rho \\ \rho & 1 \end{bmatrix} \sigma^2", Scalar(s2) * CORRELATION),
    (r"\frac{1}{2}\begin{bmatrix} 1 & \rho \\ \rho & 1 \end{bmatrix}", Scalar(sympy.Rational(1, 2)) * CORRELATION),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}\begin{bmatrix} 1 \\ 2 \end{bmatrix}", ONE_TWO @ matrix([1], [2])),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} + \begin{bmatrix} 1 & \rho \\ \rho & 1 \end{bmatrix}",
     ONE_TWO + CORRELATION),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} + I", ONE_TWO + identity(2)),
    (r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}", matrix([1], [2])),
    (r"\begin{bmatrix} 1 & 2 \end{bmatrix}", matrix([1, 2])),
    (r"\begin{bmatrix} 5 \end{bmatrix}", matrix([5])),
    (r"[1, 2, 3]", matrix([1, 2, 3])),
    (r"[1, 2, 3]'", matrix([1, 2, 3]).T),
    (r"(1, 2, 3)'", matrix([1, 2, 3]).T),
    (r"(\mu, \rho)^\top", matrix([mu, rho]).T),
    (r"\left[1, 2\right]^T", matrix([1, 2]).T),
    (r"\begin{bmatrix} \sigma^2+\sigma_u^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2+\sigma_u^2 \end{bmatrix}",
     matrix([s2 + s2u, s2u], [s2u, s2 + s2u])),
    ("[[σ² + σ²_u, σ²_u], [σ_u², σ² + σᵤ²]]", matrix([s2 + s2u, s2u], [s2u, s2 + s2u])),
    ("[ [1, 2],\n  [3, 4] ]", ONE_TWO),
    ("[[1, (1 + 1)], [3, 4]]", ONE_TWO),
    ("[[1, 2], [3, 4]].T", ONE_TWO.T),
    ("2*[[1, 2], [3, 4]]", 2 * ONE_TWO),
    (r"\begin{bmatrix} \mathbf{G} & \boldsymbol{0} \\ \boldsymbol{0} & \mathbf{R} \end{bmatrix}",
     Block(((G, zero("q", "n")), (zero("n", "q"), R)))),
    (r"\begin{bmatrix} \mathbf{G} & 0 \\ 0 & \mathbf{R} \end{bmatrix}",
     Block(((G, zero("q", "n")), (zero("n", "q"), R)))),
    (r"\begin{bmatrix} \sigma_u^2\mathbf{I} & 0 \\ 0 & R \end{bmatrix} \begin{bmatrix} u \\ e \end{bmatrix}",
     Product((Block(((Scalar(s2u) * identity("q"), zero("q", "n")), (zero("n", "q"), R))), Block(((u,), (e,)))))),
    (r"\begin{bmatrix} \mathbf{u} \\ \boldsymbol{\varepsilon} \end{bmatrix}", Block(((u,), (e,)))),
    (r"\begin{bmatrix} Z'R^{-1}Z + G^{-1} & Z'R^{-1} \\ R^{-1}Z & R^{-1} \end{bmatrix}",
     Block(((Z.T @ R.inv() @ Z + G.inv(), Z.T @ R.inv()), (R.inv() @ Z, R.inv())))),
    (r"\begin{bmatrix} \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} & 0 \\ 0 & 5 \end{bmatrix}",
     Block(((ONE_TWO, zero(2, 1)), (zero(1, 2), Scalar(sympy.Integer(5)))))),
    (r"\begin{bmatrix} \operatorname{Var}(y_{11}) & 0 \\ 0 & 1 \end{bmatrix}",
     Block(((Variance(Scalar(sympy.Symbol("y_11", real=True))), Scalar(sympy.S.Zero)),
            (Scalar(sympy.S.Zero), Scalar(sympy.S.One))))),
    (r"\mathbf{I}_2 \otimes \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", kron(identity(2), ONE_TWO)),
    (r"\begin{bmatrix} I & I \\ 0 & V \end{bmatrix} + \begin{bmatrix} V & V \\ V & V \end{bmatrix}",
     Block(((identity("n"), identity("n")), (zero("n", "n"), V))) + Block(((V, V), (V, V)))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), MATRICES, ids=[text for text, _ in MATRICES])
def test_a_matrix_reads_by_its_entries(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


def test_identities_of_different_sizes_may_stand_in_one_block_matrix() -> None:
    tree = read(r"\begin{bmatrix} I & 0 \\ 0 & I \end{bmatrix} + \begin{bmatrix} G & 0 \\ 0 & R \end{bmatrix}").tree
    assert tree is not None
    assert tree.parts[0] == Block(((identity("q"), zero("q", "n")), (zero("n", "q"), identity("n"))))


def test_blocks_that_do_not_stack_are_a_shape_error() -> None:
    with pytest.raises(ShapeError) as caught:
        read(r"\begin{bmatrix} Z & V \\ V & Z \end{bmatrix}")
    assert caught.value.operation == "stack"


RAGGED = [
    (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", 2, "3"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 & 7 \end{bmatrix}", 3, "5 & 6 & 7"),
    (r"\begin{array}{cc} 1 & 2 \\ 3 & 4 \\ 5 \\ \end{array}", 3, "5"),
    ("[[1, 2], [3, 4, 5]]", 2, "3, 4, 5"),
    (r"Z + \begin{pmatrix} 1 \\ 2 \\ 3 & 4 \end{pmatrix}", 3, "3 & 4"),
]


@pytest.mark.parametrize(("text", "row", "place"), RAGGED, ids=[text for text, *_ in RAGGED])
def test_a_ragged_matrix_names_its_row(text: str, row: int, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "ragged-row"
    assert f"Row {row}" in caught.value.problem
    assert text[caught.value.start : caught.value.end] == place


def test_an_error_in_a_cell_points_into_the_cell() -> None:
    text = r"\begin{bmatrix} 1 & \sigma^2 + \\ 3 & 4 \end{bmatrix}"
    with pytest.raises(ReadError) as caught:
        read(text)
    assert (caught.value.kind, text[caught.value.start]) == ("missing-operand", "+")


ENTRY = st.sampled_from(
    [("0", sympy.S.Zero), ("1", sympy.S.One), (r"\sigma^2", s2), (r"\sigma^2_u", s2u),
     (r"\sigma^2+\sigma_u^2", s2 + s2u), (r"-\rho", -rho), (r"\frac{\sigma^2}{2}", s2 / 2), ("0.25",
      sympy.Rational(1, 4)), (r"\rho^{2}", rho**2)]
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> list[list[tuple[str, sympy.Expr]]]:
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    return [[draw(ENTRY) for _ in range(columns)] for _ in range(rows)]


@given(entries(), st.sampled_from(["bmatrix", "pmatrix", "matrix", "smallmatrix"]))
def test_any_matrix_is_read_entry_by_entry(cells: list[list[tuple[str, sympy.Expr]]], environment: str) -> None:
    body = r" \\ ".join(" & ".join(text for text, _ in row) for row in cells)
    expected = Explicit(ImmutableDenseMatrix([[value for _, value in row] for row in cells]))
    assert read(rf"\begin{{{environment}}} {body} \end{{{environment}}}").tree == expected


@given(entries())
def test_any_list_of_lists_is_read_entry_by_entry(cells: list[list[tuple[str, sympy.Expr]]]) -> None:
    body = ", ".join("[" + ", ".join(text for text, _ in row) + "]" for row in cells)
    expected = Explicit(ImmutableDenseMatrix([[value for _, value in row] for row in cells]))
    assert read(f"[{body}]").tree == expected


def test_a_matrix_of_72_rows_is_read() -> None:
    rows = [" & ".join(r"\sigma^2+\sigma_u^2" if i == j else "0" for j in range(72)) for i in range(72)]
    tree = read(r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}").tree
    assert isinstance(tree, Explicit)
    assert tree.matrix == ImmutableDenseMatrix(72, 72, lambda i, j: s2 + s2u if i == j else 0)


LISTS: list[tuple[str, Tree]] = [
    (r"[y_1, y_2, \dots, y_n]", lecture("y").T),
    (r"(y_1, y_2, ..., y_n)", lecture("y").T),
    (r"(x_{1,1}, x_{1, 2}, \ldots, x_{1, n})", symbol("x_1", "n").T),
    (r"(\beta_0, \beta_1, \dots, \beta_p)", Symbol("beta", size("p") + 1, sympy.S.One).T),
    (r"[y_1, y_2, \dots, y_4]", matrix([sympy.Symbol(f"y_{i}", real=True) for i in (1, 2, 3, 4)])),
    (r"[y_8, y_9, \dots, y_{11}]", matrix([sympy.Symbol(f"y_{i}", real=True) for i in (8, 9, 10, 11)])),
]


@pytest.mark.parametrize(("text", "tree"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_with_dots_counts_on(text: str, tree: Tree) -> None:
    assert read(text).tree == tree


@pytest.mark.parametrize(
    "text",
    [r"[y_1, \dots, z_n]", r"[y_1, y_3, \dots, y_9]", r"[\dots, y_n]", r"[y_1, \dots]", r"[y_1, \dots, y_2, y_3]",
     r"\begin{bmatrix} 1 & \dots & 0 \\ 0 & \dots & 1 \end{bmatrix}", r"V + \dots + R", "c(1, ..., 3)"],
)  # fmt: skip
def test_dots_that_tell_too_little_are_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == "ellipsis"


def test_scaled_blocks_keep_their_scalar() -> None:
    tree = read(r"\sigma^2_u \begin{bmatrix} G & 0 \\ 0 & R \end{bmatrix}").tree
    assert isinstance(tree, Scaled) and tree.scalar == Scalar(s2u)
