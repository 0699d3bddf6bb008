"""The domain of a structure: bounds of its parameters as data, in words, and tried on values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy

from tutor.algebra.parameters import argument_name, by_name
from tutor.covariance.parameters import SHOWN, Family, Parameter, T, put
from tutor.errors import DomainError, UnknownNameError
from tutor.notation.style import Style
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: in words, and for a bound the base of the parameters and the bounds, expressions in t."""

    words: str
    base: str | None = None
    lower: sympy.Expr | None = None
    upper: sympy.Expr | None = None

    def __str__(self) -> str:
        return self.words


DEFINITE = Condition("the matrix is positive definite")


def told(expression: sympy.Expr) -> str:
    """An expression on one line."""
    return Pen(UNICODE, Style()).whole(expression)


def condition(family: Family) -> Condition | None:
    """The bounds of a family in words, σ²_i > 0 or −1/(t − 1) < ρ < 1; None where it has none."""
    if family.lower is None and family.upper is None:
        return None
    words = interval(told(sympy.Symbol(family.base + SHOWN[family.over])), family, None)
    return Condition(words, family.base, family.lower, family.upper)


def interval(name: str, family: Family, t: int | None) -> str:
    """The bounds of a family around a name, at a dimension if there is one."""
    lower, upper = (None if bound is None else told(at_dimension(bound, t)) for bound in (family.lower, family.upper))
    below, above = ("≤", "≥") if family.closed else ("<", ">")
    if upper is None:
        return f"{name} {above} {lower}"
    return f"{name} < {upper}" if lower is None else f"{lower} {below} {name} < {upper}"


def at_dimension(bound: sympy.Expr, t: int | None) -> sympy.Expr:
    """A bound at a dimension."""
    return bound if t is None else put(bound, {T: sympy.Integer(t)})


def exact_values(values: Mapping[str, Any], parameters: Sequence[Parameter]) -> dict[str, sympy.Expr]:
    """Values as exact numbers, by name; a float stands for the decimal that it prints.

    Raises
    ------
    UnknownNameError
        For a name that no parameter has.
    DomainError
        For a missing value, or one that is no real number.
    """
    known = [parameter.key for parameter in parameters]
    values = by_name(values, known)
    for name in values:
        if name not in known:
            raise UnknownNameError("The parameter", name, known)
    missing = [parameter for parameter in parameters if parameter.key not in values]
    if missing:
        some = ", ".join(f"{parameter.key} ({parameter.meaning})" for parameter in missing[:6])
        more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
        named = argument_name(missing[0].key)
        raise DomainError(f"Values are needed for {some}{more}.", tip=f"Give them by name, as {named}=….")
    return {name: exact(value, name) for name, value in values.items()}


def exact(value: Any, name: str) -> sympy.Expr:
    """A finite real number, exactly: 0.6 is 3/5, and an expression of SymPy stays as it is.

    Raises
    ------
    DomainError
        For anything else.
    """
    if hasattr(value, "item") and not isinstance(value, sympy.Basic):
        value = value.item()  # a NumPy scalar
    if isinstance(value, sympy.Float):
        value = float(value)
    if isinstance(value, sympy.Expr) and value.is_number and value.is_extended_real and value.is_finite:
        return value
    number = isinstance(value, int | float | Fraction | Decimal) and not isinstance(value, bool)
    # A float that is infinite or no number has no digits to stand for.
    if not number or (isinstance(value, float | Decimal) and not Decimal(value).is_finite()):
        raise DomainError(f"{name} is {value!r}; expected a number.")
    return sympy.Rational(str(value))


def check_bounds(
    families: Sequence[Family], values: Mapping[str, sympy.Expr], t: int, q: int, suffix: str, fixed: Mapping[str, Any]
) -> None:
    """Refuse a value outside the bounds of its family at dimension t.

    Raises
    ------
    DomainError
        Names the boundary.
    """
    for family in families:
        lower, upper = (None if b is None else at_dimension(b, t) for b in (family.lower, family.upper))
        for parameter in family.members(t, q, suffix):
            if parameter.key in fixed:
                continue
            value = values[parameter.key]
            low = lower is not None and not (value >= lower if family.closed else value > lower)
            high = upper is not None and not value < upper
            if low or high:
                general = interval(told(parameter.symbol), family, None)
                here = interval(told(parameter.symbol), family, t)
                at = f"; with t = {t} it is {here}" if here != general else ""
                raise DomainError(
                    f"{told(parameter.symbol)} = {told(value)} is outside its domain {general}{at}. "
                    f"The boundary is {told(_boundary(lower, upper, low))}.",
                    tip=f"It is the {parameter.meaning}.",
                )


def _boundary(lower: sympy.Expr | None, upper: sympy.Expr | None, low: bool) -> sympy.Expr:
    bound = lower if low else upper
    assert bound is not None
    return bound
