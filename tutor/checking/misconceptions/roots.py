"""A divisor that is a standard deviation, squared: the variance in its place."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import same_shape
from tutor.algebra.tree import Tree
from tutor.checking.case import Case, Diagnosis
from tutor.checking.equal import compare
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


def root_of_whole(case: Case) -> Diagnosis | None:
    """√(k'Vk) for k'Vk, or the reverse, which no formula tells, and √(1 − ρ²), which has no exact value."""
    reference, answer = (formula_of(side) if side.is_scalar else None for side in (case.reference, case.answer))
    if reference is not None and answer is not None:
        is_root = reference.value.is_rational_function() and not answer.value.is_rational_function()
        has_square = is_root and expanded(answer.value**2 - reference.value) == 0
        return Diagnosis("sd-for-variance") if has_square and parameters([reference]) else None
    if _is_root(case.answer, case.reference):
        return Diagnosis("sd-for-variance")
    return Diagnosis("variance-for-sd") if _is_root(case.reference, case.answer) else None


def _is_root(tree: Tree, square: Tree) -> bool:
    """Whether a tree is written as the root of another that has no value in the parameters alone."""
    if not isinstance(tree, Applied) or tree.function != "power" or not tree.is_scalar:
        return False
    inner, exponent = tree.arguments
    if exponent != Scalar(sympy.S.Half):
        return False
    return inner == square or (same_shape(inner.shape, square.shape) and compare(inner, square).same is True)
