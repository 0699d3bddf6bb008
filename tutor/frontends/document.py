"""A whole LaTeX document that pdflatex compiles with Debian's texlive-latex-recommended and lmodern."""

from __future__ import annotations

from collections.abc import Iterable

from tutor import __version__
from tutor.algebra.rules import Derivation
from tutor.frontends import markdown
from tutor.notation.write import latex, unicode
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.layout import display_width
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_formula import escape_text

MARK = "% Written by tutor"
"""How the first line starts: a document of ours may be written again, and no other file."""

_REASONS = 0.36
_REASONS_BELOW = 0.66
"""The shares of the line that the reasons of a derivation take beside its lines, and below them."""

_FULL = r">{\displaystyle}"
"""Before a column whose fractions are as large as in a display."""

_ROOM_BESIDE = 44
_ROOM_ALONE = 84
"""Columns of Unicode that a line may take beside its reason, and across the page."""

_ROOM_OF_GOAL = 24
"""Columns of Unicode that the goal may take before lines that have their reasons below them."""

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
    """A tree on a line of its own, or a derivation with its reasons in a second column that wraps."""
    return rf"\[ {_derivation(thing) if isinstance(thing, Derivation) else latex(thing)} \]"


def _derivation(derivation: Derivation) -> str:
    """The lines of a derivation with their reasons beside them, or below where the lines are long; of the longest the
    goal stands on a line of its own."""
    goal = latex(derivation.goal)
    equal = [f"{LATEX.relation(step.relation)} {latex(step.after)}" for step in derivation.steps]
    width = _width(derivation)
    if width <= _ROOM_BESIDE:
        reasons = [_reason(step.reason, _REASONS) for step in derivation.steps]
        lines = [f"{goal if not number else ''} &{side} & {reason}"
                 for number, (side, reason) in enumerate(zip(equal, reasons, strict=True))]  # fmt: skip
        return _array(rf"{_FULL}r@{{\;}}{_FULL}l@{{\quad}}l", lines)
    # A line without a reason has none below it.
    below = [rf"\qquad {_reason(step.reason, _REASONS_BELOW)}" if step.reason else "" for step in derivation.steps]
    if width <= _ROOM_ALONE and display_width(unicode(derivation.goal)) <= _ROOM_OF_GOAL:
        lines = [f"{goal if not number else ''} &{side}" + (rf" \\ & {reason}" if reason else "")
                 for number, (side, reason) in enumerate(zip(equal, below, strict=True))]  # fmt: skip
        return _array(rf"{_FULL}r@{{\;}}{_FULL}l", lines)
    lines = [rf"\quad {side}" + (rf" \\ {reason}" if reason else "") for side, reason in zip(equal, below, strict=True)]
    return _array(f"{_FULL}l", [goal, *lines])


def _array(columns: str, lines: Iterable[str]) -> str:
    # A skip between the rows; [2pt] would be lost in the depth of a fraction.
    return f"\\begin{{array}}{{{columns}}}\n" + " \\\\\\noalign{\\vskip 2pt}\n".join(lines) + "\n\\end{array}"


def _width(derivation: Derivation) -> int:
    """What the goal and the longest line take side by side, in columns of Unicode."""
    widest = max((display_width(unicode(step.after)) for step in derivation.steps), default=0)
    return display_width(unicode(derivation.goal)) + widest


def _reason(text: str, share: float) -> str:
    return rf"\parbox[t]{{{share}\linewidth}}{{\raggedright {text_to_latex(text)}\strut}}"
