"""Trees put together as a text puts its pieces: factors, terms and cells, with sizes found on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Expectation,
    Explicit,
    Identity,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.errors import ShapeError
from tutor.notation.meaning.assembled import multiplied_numbers
from tutor.notation.meaning.bordered import cut_like
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.syntax import Ellipsis, Matrix, Node
from tutor.notation.parsing.token import Span


def fitted(trees: Sequence[Tree], context: Context) -> list[Tree]:
    """Trees that should have one shape, with their open sizes filled and a bare 0 as a zero matrix."""
    sized = next((tree for tree in trees if not tree.is_scalar), None)
    if sized is None:
        return list(trees)
    model = next((tree for tree in trees if len(_cuts(tree, 0)) > 1), sized)
    result = [Zero(*sized.shape) if is_nought(tree) else zeros_cut_like(tree, model) for tree in trees]
    if model.columns == ONE and context.vocabulary.takes_new_names:
        result = [cut_like(tree, _cuts(model, 0)) for tree in result]
    others = [tree for tree in result if tree is not sized]
    for tree in others:
        for like in (sized,) if model is sized or len(_cuts(tree, 0)) == 1 else (model, sized):
            meet_along(like, 0, tree, 0, context)
            meet_along(like, 1, tree, 1, context)
    for tree in others if context.sizing.places else ():
        _check_determined(sized, tree, context)
    return [context.sizing.filled(tree) for tree in result]


def zeros_cut_like(tree: Tree, model: Tree) -> Tree:
    """A matrix of noughts, beside one of as many blocks, as blocks of zeros; any other tree as it is.

    The (0, 0)' of (u', ε')' ~ N((0, 0)', …) stands for q and n zeros.
    """
    if not isinstance(tree, Explicit) or tree.shape == model.shape:
        return tree
    heights, widths = _cuts(model, 0), _cuts(model, 1)
    # SymPy's is_zero_matrix would ask each sum in letters for its sign.
    if tree.matrix.shape != (len(heights), len(widths)) or any(entry != 0 for entry in tree.matrix.flat()):
        return tree
    return Block(tuple(tuple(Zero(height, width) for width in widths) for height in heights))


def _check_determined(first: Tree, second: Tree, context: Context) -> None:
    """Raise ReadError "size-unknown" where two shapes would meet if one of two unwritten sizes were known: I ⊗ J is
    6 × 6 in more ways than one."""
    for mine, other in zip(first.shape, second.shape, strict=True):
        sizes = context.sizing.current(mine), context.sizing.current(other)
        for hole in context.sizing.holes(sizes):
            if hole in context.sizing.dotted and hole in context.sizing.defaults:
                # How many equal blocks there are is told by no size: it gets a letter of its own.
                context.sizing.meet(hole, context.sizing.defaults[hole])
        sizes = context.sizing.current(mine), context.sizing.current(other)
        open_ = [hole for hole in context.sizing.holes(sizes) if hole not in context.sizing.defaults]
        if len(open_) > 1 and sizes[0] != sizes[1]:
            place = context.sizing.places[open_[-1]]
            letter = context.text[place.start : place.end]
            raise context.error(f"How large is {letter} here? More than one size would fit.", "size-unknown", place,
                                f"Write its size below it, as {letter}_3.")  # fmt: skip


def meet_along(first: Tree, axis: int, second: Tree, other_axis: int, context: Context) -> None:
    """Make the rows (axis 0) or columns (1) of two trees equal, block by block where both are cut into as many."""
    cuts, other_cuts = _cuts(first, axis), _cuts(second, other_axis)
    if len(cuts) == len(other_cuts):
        for size, other in zip(cuts, other_cuts, strict=True):
            context.sizing.meet(size, other)
    else:
        context.sizing.meet(first.shape[axis], second.shape[other_axis])


def _cuts(tree: Tree, axis: int) -> list[Size]:
    """The heights of block rows, or the widths of block columns."""
    if isinstance(tree, Symbol):  # the most of all
        return [tree.shape[axis]]
    if isinstance(tree, Transpose):
        return _cuts(tree.tree, 1 - axis)
    if isinstance(tree, Scaled):
        return _cuts(tree.tree, axis)
    if isinstance(tree, Variance) or (isinstance(tree, Expectation) and axis == 0):
        return _cuts(tree.tree, 0)
    if isinstance(tree, Product):
        return _cuts(tree.factors[0 if axis == 0 else -1], axis)
    if isinstance(tree, Block):
        return [line[0].rows for line in tree.grid] if axis == 0 else [block.columns for block in tree.grid[0]]
    if isinstance(tree, BlockDiagonal):
        return [block.shape[axis] for block in tree.blocks]
    return [tree.shape[axis]]


def is_nought(tree: Tree) -> bool:
    """Whether a tree is the number 0, which may stand for a matrix of zeros."""
    return isinstance(tree, Scalar) and tree.value == 0


_VECTORS = frozenset("abcdhlqrvwxyz")
"""Small letters that are vectors as often as numbers."""


def product(chained: Sequence[tuple[str, Tree]], context: Context) -> Tree:
    """Factors with the sign before each as one tree: scalars ahead, the matrix product after them.

    A reciprocal ("/") always goes ahead. A scalar between two matrices stays with the matrix after it. Matrices
    whose product is a number, as y'y, are a scalar for what follows, unless that is a row it can be multiplied with.
    """
    ahead: list[Tree] = []
    waiting: list[Tree] = []
    matrices: list[Tree] = []
    for sign, tree in chained:
        if tree.is_scalar and not (sign == "" and _is_last_vector(tree, matrices)):
            if sign == "" and context.vocabulary.takes_new_names:
                _check_letter_behind_row(tree, matrices or ahead[-1:])
            (waiting if matrices and sign != "/" else ahead).append(tree)
            continue
        if matrices and _is_number(matrices) and not context.sizing.may_meet(ONE, tree.rows):
            ahead.append(_multiplied(matrices, context))
            ahead += waiting
            matrices, waiting = [], []
        matrices.append(scaled(waiting, tree))
        waiting = []
    return scaled([*ahead, *waiting], _multiplied(matrices, context) if matrices else None)


def _is_last_vector(tree: Tree, matrices: Sequence[Tree]) -> bool:
    """Whether a vector of one element ends a product of matrices, as β that of the one column of X: Xβ, not βX."""
    return isinstance(tree, Symbol) and bool(matrices) and matrices[-1].columns == ONE


def _check_letter_behind_row(tree: Tree, before: Sequence[Tree]) -> None:
    """Raise a ShapeError where a small letter stands behind a transposed one, b'x: a number would stand before it."""
    value = tree.value if isinstance(tree, Scalar) and before else None
    letter = value.name if isinstance(value, sympy.Symbol) else ""
    if letter not in _VECTORS:
        return
    row, is_vector = before[-1], isinstance(before[-1], Transpose) and before[-1].tree.columns == ONE
    name = row.tree.name if isinstance(row, Transpose) and isinstance(row.tree, Symbol) else ""
    if is_vector and name:
        raise ShapeError("product", [(f"{name}'", row.shape), (letter, (1, 1))])
    if isinstance(row, Scalar) and row.value.is_Symbol and re.fullmatch(r"[a-z]'", str(row.value)):
        raise ShapeError("product", [(str(row.value), (1, "n")), (letter, (1, 1))])


def _is_number(matrices: Sequence[Tree]) -> bool:
    return matrices[0].rows == ONE and matrices[-1].columns == ONE


def _multiplied(matrices: Sequence[Tree], context: Context) -> Tree:
    """The matrix product, with sizes found from neighbours."""
    if len(matrices) == 2 and isinstance(matrices[0], Block) and context.vocabulary.takes_new_names:
        matrices = [matrices[0], cut_like(matrices[1], _cuts(matrices[0], 1))]
    for left, right in pairwise(matrices):
        _meet_by_factors(left, right, context)
        meet_along(left, 1, right, 0, context)
    filled = [context.sizing.filled(matrix) for matrix in matrices]
    return product_or_factor(filled)


def _meet_by_factors(left: Tree, right: Tree, context: Context) -> None:
    """(A ⊗ B)(C ⊗ D) with open sizes: A meets C, and B meets D, where they can; in (C' ⊗ A) vec(B) C' meets the columns
    of B."""
    columns, rows = _factor_sizes(left, 1), _factor_sizes(right, 0)
    if not len(columns) == len(rows) > 1:
        return
    is_open = context.sizing.holes([context.sizing.current(size) for size in (*columns, *rows)])
    if is_open and all(map(context.sizing.may_meet, columns, rows)):
        for size, other in zip(columns, rows, strict=True):
            context.sizing.meet(size, other)


def _factor_sizes(tree: Tree, axis: int) -> list[Size]:
    """The rows (axis 0) or columns (1) of the factors of a Kronecker product; none for another tree. The rows of vec(B)
    are its columns times its rows, as one column stands below another."""
    if isinstance(tree, Transpose):
        return _factor_sizes(tree.tree, 1 - axis)
    if isinstance(tree, Applied) and tree.function == "vec" and axis == 0:
        return [*reversed(tree.arguments[0].shape)]
    return [factor.shape[axis] for factor in tree.factors] if isinstance(tree, Kronecker) else []


def scaled(scalars: Iterable[Tree], tree: Tree | None) -> Tree:
    """Scalars times a tree, in the order written; neighbours that SymPy knows are multiplied into one."""
    written: list[Tree] = []
    known: list[sympy.Expr] = []
    for scalar in scalars:
        if isinstance(scalar, Scalar):
            known.append(scalar.value)
            continue
        if known:
            written.append(Scalar(multiplied_numbers(known)))
            known = []
        written.append(scalar)
    if known:
        written.append(Scalar(multiplied_numbers(known)))
    result = written.pop() if tree is None else tree
    for scalar in reversed(written):
        result = Scaled(scalar, result)
    return result


def grid(rows: Sequence[Sequence[Tree]], context: Context) -> Tree:
    """A matrix of its cells: entries if all are scalars, otherwise blocks, in which a 0 has the size that fits."""
    cells = [cell for row in rows for cell in row]
    if len(cells) == 1 and not isinstance(cells[0], Scalar):
        return cells[0]  # brackets around one expression
    if all(isinstance(cell, Scalar) for cell in cells):
        filled = (
            (i, j, cell.value) for i, row in enumerate(rows) for j, cell in enumerate(row) if isinstance(cell, Scalar)
        )
        return Explicit(FilledCells(filled, rows=len(rows), columns=len(rows[0])))
    if all(cell.is_scalar for cell in cells):
        return Block(tuple(map(tuple, rows)))
    return _blocks(rows, context)


def _blocks(rows: Sequence[Sequence[Tree]], context: Context) -> Tree:
    """Blocks whose rows have one height and whose columns have one width."""
    sizing = context.sizing
    seen: set[Tree] = set()
    cells: list[list[Tree]] = [list(row) for row in rows]
    for line in cells:
        for at, cell in enumerate(line):
            # Cells of one text are one tree, which may have another size in each place and in each matrix.
            if sizing.open_in(cell) and (cell in seen or isinstance(cell, Identity | Ones | Zero)):
                line[at] = sizing.renewed(cell)
            seen.add(cell)
    heights = [_common_size([cell.rows for cell in line if not is_nought(cell)], context) for line in cells]
    columns = zip(*cells, strict=True)
    widths = [_common_size([cell.columns for cell in column if not is_nought(cell)], context) for column in columns]
    grid_of_blocks = (
        tuple(Zero(height, width) if is_nought(cell) else cell for width, cell in zip(widths, line, strict=True))
        for height, line in zip(heights, cells, strict=True)
    )
    return Block(tuple(tuple(map(sizing.filled, line)) for line in grid_of_blocks))


def _common_size(sizes: Sequence[Size], context: Context) -> Size:
    """The one size that all of these should have; a hole where there are none."""
    if not sizes:
        return context.hole(Span(0, 1), may_be_one=True)
    for other in sizes[1:]:
        context.sizing.meet(sizes[0], other)
    return sizes[0]


_VARIANCE = re.compile(r"(?:sigma2.*|(?:sigma|tau|psi)_(\d+)\1)")


def _are_variances(diagonal: Iterable[Tree]) -> bool:
    """Whether a diagonal is of variances by their names, σ²_1, σ²_2, … or τ_00, τ_11, …"""
    return all(isinstance(tree, Scalar) and _VARIANCE.fullmatch(str(tree.value)) for tree in diagonal)


def mirrored(node: Matrix, trees: dict[Node, Tree], context: Context) -> list[list[Tree]]:
    """The cells of a covariance matrix of which one triangle is left blank: it mirrors the other one.

    It is one where it stands as one, or has nothing but variances on its diagonal.

    Raises
    ------
    ReadError
        "missing-operand", where nothing tells that it is one: the triangle may then be zero.
    """
    written = [[trees[cell] for cell in row] for row in node.rows]
    _check_covariances(node, trees, context)
    is_blank = int.__lt__ if node.triangle == "above" else int.__gt__
    order = range(len(written))
    return [[_turned(written[j][i]) if is_blank(i, j) else written[i][j] for j in order] for i in order]


def mirrored_with_dots(node: Matrix, trees: dict[Node, Tree], context: Context) -> Matrix:
    """A covariance matrix of numbers with dots of which one triangle is left blank, with all its cells.

    Raises
    ------
    ReadError
        "ellipsis", where nothing tells that it is one, or blocks are among its cells.
    """
    _check_covariances(node, trees, context, "ellipsis")
    if not all(trees[cell].is_scalar for row in node.rows for cell in row if not isinstance(cell, Ellipsis)):
        raise context.error("Blocks on one side of the diagonal only do not tell how they go on.", "ellipsis", node,
                            "Write every block.")  # fmt: skip
    order = range(len(node.rows))
    is_blank = int.__lt__ if node.triangle == "above" else int.__gt__
    rows = tuple(tuple(node.rows[j][i] if is_blank(i, j) else node.rows[i][j] for j in order) for i in order)
    return replace(node, rows=rows, triangle="")


def _check_covariances(
    node: Matrix, trees: dict[Node, Tree], context: Context, kind: str = "missing-operand"
) -> None:  # fmt: skip
    """Raise ReadError where nothing tells that half a matrix is that of covariances."""
    diagonal = [trees[row[at]] for at, row in enumerate(node.rows) if not isinstance(row[at], Ellipsis)]
    if node not in context.symmetric and not _are_variances(diagonal):
        raise context.error(
            f"The cells {node.triangle} the diagonal are left out. In a covariance matrix they mirror the others; "
            "nothing tells that this is one.", kind, node, "Write every cell, 0 where the entry is zero.",
        )  # fmt: skip


def _turned(tree: Tree) -> Tree:
    return tree if tree.is_scalar else Transpose(tree)


def made_square(tree: Tree, context: Context) -> Tree:
    """A tree with as many rows as columns where its size is still open; any other as it is.

    Of a Kronecker product each factor is.
    """
    for factor in tree.factors if isinstance(tree, Kronecker) and context.sizing.open_in(tree) else ():
        context.sizing.meet(factor.rows, factor.columns)
    return context.sizing.filled(tree) if context.sizing.meet(tree.rows, tree.columns) else tree
