"""What a page says of effects on a condition, or leaves to its reader: “if blocks are random, β_j ~ N(0, σ²_β)”, “fixed
or random”, “whether they are random depends on the purpose”. A distribution that holds in one of two cases is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.models.clauses import Part, Token, sentences
from tutor.models.names_in_text import NAME
from tutor.models.randomness import Kind
from tutor.models.speakers import Speakers

_CONDITION = re.compile(
    r"if|when|whenever|unless|whether|depends?|depending|provided|case|instead|alternatively|otherwise|either"
    r"|wenn|falls|entweder|si|cuando|quando|indien|wanneer"
)
"""What makes a sentence hold in one case only."""

_ADDS_UP = re.compile(
    r"(?:\\sum|∑|Σ)(?:\s*_\s*(?:\{[^{}]*\}|\w))?(?:\s*\^\s*(?:\{[^{}]*\}|\w))?(?P<summed>[^=]{1,60})=\s*0"
)
"""Σ_i τ_i = 0, which fixed effects do and random ones do not."""

_OR = re.compile(r"or|oder|ou")
_SPAN = 6
"""Tokens within which “fixed” and “random” are the two sides of one choice."""

_CALLS = frozenset({Kind.RANDOM, Kind.SAMPLE})


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where a page leaves open what effects are: its first and last token, and their keys."""

    start: int
    end: int
    keys: tuple[str, ...]


def left_open(text: str, formulas: list[tuple[int, int]], bases: frozenset[str], speakers: Speakers) -> Choice | None:
    """The first place where a page leaves open whether effects are random; None where each is told what it is.

    Of effects that only a condition makes random the page has to say elsewhere that they are, or that they are fixed.
    """
    told = [token for sentence in sentences(text, formulas, bases) for token in sentence]
    for token in told:
        if token.part is Part.STATEMENT and (keys := _added_up(token, speakers)):
            return Choice(token.start, token.end, keys)
    found = [choice for sentence in sentences(text, formulas, bases) for choice in _in_sentence(sentence, speakers)]
    settled = _settled(text, formulas, bases, speakers) if found else frozenset()
    return next((choice for choice in found if not settled.issuperset(choice.keys)), None)


def _in_sentence(sentence: list[Token], speakers: Speakers) -> Iterator[Choice]:
    either = _either(sentence)
    if either is not None:
        keys = _spoken_of(sentence, either, speakers)
        if keys:
            yield Choice(sentence[either].start, sentence[either].end, keys)
            return
    condition = next((at for at, token in enumerate(sentence) if _is_word(token, _CONDITION)), None)
    if condition is None or not any(token.kind in _CALLS for token in sentence[condition:]):
        return
    for token in sentence[condition:]:
        if token.part is Part.STATEMENT and token.names:
            keys = tuple(key for key in speakers.known(token) if key in speakers.effects.drawn)
            if keys:
                yield Choice(token.start, token.end, keys)


def _added_up(token: Token, speakers: Speakers) -> tuple[str, ...]:
    """The effects with one index and a distribution of which a formula says that they add up to 0."""
    found = _ADDS_UP.search(token.text)
    names = () if found is None else [name[0] for name in re.finditer(NAME, found["summed"])]
    keys = (speakers.key_of(name) for name in names)
    return tuple(k for k in keys if k in speakers.effects.drawn and len(speakers.effects.letters.get(k, "")) == 1)


def _either(sentence: list[Token]) -> int | None:
    """Where a sentence says “fixed or random”, in this order or the other."""
    for at, token in enumerate(sentence):
        if not _is_word(token, _OR):
            continue
        before = {each.kind for each in sentence[max(0, at - _SPAN) : at]}
        behind = {each.kind for each in sentence[at + 1 : at + 1 + _SPAN]}
        if (Kind.FIXED in before and Kind.RANDOM in behind) or (Kind.RANDOM in before and Kind.FIXED in behind):
            return at
    return None


def _spoken_of(sentence: list[Token], at: int, speakers: Speakers) -> tuple[str, ...]:
    """The effects of which a choice is told: by the names of the sentence before it, or by its nouns."""
    effects = (*speakers.effects.free, *speakers.effects.drawn)
    for token in reversed(sentence[:at]):
        keys = tuple(key for key in speakers.known(token) if key in effects)
        if keys:
            return keys
    nouns = [token.text for token in sentence if token.part is Part.WORD]
    found = {key for noun in nouns for key in speakers.described(noun)}
    return tuple(key for key in effects if key in found)


def _settled(text: str, formulas: list[tuple[int, int]], bases: frozenset[str], speakers: Speakers) -> frozenset[str]:
    """The effects of which a sentence without a condition says that they are random, or fixed, or gives their
    distribution."""
    found: set[str] = set()
    for sentence in sentences(text, formulas, bases):
        if any(_is_word(token, _CONDITION) for token in sentence) or _either(sentence) is not None:
            continue
        is_called = any(token.kind in (*_CALLS, Kind.FIXED) for token in sentence)
        for token in sentence:
            if (token.part is Part.STATEMENT and "~" in token.text.replace("\\sim", "~")) or is_called:
                found.update(speakers.known(token))
    return frozenset(found)


def _is_word(token: Token, table: re.Pattern[str]) -> bool:
    return token.part is Part.WORD and table.fullmatch(token.text) is not None
