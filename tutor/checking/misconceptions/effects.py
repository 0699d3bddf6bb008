"""Random effects in a mean and fixed ones in a variance: what is left of the answer without them is the reference."""

from __future__ import annotations

from fractions import Fraction

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Scalar, Symbol, Zero
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.roles import names_in, parameters, symbol_named
from tutor.checking.points import Point, same_matrix
from tutor.errors import TutorError


def misplaced_effects(case: Case) -> Diagnosis | None:
    """u or ε in a mean, β in a variance."""
    known = names_in(case.reference)
    mine = [symbol for symbol in symbols_of(case.answer) if symbol.name not in known]
    response = symbol_named(case, "y")
    if case.answer == response and not any(symbol.role == "random" for symbol in symbols_of(case.reference)):
        return Diagnosis("random-in-mean", {"added": str(response)})
    random = [symbol for symbol in mine if symbol.role == "random" and symbol.name != "y"]
    errors = [symbol for symbol in random if symbol.name == "e"]
    for members in (errors, random):
        if members and _is_rest(case, members):
            key = "error-in-mean" if members == errors else "random-in-mean"
            return Diagnosis(key, {"added": _told(members)})
    fixed = [symbol for symbol in mine if symbol.name in ("beta", "mu")]
    if fixed and _is_rest(case, fixed):
        return Diagnosis("mean-in-variance", {"added": _told(fixed)})
    return _fixed_parameters(case)


def _told(members: list[Symbol]) -> str:
    return " and ".join(str(symbol) for symbol in members)


def _fixed_parameters(case: Case) -> Diagnosis | None:
    """Elements of β in the cells of a variance."""
    beta = symbol_named(case, "beta")
    if case.answer.is_scalar or beta is None or beta.entries is None:
        return None
    elements = beta.entries.free_symbols - set(parameters([case.reference]))
    added = [parameter for parameter in parameters([case.answer]) if parameter in elements]
    if not added:
        return None
    try:
        right = all(
            same_matrix(point.instance, _without(point, added).value(case.answer), point.reference)
            for point in case.points
        )
    except (TutorError, NotRationalError, ArithmeticError):
        return None
    return Diagnosis("mean-in-variance", {"added": " and ".join(str(Scalar(p)) for p in added)}) if right else None


def _without(point: Point, added: list[sympy.Symbol]) -> DrawnInstance:
    return point.instance.changed(dict.fromkeys(added, Fraction(0)))


def _is_rest(case: Case, members: list[Symbol]) -> bool:
    """Whether the answer without these vectors has the value of the reference."""
    zeros: dict[Tree, Tree] = {symbol: Zero(symbol.row_size, symbol.column_size) for symbol in members}
    try:
        rest = transform(case.answer, zeros.get)
        return all(same_matrix(point.instance, point.instance.value(rest), point.reference) for point in case.points)
    except (TutorError, NotRationalError, ArithmeticError):
        return False
