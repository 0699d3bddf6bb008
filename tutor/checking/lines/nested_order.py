r"""Nested effects whose indices are written in the other order: v_12 for v_{2(1)}, the second inner group of the first.

The model writes v_{j(i)}, the inner index first. Without the brackets v_12 and v̄_1· may as well have the outer one
first, as y_{ijk} has; a derivation has to hold in one of the two orders throughout.
"""

from __future__ import annotations

import re

from tutor.notation.vocabulary import Vocabulary

_PLACE = r"(?:[0-9]|\.|·|\\c?dot(?![A-Za-z])|\\bullet(?![A-Za-z]))"
_LEVELS = re.compile(r"(?P<one>[0-9]+):(?P<other>[0-9]+)\Z")


def nested_letters(vocabulary: Vocabulary) -> frozenset[str]:
    """The letters of effects with two indices of which the inner one stands first.

    >>> from tutor import nested
    >>> sorted(nested_letters(nested(3, 2, 2).vocabulary))
    ['v']
    """
    found: set[str] = set()
    for name in vocabulary:
        base, _, below = name.key.partition("_")
        told = _LEVELS.search(name.about)
        if told is not None and len(below) == 2 and below == told["other"] + told["one"] and below != below[::-1]:
            found.add(base)
    return frozenset(found)


def in_other_order(text: str, letters: frozenset[str]) -> str:
    r"""A text with the two indices of each of these letters exchanged, unless brackets tell which is which.

    >>> in_other_order("Var(u_1) + Var(v̄_1.) + Cov(v_12, v_2(1))", frozenset("v"))
    'Var(u_1) + Var(v̄_.1) + Cov(v_21, v_2(1))'
    """
    if not letters:
        return text
    letter = rf"(?<![A-Za-z\\])(?:{'|'.join(sorted(letters))})(?:bar|\u0304)?\}}?"
    pattern = re.compile(
        rf"(?P<letter>{letter})\s?_(?P<open>\{{?)\s*(?P<one>{_PLACE})(?P<comma>\s*,?\s*)(?P<other>{_PLACE})(?![0-9.·(\\])"
    )
    return pattern.sub(r"\g<letter>_\g<open>\g<other>\g<comma> \g<one>" if "\\c" in text else
                       r"\g<letter>_\g<open>\g<other>\g<comma>\g<one>", text)  # fmt: skip
