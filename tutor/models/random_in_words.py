r"""Names that words of a page call random, in several languages: “wobei $\beta_j$ der zufällige Effekt ist”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.models.formulas_among_words import formulas_among_words

_ADJECTIVE = r"(?:(?<!at )random|aleat[oó]ri\w*|al[ée]atoires?|zuf[äa]llig\w*|casual[ei])"
_OF_ERRORS = re.compile(
    r"\b(?:error(?:s|es|i|e)?|erreurs?|erros?|[a-z]*fehlers?|residu\w+|muestras?|amostras?|échantillons?)\s+"
    rf"{_ADJECTIVE}\b"
    rf"|\b{_ADJECTIVE}\s+(?:\w+\s+)?(?:errors?|residuals?|noise|samples?|variations?|variables?|assignments?|fehlers?"
    r"|error|abweichung\w*|stichprobe\w*)\b",
    re.I,
)
"""What is called random and is no effect."""

_RANDOM = re.compile(rf"\b{_ADJECTIVE}\b|随机|隨機|ランダム|변량|случайн\w*", re.I)
_FIXED = re.compile(r"\b(?:fixed|not|non|fest\w*|fij[oa]s?|fix[oa]s?|fixes?|nicht|no|pas)\b|固定", re.I)
_NAME = re.compile(
    r"(?:\\[A-Za-z]+|\([^()\s]{1,30}\)|(?<![A-Za-z\\])[A-Za-zα-ω]+)_(?:\{[^{}]*\}|[a-z0-9]+(?:\([a-z]+\))?)"
)
_PIECE = re.compile(r"(?:[^.;,\n]|\n(?!\s*(?:\n|[-*•|#])))+")
_AND = re.compile(r"\b(?:and|while|whereas|but|und|et|y|e)\b")


def called_random(text: str) -> Iterator[list[tuple[int, int]]]:
    """The places of names in each piece of a sentence that calls something random, the nearest to that word first.

    A name within a formula that is read is none: what has a distribution there is known.

    >>> [places for places in called_random("$y = u$ con el efecto aleatorio $b_j$")]
    [[(33, 36)]]
    """
    words = _OF_ERRORS.sub(lambda found: " " * len(found[0]), words_beside(text))
    for start, end in _pieces(words):
        random = _RANDOM.search(words, start, end)
        if random is None or _FIXED.search(words, start, end):
            continue
        middle = random.start()
        places = [name.span() for name in _NAME.finditer(words, start, end)]
        if places:
            yield sorted(places, key=lambda place: min(abs(place[0] - middle), abs(place[1] - middle)))


def words_beside(text: str) -> str:
    """A text with blanks for its formulas; nothing where all of it is formulas."""
    kept = formulas_among_words(text)
    if kept == text:
        return ""
    return "".join(" " if own.strip() else letter for letter, own in zip(text, kept, strict=True))


def _pieces(words: str) -> Iterator[tuple[int, int]]:
    """The pieces of sentences; one that speaks of what is fixed too is cut at its conjunctions."""
    for piece in _PIECE.finditer(words):
        start, end = piece.span()
        cuts = [*_AND.finditer(words, start, end)] if _FIXED.search(words, start, end) else []
        yield from zip([start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), end], strict=True)
