"""Scalar arithmetic of a text, with bounds: a student may type 9^{9^{9^9}}, and no machine should compute it."""

from __future__ import annotations

import math

import sympy

from tutor.algebra.build import inverse_number
from tutor.algebra.nought import is_nought
from tutor.notation.meaning.context import Context
from tutor.notation.parsing.syntax import Node, Number

MOST_DIGITS = 2_000
"""Digits of a number that a power or a product may have."""

_MOST_BITS = int(MOST_DIGITS * math.log2(10)) + 1

MOST_EXPONENT = 10_000

MOST_DEGREE = 100
"""The degree of a power of a sum in which there are powers of sums: SymPy multiplies those out to know their signs."""

MOST_ZEROS = 300
"""The exponent of a number in scientific notation, as of 1e300."""


def number(node: Number, context: Context) -> sympy.Expr:
    """A whole or decimal number, exactly: 0.6 is 3/5; ∞ is no number to calculate with, and stands alone."""
    if node.digits == "∞":
        return sympy.oo
    if node.digits.isdecimal():
        return sympy.Integer(int(node.digits))
    mantissa, _, exponent = node.digits.lower().partition("e")
    if exponent and abs(int(exponent)) > MOST_ZEROS:
        raise context.error("This number is too large to be read.", "too-large", node)
    whole, _, decimals = mantissa.partition(".")
    value = sympy.Rational(int(whole + decimals or "0"), 10 ** len(decimals))
    return value * sympy.Integer(10) ** int(exponent) if exponent else value


def power(base: sympy.Expr, exponent: sympy.Expr, node: Node, context: Context) -> sympy.Expr:
    """base to the exponent. Raises ReadError "too-large", "division-by-zero" or "negative-root"."""
    if isinstance(exponent, sympy.Integer) and abs(exponent.p) <= MOST_DIGITS and _is_letter_or_root(base):
        return inverse_number(base) if exponent is sympy.S.NegativeOne else sympy.Pow(base, exponent)
    if is_nought(base) and exponent.is_negative:
        raise context.error("Division by zero is not defined.", "division-by-zero", node)
    if exponent.is_number and base not in (0, 1, -1):
        size = sympy.Abs(exponent)
        digits = _digits(base)
        if not exponent.is_Rational and not exponent.is_finite:
            raise context.error("This exponent has no value.", "unexpected", node)
        if exponent.is_Rational and (size > MOST_EXPONENT or size * digits > MOST_DIGITS):
            raise context.error("This power is too large to be computed.", "too-large", node)
    if exponent.is_Rational and abs(exponent.p) * _degree_within(base) > MOST_DEGREE:  # pyright: ignore[reportAttributeAccessIssue]
        raise context.error("This power is too large to be computed.", "too-large", node)
    value = inverse_number(base) if exponent is sympy.S.NegativeOne else sympy.Pow(base, exponent)
    raised = value.as_base_exp()[1]
    if raised.is_number and sympy.Abs(raised) > MOST_EXPONENT:
        raise context.error("This power is too large to be computed.", "too-large", node)
    if value.has(sympy.I):
        raise context.error("The root of a negative number is no real number.", "negative-root", node)
    return value


def _is_letter_or_root(base: sympy.Expr) -> bool:
    """Whether this is a letter or the square root of one, as a deviation is: of its powers there is nothing to ask."""
    return base.is_Symbol or (isinstance(base, sympy.Pow) and base.exp is sympy.S.Half and base.base.is_Symbol)


def is_beyond(value: sympy.Expr, most: int) -> bool:
    """Whether this is a number larger than a bound, with either sign: by its first digits, as SymPy's comparison works
    out signs, of which each function within another doubles the work."""
    if not value.is_number:
        return False
    digits = value if value.is_Rational else value.evalf(5)
    return bool(digits.is_Number and abs(digits) > most)


def check_digits(value: sympy.Expr, node: Node, context: Context) -> None:
    """Raises ReadError "too-large" where a number, or the one in front of letters, has more digits than may be."""
    coefficient, _ = value.as_coeff_Mul()
    if (
        isinstance(coefficient, sympy.Rational)
        and max(coefficient.p.bit_length(), coefficient.q.bit_length()) > _MOST_BITS
    ):
        raise context.error("This number is too large to be computed.", "too-large", node)


def _degree_within(expression: sympy.Basic) -> int:
    """The degree of powers of sums that stand within each other; 0 where there are none."""
    if isinstance(expression, sympy.Pow) and expression.base.is_Add and isinstance(expression.exp, sympy.Rational):
        return abs(int(expression.exp.p)) * max(1, _degree_within(expression.base))
    return max(map(_degree_within, expression.args), default=0)


def _digits(base: sympy.Expr) -> int:
    """The digits of the longest number in an expression, 0 where there is none."""
    rationals = base.atoms(sympy.Rational)
    return max((len(str(abs(int(r.p)))) + len(str(int(r.q))) - 1 for r in rationals), default=0)


def root(inner: sympy.Expr, degree: sympy.Expr, node: Node, context: Context) -> sympy.Expr:
    """The root of a degree. Raises ReadError where the degree is zero."""
    if is_nought(degree):
        raise context.error("There is no root of degree zero.", "division-by-zero", node)
    return power(inner, 1 / degree, node, context)
