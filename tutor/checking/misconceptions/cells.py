"""Slips that show in the values of a matrix: which cells are wrong, and what they have in common."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tutor.algebra.arithmetic import Matrix
from tutor.checking.case import Case, Diagnosis
from tutor.checking.diagnostic_points import rational_point
from tutor.checking.points import NO_POINT, Point, cells_differ, same_matrix

Cells = list[list[Any]]


def diagonal_only(case: Case) -> Diagnosis | None:
    """The variances right and every covariance zero, where the reference has some."""
    for point in case.points:
        arithmetic, differ = point.instance.arithmetic, cells_differ(point.instance)
        rows, columns = arithmetic.shape(point.reference)
        if rows != columns or rows < 2:
            return None
        diagonal = {(i, i): arithmetic.entry(point.reference, i, i) for i in range(rows)}
        if any(differ(arithmetic.entry(point.answer, *place), number) for place, number in diagonal.items()):
            return None
        only = arithmetic.matrix(rows, rows, diagonal)
        if not same_matrix(point.instance, only, point.answer) or same_matrix(point.instance, only, point.reference):
            return None
    return Diagnosis("diagonal-only")


def covariance_everywhere(case: Case) -> Diagnosis | None:
    """What is not zero is right, and every covariance that should be zero is not."""
    point = case.points[0]
    arithmetic, differ = point.instance.arithmetic, cells_differ(point.instance)
    rows, columns = arithmetic.shape(point.reference)
    entry, zero = arithmetic.entry, arithmetic.rational(0)
    if rows != columns or any(differ(entry(point.answer, i, i), entry(point.reference, i, i)) for i in range(rows)):
        return None
    wrong, _, reference = _compared(point)
    if rows < 2 or not wrong or not is_symmetric(point, point.reference) or not is_symmetric(point, point.answer):
        return None
    empty = {(i, j) for i, line in enumerate(reference) for j, x in enumerate(line) if not differ(x, zero)}
    return Diagnosis("covariance-everywhere") if wrong == empty else None


def covariance_missing(case: Case) -> Diagnosis | None:
    """What is not zero is right, and more than one pair of rows has no covariance that should have one."""
    point = case.points[0]
    wrong, answer, _ = _compared(point)
    if len(wrong) < 4 or not is_symmetric(point, point.reference) or not is_symmetric(point, point.answer):
        return None
    differ, zero = cells_differ(point.instance), point.instance.arithmetic.rational(0)
    lost = all(i != j and not differ(answer[i][j], zero) for i, j in wrong)
    return Diagnosis("covariance-missing") if lost else None


def cell_patterns(case: Case) -> Diagnosis | None:
    """What the wrong cells have in common, judged on the random point, where nothing agrees by chance."""
    point = case.points[0]
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    if rows * columns < 2:
        return None
    wrong, answer, reference = _compared(point)
    if rows != columns or not is_symmetric(point, point.reference):
        return _of_any_matrix(wrong, rows * columns)
    differ, zero = cells_differ(point.instance), arithmetic.rational(0)
    off_diagonal = {(i, j) for i, j in wrong if i != j}
    on_diagonal = wrong - off_diagonal
    if not is_symmetric(point, point.answer):
        return Diagnosis("asymmetric")
    if len(wrong) == 1 or (rows > 2 and not on_diagonal and len(off_diagonal) == 2):
        return Diagnosis("one-entry")
    if not off_diagonal:
        same = len({str(reference[i][i]) for i, _ in on_diagonal}) > 1 or len({str(answer[i][i]) for i, _ in wrong}) > 1
        beside = all(any(differ(x, zero) for j, x in enumerate(row) if j != i) for i, row in enumerate(reference))
        complete = beside and len(on_diagonal) == rows and all(answer[i][i] != 0 for i, _ in wrong)
        return Diagnosis("missing-component-on-diagonal") if complete and not same and _has_parts(case) else None
    if on_diagonal:
        return None
    if all(not differ(reference[i][j], zero) for i, j in off_diagonal):
        return Diagnosis("covariance-everywhere")
    if all(not differ(answer[i][j] + reference[i][j], zero) for i, j in off_diagonal):
        return Diagnosis("sign")
    (row, column), *_ = off_diagonal
    if all(differ(answer[row][column], reference[i][j]) for i, j in off_diagonal):
        return None  # a value that is none of those that belong there
    moved = _multiset(answer, off_diagonal) == _multiset(reference, off_diagonal)
    return Diagnosis("wrong-grouping") if moved else None


def _has_parts(case: Case) -> bool:
    """Whether each cell of the answer's diagonal is less than it should be: a component is missing on it."""
    points = (rational_point(point, case.answer, case.reference) for point in case.points)
    try:
        return all(_is_less(point) for point in points)
    except NO_POINT:
        return False


def _is_less(point: Point) -> bool:
    entry = point.instance.arithmetic.entry
    return bool(entry(point.answer, 0, 0) < entry(point.reference, 0, 0))


def _of_any_matrix(wrong: set[tuple[int, int]], cells: int) -> Diagnosis | None:
    return Diagnosis("one-entry") if len(wrong) == 1 and cells > 2 else None


def _compared(point: Point) -> tuple[set[tuple[int, int]], Cells, Cells]:
    return set(point.wrong_cells), point.answer_cells, point.reference_cells


def is_symmetric(point: Point, matrix: Matrix) -> bool:
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(matrix)
    return rows == columns and same_matrix(point.instance, matrix, arithmetic.transpose(matrix))


def _multiset(entries: Cells, cells: set[tuple[int, int]]) -> Counter[str]:
    return Counter(str(entries[i][j]) for i, j in cells)
