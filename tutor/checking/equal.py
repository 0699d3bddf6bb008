"""Do two trees have the same value, whatever the parameters? Decided on exact instances, never by simplifying.

Two trees are compared at one friendly instance, whose numbers a student can follow, and at two random ones. A
difference in exact rational arithmetic, or of two balls that do not overlap, is certain. Agreement at the random
points is as good as certain: two different rational functions of total degree d agree at a point drawn from
[1, 2⁶¹]ᵏ with probability at most d/2⁶¹ (Schwartz 1980, Zippel 1979), so at two points with less than 10⁻¹⁵ for
any d below 10¹⁰, more than the largest answer that is read can have. The random points come from the system's
randomness, so that nobody can write an answer to fit points that are known beforehand.

Letters for sizes cannot be large: matrices are made of them. There the comparison takes SIZE_POINTS points, no letter
having the same value on two of them, which tells apart any two expressions of a lower degree in each size.
Irrational numbers are compared as balls of 3,000 bits, where agreement means that no difference of a size above
10⁻⁹⁰⁰ of the number exists.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

import sympy
from flint import arb

from tutor.algebra.applied import Applied
from tutor.algebra.arithmetic import Balls, Matrix, NotRationalError
from tutor.algebra.draw import DrawnInstance, draw_sizes
from tutor.algebra.nodes import Scalar
from tutor.algebra.parameters import holds_calculus, scalars_of, sizes_of
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import DomainError

RANDOM_POINTS = 2
SIZE_POINTS = 8
FRIENDLY_POINTS = 12
TRIES = 60


@dataclass(frozen=True, slots=True)
class Point:
    """One instance with the two values on it, each a matrix of one arithmetic."""

    instance: DrawnInstance
    answer: Matrix
    reference: Matrix

    @property
    def wrong_cells(self) -> list[tuple[int, int]]:
        """Where the two values differ for certain, row by row."""
        differ = cells_differ(self.instance)
        return [
            (i, j)
            for i, (mine, theirs) in enumerate(
                zip(
                    self.instance.arithmetic.entries(self.answer),
                    self.instance.arithmetic.entries(self.reference),
                    strict=True,
                )
            )
            for j, (x, y) in enumerate(zip(mine, theirs, strict=True))
            if differ(x, y)
        ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``same`` is None where neither was shown; ``points`` are those compared, the one with a difference last.

    ``singular`` names a matrix of the answer that has no inverse at any point tried.
    """

    same: bool | None
    points: tuple[Point, ...] = ()
    singular: bool = False
    reason: str = ""


def cells_differ(instance: DrawnInstance) -> Callable[[Any, Any], bool]:
    """How two numbers of an instance's arithmetic are told apart."""
    if isinstance(instance.arithmetic, Balls):
        return lambda x, y: not x.overlaps(y)
    return lambda x, y: x != y


def same_matrix(instance: DrawnInstance, left: Matrix, right: Matrix) -> bool:
    """Whether two matrices of one shape agree in each cell."""
    if not isinstance(instance.arithmetic, Balls):
        return bool(left == right)
    entries = instance.arithmetic.entries
    return all(
        x.overlaps(y)
        for mine, theirs in zip(entries(left), entries(right), strict=True)
        for x, y in zip(mine, theirs, strict=True)
    )


def compare(answer: Tree, reference: Tree, *, general: bool = False, rng: random.Random | None = None) -> Comparison:
    """Compare two trees of one shape.

    ``general`` takes X, Z, G and R as arbitrary matrices with their facts; ``rng`` draws the random points.
    """
    if holds_calculus(answer, reference):
        return Comparison(None, (), reason="An integral, a limit or a derivative is not worked out.")
    drawing = rng or random.SystemRandom()
    friendly_drawing = random.Random(0)
    random_points = SIZE_POINTS if sizes_of(answer, reference) else RANDOM_POINTS
    points: list[Point] = []
    used: dict[sympy.Symbol, set[int]] = {}
    singular = without = 0
    try:
        for number in range(1 + random_points):
            friendly = number == 0
            try:
                point = _point(
                    answer,
                    reference,
                    friendly_drawing if friendly else drawing,
                    friendly=friendly,
                    general=general,
                    used_sizes=used,
                )
            except _AnswerSingularError:
                singular += 1
                continue
            except _AnswerWithoutValueError:
                without += 1
                differing = _differing_in_proper(answer, reference, friendly_drawing, general)
                if differing is not None:
                    return Comparison(False, (differing,))
                continue
            for letter, size in point.instance.sizes.items():
                used.setdefault(letter, set()).add(size)
            points.append(point)
            if not same_matrix(point.instance, point.answer, point.reference):
                if point.instance.is_uninterpreted:
                    return Comparison(None, tuple(points), reason="Of one of its functions only the name is known.")
                if not friendly:
                    points[-1] = _friendlier(answer, reference, friendly_drawing, general) or point
                return Comparison(False, tuple(points))
    except DomainError as error:
        return Comparison(None, tuple(points), reason=str(error))
    except NotRationalError:
        return Comparison(None, tuple(points), reason="An entry is no real number.")
    if singular > random_points:
        return Comparison(False, (), singular=True)
    if len(points) <= random_points and (singular or without):
        return Comparison(None, tuple(points), reason="The answer has no value at some points.")
    return _with_other_signs(points, answer, reference) or Comparison(True, tuple(points))


def _with_other_signs(points: list[Point], answer: Tree, reference: Tree) -> Comparison | None:
    """What is seen of roots, logarithms and absolute values where a number has the other sign: chance may miss it."""
    if not points:
        return None
    instance = points[-1].instance
    for name in dict.fromkeys((*_of_either_sign(answer), *_of_either_sign(reference))):
        if name not in instance.scalars:
            continue
        other = instance.changed({name: -Fraction(instance.scalars[name])})
        try:
            point = _valued_in_any_arithmetic(answer, reference, other)
        except _AnswerWithoutValueError:
            return Comparison(None, tuple(points), reason="The answer has no value at some points.")
        except (_AnswerSingularError, DomainError, NotRationalError):
            continue
        if not same_matrix(point.instance, point.answer, point.reference):
            known = not point.instance.is_uninterpreted
            return Comparison(False if known else None, (*points, point),
                              reason="" if known else "Of one of its functions only the name is known.")  # fmt: skip
    return None


def _of_either_sign(tree: Tree) -> Iterator[sympy.Symbol]:
    """The numbers that may be negative and stand in a function or a root, whose domain and branches follow the sign."""
    for node in walk(tree):
        is_root = isinstance(node, Scalar) and any(not power.exp.is_integer for power in node.value.atoms(sympy.Pow))
        if is_root or isinstance(node, Applied) or (isinstance(node, Scalar) and node.value.has(sympy.Function)):
            yield from (name for name in scalars_of(node) if not name.is_nonnegative)


def _differing_in_proper(answer: Tree, reference: Tree, rng: random.Random, general: bool) -> Point | None:
    """A point of numbers between 0 and 1, where an answer that has no value elsewhere may have one, and a wrong one."""
    trees = (reference, answer)
    for _ in range(FRIENDLY_POINTS):
        sizes = draw_sizes(trees, rng)
        try:
            point = _point_of(trees, rng, sizes, friendly=True, general=general, ordered=False, proper=True)
        except (_AnswerSingularError, _AnswerWithoutValueError, DomainError, NotRationalError):
            continue
        if not same_matrix(point.instance, point.answer, point.reference):
            return None if point.instance.is_uninterpreted else point
    return None


def _friendlier(answer: Tree, reference: Tree, rng: random.Random, general: bool) -> Point | None:
    """A point of small numbers at which the two differ; most expressions that differ do so at the first."""
    for point in _friendly_points(answer, reference, rng, general):
        if not same_matrix(point.instance, point.answer, point.reference):
            return point
    return None


def _friendly_points(answer: Tree, reference: Tree, rng: random.Random, general: bool) -> Iterator[Point]:
    for _ in range(FRIENDLY_POINTS):
        try:
            yield _point(answer, reference, rng, friendly=True, general=general, ordered=False)
        except (_AnswerSingularError, _AnswerWithoutValueError, DomainError, NotRationalError):
            continue


def diagnostic_points(answer: Tree, reference: Tree, *, general: bool = False) -> tuple[Point, ...]:
    """A friendly point and a random one, parameters squares, on which a suspected mistake is tried out."""
    rng = random.Random(0)
    trees = (reference, answer)
    points: list[Point] = []
    for friendly in (True, False):
        for _ in range(TRIES):
            instance = DrawnInstance(trees, rng, friendly=friendly, squares=True, general=general)
            try:
                points.append(_valued_in_any_arithmetic(answer, reference, instance))
                break
            except (DomainError, _AnswerSingularError):
                continue
            except (_AnswerWithoutValueError, NotRationalError):
                return ()
        else:
            return ()
    return tuple(points)


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
            points.append(_valued_in_any_arithmetic(answer, reference, instance))
    except (DomainError, NotRationalError, _AnswerSingularError, _AnswerWithoutValueError):
        return ()
    return tuple(points)


class _AnswerWithoutValueError(Exception):
    """A function of the answer has no real value at this point, as the logarithm of a negative number."""


class _AnswerSingularError(Exception):
    """A matrix that the answer inverts has no inverse at this point, though the reference has a value."""


def _point(
    answer: Tree,
    reference: Tree,
    rng: random.Random,
    *,
    friendly: bool,
    general: bool,
    ordered: bool = True,
    used_sizes: Mapping[sympy.Symbol, set[int]] | None = None,
) -> Point:
    """Both values on a new instance.

    The reference may have no value at some points, as an inverse of X'X where X was drawn with more columns than
    rows: then another point is drawn. Raises DomainError when it has none at any of them.
    """
    trees = (reference, answer)
    for tries_left in reversed(range(TRIES)):
        # The sizes that are left over may all be such: then any will do.
        late = tries_left <= TRIES // 2
        sizes = draw_sizes(trees, rng, None if late else used_sizes)
        try:
            # What has no value at large numbers may have one at proper fractions, as log(μ/(1 − μ)).
            return _point_of(trees, rng, sizes, friendly=friendly, general=general, ordered=ordered, proper=late)
        except DomainError:
            if not tries_left:
                raise
    raise AssertionError("The last try returns or raises.")


def _point_of(
    trees: tuple[Tree, Tree],
    rng: random.Random,
    sizes: dict[sympy.Symbol, int],
    *,
    friendly: bool,
    general: bool,
    ordered: bool,
    proper: bool,
) -> Point:
    """Both values at these sizes: rational where it can be, with squares for parameters where roots occur, in balls
    otherwise."""
    reference, answer = trees

    def drawn(squares: bool) -> DrawnInstance:
        return DrawnInstance(
            trees, rng, friendly=friendly, squares=squares, general=general, ordered=ordered, sizes=sizes, proper=proper
        )

    if friendly:
        try:
            return _valued(answer, reference, drawn(squares=False))
        except NotRationalError:
            pass
    instance = drawn(squares=True)
    try:
        return _valued(answer, reference, instance)
    except NotRationalError:
        return _valued(answer, reference, instance.in_balls())


def _valued_in_any_arithmetic(answer: Tree, reference: Tree, instance: DrawnInstance) -> Point:
    """Both values, rational where they can be, otherwise in balls."""
    try:
        return _valued(answer, reference, instance)
    except NotRationalError:
        return _valued(answer, reference, instance.in_balls())


def _valued(answer: Tree, reference: Tree, instance: DrawnInstance) -> Point:
    expected = instance.value(reference)
    if not _is_finite(instance, expected):
        raise DomainError("A function has no real value at this point.")
    try:
        found = instance.value(answer)
    except DomainError as error:
        raise _AnswerSingularError(str(error)) from None
    if not _is_finite(instance, found):
        raise _AnswerWithoutValueError
    return Point(instance, found, expected)


def _is_finite(instance: DrawnInstance, matrix: Matrix) -> bool:
    """Whether each entry has a value: a ball that is no number overlaps with any, and so shows nothing."""
    if not isinstance(instance.arithmetic, Balls):
        return True
    return all(entry.is_finite() for line in instance.arithmetic.entries(matrix) for entry in line)


def shown_number(number: Any) -> str:
    """A number of any arithmetic as short text: exact for rationals, eight digits for balls."""
    if not isinstance(number, arb):
        return str(number)
    double = float(number.mid())
    return f"{double:.8g}" if isfinite(double) else number.str(8, radius=False)
