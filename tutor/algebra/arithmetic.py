"""Kinds of numbers in which a tree can be valued: what each can do, and rationals; the others have their own files.

Each is an Arithmetic: how a scalar expression becomes a number, and what matrices of such numbers can do.
`evaluate` walks the tree once for all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import sympy
from flint import fmpq, fmpq_mat, fmpz

from tutor.algebra.budget import allow, refuse
from tutor.algebra.components import components
from tutor.algebra.costs import (
    bytes_of_rationals,
    determinant_seconds,
    integer_bits,
    inverse_seconds,
    product_seconds,
    seconds_of_inverse,
)
from tutor.algebra.known_bits import KnownBits, bits_of_number
from tutor.algebra.moore_penrose import moore_penrose
from tutor.algebra.sizes import Size
from tutor.errors import DomainError

Number = Any
Matrix = Any

LARGEST_POWER = 10_000
"""A larger exponent would make numbers that no answer needs and no machine holds."""


MOST_BITS = 200_000
"""Bits of a numerator or denominator: past that one greatest common divisor takes tens of milliseconds."""

LARGEST_WHOLE = 16
"""Rows of a matrix up to which it is not looked at whether it falls apart into blocks."""


class NotRationalError(Exception):
    """A number is irrational, or its kind is not known: use balls. Never reaches a user."""


class Arithmetic(ABC):
    """What `evaluate` needs of a kind of numbers. Matrices are of the kind's own type, scalars are numbers."""

    has_cells: ClassVar[bool] = True
    """Whether its matrices are made of cells, so that their sizes cost something."""

    decides: ClassVar[bool] = False
    """Whether its values only decide whether two trees agree: what has none in it is left undecided."""

    cell_bytes: ClassVar[int] = 100
    """What a cell takes in a matrix and in the lists from which it is made, at least."""

    @property
    def is_ordered(self) -> bool:
        """Whether one number may be larger than another."""
        return True

    @abstractmethod
    def rational(self, numerator: int, denominator: int = 1) -> Number:
        """The number numerator/denominator."""

    def rounded(self, value: sympy.Float) -> Number:
        """A number that came out of floating-point arithmetic; raises NotRationalError where only exact ones fit."""
        raise NotRationalError(str(value))

    @abstractmethod
    def power(self, base: Number, exponent: sympy.Rational) -> Number:
        """A number to a rational power; raises NotRationalError where the kind has no such number."""

    def function(self, expression: sympy.Expr, arguments: list[Number]) -> Number:
        """A function of numbers, or a constant such as π (no arguments)."""
        raise NotRationalError(str(expression))

    def alone(self, number: Number) -> Number:
        """A number without what an arithmetic carries along with it."""
        return number

    @abstractmethod
    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], Number]) -> Matrix:
        """The matrix with these entries and zeros elsewhere."""

    def filled(self, rows: int, columns: int, number: Number) -> Matrix:
        """The matrix with this number in each cell."""
        return self.matrix(rows, columns, {(i, j): number for i in range(rows) for j in range(columns)})

    def identity(self, order: Size, size: Callable[[Size], int]) -> Matrix:
        """I, where ``size`` tells the number that a size is."""
        number, one = size(order), self.rational(1)
        return self.matrix(number, number, {(i, i): one for i in range(number)})

    def ones(self, rows: Size, columns: Size, size: Callable[[Size], int]) -> Matrix:
        return self.filled(size(rows), size(columns), self.rational(1))

    def zeros(self, rows: Size, columns: Size, size: Callable[[Size], int]) -> Matrix:
        return self.matrix(size(rows), size(columns), {})

    def allowed(self, number: Number) -> Number:
        """The number, if it is not too long to be calculated with."""
        return number

    def has_value(self, matrix: Matrix) -> bool:
        """Whether each entry is a number; a ball may be none."""
        return True

    def same_number(self, one: Number, other: Number) -> bool:
        """Whether nothing tells two numbers apart."""
        return bool(one == other)

    def same(self, left: Matrix, right: Matrix) -> bool:
        """Whether nothing tells two matrices of one shape apart."""
        return bool(left == right)

    @abstractmethod
    def entry(self, matrix: Matrix, row: int, column: int) -> Number:
        """One entry; rows and columns are counted from 0."""

    @abstractmethod
    def entries(self, matrix: Matrix) -> list[list[Number]]:
        """All entries, row by row."""

    def scale(self, scalar: Number, matrix: Matrix) -> Matrix:
        return matrix * scalar

    def add(self, left: Matrix, right: Matrix) -> Matrix:
        return left + right

    def multiply(self, left: Matrix, right: Matrix) -> Matrix:
        return left * right

    def transpose(self, matrix: Matrix) -> Matrix:
        return matrix.transpose()

    def inverse(self, matrix: Matrix) -> Matrix:
        """Raises DomainError for a singular matrix."""
        try:
            return matrix.inv()
        except ZeroDivisionError:
            raise DomainError("The matrix is singular: it has no inverse.") from None

    def solve(self, matrix: Matrix, right: Matrix) -> Matrix:
        """What a square matrix times it is ``right``. Raises DomainError for a singular matrix."""
        return self.multiply(self.inverse(matrix), right)

    def determinant(self, matrix: Matrix) -> Number:
        return matrix.det()

    def trace(self, matrix: Matrix) -> Number:
        diagonal = [self.entry(matrix, i, i) for i in range(self.shape(matrix)[0])]
        return sum(diagonal[1:], diagonal[0])

    def rank(self, matrix: Matrix) -> int:
        """The number of independent columns; raises NotRationalError where the numbers cannot tell."""
        raise NotRationalError("rank")

    def generalized_inverse(self, matrix: Matrix) -> Matrix:
        """Moore's and Penrose's inverse; raises NotRationalError where the numbers cannot tell the rank."""
        raise NotRationalError("generalized inverse")

    def shape(self, matrix: Matrix) -> tuple[int, int]:
        return matrix.nrows(), matrix.ncols()

    def paste(self, rows: int, columns: int, blocks: list[tuple[int, int, Matrix]]) -> Matrix:
        """Blocks at their upper left corners (row, column), zeros elsewhere."""
        entries = {}
        for top, left, block in blocks:
            for i, line in enumerate(self.entries(block)):
                for j, number in enumerate(line):
                    if number != 0:
                        entries[top + i, left + j] = number
        return self.matrix(rows, columns, entries)

    def as_array(self, matrix: Matrix) -> np.ndarray:
        """The entries as an array, which can be given another shape."""
        array = np.empty(self.shape(matrix), dtype=object)
        for i, line in enumerate(self.entries(matrix)):
            array[i] = line
        return array

    def of_array(self, array: np.ndarray) -> Matrix:
        """The matrix of the entries of an array."""
        rows, columns = array.shape
        entries = {(i, j): x for i, line in enumerate(array.tolist()) for j, x in enumerate(line) if x != 0}
        return self.matrix(rows, columns, entries)

    def block(self, grid: list[list[Matrix]]) -> Matrix:
        """The matrix of these blocks."""
        blocks, top, left = [], 0, 0
        for line in grid:
            left, height = 0, 0
            for matrix in line:
                blocks.append((top, left, matrix))
                height, width = self.shape(matrix)
                left += width
            top += height
        return self.paste(top, left, blocks)

    def block_diagonal(self, blocks: list[Matrix]) -> Matrix:
        """The matrix with these blocks along its diagonal."""
        places, top, left = [], 0, 0
        for matrix in blocks:
            places.append((top, left, matrix))
            height, width = self.shape(matrix)
            top, left = top + height, left + width
        return self.paste(top, left, places)

    def kronecker(self, left: Matrix, right: Matrix) -> Matrix:
        (rows, columns), (height, width) = self.shape(left), self.shape(right)
        inner = [(i, j, x) for i, line in enumerate(self.entries(right)) for j, x in enumerate(line) if x != 0]
        entries = {}
        for i, line in enumerate(self.entries(left)):
            for j, number in enumerate(line):
                if number != 0:
                    entries.update({(i * height + k, j * width + m): number * x for k, m, x in inner})
        return self.matrix(rows * height, columns * width, entries)


class Exact(Arithmetic):
    """Rational numbers of any length (FLINT's fmpq)."""

    decides: ClassVar[bool] = True

    def __init__(self) -> None:
        self._bits = KnownBits()

    def rational(self, numerator: int, denominator: int = 1) -> fmpq:
        return fmpq(numerator, denominator)

    def power(self, base: fmpq, exponent: sympy.Rational) -> fmpq:
        if exponent.q != 1:
            base = fmpq(_exact_root(base.p, exponent.q), _exact_root(base.q, exponent.q))
        if base == 0 and exponent < 0:
            raise DomainError("A division by zero.")
        power = int(exponent.p)
        if (abs(power) > LARGEST_POWER and abs(base) != 1 and base != 0) or abs(power) * base.height_bits() > MOST_BITS:
            raise refuse(f"The power {exponent} is too large to be valued.")
        return base**power

    def allowed(self, number: fmpq) -> fmpq:
        if number.height_bits() > MOST_BITS:
            raise refuse("A number is too long.")
        return number

    def function(self, expression: sympy.Expr, arguments: list[fmpq]) -> fmpq:
        """A power whose exponent is a letter with a value, and |i − j|; other functions have no rational values."""
        if isinstance(expression, sympy.Abs):
            return abs(arguments[0])
        if not isinstance(expression, sympy.Pow) or abs(arguments[1].p) > LARGEST_POWER:
            return super().function(expression, arguments)
        base, exponent = arguments
        return self.power(base, sympy.Rational(int(exponent.p), int(exponent.q)))  # pyright: ignore[reportArgumentType]

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], fmpq]) -> fmpq_mat:
        result = fmpq_mat(rows, columns)
        for place, number in entries.items():
            result[place] = number
        return self._bits.of_new(result, entries.values())

    def filled(self, rows: int, columns: int, number: fmpq) -> fmpq_mat:
        return self._bits.of_new(fmpq_mat(rows, columns, [number] * (rows * columns)), [number])

    def paste(self, rows: int, columns: int, blocks: list[tuple[int, int, fmpq_mat]]) -> fmpq_mat:
        entries = {
            (top + i, left + j): number
            for top, left, block in blocks
            for i, line in enumerate(block.tolist())
            for j, number in enumerate(line)
            if number  # a third of what it costs to compare it with 0
        }
        return self._bits.of_made(self.matrix(rows, columns, entries), 0, *(block for *_, block in blocks))

    def multiply(self, left: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
        rows, inner, columns = left.nrows(), left.ncols(), right.ncols()
        bits = self._bits.of(left) + self._bits.of(right)
        if bits > MOST_BITS:
            raise refuse("A number is too long.")
        allow(product_seconds(rows, inner, columns, bits), bytes_of_rationals(rows * columns, bits))
        return self._bits.of_product(left * right, bits, inner)

    def scale(self, scalar: fmpq, matrix: fmpq_mat) -> fmpq_mat:
        return self._bits.of_made(matrix * scalar, bits_of_number(scalar), matrix)

    def add(self, left: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
        return self._bits.of_made(left + right, 1, left, right)

    def transpose(self, matrix: fmpq_mat) -> fmpq_mat:
        return self._bits.of_made(matrix.transpose(), 0, matrix)

    def kronecker(self, left: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
        height, width = right.nrows(), right.ncols()
        inner = [(i, j, x) for i, line in enumerate(right.tolist()) for j, x in enumerate(line) if x]
        result = fmpq_mat(left.nrows() * height, left.ncols() * width)
        for i, line in enumerate(left.tolist()):
            for j, number in enumerate(line):
                if number:
                    top, start, is_one = i * height, j * width, number == 1
                    for k, m, x in inner:
                        result[top + k, start + m] = x if is_one else number * x
        return self._bits.of_made(result, 0, left, right)

    def inverse(self, matrix: fmpq_mat) -> fmpq_mat:
        """By connected blocks, as those of I ⊗ A, which are inverted one by one."""
        order = matrix.nrows()
        if order > LARGEST_WHOLE:
            blocks = components(_filled_places(matrix))
            if len(blocks) > 1:
                return self._inverse_by_blocks(matrix, blocks)
        bits = self._bits.of(matrix)
        allow(seconds_of_inverse(matrix, bits), bytes_of_rationals(order * order, order * bits))
        return super().inverse(matrix)

    def solve(self, matrix: fmpq_mat, right: fmpq_mat) -> fmpq_mat:
        """By connected blocks, of which those are left out in which all of ``right`` is 0.

        Those too have to have an inverse: a matrix with a singular block has none.
        """
        columns = right.ncols()
        result = fmpq_mat(matrix.nrows(), columns)
        regular: list[fmpq_mat] = []
        for block in components(_filled_places(matrix)):
            cells = fmpq_mat(len(block), len(block), [matrix[i, j] for i in block for j in block])
            told = fmpq_mat(len(block), columns, [right[i, j] for i in block for j in range(columns)])
            if told == fmpq_mat(len(block), columns):
                if not any(_is_same(other, cells) for other in regular):
                    if self.determinant(cells) == 0:
                        raise DomainError("The matrix is singular: it has no inverse.")
                    regular.append(cells)
                continue
            allow(inverse_seconds(len(block), integer_bits(cells)))
            try:
                found = cells.solve(told)
            except ZeroDivisionError:
                raise DomainError("The matrix is singular: it has no inverse.") from None
            for i, line in zip(block, found.tolist(), strict=True):
                for j, number in enumerate(line):
                    result[i, j] = number
        return result

    def _inverse_by_blocks(self, matrix: fmpq_mat, blocks: list[list[int]]) -> fmpq_mat:
        known: list[tuple[fmpq_mat, list[list[fmpq]]]] = []  # a comparison costs less than a hash of all cells
        result = fmpq_mat(matrix.nrows(), matrix.nrows())
        for block in blocks:
            cells = fmpq_mat(len(block), len(block), [matrix[i, j] for i in block for j in block])
            inverse = next((inverse for other, inverse in known if _is_same(other, cells)), None)
            if inverse is None:
                inverse = self.inverse(cells).tolist()
                known.append((cells, inverse))
            for i, line in zip(block, inverse, strict=True):
                for j, number in zip(block, line, strict=True):
                    result[i, j] = number
        return result

    def determinant(self, matrix: fmpq_mat) -> fmpq:
        order = matrix.nrows()
        allow(determinant_seconds(order, integer_bits(matrix)))
        return matrix.det()

    def rank(self, matrix: fmpq_mat) -> int:
        allow(inverse_seconds(min(matrix.nrows(), matrix.ncols()), integer_bits(matrix)))
        return matrix.rank()

    def generalized_inverse(self, matrix: fmpq_mat) -> fmpq_mat:
        return moore_penrose(matrix, self._bits.of(matrix))

    def entry(self, matrix: fmpq_mat, row: int, column: int) -> fmpq:
        return matrix[row, column]

    def entries(self, matrix: fmpq_mat) -> list[list[fmpq]]:
        return matrix.tolist()


def _filled_places(matrix: fmpq_mat) -> np.ndarray:
    """Whether each entry is another number than 0."""
    places = np.fromiter(map(bool, matrix.entries()), dtype=bool, count=matrix.nrows() * matrix.ncols())
    return places.reshape(matrix.nrows(), -1)


def _is_same(left: fmpq_mat, right: fmpq_mat) -> bool:
    return left.nrows() == right.nrows() and left == right


def _exact_root(number: fmpz, degree: int) -> fmpz:
    if number < 0:
        raise NotRationalError
    if degree > number.bit_length():  # 1 < root < 2, and FLINT takes no degree past a machine's word
        if number > 1:
            raise NotRationalError
        return number
    root = fmpz(number).root(int(degree))
    if root ** int(degree) != number:
        raise NotRationalError
    return root
