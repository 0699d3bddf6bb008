"""Moore's and Penrose's inverse of a matrix such as X'V⁻¹X in doubles, without its singular values.

NumPy finds singular values by LAPACK with all cores from sixty rows on, whose threads wait for each other at full
speed: 25 ms on two cores where half of one is enough, and in the way of all else that is judged meanwhile.
"""

from __future__ import annotations

import numpy as np

CLEARLY_POSITIVE, CLEARLY_NOUGHT = 1e-8, 1e-12
"""Pivots of the matrix with a unit diagonal that are none of rounding, and that are nothing else."""

REPRODUCED = 1e-11
"""How exactly independent rows make all others, where the diagonal is 1."""

SYMMETRIC = 1e-12
"""Differences of a matrix and its transpose that rounding makes, as a share of the largest number."""


class GramInverses:
    """The inverses of several such matrices: X'WX has the same independent rows for most W, which are tried first."""

    def __init__(self) -> None:
        self._rows: dict[int, list[int]] = {}

    def inverse(self, matrix: np.ndarray) -> np.ndarray | None:
        """F'(FF')⁻¹B⁻¹(FF')⁻¹F for A = F'BF, where B are independent rows and columns of A, n × n, and F says how the
        others are made of them. None for a matrix that is not symmetric with a positive diagonal, or whose rank is
        not clear.

        Source: Ben-Israel and Greville (2003), Generalized Inverses, theorem 1.5.

        >>> GramInverses().inverse(np.ones((2, 2))).tolist()
        [[0.25, 0.25], [0.25, 0.25]]
        """
        diagonal = np.diagonal(matrix)
        if matrix.shape[0] != matrix.shape[1] or not np.isfinite(matrix).all() or not (diagonal > 0).all():
            return None
        if np.abs(matrix - matrix.T).max() > SYMMETRIC * diagonal.max():
            return None
        units = np.sqrt(np.outer(diagonal, diagonal))
        rows = self._rows.get(len(matrix))
        found = None if rows is None else _by_rows(matrix, rows, units)
        if found is None:
            rows = _independent(matrix / units)
            if rows is None:
                return None
            if len(rows) < len(matrix):  # all rows make each other, whether they are independent or not
                self._rows[len(matrix)] = rows
            found = _by_rows(matrix, rows, units)
        return found


def _by_rows(matrix: np.ndarray, rows: list[int], units: np.ndarray) -> np.ndarray | None:
    """The inverse by these independent rows; None where they are not independent, or where others are, seen in units
    in which the diagonal is 1."""
    try:
        inverse = np.linalg.inv(matrix[np.ix_(rows, rows)])
        if len(rows) == len(matrix):
            return inverse
        above = matrix[rows]
        F = inverse @ above
        if np.abs((above.T @ F - matrix) / units).max() > REPRODUCED:
            return None
        on_right = F.T @ np.linalg.inv(F @ F.T)
    except np.linalg.LinAlgError:
        return None
    return on_right @ inverse @ on_right.T


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
