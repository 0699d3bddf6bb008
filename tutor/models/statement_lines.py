"""Lines of statements, as an equation has them: for a terminal, and in displays that a page has room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.display_lines import lines_in
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.spoken import SPOKEN


@dataclass(frozen=True, slots=True)
class Statement:
    """left = right, or left ~ right."""

    left: str
    sign: Literal["=", "~"]
    right: str

    def written(self, pen: Pen) -> str:
        """The statement on one line."""
        return f"{self.left} {self.relation(pen)} {self.right}"

    def relation(self, pen: Pen) -> str:
        """The sign between the sides."""
        return pen.dialect.relation(self.sign)


@dataclass(frozen=True, slots=True)
class Line:
    """Statements side by side, and a note after them."""

    statements: tuple[Statement, ...]
    note: str = ""


Row = tuple[str, str]
"""What stands before the sign by which lines are aligned, and the rest with the sign."""


def displayed(lines: Callable[[Pen], Sequence[Line]], pen: Pen) -> list[Row]:
    """The lines of a display. A long one has its note below it, then each statement for itself, and is broken then,
    since a display is not broken where a page ends."""
    latex = Pen(LATEX, pen.style)
    measured = lines(latex)
    room = PAGE - max(latex_width(line.statements[0].left) for line in measured)
    return [row for line, told in zip(lines(pen), measured, strict=True) for row in _rows(line, told, pen, room)]


def _rows(line: Line, told: Line, pen: Pen, room: float) -> list[Row]:
    """A line in rows of at most ``room`` ems behind its first side; ``told`` is the same in LaTeX."""
    left, rest = _sides(line, pen)
    _, in_latex = _sides(told, Pen(LATEX, pen.style))
    if pen.dialect is SPOKEN or latex_width(in_latex) <= room:
        return [(left, rest)]
    if line.note:
        return [*_rows(replace(line, note=""), replace(told, note=""), pen, room), ("", line.note)]
    if len(line.statements) > 1:
        pairs = zip(line.statements, told.statements, strict=True)
        return [row for mine, other in pairs for row in _rows(Line((mine,)), Line((other,)), pen, room)]
    first, *more = lines_in(pen.dialect, rest, in_latex, room)
    return [(left, first), *(("", each) for each in more)]


def _sides(line: Line, pen: Pen) -> Row:
    first, *rest = line.statements
    told = [*(statement.written(pen) for statement in rest), *([line.note] if line.note else [])]
    return first.left, pen.dialect.between.join([f"{first.relation(pen)} {first.right}", *told])


def plain(lines: Sequence[Line], pen: Pen) -> str:
    """Lines for a terminal: statements with commas between them, notes set off."""
    return "\n".join(
        pen.dialect.between.join(statement.written(pen) for statement in line.statements)
        + (f",        {line.note}" if line.note else "")
        for line in lines
    )


def aligned(rows: Sequence[Row]) -> str:
    """Rows in amsmath's aligned, the first sign of each above each other."""
    written = [f"{left} &{rest}" for left, rest in rows]
    return "\\begin{aligned}\n" + " \\\\\n".join(written) + "\n\\end{aligned}"


def stacked(rows: Sequence[Row], below: Sequence[tuple[str, str]], pen: Pen) -> str:
    """Rows below each other by their first signs, in a dialect that sets displays, and below them what the symbols
    mean."""
    setting = cast(Setting, pen.dialect)
    above = setting.aligned(rows)
    return setting.explained(above, pen.dialect.verbatim("where"), setting.glossary(below)) if below else above
