"""The entries of a tree as doubles, at values of its parameters given by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.boundary import NoInverseError, division_by_zero, is_singular, no_inverse, without_inverse
from tutor.algebra.doubles import Doubles, Floating
from tutor.algebra.evaluate import Instance
from tutor.algebra.evaluate_applied import MOST_TERMS
from tutor.algebra.indices import Total, at_numbers
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Inverse, Product, Scalar, Scaled, Sum, Symbol
from tutor.algebra.origins import scopes_of
from tutor.algebra.parameters import (
    argument_name,
    by_name,
    connected_blocks,
    covariance_blocks,
    definitions_of,
    scalars_of,
    sizes_of,
)
from tutor.algebra.singular import require_inverses
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.errors import DomainError, UnknownNameError

if TYPE_CHECKING:
    from scipy.sparse import csr_array


ROUNDING = 1e-12
"""What eigenvalues of a singular matrix may come out below 0, relative to the largest."""

JOINED: Mapping[str, Callable[[tuple[Tree, ...]], Tree]] = {"sum": Sum, "product": Product, "direct sum": BlockDiagonal}
"""What the terms of each operation over an index make together."""

MOST_CHECKED = 60
"""Rows of a covariance matrix up to which it is looked at as a whole."""


class GivenInstance(Instance):
    """An instance whose parameters are given by name, in double precision."""

    def __init__(
        self,
        values: Mapping[str, float],
        sizes: Mapping[sympy.Symbol, int],
        arithmetic: Doubles,
        scopes: Sequence[Any] = (),
    ) -> None:
        super().__init__(arithmetic, sizes)
        self._given = values
        self._scopes = scopes
        self.on_boundary: set[str] = set()

    def scalar(self, parameter: sympy.Symbol) -> float:
        value = self._given.get(parameter.name)
        if value is None:
            raise DomainError(f"{parameter.name} is random and has no value.", tip="Its moments have: Var(u), E(y).")
        return float(value)

    def inverse(self, tree: Inverse) -> Any:
        """The value of an inverse; on the boundary rounding alone may give a singular matrix one, and is not asked."""
        inside = self.value(tree.tree)
        at_risk = isinstance(inside, np.ndarray) and not self.on_boundary.isdisjoint(map(str, scalars_of(tree.tree)))
        if at_risk and is_singular(inside):
            raise no_inverse(tree, self._given, self._scopes)
        try:
            return self.arithmetic.inverse(inside)
        except DomainError:
            raise no_inverse(tree, self._given, self._scopes) from None

    def _number(self, expression: sympy.Basic) -> Any:
        try:
            return super()._number(expression)
        except (ZeroDivisionError, ValueError):
            raise division_by_zero(expression, self._given) from None


def numpy_value(tree: Tree, values: Mapping[str, float], arithmetic: Doubles | None = None) -> np.ndarray:
    """The entries of a tree as doubles, rows × columns, at values given by name; NumPy's array unless another
    arithmetic makes its own.

    Raises
    ------
    DomainError
        For a missing value, or one outside its domain (a variance must be positive, that of a random effect may be
        0, as estimates are); for an inverse that does not exist; for what is random.
    UnknownNameError
        For a name that neither the tree nor its model has.
    """
    require_inverses(tree)
    scopes = scopes_of(tree)
    tree, limits = _with_terms(tree, values)
    values = {name: value for name, value in values.items() if name not in limits}
    parameters = {str(parameter): parameter for parameter in scalars_of(tree)}
    sizes = {str(letter): letter for letter in sizes_of(tree)}
    known = {**sizes, **parameters}
    values = by_name(values, known)
    may_vanish = frozenset[str]().union(*(scope.may_vanish for scope in scopes))
    # Of a model every parameter may be given, whether or not it stands in this tree.
    named = {name: letter for scope in scopes for name, letter in scope.symbols.items()} | known
    for name, value in values.items():
        if name not in named:
            raise UnknownNameError("The parameter", name, known)
        if not np.isfinite(value):
            raise DomainError(f"{name} = {value} is no number.")
        if named[name].is_positive and not value > 0 and not (value == 0 and name in may_vanish):
            raise DomainError(f"{name} must be positive; it is {value}.")
        if name in sizes and value != int(value):
            raise DomainError(f"{name} is a size and must be a whole number; it is {value}.")
    values = {name: value for name, value in values.items() if name in known}
    missing = [name for name in known if name not in values]
    if missing:
        for scope in scopes:
            scope.require_fixed(missing)
        raise DomainError(
            f"Values are needed for {', '.join(missing)}.",
            tip=f"Give them by name: numpy({argument_name(missing[0])}=1, …).",
        )
    for scope in scopes:
        scope.check(values)
    extents = {letter: int(values[name]) for name, letter in sizes.items()}
    dense = GivenInstance(values, extents, Floating(), scopes)
    on_boundary = {name for name in may_vanish & set(values) if values[name] == 0}
    for block in (part for whole in covariance_blocks(tree) for part in connected_blocks(whole)):
        numbers = dense.value(Explicit(block))
        free = {str(letter) for letter in block.free_symbols}
        if _is_outside(numbers, on_boundary=bool(free) and free <= may_vanish):
            raise outside(numbers, f"the matrix of {', '.join(sorted(free))}", {name: values[name] for name in free})
        if free and free <= may_vanish and is_singular(numbers):
            on_boundary |= free
    for symbol in _small_covariances(tree, extents):
        free = {str(letter) for letter in scalars_of(symbol)}
        numbers = dense.value(symbol)
        if _is_outside(numbers, on_boundary=bool(free) and free <= may_vanish):
            raise outside(numbers, str(symbol), {name: values[name] for name in free})
    instance = dense if arithmetic is None else GivenInstance(values, extents, arithmetic, scopes)
    instance.on_boundary = on_boundary
    try:
        return instance.value(tree)
    except NoInverseError as error:
        raise _with_other_form(error, tree, instance) from None


def _with_other_form(error: NoInverseError, tree: Tree, instance: GivenInstance) -> NoInverseError:
    """The error with a form of the tree that has a value there, and the value, where a law gives one."""
    other = without_inverse(tree, error.inverse)
    if other is None:
        return error
    try:
        value = instance.value(other)
    except DomainError:
        return error
    return error.with_other_form(tree, other, value)


def _with_terms(tree: Tree, values: Mapping[str, float]) -> tuple[Tree, set[str]]:
    """A tree with the terms of its sums over an index one by one, whose letters then have values of their own, n_1 and
    n_2 in place of n_i, and with totals n_. as their sums; and the letters of limits that are nowhere else."""
    spread: set[str] = set()

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar) and node.value.has(Total):
            limits = {letter for each in node.value.atoms(Total) for letter in each.last.free_symbols}
            given = {letter: int(values[str(letter)]) for letter in limits if str(letter) in values}
            spread.update(map(str, given))
            return Scalar(at_numbers(node.value, given)) if given else None  # pyright: ignore[reportArgumentType]
        if not isinstance(node, Indexed):
            return None
        letters = {str(letter) for limit in (node.first, node.last) for letter in scalars_of(limit)}
        if not letters <= set(values):
            return None
        first, last = (int(numpy_value(limit, _own(limit, values)).item()) for limit in (node.first, node.last))
        if not 1 <= last - first + 1 <= MOST_TERMS:
            raise DomainError(f"A sum over {node.index} goes from {first} to {last}: that is no number of terms.",
                              tip=f"Values of {', '.join(sorted(letters))} are whole numbers from 1.")  # fmt: skip
        spread.update(letters)
        terms = tuple(node.term(number) for number in range(first, last + 1))
        if len(terms) == 1:
            return terms[0]
        return JOINED[node.operation](terms)

    before, changed = tree, transform(tree, change)
    while changed != before:  # sums within sums, whose limits b_i are b_1, b_2 now
        before, changed = changed, transform(changed, change)
    left = {str(letter) for letter in (*scalars_of(changed), *sizes_of(changed))}
    return changed, spread - left


def _own(tree: Tree, values: Mapping[str, float]) -> dict[str, float]:
    return {str(letter): values[str(letter)] for letter in scalars_of(tree)}


def _is_outside(matrix: np.ndarray, *, on_boundary: bool) -> bool:
    """Whether a matrix is not positive definite; on the boundary of the domain it may be singular, up to rounding."""
    eigenvalues = np.linalg.eigvalsh(matrix)
    if on_boundary:
        return bool(eigenvalues[0] < -ROUNDING * max(abs(eigenvalues[-1]), np.finfo(float).tiny))
    return bool(eigenvalues[0] <= 0)


def outside(matrix: np.ndarray, what: str, values: Mapping[str, float]) -> DomainError:
    """The error for a covariance matrix that is none: where it leaves its domain, and which boundary that is."""
    told = ", ".join(f"{name} = {value:g}" for name, value in sorted(values.items()))
    first = next(k for k in range(1, len(matrix) + 1) if not np.linalg.eigvalsh(matrix[:k, :k])[0] > 0)
    corner = f"the determinant of its first {first} rows and columns" if first > 1 else "its first entry"
    is_zero = abs(np.linalg.eigvalsh(matrix[:first, :first])[0]) <= ROUNDING * abs(matrix[:first, :first]).max()
    where = f"{corner} is 0, which is the boundary" if is_zero else f"{corner} is negative, and the boundary is at 0"
    return DomainError(
        f"At {told} {what} is not positive definite: {where}.",
        tip="Move the covariances towards 0: each is at most the product of the two standard deviations.",
    )


def _small_covariances(tree: Tree, sizes: Mapping[sympy.Symbol, int]) -> list[Symbol]:
    """Names of covariance matrices that repeat in larger ones, as Σ of I ⊗ Σ: what they are made of must fit."""
    numbers = list(sizes.items())
    named = (symbol for part in definitions_of(tree) for symbol in symbols_of(part))
    return [
        symbol
        for symbol in dict.fromkeys(named)
        if "positive definite" in symbol.facts
        and symbol.rows.subs(numbers).is_Integer
        and symbol.rows.subs(numbers) <= MOST_CHECKED
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
