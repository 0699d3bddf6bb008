"""Letters that name a function where brackets follow, L(θ), and a matrix or a number elsewhere: what was meant as a
factor has a sign of multiplication behind it, L · (A + B)."""

from __future__ import annotations

import re

from tutor.notation.names import GREEK
from tutor.notation.parsing.functions import CAPITAL_LETTERS, FUNCTIONS

_LETTERS = frozenset(name for name in FUNCTIONS if len(name) == 1 or name in GREEK)

_PLAIN_IF_BOLD = CAPITAL_LETTERS | {"c"}
"""Letters that are matrices or coefficients where they are bold."""

_GREEK = {sign: key for key, signs in GREEK.items() for sign in signs}

_LATEX = re.compile(
    r"""(?:\\(?P<font>mathbf|boldsymbol)\{(?P<bold>\\?[A-Za-z]+)\}|(?P<plain>\\[A-Za-z]+|[A-Za-z]))
    (?:_(?:\{[^{}]*\}|\\?[A-Za-z]+|[0-9]))?(?:\^(?:\{[^{}]*\}|\\[A-Za-z]+|[^\\{]))?'*$""",
    re.X,
)
_UNICODE = re.compile(
    r"(?P<plain>[^\W\d_])(?:_(?:\{[^{}]*\}|\w+)|[₀-₉]+)?(?:\^(?:\{[^{}]*\}|\([^()]*\)|.)|[⁰¹²³⁴-⁹⁻⁺ᵀ]+)?'*$"
)
_OPENS = re.compile(r"\(|\[|\\left[(\[]")


def seems_called_in_latex(left: str, right: str) -> bool:
    r"""Whether the last letter of a factor would be a function of what stands in brackets at the start of the next.

    >>> seems_called_in_latex("AL", r"\left(A"), seems_called_in_latex(r"\mathbf{L}", "(A")
    (True, False)
    """
    found = _LATEX.search(left)
    if found is None:
        return False
    letter = found["bold"] or found["plain"]
    key = _GREEK.get(letter, letter)
    return _is_called(key, right) and not (found["bold"] and key in _PLAIN_IF_BOLD)


def seems_called_in_unicode(left: str, right: str) -> bool:
    """Whether the last letter of a factor would be a function of what stands in brackets at the start of the next.

    >>> seems_called_in_unicode("AΦ", "(A + B)"), seems_called_in_unicode("x_p", "(A + B)")
    (True, False)
    """
    found = _UNICODE.search(left)
    return found is not None and _is_called(_GREEK.get(found["plain"], found["plain"]), right)


def _is_called(key: str, right: str) -> bool:
    # E stands before what it is of without brackets as well.
    return key in _LETTERS and (key == "E" or _OPENS.match(right) is not None)
