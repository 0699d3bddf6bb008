"""Inverses, determinants and quadratic forms of V, derived from the model: m.derive("V^-1"), m.derive("log|V|")."""

from __future__ import annotations

from collections.abc import Callable

from tutor.algebra.nodes import Determinant, Inverse
from tutor.algebra.rules import Derivation, Rewrite, Rule, apply
from tutor.algebra.structure.exchangeable import structured
from tutor.algebra.structure.solve import solve
from tutor.algebra.tree import Tree
from tutor.errors import TutorError


def derive_solved(goal: Tree, model: Rule, reason: Callable[[Tree, Tree], str]) -> Derivation:
    """The closed form of a tree with inverses or determinants in it: V is put in as the ``model`` makes it, brought to
    the form that the order of the rows gives, with the
    ``reason`` of a line before and after it, and worked out by its structure.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    TutorError
        Where no closed form is known.
    """
    put_in = apply(model, goal)
    ordered = None if put_in is None else apply(_order_of_rows(goal, reason), put_in.after)
    derivation = solve(goal, [step for step in (put_in, ordered) if step is not None]).derivation
    if not derivation.steps:
        raise TutorError(f"No closed form of {goal} is known.", tip="Its entries are listed by .explicit().")
    return derivation


def _order_of_rows(example: Tree, reason: Callable[[Tree, Tree], str]) -> Rule:
    """The rule that writes what is inverted by the order of the rows."""

    def rewrite(tree: Tree) -> Rewrite | None:
        if not isinstance(tree, Inverse | Determinant):
            return None
        closed = structured(tree.tree)
        return None if closed is None else Rewrite(type(tree)(closed), reason(tree.tree, closed))

    return Rule("order-of-rows", "the matrices by the order of the rows", rewrite, lambda: example)
