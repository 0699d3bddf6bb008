"""Sources of designs whose units hold some of the treatments, with letters for sizes: blocks ignoring treatments, then
treatments adjusted for blocks.

Which treatment is where letters do not tell, and need not: blocks come first, and their columns are Kronecker products;
what is left of the treatments beside them, M X_τ with M = I − P of the blocks, has t − 1 dimensions in a connected
design and no variance of blocks in it. Source: Searle (1971), Linear Models, section 7.1, R(μ), R(ρ | μ), R(τ | μ, ρ);
John and Williams (1995), Cyclic and Computer Generated Designs, section 1.4, on the intra-block analysis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import sympy
from flint import fmpq_mat

from tutor.algebra.arithmetic import Exact
from tutor.algebra.build import hstack
from tutor.algebra.evaluate import Instance
from tutor.algebra.laws.joining import negated, product_of, sum_of, times
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.nodes import Identity, Ones, Product, Scalar, Scaled, Transpose
from tutor.algebra.parameters import sizes_of
from tutor.algebra.sizes import ONE, same_size
from tutor.algebra.structure.conditions import normal
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.models.inference.efficiency import efficiency
from tutor.models.inference.source_parts import (
    RESIDUAL,
    Classes,
    Part,
    Source,
    ordered_parts,
    projection_symbol,
    variances_of,
)

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel
    from tutor.models.plan import Unit


def is_incomplete(model: MixedModel) -> bool:
    """Whether units hold some of the treatments each, with a letter for a size: blocks, rows and columns, or subjects
    and periods where the treatments are not orthogonal to these."""
    plan = model.plan
    if plan is None or model.n.is_Integer or plan.layout.lines or plan.layout.codes is not None:
        return False
    if not plan.treatments or set(plan.treatments) != set(plan.layout.determined):
        return False
    has_periods = any(unit.ordered for unit in plan.units) and not plan.relabelled
    return not has_periods or _sequences_are_connected(model)


def _sequences_are_connected(model: MixedModel) -> bool:
    """Whether subjects and periods hide no difference of treatments, whatever the number of subjects in each sequence:
    exactly, with two of them."""
    letters = sizes_of(model.X)
    parts = [part for part in ordered_parts(model) if part.name != RESIDUAL]
    treatments = [part for part in parts if part.is_fixed and part.variables <= _treatments(model)]
    columns = [_columns(model, part) for part in parts if part not in treatments]
    if (
        len(letters) != 1
        or len(treatments) != 1
        or model.plan is None
        or not model.plan.layout.knows(model.plan.treatments)
    ):
        return False
    value = Instance(Exact(), dict.fromkeys(letters, 2)).value
    units = value(hstack(Ones(model.n), *columns))
    own = value(_columns(model, treatments[0]))
    both = fmpq_mat([[*left, *right] for left, right in zip(units.tolist(), own.tolist(), strict=True)])
    return both.rank() - units.rank() == own.ncols() - 1


def sources_of_incomplete(model: MixedModel) -> tuple[Source, ...]:
    """The sources of such a design, units before the treatments in them.

    A term of units has as many degrees of freedom as columns, less those of the terms in which it lies; a term of
    treatments as in a factorial. A variance enters the sources that are not adjusted for its effects with the number of
    observations of one of its groups.

    Raises
    ------
    TutorError
        For a model whose variance is no sum of variance components.
    """
    parts, classes = ordered_parts(model), Classes(model)
    treatments = _treatments(model)
    names = tuple(part.name for part in parts if part.is_fixed and part.variables <= treatments)
    share = {part: sympy.expand(model.n / _columns(model, part).columns) for part in parts[:-1] if not part.is_fixed}
    share[parts[-1]] = sympy.S.One
    is_balanced = efficiency(model) is not None
    found: list[Source] = []
    for place, part in enumerate(parts):
        degrees = _degrees(model, part, found, treatments)
        later = {other: share[other] for other in parts[place:] if other in share and classes.lies_in(part, other)}
        means = (part.name,) if part.is_fixed else ()
        if not part.variables & treatments and part.name != RESIDUAL and not is_complete(model, part):
            means += names
        if part.is_fixed and part.variables <= treatments:
            means = (part.name,) if is_balanced else tuple(name for name in names[names.index(part.name) :])
        if not part.is_fixed and part.variables & treatments:
            means = ()
        found.append(Source(part, _short(degrees), variances_of(later), means))
    return tuple(found)


def projections_of_incomplete(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree]:
    """A of each source: P − J/n of units, MX_τ(X_τ'MX_τ)⁻X_τ'M of treatments, (1/(re)) MX_τX_τ'M in balanced blocks,
    and what is left."""
    treatments = _treatments(model)
    J = Ones(model.n, model.n)
    units: dict[Tree, sympy.Expr] = {J: 1 / model.n}
    own_of: dict[Part, dict[Tree, sympy.Expr]] = {}
    found: dict[str, Tree] = {}
    taken: list[Tree] = []
    for source in sources:
        part = source.part
        rest = [*_multiples(units, -ONE), *map(negated, taken)]
        if part.is_fixed and part.variables <= treatments:
            found[part.name] = _adjusted(model, part, sum_of([Identity(model.n), *rest]))
            taken.append(projection_symbol(model, part.name, found[part.name]))
        elif part.name == RESIDUAL:
            found[part.name] = sum_of([Identity(model.n), *rest])
        elif part.variables & treatments:
            found[part.name] = sum_of([*_multiples(_onto(model, part), ONE), *rest])
            taken.append(projection_symbol(model, part.name, found[part.name]))
        else:
            own = {**_onto(model, part), J: -1 / model.n}
            for other, theirs in own_of.items():
                if other.variables < part.variables:
                    own = _added(own, theirs, -ONE)
            own_of[part], units = own, _added(units, own, ONE)
            found[part.name] = sum_of(_multiples(own, ONE))
    return found


def _adjusted(model: MixedModel, part: Part, M: Tree) -> Tree:
    """The projection on what M leaves of the columns of a term of treatments."""
    X, e = _columns(model, part), efficiency(model)
    if e is not None and len([term for term in model.fixed if set(term.variables) & part.variables]) == 1:
        return Scaled(Scalar(normal(X.columns / (model.n * e))), Product((M, X, Transpose(X), M)))
    inner = generalized_inverse(product_of((Transpose(X), M, X)))
    return Product((M, X, inner, Transpose(X), M))


def assumed_of_incomplete(model: MixedModel) -> str | None:
    """What such a design takes for granted of the columns of its treatments where these are a name; None where they
    are known."""
    assert model.plan is not None
    layout = model.plan.layout
    open_ones = [letter for letter in layout.determined if not layout.knows(letter)]
    if not open_ones:
        return None
    names = " and ".join(index.name for index in layout.indices if index.letter in open_ones)
    complete = [unit.name for unit in model.plan.units if _holds_all(model, unit)]
    told = f"no difference of {names} is hidden by {' and '.join(_holders(model))}"
    if efficiency(model) is not None:
        told = f"any two levels of {names} are together in equally many blocks"
    return f"{told}, and each {complete[0]} holds each {names} once" if complete else told


def _holders(model: MixedModel) -> list[str]:
    """The names of the terms of units that hold some of the treatments."""
    treatments = _treatments(model)
    parts = ordered_parts(model)[:-1]
    return [part.name for part in parts if not part.variables & treatments and not is_complete(model, part)]


def _treatments(model: MixedModel) -> frozenset[str]:
    assert model.plan is not None
    layout = model.plan.layout
    return frozenset(index.name for index in layout.indices if index.letter in layout.determined)


def is_complete(model: MixedModel, part: Part) -> bool:
    """Whether units of this term hold each treatment once, as the replicates of a resolvable design."""
    assert model.plan is not None
    layout = model.plan.layout
    letters = {index.letter for index in layout.indices if index.name in part.variables}
    return any(set(unit.letters) == letters and _holds_all(model, unit) for unit in model.plan.units)


def _holds_all(model: MixedModel, unit: Unit) -> bool:
    """Whether a unit has as many plots as there are treatments: then it is a replicate of all, or a line of a
    rectangle in which each treatment is once."""
    plan = model.plan
    assert plan is not None
    if set(unit.letters) & set(plan.layout.determined) or unit.within:
        return False
    number = plan.layout.size(plan.treatments)
    plots = plan.layout.number
    for index in plan.layout.free:
        if index.letter in unit.letters or any(
            each.ordered and index.letter in each.letters for each in plan.units if each.within
        ):
            plots = sympy.cancel(plots / index.size)
    return same_size(plots, number)


def _columns(model: MixedModel, part: Part) -> Tree:
    """The columns of X or of Z of a term."""
    if not part.is_fixed:
        return model.random[part.position].matrix
    blocks = [block for _, block in model.fixed_blocks()]
    return blocks[part.position]


def _degrees(model: MixedModel, part: Part, before: Sequence[Source], treatments: frozenset[str]) -> sympy.Expr:
    taken = sympy.Add(*(source.degrees_of_freedom for source in before))
    if part.name == RESIDUAL:
        return model.n - 1 - taken
    columns = _columns(model, part).columns
    if part.variables & treatments and not part.is_fixed:
        return columns - 1 - taken
    inside = [source.degrees_of_freedom for source in before if source.part.variables < part.variables]
    return columns - 1 - sympy.Add(*inside)


def _short(degrees: sympy.Expr) -> sympy.Expr:
    """As a product, or as a sum of fractions where there is a denominator."""
    factored = normal(degrees)
    return sympy.expand(degrees) if sympy.fraction(factored)[1] != 1 else factored  # pyright: ignore[reportReturnType]


# Sums of multiples of JJ' of units


def _onto(model: MixedModel, part: Part) -> dict[Tree, sympy.Expr]:
    """The projection on the columns of units that hold equally many rows: (1/m) BB'."""
    B = _columns(model, part)
    return {closed_form(Product((B, Transpose(B)))): sympy.cancel(B.columns / model.n)}


def _added(
    one: Mapping[Tree, sympy.Expr], other: Mapping[Tree, sympy.Expr], sign: sympy.Expr
) -> dict[Tree, sympy.Expr]:
    found = dict(one)
    for tree, share in other.items():
        found[tree] = sympy.cancel(found.get(tree, sympy.S.Zero) + sign * share)
    return {tree: share for tree, share in found.items() if share != 0}


def _multiples(parts: Mapping[Tree, sympy.Expr], sign: sympy.Expr) -> list[Tree]:
    return [times(sign * share, tree) for tree, share in parts.items()]
