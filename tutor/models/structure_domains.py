"""The domains of a model's covariance structures: values that are refused, and the boundary that they cross."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tutor.covariance.catalogue import row_of
from tutor.covariance.domain import check_bounds, exact

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def check_structures(model: MixedModel, values: Mapping[str, float]) -> None:
    """Refuse values outside the bounds of the structures that have a name; those that are not given are left.

    Raises
    ------
    DomainError
        Names the boundary, as ρ > −1/(t − 1) of compound symmetry.
    """
    told = [("", model.residual), *((term.letter, term.covariance) for term in model.random)]
    for letter, covariance in told:
        if covariance is None or covariance.over is None or not covariance.levels:
            continue
        row, size = row_of(covariance.over.key), len(covariance.levels)
        keys = [one.key for family in row.families for one in family.members(size, 1, letter)]
        if row.needed is None and all(key in values for key in keys):
            check_bounds(row.families, {key: exact(values[key], key) for key in keys}, size, 1, letter, {})
