"""Inverses, determinants and quadratic forms of V, derived from the model: m.derive("V^-1"), m.derive("log|V|")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.laws import definition_of
from tutor.algebra.nodes import Determinant, Inverse
from tutor.algebra.rules import Derivation, Rewrite, Rule, Step, apply
from tutor.algebra.structure.exchangeable import structured
from tutor.algebra.structure.solve import solve
from tutor.algebra.tree import Tree

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def derive_solved(model: MixedModel, goal: Tree) -> Derivation:
    """The closed form of a tree with inverses or determinants in it: V is put in as the model makes it, brought to the
    form that the order of the rows gives, and worked out by its structure.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    """
    start: list[Step] = []
    line = goal
    for rule in (definition_of(model.covariance, "the model"), _order_of_rows(model)):
        step = apply(rule, line)
        if step is not None and step.after != line:
            start.append(step)
            line = step.after
    return solve(goal, start).derivation


def _order_of_rows(model: MixedModel) -> Rule:
    """The rule that writes what is inverted by the order of the rows, with what that makes of Z and R."""
    from tutor.models.moments import structure_reason

    def rewrite(tree: Tree) -> Rewrite | None:
        if not isinstance(tree, Inverse | Determinant):
            return None
        closed = structured(tree.tree)
        return None if closed is None else Rewrite(type(tree)(closed), structure_reason(model) or None)

    because = "(A ⊗ B)(C ⊗ D) = AC ⊗ BD, factor by factor"
    return Rule("order-of-rows", because, rewrite, lambda: Inverse(model.V))
