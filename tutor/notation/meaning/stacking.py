"""Matrices put side by side and below each other, as R and NumPy spell it: cbind(X, Z), np.vstack([X, Z])."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Block, Explicit, Ones, Product, Scalar, Scaled, Symbol, Transpose, Zero
from tutor.algebra.nought import is_nought
from tutor.algebra.sizes import ONE, Shape
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import grid, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.functions import Arguments, Meaning
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Call, Listed, Matrix, Named, Node


def _items(node: Call, arguments: Arguments) -> list[Tree]:
    """The arguments, or those of the one list that they are: hstack([X, Z]) and hstack((X, Z))."""
    if len(arguments) == 1 and isinstance(node.arguments[0], Listed | Matrix):
        listed = arguments[0]
        if isinstance(listed, Block) and len(listed.grid) == 1:
            return list(listed.grid[0])
        if isinstance(listed, Explicit):
            matrix = listed.matrix
            return [Explicit(type(matrix)(matrix[i, :])) for i in range(matrix.rows)] if matrix.rows > 1 else [
                Scalar(x) for x in matrix.flat()
            ]  # fmt: skip
    return list(arguments)


def _repeated(items: Sequence[Tree], *, beside: bool) -> list[Tree]:
    """Numbers beside a matrix as columns, or below it as rows, of its size, as R fills them: cbind(1, x)."""
    sizes = [item.rows if beside else item.columns for item in items if not item.is_scalar]
    if not sizes:
        return list(items)
    shape = (sizes[0], ONE) if beside else (ONE, sizes[0])
    return [_constant(item, shape) if isinstance(item, Scalar) else item for item in items]


def _constant(number: Scalar, shape: Shape) -> Tree:
    if is_nought(number.value):
        return Zero(*shape)
    return Ones(*shape) if number.value == 1 else Scaled(number, Ones(*shape))


def _spelled(item: Tree) -> Tree:
    """Ones, zeros and multiples of ones of a size that is a number by their entries; any other tree as it is."""
    value = item.scalar.value if isinstance(item, Scaled) and isinstance(item.scalar, Scalar) else None
    inner = item.tree if isinstance(item, Scaled) and value is not None else item
    if not isinstance(inner, Ones | Zero) or not all(size.is_Integer for size in inner.shape):
        return item
    entry = (sympy.S.One if value is None else value) if isinstance(inner, Ones) else sympy.S.Zero
    cells = int(inner.rows * inner.columns)  # pyright: ignore[reportArgumentType]
    return Explicit(sympy.ImmutableDenseMatrix(int(inner.rows), int(inner.columns), [entry] * cells))  # pyright: ignore[reportArgumentType]


def _stacked(items: Sequence[Tree], context: Context, *, beside: bool) -> Tree:
    """Matrices beside or below each other; of numbers alone one matrix, unless it had more cells than are read."""
    sizes = [item.rows * item.columns for item in items]
    few = all(cells.is_Integer for cells in sizes) and sum(map(int, sizes)) <= MOST_CELLS
    if few and any(isinstance(item, Explicit) for item in items):
        items = [_spelled(item) for item in items]
    matrices = [item.matrix for item in items if isinstance(item, Explicit)]
    if (
        few
        and len(matrices) == len(items)
        and len({matrix.rows if beside else matrix.cols for matrix in matrices}) == 1
    ):
        join = sympy.ImmutableDenseMatrix.hstack if beside else sympy.ImmutableDenseMatrix.vstack
        return Explicit(join(*matrices))
    return grid([list(items)] if beside else [[item] for item in items], context)


def _beside(node: Call, arguments: Arguments, context: Context) -> Tree:
    items = _as_columns(node, _items(node, arguments))
    return _stacked(_repeated(items, beside=True) if node.spelling.letters == "cbind" else items, context, beside=True)


def _as_columns(node: Call, items: list[Tree]) -> list[Tree]:
    """NumPy's flat lists are rows here; column_stack makes columns of them."""
    if node.spelling.letters != "column":
        return items
    return [Explicit(type(item.matrix)(item.matrix.T)) if isinstance(item, Explicit) and item.rows == ONE else item
            for item in items]  # fmt: skip


def _below(node: Call, arguments: Arguments, context: Context) -> Tree:
    """R's rbind and NumPy's vstack: vectors are rows in it, matrices keep their form."""
    items = [
        item if item.columns != ONE or item.is_scalar or isinstance(item, Explicit | Block) else Transpose(item)
        for item in _items(node, arguments)
    ]
    if node.spelling.letters == "rbind":
        return _stacked(_repeated([_row(item) for item in items], beside=False), context, beside=False)
    return _stacked(items, context, beside=False)


def _row(item: Tree) -> Tree:
    if isinstance(item, Explicit) and item.columns == ONE:
        return Explicit(type(item.matrix)(item.matrix.T))
    if isinstance(item, Block) and all(len(row) == 1 and row[0].is_scalar for row in item.grid):
        return Block((tuple(row[0] for row in item.grid),))
    return item


def _block(node: Call, arguments: Arguments, context: Context) -> Tree:
    return arguments[0]


def _concatenate(node: Call, arguments: Arguments, context: Context) -> Tree:
    """np.concatenate([X, Z], axis=1): below each other, or beside for axis 1."""
    positional = [argument for argument, keyword in zip(arguments, node.keywords, strict=True) if not keyword]
    axis = dict(zip(node.keywords, arguments, strict=True)).get("axis")
    beside = isinstance(axis, Scalar) and axis.value == 1
    return _stacked(_items(node, positional), context, beside=beside)


def _outer(node: Call, arguments: Arguments, context: Context) -> Tree:
    """x y' of two vectors."""
    left, right = _vectors(node, arguments)
    flat = right.factors if isinstance(right, Product) else (right,)
    return product([("", left), ("", Transpose(flat[0] if len(flat) == 1 else right))], context)


def _vectors(node: Call, arguments: Arguments) -> tuple[Tree, Tree]:
    """Two vectors, of which a plain letter is one as long as the other, though elsewhere it may be a number."""
    left, right = arguments
    first, second = (
        _vector_like(*pair) for pair in ((node.arguments[0], left, right), (node.arguments[1], right, left))
    )
    return first, second


def _vector_like(node: Node, tree: Tree, other: Tree) -> Tree:
    is_letter = isinstance(node, Named) and not node.spelling.subscript and isinstance(tree, Scalar)
    is_vector = other.columns == ONE and not other.is_scalar
    return Symbol(str(tree.value), other.rows, ONE) if is_letter and is_vector and isinstance(tree, Scalar) else tree


STACKING_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    "cbind": (1, 99, _beside),
    "rbind": (1, 99, _below),
    "block": (1, 1, _block),
    "concatenate": (1, 99, _concatenate),
    "outer": (2, 2, _outer),
}
"""Key of a function: fewest and most arguments, and its meaning."""
