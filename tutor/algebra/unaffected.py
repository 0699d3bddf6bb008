"""What keeps its value where some parameters get others: the trees in which they do not occur."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Determinant,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Zero,
    entries_of,
)  # fmt: skip
from tutor.algebra.tree import Tree

Letters = frozenset[sympy.Basic]
Known = dict[Tree, Letters | None]
"""Tree: the letters that its value depends on, or None where that may be any."""

_OF_PARTS = (
    Sum, Product, Scaled, Transpose, Inverse, Kronecker, Block, BlockDiagonal, Determinant, Trace, Identity, Ones, Zero,
)  # fmt: skip
"""Kinds whose value is made of those of their parts alone, and of sizes."""


def unaffected(values: Mapping[Tree, Any], changed: Iterable[sympy.Symbol], known: Known) -> dict[Tree, Any]:
    """The values that stay where these parameters change; ``known`` keeps what is found out of each tree."""
    letters = frozenset(changed)
    return {
        tree: value
        for tree, value in values.items()
        if (own := _letters(tree, known)) is not None and letters.isdisjoint(own)
    }


def _letters(tree: Tree, known: Known) -> Letters | None:
    if tree not in known:
        known[tree] = _found(tree, known)
    return known[tree]


def _found(tree: Tree, known: Known) -> Letters | None:
    if isinstance(tree, Scalar):
        return frozenset(tree.value.free_symbols)
    if isinstance(tree, Explicit):
        return frozenset().union(*(entry.free_symbols for entry in set(tree.filled.values())))
    is_inverse = isinstance(tree, Applied) and tree.function == "generalized inverse"
    parts = tree.parts if is_inverse or isinstance(tree, _OF_PARTS) else None
    if isinstance(tree, Symbol):
        entries = () if (own := entries_of(tree)) is None else (own,)
        parts = entries if tree.definition is None else (*entries, tree.definition)
    if parts is None:
        return None
    told = [_letters(part, known) for part in parts]
    return None if None in told else frozenset().union(*(letters for letters in told if letters is not None))
