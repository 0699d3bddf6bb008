"""Two design matrices with the same column space: another coding of one model, and what its coefficients are.

X (n × p) and X* (n × q) have one column space when rank X = rank X* = rank [X X*]. Then every mean Xβ is an X*β*:
where X* has full column rank, β* = (X*'X*)⁻¹X*'X β (Searle 1971, Linear Models, section 5.3), and where X has, X* = XT
gives β = Tβ*. The ranks are those at random exact points, which are the ranks but with the chance of `equal`; that a
column lies outside is certain at one point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutor.algebra.arithmetic import Matrix
from tutor.algebra.balls import Balls
from tutor.algebra.labels import labels
from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.checking.equal import random_points
from tutor.checking.points import Point
from tutor.checking.witness import Outside, outside
from tutor.notation.names import unicode_name
from tutor.notation.vocabulary import Vocabulary

MOST_TOLD = 8
"""Coefficients of which is told what they are."""


@dataclass(frozen=True, slots=True)
class Spaces:
    """How two column spaces lie.

    ``lacking`` are columns of the reference that the answer does not span, ``strange`` columns of the answer outside
    the reference's space, each counted from 0. ``coefficients`` says what each coefficient of the answer is in those of
    the reference, or, where ``inverse``, the other way round; empty where that is not unique. ``witness`` shows that
    the first of the columns lies outside, where it can be shown in numbers.
    """

    lacking: tuple[int, ...] = ()
    strange: tuple[int, ...] = ()
    coefficients: tuple[str, ...] = ()
    inverse: bool = False
    witness: Outside | None = None

    @property
    def same(self) -> bool:
        """Whether the two spaces are one."""
        return not self.lacking and not self.strange


def column_spaces(
    answer: Tree, asked: Tree, vocabulary: Vocabulary, *, general: bool = False
) -> Spaces | None:  # fmt: skip
    """How the column spaces of two matrices with the same rows lie; None where that could not be found out."""
    points = random_points(answer, asked, general=general)
    if not points or any(isinstance(point.instance.arithmetic, Balls) for point in points):
        return None
    for point in points:
        lacking = _outside(point, point.reference, point.answer)
        strange = _outside(point, point.answer, point.reference)
        if lacking or strange:
            return Spaces(lacking, strange, witness=outside(point, (lacking or strange)[0], of_answer=not lacking))
    return _with_coefficients(points, asked, vocabulary)


def _outside(point: Point, columns_of: Matrix, space_of: Matrix) -> tuple[int, ...]:
    """The columns of one matrix that are no sum of columns of the other."""
    arithmetic = point.instance.arithmetic
    rows, count = arithmetic.shape(columns_of)
    _, width = arithmetic.shape(space_of)
    rank = arithmetic.rank(space_of)
    if arithmetic.rank(arithmetic.paste(rows, width + count, [(0, 0, space_of), (0, width, columns_of)])) == rank:
        return ()
    found = []
    for j in range(count):
        column = arithmetic.matrix(rows, 1, {(i, 0): arithmetic.entry(columns_of, i, j) for i in range(rows)})
        if arithmetic.rank(arithmetic.paste(rows, width + 1, [(0, 0, space_of), (0, width, column)])) > rank:
            found.append(j)
    return tuple(found)


def column_name(asked: Tree, column: int) -> str:
    """A column of what was asked for by its label, or by its place counted from 1."""
    known = labels(asked)[1]
    return known[column] if known else f"column {column + 1}"


def _with_coefficients(points: Sequence[Point], asked: Tree, vocabulary: Vocabulary) -> Spaces:
    if any(point.instance.sizes for point in points):
        return Spaces()
    for inverse in (False, True):
        found = [_solution(point, inverse) for point in points]
        if any(each is None for each in found) or any(each != found[0] for each in found):
            continue
        rows = [row for row in found[0] or [] if row]
        names = [f"b_{j + 1}" for j in range(len(rows[0]))] if inverse else _names(asked, vocabulary, len(rows[0]))
        if len(rows) <= MOST_TOLD:
            return Spaces(coefficients=tuple(_combination(row, names) for row in rows), inverse=inverse)
    return Spaces()


def _solution(point: Point, inverse: bool) -> list[list[Any]] | None:
    """M with β* = Mβ, or with ``inverse`` T with β = Tβ*; None where it is not unique."""
    arithmetic = point.instance.arithmetic
    full, other = (point.reference, point.answer) if inverse else (point.answer, point.reference)
    if arithmetic.rank(full) < arithmetic.shape(full)[1]:
        return None
    solved = arithmetic.multiply(arithmetic.generalized_inverse(full), other)
    return arithmetic.entries(solved)


def _names(asked: Tree, vocabulary: Vocabulary, count: int) -> list[str]:
    """The coefficients of the reference by the names of the model, or by the labels of their columns."""
    beta = vocabulary.lookup("beta")
    tree = None if beta is None else beta.tree
    if isinstance(tree, Symbol) and tree.entries is not None and tree.entries.rows == count:
        return [unicode_name(str(entry)) for entry in tree.entries.flat()]
    return [column_name(asked, j).replace("column ", "β_") for j in range(count)]


def _combination(row: Sequence[Any], names: Sequence[str]) -> str:
    """A sum of names with exact numbers, τ_2 − τ_1; the positive ones first."""
    told = ""
    for number, name in sorted(((n, name) for n, name in zip(row, names, strict=True) if n != 0),
                               key=lambda pair: not pair[0] > 0):  # fmt: skip
        size = number if number > 0 else -number
        term = name if size == 1 else f"{size} {name}" if size.q == 1 else f"({size}) {name}"
        told += (" + " if number > 0 else " − ") + term if told else ("" if number > 0 else "−") + term
    return told or "0"
