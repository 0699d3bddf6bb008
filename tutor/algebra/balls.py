"""Real numbers as balls, for roots, exponentials and logarithms: what differs, differs for certain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, ClassVar

import sympy
from flint import arb, arb_mat, ctx, fmpq

from tutor.algebra.arithmetic import Arithmetic, NotRationalError
from tutor.algebra.budget import allow
from tutor.algebra.costs import ball_inverse_seconds, ball_product_seconds

NARROWEST, WIDEST = arb(2) ** -600, arb(2) ** 600


class OutOfRangeError(NotRationalError):
    """A ball is too large or too small beside the others for the precision. Never reaches a user."""


class Balls(Arithmetic):
    """Real numbers as balls: a midpoint and a rigorous bound of the error (FLINT's arb), 3,000 bits wide.

    With ``narrow`` no number may be above 2⁶⁰⁰ or, unless its ball holds 0, below 2⁻⁶⁰⁰. Then the terms of a sum are
    apart by less than the precision, also those in a product of matrices, and none is lost in another unseen.
    """

    decides: ClassVar[bool] = True
    precision: ClassVar[int] = 3000
    cell_bytes: ClassVar[int] = 600

    def __init__(self, *, narrow: bool = False) -> None:
        self.narrow = narrow
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
        "Max": lambda *numbers: reduce(arb.max, numbers),
        "Min": lambda *numbers: reduce(arb.min, numbers),
    }

    def allowed(self, number: arb) -> arb:
        """Raises OutOfRangeError for a number that is too large or too small for `narrow`."""
        if self.narrow and 0 not in number and not NARROWEST < abs(number) < WIDEST:
            raise OutOfRangeError("The numbers in it are too large or too small.")
        return number

    @classmethod
    def knows(cls, function: str) -> bool:
        """Whether a function of this name has values here."""
        return function in cls._functions

    def multiply(self, left: arb_mat, right: arb_mat) -> arb_mat:
        allow(ball_product_seconds(left.nrows(), left.ncols(), right.ncols(), self.precision))
        return self._allowed_cells(left * right)

    def inverse(self, matrix: arb_mat) -> arb_mat:
        allow(ball_inverse_seconds(matrix.nrows(), self.precision))
        return self._allowed_cells(super().inverse(matrix))

    def add(self, left: arb_mat, right: arb_mat) -> arb_mat:
        return self._allowed_cells(left + right)

    def scale(self, scalar: arb, matrix: arb_mat) -> arb_mat:
        return self._allowed_cells(matrix * scalar)

    def has_value(self, matrix: arb_mat) -> bool:
        """Raises OutOfRangeError for a number that is too large or too small for `narrow`."""
        return all(self.allowed(number).is_finite() for number in matrix.entries())

    def same_number(self, one: arb, other: arb) -> bool:
        return one.overlaps(other)

    def same(self, left: arb_mat, right: arb_mat) -> bool:
        return all(map(arb.overlaps, left.entries(), right.entries()))

    def _allowed_cells(self, matrix: arb_mat) -> arb_mat:
        if self.narrow:
            for number in matrix.entries():
                self.allowed(number)
        return matrix

    def determinant(self, matrix: arb_mat) -> arb:
        allow(ball_inverse_seconds(matrix.nrows(), self.precision))
        return matrix.det()

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
