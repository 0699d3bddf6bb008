"""Feedback as text, as Markdown and as LaTeX: mathematics within sentences is set as mathematics.

The words are made once, as text with Unicode notation. A grid of ● and ○ stays as it is in Markdown, as code; in
LaTeX it is an array of bullets.
"""

from __future__ import annotations

import re
from itertools import groupby

from tutor.checking.feedback.grid import RIGHT, WRONG
from tutor.checking.verdict import FeedbackDialect
from tutor.notation.escape import unescaped
from tutor.notation.writing.prose import text_to_latex

_DOLLAR = re.compile(r"(?<!\\)\$")
_MARKUP = re.compile(r"([\\`*_<>\[\]#|])")
_SIGNS = {RIGHT: r"\bullet", WRONG: r"\circ"}


def in_dialect(text: str, dialect: FeedbackDialect) -> str:
    """A text of one or more lines in another dialect; in LaTeX each line is a paragraph.

    >>> in_dialect("G⁻¹ stands where G belongs.", "markdown")
    '$\\\\mathbf{G}^{-1}$ stands where $\\\\mathbf{G}$ belongs.'
    """
    if dialect == "text":
        return text
    lines = text.split("\n")
    pieces: list[str] = []
    for is_grid, group in groupby(range(len(lines)), key=lambda at: _is_of_grid(lines, at)):
        block = [lines[at] for at in group]
        if is_grid:
            pieces.append(_grid_in_markdown(block) if dialect == "markdown" else _grid_in_latex(block))
        else:
            pieces += [_markdown(line) if dialect == "markdown" else text_to_latex(line) for line in block if line]
    return "\n\n".join(pieces)


def without_grid(text: str) -> str:
    """The text without its grid of cells, for a display that marks them elsewhere."""
    lines = text.split("\n")
    return "\n".join(line for at, line in enumerate(lines) if not _is_of_grid(lines, at))


def _is_of_grid(lines: list[str], at: int) -> bool:
    """Whether a line is of a grid: it has marks, or it holds the labels above the first line that has them."""
    return any(mark in line for line in lines[at : at + 2] for mark in _SIGNS) and not lines[at].endswith((".", "?"))


def _markdown(line: str) -> str:
    """A sentence with its formulas between dollar signs, and what Markdown would take for its own escaped."""
    pieces = _DOLLAR.split(text_to_latex(line))
    return "".join(
        f"${piece}$" if at % 2 else _MARKUP.sub(r"\\\1", unescaped(piece)) for at, piece in enumerate(pieces)
    )


def _grid_in_markdown(block: list[str]) -> str:
    return "\n".join(["```", *block, "```"])


def _grid_in_latex(block: list[str]) -> str:
    """The grid as an array, its legend below it."""
    *_, last = block
    marks, _, legend = last.partition(f"      {RIGHT} ")
    rows = [["", *block[0].split()], *(line.split() for line in [*block[1:-1], marks])]
    body = r" \\ ".join(" & ".join(map(_cell, row)) for row in rows)
    return rf"\[\begin{{array}}{{l{'c' * (len(rows[0]) - 1)}}} {body} \end{{array}}\]" + f"\n{_legend(legend)}"


def _legend(legend: str) -> str:
    """● as in the model, ○ not."""
    first, _, second = legend.partition(f"   {WRONG} ")
    return rf"${_SIGNS[RIGHT]}$ {first}, ${_SIGNS[WRONG]}$ {second}"


def _cell(cell: str) -> str:
    if cell in _SIGNS or not cell:
        return _SIGNS.get(cell, "")
    inner = text_to_latex(cell)
    return inner[1:-1] if _DOLLAR.match(inner) and inner.count("$") == 2 else rf"\text{{{inner}}}"
