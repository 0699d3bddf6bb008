"""The connected blocks of a square matrix: rows that no entry joins fall apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def components(lines: Sequence[Sequence[Any]]) -> list[list[int]]:
    """The rows of each block, n × n entries given, in rising order; one block where everything is joined.

    >>> components([[1, 0, 2], [0, 3, 0], [0, 0, 1]])
    [[0, 2], [1]]
    """
    beside: list[set[int]] = [set() for _ in lines]
    for i, line in enumerate(lines):
        for j, entry in enumerate(line):
            if entry != 0:
                beside[i].add(j)
                beside[j].add(i)
    found: list[list[int]] = []
    left = set(range(len(lines)))
    while left:
        block, pending = set(), [min(left)]
        while pending:
            row = pending.pop()
            if row not in block:
                block.add(row)
                pending.extend(beside[row] - block)
        found.append(sorted(block))
        left -= block
    return found
