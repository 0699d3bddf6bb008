"""Of what a word speaks that tells of randomness: the names and the nouns of effects in its clause and before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tutor.models.clauses import Clause, Part, Token, is_and, is_verb
from tutor.models.randomness import (
    ADVERBIAL,
    AND,
    ARTICLE,
    EVERY,
    EXCEPT,
    GENERIC,
    INTERACTION,
    SUBORDINATE,
    VERB,
    Kind,
    denies,
    kind_of,
    noun_stem,
)
from tutor.notation.names import GREEK

REACH = 40
"""Tokens on either side of a word among which what it speaks of is looked for."""

_PARTICIPLE = re.compile(r"\w{3,}(?<!e)ed|\w{3,}(?<!mi)(?<!mb)(?<!pp)ly")
"""Participles and adverbs, which name nothing: predicted, jointly; seeds, families and assemblies are nouns."""

Key = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of a model by their keys: without a distribution, with one, and those that are interactions.

    ``others`` are the keys of the response, the residual, covariates and means; ``variances`` those of parameters;
    ``letters`` the index letters of each effect.
    """

    free: tuple[str, ...]
    drawn: tuple[str, ...]
    others: frozenset[str]
    variances: frozenset[str]
    letters: Mapping[str, str]
    interactions: frozenset[str] = frozenset()


@dataclass(slots=True)
class Speakers:
    """The names and nouns of a page by which its words speak of effects; ``key_of`` gives the key of a name as it is
    written."""

    clauses: Sequence[Clause]
    effects: Effects
    key_of: Key
    _nouns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """The stems that describe effects, with their keys, by their first letters."""

    def __post_init__(self) -> None:
        for clause in self.clauses:
            self._describe(clause)
        for key in self.effects.interactions:
            self._note("interaction", key)

    def is_denied(self, clause: Clause, at: int) -> bool:
        before = clause.tokens[max(0, at - REACH) : at]
        own = any(each.part is Part.WORD and denies(each.text) for each in before)
        is_or = at > 1 and clause.tokens[at - 1].text == "or" and clause.tokens[at - 2].kind is Kind.FIXED
        return own or is_or

    # Names

    def speaker(self, clause: Clause, at: int) -> Token | None:
        """The token of the names of which a word speaks: right behind it, or before it, in its clause or an earlier one
        where its own has no subject."""
        tokens = clause.tokens
        before = next((n for n in range(at - 1, max(-1, at - REACH), -1) if self._has_names(tokens, n)), None)
        behind = next((n for n in range(at + 1, min(len(tokens), at + REACH)) if self._has_names(tokens, n)), None)
        if tokens[at].kind is Kind.ERROR:
            is_said = before is not None and not any(
                ADVERBIAL.fullmatch(each.text) for each in tokens[before + 1 : at] if each.part is Part.WORD
            )
            return tokens[before] if is_said and before is not None else None
        if tokens[at].kind in (Kind.INDEPENDENT, Kind.CORRELATED) and any(map(is_verb, tokens[max(0, at - 3) : at])):
            behind = None  # “is independent of ε_ij” speaks of what stands before it
        if behind is not None and (before is None or not _says(tokens[before + 1 : at])):
            between = tokens[at + 1 : behind]
            if before is None or (len(between) <= 4 and not any(map(is_verb, between))):
                return tokens[behind]
        if before is not None:
            return tokens[before]
        is_said_behind = any(map(is_verb, tokens[at + 1 : at + REACH])) or (is_and(tokens[0]) and at + 1 < len(tokens))
        is_attribute = (
            is_said_behind and not clause.is_relative and not any(map(is_verb, tokens[max(0, at - REACH) : at]))
        )
        if is_attribute or any(is_content(each) for each in tokens[max(0, at - REACH) : at]):
            return None
        for earlier in clause.before:
            own = earlier.tokens[:REACH]
            said = next((n for n, token in enumerate(own) if is_verb(token)), len(own))
            named = [n for n in range(len(own)) if self._has_names(own, n)]
            subjects = [n for n in named if n < said]
            if not subjects and any(map(is_content, own[:said])):
                return None  # its nouns are what the word speaks of
            if named:
                return own[(subjects or named)[-1]]
        return None

    def _has_names(self, tokens: Sequence[Token], at: int) -> bool:
        if not tokens[at].names:
            return False
        before = tokens[max(0, at - 4) : at]
        return not any(EXCEPT.fullmatch(token.text) and not any(map(is_verb, before[place:]))
                       for place, token in enumerate(before))  # fmt: skip

    def known(self, token: Token) -> tuple[str, ...]:
        """The keys of what a token names, where the model has it: “the levels of τ” are those of τ_i."""
        effects = self.effects
        known = {*effects.free, *effects.drawn, *effects.others}
        found: list[str] = []
        for name in token.names:
            key = self.key_of(name)
            alike = [own for own in known if base_of(own) == base_of(key)]
            if key in known:
                found.append(key)
            elif "_" not in key or len(alike) == 1:
                found += sorted(alike)
        return tuple(dict.fromkeys(found))

    # Nouns

    def nouns(self, clause: Clause, at: int) -> list[str]:
        """The nouns of which a word speaks, but for those that say where or to what: those of its clause, and of the
        clause before where it has none."""
        everywhere = clause.tokens[at].kind is Kind.VARY
        behind = list(_content(clause.tokens[at + 1 : at + REACH], everywhere))
        before = list(_content(clause.tokens[max(0, at - REACH) : at], everywhere))
        if not before and (clause.tokens[at].kind is Kind.SAMPLE or not behind):
            before = next((own for each in clause.before if (own := list(_content(each.tokens, everywhere)))), [])
        return [*before, *behind]

    def _describe(self, clause: Clause) -> None:
        """Note the nouns beside names: the farm effects φ_j, β_j is the effect of block j, laboratory j."""
        tokens = clause.tokens
        of_letters = {own: key for key, own in self.effects.letters.items() if len(own) == 1}
        for at, token in enumerate(tokens):
            if token.part is Part.WORD and len(token.text) == 1 and at and token.text in of_letters:
                if is_content(tokens[at - 1]):
                    for key, own in self.effects.letters.items():
                        if own == token.text:
                            self._note(tokens[at - 1].text, key)
                continue
            if len(token.names) != 1:
                continue
            keys = [key for key in self.known(token) if key in self.effects.free or key in self.effects.drawn]
            stop = next((n for n in range(at + 1, min(len(tokens), at + 15)) if tokens[n].names), len(tokens))
            nouns = [*_content(tokens[at + 1 : min(stop, at + 15)], False), *_just_before(tokens, at)]
            for key in keys:
                for noun in nouns:
                    self._note(noun, key)

    def _note(self, noun: str, key: str) -> None:
        stem = "interaction" if INTERACTION.fullmatch(noun) else noun_stem(noun)
        self._nouns.setdefault(stem[:4], []).append((stem, key))

    def described(self, noun: str) -> set[str]:
        """The keys of the effects that a noun describes."""
        stem = "interaction" if INTERACTION.fullmatch(noun) else noun_stem(noun)
        return {key for own, key in self._nouns.get(stem[:4], ()) if _is_one(own, stem)}

    def is_described(self, key: str) -> bool:
        return any(key == own for described in self._nouns.values() for _, own in described)


def near(clause: Clause, at: int) -> Sequence[Token]:
    return clause.tokens[max(0, at - REACH) : at + REACH]


def _says(between: Sequence[Token]) -> bool:
    """Whether words say what comes behind them of what stands before: “is”, or nothing between."""
    return not between or any(is_verb(token) for token in between) or len(between) < 3


def is_content(token: Token) -> bool:
    """Whether a token is a word that may name what an effect is of."""
    word = token.text
    if token.part is not Part.WORD or len(word) < 3 or word in GREEK:
        return False
    if _PARTICIPLE.fullmatch(word):
        return False
    tables = (VERB, AND, SUBORDINATE, ARTICLE, ADVERBIAL, GENERIC, EVERY)
    return kind_of(word) in (None, Kind.ERROR) and not any(table.fullmatch(word) for table in tables)


def _content(tokens: Sequence[Token], everywhere: bool) -> Iterator[str]:
    """The nouns among tokens, without those that say where or to what, unless ``everywhere``."""
    skipped = False
    for token in tokens:
        if token.part is Part.WORD and ADVERBIAL.fullmatch(token.text):
            skipped = not everywhere
        elif is_verb(token) or token.kind not in (None, Kind.ERROR):
            skipped = False
        elif not skipped and is_content(token):
            yield token.text


def _just_before(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """The nouns right before a name: the block effects β_j."""
    for token in reversed(tokens[max(0, at - 3) : at]):
        if token.part is not Part.WORD or is_verb(token) or ARTICLE.fullmatch(token.text) or AND.fullmatch(token.text):
            return
        if is_content(token):
            yield token.text


def _is_one(first: str, second: str) -> bool:
    """Whether two stems are of one noun: one begins with the other, but for an ending."""
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and (len(short) >= 4 or short == long)


def base_of(key: str) -> str:
    return key.partition("_")[0]
