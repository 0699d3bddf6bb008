"""Whether a matrix of numbers is positive definite, decided without rounding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import sympy

from tutor.algebra.arithmetic import Arithmetic, Exact, NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.doubles import Floating
from tutor.algebra.evaluate import Instance
from tutor.algebra.tree import Tree

Definiteness = Literal["positive definite", "not positive definite", "singular"]
"""Singular: positive semidefinite up to the row that was found, which depends on those above it; or too close to that
for 900 digits to tell apart."""


class GivenValues(Instance):
    """An instance whose parameters are numbers of SymPy, by name; exact, in balls or in doubles."""

    def __init__(self, arithmetic: Arithmetic, values: Mapping[str, sympy.Expr]) -> None:
        super().__init__(arithmetic)
        self._given = values

    def scalar(self, parameter: sympy.Symbol) -> Any:
        return self.number(self._given[parameter.name])


def valued(tree: Tree, values: Mapping[str, sympy.Expr]) -> tuple[Arithmetic, Any]:
    """The matrix of a tree at exact values: rational numbers, or balls around irrational ones."""
    try:
        return Exact(), GivenValues(Exact(), values).value(tree)
    except NotRationalError:
        return Balls(), GivenValues(Balls(), values).value(tree)


def floats(tree: Tree, values: Mapping[str, sympy.Expr]) -> Any:
    """The matrix of a tree at these values, as doubles."""
    return GivenValues(Floating(), values).value(tree)


def definiteness(tree: Tree, values: Mapping[str, sympy.Expr]) -> tuple[Definiteness, int]:
    """What a symmetric matrix is at exact values, and the first row that shows it (the last if positive definite).

    By the pivots of LDL': the leading k × k block is positive definite if and only if the first k pivots are positive.
    """
    arithmetic, matrix = valued(tree, values)
    rows = [list(row) for row in arithmetic.entries(matrix)]
    for k, top in enumerate(rows):
        pivot = top[k]
        # A ball is above 0 only if all its numbers are; one that holds 0 is neither above nor below.
        if not pivot > 0:
            return ("not positive definite" if pivot < 0 else "singular"), k + 1
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / pivot
            if factor != 0:
                for j in range(k + 1, len(rows)):
                    rows[i][j] = rows[i][j] - factor * top[j]
    return "positive definite", len(rows)
