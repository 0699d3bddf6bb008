"""A result that holds under conditions, as notation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sympy

from tutor.algebra.sizes import Shape
from tutor.algebra.tree import Tree
from tutor.display import Shown


@dataclass(frozen=True, slots=True)
class Condition(Shown):
    """An inequality that parameters or sizes must fulfil, such as a + nb ≠ 0."""

    left: sympy.Expr
    sign: Literal["≠", ">", "≥"]
    right: sympy.Expr = sympy.S.Zero


@dataclass(frozen=True, slots=True, eq=False)
class Provided(Tree):
    """A tree that is meant only where all conditions hold."""

    tree: Tree
    conditions: tuple[Condition, ...]

    def _conform(self) -> Shape:
        return self.tree.shape

    @property
    def parts(self) -> tuple[Tree, ...]:
        return (self.tree,)

    def rebuild(self, parts: tuple[Tree, ...]) -> Tree:
        return Provided(parts[0], self.conditions)


def provided(tree: Tree, conditions: Sequence[Condition]) -> Tree:
    """The tree, with its conditions if there are any."""
    return Provided(tree, tuple(conditions)) if conditions else tree
