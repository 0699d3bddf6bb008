"""The means of the levels of factors as functions of β: averages of the rows of X over the cells of the other factors.

Source: Searle, Speed and Milliken (1980), Population marginal means in the linear model, The American Statistician 34,
216–221.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import sympy

from tutor.errors import SizeError, TutorError

if TYPE_CHECKING:
    from tutor.models.effects import FixedTerm
    from tutor.models.mixed import MixedModel

Levels = tuple[str, ...]


def mean_coefficients(model: MixedModel, factors: Sequence[str]) -> dict[Levels, tuple[sympy.Expr, ...]]:
    """For each combination of levels of ``factors`` the vector k of its mean k'β, in the order of X's columns.

    All cells of the other fixed factors count alike, and a covariate has its mean over all rows.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    TutorError
        When a combination has no observations, so that its mean is not estimable.
    """
    found, lacking = means_there_are(model, factors)
    if lacking:
        raise next(iter(lacking.values()))
    return found


def means_there_are(
    model: MixedModel, factors: Sequence[str]
) -> tuple[dict[Levels, tuple[sympy.Expr, ...]], dict[Levels, TutorError]]:
    """As `mean_coefficients`, with those means apart that take in cells without observations: why they are not
    estimable."""
    if not model.n.is_Integer:
        raise SizeError("The cells of this design cannot be listed while a size is a letter.",
                        tip="Give numbers for the sizes.")  # fmt: skip
    columns = _levels_by_row(model)
    named = {factor.name for factor in model.factors}
    fixed = dict.fromkeys(name for term in model.fixed for name in term.variables if name in named)
    levels = {name: tuple(dict.fromkeys(columns[name])) for name in (*factors, *fixed)}
    X = _with_mean_covariates(model)
    pieces = [_Piece.of(model, term, columns, X) for term in model.fixed]
    others = [name for name in fixed if name not in factors]
    found: dict[Levels, tuple[sympy.Expr, ...]] = {}
    lacking: dict[Levels, TutorError] = {}
    for chosen in product(*(levels[name] for name in factors)):
        try:
            rows = [
                _row(pieces, dict(zip((*factors, *others), (*chosen, *rest), strict=True)), len(X[0]))
                for rest in product(*(levels[name] for name in others))
            ]
        except TutorError as error:
            lacking[chosen] = error
            continue
        found[chosen] = tuple(sympy.Add(*column) / len(rows) for column in zip(*rows, strict=True))
    return found, lacking


@dataclass(frozen=True, slots=True)
class _Piece:
    """The columns of a term, and their entries for each combination of levels of its factors that has rows."""

    factors: tuple[str, ...]
    columns: tuple[int, ...]
    entries: Mapping[Levels, tuple[sympy.Expr, ...]]

    @classmethod
    def of(
        cls, model: MixedModel, term: FixedTerm, columns: Mapping[str, Levels], X: Sequence[Sequence[sympy.Expr]]
    ) -> _Piece:
        place = {label: j for j, label in enumerate(model.X.column_labels or ())}
        own = tuple(place[label] for label in term.columns or ())
        named = {factor.name for factor in model.factors}
        factors = tuple(name for name in term.variables if name in named)
        entries: dict[Levels, tuple[sympy.Expr, ...]] = {}
        for i, row in enumerate(X):
            entries.setdefault(tuple(columns[name][i] for name in factors), tuple(row[j] for j in own))
        return cls(factors, own, entries)


def _row(pieces: Sequence[_Piece], levels: Mapping[str, str], width: int) -> list[sympy.Expr]:
    """The row that X has, or would have, for these levels."""
    row: list[sympy.Expr] = [sympy.S.Zero] * width
    for piece in pieces:
        cell = tuple(levels[name] for name in piece.factors)
        if cell not in piece.entries:
            raise TutorError(
                f"There are no observations of {' and '.join(cell)}, which have an effect of their own: a mean over "
                "all cells is not estimable.",
                tip="Take the means of the cells that there are: m.se([…]) with the coefficients of one.",
            )
        for j, value in zip(piece.columns, piece.entries[cell], strict=True):
            row[j] = value
    return row


def _with_mean_covariates(model: MixedModel) -> list[list[sympy.Expr]]:
    """X by rows, with the mean of a covariate in place of its values, where a term's columns are it, or it times
    columns of factors."""
    given: list[list[sympy.Expr]] = model.X.explicit().tolist()
    rows = [list(row) for row in given]
    named = {factor.name for factor in model.factors}
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    columns = {term.variables: [place[label] for label in term.columns or ()] for term in model.fixed}
    data = _levels_by_row(model)
    for term in model.fixed:
        covariates = tuple(name for name in term.variables if name not in named)
        if not covariates:
            continue
        own, alone = columns[term.variables], columns.get(covariates)
        if covariates == term.variables:
            for j in own:
                mean = _mean([row[j] for row in given])
                for row in rows:
                    row[j] = mean
            continue
        if alone is not None and len(alone) > 1:
            raise TutorError(f"{term.name} has several columns of {' and '.join(covariates)}, which have no mean here.",
                             tip="Give the coefficients of the mean: m.se([1, 0, …]).")  # fmt: skip
        # Indicators times a covariate add up to it where it has no column of its own.
        values = [row[alone[0]] if alone else sympy.Add(*(row[j] for j in own)) for row in given]
        cells = list(zip(*(data[name] for name in term.variables if name in named), strict=True))
        times = {cell: [row[j] / x for j in own] for cell, row, x in zip(cells, given, values, strict=True) if x != 0}
        mean = _mean(values)
        for cell, row in zip(cells, rows, strict=True):
            for j, share in zip(own, times.get(cell, [sympy.S.Zero] * len(own)), strict=True):
                row[j] = share * mean
    return rows


def _levels_by_row(model: MixedModel) -> dict[str, Levels]:
    """The columns of the data as text, and the level of each row of a factor that is made of one, as factor(nitro)."""
    columns = {name: tuple(map(str, values)) for name, values in model.columns}
    for factor in model.factors:
        if factor.name not in columns and factor.codes is not None and factor.levels is not None:
            columns[factor.name] = tuple(factor.levels[code] for code in factor.codes)
    return columns


def _mean(values: Sequence[sympy.Expr]) -> sympy.Expr:
    return sympy.Add(*values) / len(values)
