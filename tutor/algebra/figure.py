"""Numbers that stand in the places of letters, with which nothing was calculated yet: 2 + 3·5."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.nodes import Explicit
from tutor.algebra.tree import Tree


class Figure(sympy.AtomicExpr):
    """A number in the place of a letter. SymPy does not calculate with it; a sum of such has the order of the letters.

    ``digits`` is the number without its sign as it was written, "0.50", where that is not how fractions are written.

    >>> mu, tau = sympy.symbols("mu tau_1")
    >>> (mu + 2 * tau).xreplace({mu: Figure(mu, sympy.Integer(3)), tau: Figure(tau, sympy.Integer(5))})
    3 + 2*5
    """

    __slots__ = ("digits", "letter", "value")
    is_commutative = True

    letter: sympy.Symbol
    value: sympy.Expr
    digits: str

    def __new__(cls, letter: sympy.Symbol, value: sympy.Expr, digits: str = "") -> Any:
        figure = super().__new__(cls)
        figure.letter, figure.value, figure.digits = letter, value, digits
        return figure

    def _hashable_content(self) -> tuple[Any, ...]:
        return self.letter, self.value, self.digits

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self._hashable_content()

    def sort_key(self, order: Any = None) -> Any:
        """That of the letter, so that the number stands where the letter stood."""
        return self.letter.sort_key(order)

    def _eval_is_real(self) -> bool:
        return True

    # A nought tells nothing of its sign: SymPy would leave it out.
    def _eval_is_positive(self) -> bool | None:
        return None if self.value.is_zero else self.value.is_positive

    def _eval_is_negative(self) -> bool | None:
        return None if self.value.is_zero else self.value.is_negative

    def _sympystr(self, printer: Any) -> str:
        return self.digits or printer.doprint(self.value)


def with_letters(expression: Any) -> Any:
    """An expression with its letters in the places of the numbers."""
    return expression.xreplace({figure: figure.letter for figure in expression.atoms(Figure)})


def row_by_column(left: Tree, right: Tree) -> Explicit:
    """The product of two matrices of entries, m × n and n × k, with the sum of products that each entry is: m × k.

    >>> from tutor.algebra.build import matrix
    >>> print(row_by_column(matrix([[1, 2], [1, 4]]), matrix([3, 5])))
    ⎡ 1 · 3 + 2 · 5 ⎤
    ⎣ 1 · 3 + 4 · 5 ⎦
    """
    product = left @ right  # refused where the shapes do not meet
    rows, columns = (factor.explicit() for factor in product.factors)

    def entry(i: int, j: int) -> sympy.Expr:
        return sympy.Add(*(
            _named(f"a_{k + 1}", rows[i, k]) * _named(f"b_{k + 1}", columns[k, j]) for k in range(rows.cols)
        ))  # fmt: skip

    return Explicit(sympy.ImmutableDenseMatrix(rows.rows, columns.cols, entry))


def _named(name: str, entry: Any) -> sympy.Expr:
    return Figure(sympy.Symbol(name), entry) if isinstance(entry, sympy.Rational) else entry
