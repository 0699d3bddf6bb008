"""Witnesses of what is wrong where no cell of a value shows it: vectors and sizes that can be followed by hand.

A vector k with k'x = 0 for every column x of a matrix, and not for a column c, shows that c is no sum of multiples of
those columns. A vector k ≠ 0 with Mk = 0 shows that M has no inverse: M⁻¹Mk would be both k and 0.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from tutor.algebra.arithmetic import Matrix, NotRationalError
from tutor.algebra.balls import Balls
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Inverse
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.equal import Point
from tutor.checking.verdict import Cell, Counterexample
from tutor.errors import TutorError

MOST_ROWS = 12
"""Rows of a vector that is shown."""

TRIES = 5


@dataclass(frozen=True, slots=True)
class Outside:
    """A vector k with k'x = 0 for every column x of one matrix, and k'c = ``value`` for a column c of the other."""

    k: str
    column: int
    value: str
    of_answer: bool

    def counterexample(self) -> Counterexample:
        """The two numbers k'c and 0: by the one matrix c is a sum of multiples of the columns x, by the other not."""
        mine, theirs = (self.value, "0") if self.of_answer else ("0", self.value)
        return Counterexample({"k": self.k}, Cell(0, self.column), mine, theirs, "k'c")


def outside(point: Point, column: int, *, of_answer: bool) -> Outside | None:
    """What shows that a column of the answer, or of the reference, is no sum of multiples of the other's columns; None
    for long columns, and where letters stand in them."""
    instance = point.instance
    own, other = (point.answer, point.reference) if of_answer else (point.reference, point.answer)
    rows, _ = instance.arithmetic.shape(own)
    if rows > MOST_ROWS or instance.sizes or instance.scalars or isinstance(instance.arithmetic, Balls):
        return None
    c = _rational(instance.arithmetic.entries(own))[:, column]
    for k in _rational(instance.arithmetic.entries(other)).T.nullspace():
        whole = _whole(k)
        value = whole.dot(c)
        if value != 0:
            return Outside(_told(whole), column, str(value), of_answer)
    return None


@dataclass(frozen=True, slots=True)
class Singular:
    """A matrix that an answer inverts, its rank and its rows, and a vector that it maps to 0 where one is shown."""

    matrix: str
    rank: int
    rows: int
    k: str | None = None

    @property
    def sentence(self) -> str:
        """What is said of it, without a full stop."""
        shown = "" if self.k is None else f": {self.matrix} k = 0 for the vector k = {self.k}"
        return f"{self.matrix} has no inverse{shown}"

    def counterexample(self) -> Counterexample:
        """The rank of the matrix, and the one that it would need."""
        values = {} if self.k is None else {"k": self.k}
        return Counterexample(values, Cell(0, 0), str(self.rank), str(self.rows), f"the rank of {self.matrix}")


def singular(answer: Tree, asked: Tree, *, general: bool = False) -> Singular | None:
    """The first matrix that the answer inverts and that has no inverse at a point of small numbers."""
    inverted = [node.tree for node in walk(answer) if isinstance(node, Inverse)]
    rng = random.Random(0)
    for _ in range(TRIES):
        try:
            instance = DrawnInstance((asked, answer), rng, friendly=True, general=general)
        except TutorError:
            continue
        for tree in inverted:
            try:
                value: Matrix = instance.value(tree)
                rank, rows = instance.arithmetic.rank(value), instance.arithmetic.shape(value)[0]
            except (TutorError, NotRationalError, ArithmeticError):
                continue
            if rank < rows:
                small = rows <= MOST_ROWS and not instance.sizes
                k = _rational(instance.arithmetic.entries(value)).nullspace()[0] if small else None
                return Singular(str(tree), rank, rows, None if k is None else _told(_whole(k)))
    return None


def sizes(answer: Tree, asked: Tree) -> Counterexample | None:
    """The number of rows, or else of columns, in which two shapes differ."""
    for what, mine, theirs in zip(("rows", "columns"), answer.shape, asked.shape, strict=True):
        if mine != theirs:
            return Counterexample({}, Cell(0, 0), str(mine), str(theirs), f"the number of {what}")
    return None


def _rational(entries: Sequence[Sequence[Any]]) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(int(x.p), int(x.q)) for x in line] for line in entries])


def _whole(k: sympy.Matrix) -> sympy.Matrix:
    """A multiple of a vector with whole numbers as small as can be, the first that is not 0 positive."""
    numbers = k.flat()
    scaled = k * sympy.ilcm(1, *(x.q for x in numbers))
    divisor = sympy.igcd(*scaled.flat())
    first = next(x for x in scaled.flat() if x != 0)
    return scaled / (divisor if first > 0 else -divisor)


def _told(k: sympy.Matrix) -> str:
    return f"({', '.join(str(x).replace('-', '−') for x in k.flat())})"
