"""Units adjusted for treatments, whose mean square tells the variance that no mean square of the table has alone.

Blocks ignoring treatments have these in their mean square where each holds some of them; A = P_[X,Z] − P_X has AX = 0,
so that E(y'Ay/f) = σ² + cσ²_u with c = tr(AZZ')/f, the third method of Henderson. N plots of t treatments in blocks
that hold a treatment once at most have tr(Z'(I − P_X)Z) = N − t, and within r complete replicates (r − 1)(t − k).
Source: Yates (1940), The recovery of inter-block information, Annals of Eugenics 10, 317–325; Henderson (1953),
Biometrics 9, 226–252; Searle, Casella and McCulloch (1992), Variance Components, section 5.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.build import hstack
from tutor.algebra.laws.joining import negated, sum_of
from tutor.algebra.laws.projections import projection
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.models.inference.combination import combination
from tutor.models.inference.incomplete_units import is_complete, is_incomplete
from tutor.models.inference.source_parts import RESIDUAL, Part, Source, fixed_parts, variances_of
from tutor.models.inference.sources import sources_in_order, sums_in_order

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def adjusted_units(model: MixedModel, sources: Sequence[Source]) -> tuple[Source, ...]:
    """A source for each random term whose variance no sum of the mean squares of the table has for its expectation: the
    term adjusted for the fixed effects, and for random ones that are no part of it."""
    clean = [source for source in sources if not source.means and source.degrees_of_freedom != 0]
    hidden = [
        source.part
        for source in sources
        if source.means and source.part.variance and combination({source.part.variance: sympy.S.One}, clean) is None
    ]
    found = (_adjusted(model, part, sources) for part in hidden)
    return tuple(each for each in found if each is not None)


def projection_of_adjusted(model: MixedModel, source: Source, sources: Sequence[Source]) -> Tree:
    """A = P_[X,Z] − P_X, with random terms that are adjusted for beside X, n × n."""
    before = [model.X, *(model.random[part.position].matrix for part in _before(source.part, sources))]
    after = [*before, model.random[source.part.position].matrix]
    first, second = (projection(hstack(*columns) if len(columns) > 1 else columns[0]) for columns in (after, before))
    return sum_of([first, negated(second)])


def _before(part: Part, sources: Sequence[Source]) -> list[Part]:
    """The random terms for which one is adjusted: all that do not lie within its units."""
    others = [source.part for source in sources if source.part.variance is not None and source.name != RESIDUAL]
    return [other for other in others if other.position != part.position and not part.variables <= other.variables]


def _adjusted(model: MixedModel, part: Part, sources: Sequence[Source]) -> Source | None:
    if not model.n.is_Integer:
        found = _of_letters(model, part, sources)
    else:
        eliminated = sources_in_order(model, _order(model, part, sources))
        found = next((each for each in eliminated if each.name == part.name), None)
    if found is None or found.means:
        return None
    others = [each.name for each in fixed_parts(model)]
    others += [other.name for other in _before(part, sources)]
    return replace(found, part=replace(part, name=f"{part.name}-after-{'-and-'.join(others)}"))


def _order(model: MixedModel, part: Part, sources: Sequence[Source]) -> tuple[Part, ...]:
    """All fixed terms, those without a line in the table too, then the random ones for which one is adjusted, the term
    itself, and what lies within it last."""
    parts = [source.part for source in sources if source.name != RESIDUAL]
    fixed, before = fixed_parts(model), _before(part, sources)
    own = next(each for each in parts if each.variables == part.variables and not each.is_fixed)
    later = [each for each in parts if not each.is_fixed and each not in (own, *before)]
    return (*fixed, *before, own, *later, sources[-1].part)


def adjusted_sum_of_squares(
    model: MixedModel, source: Source, sources: Sequence[Source], response: Sequence[sympy.Rational]
) -> sympy.Rational:
    """y'Ay of an adjusted source, exactly; the sizes of the model must be numbers."""
    order = _order(model, source.part, sources)
    own = next(part for part in order if not part.is_fixed and part.variables == source.part.variables)
    return sums_in_order(model, order, response)[own.name]


def _of_letters(model: MixedModel, part: Part, sources: Sequence[Source]) -> Source | None:
    """Units that hold a treatment once at most, within or across complete replicates; None for others.

    With N plots tr(Z'P_τZ) is the number of treatments, for Σ_j n_ij = r_i. Replicates that lie across the units tell
    nothing of them, and those that hold them take rk − k.
    """
    plan = model.plan
    if plan is None or not is_incomplete(model):
        return None
    if not plan.relabelled and any(unit.ordered for unit in plan.units):  # periods, which have the treatments
        return None
    own = next(source for source in sources if source.part == part)
    layout, t = plan.layout, plan.layout.size(plan.treatments)
    unit = next(unit for unit in reversed(plan.units) if unit.name in part.variables)
    samples = sympy.Mul(*(layout.index(letter).size for each in plan.units if each.ordered for letter in each.letters))
    plots, number = sympy.cancel(model.n / samples), model.random[part.position].matrix.columns
    share = normal(plots - t) / own.degrees_of_freedom
    if unit.within:
        replicates = sympy.cancel(plots / t)
        share = sympy.cancel(plots / number) * (replicates - 1) / replicates
    elif not all(is_complete(model, other) for other in _before(part, sources)):
        return None
    finer = {source.part: sympy.cancel(model.n / model.random[source.part.position].matrix.columns)
             for source in sources if part.variables < source.part.variables and not source.part.is_fixed}  # fmt: skip
    shares = {part: samples * share, **finer, sources[-1].part: sympy.S.One}
    return Source(part, own.degrees_of_freedom, variances_of(shares), ())
