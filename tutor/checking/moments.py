"""Moments of elements in an answer: Var(y_11) is that of k'y, and not of a constant.

Where no vector lists its elements, the model tells the moment. An element of a matrix, [V]_{12}, is d_1'Vd_2."""

from __future__ import annotations

from collections.abc import Container
from itertools import count

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.linear_form import linear_form
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import transform, walk
from tutor.errors import TutorError
from tutor.notation.names import unicode_name
from tutor.notation.parsing.functions import ELEMENT, STATISTICS
from tutor.notation.parsing.subscripts import indices_below
from tutor.notation.vocabulary import Vocabulary


def of_vectors(tree: Tree, vocabulary: Vocabulary) -> Tree:
    """A tree with elements of random vectors in its moments written as k'y, or with the value of such a moment, and
    with elements of matrices as products with columns of I.

    Raises
    ------
    TutorError
        For a function of elements that is not linear, and for an element whose index has no number.
    """
    vectors = [name.tree for name in vocabulary if isinstance(name.tree, Symbol) and name.tree.role == "random"]
    listed = [vector for vector in vectors if vector.entries is not None]
    bases = {vector.name for vector in vectors}
    letters = (f"k_{number}" for number in count(1))

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Applied) and node.function == ELEMENT:
            return element_by_columns(node)
        correlation = isinstance(node, Applied) and node.function == "Corr"
        if not correlation and not isinstance(node, Expectation | Variance | Covariance):
            return None
        known = None if vocabulary.element_moment is None else vocabulary.element_moment(node)
        if known is not None:
            return known
        of_squares = mean_of_products(node, bases) if isinstance(node, Expectation) else None
        if of_squares is not None:
            return of_vectors(of_squares, vocabulary)
        parts = tuple(linear_form(part, listed, letters) for part in node.parts)
        # Within a sum over an index too: as a constant it would have no variance.
        for leaf in (leaf for part in parts for leaf in walk(part) if isinstance(leaf, Scalar | Explicit)):
            for letter in leaf.value.free_symbols if isinstance(leaf, Scalar) else leaf.matrix.free_symbols:
                base = str(letter).partition("_")[0]
                if base.removesuffix("bar") in bases or base.endswith("hat") or base in STATISTICS:
                    raise TutorError(f"{unicode_name(str(letter))} is no element whose distribution is known.",
                                     tip="Write one with numbers below it, as y_11.")  # fmt: skip
        return node.rebuild(parts) if parts != node.parts else None

    return transform(tree, change)


def mean_of_products(mean: Expectation, bases: Container[str]) -> Tree | None:
    """E of a polynomial of degree 2 in elements, E(y_11²) or E((y_11 − μ)²), by E(ab) = Cov(a, b) + E(a)E(b); None for
    any other mean. ``bases`` are the letters of what varies."""
    value = mean.tree.value if isinstance(mean.tree, Scalar) else sympy.S.Zero
    free = [letter for letter in value.free_symbols if isinstance(letter, sympy.Symbol)]
    letters = [letter for letter in free if str(letter).partition("_")[0].removesuffix("bar") in bases]
    if not letters or not value.is_polynomial(*letters):
        return None
    polynomial = sympy.Poly(value, *letters)
    if polynomial.total_degree() != 2:
        return None
    terms: list[Tree] = []
    for powers, coefficient in polynomial.terms():
        factors = [Scalar(letter) for letter, power in zip(letters, powers, strict=True) for _ in range(power)]
        means: list[Tree] = [Expectation(factor) for factor in factors]
        if len(factors) == 2:
            one, other = factors
            covariance: Tree = Variance(one) if one == other else Covariance(one, other)
            means = [Sum((covariance, Product(tuple(means))))]
        terms.append(Scaled(Scalar(coefficient), means[0]) if means else Scalar(coefficient))
    return sum_or_term(terms)


def element_by_columns(node: Applied) -> Tree | None:
    """d_i'Ad_j for an element [A]_{ij} at numbers, d_i'x for one of a vector; None at letters.

    Raises
    ------
    SizeError
        For a row or a column that A does not have.
    """
    (matrix,), places = node.arguments, indices_below(node.below)
    if not all(place.isdecimal() for place in places):
        return None
    if len(places) == 1 and matrix.columns == ONE:
        return Product((Transpose(UnitVector(matrix.rows, int(places[0]))), matrix))
    if len(places) != 2:
        return None
    row, column = (UnitVector(extent, int(place)) for extent, place in zip(matrix.shape, places, strict=True))
    return Product((Transpose(row), matrix, column))
