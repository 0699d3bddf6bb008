"""What the exercises of the bank are about and what they build on: their tags and prerequisites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tutor.bank import bank, load
from tutor.errors import ExerciseError

ANY = 1
"""Tags and prerequisites are the same in each variant; they are read off this one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise by its name: what it is about in a sentence, its tags, and the names of those that it builds on."""

    name: str
    about: str
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]

    def is_about(self, word: str) -> bool:
        """Whether a tag has the word in it, in any case."""
        return any(word.casefold() in tag.casefold() for tag in self.tags)


def entry(exercise: str) -> Entry:
    """The entry of an exercise, by its name or the path of its file. Raises ExerciseError when it cannot be loaded."""
    file = load(exercise)
    variant = file.variant(ANY)
    return Entry(file.name, file.about, variant.tags, variant.prerequisites)


def entries() -> tuple[Entry, ...]:
    """Those of the bank, in alphabetical order."""
    return tuple(entry(str(path)) for path in bank())


def topics() -> tuple[str, ...]:
    """All tags of the bank, in alphabetical order."""
    return tuple(sorted({tag for each in entries() for tag in each.tags}, key=str.casefold))


def known(exercises: Iterable[str]) -> Iterator[Entry]:
    """The entries of those exercises that can be loaded: one that was worked once may be gone."""
    for exercise in exercises:
        try:
            yield entry(exercise)
        except ExerciseError:
            continue
