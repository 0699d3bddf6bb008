"""Covariance structures of random terms: ar1(0 + factor(time) | g) and its kin, by the names of glmmTMB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Identity, Kronecker
from tutor.algebra.sizes import Size, whole
from tutor.covariance.compound import KroneckerProduct
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
    if part.factors:
        return _product(part, variables, width, source)
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
    return _single(key, label, factor, part, source)


def _single(key: str, label: str, factor: FormulaVariable, part: RandomPart, source: Source) -> Structure:
    """A structure over the levels of one factor, which are the places of one of distance."""
    assert isinstance(factor, Factor) and factor.levels is not None
    if key not in DISTANT:
        return structure(key)
    positions = [number_of_text(level) for level in factor.levels]
    if any(position is None for position in positions):
        raise _error(part, source, f"{key} is a structure of distance, and the levels of {label} are text.",
                     "Take a factor of numbers, or ar1, which counts the steps between levels.")  # fmt: skip
    return structure(key, positions=positions)


def _product(
    part: RandomPart, variables: Mapping[str, FormulaVariable], width: int, source: Source
) -> KroneckerProduct:
    """The product of two structures, each over the levels of its factor."""
    columns, rows = part.effects.terms[0]
    if columns == rows:
        raise _error(part, source, f"Both structures of kron are over {rows}.", "Take a factor for each.")
    for label in (rows, columns):
        if not isinstance(variables[label], Factor):
            raise _error(part, source, f"{label} holds numbers, and kron takes structures over the levels of factors.",
                         f"Write factor({label}).")  # fmt: skip
    sizes = order_of(part, variables)
    if sizes is None or sizes[0] * sizes[1] != width or min(sizes) < 2:
        raise _error(part, source, "kron takes two factors with two levels or more each.", "Take one structure alone.")
    first, second = part.factors
    return KroneckerProduct(
        _single(first, rows, variables[rows], part, source), _single(second, columns, variables[columns], part, source)
    )


def order_of(part: RandomPart, variables: Mapping[str, FormulaVariable]) -> tuple[int, int] | None:
    """The sizes of a Kronecker product, rows of the first factor and of the second; None of any other term."""
    if not part.factors:
        return None
    columns, rows = (variables[label] for label in part.effects.terms[0])
    assert isinstance(columns, Factor) and isinstance(rows, Factor)
    return whole(rows.size), whole(columns.size)


def _error(part: RandomPart, source: Source, problem: str, tip: str) -> FormulaError:
    return source.error("structure", problem, part.span, tip)


def wrapped_covariance(
    within: Structure,
    part: RandomPart,
    letter: str,
    levels: Size,
    coefficients: Sequence[str],
    variables: Mapping[str, FormulaVariable],
) -> Covariance:
    """Var(u) = I ⊗ Σ with Σ of this structure: groups are independent, the coefficients of one are not."""
    size = len(coefficients)
    order = order_of(part, variables) or size
    tree = within.matrix(order, suffix=letter)
    sigma = symbol(f"Sigma_{letter}", size, size, role="unknown", facts=("symmetric", "positive definite"),
                   definition=tree)  # fmt: skip
    parameters = tuple(
        Parameter(each.symbol, f"{each.meaning} of the coefficients for {part.group_name}")
        for each in within.parameters_of(order, letter)
    )
    column = part.effects.terms[-1][-1]
    if part.factors:
        crossed, rows = (variables[label] for label in part.effects.terms[0])
        assert isinstance(crossed, Factor) and isinstance(rows, Factor)
        first, second = part.factors
        over = Over(first, column, part.group, times=Over(second, part.effects.terms[0][0]))
        return Covariance(
            Kronecker((Identity(sympy.sympify(levels, strict=True)), sigma)),
            parameters,
            (ImmutableDenseMatrix(tree.explicit()),),
            over,
            rows.levels or (),
            crossed=crossed.levels or (),
        )
    levels_of_column = tuple(name.removeprefix(column) for name in coefficients)
    return Covariance(
        Kronecker((Identity(sympy.sympify(levels, strict=True)), sigma)),
        parameters,
        (ImmutableDenseMatrix(tree.explicit()),),
        Over(part.structure, column, part.group),
        levels_of_column,
    )
