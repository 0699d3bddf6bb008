"""Entries of a matrix whose letters have the indices of row and column below them: σ_ij, x_ij and σ_iσ_jρ_ij."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import sympy

Indices = tuple[str, str]
"""Those of a row and of a column."""


def entry_at(model: sympy.Expr, indices: Indices, places: Indices) -> sympy.Expr:
    """An entry with other indices: of σ_12 with the ``indices`` 1 and 2 at the ``places`` i and j it is σ_ij.

    >>> entry_at(sympy.Symbol("sigma_ij"), ("i", "j"), ("2", "t"))
    sigma_2t
    """
    put: Mapping[sympy.Basic, sympy.Basic] = {
        letter: sympy.Symbol(name, **letter.assumptions0)
        for letter in letters_of(model)
        if (name := _named(letter.name, dict(zip(indices, places, strict=True)))) != letter.name
    }
    entry = model.xreplace(put)
    assert isinstance(entry, sympy.Expr)
    return entry


def letters_of(value: sympy.Expr) -> Iterator[sympy.Symbol]:
    """The letters of an entry."""
    return (letter for letter in value.free_symbols if isinstance(letter, sympy.Symbol))


def _named(key: str, told: Mapping[str, str]) -> str:
    """A key with other indices, of which one or two stand below it."""
    base, _, below = key.partition("_")
    if below in told:
        return f"{base}_{told[below]}"
    index = "|".join(map(re.escape, told))
    pair = re.fullmatch(rf"({index})_?({index})", below)
    if pair is None:
        return key
    places = [told[pair[1]], told[pair[2]]]
    return f"{base}_{('' if all(len(place) == 1 for place in places) else '_').join(places)}"
