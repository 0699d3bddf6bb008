r"""Matrices whose dots run along their diagonals are completed to the size that is told, or refused with the reason."""

from __future__ import annotations

import pytest
import sympy

from tests.notation.test_displays import bmatrix
from tutor.algebra.by_distance import ByDistance
from tutor.errors import ReadError
from tutor.notation.read import read

RHO = sympy.Symbol("rho", real=True)
BLANK = bmatrix("2 & -1 & & ", r"-1 & 2 & \ddots & ", r" & \ddots & \ddots & -1", " & & -1 & 2")
ZEROS = bmatrix(r"2 & -1 & 0 & \dots & 0", r"-1 & 2 & -1 & \ddots & \vdots", r"0 & \ddots & \ddots & \ddots & 0",
                r"\vdots & \ddots & -1 & 2 & -1", r"0 & \dots & 0 & -1 & 2")  # fmt: skip
POWERS = bmatrix(r"1 & \rho & \rho^2 & \cdots & \rho^{t-1}", r"\rho & 1 & \rho & \ddots & \vdots",
                 r"\rho^2 & \rho & \ddots & \ddots & \rho^2", r"\vdots & \ddots & \ddots & 1 & \rho",
                 r"\rho^{t-1} & \cdots & \rho^2 & \rho & 1")  # fmt: skip
INVERSE = bmatrix(r"1 & -\rho & & & ", r"-\rho & 1+\rho^2 & -\rho & & ", r" & \ddots & \ddots & \ddots & ",
                  r" & & -\rho & 1+\rho^2 & -\rho", r" & & & -\rho & 1")  # fmt: skip
UNEQUAL = bmatrix("2 & -1 & & 0", r"3 & 2 & \ddots & ", r" & \ddots & \ddots & -1", "0 & & 3 & 2")


def _banded(order: int, diagonal: sympy.Expr, above: sympy.Expr, below: sympy.Expr, corner: sympy.Expr) -> sympy.Matrix:
    ends = (0, order - 1)
    return sympy.Matrix(order, order, lambda i, j: (
        (corner if i in ends else diagonal) if i == j else above if j == i + 1 else below if i == j + 1 else 0
    ))  # fmt: skip


@pytest.mark.parametrize("order", [4, 5, 6, 9])
def test_a_band_is_completed_to_its_size(order: int) -> None:
    size = rf"_{{{order} \times {order}}}"
    two, one, three = map(sympy.Integer, (2, -1, 3))
    for text in (BLANK, ZEROS):
        told = read(text + size).tree
        assert told is not None
        assert sympy.Matrix(told.explicit()) == _banded(order, two, one, one, two)
    told = read(INVERSE + size).tree
    assert told is not None
    assert sympy.Matrix(told.explicit()) == _banded(order, 1 + RHO**2, -RHO, -RHO, sympy.Integer(1))
    told = read(UNEQUAL + size).tree
    assert told is not None
    assert sympy.Matrix(told.explicit()) == _banded(order, two, one, three, two)


def test_a_size_that_is_a_letter_stays_one() -> None:
    n, t = (sympy.Symbol(letter, integer=True, positive=True) for letter in "nt")
    assert read(ZEROS + r"_{n \times n}").tree == ByDistance(n, (sympy.Integer(2), sympy.Integer(-1)), sympy.S.Zero)
    powers = read(POWERS).tree
    assert isinstance(powers, ByDistance)
    assert powers.order == t
    assert [powers.entry(at) for at in range(4)] == [1, RHO, RHO**2, RHO**3]


@pytest.mark.parametrize(
    "text",
    [
        BLANK.replace("2 & -1 & & ", "2 & -1 & 5 & "),
        ZEROS.replace(r"-1 & 2 & -1 & \ddots", r"-1 & 3 & -1 & \ddots"),
        ZEROS.replace(r"0 & \dots & 0 & -1 & 2", r"0 & \dots & 0 & -1 & 4"),
    ],
)
def test_what_the_diagonals_leave_open_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text + r"_{6 \times 6}")
    assert caught.value.kind == "ellipsis"
