"""The connected blocks of a square matrix: rows that no entry joins fall apart."""

from __future__ import annotations

import numpy as np


def components(filled: np.ndarray) -> list[list[int]]:
    """The rows of each block of a matrix, n × n, of which is told where other numbers than 0 stand, in rising order;
    one block where everything is joined.

    >>> components(np.array([[1, 0, 2], [0, 3, 0], [0, 0, 1]], dtype=bool))
    [[0, 2], [1]]
    """
    beside = filled | filled.T
    found: list[list[int]] = []
    left = np.ones(len(filled), dtype=bool)
    while left.any():
        block = np.zeros(len(filled), dtype=bool)
        block[left.argmax()] = True
        reached = block
        while reached.any():
            reached = beside[reached].any(axis=0) & ~block
            block |= reached
        found.append(np.flatnonzero(block).tolist())
        left &= ~block
    return found
