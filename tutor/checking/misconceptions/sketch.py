"""Does an edit of the reference have the answer's value? Asked first in doubles, which are cheap, then exactly.

A sketch is one point of moderate numbers in double precision. What differs there by more than rounding can explain is
no explanation; what agrees is confirmed on the exact points of the case. An edit shares with the reference all that it
leaves alone, and the values of those parts are kept; of the others only the product with a vector is found, so that
most edits cost a few products of a matrix with a vector; those of other units than the answer's cost none.
The number of edits that are tried is bounded, and the products that they take, not the time, so that a verdict is the
same on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np
import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.checking.case import Case
from tutor.checking.diagnostic_points import rational_point
from tutor.checking.misconceptions.homogeneous import FACTOR, Degrees, degree_of_values
from tutor.checking.misconceptions.reach import is_out_of_reach
from tutor.checking.misconceptions.refuted import is_refuted
from tutor.checking.misconceptions.roles import is_covariance, is_size
from tutor.checking.points import NO_POINT, Point, same_matrix
from tutor.checking.probe import Probe
from tutor.errors import SizeError, TutorError

MOST_EDITS = 1500
"""Edits of the reference that are tried at most."""

MOST_WORK = 2500
"""Products of matrices with vectors in all, an inverse counting for several: no slip of those that are known from tests
has taken more than 2,300 to be found, and long formulas, each edit of which takes many, would take several times it.
"""

MOST_CONFIRMED = 24
"""Edits that agree in doubles of which the exact value is found at most."""

TRIES = 6
ROUNDING = 1e-8

Parameters = Mapping[sympy.Symbol, Fraction]
Changed = Callable[[Parameters], dict[sympy.Symbol, Fraction]]
"""The values that a slip has for some parameters, given those that they have; none where it does not apply."""

_FAULTS = (TutorError, NotRationalError, ArithmeticError, ValueError, TypeError)


class Sketch:
    """The values of a case in doubles, and a purse of edits that may be tried."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.left, self._work = MOST_EDITS, 0
        self.confirmable = MOST_CONFIRMED
        self._instance: DrawnInstance | None = None
        self._fresh: DrawnInstance | None = None
        self._probe: Probe | None = None
        self._vector, self._answer, self._room = np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1))
        self._changed: dict[frozenset[tuple[sympy.Symbol, Fraction]], Probe | None] = {}
        self._degrees: Degrees | None = None
        self._degree: tuple[bool, float | None] = False, None
        self._draw()
        self._scale()

    def _scale(self) -> None:
        """The degree of the answer in the variances and covariances; none is told where it has no value at others."""
        if self._instance is None or self._fresh is None:
            return
        scalars = self._instance.scalars
        letters = [p for p in scalars if (p.is_positive or is_covariance(p)) and not is_size(p)]
        if not letters:
            return
        larger = Probe(self._fresh.changed({letter: FACTOR * scalars[letter] for letter in letters}))
        try:
            self._degree = degree_of_values(self._answer, larger.product(self.case.answer, self._vector))
        except _FAULTS:
            return
        self._degrees = Degrees(letters, self._instance.defined)

    def _has_other_units(self, tree: Tree) -> bool:
        """Whether a tree is homogeneous, and the answer is not, or of another degree."""
        is_told, degree = self._degree
        if self._degrees is None or not is_told:
            return False
        own = self._degrees.of(tree)
        return own is not None and own != degree

    def _draw(self) -> None:
        """A point at which both sides have finite values; none where there is none among a few."""
        rng, first = random.Random(1), self.case.points[0].instance
        for _ in range(TRIES):
            instance = DrawnInstance(
                (self.case.reference, self.case.answer), rng, friendly=True, ordered=False, proper=True,
                arithmetic=Floating(), sizes=first.sizes, general=first.is_general,
            )  # fmt: skip
            answer, reference = (_value(instance, tree) for tree in (self.case.answer, self.case.reference))
            if answer is not None and reference is not None:
                columns = answer.shape[1]
                self._vector = (
                    np.array([[rng.uniform(0.5, 1.5)] for _ in range(columns)]) if columns > 1 else np.ones((1, 1))
                )
                self._answer = answer @ self._vector
                self._room = ROUNDING * (np.abs(answer) @ self._vector + np.abs(answer).max(initial=0.0) + 1e-12)
                self._instance, self._probe = instance, Probe(instance)
                self._fresh = instance.changed({})
                return

    @property
    def is_spent(self) -> bool:
        """Whether no more edits may be tried, so that making them is in vain."""
        return self.left <= 0 or self._work > MOST_WORK

    def explains(self, tree: Tree, changed: Changed | None = None) -> bool:
        """Whether an edited reference, with changed parameters perhaps, has the answer's value."""
        return self.agrees(tree, changed) and self.confirms(tree, changed)

    def agrees(self, tree: Tree, changed: Changed | None = None) -> bool:
        """Whether it may have the answer's value, by doubles."""
        if self.is_spent:
            return False
        self.left -= 1
        if self._instance is None:
            return True
        if changed is None and self._has_other_units(tree):
            return False
        probe = self._probe if changed is None else self._at(changed)
        if probe is None:
            return False
        before = probe.work
        try:
            if is_refuted(probe, tree, self._vector, self._answer):
                return False
            value = probe.product(tree, self._vector)
        except _FAULTS:
            return False
        finally:
            self._work += probe.work - before
        return value.shape == self._answer.shape and bool((np.abs(value - self._answer) <= self._room).all())

    def reaches(self, tree: Tree, number: Scalar) -> bool:
        """Whether another number in a place of this one may give a form of the reference the answer's value; it may
        always where both are single numbers."""
        if self._probe is None or tree.is_scalar:
            return True
        try:
            return not is_out_of_reach(self._probe, tree, number, self._vector, self._answer)
        except _FAULTS:
            return True

    def _at(self, changed: Changed) -> Probe | None:
        assert self._instance is not None and self._fresh is not None
        values = changed(self._instance.scalars)
        # Two slips in the parameters often come to what another two come to.
        key = frozenset(values.items())
        if key not in self._changed:
            # What edits have been valued since would cost more to look through than to find again.
            self._changed[key] = Probe(self._fresh.changed(values)) if values else None
        return self._changed[key]

    def confirms(self, tree: Tree, changed: Changed | None = None) -> bool:
        """Whether it has the answer's value on the exact points, the random one first."""
        if self.confirmable <= 0:
            return False
        self.confirmable -= 1
        return all(self._is_equal(point, tree, changed) for point in self.case.points)

    def _is_equal(self, point: Point, tree: Tree, changed: Changed | None) -> bool:
        try:
            return _equal(point, tree, changed)
        except NotRationalError:  # a root may be a rational number where residues have none
            if not point.is_modular:
                return False
        try:
            return _equal(rational_point(point, self.case.answer, self.case.reference), tree, changed)
        except NO_POINT:
            return False


def _equal(point: Point, tree: Tree, changed: Changed | None) -> bool:
    """Whether an edit has the answer's value at a point. Raises NotRationalError for one with roots that are not."""
    instance = point.instance
    if changed is not None:
        values = changed(instance.scalars)
        if not values:
            return False
        instance = instance.changed(values)
    try:
        value = instance.value(tree)
    except (TutorError, SizeError, ArithmeticError):
        return False
    return instance.arithmetic.shape(value) == instance.arithmetic.shape(point.answer) and same_matrix(
        instance, value, point.answer
    )


def _value(instance: DrawnInstance, tree: Tree) -> np.ndarray | None:
    """The value in doubles; None where there is none, or one that is not finite."""
    try:
        value = instance.value(tree)
    except _FAULTS:
        return None
    return value if np.isfinite(value).all() else None
