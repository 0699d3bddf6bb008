"""Sequential sums of squares from cross-products, exactly: W'W with one block of columns after the other taken out.

What is left of W'W after the columns W_1 are taken out is W'(I − P_1)W, P_1 the projection on them. Source: the sweep
operator, Goodnight (1979), A tutorial on the SWEEP operator, The American Statistician 33, 149–158.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sympy
from flint import fmpq, fmpq_mat

from tutor.algebra.arithmetic import Exact

_EXACT = Exact()


@dataclass(frozen=True, slots=True)
class CrossProducts:
    """W'W, or W'(I − P)W, for columns W in named blocks: ``places`` are their positions."""

    matrix: fmpq_mat
    places: Mapping[str, range]

    def without(self, name: str) -> CrossProducts:
        """What is left when the columns of a block are taken out of all."""
        block = self.places[name]
        if not block:
            return self
        mine = _part(self.matrix, range(self.matrix.nrows()), block)
        own = _part(self.matrix, block, block)
        taken = mine * _EXACT.generalized_inverse(own) * mine.transpose()
        return CrossProducts(self.matrix - taken, self.places)

    def centred(self, name: str, within: Sequence[str]) -> CrossProducts:
        """With the columns of a block replaced by what is left of them beside those of other blocks."""
        others = [place for other in within for place in self.places[other]]
        block = self.places[name]
        if not others or not block:
            return self
        own, across = _part(self.matrix, others, others), _part(self.matrix, others, block)
        coefficients = _EXACT.generalized_inverse(own) * across
        count = self.matrix.nrows()
        change = fmpq_mat(count, count)
        for i in range(count):
            change[i, i] = fmpq(1)
        for i, place in enumerate(others):
            for j, column in enumerate(block):
                change[place, column] = -coefficients[i, j]
        return CrossProducts(change.transpose() * self.matrix * change, self.places)

    def rank(self, name: str) -> int:
        """The rank of a block of columns."""
        block = self.places[name]
        return _part(self.matrix, block, block).rank() if block else 0

    def trace(self, name: str) -> sympy.Rational:
        """The sum of squares of a block of columns."""
        total = sum((self.matrix[i, i] for i in self.places[name]), fmpq(0))
        return sympy.Rational(int(total.p), int(total.q))  # pyright: ignore[reportReturnType, reportAttributeAccessIssue]


def cross_products(blocks: Mapping[str, fmpq_mat]) -> CrossProducts:
    """W'W of named blocks of columns, each n × its number."""
    places, columns = {}, 0
    for name, block in blocks.items():
        places[name] = range(columns, columns + block.ncols())
        columns += block.ncols()
    rows = next(iter(blocks.values())).nrows()
    W = _EXACT.paste(rows, columns, [(0, places[name].start, block) for name, block in blocks.items()])
    return CrossProducts(W.transpose() * W, places)


def _part(matrix: fmpq_mat, rows: Sequence[int], columns: Sequence[int]) -> fmpq_mat:
    return fmpq_mat([[matrix[i, j] for j in columns] for i in rows])
