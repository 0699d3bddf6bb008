"""Slips that change the shape: a matrix of ones for a vector, columns of other effects beside those asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy

from tutor.algebra.nodes import Block, Covariance, Identity, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.sizes import Size, same_shape
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import compare
from tutor.checking.misconceptions.edit import Edit
from tutor.checking.misconceptions.forms import forms_of, of_moment
from tutor.checking.misconceptions.roles import symbol_named
from tutor.checking.misconceptions.structures import other_constants
from tutor.errors import TutorError

MOST_COMPARED = 12
"""Edits of the answer's shape that are compared with it."""


def diagnose_shape(answer: Tree, asked: Tree, symbols: Iterable[Symbol], *, general: bool = False) -> Diagnosis | None:
    """The slip that explains an answer of another shape than was asked for, or None."""
    case = Case(answer, asked, (), tuple(symbols))
    if isinstance(asked, Covariance) and answer == Scalar(sympy.S.Zero):
        return Diagnosis("covariance-missing")
    compared = 0
    for edit in (*_other_columns(case), *_of_forms(case)):
        if compared < MOST_COMPARED and same_shape(edit.tree.shape, answer.shape):
            compared += 1
            if compare(answer, edit.tree, general=general).same:
                return edit.diagnosis
    return None


def _of_forms(case: Case) -> Iterator[Edit]:
    for form in dict.fromkeys((*forms_of(case.reference), *of_moment(case.reference))):
        for edit in other_constants(case, form):
            if edit.diagnosis.key == "ones-matrix-for-vector":
                yield edit
        turned = _turned(form)
        if turned is not None and turned.shape != form.shape:
            yield Edit(Diagnosis("transpose-misplaced"), turned)


def _turned(tree: Tree) -> Tree | None:
    """σ²_u Z'Z + σ² I for Z(σ²_u I)Z' + σ² I, the I as large as it is there; None for what has no such product."""
    if isinstance(tree, Sum):
        found = [_turned(term) for term in tree.terms]
        shapes = {term.shape for term in found if term is not None}
        if len(shapes) != 1:
            return None
        ((rows, _),) = shapes
        terms = [_resized(old, rows) if new is None else new for old, new in zip(tree.terms, found, strict=True)]
        return None if None in terms else Sum(tuple(term for term in terms if term is not None))
    if isinstance(tree, Scaled):
        inner = _turned(tree.tree)
        return None if inner is None else Scaled(tree.scalar, inner)
    if not isinstance(tree, Product) or tree.factors[-1] != Transpose(tree.factors[0]):
        return None
    first, *middle, last = tree.factors
    if not middle:
        return Product((last, first))
    (only, *others) = (named.definition or named if isinstance(named, Symbol) else named for named in middle)
    if not isinstance(only, Scaled) or not isinstance(only.tree, Identity) or others:
        return None
    return Scaled(only.scalar, Product((last, first)))


def _resized(tree: Tree, rows: Size) -> Tree | None:
    """cI with this many rows; None for what is no multiple of I."""
    named = tree.definition if isinstance(tree, Symbol) and tree.definition is not None else tree
    if not isinstance(named, Scaled) or not isinstance(named.tree, Identity):
        return None
    return Scaled(named.scalar, Identity(rows))


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
