"""Slips in the components of a quantity, each told from the coefficients that it has and should have.

A variance, a covariance and an expected mean square are sums of components, each with a coefficient; a standard error
is the root of one, and a correlation the ratio of two. So the answer's coefficients are compared with those of the
reference, one component after the other: one that should be gone, one that is gone, another count, another sign. What
no edit of the formula makes is found as well, since no edit is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Covariance, Scalar, Variance
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.one_formula import formula_of, is_long
from tutor.checking.misconceptions.questions import (
    has_sense,
    is_about_covariance,
    is_about_difference,
    moment_of,
    two_parts,
)
from tutor.checking.misconceptions.roles import is_correlation, is_random, is_residual, sizes_of_groups
from tutor.checking.misconceptions.shares import Shares, of_shares, shares_in
from tutor.checking.misconceptions.terms import key_of_parameters

MOST_COMPONENTS = 8
"""Components of a quantity up to which they are compared."""

MOST_OPERATIONS = 120
"""Operations of a formula up to which it is taken apart."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """The coefficients of the answer and of the reference by component; ``of_ratio`` of one side of a fraction."""

    mine: Shares
    theirs: Shares
    of_ratio: bool = False


def other_coefficients(case: Case) -> Diagnosis | None:
    """The slip that the coefficients of the components show, or None."""
    for compared in _comparisons(case):
        found = _of_coefficients(case, compared)
        if found is not None:
            return found
    return None


def variances_of_two(case: Case) -> Diagnosis | None:
    """Var(a) + Var(b) for Var(a ± b), where a and b vary together: the covariance left out, counted once, or with the
    other sign.

    A component that leaves the difference altogether is rather that of blocks within which is compared.
    """
    parts = two_parts(case)
    reference, answer = (_formula(side) for side in (case.reference, case.answer))
    if parts is None or reference is None or answer is None:
        return None
    left, right, sign = parts
    power = 1 if reference.is_rational_function() else 2
    together = _together(case, left, right)
    if together is None:
        return None
    apart = expanded(reference**power) - 2 * sign * together
    added = set(_components(case, expanded(answer**power))) - set(_components(case, expanded(reference**power)))
    for key, rival in (
        ("variance-of-sum", apart),
        ("factor-2", apart + sign * together),
        ("sign", apart - 2 * sign * together),
    ):
        if together != 0 and expanded(answer**power - rival) == 0:
            return Diagnosis("blocks-in-difference" if added and key != "sign" else key)
    return None


def _together(case: Case, left: sympy.Expr, right: sympy.Expr) -> Any | None:
    """Cov(a, b), or None where the model does not tell it."""
    sides = [moment_of(case, Variance(Scalar(side))) for side in (left, right)]
    whole = moment_of(case, Variance(Scalar(left + right)))
    if whole is None or None in sides:
        return moment_of(case, Covariance(Scalar(left), Scalar(right)))
    return expanded((whole - sides[0] - sides[1]) / 2)


def _formula(tree: Any) -> Any | None:
    found = formula_of(tree) if tree.is_scalar else None
    return None if found is None or found.value.count_ops() > MOST_OPERATIONS or is_long(found.value) else found.value


def _comparisons(case: Case) -> Iterator[_Compared]:
    reference, answer = (_formula(side) for side in (case.reference, case.answer))
    if reference is None or answer is None:
        return
    if not reference.is_rational_function():
        reference, answer = expanded(reference**2), expanded(answer**2)
        if not reference.is_rational_function() or not answer.is_rational_function():
            return
    theirs, mine = _shares(case, reference), _shares(case, answer)
    if theirs is not None:
        if mine is not None:
            yield _Compared(mine, theirs)
        return
    above, below = sympy.fraction(sympy.together(reference))
    numerator, denominator = _shares(case, above), _shares(case, below)
    if numerator is None or denominator is None or answer == 0:
        return
    for value, known in ((answer * below, numerator), (above / answer, denominator)):
        found = _shares(case, sympy.cancel(value))
        if found is not None:
            yield _Compared(found, known, of_ratio=True)


def _components(case: Case, formula: Any) -> list[sympy.Symbol]:
    known = (letter for letter in formula.free_symbols if isinstance(letter, sympy.Symbol))
    return sorted(
        (p for p in known if not is_correlation(p) and (is_random(case, p) or is_residual(case, p))),
        key=lambda p: p.name,
    )


def _shares(case: Case, formula: Any) -> Shares | None:
    """What each component is multiplied by in a sum of multiples of them; None for what is no such sum."""
    components = _components(case, formula)
    return shares_in(formula, components) if 0 < len(components) <= MOST_COMPONENTS else None


def _of_coefficients(case: Case, compared: _Compared) -> Diagnosis | None:
    mine, theirs = compared.mine, compared.theirs
    added = [p for p in mine if p not in theirs]
    lost = [p for p in theirs if p not in mine]
    ratios = {p: sympy.cancel(mine[p] / theirs[p]) for p in theirs if p in mine}
    changed = {p: ratio for p, ratio in ratios.items() if ratio != 1}
    if lost and not added and not changed and mine:
        keys = {key_of_parameters(case, [p], set()) for p in lost}
        keys -= {"variance-of-sum"} if "missing-random" in keys else set()  # a slope leaves with its covariances
        return Diagnosis(next(iter(keys))) if len(keys) == 1 else None
    if lost and added and not changed and compared.of_ratio and len(lost) == len(theirs):
        return Diagnosis("components-swapped")  # the share of the errors for that of what is shared
    if added and not lost and not changed:
        return _of_added(case, [(p, mine[p]) for p in added])
    if changed and not added and not lost:
        return _of_changed(case, compared, changed)
    return None


def _of_added(case: Case, added: list[tuple[sympy.Symbol, Any]]) -> Diagnosis | None:
    """Components too many, with their coefficients."""
    if any(coefficient.could_extract_minus_sign() for _, coefficient in added):
        return None
    if is_about_covariance(case):
        errors = [p for p, _ in added if is_residual(case, p)]
        return Diagnosis("variance-for-covariance" if errors else "covariance-everywhere")
    if is_about_difference(case) and all(is_random(case, p) for p, _ in added):
        return Diagnosis("blocks-in-difference", {"parameter": Scalar(added[0][0])})
    return None


def _of_changed(case: Case, compared: _Compared, changed: Mapping[sympy.Symbol, Any]) -> Diagnosis | None:
    """Shares of components that are other ones than they should be, with what each is multiplied by."""
    ratios = list(changed.values())
    if all(ratio == -1 for ratio in ratios):
        return Diagnosis("sign") if len(ratios) < len(compared.theirs) else None
    found = None if compared.of_ratio else of_shares(case, compared.mine, compared.theirs)
    if found is not None and has_sense(case, found):
        return found
    if all(sympy.cancel(compared.mine[p] * compared.theirs[p]) == 1 for p in compared.theirs):
        return Diagnosis("inverse-lost")
    if all(ratio in (2, sympy.Rational(1, 2)) for ratio in ratios) and 2 not in sizes_of_groups(case):
        return Diagnosis("factor-2") if len(set(ratios)) == 1 else None
    return None
