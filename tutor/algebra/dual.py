"""Numbers with their derivatives by one parameter, a + a'ε with ε² = 0: exact derivatives of trees on an instance.

Whatever is calculated with them carries its derivative along: (a + a'ε)(b + b'ε) = ab + (a'b + ab')ε, and of matrices
(A + A'ε)⁻¹ = A⁻¹ − A⁻¹A'A⁻¹ε and |A + A'ε| = |A| + |A| tr(A⁻¹A')ε. Source: Griewank and Walther (2008), Evaluating
Derivatives, chapter 3; Magnus and Neudecker (1988), Matrix Differential Calculus, chapter 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.arithmetic import Arithmetic, Matrix, NotRationalError, Number
from tutor.algebra.evaluate import Instance

if TYPE_CHECKING:
    from tutor.algebra.applied import Applied
    from tutor.algebra.nodes import Symbol
    from tutor.algebra.tree import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """A number with its derivative."""

    value: Number
    slope: Number

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other: Dual) -> Dual:
        return Dual(self.value - other.value, self.slope - other.slope)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    def __mul__(self, other: Dual) -> Dual:
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __truediv__(self, other: Dual) -> Dual:
        quotient = self.value / other.value
        return Dual(quotient, (self.slope - quotient * other.slope) / other.value)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Dual):
            return bool(self.value == other.value and self.slope == other.slope)
        return bool(self.value == other and self.slope == 0)

    def __hash__(self) -> int:
        return hash((str(self.value), str(self.slope)))


@dataclass(frozen=True, slots=True)
class DualMatrix:
    """A matrix with its derivative, both rows × columns."""

    value: Matrix
    slope: Matrix


class Duals(Arithmetic):
    """Numbers of an arithmetic with their derivatives; ``instance`` has the values."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._plain = instance.arithmetic

    def constant(self, matrix: Matrix) -> DualMatrix:
        """A matrix that does not depend on the parameter."""
        return DualMatrix(matrix, self._plain.matrix(*self._plain.shape(matrix), {}))

    def rational(self, numerator: int, denominator: int = 1) -> Dual:
        return Dual(self._plain.rational(numerator, denominator), self._plain.rational(0))

    def alone(self, number: Dual) -> Number:
        return self._plain.alone(number.value)

    def rounded(self, value: sympy.Float) -> Dual:
        return Dual(self._plain.rounded(value), self._plain.rational(0))

    def power(self, base: Dual, exponent: sympy.Rational) -> Dual:
        factor = self._plain.rational(int(exponent.p), int(exponent.q))
        value = self._plain.power(base.value, exponent)
        if base.slope == 0:
            return Dual(value, self._plain.rational(0))
        below: sympy.Rational = exponent - 1  # pyright: ignore[reportAssignmentType]
        return Dual(value, factor * self._plain.power(base.value, below) * base.slope)

    def function(self, expression: sympy.Expr, arguments: list[Dual]) -> Dual:
        """By the chain rule, Σ ∂f/∂a_i a_i'."""
        letters = [sympy.Dummy(positive=True) for _ in arguments]
        general = expression.func(*letters) if letters else expression
        told: dict[sympy.Basic, Number] = {
            letter: argument.value for letter, argument in zip(letters, arguments, strict=True)
        }
        slope = self._plain.rational(0)
        for letter, argument in zip(letters, arguments, strict=True):
            if argument.slope == 0:
                continue
            slope = slope + self._instance.number_at(general.diff(letter), told) * argument.slope
        return Dual(self._instance.number_at(general, told), slope)

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], Dual]) -> DualMatrix:
        values = {place: number.value for place, number in entries.items()}
        slopes = {place: number.slope for place, number in entries.items()}
        return DualMatrix(self._plain.matrix(rows, columns, values), self._plain.matrix(rows, columns, slopes))

    def entry(self, matrix: DualMatrix, row: int, column: int) -> Dual:
        return Dual(self._plain.entry(matrix.value, row, column), self._plain.entry(matrix.slope, row, column))

    def entries(self, matrix: DualMatrix) -> list[list[Dual]]:
        lines = zip(self._plain.entries(matrix.value), self._plain.entries(matrix.slope), strict=True)
        return [[Dual(*pair) for pair in zip(values, slopes, strict=True)] for values, slopes in lines]

    def scale(self, scalar: Dual, matrix: DualMatrix) -> DualMatrix:
        scale, add = self._plain.scale, self._plain.add
        slope = add(scale(scalar.slope, matrix.value), scale(scalar.value, matrix.slope))
        return DualMatrix(scale(scalar.value, matrix.value), slope)

    def add(self, left: DualMatrix, right: DualMatrix) -> DualMatrix:
        return DualMatrix(self._plain.add(left.value, right.value), self._plain.add(left.slope, right.slope))

    def multiply(self, left: DualMatrix, right: DualMatrix) -> DualMatrix:
        times = self._plain.multiply
        slope = self._plain.add(times(left.slope, right.value), times(left.value, right.slope))
        return DualMatrix(times(left.value, right.value), slope)

    def transpose(self, matrix: DualMatrix) -> DualMatrix:
        return DualMatrix(self._plain.transpose(matrix.value), self._plain.transpose(matrix.slope))

    def inverse(self, matrix: DualMatrix) -> DualMatrix:
        times = self._plain.multiply
        inverse = self._plain.inverse(matrix.value)
        change = times(times(inverse, matrix.slope), inverse)
        return DualMatrix(inverse, self._plain.scale(self._plain.rational(-1), change))

    def determinant(self, matrix: DualMatrix) -> Dual:
        value = self._plain.determinant(matrix.value)
        weighted = self._plain.entries(self._plain.multiply(self._plain.inverse(matrix.value), matrix.slope))
        trace = sum((line[i] for i, line in enumerate(weighted)), self._plain.rational(0))
        return Dual(value, value * trace)

    def generalized_inverse(self, matrix: DualMatrix) -> DualMatrix:
        """Of a constant matrix only: where the rank changes there is no derivative."""
        if not all(number == 0 for line in self._plain.entries(matrix.slope) for number in line):
            raise NotRationalError("the derivative of a generalized inverse")
        return self.constant(self._plain.generalized_inverse(matrix.value))

    def rank(self, matrix: DualMatrix) -> int:
        return self._plain.rank(matrix.value)

    def shape(self, matrix: DualMatrix) -> tuple[int, int]:
        return self._plain.shape(matrix.value)


class DualInstance(Instance):
    """The point of another instance, with the derivatives of what it has by one of its parameters."""

    def __init__(self, of: Instance, parameter: sympy.Symbol) -> None:
        self._duals = Duals(of)
        super().__init__(self._duals, of.sizes)
        self._of, self._parameter = of, parameter

    def scalar(self, parameter: sympy.Symbol) -> Dual:
        return Dual(self._of.number(parameter), self._of.arithmetic.rational(int(parameter == self._parameter)))

    def defined(self, symbol: Symbol) -> Tree | None:
        return self._of.defined(symbol)

    def matrix(self, symbol: Symbol) -> DualMatrix:
        return self._duals.constant(self._of.matrix(symbol))

    def mean(self, symbol: Symbol) -> DualMatrix:
        return self._duals.constant(self._of.mean(symbol)) if symbol.mean is None else super().mean(symbol)

    def variance(self, symbol: Symbol) -> DualMatrix:
        return self._duals.constant(self._of.variance(symbol)) if symbol.variance is None else super().variance(symbol)

    def uninterpreted(self, tree: Applied) -> DualMatrix:
        raise NotRationalError(f"the derivative of {tree.function}, of which only the name is known")


def slope_of(tree: Tree, parameter: sympy.Symbol, instance: Instance) -> Matrix:
    """∂A/∂θ of a tree A by a parameter θ at the point of an instance, rows × columns.

    Raises
    ------
    DomainError, NotRationalError
        Where the tree has no value there, or no derivative that is known.
    """
    return DualInstance(instance, parameter).value(tree).slope
