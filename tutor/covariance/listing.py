"""The list of all covariance structures, as text and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.covariance.catalogue import MADE, ROWS, Row
from tutor.covariance.domain import told
from tutor.display import Shown
from tutor.notation.style import Style
from tutor.notation.write import fitted, latex, markdown, unicode
from tutor.notation.writing.columns import in_columns
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.layout import display_width
from tutor.notation.writing.pen import Pen

LECTURE = Style()
HEAD = ("key", "SAS", "nlme", "glmmTMB", "lme4", "parameters", "entry (i, j)")
NAMES = HEAD.index("parameters")
"""So many of the columns are names of a structure."""


@dataclass(frozen=True, eq=False)
class Listing(Shown):
    """The rows of the table."""

    rows: tuple[Row, ...]

    def cells(self) -> list[tuple[str, ...]]:
        """The cells, row by row, below `HEAD`."""
        programs = ("SAS", "nlme", "glmmTMB", "lme4")
        named = [
            (row.key, *(row.programs.get(program, "") for program in programs), told(row.count), row.formula)
            for row in self.rows
        ]
        made = [(key, "", "", "", "", "", call) for key, call in MADE.items()]
        return [*named, *made]


def table() -> Listing:
    """All covariance structures with their names in the programs.

    >>> len(table().rows)
    25
    """
    return Listing(ROWS)


@unicode.register
def listing_unicode(thing: Listing, style: Style = LECTURE) -> str:
    """Columns one below the other."""
    return in_columns([HEAD, *thing.cells()])


@fitted.register
def listing_fitted(thing: Listing, style: Style, width: int) -> str:
    """The same where it has room; else the names in the programs, and below them parameters and entries."""
    whole = listing_unicode(thing, style)
    if max(map(display_width, whole.split("\n"))) <= width:
        return whole
    lines = [HEAD, *thing.cells()]
    names = [line[:NAMES] for line in lines if any(line[1:NAMES])]
    entries = [(line[0], *line[NAMES:]) for line in lines]
    return "\n\n".join(in_columns(part, width) for part in (names, entries))


@markdown.register
def listing_markdown(thing: Listing, style: Style = LECTURE) -> str:
    """A table of Markdown."""
    typeset = {row.key: f"${row.latex.replace('|', chr(92) + 'vert ')}$" for row in thing.rows}
    counted = {row.key: f"${Pen(LATEX, style).whole(row.count)}$" for row in thing.rows}
    lines = []
    for key, *programs, count, entry in thing.cells():
        named = [f"`{name}`" if name and name != "the default" else name for name in programs]
        lines.append([key, *named, counted.get(key, count), typeset.get(key, f"`{entry}`")])
    told_lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join(["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), *told_lines])


@latex.register
def listing_latex(thing: Listing, style: Style = LECTURE) -> str:
    """Keys and entries, one line each."""
    lines = [rf"\text{{{row.key}}} & {row.latex}" for row in thing.rows]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
