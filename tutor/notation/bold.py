"""Bold letters of Unicode, where a text has no other way to be bold."""

from __future__ import annotations

import unicodedata


def bold_letters(text: str) -> str:
    """Letters and digits as bold ones where Unicode has them: upright, and small Greek ones slanted. An accent, with
    which a plain letter is one sign and a bold one never, stays above it.

    >>> bold_letters("y_1"), len("â"), len(bold_letters("â"))
    ('𝐲_𝟏', 1, 2)
    """
    return "".join(_bold_letter(letter) for letter in unicodedata.normalize("NFD", text))


def _bold_letter(letter: str) -> str:
    if letter.isdecimal() and letter.isascii():
        return unicodedata.lookup(f"MATHEMATICAL BOLD DIGIT {unicodedata.name(letter).removeprefix('DIGIT ')}")
    alphabet, _, rest = unicodedata.name(letter, "").partition(" ")
    kind, _, name = rest.partition(" LETTER ")
    if alphabet not in ("LATIN", "GREEK"):
        return letter
    slanted = "ITALIC " if alphabet == "GREEK" and kind == "SMALL" else ""
    try:
        return unicodedata.lookup(f"MATHEMATICAL BOLD {slanted}{kind} {name}")
    except KeyError:
        return letter
