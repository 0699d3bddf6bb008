"""Tables of formulas: columns beside each other at a terminal, an array in LaTeX, pipes in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sympy

from tutor.algebra.structure.eigenvalues import Eigenvalues
from tutor.algebra.structure.secular import LAMBDA
from tutor.algebra.tree import Tree
from tutor.notation.style import Style
from tutor.notation.writing.columns import Formula, in_columns
from tutor.notation.writing.decimal_points import with_figure_spaces, with_unseen_digits
from tutor.notation.writing.dialect import Dialect, Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.display_lines import lines_in
from tutor.notation.writing.latex_columns import APART, HEADED, LatexCell, fitted_cells, rooms_of_columns, words_of_cell
from tutor.notation.writing.layout import is_number, points_aligned
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import holds_formula, text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.spoken import SPOKEN

Cell = Any
"""Words, or a thing with notation."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings in words, and rows of cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def eigenvalue_table(found: Eigenvalues) -> Table:
    """One row for each eigenvalue; a third column tells of which groups one is that differs between them."""
    groups = found.groups
    rows: list[tuple[Any, Any, bool]] = [(value, times, found.is_of_group(value)) for value, times in found]
    rows += [(_RootsOf(each.polynomial), each.number * each.times, each.of_group) for each in found.roots]
    if groups is None or not any(of_group for *_, of_group in rows):
        return Table(("eigenvalue", "multiplicity"), tuple((value, times) for value, times, _ in rows))
    each = _Range(groups.index, groups.last)
    told = tuple((value, times, each if of_group else "") for value, times, of_group in rows)
    return Table(("eigenvalue", "multiplicity", "for each"), told)


@dataclass(frozen=True, slots=True)
class _RootsOf:
    """The roots of a polynomial, by the equation that they solve."""

    polynomial: Tree


@written.register
def _write_roots(value: _RootsOf, pen: Pen) -> Piece:
    told = f"{pen.whole(value.polynomial)} {pen.dialect.relation('=')} {pen.dialect.number('0')}"
    return Piece(f"{pen.dialect.verbatim('the roots ')}{pen.whole(LAMBDA)}{pen.dialect.verbatim(' of ')}{told}")


@dataclass(frozen=True, slots=True)
class _Range:
    """i = 1, …, a."""

    index: str
    last: sympy.Expr


@written.register
def _write_range(value: _Range, pen: Pen) -> Piece:
    told = [pen.dialect.number("1"), pen.dialect.dots[0], pen.whole(value.last)]
    return Piece(f"{pen.dialect.name(value.index)} {pen.dialect.relation('=')} {pen.dialect.comma.join(told)}")


@written.register
def write_eigenvalues(found: Eigenvalues, pen: Pen) -> Piece:
    """On one line: each eigenvalue with its multiplicity in brackets."""
    told = []
    for value, times, *more in eigenvalue_table(found).rows:
        each = [pen.whole(part) for part in more if not isinstance(part, str)]
        counted = "".join([pen.whole(times), pen.dialect.verbatim(" times"),
                           *(pen.dialect.verbatim(" for each ") + part for part in each)])  # fmt: skip
        told.append(f"{pen.whole(value)} {pen.dialect.bracketed(counted)}")
    return Piece(pen.dialect.comma.join(told))


def table_text(table: Table, style: Style, width: int | None = None) -> str:
    """The columns beside each other, two blanks between them; cells are broken where ``width`` is too little."""
    pen = Pen(UNICODE, style)
    columns: list[Sequence[str | Formula]] = []
    for column in _columns(table):
        told = [cell if isinstance(cell, str) else pen.whole(cell) for cell in column]
        numbers = points_aligned(told)
        are_plain = numbers == told
        columns.append([Formula(shown) if are_plain and not isinstance(cell, str) else shown
                        for cell, shown in zip(column, numbers, strict=True)])  # fmt: skip
    return in_columns([table.headings, *zip(*columns, strict=True)], width)


def _columns(table: Table) -> list[tuple[Cell, ...]]:
    return list(zip(*table.rows, strict=True)) or [() for _ in table.headings]


def _digits(column: Sequence[Cell]) -> list[str]:
    """The cells of a column as a terminal has them, by which numbers are told."""
    pen = Pen(UNICODE, Style())
    return [cell if isinstance(cell, str) else pen.whole(cell) for cell in column]


def _with_unseen_digits(table: Table, rows: Sequence[Sequence[str]], dialect: Dialect) -> list[list[str]]:
    """The rows of a table as they are written in a dialect, the decimal points of each column above each other."""
    columns = [
        with_unseen_digits(_digits(told), dialect, shown, centred=False)
        for told, shown in zip(_columns(table), zip(*rows, strict=True), strict=True)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def table_latex(table: Table, style: Style) -> str:
    """An array with a rule below its headings."""
    pen = Pen(LATEX, style)
    cells = [[_latex_cell(cell, pen) for cell in row] for row in table.rows]
    first, *others = fitted_cells([_headings(table), *cells])
    heads, *rows = (" & ".join(row) for row in [first, *_with_unseen_digits(table, others, LATEX)])
    told = (_as_tall(row, number == 0) for number, row in enumerate(rows))
    body = f"{APART}\n".join(told).replace(f"{_TALL}{APART}", rf"{_TALL} \\[1ex]")
    columns = "l" * len(table.headings)
    return f"\\begin{{array}}{{{columns}}}\n{heads} \\\\ \\hline\n{body}\n\\end{{array}}"


_TALL = r" \vphantom{\Bigg|}"


def _as_tall(row: str, is_first: bool) -> str:
    """A row with room for its fractions, or below the rule."""
    return row + (_TALL if r"\dfrac" in row else HEADED if is_first else "")


def _latex_cell(cell: Cell, pen: Pen) -> LatexCell:
    """The fractions of a formula are as large as in a display."""
    if isinstance(cell, str):
        return LatexCell(_number_set(cell, pen)) if is_number(cell) else LatexCell("", cell, _words_latex)
    return LatexCell(pen.whole(cell).replace(r"\frac", r"\dfrac"))


def _number_set(digits: str, pen: Pen) -> str:
    """A number as mathematics has it, with a minus sign and no hyphen."""
    sign = pen.dialect.minus if digits[0] in "-−" else ""
    return sign + pen.dialect.number(digits.lstrip("-−"))


def _words_latex(words: str) -> str:
    """Words with their formulas typeset; a label stays as it is, and an empty cell empty."""
    if not words:
        return ""
    return rf"\text{{{text_to_latex(words)}}}" if holds_formula(words) else LATEX.verbatim(words)


def table_markdown(table: Table, style: Style) -> str:
    """Pipes between the cells, formulas between dollar signs."""
    pen = Pen(LATEX, style)
    columns: list[list[str]] = []
    rules: list[str] = []
    for column in _columns(table):
        numbers = with_figure_spaces(_digits(column))
        rules.append("---:" if numbers else "---")
        columns.append(numbers or [cell if isinstance(cell, str) else f"${pen.whole(cell)}$" for cell in column])
    lines = [" | ".join(row) for row in (table.headings, *zip(*columns, strict=True))]
    return "\n".join([f"| {lines[0]} |", f"|{'|'.join(rules)}|", *(f"| {line} |" for line in lines[1:])])


def table_display(table: Table, pen: Pen) -> str:
    """A table for the dialects that set displays."""
    latex = Pen(LATEX, pen.style)
    rooms = rooms_of_columns([_headings(table), *([_latex_cell(cell, latex) for cell in row] for row in table.rows)])
    rows = [[_cell_set(cell, pen, room) for cell, room in zip(row, rooms, strict=True)] for row in table.rows]
    told = _with_unseen_digits(table, rows, pen.dialect)
    return cast(Setting, pen.dialect).table([_words_set(head, pen) for head in table.headings], told)


def _headings(table: Table) -> list[LatexCell]:
    return [LatexCell("", head, LATEX.verbatim) for head in table.headings]


def _cell_set(cell: Cell, pen: Pen, room: float | None) -> str:
    """A cell, in several lines where its column has less room than it takes."""
    if room is None or pen.dialect is SPOKEN or (isinstance(cell, str) and is_number(cell)):
        return _words_set(cell, pen) if isinstance(cell, str) else pen.whole(cell)
    if isinstance(cell, str):
        lines = [_words_set(line, pen) for line in words_of_cell(cell, room, _words_latex)]
    else:
        lines = lines_in(pen.dialect, pen.whole(cell), Pen(LATEX, pen.style).whole(cell), room)
    return lines[0] if len(lines) == 1 else cast(Setting, pen.dialect).stacked(lines)


def _words_set(words: str, pen: Pen) -> str:
    """Words with their formulas set; a label stays as it is, and an empty cell empty."""
    if not words:
        return ""
    if is_number(words):
        return _number_set(words, pen)
    return sentence(words, pen.dialect) if holds_formula(words) else pen.dialect.verbatim(words)


def apart(displays: Iterable[str], pen: Pen) -> str:
    """Displays of a dialect that sets them, below each other."""
    return cast(Setting, pen.dialect).apart(list(displays))


def apart_latex(displays: Sequence[str]) -> str:
    """The same in LaTeX, where a display has no lines but in an environment."""
    if len(displays) == 1:
        return displays[0]
    return "\\begin{array}{@{}l@{}}\n" + "\n\\\\ \\\\\n".join(displays) + "\n\\end{array}"
