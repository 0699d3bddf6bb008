"""Slips that change a matrix as a whole: its negative, its double, its inverse, its correlations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from tutor.algebra.arithmetic import Matrix, NotRationalError
from tutor.algebra.walk import symbols_of
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.cells import Cells
from tutor.checking.misconceptions.factors import turned_round
from tutor.checking.misconceptions.roles import parameters
from tutor.checking.points import Point, same_matrix
from tutor.errors import DomainError

Make = Callable[[Any, Matrix], Matrix]

MOST_FACTOR_BITS = 13
"""A longer whole number is no factor that was missed, but a parameter at a random point."""


def whole_matrix_edits(case: Case) -> Diagnosis | None:
    for key, make in MADE:
        if all(_equals(point, make) for point in case.points):
            return turned_round(case.answer, case.reference) if key == "transpose-lost" else Diagnosis(key)
    if _is_multiple(case.points):
        return Diagnosis("missing-factor")
    for key, by_cell in (("inverse-lost", False), ("elementwise-inverse", True)):
        if all(_is_inverse(point, by_cell=by_cell) for point in case.points):
            return Diagnosis(key)
    return None


def correlations(case: Case) -> Diagnosis | None:
    """Correlations for covariances, or the reverse; a matrix of a design is neither."""
    if symbols_of(case.reference) and not parameters([case.reference]):
        return None
    if all(_is_correlation(point.answer_cells, point.reference_cells) for point in case.points):
        return Diagnosis("correlation-for-covariance")
    if all(_is_correlation(point.reference_cells, point.answer_cells) for point in case.points):
        return Diagnosis("covariance-for-correlation")
    return None


def _equals(point: Point, make: Make) -> bool:
    try:
        return same_matrix(point.instance, make(point.instance.arithmetic, point.reference), point.answer)
    except (DomainError, NotRationalError, ZeroDivisionError, ValueError):
        return False


def _scaled(above: int, below: int = 1) -> Make:
    return lambda arithmetic, matrix: arithmetic.scale(arithmetic.rational(above, below), matrix)


def _turned(arithmetic: Any, matrix: Matrix) -> Matrix:
    rows, columns = arithmetic.shape(matrix)
    if rows != columns or rows == 1:
        raise DomainError("Only a square matrix has the shape of its transpose.")
    return arithmetic.transpose(matrix)


MADE: tuple[tuple[str, Make], ...] = (
    ("sign", _scaled(-1)),
    ("factor-2", _scaled(2)),
    ("factor-2", _scaled(1, 2)),
    ("transpose-lost", _turned),
)
"""Key: what it makes of the value of the reference."""


def _is_multiple(points: Sequence[Point]) -> bool:
    """Whether a matrix is a whole number of times the other, by one number at all points."""
    factor = _ratio(points[0])
    if not isinstance(factor, fmpq) or factor == 0 or 1 not in (factor.p, factor.q):
        return False
    if factor.height_bits() > MOST_FACTOR_BITS:
        return False
    return all(_equals(point, _scaled(int(factor.p), int(factor.q))) for point in points)


def _ratio(point: Point) -> Any:
    """The answer's first cell whose reference is not 0, divided by that; None where there is none, or for a number."""
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if (rows, columns) == (1, 1):
        return None
    entry = arithmetic.entry
    places = ((i, j) for i in range(rows) for j in range(columns))
    place = next((place for place in places if entry(point.reference, *place) != 0), None)
    return None if place is None else entry(point.answer, *place) / entry(point.reference, *place)


def _is_inverse(point: Point, *, by_cell: bool = False) -> bool:
    """Whether the answer, or the matrix of its reciprocals, times the reference is I: a product costs no inversion."""
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows != columns or rows == 1:
        return False
    lines = point.answer_cells
    for height in (1, rows):  # the first row tells of nearly all that is no inverse
        filled = {
            (i, j): 1 / x if by_cell else x
            for i, line in enumerate(lines[:height])
            for j, x in enumerate(line)
            if x != 0
        }
        answer = arithmetic.matrix(height, rows, filled)
        identity = arithmetic.matrix(height, rows, {(i, i): arithmetic.rational(1) for i in range(height)})
        if not same_matrix(point.instance, arithmetic.multiply(answer, point.reference), identity):
            return False
    return True


def _is_correlation(correlations: Cells, covariances: Cells) -> bool:
    """a_ij² v_ii v_jj = v_ij² with the same sign in each cell: the correlations that belong to V."""
    rows = len(covariances)
    if rows != len(covariances[0]) or rows < 2:
        return False
    if not all(correlations[i][i] == 1 and covariances[i][i] > 0 for i in range(rows)):
        return False
    pairs = [(i, j) for i in range(rows) for j in range(i)]
    return any(covariances[i][j] != 0 for i, j in pairs) and all(
        correlations[i][j] ** 2 * covariances[i][i] * covariances[j][j] == covariances[i][j] ** 2
        and (correlations[i][j] < 0) == (covariances[i][j] < 0)
        for i, j in pairs
    )
