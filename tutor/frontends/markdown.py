"""The text of an exercise, Markdown with $…$ mathematics, for a terminal and for LaTeX."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from tutor.errors import TutorError
from tutor.notation.names import GREEK, SUBSCRIPT, SUPERSCRIPT
from tutor.notation.read import read
from tutor.notation.write import write
from tutor.notation.writing.prose import escape_text, text_to_latex

_MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|\*(\S.*?)\*|`(.+?)`", re.DOTALL)
_SIGNS = {
    r"\otimes": "⊗",
    r"\times": "×",
    r"\cdot": "·",
    r"\sim": "~",
    r"\dots": "…",
    r"\ldots": "…",
    r"\cdots": "…",
    r"\neq": "≠",
    r"\ne": "≠",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\in": "∈",
    r"\top": "ᵀ",
    r"\prime": "'",
    r"\sqrt": "√",
    r"\sum": "Σ",
    r"\varepsilon": "ε",
    r"\mid": "|",
    r"\quad": "  ",
    r"\qquad": "    ",
    r"\,": " ",
    r"\;": " ",
    r"\:": " ",
    r"\ ": " ",
    r"\{": "{",
    r"\}": "}",
    r"\left": "",
    r"\right": "",
    r"\mathbf": "",
    r"\boldsymbol": "",
    r"\bm": "",
    r"\mathrm": "",
    r"\text": "",
    r"\operatorname": "",
    **dict(GREEK.values()),
}
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_SIZE = re.compile(r"(?<![^\W_])([IJ10])_(?:\{(\d+)\}|(\d))")
"""The size of an identity, or of a matrix or vector of ones or of zeros."""

_NAME = re.compile(r"\{([IJ10])\}")
_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(\S))")


def paragraphs(text: str, *, indent: str = "", width: int = 88) -> str:
    """A text for a terminal, wrapped paragraph by paragraph; emphasis marks and dollar signs are gone."""
    told = terminal(text)
    filled = [
        textwrap.fill(
            " ".join(paragraph.split()),
            width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for paragraph in re.split(r"\n\s*\n", told.strip())
    ]
    return "\n\n".join(filled)


def terminal(text: str) -> str:
    """A text with its mathematics in Unicode."""
    return _with_mathematics(text, _unicode_mathematics)


def spoken(text: str) -> str:
    """A text with its mathematics in words, for a screen reader; what our grammar cannot read stays in Unicode."""
    return _with_mathematics(text, _spoken_mathematics)


def _with_mathematics(text: str, told: Callable[[str], str]) -> str:
    """A text without marks of emphasis, and its mathematics as ``told`` tells them."""
    pieces: list[str] = []
    end = 0
    for found in _MATHEMATICS.finditer(text):
        pieces += [_plain(text[end : found.start()]), told(found.group(1) or found.group(2))]
        end = found.end()
    return "".join([*pieces, _plain(text[end:])])


def _spoken_mathematics(source: str) -> str:
    try:
        return write(read(source), "spoken")
    except TutorError:
        return _unicode_mathematics(source)


def latex(text: str) -> str:
    """A text as LaTeX that needs amsmath only: its mathematics as it is, everything else escaped."""
    return "\n\n".join(_latex_paragraph(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip()))


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


def _unicode_mathematics(source: str) -> str:
    r"""LaTeX as a person would type it; for reading by eye, and nothing is computed from it.

    >>> _unicode_mathematics(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \sigma^2_u \mathbf{I}_{12}")
    "ZGZ' + σ²_u I₁₂"
    """
    text = _FRACTION.sub(r"\1/\2", source)
    text = _COMMAND.sub(lambda m: _SIGNS.get(m.group(), m.group()), text)
    text = _SIZE.sub(lambda found: found[1] + (found[2] or found[3]).translate(SUBSCRIPT), _NAME.sub(r"\1", text))
    text = _RAISED.sub(_raised, text)
    return text.replace("{", "").replace("}", "")


def _raised(found: re.Match[str]) -> str:
    inner = found[2] if found[1] is None else found[1]  # there may be nothing in the braces
    lifted = inner.translate(SUPERSCRIPT)
    if all(new != old for new, old in zip(lifted, inner, strict=True)):
        return lifted
    return inner if inner in ("'", "ᵀ") else f"^({inner})" if len(inner) > 1 else f"^{inner}"
