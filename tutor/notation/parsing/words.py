r"""Words beside formulas: around them, as a person writes who answers in a sentence, and in the conditions of cases."""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.names import GREEK, SUPERSCRIPT
from tutor.notation.parsing.manners import PREPARED_WORDS
from tutor.notation.parsing.spelling import (
    CONNECTIVES,
    DIMENSION_NOUNS,
    DIMENSION_VERBS,
    GREEK_COMMANDS,
    SIGNS,
)

_MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]", re.S)
_WORDS = re.compile(r"[A-Za-z]{2,}(?:[\s'’-]+[A-Za-z]+)*")
_SENTENCE = re.compile(
    r"(?<![\\A-Za-z{_^])(?:(?:the|my|our|your|this|that|its|it|is|are|was|be|of|to|we|you|get|have|has|so|thus|then|"
    r"because|answer|result|solution|variance|covariance|mean|matrix|vector|model|equals|gives|where|which|called|"
    r"a|an|in|as|by|on|think|since|hence|therefore|random|fixed|should|must|because|from|there|not|and|i)(?![A-Za-z_(^{=])[\s,:.]*){2,}|(?<![\\A-Za-z{_^])(?:answer|result|solution)\s*:",
    re.I,
)
_LEFT_OVER = re.compile(
    r"(?<![\\A-Za-z{_^])(?:because|since|think|hence|therefore|so|the|is|are|which)(?![A-Za-z_(^{=])", re.I
)
"""A word that a sentence leaves behind, without which the formula is none."""

_ALLOWED = CONNECTIVES | DIMENSION_VERBS | DIMENSION_NOUNS | PREPARED_WORDS


def words_around(text: str) -> ReadError | None:
    """The error for a text that has words beside its formulas, or None where it has none.

    It is asked only of a text that cannot be read as it stands.
    """
    marked = list(_MATHEMATICS.finditer(text))
    if marked:
        place = _words_between(text, marked)
        inner = [next(filter(None, found.groups())).strip() for found in marked]
        formula = " \\\\ ".join(inner) if len(inner) > 1 else inner[0]
    else:
        found = _SENTENCE.search(text)
        place = None if found is None else found.span()
        rest = " ".join(_SENTENCE.sub(" ", text).split())
        formula = "" if _LEFT_OVER.search(rest) else rest
    if place is None:
        return None
    start, end = place[0], place[0] + len(text[slice(*place)].rstrip())
    return ReadError(
        f"“{' '.join(text[start:end].split())}” is text, and only formulas can be read.", text=text, start=start,
        end=end, kind="text-outside-math", tip="Leave the words out.", suggestion=formula or None,
    )  # fmt: skip


def _words_between(text: str, marked: list[re.Match[str]]) -> tuple[int, int] | None:
    """Where the first words stand outside of the dollar signs that are more than "and" or "where"."""
    starts = [0, *(found.end() for found in marked)]
    ends = [*(found.start() for found in marked), len(text)]
    for start, end in zip(starts, ends, strict=True):
        words = _WORDS.search(text, start, end)
        if words is not None and " ".join(words[0].split()).lower() not in _ALLOWED:
            return words.span()
    return None


_COMMAND = re.compile(r"\\([A-Za-z]+)|[{}$]")
_POWER = re.compile(r"\^\s*(?:\{\s*([0-9]+)\s*\}|([0-9]))")


def plain_words(condition: str) -> str:
    r"""The condition of a case, "\\text{if } \\lambda \\neq 0", without commands: letters and signs stay.

    >>> plain_words(r"\text{if } \lambda \neq 0")
    'if λ ≠ 0'
    """
    raised = _POWER.sub(lambda found: (found[1] or found[2]).translate(SUPERSCRIPT), condition)
    words = " ".join(_COMMAND.sub(lambda found: _in_words(found[1] or ""), raised).split())
    return re.sub(r" (?=[,.;:])", "", words)


def _in_words(command: str) -> str:
    if command in GREEK_COMMANDS:
        return GREEK[GREEK_COMMANDS[command]][1]
    terminal, sign = SIGNS.get(command, ("", ""))
    return f" {sign} " if terminal in {"REL", "IN", "TIMES", "PRIME"} else ""
