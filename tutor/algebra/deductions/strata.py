"""The space that Kronecker products of I and 1 span together: the strata of the factors that they count.

Over factors with n_1, n_2, … levels, the columns of a product with I at the factors of a set S, and 1 elsewhere, span
the strata of all subsets T of S, of which each has ∏ (n_f − 1) dimensions, f in T (Nelder 1965, the strata of a simple
block structure).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

import sympy

from tutor.algebra.nodes import Identity, Kronecker, Ones, Symbol
from tutor.algebra.sizes import ONE, Size, divides
from tutor.algebra.tree import Tree

Strand = list[tuple[Size, bool]]
"""The factors of a Kronecker product of I and 1: the size, and whether it is I."""


def strata(blocks: Sequence[Tree]) -> tuple[Size, ...] | None:
    """The dimensions of the strata that the columns of the blocks span; None where they are of another kind.

    >>> from tutor.algebra.build import identity, kron, ones
    >>> strata([ones("n"), kron(identity("b"), ones("t"))]) is None, strata([identity("b")])
    (True, (1, b - 1))
    """
    strands = [_strand(block) for block in blocks]
    known = [strand for strand in strands if strand is not None]
    cuts = _cuts(known) if len(known) == len(strands) else None
    if cuts is None:
        return None
    sizes = [sympy.cancel(after / before) for before, after in zip([ONE, *cuts], cuts, strict=False)]
    counted = [_counted(strand, cuts) for strand in known]
    spanned: dict[tuple[int, ...], None] = {}
    for factors in counted:
        spanned.update(dict.fromkeys(chain(*(combinations(factors, k) for k in range(len(factors) + 1)))))
    return tuple(sympy.Mul(*(sizes[f] - 1 for f in subset)) for subset in sorted(spanned, key=lambda s: (len(s), s)))


def _strand(tree: Tree) -> Strand | None:
    if isinstance(tree, Symbol) and tree.definition is not None:
        return _strand(tree.definition)
    if isinstance(tree, Identity):
        return [(tree.order, True)]
    if isinstance(tree, Ones) and tree.columns == ONE:
        return [(tree.rows, False)]
    if not isinstance(tree, Kronecker):
        return None
    parts = [_strand(factor) for factor in tree.factors]
    known = [part for part in parts if part is not None]
    return [piece for part in known for piece in part] if len(known) == len(parts) else None


def _ends(strand: Strand) -> list[Size]:
    ends, product = [], ONE
    for size, _ in strand:
        product = sympy.expand(product * size)
        ends.append(product)
    return ends


def _cuts(strands: list[Strand]) -> list[Size] | None:
    """Where the rows are cut so that every strand is cut at each of its ends; None where they do not nest."""
    every = dict.fromkeys(end for strand in strands for end in _ends(strand) if end != ONE)
    cuts: list[Size] = []
    for end in every:
        place = next((i for i, cut in enumerate(cuts) if divides(end, cut)), len(cuts))
        if place and not divides(cuts[place - 1], end):
            return None
        cuts.insert(place, end)
    return cuts if all(divides(*pair) for pair in pairwise(cuts)) else None


def _counted(strand: Strand, cuts: list[Size]) -> tuple[int, ...]:
    """The numbers of the factors between cuts that lie within an I of the strand."""
    found: list[int] = []
    factor = 0
    for end, (_, is_identity) in zip(_ends(strand), strand, strict=True):
        while factor < len(cuts) and divides(cuts[factor], end):
            found += [factor] if is_identity else []
            factor += 1
    return tuple(found)
