r"""Toeplitz and autoregressive matrices with a letter for their size: the last entry tells it, σ_{n−1}, and they are
given by their structure. At any size they are the matrices that their entries spell.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.algebra.applied import Applied
from tutor.algebra.by_distance import DISTANCE, ByDistance, Numbered
from tutor.algebra.function_value import as_tree
from tutor.algebra.nodes import Block, Scalar, Symbol
from tutor.algebra.sizes import size
from tutor.algebra.walk import walk
from tutor.checking.equal import compare
from tutor.errors import ReadError
from tutor.notation.read import read
from tutor.notation.statement import Equation
from tutor.notation.write import write


def toeplitz(zero: str, one: str, last: str, before_last: str) -> str:
    rows = (
        rf"{zero} & {one} & \dots & {last}",
        rf"{one} & {zero} & \dots & {before_last}",
        r"\vdots & \vdots & \ddots & \vdots",
        rf"{last} & {before_last} & \dots & {zero}",
    )
    return bmatrix(*rows)


def bmatrix(*rows: str) -> str:
    return "".join((r"\begin{bmatrix} ", r" \\ ".join(rows), r" \end{bmatrix}"))


def at(key: str, number: int) -> sympy.Expr:
    """The entry with a number below it, read as a lecture's name."""
    tree = read(f"{key}_{{{number}}}").tree
    assert isinstance(tree, Scalar)
    return tree.value


LETTERED: list[tuple[str, str, str, int]] = [
    # the matrix, its size, the letter of its entries, and the first number below it
    (toeplitz(r"\sigma_0", r"\sigma_1", r"\sigma_{n-1}", r"\sigma_{n-2}"), "n", r"\sigma", 0),
    (toeplitz(r"\gamma_0", r"\gamma_1", r"\gamma_{n-1}", r"\gamma_{n-2}"), "n", r"\gamma", 0),
    (toeplitz(r"\sigma^2_0", r"\sigma^2_1", r"\sigma^2_{t-1}", r"\sigma^2_{t-2}"), "t", r"\sigma^2", 0),
    (toeplitz(r"\sigma_0^2", r"\sigma_1^2", r"\sigma_{t-1}^2", r"\sigma_{t-2}^2"), "t", r"\sigma^2", 0),
    (toeplitz(r"\theta_1", r"\theta_2", r"\theta_{n}", r"\theta_{n-1}"), "n", r"\theta", 1),
    (bmatrix(r"\theta_0 & \theta_1 & \theta_2 & \dots & \theta_{t-1}",
             r"\theta_1 & \theta_0 & \theta_1 & \dots & \theta_{t-2}",
             r"\vdots & \vdots & \vdots & \ddots & \vdots",
             r"\theta_{t-1} & \theta_{t-2} & \theta_{t-3} & \dots & \theta_0"), "t", r"\theta", 0),
    (bmatrix(r"\gamma_0 & \gamma_1 & \dots & \gamma_{n-1}", r"\gamma_1 & \gamma_0 & \dots & \gamma_{n-2}",
             r"\vdots & & \ddots & \vdots", r"\gamma_{n-1} & \dots & & \gamma_0"), "n", r"\gamma", 0),
    (bmatrix(r"\gamma_0 & \gamma_1 & \cdots & \gamma_{n-1}",
             r"\gamma_1 & \ddots & \ddots & \vdots",
             r"\vdots & \ddots & \ddots & \gamma_1",
             r"\gamma_{n-1} & \cdots & \gamma_1 & \gamma_0"), "n", r"\gamma", 0),
]  # fmt: skip


def found(text: str) -> ByDistance:
    tree = read(text).tree
    assert tree is not None
    return next(node for node in walk(tree) if isinstance(node, ByDistance))


@pytest.mark.parametrize(("text", "letter", "key", "first"), LETTERED, ids=[f"{row[2]} {row[1]}" for row in LETTERED])
def test_its_last_entry_tells_its_size(text: str, letter: str, key: str, first: int) -> None:
    matrix = found(text)
    assert matrix.shape == (size(letter), size(letter))
    for order in (1, 2, 5, 9):
        numbered = ByDistance(sympy.Integer(order), matrix.near, matrix.beyond)
        wanted = sympy.Matrix(order, order, lambda i, j: at(key, first + abs(int(i) - int(j))))
        assert numbered.explicit() == wanted
    assert_reads_back(read(text))


@pytest.mark.parametrize(("text", "zero", "key"), [
    (toeplitz("1", r"\rho_1", r"\rho_{n-1}", r"\rho_{n-2}"), "1", r"\rho"),
    (toeplitz(r"\sigma^2", r"\gamma_1", r"\gamma_{n-1}", r"\gamma_{n-2}"), r"\sigma^2", r"\gamma"),
])  # fmt: skip
def test_its_diagonal_may_have_a_letter_of_its_own(text: str, zero: str, key: str) -> None:
    matrix, diagonal = found(text), read(zero).tree
    assert matrix.shape == (size("n"), size("n"))
    numbered = ByDistance(sympy.Integer(4), matrix.near, matrix.beyond).explicit()
    told = sympy.Matrix(4, 4, lambda i, j: sympy.sympify(diagonal) if i == j else at(key, abs(int(i) - int(j))))
    assert numbered == told
    assert_reads_back(read(text))


FUNCTIONS: list[tuple[str, str]] = [
    # the matrix, and the function whose values its entries are
    (toeplitz(r"\gamma(0)", r"\gamma(1)", r"\gamma(n-1)", r"\gamma(n-2)"), "gamma"),
    (toeplitz("C(0)", "C(1)", "C(n-1)", "C(n-2)"), "C"),
    (bmatrix(r"\gamma(0) & \gamma(1) & \dots & \gamma(n-1)", r"\gamma(1) & \gamma(0) & \dots & \gamma(n-2)",
             r"\vdots & & \ddots & \vdots", r"\gamma(n-1) & \dots & & \gamma(0)"), "gamma"),
    (bmatrix(r"\gamma(0) & \gamma(1) & \cdots & \gamma(n-1)", r"\gamma(1) & \ddots & \ddots & \vdots",
             r"\vdots & \ddots & \ddots & \gamma(1)", r"\gamma(n-1) & \cdots & \gamma(1) & \gamma(0)"), "gamma"),
]  # fmt: skip


def values_of(function: str, order: int) -> Block:
    """The covariances of a stationary process, cell by cell."""
    cells = [[Applied(function, (Scalar(sympy.Integer(abs(i - j))),)) for j in range(order)] for i in range(order)]
    return Block(tuple(map(tuple, cells)))


@pytest.mark.parametrize(("text", "function"), FUNCTIONS, ids=ascii)
def test_its_entries_may_be_values_of_a_function(text: str, function: str) -> None:
    matrix = found(text)
    assert matrix.shape == (size("n"), size("n"))
    assert matrix.near == ()
    assert as_tree(matrix.beyond) == Applied(function, (Scalar(DISTANCE),))
    assert compare(ByDistance(sympy.Integer(5), (), matrix.beyond), values_of(function, 5)).same is True
    assert compare(ByDistance(sympy.Integer(5), (), matrix.beyond**2), values_of(function, 5)).same is None
    assert_reads_back(read(text))


NUMBERED: list[tuple[str, list[str]]] = [
    # the matrix, and its entries by their distance from the diagonal
    (toeplitz(r"\gamma_0", r"\gamma_1", r"\gamma_3", r"\gamma_2"), [rf"\gamma_{i}" for i in range(4)]),
    (bmatrix(r"\gamma_0 & \gamma_1 & \dots & \gamma_4", r"\gamma_1 & \gamma_0 & \dots & \gamma_3",
             r"\vdots & & \ddots & \vdots", r"\gamma_4 & \dots & & \gamma_0"), [rf"\gamma_{i}" for i in range(5)]),
    (toeplitz(r"\gamma(0)", r"\gamma(1)", r"\gamma(3)", r"\gamma(2)"), [rf"\gamma({i})" for i in range(4)]),
    (toeplitz("4", "3", "1", "2"), ["4", "3", "2", "1"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entries"), NUMBERED, ids=ascii)
def test_of_a_number_of_rows_it_is_what_is_spelled_out(text: str, entries: list[str]) -> None:
    whole = range(len(entries))
    assert read(text).tree == read(bmatrix(*(" & ".join(entries[abs(i - j)] for j in whole) for i in whole))).tree


@pytest.mark.parametrize(("text", "kind"), [
    (toeplitz(r"\gamma_0", r"\gamma_1", r"\gamma_2", r"\gamma_1"), "ellipsis"),  # 3 × 3, and nothing left out
    (bmatrix(r"\gamma_0 & \gamma_1 & \dots & \gamma_{n-1}", r"\gamma_1 & \dots & 5 & \gamma_{n-2}",
             r"\vdots & & \ddots & \vdots", r"\gamma_{n-1} & \dots & & \gamma_0"), "ellipsis"),
])  # fmt: skip
def test_dots_that_leave_nothing_out_or_stand_for_no_gap_are_refused(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind


@pytest.mark.parametrize(("text", "name"), [(r"\mathbf{y} = (y(s_1), \dots, y(s_n))'", "y"),
                                            (r"\mathbf{x} = [x(t_1), x(t_2), \dots, x(t_n)]^T", "x")])  # fmt: skip
def test_values_at_places_that_count_are_a_vector(text: str, name: str) -> None:
    (part,) = read(text).parts
    assert isinstance(part, Equation)
    told = [(side.name, side.shape) for side in part.sides if isinstance(side, Symbol)]
    assert told == [(name, (size("n"), 1))] * 2
    assert_reads_back(read(text))


def test_beside_what_has_a_size_it_has_that_size() -> None:
    text = toeplitz(r"\gamma_0", r"\gamma_1", r"\gamma_{n-1}", r"\gamma_{n-2}")
    (equation,) = read(rf"\mathbf{{V}} = {text} + \mathbf{{I}}_5").parts
    assert all(side.shape == (5, 5) for side in equation.sides[1:])  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("last", ["n-1", "t-1", "m - 1"])
def test_an_autoregression_has_a_letter_for_its_size(last: str) -> None:
    text = r"\sigma^2 " + toeplitz("1", r"\rho", rf"\rho^{{{last}}}", rf"\rho^{{{last[0]}-2}}")
    matrix = found(text)
    assert matrix.shape == (size(last[0]), size(last[0]))
    assert (matrix.near, matrix.beyond) == ((), sympy.Symbol("rho", real=True) ** DISTANCE)
    assert_reads_back(read(text))


def test_it_is_written_with_the_numbers_below() -> None:
    text = toeplitz(r"\sigma_0", r"\sigma_1", r"\sigma_{n-1}", r"\sigma_{n-2}")
    assert write(read(text), "unicode").endswith("[σ_{n-1}, σ_{n-2}, σ_{n-3}, …, σ_0]]")
    assert r"\sigma_{n-1} & \sigma_{n-2}" in write(read(text), "latex")


def test_a_numbered_letter_is_the_letter_at_a_number() -> None:
    letter, d = sympy.Symbol("gamma", real=True), sympy.Symbol("d", integer=True)
    entry = Numbered(letter, d + 1)
    assert entry.xreplace({d: sympy.Integer(3)}) == sympy.Symbol("gamma_4", real=True)
    assert entry.is_real and entry.free_symbols == {d}
    assert Numbered(sympy.Symbol("s", positive=True), d).is_positive
    assert entry.name == "gamma_d+1"
