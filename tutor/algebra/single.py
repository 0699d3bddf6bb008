"""Sums and products of a number of parts that is not known beforehand: one part alone is itself."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.nodes import Product, Sum
from tutor.algebra.tree import Tree


def sum_or_term(terms: Sequence[Tree]) -> Tree:
    """The sum of one or more terms as they stand; `laws.joining.sum_of` joins sums among them too."""
    return terms[0] if len(terms) == 1 else Sum(tuple(terms))


def product_or_factor(factors: Sequence[Tree]) -> Tree:
    """The product of one or more factors as they stand; `laws.joining.product_of` joins products among them too."""
    return factors[0] if len(factors) == 1 else Product(tuple(factors))
