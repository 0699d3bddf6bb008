"""Designs with letters for sizes as they are on an instance: the same design at numbers, and randomized."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.arrangement import Arrangement, Levels, Numbers, Used
from tutor.algebra.indices import at_numbers
from tutor.algebra.sizes import Size, size
from tutor.errors import DomainError, TutorError
from tutor.models.plan import Plan
from tutor.models.randomization import drawn

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Proposal = Callable[[Random, int], Numbers | None]
"""Numbers for the letters that may do, below a largest one; None where the draw went astray."""

MOST_ROWS = (40, 80, 160, 640)
"""Rows up to which designs are tried, small ones first."""

TRIES = 60
"""Draws for each of these."""


def arrangement(
    design: Callable[..., MixedModel],
    given: Mapping[str, Any],
    rows: Size,
    *,
    propose: Proposal | None = None,
    derived: Mapping[Size, str] | None = None,
    least: int = 2,
) -> Arrangement:
    """How a design is arranged at numbers for the letters of its sizes: as it is built for them, then randomized.

    ``given`` are the arguments in which letters stand, ``rows`` is how many rows there are, in these letters. The
    letters that are ``derived`` are the sizes of the indices with these letters. No letter is below the ``least``.
    """
    letters = sorted({letter for each in given.values() for letter in _letters(each)}, key=str)

    @lru_cache(maxsize=64)
    def plan_at(numbers: tuple[int, ...]) -> Plan | None:
        known = dict(zip(letters, numbers, strict=True))
        try:
            return design(**{name: _at(each, known) for name, each in given.items()}).plan
        except TutorError:
            return None  # there is no such design

    def found(known: Numbers) -> tuple[Plan, dict[sympy.Symbol, int]] | None:
        plan = plan_at(tuple(known[letter] for letter in letters))
        if plan is None:
            return None
        others = {letter: int(plan.layout.index(index).size) for letter, index in (derived or {}).items()}  # pyright: ignore[reportArgumentType]
        return plan, {**known, **others}  # pyright: ignore[reportReturnType]

    def sizes(rng: Random, used: Used) -> dict[sympy.Symbol, int]:
        largest = 8 + max((len(values) for values in used.values()), default=0)
        for most in MOST_ROWS:
            for _ in range(TRIES):
                known = propose(rng, largest) if propose else drawn_below(largest, letters, rng, least)
                if known is None or not _is_new(known, used) or at_numbers(rows, known) > most:
                    continue
                if (told := found(known)) is not None:
                    return told[1]
        raise DomainError("No sizes were found for which there is such a design.")

    def levels(numbers: Numbers, rng: Random) -> Levels:
        told = found(numbers) if all(letter in numbers for letter in letters) else None
        if told is None or any(numbers.get(letter, number) != number for letter, number in told[1].items()):
            raise DomainError("There is no such design at these sizes.")
        return _randomized(told[0], rng)

    return Arrangement(sizes, levels)


def drawn_below(largest: int, letters: Iterable[Any], rng: Random, least: int = 2) -> dict[Any, int]:
    """A number for each letter."""
    return {letter: rng.randrange(least, largest) for letter in letters}


def _is_new(known: Numbers, used: Used) -> bool:
    """Whether no letter has a number again, of three or more the one of which the fewest are used."""
    numbers = {letter: used.get(letter, set()) for letter in known}
    fewest = min(map(len, numbers.values()))
    every = len(known) > 2
    new = [known[letter] not in own for letter, own in numbers.items() if not every or len(own) == fewest]
    return any(new) if every else all(new)


def _letters(given: Any) -> set[sympy.Symbol]:
    if isinstance(given, Mapping):
        return {letter for each in given.values() for letter in _letters(each)}
    if isinstance(given, Sequence) and not isinstance(given, str):
        return set()  # the names of levels
    return set() if given is None else size(given).free_symbols  # pyright: ignore[reportReturnType]


def _at(given: Any, known: Numbers) -> Any:
    if isinstance(given, Mapping):
        return {name: _at(each, known) for name, each in given.items()}
    if not _letters(given):
        return given
    return size(at_numbers(size(given), known))


def _randomized(plan: Plan, rng: Random) -> Levels:
    """The levels in the order of the units after they were permuted. Where treatments are not relabelled, for they come
    in sequences, these are permuted."""
    layout = plan.layout
    if plan.relabelled:
        positions, labels = drawn(plan, rng.randrange(2**32))
        order = sorted(range(len(positions)), key=positions.__getitem__)
        return {letter: [levels[row] for row in order] for letter, levels in labels.items()}
    slowest = layout.indices[0].letter
    places = [level for (level,) in layout.by_row(slowest)]
    numbers = rng.sample(range(1, max(places) + 1), max(places))
    order = sorted(range(len(places)), key=lambda row: numbers[places[row] - 1])
    return {letter: [layout.by_row(letter)[row][0] for row in order] for letter in layout.determined}
