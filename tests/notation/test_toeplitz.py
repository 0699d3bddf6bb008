r"""Toeplitz and autoregressive matrices with a letter for their size: the last entry tells it, σ_{n−1}, and they are
given by their structure. At any size they are the matrices that their entries spell.
"""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_rows_expressions import assert_reads_back
from tutor.algebra.by_distance import DISTANCE, ByDistance, Numbered
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.algebra.walk import walk
from tutor.notation.read import read
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
