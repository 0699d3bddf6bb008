"""Covariance structures of random terms: ar1(0 + factor(time) | g) and its kin, by the names of glmmTMB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Identity, Kronecker
from tutor.algebra.sizes import Size
from tutor.covariance.over import Over
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Structure, structure
from tutor.errors import FormulaError
from tutor.models.covariance import Covariance
from tutor.models.design import Factor
from tutor.models.expressions import Source
from tutor.models.formula import RandomPart
from tutor.models.numbers import number_of_text
from tutor.models.variables import FormulaVariable

ORDERED = frozenset({"ar1", "arh1", "toep", "toeph"})
DISTANT = frozenset({"exp", "gau", "matern", "pow"})


def structure_for(
    part: RandomPart, variables: Mapping[str, FormulaVariable], width: int, source: Source
) -> Structure | None:
    """The structure of a random term's coefficients, ``width`` of them; None of a single one, which has a variance.

    Raises
    ------
    FormulaError
        For coefficients without an order, or levels that are no numbers where distances count.
    """
    effects, key = part.effects, part.structure
    if not key or (width < 2 and key not in DISTANT):
        return None
    if key not in ORDERED | DISTANT:
        return structure(key)
    single = len(effects.terms) == 1 and len(effects.terms[0]) == 1 and not effects.intercept
    label = effects.terms[0][0] if single else ""
    factor = variables[label] if single else None
    if not isinstance(factor, Factor) or factor.levels is None:
        raise _error(part, source, f"{part.wrapper} takes one coefficient for each level of a factor.",
                     f"Write {part.wrapper}(0 + factor(time) | {part.group_name}).")  # fmt: skip
    if key in ORDERED:
        return structure(key)
    positions = [number_of_text(level) for level in factor.levels]
    if any(position is None for position in positions):
        raise _error(part, source, f"{part.wrapper} is a structure of distance, and the levels of {label} are text.",
                     "Take a factor of numbers, or ar1, which counts the steps between levels.")  # fmt: skip
    return structure(key, positions=positions)


def _error(part: RandomPart, source: Source, problem: str, tip: str) -> FormulaError:
    return source.error("structure", problem, part.span, tip)


def wrapped_covariance(
    within: Structure, part: RandomPart, letter: str, levels: Size, coefficients: Sequence[str]
) -> Covariance:
    """Var(u) = I ⊗ Σ with Σ of this structure: groups are independent, the coefficients of one are not."""
    size = len(coefficients)
    tree = within.matrix(size, suffix=letter)
    sigma = symbol(f"Sigma_{letter}", size, size, role="unknown", facts=("symmetric", "positive definite"),
                   definition=tree)  # fmt: skip
    parameters = tuple(
        Parameter(each.symbol, f"{each.meaning} of the coefficients for {part.group_name}")
        for each in within.parameters_of(size, letter)
    )
    column = part.effects.terms[-1][-1]
    levels_of_column = tuple(name.removeprefix(column) for name in coefficients)
    return Covariance(
        Kronecker((Identity(sympy.sympify(levels, strict=True)), sigma)),
        parameters,
        (ImmutableDenseMatrix(tree.explicit()),),
        Over(part.structure, column, part.group),
        levels_of_column,
    )
