"""Matrices that are known by name only while sizes are letters, and yet are no matrices at will.

Which treatment is in a cell of a Latin square is not told by the letter t, but each is once in every row and column. An
arrangement says for which sizes there is one, and draws one: then all that follows from it holds on an instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

import sympy

Numbers = Mapping[sympy.Symbol, int]
"""Numbers for the letters of sizes."""

Used = Mapping[sympy.Symbol, set[int]]
"""The numbers that each letter had on other instances."""

Levels = Mapping[str, Sequence[int]]
"""The level of each row, from 1, by the letter of its index."""


class Arrangement(Protocol):
    """How the levels of the rows are drawn on an instance, together for all matrices that they make."""

    def sizes(self, rng: Random, used: Used) -> dict[sympy.Symbol, int]:
        """Numbers for which there is an arrangement. None of them is used by its letter, of three letters or more not
        that of which the fewest are. Raises DomainError where none are found."""
        ...

    def levels(self, numbers: Numbers, rng: Random) -> Levels:
        """An arrangement of these sizes. Raises DomainError where there is none."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """That a matrix has one 1 in each row, in the column that ``columns`` tells, from 0, of the levels that were drawn;
    a row of zeros where it is None."""

    arrangement: Arrangement
    columns: Callable[[Levels], Sequence[int | None]]
