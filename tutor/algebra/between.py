"""The steps between two given forms: both are brought to normal forms, and a search by laws joins what is left.

First the two are valued on exact instances: where they differ there is nothing to derive, and the instance tells so.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

import sympy
from flint import arb

from tutor.algebra.affine import is_random
from tutor.algebra.applied import Indexed
from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.indices import carries
from tutor.algebra.laws.blocks import SCHUR
from tutor.algebra.laws.inverse_of_sums import INVERSES_OF_SUMS
from tutor.algebra.laws.joining import ordered
from tutor.algebra.laws.moments import definition_of
from tutor.algebra.laws.woodbury import LOW_RANK
from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.parameters import definitions_of
from tutor.algebra.reasoning import NORMAL, SHORTER, named
from tutor.algebra.rules import Derivation, Rule, Step, apply, derive_first, turned, without_detours
from tutor.algebra.singular import require_inverses
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.display import writer
from tutor.errors import DomainError, NoDerivationError, NotEqualError, ShapeError

MOST_NODES = 60
"""Forms from which the search goes on before it gives up."""

MOST_WORK = 1_500
"""Nodes of all forms together that are brought to normal forms: a few seconds."""

INSTANCES = 4
"""Exact instances on which both ends are valued."""

TRIES = 40

SMALL_TRIES = 5

SAME_TERMS = "the terms of a sum may stand in any order"
SAME_NUMBERS = "numbers may be multiplied in any order, and each is its own transpose"


def derivation_between(start: Tree, goal: Tree, rules: Iterable[Rule] = (), names: Iterable[Symbol] = ()) -> Derivation:
    """The steps that lead from one tree to another.

    ``rules`` hold beside the laws, as Var(y) = V; ``names`` are those that may be used beside the ones in both.

    Raises
    ------
    ShapeError
        When the shapes differ.
    NotEqualError
        When the values differ on an exact instance, which it carries.
    DomainError
        When a matrix is inverted that is known to have no inverse.
    NoDerivationError
        When the laws do not join the two within the bounds of the search.

    >>> from tutor.algebra.build import symbol
    >>> X, V = symbol("X", "n", "p", facts=["full column rank"]), symbol("V", "n", "n", facts=["positive definite"])
    >>> A = (X.T @ V.inv() @ X).inv() @ X.T @ V.inv()
    >>> derivation_between(A @ V @ A.T, (X.T @ V.inv() @ X).inv()).result == (X.T @ V.inv() @ X).inv()
    True
    """
    if not same_shape(start.shape, goal.shape):
        raise ShapeError("sum", [(writer().inline(tree), tree.shape) for tree in (start, goal)])
    require_inverses(start, goal)
    instances = require_equal(start, goal)
    steps = _short(start, goal)
    if steps is None:
        steps = _Search(start, goal, tuple(rules), tuple(names)).run()
    if steps is None:
        raise NoDerivationError(
            f"The laws that are known do not lead from {writer().inline(start)} to {writer().inline(goal)}.",
            tip=(
                f"On {instances} instances that were tried the two are equal."
                if instances
                else "No instance was found on which both have a value."
            )
            + " Ask for a form between them first.",
        )
    return without_detours(start, steps)


def require_equal(start: Tree, goal: Tree) -> int:
    """Raise NotEqualError, with the instance, where the values of two trees of one shape differ on one.

    Otherwise the number of instances on which both have a value.
    """
    rng = random.Random(0)
    seen = 0
    for attempt in range(TRIES):
        if seen == INSTANCES:
            break
        try:
            # Small numbers first, squares where roots occur, and fractions below 1 as correlations are.
            instance = DrawnInstance(
                [start, goal], rng, friendly=attempt % 2 == 0, squares=attempt % 4 > 0, proper=attempt % 4 == 3
            )
            found = _valued(start, goal, instance)
        except DomainError:
            continue
        if found is None:
            continue
        seen += 1
        small = attempt > 0  # the first instance is of small numbers itself
        if found.place is not None and not instance.is_uninterpreted:
            raise _not_equal(start, goal, (small and _in_small_numbers(start, goal)) or found)
    return seen


@dataclass(frozen=True, slots=True)
class _Valued:
    """Two trees on an instance, and the first cell in which they differ, counted from 1, with its values."""

    instance: DrawnInstance
    place: tuple[int, int] | None = None
    values: tuple[object, object] = (None, None)


def _valued(start: Tree, goal: Tree, instance: DrawnInstance) -> _Valued | None:
    """Both values, in balls where a logarithm or a root is not rational; None where a number has no value."""
    try:
        left, right = instance.value(start), instance.value(goal)
    except NotRationalError:
        instance = instance.in_balls()
        try:
            left, right = instance.value(start), instance.value(goal)
        except NotRationalError:
            return None
        if not all(x.is_finite() for value in (left, right) for line in value.tolist() for x in line):
            return None
    entries = instance.arithmetic.entries
    for i, (mine, theirs) in enumerate(zip(entries(left), entries(right), strict=True)):
        for j, (x, y) in enumerate(zip(mine, theirs, strict=True)):
            if not (x.overlaps(y) if isinstance(x, arb) else x == y):
                return _Valued(instance, (i + 1, j + 1), (x, y))
    return _Valued(instance)


def _in_small_numbers(start: Tree, goal: Tree) -> _Valued | None:
    """A difference at small numbers in matrices, and 2, 3, 4, … for the parameters; None where there is none."""
    for seed in range(SMALL_TRIES):
        try:
            instance = DrawnInstance([start, goal], random.Random(seed), friendly=True)
            letters = sorted(_parameters(instance), key=lambda letter: (len(letter.name), letter.name))
            small = {letter: Fraction(number) for number, letter in enumerate(letters, start=2)}
            found = _valued(start, goal, instance.changed(small))
        except (DomainError, ZeroDivisionError):
            continue
        if found is not None and found.place is not None:
            return found
    return None


def _parameters(instance: DrawnInstance) -> dict[sympy.Symbol, Fraction]:
    """The letters of an instance that are no sizes, with their values."""
    return {letter: value for letter, value in instance.scalars.items() if letter not in instance.sizes}


def _not_equal(start: Tree, goal: Tree, found: _Valued) -> NotEqualError:
    assert found.place is not None
    bound = {node.index for tree in definitions_of(start, goal) for node in walk(tree) if isinstance(node, Indexed)}
    values = {**found.instance.sizes, **_parameters(found.instance)}
    letters = {letter: value for letter, value in values.items() if not any(carries(letter, index) for index in bound)}
    told = ", ".join(f"{writer().inline(letter)} = {value}" for letter, value in letters.items())
    where = f" at {told}" if told else " where their letters have values drawn for them"
    cell = "it" if start.is_scalar else f"entry ({found.place[0]}, {found.place[1]})"
    names = [writer().inline(tree) for tree in (start, goal)]
    x, y = (value.str(6, radius=False) if isinstance(value, arb) else value for value in found.values)
    problem = f"{names[0]} and {names[1]} are not equal:{where} {cell} is {x} in the first and {y} in the second."
    return NotEqualError(problem, instance=found.instance, place=found.place, values=found.values)


def _reordered(start: Tree, goal: Tree) -> list[Step]:
    """The step between trees that differ in the order of terms, or as a'b from b'a, only; none between equal ones."""
    if start == goal:
        return []
    only_order = ordered(start, numbers=False) == ordered(goal, numbers=False)
    return [Step("order-of-terms", SAME_TERMS if only_order else SAME_NUMBERS, start, goal)]


def _short(start: Tree, goal: Tree) -> list[Step] | None:
    """Steps by laws that cancel and shorten alone, where these are enough; between numbers, by arithmetic."""
    if isinstance(start, Scalar) and isinstance(goal, Scalar):
        same = sympy.cancel(start.value - goal.value) == 0
        return [Step("arithmetic", "by arithmetic", start, goal)] if same and start != goal else [] if same else None
    left, right = derive_first(start, SHORTER), derive_first(goal, SHORTER)
    for place, line in enumerate(left.lines):
        if ordered(line) == ordered(goal):
            return [*left.steps[:place], *_reordered(line, goal)]
    if ordered(left.result) != ordered(right.result):
        return None
    return [*left.steps, *_reordered(left.result, right.result), *map(turned, reversed(right.steps))]


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that one end can be brought to, by these steps."""

    tree: Tree
    steps: tuple[Step, ...]


class _Search:
    """Best first, from both ends: the form that is shortest and most like the other end goes on first."""

    def __init__(self, start: Tree, goal: Tree, rules: tuple[Rule, ...], names: tuple[Symbol, ...]) -> None:
        self._ends = (start, goal)
        self._normal = (*rules, *NORMAL)
        self._moves = (*SCHUR, *LOW_RANK, *INVERSES_OF_SUMS, *_definitions(start, goal, *names))
        self._work = 0
        self._found: tuple[dict[Tree, _Form], dict[Tree, _Form]] = ({}, {})
        self._open: list[tuple[int, int, int, Tree]] = []
        self._count = count()
        self._largest = 3 * max(map(_size, self._ends)) + 40

    def run(self) -> list[Step] | None:
        """The steps from start to goal; None where the forms do not meet."""
        for side, end in enumerate(self._ends):
            met = self._reach(side, end, ())
            if met is not None:
                return met
        for _ in range(MOST_NODES):
            if not self._open or self._work > MOST_WORK:
                return None
            *_, side, key = heapq.heappop(self._open)
            form = self._found[side][key]
            for move in self._moves:
                step = apply(move, form.tree)
                if step is None or _size(step.after) > self._largest:
                    continue
                met = self._reach(side, step.after, (*form.steps, step))
                if met is not None:
                    return met
        return None

    def _reach(self, side: int, tree: Tree, steps: tuple[Step, ...]) -> list[Step] | None:
        """Note the normal form of a tree; the steps between both ends where the other side knows it already."""
        self._work += _size(tree)
        normal = derive_first(tree, self._normal)
        for place, line in enumerate(normal.lines):
            key = ordered(line)
            if key in self._found[side]:
                continue
            form = _Form(line, (*steps, *normal.steps[:place]))
            self._found[side][key] = form
            other = self._found[1 - side].get(key)
            if other is not None:
                return _joined(form, other) if side == 0 else _joined(other, form)
            if place in (0, len(normal.steps)):
                heapq.heappush(self._open, (self._cost(side, line), next(self._count), side, key))
        return None

    def _cost(self, side: int, tree: Tree) -> int:
        other = set(symbols_of(self._ends[1 - side]))
        return _size(tree) + 5 * len(other ^ set(symbols_of(tree)))


def _size(tree: Tree) -> int:
    return sum(1 for _ in walk(tree))


def _joined(left: _Form, right: _Form) -> list[Step]:
    return [*left.steps, *_reordered(left.tree, right.tree), *map(turned, reversed(right.steps))]


def _definitions(*trees: Tree) -> list[Rule]:
    """The rules that put definitions for names and names for definitions, of all names that the trees speak of."""
    found: dict[Symbol, None] = {}
    for tree in definitions_of(*trees):
        for symbol in symbols_of(tree):
            if symbol.definition is not None and not isinstance(symbol.definition, Explicit):
                found[symbol] = None
    rules: list[Rule] = []
    for symbol in found:
        told = f"{writer().inline(symbol)} = {writer().inline(symbol.definition)}"
        rules.append(definition_of(symbol, told))
        if not is_random(symbol):
            rules.append(named(symbol))
    return rules
