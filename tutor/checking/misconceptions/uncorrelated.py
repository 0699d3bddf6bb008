"""Slips about what varies together: variances added as if nothing did, covariances of what a pair does not share.

A rival of Var(k'y) is Σ k_i² Var(y_i). A covariance, or a correlation, with a component of variance too many lets two
observations vary together through an effect that they do not share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise
from typing import Any

import sympy

from tutor.algebra.arithmetic import NotRationalError
from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Covariance, Product, Scalar, Variance
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis, has_minus
from tutor.checking.diagnostic_points import rational_point
from tutor.checking.misconceptions.questions import is_about_covariance
from tutor.checking.misconceptions.rivals import MOST_ROWS, structure
from tutor.checking.misconceptions.roles import (
    is_correlation,
    is_covariance,
    is_random,
    is_residual,
    is_size,
    parameters,
    symbol_named,
)
from tutor.checking.points import NO_POINT, Point, cells_differ
from tutor.errors import TutorError

Cells = list[list[Any]]


def added_variances(case: Case, asked: Tree) -> Diagnosis | None:
    """Σ k_i² Var(y_i) for Var(k'y), where elements of y covary; ``asked`` is the moment as it was asked for.

    A component that has left Var(k'y) altogether is rather that of blocks within which is compared.
    """
    if set(parameters([case.answer])) - set(parameters([case.reference])):
        return None
    if case.reference.is_scalar and (
        _is_sum_of_squares(case, asked) or _is_mean_of_independent(case) or _is_without_correlations(case, asked)
    ):
        return Diagnosis("variance-of-sum")
    return None


def subtracted_variances(case: Case, asked: Tree) -> Diagnosis | None:
    """Var(y_1) − Var(y_2) for Var(y_1 − y_2), and 0 for a covariance that is none."""
    if (isinstance(asked, Covariance) or is_about_covariance(case)) and case.answer == Scalar(sympy.S.Zero):
        return Diagnosis("covariance-missing")
    forms = _linear_forms(case, asked, lambda weights: min(weights) < 0) if case.reference.is_scalar else None
    return Diagnosis("sign") if forms and _all_have(forms, _subtracted) else None


def covariances_counted_once(case: Case, asked: Tree) -> Diagnosis | None:
    """Σ k_i² Var(y_i) + Σ k_i k_j Cov(y_i, y_j) over i < j, where each pair counts twice; or with the other sign.
    Of two elements the formula tells.

    A component that has left Var(k'y) altogether is rather that of blocks within which is compared.
    """
    if set(parameters([case.answer])) - set(parameters([case.reference])):
        return None
    forms = _linear_forms(case, asked, lambda weights: len(weights) > 2) if case.reference.is_scalar else None
    for key, times in (("factor-2", 1), ("sign", -2)):
        if forms and _all_have(forms, partial(_with_pairs, times=times)):
            return Diagnosis(key)
    return None


def _with_pairs(form: _LinearForm, times: int) -> Any:
    pairs = combinations(form.items, 2)
    own = sum(c * c * form.spread[i][i] for i, c in form.items)
    return own + sum(times * c * d * form.spread[i][j] for (i, c), (j, d) in pairs)


def _is_without_correlations(case: Case, asked: Tree) -> bool:
    """Whether the answer is the variance with every correlation 0. Where a size is a letter, only the value of the
    moment is known."""
    if not isinstance(case.reference, Scalar) or not isinstance(case.answer, Scalar):
        return False
    if not isinstance(asked, Variance) and not any(map(is_size, case.reference.value.free_symbols)):
        return False
    correlations = [letter for letter in parameters([case.reference]) if is_correlation(letter)]
    without: Any = case.reference.value.xreplace(dict.fromkeys(correlations, sympy.S.Zero))
    return bool(correlations) and without != 0 and expanded(case.answer.value - without) == 0


def _is_sum_of_squares(case: Case, asked: Tree) -> bool:
    forms = _linear_forms(case, asked, lambda weights: True)
    return forms is not None and _all_have(forms, lambda form: sum(c * c * form.spread[i][i] for i, c in form.items))


def factors_taken_out_once(case: Case, asked: Tree) -> Diagnosis | None:
    """c Var(y_1) for Var(cy_1), and each factor once in Var(2y_1 + y_2), of all that varies or of the errors alone; the
    divisor of an average is another slip."""
    forms = _linear_forms(case, asked, _is_multiple) if case.reference.is_scalar else None
    if forms and has_minus(case.text) and len(forms[0].items) > 1 and _all_have(forms, _subtracted):
        return Diagnosis("sign")  # 4σ² − σ² for Var(2y_1 − y_2); as 2σ² + σ² it is the factor that is wrong
    rivals = (_each_once, _with_sign, _with_covariances, _errors_once)
    return Diagnosis("scalar-rule") if forms and any(_all_have(forms, rival) for rival in rivals) else None


@dataclass(frozen=True, slots=True)
class _LinearForm:
    """k'y at a point: its elements that are not zero by their places, Var(y), R, and what the answer makes Var(k'y)."""

    point: Point
    items: Sequence[tuple[int, Any]]
    spread: Cells
    errors: Cells | None


def _linear_forms(case: Case, asked: Tree, fits: Callable[[Sequence[Any]], bool]) -> list[_LinearForm] | None:
    """The linear form of which a variance was asked for, at each point; None where it was none, or one that does not
    fit."""
    if not isinstance(asked, Variance) or not isinstance(asked.tree, Product) or len(asked.tree.factors) != 2:
        return None
    weights, vector = asked.tree.factors
    if not vector.rows.is_Integer or vector.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return None
    R = symbol_named(case, "R")
    forms: list[_LinearForm] = []
    for each in case.points:
        try:
            point = rational_point(each, case.answer, case.reference)
            entries, value = point.instance.arithmetic.entries, point.instance.value
            zero, differ = point.instance.arithmetic.rational(0), cells_differ(point.instance)
            (row,) = entries(value(weights))
            items = [(place, factor) for place, factor in enumerate(row) if differ(factor, zero)]
            if not fits([factor for _, factor in items]):
                return None
            errors = None if R is None or R.rows != vector.rows else entries(value(R))
            forms.append(_LinearForm(point, items, entries(value(Variance(vector))), errors))
        except (TutorError, ArithmeticError, *NO_POINT):
            return None
    return forms


def _all_have(forms: Sequence[_LinearForm], rival: Callable[[_LinearForm], Any]) -> bool:
    """Whether the answer is what a rival makes of the variance, at each point."""
    for form in forms:
        instance, told = form.point.instance, rival(form)
        if told is None or cells_differ(instance)(
            instance.arithmetic.rational(0) + told, instance.arithmetic.entry(form.point.answer, 0, 0)
        ):
            return False
    return True


def _is_multiple(weights: Sequence[Any]) -> bool:
    """Whether one number alone is multiplied, or one of several is taken more than once, or less than another that is
    taken as it is."""
    sizes = [abs(factor) for factor in weights]
    is_mixed = any(size == 1 for size in sizes) and any(size < 1 for size in sizes)
    return sizes != [1] if len(sizes) == 1 else is_mixed or any(size > 1 for size in sizes)


def _each_once(form: _LinearForm) -> Any:
    return sum(abs(c) * form.spread[i][i] for i, c in form.items)


def _subtracted(form: _LinearForm) -> Any:
    return sum(abs(c) * c * form.spread[i][i] for i, c in form.items)


def _with_sign(form: _LinearForm) -> Any:
    return sum(c * form.spread[i][i] for i, c in form.items) if len(form.items) == 1 else None


def _with_covariances(form: _LinearForm) -> Any:
    return _each_once(form) + sum(2 * c * d * form.spread[i][j] for (i, c), (j, d) in combinations(form.items, 2))


def _errors_once(form: _LinearForm) -> Any:
    errors = form.errors
    if errors is None:
        return None
    shared = sum(c * d * (form.spread[i][j] - errors[i][j]) for i, c in form.items for j, d in form.items)
    return shared + sum(abs(c) * errors[i][i] for i, c in form.items)


def _is_mean_of_independent(case: Case) -> bool:
    """(σ²_u + σ²)/n for σ²_u + σ²/n: as if each of the n observations had a level of the random effect to itself."""
    reference, answer = case.reference, case.answer
    if not isinstance(reference, Scalar) or not isinstance(answer, Scalar):
        return False
    letters = parameters([reference])
    if len(letters) < 2 or not all(is_random(case, p) or is_residual(case, p) for p in letters):
        return False
    residual = [p for p in letters if is_residual(case, p)]
    if len(residual) != 1 or any(map(is_covariance, letters)):  # half of 2σ_u01 is a covariance counted once
        return False
    # An error is each observation's own: by its coefficient all would be multiplied if everything were.
    share: Any = expanded(reference.value).coeff(residual[0])
    if share.is_Integer:
        return False  # of a mean it is less; 2(σ²_u1 + σ²) for 4σ²_u1 + 2σ² has another cause
    return bool(share != 0 and expanded(answer.value - share * sympy.Add(*letters)) == 0)


def unshared_components(case: Case) -> Diagnosis | None:
    """A covariance or a correlation with the component of an effect that the two observations do not share."""
    reference, answer = case.reference, case.answer
    if not isinstance(reference, Scalar) or not isinstance(answer, Scalar):
        return None
    (theirs, below), (mine, also_below) = (sympy.fraction(sympy.together(x.value)) for x in (reference, answer))
    shared = parameters([Scalar(theirs)])
    is_correlation_of_two = any(is_residual(case, p) for p in parameters([Scalar(below)]))
    if expanded(below - also_below) != 0 or not (is_correlation_of_two or not parameters([Scalar(below)])):
        return None
    if not shared or not all(is_random(case, p) for p in shared):
        return None
    added = expanded(mine - theirs)
    names = parameters([Scalar(added)])
    if not names or not all(is_random(case, p) and p not in shared for p in names):
        return None
    is_sum = all(term.as_coeff_Mul()[0].is_positive for term in sympy.Add.make_args(added))
    return Diagnosis("covariance-everywhere") if is_sum else None


def other_structure_of_pair(case: Case) -> Diagnosis | None:
    """The covariance of two observations by AR(1), where the model has compound symmetry."""
    V = symbol_named(case, "V")
    reference = case.reference
    if not isinstance(reference, Scalar) or V is None or not V.rows.is_Integer or V.rows > MOST_ROWS:  # pyright: ignore[reportOperatorIssue]
        return None
    if not any(is_correlation(p) for p in parameters([reference])):
        return None
    if all(_is_power_of_symmetric(point, V) for point in case.points):
        return Diagnosis("wrong-structure", {"structure": "covariances that fall by the same factor with each step"})
    return None


def _is_power_of_symmetric(point: Point, V: Tree) -> bool:
    """Whether the reference is a covariance σ²ρ, or a correlation ρ, of a matrix in blocks of compound symmetry, and
    the answer the same with a power of ρ up to the size of a block."""
    differ, entry = cells_differ(point.instance), point.instance.arithmetic.entry
    try:
        cells = point.instance.arithmetic.entries(point.instance.value(V))
    except (TutorError, NotRationalError, ArithmeticError):
        return False
    zero = point.instance.arithmetic.rational(0)
    linked = [j for j, x in enumerate(cells[0]) if differ(x, zero)]
    block = [[cells[i][j] for j in linked] for i in linked]
    if len(block) < 3 or structure(point, block) != "compound symmetry":
        return False
    mine, theirs = entry(point.answer, 0, 0), entry(point.reference, 0, 0)
    rho = block[0][1] / block[0][0]
    for first in (block[0][0], rho / rho):
        if not differ(theirs, first * rho):
            lags: list[Any] = [first * rho]
            for _ in range(2, len(block)):
                lags.append(lags[-1] * rho)
            return any(not differ(mine, lag) for _, lag in pairwise(lags))
    return False
