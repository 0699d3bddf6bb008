"""Do two trees have the same value, whatever the parameters? Decided on exact instances, never by simplifying.

Two trees are compared at one friendly instance, whose numbers a student can follow, and at random ones, which come
from the system's randomness, so that nobody can write an answer to fit points that are known beforehand. A difference
of rationals, of residues modulo a prime, or of two balls that do not overlap, is certain. What agreement is worth:

- Rational expressions are compared modulo two random primes of 63 bits at random residues. Two that differ, of degree
  d and with coefficients of h bits, agree at both with probability below ((d + h)/2⁶¹)² (`residues` has the
  argument): less than 10⁻¹⁶ for d + h up to 10¹⁰. A number in an answer has at most 200,000 bits, a power at most
  the degree 10⁴ and an answer fewer than 10⁴ nodes. Powers of powers of matrices or determinants can have a higher
  degree N, but fᴺ has no zeros that f has not, and fᴺ = c at no more than gcd(N, p − 1) values of f.
- Where the only roots are those of parameters, these are squares of integers from [1, 2⁶¹] and the rest is as above,
  with rationals in place of residues (Schwartz 1980, Zippel 1979).
- Other irrational expressions are compared as balls of 3,000 bits at moderate random numbers k/2⁵⁸. Multiplied by
  its conjugates, the difference of two expressions with roots is a polynomial of degree D = d·Π(degrees of the roots),
  which is zero at one point with probability at most D/2⁶¹; one with exponentials and logarithms has finitely many
  zeros on a line (Khovanskii 1991), fewer than 10¹⁰ for chains of four. No number between may be above 2⁶⁰⁰ or below
  2⁻⁶⁰⁰, so that no term is lost in a sum for its size; a value below 10⁻⁹⁰⁰ that is not zero would have to come of
  a cancellation at a random point, which for a polynomial of degree D happens with probability 4D·2^(−2400/D)
  (Remez 1936). Where that is no bound worth having, for D above 40, roots stand in each other as nobody writes them.
- Where a branch is chosen by a sign, as in |x|, `branches` looks for points with either sign.
- A letter for a size is a random integer of 61 bits like any parameter where both are made of the patterns I, J and 1
  (`patterned`), with the bound of the first case. With a letter in an exponent, as in |V|, two sums of k different
  terms agree at both points with probability below about 10^(−38/(k − 1)) (Canetti et al. 2000), which is enough for
  k up to 3; so they have to agree at SIZE_POINTS small sizes as well, at which they are rational functions.
- Other letters have as many points with small values as `sizes` asks for, which bounds what the scalars of one letter
  can hide; of three letters or more, whose values cannot all be new at each point, chance has to do the rest.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.balls import OutOfRangeError
from tutor.algebra.budget import BudgetSpentError, forget_held, within
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.drawn_sizes import draw_sizes
from tutor.algebra.parameters import holds_calculus, sizes_of
from tutor.algebra.tree import Tree
from tutor.checking.branches import other_branches
from tutor.checking.points import (
    NO_POINT,
    TRIES,
    AnswerSingularError,
    AnswerWithoutValueError,
    Point,
    RandomPoints,
    friendly_point,
    in_column,
    valued_in_any,
)
from tutor.checking.sizes import SIZE_POINTS, has_exponents, points_needed
from tutor.errors import DomainError

RANDOM_POINTS = 2
FRIENDLY_POINTS = 12
FRIENDLY_SECONDS = 0.3
"""What a friendly point may take before it is left out: it only serves to show a difference."""

COLUMNS = 8
COLUMNS_SECONDS = 0.6
"""Columns of matrices too large to be valued that are looked at for a difference, and what that may take."""

SHOWN_ROWS = 200
"""Rows of a matrix of which a wrong cell is shown."""

UNINTERPRETED = "Of one of its functions only the name is known."
NOT_SHOWN = "It differs, but no numbers show where."
NO_VALUE = "The answer has no value at some points."


@dataclass(frozen=True, slots=True)
class Comparison:
    """``same`` is None where neither was shown; ``points`` are those compared, the one with a difference last.

    ``singular`` says that the answer inverts a matrix that has no inverse at any point tried.
    """

    same: bool | None
    points: tuple[Point, ...] = ()
    singular: bool = False
    reason: str = ""


def compare(answer: Tree, reference: Tree, *, general: bool = False, rng: random.Random | None = None) -> Comparison:
    """Compare two trees of one shape.

    ``general`` takes X, Z, G and R as arbitrary matrices with their facts; ``rng`` draws the random points.

    Raises
    ------
    BudgetSpentError
        Where it would take longer than the budget that is open has.
    """
    if holds_calculus(answer, reference):
        return Comparison(None, (), reason="An integral, a limit or a derivative is not worked out.")
    search = _Search(answer, reference, general, rng or random.SystemRandom())
    try:
        return search.run()
    except DomainError as error:
        return Comparison(None, tuple(search.points), reason=str(error))
    except OutOfRangeError as error:
        return Comparison(None, tuple(search.points), reason=str(error))
    except NotRationalError:
        return Comparison(None, tuple(search.points), reason="An entry is no real number.")


class _Search:
    """The search for a point at which the two differ."""

    def __init__(self, answer: Tree, reference: Tree, general: bool, rng: random.Random) -> None:
        self._answer, self._reference, self._general, self._rng = answer, reference, general, rng
        self._friendly_rng = random.Random(0)
        self._letters = sizes_of(answer, reference)
        self.points: list[Point] = []
        self._singular = 0
        self._without = 0

    def run(self) -> Comparison:
        """Raises DomainError and NotRationalError where the reference has no values that decide."""
        random_points = RandomPoints(self._answer, self._reference, self._rng, self._general)
        same = self._same_at_any_sizes(random_points) if self._letters else None
        if same and not has_exponents(self._letters, self._answer, self._reference):
            return Comparison(True, tuple(self.points))
        if same:
            return self._at_sizes(random_points, SIZE_POINTS) or Comparison(True, tuple(self.points))
        found = self._at(self._first_friendly, friendly=True)
        if found is None and not (self.points or self._letters or self._singular or self._without):
            found = self._at(lambda: self._in_columns(self._some_columns()), friendly=True)
            self.points.clear()  # columns that agree are no point at which the two agree
        if found is not None:
            return found
        if same is False:
            shown = within(FRIENDLY_SECONDS, self._friendlier, None) or self._in_patterns(random_points)
            return Comparison(False, (shown,)) if shown else Comparison(None, (), reason=NOT_SHOWN)
        for_sizes = points_needed(self._answer, self._reference, self._letters)
        if for_sizes is None:
            return Comparison(None, tuple(self.points), reason="Its degree in the sizes is too high.")
        needed = max(RANDOM_POINTS, for_sizes)
        found = self._at_sizes(random_points, needed)
        if found is not None:
            return found
        if self._singular and not self.points and not self._without:
            return Comparison(False, (), singular=True)
        if self._singular or self._without:
            return Comparison(None, tuple(self.points), reason=NO_VALUE)
        return self._on_other_branches() or Comparison(True, tuple(self.points))

    def _at_sizes(self, random_points: RandomPoints, number: int) -> Comparison | None:
        """What so many random points show, each with other sizes; None where that is agreement or is counted."""
        used: dict[sympy.Symbol, set[int]] = {}
        for _ in range(number):
            found = self._at(lambda: random_points.draw(used))
            if found is not None:
                return found
            if self.points:
                for letter, size in self.points[-1].instance.sizes.items():
                    used.setdefault(letter, set()).add(size)
        return None

    def _same_at_any_sizes(self, random_points: RandomPoints) -> bool | None:
        """Whether the two are the same at sizes of 61 bits; None where they are not made of patterns."""
        for _ in range(RANDOM_POINTS):
            point = random_points.at_any_sizes()
            if point is None or (point.instance.is_uninterpreted and not point.agrees):
                return None
            if not point.agrees:
                return False
            self.points = [point]
        return True

    def _in_patterns(self, random_points: RandomPoints) -> Point | None:
        """A point at which matrices too large for `_friendlier` differ, or two that agree at all small sizes."""
        some = [{letter: self._rng.randint(2, 4) for letter in self._letters} for _ in range(FRIENDLY_POINTS)]
        most = max(SHOWN_ROWS >> (len(self._letters) - 1), 8)
        many = [
            {letter: self._rng.randint(8, most) if letter == large else 2 for letter in self._letters}
            for _ in range(FRIENDLY_POINTS)
            for large in self._letters
        ]
        for sizes in some + many:
            try:
                point = random_points.in_patterns(sizes)
                if not point.agrees and point.wrong_cells:
                    return point
            except NO_POINT:
                continue
        return None

    def _first_friendly(self) -> Point | None:
        """The friendly point, or None where it would take too long: random points are cheaper."""
        for tries_left in reversed(range(TRIES)):
            try:
                return within(FRIENDLY_SECONDS, lambda late=tries_left <= TRIES // 2: self._friendly(late), None)
            except DomainError:
                if not tries_left:
                    raise
        raise AssertionError("The last try returns or raises.")

    def _friendly(self, proper: bool, ordered: bool = True) -> Point:
        return friendly_point(
            self._answer,
            self._reference,
            self._friendly_rng,
            general=self._general,
            ordered=ordered,
            proper=proper,
            sizes=None if self._letters else {},
        )

    def _at(self, draw: Callable[[], Point | None], *, friendly: bool = False) -> Comparison | None:
        """What one more point shows; None where it shows nothing, which is agreement or is counted."""
        forget_held()
        try:
            point = draw()
        except AnswerSingularError:
            # A small number may be just the one at which a fraction that cancels has none.
            self._singular += not friendly
            return None
        except AnswerWithoutValueError:
            self._without += not friendly
            differing = self._differing_in_proper()
            return None if differing is None else Comparison(False, (differing,))
        if point is None:
            return None
        self.points[1:] = [point]
        return None if point.agrees else self._different(point, friendly)

    def _different(self, point: Point, friendly: bool) -> Comparison:
        """A difference that can be shown: in small numbers where there are such, otherwise in those of the point."""
        if point.instance.is_uninterpreted:
            return Comparison(None, tuple(self.points), reason=UNINTERPRETED)
        if not friendly:
            shown = within(FRIENDLY_SECONDS, self._friendlier, None)
            if shown is None and point.is_modular:
                shown = within(2 * FRIENDLY_SECONDS, self._in_rationals, None)
                if shown is None and not self._letters:
                    shown = self._in_columns(dict.fromkeys(column for _, column in point.wrong_cells))
                if shown is None:
                    return Comparison(None, tuple(self.points), reason=NOT_SHOWN)
            self.points[-1] = shown or point
        return Comparison(False, tuple(self.points))

    def _friendlier(self) -> Point | None:
        """A point of small numbers at which the two differ; most expressions that differ do so at the first."""
        for _ in range(FRIENDLY_POINTS):
            forget_held()
            try:
                point = self._friendly(proper=False, ordered=False)
            except NO_POINT:
                continue
            if not point.agrees:
                return point
        return None

    def _some_columns(self) -> list[int]:
        """The first columns, the last one and some between."""
        columns = int(self._reference.columns)  # pyright: ignore[reportArgumentType]  (without letters)
        some = (self._rng.randrange(columns) for _ in range(COLUMNS - 3))
        return list(dict.fromkeys((0, min(1, columns - 1), columns - 1, *some)))

    def _in_columns(self, columns: Iterable[int]) -> Point | None:
        """A point of small numbers with a column in which the two differ, where whole matrices are too large."""
        return within(COLUMNS_SECONDS, lambda: self._first_column(columns), None)

    def _first_column(self, columns: Iterable[int]) -> Point | None:
        forget_held()
        trees = (self._reference, self._answer)
        for squares in (False, True):
            instance = DrawnInstance(
                trees, self._friendly_rng, friendly=True, squares=squares, general=self._general, sizes={}
            )
            try:
                for column in islice(columns, COLUMNS):
                    point = in_column(self._answer, self._reference, instance, column)
                    if not point.agrees:
                        return point
                return None
            except NotRationalError:
                continue
            except NO_POINT:
                return None
        return None

    def _in_rationals(self) -> Point | None:
        """A point of rational numbers at which the two differ: at the smallest sizes, where matrices are too large at
        others; at some of the sizes of the last point, the others small, where the two agree at all small sizes; of
        large numbers where they agree at all small ones."""
        trees = (self._reference, self._answer)
        found = self.points[-1].instance.sizes
        for number in range(2 * FRIENDLY_POINTS):
            forget_held()
            sizes = {
                letter: self._rng.randint(2, 3) if number < 4
                else size if self._rng.random() < 0.5 else min(size, self._rng.randint(2, 4))
                for letter, size in found.items()
            }  # fmt: skip
            try:
                point = valued_in_any(
                    self._answer,
                    self._reference,
                    DrawnInstance(
                        trees, self._rng, friendly=bool(found) and number % 2 == 0, ordered=False,
                        general=self._general, sizes=sizes,
                    ),
                )  # fmt: skip
            except (*NO_POINT, BudgetSpentError):  # other sizes may cost less
                continue
            if not point.agrees:
                return point
        return None

    def _differing_in_proper(self) -> Point | None:
        """A point of numbers between 0 and 1, where an answer that has no value elsewhere may have one that differs."""
        for _ in range(FRIENDLY_POINTS):
            forget_held()
            try:
                point = self._friendly(proper=True, ordered=False)
            except NO_POINT:
                continue
            if not point.agrees:
                return None if point.instance.is_uninterpreted else point
        return None

    def _on_other_branches(self) -> Comparison | None:
        """What is seen where a sign chooses another branch."""
        if not self.points or self.points[-1].is_modular:
            return None
        for instance in other_branches(self.points[-1].instance, self._rng, self._answer, self._reference):
            try:
                point = valued_in_any(self._answer, self._reference, instance)
            except AnswerWithoutValueError:
                return Comparison(None, tuple(self.points), reason=NO_VALUE)
            except NO_POINT:
                continue
            if not point.agrees:
                self.points.append(point)
                return self._different(point, friendly=True)
        return None


def random_points(
    answer: Tree, reference: Tree, *, general: bool = False, rng: random.Random | None = None
) -> tuple[Point, ...]:
    """Random points with the values of two trees, which may differ in shape; none where one of them has no value."""
    drawing = rng or random.SystemRandom()
    trees = (reference, answer)
    used: dict[sympy.Symbol, set[int]] = {}
    points: list[Point] = []
    try:
        for _ in range(SIZE_POINTS if sizes_of(*trees) else RANDOM_POINTS):
            sizes = draw_sizes(trees, drawing, used)
            for letter, size in sizes.items():
                used.setdefault(letter, set()).add(size)
            instance = DrawnInstance(trees, drawing, squares=True, general=general, sizes=sizes)
            points.append(valued_in_any(answer, reference, instance))
    except NO_POINT:
        return ()
    return tuple(points)
