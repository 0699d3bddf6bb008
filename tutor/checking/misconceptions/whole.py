"""Slips that change a matrix as a whole: its negative, its double, its inverse, its correlations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq, nmod

from tutor.algebra.arithmetic import Matrix, NotRationalError
from tutor.algebra.walk import symbols_of
from tutor.checking.case import Case, Diagnosis
from tutor.checking.diagnostic_points import rational_point
from tutor.checking.misconceptions.cells import Cells
from tutor.checking.misconceptions.factors import turned_round
from tutor.checking.misconceptions.roles import parameters
from tutor.checking.points import NO_POINT, Point, same_matrix
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
    kinds: tuple[tuple[str, Callable[[Point], tuple[Cells, Cells]]], ...] = (
        ("correlation-for-covariance", lambda point: (point.answer_cells, point.reference_cells)),
        ("covariance-for-correlation", lambda point: (point.reference_cells, point.answer_cells)),
    )
    if all(_has_correlations_beside_variances(point) for point in case.points):
        return Diagnosis("correlation-for-covariance")
    for key, both in kinds:
        if all(_may_be_correlation(*both(point)) for point in case.points):
            points = (rational_point(point, case.answer, case.reference) for point in case.points)
            try:
                if all(_has_signs(*both(point)) for point in points):
                    return Diagnosis(key)
            except NO_POINT:
                continue
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
    factor = _whole_or_reciprocal(_ratio(points[0]))
    return factor is not None and all(_equals(point, _scaled(*factor)) for point in points)


def _whole_or_reciprocal(ratio: Any) -> tuple[int, int] | None:
    """A number as (n, 1) or (1, n) with a whole n that is not long; None for what is none, or 0."""
    if isinstance(ratio, fmpq) and ratio != 0 and 1 in (ratio.p, ratio.q):
        return (int(ratio.p), int(ratio.q)) if ratio.height_bits() <= MOST_FACTOR_BITS else None
    if isinstance(ratio, nmod) and ratio != 0:
        above, below = _least_residue(ratio), _least_residue(1 / ratio)
        short = [pair for pair in ((above, 1), (1, below)) if max(map(abs, pair)).bit_length() <= MOST_FACTOR_BITS]
        return next(iter(short), None)
    return None


def _least_residue(number: nmod) -> int:
    """The whole number that is nearest to 0 of those that a residue stands for."""
    positive, modulus = int(number), number.modulus()
    return positive if 2 * positive <= modulus else positive - modulus


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


def _may_be_correlation(correlations: Cells, covariances: Cells) -> bool:
    """a_ij² v_ii v_jj = v_ij² in each cell: the correlations that belong to V, but for their signs."""
    rows = len(covariances)
    if rows != len(covariances[0]) or rows < 2:
        return False
    if not all(correlations[i][i] == 1 and covariances[i][i] != 0 for i in range(rows)):
        return False
    pairs = [(i, j) for i in range(rows) for j in range(i)]
    return any(covariances[i][j] != 0 for i, j in pairs) and all(
        correlations[i][j] ** 2 * covariances[i][i] * covariances[j][j] == covariances[i][j] ** 2 for i, j in pairs
    )


def _has_correlations_beside_variances(point: Point) -> bool:
    """Whether the answer has the variances on its diagonal, and beside it the correlations."""
    mine, theirs = point.answer_cells, point.reference_cells
    rows = len(theirs)
    if rows < 2 or rows != len(theirs[0]) or any(mine[i][i] != theirs[i][i] or mine[i][i] == 0 for i in range(rows)):
        return False
    scaled = [[x / theirs[i][i] if i == j else x for j, x in enumerate(line)] for i, line in enumerate(mine)]
    return _may_be_correlation(scaled, theirs)


def _has_signs(correlations: Cells, covariances: Cells) -> bool:
    """Whether variances are positive, and correlations have the signs of the covariances."""
    rows = range(len(covariances))
    return all(covariances[i][i] > 0 for i in rows) and all(
        (correlations[i][j] < 0) == (covariances[i][j] < 0) for i in rows for j in range(i)
    )
