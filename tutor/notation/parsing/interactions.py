r"""Interactions as one symbol, letters in brackets with indices below: (\tau\alpha)_{ij} and (ex \times gen)_{ij}."""

from __future__ import annotations

import re

from tutor.notation.parsing.spelling import ACCENTS, BOLD_FONTS, FONTS, GREEK_COMMANDS, GREEK_LETTERS
from tutor.notation.parsing.subscripts import MARKS

# Bounded and without a choice inside, so that brackets without a subscript cost no more than their length.
_BRACKETED = r"\((?:\\[!,;:])?((?:[A-Za-zα-ωΑ-Ω\\\s×*:·{}]|(?<=\\)[!,;]){1,80})\)"
_LABEL = r"(?:\s*\^\s*(?:\{?\s*(?:\\(?:star|ast)|[*⋆])\s*\}?|\{\s*\([A-Za-z0-9]{1,3}\)\s*\}))?"
"""The star of a transformed effect, or a label in brackets above it."""

_INTERACTION = re.compile(rf"{_BRACKETED}([{''.join(MARKS)}]?)(?={_LABEL}\s*_)")
_OF_MATRICES = re.compile(
    rf"\\(?:{'|'.join(sorted(BOLD_FONTS))})(?![A-Za-z])\s*(?:\{{\s*)?(?:[A-Z]|\\(?:Sigma|Lambda|Omega|Psi|Phi))"
    r"|^\s*[XZ]\s*(?:[ub](?![A-Za-z])|\\(?:beta|gamma)(?![A-Za-z])|[βγ])"
)
"""Bold capitals in brackets with indices: an element of a product, (\\mathbf{A}\\mathbf{B})_{ij}."""

_BELOW_ACCENT = re.compile(rf"{_BRACKETED}(?=\s*\}})")
_ACCENTED = re.compile(rf"\s*\\({'|'.join(ACCENTS)})\s*\{{([^{{}}]+)\}}\s*")
"""The estimate of an interaction with its accent within the brackets, (\\hat{\\alpha\\beta})_{ij}."""

_PART = re.compile(r"\\([A-Za-z]+)|([α-ωΑ-Ω])|([A-Za-z]+)")


def interaction_in(text: str, start: int, end: int) -> tuple[str, str, int] | None:
    r"""The letters of an interaction in the brackets that open at an offset, its accent, and where they close; None
    where no index stands behind them, or something else in them.

    >>> interaction_in(r"(\tau\alpha)_{ij}", 0, 17), interaction_in(r"(\widehat{ab})_{ij}", 0, 19)
    (('taualpha', '', 12), ('ab', 'hat', 14))
    """
    inner = _INTERACTION.match(text, start, end)
    if inner is None or _OF_MATRICES.search(inner[1]):
        return None
    accented = _ACCENTED.fullmatch(inner[1])
    letters = _letters(inner[1] if accented is None else accented[2])
    if not letters:
        return None
    return letters, MARKS.get(inner[2], "") if accented is None else ACCENTS[accented[1]], inner.end()


def interaction_below_accent(text: str, start: int, end: int) -> tuple[str, int] | None:
    r"""The letters of the interaction in \widehat{(\tau\alpha)}, and where its brackets close; None for others."""
    inner = _BELOW_ACCENT.match(text, start, end)
    letters = _letters(inner[1]) if inner is not None else ""
    return (letters, inner.end()) if inner is not None and letters else None


def _letters(inner: str) -> str:
    """The letters of an interaction one after the other; none where something else is in the brackets."""
    letters = ""
    for command, character, word in _PART.findall(inner):
        if (
            command
            and command not in GREEK_COMMANDS
            and command not in {"times", "cdot", "right"}
            and command not in FONTS
        ):
            return ""
        letters += GREEK_COMMANDS.get(command, "") + GREEK_LETTERS.get(character, "") + word
    return letters
