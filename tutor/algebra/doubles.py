"""Numbers of double precision, in which a tree is valued, and NumPy's matrices of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
import sympy
from flint import arb

from tutor.algebra import one_thread
from tutor.algebra.arithmetic import Arithmetic
from tutor.algebra.gram import GramInverses
from tutor.algebra.orthants import bivariate_normal, normal_probability
from tutor.errors import DomainError


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
        "Phi": normal_probability,
        "Phi2": bivariate_normal,
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

    cell_bytes: ClassVar[int] = 8

    def __init__(self) -> None:
        self._gram = GramInverses()

    def filled(self, rows: int, columns: int, number: float) -> np.ndarray:
        return np.full((rows, columns), number, dtype=float)

    def matrix(self, rows: int, columns: int, entries: Mapping[tuple[int, int], float]) -> np.ndarray:
        result = np.zeros((rows, columns))
        for place, number in entries.items():  # sooner than arrays of the places, up to thousands of them
            result[place] = number
        return result

    def entry(self, matrix: np.ndarray, row: int, column: int) -> float:
        return float(matrix[row, column])

    def entries(self, matrix: np.ndarray) -> list[list[float]]:
        return matrix.tolist()

    def as_array(self, matrix: np.ndarray) -> np.ndarray:
        return matrix

    def of_array(self, array: np.ndarray) -> np.ndarray:
        return array

    def multiply(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        return one_thread.product(left, right)

    def inverse(self, matrix: np.ndarray) -> np.ndarray:
        if matrix.shape == (1, 1) and matrix[0, 0] != 0:
            return 1 / matrix  # a number by itself is inverted far more often than a matrix
        try:
            return one_thread.inverse(matrix)
        except np.linalg.LinAlgError:
            raise DomainError("The matrix is singular: it has no inverse.") from None

    def solve(self, matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
        if len(matrix) == 1 and matrix[0, 0] != 0:
            return right / matrix
        try:
            return one_thread.solve(matrix, right)
        except np.linalg.LinAlgError:
            raise DomainError("The matrix is singular: it has no inverse.") from None

    def rank(self, matrix: np.ndarray) -> int:
        return int(np.linalg.matrix_rank(matrix))

    def generalized_inverse(self, matrix: np.ndarray) -> np.ndarray:
        inverse = self._gram.inverse(matrix)
        return np.linalg.pinv(matrix) if inverse is None else inverse

    def inverse_of_clear_rank(self, matrix: np.ndarray) -> np.ndarray:
        """Moore's and Penrose's inverse, without singular values. Raises DomainError where rounding hides the rank."""
        inverse = self._gram.inverse(matrix)
        if inverse is None:
            raise DomainError("The rank is not clear.")
        return inverse

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
