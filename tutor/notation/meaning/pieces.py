r"""Vectors that are written in pieces: (μ, τ_1, …, τ_t)' and (μ, τ_1, …, τ_t, ρ_1, …, ρ_b)'.

Each gap goes on from what stands right before it to what stands right after it; the rest are entries of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Block, Explicit, Scalar, Transpose
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.sequence import Run, run
from tutor.notation.meaning.unit_lists import by_unit, vector_of_units
from tutor.notation.parsing.environments import MOST_CELLS
from tutor.notation.parsing.syntax import Ellipsis, Matrix, Node

Piece = Run | sympy.Expr
"""A sequence that goes on by a rule, or one entry."""


def in_pieces(node: Matrix, trees: dict[Node, Tree], context: Context) -> Tree | None:
    """A column or a row that does not go on by one rule, or has more than one gap; None for another matrix."""
    height, width = len(node.rows), len(node.rows[0])
    if 1 not in (height, width) or len({height, width}) == 1:
        return None
    cells = [row[0] for row in node.rows] if width == 1 else list(node.rows[0])
    entries = [None if isinstance(cell, Ellipsis) else trees[cell] for cell in cells]
    if not all(entry is None or isinstance(entry, Scalar) for entry in entries) or None in (entries[0], entries[-1]):
        return None
    values = [entry.value if isinstance(entry, Scalar) else None for entry in entries]
    segments = _segments(values)
    units = vector_of_units(segments, context.vocabulary)
    if units is not None:
        return units if width == 1 else _row(units)
    gap = values.index(None)
    if values.count(None) == 1 and run(values[:gap], values[gap + 1 :], context.vocabulary) is not None:  # pyright: ignore[reportArgumentType]
        return None
    told = by_unit(segments, context.vocabulary)
    found = _vector(segments, context) if told is None else _column([told], context)
    return found if found is None or width == 1 else _row(found)


def _segments(entries: Sequence[sympy.Expr | None]) -> list[list[sympy.Expr]]:
    """The entries between dots."""
    segments: list[list[sympy.Expr]] = [[]]
    for entry in entries:
        if entry is None:
            segments.append([])
        else:
            segments[-1].append(entry)
    return segments


def _row(column: Tree) -> Tree:
    return Explicit(ImmutableDenseMatrix(column.matrix.T)) if isinstance(column, Explicit) else Transpose(column)


def _vector(segments: Sequence[list[sympy.Expr]], context: Context) -> Tree | None:
    """The column of entries with dots between them; None where a gap has no rule, or no length of its own."""
    pieces: list[Piece] = []
    before = segments[0]
    for at, after in enumerate(segments[1:], 1):
        found = _bridge(before, after, at < len(segments) - 1, context)
        if found is None:
            return None
        goes_on, taken_before, taken_after = found
        pieces += [*before[: len(before) - taken_before], goes_on]
        before = after[taken_after:]
    return _column([*pieces, *before], context)


def _bridge(
    before: Sequence[sympy.Expr], after: Sequence[sympy.Expr], another_follows: bool, context: Context
) -> tuple[Run, int, int] | None:
    """The rule over one gap, and how many entries before and after it belong to it: as many as do."""
    for taken_after in range(len(after) - another_follows, 0, -1):
        for taken_before in range(len(before), 0, -1):
            found = run(before[len(before) - taken_before :], after[:taken_after], context.vocabulary)
            if found is None or found.length is None:
                continue
            beside = (*before[: len(before) - taken_before], *after[taken_after:])
            # An entry of the same kind as the sequence would belong to it: 1, 3, …, 10 does not go on from 3.
            if {_kind(before[-1]), _kind(after[0])}.isdisjoint(map(_kind, beside)):
                return found, taken_before, taken_after
    return None


def _kind(entry: sympy.Expr) -> str:
    """What an entry is counted with: numbers with numbers, the elements of one letter with each other."""
    return "" if entry.is_number else ",".join(sorted(str(symbol).partition("_")[0] for symbol in entry.free_symbols))


def _column(pieces: Sequence[Piece], context: Context) -> Tree | None:
    """The pieces below each other: a list of entries where each has a number for its length, otherwise blocks."""
    if all(not isinstance(piece, Run) or (piece.length is not None and piece.length.is_Integer) for piece in pieces):
        listed: list[sympy.Expr] = []
        for piece in pieces:
            if isinstance(piece, Run):
                count = int(piece.length or 0)  # pyright: ignore[reportArgumentType]
                if len(listed) + count > MOST_CELLS:
                    return None
                listed += [piece.value(at) for at in range(count)]
            else:
                listed.append(piece)
        return Explicit(ImmutableDenseMatrix(len(listed), 1, listed))
    blocks: list[Tree] = []
    for piece in pieces:
        block = Scalar(piece) if not isinstance(piece, Run) else None
        if isinstance(piece, Run) and piece.length is not None:
            block = piece.column(piece.length, context.vocabulary)
        if block is None:
            return None
        blocks.append(block)
    return blocks[0] if len(blocks) == 1 else Block(tuple((block,) for block in blocks))
