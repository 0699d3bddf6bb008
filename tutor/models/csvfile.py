"""Reading a CSV file: every way in which one can be wrong gets one clear line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import DataError, nearest

DELIMITERS = ",;\t"
LARGEST = 200_000_000
"""Bytes; a larger file is no experiment, and would not fit beside its model."""


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How a file is written. With semicolons between cells a comma in a number is a decimal point."""

    delimiter: str

    @property
    def decimal_comma(self) -> bool:
        return self.delimiter == ";"


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The names in the first line, and the cells below each, as text."""

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    dialect: CsvDialect


def read_csv(path: str | Path) -> CsvFile:
    """The cells of a CSV file in UTF-8 with names in its first line.

    Cells are separated by commas, semicolons or tabs, whichever the first line has most of, or by what Excel's line
    ``sep=;`` says. Lines below the table and columns beside it that hold nothing are left out.

    Raises
    ------
    DataError
        For no such file, a directory, an empty or a binary file, another encoding, a line with too few or too many
        cells, a quote that is never closed.
    """
    path = Path(path)
    name = path.name or str(path)
    text = _text(path, name)
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    told = first[4:] if first.startswith("sep=") and first[4:] in tuple(DELIMITERS) else ""
    unquoted = re.sub(r'"[^"]*"', "", first)
    dialect = CsvDialect(told or max(DELIMITERS, key=unquoted.count))
    lines = _lines(text, name, dialect)[1 if told else 0 :]
    while lines and not any(cell.strip() for cell in lines[-1][1]):
        lines.pop()  # lines of delimiters alone, as spreadsheets leave them below a table
    if not lines:
        raise DataError(f"{name} is empty.")
    header = [cell.strip() for cell in lines[0][1]]
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            raise DataError(
                f"{name}, line {number}: {len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the first line "
                f"names {len(header)} {'column' if len(header) == 1 else 'columns'}."
            )
    named = [
        (column, tuple(cells[j] for _, cells in lines[1:]))
        for j, column in enumerate(header)
        if column or any(cells[j].strip() for _, cells in lines[1:])
    ]
    return CsvFile(tuple(column for column, _ in named), tuple(cells for _, cells in named), dialect)


def _text(path: Path, name: str) -> str:
    try:
        if path.is_dir():
            raise DataError(f"{path} is a directory, not a file.", tip="Give the path of a CSV file.")
        if path.exists() and not path.is_file():
            raise DataError(f"{path} is no ordinary file.")
        if path.is_file() and path.stat().st_size > LARGEST:
            raise DataError(f"{name} has more than {LARGEST // 1_000_000} MB.")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"There is no file {path}.", tip=_nearby(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{_short(str(path))} cannot be read: {reason}.") from None
    if not raw.strip():
        raise DataError(f"{name} is empty.")
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{name} is in UTF-16.", tip="Save it as CSV in UTF-8.")
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in raw[:4096])
    if b"\0" in raw or controls:
        raise DataError(f"{name} is a binary file, not CSV.", tip="Save the table as CSV in UTF-8.")
    try:
        return raw.decode("utf-8-sig").rstrip("\x1a")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{name} is not in UTF-8: line {line} has the byte {raw[error.start]:#04x}.", tip="Save it as CSV in UTF-8."
        ) from None


def _lines(text: str, name: str, dialect: CsvDialect) -> list[tuple[int, Sequence[str]]]:
    """The lines that are not blank, each with its number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, skipinitialspace=True, strict=True)
    lines: list[tuple[int, Sequence[str]]] = []
    end = 0
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            if any(cell.strip() for cell in cells) or len(cells) > 1:
                lines.append((start, cells))
    except csv.Error as error:
        raise DataError(f"{name}, line {end + 1}: {error}.", tip="A quote may be missing there.") from None
    if not lines:
        raise DataError(f"{name} is empty.")
    return lines


def _nearby(path: Path) -> str | None:
    try:
        others = {o.stem: o.name for o in path.parent.iterdir() if o.suffix.lower() in (".csv", ".tsv", ".txt")}
    except OSError:
        return None
    found = nearest(path.stem, others, cutoff=0.6)
    return f"Did you mean {path.with_name(others[found])}?" if found else None


def _short(text: str, most: int = 80) -> str:
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return shown if len(shown) <= most else f"{shown[:most]}…"
