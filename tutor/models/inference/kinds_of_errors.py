"""Means, and differences of means, by kinds that have one standard error each: what a design with letters answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.tree import Tree
from tutor.models.inference.standard_error import Contribution, StandardError, told_error

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Kind:
    """Means or differences that have one standard error: which they are, and how many, where that is known.

    The parts of the variance stay ``apart`` where they tell more than one fraction. ``picked`` tells one of these means
    among all m, or a difference of two of them, m × 1.
    """

    what: str
    parts: tuple[Contribution, ...]
    number: sympy.Expr | None = None
    apart: bool = False
    picked: Tree | None = None

    @property
    def error(self) -> StandardError:
        return told_error(self.what, self.parts, apart=self.apart)


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds of one question.

    ``average`` is the mean of the variances where that is known and those of the kinds are not; ``differ`` says why
    they differ, ``rest`` which means or differences are of no kind, since they are not estimable.
    """

    kinds: tuple[Kind, ...]
    average: tuple[Contribution, ...] = ()
    differ: str = ""
    rest: str = ""


def one_kind(what: str, *parts: Contribution, apart: bool = False) -> Kinds:
    """All means or differences have one standard error."""
    return Kinds((Kind(what, parts, apart=apart),))


@dataclass(frozen=True, slots=True)
class Question:
    """Which means, or differences of means, are asked for.

    ``cell`` are the factors of which a mean has one level, ``differing`` those whose levels differ in a difference, or
    none; ``what`` are the words for it, "the difference of two treatment means".
    """

    cell: frozenset[str]
    differing: frozenset[str]
    what: str


Answer = Callable[["MixedModel", Question], Kinds | None]
"""What a design with letters for sizes answers; None for any other model."""
