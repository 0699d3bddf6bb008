"""Tiles: sums of patterns over the axes of rows and columns, and grids of them; see `patterned` for what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy

from tutor.algebra.arithmetic import NotRationalError, Number
from tutor.algebra.sizes import ONE, Size

Axis = tuple[Size, ...]
"""The prime parts of the number of levels, sorted: letters, sums of letters, and prime numbers."""

Axes = tuple[Axis, ...]

Pairs = tuple[tuple[int, int], ...]
"""The axes of rows and of columns that have the same level, sorted."""


class NotPatternedError(NotRationalError):
    """A matrix has cells of its own, or its axes do not meet those of another. Never reaches a user."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A matrix without blocks: the axes of its rows and columns, and the coefficients of its patterns."""

    rows: Axes
    columns: Axes
    terms: Mapping[Pairs, Number]


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix in blocks; most have one."""

    tiles: tuple[tuple[Tile, ...], ...]

    @property
    def only(self) -> Tile:
        """The tile of a matrix without blocks. Raises NotPatternedError for one in blocks."""
        ((tile, *beside), *below) = self.tiles
        if beside or below:
            raise NotPatternedError("blocks")
        return tile


@lru_cache(maxsize=4096)
def axis_of(size: Size) -> Axis:
    """The prime parts of a size: letters, sums of letters, prime numbers."""
    found: Any = sympy.factor_list(size)
    number, factors = found
    if not number.is_Integer or number < 1:
        raise NotPatternedError(str(size))
    parts: list[Size] = [factor for factor, times in factors for _ in range(times)]
    for prime, times in sympy.factorint(int(number), limit=1000).items():
        parts.extend([sympy.Integer(prime)] * times)
    return tuple(sorted(parts, key=str))


# Axes that do not meet yet: the common refinement of I_{ra} and I_r ⊗ I_a


def _mismatch(one: Axes, other: Axes) -> tuple[bool, int, Axes] | None:
    """Which of two lists of axes has to be split first (whether the first), where, and into what; None if equal."""
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine == theirs:
            continue
        for first, small, large in ((False, mine, theirs), (True, theirs, mine)):
            rest = Counter(large) - Counter(small)
            if len(small) < len(large) and rest.total() == len(large) - len(small):
                return first, place, (small, tuple(sorted(rest.elements(), key=str)))
        raise NotPatternedError("Axes do not meet.")
    if len(one) != len(other):
        raise NotPatternedError("Axes do not meet.")
    return None


def _split(tile: Tile, side: int, place: int, parts: Axes) -> Tile:
    """The tile with one axis in parts, and with it each axis that some pattern joins with it."""
    joined = {(side, place)}
    while True:
        more = {
            end
            for pairs in tile.terms
            for i, j in pairs
            if (0, i) in joined or (1, j) in joined
            for end in ((0, i), (1, j))
        } - joined
        if not more:
            break
        joined |= more
    places: list[list[list[int]]] = []
    axes: list[Axes] = []
    for at, known in enumerate((tile.rows, tile.columns)):
        new: list[Axis] = []
        moved: list[list[int]] = []
        for i, axis in enumerate(known):
            pieces = parts if (at, i) in joined else (axis,)
            moved.append(list(range(len(new), len(new) + len(pieces))))
            new.extend(pieces)
        places.append(moved)
        axes.append(tuple(new))
    terms = {
        tuple(sorted(pair for i, j in pairs for pair in zip(places[0][i], places[1][j], strict=True))): coefficient
        for pairs, coefficient in tile.terms.items()
    }
    return Tile(axes[0], axes[1], terms)


def met(left: Tile, left_side: int, right: Tile, right_side: int) -> tuple[Tile, Tile]:
    """Two tiles, an axis of the one split where the other has two: columns met with rows for a product."""
    while True:
        sides = ((left.rows, left.columns)[left_side], (right.rows, right.columns)[right_side])
        found = None if sides[0] == sides[1] else _mismatch(*sides)
        if found is None:
            return left, right
        first, place, parts = found
        if first:
            left = _split(left, left_side, place, parts)
        else:
            right = _split(right, right_side, place, parts)


def alike(left: Tile, right: Tile) -> tuple[Tile, Tile]:
    """Two tiles with the same axes of rows and of columns."""
    while left.rows != right.rows or left.columns != right.columns:
        left, right = met(left, 0, right, 0)
        left, right = met(left, 1, right, 1)
    return left, right


def squared(tile: Tile) -> Tile:
    """A tile whose columns have the axes of its rows."""
    while (found := None if tile.rows == tile.columns else _mismatch(tile.rows, tile.columns)) is not None:
        first, place, parts = found
        tile = _split(tile, 0 if first else 1, place, parts)
    return tile


def axes_of(size: Size) -> Axes:
    return () if size == ONE else (axis_of(size),)


def each(matrix: Grid, change: Callable[[Tile], Tile]) -> Grid:
    return Grid(tuple(tuple(change(tile) for tile in line) for line in matrix.tiles))


def transposed(tile: Tile) -> Tile:
    terms = {tuple(sorted((j, i) for i, j in pairs)): c for pairs, c in tile.terms.items()}
    return Tile(tile.columns, tile.rows, terms)


def joined(left: Tile, right: Tile) -> Tile:
    down, across = len(left.rows), len(left.columns)
    terms: dict[Pairs, Any] = {
        (*first, *((i + down, j + across) for i, j in second)): a * b
        for first, a in left.terms.items()
        for second, b in right.terms.items()
    }
    return Tile(left.rows + right.rows, left.columns + right.columns, terms)


def paired(left: Grid, right: Grid) -> Iterator[Iterator[tuple[Tile, Tile]]]:
    """The tiles of two matrices that stand in one place."""
    if (len(left.tiles), len(left.tiles[0])) != (len(right.tiles), len(right.tiles[0])):
        raise NotPatternedError("blocks")
    for mine, theirs in zip(left.tiles, right.tiles, strict=True):
        yield zip(mine, theirs, strict=True)


def quartered(matrix: Grid) -> tuple[tuple[Grid, Grid], tuple[Grid, Grid]]:
    """[[A, B], [C, D]], where A is the first block."""
    first, *others = matrix.tiles
    return (
        (Grid((first[:1],)), Grid((first[1:],))),
        (Grid(tuple(line[:1] for line in others)), Grid(tuple(line[1:] for line in others))),
    )


def put_together(A: Grid, B: Grid, C: Grid, D: Grid) -> Grid:
    return Grid(
        (
            *(a + b for a, b in zip(A.tiles, B.tiles, strict=True)),
            *(c + d for c, d in zip(C.tiles, D.tiles, strict=True)),
        )
    )
