"""Matrices that are known by name only while sizes are letters, and yet are no matrices at will.

Which treatment is in a cell of a Latin square is not told by the letter t, but each is once in every row and column. An
arrangement says for which sizes there is one, and draws one: then all that follows from it holds on an instance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import sympy

Numbers = Mapping[sympy.Symbol, int]
"""Numbers for the letters of sizes."""

Used = Mapping[sympy.Symbol, set[int]]
"""The numbers that each letter had on other instances."""

Levels = Mapping[str, Sequence[int]]
"""The level of each row, from 1, by the letter of its index."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """How the levels of the rows are drawn on an instance.

    ``sizes`` draws numbers for which there is an arrangement, none of them used by its letter, of three letters or more
    by the one of which the fewest are; ``levels`` draws one for given numbers. Both raise DomainError where there is
    none.
    """

    sizes: Callable[[Random, Used], dict[sympy.Symbol, int]]
    levels: Callable[[Numbers, Random], Levels]


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """That a matrix has one 1 in each row, in the column that ``columns`` tells, from 0, of the levels that were drawn;
    a row of zeros where it is None."""

    arrangement: Arrangement
    columns: Callable[[Levels], Sequence[int | None]]
