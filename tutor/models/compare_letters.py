"""Covariances of two observations of a group by their distance, where sizes are letters and no entry can be listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scaled
from tutor.covariance.over import Over
from tutor.covariance.structure import structure
from tutor.models.compare_pairs import Case
from tutor.models.effects import INTERCEPT

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

APART = sympy.Symbol("d", integer=True, positive=True)
"""How many levels two observations of a group are apart."""

FIRST = sympy.Integer(1)


@dataclass(frozen=True, slots=True)
class Within:
    """Var of an observation of a model, Cov of two of one group that are d apart, and what is over which groups."""

    overs: tuple[Over, ...]
    groups: frozenset[frozenset[str]]
    variance: sympy.Expr
    covariance: sympy.Expr


def cases_of_letters(models: Sequence[MixedModel], compared: Sequence[str]) -> Iterator[Case]:
    """Var of one observation, Cov of two of a group, and Var of means over the groups; none where models differ in
    what their groups are, or have effects of other groups beside."""
    found = [_within(model) for model in models]
    known = [each for each in found if each is not None]
    overs = [over for each in known for over in each.overs]
    if len(known) < len(models) or len({(over.column, frozenset(over.group)) for over in overs}) != 1:
        return
    column, group = overs[0].column, overs[0].group
    if any(each.groups - {frozenset(group)} for each in known):
        return
    same = " and ".join(group)
    yield Case("Var of one observation", tuple(each.variance for each in known))
    yield Case(f"Cov of two with the same {same}, {column} d apart", tuple(each.covariance for each in known))
    yield Case("Cov of any other two", (sympy.S.Zero,) * len(known))
    sizes = {factor.name: factor.size for model in models for factor in model.factors}
    if column not in compared or column not in sizes:
        return
    # The observations at one level are of different groups, as many as there are groups.
    number = sympy.cancel(models[0].n / sizes[column])
    yield Case(f"Var of the mean of one {column}", tuple(each.variance / number for each in known))
    apart = tuple(2 * (each.variance - each.covariance) / number for each in known)
    yield Case(f"Var of the difference of two {column} means, d apart", apart)


def _within(model: MixedModel) -> Within | None:
    """What a model says of two observations of a group; None where it is more than a structure and intercepts."""
    overs: list[Over] = []
    groups: set[frozenset[str]] = set()
    variance = covariance = sympy.S.Zero
    told = [("", model.residual), *((term.letter, term.covariance) for term in model.random)]
    for letter, one in told:
        if one is None or one.over is None:
            continue
        if not one.over.is_plain:
            return None
        own = structure(one.over.key)
        overs.append(one.over)
        variance += own.entry(FIRST, FIRST, letter)
        covariance += own.entry(FIRST, FIRST + APART, letter)
    for term in model.random:
        if term.covariance.over is not None:
            continue
        if term.coefficients != (INTERCEPT,) or not isinstance(term.covariance.tree, Scaled):
            return None
        groups.add(frozenset(term.variables))
        variance += term.parameters[0].symbol
        covariance += term.parameters[0].symbol
    if model.residual is None:
        variance += model.parameters[0].symbol
    elif model.residual.over is None:
        return None
    return Within(tuple(overs), frozenset(groups), variance, covariance)
