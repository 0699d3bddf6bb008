"""The product of a tree with a vector in numbers of any kind, without the matrix that the tree is.

Two matrices that differ give different products with a random vector, save by a chance of nought (Freivalds 1977). Such
a product costs n² where the matrix costs n³: sums, products and Kronecker products are taken term by term and factor by
factor from the right, and what an inverse does to a vector is solved for. Parts that have a value already lend it.
In exact numbers a product with a column of the identity matrix is a column of what the tree is.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Matrix, Number
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Identity, Inverse, Kronecker, Ones, Product, Scalar, Scaled, Sum, Symbol
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.tree import Tree
from tutor.errors import DomainError

MOST_KEPT = 2000
"""Cells of vectors up to which products with them are kept."""

FEWEST_ROWS = 24
"""Rows of what is inverted from which it pays to look at its parts."""


MOST_ROWS_WHOLE = 100
"""Rows of a Kronecker product without letters up to which it is multiplied by as a whole."""

GOLDEN_RATIO = (1 + 5**0.5) / 2

OF_SOLUTION, OF_GENERALIZED_INVERSE = 1, 12
"""As much work as so many products of a matrix with vectors, at 60 rows: a solution, and a generalized inverse."""

MOST_SOLVED = 3
"""Solutions by one matrix that take no longer than its inverse."""

DIRECTIONS = 4
"""Vectors of no special direction."""


class Probe:
    """Products of trees with vectors at one instance; a tree whose value the instance keeps is not taken apart."""

    def __init__(self, instance: DrawnInstance) -> None:
        self._instance = instance
        self.work = 0  # in products with vectors
        self._solved: Counter[Tree] = Counter()
        self._products: dict[tuple[Tree, int], Matrix] = {}
        self._tables: dict[tuple[int, int], Matrix] = {}
        self._vectors: dict[int, Matrix] = {}
        self._identities: dict[Size, Matrix] = {}
        self._directions: dict[Size, Matrix] = {}
        self._generalized: dict[Tree, Matrix] = {}

    def product(self, tree: Tree, vectors: Matrix) -> Matrix:
        """A tree, m × n, times vectors, n × k. Raises what the instance raises for a tree without a value.

        Edits of one tree share most of their parts: the product of each with the same vectors is found once.
        """
        key = tree, id(vectors)
        known = self._products.get(key)
        if known is None:
            known = self._product(tree, vectors)
            if self._is_kept(vectors):
                self._products[key] = known
        return known

    def number(self, scalar: Tree) -> Number:
        """The value of a tree that is 1 × 1; of y'V⁻¹y by products with vectors as well."""
        if isinstance(scalar, Scalar):
            return self._instance.number(scalar.value)
        return self._instance.arithmetic.entry(self.product(scalar, self._identity(ONE)), 0, 0)

    def vectors(self, tree: Tree) -> np.ndarray:
        """A few vectors that a tree can be multiplied by, of no special direction: multiples of the golden ratio,
        modulo 1; always the same for an order, so that what they are multiplied by is found once."""
        order = tree.columns
        if order not in self._directions:
            size = self._instance.size(order)
            self._directions[order] = (np.arange(1, DIRECTIONS * size + 1) * GOLDEN_RATIO % 1).reshape(size, -1)
        return self._directions[order]

    def _is_kept(self, vectors: Matrix) -> bool:
        """Whether these vectors stay, so that no others come to have their number in memory."""
        if id(vectors) in self._vectors:
            return True
        rows, columns = self._instance.arithmetic.shape(vectors)
        if rows * columns > MOST_KEPT:
            return False
        self._vectors[id(vectors)] = vectors
        return True

    def _product(self, tree: Tree, vectors: Matrix) -> Matrix:
        arithmetic = self._instance.arithmetic
        self.work += 1
        if isinstance(tree, Scalar) or self._instance.has_valued(tree):
            return arithmetic.multiply(self._instance.value(tree), vectors)
        if isinstance(tree, Identity):
            return vectors
        if isinstance(tree, Sum):
            total = self.product(tree.terms[0], vectors)
            for term in tree.terms[1:]:
                total = arithmetic.add(total, self.product(term, vectors))
            return total
        if isinstance(tree, Scaled):
            return arithmetic.scale(self.number(tree.scalar), self.product(tree.tree, vectors))
        if isinstance(tree, Product):
            for factor in reversed(tree.factors):
                vectors = self.product(factor, vectors)
            return vectors
        if isinstance(tree, Kronecker):
            if self._is_small_constant(tree):
                return self._whole(tree, vectors)
            return self._kronecker(tree.factors, vectors)
        if isinstance(tree, Inverse) and (parts := self._of_parts(tree)) is not None:
            return self.product(parts, vectors)
        if isinstance(tree, Inverse) and self._has_no_inverse(tree.tree):
            raise DomainError("The matrix is singular: it has no inverse.")
        if isinstance(tree, Inverse) and self._solved[tree] < MOST_SOLVED:
            # What is inverted in many edits is inverted once.
            self._solved[tree] += 1
            self.work += OF_SOLUTION
            return arithmetic.solve(self._inverted(tree.tree), vectors)
        if isinstance(tree, Applied) and tree.function == "generalized inverse" and isinstance(arithmetic, Floating):
            if tree not in self._generalized:
                self.work += OF_GENERALIZED_INVERSE
                self._generalized[tree] = arithmetic.inverse_of_clear_rank(self._inverted(tree.arguments[0]))
            return arithmetic.multiply(self._generalized[tree], vectors)
        if isinstance(tree, Symbol):
            definition = self._instance.defined(tree)
            return self._whole(tree, vectors) if definition is None else self.product(definition, vectors)
        return self._whole(tree, vectors)

    def _of_parts(self, inverse: Inverse) -> Tree | None:
        """(cA)⁻¹ as c⁻¹A⁻¹ and (A ⊗ B)⁻¹ as A⁻¹ ⊗ B⁻¹, A and B square: as of R = σ²I. None for other inverses, and for
        those that are worked out in no time."""
        if self._instance.size(inverse.rows) < FEWEST_ROWS:
            return None
        inner = inverse.tree
        while isinstance(inner, Symbol) and (definition := self._instance.defined(inner)) is not None:
            inner = definition
        if isinstance(inner, Identity):
            return inner
        if isinstance(inner, Scaled):
            return Scaled(Inverse(inner.scalar), Inverse(inner.tree))
        if isinstance(inner, Kronecker) and all(same_size(*factor.shape) for factor in inner.factors):
            return Kronecker(tuple(Inverse(factor) for factor in inner.factors))
        return None

    def _is_small_constant(self, tree: Kronecker) -> bool:
        """Whether it is I ⊗ J and the like of few rows: many edits share it, and NumPy multiplies by it at once."""
        size = self._instance.size
        return all(isinstance(factor, Identity | Ones) for factor in tree.factors) and (
            max(size(tree.rows), size(tree.columns)) <= MOST_ROWS_WHOLE
        )

    def _has_no_inverse(self, tree: Tree) -> bool:
        """Whether a product is singular for its factors' sake, as ZGZ' of more rows than Z has columns."""
        size = self._instance.size
        return isinstance(tree, Product) and any(
            size(factor.columns) < size(tree.rows) for factor in tree.factors[:-1] if factor.columns != tree.rows
        )

    def _inverted(self, tree: Tree) -> Matrix:
        """The value of what is inverted: of X'V⁻¹X, or of Z'R⁻¹Z + G⁻¹, which are small, as what it makes of the
        identity matrix."""
        terms = tree.terms if isinstance(tree, Sum) else (tree,)
        if self._instance.has_valued(tree) or not any(
            isinstance(term, Product) and self._is_narrow(term) for term in terms
        ):
            return self._instance.value(tree)
        return self.product(tree, self._identity(tree.columns))

    def _identity(self, order: Size) -> Matrix:
        """The one identity matrix of an order, so that what it is multiplied by is found once."""
        if order not in self._identities:
            self._identities[order] = self._instance.arithmetic.identity(order, self._instance.size)
        return self._identities[order]

    def _is_narrow(self, tree: Product) -> bool:
        """Whether a product has fewer columns than one of its factors."""
        size = self._instance.size
        return any(size(factor.columns) > size(tree.columns) for factor in tree.factors if factor.columns != ONE)

    def _whole(self, tree: Tree, vectors: Matrix) -> Matrix:
        return self._instance.arithmetic.multiply(self._instance.value(tree), vectors)

    def _kronecker(self, factors: tuple[Tree, ...], vectors: Matrix) -> Matrix:
        """(A ⊗ B) vec: with the vectors as a table of A's columns by B's, B along one side and A along the other."""
        first, *others = factors
        if not others:
            return self.product(first, vectors)
        number = self._instance.arithmetic.shape(vectors)[1]
        width = self._instance.size(first.columns)
        columns = self._table(vectors, width)
        told = self._instance.arithmetic.as_array(self._kronecker(tuple(others), columns))
        height = len(told)
        table = told.reshape(height, width, number).transpose(1, 0, 2).reshape(width, height * number)
        product = self._instance.arithmetic.as_array(self.product(first, self._of_array(table)))
        return self._of_array(product.reshape(-1, number))

    def _table(self, vectors: Matrix, width: int) -> Matrix:
        """Vectors as a table of so many rows, turned: B comes to each of its rows, for all vectors at once."""
        key = id(vectors), width
        known = self._tables.get(key)
        if known is None:
            array = self._instance.arithmetic.as_array(vectors)
            inner, number = len(array) // width, array.shape[1]
            known = self._of_array(
                array.reshape(width, inner, number).transpose(1, 0, 2).reshape(inner, width * number)
            )
            if self._is_kept(vectors):
                self._tables[key] = known
        return known

    def _of_array(self, array: np.ndarray) -> Matrix:
        return self._instance.arithmetic.of_array(array)
