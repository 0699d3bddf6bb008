"""Facts of a matrix of numbers, decided from its entries in rational arithmetic."""

from __future__ import annotations

from functools import lru_cache

import sympy
from flint import fmpq_mat

from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.deductions.known import Found
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Fact, Symbol
from tutor.algebra.parameters import definitions_of, scalars_of, sizes_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import TutorError

MOST_ENTRIES = 40_000
"""Entries of a matrix, or of one on the way to it, that are worked out to learn a fact."""


@lru_cache(maxsize=256)
def numbers(tree: Tree) -> fmpq_mat | None:
    """The entries of a tree in which there is no letter; None for another tree, or one that has no value."""
    if scalars_of(tree) or sizes_of(tree):
        return None
    for part in definitions_of(tree):
        for node in walk(part):
            if node.rows * node.columns > MOST_ENTRIES:
                return None
            if isinstance(node, Symbol) and node.definition is None and (node.entries is None or node.role == "random"):
                return None
    try:
        return Instance(Exact()).value(tree)
    except (TutorError, NotRationalError):
        return None


def fact_of_entries(fact: Fact, tree: Tree) -> Found[bool] | None:
    """A fact of a matrix of numbers with its reason; None where the tree is none."""
    matrix = numbers(tree)
    if matrix is None:
        return None
    holds = has_fact(fact, matrix)
    return Found(holds, REASONS[fact][not holds])


def rank_of_entries(tree: Tree) -> Found[sympy.Expr] | None:
    """The rank of a matrix of numbers; None where the tree is none."""
    matrix = numbers(tree)
    return None if matrix is None else Found(sympy.Integer(int(matrix.rank())), "it is that of its entries")


REASONS: dict[Fact, tuple[str, str]] = {
    "symmetric": ("each entry (i, j) is the entry (j, i)", "some entry (i, j) is not the entry (j, i)"),
    "diagonal": ("all entries beside the diagonal are 0", "an entry beside the diagonal is not 0"),
    "positive definite": ("it is LDL' with numbers above 0 in D", "it is no LDL' with numbers above 0 in D"),
    "positive semidefinite": ("it is LDL' with no number below 0 in D", "it is no LDL' without a number below 0 in D"),
    "idempotent": ("its square has the same entries", "its square has other entries"),
    "orthogonal": ("its transpose times it is I", "its transpose times it is not I"),
    "invertible": ("its determinant is not 0", "its determinant is 0"),
    "full column rank": ("its columns are independent", "a column is a sum of multiples of the others"),
}
"""Fact: why the entries show that it holds, and that it does not."""


def has_fact(fact: Fact, matrix: fmpq_mat) -> bool:
    """Whether a matrix of rational numbers has a fact; of one that is not square, only full column rank may hold."""
    rows, columns = matrix.nrows(), matrix.ncols()
    if fact == "full column rank":
        return matrix.rank() == columns
    if rows != columns:
        return False
    transposed = matrix.transpose()
    if fact == "symmetric":
        return matrix == transposed
    if fact == "diagonal":
        return all(x == 0 for i, line in enumerate(matrix.tolist()) for j, x in enumerate(line) if i != j)
    if fact == "idempotent":
        return matrix * matrix == matrix
    if fact == "orthogonal":
        return transposed * matrix == fmpq_mat([[int(i == j) for j in range(rows)] for i in range(rows)])
    if fact == "invertible":
        return matrix.rank() == rows
    return matrix == transposed and has_pivots(matrix, semidefinite=fact == "positive semidefinite")


def has_pivots(matrix: fmpq_mat, *, semidefinite: bool) -> bool:
    """Whether a symmetric matrix is LDL' with D above 0, or with ``semidefinite`` not below it.

    By elimination; a pivot of 0 is allowed in a semidefinite matrix where its whole row is 0 by then, and nowhere else.
    """
    rows = matrix.tolist()
    for k, top in enumerate(rows):
        pivot = top[k]
        if pivot < 0 or (pivot == 0 and not (semidefinite and all(x == 0 for x in top[k:]))):
            return False
        if pivot == 0:
            continue
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / pivot
            if factor != 0:
                rows[i] = [x - factor * y for x, y in zip(rows[i], top, strict=True)]
    return True
