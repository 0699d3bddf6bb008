"""Covariances of two observations by what they have in common, read off V: for models in which effects or residuals
are correlated, or multiplied by covariates, so that no sum of variances tells them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.sizes import whole
from tutor.models.effects import INTERCEPT
from tutor.models.numbers import number_of_text
from tutor.notation.write import unicode

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_OBSERVATIONS = 240
"""Observations of a model whose V is looked through pair by pair."""

MOST_CASES = 12
"""Lines for pairs that have the same units in common; where there are more, it is said that they differ."""

_NUMBERED = re.compile(r"(?:[^\W\d]|\s)*([+-]?[\d.]+(?:[eE][+-]?\d+)?)")
"""A number behind a name, which may be missing."""

Values = tuple[sympy.Expr, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared, and its value in each model; None where it differs within the case."""

    what: str
    values: tuple[sympy.Expr | None, ...]


def is_listed(models: Sequence[MixedModel]) -> bool:
    """Whether the entries of V can be looked through in all models."""
    return all(m.n.is_Integer and m.n <= MOST_OBSERVATIONS and m.y.entries is not None for m in models)


def pair_cases(models: Sequence[MixedModel], variances: Sequence[Any]) -> Iterator[Case]:
    """Var of one observation and Cov of two, by the units that they share and, within those, by how far they are apart.

    ``variances`` are the matrices V, n × n.
    """
    columns = {name: values for model in models for name, values in model.columns}
    running = [name for name in _running(models) if name in columns]
    shared = [name for name in _shared(models) if name in columns and name not in running]
    places = [tuple(columns[name][row] for name in running) for row in range(len(next(iter(columns.values()))))]
    single: dict[Any, set[Values]] = {}
    pairs: dict[frozenset[str], dict[Any, set[Values]]] = {}
    for a, place in enumerate(places):
        single.setdefault((place,), set()).add(tuple(V[a, a] for V in variances))
        for b in range(a):
            agree = frozenset(name for name in shared if columns[name][a] == columns[name][b])
            values = tuple(V[a, b] for V in variances)
            pairs.setdefault(agree, {}).setdefault(_unordered(places[b], place), set()).add(values)
    yield from _by_place("Var of one observation", single, running)
    last: set[Values] = set()
    for agree in sorted(pairs, key=lambda names: (-len(names), sorted(names))):
        found = pairs[agree]
        if {value for each in found.values() for values in each for value in values} == {sympy.S.Zero}:
            last.add((sympy.S.Zero,) * len(variances))
            continue
        told = " and ".join(name for name in shared if name in agree) or "nothing"
        yield from _by_place(f"Cov of two with the same {told}", found, running)
    for values in last:
        yield Case("Cov of any other two", values)


def _running(models: Sequence[MixedModel]) -> list[str]:
    """The columns over which effects or residuals are correlated, or by which effects are multiplied."""
    found: list[str] = []
    for model in models:
        overs = [model.residual, *(term.covariance for term in model.random)]
        found += [name for each in overs if each is not None and each.over is not None for name in each.over.columns]
        for term in model.random:
            found += [name for names in term.effects for name in names]
            found += [name for name in term.coefficients if name != INTERCEPT]
    return list(dict.fromkeys(found))


def _shared(models: Sequence[MixedModel]) -> list[str]:
    """The columns that tell which units two observations have in common."""
    found = [factor.name for model in models for factor in model.factors]
    for model in models:
        found += [name for term in model.random for name in term.variables]
        if model.residual is not None and model.residual.over is not None:
            found += model.residual.over.group
    return list(dict.fromkeys(found))


def _unordered(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    return (first, second) if _in_order([first]) <= _in_order([second]) else (second, first)


def _by_place(what: str, found: dict[Any, set[Values]], running: Sequence[str]) -> Iterator[Case]:
    """One case where all values agree; otherwise one for each distance, or each pair of places, if they are few."""
    number = len(next(iter(next(iter(found.values())))))
    every = [set[sympy.Expr]().union(*({v[m] for v in each} for each in found.values())) for m in range(number)]
    if all(len(values) == 1 for values in every):
        yield Case(what, tuple(next(iter(values)) for values in every))
        return
    by_distance = _by_distance(found, running)
    if by_distance is not None:
        for distance, values in by_distance:
            yield Case(f"{what}, {running[0]} {distance} apart", values)
        return
    if len(found) <= MOST_CASES and all(len(each) == 1 for each in found.values()):
        for places, (values,) in sorted(found.items(), key=lambda item: _in_order(item[0])):
            yield Case(f"{what}, {_words(places, running)}", values)
        return
    yield Case(what, tuple(next(iter(values)) if len(values) == 1 else None for values in every))


def _by_distance(found: dict[Any, set[Values]], running: Sequence[str]) -> list[tuple[str, Values]] | None:
    """The values by the distance of two numbers, or of two levels that are numbered; None where it does not tell."""
    if len(running) != 1 or any(len(places) != 2 for places in found):
        return None
    by_distance: dict[sympy.Expr, set[Values]] = {}
    for ((first,), (second,)), values in found.items():
        numbers = [_number(place) for place in (first, second)]
        if None in numbers:
            return None
        distance = sympy.Abs(numbers[0] - numbers[1])  # pyright: ignore[reportOperatorIssue, reportOptionalOperand]
        by_distance.setdefault(distance, set()).update(values)
    if len(by_distance) > MOST_CASES or any(len(values) > 1 for values in by_distance.values()):
        return None
    if len(by_distance) == len(found):  # each distance comes once, so that it need not be what tells
        return None
    return [(unicode(distance), next(iter(by_distance[distance]))) for distance in sorted(by_distance)]


def _in_order(places: Sequence[tuple[Any, ...]]) -> list[tuple[bool, Any, str]]:
    """What pairs of places are sorted by: numbers by their size, other levels by their names."""
    numbers = [(_number(value), str(value)) for place in places for value in place]
    return [(number is None, 0 if number is None else number, text) for number, text in numbers]


def _number(place: Any) -> sympy.Rational | None:
    """A number, or that in the name of a level, as 3 in time3."""
    if isinstance(place, sympy.Rational):
        return place
    found = _NUMBERED.fullmatch(str(place))
    return None if found is None else number_of_text(found[1])


def _words(places: Sequence[tuple[Any, ...]], running: Sequence[str]) -> str:
    """time 1 and time 2; x = 3."""
    told = [", ".join(_place(name, value) for name, value in zip(running, place, strict=True)) for place in places]
    return " and ".join(told)


def _place(name: str, value: Any) -> str:
    text = str(value)
    if text.startswith(name):
        return text
    return f"{name} = {text}" if _number(value) is not None and not text[:1].isalpha() else f"{name} {text}"


def mean_cases(model_pair: Sequence[MixedModel], variances: Sequence[Any], name: str) -> Iterator[Case]:
    """Var of the mean of a level of a factor, and of the difference of two of them, in a balanced layout."""
    factor = next(f for model in model_pair for f in model.factors if f.name == name)
    assert factor.codes is not None and factor.levels is not None
    levels = range(whole(factor.size))
    rows = [[row for row, code in enumerate(factor.codes) if code == level] for level in levels]
    between = {
        (one, other): tuple(_average(V, rows[one], rows[other]) for V in variances)
        for one in levels
        for other in levels
        if one <= other
    }
    named = [_place(name, level) for level in factor.levels]
    means = {(named[level],): between[level, level] for level in levels}
    apart = {
        (named[one], named[other]): tuple(
            sympy.expand(a + b - 2 * c)
            for a, b, c in zip(between[one, one], between[other, other], between[one, other], strict=True)
        )
        for one, other in combinations(levels, 2)
    }
    yield from _by_level(f"Var of the mean of one {name}", "Var of the mean of", means)
    yield from _by_level(f"Var of the difference of two {name} means", "Var of the difference of the means of", apart)


def _by_level(one: str, each: str, found: dict[tuple[str, ...], Values]) -> Iterator[Case]:
    if len(set(found.values())) == 1:
        yield Case(one, next(iter(found.values())))
    elif len(found) <= MOST_CASES // 2:
        for levels, values in found.items():
            yield Case(f"{each} {' and '.join(levels)}", values)
    else:
        every = [{values[m] for values in found.values()} for m in range(len(next(iter(found.values()))))]
        yield Case(one, tuple(next(iter(values)) if len(values) == 1 else None for values in every))


def _average(V: Any, rows: Sequence[int], columns: Sequence[int]) -> sympy.Expr:
    """The average of V over some rows and columns: the covariance of two means."""
    counted = Counter(V[row, column] for row in rows for column in columns)
    return sympy.Add(*(number * value for value, number in counted.items())) / (len(rows) * len(columns))  # pyright: ignore[reportReturnType]
