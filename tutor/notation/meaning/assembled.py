"""Sums and products of numbers put together as they stand: SymPy's, without the questions that it asks of each new one.

A coefficient before different letters and sums, 12ρ²σ²/(n + 1) + 3, is of the form that SymPy would give it; all else
it makes itself. Of a sum to a power it asks whether a term is infinite, which takes twice as long with each fraction
within another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key

import sympy

_IN_ORDER = cmp_to_key(sympy.Basic.compare)
"""The order in which SymPy keeps the terms of a sum and the factors of a product."""


def multiplied_numbers(factors: Sequence[sympy.Expr]) -> sympy.Expr:
    """The product; a number times powers of different letters and sums, or times a plain sum, is put together."""
    if len(factors) == 1:
        return factors[0]
    coefficient, powers = _coefficient(factors)
    if not powers:
        return coefficient
    if coefficient is sympy.S.Zero:
        return sympy.Mul(*factors)
    if len(powers) == 1 and powers[0].is_Add and coefficient is not sympy.S.One:
        return added_numbers([multiplied_numbers([coefficient, term]) for term in powers[0].args])  # pyright: ignore[reportArgumentType]
    if len(powers) == 1 and powers[0].is_Mul:
        inner, powers = _coefficient(powers[0].args)  # pyright: ignore[reportArgumentType]
        coefficient *= inner
    if len(powers) > 1 or not powers[0].is_Symbol:
        bases = {_base(factor) for factor in powers}
        if None in bases or len(bases) < len(powers):
            return sympy.Mul(*factors)
    ordered = sorted(powers, key=_IN_ORDER) if len(powers) > 1 else powers
    if coefficient is sympy.S.One:
        return ordered[0] if len(ordered) == 1 else sympy.Mul._from_args(ordered, is_commutative=True)  # pyright: ignore[reportReturnType]
    return sympy.Mul._from_args([coefficient, *ordered], is_commutative=True)  # pyright: ignore[reportReturnType]


def _coefficient(factors: Sequence[sympy.Expr]) -> tuple[sympy.Expr, list[sympy.Expr]]:
    """The product of the numbers among factors, and the other factors."""
    coefficient: sympy.Expr = sympy.S.One
    others: list[sympy.Expr] = []
    for factor in factors:
        if factor.is_Rational:
            coefficient = factor if coefficient is sympy.S.One else coefficient * factor
        else:
            others.append(factor)
    return coefficient, others


def _base(power: sympy.Expr) -> sympy.Expr | None:
    """The letter of ρ³, or the sum of (n + 1)³; None for what is no whole power of a letter or of a sum in letters."""
    base, exponent = power.args if isinstance(power, sympy.Pow) else (power, sympy.S.One)
    if not isinstance(exponent, sympy.Integer):
        return None
    return base if base.is_Symbol or _is_sum_in_letters(base) else None  # pyright: ignore[reportReturnType, reportArgumentType]


def _is_sum_in_letters(value: sympy.Expr) -> bool:
    """Whether this is a sum that is no number."""
    return bool(value.is_Add and value.free_symbols)


def negative_number(value: sympy.Expr) -> sympy.Expr:
    """−x."""
    return multiplied_numbers([sympy.S.NegativeOne, value])


def added_numbers(terms: Sequence[sympy.Expr]) -> sympy.Expr:
    """The sum; one of different letters, each with a number before it, is put together."""
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
    return sympy.Add._from_args([*numbers, *sorted(others, key=_IN_ORDER)], is_commutative=True)  # pyright: ignore[reportReturnType]
