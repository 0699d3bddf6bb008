"""Slips in the parameters, each another value for some of them: a root, a square, a reciprocal, zero, another's value.

The points of a case have squares for the parameters that are positive, so that roots are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, permutations
from math import isqrt
from typing import NamedTuple

import sympy

from tutor.algebra.nodes import Scalar
from tutor.checking.case import Case, Diagnosis
from tutor.checking.misconceptions.roles import (
    INTERCEPTS,
    has_data,
    is_correlation,
    is_covariance,
    is_fixed,
    is_random,
    is_residual,
    parameters,
)  # fmt: skip
from tutor.checking.misconceptions.sketch import Changed, Parameters
from tutor.notation.names import VARIANCES

MOST_TOGETHER = 3
"""Parameters that may be exchanged all at once."""

MOST_PARAMETERS = 10
"""Parameters whose slips are looked for: a model with more is not one in which a pair can be told."""


class ParameterEdit(NamedTuple):
    """What a slip makes of the parameters, and what it is called."""

    diagnosis: Diagnosis
    changed: Changed


def parameter_edits(case: Case) -> list[ParameterEdit]:
    """The slips in the parameters of the reference, the most frequent first."""
    known = parameters([case.reference])[:MOST_PARAMETERS]
    positive = [parameter for parameter in known if parameter.is_positive]
    return [
        *_powers("sd-for-variance", positive, _root),
        *_exchanges(positive),
        *_other_components(case, positive),
        *_powers("squared-twice", positive, _square),
        *_inverses(case, positive),
        *_other_elements(case, known),
        *_zeros(case, known),
    ]


class _Told(NamedTuple):
    """Parameters, told one after the other where they are told."""

    group: tuple[sympy.Symbol, ...]

    def __str__(self) -> str:
        return " and ".join(str(Scalar(parameter)) for parameter in self.group)


def _told(group: tuple[sympy.Symbol, ...]) -> dict[str, _Told]:
    return {"parameter": _Told(group)}


def _groups(known: list[sympy.Symbol]) -> Iterator[tuple[sympy.Symbol, ...]]:
    """Each alone, all together, and what lies between where there are few."""
    lengths = dict.fromkeys((1, len(known), *(range(2, len(known)) if len(known) <= MOST_TOGETHER + 1 else ())))
    for length in lengths:
        if length:
            yield from combinations(known, length)


def _powers(key: str, known: list[sympy.Symbol], power: Callable[[Fraction], Fraction]) -> Iterator[ParameterEdit]:
    for group in _groups(known):
        yield ParameterEdit(Diagnosis(key, _told(group)), _applied(group, power))


def _inverses(case: Case, known: list[sympy.Symbol]) -> Iterator[ParameterEdit]:
    for parameter in known:
        if is_residual(case, parameter) or is_random(case, parameter):
            key = "inverse-for-R" if is_residual(case, parameter) else "inverse-for-G"
            yield ParameterEdit(Diagnosis(key), _applied((parameter,), lambda value: 1 / value))


def _exchanges(known: list[sympy.Symbol]) -> Iterator[ParameterEdit]:
    for pair in combinations(known, 2):
        yield ParameterEdit(Diagnosis("components-swapped", _told(pair)), _moved(pair, (pair[1], pair[0])))
    if len(known) == MOST_TOGETHER:
        for order in permutations(known):
            if all(old != new for old, new in zip(known, order, strict=True)):
                yield ParameterEdit(Diagnosis("components-swapped", _told(order)), _moved(tuple(known), order))


def _other_components(case: Case, known: list[sympy.Symbol]) -> Iterator[ParameterEdit]:
    """A component that the reference has not, in the place of one that it has."""
    others = [other for other in parameters([case.answer]) if other.is_positive and other not in known]
    for parameter in known:
        for other in others:
            if _is_component(parameter) and _is_component(other):
                facts = _told((parameter, other))
                yield ParameterEdit(Diagnosis("components-swapped", facts), _moved((parameter,), (other,)))


def _zeros(case: Case, known: list[sympy.Symbol]) -> Iterator[ParameterEdit]:
    """Everything that has a parameter left out; of an answer without letters that explains nothing."""
    if not parameters([case.answer]):
        return
    groups: dict[str, list[tuple[sympy.Symbol, ...]]] = {}
    for parameter in known:
        if not is_correlation(parameter):
            groups.setdefault(_key_of_zero(case, parameter), []).append((parameter,))
    # A slope leaves with its covariances.
    covariances = tuple(parameter for (parameter,) in groups.get("variance-of-sum", ()))
    if covariances:
        alone = groups.get("missing-random", [])
        groups["missing-random"] = [*alone, *((parameter, *covariances) for (parameter,) in alone)]
    for key, alone in groups.items():
        together = tuple(dict.fromkeys(parameter for group in alone for parameter in group))
        for group in dict.fromkeys((*alone, together)):
            if len(group) < len(known):
                yield ParameterEdit(Diagnosis(key, _told(group)), _applied(group, lambda value: Fraction(0)))


def _key_of_zero(case: Case, parameter: sympy.Symbol) -> str:
    if is_covariance(parameter):
        return "variance-of-sum"
    if is_residual(case, parameter):
        return "missing-residual"
    if is_random(case, parameter):
        return "missing-random"
    if is_fixed(case, parameter) and has_data(case):
        return "mean-not-subtracted"
    return "missing-intercept" if parameter.name in INTERCEPTS else "missing-term"


def _other_elements(case: Case, known: list[sympy.Symbol]) -> Iterator[ParameterEdit]:
    """τ_2 for τ_1, σ_13 for σ_12: another element of what was asked for."""
    mine = set(known)
    for other in parameters([case.answer]):
        if other in mine:
            continue
        for parameter in known:
            if _family(parameter) == _family(other) and (is_fixed(case, parameter) or not _is_component(parameter)):
                yield ParameterEdit(
                    Diagnosis("wrong-index", {"parameter": Scalar(other)}), _moved((parameter,), (other,))
                )


def _family(parameter: sympy.Symbol) -> str:
    return parameter.name.partition("_")[0]


def _is_component(parameter: sympy.Symbol) -> bool:
    """Whether it is the variance of one kind of effects, σ²_u, and no element of a covariance matrix, σ²_1."""
    base, _, index = parameter.name.partition("_")
    return base in VARIANCES and not index[-1:].isdigit()


def _root(number: Fraction) -> Fraction:
    """The root of a square: the parameters of the points of a case are squares."""
    return Fraction(isqrt(number.numerator), isqrt(number.denominator))


def _square(number: Fraction) -> Fraction:
    return number**2


def _applied(group: tuple[sympy.Symbol, ...], function: Callable[[Fraction], Fraction]) -> Changed:
    """A function of some parameters in their place."""
    return lambda values: {parameter: function(values[parameter]) for parameter in group if parameter in values}


def _moved(group: tuple[sympy.Symbol, ...], order: tuple[sympy.Symbol, ...]) -> Changed:
    """Some parameters with the values of others; nothing where one of them has no value."""

    def changed(values: Parameters) -> dict[sympy.Symbol, Fraction]:
        known = all(new in values for new in order)
        return {old: values[new] for old, new in zip(group, order, strict=True)} if known else {}

    return changed
