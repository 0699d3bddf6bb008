"""Matrices of balanced designs as patterns of letters: what they are for sizes of any number, without their cells.

The rows of a balanced design are counted by axes, one for each factor, r × a × s. An entry of one of its matrices says
of some axes of its rows that they have the level of an axis of its columns, as I_r ⊗ J_a does of the first, and nothing
of the others. A matrix is a sum of such patterns with coefficients, E = Σ c_P E_P where

    E_P[i, j] = Π over pairs (k, l) in P of [i_k = j_l],

which products, transposes and Kronecker products do not leave: an axis that is summed over either joins two, or is
used up, or counts its levels. The patterns are linearly independent where each axis has two levels or more, so that two
matrices are equal exactly if their coefficients are. So J_t can have 10¹⁸ rows, and t be as random as σ² is.

What only joins an axis with the same one commutes, and has an eigenvalue for each set D of axes that vary,
λ_D = Σ c_P Π_{k not in P} n_k over the P that contain D, Π_{k in D} (n_k − 1) times: `balanced_inverse` and
`balanced_determinant` have inverses and determinants from those (Searle and Henderson 1979).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import ClassVar

import sympy

from tutor.algebra.arithmetic import Arithmetic, Number
from tutor.algebra.sizes import Size
from tutor.algebra.tiles import (
    Axes,
    Axis,
    Grid,
    NotPatternedError,
    Pairs,
    Tile,
    alike,
    axes_of,
    each,
    joined,
    met,
    paired,
    put_together,
    quartered,
    squared,
    transposed,
)
from tutor.errors import DomainError

MOST_AXES = 8
"""Axes of a matrix that is inverted: it has 2⁸ eigenvalues."""

MOST_CELLS = 40_000
"""Cells of a matrix that are listed."""


class Patterned(Arithmetic):
    """Matrices of patterns, with coefficients of a kind of numbers; ``levels`` are the values of the letters."""

    decides: ClassVar[bool] = True
    has_cells: ClassVar[bool] = False

    def __init__(self, base: Arithmetic, levels: Mapping[sympy.Symbol, int]) -> None:
        self.base = base
        self._levels = levels
        self._counts: dict[Axis, int] = {}

    # Numbers

    def rational(self, numerator: int, denominator: int = 1) -> Number:
        return self.base.rational(numerator, denominator)

    def rounded(self, value: sympy.Float) -> Number:
        return self.base.rounded(value)

    def power(self, base: Number, exponent: sympy.Rational) -> Number:
        return self.base.power(base, exponent)

    def function(self, expression: sympy.Expr, arguments: list[Number]) -> Number:
        return self.base.function(expression, arguments)

    def allowed(self, number: Number) -> Number:
        return self.base.allowed(number)

    def alone(self, number: Number) -> Number:
        return self.base.alone(number)

    @property
    def is_ordered(self) -> bool:
        return self.base.is_ordered

    def same_number(self, one: Number, other: Number) -> bool:
        return self.base.same_number(one, other)

    def _count(self, axis: Axis) -> int:
        """The number of levels of an axis."""
        if axis not in self._counts:
            values = [int(part) if part.is_Integer else self._value(part) for part in axis]  # pyright: ignore[reportArgumentType]
            self._counts[axis] = prod(values)
        return self._counts[axis]

    def _value(self, part: Size) -> int:
        value = part.xreplace({letter: sympy.Integer(level) for letter, level in self._levels.items()})
        if not value.is_Integer or value < 2:  # pyright: ignore[reportOperatorIssue]
            raise NotPatternedError(str(part))
        return int(value)  # pyright: ignore[reportArgumentType]

    # Matrices

    def _grid(self, rows: Axes, columns: Axes, terms: Mapping[Pairs, Number]) -> Grid:
        return Grid(((Tile(rows, columns, terms),),))

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], Number]) -> Grid:
        """A number alone; of other cells nothing is known here."""
        if rows != 1 or columns != 1:
            raise NotPatternedError("cells")
        return self._grid((), (), {(): entries.get((0, 0), self.rational(0))})

    def identity(self, order: Size, size: Callable[[Size], int]) -> Grid:
        axes = axes_of(order)
        return self._grid(axes, axes, {tuple((k, k) for k in range(len(axes))): self.rational(1)})

    def ones(self, rows: Size, columns: Size, size: Callable[[Size], int]) -> Grid:
        return self._grid(axes_of(rows), axes_of(columns), {(): self.rational(1)})

    def zeros(self, rows: Size, columns: Size, size: Callable[[Size], int]) -> Grid:
        return self._grid(axes_of(rows), axes_of(columns), {})

    def entry(self, matrix: Grid, row: int, column: int) -> Number:
        """One cell of a matrix without blocks."""
        tile = matrix.only
        i, j = self._levels_at(row, tile.rows), self._levels_at(column, tile.columns)
        return sum((c for pairs, c in tile.terms.items() if all(i[k] == j[m] for k, m in pairs)), self.rational(0))

    def _levels_at(self, place: int, axes: Axes) -> list[int]:
        """The level of each axis, the last the fastest."""
        found: list[int] = []
        for axis in reversed(axes):
            place, level = divmod(place, self._count(axis))
            found.insert(0, level)
        return found

    def entries(self, matrix: Grid) -> list[list[Number]]:
        """All cells, where they are few. Raises NotPatternedError for others, and for a matrix in blocks."""
        rows, columns = self.shape(matrix)
        if rows * columns > MOST_CELLS:
            raise NotPatternedError("cells")
        return [[self.entry(matrix, i, j) for j in range(columns)] for i in range(rows)]

    def shape(self, matrix: Grid) -> tuple[int, int]:
        rows = sum(prod(map(self._count, line[0].rows)) for line in matrix.tiles)
        return rows, sum(prod(map(self._count, tile.columns)) for tile in matrix.tiles[0])

    def scale(self, scalar: Number, matrix: Grid) -> Grid:
        return each(matrix, lambda tile: Tile(tile.rows, tile.columns, {p: scalar * c for p, c in tile.terms.items()}))

    def add(self, left: Grid, right: Grid) -> Grid:
        return Grid(tuple(tuple(self._added(*pair) for pair in line) for line in paired(left, right)))

    def _added(self, left: Tile, right: Tile) -> Tile:
        left, right = alike(left, right)
        terms = dict(left.terms)
        for pairs, coefficient in right.terms.items():
            terms[pairs] = terms[pairs] + coefficient if pairs in terms else coefficient
        return Tile(left.rows, left.columns, terms)

    def same(self, left: Grid, right: Grid) -> bool:
        """Whether two matrices of one shape have the same coefficients."""
        return all(self._same(*pair) for line in paired(left, right) for pair in line)

    def _same(self, left: Tile, right: Tile) -> bool:
        left, right = alike(left, right)
        zero = self.rational(0)
        return all(
            self.same_number(left.terms.get(pairs, zero), right.terms.get(pairs, zero))
            for pairs in {*left.terms, *right.terms}
        )

    def has_value(self, matrix: Grid) -> bool:
        """Finite coefficients make finite cells."""
        numbers = [number for line in matrix.tiles for tile in line for number in tile.terms.values()]
        return self.base.has_value(self.base.matrix(len(numbers), 1, {(i, 0): x for i, x in enumerate(numbers)}))

    def transpose(self, matrix: Grid) -> Grid:
        turned = each(matrix, transposed)
        return Grid(tuple(zip(*turned.tiles, strict=True)))

    def multiply(self, left: Grid, right: Grid) -> Grid:
        if len(left.tiles[0]) != len(right.tiles):
            raise NotPatternedError("blocks")
        columns = range(len(right.tiles[0]))
        return Grid(tuple(tuple(self._row_by_column(line, right, j) for j in columns) for line in left.tiles))

    def _row_by_column(self, line: tuple[Tile, ...], right: Grid, column: int) -> Tile:
        first, *others = (self._multiplied(a, below[column]) for a, below in zip(line, right.tiles, strict=True))
        for other in others:
            first = self._added(first, other)
        return first

    def _multiplied(self, left: Tile, right: Tile) -> Tile:
        left, right = met(left, 1, right, 0)
        terms: dict[Pairs, Number] = {}
        for first, a in left.terms.items():
            to_row = {j: i for i, j in first}
            for second, b in right.terms.items():
                to_column = dict(second)
                joined = [(to_row[k], to_column[k]) for k in to_row if k in to_column]
                summed = (k for k in range(len(left.columns)) if k not in to_row and k not in to_column)
                coefficient = a * b * self.rational(prod(self._count(left.columns[k]) for k in summed))
                pairs = tuple(sorted(joined))
                terms[pairs] = terms[pairs] + coefficient if pairs in terms else coefficient
        return Tile(left.rows, right.columns, terms)

    def kronecker(self, left: Grid, right: Grid) -> Grid:
        """Blocks of the first factor stay blocks of the product; those of the second only beside a number."""
        ((other, *beside), *below) = right.tiles
        if beside or below:
            return self.scale(self._number(left), right)
        return each(left, lambda tile: joined(tile, other))

    def _number(self, matrix: Grid) -> Number:
        """The number that a matrix of one cell is."""
        tile = matrix.only
        if tile.rows or tile.columns:
            raise NotPatternedError("blocks")
        return self.entry(matrix, 0, 0)

    def block(self, grid: list[list[Grid]]) -> Grid:
        return Grid(tuple(tuple(matrix.only for matrix in line) for line in grid))

    def block_diagonal(self, blocks: list[Grid]) -> Grid:
        tiles = [block.only for block in blocks]
        return Grid(
            tuple(
                tuple(tile if i == j else Tile(tile.rows, other.columns, {}) for j, other in enumerate(tiles))
                for i, tile in enumerate(tiles)
            )
        )

    def trace(self, matrix: Grid) -> Number:
        if len(matrix.tiles) != len(matrix.tiles[0]):
            raise NotPatternedError("blocks")
        return sum((self._trace(line[k]) for k, line in enumerate(matrix.tiles)), self.rational(0))

    def _trace(self, tile: Tile) -> Number:
        """Levels that a pattern joins in a circle are counted once."""
        tile = squared(tile)
        total = self.rational(0)
        for pairs, coefficient in tile.terms.items():
            above = list(range(len(tile.rows)))
            for i, j in pairs:
                old, new = above[i], above[j]
                above = [new if k == old else k for k in above]
            total = total + coefficient * self.rational(prod(self._count(tile.rows[k]) for k in set(above)))
        return total

    def inverse(self, matrix: Grid) -> Grid:
        """By eigenvalues; of a matrix in blocks by the first block and what is left (Banachiewicz 1937)."""
        if len(matrix.tiles) != len(matrix.tiles[0]):
            raise NotPatternedError("blocks")
        if len(matrix.tiles) == 1:
            return Grid(((self._inverted(matrix.only),),))
        (A, B), (C, D) = quartered(matrix)
        top = self._first_inverse(A)
        left, right = self.multiply(C, top), self.multiply(top, B)
        rest = self.inverse(self._less(D, self.multiply(left, B)))
        minus = self.rational(-1)
        beside = self.scale(minus, self.multiply(right, rest))
        return put_together(
            self._less(top, self.multiply(beside, left)), beside, self.scale(minus, self.multiply(rest, left)), rest
        )

    def determinant(self, matrix: Grid) -> Number:
        """By eigenvalues; of a matrix in blocks |A| |D − CA⁻¹B|."""
        if len(matrix.tiles) != len(matrix.tiles[0]):
            raise NotPatternedError("blocks")
        if len(matrix.tiles) == 1:
            return self._determinant(matrix.only)
        (A, B), (C, D) = quartered(matrix)
        rest = self._less(D, self.multiply(self.multiply(C, self._first_inverse(A)), B))
        return self.determinant(A) * self.determinant(rest)

    def _first_inverse(self, matrix: Grid) -> Grid:
        """The whole may have an inverse where the first block has none."""
        try:
            return self.inverse(matrix)
        except DomainError:
            raise NotPatternedError("The first block is singular.") from None

    def _less(self, left: Grid, right: Grid) -> Grid:
        return self.add(left, self.scale(self.rational(-1), right))

    def _eigenvalues(self, tile: Tile) -> tuple[Tile, dict[frozenset[int], Number]]:
        """The tile with equal axes on both sides, and λ_D for each set D of axes that vary."""
        tile = squared(tile)
        if len(tile.rows) > MOST_AXES or any(i != j for pairs in tile.terms for i, j in pairs):
            raise NotPatternedError("Its patterns do not commute.")
        every = range(len(tile.rows))
        found = dict.fromkeys(_subsets(every), self.rational(0))
        for pairs, coefficient in tile.terms.items():
            same = [k for k, _ in pairs]
            summed = coefficient * self.rational(prod(self._count(tile.rows[k]) for k in every if k not in same))
            for varying in _subsets(same):
                found[varying] = found[varying] + summed
        return tile, found

    def _inverted(self, tile: Tile) -> Tile:
        """A⁻¹ = Σ λ_D⁻¹ Π_{k in D} (I − J/n_k) Π_{k not in D} J/n_k."""
        tile, eigenvalues = self._eigenvalues(tile)
        every = frozenset(range(len(tile.rows)))
        inverses = {varying: self.power(value, sympy.S.NegativeOne) for varying, value in eigenvalues.items()}
        terms: dict[Pairs, Number] = {}
        for same in inverses:
            rest = every - same
            total = self.rational(0)
            for more in _subsets(rest):
                total = total + self.rational(-1 if len(more) % 2 else 1) * inverses[same | more]
            terms[tuple((k, k) for k in sorted(same))] = total * self.rational(
                1, prod(self._count(tile.rows[k]) for k in rest)
            )
        return Tile(tile.rows, tile.columns, terms)

    def _determinant(self, tile: Tile) -> Number:
        tile, eigenvalues = self._eigenvalues(tile)
        result = self.rational(1)
        for varying, value in eigenvalues.items():
            times = prod(self._count(tile.rows[k]) - 1 for k in varying)
            result = result * self.power(value, sympy.Integer(times))
        return result


def _subsets(of: Iterable[int]) -> Iterator[frozenset[int]]:
    for chosen in product(*(((), (k,)) for k in of)):
        yield frozenset(k for one in chosen for k in one)
