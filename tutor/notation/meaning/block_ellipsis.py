"""Block matrices with dots: equal blocks, and blocks whose numbers count, R_1, R_2, …, R_b."""

from __future__ import annotations

import re
from collections.abc import Mapping

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import (
    Block,
    Covariance,
    Expectation,
    Explicit,
    Identity,
    Kronecker,
    Ones,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import ONE, Size, same_shape, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import is_nought
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import counted
from tutor.notation.meaning.patterns import Place, ambiguous
from tutor.notation.meaning.sequence import Run, run
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Matrix
from tutor.notation.parsing.token import Span

_COUNT = re.compile(r"I\s*\}?\s*_\s*\{?\s*([A-Za-z])\s*\}?\s*(?:\\otimes(?![A-Za-z])|⊗)")

Cells = Mapping[tuple[Place, Place], Tree]


def completed_blocks(cells: Cells, node: Matrix, context: Context) -> Tree:
    """The block matrix that cells with dots stand for.

    Equal blocks on the diagonal, and equal ones or zeros beside it, are I ⊗ A or I ⊗ (A − B) + J ⊗ B. Blocks that
    count make a block-diagonal matrix or a column of blocks; up to a letter the column is one long vector.

    Raises
    ------
    ReadError
        "ellipsis", where the blocks do not tell how they go on.
    """
    if all(isinstance(tree, Variance | Covariance) and tree.is_scalar for tree in cells.values()):
        return _moments(cells, node, context)
    if all(isinstance(tree, Expectation) and tree.is_scalar for tree in cells.values()):
        return _means(cells, node, context)
    if len({column for _, column in cells}) == 1:
        return _stacked({row: tree for (row, _), tree in cells.items()}, node, context)
    if len({row for row, _ in cells}) == 1:
        return _side_by_side({column: tree for (_, column), tree in cells.items()}, node, context)
    on = list(dict.fromkeys(tree for (row, column), tree in cells.items() if row == column))
    beside = list(dict.fromkeys(tree for (row, column), tree in cells.items() if row != column))
    noughts = [tree for tree in beside if _is_zero(tree)]
    others = [tree for tree in beside if not _is_zero(tree)]
    if len(on) > 1 and not others:
        return _on_diagonal(cells, node, context)
    if len(on) != 1 or on[0].is_scalar or len(others) > 1 or (others and noughts):
        raise ambiguous(node, context, "The blocks beside the dots are not the same throughout.")
    count = context.hole(Span(node.start, node.end))
    context.sizing.dotted.add(count)
    if context.vocabulary.takes_new_names:
        context.sizing.defaults[count] = count_of_blocks(context.text)
    block = on[0]
    if not others:
        return Kronecker((Identity(count), block))
    other = others[0]
    context.sizing.meet_shapes(block.shape, other.shape)
    block, other = context.sizing.filled(block), context.sizing.filled(other)
    if block == other:
        return Kronecker((Ones(count, count), block))
    rest = Sum((block, Scaled(Scalar(sympy.Integer(-1)), other)))
    return Sum((Kronecker((Identity(count), rest)), Kronecker((Ones(count, count), other))))


def count_of_blocks(text: str) -> Size:
    """A letter for how many equal blocks there are, which they do not tell: that of an identity before ⊗, or one
    that the text has not."""
    told = _COUNT.search(text)
    free = (letter for letter in "mkgN" if re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", text) is None)
    return size(told[1] if told is not None else next(free, "M"))


def _is_zero(tree: Tree) -> bool:
    return is_nought(tree) or isinstance(tree, Zero)


def _on_diagonal(cells: Cells, node: Matrix, context: Context) -> Tree:
    line = {row: tree for (row, column), tree in cells.items() if row == column}
    first = [tree for (from_end, _), tree in line.items() if not from_end]
    last = [tree for (from_end, _), tree in line.items() if from_end]
    found = counted(first, last[-1], context.vocabulary)
    if found is None or found.used < len(first) or not found.ends(last):
        raise ambiguous(node, context, "The blocks on the diagonal do not tell how they go on.")
    return found.joined("direct sum")


def _stacked(line: Mapping[Place, Tree], node: Matrix, context: Context) -> Tree:
    if all(isinstance(tree, Transpose) for tree in line.values()):
        return _rows({row: tree.tree for row, tree in line.items() if isinstance(tree, Transpose)}, node, context)
    whole = _whole(line, 1, context)
    if whole is not None:
        return whole
    unequal = _of_unequal_units(line, context)
    if unequal is not None:
        return unequal
    found, model = _counted(line, node, context)
    assert found.length is not None
    if found.length.is_Integer:
        return Block(tuple((block,) for block in _members(found, model)))
    if model.columns != ONE or not found.vector:
        raise ambiguous(node, context, f"There are {found.length} blocks; their number is no number.",
                        "Write it for a number of blocks.")  # fmt: skip
    return Symbol(found.vector, model.rows * found.length, ONE, model.role)


def _whole(line: Mapping[Place, Tree], kept: int, context: Context) -> Tree | None:
    """X of the rows of each unit, X_1, …, X_m below each other, and Z of the columns of each term, Z_1, …, Z_b beside
    each other, where the text may have an X and a Z of as many columns, or rows; None for other blocks.

    ``kept`` is the dimension, 0 for rows and 1 for columns, in which the blocks agree with the whole.
    """
    (from_end, _), first = next(iter(line.items()))
    last = list(line.values())[-1]
    if from_end or not (isinstance(first, Symbol) and isinstance(last, Symbol)) or first.columns == ONE:
        return None
    base, _, number = first.name.partition("_")
    known = context.vocabulary.lookup(base)
    is_counted = number == "1" and last.name.partition("_")[0] == base and not last.name.partition("_")[2].isdigit()
    is_known = known is not None and isinstance(known.tree, Symbol) and known.tree.shape[kept] == first.shape[kept]
    return known.tree if known is not None and is_counted and is_known else None


def _of_unequal_units(line: Mapping[Place, Tree], context: Context) -> Tree | None:
    """y of the vectors of units, y_1, …, y_m, which have n_1, …, n_m elements; None for other blocks."""
    blocks = [tree for tree in line.values() if isinstance(tree, Symbol) and tree.columns == ONE]
    if len(blocks) < len(line) or any(not block.rows.is_Symbol for block in blocks):
        return None
    ahead = sum(not from_end for from_end, _ in line)
    names = [sympy.Symbol(block.name) for block in blocks]
    count, _, unit = str(blocks[-1].rows).partition("_")
    if not unit or blocks[-1].name.partition("_")[2] != unit or blocks[0].rows == blocks[-1].rows:
        return None
    # The first units have their own numbers of elements, or one that a text tells of no unit.
    others = {str(block.rows) for block in blocks[:-1]}
    if not all(other.partition("_")[0] == count or len(others) == 1 for other in others):
        return None
    found = run(names[:ahead], names[ahead:], context.vocabulary)
    if found is None or found.length is None or not found.vector:
        return None
    known = context.vocabulary.lookup(found.vector)
    for tree in (known.tree, known.bold) if known is not None else ():
        if isinstance(tree, Symbol) and tree.columns == ONE:
            return tree
    return None if found.length.is_Integer else Symbol(found.vector, size("N"), ONE, blocks[0].role)


def _rows(line: Mapping[Place, Tree], node: Matrix, context: Context) -> Tree:
    """The matrix whose rows are x_1', x_2', …, x_n': X, by custom, where their number is a letter."""
    blocks = list(line.values())
    first = [tree for (from_end, _), tree in line.items() if not from_end]
    last = [tree for (from_end, _), tree in line.items() if from_end]
    found = counted(first, last[-1], context.vocabulary)
    if found is None or found.used < len(first) or not found.ends(last):
        raise ambiguous(node, context, "The rows beside the dots do not tell how they go on.")
    if found.is_written_out:
        return Block(tuple((Transpose(block),) for block in found.terms()))
    model = blocks[-1]
    base, _, below = model.name.partition("_") if isinstance(model, Symbol) else ("", "", "")
    if not (base.isalpha() and len(base) == 1 and base.islower()) or len(below) != 1 or found.first != 1:
        raise ambiguous(node, context, f"There are {found.last} rows; their number is no number.",
                        "Write it for a number of rows.")  # fmt: skip
    rows, columns = found.last, model.rows
    known = context.vocabulary.lookup(base.upper())
    if known is not None and isinstance(known.tree, Symbol) and same_shape(known.tree.shape, (rows, columns)):
        return known.tree
    return Symbol(base.upper(), rows, columns)


def _side_by_side(line: Mapping[Place, Tree], node: Matrix, context: Context) -> Tree:
    """[y_1', …, y_b'], the transpose of vectors below each other, or blocks beside each other."""
    if all(isinstance(tree, Transpose) for tree in line.values()):
        return Transpose(_stacked({at: tree.parts[0] for at, tree in line.items()}, node, context))
    whole = _whole(line, 0, context)
    if whole is not None:
        return whole
    found, model = _counted(line, node, context)
    assert found.length is not None
    if not found.length.is_Integer:
        raise ambiguous(node, context, f"There are {found.length} blocks; their number is no number.",
                        "Write it for a number of blocks.")  # fmt: skip
    return Block((_members(found, model),))


def _moments(cells: Cells, node: Matrix, context: Context) -> Tree:
    """Var(y_1), Cov(y_1, y_2), …, Var(y_n): the covariance matrix of the vector that the diagonal tells."""
    on = {row: tree.tree for (row, column), tree in cells.items() if row == column and isinstance(tree, Variance)}
    elements = {row: tree.value for row, tree in on.items() if isinstance(tree, Scalar)}
    ahead = [value for (from_end, _), value in elements.items() if not from_end]
    behind = [value for (from_end, _), value in elements.items() if from_end]
    found = run(ahead, behind, context.vocabulary)
    known = len(elements) == len({row for row, _ in cells}) == len({column for _, column in cells})
    if (
        not known
        or found is None
        or found.length is None
        or not all(_is_moment(tree, elements[row], elements[column]) for (row, column), tree in cells.items())
    ):
        raise ambiguous(node, context, "The moments beside the dots are not those of one vector.",
                        "Write Var(y_1), Cov(y_1, y_2), …, Var(y_n).")  # fmt: skip
    vector = found.column(found.length, context.vocabulary)
    if found.length.is_Integer:
        entries = [found.value(at) for at in range(int(found.length))]  # pyright: ignore[reportArgumentType]
        vector = Explicit(ImmutableDenseMatrix(entries))
    if vector is None:
        raise ambiguous(node, context, f"Its size, {found.length}, is no number.", "Write it for a number of rows.")
    return Variance(vector)


def _means(cells: Cells, node: Matrix, context: Context) -> Tree:
    """E(y_1), …, E(y_n), below or beside each other: the mean of the vector with these elements, or its transpose."""
    is_row = len({row for row, _ in cells}) == 1
    line = {place[is_row]: tree.tree for place, tree in cells.items() if isinstance(tree, Expectation)}
    elements = {at: tree.value for at, tree in line.items() if isinstance(tree, Scalar)}
    ahead = [value for (from_end, _), value in elements.items() if not from_end]
    found = run(ahead, [value for (from_end, _), value in elements.items() if from_end], context.vocabulary)
    is_line = (is_row or len({column for _, column in cells}) == 1) and len(elements) == len(cells)
    vector = None if found is None or found.length is None else found.column(found.length, context.vocabulary)
    if not is_line or vector is None:
        raise ambiguous(node, context, "The means beside the dots are not those of one vector.",
                        "Write E(y_1), E(y_2), …, E(y_n).")  # fmt: skip
    return Transpose(Expectation(vector)) if is_row else Expectation(vector)


def _is_moment(tree: Tree, row: sympy.Expr, column: sympy.Expr) -> bool:
    """Whether a cell is the variance of one element, or the covariance of two, in whatever order."""
    if row == column:
        return tree in (Variance(Scalar(row)), Covariance(Scalar(row), Scalar(column)))
    return tree in (Covariance(Scalar(row), Scalar(column)), Covariance(Scalar(column), Scalar(row)))


def _counted(line: Mapping[Place, Tree], node: Matrix, context: Context) -> tuple[Run, Symbol]:
    """How names with numbers go on, R_1, R_2, …, R_b, and one of the blocks."""
    blocks = [tree for tree in line.values() if isinstance(tree, Symbol)]
    if len(blocks) == len(line) and all(same_shape(block.shape, blocks[0].shape) for block in blocks):
        names = [(place, sympy.Symbol(block.name)) for place, block in zip(line, blocks, strict=True)]
        first = [name for (from_end, _), name in names if not from_end]
        found = run(first, [name for (from_end, _), name in names if from_end], context.vocabulary)
        if found is not None and found.length is not None and not _is_too_long(found):
            return found, blocks[0]
    raise ambiguous(node, context, "The blocks beside the dots do not tell how they go on.")


def _is_too_long(found: Run) -> bool:
    return bool(found.length is not None and found.length.is_Integer and found.length > MOST_CELLS)  # pyright: ignore[reportOperatorIssue]


def _members(found: Run, model: Symbol) -> tuple[Tree, ...]:
    assert found.length is not None
    names = (str(found.value(at)) for at in range(int(found.length)))  # pyright: ignore[reportArgumentType]
    return tuple(Symbol(name, *model.shape, model.role, model.facts) for name in names)
