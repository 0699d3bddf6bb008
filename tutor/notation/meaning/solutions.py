r"""The b above other effects in one column, (b̂, â)' beside X'X and Z'Z, or beside X_1 and Z_1: the fixed effects."""

from __future__ import annotations

import re

_FONT = r"(?:\\(?:mathbf|boldsymbol|bm|hat|widehat|tilde)\s*\{?\s*)*"
_OPENS = r"\\begin\s*\{\s*[a-zA-Z]*(?:matrix|array)\s*\}\s*(?:\{\s*[clr]+\s*\}\s*)?"
_NEXT = r"\s*\}*\s*\\\\\s*"
_BELOW = r"(?:\s*\}*\s*_\s*\{?\s*[12]\s*\}?)"

_SOLUTIONS = re.compile(rf"{_OPENS}{_FONT}b{_NEXT}{_FONT}[aguv](?![A-Za-z_])")
"""(b̂, û)'."""

_OF_TRAITS = tuple(
    re.compile(rf"{_OPENS}{_FONT}{letter}{_BELOW}{_NEXT}{_FONT}{letter}{_BELOW}") for letter in ("b", "[agu]")
)
"""(b_1, b_2)' and (u_1, u_2)'."""

_DESIGNS = re.compile(r"(?<![A-Za-z\\])X.*(?<![A-Za-z\\])Z", re.S)
_BETA = re.compile(r"\\beta(?![A-Za-z])|[β𝛃𝜷]")


def is_above_effects(text: str) -> bool:
    r"""Whether a b that stands above other effects, or with numbers beside theirs, is that of the fixed ones.

    >>> is_above_effects(r"X'X, Z'Z, \begin{bmatrix} b \\ u \end{bmatrix}"), is_above_effects("Xb + Zu")
    (True, False)
    """
    if "begin" not in text or _DESIGNS.search(text) is None or _BETA.search(text) is not None:
        return False
    return _SOLUTIONS.search(text) is not None or all(rule.search(text) is not None for rule in _OF_TRAITS)
