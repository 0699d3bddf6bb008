"""Covariances of what is of the first or second degree in normal random vectors, on an instance.

Each side is written as a polynomial in the deviations of the random entries from their means. The mean of a product of
deviations is the sum, over all ways to pair them, of the products of the covariances of the pairs (Isserlis 1918), and
0 for an odd number of them.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tutor.algebra.affine import affine, is_random
from tutor.algebra.arithmetic import Matrix, Number
from tutor.algebra.nodes import Covariance, Product, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance

Deviation = tuple[Symbol, int]
"""An entry of a random vector, less its mean."""

Polynomial = dict[tuple[Deviation, ...], Number]
"""Products of deviations, and their coefficients."""


def is_quadratic(tree: Tree) -> bool:
    """Whether a tree is a number with a product of two random vectors in it."""
    if isinstance(tree, Sum):
        return any(map(is_quadratic, tree.terms))
    if isinstance(tree, Scaled):
        return is_quadratic(tree.tree)
    if isinstance(tree, Symbol):
        return tree.is_scalar and tree.definition is not None and is_quadratic(tree.definition)
    return isinstance(tree, Product) and tree.is_scalar and sum(map(is_random, tree.factors)) == 2


def normal_covariance(left: Tree, right: Tree, instance: Instance) -> Matrix:
    """Cov(a, b), rows × rows, for vectors linear in normal vectors and numbers of the second degree in them.

    Raises
    ------
    DomainError
        Where a side is of a higher degree.
    """
    sides = [_polynomials(side, instance) for side in (left, right)]
    covariances = _Covariances(instance)
    cells = {(i, j): covariances.between(a, b) for i, a in enumerate(sides[0]) for j, b in enumerate(sides[1])}
    return instance.arithmetic.matrix(len(sides[0]), len(sides[1]), cells)


def _polynomials(tree: Tree, instance: Instance) -> list[Polynomial]:
    """Each entry of a vector as a polynomial."""
    return [_quadratic(tree, instance)] if is_quadratic(tree) else _linear(tree, instance)


def _linear(tree: Tree, instance: Instance) -> list[Polynomial]:
    form, arithmetic = affine(tree, instance), instance.arithmetic
    found: list[Polynomial] = []
    for i in range(arithmetic.shape(form.constant)[0]):
        polynomial: Polynomial = {(): arithmetic.entry(form.constant, i, 0)}
        for vector, matrix in form.coefficients.items():
            mean = instance.mean(vector)
            for j in range(arithmetic.shape(matrix)[1]):
                coefficient = arithmetic.entry(matrix, i, j)
                polynomial[((vector, j),)] = coefficient
                polynomial[()] = polynomial[()] + coefficient * arithmetic.entry(mean, j, 0)
        found.append(polynomial)
    return found


def _quadratic(tree: Tree, instance: Instance) -> Polynomial:
    arithmetic = instance.arithmetic
    if isinstance(tree, Symbol) and tree.definition is not None:
        return _quadratic(tree.definition, instance)
    if isinstance(tree, Sum):
        return _added([_polynomials(term, instance)[0] for term in tree.terms])
    if isinstance(tree, Scaled) and not is_random(tree.scalar):
        number = arithmetic.entry(instance.value(tree.scalar), 0, 0)
        return {key: number * value for key, value in _polynomials(tree.tree, instance)[0].items()}
    if not isinstance(tree, Product) or not isinstance(tree.factors[0], Transpose):
        raise DomainError(f"{tree} is no quadratic form x'Ay.")
    first, *middle, last = tree.factors
    if first.parts[0].columns != ONE or any(map(is_random, middle)):
        raise DomainError(f"{tree} is no quadratic form x'Ay.")
    left, right = _linear(first.parts[0], instance), _linear(last, instance)
    weight = None
    for factor in middle:
        value = instance.value(factor)
        weight = value if weight is None else arithmetic.multiply(weight, value)
    total: list[Polynomial] = []
    for (i, a), (j, b) in product(enumerate(left), enumerate(right)):
        number = arithmetic.rational(int(i == j)) if weight is None else arithmetic.entry(weight, i, j)
        total += [{key: number * value for key, value in _multiplied(a, b).items()}]
    return _added(total)


def _added(polynomials: list[Polynomial]) -> Polynomial:
    total: Polynomial = {}
    for polynomial in polynomials:
        for key, value in polynomial.items():
            total[key] = total[key] + value if key in total else value
    return total


def _multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    return _added([{(*a, *b): x * y} for a, x in left.items() for b, y in right.items()])


class _Covariances:
    """Means of products of deviations, by pairs."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def between(self, left: Polynomial, right: Polynomial) -> Number:
        """E(ab) − E(a) E(b)."""
        total = self._instance.arithmetic.rational(0)
        for a, x in left.items():
            for b, y in right.items():
                total = total + x * y * (self._mean((*a, *b)) - self._mean(a) * self._mean(b))
        return total

    def _mean(self, deviations: tuple[Deviation, ...]) -> Number:
        if not deviations:
            return self._instance.arithmetic.rational(1)
        total = self._instance.arithmetic.rational(0)
        if len(deviations) % 2:
            return total
        first, *rest = deviations
        for k, other in enumerate(rest):
            total = total + self._pair(first, other) * self._mean((*rest[:k], *rest[k + 1 :]))
        return total

    def _pair(self, left: Deviation, right: Deviation) -> Number:
        matrix = self._instance.value(Covariance(left[0], right[0]))
        return self._instance.arithmetic.entry(matrix, left[1], right[1])
