r"""Matrices by the distance from the diagonal, of any size, are valued, listed, converted and written."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.convert import from_sympy
from tutor.algebra.nodes import Explicit
from tutor.algebra.parameters import scalars_of, sizes_of
from tutor.algebra.sizes import size
from tutor.checking.check import check
from tutor.errors import ShapeError, SizeError, TutorError
from tutor.notation.read import read
from tutor.notation.write import write

rho, s2 = sympy.Symbol("rho", real=True), sympy.Symbol("sigma2", positive=True)
n = size("n")
AUTOREGRESSION = ByDistance(n, (), s2 * rho**DISTANCE)
BANDED = ByDistance(n, (s2, rho), sympy.S.Zero)
TRIDIAGONAL = ByDistance(n, (1 + rho**2, -rho), sympy.S.Zero, corner=sympy.S.One)


def test_the_entries_follow_the_distance_from_the_diagonal() -> None:
    order = sympy.Integer(5)
    powers = ImmutableDenseMatrix(5, 5, lambda i, j: s2 * rho ** abs(i - j))
    assert ByDistance(order, (), s2 * rho**DISTANCE).explicit() == powers
    bands = ImmutableDenseMatrix(5, 5, lambda i, j: {0: s2, 1: rho}.get(abs(i - j), 0))
    assert ByDistance(order, (s2, rho), sympy.S.Zero).explicit() == bands


def test_numbers_are_put_in_by_name() -> None:
    lag = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    np.testing.assert_allclose(AUTOREGRESSION.numpy(n=4, rho=-0.5, sigma2=2), 2 * (-0.5) ** lag)


def test_the_distance_is_no_parameter() -> None:
    assert set(scalars_of(AUTOREGRESSION)) == {rho, s2} and sizes_of(AUTOREGRESSION) == (n,)


def test_a_letter_for_its_size_has_no_entries_and_must_conform() -> None:
    with pytest.raises(SizeError):
        AUTOREGRESSION.explicit()
    with pytest.raises(ShapeError):
        _ = AUTOREGRESSION @ symbol("u", "q")


def test_the_corners_of_the_diagonal_may_differ() -> None:
    order = sympy.Integer(4)
    tree = ByDistance(order, (1 + rho**2, -rho), sympy.S.Zero, corner=sympy.S.One)
    assert tree.explicit().diagonal() == ImmutableDenseMatrix([[1, 1 + rho**2, 1 + rho**2, 1]])
    assert [[tree.at(i, j) for j in range(4)] for i in range(4)] == tree.explicit().tolist()
    assert tree != ByDistance(order, (1 + rho**2, -rho), sympy.S.Zero)


@pytest.mark.parametrize("tree", [AUTOREGRESSION, BANDED, TRIDIAGONAL], ids=["autoregression", "banded", "tridiagonal"])
def test_it_goes_to_sympy_and_back(tree: ByDistance) -> None:
    converted = tree._sympy_()
    assert isinstance(converted, sympy.FunctionMatrix) and converted.shape == (n, n)
    assert from_sympy(converted) == tree


def test_another_formula_of_rows_and_columns_is_refused() -> None:
    i, j = sympy.symbols("i j", integer=True)
    with pytest.raises(TutorError):
        from_sympy(sympy.FunctionMatrix(3, 3, sympy.Lambda((i, j), i + j)))


@pytest.mark.parametrize("dialect", ["latex", "unicode"])
@pytest.mark.parametrize("tree", [AUTOREGRESSION, BANDED], ids=["autoregression", "banded"])
def test_what_is_written_reads_back(tree: ByDistance, dialect: str) -> None:
    assert read(write(tree, dialect), shape=tree.shape).tree == tree  # pyright: ignore[reportArgumentType]


def test_a_small_one_is_written_whole() -> None:
    small = ByDistance(sympy.Integer(2), (), rho**DISTANCE)
    assert write(small, "unicode") == "[[1, ρ], [ρ, 1]]"
    assert read(write(small), shape=small.shape).tree == Explicit(small.explicit())


def test_answers_are_judged_on_instances_of_it() -> None:
    assert check(write(AUTOREGRESSION), AUTOREGRESSION).outcome == "correct"
    assert check("2" + write(AUTOREGRESSION), AUTOREGRESSION).outcome == "incorrect"
