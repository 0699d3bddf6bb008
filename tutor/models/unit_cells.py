"""Treatments on the cells where two kinds of unit cross: Latin squares, Graeco-Latin squares, and their kin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import sympy

from tutor.algebra.sizes import Size
from tutor.errors import SizeError
from tutor.models.designs.squares_of_order import orthogonal_pair
from tutor.models.layout import Index


def check_cells(treatment: str, sides: tuple[Size, Size], levels: Sequence[Size], to: Sequence[str]) -> None:
    """Refuse levels that cells cannot share: their combinations come equally often in each row and each column, or two
    treatments with a level for each row make a Graeco-Latin square.

    Raises
    ------
    SizeError
        With the sizes that do not fit.
    """
    rows, columns = sides
    if rows == columns and is_across(levels, rows):
        return
    if all((side / sympy.Mul(*levels)).is_integer and (side / sympy.Mul(*levels)).is_positive for side in sides):
        return
    one = len(levels) == 1
    what = f"{levels[0]} levels of {treatment}" if one else f"{treatment} and the treatments before it"
    raise SizeError(
        f"{what} do not fit {rows} {to[0]}s × {columns} {to[1]}s: each comes equally often in every {to[0]} and in "
        f"every {to[1]}.",
        tip="Give as many rows as columns as levels, or multiples; for other cells take tutor.row_column.",
    )


def is_across(levels: Sequence[Size], rows: Size) -> bool:
    """Whether treatments lie across each other in a Graeco-Latin square: two with a level for each row."""
    return [*levels] == [rows, rows]


def numbered(indices: Sequence[Index], codes: Mapping[str, Sequence[int]]) -> list[int]:
    """The number of a unit within its holder in each row, from 0, by the indices that number it."""
    found = [0] * len(next(iter(codes.values())))
    for index in indices:
        found = [
            number * int(index.size) + level - 1  # pyright: ignore[reportArgumentType]
            for number, level in zip(found, codes[index.letter], strict=True)
        ]
    return found


def cell_levels(rows: Sequence[int], columns: Sequence[int], levels: Sequence[int], size: int) -> list[list[int]]:
    """For each treatment its level in each row of the data, from 1: cyclic in row + column, or two squares."""
    if [*levels] == [size, size]:
        return [
            [square[i][j] + 1 for i, j in zip(rows, columns, strict=True)] for square in orthogonal_pair(size)
        ]  # fmt: skip
    combinations = prod(levels)
    cells = [(i + j) % combinations for i, j in zip(rows, columns, strict=True)]
    found = []
    for at, number in enumerate(levels):
        step = prod(levels[at + 1 :])
        found.append([cell // step % number + 1 for cell in cells])
    return found
