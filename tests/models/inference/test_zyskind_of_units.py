"""Whether OLS is best in incomplete blocks and crossovers with letters for sizes: as with numbers for them."""

from __future__ import annotations

from typing import Any

import pytest
from flint import fmpq, fmpq_mat

import tutor
from tests.models.inference.dense import Dense
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline

INCOMPLETE = [
    (tutor.bibd("t", "b", "k"), tutor.bibd(7, 7, 3), ["mu + taubar"]),
    (tutor.bibd("t", "b", "k", samples="s"), tutor.bibd(4, 6, 2, samples=2), ["mu + taubar"]),
    (tutor.alpha("t", "r", "k"), tutor.alpha(9, 3, 3), ["mu + taubar + rhobar", "rho_1 - rho_2"]),
    (tutor.alpha("t", "r", "k", reps_are="random"), tutor.alpha(6, 2, 3, reps_are="random"), ["mu + taubar"]),
    (tutor.augmented("c", "n", "b"), tutor.augmented(3, 4, 2), ["tau_1 - tau_2"]),
]  # fmt: skip
"""With letters, with numbers, and what OLS is said to be best for."""


def coefficients(m: MixedModel, function: str) -> fmpq_mat:
    """k of a sum of effects and of averages over all effects of a letter."""
    names = [str(entry) for entry in m.beta.entries or ()]
    found = dict.fromkeys(names, fmpq(0))
    for term in function.replace("- ", "+ -").split(" + "):
        sign, name = (-1, term[1:]) if term.startswith("-") else (1, term)
        own = [name] if name in found else [each for each in names if each.startswith(name.removesuffix("bar") + "_")]
        for each in own:
            found[each] += fmpq(sign, len(own))
    return fmpq_mat([[found[name]] for name in names])


def is_best(d: Dense, k: fmpq_mat) -> bool:
    """Whether VX(X'X)⁻k lies in the space of X: the OLS weights w of an estimable k'β have X'w = k."""
    full = d.full
    weights = full * (full.transpose() * full).solve(_kept(d, k))
    assert d.X.transpose() * weights == k, "k'β is estimable"
    led = d.V * weights
    return d.hat * led == led


def _kept(d: Dense, k: fmpq_mat) -> fmpq_mat:
    reduced, rank = d.X.rref()
    return fmpq_mat([[k[next(j for j in range(d.X.ncols()) if reduced[i, j] != 0), 0]] for i in range(rank)])


@pytest.mark.parametrize(("letters", "numbers", "best"), INCOMPLETE)
def test_ols_is_best_in_incomplete_blocks_for_what_is_said_alone(
    letters: MixedModel, numbers: MixedModel, best: list[str]
) -> None:
    found, d = letters.ols_is_blue(), Dense.of(numbers)
    assert not found and found.counterexample is not None and found.derivation is None
    assert d.V * d.hat != d.hat * d.V
    assert all(is_best(d, coefficients(numbers, function)) for function in best)
    assert not is_best(d, coefficients(numbers, "tau_1 - tau_7" if d.X.ncols() > 7 else "tau_1 - tau_3"))


def test_the_loss_by_ols_in_balanced_incomplete_blocks_is_told_in_letters() -> None:
    m, told = tutor.bibd("t", "b", "k"), tutor.bibd("t", "b", "k").ols_is_blue().reason
    by_ols, by_blue = m.Var("ybar_1. - ybar_2."), m.se_difference("treatment").variance
    assert f"{by_ols} by OLS, that of ȳ_{{1·}} − ȳ_{{2·}}, and {inline(by_blue)} by the BLUE" in told


@pytest.mark.parametrize(
    ("letters", "numbers"),
    [
        (tutor.crossover("n", "t", carryover=True), tutor.crossover(2, 3, carryover=True)),
        (tutor.crossover("n", ["ABB", "BAA"], carryover=True), tutor.crossover(2, ["ABB", "BAA"], carryover=True)),
    ],
)
def test_ols_is_best_in_crossovers_with_effects_of_sequences(letters: MixedModel, numbers: MixedModel) -> None:
    d: Any = Dense.of(numbers)
    assert letters.ols_is_blue() and "the subjects of a sequence" in letters.ols_is_blue().reason
    assert d.V * d.hat == d.hat * d.V


def test_ols_is_not_best_where_subjects_are_the_sequences_of_a_crossover_with_carry_over() -> None:
    d = Dense.of(tutor.crossover(1, 3, carryover=True))
    assert d.V * d.hat != d.hat * d.V
