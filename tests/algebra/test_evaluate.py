"""Values: exact, in balls, as doubles and as SymPy expressions agree, and respect what is declared."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
import sympy
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.affine import affine
from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.build import hstack, identity, kron, ones, symbol, vstack, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.explicit import explicit
from tutor.algebra.nodes import Covariance, Expectation, Explicit, Fact, Scalar, Variance
from tutor.algebra.numeric import numpy_value
from tutor.errors import DomainError, NoEntriesError, SizeError, UnknownNameError

s2, su = sympy.symbols("sigma2 sigma2_u", positive=True)


def drawn(facts: list[Fact], rows: int = 4, columns: int = 4, seed: int = 0) -> fmpq_mat:
    A = symbol("A", rows, columns, facts=facts)
    return DrawnInstance([A], random.Random(seed)).value(A)


@pytest.mark.parametrize("seed", range(5))
def test_a_drawn_matrix_has_its_declared_facts(seed: int) -> None:
    symmetric = drawn(["symmetric"], seed=seed)
    assert symmetric == symmetric.transpose()
    positive = drawn(["positive definite"], seed=seed)
    minors = [fmpq_mat(k, k, [positive[i, j] for i in range(k) for j in range(k)]).det() for k in range(1, 5)]
    assert positive == positive.transpose()
    assert all(minor > 0 for minor in minors)
    diagonal = drawn(["diagonal"], seed=seed)
    assert all(diagonal[i, j] == 0 for i in range(4) for j in range(4) if i != j)
    assert drawn(["invertible"], seed=seed).det() != 0
    assert drawn(["full column rank"], 5, 3, seed=seed).rank() == 3
    projection = drawn(["idempotent"], seed=seed)
    assert projection * projection == projection
    orthogonal = drawn(["orthogonal"], seed=seed)
    assert (orthogonal * orthogonal.transpose()).tolist() == np.eye(4).astype(int).tolist()


def test_unstructured_covariances_are_drawn_positive_definite_with_rational_deviations() -> None:
    c = sympy.Symbol("sigma_u01", real=True)
    block = Explicit(ImmutableDenseMatrix([[su, c], [c, s2]]))
    G = symbol("G", 4, 4, "unknown", ["positive definite"], definition=kron(identity(2), block))
    for seed in range(20):
        instance = DrawnInstance([G], random.Random(seed), friendly=seed % 2 == 0)
        value = instance.value(G)
        assert value.det() > 0
        assert value[0, 0] > 0
        root = Scalar(sympy.sqrt(su))
        assert instance.value(root)[0, 0] ** 2 == value[0, 0]


def test_sizes_are_drawn_tall_enough_for_full_column_rank() -> None:
    X = symbol("X", "n", "p", facts=["full column rank"])
    for seed in range(20):
        instance = DrawnInstance([X], random.Random(seed))
        P = X @ (X.T @ X).inv() @ X.T
        assert instance.value(P @ P) == instance.value(P)


def test_definitions_are_kept_unless_the_matrices_are_general() -> None:
    Z = symbol("Z", 4, 2, definition=kron(identity(2), ones(2)))
    V = symbol("V", 4, 4, definition=Z @ Z.T)
    plain = DrawnInstance([V], random.Random(0))
    assert plain.value(V) == fmpq_mat(4, 4, [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1])
    general = DrawnInstance([V], random.Random(0), general=True)
    assert general.value(V) == general.value(Z) * general.value(Z).transpose()
    assert general.value(V) != plain.value(V)


def test_entries_of_a_defined_vector_follow_its_definition() -> None:
    names = sympy.symbols("y_1 y_2", real=True)
    X = Explicit(ImmutableDenseMatrix([[1, 2], [3, 4]]))
    beta = symbol("beta", 2, role="unknown", entries=ImmutableDenseMatrix(sympy.symbols("b_1 b_2", real=True)))
    y = symbol("y", 2, role="random", definition=X @ beta, entries=ImmutableDenseMatrix(names))
    listed = vstack(Scalar(names[0]), Scalar(names[1]))
    instance = DrawnInstance([y, listed], random.Random(3))
    assert instance.value(listed) == instance.value(y)


def test_moments_of_stacked_and_scaled_vectors() -> None:
    u = symbol("u", 2, role="random")
    A = symbol("A", 3, 2)
    stacked = vstack(u, A @ u)
    wide = vstack(identity(2), A)
    tree = Variance(3 * stacked)
    instance = DrawnInstance([tree, A], random.Random(1))
    expected = instance.value(wide @ Variance(u) @ wide.T)
    assert instance.value(tree) == expected * 9
    assert instance.value(Covariance(u, A @ u)) == instance.value(Variance(u) @ A.T)
    assert instance.value(Expectation((A @ u).T)) == instance.value(Expectation(A @ u)).transpose()


def test_a_product_of_random_vectors_is_not_linear() -> None:
    u = symbol("u", 2, role="random")
    with pytest.raises(DomainError, match="not linear"):
        affine(u @ u.T, DrawnInstance([u], random.Random(0)))


@given(st.lists(st.integers(-3, 3), min_size=9, max_size=9), st.integers(1, 50), st.integers(1, 50))
def test_exact_floating_and_symbolic_values_agree(cells: list[int], first: int, second: int) -> None:
    A = Explicit(ImmutableDenseMatrix(3, 3, cells))
    tree = su * (A @ A.T) + s2 * identity(3) + hstack(A, A) @ vstack(A.T, A) + kron(A, ones(1))
    values = {s2: sympy.Integer(first), su: sympy.Integer(second)}
    symbolic = explicit(tree).subs(values)
    numbers = np.array(symbolic.tolist(), dtype=float)
    assert np.array_equal(numpy_value(tree, {"sigma2": first, "sigma2_u": second}), numbers)
    instance = DrawnInstance([tree], random.Random(0))
    instance.value(tree)
    at = {name: sympy.Rational(*value.as_integer_ratio()) for name, value in instance.scalars.items()}
    assert instance.value(tree).tolist() == explicit(tree).subs(at).tolist()


def test_inverse_determinant_and_trace_agree_with_sympy() -> None:
    V = Explicit(ImmutableDenseMatrix([[s2 + su, su], [su, s2 + su]]))
    assert sympy.simplify(explicit(V.inv()) * V.matrix) == sympy.eye(2)
    assert explicit(V.det() - Explicit(ImmutableDenseMatrix([[V.matrix.det()]]))).expand().is_zero_matrix
    assert explicit(V.trace())[0, 0] == 2 * s2 + 2 * su


def test_balls_agree_with_rationals_and_know_roots() -> None:
    tree = Scalar(sympy.sqrt(2) * sympy.sqrt(s2 + 1) + sympy.exp(su) + sympy.pi)
    instance = DrawnInstance([tree], random.Random(0), friendly=True, squares=False)
    balls = instance.in_balls()
    assert isinstance(balls.arithmetic, Balls)
    value = balls.value(tree)[0, 0]
    expected = sympy.N(tree.value.subs({s2: 1, su: 2}), 50)
    assert abs(float(value.mid()) - float(expected)) < 1e-12
    assert value.rad() < value / 10**500


@pytest.mark.parametrize("degree", [3, 64, 65, 10**30])
@pytest.mark.parametrize(("number", "root"), [("0", "0"), ("1", "1"), ("2", None), ("1/2", None)])
def test_roots_of_any_degree_are_exact_or_no_rational_number(degree: int, number: str, root: str | None) -> None:
    found = Exact().rational(*map(int, f"{number}/1".split("/")[:2]))
    exponent: Any = sympy.Rational(1, degree)
    if root is None:
        with pytest.raises(NotRationalError):
            Exact().power(found, exponent)
    else:
        assert Exact().power(found, exponent) == int(root)


def test_roots_of_powers_are_exact() -> None:
    exponents: list[Any] = [sympy.Rational(1, each) for each in (32, 64)]
    roots = [Exact().power(Exact().rational(2**64, 3**64), exponent) for exponent in exponents]
    assert roots == [Exact().rational(4, 9), Exact().rational(2, 3)]


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"sigma2": 1}, DomainError, "sigma2_u"),
        ({"sigma2": 1, "sigma2_u": -1}, DomainError, "must be positive"),
        ({"sigma2": 1, "sigma2_b": 1}, UnknownNameError, "Did you mean sigma2_u"),
        ({"sigma2": float("nan"), "sigma2_u": 1}, DomainError, "no number"),
    ],
)
def test_values_that_cannot_be_used_are_refused_by_name(values: dict[str, float], error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        numpy_value(su * ones(2, 2) + s2 * identity(2), values)


def test_covariances_outside_their_domain_are_refused() -> None:
    c = sympy.Symbol("sigma_u01", real=True)
    block = Explicit(ImmutableDenseMatrix([[su, c], [c, s2]]))
    G = symbol("G", 2, 2, "unknown", ["positive definite"], definition=block)
    assert numpy_value(G, {"sigma2": 1, "sigma2_u": 1, "sigma_u01": 0.5})[0, 1] == 0.5
    with pytest.raises(DomainError, match="not positive definite"):
        numpy_value(G, {"sigma2": 1, "sigma2_u": 1, "sigma_u01": 2})


def test_symbolic_sizes_take_numbers_by_name() -> None:
    V = kron(identity("b"), ones("t", "t"))
    assert numpy_value(V, {"b": 2, "t": 3}).shape == (6, 6)
    with pytest.raises(SizeError, match="number"):
        explicit(V)


def test_a_bare_name_has_no_entries() -> None:
    with pytest.raises(NoEntriesError, match="only its shape, n × p"):
        explicit(symbol("X", "n", "p"))
    assert explicit(zero(2, 3)).shape == (2, 3)


def test_a_singular_matrix_has_no_inverse() -> None:
    with pytest.raises(DomainError, match="singular"):
        explicit(ones(2, 2).inv())
    with pytest.raises(DomainError, match="singular"):
        numpy_value(ones(2, 2).inv(), {})


def test_the_diagonal_matrix_of_a_vector_has_its_entries() -> None:
    vector = Explicit(ImmutableDenseMatrix([2, 3]))
    assert numpy_value(Applied("diag", (vector,)), {}).tolist() == [[2, 0], [0, 3]]
