r"""Matrices of covariances with dots, in which each entry has letters of its own: σ²_1, σ_12, …, σ_1n on to σ²_n, and
σ_iσ_jρ_ij beside the diagonal.

The entry in the first row and the second column tells how all beside the diagonal are made: 1 is the row in it and 2
the column. Every other cell must be made so, or mirror the one that is.
"""

from __future__ import annotations

from itertools import product

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import Shape, Size
from tutor.algebra.tree import Tree
from tutor.notation.entries import entry_at, letters_of
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.indexed_keys import apart, frames, index_of
from tutor.notation.meaning.patterns import Pattern, Place, Values
from tutor.notation.names import BELOW
from tutor.notation.parsing.functions import ENTRIES

_INDEX_LETTERS = "ijklh"
_FIRST = ("1", "2")
"""The row and the column of the entry that tells how the others are made."""


def by_place(values: Values, context: Context) -> Pattern | None:
    """The pattern of such a square matrix with a gap in both directions; None for another."""
    order = [(False, 0), (False, 1), (True, 0)]
    first, model, last = (values.get((order[0], place)) for place in order)
    if first is None or model is None or last is None or not all((place, place) in values for place in order):
        return None
    length = _length(model, last, context)
    if length is None or not _has_both(model):
        return None
    labels = {place: _label(place, length) for at in values for place in at}
    told = {(labels[row], labels[column]): value for (row, column), value in values.items() if row != column}
    of = dict.fromkeys(labels.values())
    on = {labels[row]: value for (row, column), value in values.items() if row == column}
    if any(value != entry_at(first, _FIRST, _places((label, label))) for label, value in on.items()):
        return None
    is_mirrored = all(value == entry_at(model, _FIRST, _sorted(pair, list(of))) for pair, value in told.items())
    if None in of or not (
        is_mirrored or all(value == entry_at(model, _FIRST, _places(pair)) for pair, value in told.items())
    ):
        return None

    def entry(i: int, j: int) -> sympy.Expr:
        row, column = (min(i, j), max(i, j)) if is_mirrored else (i, j)
        return entry_at(first if i == j else model, _FIRST, (str(row + 1), str(column + 1)))

    def structure(shape: Shape) -> Tree | None:
        letters = _free_letters(values)
        if not context.vocabulary.takes_new_names or letters is None:
            return None
        told = entry_at(first, _FIRST, (letters[0], letters[0])), entry_at(model, _FIRST, letters)
        return Applied(ENTRIES, tuple(map(Scalar, told)), ("<" if is_mirrored else ",").join(letters), *shape)

    return Pattern(
        lambda rows, columns: ImmutableDenseMatrix(rows, columns, lambda i, j: entry(int(i), int(j))),
        structure, length, length, True,
    )  # fmt: skip


def _length(model: sympy.Expr, last: sympy.Expr, context: Context) -> Size | None:
    """The order, by the column of the last entry in the first row: ρ_1n beside ρ_12."""
    ours, theirs = ({letter.name for letter in letters_of(entry)} for entry in (model, last))
    for key, other in product(sorted(ours - theirs), sorted(theirs - ours)):
        ours_apart, theirs_apart = apart([key, other])
        for prefix, suffix in frames(ours_apart, theirs_apart):
            told = index_of(theirs_apart, prefix, suffix, context.vocabulary)
            if index_of(ours_apart, prefix, suffix, context.vocabulary) == 2 and told is not None:
                return told
    return None


def _label(place: Place, length: Size) -> str | None:
    """The index of a row or a column; None where it is told by a difference."""
    from_end, at = place
    if not from_end:
        return str(at + 1)
    return str(length - at).replace("_", BELOW) if at == 0 or length.is_Integer else None


def _places(pair: tuple[str | None, str | None]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def _sorted(pair: tuple[str | None, str | None], order: list[str | None]) -> tuple[str, str]:
    first, second = sorted(pair, key=order.index)
    return str(first), str(second)


def _has_both(model: sympy.Expr) -> bool:
    """Whether an entry changes with its row and with its column."""
    return all(entry_at(model, _FIRST, other) != model for other in (("3", "2"), ("1", "3")))


def _free_letters(values: Values) -> tuple[str, str] | None:
    """Two letters for the indices that stand nowhere in the cells."""
    taken = {
        letter for value in values.values() for symbol in letters_of(value) for letter in symbol.name.partition("_")[2]
    }
    free = [letter for letter in _INDEX_LETTERS if letter not in taken]
    return (free[0], free[1]) if len(free) > 1 else None
