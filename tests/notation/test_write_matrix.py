"""Matrices with labels fit the terminal, and say what they leave out."""

from __future__ import annotations

import re

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from tests.strategies import explicit_matrices, scalars
from tutor.algebra.build import as_tree, identity, kron, ones, symbol
from tutor.algebra.nodes import Explicit, Symbol
from tutor.errors import NoEntriesError, SizeError
from tutor.models.catalogue import rcbd
from tutor.notation.write import matrix_table, shown, unicode, write
from tutor.notation.writing.layout import display_width

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)
ROWS = ("y_11  τ1 b1", "y_21  τ2 b1", "y_31  τ3 b1", "y_12  τ1 b2", "y_22  τ2 b2", "y_32  τ3 b2")
Z = symbol("Z", 6, 2, definition=kron(identity(2), ones(3)), row_labels=ROWS, column_labels=("block 1", "block 2"))


def labelled(name: str, rows: list[list[object]], columns: tuple[str, ...] | None = None) -> Symbol:
    matrix = sympy.ImmutableMatrix(rows)
    names = tuple(f"y_{number}" for number in range(1, matrix.rows + 1))
    return symbol(name, *matrix.shape, definition=as_tree(matrix), row_labels=names, column_labels=columns)


def test_an_incidence_matrix_is_shown_with_its_labels_and_what_a_one_means() -> None:
    assert shown(Z).split("\n") == [
        "               block 1   block 2",
        "y_11  τ1 b1  ⎡    1         0    ⎤",
        "y_21  τ2 b1  ⎢    1         0    ⎥",
        "y_31  τ3 b1  ⎢    1         0    ⎥",
        "y_12  τ1 b2  ⎢    0         1    ⎥",
        "y_22  τ2 b2  ⎢    0         1    ⎥",
        "y_32  τ3 b2  ⎣    0         1    ⎦   6 × 2, each row has one 1: the block of that observation",
    ]


def test_numbers_stand_with_their_decimal_points_above_each_other() -> None:
    X = labelled("X", [[1, sympy.Rational(1, 5)], [1, -10], [1, sympy.Rational(25, 2)]], ("Intercept", "nitro"))
    assert shown(X).split("\n") == [
        "       Intercept   nitro",
        "y_1  ⎡     1         0.2 ⎤",
        "y_2  ⎢     1       −10   ⎥",
        "y_3  ⎣     1        12.5 ⎦   3 × 2",
    ]


def test_a_fraction_that_no_few_decimals_can_say_stays_a_fraction() -> None:
    assert "1/3" in shown(labelled("X", [[sympy.Rational(1, 3)], [1]]))


def test_entries_are_shown_by_the_names_they_have() -> None:
    entries = sympy.ImmutableMatrix(sympy.symbols("mu tau_1 tau_2"))
    beta = symbol("beta", 3, entries=entries, row_labels=("μ", "τ1", "τ2"))
    assert shown(beta).split("\n") == ["μ   ⎡  μ  ⎤", "τ1  ⎢ τ_1 ⎥", "τ2  ⎣ τ_2 ⎦   3 × 1"]


def test_a_bare_matrix_has_brackets_of_its_height() -> None:
    assert unicode(as_tree(sympy.Matrix([[1, 2]]))) == "[ 1  2 ]"
    assert unicode(as_tree(sympy.Matrix([[10], [-2]]))) == "⎡ 10 ⎤\n⎣ −2 ⎦"
    assert shown(as_tree(sympy.Matrix([[s2, 0], [0, s2]]))) == "⎡ σ²  0  ⎤\n⎣ 0   σ² ⎦   2 × 2"


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (symbol("V", 6, 6), "V   6 × 6"),
        (symbol("V", "n", "n", definition=symbol("R", "n", "n") + symbol("S", "n", "n")), "V = R + S   n × n"),
        (symbol("Z", "n", 2, row_labels=("a",), column_labels=("b", "c")), "Z   n × 2"),
        (symbol("X", 2, 1, row_labels=("a", "b")), "X   2 × 1"),
    ],
)
def test_a_symbol_without_entries_is_shown_by_what_is_known_of_it(tree: Symbol, text: str) -> None:
    assert shown(tree) == text


def test_entries_that_cannot_be_listed_are_refused() -> None:
    with pytest.raises(NoEntriesError):
        matrix_table(symbol("X", 2, 2))
    with pytest.raises(SizeError):
        matrix_table(identity("n"))


def test_a_large_matrix_shows_its_first_and_last_lines_and_counts_the_rest() -> None:
    V = labelled("V", (s2 * sympy.eye(30) + su * sympy.ones(30, 30)).tolist(), tuple(f"y_{i}" for i in range(1, 31)))
    lines = shown(V, "unicode", 80).split("\n")
    assert max(map(display_width, lines)) <= 80
    assert lines[0].split() == ["y_1", "y_2", "y_3", "y_4", "y_30"]
    assert [line.split()[0] for line in lines[1:-1]] == [
        *(f"y_{i}" for i in (1, 2, 3, 4, 5, 6)), "⋮", *(f"y_{i}" for i in (28, 29, 30))
    ]  # fmt: skip
    assert "⋱" in lines[7]
    assert lines[-1] == "30 × 30; rows 7 to 27 not shown; columns 5 to 29 not shown"


def numbered(rows: int, columns: int, labels: list[str]) -> Symbol:
    """A matrix each of whose entries tells its place, and whose rows are named by their number."""
    matrix = sympy.ImmutableMatrix(rows, columns, lambda i, j: 100 * (i + 1) + j + 1)
    names = tuple(str(100 * (row + 1)) for row in range(rows))
    return symbol("A", rows, columns, definition=as_tree(matrix), row_labels=names, column_labels=tuple(labels))


@given(st.data(), st.integers(1, 40), st.integers(1, 40), st.integers(72, 120), st.integers(3, 30))
def test_the_lines_fit_and_every_entry_shown_is_in_its_row(
    data: st.DataObject, rows: int, columns: int, width: int, max_rows: int
) -> None:
    labels = data.draw(st.lists(st.text(max_size=30), min_size=columns, max_size=columns))
    _, *lines = matrix_table(numbered(rows, columns, labels), width, max_rows, caption=False).split("\n")
    assert len(lines) <= max_rows
    assert max(map(display_width, lines)) <= width
    shown_rows = 0
    for line in lines:
        name, *entries = re.findall(r"\d+|⋮|…|⋱", line)
        if name == "⋮":
            assert set(entries) <= {"⋮", "⋱"}
            continue
        shown_rows += 1
        numbers = [int(entry) - int(name) for entry in entries if entry != "…"]
        gap = columns - len(numbers)
        assert ("…" in entries) == (gap > 0)
        head = entries.index("…") if gap else columns
        assert numbers == [*range(1, head + 1), *range(head + gap + 1, columns + 1)]
    assert (shown_rows < rows) == any(line.startswith("⋮") for line in lines)


@given(st.integers(1, 40), st.integers(1, 40))
def test_what_is_left_out_is_counted(rows: int, columns: int) -> None:
    table = matrix_table(numbered(rows, columns, [""] * columns), 72, 10)
    told = table.split("\n")[-1]
    assert f"{rows} × {columns}" in told
    assert ("row" in told) == ("⋮" in table)
    assert ("column" in told) == ("…" in table)


@given(explicit_matrices(2, 3, scalars()))
def test_all_lines_of_a_matrix_are_equally_wide(matrix: sympy.ImmutableMatrix) -> None:
    first, second = unicode(Explicit(matrix)).split("\n")
    assert display_width(first) == display_width(second)


def test_labels_from_data_cannot_break_the_layout() -> None:
    tree = symbol(
        "A", 2, 2, definition=identity(2), row_labels=("a\nb", "\x1b[31m" + "x" * 100),
        column_labels=("\ttab", "中文"),
    )  # fmt: skip
    lines = matrix_table(tree).split("\n")
    assert len(lines) == 3
    assert all(line.isprintable() for line in lines)
    assert display_width(lines[1]) == display_width(lines[2].partition("⎦")[0] + "⎦")


# In Jupyter


def test_jupyter_shows_the_labels_beside_the_entries() -> None:
    assert shown(Z, "latex").startswith(
        r"\mathbf{Z} = \begin{array}{l|cc}  & \text{block 1} & \text{block 2} \\ \hline "
        r"\text{$y_{11}$\quad $\tau_1$ b1} & 1 & 0 \\ "
    )
    assert shown(Z, "latex").count(r"\\") == 6
    assert shown(Z, "markdown") == f"$${shown(Z, 'latex')}$$"


def test_jupyter_shows_a_large_matrix_with_dots() -> None:
    text = shown(as_tree(sympy.eye(40)), "latex")
    assert text.count(r"\\") == 6 and r"\ddots" in text and r"\vdots" in text and r"\cdots" in text


def test_a_definition_is_shown_where_there_are_no_labels() -> None:
    V = symbol("V", "n", "n", definition=symbol("R", "n", "n").T)
    assert shown(V, "latex") == r"\mathbf{V} = \mathbf{R}'"


def test_the_prompt_shows_what_shown_says_and_print_the_name() -> None:
    assert pretty(Z).split("\n")[1] == "y_11  τ1 b1  ⎡    1         0    ⎤"
    assert str(Z) == "Z"
    assert Z._repr_latex_() == f"$\\displaystyle {shown(Z, 'latex')}$"
    assert Z._repr_markdown_() == shown(Z, "markdown")


def test_a_matrix_too_wide_is_shown_by_the_block_that_repeats() -> None:
    variance = Explicit(rcbd(treatments=3, blocks=4).V.explicit())
    assert write(variance, "unicode", width=60).split("\n") == [
        "     ⎡ σ² + σ²_u    σ²_u       σ²_u    ⎤",
        "I₄ ⊗ ⎢   σ²_u     σ² + σ²_u    σ²_u    ⎥",
        "     ⎣   σ²_u       σ²_u     σ² + σ²_u ⎦",
    ]
    assert "⊗" not in write(variance, "unicode", width=200)


def test_a_block_too_wide_itself_has_dots_in_the_whole() -> None:
    variance = Explicit(rcbd(treatments=12, blocks=2).V.explicit())
    lines = write(variance, "unicode", width=60).split("\n")
    assert all(len(line) <= 60 for line in lines)
    assert "⊗" not in "".join(lines)
    assert "…" in lines[0]


def test_entries_keep_within_a_width_that_barely_holds_them() -> None:
    entries = Explicit(sympy.ImmutableDenseMatrix(3, 9, lambda i, j: sympy.Symbol("sigma2") + 10 ** (i + j)))
    for width in range(36, 60):
        assert all(len(line) <= width for line in write(entries, "unicode", width=width).split("\n"))


def test_columns_that_have_no_room_for_their_labels_are_numbered() -> None:
    labels = [f"a label of the column {number}" for number in range(1, 5)]
    lines = matrix_table(numbered(2, 4, labels), 40).split("\n")
    assert lines[0].split() == ["1", "2", "3", "4"] and "…" not in lines[1]
    assert "columns: 1 a label" in " ".join(lines) and max(map(len, lines)) <= 40
