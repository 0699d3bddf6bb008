"""Terms, factors or blocks with dots among them: y_1 + y_2 + … + y_n goes on as its last term tells, 1, 2, … for n."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product as pairs

import sympy

from tutor.algebra.applied import Applied, Indexed, Operation, at_index
from tutor.algebra.indices import name_at
from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.sequence import letter_size, run
from tutor.notation.parsing.environments import MOST_CELLS

_INDICES = "ijklhm"
"""Letters for the index of a sum that was written with dots, the first that the terms do not have."""

_STARTS = (1, 0, 2)
"""Numbers from which terms are counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Trees that are counted from ``first`` to ``last``, by a letter or all of them where ``last`` is a number.

    ``ahead`` is the one before the last, where that has a letter for its number.
    """

    body: Tree | None
    index: str
    first: int
    last: Size
    listed: tuple[Tree, ...] = ()
    ahead: Tree | None = None

    def ends_with(self, before: Sequence[Tree]) -> bool:
        """Whether trees are those ahead of the last one, as y_{n−1} ahead of y_n."""
        if self.body is None:
            return not before or self.listed[-1 - len(before) : -1] == tuple(before)
        return not before or tuple(before) == (self.ahead,)

    def over(self, operation: Operation) -> Tree | None:
        """The sum, or direct sum, over the index; None where all are listed."""
        if self.body is None:
            return None
        return Indexed(operation, self.index, Scalar(sympy.Integer(self.first)), Scalar(self.last), self.body)


def counted(first: Sequence[Tree], last: Tree, context: Context) -> Counted | None:
    """How trees go on from the ``first`` ones to the ``last``; None where they do not tell."""
    for letter, in_names_only in pairs(_letters(last), (False, True)):
        for start in _STARTS:
            if all(
                _is_same(_renumbered(last, letter, start + at, in_names_only), tree) for at, tree in enumerate(first)
            ):
                return _to_letter(last, letter, start, in_names_only, context)
    return _to_number(first, last, context)


def _is_same(tree: Tree, other: Tree) -> bool:
    """Whether two trees are the same but for the sizes of their names: x_1 alone is a column of X, x_n one of its rows,
    and in x_1, …, x_n both are rows."""
    if tree == other or type(tree) is not type(other):
        return tree == other
    if isinstance(tree, Symbol) and isinstance(other, Symbol):
        return tree.name == other.name
    if isinstance(tree, Applied) and isinstance(other, Applied) and tree.function != other.function:
        return False
    parts = tree.parts, other.parts
    return bool(tree.parts) and len(parts[0]) == len(parts[1]) and all(map(_is_same, *parts))


def _letters(tree: Tree) -> Iterator[str]:
    """The letters that a number may be put for: those below names, and numbers of their own."""
    found: dict[str, None] = {}
    for node in walk(tree):
        names = [node.name] if isinstance(node, Symbol) else []
        if isinstance(node, Scalar):
            names = sorted(str(symbol) for symbol in node.value.free_symbols)
        for name in names:
            below = name.partition("_")[2] or (name if len(name) == 1 else "")
            found.update(dict.fromkeys(letter for letter in below if letter.isalpha()))
    return iter(found)


def _to_letter(last: Tree, letter: str, start: int, in_names_only: bool, context: Context) -> Counted:
    size = letter_size(letter, context.vocabulary)
    if size.is_Integer:
        numbers = range(start, min(int(size), MOST_CELLS) + 1)  # pyright: ignore[reportArgumentType]
        listed = tuple(_at(last, letter, number, in_names_only, context) for number in numbers)
        return Counted(None, "", start, size, listed)
    taken = set(_letters(last))
    index = next((each for each in _INDICES if each not in taken), _INDICES[0])
    ahead = _renumbered(last, letter, f"{letter}-1", in_names_only=True)
    return Counted(_at(last, letter, index, in_names_only, context), index, start, size, ahead=ahead)


def _at(tree: Tree, letter: str, value: int | str, in_names_only: bool, context: Context) -> Tree:
    """A tree with another number or letter, whose names are of the size that is found for those that were written."""
    pending = context.sizing.pending
    for node in walk(tree):
        if isinstance(node, Symbol) and node.name in pending:
            complete, name = pending[node.name], name_at(node.name, letter, value)
            pending.setdefault(
                name, lambda shape, complete=complete: _renumbered(complete(shape), letter, value, in_names_only)
            )
    return _renumbered(tree, letter, value, in_names_only)


def _renumbered(tree: Tree, letter: str, value: int | str, in_names_only: bool) -> Tree:
    """A tree with another number or letter in its names, and as a number unless ``in_names_only``; sizes stay: R_n is
    of as many rows as R_1, also where that is n."""

    def change(node: Tree) -> Tree | None:
        if isinstance(node, Scalar | Explicit):
            return at_index(node, letter, value, in_names_only=in_names_only)
        if not isinstance(node, Symbol) or name_at(node.name, letter, value) == node.name:
            return None
        return replace(node, name=name_at(node.name, letter, value), definition=None, entries=None)

    return transform(tree, change)


def _to_number(first: Sequence[Tree], last: Tree, context: Context) -> Counted | None:
    """Scalars up to a number, y_1 + … + y_5, and blocks of one name, R_1 ⊕ … ⊕ R_4."""
    every = (*first, last)
    if all(isinstance(tree, Scalar) for tree in every):
        values = [tree.value for tree in every if isinstance(tree, Scalar)]
    elif all(isinstance(tree, Symbol) and tree.shape == last.shape for tree in every):
        values = [sympy.Symbol(tree.name) for tree in every if isinstance(tree, Symbol)]
    else:
        return None
    found = run(values[:-1], values[-1:], context.vocabulary)
    if found is None or found.constant is not None or found.length is None or not found.length.is_Integer:
        return None
    count = int(found.length)  # pyright: ignore[reportArgumentType]
    if count > MOST_CELLS:
        return None
    entries = [found.value(at) for at in range(count)]
    if isinstance(last, Symbol):
        model = last
        return Counted(None, "", 1, found.length, tuple(
            Symbol(str(entry), *model.shape, model.role, model.facts) for entry in entries))  # fmt: skip
    return Counted(None, "", 1, found.length, tuple(map(Scalar, entries)))
