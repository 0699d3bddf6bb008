"""An edit of the reference, and the ways to make one: a change at one node, or of each node of a kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
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
    for node, above in places(tree):
        try:  # costs nothing where all goes well, as it does nearly always
            for replacement in change(node):
                edited = with_at(replacement, node, above, any_shape=any_shape)
                if edited is not None:
                    yield edited
        except TutorError:
            continue


class Kept:
    """The edits of each kind and form, made as they are asked for, and kept for those who ask again."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._made: dict[tuple[Edits, Tree], tuple[list[Edit], Iterator[Edit]]] = {}

    def of(self, kind: Edits, form: Tree) -> Iterator[Edit]:
        """The edits of one kind of a form."""
        if (kind, form) not in self._made:
            self._made[kind, form] = [], kind(self._case, form)
        made, rest = self._made[kind, form]
        place = 0
        while True:
            if place == len(made):
                following = next(rest, None)
                if following is None:
                    return
                made.append(following)
            yield made[place]
            place += 1


Above = tuple[tuple[Tree, int], ...]
"""The nodes above one, the nearest first, each with the place of the part that holds it."""


class _Itself:
    """A tree as itself: no other one stands for it, though it be equal, since changes look for a node of this one."""

    __slots__ = ("tree",)

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.tree is self.tree

    def __hash__(self) -> int:
        return id(self.tree)


def places(tree: Tree) -> tuple[tuple[Tree, Above], ...]:
    """Every node of a tree, parents first, with the nodes above it."""
    return _places(_Itself(tree))


@lru_cache(maxsize=256)
def _places(of: _Itself) -> tuple[tuple[Tree, Above], ...]:
    """The places of a tree, kept: one tree is edited in many ways."""
    found: list[tuple[Tree, Above]] = []

    def visit(node: Tree, above: Above) -> None:
        found.append((node, above))
        for place, part in enumerate(node.parts):
            visit(part, ((node, place), *above))

    visit(of.tree, ())
    return tuple(found)


def with_at(replacement: Tree, node: Tree, above: Above, *, any_shape: bool = False) -> Tree | None:
    """What a whole tree becomes with another node in the place of one; None for what does not conform."""
    for parent, place in above:
        parts = (*parent.parts[:place], replacement, *parent.parts[place + 1 :])
        if replacement.shape != node.shape:
            # Only a trace or a determinant takes a part of another shape and keeps its own.
            if not any_shape and not isinstance(parent, Trace | Determinant):
                return None
            if not conform(parent, parts):
                return None
        try:
            replacement = parent.rebuild(parts)
        except TutorError:
            return None
        node = parent
    return replacement


def conform(tree: Tree, parts: Sequence[Tree]) -> bool:
    """Whether parts may stand in a sum or a product: to ask costs less than an error that names them."""
    if isinstance(tree, Product):
        pairs = ((left.columns, right.rows) for left, right in pairwise(parts))
        return all(inner is height or same_size(inner, height) for inner, height in pairs)
    return not isinstance(tree, Sum) or all(same_shape(part.shape, parts[0].shape) for part in parts)


def replaced_everywhere(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with each part that equals ``old`` replaced; both have one shape."""
    if tree == old:
        return new
    parts = tuple(replaced_everywhere(part, old, new) for part in tree.parts)
    return tree if all(a is b for a, b in zip(parts, tree.parts, strict=True)) else tree.rebuild(parts)


def repeated(nodes: Iterable[Tree]) -> list[Tree]:
    """Those that are there more than once, each once."""
    return [node for node, times in Counter(nodes).items() if times > 1]


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
