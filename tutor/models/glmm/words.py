"""Words beside a formula, in a dialect."""

from __future__ import annotations

from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex


def in_words(text: str, pen: Pen) -> str:
    """A sentence with formulas in it, as it stands beside a formula."""
    return rf"\text{{{text_to_latex(text)}}}" if pen.dialect is LATEX else pen.dialect.verbatim(text)
