"""What an equation in elements takes from data, column by column: covariates, offsets and the response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy

from tutor.errors import SizeError, UnknownNameError
from tutor.models.covariates import Known
from tutor.models.data import Table
from tutor.models.declaration import Declaration
from tutor.models.element_names import letters_of, plain_name
from tutor.models.index import IndexModel, Name
from tutor.models.layout import Layout
from tutor.models.numbers import exact_number
from tutor.models.transformed import of_rows


def counted(index: IndexModel, layout: Layout) -> Known:
    """Covariates that are an index themselves, as t in β_1 t over the times t: 1, 2, … in each row.

    Raises
    ------
    SizeError
        While the number of rows is a letter.
    """
    letters = {own.letter for own in layout.indices}
    names = {
        name for term in index.terms for name in term.covariates if not letters_of(name) and name.bases[0] in letters
    }
    if names and not layout.is_listed:
        told = ", ".join(sorted(plain_name(name) for name in names))
        raise SizeError(f"{told} is a covariate and an index.", tip="Give the sizes as numbers.")
    return {
        name: tuple(sympy.Integer(level**name.power) for (level,) in layout.by_row(name.bases[0])) for name in names
    }


def known_covariates(index: IndexModel, rows: Table, levels: Mapping[str, Any], layout: Layout) -> Known:
    found: dict[Name, tuple[sympy.Rational, ...]] = {}
    for term in index.terms:
        for name in term.covariates:
            if not letters_of(name) and name.bases[0] in letters_of(index.response):
                continue
            found[name] = tuple(of_rows(name, _of_column(name, "covariate", rows, levels), layout))
    return found


def _of_column(name: Name, what: str, rows: Table, levels: Mapping[str, Any]) -> list[sympy.Rational]:
    """The numbers of the column of a covariate or an offset, which ``levels`` may call otherwise."""
    key = name.bases[0] + name.number
    known = levels.get(key, key)
    column = known if isinstance(known, str) else key
    if column not in rows.raw:
        raise UnknownNameError(f"The column of the {what} {plain_name(name)},", column, rows.raw)
    return [exact_number(cell, f"{column}, row {i}") for i, cell in enumerate(rows.column(column).cells, start=1)]


def offset(
    told: Declaration, layout: Layout, rows: Table | None, levels: Mapping[str, Any]
) -> list[sympy.Expr] | None:  # fmt: skip
    """The sum of the offsets in each row; None without any."""

    def values(name: Name) -> Sequence[sympy.Expr] | None:
        return None if rows is None else _of_column(name, "offset", rows, levels)

    columns = [offset.of_rows(layout, values) for offset in told.offsets]
    return [sympy.Add(*row) for row in zip(*columns, strict=True)] if columns else None


def observed_response(told: Declaration, rows: Table) -> tuple[float, ...] | None:
    name = "".join(told.response.bases)
    if name not in rows.raw:
        return None
    return tuple(float(cell) for cell in rows.column(name).cells)  # pyright: ignore[reportArgumentType]
