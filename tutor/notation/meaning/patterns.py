r"""The patterns that a matrix with dots may follow, found in the cells that are written.

With one gap, each line goes on by a sequence of its own. With a gap in both directions the matrix is constant, has one
value or a counted one on its diagonal and one beside it, depends on the distance from the diagonal (banded, AR(1),
Toeplitz), or goes on by rows and columns; the first that fits is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import Block, Identity, Ones, Scalar, Scaled, Sum, Symbol, Zero
from tutor.algebra.sizes import ONE, Shape, Size, same_shape, same_size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import counted
from tutor.notation.meaning.sequence import Run, run
from tutor.notation.parsing.syntax import Node
from tutor.notation.parsing.token import Span

Place = tuple[bool, int]
"""A row or a column: whether it is counted from the end, and how far, from 0."""

Values = dict[tuple[Place, Place], sympy.Expr]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A matrix for any size: its entries for numbers, its tree by I and J where it has one, the sizes it tells."""

    entries: Callable[[int, int], ImmutableDenseMatrix]
    structure: Callable[[Shape], Tree | None]
    rows: Size | None = None
    columns: Size | None = None
    is_square: bool = False


def ambiguous(place: Node | Span, context: Context, reason: str, tip: str = "") -> ReadError:
    """The error for dots that could stand for several things, or for none."""
    return context.error(f"It is not clear what the dots stand for. {reason}", "ellipsis", place,
                         tip or "Write the first two rows and columns, dots, and the last ones.")  # fmt: skip


# One gap: each line is a sequence


def one_way(
    values: Values, heights: Sequence[Place], widths: Sequence[Place], down: bool, context: Context
) -> Pattern | None:
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

    return Pattern(entries, structure, length if down else None, None if down else length)


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


def two_ways(values: Values, heights: Sequence[Place], widths: Sequence[Place], context: Context) -> Pattern | None:
    """Cells that are not told, between dots, are left to a pattern that needs them not."""
    found = _diagonal(values, context) or _by_distance(values, context)
    if found is None and len(values) == len(heights) * len(widths):
        found = _by_lines(values, heights, widths, context) or _with_first_column(values, heights, widths, context)
    return found or _with_other_ends(values, context)


def _diagonal(values: Values, context: Context) -> Pattern | None:
    """One value beside the diagonal, and on it one value or a counted one; a constant matrix need not be square."""
    beside = {value for (row, column), value in values.items() if row != column}
    on = [(row, value) for (row, column), value in values.items() if row == column]
    if len(beside) != 1 or not on:
        return None
    off = beside.pop()
    if {value for _, value in on} == {off}:
        return Pattern(
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
            return _direct_sum(on, shape[0], context) if off == 0 else None
        identity = Identity(shape[0])
        extra = found.constant - off
        scaled = identity if extra == 1 else Scaled(Scalar(extra), identity)
        return scaled if off == 0 else Sum((scaled, _all(off, *shape)))

    return Pattern(entries, structure, found.length, found.length, True)


def _direct_sum(on: Sequence[tuple[Place, sympy.Expr]], order: Size, context: Context) -> Tree | None:
    """Numbers that count on a diagonal, σ²_1, …, σ²_n, as the direct sum of them."""
    first = [Scalar(value) for (from_end, _), value in on if not from_end]
    last = [Scalar(value) for (from_end, _), value in on if from_end]
    told = counted(first, last[-1], context.vocabulary) if first and len(last) == 1 else None
    is_whole = told is not None and told.used == len(first) and told.first == 1 and same_size(told.last, order)
    return told.joined("direct sum") if told is not None and is_whole else None


def _with_other_ends(values: Values, context: Context) -> Pattern | None:
    """Entries that depend on j − i but for the first and the last of the diagonal, as in the inverse of AR(1)."""
    ends: list[tuple[Place, Place]] = [((False, 0), (False, 0)), ((True, 0), (True, 0))]
    corners = {values[place] for place in ends if place in values}
    inside = {place: value for place, value in values.items() if place not in ends}
    if len(corners) != 1 or not all(place in values for place in ends):
        return None
    return _by_distance(inside, context, corners.pop())


def _by_distance(values: Values, context: Context, corner: sympy.Expr | None = None) -> Pattern | None:
    """Entries that depend on j − i: banded, powers, Toeplitz; the two sides of the diagonal may differ, and its two
    ends be another ``corner``."""
    both = _side(values, (1, -1), context)
    above, below = (both, both) if both else (_side(values, (1,), context), _side(values, (-1,), context))
    if above is None or below is None:
        return None
    lengths = [found.length for found in (above, below) if found.length is not None]
    if len(set(lengths)) > 1:
        return None

    def entry(i: int, j: int, order: int) -> sympy.Expr:
        distance = j - i
        if corner is not None and distance == 0 and i in {0, order - 1}:
            return corner
        return above.value(distance) if distance >= 0 else below.value(-distance)

    length = lengths[0] if lengths else None

    def structure(shape: Shape) -> Tree | None:
        return None if both is None or both.formula is None else ByDistance(shape[0], *both.formula, corner)

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix(rows, columns, lambda i, j: entry(int(i), int(j), rows))

    return Pattern(entries, structure, length, length, True)


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
    behind = [far[at] for at in sorted(far, reverse=True)]
    return run([near[at] for at in sorted(near)], behind, context.vocabulary, is_whole=True)


def _by_lines(values: Values, heights: Sequence[Place], widths: Sequence[Place], context: Context) -> Pattern | None:
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
    width = widths_told.pop() if widths_told else None
    corner = str(values[heights[0], widths[0]])

    def structure(shape: Shape) -> Tree | None:
        """x_11 … x_np, row by row, are the entries of X."""
        if not corner.endswith("_11") or None in (height, width):
            return None
        letter = corner.removesuffix("_11")
        known = context.vocabulary.lookup(letter.upper())
        if known is not None and isinstance(known.tree, Symbol) and same_shape(known.tree.shape, shape):
            return known.tree
        return Symbol(letter, *shape)

    return Pattern(entries, structure, height, width)


def _with_first_column(
    values: Values, heights: Sequence[Place], widths: Sequence[Place], context: Context
) -> Pattern | None:
    """A column of its own, as the 1s of an intercept, before a matrix that goes on."""
    first, *others = widths
    if len(widths) < 3 or first[0] or others[0][0]:
        return None
    moved = {place: (place[0], place[1] - (not place[0])) for place in others}
    column = one_way({place: value for place, value in values.items() if place[1] == first}, heights, [first], True,
                     context)  # fmt: skip
    told = {(row, moved[place]): value for (row, place), value in values.items() if place != first}
    rest = two_ways(told, heights, [moved[place] for place in others], context)
    if column is None or rest is None or rest.is_square or (column.rows and rest.rows and column.rows != rest.rows):
        return None

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix(column.entries(rows, 1).row_join(rest.entries(rows, columns - 1)))

    def structure(shape: Shape) -> Tree | None:
        left, right = column.structure((shape[0], ONE)), rest.structure((shape[0], shape[1] - 1))
        return None if left is None or right is None else Block(((left, right),))

    return Pattern(entries, structure, rest.rows or column.rows, None if rest.columns is None else rest.columns + 1)
