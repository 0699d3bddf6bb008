"""The counterexample that a wrong answer is told: the values that matter, the cell, and what the cell is."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from math import isfinite
from typing import Any

import numpy as np
import sympy

from tutor.algebra.arithmetic import Exact, NotRationalError
from tutor.algebra.budget import within
from tutor.algebra.defined_letter import defined_letters
from tutor.algebra.doubles import Floating
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.labels import labels
from tutor.algebra.nodes import Expectation, Symbol, Variance
from tutor.algebra.tree import Tree
from tutor.checking.misconceptions.roles import is_correlation
from tutor.checking.points import Point, cells_differ, same_matrix, shown_numbers
from tutor.checking.probe import Probe
from tutor.checking.verdict import Cell, Counterexample
from tutor.errors import TutorError
from tutor.notation.names import unicode_name
from tutor.notation.vocabulary import Vocabulary

SHOWN_PARAMETERS = 8
TRIED_PARAMETERS = 60
TRYING_SECONDS = 0.2

ROUNDING = 1e-11
"""Of a cell in doubles: what changes by no more of it is taken not to change."""

APART = 1e-6
"""The share of the largest cell by which two matrices differ in doubles, if they do at small numbers."""

_FAULTS = (TutorError, NotRationalError, ArithmeticError, ValueError)


CORRELATIONS = (
    (Fraction(1, 2),),
    (Fraction(1, 2), Fraction(1, 4), Fraction(1, 8), Fraction(1, 16)),
    (Fraction(1, 3),),
    (Fraction(-1, 10),),
)
"""Values for the correlations of a counterexample, the later ones where the earlier show no difference. Each set is
within the domain of AR(1), of compound symmetry in up to ten rows, and of correlations by distance or by pairs."""


def _within_domain(point: Point, answer: Tree, asked: Tree) -> Point:
    """The point with each correlation between −1 and 1, as far as the two values differ there too.

    A difference is certain wherever the numbers are, but a correlation of −7 convinces nobody.
    """
    names = [name for name in sorted(point.instance.scalars, key=str) if is_correlation(name)]
    if not names or point.column is not None or not point.wrong_cells:
        return point
    for told in CORRELATIONS:
        values = {name: told[min(place, len(told) - 1)] for place, name in enumerate(names)}
        instance = point.instance.changed(values)
        try:
            moved = Point(instance, instance.value(answer), instance.value(asked))
        except (TutorError, NotRationalError, ArithmeticError):
            continue
        if moved.wrong_cells:
            return moved
    return point


def cells_of(asked: Tree, places: Iterable[tuple[int, int]]) -> tuple[Cell, ...]:
    """Cells of what was asked for, by row and column, with their labels where they are known."""
    rows, columns = labels(asked)
    return tuple(Cell(i, j, rows[i] if rows else None, columns[j] if columns else None) for i, j in places)


def counterexample(
    point: Point, answer: Tree, asked: Tree, vocabulary: Vocabulary, *, beside: Point | None = None
) -> Counterexample | None:
    """The first cell in which an answer and what was asked for differ, with correlations in their domain.

    ``beside`` is another point with the value of what was asked for, which may cost less to compare with.
    """
    point = _within_domain(point, answer, asked)
    wrong = point.wrong_cells
    if not wrong:
        return None
    row, column = wrong[0]
    entry = point.instance.arithmetic.entry
    (cell,) = cells_of(asked, [(row, column)])
    cells = _Cells(point, answer, asked, row, column)
    return Counterexample(
        {unicode_name(name.name): str(value) for name, value in _relevant(point, cells).items()},
        cell,
        *shown_numbers(entry(point.answer, row, column), entry(point.reference, row, column)),
        "" if asked.is_scalar else _moment(cell, beside or point, vocabulary, cells) or _entry(cell),
    )


def _moment(cell: Cell, point: Point, vocabulary: Vocabulary, cells: _Cells) -> str | None:
    """Var(y_11), Cov(u_1, u_2) or E(y_11), where what was asked for is the variance or the mean of such a vector."""

    def is_asked(moment: Tree) -> bool:
        return cells.may_be_asked(moment) and _is(moment, point)

    for name in vocabulary:
        vector = name.tree
        if not isinstance(vector, Symbol) or vector.role != "random":
            continue
        if not _has_its_rows(vector, point):
            continue
        row, column = _element(vector, cell.row), _element(vector, cell.column)
        if row is not None and column is not None and is_asked(Variance(vector)):
            return f"Var({row})" if row == column else f"Cov({row}, {column})"
        if row is not None and cell.column == 0 and is_asked(Expectation(vector)):
            return f"E({row})"
    return None


def _has_its_rows(vector: Symbol, point: Point) -> bool:
    """Whether a vector is as long as what was asked for; one of a length that the point has not is not."""
    try:
        return point.instance.size(vector.rows) == point.instance.arithmetic.shape(point.reference)[0]
    except TutorError:
        return False


def _is(moment: Tree, point: Point) -> bool:
    """Whether a moment has the value of what was asked for; a moment without a value has not, nor one too large."""
    if point.column is not None:
        return False
    try:
        value = point.instance.value(moment)
    except (TutorError, NotRationalError):
        return False
    arithmetic = point.instance.arithmetic
    same_shape = arithmetic.shape(value) == arithmetic.shape(point.reference)
    return same_shape and same_matrix(point.instance, value, point.reference)


def _element(vector: Symbol, place: int) -> str | None:
    """The name of an element of a vector, of which a label may be the first word: y_11."""
    if vector.entries is not None:
        elements = vector.entries.flat()
        return unicode_name(str(elements[place])) if place < len(elements) else None
    label = vector.row_labels[place] if vector.row_labels and place < len(vector.row_labels) else ""
    return _first_word(label) if "_" in label else None


def _entry(cell: Cell) -> str:
    """A cell by its labels, of observations only their names, or by its place."""
    if cell.row_label is None:
        return f"the entry in {cell.name}"
    column = None if cell.column_label is None else _first_word(cell.column_label)
    return f"the entry ({_first_word(cell.row_label)}{'' if column is None else f', {column}'})"


def _first_word(label: str) -> str:
    """y_11 of a label that starts with the name of an element, y_11  τ1 b1; any other label as it is."""
    first = label.split()[0] if label.split() else label
    return first if "_" in first else label


def _relevant(point: Point, cells: _Cells) -> dict[sympy.Symbol, Fraction | int]:
    """The parameters on which the cell depends, by trying other values for each, and the sizes."""
    instance = point.instance
    scalars = sorted(
        instance.scalars.items(), key=lambda item: (not item[0].is_positive, len(item[0].name), item[0].name)
    )
    tried = scalars[:TRIED_PARAMETERS]
    kept = within(
        TRYING_SECONDS,
        lambda: list(islice((pair for pair in tried if _matters(*pair, cells)), SHOWN_PARAMETERS)),
        tried[:SHOWN_PARAMETERS],
    )
    return {**dict(kept), **instance.sizes, **_defined(instance, cells)}


def _defined(instance: DrawnInstance, cells: _Cells) -> dict[sympy.Symbol, Fraction]:
    """The values of letters that are made of others, as S_xx of x."""
    known: dict[sympy.Symbol, Fraction] = {}
    letters = list(defined_letters(*cells.trees).values())[:SHOWN_PARAMETERS]
    with suppress(*_FAULTS):
        exact = instance.in_rationals()
        for letter in letters if isinstance(exact.arithmetic, Exact) else ():
            value = exact.scalar(letter)
            known[letter] = Fraction(int(value.p), int(value.q))
    return known


class _Cells:
    """One cell of both sides at a point and at others near it: in doubles where the point is of rational numbers.

    Of a column no more is worked out than what both sides make of a vector with a single one.
    """

    def __init__(self, point: Point, answer: Tree, asked: Tree, row: int, column: int) -> None:
        self.trees = (answer, asked)
        self._row, self._column = row, column
        entry = point.instance.arithmetic.entry
        self.instance, self._is_whole = point.instance, point.column is None
        self._told = tuple(entry(value, row, column) for value in (point.answer, point.reference))
        self._vector = np.zeros((point.instance.arithmetic.shape(point.answer)[1], 1))
        self._vector[column] = 1.0
        if isinstance(point.instance.arithmetic, Exact):
            with suppress(*_FAULTS):
                doubles = point.instance.in_numbers(Floating())
                if point.column is None:
                    for tree in self.trees:
                        doubles.value(tree)  # what does not change with a parameter keeps its value
                self._told = self._of(doubles)
                self.instance = doubles

    def _of(self, instance: DrawnInstance) -> tuple[Any, ...]:
        if isinstance(instance.arithmetic, Floating):
            probe = Probe(instance)
            with np.errstate(all="ignore"):
                cells = tuple(float(probe.product(tree, self._vector)[self._row, 0]) for tree in self.trees)
            if not all(map(isfinite, cells)):
                raise OverflowError("A number is too large for doubles.")
            return cells
        return tuple(instance.arithmetic.entry(instance.value(tree), self._row, self._column) for tree in self.trees)

    def may_be_asked(self, moment: Tree) -> bool:
        """Whether doubles do not tell a moment apart from what was asked for."""
        if not self._is_whole or not isinstance(self.instance.arithmetic, Floating):
            return True
        try:
            value, asked = (self.instance.value(tree) for tree in (moment, self.trees[1]))
        except _FAULTS:
            return True
        return value.shape == asked.shape and not (np.abs(value - asked) > APART * np.abs(asked).max()).any()

    def change_with(self, name: sympy.Symbol, value: Fraction) -> bool | None:
        """Whether one of the two changes where a parameter has this value; None where they have no value there."""
        try:
            cells = self._of(self.instance.changed({name: value}))
        except _FAULTS:
            return None
        if not isinstance(self.instance.arithmetic, Floating):
            differ = cells_differ(self.instance)  # of balls no two are equal, and those that differ are apart
            return any(differ(x, y) for x, y in zip(cells, self._told, strict=True))
        return any(abs(x - y) > ROUNDING * (abs(x) + abs(y)) for x, y in zip(cells, self._told, strict=True))


def _matters(name: sympy.Symbol, value: Fraction | int, cells: _Cells) -> bool:
    """Whether the cell changes with this parameter: a quarter of its value keeps squares and proper fractions so.

    Where neither of the other values can be taken, nothing is known, and the parameter is told.
    """
    taken = False
    for other in (value + 1, Fraction(value) / 4):
        changes = cells.change_with(name, Fraction(other))
        if changes:
            return True
        taken = taken or changes is False
    return not taken
