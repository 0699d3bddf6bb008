"""The rows of a model: how many, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.algebra.sizes import Size
from tutor.models.elements import element_key


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a model: how many, the indices of each, and a word on each for its label.

    ``indices`` and ``words`` are None where the number is a letter or too large to be listed.
    """

    number: Size
    indices: tuple[tuple[int, ...], ...] | None
    words: tuple[str, ...] | None

    def keys(self, base: str) -> tuple[str, ...] | None:
        """The keys of the elements of a vector over these rows."""
        return None if self.indices is None else tuple(element_key(base, *index) for index in self.indices)

    @property
    def labels(self) -> tuple[str, ...] | None:
        """The element of y in the row, and the word on it."""
        keys = self.keys("y")
        if keys is None or self.words is None:
            return keys
        return tuple(f"{key}  {word}" if word else key for key, word in zip(keys, self.words, strict=True))
