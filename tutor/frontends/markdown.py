"""The text of an exercise, Markdown with $…$ mathematics, for a terminal and for LaTeX."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from tutor.frontends import mathematics
from tutor.frontends.spoken import formula
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_formula import escape_text

_DISPLAYED = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_BREAK = re.compile(r" {2,}\n")
"""Two blanks at the end of a line begin a new one, as everywhere in Markdown."""

_APART = re.compile(r"(?<=,) {2,}")
"""What parts the statements of a display."""

_GLUE = "\ue000"
"""Stands for a blank at which no line ends; of private use, so that no text has it."""

_LONGEST_UNBROKEN = 40
"""Characters of a formula, or of one side of it, that stay on one line."""

_TYPED = re.compile(r"(?<=%tutor) (?=\w)|(?<=%tutor start) (?=\w)")
"""Blanks of what is to be typed, as it stands, in one line."""

_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(\S.*?)\*|`(.+?)`", re.DOTALL)


def paragraphs(text: str, *, indent: str = "", width: int = 88) -> str:
    """A text for a terminal, wrapped paragraph by paragraph; emphasis marks and dollar signs are gone.

    A formula between double dollar signs stands on lines of its own, its matrices drawn.
    """
    filled: list[str] = []
    for number, piece in enumerate(_DISPLAYED.split(text.strip())):
        if number % 2:
            lines = _within(mathematics.drawn(piece), width - len(indent) - 2)
            filled.append("\n".join(f"{indent}  {line}".rstrip() for line in lines))
        else:
            told = _with_mathematics(piece.strip(), lambda latex: _unbroken(mathematics.told(latex)))
            told = _TYPED.sub(_GLUE, told)
            filled += [_filled(paragraph, indent, width) for paragraph in re.split(r"\n\s*\n", told)]
    return "\n\n".join(filter(None, filled))


def _within(lines: list[str], width: int) -> list[str]:
    """A formula of one line that is too long, statement by statement; one with drawn matrices stays as it is."""
    if len(lines) > 1 or len(lines[0]) <= width:
        return lines
    return _APART.split(lines[0])


def _unbroken(formula: str) -> str:
    """A formula of which no line ends but before a relation or after a comma, as far as it is short enough."""
    pieces = re.split(r" (?=[=~∼≈≡≠≤≥] )|(?<=,) ", formula)
    return " ".join(piece.replace(" ", _GLUE) if len(piece) <= _LONGEST_UNBROKEN else piece for piece in pieces)


def _filled(paragraph: str, indent: str, width: int) -> str:
    lines = "\n".join(
        textwrap.fill(
            " ".join(line.split()),
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in _BREAK.split(paragraph)
    )
    return lines.replace(_GLUE, " ")


def terminal(text: str) -> str:
    """A text with its mathematics in Unicode."""
    return _with_mathematics(text, mathematics.told)


def spoken(text: str) -> str:
    """A text with its mathematics in words, for a screen reader."""
    return _with_mathematics(text, formula)


def _with_mathematics(text: str, told: Callable[[str], str]) -> str:
    """A text without marks of emphasis, and its mathematics as ``told`` tells them."""
    pieces: list[str] = []
    end = 0
    for found in _MATHEMATICS.finditer(text):
        pieces += [_plain(text[end : found.start()]), told(found.group(1) or found.group(2))]
        end = found.end()
    return "".join([*pieces, _plain(text[end:])])


def latex(text: str) -> str:
    """A text as LaTeX that needs amsmath only: its mathematics as it is, everything else escaped."""
    return "\n\n".join(
        "\\\\\n".join(map(_latex_paragraph, _BREAK.split(paragraph)))
        for paragraph in re.split(r"\n\s*\n", text.strip())
    )


def _latex_paragraph(paragraph: str) -> str:
    pieces: list[str] = []
    end = 0
    for found in _MATHEMATICS.finditer(paragraph):
        displayed, inline = found.groups()
        pieces += [_latex_words(paragraph[end : found.start()])]
        pieces += [f"\\[ {displayed.strip()} \\]" if displayed else f"${inline}$"]
        end = found.end()
    return "".join([*pieces, _latex_words(paragraph[end:])])


def _latex_words(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for found in _EMPHASIS.finditer(text):
        strong, leaning, typed = found.groups()
        command, inner = next(
            (name, part) for name, part in ((r"\textbf", strong), (r"\emph", leaning), (r"\texttt", typed)) if part
        )
        pieces += [_latex_sentence(text[end : found.start()])]
        pieces += [f"{command}{{{escape_text(inner) if typed else text_to_latex(inner)}}}"]
        end = found.end()
    return "".join([*pieces, _latex_sentence(text[end:])])


def _latex_sentence(text: str) -> str:
    """A piece of a sentence; the blanks at its ends part it from the mathematics beside it."""
    inner = text_to_latex(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _plain(text: str) -> str:
    return _EMPHASIS.sub(lambda found: next(part for part in found.groups() if part), text)
