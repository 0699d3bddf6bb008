r"""Words that are one name: \text{rep}_k, \text{viz\_sim} and weight_gain_ij, names of data sets, and several words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.notation.names import ACCENT_SIGNS, GREEK

_IN_FONT = re.compile(
    r"\{\s*([A-Za-z]{3,}(?=\s*\}\s*_)|[A-Z]{3,6}(?=\s*\}\s*(?:\\left\s*)?\()"
    r"|[A-Za-z]+[0-9]*(?:\\_[A-Za-z0-9]+){1,8}|[A-Za-z]{2,}(?:\.[A-Za-z]{2,}){1,4}(?=\s*\}\s*_)"
    r"|[A-Za-z]{2,}[0-9]+(?=\s*\}\s*_))\s*\}"
)
"""An upright word with an index is one name, \\text{rep}_k, and so is a criterion, \\mathrm{GCV}(\\lambda)."""

_SNAKE_CASE = re.compile(r"(?![A-Za-z]*[0-9])[A-Za-z]{3,}(?:_[A-Za-z]{3,}){1,8}(?=_[A-Za-z0-9])")
"""A name as programs write it, before an index of its own."""

_VARIANCE = re.compile(r"(?:s2|sig2|sigma2)([a-z])(?![A-Za-z0-9_(.'])")
_NO_WORDS = GREEK.keys() | ACCENT_SIGNS.keys()


def word_in_font(text: str, start: int, end: int) -> tuple[str, str, int] | None:
    """The letters of a word in braces that is one name, its number, which stands below as that of x2_i does, and where
    its brace closes; None for other words."""
    word = _IN_FONT.match(text, start, end)
    if word is None:
        return None
    told = in_one_word(re.split(r"\\_|\.", word[1]))
    letters = told.rstrip("0123456789")
    return letters, told[len(letters) :], word.end()


def of_program(text: str, start: int, end: int) -> tuple[str, str, int] | None:
    """The letters and the subscript of a name as programs write it, and where it ends: weight_gain before an index, as
    in weight_gain_ij, and s2u for σ²_u; None for other names."""
    variance = _VARIANCE.match(text, start, end)
    if variance is not None:
        return "sigma2", variance[1], variance.end()
    joined = _SNAKE_CASE.match(text, start, end)
    words = joined[0].split("_") if joined is not None else []
    if joined is None or not _NO_WORDS.isdisjoint(words):
        return None
    return in_one_word(words), "", joined.end()


def in_one_word(words: Sequence[str]) -> str:
    """Several words as one name.

    >>> in_one_word(["time", "of", "day"])
    'timeOfDay'
    """
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])
