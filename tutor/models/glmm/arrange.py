"""Closed forms in the order of a lecture: p(1 − p), and (exp(s) − 1) exp(2m + s) for a difference of exponentials."""

from __future__ import annotations

from typing import cast

import sympy

from tutor.models.glmm.functions import Phi2
from tutor.models.glmm.laws import combined
from tutor.notation.meaning.functions import Phi


def total(variance: sympy.Expr, mean: sympy.Expr, square: sympy.Expr) -> sympy.Expr:
    """E(Var(y | u)) + E(x²) − E(x)² for x = E(y | u), from E(Var(y | u)), E(x) and E(x²); p(1 − p) for y of 0 or 1."""
    if sympy.expand(variance + square - mean) == 0:
        return mean * (1 - mean)
    return grouped(variance + square - mean**2)


def grouped(value: sympy.Expr) -> sympy.Expr:
    """A sum with exp(a) − exp(b) as exp(b)(exp(a − b) − 1), where a − b is a variance or a covariance; the terms of one
    orthant probability together.

    >>> s = sympy.Symbol("s")
    >>> grouped(sympy.exp(2 * s) - sympy.exp(s))
    (exp(s) - 1)*exp(s)
    """
    terms = [combined(term) for term in sympy.Add.make_args(sympy.expand(value, power_exp=False))]
    whole = sympy.Add(*terms)
    orthants = sorted(whole.atoms(Phi2), key=sympy.default_sort_key)
    if orthants:
        return sympy.collect(whole, orthants, sympy.factor)
    if not whole.has(sympy.exp):
        return whole
    left = list(sympy.Add.make_args(whole))
    pairs: list[sympy.Expr] = []
    for lower in [term for term in left if term.could_extract_minus_sign()]:
        higher = next((term for term in left if _joins(term, lower)), None)
        if higher is not None:
            left.remove(lower)
            left.remove(higher)
            ratio = sympy.exp(sympy.expand(_exponent(higher) - _exponent(lower)))
            pairs.append(-lower * (ratio - 1))
    return sympy.Add(*left, *pairs)


def _joins(higher: sympy.Expr, lower: sympy.Expr) -> bool:
    """Whether two terms are c exp(a) and −c exp(b), with no mean in a − b: its letters are m."""
    if _coefficient(higher) != -_coefficient(lower):
        return False
    difference = sympy.expand(_exponent(higher) - _exponent(lower))
    return all(str(letter).partition("_")[0] != "m" for letter in difference.free_symbols)


def _coefficient(term: sympy.Expr) -> sympy.Expr:
    return sympy.Mul(*(factor for factor in sympy.Mul.make_args(term) if not isinstance(factor, sympy.exp)))


def _exponent(term: sympy.Expr) -> sympy.Expr:
    factors = sympy.Mul.make_args(term)
    return sympy.Add(*(cast(sympy.Expr, factor.args[0]) for factor in factors if isinstance(factor, sympy.exp)))


def quotient_of(above: sympy.Expr, below: sympy.Expr) -> sympy.Expr:
    """A fraction; exponentials of both cancel, and a standard deviation e^a|b| is e^a b, b being positive.

    >>> m, s = sympy.symbols("m s", positive=True)
    >>> quotient_of((sympy.exp(s) - 1) * sympy.exp(2 * m), sympy.exp(2 * m + s))
    (exp(s) - 1)*exp(-s)
    """
    deviation = cast(sympy.Expr, below.replace(sympy.Abs, lambda inside: inside))
    return combined(above / deviation)


def multiplied_out(value: sympy.Expr) -> sympy.Expr:
    """A polynomial multiplied out; anything else as it is."""
    return value if value.has(sympy.exp, Phi, Phi2) else sympy.expand(value)
