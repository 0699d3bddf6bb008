"""The value of a cell that is a plain sum of numbers and letters: SymPy's, put together without its questions.

A cell whose letters are not all numbers, or no names that the vocabulary knows, gets its meaning as any formula does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from tutor.algebra.build import inverse_number
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.nought import is_nought
from tutor.algebra.tree import Tree
from tutor.notation.meaning.arithmetic import number, power
from tutor.notation.meaning.assembled import added_numbers, multiplied_numbers, negative_number
from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax

_TWO = sympy.Integer(2)
_WITH_BARS = frozenset({"vmatrix", "Vmatrix"})


def settled(
    root: syntax.Node, context: Context, number_of: Callable[[syntax.Named, Context], sympy.Expr | None]
) -> dict[syntax.Node, Tree]:
    """The cells below a node that are plain sums of numbers and of names that stand for numbers, with their values, and
    the matrices that have no other cells."""
    if not context.plain or context.bound:
        return {}
    plain = PlainCells(context, number_of)
    told: dict[syntax.Node, Tree] = {}
    for node in syntax.postorder(root, context.plain):
        if isinstance(node, syntax.Matrix):
            values = {cell: plain.value(cell) for cell in node.parts if cell in context.plain}
            known = {cell: value for cell, value in values.items() if value is not None}
            if len(known) == len(node.parts) and not (node.triangle or node.environment in _WITH_BARS):
                cells = ((i, j, known[cell]) for i, row in enumerate(node.rows) for j, cell in enumerate(row))
                told[node] = Explicit(FilledCells(cells, rows=len(node.rows), columns=len(node.rows[0])))
            else:
                told |= {cell: Scalar(value) for cell, value in known.items()}
    return told


class PlainCells:
    """The values of the plain cells of one expression; a name has its value once, wherever it stands.

    ``number_of`` tells what number a name is; None where it is none, or may be more than one name.
    """

    def __init__(self, context: Context, number_of: Callable[[syntax.Named, Context], sympy.Expr | None]) -> None:
        self._context = context
        self._number_of = number_of
        self._names: dict[int, sympy.Expr | None] = {}  # by the identity of the spelling, one for all of its places
        self._powers: dict[tuple[int, str], sympy.Expr | None] = {}
        self._kinds: dict[type[syntax.Node], Callable[[Any], sympy.Expr | None]] = {
            syntax.Number: self._number,
            syntax.Named: self._name,
            syntax.Power: self._power,
            syntax.Group: self._group,
            syntax.Fraction: self._fraction,
            syntax.Chain: self._chain,
            syntax.Sum: self._sum,
        }

    def value(self, node: syntax.Node) -> sympy.Expr | None:
        """The value of a plain cell; None where a letter of it is no number, or it divides by zero.

        Raises
        ------
        ReadError
            As a formula does: for a number that is too large.
        """
        return self._kinds[type(node)](node)

    def _number(self, node: syntax.Number) -> sympy.Expr:
        return number(node, self._context)

    def _name(self, node: syntax.Named) -> sympy.Expr | None:
        key = id(node.spelling)
        if key not in self._names:
            self._names[key] = self._number_of(node, self._context)
        return self._names[key]

    def _group(self, node: syntax.Group) -> sympy.Expr | None:
        return self.value(node.inner)

    def _fraction(self, node: syntax.Fraction) -> sympy.Expr | None:
        above, below = self.value(node.above), self.value(node.below)
        if isinstance(above, sympy.Integer) and isinstance(below, sympy.Integer) and below.p:
            return sympy.Rational(above.p, below.p)
        divisor = None if below is None else _reciprocal(below)
        return None if above is None or divisor is None else multiplied_numbers([above, divisor])

    def _chain(self, node: syntax.Chain) -> sympy.Expr | None:
        return self._product(node, [])

    def _sum(self, node: syntax.Sum) -> sympy.Expr | None:
        terms: list[sympy.Expr] = []
        for sign, term in zip(node.signs, node.terms, strict=True):
            value = self.value(term) if sign == "+" else self._negative(term)
            if value is None:
                return None
            terms.append(value)
        return added_numbers(terms)

    def _negative(self, node: syntax.Node) -> sympy.Expr | None:
        """The value with the other sign; of a product with one more factor, so that it is put together once."""
        if isinstance(node, syntax.Chain):
            return self._product(node, [sympy.S.NegativeOne])
        value = self.value(node)
        return None if value is None else negative_number(value)

    def _power(self, node: syntax.Power) -> sympy.Expr | None:
        assert isinstance(node.exponent, syntax.Number)
        key = (id(node.base.spelling), node.exponent.digits) if isinstance(node.base, syntax.Named) else None
        if key is not None and key in self._powers:
            return self._powers[key]
        base = self.value(node.base)
        value = None if base is None else _power(base, sympy.Integer(int(node.exponent.digits)), node, self._context)
        if key is not None:
            self._powers[key] = value
        return value

    def _product(self, node: syntax.Chain, factors: list[sympy.Expr]) -> sympy.Expr | None:
        """The product behind the ``factors`` that are there already."""
        for sign, factor in zip(node.signs, node.factors, strict=True):
            value = self.value(factor)
            if value is not None and sign == "/":
                value = _reciprocal(value)
            if value is None:
                return None
            factors.append(value)
        return multiplied_numbers(factors)


def _reciprocal(divisor: sympy.Expr) -> sympy.Expr | None:
    """One divided by a number; None for zero. What SymPy knows of a new number it would work out first."""
    if isinstance(divisor, sympy.Rational):
        return sympy.Rational(divisor.q, divisor.p) if divisor.p else None
    return None if is_nought(divisor) else inverse_number(divisor)


def _power(base: sympy.Expr, exponent: sympy.Expr, node: syntax.Power, context: Context) -> sympy.Expr:
    if isinstance(base, sympy.Pow) and base.exp is sympy.S.Half and exponent is _TWO:
        return base.base  # σ_u², the deviation being the root of the variance
    if base.is_Symbol:
        return sympy.Pow(base, exponent)  # of at most three digits
    return power(base, exponent, node, context)
