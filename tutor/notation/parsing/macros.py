r"""Commands that authors make for bold letters, \bX and \bbeta: no command of TeX is called so."""

from __future__ import annotations

import re

from tutor.notation.parsing.spelling import FONTS, GREEK_COMMANDS

_GREEK = "|".join(sorted(GREEK_COMMANDS, key=len, reverse=True))
_BOLD = re.compile(
    rf"(?:b(?P<letter>[A-Za-z])|(?:b|v|m)(?:(?P<greek>{_GREEK})|(?P<digit>one|zero))|(?P<vector>ones?|zeros?|indic))"
)
_LETTERS = frozenset("ABDFGIJKMNTUVWXYZxyz")
r"""Letters that are commands of one letter, \Y and \I: none of TeX's own has such a name."""

_DIGITS = {"one": "1", "ones": "1", "zero": "0", "zeros": "0", "indic": "1"}


def bold_letter(command: str) -> str:
    """The letter that a command makes bold by its name; "" for any other.

    >>> bold_letter("bX"), bold_letter("bbeta"), bold_letter("ones"), bold_letter("bf")
    ('X', 'beta', '1', '')
    """
    if command in _LETTERS:
        return command
    found = None if command in FONTS else _BOLD.fullmatch(command)
    if found is None:
        return ""
    return found["letter"] or GREEK_COMMANDS.get(found["greek"] or "") or _DIGITS[found["digit"] or found["vector"]]
