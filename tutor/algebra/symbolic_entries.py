"""SymPy expressions as the numbers in which a tree is valued."""

from __future__ import annotations

from collections.abc import Mapping

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.arithmetic import Arithmetic
from tutor.algebra.structure.entries import determinant_of_entries, inverse_of_entries
from tutor.algebra.structure.rank_of_entries import generalized_inverse_of_entries, rank_of_entries


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
        return rank_of_entries(matrix)

    def generalized_inverse(self, matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
        return generalized_inverse_of_entries(matrix)

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
