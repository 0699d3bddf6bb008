"""Resolvable incomplete blocks with letters for sizes: replicates, and the average over all pairs of treatments.

Each replicate holds all treatments once, so that replicates are orthogonal to these. The information on treatments
within blocks is (r/σ²) Σ E_i P_i and that between blocks of a replicate r/(σ² + kσ_u²) Σ (1 − E_i) P_i, with the same
projections P_i on the canonical contrasts, whose efficiency factors are E_1, …, E_(t−1). A pair has its own variance;
their average is 2/(t − 1) times the trace of the inverse. Source: James and Wilkinson (1971), Biometrika 58, 279–294;
John and Williams (1995), Cyclic and computer generated designs, sections 2.2, 2.4 and 7.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Indexed
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.sizes import ONE
from tutor.models.collected import collected
from tutor.models.inference.kinds_of_errors import Kinds, Question, one_kind
from tutor.models.inference.standard_error import Contribution
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def of_resolvable(model: MixedModel, question: Question) -> Kinds | None:
    """What is known of treatments and of fixed replicates; None for any other design."""
    plan = model.plan
    if plan is None or model.n.is_Integer or not plan.relabelled or len(plan.units) != 3:
        return None
    replicate, block, plot = plan.units
    if replicate.within or block.within != (replicate.name,) or plot.within != (block.name,) or plot.ordered:
        return None
    layout = plan.layout
    if any(layout.knows(letter) for letter in layout.determined):
        return None
    t, r, k = layout.size(plan.treatments), layout.size(replicate.letters), layout.index(plot.letters).size
    variances = {frozenset(term.variables): term.parameters[0].symbol for term in model.random}
    of_replicate = variances.pop(frozenset((replicate.name,)), sympy.S.Zero)
    (of_block,) = variances.values()
    residual = model.parameters[0].symbol
    whole = residual + k * of_block
    if question.cell == {replicate.name}:
        told = f"{inline(t)} plots in {inline(t / k)} blocks, each treatment once"
        shares = 2 if question.differing else 1
        return one_kind(question.what, Contribution(collected(shares * whole / t), told))
    if question.cell != {index.name for index in layout.indices if index.letter in plan.treatments}:
        return None
    if question.differing and question.differing != question.cell:
        return None  # the canonical contrasts tell of all pairs of treatments, not of some
    E = sympy.Symbol("E_i")
    inverse = 1 / (E / residual + (1 - E) / whole)
    total = Indexed("sum", "i", Scalar(ONE), Scalar(t - 1), Scalar(inverse))
    treatments = (
        "information within blocks, r E_i/σ², and between them, r(1 − E_i)/(σ² + kσ²_u), of each canonical contrast, "
        "of which E_i is the efficiency factor"
    )
    differ = (
        "it depends on how often two treatments are in one block, and on the others there, which letters do not tell"
    )
    if question.differing:
        return Kinds((), (Contribution(Scaled(Scalar(2 / (r * (t - 1))), total), treatments),), differ)
    mean = Contribution(
        collected(of_replicate / r + whole / (r * t)), "the mean of all plots, which is uncorrelated with differences"
    )
    return Kinds((), (mean, Contribution(Scaled(Scalar(1 / (r * t)), total), treatments)), differ)
