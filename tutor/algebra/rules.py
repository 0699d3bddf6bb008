"""Named identities and the derivations made of them.

A rule is one function Tree -> Tree | None: the tree after the rule, or None where it does not apply. A Step
records one use: what changed, by which law, and on which assumption. A Derivation is a chain of equal trees.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.algebra.tree import Tree
from tutor.display import Shown


@dataclass(frozen=True, slots=True)
class Step:
    """One equality: ``before = after`` because of a rule.

    ``rule`` is its key, ``because`` the sentence a student reads, ``assumption`` what the step takes for granted
    of the model ("Cov(u, ε) = 0"), if anything.
    """

    rule: str
    because: str
    before: Tree
    after: Tree
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Derivation(Shown):
    """goal = steps[0].after = steps[1].after = …; each step starts where the one before ended."""

    goal: Tree
    steps: tuple[Step, ...]

    @property
    def result(self) -> Tree:
        """The last line."""
        return self.steps[-1].after if self.steps else self.goal

    @property
    def lines(self) -> tuple[Tree, ...]:
        """The goal and what follows, one tree a line."""
        return (self.goal, *(step.after for step in self.steps))

    def __len__(self) -> int:
        return len(self.steps)
