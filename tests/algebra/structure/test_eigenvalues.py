"""Eigenvalues with their multiplicities are those of the dense matrix, or it is said that none are known."""

from __future__ import annotations

import random

import pytest
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.strategies import VARIANCES
from tutor.algebra.build import identity, kron, ones
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.explicit import explicit
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, ShapeError, TutorError

s2, su, sv = VARIANCES
n = size("n")
SLOPES = Explicit(ImmutableDenseMatrix([[1, 0], [1, 1], [1, 3]]))


def grouped(*heights: int) -> Tree:
    Z = BlockDiagonal(tuple(ones(height) for height in heights))
    return Z @ (su * identity(len(heights))) @ Z.T + s2 * Identity(Z.rows)


CASES: dict[str, Tree] = {
    "compound symmetry": s2 * identity("n") + su * ones("n", "n"),
    "blocks of one size": kron(identity("b"), s2 * identity("t") + su * ones("t", "t")),
    "crossed": s2 * Identity(size("a") * size("b")) + su * kron(identity("a"), ones("b", "b"))
    + sv * kron(ones("a", "a"), identity("b")),
    "groups of different sizes": grouped(2, 3, 3, 1),
    "diagonal": Explicit(ImmutableDenseMatrix(sympy.diag(s2, su, s2))),
    "Kronecker": kron(s2 * identity("m") + su * ones("m", "m"), Explicit(ImmutableDenseMatrix([[sv, 0], [0, 2]]))),
    "inverse": (s2 * identity("n") + su * ones("n", "n")).inv(),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_eigenvalues_are_those_of_the_dense_matrix(name: str) -> None:
    A = CASES[name]
    instance = DrawnInstance([A], random.Random(4))
    value = instance.value(A)
    order = value.nrows()
    one = instance.arithmetic.matrix(order, order, {(i, i): 1 for i in range(order)})
    found = list(A.eigenvalues())
    assert len({eigenvalue for eigenvalue, _ in found}) == len(found)
    assert sum(int(instance.number(times)) for _, times in found) == order
    for eigenvalue, times in found:
        assert (value - one * instance.number(eigenvalue)).rank() == order - int(instance.number(times))


def test_eigenvalues_of_slopes_are_roots_of_a_quadratic() -> None:
    S = Explicit(ImmutableDenseMatrix([[su, 1], [1, sv]]))
    V = kron(identity(4), SLOPES @ S @ SLOPES.T + s2 * identity(3))
    found = dict(V.eigenvalues())
    assert found[s2] == 4
    assert sum(found.values()) == 12
    matrix = explicit(SLOPES @ S @ SLOPES.T + s2 * identity(3))
    for eigenvalue in found:
        point = {s2: 1, su: 2, sv: 3}
        shifted = matrix.subs(point) - eigenvalue.subs(point) * sympy.eye(3)
        assert sympy.simplify(shifted.det()) == 0


def test_eigenvalues_of_an_inverse_are_reciprocals() -> None:
    A = s2 * identity("n") + su * ones("n", "n")
    assert set(A.inv().eigenvalues()) == {(1 / (s2 + n * su), sympy.Integer(1)), (1 / s2, n - 1)}
    with pytest.raises(DomainError, match="singular"):
        ones("n", "n").inv().eigenvalues()


def test_eigenvalues_without_a_closed_form_are_refused() -> None:
    with pytest.raises(TutorError, match="No closed form"):
        ByDistance(n, (), s2**DISTANCE).eigenvalues()
    with pytest.raises(ShapeError):
        ones("n").eigenvalues()
