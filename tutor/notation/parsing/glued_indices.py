"""Indices that lost their place below the line when a page was copied: yij = μ + τi + εij is y_ij = μ + τ_i + ε_ij.

Only a text without TeX and without any underscore is read so, and only where it shows that its indices stand beside
their letters: by a response or an error with two of them, yij and εij, or by a Greek letter with one, τi.
"""

from __future__ import annotations

import re

_GREEK = "α-ωϵǫϑϕµ"
_INDICES = r"(?:[i-l]{1,4}t?|it|jt)"
_BESIDE_NONE = r"(?![A-Za-z_(])"
_EVIDENCE = re.compile(
    rf"(?<![A-Za-z{_GREEK}])(?:(?:[yYxeEpuŷȳ]̄?)(?:[i-l]{{2,4}}|[ij]t)|[{_GREEK}][0-9]{{0,2}}[i-l]{{1,4}}){_BESIDE_NONE}"
    rf"|[{_GREEK}][0-9]?[i-l]{{1,3}}(?=[xz][i-l]{{1,3}}(?![A-Za-z_]))|(?<![A-Za-z])[yY][i-l]\s*=(?=[^=]*[{_GREEK}])"
)
_GLUED = re.compile(
    rf"(?<![A-Za-z_])(?P<letter>[yYxXzZeEuUbBvVSnpwŷȳ{_GREEK}]̄?|[A-Z](?=[i-l]{{1,4}}{_BESIDE_NONE})|[a-z](?=[i-l]{{2,4}}{_BESIDE_NONE})"
    rf"|[A-Z]{{2,3}}(?=[i-l]{{2,4}}{_BESIDE_NONE})|\((?:[A-Z]{{2,3}}|[{_GREEK}]{{2,3}})\))(?P<below>[0-9]{{0,2}}{_INDICES})"
    rf"(?=\([i-l]{{1,3}}\)|(?P<next>[xzubeXZ{_GREEK}][0-9]{{0,2}}[i-l]{{1,3}}(?![A-Za-z_]))|{_BESIDE_NONE})"
)
_VARIANCE = re.compile(r"σ(?:2|²)(?P<below>[a-zA-Z]{1,2}|[αβτεγδρ]{1,2})(?![A-Za-z_(\w])")
"""σ2u and σ²u where the text has such indices: a variance with what it is of."""

MOST_TEXT = 20_000
"""Characters of a text that is looked at; a longer one is a large matrix."""


def with_indices_below(text: str) -> str:
    """The text with an underscore before each index that stands beside its letter; others as they are.

    >>> with_indices_below("yij = μ + τi + εij"), with_indices_below("Xβ + Zu")
    ('y_ij = μ + τ_i + ε_ij', 'Xβ + Zu')
    """
    if len(text) > MOST_TEXT or "_" in text or "\\" in text or "{" in text or not _shows(text):
        return text
    for _ in range(2):  # Zibi: the index of the first shows that of the second
        text = _GLUED.sub(_lowered, text)
    return _VARIANCE.sub(lambda found: f"σ²_{found['below']}", text)


def _shows(text: str) -> bool:
    """Whether a text shows that its indices stand beside their letters."""
    return any(_are_apart(found[0]) for found in _EVIDENCE.finditer(text))


def _lowered(found: re.Match[str]) -> str:
    lowered = f"{found['letter']}_{found['below']}{' ' if found['next'] else ''}"
    return lowered if _are_apart(found["below"]) else found[0]


def _are_apart(indices: str) -> bool:
    """Whether no index stands twice, as the letters of a word do: will, ill."""
    letters = [letter for letter in indices if letter in "ijkl"]
    return len(set(letters)) == len(letters)
