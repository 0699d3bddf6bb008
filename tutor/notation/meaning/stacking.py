"""Matrices put side by side and below each other, as R and NumPy spell it: cbind(X, Z), np.vstack([X, Z])."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.nodes import Block, Explicit, Product, Scalar, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import grid, product
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.functions import Arguments, Meaning
from tutor.notation.parsing.syntax import Call, Listed, Matrix


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


def _stacked(items: Sequence[Tree], context: Context, *, beside: bool) -> Tree:
    """Matrices beside or below each other; of numbers alone one matrix."""
    if all(isinstance(item, Explicit | Scalar) for item in items):
        matrices = [item.matrix if isinstance(item, Explicit) else item.value for item in items]  # pyright: ignore[reportAttributeAccessIssue]
        rows = [[Scalar(x) for x in getattr(matrix, "flat", lambda m=matrix: [m])()] for matrix in matrices]
        same = all(
            not isinstance(item, Explicit) or (item.columns if beside else item.rows) == ONE for item in items
        ) and len({len(row) for row in rows}) == 1  # fmt: skip
        if same:
            return grid(list(zip(*rows, strict=True)) if beside else rows, context)
    return grid([list(items)] if beside else [[item] for item in items], context)


def _beside(node: Call, arguments: Arguments, context: Context) -> Tree:
    return _stacked(_as_columns(node, _items(node, arguments)), context, beside=True)


def _as_columns(node: Call, items: list[Tree]) -> list[Tree]:
    """NumPy's flat lists are rows here; column_stack makes columns of them."""
    if node.spelling.letters != "column":
        return items
    return [Explicit(type(item.matrix)(item.matrix.T)) if isinstance(item, Explicit) and item.rows == ONE else item
            for item in items]  # fmt: skip


def _below(node: Call, arguments: Arguments, context: Context) -> Tree:
    """R's rbind and NumPy's vstack: vectors are rows in it, matrices keep their form."""
    items = [
        Transpose(item) if item.columns == ONE and not item.is_scalar and not isinstance(item, Explicit) else item
        for item in _items(node, arguments)
    ]
    if node.spelling.letters == "rbind":
        return _stacked([_row(item) for item in items], context, beside=False)
    return _stacked(items, context, beside=False)


def _row(item: Tree) -> Tree:
    if isinstance(item, Explicit) and item.columns == ONE:
        return Explicit(type(item.matrix)(item.matrix.T))
    return item


def _block(node: Call, arguments: Arguments, context: Context) -> Tree:
    return arguments[0]


def _concatenate(node: Call, arguments: Arguments, context: Context) -> Tree:
    """np.concatenate([X, Z], axis=1): below each other, or beside for axis 1."""
    axis = dict(zip(node.keywords, arguments, strict=True)).get("axis")
    beside = isinstance(axis, Scalar) and axis.value == 1
    return _stacked(_items(node, arguments[:1]), context, beside=beside)


def _outer(node: Call, arguments: Arguments, context: Context) -> Tree:
    """x y' of two vectors."""
    left, right = arguments
    flat = right.factors if isinstance(right, Product) else (right,)
    return product([("", left), ("", Transpose(flat[0] if len(flat) == 1 else right))], context)


STACKING_MEANINGS: dict[str, tuple[int, int, Meaning]] = {
    "cbind": (1, 99, _beside),
    "rbind": (1, 99, _below),
    "block": (1, 1, _block),
    "concatenate": (1, 1, _concatenate),
    "outer": (2, 2, _outer),
}
"""Key of a function: fewest and most arguments, and its meaning."""
