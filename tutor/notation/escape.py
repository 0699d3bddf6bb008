"""Letters that LaTeX would take for commands, or cannot set, as text."""

from __future__ import annotations

from unicodedata import normalize

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "…": r"\ldots{}",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "–": "--",
    "—": "---",
}

_ACCENTS = set("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327")
"""Accents that every TeX font can put on a letter; pdflatex knows the letters that have them."""

_FIRST_UNKNOWN = 0x180
"""The letters below it are those that pdflatex knows by themselves."""

_LETTERS_OF_THEIR_OWN = set("ßæÆœŒøØłŁı")


def escaped_letter(letter: str) -> str:
    r"""A letter as LaTeX text sets it; one outside Latin script is told by its code point.

    >>> escaped_letter("%"), escaped_letter("é"), escaped_letter("Ж")
    ('\\%', 'é', 'U+0416')
    """
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    if letter.isspace() or not letter.isprintable():
        return " "
    first, *accents = normalize("NFD", letter)
    accented = first.isascii() and len(accents) <= 1 and _ACCENTS.issuperset(accents) and ord(letter) < _FIRST_UNKNOWN
    if accented or letter in _LETTERS_OF_THEIR_OWN:
        return letter
    plain = normalize("NFKC", letter).replace("⁄", "/")
    return plain if plain.replace("/", "").isascii() and plain.replace("/", "").isalnum() else f"U+{ord(letter):04X}"


def is_latin(letter: str) -> bool:
    """Whether this is a letter of Latin script that LaTeX text sets as it is, perhaps with an accent.

    >>> is_latin("é"), is_latin("ß"), is_latin("Ж"), is_latin("%")
    (True, True, False, False)
    """
    return letter.isalpha() and escaped_letter(letter) == letter


def unescaped(text: str) -> str:
    r"""Text as it was before its letters were escaped for LaTeX.

    >>> unescaped(escaped("50% of A_1"))
    '50% of A_1'
    """
    for letter, latex in _ESCAPED.items():
        if latex.startswith("\\"):
            text = text.replace(latex, letter)
    return text


def escaped(text: str) -> str:
    """Text that LaTeX sets letter by letter, without mathematics."""
    return "".join(map(escaped_letter, text))
