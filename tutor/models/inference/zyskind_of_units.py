"""Whether ordinary least squares is best where letters for sizes leave open which treatment each plot has.

V = σ²I + σ_u²ZZ' leads the column x of a treatment to ZZ'x, which is 1 in the plots of the blocks that hold it. That is
a combination of columns of X only if every other treatment is in all of these plots' blocks or in none. So OLS is not
best in incomplete blocks that are connected, and what it is best for are the functions k'β of which VX(X'X)⁻k lies in
the space of X. Source: Zyskind (1967), Annals of Mathematical Statistics 38, 1092–1109, theorems 2 and 3; Yates (1940),
Annals of Eugenics 10, 317–325.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.draw import DrawnInstance
from tutor.algebra.nodes import Explicit, Identity, Product, Scalar, Scaled, Sum, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.models.inference.best_or_not import Difference, OlsIsBlue, Products
from tutor.models.levels import DOT, key_at
from tutor.models.observations.derive import derive_elements
from tutor.models.observations.incomplete import IncompleteBlocks
from tutor.models.observations.overlap import Indices
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Plots = Sequence[tuple[int, int, int]]
"""The treatment, the replicate and the block of each plot, from 0."""

BALANCED: Plots = ((0, 0, 0), (1, 0, 0), (0, 0, 1), (2, 0, 1), (1, 0, 2), (2, 0, 2))
RESOLVABLE: Plots = ((0, 0, 0), (1, 0, 0), (2, 0, 1), (3, 0, 1), (0, 1, 2), (2, 1, 2), (1, 1, 3), (3, 1, 3))
AUGMENTED: Plots = ((0, 0, 0), (1, 0, 0), (0, 0, 1), (2, 0, 1))


def ols_of_incomplete_blocks(model: MixedModel) -> OlsIsBlue | None:
    """No, for random incomplete blocks with letters for sizes, with what OLS is best for and numbers for a small design
    of the kind; None for any other model."""
    blocks = None if model.n.is_Integer else Indices.of(model).blocks
    if blocks is None or not model.random:
        return None
    if blocks.checks is not None:
        told, example = _of_augmented(), ("1 check and 2 new entries in 2 blocks", AUGMENTED)
    elif blocks.replicate:
        told, example = _of_resolvable(model), ("4 treatments in 2 replicates of 2 blocks", RESOLVABLE)
    else:
        told, example = _of_balanced(model, blocks), ("3 treatments in 3 blocks of 2", BALANCED)
    found = _difference(example[1], _replicates(model, blocks))
    reason = (
        f"V has σ²_u ZZ', and for the column x of a treatment ZZ'x is 1 in the plots of the "
        f"{blocks.names[blocks.block]}s that hold it and 0 in the others; {told}. With {example[0]}, {found}"
    )
    return OlsIsBlue(False, reason, counterexample=found)


def _of_balanced(model: MixedModel, blocks: IncompleteBlocks) -> str:
    own = (
        "each other treatment is in λ = r(k − 1)/(t − 1) of these blocks and in r − λ others, so that ZZ'x is no "
        "combination of columns of X. OLS is best for the mean of all plots alone, as V1 is a multiple of 1, and for "
        "all where σ²_u = 0"
    )
    response = model.index.response
    levels = [tuple(place if x in blocks.treatments else DOT for x in response.indices) for place in (1, 2)]
    one, other = (sympy.Symbol(key_at(response, each), real=True) for each in levels)
    variance = derive_elements(model, Variance(Scalar(one - other)))
    if variance is None or len(blocks.treatments) > 1:
        return own
    blue = model.se_difference(blocks.names[blocks.treatments]).variance
    return (
        f"{own}; a difference of two treatments has the variance {inline(variance.result)} by OLS, that of "
        f"{inline(Scalar(one - other))}, and {inline(blue)} by the BLUE"
    )


def _of_resolvable(model: MixedModel) -> str:
    blocks = Indices.of(model).blocks
    also = " and for differences of replicates" if blocks and _replicates(model, blocks) == "fixed" else ""
    return (
        "which treatments share a block with it differs from replicate to replicate, so that ZZ'x is no combination of "
        f"columns of X. OLS is best for the mean of all plots{also}, whose columns V leads to multiples of themselves, "
        "and for all where σ²_u = 0"
    )


def _of_augmented() -> str:
    return (
        "for a new entry these are the plots of one block, in which every check has one of its plots, so that ZZ'x is "
        "no combination of columns of X. OLS is best for differences of checks, since ZZ' makes 1 of the column of "
        "each, and for all where σ²_u = 0"
    )


def _replicates(model: MixedModel, blocks: IncompleteBlocks) -> str:
    """ "fixed" or "random"; "" where blocks lie in none."""
    if not blocks.replicate:
        return ""
    name = (blocks.names[blocks.replicate],)
    return "random" if any(term.variables == name for term in model.random) else "fixed"


def _difference(plots: Plots, replicates: str) -> Difference:
    """Where VP and PV differ in a small design, at small numbers for the variances."""
    columns = [[int(plot[0] == i) for plot in plots] for i in range(1 + max(plot[0] for plot in plots))]
    if replicates == "fixed":
        columns += [[plot[1] for plot in plots]]
    residual, of_block, of_replicate = (sympy.Symbol(f"sigma2{of}", positive=True) for of in ("", "_u", "_v"))
    terms: list[Tree] = [Scaled(Scalar(residual), Identity(sympy.Integer(len(plots))))]
    for variance, unit in ((of_block, 2), *([(of_replicate, 1)] if replicates == "random" else [])):
        together = [[int(one[unit] == other[unit]) for other in plots] for one in plots]
        terms.append(Scaled(Scalar(variance), Explicit(ImmutableDenseMatrix(together))))
    V = Sum(tuple(terms))
    X = Explicit(ImmutableDenseMatrix(columns).T)
    rng = Random(0)
    while True:
        instance = DrawnInstance([Product((V, X))], rng, friendly=True)
        found = Products(X, V).difference(instance)
        if found is not None:
            return found


def ols_of_crossed_over(model: MixedModel) -> OlsIsBlue | None:
    """Yes, for crossovers in letters with effects of sequences, whose subjects are alike; None for any other model."""
    plan = model.plan
    if (
        plan is None
        or model.n.is_Integer
        or not {"sequence", "subject", "period"} <= {i.name for i in plan.layout.indices}
    ):
        return None
    is_told = any(term.variables == ("sequence",) for term in model.fixed)
    if not is_told or [set(term.variables) for term in model.random] != [{"sequence", "subject"}]:
        return None
    law = "each column of VX is a combination of columns of X"
    reason = (
        "the subjects of a sequence have the same rows of X, so that ZZ' makes of each column of X its total for a "
        f"subject, a combination of the columns of sequences: {law}, and VP = PV whatever the variances are"
    )
    return OlsIsBlue(True, reason, None, _by_law(model, law))


def _by_law(model: MixedModel, law: str) -> Derivation:
    return chain(Product((model.covariance, model.P)), ("zyskind", law, Product((model.P, model.covariance))))
