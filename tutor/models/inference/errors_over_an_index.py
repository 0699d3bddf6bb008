"""What a covariance structure over an index brings to the variance of a mean and of a difference, by its elements.

OLS is best here, so that a mean is estimated by its observations: at one level j of the index with σ_jj over the number
of independent groups in it, over all t levels with 1'Σ1/t²; the difference of two levels of the same groups has
σ_jj + σ_j'j' − 2σ_jj'. Source: Milliken and Johnson (2009), Analysis of Messy Data 1, 2nd ed., chapter 26.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.tree import Tree
from tutor.covariance.structure import structure
from tutor.errors import SizeError, TutorError
from tutor.models.inference.kinds_of_errors import Kind, Kinds, Question
from tutor.models.inference.source_parts import Classes
from tutor.models.inference.standard_error import Contribution
from tutor.models.inference.structures_over_an_index import OverIndex, over_index
from tutor.models.levels import DOT, Level
from tutor.models.observations.structures import between
from tutor.models.words import listed_words
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel
    from tutor.models.observations.vectors import RandomVector


@dataclass(frozen=True, slots=True)
class Asked:
    """Factors of a mean: ``cell`` are those at one level.

    The ``differing`` among them are at another level in the other mean of a difference; a mean alone has none.
    """

    cell: frozenset[str]
    differing: frozenset[str] = frozenset()


def shares_over_index(model: MixedModel, asked: Asked) -> list[Contribution] | None:
    """The shares of all random vectors, ε last; None for a model that has no structure over an index, or whose cells
    have no effects of their own.

    Raises
    ------
    TutorError
        For a structure whose entries are not told by letters.
    """
    if all(frozenset(term.variables) != asked.cell for term in model.fixed):
        return None
    found = over_index(model)
    return None if found is None else [_share(model, found, vector, asked) for vector in found.vectors]


def kinds_by_levels(model: MixedModel, question: Question) -> Kinds | None:
    """Differences of two levels of the index of a structure whose elements have no formula in letters, for a number of
    levels: by pairs of levels that have one variance, as those at one distance; None for any other question."""
    found = over_index(model)
    if found is None or found.name not in question.differing:
        return None
    if all(frozenset(term.variables) != question.cell for term in model.fixed):
        return None
    (levels,) = {factor.size for factor in model.factors if factor.name == found.name}
    if not levels.is_Integer:
        return None
    asked = Asked(question.cell, question.differing)
    together: dict[tuple[sympy.Expr | Tree, ...], list[tuple[int, int]]] = {}
    parts: dict[tuple[sympy.Expr | Tree, ...], tuple[Contribution, ...]] = {}
    for pair in combinations(range(1, int(levels) + 1), 2):
        shares = tuple(_share(model, found, vector, asked, pair) for vector in found.vectors)
        key = tuple(share.variance for share in shares)
        together.setdefault(key, []).append(pair)
        parts.setdefault(key, shares)
    others = Classes(model).cells(question.cell - {found.name})
    between_others = sympy.Mul(*(Classes(model).cells({name}) - 1 for name in question.differing - {found.name}))
    number = others * between_others
    by_distance = all({j - i for i, j in pairs} == {d} for d, pairs in enumerate(together.values(), start=1))
    kinds = [
        Kind(f"{question.what}, {_told(pairs, found.name, by_distance)}", parts[key], number * len(pairs))
        for key, pairs in together.items()
    ]
    return Kinds(tuple(kinds), differ=f"it depends on which levels of {found.name} they are of")


def _told(pairs: Sequence[tuple[int, int]], name: str, by_distance: bool) -> str:
    """Pairs of levels in words."""
    if by_distance:
        distance = pairs[0][1] - pairs[0][0]
        return f"{distance} {name}{'' if distance == 1 else 's'} apart"
    return listed_words([f"{name}s {i} and {j}" for i, j in pairs])


def _share(
    model: MixedModel, found: OverIndex, vector: RandomVector, asked: Asked, at: tuple[int, int] | None = None
) -> Contribution:
    assert model.plan is not None
    names = {index.letter: index.name for index in model.plan.layout.indices}
    own = frozenset(names[letter] for letter in vector.letters)
    structured = vector.structure is not None
    groups = own - {found.name} if structured else own
    classes = Classes(model)
    number = sympy.cancel(classes.cells(groups) / classes.cells(groups & asked.cell))
    counted, kind = inline(number), "groups" if structured else "effects"
    if vector.letter == model.index.residual.bases[0] and not structured:
        several = f"{counted} observations"
    else:
        several = f"{counted} {kind} of {' × '.join(name for name in names.values() if name in groups)}"
    levels: tuple[Level, Level] = (DOT, DOT)
    if structured and found.name in asked.cell:
        levels = at or (found.letter, f"{found.letter}'" if found.name in asked.differing else found.letter)
    one, other, both = (_entry(model, vector, pair) for pair in _pairs(*levels))
    told = f", at one {found.name} with an element of {_sigma(vector)}" if structured and DOT not in levels else ""
    if not asked.differing:
        return Contribution(sympy.factor_terms(one / number), f"{several} in the mean{told}")
    if asked.differing & groups:
        return Contribution(
            sympy.factor_terms((one + other) / number), f"{several} in each mean, others in the other{told}"
        )
    total = one + other - 2 * both
    if sympy.expand(total) == 0:
        return Contribution(sympy.S.Zero, f"both means have the same effects {vector.letter}, which cancel")
    return Contribution(sympy.factor_terms(total / number), f"{several} in both means, at two levels of {found.name}")


def _pairs(one: Level, other: Level) -> tuple[tuple[Level, Level], ...]:
    return (one, one), (other, other), (one, other)


def _sigma(vector: RandomVector) -> str:
    return "Σ" if vector.structure is None else inline(vector.structure)


def _entry(model: MixedModel, vector: RandomVector, levels: tuple[Level, Level]) -> sympy.Expr:
    """The covariance of two elements of one group at these levels of the index, or averages over all of them."""
    if vector.structure is None:
        assert vector.block is not None
        block: Any = vector.block
        return block[0, 0]
    matrix = vector.structure
    if DOT in levels:
        return between(matrix, *levels)
    if matrix.rows.is_Integer:
        alike = _of_all_pairs(matrix, same=levels[0] == levels[1])
        if alike is not None:
            return alike
    try:
        return between(matrix, *levels)
    except TutorError:
        return _by_letters(model, vector, levels)


def _of_all_pairs(matrix: Tree, *, same: bool) -> sympy.Expr | None:
    """The element on the diagonal, or beside it, where it is the same everywhere; None otherwise."""
    told: Any = matrix.explicit()
    order = range(told.rows)
    found = {told[i, j] for i in order for j in order if (i == j) == same}
    return found.pop() if len(found) == 1 else None


def _by_letters(model: MixedModel, vector: RandomVector, levels: tuple[Level, Level]) -> sympy.Expr:
    """σ²_j on the diagonal and σ_jj' beside it, by the formula of the structure's entries."""
    told = {term.letter: term.covariance for term in model.random}.get(vector.letter, model.residual)
    known = None if told is None else told.over
    suffix = vector.letter if vector.letter in {term.letter for term in model.random} else ""
    if known is not None and known.is_plain:
        first, second = (sympy.Symbol(str(level), integer=True, positive=True) for level in levels)
        entry = structure(known.key).entry(first, second, suffix)
        found: Any = entry.replace(sympy.KroneckerDelta, lambda i, j: sympy.S.One if i == j else sympy.S.Zero)
        if not found.has(sympy.Indexed, sympy.Product, sympy.Sum):
            return sympy.factor_terms(found)
    raise SizeError(
        f"The elements of {_sigma(vector)} at any two levels have no formula in letters.",
        tip='Ask for a function of effects at levels by number: m.se("tau_1 - tau_2 + taualpha_13 - taualpha_23").',
    )
