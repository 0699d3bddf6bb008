"""Moore's and Penrose's inverse of a matrix such as X'V⁻¹X in doubles, without its singular values.

NumPy finds singular values by LAPACK with all cores from sixty rows on, whose threads wait for each other at full
speed: 25 ms on two cores where half of one is enough, and in the way of all else that is judged meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLEARLY_POSITIVE, CLEARLY_NOUGHT = 1e-8, 1e-12
"""Pivots of a matrix in units in which its largest numbers are about 1 that are none of rounding, and nothing else."""

NOUGHT_AS_IT_IS = 1e-14
"""The same as CLEARLY_NOUGHT for a matrix that need be no product, whose numbers were not squared."""

REPRODUCED = 1e-11
"""How exactly independent rows and columns make all others, in these units."""

SYMMETRIC = 1e-12
"""Differences of a matrix and its transpose that rounding makes, as a share of the largest number."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Independent rows of a symmetric matrix A, n × n, the matrix F, r × n, with A = F'BF for their block B, and
    F'(FF')⁻¹. Of X'WX they are the same for nearly all W."""

    rows: list[int]
    F: np.ndarray
    on_right: np.ndarray


class GramInverses:
    """The inverses of several such matrices: X'WX has the same independent rows for most W, which are tried first."""

    def __init__(self) -> None:
        self._known: dict[int, _Rows] = {}

    def inverse(self, matrix: np.ndarray) -> np.ndarray | None:
        """F'(FF')⁻¹B⁻¹(FF')⁻¹F for A = F'BF, where B are independent rows and columns of A, n × n, and F says how the
        others are made of them; for one that is not symmetric with a positive diagonal as `inverse_by_elimination` has
        it. None for a matrix whose rank is not clear.

        Source: Ben-Israel and Greville (2003), Generalized Inverses, theorem 1.5.

        >>> GramInverses().inverse(np.ones((2, 2))).tolist()
        [[0.25, 0.25], [0.25, 0.25]]
        """
        if not np.isfinite(matrix).all():
            return None
        diagonal = np.diagonal(matrix)
        if matrix.shape[0] != matrix.shape[1] or not (diagonal > 0).all():
            return inverse_by_elimination(matrix)
        if np.abs(matrix - matrix.T).max() > SYMMETRIC * diagonal.max():
            return inverse_by_elimination(matrix)
        roots = np.sqrt(diagonal)
        units = roots[:, None] * roots
        known = self._known.get(len(matrix))
        found = None if known is None else _by_known(matrix, known, units)
        if found is None:
            rows = _independent(matrix / units)
            if rows is None:
                return None
            try:
                if len(rows) == len(matrix):
                    return np.linalg.inv(matrix)
                known = _known(matrix, rows)
            except np.linalg.LinAlgError:
                return None
            self._known[len(matrix)] = known
            found = _by_known(matrix, known, units)
        return found


def _known(matrix: np.ndarray, rows: list[int]) -> _Rows:
    above = matrix[rows]
    F = np.linalg.solve(above[:, rows], above)
    return _Rows(rows, F, F.T @ np.linalg.inv(F @ F.T))


def _by_known(matrix: np.ndarray, known: _Rows, units: np.ndarray) -> np.ndarray | None:
    """The inverse by these independent rows; None where they are not independent, or where others are, or where they
    make the others in another way."""
    B = matrix[known.rows][:, known.rows]
    if np.abs((known.F.T @ (B @ known.F) - matrix) / units).max() > REPRODUCED:
        return None
    try:
        return known.on_right @ np.linalg.inv(B) @ known.on_right.T
    except np.linalg.LinAlgError:
        return None


def _independent(left: np.ndarray) -> list[int] | None:
    """Rows of which none is made of the others, by elimination with the largest pivot first, in rising order; None
    where a pivot is neither clearly positive nor clearly nought."""
    chosen: list[int] = []
    for _ in range(len(left)):
        pivots = np.diagonal(left)
        row = int(np.argmax(pivots))
        if pivots[row] < CLEARLY_POSITIVE:
            return sorted(chosen) if pivots[row] <= CLEARLY_NOUGHT else None
        chosen.append(row)
        left = left - np.outer(left[:, row], left[row] / pivots[row])
        left[row] = left[:, row] = 0.0
    return sorted(chosen)


def inverse_by_elimination(matrix: np.ndarray) -> np.ndarray | None:
    """F'(FF')⁻¹B⁻¹(E'E)⁻¹E' for A = EBF, m × n, where B are independent rows and columns of A, and E and F say how the
    others are made of them; n × m. None for a matrix whose rank is not clear, or without finite numbers.

    Source: Ben-Israel and Greville (2003), Generalized Inverses, theorem 1.5.

    >>> inverse_by_elimination(np.array([[2.0, 0.0], [0.0, 0.0]])).tolist()
    [[0.5, 0.0], [0.0, 0.0]]
    """
    if not np.isfinite(matrix).all():
        return None
    if not matrix.any():
        return np.zeros_like(matrix.T)
    units = _units(matrix)
    found = _independent_both(matrix / units)
    if found is None:
        return None
    rows, columns = found
    above, beside = matrix[rows], matrix[:, columns]
    try:
        B_inverse = np.linalg.inv(above[:, columns])
        F, E = B_inverse @ above, beside @ B_inverse
        if np.abs((beside @ F - matrix) / units).max() > REPRODUCED:
            return None
        return F.T @ np.linalg.inv(F @ F.T) @ B_inverse @ np.linalg.inv(E.T @ E) @ E.T
    except np.linalg.LinAlgError:
        return None


def _units(matrix: np.ndarray) -> np.ndarray:
    """Numbers by which the entries are divided so that the largest of each row and column is about 1."""
    sizes = np.abs(matrix)
    rows = np.sqrt(sizes.max(axis=1, keepdims=True))
    rows[rows == 0] = 1.0
    columns = (sizes / rows).max(axis=0, keepdims=True)
    columns[columns == 0] = 1.0
    return rows * columns


def _independent_both(left: np.ndarray) -> tuple[list[int], list[int]] | None:
    """Rows and columns whose block is regular and of the rank of the whole, by elimination with the largest pivot
    first; None where a pivot is neither clearly one nor clearly nought."""
    rows: list[int] = []
    columns: list[int] = []
    for _ in range(min(left.shape)):
        row, column = divmod(int(np.abs(left).argmax()), left.shape[1])
        pivot = left[row, column]
        if abs(pivot) < CLEARLY_POSITIVE:
            return (rows, columns) if abs(pivot) <= NOUGHT_AS_IT_IS else None
        rows.append(row)
        columns.append(column)
        left = left - np.outer(left[:, column], left[row] / pivot)
        left[row] = left[:, column] = 0.0
    return rows, columns
