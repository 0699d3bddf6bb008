"""What a case asks for: is it a difference, is anything averaged in it, and what are the moments of its parts."""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Covariance, Scalar, Variance
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.formulas import DIVIDED_TOO_LITTLE
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.errors import TutorError

MOST_PARTS = 400
"""Elements in a linear form up to which it is looked at."""


def second_moments(case: Case) -> Iterator[Tree]:
    """The variances, covariances and correlations of single numbers in the question."""
    if case.question is None:
        return
    for node in walk(case.question):
        is_correlation = isinstance(node, Applied) and node.function == "Corr"
        if (is_correlation or isinstance(node, Variance | Covariance)) and node.is_scalar:
            yield node


def is_about_covariance(case: Case) -> bool:
    """Whether a covariance or a correlation of two numbers was asked for."""
    return any(not isinstance(node, Variance) for node in second_moments(case))


def is_about_difference(case: Case) -> bool:
    """Whether the variance of a difference was asked for, or its root."""
    return any(isinstance(node, Variance) and _signs(node.tree) == {1, -1} for node in second_moments(case))


def is_about_single_observations(case: Case) -> bool:
    """Whether a moment was asked for in which nothing is averaged: of elements by themselves, their sums and
    differences."""
    parts = [part for node in second_moments(case) for part in node.parts]
    return bool(parts) and all(_has_whole_weights(part) for part in parts)


def has_sense(case: Case, diagnosis: Diagnosis) -> bool:
    """Whether a slip may have been made: where nothing is averaged no divisor is lost."""
    lost = diagnosis.key == "missing-replication" and diagnosis.facts == DIVIDED_TOO_LITTLE
    return not lost or not is_about_single_observations(case)


def _has_whole_weights(part: Tree) -> bool:
    terms = _terms(part)
    return bool(terms) and all(
        term.as_coeff_Mul()[0].is_Integer and not any("bar" in str(letter) for letter in term.free_symbols)
        for term in terms
    )


def _terms(part: Tree) -> tuple[sympy.Expr, ...]:
    """The terms of a linear form of elements; () for what is none, or is too long."""
    if not isinstance(part, Scalar) or len(part.value.free_symbols) > MOST_PARTS:
        return ()
    terms = sympy.Add.make_args(expanded(part.value))
    return tuple(term for term in terms if isinstance(term, sympy.Expr))


def _signs(part: Tree) -> set[int]:
    return {-1 if term.could_extract_minus_sign() else 1 for term in _terms(part)}


def two_parts(case: Case) -> tuple[sympy.Expr, sympy.Expr, int] | None:
    """Of Var(a − b), or of Var(a + b) of two elements or means, the two parts and the sign between them."""
    moments = [node for node in second_moments(case) if isinstance(node, Variance)]
    if len(moments) != 1:
        return None
    terms = _terms(moments[0].tree)
    lost = [term for term in terms if term.could_extract_minus_sign()]
    if lost and len(lost) < len(terms):
        return sympy.Add(*(term for term in terms if term not in lost)), -sympy.Add(*lost), -1
    return (terms[0], terms[1], 1) if len(terms) == 2 and not lost else None


def moment_of(case: Case, moment: Tree) -> sympy.Expr | None:
    """A moment of elements as a formula in the parameters; None for one that is not known."""
    if case.moment is None:
        return None
    try:
        found = formula_of(case.moment(moment))
    except (TutorError, ArithmeticError, ValueError):
        return None
    return None if found is None else found.value
