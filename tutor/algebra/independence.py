"""Independent columns of a matrix, and independent vectors that are orthogonal to them, in any kind of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Arithmetic, Matrix, NotRationalError, Number
from tutor.algebra.balls import Balls
from tutor.algebra.doubles import Doubles
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance

Lines = list[list[Number]]

ROUNDING = 1e-9
"""A double that is smaller, where the others are about 1, is taken for 0."""


def independent_columns_value(tree: Applied, instance: Instance) -> Matrix:
    """X_1, n × rank(X): the columns of X that do not depend on those before them.

    Raises
    ------
    DomainError
        When there are more of them or fewer than its shape says.
    NotRationalError
        When balls cannot tell.
    """
    arithmetic = instance.arithmetic
    cells = arithmetic.entries(instance.value(tree.arguments[0]))
    pivots = _pivots(cells, arithmetic)
    if len(pivots) != instance.size(tree.columns):
        if isinstance(arithmetic, Balls):
            raise NotRationalError("independent columns")
        raise DomainError(f"The rank is {len(pivots)}, and {tree.columns} independent columns were expected.")
    entries = {(i, k): line[j] for i, line in enumerate(cells) for k, (_, j) in enumerate(pivots)}
    return arithmetic.matrix(len(cells), len(pivots), entries)


def left_null_value(tree: Applied, instance: Instance) -> Matrix:
    """K = (−BA⁻¹, I)', n × (n − p), with K'X = 0 for an X, n × p, whose columns are independent.

    A are p independent rows of X, B the others; each row stands in its place, so that K'X = −BA⁻¹A + B.

    Raises
    ------
    DomainError
        When the columns of X depend on one another.
    NotRationalError
        When balls cannot tell whether they do.
    """
    arithmetic = instance.arithmetic
    cells = arithmetic.entries(instance.value(tree.arguments[0]))
    pivots = _pivots(cells, arithmetic)
    if len(pivots) < len(cells[0]):
        if isinstance(arithmetic, Balls):
            raise NotRationalError("independent columns")
        raise DomainError("The columns depend on one another: more vectors are orthogonal to them than expected.")
    chosen = sorted(i for i, _ in pivots)
    others = [i for i in range(len(cells)) if i not in set(chosen)]
    if not others:
        return arithmetic.matrix(len(cells), 0, {})
    above, below = (_of_rows(cells, rows, arithmetic) for rows in (chosen, others))
    weights = arithmetic.entries(arithmetic.multiply(below, arithmetic.inverse(above)))
    entries = {(row, j): arithmetic.rational(1) for j, row in enumerate(others)}
    entries |= {(row, j): -weights[j][i] for i, row in enumerate(chosen) for j in range(len(others))}
    return arithmetic.matrix(len(cells), len(others), entries)


def _of_rows(cells: Lines, rows: list[int], arithmetic: Arithmetic) -> Matrix:
    entries = {(i, j): x for i, row in enumerate(rows) for j, x in enumerate(cells[row])}
    return arithmetic.matrix(len(rows), len(cells[0]), entries)


def _pivots(cells: Lines, arithmetic: Arithmetic) -> list[tuple[int, int]]:
    """Rows and columns of the pivots, column by column; balls that contain 0 are taken for it, so that those which
    are found are independent, and the others may be."""
    lines = [list(line) for line in cells]
    free = list(range(len(lines)))
    found: list[tuple[int, int]] = []
    for j in range(len(cells[0])):
        row = _pivot(lines, free, j, arithmetic)
        if row is None:
            continue
        free.remove(row)
        found.append((row, j))
        for i in free:
            factor = lines[i][j] / lines[row][j]
            lines[i] = [x - factor * y for x, y in zip(lines[i], lines[row], strict=True)]
    return found


def _pivot(lines: Lines, free: list[int], column: int, arithmetic: Arithmetic) -> int | None:
    """The row with the entry that is farthest from 0 where numbers are rounded, the first that is not 0 otherwise."""
    if not free:
        return None
    if not isinstance(arithmetic, Balls | Doubles):
        return next((row for row in free if arithmetic.alone(lines[row][column]) != 0), None)
    row = max(free, key=lambda i: float(abs(lines[i][column])))
    entry = lines[row][column]
    is_zero = entry.contains(0) if isinstance(arithmetic, Balls) else abs(entry) < ROUNDING
    return None if is_zero else row
