"""The entries of a tree as doubles, at values of its parameters given by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from tutor.algebra.arithmetic import Doubles, Floating
from tutor.algebra.evaluate import Instance
from tutor.algebra.nodes import Explicit, Identity, Scaled, Symbol
from tutor.algebra.origins import scopes_of
from tutor.algebra.parameters import connected_blocks, covariance_blocks, definitions_of, scalars_of, sizes_of
from tutor.algebra.singular import require_inverses
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import DomainError, UnknownNameError

if TYPE_CHECKING:
    from scipy.sparse import csr_array


ROUNDING = 1e-12
"""What eigenvalues of a singular matrix may come out below 0, relative to the largest."""

MOST_CHECKED = 60
"""Rows of a covariance matrix up to which it is looked at as a whole."""


class GivenInstance(Instance):
    """An instance whose parameters are given by name, in double precision."""

    def __init__(self, values: Mapping[str, float], sizes: Mapping[sympy.Symbol, int], arithmetic: Doubles) -> None:
        super().__init__(arithmetic, sizes)
        self._given = values

    def scalar(self, parameter: sympy.Symbol) -> float:
        return float(self._given[parameter.name])


def numpy_value(tree: Tree, values: Mapping[str, float], arithmetic: Doubles | None = None) -> np.ndarray:
    """The entries of a tree as doubles, rows × columns, at values given by name; NumPy's array unless another
    arithmetic makes its own.

    Raises
    ------
    DomainError
        For a missing value, or one outside its domain (a variance must be positive, that of a random effect may be
        0, as estimates are); for an inverse that does not exist.
    UnknownNameError
        For a name that the tree does not have.
    """
    require_inverses(tree)
    parameters = {str(parameter): parameter for parameter in scalars_of(tree)}
    sizes = {str(letter): letter for letter in sizes_of(tree)}
    known = {**sizes, **parameters}
    scopes = scopes_of(tree)
    may_vanish = frozenset[str]().union(*(scope.may_vanish for scope in scopes))
    for name, value in values.items():
        if name not in known:
            raise UnknownNameError("The parameter", name, known)
        if not np.isfinite(value):
            raise DomainError(f"{name} = {value} is no number.")
        if known[name].is_positive and not value > 0 and not (value == 0 and name in may_vanish):
            raise DomainError(f"{name} must be positive; it is {value}.")
        if name in sizes and value != int(value):
            raise DomainError(f"{name} is a size and must be a whole number; it is {value}.")
    missing = [name for name in known if name not in values]
    if missing:
        raise DomainError(
            f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: numpy({missing[0]}=1, …)."
        )
    for scope in scopes:
        scope.check(values)
    extents = {letter: int(values[name]) for name, letter in sizes.items()}
    dense = GivenInstance(values, extents, Floating())
    for block in (part for whole in covariance_blocks(tree) for part in connected_blocks(whole)):
        numbers = dense.value(Explicit(block))
        free = {str(letter) for letter in block.free_symbols}
        if _is_outside(numbers, on_boundary=bool(free) and free <= may_vanish):
            names = ", ".join(dict.fromkeys(str(entry) for entry in block))
            raise DomainError(f"The matrix of {names} is not positive definite at these values.")
    for symbol in _small_covariances(tree):
        free = {str(letter) for letter in scalars_of(symbol)}
        if _is_outside(dense.value(symbol), on_boundary=bool(free) and free <= may_vanish):
            raise DomainError(f"{symbol} is not positive definite at these values.",
                              tip="See what its structure allows of its parameters.")  # fmt: skip
    return (dense if arithmetic is None else GivenInstance(values, extents, arithmetic)).value(tree)


def _is_outside(matrix: np.ndarray, *, on_boundary: bool) -> bool:
    """Whether a matrix is not positive definite; on the boundary of the domain it may be singular, up to rounding."""
    eigenvalues = np.linalg.eigvalsh(matrix)
    if on_boundary:
        return bool(eigenvalues[0] < -ROUNDING * max(abs(eigenvalues[-1]), np.finfo(float).tiny))
    return bool(eigenvalues[0] <= 0)


def _small_covariances(tree: Tree) -> list[Symbol]:
    """Names of covariance matrices that repeat in larger ones, as Σ of I ⊗ Σ: what they are made of must fit."""
    named = (symbol for part in definitions_of(tree) for symbol in symbols_of(part))
    return [
        symbol
        for symbol in dict.fromkeys(named)
        if "positive definite" in symbol.facts
        and symbol.rows.is_Integer
        and symbol.rows <= MOST_CHECKED
        and symbol.definition is not None
        and not isinstance(symbol.definition, Explicit)
        and not symbols_of(symbol.definition)  # those below are looked at themselves
        and not (isinstance(symbol.definition, Scaled) and isinstance(symbol.definition.tree, Identity))
    ]


def sparse_value(tree: Tree, values: Mapping[str, float]) -> csr_array:
    """The entries that are not zero, as scipy's compressed rows. Raises as `numpy_value` does, and without scipy."""
    from tutor.algebra.sparse import Sparse

    found: Any = numpy_value(tree, values, Sparse())
    return found
