"""What the meaning of one text is worked out with: the text, its vocabulary, and the sizes still to be found."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy

from tutor.errors import ReadError
from tutor.notation.meaning.sizing import Sizing
from tutor.notation.parsing.syntax import Node
from tutor.notation.parsing.token import Span
from tutor.notation.vocabulary import Vocabulary

MOST_HOLES = 100
"""Sizes that may be left out in one text."""


@dataclass(frozen=True, slots=True)
class Context:
    """The setting in which a node of syntax gets its meaning; ``size_names`` are the names that stand in sizes."""

    text: str
    vocabulary: Vocabulary
    size_names: frozenset[Node] = frozenset()
    sizing: Sizing = field(default_factory=Sizing)

    def error(self, problem: str, kind: str, place: Node | Span, tip: str | None = None) -> ReadError:
        """A ReadError at a place."""
        return ReadError(problem, text=self.text, start=place.start, end=place.end, kind=kind, tip=tip)

    def hole(self, place: Span, *, may_be_one: bool = False) -> sympy.Symbol:
        """A size to be found, of what stands at a place. Raises ReadError "too-large" beyond a hundred."""
        if len(self.sizing.places) >= MOST_HOLES:
            raise self.error(f"More than {MOST_HOLES} letters have no size.", "too-large", place, "Write I_3, say.")
        return self.sizing.hole(place, may_be_one=may_be_one)
