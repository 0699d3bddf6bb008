"""Small whole numbers for the letters that stand for sizes."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import prod

import sympy

from tutor.algebra.indices import Total, at_numbers, letters_in
from tutor.algebra.nodes import Kronecker, Symbol
from tutor.algebra.parameters import arranged_symbols, definitions_of, extents_of, sizes_of, totals_of
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import walk
from tutor.errors import DomainError

ROWS = (60, 120, 240, 480, None)
"""Rows of the largest Kronecker product that are tried, fewer first; None for any number."""

TRIES = 200
"""Draws for each of these."""

MOST_DISTINCT = 4
"""Letters that all have values of their own; of more letters, so many values differ."""

MOST_NEW = 2
"""Letters that all get new values; of more letters one, or their product would be large."""

SMALL = range(2, 8)


def draw_sizes(
    trees: Iterable[Tree], rng: random.Random, used: Mapping[sympy.Symbol, set[int]] | None = None
) -> dict[sympy.Symbol, int]:
    """Small whole numbers for the letters that stand for sizes, such that matrices declared to have full column
    rank have at least as many rows as columns, an identity matrix the columns that are named, t/k is whole, and what is
    arranged exists. No letter gets a value that is ``used`` by it already; of three letters or more this holds for the
    one of which the fewest are used.

    Raises
    ------
    DomainError
        When no such numbers are found.
    """
    trees = tuple(trees)
    letters = sizes_of(*trees)
    if not letters:
        return {}
    definitions = definitions_of(*trees)
    tall = [
        node.shape
        for tree in definitions
        for node in walk(tree)
        if isinstance(node, Symbol) and "full column rank" in node.facts
    ]
    tall += [
        (node.order, sympy.Integer(node.place))
        for tree in definitions
        for node in walk(tree)
        if isinstance(node, UnitVector)
    ]
    shared = [extent for extent in extents_of(*trees) if sympy.denom(extent) != 1]
    fixed: dict[sympy.Symbol, int] = {}
    for arrangement in dict.fromkeys(each.arrangement for each in arranged_symbols(*trees).values()):
        fixed |= arrangement.sizes(rng, used or {})
    letters = tuple(letter for letter in letters if letter not in fixed)
    joined = {node.rows for tree in definitions for node in walk(tree) if isinstance(node, Kronecker)}
    different = min(len(letters), MOST_DISTINCT)
    for bound in ROWS:
        for _ in range(TRIES):
            sizes = _drawn(letters, rng, used or {}, spread=bound is not None) if letters else {}
            if len(set(sizes.values())) < different or (bound is not None and _most_rows(joined, sizes) > bound):
                continue
            sizes |= fixed
            values = {letter: sympy.Integer(number) for letter, number in sizes.items()}
            if any((rows - columns).xreplace(values).is_negative for rows, columns in tall):
                continue
            if all(extent.xreplace(values).is_integer is not False for extent in shared):
                return {**sizes, **_sizes_of_many(totals_of(*trees), sizes, rng)}
    raise DomainError("No sizes were found for which all matrices of full column rank are tall enough.")


def _drawn(
    letters: Sequence[sympy.Symbol], rng: random.Random, used: Mapping[sympy.Symbol, set[int]], *, spread: bool
) -> dict[sympy.Symbol, int]:
    """One draw. With ``spread`` a large new value of one letter goes with a small one of another."""
    known = {letter: used.get(letter, ()) for letter in letters}
    if not used:
        largest = 8 + max(0, len(letters) - 6)
        return {letter: rng.randrange(2, largest) for letter in letters}
    if len(letters) > MOST_NEW:
        fewest = min(len(values) for values in known.values())
        new = rng.choice([letter for letter in letters if len(known[letter]) == fewest])
        return {**{letter: rng.choice(SMALL) for letter in letters}, new: rng.choice(_free(known[new], known))}
    free = {letter: _free(known[letter], known) for letter in letters}
    if not spread:
        return {letter: rng.choice(values) for letter, values in free.items()}
    share, up = rng.random(), rng.choice(letters)
    return {
        letter: values[int((share if letter == up else 1 - share) * (len(values) - 1) + rng.random())]
        for letter, values in free.items()
    }


def _free(mine: Collection[int], known: Mapping[sympy.Symbol, Collection[int]]) -> list[int]:
    """The small numbers that are not used by a letter."""
    largest = 8 + max(0, len(known) - 6) + max(map(len, known.values()))
    return [number for number in range(2, largest) if number not in mine]


def _most_rows(joined: Iterable[Size], sizes: Mapping[sympy.Symbol, int]) -> int:
    """The rows of the largest of these; those of which nothing is known are few."""
    return max((_rows(rows, sizes) for rows in joined), default=0)


def _rows(rows: sympy.Basic, sizes: Mapping[sympy.Symbol, int]) -> int:
    if isinstance(rows, sympy.Integer):
        return int(rows)
    if isinstance(rows, sympy.Symbol):
        return sizes.get(rows, 1)
    if isinstance(rows, sympy.Mul):
        return prod(_rows(part, sizes) for part in rows.args)
    if isinstance(rows, sympy.Add):
        return sum(_rows(part, sizes) for part in rows.args)
    if isinstance(rows, sympy.Pow):
        return _rows(rows.base, sizes) ** _rows(rows.exp, sizes)
    return 1


def _sizes_of_many(
    totals: Iterable[Total], sizes: Mapping[sympy.Symbol, int], rng: random.Random
) -> dict[sympy.Symbol, int]:
    """Numbers for n_1, n_2, …, as many as there are, and for the b_1, b_2, … that tell how many there are."""
    found: dict[sympy.Symbol, int] = {}
    every = tuple(totals)
    # n_i. within n_.. has a number once that of i is known.
    totals = [each for each in every if all(each != other.letter for other in every)]
    missing = True
    while missing:
        values = [at_numbers(each, {**sizes, **found}) for each in totals]
        letters = {letter for value in values for letter in letters_in(value) if isinstance(letter, sympy.Symbol)}
        outermost = [each for value in values for each in letters_in(value) if isinstance(each, Total)]
        ends = {letter for each in outermost for letter in letters_in(each.last)}
        missing = sorted((letters | ends) - {*sizes, *found}, key=str)
        found.update({letter: rng.randint(2, 6) for letter in missing if isinstance(letter, sympy.Symbol)})
    return found
