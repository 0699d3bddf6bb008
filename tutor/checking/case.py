"""What the search for a slip looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.points import Point


@dataclass(frozen=True, slots=True)
class Case:
    """What a slip looks at: two trees, their values on points, the random one first, and the symbols of the model."""

    answer: Tree
    reference: Tree
    points: Sequence[Point]
    symbols: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The key of a slip, and the words that its sentence needs: trees and numbers, text in the end."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def in_words(self) -> Diagnosis:
        """The same with its facts as text."""
        return Diagnosis(self.key, {name: str(fact) for name, fact in self.facts.items()})
