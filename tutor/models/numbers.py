"""Exact numbers from what people and programs write: 0.2 is 1/5, in a file as in a list."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy

from tutor.errors import DataError

_NUMBER = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?")
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity)", re.IGNORECASE)
MOST_DIGITS = 400
"""More digits than a double can tell apart anywhere; a longer number is no measurement."""


@lru_cache(maxsize=16384)
def number_of_text(text: str) -> sympy.Rational | None:
    """The number that a text is, exactly; None for a text that is none, or one with no end of digits.

    >>> number_of_text("0.2"), number_of_text("-1e3"), number_of_text("1.5.2"), number_of_text("x")
    (1/5, -1000, None, None)
    """
    found = _NUMBER.fullmatch(text) if text.isascii() else None
    if found is None:
        return None
    sign, whole, fraction, exponent = found[1], found[2], found[3] or "", found[4] or "0"
    if (not whole and not fraction) or len(text) > MOST_DIGITS or abs(int(exponent)) > MOST_DIGITS:
        return None
    power = int(exponent) - len(fraction)
    digits = int(sign + whole + fraction)
    if power >= 0:
        return sympy.Integer(digits * 10**power)
    return _quotient(digits, 10**-power)


def _quotient(numerator: int, denominator: int) -> sympy.Rational:
    quotient = sympy.Rational(numerator, denominator)
    assert isinstance(quotient, sympy.Rational)
    return quotient


def is_not_finite(text: str) -> bool:
    """Whether a text says infinity, or is a number that is too long to be one of a measurement.

    >>> is_not_finite("-Inf"), is_not_finite("1e999"), is_not_finite("1e9"), is_not_finite("info")
    (True, True, False, False)
    """
    if _NOT_FINITE.fullmatch(text):
        return True
    return bool(text.isascii() and _NUMBER.fullmatch(text) and re.search(r"\d", text)) and number_of_text(text) is None


def exact_number(value: Any, where: str) -> sympy.Rational:
    """A finite number as a rational; a float stands for the decimal that it prints.

    Raises
    ------
    DataError
        For anything else; ``where`` says where it stood.

    >>> exact_number(0.2, "x")
    1/5
    """
    if hasattr(value, "item") and not isinstance(value, sympy.Basic):
        value = value.item()  # a NumPy scalar
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction | Decimal | sympy.Expr):
        raise DataError(f"{where} is {value!r}; expected a number.")
    if isinstance(value, int):
        return sympy.Integer(value)
    if isinstance(value, Fraction):
        return _quotient(value.numerator, value.denominator)
    if isinstance(value, sympy.Rational):
        return value
    if isinstance(value, sympy.Expr) and not isinstance(value, sympy.Float):
        raise DataError(f"{where} is {value}; expected a rational number.")
    if isinstance(value, sympy.Float):
        value = float(value)
    if not math.isfinite(value):
        raise DataError(f"{where} is {value}; expected a finite number.")
    exact = number_of_text(str(value))
    if exact is None:
        raise DataError(f"{where} has too many digits to be a measurement.")
    return exact


def double(number: sympy.Expr) -> float:
    """The nearest double; of a rational without SymPy's floats, which take ten times as long.

    >>> double(sympy.Rational(1, 5)), double(sympy.oo)
    (0.2, inf)
    """
    return int(number.p) / int(number.q) if isinstance(number, sympy.Rational) else float(number)  # pyright: ignore[reportArgumentType]


def plain_text(number: sympy.Rational) -> str:
    """A number as a label: a decimal where it ends, otherwise a fraction.

    >>> plain_text(sympy.Rational(1, 5)), plain_text(sympy.Integer(308)), plain_text(sympy.Rational(1, 3))
    ('0.2', '308', '1/3')
    """
    numerator, denominator = int(number.p), int(number.q)
    if denominator == 1:
        return str(numerator)
    rest, places = denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return f"{numerator}/{denominator}"
    digits = f"{abs(numerator) * 10**places // denominator:0{places + 1}d}"
    return f"{'-' if numerator < 0 else ''}{digits[:-places]}.{digits[-places:]}"
