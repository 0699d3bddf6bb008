"""Inverses and determinants by structure equal the dense ones, each step of the way, or say why there are none."""

from __future__ import annotations

import random

import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

import tutor
from tests.strategies import VARIANCES, rationals
from tutor.algebra.applied import Applied
from tutor.algebra.build import hstack, identity, kron, ones, symbol
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.explicit import explicit
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.nodes import BlockDiagonal, Determinant, Explicit, Identity, Inverse, Kronecker, Scalar, Scaled, Sum
from tutor.algebra.provided import Provided
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import size
from tutor.algebra.structure.blocks import diagonal_blocks
from tutor.algebra.structure.entries import determinant_of_entries, inverse_of_entries
from tutor.algebra.structure.markov import markov_determinant, markov_inverse
from tutor.algebra.structure.method import Structure
from tutor.algebra.structure.solve import (
    STRUCTURES,
    closed_form,
    determinant,
    inverse,
    log_determinant,
    quadratic_form,
    solve,
)
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DomainError

s2, su, sv = VARIANCES
a, b = sympy.symbols("a b", real=True)
rho = sympy.Symbol("rho", real=True)
n = size("n")


def assert_each_step_holds(derivation: Derivation, seeds: int = 2) -> None:
    for seed in range(seeds):
        instance = DrawnInstance(derivation.lines, random.Random(seed))
        expected = instance.value(derivation.goal)
        for step in derivation.steps:
            assert instance.value(step.after) == expected, f"{step.rule}: {step.after}"


def unsolved(tree: Tree) -> list[Tree]:
    return [node for node in walk(tree) if isinstance(node, Inverse | Determinant)]


@pytest.mark.parametrize("structure", STRUCTURES, ids=lambda structure: structure.key)
@pytest.mark.parametrize("kind", [Inverse, Determinant])
def test_a_structure_knows_its_example(structure: Structure, kind: type[Inverse | Determinant]) -> None:
    goal = kind(structure.example())
    lines = structure.lines(goal)
    assert lines
    assert all(line.because for line in lines)
    for seed in range(3):
        instance = DrawnInstance([goal, *(line.tree for line in lines)], random.Random(seed))
        assert all(instance.value(line.tree) == instance.value(goal) for line in lines)


@pytest.mark.parametrize("structure", STRUCTURES, ids=lambda structure: structure.key)
def test_a_structure_says_nothing_of_a_matrix_of_which_only_the_name_is_known(structure: Structure) -> None:
    A = symbol("A", "n", "n")
    assert not structure.lines(A.inv())
    assert not structure.lines(A.det())


def Z_of(*heights: int | str) -> Tree:
    return BlockDiagonal(tuple(ones(height) for height in heights))


def grouped(*heights: int | str) -> Tree:
    Z = Z_of(*heights)
    return Z @ (su * identity(len(heights))) @ Z.T + s2 * Identity(Z.rows)


def nested_groups() -> Tree:
    """Two random terms side by side, the second within the first, in groups of different sizes."""
    outer, inner = Z_of(3, 5), Z_of(1, 2, 2, 3)
    G = BlockDiagonal((su * identity(2), sv * identity(4)))
    Z = hstack(outer, inner)
    return Z @ G @ Z.T + s2 * identity(8)


SLOPES = Explicit(ImmutableDenseMatrix([[1, 0], [1, 1], [1, 3]]))
SHORT = Explicit(ImmutableDenseMatrix([[1, 2], [1, 5]]))
COVARIANCE = symbol("S", 2, 2, facts=["positive definite"])
SEMIDEFINITE = Explicit(ImmutableDenseMatrix([[su, su], [su, su]]))
AR1 = ByDistance(n, (), rho**DISTANCE)

CASES: dict[str, Tree] = {
    "compound symmetry": s2 * identity("n") + su * ones("n", "n"),
    "a multiple of I": s2 * identity("n"),
    "blocks of one size": kron(identity("b"), s2 * identity("t") + su * ones("t", "t")),
    "Z, G and R": kron(identity("b"), ones("t")) @ (su * identity("b")) @ kron(identity("b"), ones("t")).T
    + s2 * Identity(size("b") * size("t")),
    "crossed": s2 * Identity(size("a") * size("b")) + su * kron(identity("a"), ones("b", "b"))
    + sv * kron(ones("a", "a"), identity("b")),
    "groups of letter sizes": grouped("n_1", "n_2", "n_3"),
    "groups of number sizes": grouped(2, 3, 3, 1),
    "groups within groups": nested_groups(),
    "slopes in equal groups": kron(identity("g"), SLOPES) @ kron(identity("g"), COVARIANCE)
    @ kron(identity("g"), SLOPES).T + s2 * Identity(3 * size("g")),
    "slopes in unequal groups": BlockDiagonal((SLOPES, SHORT, SLOPES)) @ kron(identity(3), COVARIANCE)
    @ BlockDiagonal((SLOPES, SHORT, SLOPES)).T + s2 * identity(8),
    "a semidefinite G": SLOPES @ SEMIDEFINITE @ SLOPES.T + s2 * identity(3),
    "AR(1) of n rows": s2 * AR1,
    "AR(1) of subjects": kron(identity("s"), s2 * AR1),
    "AR(1) of 5 rows": ByDistance(size(5), (), su * rho**DISTANCE),
    "separable": kron(s2 * identity("t") + su * ones("t", "t"), AR1),
    "general": symbol("Z", "n", "q") @ symbol("G", "q", "q", facts=["positive definite"]) @ symbol("Z", "n", "q").T
    + symbol("R", "n", "n", facts=["positive definite"]),
    "diagonal": Explicit(ImmutableDenseMatrix(sympy.diag(s2, su, s2 + su))),
    "entries": Explicit(ImmutableDenseMatrix([[s2, 0, su, 0], [0, sv, 0, 1], [su, 0, sv, 0], [0, 1, 0, -sv]])),
    "heterogeneous": Explicit(ImmutableDenseMatrix(sympy.diag(s2, su, sv)))
    @ ByDistance(size(3), (), rho**DISTANCE)
    @ Explicit(ImmutableDenseMatrix(sympy.diag(s2, su, sv))),
}  # fmt: skip
"""Matrices with a structure."""

OPEN = {"slopes in equal groups", "slopes in unequal groups", "general", "a semidefinite G"}
"""Those whose closed form has a smaller inverse or determinant in it."""


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", [Inverse, Determinant])
def test_each_step_is_an_identity(name: str, kind: type[Inverse | Determinant]) -> None:
    worked = solve(kind(CASES[name]))
    assert_each_step_holds(worked.derivation)
    assert (name in OPEN) == bool(unsolved(worked.derivation.result))


@pytest.mark.parametrize("name", [name for name in CASES if name not in OPEN and "AR(1)" not in name])
def test_the_logarithm_of_a_determinant_is_a_sum(name: str) -> None:
    result = solve(Applied("log", (CASES[name].det(),))).derivation.result
    assert isinstance(result, Scalar)
    assert not any(isinstance(part.args[0], sympy.Mul) for part in result.value.atoms(sympy.log) if name != "entries")


def test_the_inverse_within_a_quadratic_form_is_found() -> None:
    x = symbol("x", "n")
    result = closed_form(x.T @ (s2 * identity("n") + su * ones("n", "n")).inv() @ x)
    assert not unsolved(result)
    assert "x'" in str(result)


def test_equal_blocks_are_worked_out_once() -> None:
    worked = solve(grouped(2, 3, 3, 1).inv())
    assert "I₂ ⊗" in str(worked.derivation.result)


# Conditions


def test_a_result_with_poles_says_where_it_holds() -> None:
    closed = closed_form((a * identity("n") + b * ones("n", "n")).inv())
    assert isinstance(closed, Provided)
    assert str(closed).endswith(",  if a ≠ 0, a + n b ≠ 0")
    assert closed == Provided(closed.tree, closed.conditions)


def test_a_condition_is_tried_on_an_instance() -> None:
    closed = closed_form((a * identity(3) + b * ones(3, 3)).inv())
    good = DrawnInstance([closed], random.Random(1), sizes={})
    assert good.value(closed) == good.value((a * identity(3) + b * ones(3, 3)).inv())
    pole = DrawnInstance([closed], random.Random(1), sizes={})
    with pytest.raises(DomainError, match=r"holds where a \+ 3b ≠ 0"):
        pole.changed({a: 3, b: -1}).value(closed)  # pyright: ignore[reportArgumentType]  (whole numbers are fractions)


def test_positive_parameters_need_no_condition() -> None:
    assert not isinstance(closed_form((s2 * identity("n") + su * ones("n", "n")).inv()), Provided)


def test_ar1_says_for_which_sizes_and_correlations_it_holds() -> None:
    closed = closed_form(AR1.inv())
    assert isinstance(closed, Provided)
    assert [str(condition) for condition in closed.conditions] == ["1 − ρ² ≠ 0", "n ≥ 2"]


def test_a_matrix_that_is_declared_definite_has_an_inverse_for_all_its_parameters() -> None:
    S = symbol("S", 4, 4, facts=["positive definite"], definition=ByDistance(size(4), (), rho**DISTANCE))
    assert not isinstance(closed_form(S.inv()), Provided)
    plain = symbol("S", 4, 4, definition=ByDistance(size(4), (), rho**DISTANCE))
    assert isinstance(closed_form(plain.inv()), Provided)


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        (ones("n", "n"), "J_n has rank 1 and n rows, so it has no inverse unless n = 1"),
        (ones(3, 3), "J₃ has rank 1 and 3 rows, so it has no inverse"),
        (kron(identity("b"), ones("t", "t")), "J_t has rank 1"),
        (identity(3) - sympy.Rational(1, 3) * ones(3, 3), "its rows add up to 0"),
        (identity("n") - 1 / n * ones("n", "n"), "its rows add up to 0"),
        (Explicit(ImmutableDenseMatrix([[su, su], [su, su]])), "singular"),
        (Explicit(ImmutableDenseMatrix(sympy.diag(su, 0))), "its entry 2 is 0"),
        (ByDistance(n, (), sympy.Integer(1) ** DISTANCE * su), "singular"),
        (SLOPES @ COVARIANCE @ SLOPES.T, "singular"),
        (kron(ones("a", "a"), identity("b")) + kron(identity("a"), ones("b", "b")), "rank"),
    ],
    ids=str,
)
def test_a_singular_matrix_is_refused(matrix: Tree, told: str) -> None:
    if matrix == SLOPES @ COVARIANCE @ SLOPES.T:
        S = symbol("S", 2, 2, definition=Explicit(ImmutableDenseMatrix([[su, 1], [1, sv]])))
        matrix = SLOPES @ S @ SLOPES.T
    with pytest.raises(DomainError, match=told):
        closed_form(matrix.inv())


def test_a_singular_matrix_has_the_determinant_0() -> None:
    assert closed_form(ones(3, 3).det()) == Scalar(sympy.S.Zero)
    assert closed_form(Explicit(ImmutableDenseMatrix([[su, su], [su, su]])).det()) == Scalar(sympy.S.Zero)


def test_one_row_of_ones_is_its_own_inverse() -> None:
    assert explicit(closed_form(kron(identity(2), ones(1, 1)).inv())) == sympy.eye(2)


# Random matrices


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=2, max_size=4))
def test_groups_of_random_sizes(heights: list[int]) -> None:
    V = grouped(*heights)
    blocks = diagonal_blocks(V)
    assert blocks is not None
    assert [block.rows for block in blocks] == heights
    assert_each_step_holds(solve(V.inv()).derivation, seeds=1)
    assert_each_step_holds(solve(V.det()).derivation, seeds=1)


@st.composite
def explicit_matrices(draw: st.DrawFn, rows: int, columns: int) -> Explicit:
    return Explicit(ImmutableDenseMatrix(rows, columns, [draw(rationals()) for _ in range(rows * columns)]))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6).flatmap(lambda rows: explicit_matrices(rows, 1) | explicit_matrices(rows, 2)))
def test_few_columns_added_to_a_multiple_of_i(U: Explicit) -> None:
    k = int(U.columns)  # pyright: ignore[reportArgumentType]
    C = symbol("C", k, k, facts=["positive definite"])
    V = U @ C @ U.T + s2 * Identity(U.rows)
    assert_each_step_holds(solve(V.inv()).derivation, seeds=1)
    assert_each_step_holds(solve(V.det()).derivation, seeds=1)
    S = Explicit(ImmutableDenseMatrix(k, k, lambda i, j: (su if i == j else 1) + i * j))
    entries = explicit(U @ S @ U.T + s2 * Identity(U.rows))
    product = sympy.Matrix(entries * inverse_of_entries(entries)).applyfunc(sympy.cancel)
    assert product == sympy.eye(entries.rows)
    assert sympy.expand(determinant_of_entries(entries) - sympy.Matrix(entries).det(method="berkowitz")) == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5).flatmap(lambda order: explicit_matrices(order, order)))
def test_entries_that_are_numbers(matrix: Explicit) -> None:
    assert determinant_of_entries(matrix.matrix) == matrix.matrix.det()
    if matrix.matrix.det() == 0:
        with pytest.raises(DomainError):
            inverse_of_entries(matrix.matrix)
    else:
        assert inverse_of_entries(matrix.matrix) == matrix.matrix.inv()


@pytest.mark.parametrize(
    "entries",
    [
        [[s2, sympy.sqrt(s2 * su) * rho], [sympy.sqrt(s2 * su) * rho, su]],
        [[1, sympy.exp(-su)], [sympy.exp(-su), 1]],
        [[sympy.sqrt(2) * s2, 1], [1, sympy.sqrt(2)]],
        [[1 / s2, su], [su, s2]],
    ],
)
def test_roots_and_functions_among_the_entries(entries: list[list[sympy.Expr]]) -> None:
    matrix = ImmutableDenseMatrix(entries)
    product = (matrix * inverse_of_entries(matrix)).applyfunc(sympy.simplify)
    assert product == sympy.eye(2)
    assert sympy.simplify(determinant_of_entries(matrix) - matrix.det()) == 0


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(rationals().filter(lambda x: x not in (0, 1, -1)), min_size=1, max_size=5), st.data())
def test_markov_chains_with_random_variances(steps: list[sympy.Expr], data: st.DataObject) -> None:
    size_ = len(steps) + 1
    variances = [data.draw(st.sampled_from([s2, su, sv, sympy.Integer(2)])) for _ in range(size_)]
    covariances = [rho_ * v for rho_, v in zip(steps, variances, strict=False)]

    def entry(i: int, j: int) -> sympy.Expr:
        i, j = min(i, j), max(i, j)
        return sympy.Mul(variances[i], *steps[i:j])

    matrix = ImmutableDenseMatrix(size_, size_, entry)
    product = (matrix * markov_inverse(variances, covariances)).applyfunc(sympy.cancel)
    assert product == sympy.eye(size_)
    assert sympy.expand(markov_determinant(variances, covariances) - matrix.det(method="berkowitz")) == 0
    if size_ > 2:
        assert "markov-chain" in [step.rule for step in solve(Explicit(matrix).inv()).derivation.steps]


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 7), rationals().filter(lambda x: x not in (1, -1)))
def test_ar1_of_random_size_and_correlation(order: int, correlation: sympy.Expr) -> None:
    matrix = ByDistance(size(order), (), s2 * correlation**DISTANCE)
    if correlation == 0:
        return
    product = explicit(closed_form(matrix.inv())) * explicit(matrix)
    assert product.applyfunc(sympy.cancel) == sympy.eye(order)


def test_a_kronecker_product_with_a_name_keeps_it() -> None:
    S = symbol("S", "m", "m", facts=["positive definite"])
    assert closed_form(kron(identity("g"), S).inv()) == Kronecker((identity("g"), Inverse(S)))
    assert closed_form(Scaled(Scalar(s2), S).inv()) == Scaled(Scalar(1 / s2), Inverse(S))


# Quadratic forms and entries


@pytest.mark.parametrize("name", ["compound symmetry", "blocks of one size", "Z, G and R", "crossed"])
def test_a_quadratic_form_is_a_sum_of_squares(name: str) -> None:
    A = CASES[name]
    worked = quadratic_form(A, symbol("x", A.rows))
    assert_each_step_holds(worked.derivation)
    assert not unsolved(worked.derivation.result)
    assert isinstance(worked.derivation.result, Sum)


def test_a_quadratic_form_of_unequal_groups_has_its_inverse_worked_out() -> None:
    A = grouped(2, 3, 3)
    worked = quadratic_form(A, symbol("x", A.rows))
    assert_each_step_holds(worked.derivation)
    assert not unsolved(worked.derivation.result)


def test_the_four_functions_say_what_they_found() -> None:
    A = s2 * identity("n") + su * ones("n", "n")
    assert "J² = nJ" in inverse(A).derivation.steps[-1].because
    assert determinant(A).derivation.result == Scalar(s2 ** (n - 1) * (s2 + n * su))
    assert log_determinant(A).derivation.result == Scalar(sympy.log(s2) * (n - 1) + sympy.log(s2 + n * su))


def test_entries_of_the_inverse_of_large_blocks() -> None:
    Z = BlockDiagonal(tuple(Explicit(ImmutableDenseMatrix([[1, day] for day in range(k)])) for k in (6, 7, 6)))
    S = Explicit(ImmutableDenseMatrix([[su, sympy.Symbol("c", real=True)], [sympy.Symbol("c", real=True), sv]]))
    V = Z @ kron(identity(3), S) @ Z.T + s2 * identity(19)
    instance = DrawnInstance([V], random.Random(6))
    value = instance.value(V)
    assert instance.value(Explicit(V.inv().explicit())) == value.inv()
    assert instance.number(V.det().explicit()[0, 0]) == value.det()


def test_products_with_an_inverse_are_collected() -> None:
    b_, t = size("b"), size("t")
    V = kron(identity("b"), s2 * identity("t") + su * ones("t", "t"))
    one = ones(b_ * t)
    assert closed_form(one.T @ V.inv() @ one) == Scalar(b_ * t / (s2 + t * su))
    assert closed_form(V.inv() @ V) == Identity(b_ * t)


def test_the_entries_of_a_balanced_inverse_come_from_its_strata() -> None:
    a_, b_, n_ = (sympy.Integer(number) for number in (3, 2, 2))
    V = (
        s2 * Identity(a_ * b_ * n_)
        + su * kron(Identity(a_), ones(4, 4))
        + sv * kron(ones(3, 3), Identity(b_), ones(2, 2))
    )
    instance = DrawnInstance([V], random.Random(6))
    entries = V.inv().explicit()
    assert instance.value(Explicit(entries)) == instance.value(V).inv()
    assert len(set(entries)) <= 8
    assert instance.number(V.det().explicit()[0, 0]) == instance.value(V).det()
    with pytest.raises(DomainError, match="rank"):
        kron(identity(2), ones(2, 2)).inv().explicit()


@pytest.mark.parametrize("name", ["compound symmetry", "blocks of one size", "Z, G and R", "crossed"])
@pytest.mark.parametrize("exponent", [sympy.Rational(1, 2), -sympy.Rational(1, 2)])
def test_a_root_of_a_balanced_matrix_squared_is_the_matrix(name: str, exponent: sympy.Rational) -> None:
    A = CASES[name]
    root = closed_form(Applied("power", (A, Scalar(exponent)), "", *A.shape))
    assert not isinstance(root, Provided)
    expected = A if exponent > 0 else A.inv()
    instance = DrawnInstance([root, expected], random.Random(8), friendly=True).in_balls()
    ours, theirs = instance.value(root @ root).entries(), instance.value(expected).entries()
    assert all(mine.overlaps(other) and mine.rad() < 1e-300 for mine, other in zip(ours, theirs, strict=True))


def test_a_root_says_for_which_parameters_it_is_real() -> None:
    A = a * identity("n") + b * ones("n", "n")
    root = closed_form(Applied("power", (A, Scalar(sympy.S.Half)), "", *A.shape))
    assert str(root).endswith("if a + n b ≥ 0, a ≥ 0")


@pytest.mark.parametrize("matrix", [ones("n", "n"), kron(identity("b"), ones("t", "t")), CASES["crossed"]], ids=str)
def test_the_generalized_inverse_of_a_balanced_matrix(matrix: Tree) -> None:
    goal = Applied("generalized inverse", (matrix,))
    worked = solve(goal)
    assert_each_step_holds(worked.derivation)
    assert not worked.conditions
    assert worked.derivation.steps


def test_a_root_of_a_matrix_without_strata_stays_as_it_is() -> None:
    root = Applied("power", (AR1, Scalar(sympy.S.Half)), "", n, n)
    assert closed_form(root) == root


LETTERS = {
    "balanced": lambda: tutor.rcbd("t", "b"),
    "groups": lambda: tutor.one_way("a", "n_i"),
    "nested": lambda: tutor.nested("a", "b", "n_ij"),
    "slopes": lambda: tutor.random_slopes("g", "n"),
    "series": lambda: tutor.repeated_measures("s", "t"),
}


@pytest.mark.parametrize("name", LETTERS)
def test_an_inverse_beside_its_matrix_cancels_and_is_the_only_generalized_inverse(name: str) -> None:
    m = LETTERS[name]()
    assert (m.V @ m.V.inv()).closed_form() == identity(m.n) == (m.V.inv() @ m.V).closed_form()
    closed = generalized_inverse(m.V).closed_form()
    instance = DrawnInstance([m.V, closed], random.Random(1))
    assert instance.value(closed) == instance.value(m.V).inv()


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("exponent", [sympy.Integer(2), sympy.Integer(-1), sympy.Rational(1, 2)])
def test_the_determinant_of_a_power_is_that_power(name: str, exponent: sympy.Rational) -> None:
    m = LETTERS[name]()
    raised = Applied("power", (m.V, Scalar(exponent)), row_size=m.n, column_size=m.n)
    closed = raised.det().closed_form()
    assert all(node.tree != raised for node in walk(closed) if isinstance(node, Determinant))
    instance = DrawnInstance([m.V, closed], random.Random(1), proper=True).in_balls()
    expected = instance.value(m.V.det())[0, 0] ** arb(int(exponent.p))
    assert instance.value(closed)[0, 0].overlaps(expected if exponent.q == 1 else expected.sqrt())
