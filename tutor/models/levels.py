"""The levels at which a name of an equation stands, and its key there: y_12, ȳ_1·, v_2(1).

A level is a number, a letter for any level (i, and i' for another one), or a dot for an index that is averaged over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.models.index import Name

Level = int | str
"""A number from 1, a letter with its primes, or `DOT`."""

DOT = "."

BAR = "bar"
"""What the key of a mean has behind the letters of what is averaged."""

SIGN = re.compile(r"\d|[a-z]'*|\.")
"""One level where several stand side by side, 1i'."""

_LIKE_A_DECIMAL = re.compile(r"\d\.(?=\d)")


def key_at(name: Name, levels: Sequence[Level]) -> str:
    """The key of a name at levels of its indices.

    >>> key_at(Name(("v",), "i", "k"), (2, 1)), key_at(Name(("tau", "alpha"), "ij"), (1, DOT))
    ('v_2(1)', 'taualphabar_1.')
    >>> key_at(Name(("u",), "j", number="0"), (3,)), key_at(Name(("y",), "ij"), (1, 12))
    ('u_03', 'y_1_12')
    """
    base = "".join(name.bases) + (BAR if DOT in levels else "")
    own = [*name.number, *map(str, levels[: len(name.indices)])]
    within = list(map(str, levels[len(name.indices) :]))
    below = _side_by_side(own) + (f"({_side_by_side(within)})" if within else "")
    return f"{base}_{below}" if below else base


def key_over(name: Name, plots: Sequence[Level]) -> str:
    """The key of the average of an effect over those plots that an average of y has, by the levels of that.

    >>> key_over(Name(("tau",), "i"), (DOT, 1))
    'taubar_(.1)'
    """
    return f"{''.join(name.bases)}{BAR}_({_side_by_side([*map(str, plots)])})"


def _side_by_side(levels: Sequence[str]) -> str:
    together = "".join(levels)
    clear = all(SIGN.fullmatch(level) for level in levels) and not _LIKE_A_DECIMAL.search(together)
    return together if clear else "_".join(levels)
