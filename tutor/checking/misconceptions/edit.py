"""An edit of the reference, and the ways to make one: a change at one node, or of each node of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from tutor.algebra.nodes import Determinant, Product, Sum, Trace
from tutor.algebra.single import product_or_factor
from tutor.algebra.sizes import same_shape, same_size
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.errors import TutorError


class Edit(NamedTuple):
    """What a slip makes of the reference, and what it is called."""

    diagnosis: Diagnosis
    tree: Tree


Change = Callable[[Tree], Iterator[Tree]]
"""The replacements of one node; none where the change does not apply to it."""

Edits = Callable[[Case, Tree], Iterator[Edit]]
"""The edits of a form of the reference."""


def replaced_once(tree: Tree, change: Change, *, any_shape: bool = False) -> Iterator[Tree]:
    """Every tree that differs from this one by one use of ``change`` at one node; what does not conform is left out.

    With ``any_shape`` the tree as a whole may become one of another shape.
    """
    with suppress(TutorError):
        yield from change(tree)
    # Only a trace or a determinant takes a part of another shape and keeps its own.
    takes_any_shape = any_shape or isinstance(tree, Trace | Determinant)
    for place, part in enumerate(tree.parts):
        for replacement in replaced_once(part, change, any_shape=any_shape):
            if replacement.shape != part.shape and not takes_any_shape:
                continue
            parts = (*tree.parts[:place], replacement, *tree.parts[place + 1 :])
            if replacement.shape != part.shape and not _conform(tree, parts):
                continue
            try:
                yield tree.rebuild(parts)
            except TutorError:
                continue


def _conform(tree: Tree, parts: tuple[Tree, ...]) -> bool:
    """Whether parts may stand in a sum or a product: to ask costs less than an error that names them."""
    if isinstance(tree, Product):
        return all(same_size(left.columns, right.rows) for left, right in pairwise(parts))
    return not isinstance(tree, Sum) or all(same_shape(part.shape, parts[0].shape) for part in parts)


def replaced_everywhere(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with each part that equals ``old`` replaced; both have one shape."""
    if tree == old:
        return new
    parts = tuple(replaced_everywhere(part, old, new) for part in tree.parts)
    return tree if all(a is b for a, b in zip(parts, tree.parts, strict=True)) else tree.rebuild(parts)


def only_equal(node: Tree, replacement: Tree) -> Change:
    """The change of one node, wherever an equal one stands, into another."""

    def change(tree: Tree) -> Iterator[Tree]:
        if tree == node:
            yield replacement

    return change


def products(*orders: Sequence[Tree]) -> Iterator[Tree]:
    """The products of these factors that exist, without the pains of refusing the others."""
    for factors in orders:
        if factors and all(left.columns == right.rows for left, right in pairwise(factors)):
            yield product_or_factor(factors)
