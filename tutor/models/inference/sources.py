"""The sources of variation of a model in the order of a table, and what each sum of squares is expected to be.

Sums of squares are sequential: y'(P_k − P_{k−1})y with P_k the projection on the columns of the first k sources. In an
orthogonal design the order does not matter. E(y'Ay) = tr(AV) + μ'Aμ, so that a variance component enters the mean
square of a source with tr(A Z Z')/df. Source: Searle, Casella and McCulloch (1992), Variance Components, chapters 4
and 5; for orthogonal designs Bailey (2008), Design of Comparative Experiments, chapter 10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import sympy
from flint import fmpq, fmpq_mat

from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.algebra.structure.conditions import normal
from tutor.errors import SizeError
from tutor.models.effects import INTERCEPT
from tutor.models.inference.carryover_sources import is_beside_carryover, sources_beside_carryover
from tutor.models.inference.covariate_sources import is_beside_covariate, sources_beside_covariate
from tutor.models.inference.elimination import CrossProducts, cross_products
from tutor.models.inference.incomplete_units import is_incomplete, sources_of_incomplete
from tutor.models.inference.source_parts import (
    RESIDUAL,
    Classes,
    Part,
    Source,
    fixed_parts,
    ordered_parts,
    variances_of,
)
from tutor.models.inference.unequal_groups import unequal_groups

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def is_orthogonal(model: MixedModel) -> bool:
    """Whether all combinations of the factors' levels are there equally often, or, with a letter for a size, every
    treatment is equally often in each row and each column of a square, or in each sequence and period of a crossover;
    then the order of the sources does not matter, and cells are counted. Sizes that differ between groups leave that
    to one source alone. A model needs an intercept.

    A square of numbers has cells without observations: its sources are found by elimination, which any order suits.
    """
    sizes = {factor.name: factor.size for factor in model.factors}
    covariates = {name for term in model.fixed for name in term.variables} - set(sizes)
    if covariates or not _means(model):
        return False
    if all(factor.codes is not None for factor in model.factors):
        cells = Counter(zip(*(factor.codes or () for factor in model.factors), strict=True))
        return len(cells) == sympy.Mul(*sizes.values()) and len(set(cells.values())) == 1
    plan = model.plan
    if plan is not None and plan.layout.is_ragged:
        return len(fixed_parts(model)) + len(model.random) < 2
    # Without determined indices letters for sizes stand for all combinations.
    return plan is None or not plan.layout.determined or bool(plan.layout.lines)


def sources_of(model: MixedModel) -> tuple[Source, ...]:
    """The sources of variation, by counting cells where the design is orthogonal, else by elimination.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    SizeError
        For another design that is not orthogonal with a letter for a size.
    DomainError
        When the value of a covariate is a letter.
    """
    unequal = unequal_groups(model)
    if unequal is not None:
        return unequal.sources
    if is_orthogonal(model):
        return sources_by_counting(model)
    if is_incomplete(model):
        return sources_of_incomplete(model)
    if is_beside_covariate(model):
        return sources_beside_covariate(model)
    if is_beside_carryover(model):
        return sources_beside_carryover(model, sources_by_elimination)
    if not model.n.is_Integer:
        raise SizeError(
            "How the sources of this design adjust for each other depends on its rows, which letters do not tell.",
            tip="Give numbers in place of the letters.",
        )
    return sources_by_elimination(model)


def sources_by_counting(model: MixedModel) -> tuple[Source, ...]:
    """The sources of an orthogonal design of any size.

    A term has as many degrees of freedom as it has cells, less those of the terms that lie in it; each variance whose
    groups are at least as fine enters with the number of observations of one of its groups.
    """
    parts, classes = ordered_parts(model), Classes(model)
    degrees: dict[Part, sympy.Expr] = {}
    by_size = sorted(parts[:-1], key=lambda part: len(part.variables))
    for part in by_size:
        inside = [other for other in degrees if other.variables < classes.closure(part.variables)]
        degrees[part] = classes.cells(part.variables) - 1 - sympy.Add(*(degrees[other] for other in inside))
    degrees[parts[-1]] = model.n - 1 - sympy.Add(*degrees.values())
    share = {part: model.n / classes.cells(part.variables) for part in parts[:-1] if not part.is_fixed}
    share[parts[-1]] = sympy.S.One
    return tuple(
        Source(
            part,
            normal(degrees[part]),
            variances_of({other: share[other] for other in share if classes.lies_in(part, other)}),
            (part.name,) if part.is_fixed else (),
        )
        for part in parts
    )


def sources_by_elimination(model: MixedModel) -> tuple[Source, ...]:
    """The sources of any rows that are listed, each adjusted for those before it.

    What is left of W'W, the cross-products of all columns, tells the degrees of freedom by its rank and, by its trace
    in the columns of Z, how much of a variance has not been taken yet. A fixed term enters by what is left of its
    columns beside the terms that lie in it, whose effects it only adds to.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    DomainError
        When the value of a covariate is a letter.
    """
    return sources_in_order(model, _by_strata(model))


def _by_strata(model: MixedModel) -> tuple[Part, ...]:
    """The sources, of which fixed terms that are confounded with the groups of a random one stand before these groups,
    as N:P:K in blocks of half of its cells: their space lies within that of the groups, so that behind them nothing of
    it is left. The terms inside such a term go with it where that changes nothing for them."""
    parts = ordered_parts(model)
    told = {source.name: source for source in sources_in_order(model, parts)}
    for lost in [part for part in parts if part.is_fixed and part.name not in told]:
        with_it = [part for part in parts if part.is_fixed and part.variables <= lost.variables]
        for group in [part for part in reversed(parts[:-1]) if not part.is_fixed]:
            place = parts.index(group)
            moved = [part for part in with_it if part in parts[place:]]
            order = (*parts[:place], *moved, *(part for part in parts[place:] if part not in moved))
            found = {source.name: source for source in sources_in_order(model, order)}
            if lost.name in found and all(found.get(x.name) == told.get(x.name) for x in with_it if x != lost):
                parts, told = order, found
                break
    return parts


def sources_in_order(model: MixedModel, parts: Sequence[Part]) -> tuple[Source, ...]:
    """The sources of listed rows, each adjusted for those before it; the residual is the last of the ``parts``."""
    found: list[Source] = []
    for part, before, left in _eliminated(model, parts):
        degrees = before.rank(part.name)
        if degrees:
            found.append(_adjusted(part, sympy.Integer(degrees), before, left, parts))
    degrees = model.n - sympy.Integer(_means(model)) - sympy.Add(*(source.degrees_of_freedom for source in found))
    return (*found, Source(parts[-1], degrees, variances_of({parts[-1]: sympy.S.One}), ()))


def sums_of_squares(model: MixedModel, response: Sequence[sympy.Rational]) -> dict[str, sympy.Rational]:
    """y'(P_k − P_{k−1})y of each source, and of the residual what is left; the numbers are exact.

    Raises
    ------
    SizeError, DomainError
        As `sources_by_elimination`.
    """
    return sums_in_order(model, _by_strata(model), response)


def sums_in_order(
    model: MixedModel, parts: Sequence[Part], response: Sequence[sympy.Rational]
) -> dict[str, sympy.Rational]:
    """y'(P_k − P_{k−1})y of these sources, each adjusted for those before it, and of the residual."""
    y = fmpq_mat(len(response), 1, [fmpq(int(value.p), int(value.q)) for value in response])
    found, rest = {}, sympy.S.Zero
    for part, before, after in _eliminated(model, parts, y):
        rest = after.trace(_RESPONSE)
        found[part.name] = before.trace(_RESPONSE) - rest
    return {**found, RESIDUAL: rest}


_RESPONSE = "y"


def _eliminated(
    model: MixedModel, parts: Sequence[Part], response: fmpq_mat | None = None
) -> Iterator[tuple[Part, CrossProducts, CrossProducts]]:
    """Each source but the residual with what is there before and after its columns are taken out."""
    left = _listed_columns(model, parts, response)
    for part in parts[:-1]:
        before, left = left, left.without(part.name)
        yield part, before, left


def _adjusted(
    part: Part, degrees: sympy.Integer, before: CrossProducts, after: CrossProducts, parts: Sequence[Part]
) -> Source:
    taken = {other: (before.trace(other.name) - after.trace(other.name)) / degrees for other in parts[:-1]}
    variances = {other: share for other, share in taken.items() if not other.is_fixed and share}
    means = tuple(other.name for other, share in taken.items() if other.is_fixed and share)
    return Source(part, degrees, variances_of({parts[-1]: sympy.S.One, **variances}), means)


def _means(model: MixedModel) -> int:
    """1 for a model with an intercept."""
    return int(any(term.name == INTERCEPT for term in model.fixed))


def _listed_columns(model: MixedModel, parts: Sequence[Part], response: fmpq_mat | None) -> CrossProducts:
    """The columns of all sources, from which the mean is taken, fixed terms centred within those that lie in them."""
    value = Instance(Exact()).value
    X = value(model.X)
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    blocks = {term.name: _columns(X, [place[label] for label in term.columns or ()]) for term in model.fixed}
    blocks |= {term.group: value(term.matrix) for term in model.random}
    if response is not None:
        blocks[_RESPONSE] = response
    found = cross_products(blocks)
    if INTERCEPT in blocks:
        found = found.without(INTERCEPT)
    fixed = [part for part in parts if part.is_fixed]
    for part in fixed:
        found = found.centred(part.name, [other.name for other in fixed if other.variables < part.variables])
    return found


def _columns(matrix: fmpq_mat, chosen: Sequence[int]) -> fmpq_mat:
    return fmpq_mat([[row[j] for j in chosen] for row in matrix.tolist()])
