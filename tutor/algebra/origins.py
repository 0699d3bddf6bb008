"""The models to which a tree belongs: what they say of the domains of its parameters holds of its closed form too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk


def scopes_of(tree: Tree) -> tuple[Any, ...]:
    """The scopes of the symbols of a tree, and those of what its parts were made of, each once."""
    found: dict[Any, None] = {}
    for node in walk(tree):
        if isinstance(node, Symbol) and node.scope is not None:
            found[node.scope] = None
        found.update(dict.fromkeys(node._origins))
    return tuple(found)


def with_origins_of(made_of: Tree, tree: Tree) -> Tree:
    """The tree, known to belong to the models of what it was made of. It is a copy, since nodes are shared."""
    missing = set(scopes_of(made_of)) - set(scopes_of(tree))
    if not missing:
        return tree
    found = replace(tree)
    object.__setattr__(found, "_origins", tuple(scope for scope in scopes_of(made_of) if scope in missing))
    return found
