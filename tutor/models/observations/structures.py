"""a'Σb of a covariance structure, where a and b pick an element of the vector or average over all."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

import sympy

from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Explicit, Identity, Ones, Scalar, Scaled, Sum, Symbol, Zero
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError, TutorError
from tutor.models.elements import listed
from tutor.models.levels import DOT, Level


def between(structure: Tree, one: Level, other: Level) -> sympy.Expr:
    """The covariance of two elements, or averages over all elements, of a vector whose variance is ``structure``.

    Raises
    ------
    TutorError
        Where it is not told whether two levels are one.
    SizeError
        For an average of which this structure has no closed form while its size is a letter.
    """
    if isinstance(structure, Symbol) and structure.definition is not None:
        return between(structure.definition, one, other)
    extent = listed(structure.rows)
    letters = [level for level in (one, other) if isinstance(level, str) and level != DOT]
    if extent is None or letters:
        return sympy.factor_terms(_between(structure, one, other))  # pyright: ignore[reportReturnType]
    matrix: Any = structure.explicit()
    left, right = (range(extent) if level == DOT else (int(level) - 1,) for level in (one, other))
    total = sympy.Add(*(matrix[i, j] for i in left for j in right))
    return sympy.factor_terms(total / (len(left) * len(right)))  # pyright: ignore[reportReturnType]


@singledispatch
def _between(structure: Tree, one: Level, other: Level) -> sympy.Expr:
    raise SizeError("This covariance structure tells its entries only for sizes that are numbers.",
                    tip="Give numbers for the sizes.")  # fmt: skip


@_between.register(Symbol)
def _of_symbol(structure: Symbol, one: Level, other: Level) -> sympy.Expr:
    if structure.definition is None:
        return _between.dispatch(Tree)(structure, one, other)
    return _between(structure.definition, one, other)


@_between.register(Scaled)
def _of_scaled(structure: Scaled, one: Level, other: Level) -> sympy.Expr:
    if not isinstance(structure.scalar, Scalar):
        return _between.dispatch(Tree)(structure, one, other)
    return structure.scalar.value * _between(structure.tree, one, other)


@_between.register(Sum)
def _of_sum(structure: Sum, one: Level, other: Level) -> sympy.Expr:
    return sympy.Add(*(_between(term, one, other) for term in structure.terms))


@_between.register(Ones)
@_between.register(Zero)
def _of_constant(structure: Ones | Zero, one: Level, other: Level) -> sympy.Expr:
    return ONE if isinstance(structure, Ones) else sympy.S.Zero


@_between.register(Identity)
def _of_identity(structure: Identity, one: Level, other: Level) -> sympy.Expr:
    if DOT in (one, other):
        return 1 / structure.order
    if one == other:
        return ONE
    if type(one) is not type(other):
        raise _not_told(one, other)
    return sympy.S.Zero


@_between.register(Explicit)
def _of_entries(structure: Explicit, one: Level, other: Level) -> sympy.Expr:
    matrix: Any = structure.matrix
    diagonal = {matrix[i, i] for i in range(matrix.rows)}
    if one == other != DOT and len(diagonal) == 1:
        return diagonal.pop()
    raise TutorError("Which entry of the covariance structure this is depends on the levels.",
                     tip="Write numbers for them.")  # fmt: skip


@_between.register(ByDistance)
def _of_distance(structure: ByDistance, one: Level, other: Level) -> sympy.Expr:
    if DOT in (one, other):
        return _averaged(structure, one, other)
    if structure.corner is not None and one == other:
        return _between.dispatch(Tree)(structure, one, other)
    if one == other:
        return structure.entry(0)
    if isinstance(one, int) and isinstance(other, int):
        return structure.entry(abs(one - other))
    if structure.near:
        raise _not_told(one, other)
    return structure.entry(sympy.Abs(_place(one) - _place(other)))


def _place(level: Level) -> sympy.Expr:
    return sympy.Integer(level) if isinstance(level, int) else sympy.Symbol(level, integer=True, positive=True)


def _averaged(structure: ByDistance, one: Level, other: Level) -> sympy.Expr:
    """The mean of entries c ρ^d: of a whole AR(1) matrix, or of a row of it, by the sum of a geometric series."""
    rho = next(iter(structure.beyond.atoms(sympy.Pow)), None)
    if structure.near or structure.corner is not None or rho is None or rho.exp != DISTANCE:
        return _between.dispatch(Tree)(structure, one, other)
    base, factor = rho.base, structure.beyond / rho
    t = size(structure.order)
    if one == other == DOT:
        # Σ_ij ρ^|i−j| = t + 2 Σ_d (t − d) ρ^d
        return factor * (t * (1 - base**2) - 2 * base * (1 - base**t)) / (t**2 * (1 - base) ** 2)
    row = _place(other if one == DOT else one)
    return factor * (1 + base - base**row - base ** (t - row + 1)) / (t * (1 - base))


def _not_told(one: Level, other: Level) -> TutorError:
    return TutorError(f"How far {one} and {other} are apart is not told.", tip="Write numbers for both.")
