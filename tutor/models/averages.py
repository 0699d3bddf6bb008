r"""Averages of elements by their names, \bar{y}_{1\cdot}, with their exact value: a sum of elements over their number.

A dot stands for an index that is averaged over. They are made when one is asked for: a design has more of them than
anybody names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.models.levels import BAR
from tutor.notation.names import RESIDUAL
from tutor.notation.vocabulary import Name

INDICES = frozenset("hijklmno")
"""Letters below a name that stand for any level."""


@dataclass(frozen=True, slots=True)
class Averages:
    """The averages of the elements of these vectors.

    >>> y = sympy.Matrix(sympy.symbols("y_11 y_21 y_12 y_22"))
    >>> from tutor.algebra.build import symbol
    >>> Averages((symbol("y", 4, entries=y.as_immutable()),)).name("ybar_1.").tree.value
    y_11/2 + y_12/2
    """

    vectors: tuple[Symbol, ...]

    def name(self, key: str) -> Name | None:
        """The average of a key as ybar_1. or ybar, or None for any other key and for elements that there are not."""
        base, underscore, below = key.partition("_")
        letters = base.removesuffix(BAR)
        if letters == base or not letters:
            return None
        letters = RESIDUAL if letters == "epsilon" else letters
        cells = list(_elements(self.vectors, letters))
        places = _split(below) if underscore else ["."] * (len(cells[0][1]) if cells else 0)
        if not cells or "." not in places or any(len(cell) != len(places) for _, cell in cells):
            return None
        if any(place in INDICES for place in places):
            return Name(key, Scalar(sympy.Symbol(key, real=True)), "average", has_value=False)
        found = [
            entry for entry, cell in cells
            if all(place in (".", index) for place, index in zip(places, cell, strict=True))
        ]  # fmt: skip
        if not found:
            return None
        return Name(key, Scalar(sympy.Add(*found) / len(found)), f"average of {len(found)} elements")


def _elements(vectors: Iterable[Symbol], letters: str) -> Iterable[tuple[sympy.Symbol, list[str]]]:
    """The elements whose names have these letters, each with its levels."""
    found: list[tuple[sympy.Symbol, str]] = []
    for vector in vectors:
        for entry in () if vector.entries is None else vector.entries.flat():
            base, underscore, below = entry.name.partition("_") if isinstance(entry, sympy.Symbol) else ("", "", "")
            if base == letters and underscore:
                found.append((entry, below))
    # One index counts 1, 2, …, so that its first level is one digit and its tenth two: y_10 has one level, not two.
    single = bool(found) and len(found[0][1]) == 1
    return ((entry, [below] if single else _split(below)) for entry, below in found)


def _split(below: str) -> list[str]:
    """The levels below a name: side by side when each is one digit, otherwise joined by underscores."""
    return [part for part in below.split("_") if part] if "_" in below else [*below]
