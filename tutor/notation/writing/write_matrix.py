"""Matrices by their entries: with labels and brackets at the terminal, with labels in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Symbol
from tutor.algebra.tree import Tree
from tutor.errors import NoEntriesError, SizeError
from tutor.notation.style import Style
from tutor.notation.writing.decimal_points import with_unseen_digits
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.display_lines import set_lines, side_lines
from tutor.notation.writing.latex_display import SIGN
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.layout import Selection, display_width, matrix_lines, select
from tutor.notation.writing.line_breaks import broken, sentences
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.repeated_block import repeated_block
from tutor.notation.writing.spoken import SPOKEN
from tutor.notation.writing.write_tree import shape_text

MOST_LATEX_ROWS = 12
"""More rows are shortened with dots in typeset display."""

_COLUMNS = ((10, 4, 2), (8, 4, 2), (6, 3, 2), (5, 3, 1), (3, 2, 1), (2, 1, 1))
"""How many columns a typeset display shows at most, and of more how many first and last ones: the first for which a
page has room."""

_HARD_BLANK = "\N{NO-BREAK SPACE}"

_WALL = 0.3
"""The room for a wall between cells, in ems."""

LONGEST_DECIMAL = 6
"""Data with at most so many decimals are shown as decimals, others as fractions."""


def entries_of(tree: Tree) -> ImmutableDenseMatrix:
    """The entries of a tree: as given, as named, or as its definition makes them.

    Raises
    ------
    NoEntriesError, SizeError
        When there are none to list, or a size is a letter.
    """
    if isinstance(tree, Explicit):
        return tree.matrix
    if isinstance(tree, Symbol) and tree.entries is not None:
        return tree.entries
    return tree.explicit()


def matrix_table(
    tree: Tree, width: int = 100, max_rows: int = 24, *, style: Style | None = None, caption: bool = True
) -> str:
    """The entries of a tree between brackets, with its labels and a caption, for a terminal of this width.

    A matrix with more rows than ``max_rows``, or wider than ``width``, shows its first and last ones with dots between;
    columns that have room but for their labels are numbered, and the caption tells the labels.

    Raises
    ------
    NoEntriesError, SizeError
        When there are no entries to list, or a size is a letter.
    """
    entries = entries_of(tree)
    pen = Pen(UNICODE, style or Style())
    rows_named, columns_named = _labels(tree, entries.shape)
    decimal = _are_data(entries)

    def table(labels: Sequence[str] | None) -> tuple[list[str], Selection, Selection]:
        return matrix_lines(
            lambda row, column: _cell(entries[row, column], pen, decimal),
            entries.shape,
            row_labels=rows_named,
            column_labels=labels,
            width=width,
            max_rows=max_rows,
        )

    lines, rows, columns = table(columns_named)
    numbered = ""
    if columns_named is not None and not columns.is_whole and caption:
        numbers = [str(number) for number in range(1, entries.cols + 1)]
        shorter = table(numbers)
        if shorter[2].is_whole:
            lines, rows, columns = shorter
            named = (f"{number}{_HARD_BLANK}{label}" for number, label in zip(numbers, columns_named, strict=True))
            numbered = f"columns: {', '.join(named)}"
    if not caption:
        return "\n".join(lines)
    told = "; ".join(
        [
            f"{entries.rows} × {entries.cols}" + _membership(entries, columns_named),
            *([rows.left_out("row")] if not rows.is_whole else []),
            *([columns.left_out("column")] if not columns.is_whole else []),
            *([numbered] if numbered else []),
        ]
    )
    if len(lines[-1]) + 3 + len(told) <= width:
        lines[-1] += f"   {told}"
    else:
        lines += sentences(told, width)
    return "\n".join(lines).replace(_HARD_BLANK, " ")


def fitted_table(tree: Explicit, width: int, style: Style) -> str:
    """Entries between brackets in at most ``width`` columns: all of them, as I ⊗ the block that repeats along the
    diagonal, or with dots.
    """
    whole = matrix_table(tree, width, style=style, caption=False)
    repeated = repeated_block(tree.matrix) if "…" in whole or "⋮" in whole else None
    if repeated is None:
        return whole
    head = f"{Pen(UNICODE, style).whole(repeated[0])}{UNICODE.kronecker}"
    block = matrix_table(Explicit(repeated[1]), width - len(head), style=style, caption=False)
    if "…" in block or "⋮" in block:
        return whole
    lines = block.split("\n")
    return "\n".join(
        (head if number == len(lines) // 2 else " " * len(head)) + line for number, line in enumerate(lines)
    )


def latex_table(tree: Tree, *, style: Style | None = None) -> str:
    """The entries of a tree in LaTeX, labels beside them; what is large is shortened with dots.

    Labelled entries stand in a ruled array, since brackets cannot leave out the line of column labels; others in
    a matrix.

    Raises
    ------
    NoEntriesError, SizeError
        When there are no entries to list, or a size is a letter.
    """
    pen = Pen(LATEX, style or Style())
    return _latex_cells(tree, *_shown_cells(tree, pen.style), pen)


def _shown_cells(tree: Tree, style: Style) -> tuple[Selection, Selection]:
    """The rows and columns that a display shows: all of few, and as many of the others as a page has room for."""
    entries, pen = entries_of(tree), Pen(LATEX, style)
    rows = select(entries.rows, MOST_LATEX_ROWS, 4, 2)
    named = SIGN + latex_width(pen.whole(tree)) if isinstance(tree, Symbol) else 0.0
    columns = [select(entries.cols, *few) for few in _COLUMNS]
    # Walls between cells take a little more room than what is measured.
    room = PAGE - named
    fitting = (
        each for each in columns if latex_width(_latex_cells(tree, rows, each, pen)) + _WALL * len(each.indices) <= room
    )
    return rows, next(fitting, columns[-1])


def _latex_cells(tree: Tree, rows: Selection, columns: Selection, pen: Pen) -> str:
    """Some rows and columns of a tree in LaTeX."""
    entries = entries_of(tree)
    rows_named, columns_named = _labels(tree, entries.shape)
    cells = _cells_of(entries, rows, columns, pen)
    if not rows_named and not columns_named:
        return pen.dialect.matrix(cells, pen.style)
    names = _latex_labels(rows_named, rows, r"\vdots")
    heads = _latex_labels(columns_named, columns, r"\cdots")
    body = [" & ".join([name, *line] if rows_named else line) for name, line in zip(names, cells, strict=True)]
    if columns_named:
        body[0] = " & ".join(["", *heads] if rows_named else heads) + r" \\ \hline " + body[0]
    layout = ("l|" if rows_named else "") + "c" * len(columns.indices)
    return rf"\begin{{array}}{{{layout}}} " + r" \\ ".join(body) + r" \end{array}"


def has_labels(tree: Tree) -> bool:
    """Whether rows or columns of a tree have names."""
    return isinstance(tree, Symbol) and (tree.row_labels is not None or tree.column_labels is not None)


def shown_symbol(tree: Symbol, width: int = 100) -> str:
    """A symbol as a prompt shows it: the labelled entries if it has any, otherwise what it stands for and its shape."""
    if has_labels(tree):
        try:
            return matrix_table(tree, width)
        except (NoEntriesError, SizeError):
            pass
    pen = Pen(UNICODE, Style())
    stands = f" = {pen.whole(tree.definition)}" if tree.definition is not None else ""
    told, shape = f"{pen.whole(tree)}{stands}", shape_text(tree, pen).replace("×", " × ")
    if display_width(told) + 3 + display_width(shape) <= width:
        return f"{told}   {shape}"
    return "\n".join([*broken(told, width), f"  {shape}"])


def shown_symbol_latex(tree: Symbol) -> str:
    """A symbol as Jupyter shows it: equal to its entries, or to its definition."""
    pen = Pen(LATEX, Style())
    name = pen.whole(tree)
    if has_labels(tree):
        try:
            return f"{name} = {latex_table(tree)}"
        except (NoEntriesError, SizeError):
            pass
    return _standing_for(tree, pen)


def shown_symbol_set(tree: Symbol, pen: Pen) -> str:
    """A symbol for the dialects that set displays: its name, and its entries with their labels, or what it stands
    for."""
    name, equals = pen.whole(tree), pen.dialect.relation("=")
    if has_labels(tree):
        with suppress(NoEntriesError, SizeError):
            return f"{name} {equals} {_framed(tree, pen)}"
    return _standing_for(tree, pen)


def _standing_for(tree: Symbol, pen: Pen) -> str:
    """A name and what it stands for, in lines that a page has room for."""
    if tree.definition is None:
        return pen.whole(tree)
    name = f"{pen.whole(tree)} {pen.dialect.relation('=')}"
    room = PAGE - SIGN - latex_width(Pen(LATEX, pen.style).whole(tree))
    first, *more = side_lines(tree.definition, pen, room)
    return set_lines([f"{name} {first}", *more], pen)


def _framed(tree: Symbol, pen: Pen) -> str:
    """The entries between walls, with the labels of rows and columns; what is large is shortened with dots."""
    across, down, _ = pen.dialect.dots
    rows, columns = _shown_cells(tree, pen.style)

    def labels(names: Sequence[str] | None, places: Sequence[int | None], gap: str) -> list[str]:
        told = [gap if at is None else names[at] if names else "" for at in places]
        return [text if text in {"", gap} else _label_set(text, pen) for text in told]

    heads = labels(tree.column_labels, columns.indices, across)
    names = labels(tree.row_labels, rows.indices, down)
    lines = list(zip(names, _cells_of(entries_of(tree), rows, columns, pen), strict=True))
    return cast(Setting, pen.dialect).framed(heads if any(heads) else [], lines, ())


def _labels(tree: Tree, shape: tuple[int, int]) -> tuple[Sequence[str] | None, Sequence[str] | None]:
    if not isinstance(tree, Symbol):
        return None, None
    return tree.row_labels, tree.column_labels


def _are_data(entries: ImmutableDenseMatrix) -> bool:
    """Whether all entries are numbers with few decimals, as measured data are."""
    return all(
        entry.is_Float or (entry.is_Rational and 10**LONGEST_DECIMAL % entry.q == 0)
        for entry in entries.todok().values()
    )


def _cell(entry: Any, pen: Pen, decimal: bool) -> str:
    if decimal and entry.is_Rational and not entry.is_Integer:
        digits = f"{abs(int(10**LONGEST_DECIMAL * entry)):0{LONGEST_DECIMAL + 1}d}"
        text = f"{digits[:-LONGEST_DECIMAL]}.{digits[-LONGEST_DECIMAL:].rstrip('0')}"
        return pen.dialect.minus + text if entry.is_negative else text
    return pen.whole(entry)


def _cells_of(entries: ImmutableDenseMatrix, rows: Selection, columns: Selection, pen: Pen) -> list[list[str]]:
    """Some rows and columns of entries, row by row, the decimal points of each column above each other."""
    decimal = _are_data(entries)
    across, down, aslant = pen.dialect.dots
    found: list[list[str]] = []
    for column in columns.indices:
        if column is None:
            found.append([aslant if row is None else across for row in rows.indices])
            continue
        plain = ["" if row is None else _cell(entries[row, column], _PLAIN, decimal) for row in rows.indices]
        told = [down if row is None else _cell(entries[row, column], pen, decimal) for row in rows.indices]
        found.append(with_unseen_digits(plain, pen.dialect, told, centred=True))
    return [list(row) for row in zip(*found, strict=True)]


_PLAIN = Pen(UNICODE, Style())


def _latex_labels(labels: Sequence[str] | None, shown: Selection, gap: str) -> list[str]:
    if labels is None:
        return [""] * len(shown.indices)
    return [gap if index is None else _latex_label(labels[index]) for index in shown.indices]


def _label_set(label: str, pen: Pen) -> str:
    """A label in a dialect that sets displays."""
    gap = " " if pen.dialect is SPOKEN else pen.dialect.verbatim("  ")
    return gap.join(sentence(part, pen.dialect) for part in _parts_of(label))


def _parts_of(label: str) -> list[str]:
    """What a label is made of, between two blanks: the name of an observation, and its levels."""
    return re.split(r"\s{2,}", label.strip())


def _latex_label(label: str) -> str:
    parts = map(text_to_latex, _parts_of(label))
    return r"\text{" + r"\quad ".join(parts) + "}"


def _membership(entries: ImmutableDenseMatrix, column_labels: Sequence[str] | None) -> str:
    """A sentence on an incidence matrix: which column each row belongs to."""
    if not column_labels or entries.cols < 2:
        return ""
    filled = entries.todok()
    if len(filled) != entries.rows or len({row for row, _ in filled}) != entries.rows or set(filled.values()) != {1}:
        return ""
    groups = {text.split(" ")[0] for text in column_labels}
    one = ", each row has one 1"
    return f"{one}: the {groups.pop()} of that observation" if len(groups) == 1 else one
