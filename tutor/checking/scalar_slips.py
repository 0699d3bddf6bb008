"""Slips in a single quantity: a variance for its root, a divisor left out, a covariance for a correlation."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Scalar, Variance
from tutor.algebra.parameters import scalars_of
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import Point, cells_differ
from tutor.errors import TutorError

MOST_REPLICATES = 1000
"""The largest divisor that is looked for."""


def scalar_slips(case: Case) -> Diagnosis | None:
    """The slip that explains a wrong scalar, or None."""
    if not case.reference.is_scalar:
        return None
    reference = _written_out(case.reference)
    if reference is None or not scalars_of(reference):
        return None
    pairs = [(point, _number(point, point.answer), _number(point, point.reference)) for point in case.points]
    if all(_equal(point, mine, theirs * theirs) for point, mine, theirs in pairs):
        return Diagnosis("variance-for-sd")
    if all(_equal(point, mine * mine, theirs) for point, mine, theirs in pairs):
        return Diagnosis("sd-for-variance")
    numerator, denominator = sympy.fraction(sympy.together(reference.value))
    if denominator.free_symbols and numerator.free_symbols and _is_value(case, Scalar(numerator)):
        return Diagnosis("covariance-for-correlation")
    divisor = denominator if denominator.is_Integer else sympy.Integer(1)
    if 2 < int(divisor) <= MOST_REPLICATES and _is_value(case, Scalar(divisor * reference.value)):
        return Diagnosis("missing-replication")
    return _block_variance_added(case, reference)


def _written_out(tree: Tree) -> Scalar | None:
    """A single number as a formula in the parameters: Var(y_11) as σ² + σ²_u; None where it cannot be."""
    if isinstance(tree, Scalar):
        return tree
    if isinstance(tree, Applied) and tree.function == "Corr":
        left, right = tree.arguments
        parts = [_written_out(part) for part in (Covariance(left, right), Variance(left), Variance(right))]
        if any(part is None for part in parts):
            return None
        covariance, *variances = [part.value for part in parts if part is not None]
        return Scalar(covariance / sympy.sqrt(sympy.prod(variances)))
    try:
        (value,) = tree.explicit().flat()
        return Scalar(value)
    except TutorError:
        return None


def _block_variance_added(case: Case, reference: Scalar) -> Diagnosis | None:
    """σ² + σ²_u where σ² belongs: the blocks leave a comparison within blocks."""
    value: Any = reference.value
    residual = next((p for p in scalars_of(reference) if p.name == "sigma2"), None)
    if residual is None:
        return None
    others = (p for p in scalars_of(case.answer) if p.name.startswith("sigma2_") and p not in value.free_symbols)
    for other in others:
        if _is_value(case, Scalar(value.xreplace({residual: residual + other}))):
            return Diagnosis("blocks-in-difference", {"parameter": str(Scalar(other))})
    return None


def _is_value(case: Case, tree: Scalar) -> bool:
    try:
        return all(
            _equal(point, _number(point, point.answer), _number(point, point.instance.value(tree)))
            for point in case.points
        )
    except (TutorError, ArithmeticError):
        return False


def _number(point: Point, matrix: Any) -> Any:
    return point.instance.arithmetic.entry(matrix, 0, 0)


def _equal(point: Point, left: Any, right: Any) -> bool:
    return not cells_differ(point.instance)(left, right)
