"""Closed forms by structure: what a tree is once its inverses and determinants are worked out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra import balanced
from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.laws.inverses import INVERSE_CANCELS
from tutor.algebra.laws.joining import coefficient_of, times
from tutor.algebra.nodes import Block, BlockDiagonal, Determinant, Inverse, Kronecker, Product, Scalar, Sum, Transpose
from tutor.algebra.provided import Condition, Provided, provided
from tutor.algebra.rules import Step, apply
from tutor.algebra.singular import relations, require_inverses
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.blocks import BLOCKS, diagonal_blocks, direct_sum
from tutor.algebra.structure.by_groups import COPIES, OVER_INDEX
from tutor.algebra.structure.conditions import is_zero, nonzero, normal
from tutor.algebra.structure.exchangeable import BY_ORDER, EXCHANGEABLE, STRATA
from tutor.algebra.structure.explicit import DIAGONAL, ENTRIES
from tutor.algebra.structure.low_rank import is_definite, woodbury
from tutor.algebra.structure.markov import AUTOREGRESSIVE, MARKOV
from tutor.algebra.structure.method import Structure, Worked, in_numbers, is_unsolved, work_out
from tutor.algebra.structure.ones_added import ones_added, with_ones_added
from tutor.algebra.structure.onto_columns import with_projections
from tutor.algebra.structure.over_index import beside_over, copies, diagonal_over, groups_of, summed_over
from tutor.algebra.structure.products import (
    DEFINITION,
    DIRECT_SUM,
    IDENTITY,
    INVERSE,
    KRONECKER,
    MULTIPLE,
    POWER,
    PRODUCT,
    TRANSPOSE,
)
from tutor.algebra.structure.quadratic import by_strata
from tutor.algebra.structure.side_by_side import by_parts
from tutor.algebra.structure.traces import as_number, is_trace_or_rank, trace_or_rank
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.display import writer
from tutor.errors import DomainError

SIMPLE: tuple[Structure, ...] = (
    POWER,
    INVERSE,
    TRANSPOSE,
    IDENTITY,
    DIAGONAL,
    MULTIPLE,
    EXCHANGEABLE,
    OVER_INDEX,
    BY_ORDER,
    KRONECKER,
    DIRECT_SUM,
    STRATA,
    AUTOREGRESSIVE,
    MARKOV,
    COPIES,
    BLOCKS,
    PRODUCT,
    DEFINITION,
)
"""What a matrix is looked at for, in this order, while its structure alone is used."""

_UPDATED = (with_ones_added(SIMPLE), woodbury((*SIMPLE, ENTRIES)))

STRUCTURES: tuple[Structure, ...] = (
    *SIMPLE[:-1],
    with_ones_added(SIMPLE),
    woodbury((*SIMPLE, ENTRIES)),
    DEFINITION,
    ENTRIES,
)
"""The same with what is left for others: few columns added, and entries at last."""


def solve(goal: Tree, start: Sequence[Step] = ()) -> Worked:
    """The derivation of a tree's closed form, with the conditions under which it holds.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.
    """
    worked = by_strata(goal, tuple(start)) or work_out(goal, STRUCTURES, start)
    nodes = [node for node in walk(goal) if isinstance(node, Inverse | Determinant)]
    if nodes and all(is_definite(node.tree) for node in nodes):
        return Worked(worked.derivation, tuple(c for c in worked.conditions if not _is_of_sign(c)))
    return worked


def _is_of_sign(condition: Condition) -> bool:
    """Whether a condition holds for every positive definite matrix, as those on sizes do not."""
    return condition.sign != "≥"


def inverse(matrix: Tree) -> Worked:
    """A⁻¹, n × n, with the structure that was seen and why the formula holds.

    Raises
    ------
    ShapeError
        Unless the matrix is square.
    DomainError
        For a singular matrix.
    """
    return solve(Inverse(matrix))


def determinant(matrix: Tree) -> Worked:
    """|A|, 1 × 1. Raises ShapeError unless the matrix is square."""
    return solve(Determinant(matrix))


def log_determinant(matrix: Tree) -> Worked:
    """log |A|, 1 × 1, a sum over eigenvalues or blocks. Raises ShapeError unless the matrix is square."""
    return solve(Applied("log", (Determinant(matrix),)))


def quadratic_form(matrix: Tree, vector: Tree) -> Worked:
    """x'A⁻¹x, 1 × 1: for a balanced A the sums of squares of its strata, each divided by its eigenvalue.

    Raises
    ------
    ShapeError
        Unless A is n × n and x is n × 1.
    DomainError
        For a singular matrix.

    >>> import sympy
    >>> from tutor.algebra.build import identity, ones, symbol
    >>> a, b = sympy.symbols("a b", positive=True)
    >>> print(quadratic_form(a * identity("n") + b * ones("n", "n"), symbol("x", "n")).derivation.result)
    x'P_1 x/(a + n b) + x'P_2 x/a
    """
    return solve(Product((Transpose(vector), Inverse(matrix), vector)))


def closed_form(tree: Tree) -> Tree:
    """The closed form of a tree: inverses, determinants and their logarithms by structure, sums of Kronecker products
    collected. What holds under conditions only says so, as `Provided`.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular.

    >>> import sympy
    >>> from tutor.algebra.build import identity, ones
    >>> a, b = sympy.symbols("a b", positive=True)
    >>> print(closed_form((a * identity("n") + b * ones("n", "n")).inv()))
    (1/a) (I_n − (b/(a + n b)) J_n)
    """
    tree = with_projections(_cancelled(tree))
    if any(map(is_trace_or_rank, walk(tree))):
        return in_numbers(_with_traces(tree))
    tree, conditions = _without_inverse_numbers(tree)
    if not is_unsolved(tree):
        return provided(_over_index(tree) or _ordered(tree), conditions)
    worked = _solved(tree)
    result = worked.derivation.result
    if is_unsolved(result):
        require_inverses(result)
        result = summed_over(result) or result
    elif tree.is_scalar or not isinstance(tree, Inverse | Determinant):
        result, more = _without_inverse_numbers(result)
        conditions = (*conditions, *more)
        if not isinstance(result, Scalar):
            result = _collected(result)
            result = _in_parts(result) or result
        elif isinstance(tree, Inverse):
            result = _tidy(result)
    elif isinstance(result, Transpose):
        result = _ordered(result)
    return provided(result, tuple(dict.fromkeys((*worked.conditions, *conditions))))


def _cancelled(tree: Tree) -> Tree:
    """The tree without A⁻¹A of an A that is known to have an inverse."""
    while (step := apply(INVERSE_CANCELS, tree)) is not None and step.assumption is None:
        tree = step.after
    return tree


def _solved(tree: Tree) -> Worked:
    """As `solve`, but the columns of a design matrix that depend on one another are named."""
    try:
        return solve(tree)
    except DomainError:
        if relations(tree):
            require_inverses(tree)
        raise


def _ordered(tree: Tree) -> Tree:
    """The closed form by the order of the rows, or by blocks."""
    parted = _in_parts(tree)
    if parted is not None:
        return parted
    found = copies(tree)
    if found is not None:
        head, block = found.factors
        inner = closed_form(block)
        return Kronecker((head, *(inner.factors if isinstance(inner, Kronecker) else (inner,))))
    closed = balanced.closed_form(tree)
    return closed if closed != tree else _by_blocks(tree)


def _in_parts(tree: Tree) -> Tree | None:
    """A product of matrices side by side that go by groups, as the block matrix of their products."""
    coefficient, body = coefficient_of(tree)
    parted = by_parts(body) if next(groups_of(tree), None) is not None else None
    if parted is None:
        return None
    return Block(tuple(tuple(in_numbers(times(coefficient, closed_form(block))) for block in line) for line in parted))


def _without_inverse_numbers(tree: Tree) -> tuple[Tree, tuple[Condition, ...]]:
    """The tree with the inverse of each matrix of one row worked out, and what must not be 0 for that.

    Raises
    ------
    DomainError
        For the inverse of 0.
    """
    conditions: dict[Condition, None] = {}

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Inverse) or not node.is_scalar or is_unsolved(node.tree):
            return None
        value = as_number(closed_form(node.tree))
        if value is None:
            return None
        if is_zero(value):
            raise DomainError(f"{writer().inline(node)} does not exist: the number is 0.")
        condition = nonzero(value)
        if condition is not None:
            conditions[condition] = None
        return Scalar(normal(1 / value))

    return transform(tree, change), tuple(conditions)


def _with_traces(tree: Tree) -> Tree:
    """A tree with its traces and ranks worked out, and what else has a closed form of its own."""
    if is_trace_or_rank(tree):
        return trace_or_rank(tree, _factor_by_factor(closed_form(tree.parts[0])))
    if not any(map(is_trace_or_rank, walk(tree))):
        return closed_form(tree)
    return tree.rebuild(tuple(map(_with_traces, tree.parts)))


def _factor_by_factor(tree: Tree) -> Tree:
    """A product that has no closed form itself, with those of its factors."""
    if not isinstance(tree, Product) or next(groups_of(tree), None) is None:
        return tree
    closed = tuple(map(closed_form, tree.factors))
    return tree if any(isinstance(factor, Provided) for factor in closed) else Product(closed)


def _by_blocks(tree: Tree) -> Tree:
    """A tree that is 0 outside of blocks along its diagonal as ⊕ of them."""
    blocks = None if isinstance(tree, BlockDiagonal) else diagonal_blocks(tree)
    if blocks is not None:
        return direct_sum(tuple(map(closed_form, blocks)))
    added = ones_added(tree) if isinstance(tree, Sum) else None
    return tree if added is None else added.whole


def _over_index(tree: Tree) -> Tree | None:
    """A tree that goes by the groups of an index as ⊕ or ∑ over them; None for another."""
    over = diagonal_over(tree) or summed_over(tree) or beside_over(tree)
    return None if over is None else in_numbers(_with_closed_bodies(over))


def _with_closed_bodies(tree: Tree) -> Tree:
    if isinstance(tree, Indexed):
        body = _collected(closed_form(tree.body))
        tidy = _tidy(body)
        return replace(tree, body=body if tidy == body else in_numbers(balanced.closed_form(tidy)))
    close = closed_form if isinstance(tree, Kronecker) else _with_closed_bodies
    parts = tuple(map(close, tree.parts))
    return tree if parts == tree.parts else tree.rebuild(parts)


def _collected(tree: Tree) -> Tree:
    """Products and sums of Kronecker products collected, and the numbers in front of them in factors."""
    over = _over_index(tree)
    if over is not None:
        return over
    if isinstance(tree, Indexed):
        numbers = in_numbers(_with_closed_bodies(tree))
        return tree if any(node.rows != ONE for node in walk(numbers)) else numbers
    closed = balanced.closed_form(tree)
    return tree if closed == tree else in_numbers(balanced.closed_form(_tidy(closed)))


def _tidy(tree: Tree) -> Tree:
    """The tree with each number in factors."""
    return transform(tree, lambda node: Scalar(normal(node.value)) if isinstance(node, Scalar) else None)
