"""Q of an expected mean square in effects, b Σ_i (τ_i − τ̄_·)²/(t − 1) in blocks: orthogonal or balanced incomplete.

The projection of a source of factors F takes from Xβ what varies with F once all margins are taken off. A term T that
does not have all factors of F is lost; of one that has, its means over the others are left, with the sign (−1)^(|F| −
|S|) at each margin S of F. Source: Searle (1971), Linear Models, section 9.4; Cornfield and Tukey (1956), Annals of
Mathematical Statistics 27, 907–949.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import Scalar, Scaled
from tutor.algebra.single import sum_or_term
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.models.effects import INTERCEPT
from tutor.models.inference.efficiency import efficiency
from tutor.models.inference.orthogonal_terms import terms_are_orthogonal
from tutor.models.inference.source_parts import Classes, Source
from tutor.models.inference.sources import is_orthogonal
from tutor.models.levels import DOT, key_at
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.index import Name
    from tutor.models.mixed import MixedModel


def fixed_part_in_effects(model: MixedModel, source: Source, *, sums_are_zero: bool = False) -> Tree | None:
    """Q of a source as a sum of squares of effects, 1 × 1, also where all sums of effects over an index are 0; None for
    a source that has none, a design that is neither orthogonal nor balanced, and terms with covariates or nested in
    each other.

    In balanced incomplete blocks of efficiency e treatments have e times what complete blocks would leave them, and
    blocks, where random, the other part of it.
    """
    coefficients, e = _coefficients(model), efficiency(model)
    if len(source.means) != 1 or coefficients is None or source.degrees_of_freedom == 0:
        return None
    place = next(i for i, term in enumerate(model.fixed) if term.name == source.means[0])
    own, variables = coefficients[place], frozenset(model.fixed[place].variables)
    if source.means != (source.name,) and (e is None or source.part.is_fixed or _has_more_treatments(model, variables)):
        return None
    if own.bases == ("mu",) or not own.indices:
        return None
    inner = _effect(own, own.indices) if sums_are_zero else _without_margins(own, coefficients)
    total: Tree = Applied("power", (inner, Scalar(sympy.Integer(2))))
    for letter in reversed(own.indices):
        total = _summed(model, letter, total)
    kept = sympy.S.One if e is None else e if source.part.is_fixed else 1 - e
    repeats = sympy.cancel(kept * model.n / Classes(model).cells(variables))
    share = normal(repeats / source.degrees_of_freedom)
    return total if share == 1 else Scaled(Scalar(share), total)


def _has_more_treatments(model: MixedModel, variables: frozenset[str]) -> bool:
    """Whether other terms than the mean and this one are fixed."""
    return any(term.name != INTERCEPT and frozenset(term.variables) != variables for term in model.fixed)


def told_in_effects(model: MixedModel, source: Source) -> str | None:
    """Q in effects as a sentence, with what it is where the effects add up to 0; None where it has no such form."""
    found = fixed_part_in_effects(model, source)
    simple = fixed_part_in_effects(model, source, sums_are_zero=True)
    if found is None or simple is None:
        return None
    told = f"In effects Q({source.means[0]}) = {inline(found)}"
    e = efficiency(model)
    if e is not None:
        part = "e" if source.part.is_fixed else "1 − e"
        told += f", of which the efficiency e = {inline(e)} of the blocks makes the factor {part}"
    if model.index.zeros:
        return f"{told}."
    place = next(i for i, term in enumerate(model.fixed) if term.name == source.means[0])
    own = model.index.terms[place].coefficient
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
    in an orthogonal design or balanced incomplete blocks."""
    if not is_orthogonal(model) and not terms_are_orthogonal(model) and efficiency(model) is None:
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
    levels = [letter if letter in margin else DOT for letter in name.indices]
    return Scalar(sympy.Symbol(key_at(name, levels), real=True))
