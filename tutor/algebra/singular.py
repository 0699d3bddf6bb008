"""Inverses that do not exist are refused with the reason, and with the columns that depend on one another."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.algebra.applied import Applied
from tutor.algebra.facts import known, rank
from tutor.algebra.nodes import Inverse, Scalar, Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.display import writer
from tutor.errors import DomainError

MOST_RELATIONS = 4
"""Relations among columns that an error tells."""


def require_inverses(*trees: Tree) -> None:
    """Refuse an inverse of what is known to have none.

    Raises
    ------
    DomainError
        With the reason, and for a design matrix with the columns that are sums of others.
    """
    for tree in trees:
        for node in _inverses_of(tree):
            found = known("invertible", node.tree)
            if found.value is False:
                related = "; ".join(relations(node.tree))
                without = Applied("generalized inverse", (node.tree,))
                columns = f" Among the columns {related}." if related else ""
                size = rank(node.tree).value
                of_rank = ""
                if size is not None and "rank" not in str(found.because):
                    of_rank = f", of rank {writer().inline(Scalar(size))} with {node.tree.rows} rows"
                raise DomainError(
                    f"{writer().inline(node)} does not exist: {found.because}{of_rank}.{columns}",
                    tip=f"A generalized inverse, {writer().inline(without)}, always exists.",
                )


def _inverses_of(tree: Tree) -> Iterator[Inverse]:
    """The inverses in a tree, and in the definitions of its symbols."""
    pending, seen = [tree], set[Tree]()
    while pending:
        part = pending.pop()
        for node in walk(part):
            if isinstance(node, Inverse):
                yield node
            if isinstance(node, Symbol) and node.definition is not None and node not in seen:
                seen.add(node)
                pending.append(node.definition)


def relations(tree: Tree) -> list[str]:
    """What the models of its symbols tell of columns that depend on one another."""
    found: list[str] = []
    for symbol in symbols_of(tree):
        told = getattr(symbol.scope, "relations", None)
        if told is not None and known("full column rank", symbol).value is False:
            found += [relation for relation in told(symbol) if relation not in found]
    return found if len(found) <= MOST_RELATIONS else [*found[:MOST_RELATIONS], "…"]
