"""What is estimable in a balanced design whose sizes are letters: it is so for every number of levels, or for none.

Let k'β speak of levels up to m. The rows of the design with m levels are rows of every larger one, with zeros in the
further columns: a combination of them that gives k does so there too. Conversely, calling the further levels by the
name of the last of the m turns each row of the larger design into one of the smaller, columns likewise, and leaves k as
it is. So the smallest design decides, where the rows are all combinations of the levels.
"""

from __future__ import annotations

from dataclasses import replace

import sympy

from tutor.models.element_names import plain_name
from tutor.models.from_equation import from_equation
from tutor.models.index import IndexModel
from tutor.models.mixed import MixedModel

MOST_ROWS = 2000
"""Rows of the smallest design that is built to decide."""


def with_levels(model: MixedModel, least: int) -> MixedModel | None:
    """The fixed part of a balanced design with ``least`` levels for each size that is a letter.

    None where the rows are not all combinations of levels, or the fixed part has covariates.
    """
    index, layout = model.index, None if model.plan is None else model.plan.layout
    if layout is None or layout.codes is not None or layout.determined or index.offset is not None or index.zeros:
        return None
    drawn = {name for effects in index.effects for name in effects.names}
    fixed = tuple(term for term in index.terms if term.coefficient not in drawn)
    if any(term.covariates for term in fixed):
        return None
    levels: dict[str, int] = {}
    for run in index.ranges:
        if not isinstance(run.extent, sympy.Expr):
            return None
        levels[run.letter] = int(run.extent) if isinstance(run.extent, sympy.Integer) else least
    if sympy.Mul(*levels.values()) > MOST_ROWS:
        return None
    return from_equation(_equation(replace(index, terms=fixed)), levels)


def _equation(index: IndexModel) -> str:
    """y_ij = μ + τ_i + ε_ij, without random effects, as text that is read back."""
    terms = [plain_name(term.coefficient) for term in index.terms]
    return f"{plain_name(index.response)} = {' + '.join([*terms, plain_name(index.residual)])}"
