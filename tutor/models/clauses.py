r"""The words of a page beside its formulas, in sentences and clauses of words, names and statements.

A clause is a part of a sentence that says one thing: “the $b_j$ are random”, “while treatments are fixed”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from tutor.models.names_in_text import GREEK_COMMANDS, NAME, VARIANCE, subjects, worded_parts
from tutor.models.randomness import AND, ARTICLE, RELATIVE, SUBORDINATE, VERB, Kind, kind_among, may_tell, plain_word

_TOKEN = re.compile(
    r"(?P<estimate>\\(?:hat|widehat|tilde|bar|overline)\s*\{?\s*\\?[A-Za-z]+\s*\}?(?:_(?:\{[^{}\n]{0,40}\}|\w))?)"
    r"|(?P<skipped>\\(?:left|right|quad|qquad|text\w*|math(?!bf)\w+|item|[,;!: ])|\\[()\[\]])"
    rf"|(?P<variance>{VARIANCE})"
    rf"|(?P<name>(?:{NAME}|\\(?:{GREEK_COMMANDS})(?![A-Za-z])|(?<![A-Za-z])[α-ω](?![A-Za-zα-ω]))(?:\s?\$?['’]s(?![A-Za-z]))?)"
    r"|(?P<zero>(?<![\w.,])0(?![\w.,]?\d))"
    r"|(?P<word>i\.?\s?i\.?\s?d\b\.?|[^\W\d_]++(?:[-‑'’][^\W\d_]+)*)"
    r"|(?P<abbreviation>(?<=e\.g)\.|(?<=i\.e)\.|(?<=\bvs)\.|(?<=\bcf)\.|(?<=resp)\.|(?<=\bEq)\.)"
    r"|(?P<stop>[.;!?](?!\w)|[。；]|\n[ \t]{0,40}\n|\n[ \t]{0,40}(?=[-*•|#]\s)|\|)"
    r"|(?P<comma>[,:–—])"
    r"|(?P<operator>[+*/=<>^~∼−-])"
)
_PARTED = re.compile(r"i\.?\s?i\.?\s?d\.?", re.I)


LONGEST_LIST = 30
"""Names that are taken together; what says more of them at once says it of no model."""


class Part(Enum):
    """What a token is."""

    WORD = auto()
    NAME = auto()
    VARIANCE = auto()
    STATEMENT = auto()
    COMMA = auto()
    STOP = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a page: a word in small letters without accents, a name as written, or a statement with the names that
    it is about. ``kind`` is what a word tells of randomness among its neighbours."""

    part: Part
    start: int
    end: int
    text: str = ""
    names: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens that say one thing. ``before`` are the clauses of the same sentence before it, the nearest first."""

    tokens: tuple[Token, ...]
    before: tuple[Clause, ...] = ()
    is_relative: bool = False
    """Whether it begins with “which” or “whose”, and so speaks of what stands before it."""


def clauses(text: str, formulas: Sequence[tuple[int, int]], bases: frozenset[str]) -> list[Clause]:
    """The clauses of a page, whose ``formulas`` are read; ``bases`` are words that are names of effects, as Env.

    >>> [[token.text for token in clause.tokens] for clause in clauses("b_j is random, t_i is fixed", [], frozenset())]
    [['b_j', 'is', 'random'], ['t_i', 'is', 'fixed']]
    """
    found: list[Clause] = []
    for sentence in sentences(text, formulas, bases):
        own: tuple[Clause, ...] = ()
        for part, is_relative in _parted(sentence):
            clause = Clause(tuple(part), own[:4], is_relative)
            own = (clause, *own)
            found.append(clause)
    return found


def sentences(
    text: str, formulas: Sequence[tuple[int, int]], bases: frozenset[str] = frozenset()
) -> Iterator[list[Token]]:
    """The sentences of a page, with names that stand in one list together."""
    return map(_with_lists, _sentences(_with_kinds(list(_tokens(text, formulas, bases)))))


def _tokens(text: str, formulas: Sequence[tuple[int, int]], bases: frozenset[str]) -> Iterator[Token]:
    at = 0
    for start, end in [*formulas, (len(text), len(text))]:
        for found in _TOKEN.finditer(text, at, start):
            token = _token(found, bases)
            if token is not None:
                yield token
        if start < end:
            statement = text[start:end]
            yield Token(Part.STATEMENT, start, end, statement, subjects(statement))
            yield from _within(statement, start, bases)
        at = max(at, end)


def _within(statement: str, offset: int, bases: frozenset[str]) -> Iterator[Token]:
    """The tokens of words within a formula, between stops."""
    for start, _, words in worded_parts(statement):
        begins = not words.startswith("=")
        if begins:
            yield Token(Part.STOP, offset + start, offset + start, ".")
        for found in _TOKEN.finditer(words):
            token = _token(found, bases)
            if token is not None:
                at = offset + start - (not begins)
                yield replace(token, start=at + token.start, end=at + token.end)


def _token(found: re.Match[str], bases: frozenset[str]) -> Token | None:
    group, (start, end), written = found.lastgroup, found.span(), found[0]
    if group == "zero":
        return Token(Part.WORD, start, end, written)
    if group == "word":
        if _PARTED.fullmatch(written):
            return Token(Part.WORD, start, end, "iid")
        if written in bases:
            return Token(Part.NAME, start, end, written, (written,))
        return Token(Part.WORD, start, end, plain_word(written)) if written != "s" else None
    if group == "name":
        name = re.sub(r"\s?\$?['’]s$", "", written)
        return Token(Part.NAME, start, end, name, (name,))
    part = {"variance": Part.VARIANCE, "stop": Part.STOP, "comma": Part.COMMA, "estimate": Part.OTHER,
            "operator": Part.OTHER}.get(group or "")  # fmt: skip
    return None if part is None else Token(part, start, end, written)


def _with_kinds(tokens: list[Token]) -> list[Token]:
    """The tokens with what their words tell of randomness, and names in a sum as no names."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        before, behind = (tokens[at - 1] if at else None), (tokens[at + 1] if at + 1 < len(tokens) else None)
        if token.part is Part.NAME and _is_sign(before) | _is_sign(behind):
            token = replace(token, part=Part.OTHER)
        elif token.part is Part.WORD and may_tell(token.text):
            words = [_neighbour(tokens, at, step) for step in (-1, 1)]
            token = replace(token, kind=kind_among(words[0], token.text, words[1]))
        out.append(token)
    return out


def _is_sign(token: Token | None) -> bool:
    return token is not None and token.part is Part.OTHER and token.text in {"+", "/", "^"}


def _neighbour(tokens: list[Token], at: int, step: int) -> str:
    """The word before or behind a token, past articles and “of”."""
    at += step
    while 0 <= at < len(tokens) and tokens[at].part is Part.WORD:
        word = tokens[at].text
        if not (ARTICLE.fullmatch(word) or word in {"of", "du", "di", "da", "van"}):
            return word
        at += step
    return ""


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in tokens:
        if token.part is Part.STOP:
            if sentence:
                yield sentence
            sentence = []
        else:
            sentence.append(token)
    if sentence:
        yield sentence


def _with_lists(sentence: list[Token]) -> list[Token]:
    """The tokens with the names of one list together: ρ_i, (ρα)_ij and columns κ_j."""
    out: list[Token] = []
    at = 0
    while at < len(sentence):
        token = sentence[at]
        if token.part is Part.NAME and out and (gap := _gap(out)) is not None:
            first = out[gap]
            out[gap:] = [replace(first, end=token.end, names=(*first.names, *token.names))]
        else:
            out.append(token)
        at += 1
    return out


def _gap(before: Sequence[Token]) -> int | None:
    """The place of the name with which the next one makes a list; None where they are apart."""
    at = len(before) - 1
    nouns = 0
    while at >= 0 and nouns <= 2 and _is_noun(before[at]):
        nouns += 1
        at -= 1
    joined = 0
    while at >= 0 and (before[at].part is Part.COMMA or is_and(before[at])):
        joined += 1
        at -= 1
    if at < 0 or before[at].part is not Part.NAME or len(before[at].names) >= LONGEST_LIST:
        return None
    return at if (joined or not nouns) and nouns <= 2 else None


def _is_noun(token: Token) -> bool:
    if (
        token.part is not Part.WORD
        or token.kind not in (None, Kind.ERROR, Kind.VARY, Kind.VARIANCE)
        or len(token.text) < 3
    ):
        return False
    return not any(table.fullmatch(token.text) for table in (AND, ARTICLE, VERB, SUBORDINATE))


def is_and(token: Token) -> bool:
    """Whether a token joins what stands before it and behind."""
    return token.part is Part.WORD and AND.fullmatch(token.text) is not None


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, or the sign = before words, by which something is said of what stands before it."""
    return token.text == "=" or (token.part is Part.WORD and VERB.fullmatch(token.text) is not None)


def _ends(word: Token, clause: Sequence[Token], said: bool) -> bool:
    """Whether a word begins another clause: “all effects but μ” is none."""
    if word.text == "but" and clause and not said:
        return False
    return SUBORDINATE.fullmatch(word.text) is not None or (said and is_and(word))


def _is_aside(sentence: Sequence[Token], at: int) -> bool:
    """Whether a comma stands beside a name alone, which names what is before it: litters, λ_j, are random."""
    return any(
        sentence[place].part is Part.NAME
        and _is_comma_at(sentence, place - 1)
        and (place + 1 == len(sentence) or _is_comma_at(sentence, place + 1))
        and place > 1
        and sentence[place - 2].part is Part.WORD
        for place in (at - 1, at + 1)
        if 0 <= place < len(sentence)
    )


def _is_comma_at(sentence: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(sentence) and sentence[place].text == ","


def _parted(sentence: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The clauses of a sentence, and whether they are relative: commas and words as “while” part it, and “and” does
    behind what is said."""
    clause: list[Token] = []
    said = is_relative = False
    for at, token in enumerate(sentence):
        is_comma = token.part is Part.COMMA and not _is_aside(sentence, at)
        is_end = is_comma or (token.part is Part.WORD and _ends(token, clause, said))
        if is_end or (token.part is Part.STATEMENT and not token.names):
            if clause:
                yield clause, is_relative
            clause, said = [], False
            is_relative = token.part is Part.WORD and RELATIVE.fullmatch(token.text) is not None
            if token.part is Part.STATEMENT:
                yield [token], False
        elif token.part is not Part.COMMA:
            clause.append(token)
            said = said or is_verb(token) or token.kind in (Kind.RANDOM, Kind.FIXED, Kind.LAW)
    if clause:
        yield clause, is_relative
