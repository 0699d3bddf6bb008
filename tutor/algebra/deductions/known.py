"""What is known of a tree, with the reason, and what a deduction may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar

from tutor.algebra.nodes import Fact, Symbol
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.display import writer

Property = Fact | Literal["rank"]
"""A fact, which holds or not, or the rank, which is a size."""

Value = TypeVar("Value", bound=bool | Size)

CLAIMS: dict[str, tuple[str, str]] = {
    "symmetric": ("is symmetric", "is not symmetric"),
    "diagonal": ("is diagonal", "is not diagonal"),
    "positive definite": ("is positive definite", "is not positive definite"),
    "positive semidefinite": ("is positive semidefinite", "is not positive semidefinite"),
    "idempotent": ("is idempotent", "is not idempotent"),
    "orthogonal": ("is orthogonal", "is not orthogonal"),
    "invertible": ("has an inverse", "is singular"),
    "full column rank": ("has full column rank", "does not have full column rank"),
}
"""Fact: how it is said that it holds, and that it does not."""

LONGEST_NAME = 60
"""A longer formula is told in a reason by its shape alone."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What a deduction found: a value, and the reason with a {} for each tree or fact that it names."""

    value: Value | None
    reason: str
    about: tuple[Tree | Known[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Known(Generic[Value]):
    """What is known of a tree: ``value`` is True, False or None for a fact, a size or None for the rank.

    True means for every admissible value of the letters, False for none of them.
    """

    subject: Tree
    what: Property
    value: Value | None
    reason: str
    about: tuple[Tree | Known[Any], ...] = ()

    @property
    def claim(self) -> str:
        """What is known, in words: G is positive definite."""
        name = _named(self.subject)
        return self._claim(name, f"the rank of {name}")

    def _claim(self, name: str, its_rank: str) -> str:
        if self.what == "rank":
            return f"nothing tells {its_rank}" if self.value is None else f"{its_rank} is {size_name(self.value)}"
        holds, fails = CLAIMS[self.what]
        if self.value is None:
            return f"nothing shows whether {name} {holds}"
        return f"{name} {holds if self.value else fails}"

    @property
    def why(self) -> str:
        """The reason alone: it is A'BA with A = Z', and G is positive definite."""
        # Sizes may have braces in their names, n_{··}: only empty ones are places for what it is about.
        first, *others = self.reason.split("{}")
        return first + "".join(self._told(thing) + other for thing, other in zip(self.about, others, strict=False))

    def _told(self, thing: Tree | Known[Any]) -> str:
        if not isinstance(thing, Known):
            return _named(thing)
        return thing._claim("it", "its rank") if self._is_subject(thing.subject) else thing.claim

    def _is_subject(self, tree: Tree) -> bool:
        return tree == self.subject or (isinstance(self.subject, Symbol) and tree == self.subject.definition)

    @property
    def because(self) -> str:
        """What is known and the reason, in one sentence."""
        return f"{self.claim}: {self.why}" if self.reason else self.claim

    @property
    def grounds(self) -> tuple[Known[Any], ...]:
        """The facts of parts on which the reason rests."""
        return tuple(thing for thing in self.about if isinstance(thing, Known))

    def proof(self) -> str:
        """The reason, below it the reasons of what it rests on, and so on down to what is declared."""
        return "\n".join(_proof(self, 0))


def _proof(known: Known[Any], depth: int) -> Iterator[str]:
    yield "  " * depth + known.because
    for ground in known.grounds:
        yield from _proof(ground, depth + 1)


def size_name(size: Size | bool) -> str:
    """A size as text: 6, bt, n − p."""
    return writer().inline(size)


def _named(tree: Tree) -> str:
    name = writer().inline(tree)
    if len(name) <= LONGEST_NAME:
        return name
    return f"a {size_name(tree.rows)} × {size_name(tree.columns)} matrix"


class Reasoner(Protocol):
    """What a deduction may ask of other trees, or of a stronger fact of the same tree."""

    def known(self, fact: Fact, tree: Tree) -> Known[bool]: ...

    def holds(self, fact: Fact, tree: Tree) -> bool:
        """Whether a fact is known to hold."""
        ...

    def rank(self, tree: Tree) -> Known[Size]: ...


Deduction = Callable[[Tree, Reasoner], Found[bool] | None]
"""What follows for one fact of a tree; None where nothing does."""


def every(reasoner: Reasoner, fact: Fact, trees: tuple[Tree, ...]) -> tuple[Known[bool], ...] | None:
    """The fact of each tree, where it holds for all of them; otherwise None."""
    if not all(reasoner.holds(fact, tree) for tree in trees):
        return None
    return tuple(reasoner.known(fact, tree) for tree in trees)


def listed(count: int) -> str:
    """Slots for as many things: "{}", "{} and {}", "{}, {} and {}"."""
    return " and ".join(filter(None, [", ".join(["{}"] * (count - 1)), "{}"]))
