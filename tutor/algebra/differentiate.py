"""The derivative of a matrix by one of its parameters, as notation: ∂V/∂σ²_u = ZZ', ∂R/∂ρ by its entries.

Source: Magnus and Neudecker (1988), Matrix Differential Calculus, chapter 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from typing import Any

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.laws.joining import negated, product_of
from tutor.algebra.nodes import (
    BlockDiagonal,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Zero,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk


def depends_on_parameter(tree: Tree, parameter: sympy.Symbol) -> bool:
    """Whether the value of a tree changes with a parameter: that of a random vector does not, whatever its variance."""
    return any(parameter in expression.free_symbols for expression in _expressions(tree))


def _expressions(tree: Tree) -> Iterator[sympy.Expr]:
    for node in walk(tree):
        if isinstance(node, Scalar):
            yield node.value
        elif isinstance(node, Explicit):
            yield from dict.fromkeys(node.matrix.todok().values())
        elif isinstance(node, ByDistance):
            yield from (*node.near, node.entry(ONE), *(() if node.corner is None else (node.corner,)))
        elif isinstance(node, Symbol) and node.definition is not None:
            yield from _expressions(node.definition)


def derivative(tree: Tree, parameter: sympy.Symbol) -> Applied:
    """∂A/∂θ, not worked out, rows × columns."""
    return Applied("∂", (tree, Scalar(parameter)), "", *tree.shape)


def differentiated(tree: Tree, parameter: sympy.Symbol) -> Tree:
    """∂A/∂θ worked out; what is not known stays as `derivative` writes it.

    >>> from tutor.algebra.build import identity, ones
    >>> a, b = sympy.symbols("a b", positive=True)
    >>> print(differentiated(a * identity("n") + b**2 * ones("n", "n"), b))
    2b J_n
    """
    if not depends_on_parameter(tree, parameter):
        return Zero(*tree.shape)
    return _differentiated(tree, parameter)


@singledispatch
def _differentiated(tree: Tree, parameter: sympy.Symbol) -> Tree:
    return derivative(tree, parameter)


@_differentiated.register
def _of_symbol(tree: Symbol, parameter: sympy.Symbol) -> Tree:
    assert tree.definition is not None  # what has none does not depend on a parameter
    return differentiated(tree.definition, parameter)


@_differentiated.register
def _of_scalar(tree: Scalar, parameter: sympy.Symbol) -> Tree:
    slope: Any = tree.value.diff(parameter)
    return Scalar(slope)


@_differentiated.register
def _of_explicit(tree: Explicit, parameter: sympy.Symbol) -> Tree:
    return Explicit(tree.matrix.applyfunc(lambda entry: entry.diff(parameter)))


@_differentiated.register
def _of_by_distance(tree: ByDistance, parameter: sympy.Symbol) -> Tree:
    def slope(entry: Any) -> Any:
        return entry.diff(parameter)

    corner = None if tree.corner is None else slope(tree.corner)
    return ByDistance(tree.order, tuple(map(slope, tree.near)), slope(tree.beyond), corner)


@_differentiated.register
def _of_sum(tree: Sum, parameter: sympy.Symbol) -> Tree:
    return sum_or_term(
        [differentiated(term, parameter) for term in tree.terms if depends_on_parameter(term, parameter)]
    )


@_differentiated.register
def _of_scaled(tree: Scaled, parameter: sympy.Symbol) -> Tree:
    terms: list[Tree] = []
    if depends_on_parameter(tree.scalar, parameter):
        slope = differentiated(tree.scalar, parameter)
        terms.append(tree.tree if slope == Scalar(sympy.S.One) else Scaled(slope, tree.tree))
    if depends_on_parameter(tree.tree, parameter):
        terms.append(Scaled(tree.scalar, differentiated(tree.tree, parameter)))
    return sum_or_term(terms)


@_differentiated.register
def _of_product(tree: Product, parameter: sympy.Symbol) -> Tree:
    return sum_or_term([_times(factors) for factors in _each(tree.factors, parameter)])


def _times(factors: Sequence[Tree]) -> Tree:
    """The product, a number among the factors in front and an identity matrix left out."""
    numbers = [factor.scalar for factor in factors if isinstance(factor, Scaled)]
    bodies = [factor.tree if isinstance(factor, Scaled) else factor for factor in factors]
    rest = [body for body in bodies if not isinstance(body, Identity)]
    product = product_of(rest or bodies[:1])
    for number in reversed(numbers):
        product = Scaled(number, product)
    return product


@_differentiated.register
def _of_kronecker(tree: Kronecker, parameter: sympy.Symbol) -> Tree:
    return sum_or_term([Kronecker(factors) for factors in _each(tree.factors, parameter)])


def _each(factors: tuple[Tree, ...], parameter: sympy.Symbol) -> Iterator[tuple[Tree, ...]]:
    """The factors with one of those that depend on the parameter differentiated, for each of these."""
    for i, factor in enumerate(factors):
        if depends_on_parameter(factor, parameter):
            yield (*factors[:i], differentiated(factor, parameter), *factors[i + 1 :])


@_differentiated.register
def _of_transpose(tree: Transpose, parameter: sympy.Symbol) -> Tree:
    return Transpose(differentiated(tree.tree, parameter))


@_differentiated.register
def _of_inverse(tree: Inverse, parameter: sympy.Symbol) -> Tree:
    return negated(product_of((tree, differentiated(tree.tree, parameter), tree)))


@_differentiated.register
def _of_direct_sum(tree: BlockDiagonal, parameter: sympy.Symbol) -> Tree:
    return BlockDiagonal(tuple(differentiated(block, parameter) for block in tree.blocks))


@_differentiated.register
def _of_indexed(tree: Indexed, parameter: sympy.Symbol) -> Tree:
    if tree.operation == "product":
        return derivative(tree, parameter)
    return replace(tree, body=differentiated(tree.body, parameter))
