"""The domains of a model's covariance structures: values that are refused, and the boundary that they cross."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Kronecker
from tutor.covariance.compound import NUGGET, KroneckerProduct
from tutor.covariance.domain import check_bounds, exact
from tutor.covariance.structure import structure

if TYPE_CHECKING:
    from tutor.models.covariance import Covariance
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
        size = 0 if covariance is None else _dimension(covariance, values)
        if covariance is None or covariance.over is None or not size:
            continue
        over = covariance.over
        if over.times is not None:
            _check_factors(covariance, letter, values)
            continue
        # Fewer rows leave compound symmetry more room: those of the largest group count, where they are known.
        rows = covariance.largest or size
        families = (*over.row.families, *((NUGGET,) if over.has_nugget else ()))
        if over.variances is not None:
            families = (*families, *(f for f in over.variances.row.families if f.base == "sigma2"))
        bands = dict(over.options).get("bands", 1)
        for family in families:
            members = family.members(size, bands, letter)
            given = {one.key: exact(values[one.key], one.key) for one in members if one.key in values}
            if len(given) == len(members):
                check_bounds((family,), given, rows if family.over == "one" else size, bands, letter, {})


def _dimension(covariance: Covariance, values: Mapping[str, float]) -> int:
    """The rows of the structure; where their number is a letter that of ``values``, and 0 where it is not told."""
    if covariance.levels or not isinstance(covariance.tree, Kronecker):
        return len(covariance.levels)
    rows = covariance.tree.factors[-1].rows
    told = rows.subs([(letter, int(values[str(letter)])) for letter in rows.free_symbols if str(letter) in values])
    return int(told) if isinstance(told, sympy.Integer) else 0


def _check_factors(covariance: Covariance, letter: str, values: Mapping[str, float]) -> None:
    """The factors of a Kronecker product, each by itself."""
    over = covariance.over
    assert over is not None and over.times is not None
    factors = KroneckerProduct(*(structure(one.key, **dict(one.options)) for one in (over, over.times)))
    sizes = len(covariance.levels), len(covariance.crossed)
    for one, size, suffix in zip((over, over.times), sizes, factors.suffixes(letter), strict=True):
        for family in one.row.families:
            members = family.members(size, 1, suffix)
            given = {each.key: exact(values[each.key], each.key) for each in members if each.key in values}
            if len(given) == len(members):
                check_bounds((family,), given, size, 1, suffix, {})
