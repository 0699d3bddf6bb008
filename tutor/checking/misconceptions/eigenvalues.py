"""Slips in a product of eigenvalues with their powers, or in the sum of their logarithms: |V| and log |V|."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.one_formula import is_long

MOST_NODES = 30
"""Of an eigenvalue that is looked at for factors."""


def counted_powers(case: Case) -> Diagnosis | None:
    """λ_1^a λ_2^b with other powers, or without one of them, as |V| is of its eigenvalues; of logarithms the same."""
    if not isinstance(case.reference, Scalar) or not isinstance(case.answer, Scalar):
        return None
    if is_long(case.answer.value) or is_long(case.reference.value):
        return None
    theirs, mine = _powers_in(case.reference.value), _powers_in(case.answer.value)
    if len(theirs) < 2 or not mine or not mine.keys() <= theirs.keys() or not any(base.is_Add for base in theirs):
        return None
    differ = [base for base in mine if expanded(mine[base] - theirs[base]) != 0]
    if len(mine) == len(theirs):
        return Diagnosis("wrong-count") if differ else None
    is_sum = case.reference.value.has(sympy.log)
    return None if differ else Diagnosis("missing-term" if is_sum else "missing-factor")


def _powers_in(formula: Any) -> dict[Any, Any]:
    """The bases of a product with exponents, or what logarithms are of with coefficients; {} for neither."""
    found: dict[Any, Any] = {}
    logs = formula.has(sympy.log)
    opened = sympy.expand_log(formula, force=True) if logs else sympy.expand_power_base(formula, force=True)
    for part in sympy.Add.make_args(sympy.expand(opened)) if logs else sympy.Mul.make_args(opened):
        factors = [each for each in sympy.Mul.make_args(part) if isinstance(each, sympy.log)] if logs else [part]
        if len(factors) != 1:
            return {}
        base, exponent = (factors[0].args[0], part / factors[0]) if logs else _base_and_exponent(part)
        if base.is_number or not exponent.is_integer:
            return {}
        for factor, power in [(base, 1)] if logs else _factors(base):
            found[factor] = found.get(factor, sympy.S.Zero) + power * exponent
    return found


def _factors(base: Any) -> list[tuple[Any, Any]]:
    """σ² and 1 + (t − 1)ρ of σ²(1 − ρ) + tσ²ρ, each with its power; the sign of each is left open."""
    if not base.is_Add or is_long(base, MOST_NODES):
        return [(base, 1)]
    factors = sympy.Mul.make_args(sympy.factor_terms(expanded(base)))
    powers = [factor.as_base_exp() for factor in factors if not factor.is_number]
    return [(-each if each.could_extract_minus_sign() else each, power) for each, power in powers]


def _base_and_exponent(factor: Any) -> tuple[Any, Any]:
    """(a², b) of (a²)^b and of a^(2b), where all are positive."""
    base, exponent = factor.as_base_exp()
    inner, power = base.as_base_exp()
    return inner, power * exponent
