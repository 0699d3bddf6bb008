r"""Σ where it is the covariance matrix of the errors, and not the V of all observations: V = ZGZ' + Σ, Var(ε) = Σ."""

from __future__ import annotations

from itertools import pairwise

from tutor.notation.meaning.usage import NOTHING, Factor, Usage
from tutor.notation.parsing import syntax

_ERRORS = frozenset({"epsilon", "e"})


def is_of_errors(usage: Usage) -> bool:
    """Whether Σ stands in a text for the covariance matrix of the errors."""
    return _is_variance(usage) or _is_in_distribution(usage) or _is_in_sum(usage)


def _is_variance(usage: Usage) -> bool:
    """Var(ε) = Σ."""
    for call, side in usage.equations():
        if isinstance(call, syntax.Call) and call.function in {"Var", "Cov"} and len(call.arguments) == 1:
            errors, first = usage.single(call.arguments[0]), usage.terms(side)[0][1][0]
            if errors.letter in _ERRORS and not errors.below and _is_sigma(first):
                return True
    return False


def _is_in_distribution(usage: Usage) -> bool:
    """ε ~ N(0, Σ)."""
    for node in usage.of(syntax.Distributed):
        if node.subject is not None and len(node.arguments) > 1:
            errors, variance = usage.terms(node.subject)[-1][1][-1], usage.single(node.arguments[-1])
            if errors.letter in _ERRORS and not errors.below and _is_sigma(variance):
                return True
    return False


def _is_in_sum(usage: Usage) -> bool:
    """ZDZ' + Σ, and the Z'Σ⁻¹Z + G⁻¹ of the equations for the solutions."""
    for node in usage.of(syntax.Sum):
        for (_, form), (sign, behind) in pairwise(usage.terms(node)):
            before, middle, after = form[-3:] if len(form) > 2 else (NOTHING, NOTHING, NOTHING)
            if sign != "+" or not before.letter == after.letter == "Z":
                continue
            if after.is_transposed and middle.is_capital and _is_sigma(behind[0]):
                return True
            if before.is_transposed and middle.is_inverted and _is_sigma(middle):
                return True
    return False


def _is_sigma(factor: Factor) -> bool:
    return factor.letter == "Sigma" and not factor.below
