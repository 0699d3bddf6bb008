"""A⁻ in all its spellings, valued as the inverse of Moore and Penrose."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.exact import assert_same_value
from tutor import check, crd, rcbd, read
from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Exact
from tutor.algebra.doubles import Floating
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.moore_penrose import LARGE_PRIME
from tutor.algebra.nodes import Explicit, Product, Transpose


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 3), st.data())
def test_the_four_equations_of_Penrose(rows: int, columns: int, rank: int, data: st.DataObject) -> None:
    numbers = st.lists(st.integers(-3, 3), min_size=16, max_size=16)
    times = data.draw(st.sampled_from((1, 1, LARGE_PRIME)))  # a multiple of it is nought to who counts modulo it
    left, right = (
        fmpq_mat(rows, max(rank, 1), data.draw(numbers)[: rows * max(rank, 1)]),
        fmpq_mat(max(rank, 1), columns, data.draw(numbers)[: columns * max(rank, 1)]),
    )
    if data.draw(st.booleans()):
        right, columns = left.transpose(), rows  # A is symmetric, as X'V⁻¹X
    A = left * right * times if rank else fmpq_mat(rows, columns)
    plus = Exact().generalized_inverse(A)
    assert A * plus * A == A
    assert plus * A * plus == plus
    assert (A * plus).transpose() == A * plus
    assert (plus * A).transpose() == plus * A
    doubles = np.array([[float(x.p) / float(x.q) for x in row] for row in A.tolist()])
    told = np.array([[float(x.p) / float(x.q) for x in row] for row in plus.tolist()])
    assert np.allclose(Floating().generalized_inverse(doubles), told, atol=1e-8)


SPELLINGS = [
    r"\mathbf{X}(\mathbf{X}'\mathbf{X})^{-}\mathbf{X}'",
    "X(X'X)^-X'",
    "X(X'X)⁻X'",
    "X %*% MASS::ginv(t(X) %*% X) %*% t(X)",
    "X %*% ginv(X)",
    "X @ np.linalg.pinv(X)",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_projection_on_the_columns_of_X(spelling: str) -> None:
    model = rcbd(3, 2)  # X has more columns than its rank
    reference = read(SPELLINGS[0], model.vocabulary).tree
    assert reference is not None and check(spelling, reference).correct
    X = model.X.numpy()
    assert np.allclose(reference.numpy(), X @ np.linalg.pinv(X))


def test_a_generalized_inverse_is_no_inverse() -> None:
    model = crd(3, 2)
    reference = read("X(X'X)⁻X'", model.vocabulary).tree
    assert reference is not None
    assert check("X(X'X)⁻X' + I", reference).correct is False
    assert check("X(X'X)^{-1}X'", reference).correct is False  # X'X is singular here


def test_its_shape_is_that_of_the_transpose() -> None:
    tree = read("X^-").tree
    assert isinstance(tree, Applied) and tree.function == "generalized inverse"
    assert tuple(map(str, tree.shape)) == ("p", "n")


def test_balls_take_the_rank_of_a_congruence_from_whole_numbers() -> None:
    """X'WX with irrational numbers in W: Penrose's conditions hold, though columns of X depend on each other."""
    X = Explicit(ImmutableDenseMatrix([[1, 1, 0], [1, 1, 0], [1, 0, 1]]))
    theta = sympy.Symbol("theta", positive=True)
    W = Explicit(ImmutableDenseMatrix(3, 3, lambda i, j: sympy.exp(-abs(i - j) / theta)))
    A = Product((Transpose(X), W, X))
    G = generalized_inverse(A)
    assert_same_value(A @ G @ A, A)
    assert_same_value(G @ A @ G, G)
    assert_same_value((A @ G).T, A @ G)
    assert_same_value((G @ A).T, G @ A)
    square = Product((Transpose(X), X))
    assert_same_value(square @ generalized_inverse(square) @ square @ A, square @ A)
