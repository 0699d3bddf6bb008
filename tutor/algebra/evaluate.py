"""The value of a tree on an instance: sizes, scalars and matrices that respect what is declared of them.

An Instance holds values and makes what is missing when it is asked for (`draw` makes the random ones). Values are
kept, so a matrix that occurs twice is valued once. Random vectors have a mean and a variance: E, Var and Cov
are found by writing their argument as c + Σ A_k r_k with random vectors r_k, by linearity.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import singledispatch

import sympy

from tutor.algebra.affine import affine, are_uncorrelated
from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.arithmetic import Arithmetic, Matrix, NotRationalError, Number
from tutor.algebra.budget import allow
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.evaluate_applied import applied_value, indexed_value
from tutor.algebra.figure import Figure
from tutor.algebra.fourth_moments import is_quadratic, normal_covariance
from tutor.algebra.indices import Total, at_numbers
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
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
    Variance,
    Zero,
    entries_of,
)
from tutor.algebra.provided import Condition, Provided
from tutor.algebra.second_moments import mean_value
from tutor.algebra.sizes import ONE, Size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.errors import DomainError, NoEntriesError, SizeError, size_text

CELL_SECONDS = 2e-7
"""What a cell takes to be written into a matrix."""

_COMPARED = {"≠": operator.ne, ">": operator.gt, "≥": operator.ge}

_OF_LETTERS: dict[str, Callable[[sympy.Expr], bool | None]] = {
    "≠": lambda x: None if x.is_zero is None else not x.is_zero,
    ">": lambda x: x.is_positive,
    "≥": lambda x: x.is_nonnegative,
}
"""Whether an expression in letters compares with 0 so; None where their signs do not tell."""


class Instance:
    """Values for the letters of a tree, in one arithmetic.

    Subclasses say where values come from: `scalar` for a parameter, `matrix` for a symbol without a definition,
    `mean`, `variance` and `covariance` for random vectors of which none is declared.
    """

    def __init__(self, arithmetic: Arithmetic, sizes: Mapping[sympy.Symbol, int] | None = None) -> None:
        self.arithmetic = arithmetic
        self.sizes = dict(sizes or {})
        self._values: dict[Tree, Matrix] = {}
        self._numbers: dict[sympy.Basic, Number] = {}

    def size(self, size: Size) -> int:
        """A size as a number. Raises SizeError for a letter without a value."""
        if size.is_Integer:
            return int(size)  # pyright: ignore[reportArgumentType]  (SymPy's Integer converts)
        number = at_numbers(size, self.sizes)
        if not number.is_Integer:
            raise SizeError(
                f"Entries need a number for the size {size_text(size)}.",
                tip="Build the model with numbers in place of letters, or stay with the symbolic form.",
            )
        return int(number)  # pyright: ignore[reportArgumentType]

    def scalar(self, parameter: sympy.Symbol) -> Number:
        raise DomainError(f"No value is given for {parameter}.")

    def matrix(self, symbol: Symbol) -> Matrix:
        raise NoEntriesError(f"Nothing is known of {symbol.name} but its shape.")

    def defined(self, symbol: Symbol) -> Tree | None:
        """The tree to value in place of a symbol, if there is one."""
        if symbol.definition is not None:
            return symbol.definition
        return entries_of(symbol)

    def in_rationals(self) -> Instance:
        """The same values in rational numbers, where they were made of such; else the instance itself."""
        return self

    def mean(self, symbol: Symbol) -> Matrix:
        if symbol.mean is None:
            raise NoEntriesError(f"The mean of {symbol.name} is not stated.")
        return self.value(symbol.mean)

    def variance(self, symbol: Symbol) -> Matrix:
        if symbol.variance is None:
            raise NoEntriesError(f"The variance of {symbol.name} is not stated.")
        return self.value(symbol.variance)

    def covariance(self, left: Symbol, right: Symbol) -> Matrix:
        """The covariance of two distinct random symbols that are not declared uncorrelated."""
        raise NoEntriesError(f"The covariance of {left.name} and {right.name} is not stated.")

    def inverse(self, tree: Inverse) -> Matrix:
        """The value of an inverse. Raises DomainError for a matrix that is singular."""
        return self.arithmetic.inverse(self.value(tree.tree))

    def uninterpreted(self, tree: Applied) -> Matrix:
        """The value of a function of which only the name is known."""
        raise NoEntriesError(f"Nothing is known of {tree.function} but its name.")

    def value(self, tree: Tree) -> Matrix:
        """The value of a tree, rows × columns; a scalar is 1 × 1."""
        known = self._values.get(tree)
        if known is None:
            allow(*self._cost_of_cells(tree))
            known = self._values[tree] = _value(tree, self)
        return known

    def has_valued(self, tree: Tree) -> bool:
        """Whether the value of a tree is kept."""
        return tree in self._values

    def _cost_of_cells(self, tree: Tree) -> tuple[float, float]:
        """Seconds and bytes that the cells of a value take at least, whatever it is the value of."""
        if not self.arithmetic.has_cells or (isinstance(tree, Symbol) and self.defined(tree) is not None):
            return 0.0, 0.0  # a symbol has the matrix of its definition
        rows, columns = tree.shape
        if not (rows.is_Integer and columns.is_Integer):
            rows, columns = at_numbers(rows, self.sizes), at_numbers(columns, self.sizes)
            if not (rows.is_Integer and columns.is_Integer):
                return 0.0, 0.0
        cells = int(rows) * int(columns)  # pyright: ignore[reportArgumentType]
        return cells * CELL_SECONDS, cells * self.arithmetic.cell_bytes

    def need_cells(self) -> None:
        """Raises NotRationalError where matrices have no cells, so that other numbers are taken."""
        if not self.arithmetic.has_cells:
            raise NotRationalError("cells")

    def value_at(self, tree: Tree, names: Mapping[Tree, Matrix]) -> Matrix:
        """The value of a tree in names of its own, with their values."""
        self._values.update(names)
        return self.value(tree)

    def number(self, expression: sympy.Basic) -> Number:
        """The value of a SymPy scalar."""
        known = self._numbers.get(expression)
        if known is None:
            allow()
            known = self._numbers[expression] = self.arithmetic.allowed(self._number(expression))
        return known

    def number_at(self, expression: sympy.Expr, letters: Mapping[sympy.Basic, Number]) -> Number:
        """The value of a SymPy scalar in letters of its own, with their values."""
        self._numbers.update(letters)
        return self.number(expression)

    def holds(self, condition: Condition) -> bool:
        """Whether an inequality holds; of letters that stand for themselves, that it may."""
        difference = self.number(condition.left - condition.right)
        if isinstance(difference, sympy.Expr):
            return _OF_LETTERS[condition.sign](difference) is not False
        if condition.sign != "≠" and not self.arithmetic.is_ordered:
            raise NotRationalError("The numbers have no order.")
        return bool(_COMPARED[condition.sign](difference, 0))

    def _number(self, expression: sympy.Basic) -> Number:
        arithmetic = self.arithmetic
        if isinstance(expression, sympy.Rational):
            return arithmetic.rational(int(expression.p), int(expression.q))
        if isinstance(expression, Figure):
            return self.number(expression.value)
        if isinstance(expression, sympy.Symbol):
            if expression in self.sizes:
                return arithmetic.rational(self.sizes[expression])
            return self.scalar(expression)
        if isinstance(expression, sympy.Add):
            total = self.number(expression.args[0])
            for term in expression.args[1:]:
                total = arithmetic.allowed(total + self.number(term))
            return total
        if isinstance(expression, sympy.Mul):
            product = self.number(expression.args[0])
            for factor in expression.args[1:]:
                product = arithmetic.allowed(product * self.number(factor))
            return product
        if isinstance(expression, sympy.Pow):
            exponent = at_numbers(expression.exp, self.sizes)
            if isinstance(exponent, sympy.Rational):
                return arithmetic.power(self.number(expression.base), exponent)
        if isinstance(expression, Total) and (size := at_numbers(expression, self.sizes)) != expression:
            return self.number(size)
        if isinstance(expression, sympy.Float):
            return arithmetic.rounded(expression)
        if not isinstance(expression, sympy.Expr) or expression in (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo):
            raise DomainError(f"{expression} is no number.")
        return arithmetic.function(expression, [self.number(argument) for argument in expression.args])


@singledispatch
def _value(tree: Tree, instance: Instance) -> Matrix:
    raise TypeError(f"No value is known for {type(tree).__name__}.")


@_value.register
def _value_of_symbol(tree: Symbol, instance: Instance) -> Matrix:
    definition = instance.defined(tree)
    return instance.matrix(tree) if definition is None else instance.value(definition)


@_value.register
def _value_of_scalar(tree: Scalar, instance: Instance) -> Matrix:
    return instance.arithmetic.matrix(1, 1, {(0, 0): instance.number(tree.value)})


@_value.register
def _value_of_identity(tree: Identity, instance: Instance) -> Matrix:
    return instance.arithmetic.identity(tree.order, instance.size)


@_value.register
def _value_of_ones(tree: Ones, instance: Instance) -> Matrix:
    return instance.arithmetic.ones(tree.row_size, tree.column_size, instance.size)


@_value.register
def _value_of_zero(tree: Zero, instance: Instance) -> Matrix:
    return instance.arithmetic.zeros(tree.row_size, tree.column_size, instance.size)


@_value.register
def _value_of_unit_vector(tree: UnitVector, instance: Instance) -> Matrix:
    order = instance.size(tree.order)
    if tree.place > order:
        raise DomainError(f"There is no row {tree.place} among {order}.")
    return instance.arithmetic.matrix(order, 1, {(tree.place - 1, 0): instance.arithmetic.rational(1)})


@_value.register
def _value_of_explicit(tree: Explicit, instance: Instance) -> Matrix:
    told: dict[int, Number] = {}  # by their numbers in memory: most cells hold one of a few entries
    entries: dict[tuple[int, int], Number] = {}
    for place, entry in tree.filled.items():
        number = told.get(id(entry))
        if number is None:
            number = told[id(entry)] = instance.number(entry)
        entries[place] = number
    return instance.arithmetic.matrix(*tree.given.shape, entries)


@_value.register
def _value_of_by_distance(tree: ByDistance, instance: Instance) -> Matrix:
    instance.need_cells()
    order = instance.size(tree.order)
    values = [instance.number(tree.entry(distance)) for distance in range(order)]
    reach = [distance for distance, value in enumerate(values) if value != 0]
    places = {(i, i + d): values[d] for d in reach for i in range(order - d)}
    places.update({(j, i): value for (i, j), value in places.items()})
    if tree.corner is not None:
        corner = instance.number(tree.corner)
        places.update({(0, 0): corner, (order - 1, order - 1): corner})
    return instance.arithmetic.matrix(order, order, places)


@_value.register
def _value_of_scaled(tree: Scaled, instance: Instance) -> Matrix:
    scalar = instance.arithmetic.entry(instance.value(tree.scalar), 0, 0)
    return instance.arithmetic.scale(scalar, instance.value(tree.tree))


@_value.register
def _value_of_sum(tree: Sum, instance: Instance) -> Matrix:
    total = instance.value(tree.terms[0])
    for term in tree.terms[1:]:
        total = instance.arithmetic.add(total, instance.value(term))
    return total


@_value.register
def _value_of_product(tree: Product, instance: Instance) -> Matrix:
    multiply = instance.arithmetic.multiply
    if tree.columns == ONE and tree.rows != ONE:  # from the vector at the end on, all that is made is a vector
        product = instance.value(tree.factors[-1])
        for factor in reversed(tree.factors[:-1]):
            product = multiply(instance.value(factor), product)
        return product
    product = instance.value(tree.factors[0])
    for factor in tree.factors[1:]:
        product = multiply(product, instance.value(factor))
    return product


@_value.register
def _value_of_transpose(tree: Transpose, instance: Instance) -> Matrix:
    return instance.arithmetic.transpose(instance.value(tree.tree))


@_value.register
def _value_of_inverse(tree: Inverse, instance: Instance) -> Matrix:
    return instance.inverse(tree)


@_value.register
def _value_of_determinant(tree: Determinant, instance: Instance) -> Matrix:
    determinant = instance.arithmetic.determinant(instance.value(tree.tree))
    return instance.arithmetic.matrix(1, 1, {(0, 0): determinant})


@_value.register
def _value_of_trace(tree: Trace, instance: Instance) -> Matrix:
    trace = instance.arithmetic.trace(instance.value(tree.tree))
    return instance.arithmetic.matrix(1, 1, {(0, 0): trace})


@_value.register
def _value_of_kronecker(tree: Kronecker, instance: Instance) -> Matrix:
    product = instance.value(tree.factors[0])
    for factor in tree.factors[1:]:
        product = instance.arithmetic.kronecker(product, instance.value(factor))
    return product


@_value.register
def _value_of_block_diagonal(tree: BlockDiagonal, instance: Instance) -> Matrix:
    return instance.arithmetic.block_diagonal([instance.value(block) for block in tree.blocks])


@_value.register
def _value_of_block(tree: Block, instance: Instance) -> Matrix:
    return instance.arithmetic.block([[instance.value(block) for block in line] for line in tree.grid])


@_value.register
def _value_of_applied(tree: Applied, instance: Instance) -> Matrix:
    return applied_value(tree, instance)


@_value.register
def _value_of_indexed(tree: Indexed, instance: Instance) -> Matrix:
    return indexed_value(tree, instance)


@_value.register
def _value_of_provided(tree: Provided, instance: Instance) -> Matrix:
    for condition in tree.conditions:
        if not instance.holds(condition):
            raise DomainError(f"The result holds where {condition} only, which is not so here.")
    return instance.value(tree.tree)


# Moments


@_value.register
def _value_of_expectation(tree: Expectation, instance: Instance) -> Matrix:
    return mean_value(tree.tree, instance)


@_value.register
def _value_of_variance(tree: Variance, instance: Instance) -> Matrix:
    return instance.value(Covariance(tree.tree, tree.tree))


@_value.register
def _value_of_covariance(tree: Covariance, instance: Instance) -> Matrix:
    if is_quadratic(tree.left) or is_quadratic(tree.right):
        return normal_covariance(tree.left, tree.right, instance)
    arithmetic = instance.arithmetic
    left, right = affine(tree.left, instance), affine(tree.right, instance)
    total = arithmetic.zeros(tree.left.rows, tree.right.rows, instance.size)
    for first, a in left.coefficients.items():
        for second, b in right.coefficients.items():
            if are_uncorrelated(first, second):
                continue
            middle = instance.variance(first) if first == second else instance.covariance(first, second)
            total = arithmetic.add(total, arithmetic.multiply(arithmetic.multiply(a, middle), arithmetic.transpose(b)))
    return total
