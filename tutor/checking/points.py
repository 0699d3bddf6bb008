"""Points: an answer and a reference valued on one instance, exactly, modulo a prime, or as balls."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count, repeat
from math import isfinite
from operator import ne
from typing import Any

import sympy
from flint import arb, ctx, fmpq

from tutor.algebra.arithmetic import Arithmetic, Exact, Matrix, NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.budget import allow
from tutor.algebra.draw import LARGEST, DrawnInstance
from tutor.algebra.drawn_sizes import draw_sizes
from tutor.algebra.parameters import sizes_of, totals_of
from tutor.algebra.patterned import Patterned
from tutor.algebra.residues import Residues, random_prime
from tutor.algebra.tree import Tree
from tutor.checking.probe import Probe
from tutor.errors import DomainError

TRIES = 60


@dataclass(frozen=True)
class Point:
    """One instance with the two values on it, each a matrix of one arithmetic.

    Of matrices too large to be valued only one ``column`` is known, and the others hold 0.
    """

    instance: DrawnInstance
    answer: Matrix
    reference: Matrix
    column: int | None = None

    @cached_property
    def answer_cells(self) -> list[list[Any]]:
        """The entries of the answer's value, row by row."""
        return self.instance.arithmetic.entries(self.answer)

    @cached_property
    def reference_cells(self) -> list[list[Any]]:
        """The entries of the reference's value, row by row."""
        return self.instance.arithmetic.entries(self.reference)

    @cached_property
    def wrong_cells(self) -> tuple[tuple[int, int], ...]:
        """Where the two values differ for certain, row by row."""
        differ = cells_differ(self.instance)
        if self.column is not None:
            entry = self.instance.arithmetic.entry
            rows = range(self.instance.arithmetic.shape(self.answer)[0])
            pairs = ((i, entry(self.answer, i, self.column), entry(self.reference, i, self.column)) for i in rows)
            return tuple((i, self.column) for i, x, y in pairs if differ(x, y))
        wrong: list[tuple[int, int]] = []
        for i, (mine, theirs) in enumerate(zip(self.answer_cells, self.reference_cells, strict=True)):
            if mine != theirs:  # in C, as what follows; what is equal does not differ in any arithmetic
                wrong += zip(repeat(i), compress(count(), map(differ, mine, theirs)))
        return tuple(wrong)

    @property
    def agrees(self) -> bool:
        """Whether no cell differs for certain."""
        return same_matrix(self.instance, self.answer, self.reference)

    @property
    def is_modular(self) -> bool:
        """Whether the values are residues, which nobody can follow by hand."""
        return not self.instance.arithmetic.is_ordered


NOUGHT_SECONDS, NOUGHT_BYTES = 2e-9, 16
"""What an entry that is not told takes in a matrix of rationals."""


class AnswerWithoutValueError(Exception):
    """A function of the answer has no real value at this point, as the logarithm of a negative number."""


class AnswerSingularError(Exception):
    """A matrix that the answer inverts has no inverse at this point, though the reference has a value."""


NO_POINT = (AnswerSingularError, AnswerWithoutValueError, DomainError, NotRationalError)
"""Why two trees have no values to compare at a point."""


def cells_differ(instance: DrawnInstance) -> Callable[[Any, Any], bool]:
    """How two numbers of an instance's arithmetic are told apart."""
    arithmetic = instance.arithmetic
    if isinstance(arithmetic, Exact | Residues):
        return ne  # in C
    same = arithmetic.same_number
    return lambda x, y: not same(x, y)


def same_matrix(instance: DrawnInstance, left: Matrix, right: Matrix) -> bool:
    """Whether two matrices of one shape agree in each cell."""
    return instance.arithmetic.same(left, right)


def friendly_point(
    answer: Tree,
    reference: Tree,
    rng: random.Random,
    *,
    general: bool,
    ordered: bool = True,
    proper: bool = False,
    sizes: dict[sympy.Symbol, int] | None = None,
) -> Point:
    """Both values at small numbers: as they are, or with squares for parameters where roots occur, or as balls.

    Raises what NO_POINT lists.
    """
    trees = (reference, answer)
    sizes = draw_sizes(trees, rng) if sizes is None else sizes
    instance = DrawnInstance(
        trees, rng, friendly=True, squares=False, general=general, ordered=ordered, sizes=sizes, proper=proper
    )
    try:
        return valued(answer, reference, instance)
    except NotRationalError:
        pass
    squares = DrawnInstance(
        trees, rng, friendly=True, squares=True, general=general, ordered=ordered, sizes=sizes, proper=proper
    )
    return valued_in_any(answer, reference, squares)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A kind of numbers, and how they are drawn: positive ones as squares, or of moderate size."""

    arithmetic: Arithmetic
    squares: bool = False
    moderate: bool = False


class RandomPoints:
    """Random points for two trees, in the cheapest kind of numbers in which they have values.

    Residues where both are rational; exact squares where the only roots are those of parameters; balls of moderate
    numbers otherwise. With letters for sizes, patterns of such numbers come first: they cost less than cells.
    """

    def __init__(self, answer: Tree, reference: Tree, rng: random.Random, general: bool) -> None:
        self._answer, self._reference = answer, reference
        self._trees = (reference, answer)
        self._rng = rng
        self._general = general
        self._letters = sizes_of(answer, reference)
        self._kinds = [
            (numbers, in_patterns)
            for numbers in (self._residues, self._squares, self._balls)
            for in_patterns in (True, False)
            if self._letters or not in_patterns
        ]

    def at_any_sizes(self) -> Point | None:
        """Both values modulo a prime at sizes between 2 and 2⁶¹, where both are made of patterns; None otherwise."""
        if totals_of(*self._trees):
            return None
        sizes = {letter: self._rng.randint(2, LARGEST) for letter in self._letters}
        try:
            return valued(self._answer, self._reference, self._instance(self._residues, True, sizes, False))
        except NO_POINT:
            return None

    def in_patterns(self, sizes: dict[sympy.Symbol, int]) -> Point:
        """Both values at these sizes in rational numbers that are small. Raises what NO_POINT lists."""
        return valued(self._answer, self._reference, DrawnInstance(
            self._trees, self._rng, friendly=True, squares=False, general=self._general, ordered=False, sizes=sizes,
            arithmetic=Patterned(Exact(), sizes),
        ))  # fmt: skip

    def draw(self, used: Mapping[sympy.Symbol, set[int]]) -> Point:
        """Both values on a new instance, no size of it among those ``used``.

        The reference may have no value at some points, as an inverse of X'X where X was drawn with more columns than
        rows: then another point is drawn. Raises DomainError when it has none at any of them, and what else NO_POINT
        lists.
        """
        for tries_left in reversed(range(TRIES)):
            # The sizes that are left over may all be such: then any will do.
            late = tries_left <= TRIES // 2
            sizes = draw_sizes(self._trees, self._rng, None if late else used) if self._letters else {}
            try:
                # What has no value at large numbers may have one at proper fractions, as log(μ/(1 − μ)).
                return self._valued(sizes, late)
            except DomainError:
                if not tries_left:
                    raise
        raise AssertionError("The last try returns or raises.")

    def _valued(self, sizes: dict[sympy.Symbol, int], proper: bool) -> Point:
        while len(self._kinds) > 1:
            try:
                return valued(self._answer, self._reference, self._instance(*self._kinds[0], sizes, proper))
            except NotRationalError:
                self._kinds.pop(0)
        return valued(self._answer, self._reference, self._instance(*self._kinds[0], sizes, proper))

    def _instance(
        self, numbers: Callable[[], _Numbers], in_patterns: bool, sizes: dict[sympy.Symbol, int], proper: bool
    ) -> DrawnInstance:
        kind = numbers()
        arithmetic = Patterned(kind.arithmetic, sizes) if in_patterns else kind.arithmetic
        return DrawnInstance(
            self._trees, self._rng, squares=kind.squares, general=self._general, arithmetic=arithmetic, sizes=sizes,
            proper=proper and kind.arithmetic.is_ordered, moderate=kind.moderate,
        )  # fmt: skip

    def _residues(self) -> _Numbers:
        return _Numbers(Residues(random_prime(self._rng)))

    def _squares(self) -> _Numbers:
        return _Numbers(Exact(), squares=True)

    def _balls(self) -> _Numbers:
        return _Numbers(Balls(narrow=True), moderate=True)


def valued_in_any(answer: Tree, reference: Tree, instance: DrawnInstance) -> Point:
    """Both values, rational where they can be, otherwise in balls."""
    try:
        return valued(answer, reference, instance)
    except NotRationalError:
        return valued(answer, reference, instance.in_balls())


def valued(answer: Tree, reference: Tree, instance: DrawnInstance) -> Point:
    """Both values on an instance. Raises what NO_POINT lists."""
    expected = instance.value(reference)
    # A ball that is no number overlaps with any, and so shows nothing.
    if not instance.arithmetic.has_value(expected):
        raise DomainError("A function has no real value at this point.")
    try:
        found = instance.value(answer)
    except DomainError as error:
        raise AnswerSingularError(str(error)) from None
    if not instance.arithmetic.has_value(found):
        raise AnswerWithoutValueError
    if not instance.arithmetic.has_cells:
        instance.arithmetic.same(found, expected)  # raises where their axes do not meet
    return Point(instance, found, expected)


def in_column(answer: Tree, reference: Tree, instance: DrawnInstance, column: int) -> Point:
    """One column of both values, as what they make of a column of the identity matrix.

    Raises what NO_POINT lists, and BudgetSpentError where already the noughts beside the column are too many.
    """
    arithmetic = instance.arithmetic
    rows, columns = (instance.size(size) for size in reference.shape)
    noughts = 2 * rows * columns + columns
    allow(noughts * NOUGHT_SECONDS, noughts * NOUGHT_BYTES)
    unit = arithmetic.matrix(columns, 1, {(column, 0): arithmetic.rational(1)})
    probe = Probe(instance)
    expected = probe.product(reference, unit)
    if not arithmetic.has_value(expected):
        raise DomainError("A function has no real value at this point.")
    try:
        found = probe.product(answer, unit)
    except DomainError as error:
        raise AnswerSingularError(str(error)) from None
    if not arithmetic.has_value(found):
        raise AnswerWithoutValueError
    answer_cells, reference_cells = (
        arithmetic.matrix(rows, columns, {(i, column): arithmetic.entry(value, i, 0) for i in range(rows)})
        for value in (found, expected)
    )
    return Point(instance, answer_cells, reference_cells, column)


MOST_SHOWN_BITS = 10_000
"""Bits of a fraction up to which it is told exactly: Python writes no longer numbers than of 4,300 digits."""

DIGITS = (8, 16, 32, 64, 128, 256, 512, 900)
"""Digits of a ball, as many of these as tell two numbers apart."""


def shown_numbers(first: Any, second: Any) -> tuple[str, str]:
    """Two numbers that differ, as texts that do."""
    pairs = ((shown_number(first, digits), shown_number(second, digits)) for digits in DIGITS)
    return next((pair for pair in pairs if pair[0] != pair[1]), (shown_number(first), shown_number(second)))


def shown_number(number: Any, digits: int = 8) -> str:
    """A number of any arithmetic as short text: exact for rationals that are not too long, else so many digits."""
    if isinstance(number, fmpq) and number.height_bits() > MOST_SHOWN_BITS:
        with ctx.workprec(4 * digits + 16):
            return arb(number).str(digits, radius=False)
    if not isinstance(number, arb):
        return str(number)
    double = float(number.mid())
    return f"{double:.8g}" if digits == 8 and isfinite(double) else number.str(digits, radius=False)
