"""The value of a cell that is a plain sum of numbers and letters: SymPy's, put together without its questions.

A cell whose letters are not all numbers, or no names that the vocabulary knows, gets its meaning as any formula does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy

from tutor.notation.meaning.arithmetic import power
from tutor.notation.meaning.combine import IN_ORDER, multiplied_numbers
from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax

Lookup = Callable[[syntax.Named], sympy.Expr | None]

_TWO = sympy.Integer(2)


def plain_value(node: syntax.Node, context: Context, lookup: Lookup) -> sympy.Expr | None:
    """The value of a plain cell; None where a letter of it is no number. ``lookup`` tells what a name is.

    Raises
    ------
    ReadError
        As a formula does: for a number that is too large, or a division by zero.
    """
    if isinstance(node, syntax.Number):
        return sympy.Integer(int(node.digits))
    if isinstance(node, syntax.Named):
        return lookup(node)
    if isinstance(node, syntax.Power):
        base = plain_value(node.base, context, lookup)
        exponent = plain_value(node.exponent, context, lookup)
        return None if base is None or exponent is None else _power(base, exponent, node, context)
    if isinstance(node, syntax.Fraction):
        assert isinstance(node.above, syntax.Number) and isinstance(node.below, syntax.Number)
        below = int(node.below.digits)
        return sympy.Rational(int(node.above.digits), below) if below else None
    if isinstance(node, syntax.Chain):
        factors = _all(node.factors, context, lookup)
        return None if factors is None else multiplied_numbers(factors)
    assert isinstance(node, syntax.Sum)
    terms = _all(node.terms, context, lookup)
    if terms is None:
        return None
    return added_numbers([term if sign == "+" else -term for sign, term in zip(node.signs, terms, strict=True)])


def _all(nodes: Sequence[syntax.Node], context: Context, lookup: Lookup) -> list[sympy.Expr] | None:
    values = [plain_value(node, context, lookup) for node in nodes]
    told = [value for value in values if value is not None]
    return told if len(told) == len(values) else None


def _power(base: sympy.Expr, exponent: sympy.Expr, node: syntax.Power, context: Context) -> sympy.Expr:
    if isinstance(base, sympy.Pow) and base.exp is sympy.S.Half and exponent is _TWO:
        return base.base  # σ_u², the deviation being the root of the variance
    if base.is_Symbol:
        return sympy.Pow(base, exponent)  # of at most three digits
    return power(base, exponent, node, context)


def added_numbers(terms: Sequence[sympy.Expr]) -> sympy.Expr:
    """The sum; one of different letters, each with a number before it, is put together as it stands."""
    numbers = [term for term in terms if term.is_Rational]
    others = [term for term in terms if not term.is_Rational]
    letters = {term.as_coeff_Mul()[1] if term.is_Mul else term for term in others}
    is_plain = all(letter.is_Symbol or letter.is_Mul or letter.is_Pow for letter in letters)
    if (
        len(terms) < 2
        or len(numbers) > 1
        or (numbers and numbers[0] is sympy.S.Zero)
        or len(letters) < len(others)
        or not is_plain
    ):
        return sympy.Add(*terms)
    return sympy.Add._from_args([*numbers, *sorted(others, key=IN_ORDER)])  # pyright: ignore[reportReturnType]
