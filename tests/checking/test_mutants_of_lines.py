"""Each line of the derivations of the bank is changed in one place, again and again.

The line that was changed is the first that does not follow: those before it are as they were, and true. A change that
leaves the value as it was leaves the derivation right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.checking.mutants import mutants
from tests.checking.test_mutants import TIMES
from tutor import Derivation, write
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.tree import Tree
from tutor.bank import bank, load
from tutor.checking.lines.judging import Lines
from tutor.checking.verdict import Line
from tutor.errors import TutorError
from tutor.exercise import Question
from tutor.session import judge


def asked_by_lines(path: Path) -> Iterator[tuple[Question, Derivation]]:
    """The questions of an exercise that ask for one derivation."""
    for question in load(path).variant(3).questions:
        asked = question.reference
        if isinstance(asked, Lines) and len(asked.single) == 1:
            yield question, asked.derivation


PATHS = [path for path in bank() if path.stem in ("derive_mean", "derive_variance")]


def differ(tree: Tree, other: Tree) -> bool | None:
    """Whether two trees have different values at some rational numbers, random vectors having some too; None where one
    has no value. No line is judged for it."""
    for seed in range(2):
        instance = DrawnInstance((tree, other), random.Random(seed))
        try:
            if instance.value(tree) != instance.value(other):
                return True
        except (TutorError, ArithmeticError):
            return None
    return False


def in_lines(goal: Tree, lines: list[Tree]) -> str:
    first, *others = map(write, lines)
    return "\n".join((f"{write(goal)} = {first}", *(f"= {line}" for line in others)))


@pytest.mark.slow
def test_each_derivation_of_the_bank_is_changed() -> None:
    assert [path for path in bank() if any(asked_by_lines(path))] == PATHS


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_line_that_was_changed_is_the_first_that_does_not_follow(path: Path) -> None:
    for question, derivation in asked_by_lines(path):
        lines = list(derivation.lines[1:])
        for place, line in enumerate(lines):
            refused = 0
            for mutant in dict.fromkeys(islice(mutants(line, random.Random(f"{question.key} {place}")), TIMES)):
                different = differ(mutant, line)
                text = in_lines(derivation.goal, [*lines[:place], mutant, *lines[place + 1 :]])
                verdict = judge(question, text)
                if different:
                    wrong = [part.number for part in verdict.where if isinstance(part, Line)]
                    assert (verdict.outcome, wrong[:1]) == ("incorrect", [place + 1]), (text, verdict.feedback)
                elif different is False:
                    assert verdict.outcome == "correct", (text, verdict.feedback)
                refused += different is True
            assert refused, line
