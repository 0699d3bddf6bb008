r"""Matrices with dots: a pattern is found in the cells that are written, and completed to the size that fits.

Dots leave out rows, columns or both. With one gap, each line goes on by a sequence of its own. With a gap in both
directions the matrix is constant, has one value or a counted one on its diagonal and one beside it, depends on the
distance from the diagonal (banded, AR(1), Toeplitz), or goes on by rows and columns; the first that fits is taken,
and where none fits the dots are ambiguous. The size comes from the corner (y_n, σ²_n, ρ^{n−1}) or from what the
matrix stands beside; a matrix with a letter for its size is given by its structure, I and J, where it has one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Block, Explicit, Identity, Kronecker, Ones, Scalar, Scaled, Sum, Zero
from tutor.algebra.sizes import ONE, Shape, Size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.combine import is_nought
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.sequence import Run, run
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Ellipsis, Listed, Matrix, Node
from tutor.notation.parsing.token import Span

_DOWN = re.compile(r"\\(?:vdots|ddots|adots|iddots)|[⋮⋱]")
_ACROSS = re.compile(r"\\(?:dots[cbm]?|ldots|cdots|ddots|adots|iddots)|[…⋯⋱]|\.\.\.")

Place = tuple[bool, int]
"""A row or a column: whether it is counted from the end, and how far, from 0."""

Values = dict[tuple[Place, Place], sympy.Expr]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A matrix for any size: its entries for numbers, its tree by I and J where it has one, the sizes it tells."""

    entries: Callable[[int, int], ImmutableDenseMatrix]
    structure: Callable[[Shape], Tree | None]
    rows: Size | None = None
    columns: Size | None = None
    is_square: bool = False


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
    rows, columns = _axis(node, node.rows, _DOWN, context), _axis(node, _turned(node.rows), _ACROSS, context)
    cells: dict[tuple[Place, Place], Tree] = {}
    for row, line in zip(rows, node.rows, strict=True):
        for column, cell in zip(columns, line, strict=True):
            if row is not None and column is not None:
                if isinstance(cell, Ellipsis):
                    raise ambiguous(cell, context, "These dots stand in no row and no column of dots.")
                cells[row, column] = trees[cell]
    if not all(isinstance(tree, Scalar) for tree in cells.values()):
        return _blocks(cells, node, context)
    values = {place: tree.value for place, tree in cells.items() if isinstance(tree, Scalar)}
    blank = any(cell.start == cell.end for line in node.rows for cell in line)
    if blank and any(value != 0 for (row, column), value in values.items() if row != column):
        raise ambiguous(node, context, "Blank cells stand beside entries that are not zero.",
                        "Write every entry beside the diagonal, or none.")  # fmt: skip
    heights, widths = [row for row in rows if row], [column for column in columns if column]
    row_gap, column_gap = None in rows, None in columns
    if row_gap and column_gap:
        pattern = _two_ways(values, heights, widths, context)
    else:
        pattern = _one_way(values, heights, widths, row_gap, context)
    if pattern is None:
        raise ambiguous(node, context, "The cells beside the dots do not tell how it goes on.")
    return _sized(pattern, node, (row_gap, column_gap), (len(heights), len(widths)), context)


def completed_list(node: Listed, items: Sequence[Tree], context: Context) -> Tree:
    r"""The row that a list with dots stands for: [y_1, \dots, y_n] is the transpose of the vector y.

    Raises
    ------
    ReadError
        "ellipsis", where the items around the dots do not tell how it goes on.
    """
    matrix = Matrix(node.start, node.end, (node.items,), "list")
    return completed_matrix(matrix, dict(zip(node.items, items, strict=True)), context)


def ambiguous(place: Node | Span, context: Context, reason: str, tip: str = "") -> ReadError:
    """The error for dots that could stand for several things, or for none."""
    return context.error(f"It is not clear what the dots stand for. {reason}", "ellipsis", place,
                         tip or "Write the first two rows and columns, dots, and the last ones.")  # fmt: skip


def _turned(rows: tuple[tuple[Node, ...], ...]) -> tuple[tuple[Node, ...], ...]:
    return tuple(zip(*rows, strict=True))


def _axis(
    node: Matrix, lines: Sequence[Sequence[Node]], marks: re.Pattern[str], context: Context
) -> list[Place | None]:
    """The place of each row or column; None for the one of dots."""
    dotted = [at for at, line in enumerate(lines) if _is_dotted(line, marks, context)]
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


# One gap: each line is a sequence


def _one_way(
    values: Values, heights: Sequence[Place], widths: Sequence[Place], down: bool, context: Context
) -> _Pattern | None:
    lines, along = (widths, heights) if down else (heights, widths)
    runs: list[Run] = []
    for line in lines:
        told = [(place, values[(place, line) if down else (line, place)]) for place in along]
        found = _run(told, context)
        if found is None:
            return None
        runs.append(found)
    lengths = list(dict.fromkeys(found.length for found in runs if found.length is not None))
    if len(lengths) > 1:
        return None
    length = lengths[0] if lengths else None

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        count = rows if down else columns
        made = ImmutableDenseMatrix([[found.value(at) for at in range(count)] for found in runs])
        return made.T if down else made

    def structure(shape: Shape) -> Tree | None:
        order = shape[0] if down else shape[1]
        parts = [_line(found, order, context) for found in runs]
        made = [part if down else part.T for part in parts if part is not None]
        if len(made) < len(runs):
            return None
        if len(made) == 1:
            return made[0]
        return Block((tuple(made),) if down else tuple((part,) for part in made))

    return _Pattern(entries, structure, length if down else None, None if down else length)


def _run(told: Sequence[tuple[Place, sympy.Expr]], context: Context) -> Run | None:
    first = [value for (from_end, _), value in told if not from_end]
    last = [value for (from_end, _), value in told if from_end]
    return run(first, last, context.vocabulary)


def _line(found: Run, order: Size, context: Context) -> Tree | None:
    if found.constant is not None:
        return _all(found.constant, order, ONE)
    return found.column(order, context.vocabulary)


def _all(value: sympy.Expr, rows: Size, columns: Size) -> Tree:
    if value == 0:
        return Zero(rows, columns)
    return Ones(rows, columns) if value == 1 else Scaled(Scalar(value), Ones(rows, columns))


# A gap both ways


def _two_ways(values: Values, heights: Sequence[Place], widths: Sequence[Place], context: Context) -> _Pattern | None:
    return (
        _diagonal(values, context)
        or _by_distance(values, context)
        or _by_lines(values, heights, widths, context)
    )  # fmt: skip


def _diagonal(values: Values, context: Context) -> _Pattern | None:
    """One value beside the diagonal, and on it one value or a counted one; a constant matrix need not be square."""
    beside = {value for (row, column), value in values.items() if row != column}
    on = [(row, value) for (row, column), value in values.items() if row == column]
    if len(beside) != 1 or not on:
        return None
    off = beside.pop()
    if {value for _, value in on} == {off}:
        return _Pattern(
            lambda rows, columns: ImmutableDenseMatrix(rows, columns, [off] * (rows * columns)),
            lambda shape: _all(off, *shape),
        )
    found = _run(on, context)
    if found is None:
        return None

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix(rows, columns, lambda i, j: found.value(int(i)) if i == j else off)

    def structure(shape: Shape) -> Tree | None:
        if found.constant is None:
            return None
        identity = Identity(shape[0])
        extra = found.constant - off
        scaled = identity if extra == 1 else Scaled(Scalar(extra), identity)
        return scaled if off == 0 else Sum((scaled, _all(off, *shape)))

    return _Pattern(entries, structure, found.length, found.length, True)


def _by_distance(values: Values, context: Context) -> _Pattern | None:
    """Entries that depend on j − i: banded, powers, Toeplitz; the two sides of the diagonal may differ."""
    both = _side(values, (1, -1), context)
    above, below = (both, both) if both else (_side(values, (1,), context), _side(values, (-1,), context))
    if above is None or below is None:
        return None
    lengths = [found.length for found in (above, below) if found.length is not None]
    if len(set(lengths)) > 1:
        return None

    def entry(i: sympy.Expr, j: sympy.Expr) -> sympy.Expr:
        distance = int(j) - int(i)
        return above.value(distance) if distance >= 0 else below.value(-distance)

    length = lengths[0] if lengths else None
    return _Pattern(
        lambda rows, columns: ImmutableDenseMatrix(rows, columns, entry), lambda shape: None, length, length, True
    )


def _side(values: Values, signs: tuple[int, ...], context: Context) -> Run | None:
    """The sequence from the diagonal to the upper right corner (1), the lower left one (−1), or the same to both."""
    near: dict[int, sympy.Expr] = {}
    far: dict[int, sympy.Expr] = {}
    for ((row_end, row), (column_end, column)), value in values.items():
        if row_end == column_end:
            above = (row - column) if row_end else (column - row)
            distance, known = abs(above), near
        else:
            # Row i from the start and column N − 1 − j are N − 1 − (i + j) apart.
            above = 1 if column_end else -1
            distance, known = row + column, far
        if above and (1 if above > 0 else -1) not in signs:
            continue
        if known.setdefault(distance, value) != value:
            return None
    if sorted(near) != list(range(len(near))) or sorted(far) != list(range(len(far))):
        return None
    return run([near[at] for at in sorted(near)], [far[at] for at in sorted(far, reverse=True)], context.vocabulary)


def _by_lines(values: Values, heights: Sequence[Place], widths: Sequence[Place], context: Context) -> _Pattern | None:
    """Each row goes on by a sequence, and then each column: x_{11} … x_{np}."""
    across = {row: _run([(column, values[row, column]) for column in widths], context) for row in heights}
    down = {column: _run([(row, values[row, column]) for row in heights], context) for column in widths}
    if None in across.values() or None in down.values():
        return None
    widths_told = {found.length for found in across.values() if found is not None and found.length is not None}
    heights_told = {found.length for found in down.values() if found is not None and found.length is not None}
    if len(widths_told) > 1 or len(heights_told) > 1:
        return None

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        lines: list[list[sympy.Expr]] = []
        for at in range(columns):
            told = [(row, found.value(at)) for row, found in across.items() if found is not None]
            found = _run(told, context)
            if found is None:
                raise ambiguous(Span(0, len(context.text)), context, "Rows and columns go on in different ways.")
            lines.append([found.value(row) for row in range(rows)])
        return ImmutableDenseMatrix(lines).T

    height = heights_told.pop() if heights_told else None
    return _Pattern(entries, lambda shape: None, height, widths_told.pop() if widths_told else None)


# Blocks


def _blocks(cells: dict[tuple[Place, Place], Tree], node: Matrix, context: Context) -> Tree:
    """Equal blocks on the diagonal and equal ones, or zeros, beside it: I ⊗ A, or I ⊗ (A − B) + J ⊗ B."""
    on = list(dict.fromkeys(tree for (row, column), tree in cells.items() if row == column))
    beside = list(dict.fromkeys(tree for (row, column), tree in cells.items() if row != column))
    beside = [tree for tree in beside if not (is_nought(tree) or isinstance(tree, Zero))] or beside[:1]
    nought = bool(beside) and (is_nought(beside[0]) or isinstance(beside[0], Zero))
    if len(on) != 1 or len(beside) != 1 or on[0].is_scalar:
        raise ambiguous(node, context, "The blocks beside the dots are not the same throughout.")
    if not nought and any(is_nought(tree) or isinstance(tree, Zero) for (r, c), tree in cells.items() if r != c):
        raise ambiguous(node, context, "The blocks beside the dots are not the same throughout.")
    count = context.hole(Span(node.start, node.end))
    context.sizing.dotted.add(count)
    block = on[0]
    if nought:
        return Kronecker((Identity(count), block))
    other = beside[0]
    context.sizing.meet_shapes(block.shape, other.shape)
    block, other = context.sizing.filled(block), context.sizing.filled(other)
    if block == other:
        return Kronecker((Ones(count, count), block))
    rest = Sum((block, Scaled(Scalar(sympy.Integer(-1)), other)))
    return Sum((Kronecker((Identity(count), rest)), Kronecker((Ones(count, count), other))))


# Sizes


def _sized(
    pattern: _Pattern, node: Matrix, gaps: tuple[bool, bool], written: tuple[int, int], context: Context
) -> Tree:
    """The pattern at the size that it tells, or a placeholder until its size is found."""
    row_gap, column_gap = gaps
    place = Span(node.start, node.end)

    def dimension(told: Size | None, is_open: bool, count: int) -> Size:
        if not is_open:
            return sympy.Integer(count)
        if told is not None and (told.is_Integer or pattern.structure((told, told)) is not None):
            return told
        hole = context.hole(place)
        context.sizing.dotted.add(hole)
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
            return Explicit(pattern.entries(*counts))
        tree = pattern.structure(shape)
        if tree is None:
            raise ambiguous(place, context, f"Its size, {heights} × {widths}, is no number.",
                            "Write it for a number of rows.")  # fmt: skip
        return tree

    return context.sizing.placeholder((rows, columns), complete)
