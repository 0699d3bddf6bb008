"""Words beside a formula, in a dialect."""

from __future__ import annotations

from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose_math import sentence


def in_words(text: str, pen: Pen) -> str:
    """A sentence with formulas in it, as it stands beside a formula."""
    return sentence(text, pen.dialect)
