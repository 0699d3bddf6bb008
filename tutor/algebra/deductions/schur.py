"""Differences that are Schur complements: G − GZ'V⁻¹ZG, the variance of u given y.

A − C'D⁻¹C is positive definite exactly if [[D, C], [C', A]] is, for a positive definite D (Horn and Johnson 1985,
Matrix Analysis, theorem 7.7.6).
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra.deductions.factors import flat, product_of, term_of, turned_factors
from tutor.algebra.deductions.known import Found, Reasoner
from tutor.algebra.deductions.mirror import MINUS_ONE
from tutor.algebra.nodes import Block, Fact, Inverse, Scaled, Sum
from tutor.algebra.tree import Tree


def definite_complement(fact: Fact, tree: Sum, reasoner: Reasoner) -> Found[bool] | None:
    """Whether A − C'D⁻¹C is positive definite, or semidefinite, by the blocks of which it is a complement."""
    for A, C, D in _complements(tree, reasoner):
        if not reasoner.holds("positive definite", D):
            continue
        turned = product_of(turned_factors(C, reasoner), A.rows)
        whole = Block(((D, product_of(C, A.columns)), (turned, A)))
        known = reasoner.known(fact, whole)
        if known.value:
            return Found(True, "it is A − C'D⁻¹C with D = {} in [[D, C], [C', A]], and {}", (D, known))
    return None


def _complements(tree: Sum, reasoner: Reasoner) -> Iterator[tuple[Tree, tuple[Tree, ...], Tree]]:
    """The A, the factors of C, and the D of A − C'D⁻¹C."""
    for place, term in enumerate(tree.terms):
        if not isinstance(term, Scaled) or term.scalar != MINUS_ONE:
            continue
        found = term_of(flat(term.tree, reasoner))
        middle, odd = divmod(len(found.factors), 2)
        rest = (*tree.terms[:place], *tree.terms[place + 1 :])
        if not odd or found.scalar is not None or len(rest) != 1:
            continue
        left, inverse, right = found.factors[:middle], found.factors[middle], found.factors[middle + 1 :]
        if isinstance(inverse, Inverse) and right and turned_factors(right, reasoner) == left:
            yield rest[0], right, inverse.tree
