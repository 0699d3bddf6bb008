"""What is known of a matrix as a table: the fact, whether it holds, and why."""

from __future__ import annotations

from tutor.algebra.facts import Facts
from tutor.notation.style import Style
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.layout import display_width, padded
from tutor.notation.writing.line_breaks import sentences
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_math import sentence
from tutor.notation.writing.write_tree import shape_text

ANSWERS = {True: "yes", False: "no", None: "unknown"}

NARROWEST = 24
"""Columns of a terminal below which reasons are not broken."""


def _rows(facts: Facts, pen: Pen) -> list[tuple[str, str, str]]:
    """Fact, answer and reason of each line."""
    rows = [(known.what, ANSWERS[known.value], known.why) for known in facts.known]
    value = facts.rank.value
    return [*rows, ("rank", "unknown" if value is None else pen.whole(value), facts.rank.why)]


def facts_text(facts: Facts, style: Style, width: int | None = None) -> str:
    """The matrix and its shape, below it the facts in columns; long reasons go over several lines."""
    pen = Pen(UNICODE, style)
    rows = _rows(facts, pen)
    columns = [max(display_width(row[k]) for row in rows) for k in (0, 1)]
    margin = columns[0] + columns[1] + 8
    lines = [f"{pen.whole(facts.tree)}     {shape_text(facts.tree, pen, apart=True)}"]
    for fact, answer, why in rows:
        told = [why] if width is None else sentences(why, max(width - margin, NARROWEST)) or [""]
        lines.append(f"  {padded(fact, columns[0])}   {padded(answer, columns[1])}   {told[0]}".rstrip())
        lines += [" " * margin + more for more in told[1:]]
    return "\n".join(lines)


def facts_latex(facts: Facts, style: Style) -> str:
    """The facts as an array below the matrix."""
    pen = Pen(LATEX, style)
    lines: list[str] = []
    for fact, answer, why in _rows(facts, pen):
        is_size = fact == "rank" and facts.rank.value is not None
        told = answer if is_size else rf"\text{{{answer}}}"
        lines.append(rf"\text{{{fact}}} & {told} & \text{{{text_to_latex(why)}}}")
    body = " \\\\\n".join([rf"\multicolumn{{3}}{{l}}{{{pen.whole(facts.tree)}}}", *lines])
    return f"\\begin{{array}}{{lll}}\n{body}\n\\end{{array}}"


def facts_lines(facts: Facts, pen: Pen) -> list[str]:
    """The matrix and its facts, one a line, in a dialect that sets displays."""
    rows = _rows(facts, Pen(UNICODE, pen.style))
    told = [f"{fact}: {answer}{', as ' if why else ''}{why}" for fact, answer, why in rows]
    return [pen.whole(facts.tree), *(sentence(line, pen.dialect) for line in told)]
