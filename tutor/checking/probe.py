"""The product of a tree with a vector in doubles, without the matrix that the tree is.

Two matrices that differ give different products with a random vector, save by a chance of nought (Freivalds 1977). Such
a product costs n² where the matrix costs n³: sums, products and Kronecker products are taken term by term and factor by
factor from the right, and what an inverse does to a vector is solved for. Parts that have a value already lend it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Inverse, Kronecker, Product, Scaled, Sum, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk


class Probe:
    """Products of trees with vectors at one instance of doubles.

    ``valued`` are trees whose values the instance has, with those of all their parts.
    """

    def __init__(self, instance: DrawnInstance, valued: Iterable[Tree] = ()) -> None:
        self._instance = instance
        self._valued = {node for tree in valued for node in walk(tree)}
        self._solved: set[Tree] = set()

    def product(self, tree: Tree, vectors: np.ndarray) -> np.ndarray:
        """A tree, m × n, times vectors, n × k. Raises what the instance raises for a tree without a value."""
        if tree in self._valued or (tree.is_scalar and len(vectors) == 1):
            return self._instance.value(tree) @ vectors
        if isinstance(tree, Sum):
            return sum((self.product(term, vectors) for term in tree.terms[1:]), self.product(tree.terms[0], vectors))
        if isinstance(tree, Scaled):
            return float(self._instance.value(tree.scalar)[0, 0]) * self.product(tree.tree, vectors)
        if isinstance(tree, Product):
            for factor in reversed(tree.factors):
                vectors = self.product(factor, vectors)
            return vectors
        if isinstance(tree, Kronecker):
            return self._kronecker(tree.factors, vectors)
        if isinstance(tree, Inverse) and tree not in self._solved:
            # What is inverted in several edits is inverted once, at the second of them.
            self._solved.add(tree)
            return np.linalg.solve(self._instance.value(tree.tree), vectors)
        if isinstance(tree, Symbol):
            definition = self._instance.defined(tree)
            return self._whole(tree, vectors) if definition is None else self.product(definition, vectors)
        return self._whole(tree, vectors)

    def _whole(self, tree: Tree, vectors: np.ndarray) -> np.ndarray:
        value: Any = self._instance.value(tree)
        self._valued.add(tree)
        return value @ vectors

    def _kronecker(self, factors: tuple[Tree, ...], vectors: np.ndarray) -> np.ndarray:
        """(A ⊗ B) vec: with the vectors as a table of A's columns by B's, B along one side and A along the other."""
        first, *others = factors
        if not others:
            return self.product(first, vectors)
        width = self._instance.size(first.columns)
        inner = len(vectors) // width
        number = vectors.shape[1]
        # B to each of the rows of the table, for all vectors at once
        columns = vectors.reshape(width, inner, number).transpose(1, 0, 2).reshape(inner, width * number)
        told = self._kronecker(tuple(others), columns)
        height = len(told)
        table = told.reshape(height, width, number).transpose(1, 0, 2).reshape(width, height * number)
        return self.product(first, table).reshape(-1, number)
