"""Square matrices whose entries depend on the distance from the diagonal: AR(1), banded, Toeplitz, of any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy

from tutor.algebra.sizes import Shape, Size
from tutor.algebra.tree import Tree

DISTANCE = sympy.Symbol("|i-j|", integer=True, nonnegative=True)
"""The distance of row i and column j; no name of a parameter is spelled so."""


class Numbered(sympy.Expr):
    """A letter with a number below it that counts, σ_d: at a whole number it is the letter σ_2 itself.

    The number may be an expression in `DISTANCE` or in a size; what is known of the letter is known of each of them.

    >>> Numbered(sympy.Symbol("sigma", real=True), DISTANCE).xreplace({DISTANCE: sympy.Integer(2)})
    sigma_2
    """

    is_commutative = True

    def __new__(cls, letter: sympy.Symbol, number: sympy.Expr) -> Any:
        if number.is_Integer:
            return sympy.Symbol(f"{letter.name}_{number}", **letter.assumptions0)
        return super().__new__(cls, letter, number)

    @property
    def letter(self) -> sympy.Symbol:
        """σ, without a number."""
        return self.args[0]  # pyright: ignore[reportReturnType]

    @property
    def name(self) -> str:
        """The key of the letter with its number, sigma_n-1."""
        return f"{self.letter.name}_{str(self.args[1]).replace(' ', '')}"

    @property
    def free_symbols(self) -> set[sympy.Basic]:
        """What the number depends on: the letter without one stands for nothing."""
        return self.args[1].free_symbols

    def _eval_is_real(self) -> bool | None:
        return self.letter.is_real

    def _eval_is_positive(self) -> bool | None:
        return self.letter.is_positive

    def _sympystr(self, printer: Any) -> str:
        return self.name


@dataclass(frozen=True, slots=True, eq=False)
class ByDistance(Tree):
    r"""A symmetric matrix, order × order, with entries by their distance d = |i − j| from the diagonal.

    ``near`` are the entries at d = 0, 1, …, as many as there are; ``beyond`` is the entry at every larger distance,
    an expression in `DISTANCE`: ρ^d with nothing near for the autoregression AR(1), whose entries are
    Corr(y_i, y_j) = ρ^{|i−j|} (Diggle, Heagerty, Liang and Zeger 2002, section 4.2.2); 0 with (2, −1) near for a
    banded matrix; the letter σ_d, `Numbered`, for a Toeplitz matrix. ``corner`` is the first and the last entry of the
    diagonal where these are different.

    >>> rho = sympy.Symbol("rho", real=True)
    >>> ByDistance(sympy.Integer(3), (), rho**DISTANCE).explicit()
    Matrix([
    [     1, rho, rho**2],
    [   rho,   1,    rho],
    [rho**2, rho,      1]])
    """

    order: Size
    near: tuple[sympy.Expr, ...]
    beyond: sympy.Expr
    corner: sympy.Expr | None = None

    def _conform(self) -> Shape:
        return self.order, self.order

    def entry(self, distance: int | sympy.Expr) -> sympy.Expr:
        """The entry at a distance: a number, or an expression for one that is larger than those of ``near``."""
        if isinstance(distance, int) and distance < len(self.near):
            return self.near[distance]
        entry = self.beyond.xreplace({DISTANCE: sympy.sympify(distance, strict=True)})
        assert isinstance(entry, sympy.Expr)
        return entry

    def at(self, row: int, column: int) -> sympy.Expr:
        """The entry of a row and a column, counted from 0; the order must be a number."""
        if self.corner is not None and row == column and (row == 0 or row + 1 == self.order):
            return self.corner
        return self.entry(abs(row - column))
