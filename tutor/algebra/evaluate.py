"""The value of a tree on an instance: sizes, scalars and matrices that respect what is declared of them.

An Instance holds values and makes what is missing when it is asked for (`draw` makes the random ones). Values are
kept, so a matrix that occurs twice is valued once. Random vectors have a mean and a variance: E, Var and Cov
are found by writing their argument as c + Σ A_k r_k with random vectors r_k, by linearity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np
import sympy

from tutor.algebra.arithmetic import LARGEST_POWER, Arithmetic, Floating, Matrix, Number
from tutor.algebra.sizes import Size
from tutor.algebra.tree import (
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
    Tree,
    Variance,
    Zero,
    symbols_of,
    walk,
)
from tutor.errors import DomainError, NoEntriesError, SizeError, UnknownNameError


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
        number = size.xreplace({letter: sympy.Integer(value) for letter, value in self.sizes.items()})
        if not number.is_Integer:
            raise SizeError(
                f"Entries need a number for the size {size}.",
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
        return None if symbol.entries is None else Explicit(symbol.entries)

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

    def value(self, tree: Tree) -> Matrix:
        """The value of a tree, rows × columns; a scalar is 1 × 1."""
        known = self._values.get(tree)
        if known is None:
            known = self._values[tree] = _value(tree, self)
        return known

    def number(self, expression: sympy.Basic) -> Number:
        """The value of a SymPy scalar."""
        known = self._numbers.get(expression)
        if known is None:
            known = self._numbers[expression] = self._number(expression)
        return known

    def _number(self, expression: sympy.Basic) -> Number:
        arithmetic = self.arithmetic
        if isinstance(expression, sympy.Rational):
            return arithmetic.rational(int(expression.p), int(expression.q))
        if isinstance(expression, sympy.Symbol):
            if expression in self.sizes:
                return arithmetic.rational(self.sizes[expression])
            return self.scalar(expression)
        if isinstance(expression, sympy.Add):
            return sum((self.number(term) for term in expression.args[1:]), self.number(expression.args[0]))
        if isinstance(expression, sympy.Mul):
            product = self.number(expression.args[0])
            for factor in expression.args[1:]:
                product = product * self.number(factor)
            return product
        if isinstance(expression, sympy.Pow) and isinstance(expression.exp, sympy.Rational):
            if abs(expression.exp.p) > LARGEST_POWER:
                raise DomainError(f"The power {expression.exp} is too large to be valued.")
            return arithmetic.power(self.number(expression.base), expression.exp)
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
    order = instance.size(tree.order)
    one = instance.arithmetic.rational(1)
    return instance.arithmetic.matrix(order, order, {(i, i): one for i in range(order)})


@_value.register
def _value_of_ones(tree: Ones, instance: Instance) -> Matrix:
    rows, columns = instance.size(tree.row_size), instance.size(tree.column_size)
    one = instance.arithmetic.rational(1)
    return instance.arithmetic.matrix(rows, columns, {(i, j): one for i in range(rows) for j in range(columns)})


@_value.register
def _value_of_zero(tree: Zero, instance: Instance) -> Matrix:
    return instance.arithmetic.matrix(instance.size(tree.row_size), instance.size(tree.column_size), {})


@_value.register
def _value_of_explicit(tree: Explicit, instance: Instance) -> Matrix:
    entries = {place: instance.number(entry) for place, entry in tree.matrix.todok().items()}
    return instance.arithmetic.matrix(*tree.matrix.shape, entries)


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
    product = instance.value(tree.factors[0])
    for factor in tree.factors[1:]:
        product = instance.arithmetic.multiply(product, instance.value(factor))
    return product


@_value.register
def _value_of_transpose(tree: Transpose, instance: Instance) -> Matrix:
    return instance.arithmetic.transpose(instance.value(tree.tree))


@_value.register
def _value_of_inverse(tree: Inverse, instance: Instance) -> Matrix:
    return instance.arithmetic.inverse(instance.value(tree.tree))


@_value.register
def _value_of_determinant(tree: Determinant, instance: Instance) -> Matrix:
    determinant = instance.arithmetic.determinant(instance.value(tree.tree))
    return instance.arithmetic.matrix(1, 1, {(0, 0): determinant})


@_value.register
def _value_of_trace(tree: Trace, instance: Instance) -> Matrix:
    matrix = instance.value(tree.tree)
    diagonal = [instance.arithmetic.entry(matrix, i, i) for i in range(instance.arithmetic.shape(matrix)[0])]
    return instance.arithmetic.matrix(1, 1, {(0, 0): sum(diagonal[1:], diagonal[0])})


@_value.register
def _value_of_kronecker(tree: Kronecker, instance: Instance) -> Matrix:
    product = instance.value(tree.factors[0])
    for factor in tree.factors[1:]:
        product = instance.arithmetic.kronecker(product, instance.value(factor))
    return product


@_value.register
def _value_of_block_diagonal(tree: BlockDiagonal, instance: Instance) -> Matrix:
    blocks, top, left = [], 0, 0
    for block in tree.blocks:
        matrix = instance.value(block)
        blocks.append((top, left, matrix))
        height, width = instance.arithmetic.shape(matrix)
        top, left = top + height, left + width
    return instance.arithmetic.paste(top, left, blocks)


@_value.register
def _value_of_block(tree: Block, instance: Instance) -> Matrix:
    blocks, top, left = [], 0, 0
    for line in tree.grid:
        left, height = 0, 0
        for block in line:
            matrix = instance.value(block)
            blocks.append((top, left, matrix))
            height, width = instance.arithmetic.shape(matrix)
            left += width
        top += height
    return instance.arithmetic.paste(top, left, blocks)


# Moments


@dataclass(frozen=True, slots=True)
class Affine:
    """c + Σ A_k r_k: a constant n × m, and for each random vector r_k (q_k × 1) a matrix A_k, n × q_k."""

    constant: Matrix
    coefficients: Mapping[Symbol, Matrix]


def affine(tree: Tree, instance: Instance) -> Affine:
    """A tree as an affine function of its random vectors.

    Raises
    ------
    DomainError
        Where the tree is not linear in them: a product of two, an inverse, a determinant.
    """
    if not is_random(tree):
        return Affine(instance.value(tree), {})
    return _affine(tree, instance)


def is_random(tree: Tree) -> bool:
    """Whether a random vector occurs in the tree outside of E, Var and Cov."""
    if isinstance(tree, Symbol):
        return tree.role == "random"
    if isinstance(tree, Expectation | Variance | Covariance):
        return False
    return any(is_random(part) for part in tree.parts)


@singledispatch
def _affine(tree: Tree, instance: Instance) -> Affine:
    raise DomainError(f"{tree} is not linear in its random vectors.")


@_affine.register
def _affine_symbol(tree: Symbol, instance: Instance) -> Affine:
    if tree.definition is not None:
        return affine(tree.definition, instance)
    size = instance.size(tree.row_size)
    return Affine(instance.arithmetic.matrix(size, 1, {}), {tree: instance.value(Identity(tree.row_size))})


@_affine.register
def _affine_sum(tree: Sum, instance: Instance) -> Affine:
    parts = [affine(term, instance) for term in tree.terms]
    constant, coefficients = parts[0].constant, dict(parts[0].coefficients)
    for part in parts[1:]:
        constant = instance.arithmetic.add(constant, part.constant)
        for vector, matrix in part.coefficients.items():
            known = coefficients.get(vector)
            coefficients[vector] = matrix if known is None else instance.arithmetic.add(known, matrix)
    return Affine(constant, coefficients)


@_affine.register
def _affine_scaled(tree: Scaled, instance: Instance) -> Affine:
    if is_random(tree.scalar):
        raise DomainError(f"{tree} is not linear in its random vectors.")
    scalar = instance.arithmetic.entry(instance.value(tree.scalar), 0, 0)
    inner = affine(tree.tree, instance)
    scaled = {vector: instance.arithmetic.scale(scalar, matrix) for vector, matrix in inner.coefficients.items()}
    return Affine(instance.arithmetic.scale(scalar, inner.constant), scaled)


@_affine.register
def _affine_product(tree: Product, instance: Instance) -> Affine:
    *left, last = tree.factors
    if any(is_random(factor) for factor in left):
        raise DomainError(f"{tree} is not linear in its random vectors.")
    matrix = instance.value(left[0] if len(left) == 1 else Product(tuple(left)))
    inner = affine(last, instance)
    product = {v: instance.arithmetic.multiply(matrix, a) for v, a in inner.coefficients.items()}
    return Affine(instance.arithmetic.multiply(matrix, inner.constant), product)


@_affine.register
def _affine_block(tree: Block, instance: Instance) -> Affine:
    if len(tree.grid[0]) > 1:
        raise DomainError(f"{tree} is no vector.")
    parts = [affine(line[0], instance) for line in tree.grid]
    heights = [instance.arithmetic.shape(part.constant)[0] for part in parts]
    tops = [sum(heights[:k]) for k in range(len(parts))]
    total = sum(heights)
    constant = instance.arithmetic.paste(
        total, 1, [(top, 0, part.constant) for top, part in zip(tops, parts, strict=True)]
    )
    coefficients = {}
    for vector in {v: None for part in parts for v in part.coefficients}:
        placed = [
            (top, 0, part.coefficients[vector])
            for top, part in zip(tops, parts, strict=True)
            if vector in part.coefficients
        ]
        coefficients[vector] = instance.arithmetic.paste(total, instance.size(vector.row_size), placed)
    return Affine(constant, coefficients)


@_value.register
def _value_of_expectation(tree: Expectation, instance: Instance) -> Matrix:
    if isinstance(tree.tree, Transpose):
        return instance.arithmetic.transpose(instance.value(Expectation(tree.tree.tree)))
    form = affine(tree.tree, instance)
    total = form.constant
    for vector, matrix in form.coefficients.items():
        total = instance.arithmetic.add(total, instance.arithmetic.multiply(matrix, instance.mean(vector)))
    return total


@_value.register
def _value_of_variance(tree: Variance, instance: Instance) -> Matrix:
    return instance.value(Covariance(tree.tree, tree.tree))


@_value.register
def _value_of_covariance(tree: Covariance, instance: Instance) -> Matrix:
    arithmetic = instance.arithmetic
    left, right = affine(tree.left, instance), affine(tree.right, instance)
    rows, columns = instance.size(tree.left.rows), instance.size(tree.right.rows)
    total = arithmetic.matrix(rows, columns, {})
    for first, a in left.coefficients.items():
        for second, b in right.coefficients.items():
            if first in second.uncorrelated or second in first.uncorrelated:
                continue
            middle = instance.variance(first) if first == second else instance.covariance(first, second)
            total = arithmetic.add(total, arithmetic.multiply(arithmetic.multiply(a, middle), arithmetic.transpose(b)))
    return total


# Numbers


class GivenInstance(Instance):
    """An instance whose parameters are given by name, in double precision."""

    def __init__(self, values: Mapping[str, float], sizes: Mapping[sympy.Symbol, int]) -> None:
        super().__init__(Floating(), sizes)
        self._given = values

    def scalar(self, parameter: sympy.Symbol) -> float:
        return float(self._given[parameter.name])


def scalars_of(*trees: Tree) -> tuple[sympy.Symbol, ...]:
    """The scalar parameters of trees and of the definitions below them, in the order in which they are met."""
    found: dict[sympy.Symbol, None] = {}
    for tree in definitions_of(*trees):
        for node in walk(tree):
            expressions: list[Any] = []
            if isinstance(node, Scalar):
                expressions = [node.value]
            elif isinstance(node, Explicit):
                expressions = list(dict.fromkeys(node.matrix.todok().values()))
            elif isinstance(node, Symbol) and node.entries is not None and _is_made_of_parameters(node):
                expressions = list(dict.fromkeys(node.entries.todok().values()))
            for expression in expressions:
                found.update(dict.fromkeys(sorted(expression.atoms(sympy.Symbol), key=str)))
    return tuple(found)


def _is_made_of_parameters(symbol: Symbol) -> bool:
    return symbol.definition is None and symbol.role != "random"


def sizes_of(*trees: Tree) -> tuple[sympy.Symbol, ...]:
    """The letters that stand for sizes in trees and in the definitions below them."""
    found: dict[sympy.Symbol, None] = {}
    for tree in definitions_of(*trees):
        for node in walk(tree):
            for extent in node.shape:
                found.update(dict.fromkeys(sorted(extent.atoms(sympy.Symbol), key=str)))
    return tuple(found)


def definitions_of(*trees: Tree) -> tuple[Tree, ...]:
    """The trees themselves, then the definitions, means and variances of their symbols, each once."""
    found: dict[Tree, None] = {}
    pending = list(reversed(trees))
    while pending:
        tree = pending.pop()
        if tree in found:
            continue
        found[tree] = None
        for symbol in symbols_of(tree):
            pending.extend(t for t in (symbol.variance, symbol.mean, symbol.definition) if t is not None)
    return tuple(found)


def numpy_value(tree: Tree, values: Mapping[str, float]) -> np.ndarray:
    """The entries of a tree as doubles, rows × columns, at values given by name.

    Raises
    ------
    DomainError
        For a missing value, or one outside its domain (a variance must be positive).
    UnknownNameError
        For a name that the tree does not have.
    """
    parameters = {str(parameter): parameter for parameter in scalars_of(tree)}
    sizes = {str(letter): letter for letter in sizes_of(tree)}
    known = {**sizes, **parameters}
    for name, value in values.items():
        if name not in known:
            raise UnknownNameError("The parameter", name, known)
        if not np.isfinite(value):
            raise DomainError(f"{name} = {value} is no number.")
        if known[name].is_positive and not value > 0:
            raise DomainError(f"{name} must be positive; it is {value}.")
        if name in sizes and value != int(value):
            raise DomainError(f"{name} is a size and must be a whole number; it is {value}.")
    missing = [name for name in known if name not in values]
    if missing:
        raise DomainError(
            f"Values are needed for {', '.join(missing)}.", tip=f"Give them by name: numpy({missing[0]}=1, …)."
        )
    instance = GivenInstance(values, {letter: int(values[name]) for name, letter in sizes.items()})
    for block in covariance_blocks(tree):
        numbers = instance.value(Explicit(block))
        if np.linalg.eigvalsh(numbers)[0] <= 0:
            names = ", ".join(dict.fromkeys(str(entry) for entry in block))
            raise DomainError(f"The matrix of {names} is not positive definite at these values.")
    return instance.value(tree)


def covariance_blocks(*trees: Tree) -> tuple[sympy.ImmutableDenseMatrix, ...]:
    """The explicit blocks inside matrices that are declared positive definite: their parameters belong together."""
    found: dict[sympy.ImmutableDenseMatrix, None] = {}
    for tree in definitions_of(*trees):
        for symbol in symbols_of(tree):
            if "positive definite" not in symbol.facts or symbol.definition is None:
                continue
            for node in walk(symbol.definition):
                if isinstance(node, Explicit) and node.matrix.rows == node.matrix.cols > 1 and node.matrix.free_symbols:
                    found[node.matrix] = None
    return tuple(found)
