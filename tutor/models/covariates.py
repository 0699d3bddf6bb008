"""Covariates of an equation in elements: known numbers, or letters x_11, row by row or as structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Kronecker, Ones, Product, Symbol
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import letters_of, plain_name, plain_variable, value_of
from tutor.models.index import Name
from tutor.models.layout import Layout, over_groups
from tutor.notation.write import unicode

Known = Mapping[Name, tuple[sympy.Rational, ...]]
"""The values of covariates in each row, by their names in the equation; one that is not there is a letter."""


@dataclass(frozen=True, slots=True)
class Covariates:
    """The covariates of an equation on a layout of rows."""

    layout: Layout
    known: Known

    def products(self, names: Sequence[Name]) -> list[sympy.Expr]:
        """The product of covariates in each row; ones without any. The rows must be listed."""
        values: list[sympy.Expr] = [sympy.S.One] * int(self.layout.number)  # pyright: ignore[reportArgumentType]
        for name in names:
            own: Sequence[sympy.Expr]
            own = self.known.get(name) or self._values(name)
            values = [before * value for before, value in zip(values, own, strict=True)]
        return values

    def column(self, name: Name) -> Tree:
        """A covariate as a column of X, n × 1: a vector of its own where each row has its own value.

        Raises
        ------
        SizeError
            Where no structure holds it while sizes are letters.
        """
        key = plain_variable(name)
        ordered = self.layout.in_order(letters_of(name))
        if name.power > 1:
            return self._listed(name)
        if name in self.known and len(self.known[name]) == self.layout.number:
            return self._of_numbers(name)
        if self.layout.is_ragged and len(ordered) == len(self.layout.indices) == 2:
            # x_1, x_2, … below each other: each in a column of its own, and the columns added up.
            group, _ = self.layout.indices
            stacked = Product((over_groups(group, self.of_group(name)), Ones(group.size)))
            return Symbol(key, self.layout.number, ONE, definition=stacked)
        if len(ordered) == len(self.layout.indices):
            entries = _column(self._values(name)) if self.layout.is_listed else None
            levels = None if self.layout.is_ragged else self._levels(letters_of(name))
            return Symbol(key, self.layout.number, ONE, entries=entries, levels=levels)
        if len(ordered) == 1 and self.layout.codes is None:
            runs = ((index.letter == ordered, index.size) for index in self.layout.indices)
            return Kronecker(tuple(self.vector(name, size) if own else Ones(size) for own, size in runs))
        return self._listed(name)

    def _listed(self, name: Name) -> Explicit:
        if not self.layout.is_listed:
            raise SizeError(f"{plain_name(name)} needs a value for each row.", tip="Give the sizes as numbers.")
        values = self.products((name,))
        return Explicit(ImmutableDenseMatrix(len(values), 1, values))

    def vector(self, name: Name, size: Size) -> Symbol:
        """A covariate with one index as a vector over the levels of that index, size × 1."""
        if name in self.known:
            return self._of_numbers(name)
        cells = self.layout.cells(letters_of(name))
        entries = None if cells is None else _column([value_of(name, cell) for cell in cells])
        return Symbol(plain_variable(name), size, ONE, entries=entries, levels=((size, ONE),))

    def _levels(self, letters: str) -> tuple[tuple[Size, Size], ...]:
        """Of each of the indices, which are all, how many levels it has, and the rows from one to the next."""
        strides: dict[str, tuple[Size, Size]] = {}
        rows: Size = ONE
        for index in reversed(self.layout.indices):
            strides[index.letter] = index.size, rows
            rows *= index.size  # pyright: ignore[reportAssignmentType]
        return tuple(strides[letter] for letter in letters)

    def _of_numbers(self, name: Name) -> Symbol:
        """A vector of the numbers of a covariate."""
        values = ImmutableDenseMatrix(len(self.known[name]), 1, list(self.known[name]))
        return Symbol(plain_variable(name), sympy.Integer(len(self.known[name])), ONE, definition=Explicit(values))

    def of_group(self, name: Name) -> Symbol:
        """The values of a covariate in one group, x_j, where each has as many as it has rows."""
        group, within = self.layout.indices
        return Symbol(f"{plain_variable(name)}_{group.letter}", within.size, ONE)

    def words(self, name: Name) -> list[str]:
        """What the label of each row says of a covariate: x = 4, or x_11."""
        if name in self.known:
            return [f"{plain_variable(name)} = {value}" for value in self.known[name]]
        return [unicode(value) for value in self._values(name)]

    def columns(self) -> tuple[tuple[str, tuple[sympy.Rational, ...]], ...]:
        """The columns of the data frame: covariates whose values are known, where the rows are listed."""
        if not self.layout.is_listed:
            return ()
        return tuple((plain_variable(name), values) for name, values in self.known.items())

    def _values(self, name: Name) -> list[sympy.Expr]:
        return [value_of(name, cell) for cell in self.layout.by_row(letters_of(name))]


def _column(values: Sequence[sympy.Expr]) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix(len(values), 1, list(values))


def coefficient_name(covariates: Sequence[Name]) -> str:
    """What a coefficient is multiplied by, as a term is called: "(Intercept)", "x", "x:z"."""
    return ":".join(map(plain_name, covariates)) or INTERCEPT
