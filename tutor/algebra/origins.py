"""The models to which a tree belongs: what they say of the domains of its parameters holds of its closed form too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.rules import Derivation
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
    return with_origins(tree, scopes_of(made_of))


def with_origins(tree: Tree, scopes: Iterable[Any]) -> Tree:
    """The tree, known to belong to these models. It is a copy, since nodes are shared."""
    known = set(scopes_of(tree))
    missing = tuple(scope for scope in scopes if scope not in known)
    if not missing:
        return tree
    found = replace(tree)
    object.__setattr__(found, "_origins", missing)
    return found


def derivation_of(scope: Any, found: Derivation) -> Derivation:
    """The derivation as one of a model: its lines, which may have no symbols left, belong to the model too."""
    lines = [with_origins(line, (scope,)) for line in found.lines]
    steps = (
        replace(step, before=before, after=after)
        for step, before, after in zip(found.steps, lines, lines[1:], strict=False)
    )
    return Derivation(lines[0], tuple(steps), scope)
