"""R of a model on data: a covariance structure over the rows of each group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Kronecker, Symbol
from tutor.algebra.tree import Tree
from tutor.covariance.catalogue import row_of
from tutor.covariance.over import Over
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Structure, structure
from tutor.errors import DataError
from tutor.models.covariance import Covariance
from tutor.models.data import Table, rows_text
from tutor.models.designs.within import check_told_apart
from tutor.models.effects import INTERCEPT, RandomTerm
from tutor.models.variables import grouping

_ROW = re.compile(r"row (\d+)")

MOST_CELLS = 4_000_000
"""Entries of R that are not 0, at most."""


def residual_over(told: Over, data: Table) -> Covariance:
    """Var(ε), n × n, of a structure over a column within groups; rows of different groups are independent.

    Raises
    ------
    UnknownNameError
        For a column that there is not.
    DataError
        For two rows of a group at one level, a column with one level, or text where distances are needed.
    """
    place, codes, names = _places(told, data)
    groups = _groups(told, data)
    _check_once(told, data, codes, groups)
    size = len(names)
    parameters = tuple(
        Parameter(each.symbol, _meaning(each.meaning, told, names)) for each in place.parameters_of(size, "")
    )
    sigma = ImmutableDenseMatrix(place.matrix(size).explicit())
    if not told.group and not sigma.is_diagonal():
        raise DataError(
            f"{told} correlates the rows of a group, and no group is named.",
            tip=f'Write {told.key}("{told.column}", group="subject") with the column of the groups.',
        )
    _check_cells(groups)
    inner = symbol("Sigma_e", size, size, role="unknown", facts=("symmetric", "positive definite"),
                   definition=place.matrix(size))  # fmt: skip
    return Covariance(in_groups(inner, codes, groups), parameters, (sigma,), told, names)


def check_beside(told: Over, data: Table, random: Iterable[RandomTerm]) -> None:
    """Refuse a random intercept of the very groups of R's structure where the two cannot be told apart.

    Raises
    ------
    DataError
        With the parameters that no data can tell apart.
    """
    intercepts = (term for term in random if term.coefficients == (INTERCEPT,))
    if told.group and any(set(term.variables) == set(told.group) for term in intercepts):
        place, _, names = _places(told, data)
        check_told_apart(place, sympy.Integer(len(names)), intercept=True, residual=False)


def _places(told: Over, data: Table) -> tuple[Structure, tuple[int, ...], tuple[str, ...]]:
    """The structure over all levels of the column, and the level of each row from 0."""
    factor = grouping(told.column, data.column(told.column))
    assert factor.levels is not None and factor.codes is not None
    if len(factor.levels) < 2:
        one = ", ".join(factor.levels)
        raise DataError(f"{told.column} has one level, {one}: a structure over it needs two or more.")
    if not _is_of_distance(told.key):
        return structure(told.key), factor.codes, factor.levels
    cells = data.column(told.column).cells
    numbers = [next(cell for cell, code in zip(cells, factor.codes, strict=True) if code == level)
               for level in range(len(factor.levels))]  # fmt: skip
    if not all(isinstance(number, sympy.Expr) for number in numbers):
        raise DataError(
            f"{told.key} is a structure of distance, and {told.column} holds text.",
            tip="Give a column of numbers, or take ar1, which counts the steps between levels.",
        )
    return structure(told.key, positions=numbers), factor.codes, factor.levels


def _is_of_distance(key: str) -> bool:
    return "positions" in row_of(key).options


def _groups(told: Over, data: Table) -> tuple[int, ...]:
    """The group of each row, numbered by first appearance."""
    if not told.group:
        return tuple(range(data.rows))
    columns = [data.column(name).labels() for name in told.group]
    number: dict[tuple[str, ...], int] = {}
    return tuple(number.setdefault(cell, len(number)) for cell in zip(*columns, strict=True))


def _check_once(told: Over, data: Table, codes: Sequence[int], groups: Sequence[int]) -> None:
    """Refuse two rows of a group at one level: their covariance would be their variance."""
    seen: dict[tuple[int, int], int] = {}
    for row, cell in enumerate(zip(groups, codes, strict=True), start=1):
        if cell in seen:
            level = data.column(told.column).labels()[row - 1]
            group = ":".join(told.group)
            of = ":".join(data.column(name).labels()[row - 1] for name in told.group)
            raise DataError(
                f"{rows_text([seen[cell], row])} are both of {group} {of} at {told.column} {level}: with the structure "
                f"{told.key} they would be one observation.",
                tip="Name the column that tells them apart, or more columns for the group.",
            )
        seen[cell] = row


def _check_cells(groups: Sequence[int]) -> None:
    cells = sum(size**2 for size in Counter(groups).values())
    if cells > MOST_CELLS:
        raise DataError(f"R would have {cells:,} entries that are not 0; {MOST_CELLS:,} can be held.",
                        tip="Take smaller groups.")  # fmt: skip


def in_groups(inner: Symbol, codes: Sequence[int], groups: Sequence[Hashable]) -> Tree:
    """R, n × n, of a covariance matrix over levels: ``codes`` are the level of each row from 0, ``groups`` its group.

    I ⊗ Σ where each group has the same levels in order and its rows together, blocks along the diagonal where groups
    have their rows together, and entry by entry otherwise.
    """
    assert inner.definition is not None
    sigma = inner.definition.explicit()
    runs = [list(run) for _, run in groupby(range(len(groups)), key=lambda row: groups[row])]
    if len(runs) == len(set(groups)) < len(groups):
        levels = [tuple(codes[row] for row in run) for run in runs]
        if all(own == tuple(range(sigma.rows)) for own in levels):
            return Kronecker((Identity(sympy.Integer(len(runs))), inner))
        known: dict[tuple[int, ...], Tree] = {}
        for own in levels:
            if own not in known:
                known[own] = Explicit(ImmutableDenseMatrix(sigma.extract(list(own), list(own))))
        return BlockDiagonal(tuple(known[own] for own in levels))
    return Explicit(FilledCells(_cells(sigma, codes, groups), rows=len(groups), columns=len(groups)))


def _cells(
    sigma: ImmutableDenseMatrix, codes: Sequence[int], groups: Sequence[Hashable]
) -> Iterable[tuple[int, int, sympy.Expr]]:
    members: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    entries = sigma.tolist()
    for row, group in enumerate(groups):
        for other in members[group]:
            value = entries[codes[row]][codes[other]]
            if value != 0:
                yield row, other, value


def _meaning(meaning: str, told: Over, names: Sequence[str]) -> str:
    """What a parameter means: rows of the structure are the levels of the column."""
    in_words = _ROW.sub(lambda row: f"{told.column} {names[int(row[1]) - 1]}", meaning)
    return f"{in_words} of the residuals" if in_words == meaning else f"{in_words}, of the residuals"
