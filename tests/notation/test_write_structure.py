"""Closed forms as text: conditions, many blocks, pictures with dots and the number of what repeats."""

from __future__ import annotations

import pytest
import sympy

from tutor.algebra.build import identity, kron, ones, symbol
from tutor.algebra.nodes import BlockDiagonal, Identity
from tutor.algebra.tree import Tree
from tutor.errors import TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel
from tutor.notation.read import read
from tutor.notation.write import DialectName, picture, write
from tutor.notation.writing.layout import display_width

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
a, b = sympy.symbols("a b", real=True)

POLE = (a * identity("n") + b * ones("n", "n")).inv()

CONDITIONS = {
    "unicode": "(1/a) (I_n − (b/(a + n b)) J_n),  if a ≠ 0, a + n b ≠ 0",
    "latex": r"\frac{1}{a} \left(\mathbf{I}_n - \frac{b}{a + n b} \mathbf{J}_n\right), \quad "
    r"\text{if }a \neq 0, a + n b \neq 0",
}


@pytest.mark.parametrize("dialect", CONDITIONS)
def test_conditions_follow_the_result(dialect: str) -> None:
    assert write(POLE.closed_form(), dialect) == CONDITIONS[dialect]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("dialect", ["markdown", "mathml", "typst", "spoken"])
def test_every_dialect_says_the_condition(dialect: str) -> None:
    text = write(POLE.closed_form(), dialect)  # pyright: ignore[reportArgumentType]
    assert "if" in text


def test_many_blocks_have_dots_between_them() -> None:
    few = BlockDiagonal(tuple(identity(f"n_{i}") for i in range(1, 4)))
    many = BlockDiagonal(tuple(identity(f"n_{i}") for i in range(1, 13)))
    assert "…" not in str(few)
    assert str(many) == "I_{n_1} ⊕ I_{n_2} ⊕ … ⊕ I_{n_12}"
    assert r"\cdots" in write(many)
    assert "…" not in str(BlockDiagonal(tuple(map(symbol, "abcdefghijkl", [1] * 12))))


def test_blocks_and_entries_with_their_number() -> None:
    assert c.rcbd("t", "b").V.picture().split("\n") == [
        "⎡ A  0  …  0 ⎤",
        "⎢ 0  A  …  0 ⎥",
        "⎢ ⋮  ⋮  ⋱  ⋮ ⎥",
        "⎣ 0  0  …  A ⎦   b blocks",
        "    ⎡ σ² + σ²_u    σ²_u     …    σ²_u    ⎤",
        "    ⎢   σ²_u     σ² + σ²_u  …    σ²_u    ⎥",
        "A = ⎢     ⋮          ⋮      ⋱      ⋮     ⎥",
        "    ⎣   σ²_u       σ²_u     …  σ² + σ²_u ⎦   t columns",
    ]


def test_braces_in_latex_name_the_sizes() -> None:
    text = c.rcbd("t", "b").V.picture("latex")
    assert text.count(r"\underbrace") == 2
    assert r"}_{b \text{ blocks}}" in text
    assert r"}_{t \text{ columns}}" in text
    assert text.count("{") == text.count("}")


def test_a_small_matrix_has_no_dots() -> None:
    assert "…" not in c.rcbd(3, 2).V.picture()
    assert c.rcbd(3, 2).V.picture().endswith("3 columns")


def test_a_large_one_is_no_wall() -> None:
    text = c.rcbd(12, 30).V.picture()
    assert len(text.split("\n")) == 8
    assert "30 blocks" in text


def test_blocks_of_different_sizes() -> None:
    Z = BlockDiagonal((ones("n_1"), ones("n_2")))
    V = Z @ (su * identity(2)) @ Z.T + s2 * Identity(Z.rows)
    text = V.picture()
    assert "2 blocks" in text
    assert "n_1 columns" in text
    assert "n_2 columns" in text


def test_autoregression_and_its_inverse() -> None:
    m = c.repeated_measures("s", "p")
    assert "ρ^(p − 1)" in m.V.picture()
    assert "[[1, −ρ, 0, …, 0], [−ρ, 1 + ρ², −ρ, …, 0], [⋮, ⋮, ⋮, ⋱, ⋮], [0, 0, 0, …, 1]]" in str(
        m.V.inv().closed_form()
    )


@pytest.mark.parametrize("tree", [symbol("A", "n", "n"), kron(ones("a", "a"), symbol("B", 2, 2)), symbol("x", 3)])
def test_what_has_no_pattern_says_so(tree: Tree) -> None:
    with pytest.raises(TutorError, match="no blocks or entries that repeat"):
        picture(tree)


def test_blocks_of_an_index_carry_its_numbers() -> None:
    assert c.one_way("a", "n_i").V.picture().split("\n")[:5] == [
        "⎡ A_1   0   …   0  ⎤",
        "⎢  0   A_2  …   0  ⎥",
        "⎢  ⋮    ⋮   ⋱   ⋮  ⎥",
        "⎣  0    0   …  A_a ⎦   a blocks",
        "      ⎡ σ² + σ²_u    σ²_u     …    σ²_u    ⎤",
    ]


def test_blocks_within_blocks_are_told_one_after_the_other() -> None:
    text = c.split_plot("a", "s", "r").V.picture()
    assert [line.split()[-2:] for line in text.split("\n") if "blocks" in line] == [["r", "blocks"], ["a", "blocks"]]
    assert text.endswith("C = σ²_u J_s")
    assert c.latin_square("t").V.picture().endswith("B = σ²_c I_t")


@pytest.mark.parametrize("design", [c.rcbd("t", "b"), c.split_plot("a", "s", "r"), c.one_way("a", "n_i")])
@pytest.mark.parametrize("dialect", ["latex", "markdown", "mathml", "typst", "spoken"])
def test_a_picture_in_every_dialect_names_its_sizes(design: MixedModel, dialect: str) -> None:
    text = design.V.picture(dialect)  # pyright: ignore[reportArgumentType]
    assert "blocks" in text
    assert text.count("{") == text.count("}")
    assert text.count("<m") == text.count("</m") + text.count("<mspace")


def test_a_picture_in_another_dialect_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        c.rcbd("t", "b").V.picture("html")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "text", [r"\operatorname{diag}(\sigma^2_1, \dots, \sigma^2_n)", r"\operatorname{diag}(n_1, \dots, n_a)"]
)
@pytest.mark.parametrize("dialect", ["latex", "unicode", "markdown"])
def test_numbers_along_a_diagonal_are_a_diagonal_matrix(text: str, dialect: DialectName) -> None:
    tree = read(text).tree
    assert write(tree) == text
    assert "diag" in write(tree, dialect)
    assert read(write(tree, dialect)).tree == tree


@pytest.mark.parametrize("text", [r"\bigoplus_{j=1}^n n_j", r"\bigoplus_{i=1}^n \mathbf{V}_i", r"\bigoplus_i \sigma_i"])
def test_a_direct_sum_that_would_not_read_back_as_one_stays(text: str) -> None:
    assert write(read(text)) == text


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_picture_keeps_within_a_terminal_by_letters_for_its_entries(width: int) -> None:
    V = c.split_split_plot("a", "b", "c", "r").V
    text = V.picture(width=width)
    assert max(map(display_width, text.split("\n"))) <= width
    assert "d = σ² + σ²_u + σ²_v + σ²_w" in " ".join(text.split())  # a, b and c are numbers here
    assert V.picture(width=200) == V.picture()
