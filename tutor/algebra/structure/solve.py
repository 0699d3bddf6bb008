"""Closed forms by structure: what a tree is once its inverses and determinants are worked out, and why."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra import balanced
from tutor.algebra.nodes import Determinant, Inverse
from tutor.algebra.provided import Condition, provided
from tutor.algebra.rules import Step
from tutor.algebra.structure.blocks import BLOCKS
from tutor.algebra.structure.exchangeable import BY_ORDER, EXCHANGEABLE, STRATA
from tutor.algebra.structure.explicit import DIAGONAL, ENTRIES
from tutor.algebra.structure.low_rank import is_definite, woodbury
from tutor.algebra.structure.markov import AUTOREGRESSIVE, MARKOV
from tutor.algebra.structure.method import Structure, Worked, work_out
from tutor.algebra.structure.products import (
    DEFINITION,
    DIRECT_SUM,
    IDENTITY,
    INVERSE,
    KRONECKER,
    MULTIPLE,
    PRODUCT,
    TRANSPOSE,
)
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk

SIMPLE: tuple[Structure, ...] = (
    INVERSE,
    TRANSPOSE,
    IDENTITY,
    DIAGONAL,
    MULTIPLE,
    EXCHANGEABLE,
    BY_ORDER,
    KRONECKER,
    DIRECT_SUM,
    STRATA,
    AUTOREGRESSIVE,
    MARKOV,
    BLOCKS,
    PRODUCT,
    DEFINITION,
)
"""What a matrix is looked at for, in this order, while its structure alone is used."""

STRUCTURES: tuple[Structure, ...] = (*SIMPLE[:-1], woodbury((*SIMPLE, ENTRIES)), DEFINITION, ENTRIES)
"""The same with what is left for others: few columns added, and entries at last."""


def is_unsolved(tree: Tree) -> bool:
    """Whether an inverse of a matrix or a determinant stands in a tree."""
    return any(
        isinstance(node, Determinant) or (isinstance(node, Inverse) and not node.is_scalar) for node in walk(tree)
    )


def solve(goal: Tree, start: Sequence[Step] = ()) -> Worked:
    """The derivation of a tree's closed form, with the conditions under which it holds.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    """
    worked = work_out(goal, STRUCTURES, start)
    nodes = [node for node in walk(goal) if isinstance(node, Inverse | Determinant)]
    if all(is_definite(node.tree) for node in nodes):
        return Worked(worked.derivation, tuple(c for c in worked.conditions if not _is_of_sign(c)))
    return worked


def _is_of_sign(condition: Condition) -> bool:
    """Whether a condition holds for every positive definite matrix, as those on sizes do not."""
    return condition.sign != "≥"


def closed_form(tree: Tree) -> Tree:
    """The closed form of a tree: inverses, determinants and their logarithms by structure, sums of Kronecker products
    collected. What holds under conditions only says so, as `Provided`.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.

    >>> from tutor.algebra.build import identity, ones
    >>> a, b = sympy.symbols("a b", positive=True)
    >>> print(closed_form((a * identity("n") + b * ones("n", "n")).inv()))
    (1/a) (I_n − (b/(a + n b)) J_n)
    """
    if not is_unsolved(tree):
        return balanced.closed_form(tree)
    worked = solve(tree)
    return provided(worked.derivation.result, worked.conditions)
