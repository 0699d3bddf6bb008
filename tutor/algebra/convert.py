"""Trees to SymPy expressions and back.

`from_sympy(to_sympy(tree), symbols_of(tree))` is the tree again, but for arithmetic of scalars: a Scaled, a Sum or
an Inverse of scalars alone is one SymPy expression, and comes back as one Scalar.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce, singledispatch
from typing import Any

import sympy
from sympy.matrices.expressions.blockmatrix import BlockDiagMatrix, BlockMatrix
from sympy.matrices.expressions.kronecker import KroneckerProduct
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.matrices.expressions.matpow import MatPow
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
from tutor.algebra.single import product_or_factor, sum_or_term
from tutor.algebra.sizes import Size, same_shape, size
from tutor.algebra.to_sympy import OneByOne, holds_matrices, in_corner, to_sympy
from tutor.algebra.tree import Tree
from tutor.errors import TutorError

__all__ = ["from_sympy", "to_sympy"]

HIGHEST_POWER = 16
"""A power of a matrix is written out as a product of so many factors at most."""


def from_sympy(expression: Any, symbols: Iterable[Symbol] = ()) -> Tree:
    """The tree that a SymPy expression stands for, in the order of its arguments.

    ``symbols`` are known ones: a MatrixSymbol of that name and shape becomes the known symbol, with its role,
    facts and definition. Sizes written with plain symbols become positive integers.

    Raises
    ------
    TutorError
        For an expression that has no notation here.

    >>> from_sympy(sympy.MatrixSymbol("Z", 6, 2).T).shape
    (2, 6)
    """
    try:
        read = sympy.sympify(expression, strict=True)
    except sympy.SympifyError:
        raise TutorError(f"Expected a SymPy expression, not {type(expression).__name__}.") from None
    return _read(read, {symbol.name: symbol for symbol in symbols})


Known = dict[str, Symbol]


@singledispatch
def _read(expression: Any, known: Known) -> Tree:
    if isinstance(expression, sympy.MatrixBase):
        return Explicit(ImmutableDenseMatrix(expression))
    if type(expression).__module__.startswith("sympy.stats"):
        return _read_moment(expression, known)
    if not isinstance(expression, sympy.Expr) or expression.is_Matrix:
        raise TutorError(
            f"There is no notation for SymPy's {type(expression).__name__}.",
            tip="Products, sums, transposes, inverses, Kronecker products and blocks are understood.",
        )
    if holds_matrices(expression):
        raise TutorError(f"{type(expression).__name__} of a matrix is no notation of linear models.")
    return Scalar(expression)


def _read_moment(expression: Any, known: Known) -> Tree:
    from sympy.stats import CrossCovarianceMatrix, ExpectationMatrix, VarianceMatrix

    kinds = {ExpectationMatrix: Expectation, VarianceMatrix: Variance, CrossCovarianceMatrix: Covariance}
    if type(expression) not in kinds or expression._condition is not None:
        raise TutorError(f"There is no notation for SymPy's {type(expression).__name__} here.")
    return kinds[type(expression)](*(_read(argument, known) for argument in expression.args))


def _read_size(expression: sympy.Expr) -> Size:
    """A size, its letters made positive integers."""
    letters: dict[Any, Any] = {letter: size(str(letter)) for letter in expression.free_symbols}
    renamed: Any = expression.xreplace(letters)
    return size(renamed)


@_read.register(sympy.MatrixSymbol)
def _read_symbol(expression: Any, known: Known) -> Tree:
    rows, columns = map(_read_size, expression.shape)
    symbol = known.get(expression.name)
    if symbol is not None and same_shape(symbol.shape, (rows, columns)):
        return symbol
    return Symbol(expression.name, rows, columns, "random" if hasattr(expression, "pspace") else "known")


@_read.register(sympy.Identity)
def _read_identity(expression: Any, known: Known) -> Tree:
    return Identity(_read_size(expression.rows))


@_read.register(OneMatrix)
def _read_ones(expression: Any, known: Known) -> Tree:
    return Ones(*map(_read_size, expression.shape))


@_read.register(sympy.FunctionMatrix)
def _read_function_matrix(expression: Any, known: Known) -> Tree:
    """What `by_distance_to_sympy` makes: entries that depend on |i − j| only."""
    rows, columns = map(_read_size, expression.shape)
    i, j = expression.lamda.signature
    entry = expression.lamda.expr.xreplace({sympy.Abs(i - j): DISTANCE})
    cases: Any = entry.args if isinstance(entry, sympy.Piecewise) else ((entry, sympy.true),)
    *near, (beyond, rest) = cases
    corner = near.pop(0)[0] if near and near[0][1] == in_corner(i, j, rows) else None
    conditions = [sympy.Eq(DISTANCE, at) for at in range(len(near))]
    told = [condition for _, condition in near] == conditions and rest == sympy.true
    if (
        not told
        or any(value.has(i, j) for value, _ in (*near, (beyond, rest)))
        or not same_shape((rows, rows), (rows, columns))
    ):
        raise TutorError("A matrix by a formula of its rows and columns has no notation here.",
                         tip="Write its entries, or let them depend on |i − j| only.")  # fmt: skip
    return ByDistance(rows, tuple(value for value, _ in near), beyond, corner)


@_read.register(sympy.ZeroMatrix)
def _read_zero(expression: Any, known: Known) -> Tree:
    return Zero(*map(_read_size, expression.shape))


@_read.register(OneByOne)
def _read_one_by_one(expression: Any, known: Known) -> Tree:
    return _read(expression.args[0], known)


@_read.register(MatrixElement)
def _read_element(expression: Any, known: Known) -> Tree:
    matrix = _read(expression.args[0], known)
    if not matrix.is_scalar:
        raise TutorError("An element of a matrix is no notation of its own.", tip="Name it, as y_11.")
    return matrix


@_read.register(sympy.MatMul)
def _read_matrix_product(expression: Any, known: Known) -> Tree:
    scalars = [argument for argument in expression.args if not argument.is_Matrix]
    factors = tuple(_read(argument, known) for argument in expression.args if argument.is_Matrix)
    tree = product_or_factor(factors)
    if not scalars:
        return tree
    return Scaled(_read(scalars[0] if len(scalars) == 1 else sympy.Mul(*scalars), known), tree)


@_read.register(sympy.MatAdd)
def _read_matrix_sum(expression: Any, known: Known) -> Tree:
    terms = tuple(_read(argument, known) for argument in expression.args)
    return sum_or_term(terms)


@_read.register(sympy.Transpose)
def _read_transpose(expression: Any, known: Known) -> Tree:
    return Transpose(_read(expression.arg, known))


@_read.register(MatPow)
def _read_power(expression: Any, known: Known) -> Tree:
    base, exponent = _read(expression.base, known), expression.exp
    if not exponent.is_Integer or not 0 < abs(exponent) <= HIGHEST_POWER:
        raise TutorError(
            f"A matrix to the power {exponent} has no notation here.",
            tip=f"Whole powers up to {HIGHEST_POWER} have one, and inverses.",
        )
    # An Inverse is a power too.
    power = base if abs(exponent) == 1 else Product((base,) * int(abs(exponent)))
    return Inverse(power) if exponent.is_negative else power


@_read.register(sympy.Determinant)
def _read_determinant(expression: Any, known: Known) -> Tree:
    return Determinant(_read(expression.arg, known))


@_read.register(sympy.Trace)
def _read_trace(expression: Any, known: Known) -> Tree:
    return Trace(_read(expression.arg, known))


@_read.register(KroneckerProduct)
def _read_kronecker(expression: Any, known: Known) -> Tree:
    return Kronecker(tuple(_read(argument, known) for argument in expression.args))


@_read.register(BlockDiagMatrix)
def _read_block_diagonal(expression: Any, known: Known) -> Tree:
    return BlockDiagonal(tuple(_read(argument, known) for argument in expression.args))


@_read.register(BlockMatrix)
def _read_block(expression: Any, known: Known) -> Tree:
    rows, columns = expression.blockshape
    grid = [[_read(expression.blocks[i, j], known) for j in range(columns)] for i in range(rows)]
    return Block(tuple(map(tuple, grid)))


@_read.register(sympy.Add)
def _read_scalar_sum(expression: Any, known: Known) -> Tree:
    if not holds_matrices(expression):
        return Scalar(expression)
    return Sum(tuple(_read(argument, known) for argument in expression.args))


@_read.register(sympy.Mul)
def _read_scalar_product(expression: Any, known: Known) -> Tree:
    if not holds_matrices(expression):
        return Scalar(expression)
    *scalars, last = (_read(argument, known) for argument in expression.args)
    return reduce(lambda tree, scalar: Scaled(scalar, tree), reversed(scalars), last)


@_read.register(sympy.Pow)
def _read_scalar_power(expression: Any, known: Known) -> Tree:
    if not holds_matrices(expression):
        return Scalar(expression)
    base, exponent = _read(expression.base, known), expression.exp
    if not exponent.is_Integer or not 0 < abs(exponent) <= HIGHEST_POWER:
        raise TutorError(f"A determinant or trace to the power {exponent} has no notation here.")
    power = reduce(lambda tree, scalar: Scaled(scalar, tree), [base] * (int(abs(exponent)) - 1), base)
    return Inverse(power) if exponent.is_negative else power
