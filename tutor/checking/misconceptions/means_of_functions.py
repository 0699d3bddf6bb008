"""A function of a mean, or given random effects, where the mean of a function belongs: of a model with a link."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.formulas import function_edits
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.checking.misconceptions.quantities import is_value
from tutor.checking.misconceptions.roles import is_fixed, is_random, is_residual, parameters


def functions_of_means(case: Case) -> Diagnosis | None:
    """A function of a mean, or given random effects, where the mean of a function was asked for."""
    reference = case.reference
    if not isinstance(reference, Scalar) or not reference.value.has(sympy.Function, sympy.exp):
        return None
    answer = formula_of(case.answer)
    if answer is None:
        return None
    for diagnosis, edited in function_edits(case, reference.value):
        if _has_parameters(edited) and is_value(case, Scalar(edited)):
            return diagnosis
    predictors = [inner.args[0] for inner in reference.value.atoms(sympy.exp) if _is_linear(inner.args[0])]
    if any(expanded(answer.value - predictor) == 0 for predictor in predictors):
        return Diagnosis("link-forgotten")
    variances = [p for p in parameters([reference]) if is_residual(case, p) or is_random(case, p)]
    if _is_on_link_scale(answer.value, reference.value, variances):
        return Diagnosis("link-forgotten")
    known = set(parameters([reference]))
    given = [p for p in parameters([answer]) if p not in known and not p.is_positive and not is_fixed(case, p)]
    if not variances or not given:
        return None
    zero = sympy.Integer(0)
    conditional: Any = answer.value.xreplace(dict.fromkeys(given, zero))
    for averaged in ([p for p in variances if is_random(case, p)], variances):
        at_mean = reference.value.xreplace(dict.fromkeys(averaged, zero))
        if expanded(conditional - at_mean) == 0:
            return Diagnosis("conditional-for-marginal")
        linked = {slip.key for slip, edited in function_edits(case, at_mean) if expanded(conditional - edited) == 0}
        if linked == {"link-forgotten"}:
            return Diagnosis("conditional-for-marginal+link-forgotten")
    return None


def _is_linear(formula: Any) -> bool:
    return all(isinstance(term.as_coeff_Mul()[1], sympy.Symbol) for term in sympy.Add.make_args(formula))


def _is_on_link_scale(answer: Any, reference: Any, variances: list[sympy.Symbol]) -> bool:
    """Whether σ²_u stands where the covariance of exp(μ + u) belongs, which is 0 without u as σ²_u is."""
    if not variances or expanded(answer - sympy.Add(*variances)) != 0:
        return False
    return expanded(reference.xreplace(dict.fromkeys(variances, sympy.S.Zero))) == 0


def _has_parameters(formula: Any) -> bool:
    return bool(parameters([Scalar(formula)]))
