"""The symbols of which most texts are made, \\mathbf{X}, \\sigma or y with nothing below them, in one look."""

from __future__ import annotations

import re

from tutor.notation.parsing.spelling import GREEK_COMMANDS
from tutor.notation.parsing.token import Spelling

_COMMON = re.compile(
    r"""(?:\\(?P<font>mathbf|boldsymbol|bm)\{(?:(?P<bold>[A-Za-z])|\\(?P<greek>[A-Za-z]+))\}
        |\\(?P<command>[A-Za-z]+)(?![A-Za-z*])
        |(?P<letter>[A-Za-z])(?![A-Za-z0-9]))
    (?=\s*(?:[)}&,+=-]|\\[A-Za-z]|\Z
        |'(?!['′’]*\s*[_₀-₉ₐ-ₜᵢᵣᵤᵥ]))
        |\^(?:\{(?:-1|2|\\top|T)\}|2|\\top(?![A-Za-z])|T(?![A-Za-z]))(?!\s*[_₀-₉ₐ-ₜᵢᵣᵤᵥ]))""",
    re.X,
)
"""A letter, a Greek one, or a bold one, behind which neither a subscript nor a label can come."""


def common_symbol(text: str, start: int, end: int, bold: bool) -> tuple[Spelling, int] | None:
    """One of these symbols and where it ends; None for another, which is read step by step."""
    found = _COMMON.match(text, start, end)
    if found is None:
        return None
    letters = found["bold"] or found["letter"] or GREEK_COMMANDS.get(found["greek"] or found["command"])
    if letters is None:
        return None
    return Spelling(letters, bold=bold or found["font"] is not None), found.end()
