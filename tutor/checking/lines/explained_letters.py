"""Letters that an answer explains, λ + λ²(e^{σ²_u} − 1) with λ = e^{μ + σ²_u/2}: each means what it is said to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.checking.lines.chains import Chain, Chains
from tutor.checking.lines.side import Side


def with_letters_explained(chains: Chains, known: Iterable[Tree]) -> Chains:
    """The chains with what letters are said to be in their place. A letter of the question, or one that is explained by
    itself, keeps its meaning."""
    own = set(scalars_of(*known))
    meant: dict[Any, Any] = {}
    explained: list[Chain] = []
    for chain in chains.chains:
        letter, value = _equation(chain)
        if letter is not None and letter not in own and letter not in meant and letter not in value.free_symbols:
            meant[letter] = value
            explained.append(chain)
    if not meant or len(explained) == len(chains.chains):
        return chains
    others = [chain for chain in chains.chains if not any(chain is each for each in explained)]
    found = {id(chain): Chain(_side(chain.head, meant)) for chain in others}
    order: list[tuple[Chain, Any]] = []
    for chain, claim in chains.order:
        if id(chain) in found:
            changed = replace(claim, side=_side(claim.side, meant))
            found[id(chain)].claims.append(changed)
            order.append((found[id(chain)], changed))
    return Chains(tuple(found.values()), tuple(order), chains.unreadable)


def _equation(chain: Chain) -> tuple[Any, Any]:
    """The letter and the value of λ = …, where a chain says nothing else; (None, None) for another."""
    sides = (chain.head, *(claim.side for claim in chain.claims))
    trees = [side.tree for side in sides]
    if len(trees) != 2 or not isinstance(trees[0], Scalar) or not isinstance(trees[1], Scalar):
        return None, None
    letter = trees[0].value
    return (letter, trees[1].value) if isinstance(letter, sympy.Symbol) else (None, None)


def _side(side: Side, meant: dict[Any, Any]) -> Side:
    def change(node: Tree) -> Tree | None:
        if not isinstance(node, Scalar):
            return None
        value: Any = node.value.xreplace(meant)
        return Scalar(value)

    return replace(side, terms=tuple(transform(term, change) for term in side.terms))
