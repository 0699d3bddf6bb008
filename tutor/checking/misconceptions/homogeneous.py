"""Which edits cannot have the answer's value because they have other units.

With all variances and covariances c times as large V is c times as large, V⁻¹ is 1/c times as large, and β̂ stays as it
is: each is homogeneous, of degree 1, −1 and 0. The degree of an edit follows from how it is written, that of the answer
is found by values. A matrix function that is homogeneous of one degree equals none that is not, save where it is zero;
so most edits of V are told apart from σ²I + 3J, and all of β̂ from R⁻¹y, before anything of them is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import singledispatch

import numpy as np
import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Zero,
)
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector

Degree = float | None
"""The power of c by which a value grows, a multiple of a quarter; None where the way it is written does not tell."""

FACTOR = 4
"""What the letters are multiplied by to find the degree of values: a square, so that roots are exact."""

UNKNOWN = float("nan")
"""In the place of a degree that was not looked for yet."""

ROUNDING = 1e-6
"""How far values may be from homogeneous for the rounding of doubles: an edit is left out only for more than that."""


class Degrees:
    """Degrees of trees in some letters, each found once; ``defined`` gives the tree that a symbol stands for."""

    def __init__(self, letters: Collection[sympy.Symbol], defined: Callable[[Symbol], Tree | None]) -> None:
        self._letters = frozenset(letters)
        self._defined = defined
        self._known: dict[Tree, Degree] = {}
        self._numbers: dict[sympy.Basic, Degree] = {}

    def defined(self, symbol: Symbol) -> Tree | None:
        """The tree that a symbol stands for; None for one whose values have nothing to do with the letters."""
        return self._defined(symbol)

    def of(self, tree: Tree) -> Degree:
        """The degree of a tree by how it is written."""
        known = self._known.get(tree, UNKNOWN)
        if known is UNKNOWN:
            known = self._known[tree] = _degree(tree, self)
        return known

    def of_number(self, expression: sympy.Basic) -> Degree:
        """The degree of a SymPy scalar; what is zero is of any degree, so that whichever it is given does no harm."""
        known = self._numbers.get(expression, UNKNOWN)
        if known is UNKNOWN:
            known = self._numbers[expression] = self._of_number(expression)
        return known

    def _of_number(self, expression: sympy.Basic) -> Degree:
        if isinstance(expression, sympy.Symbol):
            return 1.0 if expression in self._letters else 0.0
        if isinstance(expression, sympy.Mul):
            return _total(map(self.of_number, expression.args))
        if isinstance(expression, sympy.Add):
            return _common(map(self.of_number, expression.args))
        if isinstance(expression, sympy.Pow) and (4 * expression.exp).is_Integer:
            return _times(self.of_number(expression.base), float(expression.exp))
        return 0.0 if self._letters.isdisjoint(expression.free_symbols) else None


@singledispatch
def _degree(tree: Tree, degrees: Degrees) -> Degree:
    return None


@_degree.register(Identity)
@_degree.register(Ones)
@_degree.register(UnitVector)
def _degree_of_constant(tree: Tree, degrees: Degrees) -> Degree:
    return 0.0


@_degree.register
def _degree_of_scalar(tree: Scalar, degrees: Degrees) -> Degree:
    return degrees.of_number(tree.value)


@_degree.register
def _degree_of_symbol(tree: Symbol, degrees: Degrees) -> Degree:
    definition = degrees.defined(tree)
    return 0.0 if definition is None else degrees.of(definition)


@_degree.register
def _degree_of_explicit(tree: Explicit, degrees: Degrees) -> Degree:
    return _common(degrees.of_number(entry) for entry in set(tree.filled.values()))


@_degree.register
def _degree_of_scaled(tree: Scaled, degrees: Degrees) -> Degree:
    return _total((degrees.of(tree.scalar), degrees.of(tree.tree)))


@_degree.register(Block)
@_degree.register(BlockDiagonal)
def _degree_of_blocks(tree: Block | BlockDiagonal, degrees: Degrees) -> Degree:
    return _common(degrees.of(part) for part in tree.parts if not isinstance(part, Zero))


@_degree.register
def _degree_of_sum(tree: Sum, degrees: Degrees) -> Degree:
    return _common(degrees.of(term) for term in tree.terms)


@_degree.register(Product)
@_degree.register(Kronecker)
def _degree_of_product(tree: Product | Kronecker, degrees: Degrees) -> Degree:
    return _total(degrees.of(factor) for factor in tree.factors)


@_degree.register(Transpose)
@_degree.register(Trace)
def _degree_of_linear(tree: Transpose | Trace, degrees: Degrees) -> Degree:
    return degrees.of(tree.tree)


@_degree.register
def _degree_of_inverse(tree: Inverse, degrees: Degrees) -> Degree:
    return _times(degrees.of(tree.tree), -1.0)


@_degree.register
def _degree_of_applied(tree: Applied, degrees: Degrees) -> Degree:
    if tree.function != "generalized inverse":
        return None
    return _times(degrees.of(tree.arguments[0]), -1.0)


def degree_of_values(value: np.ndarray, scaled: np.ndarray) -> tuple[bool, Degree]:
    """Whether values tell a degree, and which: those at some letters and at FACTOR times these; None for no degree.

    Values that are all zero are of any degree, so they tell none.
    """
    place = np.unravel_index(np.abs(value).argmax(), value.shape)
    largest = np.abs(value).max(initial=0.0)
    if largest == 0.0 or not np.isfinite(scaled).all():
        return False, None
    ratio = scaled[place] / value[place]
    if ratio <= 0:
        return True, None
    degree = round(4 * float(np.log(ratio) / np.log(FACTOR))) / 4
    power = FACTOR**degree
    return True, degree if bool((np.abs(scaled - power * value) <= ROUNDING * power * largest).all()) else None


def _common(degrees: Iterable[Degree]) -> Degree:
    """The degree that all have; None where they have not one."""
    found = set(degrees)
    return found.pop() if len(found) == 1 else None


def _total(degrees: Iterable[Degree]) -> Degree:
    total = 0.0
    for degree in degrees:
        if degree is None:
            return None
        total += degree
    return total


def _times(degree: Degree, factor: float) -> Degree:
    return None if degree is None else degree * factor
