"""Averages in designs of letters that do not have all combinations: against the rows of the design with numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
import sympy
from flint import fmpq, fmpq_mat

import tutor
from tests.exact import assert_derivation_holds
from tests.models.inference.dense import Dense, ratio
from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.levels import key_at
from tutor.models.mixed import MixedModel


@dataclass(frozen=True)
class Design:
    """A design, letters for its sizes, and numbers for them; how many covariances of averages are known in letters."""

    build: Callable[..., MixedModel]
    letters: tuple[Any, ...]
    numbers: tuple[Any, ...]
    known: int
    told: dict[str, int]


DESIGNS = {
    "bibd": Design(tutor.bibd, ("t", "b", "k"), (7, 7, 3), 11, {"t": 7, "b": 7, "k": 3}),
    "all pairs": Design(tutor.bibd, ("t", "b", "k"), (4, 6, 2), 11, {"t": 4, "b": 6, "k": 2}),
    "fixed blocks": Design(
        lambda t, b, k: tutor.bibd(t, b, k, blocks_are="fixed"), ("t", "b", "k"), (5, 10, 3), 11,
        {"t": 5, "b": 10, "k": 3},
    ),
    "samples": Design(
        lambda t, b, k, s: tutor.bibd(t, b, k, samples=s), ("t", "b", "k", "s"), (4, 4, 3, 2), 130,
        {"t": 4, "b": 4, "k": 3, "s": 2},
    ),
    "factors": Design(
        lambda v, b, k: tutor.bibd({"A": 2, "B": v}, b, k), ("v", "b", "k"), (3, 10, 3), 50, {"v": 3, "b": 10, "k": 3}
    ),
    "alpha": Design(tutor.alpha, ("t", "r", "k"), (9, 3, 3), 68, {"t": 9, "r": 3, "k": 3}),
    "random replicates": Design(
        lambda t, r, k: tutor.alpha(t, r, k, reps_are="random"), ("t", "r", "k"), (6, 2, 2), 68,
        {"t": 6, "r": 2, "k": 2},
    ),
    "augmented": Design(lambda n, b: tutor.augmented(3, n, b), ("n", "b"), (4, 2), 15, {"n": 4, "b": 2}),
    "crossover": Design(tutor.crossover, ("n", "t"), (2, 4), 231, {"n": 2, "t": 4, "s": 4}),
    "odd crossover": Design(tutor.crossover, ("n", "t"), (2, 3), 231, {"n": 2, "t": 3, "s": 6}),
    "two letters in four periods": Design(
        lambda n: tutor.crossover(n, ["AABB", "BBAA", "ABBA", "BAAB"]), ("n",), (2,), 231, {"n": 2}
    ),
    "Latin square of factors": Design(
        lambda v: tutor.latin_square(treatments={"A": 2, "B": v}), ("v",), (2,), 91, {"v": 2}
    ),
}  # fmt: skip


def patterns(m: MixedModel) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Averages of y by their names, at levels 1 and 2."""
    name = m.index.response
    for levels in product((".", 1, 2), repeat=len(name.indices)):
        if "." in levels and len(levels) - levels.count(".") < 3:
            yield key_at(name, levels), levels


def weights(numbers: MixedModel, levels: tuple[Any, ...]) -> fmpq_mat:
    """Those of an average over the rows of the design, 1 × n; without rows none."""
    below = [str(y).partition("_")[2] for y in numbers.y.entries or ()]
    cells = [tuple(map(int, each.split("_") if "_" in each else each)) for each in below]
    inside = [all(level in (".", own) for level, own in zip(levels, cell, strict=True)) for cell in cells]
    return fmpq_mat([[fmpq(int(each), max(1, sum(inside))) for each in inside]])


def value(found: Any, dense: Dense, sizes: dict[str, int]) -> fmpq:
    assert isinstance(found, Scalar)
    told: dict[str, Any] = {**{k: sympy.Rational(v.numerator, v.denominator) for k, v in dense.values.items()}, **sizes}
    return ratio(found.value.subs({letter: told[str(letter)] for letter in found.value.free_symbols}))


def named(key: str) -> Scalar:
    return Scalar(sympy.Symbol(key, real=True))


@pytest.mark.parametrize("name", DESIGNS)
def test_covariances_of_averages_are_those_of_their_rows(name: str) -> None:
    design = DESIGNS[name]
    m, numbers = design.build(*design.letters), design.build(*design.numbers)
    dense = Dense.of(numbers)
    rows = {key: weights(numbers, levels) for key, levels in patterns(m)}
    known = 0
    for one, other in combinations_with_replacement(rows, 2):
        if not (any(rows[one].entries()) and any(rows[other].entries())):
            continue  # no such plots in this design
        try:
            found = m.Cov(named(one), named(other))
        except TutorError:
            continue
        known += 1
        expected = (rows[one] * dense.V * rows[other].transpose())[0, 0]
        assert value(found, dense, design.told) == expected, f"Cov({one}, {other}) = {found}"
    assert known == design.known


OF_BLOCKS = (
    "Cov(ybar_1., ybar_2.)", "Var(ybar_.1 - ybar_..)", "E(ybar_.1)", "Cov(ybar_1., y_11)", "Var(ybar_1. - ybar_2.)"
)  # fmt: skip


@pytest.mark.parametrize("what", OF_BLOCKS)
def test_each_step_to_a_moment_of_averages_in_incomplete_blocks_holds(what: str) -> None:
    found = tutor.bibd("t", "b", "k").derive(what)
    assert_derivation_holds(found)
    assert all(step.because for step in found.steps)


@pytest.mark.parametrize(
    ("m", "numbers", "sizes"),
    [
        (tutor.one_way("a", "n_i"), tutor.one_way(3, [2, 1, 4]), {"a": 3, "n_1": 2, "n_2": 1, "n_3": 4}),
        (
            tutor.nested("a", "b_i", "n"),
            tutor.nested(2, [2, 3], reps=[[2, 2], [2, 2, 2]]),
            {"a": 2, "b_1": 2, "b_2": 3, "n": 2},
        ),
    ],
)
def test_the_mean_of_all_observations_of_unequal_groups_has_the_variance_of_their_sum(
    m: MixedModel, numbers: MixedModel, sizes: dict[str, int]
) -> None:
    average = "ybar_" + "." * len(m.index.response.indices)
    variances = {parameter.key: place**2 for place, parameter in enumerate(m.parameters, start=1)}
    V = numbers.V.numpy(**variances)
    values: Any = {**sizes, **variances}
    assert m.Var(average, **values) == pytest.approx(V.sum() / V.size, rel=1e-12)
    assert str(m.E(average)) == "μ"
    for what in ("E", "Var"):
        assert_derivation_holds(m.derive(f"{what}({average})"))


def test_the_variance_of_the_mean_of_unequal_groups_has_the_squares_of_their_sizes() -> None:
    assert str(tutor.one_way("a", "n_i").Var("ybar_..")) == "(σ²_u (∑_{i=1}^a n_i²) + σ² n_·)/n_·²"
