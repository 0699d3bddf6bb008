"""Designs with letters for sizes as they are on an instance: the same design at numbers, and randomized."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.arrangement import Arrangement, Levels, Numbers, Used
from tutor.algebra.indices import at_numbers
from tutor.algebra.sizes import Size, size, whole
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


@dataclass(frozen=True, slots=True, eq=False)
class DesignAtNumbers:
    """How a design is arranged at numbers for the letters of its sizes: as it is built for them, then randomized.

    ``given`` are the arguments in which letters stand, ``rows`` is how many rows there are, in these letters. The
    letters that are ``derived`` are the sizes of the indices with these letters. No letter is below the ``least``.
    """

    design: Callable[..., MixedModel]
    given: Mapping[str, Any]
    rows: Size
    propose: Proposal | None = None
    derived: Mapping[Size, str] = field(default_factory=dict)
    least: int = 2

    @property
    def letters(self) -> list[sympy.Symbol]:
        """The letters of the sizes that are given, by their names."""
        return sorted({letter for each in self.given.values() for letter in _letters(each)}, key=str)

    def sizes(self, rng: Random, used: Used) -> dict[sympy.Symbol, int]:
        """See `Arrangement`."""
        largest, letters = 8 + max(map(len, used.values()), default=0), self.letters
        for is_new, most in product((_all_new, _one_new, _any_new), MOST_ROWS):
            for _ in range(TRIES):
                known = self.propose(rng, largest) if self.propose else drawn_below(largest, letters, rng, self.least)
                if known is None or not is_new(known, used) or at_numbers(self.rows, known) > most:
                    continue
                if (plan := _plan_at(self, tuple(known[letter] for letter in letters))) is not None:
                    return {**known, **self._derived(plan)}
        raise DomainError("No sizes were found for which there is such a design.")

    def levels(self, numbers: Numbers, rng: Random) -> Levels:
        """See `Arrangement`."""
        letters = self.letters
        told = all(letter in numbers for letter in letters)
        plan = _plan_at(self, tuple(numbers[letter] for letter in letters)) if told else None
        if plan is None or any(numbers.get(letter, size) != size for letter, size in self._derived(plan).items()):
            raise DomainError("There is no such design at these sizes.")
        return _randomized(plan, rng)

    def _derived(self, plan: Plan) -> dict[Any, int]:
        return {letter: whole(plan.layout.index(index).size) for letter, index in self.derived.items()}


@dataclass(frozen=True, slots=True, eq=False)
class RenamedLevels:
    """An arrangement whose indices have other letters, each with that by which it is known there."""

    arrangement: Arrangement
    names: Mapping[str, str]

    def sizes(self, rng: Random, used: Used) -> dict[sympy.Symbol, int]:
        """See `Arrangement`."""
        return self.arrangement.sizes(rng, used)

    def levels(self, numbers: Numbers, rng: Random) -> Levels:
        """See `Arrangement`."""
        found = self.arrangement.levels(numbers, rng)
        return {mine: found[theirs] for mine, theirs in self.names.items()}


@lru_cache(maxsize=256)
def _plan_at(of: DesignAtNumbers, numbers: tuple[int, ...]) -> Plan | None:
    """The plan of the design at numbers for its letters, in their order; None where there is none."""
    known = dict(zip(of.letters, numbers, strict=True))
    try:
        return of.design(**{name: _at(each, known) for name, each in of.given.items()}).plan
    except TutorError:
        return None


def drawn_below(largest: int, letters: Iterable[Any], rng: Random, least: int = 2) -> dict[Any, int]:
    """A number for each letter."""
    return {letter: rng.randrange(least, largest) for letter in letters}


def _all_new(known: Numbers, used: Used) -> bool:
    """Whether no letter has a number again; of three or more it is enough that one has none."""
    return _one_new(known, used) if len(known) > 2 else all(
        number not in used.get(letter, ()) for letter, number in known.items()
    )  # fmt: skip


def _one_new(known: Numbers, used: Used) -> bool:
    """Whether a letter of which the fewest numbers are used has a new one."""
    numbers = {letter: used.get(letter, set()) for letter in known}
    fewest = min(map(len, numbers.values()))
    return any(known[letter] not in own for letter, own in numbers.items() if len(own) == fewest)


def _any_new(known: Numbers, used: Used) -> bool:
    """Whether any letter has a new number: of a design with t² rows for each n no more is left after eight of t."""
    return any(number not in used.get(letter, ()) for letter, number in known.items())


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
    """The levels in the order of the units after they were permuted; those of free indices are where they were. Where
    treatments are not relabelled, for they come in sequences, these are permuted."""
    layout = plan.layout
    found = {index.letter: [level for (level,) in layout.by_row(index.letter)] for index in layout.indices}
    if plan.relabelled:
        positions, assigned = drawn(plan, rng.randrange(2**32))
        order = sorted(range(len(positions)), key=positions.__getitem__)
    else:
        assigned, places = found, found[layout.indices[0].letter]
        numbers = rng.sample(range(max(places)), max(places))
        order = sorted(range(len(places)), key=lambda row: numbers[places[row] - 1])
    return found | {letter: [assigned[letter][row] for row in order] for letter in layout.determined}
