"""Products of matrices side by side: [A B]'V[A B] is the block matrix of A'VA, A'VB, B'VA and B'VB."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.nodes import Block, Ones, Product, Symbol, Transpose
from tutor.algebra.tree import Tree


def by_parts(tree: Tree) -> tuple[tuple[Product, ...], ...] | None:
    """The blocks of a product whose first factor is [A B …]' or whose last is [C D …]; None for another.

    >>> from tutor.algebra.build import ones, identity
    >>> X = Block(((ones("n"), identity("n")),))
    >>> [[str(block) for block in line] for line in by_parts(X.T @ X)]
    [["1_n' 1_n", "1_n' I_n"], ["I_n' 1_n", "I_n' I_n"]]
    """
    if not isinstance(tree, Product):
        return None
    first, *middle, last = tree.factors
    above = _columns(first.tree) if isinstance(first, Transpose) else None
    beside = _columns(last)
    if above is None and beside is None:
        return None
    tops = [first] if above is None else [_turned(block) for block in above]
    sides = [last] if beside is None else list(beside)
    return tuple(tuple(Product((top, *middle, side)) for side in sides) for top in tops)


def _columns(tree: Tree) -> Sequence[Tree] | None:
    """The matrices that stand side by side; None for another tree."""
    known = tree.definition if isinstance(tree, Symbol) and tree.role != "random" else tree
    if isinstance(known, Symbol):
        return _columns(known)
    return known.grid[0] if isinstance(known, Block) and len(known.grid) == 1 else None


def _turned(tree: Tree) -> Tree:
    return Ones(tree.columns, tree.rows) if isinstance(tree, Ones) else Transpose(tree)
