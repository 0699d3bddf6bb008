"""What the search for a slip looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.equal import Point


@dataclass(frozen=True, slots=True)
class Case:
    """What a slip looks at: the two trees, their values on two points, and the symbols of the model."""

    answer: Tree
    reference: Tree
    points: tuple[Point, ...]
    symbols: tuple[Symbol, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The key of a slip, and the words that its sentence needs."""

    key: str
    facts: dict[str, str] = field(default_factory=dict)
