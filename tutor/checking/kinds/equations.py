"""Equations where both sides matter: identities, and systems as H_0: L'β = 0 up to a nonsingular row transformation.

An identity, Var(Ay) = A Var(y) A', holds for all values, and an answer has to hold for all of them with the same value.
A system says something of unknown numbers: effects, or variances where there are no effects. Two systems of linear
equations say the same if and only if each row of the one, with its right side, is a sum of multiples of the rows of the
other: rank (A | a) = rank (B | b) = rank of both below one another. The rows are those of exact random instances, at
which all else, as V in X'V⁻¹Xβ = X'V⁻¹y, has random values; that a row lies outside is certain at one of them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import sympy

from tutor.algebra.arithmetic import Exact, Matrix, NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.drawn_sizes import draw_sizes
from tutor.algebra.nodes import Identity, Scalar, Scaled, Sum, Symbol
from tutor.algebra.parameters import scalars_of
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking import feedback
from tutor.checking.answers import Answer
from tutor.checking.demanded import wrong_form
from tutor.checking.equal import RANDOM_POINTS, compare
from tutor.checking.expressions import unreadable
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.statements import statements_of
from tutor.checking.misconceptions.edit import replaced_everywhere
from tutor.checking.shapes import shapes_do_not_meet
from tutor.checking.verdict import Cell, Counterexample, Credit, Part, Verdict
from tutor.checking.words import told_values
from tutor.errors import ShapeError, TutorError
from tutor.notation.names import unicode_name
from tutor.notation.statement import Equation, Hypothesis, Statement

ALTERNATIVES = re.compile(r"H_?\{?(?:1|[aA])\}?")
_HAT = re.compile(r"\\(?:wide)?(?:hat|tilde)\s*(\{[^{}]*\}|\\?[A-Za-z]+)|[\u0302\u0303]")


@dataclass(frozen=True, slots=True)
class System:
    """Equations in unknown numbers that hold together."""

    equations: tuple[Equation, ...]


def system_of(parts: Sequence[Statement]) -> System | None:
    """The system that statements make: a null hypothesis, and equations that are not true of all values. None for
    others, as G = σ²_u I."""
    found = tuple(_equations(parts))
    count = sum(isinstance(part, Equation | Hypothesis) for part in parts)
    if not found or count < len(parts) or any(_is_identity(equation) for equation in found):
        return None
    return System(found)


def _equations(parts: Iterable[Statement]) -> Iterable[Equation]:
    for part in parts:
        if isinstance(part, Hypothesis):
            if isinstance(part.relation, Equation) and not ALTERNATIVES.fullmatch(part.name):
                yield part.relation
        elif isinstance(part, Equation):
            yield part


def _is_identity(equation: Equation) -> bool:
    left, right = equation.sides[0], equation.sides[-1]
    return same_shape(left.shape, right.shape) and compare(left, right).same is not False


@judge.register
def judge_hypothesis(asked: Hypothesis, answer: Answer, request: Request) -> Verdict:
    """A null hypothesis, H_0: τ_1 = τ_2, in any equations that say the same."""
    system = system_of((asked,))
    if system is None:
        raise TutorError("Only a hypothesis that is an equation can be a reference.", tip="Write H_0: τ_1 = τ_2.")
    return judge_system(system, answer, request)


@judge.register
def judge_equation(asked: Equation, answer: Answer, request: Request) -> Verdict:
    """An identity, of which the answer writes both sides, or an equation in unknown numbers."""
    if not _is_identity(asked):
        return judge_system(System((asked,)), answer, request)
    verdict = judge(asked.sides[-1], answer, request)
    if verdict.outcome == "correct" and verdict.form is None and isinstance(answer, str) and "=" not in answer:
        told = f"True, but an equation was asked for.\nWhat does it say about {asked.sides[0]}?"
        return wrong_form("one-side", told, request)
    return verdict


@judge.register
def judge_system(asked: System, answer: Answer, request: Request) -> Verdict:
    """Equations in unknown numbers: right are all that have the same solutions."""
    try:
        said = statements_of(_without_hats(answer), request.vocabulary)
    except ShapeError as error:
        return shapes_do_not_meet(error, request)
    except TutorError as error:
        return unreadable(error)
    mine = tuple(_equations(said))
    if not mine:
        return unreadable(TutorError("There is no equation here.", tip="Write both sides, as τ_1 − τ_2 = 0."))
    try:
        points = [_rows(asked.equations, mine) for _ in range(RANDOM_POINTS)]
    except ShapeError as error:
        return shapes_do_not_meet(error, request)
    except (TutorError, NotRationalError) as error:
        told = feedback.undecided(getattr(error, "problem", "it is not linear"))
        return Verdict("undecided", feedback=told, costs_attempt=False)
    for point in points:
        found = _compared(point)
        if not found.same:
            return _wrong(found, point, mine, _is_least_squares(asked, mine, request))
    return Verdict("correct", score=1.0, feedback="Yes.")


def _is_least_squares(asked: System, mine: Sequence[Equation], request: Request) -> bool:
    """Whether the answer is what was asked for with I in the place of V."""
    known = request.vocabulary.lookup("V")
    if known is None or not isinstance(known.tree, Symbol):
        return False
    simpler = []
    for equation in asked.equations:
        sides = equation.sides
        for variance in (known.tree, known.tree.definition):
            if variance is not None:
                sides = tuple(replaced_everywhere(side, variance, Identity(variance.rows)) for side in sides)
        simpler.append(replace(equation, sides=sides))
    return tuple(simpler) != asked.equations and _compared(_rows(simpler, mine)).same


def _without_hats(answer: Answer) -> Answer:
    """β̂ in the equations that define it is the unknown β."""
    return _HAT.sub(lambda found: (found[1] or "").strip("{}") + " ", answer) if isinstance(answer, str) else answer


@dataclass(frozen=True, slots=True)
class _Compared:
    """Whether two systems are one: ``lacking`` rows of the reference do not follow from the answer, ``stray`` equations
    of the answer do not follow from the reference; ``same_left`` where only right sides differ; ``share`` of the
    reference follows."""

    lacking: int
    stray: tuple[int, ...]
    same_left: bool
    share: float

    @property
    def same(self) -> bool:
        return not self.lacking and not self.stray


Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class _Point:
    """The rows of both systems on one random instance, those of the answer by equation; ``unknown`` names the columns
    but the last one, which is the constant."""

    reference: Rows
    answer: list[Rows]
    unknown: tuple[sympy.Symbol, ...]

    @property
    def own(self) -> Rows:
        return [row for rows in self.answer for row in rows]


def _compared(point: _Point) -> _Compared:
    theirs, own = point.reference, point.own
    lacking = sum(_rank([*own, row]) > _rank(own) for row in theirs)
    stray = tuple(
        i for i, rows in enumerate(point.answer) if any(_rank([*theirs, row]) > _rank(theirs) for row in rows)
    )
    left, other = [row[:-1] for row in own], [row[:-1] for row in theirs]
    same_left = _rank(left) == _rank(other) == _rank([*left, *other])
    return _Compared(lacking, stray, same_left, 0.0 if stray else _rank(own) / max(1, _rank(theirs)))


def _rank(rows: Rows) -> int:
    if not rows:
        return 0
    cells = {(i, j): value for i, row in enumerate(rows) for j, value in enumerate(row)}
    return Exact().rank(Exact().matrix(len(rows), len(rows[0]), cells))


def _wrong(found: _Compared, point: _Point, mine: Sequence[Equation], is_least_squares: bool) -> Verdict:
    if is_least_squares:
        key, told = "ols-for-gls", "This weighs all observations alike, as if they did not vary together."
        ask = "Which matrix holds the variances and covariances of y?"
    elif _is_turned(point):
        key, told, ask = "sign", "A sign is turned round.", "What is subtracted from what?"
    elif found.same_left and found.stray:
        key, told, ask = "wrong-constant", "A right side is another one.", "Which value is it compared with?"
    elif not found.stray:
        key, told, ask = "missing-equation", "What you say is part of it, and says less.", "What else is equal?"
    elif not found.lacking:
        key, told, ask = "extra-equation", "It says more than was asked for.", "What need not be equal?"
    else:
        key, told, ask = "wrong-comparison", "It compares other things.", "What is compared with what?"
    names = tuple(Part(f"equation {i + 1}" if len(mine) > 1 else "the equation") for i in found.stray)
    example = _example(point)
    lines = [f"Not yet. {told}", *([example[1]] if example else []), ask]
    credit = Credit("equations", 1.0, found.share, f"{found.share:.0%} of what was asked for follows")
    return Verdict("incorrect", score=found.share, misconception=key, where=names, feedback="\n".join(lines),
                   counterexample=example[0] if example else None, credit=(credit,),
                   nudge="Not yet. Look at both sides of each equation.")  # fmt: skip


MOST_TURNED = 40
"""Coefficients of an answer of which each is tried with the other sign."""


def _is_turned(point: _Point) -> bool:
    """Whether the answer is what was asked for with one coefficient of the other sign."""
    places = [
        (number, place, column)
        for number, rows in enumerate(point.answer)
        for place, row in enumerate(rows)
        for column, value in enumerate(row[:-1])
        if value != 0
    ]
    if len(places) > MOST_TURNED:
        return False
    return any(_compared(_with_other_sign(point, *place)).same for place in places)


def _with_other_sign(point: _Point, number: int, place: int, column: int) -> _Point:
    """The same with one coefficient of one equation of the answer negated."""
    turned = [[list(row) for row in rows] for rows in point.answer]
    turned[number][place][column] = -turned[number][place][column]
    return replace(point, answer=turned)


MOST_SHOWN = 12
"""Unknown numbers of which a counterexample tells the values."""


def _example(point: _Point) -> tuple[Counterexample, str] | None:
    """Numbers that fulfil the one system and not the other, where the coefficients are such that one can see it."""
    every = [*point.reference, *point.own]
    if len(point.unknown) > MOST_SHOWN or any(abs(cell.p) > MOST_COEFFICIENT for row in every for cell in row):
        return None
    for held, broken, is_answer in ((point.own, point.reference, True), (point.reference, point.own, False)):
        values = _solution(held, broken, len(point.unknown))
        if values is not None:
            at = {unicode_name(letter.name): str(value) for letter, value in zip(point.unknown, values, strict=True)}
            off = next(off for row in broken if (off := _value(row, values)) != 0)
            numbers = ("0", str(off)) if is_answer else (str(off), "0")
            told = "your equations hold, and what was asked for does not" if is_answer else (
                "what was asked for holds, and your equations do not")  # fmt: skip
            example = Counterexample(at, Cell(0, 0), *numbers, quantity="left side less right side")
            return example, f"At {told_values(at)} {told}."
    return None


MOST_COEFFICIENT = 1000


def _solution(held: Rows, broken: Rows, count: int) -> list[Any] | None:
    """Small numbers at which the rows of the one system are 0, and a row of the other is not."""
    names = sympy.symbols(f"x0:{count}")
    sums = [_value(row, names) for row in held]
    for general in sympy.linsolve(sums, *names) if sums else [sympy.Tuple(*names)]:
        for step in range(count + 1):
            chosen = {name: sympy.Integer((i + 1) * (i >= step)) for i, name in enumerate(names)}
            values: list[Any] = [part.subs(chosen) for part in general.args]
            if any(_value(row, values) != 0 for row in broken):
                return values
    return None


def _value(row: list[Any], values: Sequence[sympy.Expr]) -> sympy.Expr:
    numbers = [sympy.Rational(int(cell.p), int(cell.q)) for cell in row]
    return sympy.Add(*(number * value for number, value in zip(numbers[:-1], values, strict=True)), numbers[-1])


def _rows(theirs: Sequence[Equation], mine: Sequence[Equation]) -> _Point:
    """The coefficients of the unknown numbers in each equation, the constant last, on one random instance."""
    wanted = [list(_differences(equation)) for equation in (*theirs, *mine)]
    trees = [tree for each in wanted for tree in each]
    rng = random.SystemRandom()
    instance = DrawnInstance(trees, rng, sizes=draw_sizes(trees, rng))
    for tree in trees:
        instance.value(tree)
    effects = [letter for letter in instance.scalars if not letter.is_nonnegative]
    written = {letter for tree in trees for letter in scalars_of(tree)}
    unknown = effects or [letter for letter in instance.scalars if letter in written]
    rows = [[row for tree in each for row in _linear(tree, instance, unknown)] for each in wanted]
    reference = [row for each in rows[: len(theirs)] for row in each]
    return _Point(reference, rows[len(theirs) :], tuple(unknown))


def _differences(equation: Equation) -> Iterable[Tree]:
    """Each side less the next one."""
    for left, right in zip(equation.sides, equation.sides[1:], strict=False):
        yield Sum((left, Scaled(Scalar(sympy.Integer(-1)), right)))


def _linear(tree: Tree, instance: DrawnInstance, unknown: Sequence[sympy.Symbol]) -> Rows:
    """The rows of a linear function of the unknown numbers: its value where all are 0, and where each is 1 in turn.

    Raises
    ------
    TutorError
        When it is not linear.
    """

    def flat(values: dict[sympy.Symbol, Fraction]) -> list[Any]:
        matrix: Matrix = instance.changed(values).value(tree)
        return [cell for row in instance.arithmetic.entries(matrix) for cell in row]

    nothing = dict.fromkeys(unknown, Fraction(0))
    constant = flat(nothing)
    columns = [[x - c for x, c in zip(flat({**nothing, letter: Fraction(1)}), constant, strict=True)]
               for letter in unknown]  # fmt: skip
    rows = [[*(column[i] for column in columns), constant[i]] for i in range(len(constant))]
    point = {letter: instance.scalars[letter] for letter in unknown}
    values = flat(point)
    weights = [instance.arithmetic.rational(*point[letter].as_integer_ratio()) for letter in unknown]
    for row, value in zip(rows, values, strict=True):
        if sum((c * w for c, w in zip(row[:-1], weights, strict=True)), row[-1]) != value:
            raise TutorError("It is not linear in what is unknown.")
    return [row for row in rows if any(cell != 0 for cell in row)]
