"""Slips that show in the values of a matrix: which cells are wrong, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tutor.algebra.arithmetic import Matrix
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import Point, cells_differ, same_matrix
from tutor.errors import DomainError


def diagonal_only(case: Case) -> Diagnosis | None:
    """The variances right and every covariance zero, where the reference has some."""
    for point in case.points:
        arithmetic = point.instance.arithmetic
        rows, columns = arithmetic.shape(point.reference)
        if rows != columns or rows < 2:
            return None
        diagonal = {(i, i): arithmetic.entry(point.reference, i, i) for i in range(rows)}
        only = arithmetic.matrix(rows, rows, diagonal)
        if not same_matrix(point.instance, only, point.answer):
            return None
    return Diagnosis("diagonal-only")


def cell_patterns(case: Case) -> Diagnosis | None:
    """What the wrong cells have in common, judged on the random point, where nothing agrees by chance."""
    point = case.points[-1]
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows * columns < 2:
        return None
    wrong = set(point.wrong_cells)
    if rows != columns:
        return Diagnosis("one-entry") if len(wrong) == 1 else None
    answer, reference = arithmetic.entries(point.answer), arithmetic.entries(point.reference)
    differ = cells_differ(point.instance)
    symmetric = not any(differ(reference[i][j], reference[j][i]) for i in range(rows) for j in range(i))
    if not symmetric:
        return Diagnosis("one-entry") if len(wrong) == 1 else None
    off_diagonal = {(i, j) for i, j in wrong if i != j}
    on_diagonal = wrong - off_diagonal
    if any(differ(answer[i][j], answer[j][i]) for i in range(rows) for j in range(i)):
        return Diagnosis("asymmetric")
    if len(wrong) == 1 or (not on_diagonal and len(off_diagonal) == 2):
        return Diagnosis("one-entry")
    zero = arithmetic.rational(0)
    if not off_diagonal:
        return Diagnosis("missing-component-on-diagonal") if len(on_diagonal) == rows else None
    if on_diagonal:
        return None
    if all(not differ(answer[i][j], zero) for i, j in off_diagonal):
        return Diagnosis("covariance-missing")
    if all(not differ(reference[i][j], zero) for i, j in off_diagonal):
        return Diagnosis("covariance-everywhere")
    if sorted(_multiset(answer, off_diagonal)) == sorted(_multiset(reference, off_diagonal)):
        return Diagnosis("wrong-grouping")
    return None


def _multiset(entries: list[list[Any]], cells: set[tuple[int, int]]) -> list[str]:
    return [str(entries[i][j]) for i, j in cells]


# The matrix as a whole


def whole_matrix_edits(case: Case) -> Diagnosis | None:
    for key, make in (
        ("sign", lambda arithmetic, matrix: arithmetic.scale(arithmetic.rational(-1), matrix)),
        ("factor-2", lambda arithmetic, matrix: arithmetic.scale(arithmetic.rational(2), matrix)),
        ("factor-2", lambda arithmetic, matrix: arithmetic.scale(arithmetic.rational(1, 2), matrix)),
        ("inverse-lost", _inverted),
        ("elementwise-inverse", _inverted_by_cell),
    ):
        if all(_equals(point, make) for point in case.points):
            return Diagnosis(key)
    if all(_is_correlation(point) for point in case.points):
        return Diagnosis("correlation-for-covariance")
    return None


def _equals(point: Point, make: Callable[[Any, Matrix], Matrix]) -> bool:
    try:
        return same_matrix(point.instance, make(point.instance.arithmetic, point.reference), point.answer)
    except (DomainError, ZeroDivisionError, ValueError):
        return False


def _inverted(arithmetic: Any, matrix: Matrix) -> Matrix:
    rows, columns = arithmetic.shape(matrix)
    if rows != columns:
        raise DomainError("Only a square matrix has an inverse.")
    return arithmetic.inverse(matrix)


def _inverted_by_cell(arithmetic: Any, matrix: Matrix) -> Matrix:
    """The inverse of the inverted matrix's cells: what one gets who inverts V by inverting its entries."""
    inverse = arithmetic.inverse(matrix)
    cells = {
        (i, j): 1 / number
        for i, line in enumerate(arithmetic.entries(inverse))
        for j, number in enumerate(line)
        if number != 0
    }
    return arithmetic.matrix(*arithmetic.shape(matrix), cells)


def _is_correlation(point: Point) -> bool:
    """a_ij² v_ii v_jj = v_ij² with the same sign in each cell: the correlations that belong to V."""
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows != columns or rows < 2:
        return False
    answer, reference = arithmetic.entries(point.answer), arithmetic.entries(point.reference)
    return all(
        answer[i][j] ** 2 * reference[i][i] * reference[j][j] == reference[i][j] ** 2
        and (answer[i][j] < 0) == (reference[i][j] < 0)
        for i in range(rows)
        for j in range(rows)
    )
