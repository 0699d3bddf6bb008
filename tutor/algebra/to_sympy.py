"""Trees as SymPy expressions.

`to_sympy` builds what was written, unevaluated and in its order. SymPy tells scalars from 1 × 1 matrices and this
package does not: a scalar that stands among matrices becomes a `OneByOne`, and a 1 × 1 matrix that stands for a
scalar its element [0, 0]. Where SymPy's constructors evaluate (a Kronecker product of identities, the expectation
of what is not random), the node is made without them.
"""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import sympy
from sympy.core.basic import Basic
from sympy.matrices.expressions.blockmatrix import BlockDiagMatrix, BlockMatrix
from sympy.matrices.expressions.kronecker import KroneckerProduct
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.expressions.special import OneMatrix
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import TutorError


class OneByOne(sympy.MatrixExpr):
    """A scalar as a 1 × 1 matrix expression."""

    def __new__(cls, scalar: sympy.Expr) -> OneByOne:
        return Basic.__new__(cls, sympy.sympify(scalar, strict=True))

    @property
    def shape(self) -> tuple[sympy.Integer, sympy.Integer]:
        return sympy.S.One, sympy.S.One

    def _entry(self, i: Any, j: Any, **kwargs: Any) -> Basic:
        return self.args[0]

    def doit(self, **hints: Any) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix([[self.args[0].doit(**hints)]])


@singledispatch
def to_sympy(tree: Tree) -> Any:
    """The tree as an unevaluated SymPy expression: a scalar, or a matrix expression of its shape.

    Raises
    ------
    TutorError
        For a kind of node that SymPy has no counterpart of.

    >>> from tutor.algebra.build import symbol
    >>> to_sympy(symbol("Z", 6, 2) @ symbol("u", 2))
    Z*u
    """
    raise TutorError(f"SymPy has no counterpart of {type(tree).__name__}.")


def _matrix(tree: Tree) -> Any:
    """The tree as a matrix expression, even if it is a scalar."""
    return _as_matrix(to_sympy(tree))


def _as_matrix(converted: Any) -> Any:
    return converted if converted.is_Matrix else OneByOne(converted)


def _scalar(tree: Tree) -> sympy.Expr:
    """A 1 × 1 tree as a scalar expression."""
    converted = to_sympy(tree)
    if isinstance(converted, sympy.MatrixBase):
        # Its element would be evaluated, and the matrix lost.
        return Basic.__new__(MatrixElement, converted, sympy.S.Zero, sympy.S.Zero)
    return MatrixElement(converted, 0, 0) if converted.is_Matrix else converted


@to_sympy.register
def symbol_to_sympy(tree: Symbol) -> Any:
    """A MatrixSymbol, a RandomMatrixSymbol if it is random."""
    if tree.role == "random":
        from sympy.stats.rv import RandomMatrixSymbol

        return RandomMatrixSymbol(tree.name, *tree.shape)
    return sympy.MatrixSymbol(tree.name, *tree.shape)


@to_sympy.register
def scalar_to_sympy(tree: Scalar) -> sympy.Expr:
    """The expression itself."""
    return tree.value


@to_sympy.register
def identity_to_sympy(tree: Identity) -> sympy.Identity:
    """Identity."""
    return sympy.Identity(tree.order)


@to_sympy.register
def ones_to_sympy(tree: Ones) -> Any:
    """OneMatrix."""
    return OneMatrix(*tree.shape)


@to_sympy.register
def zero_to_sympy(tree: Zero) -> sympy.ZeroMatrix:
    """ZeroMatrix."""
    return sympy.ZeroMatrix(*tree.shape)


@to_sympy.register
def unit_vector_to_sympy(tree: UnitVector) -> sympy.FunctionMatrix:
    """A FunctionMatrix of i and j, 1 in one row."""
    i, j = sympy.symbols("i j", integer=True, nonnegative=True)
    entry = sympy.Piecewise((1, sympy.Eq(i, tree.place - 1)), (0, True))
    return sympy.FunctionMatrix(*tree.shape, sympy.Lambda((i, j), entry))


@to_sympy.register
def by_distance_to_sympy(tree: ByDistance) -> sympy.FunctionMatrix:
    """A FunctionMatrix of i and j, its entries by |i − j| in a Piecewise where some of them are given."""
    i, j = sympy.symbols("i j", integer=True, nonnegative=True)
    distance = sympy.Abs(i - j)
    told = [(value, sympy.Eq(distance, at)) for at, value in enumerate(tree.near)]
    if tree.corner is not None:
        told.insert(0, (tree.corner, in_corner(i, j, tree.order)))
    entry = tree.beyond.xreplace({DISTANCE: distance})
    return sympy.FunctionMatrix(*tree.shape, sympy.Lambda((i, j), sympy.Piecewise(*told, (entry, True))))


def in_corner(i: sympy.Symbol, j: sympy.Symbol, order: sympy.Expr) -> Any:
    """That a row and a column, counted from 0, are the first or the last on the diagonal."""
    return sympy.Eq(i, j) & (sympy.Eq(i, 0) | sympy.Eq(i, order - 1))


@to_sympy.register
def explicit_to_sympy(tree: Explicit) -> ImmutableDenseMatrix:
    """The matrix itself."""
    return tree.matrix


@to_sympy.register
def scaled_to_sympy(tree: Scaled) -> Any:
    """A Mul of scalars, or a MatMul that starts with the scalar."""
    scalar, converted = _scalar(tree.scalar), to_sympy(tree.tree)
    if not converted.is_Matrix:
        return sympy.Mul(scalar, converted, evaluate=not (holds_matrices(scalar) or holds_matrices(converted)))
    factors = converted.args if isinstance(tree.tree, Product) else (converted,)
    return Basic.__new__(sympy.MatMul, scalar, *factors)


@to_sympy.register
def sum_to_sympy(tree: Sum) -> Any:
    """An Add of scalars, or a MatAdd."""
    terms = [to_sympy(term) for term in tree.terms]
    if not any(term.is_Matrix for term in terms):
        return sympy.Add(*terms, evaluate=not any(map(holds_matrices, terms)))
    return Basic.__new__(sympy.MatAdd, *map(_as_matrix, terms))


@to_sympy.register
def product_to_sympy(tree: Product) -> sympy.MatMul:
    """A MatMul."""
    return Basic.__new__(sympy.MatMul, *map(_matrix, tree.factors))


@to_sympy.register
def transpose_to_sympy(tree: Transpose) -> sympy.Transpose:
    """A Transpose."""
    return sympy.Transpose(_matrix(tree.tree))


@to_sympy.register
def inverse_to_sympy(tree: Inverse) -> Any:
    """An Inverse, or the power −1 of a scalar."""
    converted = to_sympy(tree.tree)
    if converted.is_Matrix:
        return Basic.__new__(sympy.Inverse, converted, sympy.S.NegativeOne)
    return sympy.Pow(converted, -1, evaluate=not holds_matrices(converted))


@to_sympy.register
def determinant_to_sympy(tree: Determinant) -> sympy.Determinant:
    """A Determinant."""
    return Basic.__new__(sympy.Determinant, _matrix(tree.tree))


@to_sympy.register
def trace_to_sympy(tree: Trace) -> sympy.Trace:
    """A Trace."""
    return Basic.__new__(sympy.Trace, _matrix(tree.tree))


@to_sympy.register
def kronecker_to_sympy(tree: Kronecker) -> KroneckerProduct:
    """A KroneckerProduct."""
    return Basic.__new__(KroneckerProduct, *map(_matrix, tree.factors))


@to_sympy.register
def block_diagonal_to_sympy(tree: BlockDiagonal) -> BlockDiagMatrix:
    """A BlockDiagMatrix."""
    return BlockDiagMatrix(*map(_matrix, tree.blocks))


@to_sympy.register
def block_to_sympy(tree: Block) -> BlockMatrix:
    """A BlockMatrix."""
    # From nested lists the entries of explicit blocks would be joined to one matrix; from a flat one they are cells.
    cells = [_matrix(block) for block in tree.parts]
    return Basic.__new__(BlockMatrix, ImmutableDenseMatrix(len(tree.grid), len(tree.grid[0]), cells))


@to_sympy.register
def expectation_to_sympy(tree: Expectation) -> Any:
    """An ExpectationMatrix."""
    from sympy.stats import ExpectationMatrix

    return _moment(ExpectationMatrix, tree, tree.tree)


@to_sympy.register
def variance_to_sympy(tree: Variance) -> Any:
    """A VarianceMatrix."""
    from sympy.stats import VarianceMatrix

    return _moment(VarianceMatrix, tree, tree.tree)


@to_sympy.register
def covariance_to_sympy(tree: Covariance) -> Any:
    """A CrossCovarianceMatrix."""
    from sympy.stats import CrossCovarianceMatrix

    return _moment(CrossCovarianceMatrix, tree, tree.left, tree.right)


def _moment(kind: Any, tree: Tree, *arguments: Tree) -> Any:
    """A moment with its shape, made without SymPy's constructor: that drops E of what is not random."""
    made = sympy.Expr.__new__(kind, *map(_matrix, arguments))
    made._shape = tree.shape
    made._condition = None
    return made


def holds_matrices(expression: Basic) -> bool:
    """Whether a scalar is made of matrices, as a determinant is."""
    return any(part.is_Matrix for part in sympy.preorder_traversal(expression) if isinstance(part, Basic))
