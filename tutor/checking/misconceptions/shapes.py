"""Slips that change the shape: a matrix of ones for a vector, columns of other effects beside those asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.algebra.nodes import Block, Symbol
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import compare
from tutor.checking.misconceptions.edit import Edit
from tutor.checking.misconceptions.forms import forms_of
from tutor.checking.misconceptions.roles import symbol_named
from tutor.checking.misconceptions.structures import other_constants
from tutor.errors import TutorError

MOST_COMPARED = 12
"""Edits of the answer's shape that are compared with it."""


def diagnose_shape(answer: Tree, asked: Tree, symbols: Iterable[Symbol], *, general: bool = False) -> Diagnosis | None:
    """The slip that explains an answer of another shape than was asked for, or None."""
    case = Case(answer, asked, (), tuple(symbols))
    compared = 0
    for edit in (*_other_columns(case), *_of_forms(case)):
        if compared < MOST_COMPARED and same_shape(edit.tree.shape, answer.shape):
            compared += 1
            if compare(answer, edit.tree, general=general).same:
                return edit.diagnosis
    return None


def _of_forms(case: Case) -> Iterator[Edit]:
    for form in forms_of(case.reference):
        for edit in other_constants(case, form):
            if edit.diagnosis.key == "ones-matrix-for-vector":
                yield edit


def _other_columns(case: Case) -> Iterator[Edit]:
    """Z for X and X for Z, and the columns of both."""
    for first, second in (("X", "Z"), ("Z", "X")):
        mine, other = symbol_named(case, first), symbol_named(case, second)
        if mine is None or other is None or case.reference not in (mine, mine.definition):
            continue
        diagnosis = Diagnosis("fixed-random-confused")
        yield Edit(diagnosis, other)
        for order in ((mine, other), (other, mine)):
            try:
                yield Edit(diagnosis, Block((order,)))
            except TutorError:
                continue
