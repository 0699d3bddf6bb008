r"""Incidence matrices with dots: each unit has the same number of rows, 1 0 … 0 twice, 0 1 … 0 twice and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

import sympy

from tutor.algebra.nodes import Identity, Kronecker, Ones
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.block_ellipsis import count_of_blocks
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.patterns import Place
from tutor.notation.parsing.syntax import Matrix
from tutor.notation.parsing.token import Span

Values = Mapping[tuple[Place, Place], sympy.Expr]


def repeated_units(
    values: Values, heights: Sequence[Place], widths: Sequence[Place], node: Matrix, context: Context
) -> Tree | None:
    """I_m ⊗ 1_r, where every row has a single 1 and the units that are written in full have r rows each; None for other
    entries.

    A unit beside the dots may be cut short by them. Then the matrix has a meaning only beside what tells its size.
    """
    units: list[Place] = []
    for row in heights:
        ones = [column for column in widths if values.get((row, column)) == 1]
        if len(ones) != 1 or any(values.get((row, column)) != 0 for column in widths if column not in ones):
            return None
        units.append(ones[0])
    ahead = [unit for row, unit in zip(heights, units, strict=True) if not row[0]]
    behind = [(True, -at) for row, (_, at) in zip(heights, units, strict=True) if row[0]]
    if not ahead or not behind or any(from_end for from_end, _ in ahead):
        return None
    if any(not unit[0] for row, unit in zip(heights, units, strict=True) if row[0]):
        return None
    counts = [[(unit, len(list(rows))) for unit, rows in groupby(part)] for part in (ahead, behind)]
    numbers = [[at for (_, at), _ in part] for part in counts]
    follow = all(later == sooner + 1 for part in numbers for sooner, later in pairwise(part))
    whole = [count for _, count in counts[0][:-1]] + [count for _, count in counts[1][1:]]
    cut = [counts[0][-1][1], counts[1][0][1]]
    if not follow or numbers[0][0] != 0 or numbers[1][-1] != 0 or len(set(whole)) != 1:
        return None
    rows = whole[0]
    if rows < 2 or max(cut) > rows:
        return None
    count = context.hole(Span(node.start, node.end))
    context.sizing.dotted.add(count)
    if context.vocabulary.takes_new_names and set(cut) == {rows}:
        context.sizing.defaults[count] = count_of_blocks(context.text)
    return Kronecker((Identity(count), Ones(sympy.Integer(rows), ONE)))
