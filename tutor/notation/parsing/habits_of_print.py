r"""Signs that print repeats or leaves standing: = \\ = over the break of a line, a colon behind the last formula, the
arrow of "so" between statements, and the colon of an interaction, SS(A:B)."""

from __future__ import annotations

import re

_BLANKS = r"(?:\s|~|\\[,;:! ])*"
_REPEATED = re.compile(
    rf"(?P<sign>[=+])(?={_BLANKS}\\\\(?:\s*\[[^\[\]]*\])?(?:\s|&|\{{\}}|\\[,;:! ]|\\q?quad(?![A-Za-z]))*(?P=sign))"
)
"""A sign at the end of a line that the next one begins with."""

_LAST_COLON = re.compile(r"(?<=\s):(?=\s*\Z)")
_SO = re.compile(
    r"\\rightarrow(?=\s*(?:E|V|Var|Cov|\\mathbb\s*\{E\}|\\(?:operatorname|mathrm|text)\s*\{[A-Za-z]+\})\s*"
    r"[(\[][^\\()]{0,60}[)\]]\s*=)"
)
"""The arrow before a moment and what that is, Y ∼ Ber(π) → E(Y) = π."""

_OF_SOURCE = re.compile(
    r"(?:SS|MS|df)\s*\}?(?:\s*_\s*(?:\{(?:[^{}]|\{[^{}]{0,40}\}){0,40}\}|[A-Za-z]))?\s*(?:\\left\s*)?"
    r"\([^()=+:]{0,60}:[^()=+]{0,60}\)"
)
"""A sum of squares of an interaction as R writes it, SS(A:B) and SS(A | B, A:B)."""

_INTERACTION = re.compile(rf"(?P<first>[A-Za-z]+){_BLANKS}:{_BLANKS}(?P<second>[A-Za-z]+)")


def without_habits(text: str) -> str:
    r"""The text without such signs, every other character in its place.

    >>> without_habits(r"a = \\ &= b"), without_habits("SS(A:B)")
    ('a   \\\\ &= b', 'SS(AB )')
    """
    if "\\\\" in text:
        text = _REPEATED.sub(" ", text)
    if ":" in text:
        text = _LAST_COLON.sub(" ", text)
        text = _OF_SOURCE.sub(lambda found: _INTERACTION.sub(_joined, found[0]), text)
    return _SO.sub(r"\\Rightarrow", text) if "\\rightarrow" in text else text


def _joined(found: re.Match[str]) -> str:
    return f"{found['first']}{found['second']}".ljust(len(found[0]))
