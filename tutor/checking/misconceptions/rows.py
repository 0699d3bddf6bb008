"""Slips in the rows of X or Z: the right rows in another order, an observation in the column of another level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Any

from tutor.algebra.balls import Balls
from tutor.checking.case import Case, Diagnosis

MOST_ORDERED = 4
"""Rows of a square matrix of which every order is tried."""


def moved_rows(case: Case) -> Diagnosis | None:
    """The rows of the reference in another order, or those of an incidence matrix with a 1 in another column."""
    point = case.points[0]
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows == columns:
        return Diagnosis("column-order") if 1 < rows <= MOST_ORDERED and _is_in_another_order(case) else None
    if min(rows, columns) < 2 or isinstance(arithmetic, Balls):
        return None
    mine, theirs = point.answer_cells, point.reference_cells
    are_moved = mine[0] in theirs and _sorted(mine) == _sorted(theirs)
    if are_moved or (_are_incidences(mine) and _are_incidences(theirs)):
        return Diagnosis("wrong-grouping", {"places": "rows stand for other observations than they should"})
    return None


def _is_in_another_order(case: Case) -> bool:
    """Whether rows and columns stand in another order, both in the same: X'X with the columns of X exchanged."""
    rows = len(case.points[0].reference_cells)
    return any(
        all(
            point.answer_cells == [[point.reference_cells[i][j] for j in order] for i in order] for point in case.points
        )
        for order in permutations(range(rows))
    )


def _sorted(lines: Iterable[Sequence[Any]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(str, line)) for line in lines)


def _are_incidences(lines: Sequence[Sequence[Any]]) -> bool:
    """Whether each row has one 1 and else zeros."""
    return all(sorted(map(str, line)) == ["0"] * (len(line) - 1) + ["1"] for line in lines)
