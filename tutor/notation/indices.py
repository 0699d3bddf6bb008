"""What stands below a name: indices side by side, or a word; and what is read as one subscript without braces."""

from __future__ import annotations

import re

from tutor.notation.parsing.functions import STATISTICS

_SHORT_WORD = re.compile("(?![h-o]{3})[b-df-hj-np-tv-z][eiou][b-df-hj-np-tv-z]|day")
"""Words of three letters, row, col, gen and rep, that are no index letters in their order."""

_OF_FACTORS = re.compile("[a-z]+|[A-Z][A-Za-z]*")
_ONE_SUBSCRIPT = re.compile("[0-9i-o]+|[a-z]+[0-9]*|[A-Z][a-z]{3,}")


def is_indices(letters: str) -> bool:
    """Whether letters are indices side by side, as hijk: each of h to o comes after the one before it.

    >>> is_indices("hijk"), is_indices("kilo")
    (True, False)
    """
    return set(letters) <= set("hijklmno") and [*letters] == sorted(set(letters))


def is_label(part: str) -> bool:
    """Whether a subscript is a word, as Block and row, and not indices side by side.

    >>> is_label("Block"), is_label("row"), is_label("ijkl"), is_label("abc")
    (True, True, False, False)
    """
    letters = "".join(filter(str.isalpha, part))
    return _SHORT_WORD.fullmatch(letters) is not None or (len(letters) > 3 and not is_indices(letters))


def shows_its_extent(below: str, base: str) -> bool:
    """Whether a subscript in Unicode needs no braces, since it is read as one whatever a vocabulary holds.

    One sign, a number, indices, small letters and words are; of β_0t, Z_1X or ε̂_GG what is behind the first sign may
    be a factor, and so may be what is behind a comma, a blank, a point or a Greek letter. Below a statistic stand the
    letters of factors, and no product.

    >>> [shows_its_extent(below, "y") for below in ("ij", "1k", "Block", "0t", "GG", "i.")]
    [True, True, True, False, False, False]
    >>> shows_its_extent("AB", "MS")
    True
    """
    if len(below) == 1 or (base in STATISTICS and _OF_FACTORS.fullmatch(below)):
        return True
    return _ONE_SUBSCRIPT.fullmatch(below) is not None
