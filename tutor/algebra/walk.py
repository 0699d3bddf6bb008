"""Walking through trees and rebuilding them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all nodes below it, parents first. Definitions are not entered."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(node.parts))


def symbols_of(tree: Tree) -> tuple[Symbol, ...]:
    """The distinct symbols of a tree, in the order in which they are written."""
    try:
        return tree._symbols
    except AttributeError:
        found = tuple(dict.fromkeys(node for node in walk(tree) if isinstance(node, Symbol)))
        object.__setattr__(tree, "_symbols", found)
        return found


def transform(tree: Tree, change: Callable[[Tree], Tree | None]) -> Tree:
    """Rebuild a tree from its leaves up; ``change`` gives a node's replacement, or None to keep it."""
    parts = tuple(transform(part, change) for part in tree.parts)
    if any(new is not old for new, old in zip(parts, tree.parts, strict=True)):
        tree = tree.rebuild(parts)
    replacement = change(tree)
    return tree if replacement is None else replacement


def replace(tree: Tree, replacements: Mapping[Tree, Tree]) -> Tree:
    """Put other trees in the place of given ones, wherever they stand."""
    return transform(tree, replacements.get)
