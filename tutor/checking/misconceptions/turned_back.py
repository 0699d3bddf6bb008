"""Two slips in a single quantity, one of which is taken back in the answer: σ_u + σ with squares for the roots is
σ²_u + σ², and a single slip may explain that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.one_formula import is_long
from tutor.checking.misconceptions.pairs import joined
from tutor.checking.misconceptions.roles import parameters
from tutor.checking.points import Point
from tutor.errors import TutorError

MOST_NODES = 40
"""Of an answer that is changed."""

Single = Callable[[Case], Diagnosis | None]
"""What finds a single slip."""

_WITH_TWO = frozenset({"sign", "dropped-rho-power"})
"""Slips that are told beside a factor of 2; with another one that would explain too much."""


def with_one_turned_back(case: Case, single: Single) -> Diagnosis | None:
    """A slip that is undone in the answer, and the one that is left."""
    if not isinstance(case.reference, Scalar) or not isinstance(case.answer, Scalar):
        return None
    if not parameters([case.answer]) or is_long(case.answer.value, MOST_NODES):
        return None
    for first, changed in _turned_back(case.answer.value):
        edited = _with_answer(case, Scalar(changed))
        second = None if edited is None else single(edited)
        if second is not None and "+" not in second.key and (first.key != "factor-2" or second.key in _WITH_TWO):
            pair = joined(first, second)
            if pair is not None and pair.key != first.key:
                return pair
    return None


def _turned_back(formula: Any) -> Iterator[tuple[Diagnosis, Any]]:
    roots = [power for power in formula.atoms(sympy.Pow) if power.exp == sympy.S.Half and power.base.is_Symbol]
    squared = formula.xreplace({root: root.base for root in roots})
    if roots and squared.is_rational_function():
        yield Diagnosis("sd-for-variance"), squared
    yield Diagnosis("factor-2"), 2 * formula
    yield Diagnosis("factor-2"), formula / 2


def _with_answer(case: Case, answer: Scalar) -> Case | None:
    """The case with another answer; None where that has no value, or is right."""
    try:
        points = tuple(Point(each.instance, each.instance.value(answer), each.reference) for each in case.points)
    except (TutorError, NotRationalError, ArithmeticError):
        return None
    return replace(case, answer=answer, points=points, text="")
