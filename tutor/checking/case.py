"""What the search for a slip looks at, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.points import Point

_EXPONENT = re.compile(r"\^\s*(?:\{[^{}]*\}|\([^()]*\)|[-−]\s*\w)")


def has_minus(text: str) -> bool:
    """Whether a text takes something away: 4σ² − σ², and not V^-1.

    >>> has_minus("4σ² - σ²"), has_minus("X'V^{-1}X")
    (True, False)
    """
    return any(sign in _EXPONENT.sub("", text) for sign in "-−")


@dataclass(frozen=True, slots=True)
class Case:
    """What a slip looks at: two trees, their values on points, the random one first, and the symbols of the model.

    ``text`` is the answer as it was typed, "" where it was no text: of a number the terms are collected in the tree.
    ``question`` is what was asked for before any moment of elements was worked out, Var(y_11) where the reference is
    σ² + σ²_u, and ``moment`` works out one that is like it; it raises TutorError for one that it does not know.
    """

    answer: Tree
    reference: Tree
    points: Sequence[Point]
    symbols: tuple[Symbol, ...] = ()
    text: str = ""
    question: Tree | None = None
    moment: Callable[[Tree], Tree] | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The key of a slip, and the words that its sentence needs: trees and numbers, text in the end."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def in_words(self) -> Diagnosis:
        """The same with its facts as text."""
        return Diagnosis(self.key, {name: str(fact) for name, fact in self.facts.items()})
