"""Vectors of elements in an equation: (u_0j, u_1j)' of two coefficients, or (ε_i1k, …, ε_itk)' over an index."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sympy

from tutor.algebra.nodes import Identity, Scalar, Scaled
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.element_names import element_name, letters_of, split_base
from tutor.models.index import Name
from tutor.models.told import Effects, Stacked, Told
from tutor.notation.names import unicode_name
from tutor.notation.vocabulary import CONVENTIONAL

_INDEX = re.compile(r"\d+|[A-Za-z.]")


def effects_of(vector: Stacked, names: Sequence[Name], told: Told) -> Effects:
    """What a vector is among the names of an equation: coefficients of one group, or one name over an index.

    Raises
    ------
    ReadError
        "not-in-equation" for elements that the equation does not have, "no-index-model" for a matrix of another size.
    """
    coefficients = _coefficients(vector, names)
    if coefficients:
        _check_size(vector, len(coefficients), told)
        variance = vector.variance
        if isinstance(variance, sympy.Symbol):
            variance = Scaled(Scalar(variance), Identity(sympy.Integer(len(coefficients))))
        return Effects(coefficients, variance, vector.statement)
    for name in names:
        index = _running_index(vector.keys, name)
        if index:
            if len(vector.keys) > 1:
                _check_size(vector, len(vector.keys), told)
            independent = isinstance(vector.variance, sympy.Symbol)  # σ² I
            return Effects((name,), vector.variance, vector.statement, over="" if independent else index)
    shown = vector.keys[0]
    if len(vector.keys) == 1 and any(_places(shown, name) == list(letters_of(name)) for name in names):
        raise told.error(f"{unicode_name(shown)} is one number, and its variance here a matrix.", "no-index-model",
                         f"Write {unicode_name(shown)} ~ N(0, σ²).", vector.statement)  # fmt: skip
    raise told.error(f"{shown} has a distribution and is not in the equation.", "not-in-equation",
                     f"Add {shown} to the equation, or leave it out.", vector.statement)  # fmt: skip


def _check_size(vector: Stacked, length: int, told: Told) -> None:
    matrix = vector.variance
    if isinstance(matrix, Tree) and matrix.rows.is_Integer and matrix.rows != length:
        raise told.error(f"{length} effects have a covariance matrix of {length} rows; this has {matrix.rows}.",
                         "no-index-model", "Write a variance for each, and a covariance for each pair.",
                         vector.statement)  # fmt: skip


def _coefficients(vector: Stacked, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names with the keys of a vector; of one key, u_j, all coefficients u_0j, u_1j; none for other vectors."""
    try:
        own = [element_name(key) for key in vector.keys]
    except TutorError:  # a dot, or a number between letters
        return ()
    by_key = {(_base(name), name.number, name.indices, name.within): name for name in names}
    found = [by_key.get((_base(name), name.number, name.indices, name.within)) for name in own]
    if all(name is not None for name in found) and (len(found) > 1 or own[0].number):
        return tuple(name for name in found if name is not None)
    if len(own) > 1:
        return _of_any_group(own, names)
    (whole,) = own
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if name.number and (_base(name), name.indices, name.within) == (_base(whole), whole.indices, whole.within)
        )
    )


def _of_any_group(own: Sequence[Name], names: Sequence[Name]) -> tuple[Name, ...]:
    """The coefficients u_0i and u_1i of which a vector (u_0, u_1)' leaves the group out; none where two have one."""
    if any(letters_of(name) or not name.number for name in own):
        return ()
    found = [[name for name in names if (_base(name), name.number) == (_base(each), each.number)] for each in own]
    groups = {(name.indices, name.within) for alike in found for name in alike}
    return tuple(alike[0] for alike in found) if len(groups) == 1 and all(len(alike) == 1 for alike in found) else ()


def _base(name: Name) -> str:
    return "".join(name.bases)


def _running_index(keys: Sequence[str], name: Name) -> str:
    """The index of a name that runs through 1, 2, … in these keys, or is left out of a single one; "" for none."""
    letters = letters_of(name)
    places = [found for key in keys if (found := _places(key, name)) is not None]
    if len(places) < len(keys):
        return ""
    if len(keys) == 1:
        (own,) = places
        if len(own) == len(letters) - 1 and [*filter(own.__contains__, letters)] == own:
            return next(letter for letter in letters if letter not in own)
        places = [[part if part != "." else "1" for part in own]] if own.count(".") == 1 else []
    if not places or any(len(own) != len(letters) for own in places):
        return ""
    running = [at for at, letter in enumerate(letters) if any(own[at] != letter for own in places)]
    if len(running) == 1 and [own[running[0]] for own in places] == [str(level) for level in range(1, len(places) + 1)]:
        return letters[running[0]]
    return ""


def _places(key: str, name: Name) -> list[str] | None:
    """What stands below a key, index by index; None where it is another name."""
    base, _, below = key.partition("_")
    base = "e" if base in CONVENTIONAL["e"] else base  # a bold ε keeps its name
    return _INDEX.findall(below) if split_base(base, name.bases) == name.bases else None
