"""Elements with several indices, listed unit by unit: y_11, y_12, …, y_mn and y_11, …, y_1n_1, y_21, …, y_mn_m.

One index runs fastest, the last one or the first. What stands side by side shows which, and so do dots between two
elements that differ in that index alone; where it could be either, the list is ambiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.notation.meaning.indexed_keys import apart, index_of, together
from tutor.notation.meaning.runs import Run, assumptions
from tutor.notation.names import BELOW
from tutor.notation.vocabulary import Vocabulary

Segments = Sequence[Sequence[sympy.Expr]]
"""The elements that are written, parted by dots."""

Place = tuple[bool, int]
"""An index: whether it is counted from the last one, and how far, from 0 or back from 0."""

_LAST: Place = (True, 0)
_MOST_FACTORS = 4


def by_unit(segments: Segments, vocabulary: Vocabulary) -> Run | None:
    """The sequence that elements with dots between them make up; None for others. Its length is not told where the last
    unit has n_m elements, and another unit as many as it has."""
    told = _indices(segments)
    if told is None:
        return None
    base, parts, constant = told
    if any(index.partition(BELOW)[2] in parts[-1] for index in parts[-1] if BELOW in index):
        return None if constant else _of_unequal_units(segments, base, parts, vocabulary)
    varying = [at for at in range(len(parts[0])) if at not in constant]
    numbers = [[index_of(part[at], "", "", vocabulary) for at in varying] for part in parts]
    starts, ends = numbers[0], [number for number in numbers[-1] if number is not None]
    if len(ends) < len(varying) or not all(start is not None and start.is_Integer for start in starts):
        return None
    firsts = [int(start) for start in starts]  # pyright: ignore[reportArgumentType]
    if any(end.is_Integer and end <= first for end, first in zip(ends, firsts, strict=True)):  # pyright: ignore[reportOperatorIssue]
        return None
    places = [[_place(number, end, first) for number, end, first in zip(row, ends, firsts, strict=True)]
              for row in numbers]  # fmt: skip
    if any(place is None for row in places for place in row):
        return None
    order = _order(_like(segments, places))
    counts = [sympy.expand(end - first + 1) for end, first in zip(ends, firsts, strict=True)]
    length = sympy.Mul(*counts)
    if order is None or (length.is_Integer and length <= len(parts)):  # pyright: ignore[reportOperatorIssue]
        return None
    model = segments[0][0]
    assert isinstance(model, sympy.Symbol)

    def element(at: int) -> sympy.Expr:
        below: list[sympy.Expr | str] = list(parts[0])
        rest: sympy.Expr = sympy.Integer(at)
        for place in order:
            is_open = not counts[place].is_Integer
            below[varying[place]] = firsts[place] + (rest if is_open else rest % counts[place])
            rest = sympy.Integer(0) if is_open else rest // counts[place]
        return _named(base, below, model, vocabulary)

    # x_..1 of x_111, x_121, …, x_n31, with dots in the places that count, as in an equation by elements
    is_element = vocabulary.any_element or base in vocabulary.families
    below = "".join(parts[0][at] if at in constant else "." for at in range(len(parts[0])))
    vector = base if not constant else f"{base}_{below}" if is_element else ""
    return Run(element, length, vector=vector, written=_written(segments, element))


def vector_of_units(segments: Segments, vocabulary: Vocabulary) -> Tree | None:
    """The vector of y_11, …, y_1n_1, y_21, …, y_mn_m, whose units have n_1, n_2, …, n_m elements; None for others.

    It is as long as the vector of this name, or of N elements.
    """
    found = by_unit(segments, vocabulary)
    if found is None or found.length is not None:
        return None
    known = vocabulary.lookup(found.vector)
    for tree in (known.tree, known.bold) if known is not None else ():
        if isinstance(tree, Symbol) and tree.columns == ONE:
            return found.column(tree.rows, vocabulary)
    return found.column(size("N"), vocabulary)


def _of_unequal_units(
    segments: Segments, base: str, parts: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> Run | None:
    """The elements of units whose last ones have the numbers n_1, n_2, …, n_m, as a vector of unknown length."""
    count = parts[-1][-1].partition(BELOW)[0]
    if len(parts[0]) != 2 or list(parts[0]) not in (["1", "1"], ["1", "0"]):
        return None
    first, last_unit = int(parts[0][1]), size(parts[-1][0].replace(BELOW, "_"))
    places = [[_place(index_of(unit, "", "", vocabulary), last_unit, 1), _within(at, f"{count}{BELOW}{unit}", first)]
              for unit, at in parts]  # fmt: skip
    if any(place is None for row in places for place in row) or not _fits(_like(segments, places), (1, 0)):
        return None
    model = segments[0][0]
    assert isinstance(model, sympy.Symbol)

    def element(_: int) -> sympy.Expr:
        raise ReadError("How many elements each unit has is not told.", text=str(segments[-1][-1]), start=0,
                        kind="ellipsis", tip="Write every element.")  # fmt: skip

    written = _written(segments, lambda at: _named(base, ["1", str(first + at)], model, vocabulary))
    return Run(element, vector=base, written=written)


def _within(at: str, last: str, first: int) -> Place | None:
    """Where an index stands within a unit whose last one is given."""
    return _LAST if at == last else (False, int(at) - first) if at.isdigit() else None


def _indices(segments: Segments) -> tuple[str, list[list[str]], set[int]] | None:
    """What the elements have for their name, the indices of each, and which of these are the same throughout."""
    values = [value for segment in segments for value in segment]
    if len(segments) < 2 or not all(value.is_Symbol for value in values):
        return None
    keys = [key.split("_") for key in apart([str(value) for value in values])]
    parts = [[*indices[0]] if len(indices) == 1 and BELOW not in indices[0] else indices for _, *indices in keys]
    base, count = keys[0][0], len(parts[0])
    if (
        not 2 <= count <= _MOST_FACTORS
        or any(key[0] != base for key in keys)
        or {len(part) for part in parts} != {count}
    ):
        return None
    constant = {at for at in range(count) if len({part[at] for part in parts}) == 1}
    return (base, parts, constant) if count - len(constant) > 1 else None


def _place(number: sympy.Expr | None, end: sympy.Expr, first: int) -> Place | None:
    """Where an index stands between its first value and its last one; None where these do not tell."""
    if number is None:
        return None
    if number == end:
        return _LAST
    if number.is_Integer:
        at = int(number) - first  # pyright: ignore[reportArgumentType]
        return (False, at) if at >= 0 and not (end.is_Integer and number > end) else None  # pyright: ignore[reportOperatorIssue]
    behind = sympy.expand(number - end)
    return (True, int(behind)) if behind.is_Integer and behind < 0 else None  # pyright: ignore[reportArgumentType, reportOperatorIssue]


def _like(segments: Segments, places: Sequence[Sequence[Place | None]]) -> list[list[tuple[Place, ...]]]:
    """The places of all elements, parted by dots as the elements are."""
    told: list[list[tuple[Place, ...]]] = []
    at = 0
    for segment in segments:
        rows = places[at : at + len(segment)]
        told.append([tuple(place for place in row if place is not None) for row in rows])
        at += len(segment)
    return told


def _order(segments: list[list[tuple[Place, ...]]]) -> tuple[int, ...] | None:
    """The places of the indices, the fastest first; None where no order fits, or more than one."""
    count = len(segments[0][0])
    fitting = [order for order in (tuple(range(count)), tuple(range(count - 1, -1, -1))) if _fits(segments, order)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(segments: list[list[tuple[Place, ...]]], order: Sequence[int]) -> bool:
    """Whether the elements follow each other in an order: side by side the next one, over dots a later one."""
    is_whole = all(at == (False, 0) for at in segments[0][0]) and all(at == _LAST for at in segments[-1][-1])
    beside = all(_is_next(one, other, order) for segment in segments for one, other in pairwise(segment))
    over = all(_goes_on(one[-1], other[0], order) for one, other in pairwise(segments))
    return is_whole and beside and over


def _is_next(one: tuple[Place, ...], other: tuple[Place, ...], order: Sequence[int]) -> bool:
    for position, place in enumerate(order):
        if one[place] != _LAST:
            (from_end, at), (other_from_end, other_at) = one[place], other[place]
            is_later = other_at == at + 1 and from_end == other_from_end
            is_last = not from_end and other[place] == _LAST  # the third of three
            return (is_later or is_last) and all(one[slow] == other[slow] for slow in order[position + 1 :])
        if other[place] != (False, 0):
            return False
    return False


def _goes_on(one: tuple[Place, ...], other: tuple[Place, ...], order: Sequence[int]) -> bool:
    """Whether dots lead from one element to another: within a unit, from the end of one to that of another, or to
    another one of which more than one index differs."""
    differing = [position for position, place in enumerate(order) if one[place] != other[place]]
    if not differing or not all(one[order[at]] < other[order[at]] for at in differing[-1:]):
        return False
    return len(differing) > 1 or all(one[order[at]] == _LAST for at in range(differing[0]))


def _named(base: str, below: Sequence[object], model: sympy.Symbol, vocabulary: Vocabulary) -> sympy.Expr:
    key = together(f"{base}_{'_'.join(map(str, below))}")
    known = vocabulary.lookup(key)
    if known is not None and isinstance(known.tree, Scalar):
        return known.tree.value
    return sympy.Symbol(key, **assumptions(model))


def _written(
    segments: Segments, element: Callable[[int], sympy.Expr]
) -> tuple[tuple[sympy.Expr, ...], tuple[sympy.Expr, ...]]:
    """The first elements and the last ones; of a list with several gaps the first two and the last one tell it all."""
    if len(segments) == 2 and (len(segments[0]) > 1):
        return tuple(segments[0]), tuple(segments[-1])
    return (element(0), element(1)), (segments[-1][-1],)
