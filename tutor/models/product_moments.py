"""Means of products of two elements, E(y_11²) and E(y_11 y_21), by E(ab) = Cov(a, b) + E(a) E(b)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import sympy

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Scaled, Variance
from tutor.algebra.random_elements import Elements, with_elements, with_trees
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.models.inference.moments_of_estimates import listed_elements
from tutor.models.inference.named_estimates import without_hat
from tutor.models.linear_forms import listed_as_symbols
from tutor.models.moments import derive, has_elements
from tutor.models.observations.derive import elements_as_symbols

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

SECOND = 2
"""The degree that means and variances reach."""


def derive_products(model: MixedModel, goal: Tree) -> Derivation | None:
    """The mean of a polynomial of the second degree in elements; None for any other tree.

    Raises
    ------
    TutorError
        For elements that there are not.
    """
    if not isinstance(goal, Expectation) or not isinstance(goal.tree, Scalar):
        return None
    value = goal.tree.value
    every = cast("list[sympy.Symbol]", sorted(value.free_symbols, key=str))
    estimates = listed_elements(model) if model.n.is_Integer else {}
    letters = [symbol for symbol in every if symbol in estimates or has_elements(model, _mean(symbol))]
    if not letters or not value.is_polynomial(*letters):
        return None
    if sympy.Poly(value, *letters).total_degree() != SECOND:
        return None
    symbols = _symbols(model, letters, estimates)
    if symbols is None:
        return None
    opened = sum_or_term([
        times(coefficient, moment)
        for coefficient, factors in _products(value, letters)
        for moment in _moments(factors)
    ])  # fmt: skip
    asked = [node for node in walk(opened) if isinstance(node, Expectation | Variance | Covariance)]
    values = {moment: _number(derive(model, moment)) for moment in dict.fromkeys(asked)}
    told = ", ".join(f"{moment} = {Scalar(number)}" for moment, number in values.items())
    by_name = dict(zip(letters, symbols, strict=True))
    return chain(
        with_trees(goal, by_name),
        ("mean-of-product", "E(ab) = Cov(a, b) + E(a) E(b), and Cov(a, a) = Var(a)", with_trees(opened, by_name)),
        ("moments-of-elements", told, Scalar(_shorter(_valued(opened, values)))),
    )


def _symbols(model: MixedModel, letters: Sequence[sympy.Symbol], estimates: Elements) -> Sequence[Tree] | None:
    """The elements and estimates as symbols of which the model tells; None where it does not tell all."""
    if any(without_hat(letter) is not None for letter in letters):
        return [with_elements(Scalar(letter), estimates) for letter in letters]
    listed = [Scalar(letter) for letter in letters]
    return elements_as_symbols(model, listed) or listed_as_symbols(model, listed)


def _products(value: sympy.Expr, letters: Sequence[sympy.Symbol]) -> list[tuple[Any, Sequence[sympy.Expr]]]:
    """A polynomial of the second degree as multiples of products: (y_11 − y_21)² as one, and opened where it is a
    sum."""
    constant, rest = value.as_independent(*letters, as_Add=False)
    if isinstance(rest, sympy.Pow):
        return [(constant, [cast(sympy.Expr, rest.base)] * SECOND)]
    if isinstance(rest, sympy.Mul):
        return [(constant, cast(Sequence[sympy.Expr], rest.args))]
    return [
        (coefficient, [letter for letter, power in zip(letters, powers, strict=True) for _ in range(power)])
        for powers, coefficient in cast(Any, sympy.Poly(value, *letters)).terms()
    ]


def _mean(value: sympy.Expr) -> Expectation:
    return Expectation(Scalar(value))


def _moments(factors: Sequence[sympy.Expr]) -> Sequence[Tree]:
    """E of the product of no, one or two linear forms, as terms."""
    if len(factors) < SECOND:
        return [_mean(factor) for factor in factors] or [Scalar(sympy.S.One)]
    first, second = map(_mean, factors)
    if first == second:
        return Variance(first.tree), Product((first, first))
    return Covariance(first.tree, second.tree), Product((first, second))


def _number(found: Derivation) -> sympy.Expr:
    result = found.result
    return result.value if isinstance(result, Scalar) else cast(sympy.Expr, result.explicit()[0, 0])


def _valued(tree: Tree, values: dict[Expectation | Variance | Covariance, sympy.Expr]) -> sympy.Expr:
    """A sum of multiples and products of moments as a number."""
    if isinstance(tree, Expectation | Variance | Covariance):
        return values[tree]
    if isinstance(tree, Scalar):
        return tree.value
    parts = [_valued(part, values) for part in tree.parts]
    return sympy.Add(*parts) if not isinstance(tree, Product | Scaled) else sympy.Mul(*parts)


def _shorter(value: sympy.Expr) -> sympy.Expr:
    """The value as it is or multiplied out, whichever is shorter."""
    return cast(sympy.Expr, min(value, sympy.expand(value), key=sympy.count_ops))
