r"""Matrices with dots: a pattern is found in the cells that are written, and completed to the size that fits.

Dots leave out rows, columns or both; where no pattern of `patterns` fits they are ambiguous. The size comes from the
corner (y_n, σ²_n, ρ^{n−1}) or from what the matrix stands beside; a matrix with a letter for its size is given by its
structure, where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Block, Kronecker, Ones, Scalar, Scaled, Transpose, Zero
from tutor.algebra.sizes import ONE, Shape, Size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.bands import banded
from tutor.notation.meaning.block_ellipsis import completed_blocks
from tutor.notation.meaning.by_place import by_place
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.diagonal_blocks import blocks_on_diagonal
from tutor.notation.meaning.function_values import as_matrix, as_numbers
from tutor.notation.meaning.incidence import repeated_units
from tutor.notation.meaning.patterns import Pattern, Place, ambiguous, one_way, two_ways
from tutor.notation.meaning.pieces import in_pieces
from tutor.notation.meaning.place_matrices import Cells, above_last, of_places, without_border
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Ellipsis, Listed, Matrix, Node
from tutor.notation.parsing.token import Span

_DOWN = re.compile(r"\\(?:vdots|ddots|adots|iddots)|[⋮⋱]")
_ACROSS = re.compile(r"\\(?:dots[cbm]?|ldots|hdots|cdots|ddots|adots|iddots)|[…⋯⋱]|\. ?\. ?\.")


def has_dots(node: Matrix) -> bool:
    """Whether dots stand in a cell of their own."""
    return any(isinstance(cell, Ellipsis) for row in node.rows for cell in row)


def completed_matrix(node: Matrix, trees: dict[Node, Tree], context: Context) -> Tree:
    """The matrix that cells with dots stand for; its size may be a hole that what is beside it fills.

    Raises
    ------
    ReadError
        "ellipsis", where the cells tell no pattern, or more than one.
    """
    trees = as_numbers(trees)
    pieces = in_pieces(node, trees, context)
    if pieces is not None:
        return pieces
    band = banded(node, trees, context)
    if band is not None:
        order = len(node.rows) - 1
        return _sized(band, node, (True, True), (order, order), context)
    alike = _alike_beside_diagonal(node, trees)
    if alike is not None and (pattern := two_ways(alike, _ENDS, _ENDS, context)) is not None:
        return _sized(pattern, node, (True, True), (len(_ENDS), len(_ENDS)), context)
    rows, columns = _axis(node, node.rows, _DOWN, context), _axis(node, _turned(node.rows), _ACROSS, context)
    cells: dict[tuple[Place, Place], Tree] = {}
    blank = False
    for row, line in zip(rows, node.rows, strict=True):
        for column, cell in zip(columns, line, strict=True):
            if row is not None and column is not None:
                if isinstance(cell, Ellipsis):
                    if not _reaches_gap(node, cell, rows, columns):
                        raise ambiguous(cell, context, "These dots stand in no row and no column of dots.")
                    continue
                blank = blank or cell.start == cell.end
                cells[row, column] = _as_entry(trees[cell])
    gaps = (None in rows, None in columns)
    try:
        return _completed(cells, gaps, blank, node, context)
    except ReadError:
        inner = without_border(cells) if all(gaps) and not blank else None
        if inner is None:
            raise
    matrix = _completed(inner, gaps, False, node, context)
    ones = Ones(matrix.rows, ONE)
    return Block(((matrix, ones), (ones.T, Zero(ONE, ONE))))


_ENDS: tuple[Place, ...] = ((False, 0), (False, 1), (True, 0))
"""The first two places and the last one of a row with dots."""


def _alike_beside_diagonal(node: Matrix, trees: dict[Node, Tree]) -> dict[tuple[Place, Place], sympy.Expr] | None:
    """The entries of a square matrix with one number on its diagonal and one beside it, whose dots stand now in this
    column, now in that one; None for another matrix.
    """
    order = len(node.rows)
    if order < len(_ENDS) or any(len(row) != order for row in node.rows):
        return None
    told: tuple[list[sympy.Expr], list[sympy.Expr]] = ([], [])
    for at, row in enumerate(node.rows):
        for place, cell in enumerate(row):
            tree = None if isinstance(cell, Ellipsis) else trees[cell]
            is_blank = cell.start == cell.end and any(isinstance(each, Ellipsis) for each in row)
            if tree is None or is_blank:
                continue
            if not isinstance(tree, Scalar):
                return None
            told[at != place].append(tree.value)
    on, beside = told
    is_told = len(on) > 1 and len(beside) > 2 and len(set(on)) == len(set(beside)) == 1
    return (
        {(row, column): on[0] if row == column else beside[0] for row in _ENDS for column in _ENDS} if is_told else None
    )


def _completed(cells: Cells, gaps: tuple[bool, bool], blank: bool, node: Matrix, context: Context) -> Tree:
    """The matrix that cells stand for of which some rows, some columns or both are left out."""
    at_places = of_places(cells)
    if at_places is not None:
        return at_places
    above = above_last(cells)
    if above is not None:
        return Block(((above,), (list(cells.values())[-1],)))
    if not all(isinstance(tree, Scalar) for tree in cells.values()):
        factor = _common_factor(cells)
        try:
            return completed_blocks(cells, node, context)
        except ReadError:
            if factor is None:
                raise
        numbers: Cells = {place: tree.scalar for place, tree in cells.items() if isinstance(tree, Scaled)}
        return Kronecker((_completed(numbers, gaps, blank, node, context), factor))
    values = {place: tree.value for place, tree in cells.items() if isinstance(tree, Scalar)}
    if blank and any(value != 0 for (row, column), value in values.items() if row != column):
        raise ambiguous(node, context, "Blank cells stand beside entries that are not zero.",
                        "Write every entry beside the diagonal, or none.")  # fmt: skip
    heights, widths = (list(dict.fromkeys(place[axis] for place in cells)) for axis in (0, 1))
    if not all(gaps) and len(values) < len(heights) * len(widths):
        raise ambiguous(node, context, "Some rows have dots where others have entries.")
    if all(gaps):
        pattern = two_ways(values, heights, widths, context) or by_place(values, context)
    else:
        pattern = one_way(values, heights, widths, gaps[0], context)
    if pattern is None and all(gaps):
        whole = repeated_units(values, heights, widths, node, context)
        whole = whole or blocks_on_diagonal(values, heights, widths, node, context)
        if whole is not None:
            return whole
    if pattern is None:
        raise ambiguous(node, context, "The cells beside the dots do not tell how it goes on.")
    return _sized(pattern, node, gaps, (len(heights), len(widths)), context)


def _common_factor(cells: Cells) -> Tree | None:
    """The B of the cells a_11 B, a_12 B, …, a_mn B of a Kronecker product; None where there is none."""
    blocks = {tree.tree if isinstance(tree, Scaled) else None for tree in cells.values()}
    block = blocks.pop() if len(blocks) == 1 else None
    return None if block is None or block.is_scalar else block


def _as_entry(tree: Tree) -> Tree:
    """A number without the prime of a plain text, where y_1' and y_n' may be numbers as well as vectors."""
    return tree.tree if isinstance(tree, Transpose) and isinstance(tree.tree, Scalar) else tree


def completed_list(node: Listed, items: Sequence[Tree], context: Context) -> Tree:
    r"""The row that a list with dots stands for: [y_1, \dots, y_n] is the transpose of the vector y.

    Raises
    ------
    ReadError
        "ellipsis", where the items around the dots do not tell how it goes on.
    """
    matrix = Matrix(node.start, node.end, (node.items,), "list")
    return completed_matrix(matrix, dict(zip(node.items, items, strict=True)), context)


def _turned(rows: tuple[tuple[Node, ...], ...]) -> tuple[tuple[Node, ...], ...]:
    return tuple(zip(*rows, strict=True))


def _axis(
    node: Matrix, lines: Sequence[Sequence[Node]], marks: re.Pattern[str], context: Context
) -> list[Place | None]:
    """The place of each row or column; None for the one of dots."""
    is_single = len(lines) > 1 and all(len(line) == 1 for line in lines)  # any dots of a column stand for rows
    dotted = [
        at
        for at, line in enumerate(lines)
        if _is_dotted(line, marks, context) or (is_single and isinstance(line[0], Ellipsis))
    ]
    if not dotted:
        return [(False, at) for at in range(len(lines))]
    if len(dotted) > 1:
        raise ambiguous(node, context, "There is more than one gap in the same direction.")
    gap, count = dotted[0], len(lines)
    if gap in {0, count - 1}:
        raise ambiguous(node, context, "The dots stand at the edge, so that the first or the last line is missing.")
    return [(False, at) if at < gap else None if at == gap else (True, count - 1 - at) for at in range(count)]


def _is_dotted(line: Sequence[Node], marks: re.Pattern[str], context: Context) -> bool:
    dots = [cell for cell in line if isinstance(cell, Ellipsis)]
    if not any(marks.fullmatch(context.text[dot.start : dot.end].strip()) for dot in dots):
        # \dots in every cell of a row, or \vdots in every cell of a column
        return len(line) > 1 and len(dots) == len(line)
    return all(isinstance(cell, Ellipsis) or context.text[cell.start : cell.end].strip() in {"", "0"} for cell in line)


def _reaches_gap(
    node: Matrix, dots: Ellipsis, rows: Sequence[Place | None], columns: Sequence[Place | None]
) -> bool:  # fmt: skip
    r"""Whether dots stand beside a blank cell of the gap, and for both, as the \dots of a_1 & \dots & & a_n."""

    def reaches(line: Sequence[Node], places: Sequence[Place | None]) -> bool:
        at = next((at for at, cell in enumerate(line) if cell is dots), None)
        near = () if at is None else (at - 1, at + 1)
        return any(0 <= to < len(line) and places[to] is None and line[to].start == line[to].end for to in near)

    return any(reaches(row, columns) for row in node.rows) or any(reaches(line, rows) for line in _turned(node.rows))


# Sizes


def _sized(pattern: Pattern, node: Matrix, gaps: tuple[bool, bool], written: tuple[int, int], context: Context) -> Tree:
    """The pattern at the size that it tells, or a placeholder until its size is found."""
    row_gap, column_gap = gaps
    place = Span(node.start, node.end)

    def dimension(told: Size | None, is_open: bool, count: int) -> Size:
        if not is_open:
            return sympy.Integer(count)
        has_structure = told is not None and pattern.structure((told, told)) is not None
        if told is not None and (told.is_Integer or (has_structure and not pattern.is_square)):
            return told
        hole = context.hole(place)
        context.sizing.dotted.add(hole)
        if told is not None and has_structure:
            # The n of a corner ρ^{n−1} may be the letter of the book for a number that is known here.
            context.sizing.defaults[hole] = told
        return hole

    rows = dimension(pattern.rows, row_gap, written[0])
    columns = rows if pattern.is_square else dimension(pattern.columns, column_gap, written[1])

    def complete(shape: Shape) -> Tree:
        heights, widths = shape
        if heights.is_Integer and widths.is_Integer:
            counts = int(heights), int(widths)  # pyright: ignore[reportArgumentType]
            if counts[0] * counts[1] > MOST_CELLS:
                raise context.error(f"This matrix would have {counts[0] * counts[1]:,} cells.", "too-large", place)
            if (row_gap and counts[0] < written[0]) or (column_gap and counts[1] < written[1]):
                raise ambiguous(place, context, f"It would be {heights} × {widths}, with less than what is written.")
            return as_matrix(pattern.entries(*counts))
        tree = pattern.structure(shape)
        if tree is None:
            raise ambiguous(place, context, f"Its size, {heights} × {widths}, is no number.",
                            "Write it for a number of rows.")  # fmt: skip
        return tree

    return context.sizing.placeholder((rows, columns), complete)
