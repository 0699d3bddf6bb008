"""What a model by elements makes of two observations: where its moments are not those of another model.

An observation is a sum of effects; two observations share an effect where all of its indices are the same in both.
Hence E(y) is the sum of the fixed effects, each times its covariates, and Cov(y, y') the sum of the covariances of the
random effects that the two share. Levels are 1 and 2, and all numbers are small and exact: variances are squares, so
that a standard deviation in place of a variance is a number too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import isqrt
from typing import Any

import sympy

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.tree import Tree
from tutor.checking.kinds.claims import is_nothing
from tutor.checking.kinds.index_models import Drawn, Effect, Element, IndexModel, is_capital
from tutor.checking.verdict import Cell, Counterexample
from tutor.notation.names import unicode_name

MOST_INDICES = 5
"""Indices of which both levels are tried."""

Levels = Mapping[str, int]
Letters = Mapping[str, str]
Partners = Sequence[tuple[Effect, Effect | None]]
"""Each effect of an answer, with the effect of the reference that it stands for, if there is one."""


class _NoNumberError(Exception):
    """A moment has no number, as where the variance is a matrix of which only the name is told."""


class _Numbers:
    """The values of parameters, those of the reference first; what a moment used is kept, by its name."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.squares: dict[str, Fraction] = {}
        self.effects: dict[str, int] = {}
        self.used: dict[str, Fraction] = {}

    def variance(self, name: str) -> Fraction:
        """The square of ``first`` for the residual variance, which is the first, then the next squares."""
        value = self.squares.setdefault(name, Fraction((len(self.squares) + self.first) ** 2))
        return self.told(name, value)

    def covariance(self, name: str) -> Fraction:
        return self.told(name, self.squares.setdefault(name, Fraction(1)))

    def root(self, name: str, of: str) -> Fraction:
        """A standard deviation, whose square is the variance of this name."""
        return self.told(name, Fraction(isqrt(int(self.variance(of)))))

    def effect(self, kind: str, name: str, levels: tuple[int, ...]) -> Fraction:
        """A fixed effect, or a covariate: other numbers for other levels, and for other kinds."""
        place = self.effects.setdefault(kind, len(self.effects) + 1)
        return self.told(name, Fraction(3 * place + sum(n * level for n, level in enumerate(levels, start=1))))

    def told(self, name: str, value: Fraction) -> Fraction:
        self.used[unicode_name(name)] = value
        return value


class _Side:
    """One of the two models: its index letters as those of the reference, and for each effect, by its identity, the
    effect of the reference for which it stands."""

    def __init__(self, model: IndexModel, letters: Letters, partners: Partners, asked: IndexModel) -> None:
        self.model, self._letters, self._asked = model, letters, asked
        self.effects = [mine for mine, _ in partners]
        self._stands_for = {id(mine): theirs for mine, theirs in partners if theirs is not None}
        self._same: dict[str, Element] = {}
        """What an effect of the answer is in the reference; one that stands in several terms is the same in each."""
        for mine, theirs in partners:
            self._same.setdefault(mine.element.key, mine.element if theirs is None else theirs.element)

    def _levels(self, element: Element, at: Levels) -> tuple[int, ...]:
        mapped = sorted(self._letters.get(letter, f"?{letter}") for letter in element.indices)
        return tuple(at.get(letter, 1) for letter in mapped)

    def _drawn(self, effect: Effect) -> Drawn | None:
        """Its distribution; that of the effect it stands for where nothing is said of it."""
        own = self.model.distribution(effect)
        other = self._stands_for.get(id(effect))
        if own is not None or other is None:
            return own
        return self._asked.distribution(other)

    def _coefficient(self, effect: Effect, at: Levels, numbers: _Numbers) -> Fraction:
        value = _rational(effect.factor)
        theirs = self._stands_for.get(id(effect))
        # A covariate may be written with more indices than it needs: x_ij for x_i.
        for each in effect.covariates if theirs is None else theirs.covariates:
            levels = self._levels(each, at) if theirs is None else tuple(at.get(i, 1) for i in sorted(each.indices))
            value *= numbers.effect(f"{each.base}{each.number}", _name(each, levels), levels)
        return value

    def mean(self, at: Levels, numbers: _Numbers) -> Fraction:
        total = Fraction(0)
        for effect in self.effects:
            coefficient = self._coefficient(effect, at, numbers)
            drawn = self._drawn(effect)
            if drawn is not None and is_nothing(drawn.mean):
                continue
            if drawn is not None:
                total += coefficient * self._number(drawn.mean, effect, numbers)
                continue
            levels = self._levels(effect.element, at)
            kind = self._same[effect.element.key]
            total += coefficient * numbers.effect(f"{kind.letter}{kind.number}", _name(effect.element, levels), levels)
        return total

    def covariance(self, first: Levels, second: Levels, numbers: _Numbers) -> Fraction:
        total = Fraction(0)
        random = [(effect, drawn) for effect in self.effects if (drawn := self._drawn(effect)) is not None]
        for effect, drawn in random:
            for other, its in random:
                shared = self._levels(effect.element, first) == self._levels(other.element, second)
                if not shared or (effect is not other and drawn != its):
                    continue
                total += (
                    self._coefficient(effect, first, numbers)
                    * self._coefficient(other, second, numbers)
                    * self._entry(drawn, effect, other, numbers)
                )
        return total

    def _entry(self, drawn: Drawn, effect: Effect, other: Effect, numbers: _Numbers) -> Fraction:
        """The covariance of two effects that one distribution tells, at the same levels."""
        if len(drawn.elements) > 1 and is_capital(drawn.variance):
            drawn = self._by_entries(drawn, effect)
        if isinstance(drawn.variance, Scalar):
            return self._number(drawn.variance, effect, numbers) if effect is other else Fraction(0)
        places = {(each.letter, each.number): place for place, each in enumerate(drawn.elements)}
        pair = [places.get((each.element.letter, each.element.number)) for each in (effect, other)]
        if not isinstance(drawn.variance, Explicit) or len(drawn.elements) != drawn.variance.rows or None in pair:
            raise _NoNumberError
        row, column = (place for place in pair if place is not None)
        cell: Any = drawn.variance.matrix[row, column]
        if isinstance(cell, sympy.Symbol) and row != column:
            return numbers.covariance(cell.name)
        return self._number(Scalar(cell), effect, numbers)

    def _by_entries(self, drawn: Drawn, effect: Effect) -> Drawn:
        """A distribution whose matrix of covariances is only a letter, with the entries that the reference has."""
        theirs = self._stands_for.get(id(effect))
        asked = None if theirs is None else self._asked.distribution(theirs)
        if asked is None or not isinstance(asked.variance, Explicit) or len(asked.elements) != len(drawn.elements):
            raise _NoNumberError
        own, others = ([(each.letter, each.number) for each in told.elements] for told in (drawn, asked))
        places = [others.index(each) for each in own] if set(own) == set(others) else [*range(len(own))]
        return replace(drawn, variance=Explicit(asked.variance.matrix.extract(places, places)))

    def _variance_of(self, theirs: Effect) -> str | None:
        """The name that the reference has for the variance of one of its effects."""
        drawn = self._asked.distribution(theirs)
        if drawn is None:
            return None
        if isinstance(drawn.variance, Scalar):
            return str(drawn.variance.value)
        places = [place for place, each in enumerate(drawn.elements)
                  if (each.letter, each.number) == (theirs.element.letter, theirs.element.number)]  # fmt: skip
        if not isinstance(drawn.variance, Explicit) or not places or places[0] >= drawn.variance.rows:
            return None
        return str(drawn.variance.matrix[places[0], places[0]])

    def _number(self, tree: Tree, effect: Effect, numbers: _Numbers) -> Fraction:
        """A variance or a mean in numbers: another name for the variance of an effect has the value of that."""
        if not isinstance(tree, Scalar):
            raise _NoNumberError
        values = {
            letter: sympy.Rational(self._parameter(str(letter), effect, numbers))
            for letter in sorted(tree.value.free_symbols, key=str)
        }
        return _rational(tree.value.xreplace(values))

    def _parameter(self, name: str, effect: Effect, numbers: _Numbers) -> Fraction:
        known = {str(letter) for drawn in self._asked.drawn.values() for letter in _letters_of(drawn.variance)}
        partner = self._variance_of(self._stands_for.get(id(effect), effect))
        if name in known or name in numbers.squares:
            return numbers.variance(name)
        if self.model.is_deviation(name):
            square = name.replace("sigma", "sigma2", 1)
            return numbers.root(name, square if square in known or partner is None else partner)
        if partner is not None and partner in numbers.squares:
            numbers.squares[name] = numbers.squares[partner]
        return numbers.variance(name)


def _letters_of(variance: Tree) -> set[sympy.Basic]:
    cells: list[Any] = (
        variance.matrix.flat() if isinstance(variance, Explicit) else [getattr(variance, "value", sympy.S.Zero)]
    )
    return {letter for cell in cells for letter in cell.free_symbols}


def differing_moment(
    asked: IndexModel, said: IndexModel, letters: Letters, partners: Partners
) -> Counterexample | None:
    """Numbers at which a mean or a covariance of one or two observations differs between two models.

    ``letters`` are the index letters of the answer with those of the reference. None where no such moment is found:
    then the models differ in what is said of a distribution, as its family, and not in its first two moments.
    """
    own = [(each, each) for each in (*asked.effects, *(() if asked.residual is None else (asked.residual,)))]
    theirs = _Side(asked, {letter: letter for letter in asked.response.indices}, own, asked)
    mine = _Side(said, letters, partners, asked)
    # With a residual variance of 1 numbers are the smallest, and its root is no other number.
    return _differing(theirs, mine, first=1) or _differing(theirs, mine, first=2)


def _differing(theirs: _Side, mine: _Side, *, first: int) -> Counterexample | None:
    asked = theirs.model
    known = _Numbers(first)
    for effect in reversed(theirs.effects):  # the residual first
        drawn = asked.distribution(effect)
        if drawn is not None and isinstance(drawn.variance, Scalar) and drawn.variance.value.is_Symbol:
            known.variance(str(drawn.variance.value))
    for quantity, one, other in _moments(asked):
        numbers = _Numbers(first)
        numbers.squares = dict(known.squares)
        try:
            pair = [
                side.mean(one, numbers) if other is None else side.covariance(one, other, numbers)
                for side in (theirs, mine)
            ]
        except _NoNumberError:
            continue
        if pair[0] != pair[1]:
            values = {name: str(value) for name, value in numbers.used.items()}
            return Counterexample(values, Cell(0, 0), str(pair[1]), str(pair[0]), quantity)
    return None


def _moments(asked: IndexModel) -> Iterator[tuple[str, Levels, Levels | None]]:
    """Var(y_11) and E(y_11), then the covariances with other observations and their means."""
    indices = _in_order(asked.response)[:MOST_INDICES]
    first = dict.fromkeys(indices, 1)
    name = _name(asked.response, tuple(first.values()))
    yield f"Var({name})", first, first
    yield f"E({name})", first, None
    for levels in sorted(product((1, 2), repeat=len(indices)), key=sum):
        second = dict(zip(indices, levels, strict=True))
        if second != first:
            other = _name(asked.response, levels)
            yield f"Cov({name}, {other})", first, second
            yield f"E({other})", second, None


def _in_order(element: Element) -> list[str]:
    """Its indices in the order in which they are written."""
    written = element.key.partition("_")[2]
    return sorted(element.indices, key=written.find)


def _name(element: Element, levels: tuple[int, ...]) -> str:
    below = f"{element.number}{''.join(map(str, levels))}"
    return unicode_name(f"{element.base}_{below}" if below else element.base)


def _rational(value: sympy.Basic) -> Fraction:
    if not isinstance(value, sympy.Rational):
        raise _NoNumberError
    return Fraction(int(value.p), int(value.q))
