"""The rows of a residual structure: the level to which each observation belongs, and the covariance of two levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit
from tutor.algebra.tree import Tree
from tutor.covariance.base import Structure
from tutor.covariance.compound import KroneckerProduct, nugget
from tutor.covariance.over import Over, scale_of
from tutor.covariance.parameters import Parameter, put
from tutor.covariance.structure import structure
from tutor.errors import DataError
from tutor.models.data import Table
from tutor.models.factors import grouping
from tutor.models.words import listed_words

_ROW = re.compile(r"rows? (\d+)(?:, (\d+))?")

DIAGONAL = ("identity", "diag", "varpower", "varexp")
"""Structures whose rows are uncorrelated."""

RENAMED = "delta"
"""The exponent of varpower and varexp beside a structure with a range θ: nlme calls it δ as well."""


@dataclass(frozen=True, slots=True)
class Places:
    """A structure, which of its rows each observation belongs to, from 0, and the names of its rows."""

    structure: Structure
    codes: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """What a residual structure makes of data: ``codes`` are the level of each observation, from 0, ``entry`` the
    covariance of two levels, ``tree`` the matrix over all of them by its structure, where that is no mere list.
    ``names`` are those of the structure's rows, ``crossed`` those of the other factor of a Kronecker product."""

    codes: tuple[int, ...]
    number: int
    entry: Callable[[int, int], sympy.Expr]
    parameters: tuple[Parameter, ...]
    names: tuple[str, ...]
    tree: Callable[[], Tree]
    is_diagonal: bool
    crossed: tuple[str, ...] = ()


def levels_of(told: Over, data: Table) -> Levels:
    """The levels of a structure over the columns of data.

    Raises
    ------
    UnknownNameError
        For a column that there is not.
    DataError
        For a column with one level, or text where numbers are needed.
    """
    place = places(told, data)
    if told.times is not None:
        return _product(told, place, told.times, places(told.times, data))
    if told.variances is None:
        return _plain(told, place)
    return _scaled(told, place, places(told.variances, data))


def places(told: Over, data: Table) -> Places:
    """The structure over all levels of its column, or over all places that its columns tell."""
    options: dict[str, Any] = dict(told.options)
    factors = [grouping(name, data.column(name)) for name in (told.column, *told.beside)]
    pairs = list(zip(*(factor.codes or () for factor in factors), strict=True))
    distinct = sorted(set(pairs))
    position = {pair: number for number, pair in enumerate(distinct)}
    codes = tuple(position[pair] for pair in pairs)
    levels: list[tuple[str, ...]] = [factor.levels or () for factor in factors]
    names = tuple(", ".join(own[code] for own, code in zip(levels, pair, strict=True)) for pair in distinct)
    if len(distinct) < 2:
        raise DataError(f"{told.column} has one level, {names[0]}: a structure over it needs two or more.")
    if told.row.options & {"positions", "covariate"}:
        first = {code: row for row, code in reversed(list(enumerate(codes)))}
        numbers = [_numbers(name, told, data) for name in (told.column, *told.beside)]
        at = [tuple(column[first[code]] for column in numbers) for code in range(len(distinct))]
        if "positions" in told.row.options:
            options["positions"] = at
        else:
            options["covariate"] = [value for (value,) in at]
    found = structure(told.key, **options)
    return Places(nugget(found) if told.has_nugget else found, codes, names)


def _numbers(name: str, told: Over, data: Table) -> Sequence[sympy.Expr]:
    cells = data.column(name).cells
    numbers = [cell for cell in cells if isinstance(cell, sympy.Expr)]
    if len(numbers) < len(cells):
        what = "structure of distance" if "positions" in told.row.options else "function of a number"
        raise DataError(
            f"{told.key} is a {what}, and {name} holds text.",
            tip="Give a column of numbers, or take ar1, which counts the steps between levels."
            if "positions" in told.row.options
            else "Give a column of numbers, or take diag, which has a variance for each level.",
        )
    return numbers


def _plain(told: Over, place: Places) -> Levels:
    size = len(place.names)
    parameters = tuple(_meaning(each, told, place) for each in place.structure.parameters_of(size, ""))
    entries: dict[tuple[int, int], sympy.Expr] = {}

    def entry(i: int, j: int) -> sympy.Expr:
        key = (i, j) if i <= j else (j, i)
        if key not in entries:
            entries[key] = place.structure.entry(key[0] + 1, key[1] + 1)
        return entries[key]

    return Levels(
        place.codes, size, entry, parameters, place.names, lambda: place.structure.matrix(size), told.key in DIAGONAL
    )  # fmt: skip


def _product(told: Over, place: Places, times: Over, other: Places) -> Levels:
    """The levels of S ⊗ C: those of C within each of S."""
    structures = KroneckerProduct(place.structure, other.structure)
    sizes = len(place.names), len(other.names)
    own = {each.symbol for each in place.structure.parameters_of(sizes[0], structures.suffixes("")[0])}
    parameters = tuple(
        _meaning(each, *((told, place) if each.symbol in own else (times, other)), along=True)
        for each in structures.parameters_of(sizes)
    )
    codes = tuple(a * sizes[1] + b for a, b in zip(place.codes, other.codes, strict=True))

    @cache
    def entry(i: int, j: int) -> sympy.Expr:
        (a, b), (c, d) = divmod(i, sizes[1]), divmod(j, sizes[1])
        # Below the diagonal a structure may have another form of the same entry.
        (a, c), (b, d) = sorted((a, c)), sorted((b, d))
        return structures.entry((a + 1, b + 1), (c + 1, d + 1))

    diagonal = told.key in DIAGONAL and times.key in DIAGONAL
    return Levels(
        codes, sizes[0] * sizes[1], entry, parameters, place.names, lambda: structures.matrix(sizes), diagonal,
        other.names,
    )  # fmt: skip


def _scaled(told: Over, place: Places, of_variances: Places) -> Levels:
    """The levels of √(v_i v_j) ρ_ij: each is a level of the correlations with one of the variances."""
    assert told.variances is not None
    plain = _plain(told, place)
    scale = scale_of(told.row)
    assert scale is not None
    one = {scale.symbol(): sympy.Integer(1)}
    own = [each for each in plain.parameters if each.symbol not in one]
    variances = _plain(told.variances, of_variances)
    renamed = {
        each.symbol: sympy.Symbol(each.key.replace("theta", RENAMED), real=True)
        for each in variances.parameters
        if each.key in {other.key for other in own}
    }
    words = tuple(Parameter(renamed.get(each.symbol, each.symbol), each.meaning) for each in variances.parameters)
    distinct = sorted(set(zip(plain.codes, variances.codes, strict=True)))
    position = {pair: number for number, pair in enumerate(distinct)}
    codes = tuple(position[pair] for pair in zip(plain.codes, variances.codes, strict=True))

    def entry(i: int, j: int) -> sympy.Expr:
        (a, v), (b, w) = distinct[i], distinct[j]
        first, second = (put(variances.entry(k, k), renamed) for k in (v, w))
        size = first if v == w else sympy.sqrt(first) * sympy.sqrt(second)
        return size * put(plain.entry(a, b), one)  # pyright: ignore[reportReturnType]

    def tree() -> Tree:
        number = len(distinct)
        return Explicit(ImmutableDenseMatrix(number, number, lambda i, j: entry(int(i), int(j))))

    return Levels(codes, len(distinct), entry, (*words, *own), place.names, tree, False)


def _meaning(parameter: Parameter, told: Over, place: Places, *, along: bool = False) -> Parameter:
    """What a parameter means: rows of the structure are the levels of the column, which may have to be named."""
    column = " and ".join((told.column, *told.beside))
    meaning = parameter.meaning

    def levels(rows: re.Match[str]) -> str:
        return f"{column} {listed_words([place.names[int(row) - 1] for row in rows.groups() if row])}"

    in_words = _ROW.sub(levels, meaning)
    is_long = in_words != meaning or "," in meaning
    over = f" over {column}" if along and in_words == meaning else ""
    return Parameter(parameter.symbol, f"{in_words}{',' if is_long else ''} of the residuals{over}")
