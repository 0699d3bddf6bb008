"""Exact points on which a suspected slip is tried out: a random one, and a friendly one for what agrees there.

Their numbers are rational. Of matrices the values are kept modulo a large prime, where that can be: what differs there
differs for certain, and what agrees does so in the rational numbers as well, save by a chance of less than 10⁻¹⁵.
`rational_point` has the values themselves, for slips that look at signs.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.drawn_sizes import draw_sizes
from tutor.algebra.moore_penrose import LARGE_PRIME
from tutor.algebra.nodes import Inverse
from tutor.algebra.residues import Residues
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.points import NO_POINT, TRIES, AnswerSingularError, Point, valued, valued_in_any
from tutor.errors import DomainError

LARGEST = 2**10
"""The largest of the random numbers, before they are squared.

A slip that agrees at both points by chance would only be named, so that the numbers may be short: V⁻¹ of long ones is
dear.
"""


def diagnostic_points(answer: Tree, reference: Tree, *, general: bool = False) -> Sequence[Point]:
    """A random point, then a friendly one where there is one, positive parameters squares; none without a value."""
    try:
        return _Points(_Drawn(answer, reference, general))
    except NO_POINT:
        return ()


def rational_point(point: Point, answer: Tree, reference: Tree) -> Point:
    """The same point with the rational values of the two trees where it has residues. Raises what NO_POINT lists."""
    return valued(answer, reference, point.instance.in_rationals()) if point.is_modular else point


@dataclass(frozen=True, slots=True)
class _Drawn:
    """How the points of two trees are drawn."""

    answer: Tree
    reference: Tree
    general: bool

    def point(self, *, friendly: bool, unlike: Mapping[sympy.Symbol, int]) -> Point:
        """The first point with values, of other sizes than these where there are others. Raises what NO_POINT lists."""
        trees, rng = (self.reference, self.answer), random.Random(0)
        used = {letter: {size} for letter, size in unlike.items()}
        for tries_left in reversed(range(TRIES)):
            sizes = draw_sizes(trees, rng, used if tries_left > TRIES // 2 else None)
            instance = DrawnInstance(trees, rng, friendly=friendly, squares=True, general=self.general,
                                     sizes=sizes, largest=LARGEST)  # fmt: skip
            try:
                return self._valued(instance)
            except (DomainError, AnswerSingularError):
                if not tries_left:
                    raise
        raise AssertionError("The last try returns or raises.")

    def _valued(self, instance: DrawnInstance) -> Point:
        """Both values modulo a large prime where they are rational, and of matrices: residues cost a tenth."""
        if not self.reference.is_scalar or any(map(_takes_an_inverse, (self.answer, self.reference))):
            residues = instance.in_numbers(Residues(LARGE_PRIME))
            with suppress(NotRationalError):
                point = valued(self.answer, self.reference, residues)
                if not residues.is_uninterpreted:
                    return point
        return valued_in_any(self.answer, self.reference, instance)


def _takes_an_inverse(tree: Tree) -> bool:
    return any(isinstance(node, Inverse) and not node.is_scalar for node in walk(tree))


class _Points(Sequence[Point]):
    """The friendly point is valued when it is asked for: nearly everything that differs does so at the random one."""

    def __init__(self, drawn: _Drawn) -> None:
        self._drawn = drawn
        self._random = drawn.point(friendly=False, unlike={})

    @cached_property
    def _all(self) -> tuple[Point, ...]:
        try:
            return self._random, self._drawn.point(friendly=True, unlike=self._random.instance.sizes)
        except NO_POINT:
            return (self._random,)

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Point]: ...
    def __getitem__(self, index: int | slice) -> Point | Sequence[Point]:
        return self._random if index == 0 else self._all[index]

    def __len__(self) -> int:
        return len(self._all)

    def __bool__(self) -> bool:
        return True
