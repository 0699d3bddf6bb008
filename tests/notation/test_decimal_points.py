"""Numbers of a column have their decimal points above each other, in tables and matrices, in every dialect."""

from __future__ import annotations

import sympy

import tutor
from tutor.algebra.build import as_tree
from tutor.notation.style import Style
from tutor.notation.write import shown
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.typst import TYPST
from tutor.notation.writing.write_table import Table, table_display, table_latex, table_markdown, table_text

TABLE = Table(
    ("effect", "estimate", "df", "p"),
    (
        ("a", "-5.5", sympy.Integer(12), "< 0.0001"),
        ("b", "104.25", sympy.Integer(2), ""),
        ("c", "7", sympy.Integer(3), "0.2"),
    ),
)
STYLE = Style()


def test_at_a_terminal() -> None:
    assert table_text(TABLE, STYLE).split("\n") == [
        "effect  estimate  df  p",
        "a        -5.5     12  < 0.0001",
        "b       104.25     2",
        "c         7        3  0.2",
    ]


def test_in_latex_and_typst_by_digits_that_are_not_seen() -> None:
    told = table_latex(TABLE, STYLE)
    assert r"& \phantom{0}{-}5.5 & 12 &" in told  # a minus of a number, not between two
    assert r"& 104.25 & \phantom{0}2 &" in told
    assert r"& \phantom{00}7 & \phantom{0}3 &" in told
    assert "#hide[$00$]7" in table_display(TABLE, Pen(TYPST, STYLE))


def test_in_markdown_from_the_right() -> None:
    _, rule, first, second, third = table_markdown(TABLE, STYLE).split("\n")
    assert rule == "|---|---:|---:|---|"
    assert first.split(" | ")[1] == "-5.5\u2007" and third.split(" | ")[1] == "7\u2008\u2007\u2007"
    assert second.split(" | ")[1] == "104.25"


def test_in_a_matrix_of_data() -> None:
    values = sympy.Matrix([[1, sympy.Rational(1, 5)], [1, 10]])
    X = tutor.symbol("X", 2, 2, definition=as_tree(values), row_labels=("r1", "r2"), column_labels=("one", "x"))
    told = shown(X, "latex")
    assert r"\phantom{0}0.2" in told and r"10\phantom{.0}" in told
