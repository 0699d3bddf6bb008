"""Building trees: from numbers and SymPy, by name, and by the operators of `Tree`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import (
    Block,
    Explicit,
    Fact,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Role,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Zero,
)
from tutor.algebra.nought import is_nought
from tutor.algebra.sizes import SizeLike, size
from tutor.algebra.tree import Tree
from tutor.errors import TutorError

TreeLike = Tree | sympy.Expr | sympy.MatrixBase | int
"""What an operator takes beside a tree."""


def symbol(
    name: str, rows: SizeLike, columns: SizeLike = 1, role: Role = "known", facts: Iterable[Fact] = (), **known: Any
) -> Symbol:
    """A symbol with sizes given as numbers or letters.

    >>> symbol("X", "n", "p").shape
    (n, p)
    """
    return Symbol(name, size(rows), size(columns), role, frozenset(facts), **known)


def as_tree(value: TreeLike) -> Tree:
    """A tree as it is; a number or SymPy expression as Scalar; a SymPy matrix as Explicit.

    Raises
    ------
    TutorError
        For anything else, text above all: text is read by `tutor.read`, never by Python.
    """
    if isinstance(value, Tree):
        return value
    if isinstance(value, sympy.MatrixBase):
        return Explicit(ImmutableDenseMatrix(value))
    if isinstance(value, sympy.MatrixExpr):
        from tutor.algebra.convert import from_sympy

        return from_sympy(value)
    if isinstance(value, sympy.Expr):
        return Scalar(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Scalar(sympy.Integer(value))
    raise TutorError(
        f"Expected a tree, a number or a SymPy expression, not {type(value).__name__}.",
        tip="Text is read by tutor.read(text).",
    )


def matrix(rows: Sequence[Sequence[sympy.Expr | int]] | Sequence[sympy.Expr | int]) -> Explicit:
    """A matrix of these rows of numbers or SymPy expressions; of single entries a column vector.

    Raises
    ------
    TutorError
        When the rows are not equally long, or there are none.

    >>> matrix([[1, 0], [1, 2]]).explicit()
    Matrix([
    [1, 0],
    [1, 2]])
    >>> matrix([4, 5, 6]).shape
    (3, 1)
    """
    cells = [list(row) if isinstance(row, Sequence) else [row] for row in rows]
    if not cells or not cells[0] or {len(row) for row in cells} != {len(cells[0])}:
        lengths = ", ".join(str(len(row)) for row in cells) or "none"
        raise TutorError(f"The rows of a matrix are equally long; these have the lengths {lengths}.")
    return Explicit(ImmutableDenseMatrix(cells))


def identity(order: SizeLike) -> Identity:
    """I_n for a number or a letter n."""
    return Identity(size(order))


def ones(rows: SizeLike, columns: SizeLike = 1) -> Ones:
    """All ones, rows × columns; a column vector when no columns are given."""
    return Ones(size(rows), size(columns))


def zero(rows: SizeLike, columns: SizeLike = 1) -> Zero:
    """All zeros, rows × columns; a column vector when no columns are given."""
    return Zero(size(rows), size(columns))


def kron(*factors: TreeLike) -> Kronecker:
    """The Kronecker product of two or more factors."""
    return Kronecker(tuple(as_tree(factor) for factor in factors))


def hstack(*blocks: Tree) -> Tree:
    """Blocks of one height side by side; a single one as it is."""
    return blocks[0] if len(blocks) == 1 else Block((tuple(blocks),))


def vstack(*blocks: Tree) -> Tree:
    """Blocks of one width above each other; a single one as it is."""
    return blocks[0] if len(blocks) == 1 else Block(tuple((block,) for block in blocks))


def reciprocal(scalar: Tree) -> Tree:
    """One divided by a scalar tree. Raises TutorError for zero."""
    if not isinstance(scalar, Scalar):
        return Inverse(scalar)
    if is_nought(scalar.value):
        raise TutorError("Division by zero is not defined.")
    return Scalar(inverse_number(scalar.value))


def inverse_number(value: sympy.Expr) -> sympy.Expr:
    """One divided by a scalar that is not zero, as SymPy has it; a sum with letters stays below a line, unasked whether
    a term of it is infinite."""
    is_plain = value.is_Add and not value.is_number and not value.has(sympy.oo, sympy.zoo, sympy.nan)
    return sympy.Pow(value, -1, evaluate=False) if is_plain else 1 / value


# Operators


def add(left: TreeLike, right: TreeLike) -> Sum:
    """left + right; sums are joined, so that A + B + C is one sum."""
    return Sum((*_terms(as_tree(left)), *_terms(as_tree(right))))


def multiply(left: TreeLike, right: TreeLike) -> Product:
    """The matrix product; products are joined, so that ABC is one product."""
    return Product((*_factors(as_tree(left)), *_factors(as_tree(right))))


def scale(left: TreeLike, right: TreeLike) -> Scaled:
    """A scalar times a tree, the scalar written first wherever it stood.

    Raises
    ------
    TutorError
        When neither is a scalar.
    """
    first, second = as_tree(left), as_tree(right)
    if first.is_scalar:
        return Scaled(first, second)
    if second.is_scalar:
        return Scaled(second, first)
    raise TutorError(f"{first} * {second} is not defined.", tip="The matrix product is A @ B.")


def divide(tree: TreeLike, divisor: TreeLike) -> Scaled:
    """A tree divided by a scalar. Raises TutorError for another divisor, and for zero."""
    scalar = as_tree(divisor)
    if not scalar.is_scalar:
        raise TutorError(f"Division by {scalar} is not defined.", tip="Write A @ B.inv().")
    return Scaled(reciprocal(scalar), as_tree(tree))


def _terms(tree: Tree) -> tuple[Tree, ...]:
    return tree.terms if isinstance(tree, Sum) else (tree,)


def _factors(tree: Tree) -> tuple[Tree, ...]:
    return tree.factors if isinstance(tree, Product) else (tree,)
