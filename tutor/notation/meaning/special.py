"""I, J, 1 and 0: the matrices that have a letter of their own, with the sizes below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import sympy

from tutor.algebra.nodes import Identity, Ones, Scalar, Scaled, Zero
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.errors import SizeError
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.indexed_keys import letter_size
from tutor.notation.parsing.syntax import Matrix, Named
from tutor.notation.parsing.token import Span

_SIZE_BESIDE = re.compile(r"[IJ][nNpqmtbr]")
_UNITS = (size("i"), size("j"))
"""Indices of units: 1_i has a row for each observation of the unit i."""


def sizes_below(named: Named | Matrix, sizes: Sequence[Tree], context: Context) -> tuple[Size, ...]:
    """Sizes as written below a letter, as SymPy integers."""
    found: list[Size] = []
    for node, tree in zip(named.sizes, sizes, strict=True):
        if not isinstance(tree, Scalar):
            raise context.error("A size is a positive whole number or a letter.", "wrong-dimension", node)
        try:
            found.append(size(tree.value))
        except SizeError as error:
            raise context.error(error.problem, "wrong-dimension", node, "Write it as I_3 or X_{n×p}.") from None
    if len(found) > 2:
        raise context.error("A matrix has two dimensions, rows and columns.", "wrong-dimension", named)
    return tuple(found)


def _identity(sizes: tuple[Size, ...], place: Named | Span, context: Context) -> Tree:
    if len(sizes) == 2 and not context.sizing.meet(*sizes):
        raise context.error(f"The identity matrix is square, not {sizes[0]} × {sizes[1]}.", "wrong-dimension", place)
    return Identity(_of_unit(sizes[0], context) if sizes else hole(place, context))


def _of_unit(written: Size, context: Context) -> Size:
    """A size as it is written; of the index of a unit, the i of 1_i and I_i, its n_i observations."""
    return size(f"n_{written}") if written in _UNITS and context.vocabulary.takes_new_names else written


def _all_ones(sizes: tuple[Size, ...], place: Named | Span, context: Context) -> Tree:
    order = _of_unit(sizes[0], context) if sizes else hole(place, context)
    return Ones(order, sizes[1] if len(sizes) == 2 else order)


def _ones(sizes: tuple[Size, ...], place: Named | Span, context: Context) -> Tree:
    if len(sizes) == 1:
        return Ones(_of_unit(sizes[0], context), ONE)
    return Ones(sizes[0] if sizes else hole(place, context), sizes[1] if len(sizes) == 2 else ONE)


def _zero(sizes: tuple[Size, ...], place: Named | Span, context: Context) -> Tree:
    if sizes:
        return Zero(sizes[0], sizes[1] if len(sizes) == 2 else ONE)
    return Zero(hole(place, context, True), hole(place, context, True))


def hole(place: Named | Span, context: Context, may_be_one: bool = False) -> sympy.Symbol:
    return context.hole(Span(place.start, place.end), may_be_one=may_be_one)


def averaging(named: Named, sizes: tuple[Size, ...], context: Context) -> Tree:
    r"""\bar{J}_n, which is J_n/n, the matrix of averages. Raises ReadError for other accents, as in \hat{I}."""
    spelling = named.spelling
    if spelling.letters == "J" and spelling.accent == "bar" and len(sizes) == 1:
        return Scaled(Scalar(1 / sizes[0]), Ones(sizes[0], sizes[0]))
    tip = "Write its size below it." if spelling.letters == "J" else "Leave the accent out."
    raise context.error(f"{spelling.letters} is known, and has no estimate.", "unexpected", named, tip)


def size_beside(letters: str, context: Context) -> Tree | None:
    """In and Jn as they are typed, I_n and J_n; None for other letters."""
    if _SIZE_BESIDE.fullmatch(letters) is None:
        return None
    return SIZED[letters[0]]((letter_size(letters[1], context.vocabulary),), Span(0, 1), context)


SIZED: dict[str, Callable[[tuple[Size, ...], Named | Span, Context], Tree]] = {
    "I": _identity,
    "J": _all_ones,
    "1": _ones,
    "0": _zero,
}
"""Letter: the matrix it names, from its sizes and its place."""
