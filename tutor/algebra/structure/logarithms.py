"""Logarithms of products and powers of numbers, over an index too: log Π is Σ log, and log aⁿ is n log a.

Both need factors above 0. That a logarithm is taken says so of the whole, hence one factor may be unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.facts import known
from tutor.algebra.nodes import Determinant, Inverse, Product, Scalar, Scaled, Sum
from tutor.algebra.structure.constants import without_constants
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform


def is_above_zero(tree: Tree) -> bool:
    """Whether a tree of one row and one column is seen to be above 0.

    >>> is_above_zero(Indexed("sum", "i", Scalar(sympy.S.One), Scalar(sympy.Symbol("a")), Scalar(sympy.pi)))
    True
    """
    if isinstance(tree, Scalar):
        return tree.value.is_positive is True
    if isinstance(tree, Sum | Product | Scaled | Inverse):
        return tree.is_scalar and all(map(is_above_zero, tree.parts))
    if isinstance(tree, Indexed):
        return tree.operation in ("sum", "product") and is_above_zero(tree.body)
    if isinstance(tree, Applied):
        return tree.function == "power" and tree.is_scalar and is_above_zero(tree.arguments[0])
    return isinstance(tree, Determinant) and known("positive definite", tree).value is True


def split_logarithm(tree: Tree) -> Tree | None:
    """log of a product or a power, over an index too, as the sum of logarithms; None for another tree."""
    factors = tuple(_factors(tree))
    if len(factors) > 1 and not all(isinstance(factor, Scalar) for factor in factors):
        unknown = sum(not is_above_zero(factor) for factor in factors)
        logarithms = map(_logarithm, factors)
        return None if unknown > 1 else Sum(tuple(term for each in logarithms for term in _terms(each)))
    found = _logarithm(tree)
    return None if isinstance(found, Applied) or isinstance(tree, Scalar) else found


def _factors(tree: Tree) -> Iterator[Tree]:
    """The numbers that are multiplied in a tree of one row and one column."""
    if isinstance(tree, Product | Scaled) and all(part.is_scalar for part in tree.parts):
        for part in tree.parts:
            yield from _factors(part)
    else:
        yield tree


def _terms(tree: Tree) -> tuple[Tree, ...]:
    return tree.terms if isinstance(tree, Sum) else (tree,)


def _logarithm(tree: Tree) -> Tree:
    if isinstance(tree, Indexed) and tree.operation == "product":
        made = Indexed("sum", tree.index, tree.first, tree.last, split_logarithm(tree.body) or _logarithm(tree.body))
        return without_constants(made) or made
    if isinstance(tree, Scalar):
        return Scalar(sympy.expand_log(sympy.log(tree.value)))  # pyright: ignore[reportArgumentType]
    if isinstance(tree, Applied) and tree.function == "power" and is_above_zero(tree.arguments[0]):
        base, exponent = tree.arguments
        return Scaled(exponent, split_logarithm(base) or _logarithm(base))
    return Applied("log", (tree,))


POSITIVE = "log ab = log a + log b and log aⁿ = n log a: the factors are above 0, as the matrix is positive definite"


def with_positive(tree: Tree, positive: Collection[sympy.Expr]) -> Tree:
    """The tree with the logarithms of numbers apart whose factors are known to be ``positive``.

    >>> rho = sympy.Symbol("rho", real=True)
    >>> print(with_positive(Applied("log", (Scalar((1 - rho**2) ** 2),)), [1 - rho**2]))
    2 log(1 − ρ²)
    """
    factors = [_unknown(value) for value in positive]
    letters = {value: sympy.Dummy(positive=True) for value in factors if not value.is_number}
    back = {letter: value for value, letter in letters.items()}

    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Scalar) or not node.value.has(sympy.log):
            inside = node.arguments[0] if isinstance(node, Applied) and node.function == "log" else None
            if not isinstance(inside, Scalar):
                return None
            value: sympy.Expr = sympy.log(inside.value, evaluate=False)  # pyright: ignore[reportAssignmentType]
        else:
            value = node.value
        found = sympy.expand_log(value.xreplace(letters))  # pyright: ignore[reportArgumentType]
        return Scalar(found.xreplace(back))

    return transform(tree, change)


def _unknown(value: sympy.Expr) -> sympy.Expr:
    """What is above 0 if a number is: the number without the factors that are above 0 by their letters."""
    return sympy.Mul(*(factor for factor in sympy.Mul.make_args(value) if not factor.is_positive))
