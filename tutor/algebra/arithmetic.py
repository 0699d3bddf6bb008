"""The four kinds of numbers in which a tree can be valued: rationals, balls, floats, SymPy expressions.

Each is an Arithmetic: how a scalar expression becomes a number, and what matrices of such numbers can do.
`evaluate` walks the tree once for all of them.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import sympy
from flint import arb, arb_mat, ctx, fmpq, fmpq_mat, fmpz
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.structure.entries import determinant_of_entries, inverse_of_entries
from tutor.errors import DomainError

Number = Any
Matrix = Any

LARGEST_POWER = 10_000
"""A larger exponent would make numbers that no answer needs and no machine holds."""


class NotRationalError(Exception):
    """A number is irrational, or its kind is not known: use balls. Never reaches a user."""


class Arithmetic(ABC):
    """What `evaluate` needs of a kind of numbers. Matrices are of the kind's own type, scalars are numbers."""

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

    def determinant(self, matrix: Matrix) -> Number:
        return matrix.det()

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

    def rational(self, numerator: int, denominator: int = 1) -> fmpq:
        return fmpq(numerator, denominator)

    def power(self, base: fmpq, exponent: sympy.Rational) -> fmpq:
        if exponent.q != 1:
            base = fmpq(_exact_root(base.p, exponent.q), _exact_root(base.q, exponent.q))
        if base == 0 and exponent < 0:
            raise DomainError("A division by zero.")
        return base ** int(exponent.p)

    def function(self, expression: sympy.Expr, arguments: list[fmpq]) -> fmpq:
        """A power whose exponent is a letter with a value; other functions have no rational values."""
        if not isinstance(expression, sympy.Pow) or abs(arguments[1].p) > LARGEST_POWER:
            return super().function(expression, arguments)
        base, exponent = arguments
        return self.power(base, sympy.Rational(int(exponent.p), int(exponent.q)))  # pyright: ignore[reportArgumentType]

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], fmpq]) -> fmpq_mat:
        result = fmpq_mat(rows, columns)
        for place, number in entries.items():
            result[place] = number
        return result

    def rank(self, matrix: fmpq_mat) -> int:
        return matrix.rank()

    def generalized_inverse(self, matrix: fmpq_mat) -> fmpq_mat:
        """F'(FF')⁻¹(C'C)⁻¹C' for A = CF, C the independent columns of A and F its reduced echelon form.

        Source: Ben-Israel and Greville (2003), Generalized Inverses, theorem 1.5.
        """
        echelon, rank = matrix.rref()
        if not rank:
            return fmpq_mat(matrix.ncols(), matrix.nrows())
        lines, cells = echelon.tolist()[:rank], matrix.tolist()
        pivots = [next(j for j, x in enumerate(line) if x != 0) for line in lines]
        F = fmpq_mat(lines)
        C = fmpq_mat([[line[j] for j in pivots] for line in cells])
        return F.transpose() * (F * F.transpose()).inv() * (C.transpose() * C).inv() * C.transpose()

    def entry(self, matrix: fmpq_mat, row: int, column: int) -> fmpq:
        return matrix[row, column]

    def entries(self, matrix: fmpq_mat) -> list[list[fmpq]]:
        return matrix.tolist()


def _exact_root(number: fmpz, degree: int) -> fmpz:
    if number < 0:
        raise NotRationalError
    root = fmpz(number).root(int(degree))
    if root ** int(degree) != number:
        raise NotRationalError
    return root


class Balls(Arithmetic):
    """Real numbers as balls: a midpoint and a rigorous bound of the error (FLINT's arb), 3,000 bits wide."""

    precision: ClassVar[int] = 3000

    def __init__(self) -> None:
        ctx.prec = max(ctx.prec, self.precision)

    _functions: ClassVar[dict[str, Callable[..., Any]]] = {
        "exp": arb.exp,
        "log": arb.log,
        "sin": arb.sin,
        "cos": arb.cos,
        "tan": arb.tan,
        "tanh": arb.tanh,
        "Abs": abs,
        "gamma": arb.gamma,
        "erf": arb.erf,
        "besselk": lambda order, x: x.bessel_k(order),
        "Phi": lambda x: (1 + (x / arb(2).sqrt()).erf()) / 2,
        "logit": lambda x: (x / (1 - x)).log(),
        "expit": lambda x: 1 / (1 + (-x).exp()),
        "cloglog": lambda x: (-(1 - x).log()).log(),
        "factorial": lambda x: (x + 1).gamma(),
        "binomial": lambda n, k: (n + 1).gamma() / ((k + 1).gamma() * (n - k + 1).gamma()),
        "Max": arb.max,
        "Min": arb.min,
    }

    @classmethod
    def knows(cls, function: str) -> bool:
        """Whether a function of this name has values here."""
        return function in cls._functions

    def rational(self, numerator: int, denominator: int = 1) -> arb:
        return arb(fmpq(numerator, denominator))

    def rounded(self, value: sympy.Float) -> arb:
        """The numbers that a double may stand for after some arithmetic: 40 of its 53 bits are taken as sure."""
        exact = self.rational(*float(value).as_integer_ratio())
        return arb(exact.mid(), abs(exact).upper() * arb(2) ** -40)

    def power(self, base: arb, exponent: sympy.Rational) -> arb:
        if exponent.q == 1:
            return base ** int(exponent.p)
        return base ** self.rational(int(exponent.p), int(exponent.q))

    def function(self, expression: sympy.Expr, arguments: list[arb]) -> arb:
        if expression is sympy.pi:
            return arb.pi()
        if expression is sympy.E:
            return arb.const_e()
        if isinstance(expression, sympy.Pow):
            return arguments[0] ** arguments[1]
        known = self._functions.get(type(expression).__name__)
        if known is None:
            raise NotRationalError(str(expression))
        return known(*arguments)

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], arb]) -> arb_mat:
        result = arb_mat(rows, columns)
        for place, number in entries.items():
            result[place] = number
        return result

    def entry(self, matrix: arb_mat, row: int, column: int) -> arb:
        return matrix[row, column]

    def entries(self, matrix: arb_mat) -> list[list[arb]]:
        return matrix.tolist()


class Doubles(Arithmetic):
    """Numbers of double precision, whatever matrices are made of them."""

    _functions: ClassVar[dict[str, Callable[..., Any]]] = {
        "exp": math.exp,
        "log": math.log,
        "sin": math.sin,
        "cos": math.cos,
        "tan": math.tan,
        "tanh": math.tanh,
        "Abs": abs,
        "gamma": math.gamma,
        "erf": math.erf,
        "besselk": lambda order, x: float(arb(x).bessel_k(arb(order)).mid()),
        "Phi": lambda x: (1 + math.erf(x / math.sqrt(2))) / 2,
        "logit": lambda x: math.log(x / (1 - x)),
        "expit": lambda x: 1 / (1 + math.exp(-x)),
        "cloglog": lambda x: math.log(-math.log(1 - x)),
        "factorial": lambda x: math.gamma(x + 1),
        "binomial": lambda n, k: math.gamma(n + 1) / (math.gamma(k + 1) * math.gamma(n - k + 1)),
        "Max": max,
        "Min": min,
    }

    def rational(self, numerator: int, denominator: int = 1) -> float:
        return numerator / denominator

    def rounded(self, value: sympy.Float) -> float:
        return float(value)

    def power(self, base: float, exponent: sympy.Rational) -> float:
        return base ** (int(exponent.p) if exponent.q == 1 else float(exponent))

    def function(self, expression: sympy.Expr, arguments: list[float]) -> float:
        if not arguments:
            return float(expression)
        if isinstance(expression, sympy.Pow):
            return arguments[0] ** arguments[1]
        known = self._functions.get(type(expression).__name__)
        if known is None:
            raise DomainError(f"No numbers are known for {expression}.")
        return known(*arguments)


class Floating(Doubles):
    """NumPy's arrays of doubles."""

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], float]) -> np.ndarray:
        result = np.zeros((rows, columns))
        if entries:
            places = np.array(list(entries))
            result[places[:, 0], places[:, 1]] = list(entries.values())
        return result

    def entry(self, matrix: np.ndarray, row: int, column: int) -> float:
        return float(matrix[row, column])

    def entries(self, matrix: np.ndarray) -> list[list[float]]:
        return matrix.tolist()

    def multiply(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return left @ right

    def inverse(self, matrix: np.ndarray) -> np.ndarray:
        try:
            return np.linalg.inv(matrix)
        except np.linalg.LinAlgError:
            raise DomainError("The matrix is singular: it has no inverse.") from None

    def rank(self, matrix: np.ndarray) -> int:
        return int(np.linalg.matrix_rank(matrix))

    def generalized_inverse(self, matrix: np.ndarray) -> np.ndarray:
        return np.linalg.pinv(matrix)

    def determinant(self, matrix: np.ndarray) -> float:
        return float(np.linalg.det(matrix))

    def shape(self, matrix: np.ndarray) -> tuple[int, int]:
        rows, columns = matrix.shape
        return rows, columns

    def paste(self, rows: int, columns: int, blocks: list[tuple[int, int, np.ndarray]]) -> np.ndarray:
        result = np.zeros((rows, columns))
        for top, left, block in blocks:
            height, width = block.shape
            result[top : top + height, left : left + width] = block
        return result

    def kronecker(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return np.einsum("ij,kl->ikjl", left, right).reshape(len(left) * len(right), -1)  # np.kron is slower


class Symbolic(Arithmetic):
    """SymPy expressions; matrices are sparse inside SymPy, so products cost what their non-zero entries cost."""

    def rational(self, numerator: int, denominator: int = 1) -> sympy.Expr:
        return sympy.Rational(numerator, denominator)  # pyright: ignore[reportReturnType]  (no denominator is 0)

    def rounded(self, value: sympy.Float) -> sympy.Expr:
        return value

    def power(self, base: sympy.Expr, exponent: sympy.Rational) -> sympy.Expr:
        return base**exponent

    def function(self, expression: sympy.Expr, arguments: list[sympy.Expr]) -> sympy.Expr:
        return expression.func(*arguments) if arguments else expression

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], sympy.Expr]) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix.from_dok(
            rows, columns, {place: value for place, value in entries.items() if value != 0}
        )

    def entry(self, matrix: ImmutableDenseMatrix, row: int, column: int) -> sympy.Expr:
        return matrix[row, column]  # pyright: ignore[reportReturnType]  (one entry, not a slice)

    def entries(self, matrix: ImmutableDenseMatrix) -> list[list[sympy.Expr]]:
        return matrix.tolist()

    def inverse(self, matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
        return inverse_of_entries(matrix)

    def rank(self, matrix: ImmutableDenseMatrix) -> int:
        return matrix.rank()

    def generalized_inverse(self, matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
        return ImmutableDenseMatrix(matrix.pinv())

    def determinant(self, matrix: ImmutableDenseMatrix) -> sympy.Expr:
        return determinant_of_entries(matrix)

    def shape(self, matrix: ImmutableDenseMatrix) -> tuple[int, int]:
        return matrix.rows, matrix.cols

    def paste(
        self, rows: int, columns: int, blocks: list[tuple[int, int, ImmutableDenseMatrix]]
    ) -> ImmutableDenseMatrix:
        entries = {(top + i, left + j): value for top, left, block in blocks for (i, j), value in block.todok().items()}
        return self.matrix(rows, columns, entries)

    def kronecker(self, left: ImmutableDenseMatrix, right: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
        inner = list(right.todok().items())
        entries = {
            (i * right.rows + k, j * right.cols + m): value * other
            for (i, j), value in left.todok().items()
            for (k, m), other in inner
        }
        return self.matrix(left.rows * right.rows, left.cols * right.cols, entries)
