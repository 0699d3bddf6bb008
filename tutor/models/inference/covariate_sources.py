"""Sources beside a covariate with letters for sizes: each adjusted for those before it, in a complete layout.

A covariate has a degree of freedom for each slope, and the cells of factors have as many as without it. What stands
before the covariate has its slope in the expected mean square, since x̄_i· differ; what stands behind is adjusted for
it. Source: Searle (1971), Linear Models, section 8.2, R(μ), R(β | μ), R(τ | μ, β); Cochran and Cox (1957), section 3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.build import hstack
from tutor.algebra.laws.joining import negated, sum_of
from tutor.algebra.laws.projections import projection
from tutor.algebra.nodes import Identity, Ones, Scalar, Scaled
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import letters_of
from tutor.models.inference.source_parts import RESIDUAL, Classes, Part, Source, ordered_parts, variances_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def is_beside_covariate(model: MixedModel) -> bool:
    """Whether a complete layout with a letter for a size has factors and one covariate: with one slope, or one for each
    level of a factor, and a value for each observation; or with one slope, and the same values in each group."""
    plan = model.plan
    if plan is None or model.n.is_Integer or plan.layout.determined or plan.layout.is_ragged:
        return False
    factors = {factor.name for factor in model.factors}
    with_covariate = [term for term in model.fixed if set(term.variables) - factors]
    if len(with_covariate) != 1 or len(set(with_covariate[0].variables) - factors) != 1:
        return False
    covariates = [name for term in model.index.terms for name in term.covariates]
    if all(set(name.indices) == set(model.index.response.indices) for name in covariates):
        return True
    return len(with_covariate[0].variables) == 1 and _is_the_same_in_groups(model)


def _is_the_same_in_groups(model: MixedModel) -> bool:
    """Whether the covariate differs by indices of which no other effect has any, so that all its averages over the
    cells of these effects are x̄_·: it is orthogonal to them."""
    own = {letter for term in model.index.terms for name in term.covariates for letter in name.indices}
    others = {letter for term in model.index.terms if not term.covariates for letter in letters_of(term.coefficient)}
    return not own & others


def sources_beside_covariate(model: MixedModel) -> tuple[Source, ...]:
    """The sources in the order of `ordered_parts`.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    """
    parts, classes = ordered_parts(model), Classes(model)
    degrees = _degrees(model, parts, classes)
    share = {part: model.n / classes.cells(part.variables) for part in parts[:-1] if not part.is_fixed}
    share[parts[-1]] = sympy.S.One
    factors = {factor.name for factor in model.factors}
    place = next(i for i, part in enumerate(parts) if part.is_fixed and not part.variables <= factors)
    orthogonal = _is_the_same_in_groups(model)
    found = []
    for i, part in enumerate(parts):
        if degrees[part] == 0:  # as in numbers, it has no line
            continue
        later = {other: share[other] for other in parts[i:] if other in share and classes.lies_in(part, other)}
        means = (part.name,) if part.is_fixed else ()
        if orthogonal or (i < place and part.variables < parts[place].variables):
            pass  # beside slopes of its own a term is of means over the plots
        elif i < place:
            means += (parts[place].name,)
        else:
            # x is not orthogonal to the cells behind it, and these are not to each other beside it.
            means = tuple(other.name for other in parts[i:] if other.is_fixed)
        found.append(Source(part, normal(degrees[part]), variances_of(later), means))
    return tuple(found)


def _degrees(model: MixedModel, parts: Sequence[Part], classes: Classes) -> dict[Part, sympy.Expr]:
    """As many as cells, less those of the terms inside; the slopes have what the fixed terms leave of rank(X)."""
    factors = {factor.name for factor in model.factors}
    (slopes,) = [part for part in parts[:-1] if part.is_fixed and not part.variables <= factors]
    found: dict[Part, sympy.Expr] = {}
    for part in sorted(parts[:-1], key=lambda part: len(part.variables)):
        if part is not slopes:
            inside = [found[other] for other in found if other.variables < part.variables]
            found[part] = classes.cells(part.variables) - 1 - sympy.Add(*inside)
    others = sympy.Add(*(found[part] for part in found if part.is_fixed))
    found[slopes] = sympy.expand(model.rank - 1 - others)
    found[parts[-1]] = sympy.expand(model.n - 1 - sympy.Add(*found.values()))
    return found


def sequential_projections(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree]:
    """P_k − P_{k−1}, P_k being the projection on the columns of the first k sources and P_0 = J/n; I − P at last."""
    of_terms = {term.name: block for term, block in model.fixed_blocks()}
    columns = [of_terms[INTERCEPT]]
    before: Tree = Scaled(Scalar(1 / model.n), Ones(model.n, model.n))
    found: dict[str, Tree] = {}
    for source in sources:
        if source.name == RESIDUAL:
            continue
        part = source.part
        columns.append(of_terms[part.name] if part.is_fixed else model.random[part.position].matrix)
        after = projection(hstack(*columns))
        found[source.name] = sum_of([after, negated(before)])
        before = after
    return {**found, RESIDUAL: sum_of([Identity(model.n), negated(before)])}
