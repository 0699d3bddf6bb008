"""One tree for all trees that are written alike, for what is written and read back."""

from __future__ import annotations

from functools import cache, reduce
from typing import Any, cast

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Explicit,
    Inverse,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Transpose,
    Zero,
)
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform


def canonical(tree: Tree) -> Tree:
    """One tree for all that are written alike.

    Text does not tell arithmetic of scalars from one SymPy expression, nor a 1 × 1 factor of a product from a scalar
    in front, nor A − 2B with the scalar −2 from A less 2B, nor a column from the transpose of a row, nor a row of ones
    from the transpose of a column, nor one block from what it holds, nor diag of scalars from the matrix with these on
    its diagonal, nor entries by their distance from the diagonal from those of a small matrix, nor blocks of scalars
    from the matrix of these entries, nor a zero block of one cell from the number, nor the square of a determinant from
    its product with itself.
    """
    return transform(tree, _canonical_node)


def _canonical_node(node: Tree) -> Tree | None:
    if isinstance(node, Product | Scaled):
        return _gathered_scalars(node)
    if isinstance(node, Applied) and node.function == "power" and node.arguments[0].is_scalar:
        return _repeated(*node.arguments)
    if isinstance(node, Transpose) and isinstance(node.tree, Explicit) and node.rows != 1 and node.columns == 1:
        return Explicit(node.tree.matrix.T)
    if isinstance(node, Transpose) and isinstance(node.tree, Block) and node.columns == 1:
        return _column(node.tree) if all(part.is_scalar for part in node.tree.parts) else None
    if isinstance(node, Ones) and node.rows == 1 != node.columns:
        return Transpose(Ones(node.columns))
    if isinstance(node, Zero) and node.is_scalar:
        return Scalar(sympy.S.Zero)
    if isinstance(node, Scalar):
        return Scalar(_cancelled(node.value))
    if isinstance(node, ByDistance) and node.order.is_Integer:
        return _canonical_node(Explicit(ImmutableDenseMatrix(node.explicit())))
    if isinstance(node, Explicit):
        # As the entries of blocks are, which were scalars before: exp(a + b) is exp(a) exp(b) in both.
        matrix = node.matrix.applyfunc(_cancelled)
        entry: Any = matrix[0, 0]
        return Scalar(entry) if node.is_scalar else Explicit(ImmutableDenseMatrix(matrix))
    if isinstance(node, Block) and len(node.parts) == 1:
        return node.parts[0]
    values = [part.value for part in node.parts if isinstance(part, Scalar)]
    if isinstance(node, BlockDiagonal) and len(values) == len(node.blocks):
        return Explicit(ImmutableDenseMatrix(sympy.diag(*values)))
    if isinstance(node, Block) and len(values) == len(node.parts):
        return Explicit(ImmutableDenseMatrix(*map(len, (node.grid, node.grid[0])), values))
    if isinstance(node, Sum) and len(values) == len(node.terms):
        return Scalar(_cancelled(sympy.Add(*values)))
    return Scalar(1 / values[0]) if isinstance(node, Inverse) and values else None


def _column(row: Block) -> Tree:
    """The column that the transpose of a row of numbers is."""
    column = Block(tuple((part,) for part in row.parts))
    return _canonical_node(column) or column


def _repeated(base: Tree, exponent: Tree) -> Tree | None:
    """A number that is no parameter as often as its power tells, as in |V|²; None for other powers."""
    value = exponent.value if isinstance(exponent, Scalar) else None
    if not isinstance(value, sympy.Integer) or not 1 < int(value) <= MOST_FACTORS:
        return None
    return canonical(reduce(lambda product, factor: Scaled(factor, product), [base] * int(value)))


MOST_FACTORS = 20
"""Of a power that is taken for a product."""


@cache
def _cancelled(value: sympy.Expr) -> sympy.Expr:
    """One form of a number; a matrix has many entries, each of which is met again when it was read."""
    return value if value.is_Atom else cast(sympy.Expr, sympy.cancel(value))


def _gathered_scalars(node: Product | Scaled) -> Tree:
    """A product with the parameters multiplied to one scalar in front, then the other 1 × 1 factors, then the rest."""
    pending: list[Tree] = [node]
    factors: list[Tree] = []
    while pending:
        part = pending.pop()
        if isinstance(part, Scaled) or (
            isinstance(part, Product) and (part is node or all(factor.is_scalar for factor in part.factors))
        ):
            pending.extend(reversed(part.parts))
        else:
            factors.append(part)
    values = [factor.value for factor in factors if isinstance(factor, Scalar)]
    value = _cancelled(sympy.Mul(*values))
    # These commute, and the reader may have taken one from behind to the front.
    others = sorted((factor for factor in factors if factor.is_scalar and not isinstance(factor, Scalar)), key=repr)
    rest = tuple(factor for factor in factors if not factor.is_scalar)
    tail = [Product(rest)] if len(rest) > 1 else [*rest]
    ordered = [*([] if value == 1 and (others or tail) else [Scalar(value)]), *others, *tail]
    return reduce(lambda tree, scalar: Scaled(scalar, tree), reversed(ordered[:-1]), ordered[-1])
