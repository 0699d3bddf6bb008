"""A divisor that is a standard deviation, squared: the variance in its place."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.one_formula import formula_of
from tutor.checking.misconceptions.quantities import is_value
from tutor.checking.misconceptions.roles import is_size, parameters


def roots_lost(case: Case) -> Diagnosis | None:
    """σ_12/(σ²_1 σ²_2) for σ_12/√(σ²_1 σ²_2), a divisor that is a standard deviation in the square."""
    reference = formula_of(case.reference) if case.reference.is_scalar else None
    if reference is None:
        return None
    powers = (power for power in reference.value.atoms(sympy.Pow) if power.exp == -sympy.S.Half)
    roots = {power: power**2 for power in powers if not all(map(is_size, power.free_symbols))}
    squared: Any = reference.value.xreplace(roots)
    lost = bool(roots) and bool(parameters([reference])) and is_value(case, Scalar(squared))
    return Diagnosis("variance-for-sd") if lost else None
