"""Every law is an identity: before and after have one value on random instances."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.strategies import KINDS, MOMENTS, congruences, likenesses, projections, trees
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.build import symbol, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.catalogue import LAWS, MATRIX_LAWS
from tutor.algebra.laws.moments import MEANS, VARIANCES, definition_of
from tutor.algebra.nodes import Covariance, Expectation, Symbol, Variance
from tutor.algebra.rules import Derivation, Rule, Step, apply, derive
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

u = symbol("u", "q", role="random", mean=zero("q"), variance=symbol("G", "q", "q", facts=["positive definite"]))
e = symbol("e", "n", role="random", mean=zero("n"), uncorrelated=frozenset({u}))
w = symbol("w", "n", role="random")
X, beta, Z = symbol("X", "n", "p"), symbol("beta", "p", role="unknown"), symbol("Z", "n", "q")
y = symbol("y", "n", role="random", definition=X @ beta + Z @ u + e)


def assert_same_value(before: Tree, after: Tree, seeds: int = 5) -> None:
    valued = 0
    for seed in range(20 * seeds):
        instance = DrawnInstance([before, after], random.Random(seed))
        try:
            value = instance.value(before)
        except DomainError:
            continue  # X was drawn with fewer rows than columns, so that X'X has no inverse
        assert value == instance.value(after)
        valued += 1
        if valued == seeds:
            return
    raise AssertionError("no instance has a value")


def assert_step_holds(step: Step, seed: int) -> None:
    """The step is an identity on a random instance on which its assumption, if it has one, holds."""
    instance = DrawnInstance([step.before, step.after], random.Random(seed))
    try:
        before = instance.value(step.before)
    except (DomainError, NotRationalError, ZeroDivisionError):
        assume(False)
        return
    try:
        after = instance.value(step.after)
    except DomainError:
        assert step.assumption, f"{step.rule} rests on an assumption that it does not tell"
        return
    assert before == after, f"{step.rule}: {step.before} = {step.after}"


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
