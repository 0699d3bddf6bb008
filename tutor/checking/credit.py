"""Partial credit for an expression that is not right as a whole: by cell, or by term of a sum.

The weights belong to the question: {"cells": 1} shares the score among the cells, {"diagonal": 1, "off-diagonal": 2}
among those on and off the diagonal, {"terms": 1} among the terms of the reference. A cell that is zero in both is no
achievement and does not count; a term that does not belong takes the share of one.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar, Sum
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking.equal import compare
from tutor.checking.points import Point, cells_differ
from tutor.checking.verdict import Credit

_BY_CELL = ("cells", "diagonal", "off-diagonal")


def partial_credit(
    answer: Tree, asked: Tree, point: Point | None, weights: Mapping[str, float], *, general: bool = False
) -> tuple[Credit, ...]:
    """The credits of a wrong answer of the right shape; none where the question gives no partial credit."""
    found: list[Credit] = []
    if point is not None:
        found += [_of_cells(point, kind, weights[kind]) for kind in _BY_CELL if weights.get(kind)]
    if weights.get("terms"):
        found += _of_terms(answer, asked, weights["terms"], general)
    total = sum(credit.weight for credit in found)
    return tuple(Credit(c.part, c.weight / total, c.earned, c.note) for c in found) if total else ()


def earned(credits: tuple[Credit, ...]) -> float:
    """The score that credits add up to, in [0, 1]."""
    return min(1.0, max(0.0, sum(credit.weight * credit.earned for credit in credits)))


def _of_cells(point: Point, kind: str, weight: float) -> Credit:
    arithmetic = point.instance.arithmetic
    rows, columns = arithmetic.shape(point.reference)
    differ = cells_differ(point.instance)
    zero = arithmetic.rational(0)
    wrong = set(point.wrong_cells)
    counted = right = 0
    for i in range(rows):
        for j in range(columns):
            if kind != "cells" and (i == j) != (kind == "diagonal"):
                continue
            values = arithmetic.entry(point.answer, i, j), arithmetic.entry(point.reference, i, j)
            if not any(differ(value, zero) for value in values):
                continue
            counted += 1
            right += (i, j) not in wrong
    name = {"cells": "cells", "diagonal": "diagonal cells", "off-diagonal": "cells off the diagonal"}[kind]
    note = f"{right} of {counted} {name} that are not zero are right"
    return Credit(kind, weight, right / counted if counted else 1.0, note)


def _of_terms(answer: Tree, asked: Tree, weight: float, general: bool) -> list[Credit]:
    theirs, mine = _terms(asked), list(_terms(answer))
    credits = []
    for term in theirs:
        match = next((own for own in mine if _same(own, term, general)), None)
        if match is not None:
            mine.remove(match)
        note = "right" if match is not None else "missing or wrong"
        credits.append(Credit(str(term), weight, float(match is not None), note))
    # A term that does not belong is worth what one that does is: writing down everything earns nothing.
    stray = max(0, len(mine) - sum(credit.earned == 0 for credit in credits))
    for place in [i for i, credit in enumerate(credits) if credit.earned][:stray]:
        lost = credits[place]
        credits[place] = Credit(lost.part, lost.weight, 0.0, "right, but another term does not belong")
    return credits


def _terms(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Scalar):
        return tuple(Scalar(term) for term in sympy.Add.make_args(tree.value) if isinstance(term, sympy.Expr))
    return tree.terms if isinstance(tree, Sum) else (tree,)


def _same(mine: Tree, term: Tree, general: bool) -> bool:
    return same_shape(mine.shape, term.shape) and compare(mine, term, general=general).same is True
