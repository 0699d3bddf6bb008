"""Q of an expected mean square in the effects of an orthogonal design: b Σ_i (τ_i − τ̄_·)²/(t − 1) in blocks.

The projection of a source of factors F takes from Xβ what varies with F once all margins are taken off. A term T that
does not have all factors of F is lost; of one that has, its means over the others are left, with the sign (−1)^(|F| −
|S|) at each margin S of F. Source: Searle (1971), Linear Models, section 9.4; Cornfield and Tukey (1956), Annals of
Mathematical Statistics 27, 907–949.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.models.inference.orthogonal_terms import terms_are_orthogonal
from tutor.models.inference.sources import Classes, Source, is_orthogonal
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


def fixed_part_in_effects(model: MixedModel, source: Source, *, sums_are_zero: bool = False) -> Tree | None:
    """Q of a source as a sum of squares of effects, 1 × 1, also where all sums of effects over an index are 0; None for
    a source that has none, a design that is not orthogonal, and terms with covariates or nested in each other."""
    coefficients = _coefficients(model)
    if source.means != (source.name,) or coefficients is None or source.degrees_of_freedom == 0:
        return None
    own = coefficients[source.part.position]
    if own.bases == ("mu",) or not own.indices:
        return None
    inner = _effect(own, own.indices) if sums_are_zero else _without_margins(own, coefficients)
    total: Tree = Applied("power", (inner, Scalar(sympy.Integer(2))))
    for letter in reversed(own.indices):
        total = _summed(model, letter, total)
    repeats = sympy.cancel(model.n / Classes(model).cells(source.part.variables))
    share = cast(sympy.Expr, sympy.factor(repeats / source.degrees_of_freedom))
    return total if share == 1 else Scaled(Scalar(share), total)


def told_in_effects(model: MixedModel, source: Source) -> str | None:
    """Q in effects as a sentence, with what it is where the effects add up to 0; None where it has no such form."""
    found = fixed_part_in_effects(model, source)
    simple = fixed_part_in_effects(model, source, sums_are_zero=True)
    if found is None or simple is None:
        return None
    told = f"In effects Q({source.name}) = {inline(found)}"
    if model.index.zeros:
        return f"{told}."
    own = model.index.terms[source.part.position].coefficient
    condition = inline(_summed(model, own.indices[0], _effect(own, own.indices)))
    usual = "the usual" if len(own.indices) == 1 else "sums of 0 over each index,"
    return f"{told}; with {usual} {condition} = 0 it is {inline(simple)}."


def _without_margins(own: Name, coefficients: Sequence[Name]) -> Tree:
    """τ_i + (τα)̄_i· − τ̄_· − (τα)̄_··: what a cell has of a source less its margins."""
    above = [term for term in coefficients if set(own.indices) <= set(term.indices)]
    terms: list[Tree] = []
    for number in range(len(own.indices), -1, -1):
        for margin in combinations(own.indices, number):
            found = [_effect(term, margin) for term in sorted(above, key=lambda term: len(term.indices))]
            terms += found if (len(own.indices) - number) % 2 == 0 else map(negated, found)
    return sum_or_term(terms)


def _summed(model: MixedModel, letter: str, body: Tree) -> Tree:
    """The sum over all levels of an index."""
    extent = next(run.extent for run in model.index.ranges if run.letter == letter)
    assert isinstance(extent, sympy.Expr)
    return Indexed("sum", letter, Scalar(sympy.S.One), Scalar(extent), body)


def _coefficients(model: MixedModel) -> list[Name] | None:
    """The coefficients of the fixed terms, in the order of the terms; None where they are no effects of crossed factors
    in an orthogonal design."""
    if not is_orthogonal(model) and not terms_are_orthogonal(model):
        return None
    terms = model.index.terms[: len(model.fixed)]
    extents = {run.letter: run.extent for run in model.index.ranges}
    for term, fixed in zip(terms, model.fixed, strict=True):
        name = term.coefficient
        if term.covariates or name.within or len(name.indices) != len(fixed.variables):
            return None
        if any(not isinstance(extents.get(letter), sympy.Expr) for letter in name.indices):
            return None
    return [term.coefficient for term in terms]


def _effect(name: Name, margin: Sequence[str]) -> Scalar:
    """The effect at the indices of a margin, a mean over the others: τ_i, τ̄_·."""
    below = "".join(letter if letter in margin else "." for letter in name.indices)
    key = f"{''.join(name.bases)}{'bar' if '.' in below else ''}{name.number}_{below}"
    return Scalar(sympy.Symbol(key, real=True))
