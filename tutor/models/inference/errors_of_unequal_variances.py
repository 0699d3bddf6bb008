"""Trials whose residuals, or random effects, have a variance for each level of an index: of environments, of blocks.

All combinations of the indices have a row. Over every index but that of the variances the rows are told apart by
I = J̄ + (I − J̄), J̄ = J/n: on each product of such projections, a stratum, V is D + cJ over the levels j, D diagonal.
Where the fixed effects of a stratum have a value of their own at each j, an average is best, with the variance
a'(D + cJ)a for the shares a of the levels. Where they have one for all, it is found with weights 1/d_j, and with
1/(1'(D + cJ)⁻¹1) = c + 1/Σ_j(1/d_j) by the inverse of Sherman and Morrison. Source: Nelder (1965), Proc. R. Soc. A 283,
147–178; Cochran (1937), Suppl. J. R. Statist. Soc. 4, 102–118, for the weights of experiments of unequal accuracy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.nodes import Scalar
from tutor.models.element_names import letters_of
from tutor.models.index import Name
from tutor.models.inference.kinds_of_errors import Kind, Kinds, Question
from tutor.models.inference.standard_error import Contribution
from tutor.models.observations.vectors import RandomVector, random_vectors
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Stratum:
    """V on the differences between the levels of ``letters``, averaged over all other indices but that of the
    variances: the entries of D and c of D + cJ; ``is_free`` where fixed effects have a value for each of its levels."""

    letters: frozenset[str]
    variances: tuple[sympy.Expr, ...]
    common: sympy.Expr
    is_free: bool

    def covariance(self, one: Shares, other: Shares) -> sympy.Expr:
        """The covariance of the best estimates of a'θ and b'θ for these shares of the levels."""
        whole = sympy.Add(*one) * sympy.Add(*other)
        if self.is_free:
            parts = (a * b * d for a, b, d in zip(one, other, self.variances, strict=True))
            return sympy.Add(*parts) + whole * self.common
        return whole * (self.common + 1 / sympy.Add(*(1 / d for d in self.variances)))


Shares = Sequence[sympy.Expr]
"""What each level of the index of the variances has of a mean."""


@dataclass(frozen=True, slots=True)
class UnequalVariances:
    """The letter of the index that has a variance for each level, the sizes of all indices, and the strata."""

    letter: str
    sizes: dict[str, sympy.Expr]
    strata: tuple[Stratum, ...]

    @property
    def levels(self) -> range:
        return range(1, int(self.sizes[self.letter]) + 1)

    def mean(self, stratum: Stratum, cell: frozenset[str], level: int | None) -> Contribution:
        """What a stratum brings to the variance of a mean of a cell, at one level of the index or over all."""
        shares = self._shares(level)
        weight = self._weight(stratum, cell, frozenset())
        return self._told(stratum, weight * stratum.covariance(shares, shares))

    def difference(
        self, stratum: Stratum, cell: frozenset[str], differing: frozenset[str], levels: tuple[int | None, int | None]
    ) -> Contribution:
        """What a stratum brings to the variance of the difference of two means of cells."""
        one, other = (self._shares(level) for level in levels)
        own = self._weight(stratum, cell, frozenset()) * (
            stratum.covariance(one, one) + stratum.covariance(other, other)
        )
        across = self._weight(stratum, cell, differing) * stratum.covariance(one, other)
        return self._told(stratum, sympy.factor_terms(own - 2 * across))

    def _shares(self, level: int | None) -> Shares:
        if level is None:
            return [sympy.S.One / len(self.levels) for _ in self.levels]
        return [sympy.Integer(int(each == level)) for each in self.levels]

    def _weight(self, stratum: Stratum, cell: frozenset[str], differing: frozenset[str]) -> sympy.Expr:
        """a'Eb of the projection E on a stratum and the shares a and b of the combinations of the other indices: those
        of one cell, and of another at other levels of the ``differing`` indices."""
        weight: sympy.Expr = sympy.S.One
        for letter, size in self.sizes.items():
            if letter == self.letter:
                continue
            if letter not in stratum.letters:
                weight /= size
            elif letter not in cell:
                return sympy.S.Zero
            else:
                weight *= -1 / size if letter in differing else 1 - 1 / size
        return weight

    def _told(self, stratum: Stratum, variance: sympy.Expr) -> Contribution:
        j, several = self.letter, " × ".join(letter for letter in self.sizes if letter in stratum.letters)
        between = f"differences between levels of {several}" if several else "averages over all other indices"
        listed = ", ".join(inline(Scalar(d)) for d in stratum.variances)
        common = f", and they share {inline(Scalar(stratum.common))}" if stratum.common != 0 else ""
        if stratum.is_free:
            return Contribution(variance, f"{between} have effects of their own at each {j}, where the variances are "
                                          f"{listed}{common}")  # fmt: skip
        return Contribution(variance, f"{between} are the same at all {j}, where the variances d_{j} are {listed}: "
                                      f"weights 1/d_{j} are best, and leave 1/Σ(1/d_{j}){common}")  # fmt: skip


def unequal_variances(model: MixedModel) -> UnequalVariances | None:
    """The strata of a model without a plan whose random vectors have one variance each, or one for each level of an
    index; None for any other."""
    index, vectors = model.index, random_vectors(model)
    letter = index.repeated
    sizes: dict[str, sympy.Expr] = {run.letter: run.extent for run in index.ranges if not isinstance(run.extent, Name)}
    if model.plan is not None or vectors is None or index.offset is not None or index.zeros:
        return None
    if letter not in sizes or not sizes[letter].is_Integer or len(sizes) < len(index.ranges):
        return None
    if sympy.expand(model.n - sympy.Mul(*sizes.values())) != 0 or any(term.covariates for term in index.terms):
        return None
    levels = int(sizes[letter])
    found = [(vector, _diagonal(vector, levels, letter)) for vector in vectors]
    if any(diagonal is None for _, diagonal in found):
        return None
    names = {name for effects in index.effects for name in effects.names}
    fixed = [frozenset(letters_of(term.coefficient)) for term in index.terms if term.coefficient not in names]
    others = [each for each in sizes if each != letter]
    strata = []
    for chosen in chain.from_iterable(combinations(others, number) for number in range(len(others) + 1)):
        inside = [term for term in fixed if set(chosen) <= term]
        if inside:
            told = [(vector, diagonal) for vector, diagonal in found if diagonal is not None]
            strata.append(_stratum(frozenset(chosen), told, sizes, letter, any(letter in term for term in inside)))
    return UnequalVariances(letter, sizes, tuple(strata))


def _diagonal(vector: RandomVector, levels: int, letter: str) -> tuple[sympy.Expr, ...] | None:
    """The variance of an element at each level; None where elements at two levels covary in another way than by being
    the same, and for several coefficients."""
    if vector.structure is None:
        block: Any = vector.block
        return (block[0, 0],) * levels if block is not None and block.shape == (1, 1) else None
    if not vector.structure.rows.is_Integer or int(vector.structure.rows) != levels:
        return None
    told: Any = vector.structure.explicit()
    apart = all(told[i, j] == 0 for i in range(levels) for j in range(levels) if i != j)
    return tuple(told[i, i] for i in range(levels)) if apart and letter == vector.repeated else None


def _stratum(
    chosen: frozenset[str],
    vectors: Sequence[tuple[RandomVector, tuple[sympy.Expr, ...]]],
    sizes: dict[str, sympy.Expr],
    letter: str,
    is_free: bool,
) -> Stratum:
    """On a stratum I is 1, and J is its size, or 0 where differences are taken."""
    total: list[sympy.Expr] = [sympy.S.Zero for _ in range(int(sizes[letter]))]
    common: sympy.Expr = sympy.S.Zero
    for vector, diagonal in vectors:
        over = set(sizes) - set(vector.letters) - {letter}
        if over & chosen:
            continue
        number = sympy.Mul(*(sizes[each] for each in over))
        if letter in vector.letters:
            total = [sum_so_far + number * own for sum_so_far, own in zip(total, diagonal, strict=True)]
        else:
            common += number * diagonal[0]
    return Stratum(chosen, tuple(total), common, is_free)


def of_unequal_variances(model: MixedModel, question: Question) -> Kinds | None:
    """Means and differences while a size is a letter; by levels of the index of the variances where it is asked at
    them. None for any other model."""
    found = None if model.n.is_Integer else unequal_variances(model)
    if found is None or not question.cell <= set(found.sizes):
        return None
    if found.letter not in question.cell:
        return Kinds((_kind(found, question, (None, None), ""),))
    j, others = found.letter, sympy.Mul(*(found.sizes[each] for each in question.cell - {found.letter}))
    if j in question.differing:
        number = others * sympy.Mul(*(found.sizes[each] - 1 for each in question.differing - {j}))
        kinds = [
            _kind(found, question, (one, other), f", of {j} = {one} and {j} = {other}", number)
            for one, other in combinations(found.levels, 2)
        ]
    else:
        pairs = sympy.Mul(*(found.sizes[each] - 1 for each in question.differing)) / 2 if question.differing else 1
        kinds = [_kind(found, question, (at, at), f", {j} = {at}", others * pairs) for at in found.levels]
    return Kinds(tuple(kinds), differ=f"each level of {j} has a variance of its own")


def _kind(
    found: UnequalVariances,
    question: Question,
    levels: tuple[int | None, int | None],
    told: str,
    number: sympy.Expr | None = None,
) -> Kind:
    if question.differing:
        parts = [found.difference(each, question.cell, question.differing, levels) for each in found.strata]
    else:
        parts = [found.mean(each, question.cell, levels[0]) for each in found.strata]
    return Kind(f"{question.what}{told}", tuple(part for part in parts if part.variance != 0), number, apart=True)
