"""Data as columns: from a CSV file, a mapping of columns, or a data frame of pandas or polars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import sympy

from tutor.data import located
from tutor.errors import DataError, UnknownNameError
from tutor.models.csvfile import CsvDialect, read_csv
from tutor.models.numbers import exact_number, is_not_finite, number_of_text, plain_text

MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "NAN"})
"""Texts that stand for a value that is not there."""

MISSING_NUMBERS = frozenset({".", "-", "?", "*", "null", "NULL", "n/a", "<NA>", "#N/A", "#NA", "#VALUE!", "#DIV/0!"})
"""Texts that stand for one among numbers: other programs' words, which could be levels of a factor elsewhere."""

Cell = sympy.Expr | str | None
"""A number (infinite ones included), a text, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One variable: its cells, all numbers or all texts apart from missing ones, and its levels if declared a factor.

    ``levels`` is None for a column that is not declared a factor, empty for one whose levels are to be found;
    ``ordered`` is a factor whose levels are declared to have an order.
    """

    name: str
    cells: tuple[Cell, ...]
    levels: tuple[str, ...] | None = None
    ordered: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the column holds text, and so is a factor without saying."""
        return any(isinstance(cell, str) for cell in self.cells)

    def labels(self) -> tuple[str, ...]:
        """Every cell as the name of a level."""
        return tuple(plain_text(c) if isinstance(c, sympy.Rational) else str(c) for c in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length; ``source`` is what to call the data in a message.

    ``raw`` holds the values as they came, ``declared`` the levels of columns that are factors by declaration,
    ``dialect`` how the file was written, for data from a file.
    """

    source: str
    raw: Mapping[str, Sequence[Any]]
    declared: Mapping[str, tuple[Any, ...]]
    rows: int
    dialect: CsvDialect | None = None
    ordered: frozenset[str] = frozenset()
    _read: dict[str, Column] = field(default_factory=dict, init=False, repr=False, compare=False)
    _cells_read: dict[str, tuple[Cell, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def column(self, name: str) -> Column:
        """The column of this name, without missing values.

        Raises
        ------
        UnknownNameError
            When there is none, with the nearest name.
        DataError
            For missing values, with their rows, and for values that are neither numbers nor text.
        """
        if name not in self.raw:
            raise UnknownNameError("The column", name, self.raw)
        if name not in self._read:
            self._read[name] = self._column(name)
        return self._read[name]

    def _column(self, name: str) -> Column:
        cells = self._cells_of(name)
        missing = [row for row, cell in enumerate(cells, start=1) if cell is None]
        if missing:
            raise DataError(
                f"{name} is missing in {rows_text(missing)} of {self.source}.",
                tip='Fill them in, or leave those rows out, as missing="omit" does.',
            )
        levels = self.declared.get(name)
        of_numbers = not any(isinstance(cell, str) for cell in cells)
        named = None if levels is None else tuple(level_name(v, of_numbers) for v in levels)
        return Column(name, cells, named, name in self.ordered)

    def _cells_of(self, name: str) -> tuple[Cell, ...]:
        """The cells of a column, None for a missing one; a long column is gone through once."""
        if name not in self._cells_read:
            self._cells_read[name] = _cells(name, self.raw[name], self.dialect)
        return self._cells_read[name]

    def complete(self, names: Iterable[str]) -> tuple[Table, tuple[int, ...]]:
        """The rows that have a value in each of these columns, and the numbers of the others, from 1.

        Raises
        ------
        DataError
            Where no row is left; for values that are neither numbers nor text.
        """
        cells = [self._cells_of(name) for name in dict.fromkeys(names) if name in self.raw]
        missing = tuple(row for row, own in enumerate(zip(*cells, strict=True), start=1) if None in own)
        if not missing:
            return self, ()
        if len(missing) == self.rows:
            raise DataError(f"Every row of {self.source} has a missing value in one of these columns.",
                            tip="Leave the columns with the most missing values out of the formula.")  # fmt: skip
        left = set(range(1, self.rows + 1)).difference(missing)
        kept = {name: tuple(values[row - 1] for row in sorted(left)) for name, values in self.raw.items()}
        return replace(self, raw=kept, rows=len(left)), missing

    def with_factors(self, factors: Mapping[str, Iterable[Any]] | Iterable[str]) -> Table:
        """The table with these columns declared as factors, by name or with their levels in order."""
        if isinstance(factors, str):
            raise DataError("factors is a text; expected a list of names.", tip=f"Write factors=[{factors!r}].")
        declared = dict(self.declared)
        for name in factors:
            if name not in self.raw:
                raise UnknownNameError("The column", str(name), self.raw)
            declared[name] = tuple(factors[name]) if isinstance(factors, Mapping) else ()
        return replace(self, declared=declared)


def table(data: Any) -> Table:
    """The columns of a CSV file's path, a mapping of columns, or a data frame; for a name without a file, those of the
    data set that comes with the package.

    Raises
    ------
    DataError
        For what is none of these, has no rows, has columns of unequal length, or two of one name.
    """
    if isinstance(data, Table):
        return data
    if isinstance(data, str | Path):
        file = read_csv(located(data))
        return _checked(Path(data).name, file.names, file.columns, {}, file.dialect)
    if isinstance(data, Mapping):
        columns = [_sequence(str(name), values) for name, values in data.items()]
        levels = {str(name): _declared_levels(values) for name, values in data.items()}
        return _checked("the data", [str(name) for name in data], columns, levels)
    if hasattr(data, "columns") and hasattr(data, "__getitem__"):
        names = [str(name) for name in data.columns]
        _check_names("the data frame", names)
        series = [data[name] for name in data.columns]
        levels = {name: _declared_levels(values) for name, values in zip(names, series, strict=True)}
        checked = _checked("the data frame", names, [_sequence(*s) for s in zip(names, series, strict=True)], levels)
        ordered = (name for name, s in zip(names, series, strict=True) if getattr(s.dtype, "ordered", False) is True)
        return replace(checked, ordered=frozenset(ordered))
    raise DataError(
        f"Data of type {type(data).__name__} cannot be read.",
        tip="Give the path of a CSV file, a dictionary of columns, or a data frame of pandas or polars.",
    )


def _checked(
    source: str,
    names: Sequence[str],
    columns: Sequence[Sequence[Any]],
    levels: Mapping[str, tuple[Any, ...] | None],
    dialect: CsvDialect | None = None,
) -> Table:
    _check_names(source, names)
    if not names:
        raise DataError(f"There are no columns in {source}.")
    lengths = {name: len(values) for name, values in zip(names, columns, strict=True)}
    if len(set(lengths.values())) > 1:
        first, *rest = lengths
        other = next(name for name in rest if lengths[name] != lengths[first])
        raise DataError(f"{first} has {lengths[first]} values and {other} has {lengths[other]}: columns of one length "
                        "are needed.")  # fmt: skip
    rows = next(iter(lengths.values()))
    if rows == 0:
        raise DataError(f"There are no rows in {source}, only names of columns.")
    declared = {name: found for name, found in levels.items() if found is not None}
    return Table(source, dict(zip(names, columns, strict=True)), declared, rows, dialect)


def _check_names(source: str, names: Sequence[str]) -> None:
    repeated = [name for number, name in enumerate(names) if name in names[:number]]
    if repeated:
        raise DataError(f"There are two columns called {repeated[0]!r} in {source}.", tip="Rename one of them.")


def _sequence(name: str, values: Any) -> Sequence[Any]:
    dtype = getattr(values, "dtype", None)
    if (
        isinstance(dtype, np.dtype)
        and dtype.kind == "f"
        and dtype.itemsize < 8
        and values.ndim == 1
        and not np.ma.isMaskedArray(values)
    ):
        # A short float stands for the decimal that it prints, too: as a double it would have gained digits.
        return tuple(float(str(value)) for value in np.asarray(values))
    for method in ("tolist", "to_list"):
        if hasattr(values, method):
            values = getattr(values, method)()
            break
    if isinstance(values, str | bytes | Mapping | Set) or not isinstance(values, Iterable):
        raise DataError(f"The column {name} is {values!r}; expected a list of values.")
    return tuple(values)


def _declared_levels(values: Any) -> tuple[Any, ...] | None:
    """The categories that a column of pandas or polars declares, in their order; None for other columns."""
    dtype = getattr(values, "dtype", None)
    kind = type(dtype).__name__
    if kind in ("CategoricalDtype", "Enum"):
        return tuple(dtype.categories)  # pyright: ignore[reportOptionalMemberAccess]  (both kinds have them)
    # polars' Categorical numbers its categories as they come up anywhere in the process: no order to rely on.
    return () if kind == "Categorical" else None


def level_name(level: Any, of_numbers: bool) -> str:
    """The name of a level, for a column of numbers without needless zeros; truth values as R writes them."""
    if isinstance(level, bool) or type(level).__name__ == "bool_":
        return "TRUE" if level else "FALSE"
    if not isinstance(level, str):
        return plain_text(exact_number(level, "a level"))
    number = number_of_text(level.strip()) if of_numbers else None
    return level.strip() if number is None else plain_text(number)


def _cells(name: str, values: Sequence[Any], dialect: CsvDialect | None) -> tuple[Cell, ...]:
    """The cells of a column: numbers where all are, texts where one is."""
    cells = tuple(_cell(name, row, value) for row, value in enumerate(values, start=1))
    if not any(isinstance(cell, str) for cell in cells):
        return cells
    if dialect is not None:
        # A file holds nothing but text: a column of numbers is one whose every cell reads as a number.
        numbers = tuple(_number_of_cell(cell, dialect) if isinstance(cell, str) else cell for cell in cells)
        texts = {cell for number, cell in zip(numbers, cells, strict=True) if number is None and cell is not None}
        if texts <= MISSING_NUMBERS and any(number is not None for number in numbers):
            return numbers
    return tuple(plain_text(cell) if isinstance(cell, sympy.Rational) else cell for cell in cells)


def _cell(name: str, row: int, value: Any) -> Cell:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, str):
        text = value.strip()
        return None if text in MISSING else text
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return level_name(value, of_numbers=False)
    if isinstance(value, float | np.floating):
        if math.isnan(value):
            return None
        if math.isinf(value):
            return sympy.oo if value > 0 else -sympy.oo
    return exact_number(value, f"{name} in row {row}")


def _number_of_cell(text: str, dialect: CsvDialect) -> sympy.Expr | None:
    if dialect.decimal_comma and "." not in text:
        text = text.replace(",", ".")
    text = text.replace("−", "-")
    if is_not_finite(text):
        return -sympy.oo if text.startswith("-") else sympy.oo
    return number_of_text(text)


def rows_text(rows: Sequence[int], shown: int = 8) -> str:
    """Rows in words, the first few of many: "row 3", "rows 3, 7 and 9", "rows 1, 2, … (40 in all)".

    >>> rows_text([3]), rows_text([3, 7, 9])
    ('row 3', 'rows 3, 7 and 9')
    """
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > shown:
        return f"rows {', '.join(map(str, rows[:shown]))}, … ({len(rows)} in all)"
    return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
