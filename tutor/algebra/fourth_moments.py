"""Covariances of what is of the first or second degree in normal random vectors, on an instance.

Each side is written as a polynomial in the deviations of the random entries from their means. The mean of a product of
deviations is the sum, over all ways to pair them, of the products of the covariances of the pairs (Isserlis 1918), and
0 for an odd number of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tutor.algebra.affine import affine, is_random
from tutor.algebra.arithmetic import Arithmetic, Matrix, Number
from tutor.algebra.budget import allow
from tutor.algebra.nodes import Covariance, Product, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

if TYPE_CHECKING:
    from tutor.algebra.evaluate import Instance

Deviation = tuple[Symbol, int]
"""An entry of a random vector, less its mean."""

PAIR_SECONDS = 5e-6
"""What a product of two deviations takes until its covariances are known."""

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
    covariances = _Covariances([*sides[0], *sides[1]], instance)
    first, second = ([covariances.coefficients(each) for each in side] for side in sides)
    cells = {(i, j): covariances.between(a, b) for i, a in enumerate(first) for j, b in enumerate(second)}
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
                if coefficient == 0:
                    continue
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
    form = None
    for factor in middle:
        value = instance.value(factor)
        form = value if form is None else arithmetic.multiply(form, value)
    # y'Wy with y = Lm, m the monomials of y, is m'(L'WL)m.
    (a, mine), (b, theirs) = _by_monomials(left, arithmetic), _by_monomials(right, arithmetic)
    allow(PAIR_SECONDS * len(mine) * len(theirs))
    weighted = b if form is None else arithmetic.multiply(form, b)
    cells = arithmetic.entries(arithmetic.multiply(arithmetic.transpose(a), weighted))
    return _added([
        {(*one, *other): number}
        for one, line in zip(mine, cells, strict=True)
        for other, number in zip(theirs, line, strict=True)
        if number != 0
    ])  # fmt: skip


def _by_monomials(polynomials: list[Polynomial], arithmetic: Arithmetic) -> tuple[Matrix, list[tuple[Deviation, ...]]]:
    """The coefficients of polynomials, one in each row, and the monomials that the columns belong to."""
    monomials = list(dict.fromkeys(key for polynomial in polynomials for key in polynomial))
    places = {key: place for place, key in enumerate(monomials)}
    entries = {(i, places[key]): x for i, polynomial in enumerate(polynomials) for key, x in polynomial.items()}
    return arithmetic.matrix(len(polynomials), len(monomials), entries), monomials


def _added(polynomials: list[Polynomial]) -> Polynomial:
    total: Polynomial = {}
    for polynomial in polynomials:
        for key, value in polynomial.items():
            total[key] = total[key] + value if key in total else value
    return total


class _Covariances:
    """Covariances of polynomials c + a'd + d'Bd in the deviations d, with the variance S: a'Sa and 2 tr(BSBS).

    The pairs of four deviations of which none lies within one side are two, and S_ik S_jl + S_il S_jk adds up to
    2 tr(B_1SB_2S) for symmetric B; three deviations have the mean 0.
    """

    def __init__(self, polynomials: Iterable[Polynomial], instance: Instance) -> None:
        self._arithmetic = instance.arithmetic
        found = dict.fromkeys(deviation for each in polynomials for key in each for deviation in key)
        self._places = {deviation: place for place, deviation in enumerate(found)}
        pairs = {(a[0], b[0]) for a in found for b in found}
        matrices = {pair: instance.value(Covariance(*pair)) for pair in pairs}
        cells = {
            (i, j): self._arithmetic.entry(matrices[a[0], b[0]], a[1], b[1])
            for a, i in self._places.items()
            for b, j in self._places.items()
        }
        self._variance = self._arithmetic.matrix(len(found), len(found), cells)

    def coefficients(self, polynomial: Polynomial) -> tuple[Matrix, Matrix | None]:
        """a' and BS; None where B is 0."""
        order, half = len(self._places), self._arithmetic.rational(1, 2)
        linear: dict[tuple[int, int], Number] = {}
        squares: dict[tuple[int, int], Number] = {}
        for key, value in polynomial.items():
            places = [self._places[deviation] for deviation in key]
            if len(places) == 1:
                linear[0, places[0]] = value
            elif places:
                for cell in (tuple(places), tuple(places[::-1])):
                    squares[cell] = squares[cell] + half * value if cell in squares else half * value  # pyright: ignore[reportArgumentType]
        row = self._arithmetic.matrix(1, order, linear)
        if not squares:
            return row, None
        return row, self._arithmetic.multiply(self._arithmetic.matrix(order, order, squares), self._variance)

    def between(self, left: tuple[Matrix, Matrix | None], right: tuple[Matrix, Matrix | None]) -> Number:
        """The covariance of two polynomials, given by their coefficients."""
        arithmetic = self._arithmetic
        across = arithmetic.multiply(arithmetic.multiply(left[0], self._variance), arithmetic.transpose(right[0]))
        total = arithmetic.entry(across, 0, 0)
        if left[1] is not None and right[1] is not None:
            both = arithmetic.multiply(left[1], right[1])
            for i in range(len(self._places)):
                total = total + arithmetic.rational(2) * arithmetic.entry(both, i, i)
        return total
