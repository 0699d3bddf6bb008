"""Why two observations are correlated, in a sentence with the words of the design."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import TutorError
from tutor.models.effects import INTERCEPT
from tutor.models.element_names import letters_of
from tutor.models.levels import DOT, Level
from tutor.models.observations.cells import Element, element_of, factor_of, indices_fit
from tutor.models.observations.forms import equation_of
from tutor.models.observations.held import held_by
from tutor.models.observations.overlap import Indices
from tutor.models.observations.vectors import RandomVector, random_vectors
from tutor.models.words import listed_words
from tutor.notation.names import unicode_name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel
    from tutor.models.plan import Plan, Unit


MOST_COEFFICIENTS = 3
"""Coefficients of a group that a sentence names."""


def why_correlated(model: MixedModel, first: sympy.Expr, second: sympy.Expr, covariance: sympy.Expr) -> str:
    """What two observations share, and their covariance, in a sentence.

    ``first`` and ``second`` are the letters of two elements of y, ``covariance`` is what was found of them.

    Raises
    ------
    TutorError
        For anything but two single observations.
    """
    names = (str(first), str(second))
    vectors = random_vectors(model) if indices_fit(model) else None
    rows = _rows(model, names) if vectors is None else None
    elements = [None if rows else element_of(model, name) for name in names]
    told = [unicode_name(name.partition("|")[0]) for name in names]
    value = Scalar(covariance)
    if first == second:
        return f"{told[0]} is one observation: its covariance with itself is its variance, {value}."
    vectors = random_vectors(model)
    fixed: list[str] = []
    apart = ""
    if rows is not None:
        shared = _shared_in_data(model, rows)
    elif vectors is not None and all(_is_observation(model, element) for element in elements):
        one, other = (element for element in elements if element is not None)
        (shared, apart), fixed = _shared(model, vectors, one, other), _fixed_in_common(model, one, other)
    else:
        raise TutorError(f"{told[0]} and {told[1]} are no two observations.",
                         tip="Name two elements of y: y_11 and y_21.")  # fmt: skip
    start = f"{told[0]} and {told[1]}"
    if any("|" in name for name in names):
        start = f"Given {unicode_name(names[0].partition('|')[2])}, {start}"
    if covariance == 0:
        only = f"{listed_words(fixed)} only, which {'is' if len(fixed) == 1 else 'are'} fixed" if fixed else "nothing"
        return f"{start} share {only}, so their covariance is 0."
    covariates = [s for s in covariance.free_symbols if str(s).partition("_")[0] in _covariates(model)]
    depends = f"depends on {listed_words(sorted(unicode_name(str(s)) for s in covariates))}:" if covariates else "is"
    shares = f"share {listed_words(shared)}" if shared else "are of one group"
    at = _values(model, told)
    where = f", which at {at} is {value}" if at else f" {value}"
    return (
        f"{start} {shares}{f' and are {apart}' if apart else ''}, so their covariance "
        f"{f'depends on {_slopes(model)}{where}' if at else f'{depends}{where}'}."
    )


def _slopes(model: MixedModel) -> str:
    """The variables whose coefficients vary."""
    return listed_words(list(dict.fromkeys(name for name, _ in _covariate_columns(model))))


def _covariate_columns(model: MixedModel) -> list[tuple[str, Sequence[object]]]:
    """The columns of numbers whose coefficients are random."""
    factors = {factor.name for factor in model.factors}
    varying = {name for term in model.random for effect in term.effects for name in effect}
    return [(name, column) for name, column in model.columns if name in varying - factors]


def _values(model: MixedModel, names: Sequence[str]) -> str:
    """The values of these covariates in the rows of two observations; none where they are letters."""
    if model.y.entries is None:
        return ""
    place = {unicode_name(str(entry)): row for row, entry in enumerate(model.y.entries.flat())}
    rows = [place[name] for name in names if name in place]
    if len(rows) < len(names):
        return ""  # indices that stand for any level
    told = [(name, [str(column[row]) for row in rows]) for name, column in _covariate_columns(model)]
    return listed_words([f"{name} = {values[0]} and {values[1]}" for name, values in told])


def _is_observation(model: MixedModel, element: Element | None) -> bool:
    return element is not None and element.name == model.index.response and not element.is_average


def _covariates(model: MixedModel) -> set[str]:
    return {name.bases[0] for term in model.index.terms for name in term.covariates}


# By the indices of the equation


def _shared(model: MixedModel, vectors: Sequence[RandomVector], one: Element, other: Element) -> tuple[list[str], str]:
    """The units of which both observations have the effect, and how far apart they are in one of a structure."""
    indices = Indices.of(model)
    forms = [equation_of(model, element, held_by(model, element.given)) for element in (one, other)]
    found: dict[str, None] = {}
    apart = ""
    for vector in vectors:
        pairs = [(a, b) for a in forms[0].random for b in forms[1].random
                 if a.name in vector.names and b.name in vector.names]  # fmt: skip
        if all(vector.covariance(a, b, indices) == 0 for a, b in pairs):
            continue
        group = "".join(letter for letter in vector.letters if letter not in vector.repeated)
        unit = _unit(model, group, one)
        if len(vector.names) > 1:
            unit += f", {_coefficients(vector)}"
        found[unit] = None
        if vector.repeated:
            apart = _apart(model, vector.repeated, one, other)
    return [*found], apart


def _coefficients(vector: RandomVector) -> str:
    return "its intercept and its slope" if len(vector.names) == 2 else "and its coefficients"


def _unit(model: MixedModel, group: str, at: Element) -> str:
    """A unit in words: block 1, whole plot 2 of block 1, the cell of row 1 and column 2."""
    if model.plan is not None:
        for unit in model.plan.units:
            holders = {letter for holder in model.plan.holders(unit) for letter in holder.letters}
            if set(unit.letters) | holders == set(group):
                return _of_plan(model, model.plan, unit, at)
    levels = [_level(model, letter, at.level(letter)) for letter in group]
    return levels[0] if len(levels) == 1 else f"the cell of {listed_words(levels)}"


def _of_plan(model: MixedModel, plan: Plan, unit: Unit, at: Element) -> str:
    """A unit with those that hold it; units that are numbered within treatments with their treatment."""
    own = "".join(letter for letter in unit.letters if letter not in plan.treatments) or unit.letters
    holders = [_level(model, letter, at.level(letter)) for letter in unit.letters if letter not in own]
    holders += [_of_plan(model, plan, plan.unit(name), at) for name in unit.within]
    of = f" of {listed_words(holders)}" if holders else ""
    return f"{unit.name} {','.join(str(at.level(letter)) for letter in own)}{of}"


def _level(model: MixedModel, letter: str, level: Level) -> str:
    name = factor_of(model, letter)
    return f"{letter} = {level}" if name == letter else f"{name} {level}"


def _apart(model: MixedModel, letter: str, one: Element, other: Element) -> str:
    first, second = one.level(letter), other.level(letter)
    name = factor_of(model, letter)
    if isinstance(first, int) and isinstance(second, int) and first != second:
        distance = abs(first - second)
        return f"{distance} {name}{'' if distance == 1 else 's'} apart"
    return "" if first == second else f"|{first} − {second}| {name}s apart"


def _fixed_in_common(model: MixedModel, one: Element, other: Element) -> list[str]:
    """The levels of fixed effects that both observations have."""
    random = {name for effects in model.index.effects for name in effects.names}
    fixed = {letter for term in model.index.terms if term.coefficient not in random
             for letter in letters_of(term.coefficient)}  # fmt: skip
    return [
        _level(model, letter, one.level(letter))
        for letter in letters_of(model.index.response)
        if letter in fixed and one.level(letter) == other.level(letter) != DOT
    ]


# By the rows of data


def _rows(model: MixedModel, names: Sequence[str]) -> list[int] | None:
    """The rows of two elements of y that are listed; None for others."""
    if model.y.entries is None:
        return None
    place = {str(entry): row for row, entry in enumerate(model.y.entries.flat())}
    rows = [place.get(name.partition("|")[0]) for name in names]
    return None if None in rows else [row for row in rows if row is not None]


def _shared_in_data(model: MixedModel, rows: Sequence[int]) -> list[str]:
    """The groups in which both rows lie, by the names of their levels."""
    columns = dict(model.columns)
    shared: dict[str, list[str]] = {}
    for term in model.random:
        levels = [[str(columns[name][row]) for name in term.variables if name in columns] for row in rows]
        if levels[0] == levels[1] and len(levels[0]) == len(term.variables):
            shared.setdefault(f"{term.group} {':'.join(levels[0])}", []).extend(term.coefficients)
    found = [", ".join([group, *_its(coefficients)]) for group, coefficients in shared.items()]
    over = None if model.residual is None else model.residual.over
    if over is not None and over.group and all(len({columns[name][row] for row in rows}) == 1 for name in over.group):
        group = f"{':'.join(over.group)} {':'.join(str(columns[name][rows[0]]) for name in over.group)}"
        at = listed_words([", ".join(str(columns[name][row]) for name in over.place) for row in rows])
        along = listed_words(over.place)
        found += [*([] if group in found else [group]), f"residuals that are correlated over {along} ({at})"]
    return found


def _its(coefficients: Sequence[str]) -> list[str]:
    """The coefficients of a group in words, where there are others than an intercept."""
    if set(coefficients) == {INTERCEPT}:
        return []
    if len(coefficients) > MOST_COEFFICIENTS:
        return ["its coefficients"]
    return [listed_words([f"its {'intercept' if c == INTERCEPT else f'coefficient of {c}'}" for c in coefficients])]
