"""The steps between two forms that have one closed form: each is worked out by structure, and the closed forms meet."""

from __future__ import annotations

import sympy

from tutor.algebra.laws.joining import ordered
from tutor.algebra.nodes import Scalar
from tutor.algebra.provided import Provided
from tutor.algebra.rules import Step, turned
from tutor.algebra.structure.solve import closed_form, solve
from tutor.algebra.tree import Tree
from tutor.display import writer

ORDER_OF_ROWS = "each matrix by the order of the rows, as Kronecker products of I and J"
SAME_FORM = "the same sum of Kronecker products, with its common factors in other places"
ARITHMETIC = "by arithmetic"


def steps_by_structure(start: Tree, goal: Tree) -> list[Step] | None:
    """The steps from one tree to another by way of their closed forms; None where these are not the same.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    """
    left, right = _closed(start), _closed(goal)
    if not left and not right and start != goal:
        return None
    here, there = (steps[-1].after if steps else tree for steps, tree in ((left, start), (right, goal)))
    if here != there:
        reason = _same(here, there)
        if reason is None:
            return None
        left.append(Step("closed-form", reason, here, there))
    return [*left, *map(turned, reversed(right))]


def _closed(tree: Tree) -> list[Step]:
    """The steps to the closed form of a tree; none where it is its own, or has none."""
    steps = list(solve(tree).derivation.steps)
    line = steps[-1].after if steps else tree
    closed = closed_form(line)
    assumed = None
    if isinstance(closed, Provided):
        assumed = ", ".join(writer().inline(condition) for condition in closed.conditions)
        closed = closed.tree
    if closed != line:
        steps.append(Step("closed-form", ORDER_OF_ROWS, line, closed, assumed))
    return steps


def _same(left: Tree, right: Tree) -> str | None:
    """The reason why two closed forms are equal, if it is seen."""
    if ordered(left) == ordered(right):
        return SAME_FORM
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return ARITHMETIC if sympy.simplify(left.value - right.value) == 0 else None
    return None
