"""Every law is an identity: before and after have one value on random instances."""

from __future__ import annotations

import random

import pytest
import sympy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.exact import assert_same_value, assert_step_holds
from tests.strategies import KINDS, MOMENTS, congruences, likenesses, projections, trees
from tutor.algebra.build import as_tree, identity, ones, symbol, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.catalogue import LAWS, MATRIX_LAWS
from tutor.algebra.laws.inverses import INVERSE_CANCELS
from tutor.algebra.laws.moments import MEANS, QUADRATIC_MEAN, VARIANCES, definition_of
from tutor.algebra.laws.projections import projection
from tutor.algebra.nodes import Covariance, Expectation, Explicit, Identity, Inverse, Product, Symbol, Variance
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
    laws = MEANS if isinstance(goal, Expectation) else VARIANCES
    derivation = derive(goal, (definition_of(y, "the model"), *laws))
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
