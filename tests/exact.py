"""Steps and derivations verified on exact instances."""

from __future__ import annotations

import random

from hypothesis import assume

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

TRIES = 20
"""Instances drawn for each that is wanted: X may be drawn with fewer rows than columns, so that X'X has no inverse."""


def assert_same_value(*trees: Tree, seeds: int = 5) -> None:
    """The trees have one value on as many random instances as seeds."""
    valued = 0
    for seed in range(TRIES * seeds):
        instance = DrawnInstance(trees, random.Random(seed))
        try:
            values = [instance.value(tree) for tree in trees]
        except DomainError:
            continue
        assert all(value == values[0] for value in values[1:]), " = ".join(map(str, trees))
        valued += 1
        if valued == seeds:
            return
    raise AssertionError("no instance has a value")


def assert_derivation_holds(derivation: Derivation, seeds: int = 3) -> None:
    """Every line of the derivation has the value of its goal, and every step a reason."""
    assert_same_value(*derivation.lines, seeds=seeds)
    assert all(step.because and step.rule for step in derivation.steps)


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
