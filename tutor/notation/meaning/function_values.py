"""Cells with dots beside them that are values of a function, γ(0), γ(1), …, γ(n − 1): as SymPy's numbers, and back."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.function_value import FunctionValue, as_number, as_tree
from tutor.algebra.nodes import Block, Explicit, Scalar
from tutor.algebra.tree import Tree
from tutor.notation.parsing.syntax import Node


def as_numbers(trees: Mapping[Node, Tree]) -> dict[Node, Tree]:
    """The cells, each value of a function as a number; as they are where other trees are among them."""
    numbers = {cell: as_number(tree) for cell, tree in trees.items()}
    return dict(trees) if None in numbers.values() else {cell: Scalar(number) for cell, number in numbers.items()}  # pyright: ignore[reportArgumentType]


def as_matrix(matrix: ImmutableDenseMatrix) -> Tree:
    """A matrix, in blocks where values of such functions are among its entries."""
    if not any(isinstance(entry, FunctionValue) for entry in matrix):
        return Explicit(matrix)
    rows = matrix.tolist()
    return Block(tuple(tuple(map(as_tree, row)) for row in rows))
