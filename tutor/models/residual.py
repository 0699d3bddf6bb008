"""R of a model on data: a covariance structure over the rows of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import groupby

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.filled import FilledCells
from tutor.algebra.nodes import BlockDiagonal, Explicit, Identity, Kronecker, Scalar, Scaled, Symbol
from tutor.algebra.tree import Tree
from tutor.covariance.base import Structure
from tutor.covariance.identified import loose_parameters
from tutor.covariance.over import Over
from tutor.errors import DataError, TutorError
from tutor.models.covariance import Covariance, variance_symbol
from tutor.models.data import Table, rows_text
from tutor.models.designs.within import check_identified, check_told_apart
from tutor.models.effects import INTERCEPT, RandomTerm
from tutor.models.residual_levels import Levels, Places, levels_of, places

MOST_CELLS = 4_000_000
"""Entries of R that are not 0, at most."""

MOST_LOOKED_AT = 6
"""Rows of a group that are looked at first for whether they tell the parameters of a structure."""

MOST_DIFFERENT = 2000
"""Different covariances up to which all groups are looked at."""

Entry = Callable[[int, int], sympy.Expr]
"""The covariance of two levels, counted from 0."""


def residual_over(told: Over, data: Table) -> Covariance:
    """Var(ε), n × n, of a structure over a column within groups; rows of different groups are independent.

    Raises
    ------
    UnknownNameError
        For a column that there is not.
    DataError
        For two rows of a group at one level, a column with one level, or text where distances are needed.
    """
    levels = levels_of(told, data)
    groups = _groups(told, data, levels)
    _check_once(told, data, levels.codes, groups)
    _check_cells(groups)
    members = _members(groups)
    largest = max(len(rows) for rows in members.values())
    if largest == 1 and not levels.is_diagonal:
        raise DataError(f"Each {':'.join(told.group)} has one observation, so that nothing tells how {told} correlates "
                        "several.", tip="Take a group of more observations, or leave R out.")  # fmt: skip
    if _is_repeated(levels.codes, groups, levels.number):
        inner = symbol("Sigma_e", levels.number, levels.number, role="unknown",
                       facts=("symmetric", "positive definite"), definition=levels.tree())  # fmt: skip
        assert inner.definition is not None
        tree, blocks = in_groups(inner, levels.codes, groups), (ImmutableDenseMatrix(inner.definition.explicit()),)
    else:
        tree = _by_entries(levels.entry, levels.codes, groups)
        cells = dict.fromkeys(tuple(levels.codes[row] for row in rows) for rows in members.values())
        blocks = tuple(_block(levels.entry, own) for own in cells)
    check_told_apart_by(blocks, [each.symbol for each in levels.parameters], told)
    return Covariance(tree, levels.parameters, blocks, told, levels.names, largest, levels.crossed)


def check_told_apart_by(blocks: Sequence[ImmutableDenseMatrix], parameters: Sequence[sympy.Symbol], told: Over) -> None:
    """Refuse a structure with more parameters than R depends on: CS with a nugget, ARMA(1,1) at two times.

    The covariances of different groups are independent, so that their blocks together tell what one block does. Some
    rows that tell all parameters are enough.

    Raises
    ------
    DataError
        With the parameters that no data can tell apart.
    """
    largest = sorted(blocks, key=lambda block: -block.rows)
    few = largest[0].extract(*[list(range(min(MOST_LOOKED_AT, largest[0].rows)))] * 2)
    if not loose_parameters(few, parameters):
        return
    whole = sympy.diag(*largest) if len(largest) > 1 else largest[0]
    if len(set(whole.todok().values())) > MOST_DIFFERENT:
        return  # so many different entries tell any structure's parameters
    check_identified(whole, parameters, f"Residuals of {told}", intercept=False, residual=False)


def check_over(told: object) -> None:
    """Refuse what is no structure over columns, as the structure itself or its name.

    Raises
    ------
    TutorError
        With the way to write one.
    """
    if not isinstance(told, Over):
        key = told.key if isinstance(told, Structure) else "ar1"
        raise TutorError(f"R={told!r} does not say over which column of the data it goes.",
                         tip=f'Write R=tutor.covariance.over("{key}", "time", group="subject").')  # fmt: skip


def check_beside(told: Over, data: Table, random: Iterable[RandomTerm]) -> None:
    """Refuse a random intercept of the very groups of R's structure where the two cannot be told apart.

    Raises
    ------
    DataError
        With the parameters that no data can tell apart.
    """
    intercepts = (term for term in random if term.coefficients == (INTERCEPT,))
    if (
        told.group
        and told.variances is None
        and told.times is None
        and any(set(term.variables) == set(told.group) for term in intercepts)
    ):
        place = places(told, data)
        if not _few_tell_apart(place):
            check_told_apart(place.structure, sympy.Integer(len(place.names)), intercept=True, residual=False)


def _few_tell_apart(place: Places) -> bool:
    """Whether some levels already tell all parameters beside a random intercept: then all levels do."""
    size = len(place.names)
    few = min(MOST_LOOKED_AT, size)
    cells = [[place.structure.entry(min(i, j) + 1, max(i, j) + 1) for j in range(few)] for i in range(few)]
    intercept = variance_symbol("u")
    every = [*(each.symbol for each in place.structure.parameters_of(size)), intercept]
    return not loose_parameters(sympy.Matrix(cells) + intercept * sympy.ones(few, few), every)


def _groups(told: Over, data: Table, levels: Levels) -> tuple[int, ...]:
    """The group of each row, numbered by first appearance; without columns of groups each row is one, or all are.

    Raises
    ------
    DataError
        Where rows are correlated, and no column tells which.
    """
    if told.group:
        columns = [data.column(name).labels() for name in told.group]
        number: dict[tuple[str, ...], int] = {}
        return tuple(number.setdefault(cell, len(number)) for cell in zip(*columns, strict=True))
    if levels.is_diagonal and not told.has_nugget:
        return tuple(range(data.rows))
    if len(set(levels.codes)) < data.rows:
        raise DataError(
            f"{told} correlates the rows of a group, and no group is named.",
            tip=f'Write {told.key}("{told.column}", group="subject") with the column of the groups.',
        )
    return (0,) * data.rows


def _check_once(told: Over, data: Table, codes: Sequence[int], groups: Sequence[int]) -> None:
    """Refuse two rows of a group at one level: their covariance would be their variance."""
    seen: dict[tuple[int, int], int] = {}
    for row, cell in enumerate(zip(groups, codes, strict=True), start=1):
        if cell in seen:
            level = ", ".join(data.column(name).labels()[row - 1] for name in told.place)
            group = ":".join(told.group)
            of = ":".join(data.column(name).labels()[row - 1] for name in told.group)
            raise DataError(
                f"{rows_text([seen[cell], row])} are both of {group} {of} at {', '.join(told.place)} {level}: with the "
                f"structure {told.key} they would be one observation.",
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
    if _is_repeated(codes, groups, sigma.rows):
        return Kronecker((Identity(sympy.Integer(len(set(groups)))), inner))
    entries = sigma.tolist()
    return _by_entries(lambda i, j: entries[i][j], codes, groups)


def _is_repeated(codes: Sequence[int], groups: Sequence[Hashable], size: int) -> bool:
    """Whether each of two groups or more has all levels in order, and its rows together."""
    runs = _runs(groups)
    together = 1 < len(runs) == len(set(groups)) < len(groups)
    return together and all([codes[row] for row in run] == list(range(size)) for run in runs)


def _by_entries(entry: Entry, codes: Sequence[int], groups: Sequence[Hashable]) -> Tree:
    """Blocks along the diagonal where groups, or independent rows of one level, stand together, and entry by entry
    otherwise."""
    runs = _runs(groups)
    if len(set(groups)) == len(groups):
        by_levels = _of_independent_rows(entry, codes)
        if by_levels is not None:
            return by_levels
    if 1 < len(runs) == len(set(groups)) < len(groups):
        levels = [tuple(codes[row] for row in run) for run in runs]
        known: dict[tuple[int, ...], Tree] = {own: Explicit(_block(entry, own)) for own in dict.fromkeys(levels)}
        return BlockDiagonal(tuple(known[own] for own in levels))
    return Explicit(FilledCells(_cells(entry, codes, groups), rows=len(groups), columns=len(groups)))


def _of_independent_rows(entry: Entry, codes: Sequence[int]) -> Tree | None:
    """⊕ σ²_j I where the rows of a level stand together, I ⊗ (⊕ σ²_j) where all levels follow in order again and again;
    None for any other order."""
    runs, number = _runs(codes), len(set(codes))
    if 1 < len(runs) == number < len(codes):
        variances = [Scalar(entry(codes[run[0]], codes[run[0]])) for run in runs]
        sizes = [Identity(sympy.Integer(len(run))) for run in runs]
        return BlockDiagonal(tuple(map(Scaled, variances, sizes)))
    if 1 < number < len(codes) and all(code == row % number for row, code in enumerate(codes)):
        repeats, rest = divmod(len(codes), number)
        block = BlockDiagonal(tuple(Scalar(entry(j, j)) for j in range(number)))
        return Kronecker((Identity(sympy.Integer(repeats)), block)) if rest == 0 else None
    return None


def _runs(groups: Sequence[Hashable]) -> list[list[int]]:
    return [list(run) for _, run in groupby(range(len(groups)), key=lambda row: groups[row])]


def _members(groups: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    members: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    return members


def _block(entry: Entry, own: Sequence[int]) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix(len(own), len(own), lambda i, j: entry(own[int(i)], own[int(j)]))


def _cells(
    entry: Entry, codes: Sequence[int], groups: Sequence[Hashable]
) -> Iterable[tuple[int, int, sympy.Expr]]:  # fmt: skip
    members = _members(groups)
    for row, group in enumerate(groups):
        for other in members[group]:
            value = entry(codes[row], codes[other])
            if value != 0:
                yield row, other, value
