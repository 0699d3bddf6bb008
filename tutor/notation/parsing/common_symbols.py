"""The symbols of which most texts are made, \\mathbf{X}, \\hat{\\beta}, \\sigma_{u} or y_i, in one look."""

from __future__ import annotations

import re

from tutor.notation.parsing.spelling import ACCENTS, GREEK_COMMANDS, GREEK_LETTERS
from tutor.notation.parsing.token import Span, Spelling

_LETTER = (
    r"(?:\\(?P<font{0}>mathbf|boldsymbol|bm)\{{(?:(?P<bold{0}>[A-Za-z])|\\(?P<greek{0}>[A-Za-z]+))\}}"
    r"|\\(?P<command{0}>[A-Za-z]+)(?![A-Za-z*]))"
)
_COMMON = re.compile(
    rf"""(?:{_LETTER.format("")}
        |(?P<letter>[A-Za-z])(?![A-Za-z0-9])
        |(?P<sign>[α-ωΑ-Ω])(?![0-9])
        |\\(?P<accent>(?:wide)?(?:hat|tilde))\{{(?:{_LETTER.format("_below")}|(?P<letter_below>[A-Za-z]))\}})
    (?:_\{{(?P<below>[A-Za-z0-9]+)\}}|_(?P<loose>[A-Za-z0-9])(?!'*\s*\(|'+[0-9h-l]))?
    (?=\s+[A-Za-z]|\s*(?:[](|)}}&,+=~-]|\\[A-Za-z]|\Z|[α-ωΑ-Ω]
        |'(?!['′’]*\s*[_₀-₉ₐ-ₜᵢᵣᵤᵥ]))
        |\^(?:\{{(?:-1|2|\\top|T)\}}|2|\\top(?![A-Za-z])|T(?![A-Za-z]))(?!\s*[_₀-₉ₐ-ₜᵢᵣᵤᵥ]))""",
    re.X,
)
"""A letter, a Greek one, or a bold one, perhaps with a hat or a tilde and with letters and digits below it, behind
which neither another subscript nor a label can come."""


def common_symbol(text: str, start: int, end: int, bold: bool) -> tuple[Spelling, int] | None:
    """One of these symbols and where it ends; None for another, which is read step by step."""
    found = _COMMON.match(text, start, end)
    if found is None:
        return None
    (font, plain, greek, command, letter, sign, accent, font_below, plain_below, greek_below, command_below,
     letter_below, braced, loose) = found.groups()  # fmt: skip
    key = greek or command or greek_below or command_below
    letters = plain or letter or plain_below or letter_below
    letters = letters or (GREEK_LETTERS.get(sign) if sign else GREEK_COMMANDS.get(key))
    if letters is None:
        return None
    subscript = braced or loose or ""
    below = Span(*found.span("below" if braced else "loose")) if subscript else None
    is_bold = bold or font is not None or font_below is not None
    return Spelling(letters, False, is_bold, ACCENTS.get(accent, ""), subscript, below), found.end()
