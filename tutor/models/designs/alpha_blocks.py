"""Resolvable incomplete blocks by generating arrays: alpha designs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

Blocks = list[tuple[int, ...]]
"""The treatments of each block, numbered from 0."""


def alpha_blocks(blocks: int, block_size: int, reps: int) -> list[Blocks]:
    """Resolvable incomplete blocks from a generating array: for each replicate its ``blocks`` blocks of ``block_size``.

    Treatment p·s + c (p < k, c < s) is in block j of replicate q when c = α[p][q] + j modulo s. Two treatments of
    different p meet as often as their difference comes among α[p][q] − α[p'][q]; the array is chosen so that no
    difference comes twice, or as few as can be. Source: Patterson and Williams (1976), Biometrika 63, 83–92.
    """
    array = _generating_array(blocks, block_size, reps)
    return [
        [tuple(p * blocks + (array[p][q] + j) % blocks for p in range(block_size)) for j in range(blocks)]
        for q in range(reps)
    ]


def _generating_array(s: int, k: int, r: int) -> list[list[int]]:
    """k × r numbers modulo s, row by row: each row repeats its differences from the rows before it the fewest times."""
    array = [[0] * r]
    for _ in range(1, k):
        array.append(min(_rows(s, r), key=lambda row: _meetings(row, array, s)))
    return array


def _meetings(row: list[int], others: list[list[int]], s: int) -> tuple[int, int]:
    """How often two treatments of this row and another meet at most, and the sum of that over the others."""
    most = [max(Counter((a - b) % s for a, b in zip(row, other, strict=True)).values()) for other in others]
    return max(most), sum(most)


def _rows(s: int, r: int) -> Iterator[list[int]]:
    """Rows that are tried: multiples of one step, and then all in which the search may take its time."""
    yield from ([step * q % s for q in range(r)] for step in range(s))
    for number in range(min(s ** (r - 1), 5000)):
        yield [0, *(number // s**place % s for place in range(r - 1))]
