r"""Variances and standard deviations as σ²{Y_i}, s²{b_1} and s{b_1}: a letter, and in braces what varies.

The notation of Kutner, Nachtsheim, Neter and Li, Applied Linear Statistical Models. In braces stand observations,
errors and estimates; σ²{(1 − ρ)I + ρJ} is a product.
"""

from __future__ import annotations

import re

from tutor.notation.parsing.token import Spelling

SPREADS = frozenset({"sigma", "s"})

_SQUARE = r"(?P<square>\s*(?:\^\s*(?:\{\s*2\s*\}|2)|²))?"
_VARIES = (
    r"(?:\\(?:mathbf|boldsymbol|bm|hat|widehat|bar|overline)\s*\{?\s*){0,3}"
    r"(?:[YyebdX]|\\(?:var)?epsilon(?![A-Za-z])|(?:\\(?:text|mathrm)\s*\{\s*)?pred)\s*\}{0,3}"
    r"\s*(?:_\s*(?:\{[^{}]{1,20}\}|[A-Za-z0-9]))?\s*\}{0,2}"
)
_OPENS = re.compile(
    rf"{_SQUARE}\s*(?=(?:\\left\s*)?\\\{{\s*{_VARIES}(?P<more>(?:\s*[,+-]\s*{_VARIES}){{0,3}})\s*(?:\\right\s*)?\\\}})"
)


def spread_at(text: str, spelling: Spelling, start: int, end: int) -> tuple[Spelling, int] | None:
    r"""The function that a letter is before braces, and where its own signs end; None where it is a factor.

    >>> spread_at(r"\sigma^2\{Y_i\}", Spelling("sigma"), 6, 15), spread_at(r"s\{a + 1\}", Spelling("s"), 1, 10)
    ((Spelling(letters='Var', run=False, bold=False, accent='', subscript='', below=None, loose=False), 8), None)
    """
    found = _OPENS.match(text, start, end) if spelling.letters in SPREADS and not spelling.subscript else None
    if found is None:
        return None
    is_estimate = spelling.letters == "s"
    if "," in found["more"]:
        told = Spelling("Cov", accent="hat" if is_estimate else "")
    elif found["square"]:
        told = Spelling("Var", accent="hat" if is_estimate else "")
    else:
        told = Spelling("se" if is_estimate else "sd")
    return told, found.end()
