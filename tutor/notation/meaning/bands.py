r"""Matrices whose dots run along their diagonals: a band between zeros, AR(1) and Toeplitz matrices with \ddots on both
sides of the diagonal.

A cell between which and the diagonal no dots stand, in its row or in its column, tells the entry at its distance from
the diagonal; any other cell is told by its distance from the corner. The first and the last entry of the diagonal may
differ from those between them, as in the inverse of an AR(1) matrix.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import Shape
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.patterns import Pattern, ambiguous
from tutor.notation.meaning.sequence import Run, run
from tutor.notation.parsing.syntax import Ellipsis, Matrix, Node

_ALONG = re.compile(r"\\ddots|⋱")
_LEAST = 4
"""Rows of such a picture: the first two, the dots, and the last."""


@dataclass(slots=True)
class _Side:
    """What is written on one side of the diagonal: entries by their distance from it, which of these are blank, and
    entries by their distance from the corner."""

    near: dict[int, sympy.Expr] = field(default_factory=dict)
    blank: set[int] = field(default_factory=set)
    far: dict[int, sympy.Expr] = field(default_factory=dict)

    def run(self, diagonal: sympy.Expr, context: Context) -> Run | None:
        """The sequence from the diagonal to the corner; None where the cells tell none."""
        if sorted(self.near) != list(range(1, len(self.near) + 1)):
            return None
        ends_in_zeros = not self.far and self.near.get(len(self.near)) == 0
        if ends_in_zeros or set(self.far.values()) == {sympy.S.Zero}:
            last = [sympy.S.Zero]
        elif sorted(self.far) == list(range(len(self.far))):
            last = [self.far[at] for at in sorted(self.far, reverse=True)]
        else:
            return None
        return run([diagonal, *(self.near[at] for at in sorted(self.near))], last, context.vocabulary)


def banded(node: Matrix, trees: dict[Node, Tree], context: Context) -> Pattern | None:
    """The pattern of a square matrix with dots along more than one diagonal; None for another matrix.

    Raises
    ------
    ReadError
        "ellipsis", where the cells of a diagonal are not the same, or do not tell how they go on.
    """
    order = len(node.rows)
    dots = {(i, j) for i, row in enumerate(node.rows) for j, cell in enumerate(row) if isinstance(cell, Ellipsis)}
    along = [place for place in dots if _ALONG.match(context.text, node.rows[place[0]][place[1]].start)]
    if order < _LEAST or len(node.rows[0]) != order or len(along) < 2:
        return None
    told = {(i, j): trees[cell] for i, row in enumerate(node.rows) for j, cell in enumerate(row) if (i, j) not in dots}
    values = {place: tree.value for place, tree in told.items() if isinstance(tree, Scalar)}
    if len(values) < len(told):
        return None
    blank = {(i, j) for i, j in told if node.rows[i][j].start == node.rows[i][j].end}
    above, below = (_side(values, dots, blank, order, upper, node, context) for upper in (True, False))
    if any(one.near.get(at, 0) != 0 for one, other in ((above, below), (below, above)) for at in other.blank):
        raise ambiguous(node, context, "Blank cells on one side of the diagonal face entries that are not zero.",
                        "Write every entry beside the diagonal.")  # fmt: skip
    diagonal, corner = _diagonal([values[at, at] for at in range(order) if (at, at) in values], node, context)
    upwards, downwards = above.run(diagonal, context), below.run(diagonal, context)
    lengths = {found.length for found in (upwards, downwards) if found is not None and found.length is not None}
    if upwards is None or downwards is None or len(lengths) > 1:
        raise ambiguous(node, context, "The cells beside the diagonal do not tell how it goes on.")
    length = lengths.pop() if lengths else None
    is_symmetric = above == below

    def entries(rows: int, columns: int) -> ImmutableDenseMatrix:
        def entry(i: sympy.Expr, j: sympy.Expr) -> sympy.Expr:
            distance = int(j) - int(i)
            if distance == 0 and corner is not None and (int(i) in {0, rows - 1}):
                return corner
            return upwards.value(distance) if distance >= 0 else downwards.value(-distance)

        return ImmutableDenseMatrix(rows, columns, entry)

    def structure(shape: Shape) -> Tree | None:
        if not is_symmetric or upwards.formula is None:
            return None
        return ByDistance(shape[0], *upwards.formula, corner)

    return Pattern(entries, structure, length, length, True)


def _side(
    values: dict[tuple[int, int], sympy.Expr], dots: set[tuple[int, int]], blank: set[tuple[int, int]], order: int,
    upper: bool, node: Matrix, context: Context,
) -> _Side:  # fmt: skip
    """What is written above the diagonal, or below it. Raises ReadError "ellipsis" where a diagonal is not constant."""
    side = _Side()
    for (i, j), value in values.items():
        if i == j or (j > i) != upper:
            continue
        low, high = min(i, j), max(i, j)
        in_row = any((i, at) in dots for at in range(low, high + 1))
        in_column = any((at, j) in dots for at in range(low, high + 1))
        distance = high - low
        if in_row and in_column:
            known, key = side.far, order - 1 - distance
        else:
            known, key = side.near, distance
            if (i, j) in blank:
                side.blank.add(distance)
        if known.setdefault(key, value) != value:
            raise ambiguous(node.rows[i][j], context, "The entries along this diagonal are not all the same.")
    return side


def _diagonal(
    values: Sequence[sympy.Expr], node: Matrix, context: Context
) -> tuple[sympy.Expr, sympy.Expr | None]:  # fmt: skip
    """The entry of the diagonal, and the one at both of its ends where that differs."""
    inner = set(values[1:-1]) or set(values)
    if len(inner) != 1 or len(set(values[:1]) | set(values[-1:])) != 1:
        raise ambiguous(node, context, "The entries on the diagonal are not all the same.")
    entry = inner.pop()
    return entry, None if values[0] == entry else values[0]
