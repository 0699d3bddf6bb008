"""Steps and derivations verified on exact instances."""

from __future__ import annotations

import random

from flint import arb, fmpq_mat
from hypothesis import assume

from tutor.algebra.arithmetic import Matrix, NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

TRIES = 20
"""Instances drawn for each that is wanted: X may be drawn with fewer rows than columns, so that X'X has no inverse."""


def assert_same_value(*trees: Tree, seeds: int = 5) -> None:
    """The trees have one value on as many random instances as seeds; with fractions between 0 and 1 for the numbers
    where none has a value without, as log(1 − ρ²)."""
    for proper in (False, True):
        valued = 0
        for seed in range(TRIES * seeds):
            try:
                values = values_on(DrawnInstance(trees, random.Random(seed), proper=proper), *trees)
            except DomainError:
                continue
            assert all(are_same(value, values[0]) for value in values[1:]), " = ".join(map(str, trees))
            valued += 1
            if valued == seeds:
                return
    raise AssertionError("no instance has a value")


def values_on(instance: DrawnInstance, *trees: Tree) -> list[Matrix]:
    """The values of the trees on one instance: exact, or all as balls where one of them is irrational."""
    try:
        return [instance.value(tree) for tree in trees]
    except NotRationalError:
        balls = instance.in_balls()
        values = [balls.value(tree) for tree in trees]
        if not all(x.is_finite() for value in values for x in value.entries()):
            raise DomainError("A logarithm or a root of a negative number has no value.") from None
        return values


def are_same(left: Matrix, right: Matrix) -> bool:
    """Whether two values are equal, or balls of less than 10⁻³⁰⁰ that overlap."""
    if isinstance(left, fmpq_mat) and isinstance(right, fmpq_mat):
        return left == right
    difference = [
        x - y
        for mine, theirs in zip(left.tolist(), right.tolist(), strict=True)
        for x, y in zip(mine, theirs, strict=True)
    ]
    return all(x.contains(0) and x.rad() < arb(10) ** -300 for x in difference)


def assert_derivation_holds(derivation: Derivation, seeds: int = 3) -> None:
    """Every line of the derivation has the value of its goal, and every step a reason."""
    assert_same_value(*derivation.lines, seeds=seeds)
    assert all(step.because and step.rule for step in derivation.steps)


def assert_step_holds(step: Step, seed: int) -> None:
    """The step is an identity on a random instance on which its assumption, if it has one, holds."""
    instance = DrawnInstance([step.before, step.after], random.Random(seed))
    try:
        (before,) = values_on(instance, step.before)
    except (DomainError, NotRationalError, ZeroDivisionError):
        assume(False)
        return
    try:
        before, after = values_on(instance, step.before, step.after)
    except DomainError:
        assert step.assumption, f"{step.rule} rests on an assumption that it does not tell"
        return
    assert are_same(before, after), f"{step.rule}: {step.before} = {step.after}"
