"""Products, solutions and inverses in doubles that keep to one thread: by parts for which OpenBLAS starts no others.

The threads of OpenBLAS wait for each other at full speed: for the inverse of a matrix of a hundred rows two cores took
30 ms each where half of one is enough for a core alone, and all other verdicts waited. It keeps to one thread for
products of up to 2¹⁸ multiplications (SMP_THRESHOLD_MIN times GEMM_MULTITHREAD_THRESHOLD of its sources), and kept to
one, measured, for solutions and inverses of up to 96 rows.
"""

from __future__ import annotations

import numpy as np

MOST_MULTIPLICATIONS = 2**18
MOST_ROWS_INVERTED = 90
MOST_ROWS_SOLVED, MOST_COLUMNS_SOLVED = 96, 24

ACCURATE = 1e-9
"""How far AA⁻¹ may be from the identity matrix where a leading block of A is nearly singular."""

SINGULAR = 1e15
"""The largest number of A times that of A⁻¹ from which A is singular up to rounding, if AA⁻¹ is not I."""


def product(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The product of two matrices, by strips of rows.

    >>> product(np.ones((300, 200)), np.ones((200, 100)))[299, 99]
    np.float64(200.0)
    """
    rows, of_a_row = len(left), left.shape[1] * right.shape[1]
    if rows * of_a_row <= MOST_MULTIPLICATIONS:
        return left @ right
    height = max(1, MOST_MULTIPLICATIONS // of_a_row)
    return np.concatenate([left[top : top + height] @ right for top in range(0, rows, height)])


def solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """What a square matrix, n × n, times it is ``right``, n × k: a third of an inverse for few columns. Raises
    `numpy.linalg.LinAlgError` for a singular matrix.

    >>> solve(np.diag([2.0, 4.0]), np.ones((2, 1))).tolist()
    [[0.5], [0.25]]
    """
    if len(matrix) <= (MOST_ROWS_SOLVED if right.shape[1] <= MOST_COLUMNS_SOLVED else MOST_ROWS_INVERTED):
        return np.linalg.solve(matrix, right)
    found = None
    for is_mixed in (False, True):  # a leading block may be singular where the whole is not
        try:
            A, b = (product(_mixture(len(matrix)), x) if is_mixed else x for x in (matrix, right))
            found = _solved_by_halves(A, b)
        except np.linalg.LinAlgError:
            continue
        if np.abs(product(matrix, found) - right).max(initial=0.0) <= ACCURATE * np.abs(right).max(initial=0.0):
            return found
    _require_regular(matrix, found, right)
    return np.linalg.solve(matrix, right)


def _require_regular(matrix: np.ndarray, found: np.ndarray | None, right: np.ndarray) -> None:
    """Raises `numpy.linalg.LinAlgError` where no solution was found, or one that tells of a singular matrix."""
    if found is None or np.abs(matrix).max() * np.abs(found).max(initial=0.0) > SINGULAR * np.abs(right).max():
        raise np.linalg.LinAlgError("Singular matrix")


def _mixture(rows: int) -> np.ndarray:
    """A matrix P of no special numbers, always the same: the leading blocks of PA are regular if A is."""
    return np.random.default_rng(rows).normal(size=(rows, rows))


def _solved_by_halves(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    if len(matrix) <= MOST_ROWS_INVERTED:
        return np.linalg.solve(matrix, right)
    half = len(matrix) // 2
    beside, below = matrix[:half, half:], matrix[half:, :half]
    first = _solved_by_halves(matrix[:half, :half], np.concatenate((beside, right[:half]), axis=1))
    across, upper = first[:, : beside.shape[1]], first[:, beside.shape[1] :]
    lower = _solved_by_halves(matrix[half:, half:] - product(below, across), right[half:] - product(below, upper))
    return np.concatenate((upper - product(across, lower), lower))


def inverse(matrix: np.ndarray) -> np.ndarray:
    """The inverse of a square matrix, of a large one by the inverse of a half and of its Schur complement. Raises
    `numpy.linalg.LinAlgError` for a singular matrix."""
    if len(matrix) <= MOST_ROWS_INVERTED:
        return np.linalg.inv(matrix)
    found, identity = None, np.eye(len(matrix))
    for is_mixed in (False, True):
        try:
            mixture = _mixture(len(matrix)) if is_mixed else None
            found = _by_halves(matrix) if mixture is None else product(_by_halves(product(mixture, matrix)), mixture)
        except np.linalg.LinAlgError:
            continue
        if np.abs(product(matrix, found) - identity).max() <= ACCURATE:
            return found
    _require_regular(matrix, found, identity)
    return np.linalg.inv(matrix)


def _by_halves(matrix: np.ndarray) -> np.ndarray:
    if len(matrix) <= MOST_ROWS_INVERTED:
        return np.linalg.inv(matrix)
    half = len(matrix) // 2
    beside, below = matrix[:half, half:], matrix[half:, :half]
    first = _by_halves(matrix[:half, :half])
    right, left = product(first, beside), product(below, first)
    last = _by_halves(matrix[half:, half:] - product(below, right))
    upper = -product(right, last)
    return np.block([[first - product(upper, left), upper], [-product(last, left), last]])
