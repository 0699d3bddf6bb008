r"""Lists with dots: [y_1, y_2, \dots, y_n] names the entries of a vector by its first and its last one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Scalar, Symbol, Transpose
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.combine import grid
from tutor.notation.context import Context
from tutor.notation.syntax import Ellipsis, Listed

MOST_ENTRIES = 10_000
"""Entries that a list with dots may have."""

_COUNTED = re.compile(r"(.*?)([0-9]+)\Z")
_LETTERED = re.compile(r"(.*?)([A-Za-z])\Z")


def completed(node: Listed, items: Sequence[Tree], context: Context) -> Tree:
    r"""The row vector that a list with dots stands for.

    Up to a number, [y_1, \dots, y_4], its entries; up to a letter, [y_1, \dots, y_n], the transpose of the vector of
    that name, n × 1.

    Raises
    ------
    ReadError
        "ellipsis", where the entries around the dots do not count on.
    """
    dots = [at for at, item in enumerate(node.items) if isinstance(item, Ellipsis)]
    if len(dots) != 1 or dots[0] == 0 or dots[0] != len(node.items) - 2:
        raise _ambiguous(node, context, "Write the first entries, dots, and the last one.")
    *first, last = [_key(item, node, context) for at, item in enumerate(items) if at != dots[0]]
    counted = _COUNTED.fullmatch(last)
    lettered = _LETTERED.fullmatch(last)
    if counted is not None:
        stem = next((s for s in _stems(last) if _numbers(first, s) is not None), None)
    else:
        stem = lettered[1] if lettered is not None else None
    numbers = None if stem is None else _numbers(first, stem)
    if stem is None or numbers is None:
        raise _ambiguous(node, context, "Number the entries before the dots one by one, and end with the last.")
    if lettered is None:
        return _entries(stem, numbers[0], int(last[len(stem) :]), node, context)
    base = stem.rstrip("_")
    rows = size(lettered[2]) + (1 - numbers[0])
    known = context.vocabulary.lookup(base)
    if known is not None and isinstance(known.tree, Symbol) and known.tree.shape == (rows, ONE):
        return Transpose(known.tree)
    return Transpose(Symbol(base, rows, ONE))


def _stems(key: str) -> Sequence[str]:
    """A key without the number at its end, which may be shorter than all its digits: x_1 or x_ of x_14."""
    counted = _COUNTED.fullmatch(key)
    least = len(counted[1]) if counted is not None else len(key)
    return [key[:length] for length in range(least, len(key))]


def _numbers(keys: Sequence[str], stem: str) -> list[int] | None:
    """The numbers after a stem that count on by one, or None."""
    ends = [key.removeprefix(stem) for key in keys if key.startswith(stem)]
    if len(ends) != len(keys) or not all(end.isdecimal() for end in ends):
        return None
    numbers = [int(end) for end in ends]
    return numbers if numbers == list(range(numbers[0], numbers[0] + len(numbers))) else None


def _key(item: Tree, node: Listed, context: Context) -> str:
    if isinstance(item, Scalar) and isinstance(item.value, sympy.Symbol | sympy.Integer):
        return str(item.value)
    raise _ambiguous(node, context, "A list with dots should have symbols with indices in it.")


def _entries(stem: str, first: int, last: int, node: Listed, context: Context) -> Tree:
    if not first <= last < first + MOST_ENTRIES:
        raise _ambiguous(node, context, f"The list goes from {first} to {last}.")
    symbols = [Scalar(sympy.Symbol(f"{stem}{number}", real=True)) for number in range(first, last + 1)]
    known = [context.vocabulary.lookup(str(entry.value)) for entry in symbols]
    entries = [entry if name is None else name.tree for name, entry in zip(known, symbols, strict=True)]
    return grid([entries], context)


def _ambiguous(node: Listed, context: Context, tip: str) -> ReadError:
    return context.error("It is not clear what the dots stand for.", "ellipsis", node, tip)
