"""Numbers in the places of letters: the formula keeps its order, the value is exact, and what is rounded says so."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Rational, Symbol

from tutor import (
    Exercise,
    Question,
    Rounded,
    ShapeError,
    TutorError,
    check,
    in_numbers,
    matrix,
    rcbd,
    regression,
    row_by_column,
    worked,
    write,
)
from tutor.algebra.figure import Figure
from tutor.errors import ExerciseError
from tutor.notation.write import inline
from tutor.rehearsal import rehearse

BLOCKS = rcbd(treatments=2, blocks=3)

CALCULATED = [
    (r"\frac{σ²_u}{σ² + σ²_u}", {"σ²": 8, "σ²_u": 2}, {}, "2/(8 + 2) = 1/5"),
    (r"\frac{σ²_u}{σ² + σ²_u}", {"σ²": 8, "σ²_u": 2}, {"decimals": 2}, "2/(8 + 2) = 0.20"),
    (r"\frac{σ²_u}{σ² + σ²_u}", {"σ²": "4.0", "σ²_u": "0.5"}, {"decimals": 2}, "0.5/(4.0 + 0.5) ≈ 0.11"),
    (r"\sqrt{(σ² + σ²_u)/b}", {"σ²": "0.18", "σ²_u": "0.45", "b": 9}, {"significant": 2}, "√((0.18 + 0.45)/9) ≈ 0.26"),
    ("σ²ρ^3", {"σ²": 64, "ρ": Rational(3, 4)}, {}, "64(3/4)³ = 27"),
    ("E(y_1) - E(y_2)", {"E(y_1)": 14, "E(y_2)": 18}, {"decimals": 1}, "14 − 18 = −4.0"),
    ("Var(y_1) + Var(y_2) - 2 Cov(y_1, y_2)", {"Var(y_1)": 5, "Var(y_2)": 5, "Cov(y_1, y_2)": -2}, {},
     "5 + 5 − 2(−2) = 14"),
    (r"\rho σ_1 σ_2", {"ρ": "-1/2", "σ_1": 2, "σ_2": 3}, {}, "2 · 3 (−1/2) = −3"),
    (r"\frac{\sigma_{12}}{σ_1 σ_2}", {"σ_1": 2, "σ_2": 3, r"\sigma_{12}": 2}, {}, "2/(2 · 3) = 1/3"),
    ("exp(μ + u_1)", {"u_1": 0}, {}, "exp(μ + 0) = exp(μ)"),
    ("exp(μ + u_1)", {"u_1": "3/2"}, {}, "exp(3/2 + μ)"),
    ("(t - 1)(b - 1)", {"t": 4, "b": 4}, {}, "(4 − 1)(4 − 1) = 9"),
    ("2σ²/r", {"r": 5}, {}, "2σ²/5"),
    ("μ", {"μ": 3}, {}, "3"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "values", "rounding", "told"), CALCULATED)
def test_a_formula_keeps_its_order_and_the_value_comes_out(formula, values, rounding, told):
    assert inline(in_numbers(formula, values, **rounding)).split(" = ", 1)[1] == told


@given(st.lists(st.fractions(min_value=-20, max_value=20, max_denominator=9), min_size=3, max_size=3))
def test_what_comes_out_is_the_value_of_the_line_with_the_numbers(numbers):
    values = dict(zip("abc", map(str, numbers), strict=True))
    found = in_numbers("(a - b)(c - a) + 2 a c", values)
    a, b, c = map(Rational, numbers)
    for line in found.lines[1:]:
        assert line.explicit()[0, 0] == (a - b) * (c - a) + 2 * a * c
    assert check(inline(found.lines[1]), found.result).correct


def test_a_derivation_goes_on_with_its_numbers():
    found = in_numbers(BLOCKS.derive("Corr(y_11, y_21)"), {"σ²": 8, "σ²_u": 2})
    assert [step.reason for step in found.steps[-2:]] == ["where σ² = 8, σ²_u = 2", ""]
    assert found.scope is BLOCKS.derive("Var(y)").scope and inline(found.result) == "1/5"


def test_each_row_times_each_column_is_written_out():
    m = regression([2, 4])
    product = row_by_column(m.X.T, m.X)
    found = worked(m.X.T @ m.X, (product, "row by column"), (matrix([[2, 6], [6, 20]]), "the sums"), of=m)
    assert inline(product) == "[[1 · 1 + 1 · 1, 1 · 2 + 1 · 4], [2 · 1 + 4 · 1, 2 · 2 + 4 · 4]]"
    assert inline(found.result) == "[[2, 6], [6, 20]]"
    with pytest.raises(ShapeError):
        row_by_column(m.X, matrix([1, 2, 3]))


def test_a_product_of_matrices_in_numbers_is_multiplied_row_by_column():
    found = in_numbers("X'y", {"X": [[1, 2], [1, 4]], "y": [3, 5]})
    assert list(map(inline, found.lines)) == [
        "X'y", "[[1, 1], [2, 4]][3, 5]'", "[1 · 3 + 1 · 5, 2 · 3 + 4 · 5]'", "[8, 26]'"
    ]  # fmt: skip
    with pytest.raises(ShapeError):
        in_numbers("Xy", {"X": [[1, 2], [1, 4]], "y": [3, 5, 6]})


def test_a_rounded_number_is_about_what_it_was_in_every_dialect():
    found = in_numbers("a/b", {"a": 2, "b": 3}, decimals=2)
    written = {"unicode": "≈", "latex": r"\approx", "mathml": "<mo>≈</mo>", "typst": "≈", "spoken": "is about"}
    for dialect, sign in written.items():
        assert sign in write(found, dialect)  # pyright: ignore[reportArgumentType]


def test_a_question_of_a_derivation_may_ask_for_another_rounding():
    found = in_numbers("a/b", {"a": 2, "b": 3}, decimals=2)
    question = Question.from_derivation("q1", found, reference=Rounded(Rational(2, 3), decimals=2))
    assert rehearse(Exercise("An example", "", (question,))) == ()
    with pytest.raises(ExerciseError, match="rounded"):
        Question.from_derivation("q1", found)


@pytest.mark.parametrize(
    ("formula", "values", "told"),
    [
        ("a/b", {"a": 2, "b": 3, "c": 4}, "c does not stand in a/b"),
        ("a/b", {"a": "two", "b": 3}, "'two' is no number for a"),
        ("a/b", {"a": 2, "b": "1/0"}, "'1/0' is no number for b"),
        ("a/b", {"a/b": 2}, "a/b is no letter"),
        ("a = b", {"a": 2}, "is no formula"),
        ("2σ²/r", {"σ²": 2}, "no number that could be rounded"),
    ],
)
def test_what_cannot_be_put_in_is_refused(formula, values, told):
    with pytest.raises(TutorError, match=told):
        in_numbers(formula, values, decimals=2)


def test_a_figure_is_copied_with_its_digits():
    figure = Figure(Symbol("a"), Rational(1, 2), "0.50")
    assert copy.deepcopy(figure) == figure != Figure(Symbol("b"), Rational(1, 2), "0.50")
