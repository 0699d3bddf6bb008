"""Scalars of closed forms: one normal form for each value, and the conditions under which a formula holds."""

from __future__ import annotations

from functools import lru_cache

import sympy
from sympy.core.random import seed

from tutor.algebra.provided import Condition
from tutor.algebra.structure.rational import NotRationalFunctionError, factored


@lru_cache(maxsize=4096)
def normal(expression: sympy.Expr) -> sympy.Expr:
    """An expression in factors, the same for all spellings of one rational function."""
    try:
        return factored(expression)
    except NotRationalFunctionError:
        seed(0)  # SymPy's factoring tries points by chance, and with bad ones takes minutes
        return sympy.factor(expression)  # pyright: ignore[reportReturnType]  (of an Expr)


def has_denominator(expression: sympy.Expr) -> bool:
    """Whether something with letters is divided by."""
    return any(power.exp.could_extract_minus_sign() for power in expression.atoms(sympy.Pow) if power.free_symbols)


def is_zero(expression: sympy.Expr) -> bool:
    """Whether an expression is 0 for all values of its letters."""
    return expression.is_zero is True or (expression.is_zero is None and normal(expression) == 0)


def nonzero(expression: sympy.Expr) -> Condition | None:
    """The condition that an expression is not 0; None where the signs of its letters tell that."""
    if expression.is_nonzero or expression.is_positive or expression.is_negative:
        return None
    numerator, _ = sympy.fraction(sympy.together(expression))
    return Condition(numerator, "≠")


def positive(expression: sympy.Expr) -> Condition | None:
    """The condition that an expression is positive; None where the signs of its letters tell that."""
    return None if expression.is_positive else Condition(expression, ">")


def nonnegative(expression: sympy.Expr) -> Condition | None:
    """The condition that an expression is not negative; None where the signs of its letters tell that."""
    return None if expression.is_nonnegative else Condition(expression, "≥")
