"""A whole LaTeX document that pdflatex compiles with Debian's texlive-latex-recommended and lmodern."""

from __future__ import annotations

from collections.abc import Iterable

from tutor import __version__
from tutor.algebra.rules import Derivation
from tutor.frontends import markdown
from tutor.models.inference.explained import Explained
from tutor.notation.style import Style
from tutor.notation.write import latex
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.display_lines import side_lines
from tutor.notation.writing.latex_display import GAP, SIGN, WIDEST_GOAL, widest
from tutor.notation.writing.latex_lines import INDENT, latex_lines
from tutor.notation.writing.latex_width import PAGE, latex_width
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_formula import escape_text
from tutor.notation.writing.write_table import Table, table_latex

MARK = "% Written by tutor"
"""How the first line starts: a document of ours may be written again, and no other file."""

_REASONS = 0.36
_REASONS_BELOW = 0.66
"""The shares of the line that the reasons of a derivation take beside its lines, and below them."""

_TALLEST = 40.0
"""Lines of text of the tallest display."""

_MARGIN = "2em"
"""What formulas that are not in the middle of a page keep from its left side."""

_BELOW = " \\\\\\noalign{\\vskip 3pt}\n"
"""Between a line and its reason below it."""

_FULL = r">{\displaystyle}"
"""Before a column whose fractions are as large as in a display."""

_PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage{amsmath}
\usepackage{array}
\usepackage[a4paper,margin=2.4cm,footskip=1.1cm]{geometry}
\usepackage{fancyhdr}
\setcounter{MaxMatrixCols}{40}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.5\baselineskip}
\pagestyle{fancy}
\fancyhf{}
\renewcommand{\headrulewidth}{0pt}"""


def document(title: str, parts: Iterable[str], *, footer: str) -> str:
    """The document: ``parts`` are LaTeX, a paragraph each; title and footer are plain text."""
    return "\n".join(
        [
            f"{MARK} {__version__}: {' '.join(footer.split())}.",
            _PREAMBLE,
            rf"\fancyfoot[L]{{\small {escape_text(footer)}}}",
            r"\fancyfoot[R]{\small \thepage}",
            r"\begin{document}",
            rf"{{\Large\bfseries {markdown.latex(title)}\par}}",
            "",
            "\n\n".join(parts),
            r"\end{document}",
            "",
        ]
    )


def display(thing: object) -> str:
    """A tree on a line of its own, or a derivation with its reasons in a second column that wraps; one that is longer
    than a page, or has its reasons below its lines, in several formulas from the left, between which a page may end.
    Of what has several parts each is by itself."""
    if isinstance(thing, str):
        return text_to_latex(thing)
    if isinstance(thing, Explained):
        return "\n\n".join(map(display, thing.parts))
    if isinstance(thing, Table):
        return rf"\[ {table_latex(thing, Style())} \]"
    parts = _derivation(thing) if isinstance(thing, Derivation) else [latex(thing)]
    if len(parts) == 1:
        return rf"\[ {parts[0]} \]"
    return "\n\n".join(rf"\hspace*{{{_MARGIN}}}$\displaystyle {part}$" for part in parts)


def _derivation(derivation: Derivation) -> list[str]:
    """The lines of a derivation with their reasons beside them, or below where the lines are long; a long goal stands
    on lines of its own then, and a side that has no room is broken. Arrays for which a page has room; with the reasons
    below one for each step."""
    pen = Pen(LATEX, Style())
    goal = pen.whole(derivation.goal)
    margin = SIGN + latex_width(goal)
    whole = margin + widest([pen.whole(step.after) for step in derivation.steps])
    is_beside = whole <= (1 - _REASONS) * PAGE - GAP
    is_short = is_beside or latex_width(goal) <= WIDEST_GOAL
    lines: list[str] = [] if is_short else latex_lines(goal)
    for number, step in enumerate(derivation.steps):
        sides = side_lines(step.after, pen, PAGE - (margin if is_short else SIGN + INDENT))
        first = f"{LATEX.relation(step.relation)} {sides[0]}"
        reason = _reason(step.reason, _REASONS if is_beside else _REASONS_BELOW)
        if is_beside:
            lines.append(f"{goal if not number else ''} &{first} & {reason}")
            continue
        # A line without a reason has none below it.
        more = [*sides[1:], *([rf"\qquad {reason}"] if step.reason else [])]
        told = [f"{goal if not number else ''} &{first}", *(f"& {line}" for line in more)] if is_short else [
            rf"\quad {first}", *(rf"\quad {line}" for line in more)]  # fmt: skip
        lines.append(_BELOW.join(told))
    columns = (
        rf"{_FULL}r@{{\;}}{_FULL}l@{{\quad}}l"
        if is_beside
        else rf"{_FULL}r@{{\;}}{_FULL}l"
        if is_short
        else f"{_FULL}l"
    )
    first, *others = _parted(lines) if is_beside else [[line] for line in lines]
    # The signs of all displays stand below each other.
    lead = rf"\phantom{{{goal}}} " if is_beside or is_short else ""
    return [_array(columns, first), *(_array(columns, [lead + part[0], *part[1:]]) for part in others)]


def _parted(lines: list[str]) -> list[list[str]]:
    """Rows in parts, each of which a page has room for."""
    parts: list[list[str]] = []
    room = 0.0
    for line in lines:
        height = sum(_height(part) for part in line.split(r" \\ "))
        if parts and height <= room:
            parts[-1].append(line)
            room -= height
        else:
            parts.append([line])
            room = _TALLEST - height
    return parts


def _height(row: str) -> float:
    """About how many lines of text a row takes."""
    return (1.9 if r"\frac" in row or r"\dfrac" in row else 1.3) + row.count(r"\\")


def _array(columns: str, lines: Iterable[str]) -> str:
    # A skip between the rows; [2pt] would be lost in the depth of a fraction.
    return f"\\begin{{array}}{{{columns}}}\n" + " \\\\\\noalign{\\vskip 2pt}\n".join(lines) + "\n\\end{array}"


def _reason(text: str, share: float) -> str:
    return rf"\parbox[t]{{{share}\linewidth}}{{\raggedright {text_to_latex(text)}\strut}}"
