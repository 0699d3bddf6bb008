"""Matrices with dots whose diagonal has blocks that are written out: σ² + σ²_u and σ²_u of one unit, of the next one,
and of the last one, with zeros beside them. They are I ⊗ B, or the direct sum of B_1, …, B_m."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Identity, Kronecker
from tutor.algebra.tree import Tree
from tutor.notation.meaning.block_ellipsis import count_of_blocks
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.counted_terms import counted
from tutor.notation.meaning.patterns import Place
from tutor.notation.parsing.syntax import Matrix
from tutor.notation.parsing.token import Span

Values = Mapping[tuple[Place, Place], sympy.Expr]


def blocks_on_diagonal(
    values: Values, heights: Sequence[Place], widths: Sequence[Place], node: Matrix, context: Context
) -> Tree | None:
    """The matrix of such blocks, all of one size and none cut short by the dots; None for other entries.

    At least two blocks stand before the dots, so that they show where one ends.
    """
    ahead = [place for place in heights if not place[0]]
    behind = sorted((place for place in heights if place[0]), key=lambda place: -place[1])
    if sorted(heights) != sorted(widths) or any((row, column) not in values for row in heights for column in widths):
        return None
    if any(values[row, column] != 0 or values[column, row] != 0 for row in ahead for column in behind):
        return None
    first, last = _blocks(values, ahead), _blocks(values, behind)
    orders = {block.rows for block in (*first, *last)}
    if len(first) < 2 or len(orders) != 1 or orders == {1}:
        return None
    blocks = [Explicit(block) for block in (*first, *last)]
    if len(set(blocks)) == 1:
        count = context.hole(Span(node.start, node.end))
        context.sizing.dotted.add(count)
        if context.vocabulary.takes_new_names:
            context.sizing.defaults[count] = count_of_blocks(context.text)
        return Kronecker((Identity(count), blocks[0]))
    told = counted(blocks[: len(first)], blocks[-1], context.vocabulary)
    if told is None or told.used < len(first) or not told.ends(blocks[len(first) :]):
        return None
    return told.joined("direct sum")


def _blocks(values: Values, places: Sequence[Place]) -> list[ImmutableDenseMatrix]:
    """The smallest blocks on the diagonal of a part of a matrix beside which there are only zeros."""
    found: list[ImmutableDenseMatrix] = []
    start = 0
    for end in range(1, len(places) + 1):
        inside, outside = places[start:end], places[end:]
        if all(values[row, column] == values[column, row] == 0 for row in inside for column in outside):
            found.append(ImmutableDenseMatrix([[values[row, column] for column in inside] for row in inside]))
            start = end
    return found
