"""Entries as polynomials: roots and functions are letters while a matrix is worked on, and come back afterwards."""

from __future__ import annotations

import math
from collections.abc import Mapping

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix


def as_rational_functions(
    matrix: ImmutableDenseMatrix,
) -> tuple[ImmutableDenseMatrix, Mapping[sympy.Basic, sympy.Basic]]:
    """The matrix with letters for all roots and functions in it, and what each letter stands for.

    x becomes t² where √x occurs, so that what holds of the letters holds of what they stand for.
    """
    cells = matrix.todok()
    roots = _roots(cells.values())
    forward: dict[sympy.Basic, sympy.Basic] = {}
    back: dict[sympy.Basic, sympy.Basic] = {}
    for symbol, degree in roots.items():
        letter = sympy.Dummy(str(symbol), positive=True)
        forward[symbol], back[letter] = letter**degree, symbol ** sympy.Rational(1, degree)
    if forward:
        cells = {place: value.xreplace(forward) for place, value in cells.items()}
    others: dict[sympy.Basic, sympy.Basic] = {}
    for value in cells.values():
        for part in _opaque(value):
            if part not in others:
                letter = sympy.Dummy("f")
                others[part], back[letter] = letter, part.xreplace(back)
    if others:
        cells = {place: value.xreplace(others) for place, value in cells.items()}
    if not back:
        return matrix, back
    return ImmutableDenseMatrix.from_dok(*matrix.shape, cells), back


def put_back(value: sympy.Expr, back: Mapping[sympy.Basic, sympy.Basic]) -> sympy.Expr:
    """An expression with what the letters stand for in their places."""
    found = value.xreplace(back)
    assert isinstance(found, sympy.Expr)
    return found


def _roots(values) -> dict[sympy.Symbol, int]:
    """Positive letters of which a root is taken, with the least common degree."""
    found: dict[sympy.Symbol, int] = {}
    for value in values:
        for part in value.atoms(sympy.Pow):
            base, exponent = part.base, part.exp
            if isinstance(base, sympy.Symbol) and base.is_positive and exponent.is_Rational and exponent.q != 1:
                found[base] = math.lcm(found.get(base, 1), int(exponent.q))
    return found


def _opaque(value: sympy.Basic) -> list[sympy.Basic]:
    """The outermost parts of an expression that no rational function of letters holds."""
    if value.is_Atom:
        return [] if isinstance(value, sympy.Symbol | sympy.Rational) else [value]
    if isinstance(value, sympy.Add | sympy.Mul) or (isinstance(value, sympy.Pow) and value.exp.is_Integer):
        return [part for argument in value.args for part in _opaque(argument)]
    return [value]
