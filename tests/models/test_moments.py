"""Derivations in models: each step is an identity on random instances, and the last line is the dense matrix."""

from __future__ import annotations

import random
from functools import cache

import pytest
import sympy

from tutor import TutorError, crd, data, model, rcbd, regression
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Covariance, Expectation, Variance
from tutor.algebra.rules import Derivation
from tutor.models.mixed import MixedModel

UNBALANCED = {
    "y": [1, 2, 3, 4, 5, 6, 7, 8],
    "x": [0, 1, 0, 1, 2, 0, 2, 1],
    "g": list("aabbbccc"),
    "h": list("pqpqpqqp"),
}

MAKERS = {
    "crd": lambda: crd(3, 2),
    "rcbd": lambda: rcbd(3, 4),
    "rcbd, blocks fixed": lambda: rcbd(3, 4, blocks_are="fixed"),
    "rcbd of letters": lambda: rcbd("t", "b"),
    "crd of letters": lambda: crd("t", "r"),
    "regression": lambda: regression([1, 2, 4]),
    "regression of letters": lambda: regression("n"),
    "rail": lambda: model("travel ~ 1 + (1 | Rail)", data.path("rail.csv")),
    "oats": lambda: model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", data.path("oats.csv")),
    "pastes": lambda: model("strength ~ 1 + (1 | batch/cask)", data.path("pastes.csv")),
    "sleep": lambda: model("Reaction ~ Days + (Days | Subject)", data.path("sleepstudy.csv")),
    "unbalanced": lambda: model("y ~ x + (1 | g)", UNBALANCED),
    "crossed and unbalanced": lambda: model("y ~ x + (1 | g) + (1 | h)", UNBALANCED),
    "slopes, unbalanced": lambda: model("y ~ x + (0 + x | g)", UNBALANCED),
}


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


def assert_each_step_holds(derivation: Derivation) -> None:
    for seed in range(3):
        instance = DrawnInstance(derivation.lines, random.Random(seed))
        values = [instance.value(line) for line in derivation.lines]
        assert all(value == values[0] for value in values[1:])


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("what", ["E(y)", "Var(y)", "Cov(y, ε)", "Var(X'y)", "E(X'y)", "Var(y - Xβ)"])
def test_each_step_of_a_derivation_holds(name: str, what: str) -> None:
    derivation = made(name).derive(what)
    assert len(derivation) > 0
    assert_each_step_holds(derivation)


@pytest.mark.parametrize("name", [name for name in MAKERS if "letters" not in name])
def test_the_last_line_is_the_variance_entry_by_entry(name: str) -> None:
    m = made(name)
    assert m.derive("Var(y)").result.explicit().expand() == m.V.explicit().expand()
    assert m.derive("E(y)").result.explicit() == (m.X @ m.beta).explicit()


def test_the_mean_is_x_beta_and_the_variance_zgz_plus_r() -> None:
    m = made("rcbd")
    assert m.Z is not None and m.G is not None
    assert m.derive("E(y)").result == m.X @ m.beta
    assert m.Z @ m.G @ m.Z.T + m.R in m.derive("Var(y)").lines
    assert m.derive("Cov(u, y)").lines[-2] == m.G @ m.Z.T


def test_each_assumption_is_told_where_it_is_used() -> None:
    used = [step.assumption for step in made("rcbd").derive("Var(y)").steps if step.assumption]
    assert used == ["Cov(u, ε) = 0", "Var(u) = G, Var(ε) = R"]
    assert [s.assumption for s in made("rcbd").derive("E(y)").steps if s.assumption] == ["E(u) = 0, E(ε) = 0"]


def test_every_step_has_a_reason() -> None:
    for name in MAKERS:
        for what in ("E(y)", "Var(y)"):
            assert all(step.because and step.rule for step in made(name).derive(what).steps)


def test_a_model_without_random_effects_varies_by_its_residuals_only() -> None:
    m = made("crd")
    sigma2 = sympy.Symbol("sigma2", positive=True)
    assert m.derive("Var(y)").result.explicit() == sigma2 * sympy.eye(6)


def test_what_is_not_linear_is_refused() -> None:
    m = made("rcbd")
    with pytest.raises(TutorError, match="not linear"):
        m.derive("E(y_11^3)")


def test_trees_may_be_asked_for_as_well() -> None:
    m = made("oats")
    for goal in (Expectation(m.y), Variance(m.y), Covariance(m.y, m.e)):
        assert_each_step_holds(m.derive(goal))
