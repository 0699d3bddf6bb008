"""Every law is an identity: before and after have one value on random instances."""

from __future__ import annotations

import importlib
import pkgutil
import random
from collections.abc import Callable

import pytest
import sympy
from flint import fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.exact import assert_derivation_holds, assert_same_value, assert_step_holds
from tests.strategies import KINDS, MOMENTS, congruences, likenesses, projections, trees
from tutor.algebra import laws
from tutor.algebra.build import as_tree, identity, kron, ones, symbol, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.blocks import DETERMINANT_OF_BLOCK_MATRIX, INVERSE_OF_BLOCKS
from tutor.algebra.laws.catalogue import LAWS, MATRIX_LAWS
from tutor.algebra.laws.inverses import INVERSE_CANCELS
from tutor.algebra.laws.joining import ordered
from tutor.algebra.laws.logarithms import log
from tutor.algebra.laws.moments import MEANS, VARIANCES, definition_of
from tutor.algebra.laws.projections import projection
from tutor.algebra.laws.quadratics import QUADRATIC_MEAN, QUADRATICS
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Explicit,
    Identity,
    Inverse,
    Product,
    Scalar,
    Symbol,
    Variance,
)
from tutor.algebra.reasoning import normal_form
from tutor.algebra.rules import Derivation, Rule, Step, apply, derive
from tutor.algebra.tree import Tree

u = symbol("u", "q", role="random", mean=zero("q"), variance=symbol("G", "q", "q", facts=["positive definite"]))
e = symbol("e", "n", role="random", mean=zero("n"), uncorrelated=frozenset({u}))
w = symbol("w", "n", role="random")
X, beta, Z = symbol("X", "n", "p"), symbol("beta", "p", role="unknown"), symbol("Z", "n", "q")
y = symbol("y", "n", role="random", definition=X @ beta + Z @ u + e)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_law_applies_to_its_example_and_keeps_its_value(law: Rule) -> None:
    step = apply(law, law.example())
    assert step is not None
    assert step.after != step.before
    assert step.because
    assert_same_value(step.before, step.after)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_law_leaves_alone_what_it_does_not_speak_of(law: Rule) -> None:
    assert apply(law, X) is None


@pytest.mark.parametrize(
    "goal",
    [
        Expectation(y),
        Expectation(X.T @ y + 2 * (X.T @ e)),
        Variance(y),
        Variance(X.T @ y),
        Variance(y + w),
        Variance(Z @ u - w),
        Variance(3 * y),
        Covariance(u, y),
        Covariance(2 * u, y - 3 * e),
        Variance(2 * (X.T @ (y - w))),
        Expectation(X.T @ (2 * y)),
        Covariance(X.T @ y, Z @ u + e),
        Covariance(y, y),
        Variance(X @ beta),
    ],
    ids=str,
)
def test_each_step_of_a_derivation_is_an_identity(goal: Tree) -> None:
    chosen = MEANS if isinstance(goal, Expectation) else VARIANCES
    derivation = derive(goal, (definition_of(y, "the model"), *chosen))
    assert len(derivation) > 0
    for step in derivation.steps:
        assert_same_value(step.before, step.after)
    assert_same_value(goal, derivation.result)
    left = [node for node in _nodes(derivation.result) if isinstance(node, Expectation | Variance | Covariance)]
    assert all(isinstance(part, Symbol) for node in left for part in node.parts), "only moments of names are left"


def test_variance_of_y_is_zgz_plus_r() -> None:
    R = symbol("R", "n", "n", facts=["positive definite"])
    noise = symbol("e", "n", role="random", mean=zero("n"), variance=R, uncorrelated=frozenset({u}))
    response = symbol("y", "n", role="random", definition=X @ beta + Z @ u + noise)
    derivation = derive(Variance(response), (definition_of(response, "the model"), *VARIANCES))
    assert u.variance is not None
    assert derivation.result == Z @ u.variance @ Z.T + R
    assert [step.assumption for step in derivation.steps if step.assumption] == [
        "Cov(u, ε) = 0",
        "Var(u) = G, Var(ε) = R",
    ]


def test_covariances_are_kept_where_none_is_declared_zero() -> None:
    derivation = derive(Variance(Z @ u + w), VARIANCES)
    assert any(isinstance(node, Covariance) for node in _nodes(derivation.result))


def _nodes(tree: Tree) -> list[Tree]:
    return [tree, *(node for part in tree.parts for node in _nodes(part))]


def test_a_derivation_whose_steps_do_not_follow_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="not where the one before ended"):
        Derivation(Variance(y), (Step("made-up", "because", Variance(e), Variance(u)),))


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.key)
def test_a_law_is_an_identity_on_random_trees_like_its_example(law: Rule) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(likenesses(law.example()), st.integers(0, 2**32))
    def holds(tree: Tree, seed: int) -> None:
        step = apply(law, tree)
        assume(step is not None)
        assert step is not None
        assert_step_holds(step, seed)

    holds()


@settings(max_examples=120, deadline=None)
@given(trees(kinds=KINDS - MOMENTS, depth=3) | congruences() | projections(), st.integers(0, 2**32))
def test_every_law_that_applies_to_a_random_tree_is_an_identity(tree: Tree, seed: int) -> None:
    for law in MATRIX_LAWS:
        step = apply(law, tree)
        if step is not None:
            assert step.after.shape == step.before.shape
            assert_step_holds(step, seed)


X_full = symbol("X", "n", "p", facts=["full column rank"])
S = symbol("S", "n", "n", facts=["positive definite"])
K = symbol("K", "n", "n")


@pytest.mark.parametrize(
    ("tree", "assumption"),
    [
        ((X_full.T @ X_full).inv() @ X_full.T @ X_full, None),
        ((X.T @ X).inv() @ X.T @ X, "X has full column rank"),
        ((X.T @ S.inv() @ X).inv() @ X.T @ S.inv() @ X, "X has full column rank"),
        (K @ K.inv(), "K has an inverse"),
        (S @ S.inv(), None),
    ],
    ids=str,
)
def test_a_cancelled_inverse_says_what_it_takes_for_granted(tree: Tree, assumption: str | None) -> None:
    step = apply(INVERSE_CANCELS, tree)
    assert step is not None and isinstance(step.after, Identity)
    assert step.assumption == assumption


@pytest.mark.parametrize("singular", [ones(3, 3), identity("n") + -1 * projection(X_full), zero(2, 2)], ids=str)
def test_an_inverse_that_does_not_exist_is_not_cancelled(singular: Tree) -> None:
    assert apply(INVERSE_CANCELS, Product((Inverse(singular), singular))) is None


def test_the_mean_of_a_quadratic_form_is_its_average_over_the_points_of_a_distribution() -> None:
    """y takes each of four points with probability 1/4, so that its moments and E(y'Ay) are plain averages."""
    quarter = sympy.Rational(1, 4)
    points = [sympy.Matrix(2, 1, column) for column in ([1, 2], [0, -1], [3, 5], [-2, 4])]
    mean = sum(points, sympy.zeros(2, 1)) * quarter
    spread = sum(((y - mean) * (y - mean).T for y in points), sympy.zeros(2, 2)) * quarter
    A = ImmutableDenseMatrix([[1, 2], [-3, 7]])
    average = sympy.Add(*((y.T * A * y)[0, 0] for y in points)) * quarter
    drawn = symbol("y", 2, role="random", mean=as_tree(mean), variance=as_tree(spread))
    goal = Expectation(Product((drawn.T, Explicit(A), drawn)))
    step = apply(QUADRATIC_MEAN, goal)
    assert step is not None
    instance = DrawnInstance([goal, step.after], random.Random(0))
    for tree in (goal, step.after):
        assert str(instance.value(tree)[0, 0]) == str(average)


def test_every_rule_of_every_file_of_laws_is_in_the_catalogue() -> None:
    files = [
        importlib.import_module(f"tutor.algebra.laws.{found.name}") for found in pkgutil.iter_modules(laws.__path__)
    ]
    rules = {value.key for file in files for value in vars(file).values() if isinstance(value, Rule)}
    assert rules == {law.key for law in LAWS}
    assert len(LAWS) == len(rules), "no two laws have one key"


def test_moments_of_quadratic_forms_are_averages_over_points_with_the_moments_of_a_normal_distribution() -> None:
    """z is ±√3 with probability 1/6 each, else 0: its first five moments are those of N(0, 1)."""
    root = sympy.sqrt(3)
    points = [(root, sympy.Rational(1, 6)), (-root, sympy.Rational(1, 6)), (sympy.S.Zero, sympy.Rational(2, 3))]
    L, mean = sympy.Matrix([[2, 0], [1, 3]]), sympy.Matrix([1, -2])
    A, B = ImmutableDenseMatrix([[1, 2], [2, -5]]), ImmutableDenseMatrix([[0, 1], [1, 4]])
    drawn = [(mean + L * sympy.Matrix([a, b]), p * q) for a, p in points for b, q in points]

    def average(value: Callable[[sympy.Matrix], sympy.Matrix]) -> sympy.Matrix:
        parts = [value(y) * weight for y, weight in drawn]
        return sum(parts[1:], parts[0]).applyfunc(sympy.expand)

    def covariance(left: Callable[..., sympy.Matrix], right: Callable[..., sympy.Matrix]) -> sympy.Matrix:
        return average(lambda y: left(y) * right(y).T) - average(left) * average(right).T

    y = symbol("y", 2, role="random", mean=as_tree(mean), variance=as_tree(L * L.T))
    first, second = (Product((y.T, Explicit(matrix), y)) for matrix in (A, B))
    of_first, of_second = (lambda y: y.T * A * y), (lambda y: y.T * B * y)
    for goal, expected in [
        (Variance(first), covariance(of_first, of_first)),
        (Covariance(first, second), covariance(of_first, of_second)),
        (Covariance(y, second), covariance(lambda y: y, of_second)),
        (Covariance(second, y), covariance(of_second, lambda y: y)),
        (Expectation(Product((y, y.T))), average(lambda y: y * y.T)),
    ]:
        result = derive(goal, QUADRATICS).result
        assert result != goal
        instance = DrawnInstance([goal, result], random.Random(0))
        for tree in (goal, result):
            assert instance.value(tree).tolist() == [[fmpq(int(x)) for x in line] for line in expected.tolist()]


T_q = symbol("T", "q", "q", facts=["positive definite"])
c = Scalar(sympy.Symbol("c", positive=True))
U_n = symbol("U", "n", "n", facts=["invertible"])


@pytest.mark.parametrize(
    ("inside", "split"),
    [
        (S @ S.inv() @ S @ S.T, 2 * log(S.det())),
        (S.inv(), -1 * log(S.det())),
        (kron(S, T_q), Scalar(T_q.rows) * log(S.det()) + Scalar(S.rows) * log(T_q.det())),
        (BlockDiagonal((S, T_q)), log(S.det()) + log(T_q.det())),
        (c * S, Scalar(S.rows * sympy.log(c.value)) + log(S.det())),
        (c * identity("n"), Scalar(S.rows * sympy.log(c.value))),
        (U_n @ S @ U_n.T, None),
    ],
    ids=str,
)
def test_the_logarithm_of_a_determinant_splits(inside: Tree, split: Tree | None) -> None:
    derivation = normal_form(log(inside.det()))
    assert_derivation_holds(derivation)
    assert split is None or ordered(derivation.result) == ordered(split)
    assert all(step.assumption is None for step in derivation.steps) == (split is not None)


B_full = symbol("B", "n", "q", facts=["full column rank"])
B_any = symbol("B", "n", "q")


@pytest.mark.parametrize(
    ("block", "complement"),
    [
        (Block(((S, B_any), (B_any.T, T_q + B_any.T @ S.inv() @ B_any))), "D − CA⁻¹B"),
        (Block(((S, B_full), (B_full.T, zero("q", "q")))), "D − CA⁻¹B"),
        (Block(((zero("q", "q"), B_full.T), (B_full, S))), "A − BD⁻¹C"),
        (Block(((S, B_any), (zero("q", "n"), T_q))), "D − CA⁻¹B"),
        (Block(((S, zero("n", "q")), (zero("q", "n"), T_q))), "D − CA⁻¹B"),
    ],
    ids=str,
)
def test_a_block_matrix_is_taken_apart_by_the_schur_complement_of_a_block_that_has_an_inverse(
    block: Block, complement: str
) -> None:
    step = apply(INVERSE_OF_BLOCKS, block.inv())
    assert step is not None and complement in step.because
    assert_same_value(step.before, step.after)
    step = apply(DETERMINANT_OF_BLOCK_MATRIX, block.det())
    assert step is not None and step.assumption is None
    assert_same_value(step.before, step.after)
