r"""A matrix with a border of ones, as kriging has it: [[Σ, 1], [1', 0]] (λ, m)' = (σ_0, 1)'.

Of numbers nobody writes a transpose: beside 1' the 1 across the diagonal is the same vector. What the matrix is
multiplied with, and what comes out, is cut as it is: λ and σ_0 are vectors.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Block, Explicit, Ones, Scalar, Symbol, Transpose, Zero
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.token import Span


def with_border_of_ones(rows: Sequence[Sequence[Tree]], context: Context) -> Sequence[Sequence[Tree]]:
    """The cells of a matrix in which a 1 across the diagonal from a 1' is the vector that this is the transpose of."""
    order = range(len(rows))
    if any(len(row) != len(rows) for row in rows):
        return rows
    bordered = [(i, j) for i in order for j in order if _is_number_one(rows[i][j]) and _is_row_of_ones(rows[j][i])]
    if not bordered:
        return rows
    changed = [list(row) for row in rows]
    for i, j in bordered:
        changed[i][j] = Ones(context.hole(Span(0, 1)), ONE)
    return changed


def _is_number_one(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and tree.value == 1


def _is_row_of_ones(tree: Tree) -> bool:
    return isinstance(tree, Transpose) and isinstance(tree.tree, Ones) and tree.tree.columns == ONE


def cut_like(tree: Tree, heights: Sequence[Size]) -> Tree:
    """A column of as many letters as there are heights, each letter a vector of its height; any other tree as it is."""
    if not isinstance(tree, Explicit) or all(height == ONE for height in heights):
        return tree
    if tree.matrix.shape != (len(heights), 1):
        return tree
    cells = [_of_height(entry, height) for entry, height in zip(tree.matrix.flat(), heights, strict=True)]
    known = [cell for cell in cells if cell is not None]
    return Block(tuple((cell,) for cell in known)) if len(known) == len(cells) else tree


def _of_height(entry: sympy.Expr, height: Size) -> Tree | None:
    if height == ONE:
        return Scalar(entry)
    if entry == 0:
        return Zero(height, ONE)
    if isinstance(entry, sympy.Pow) and entry.exp == sympy.S.Half:
        return _of_height(sympy.Symbol(str(entry.base).replace("2", "", 1)), height)  # σ_0, told as the root of σ²_0
    return Symbol(entry.name, height, ONE) if isinstance(entry, sympy.Symbol) else None
