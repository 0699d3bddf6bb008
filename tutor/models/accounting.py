r"""Whether what words of a page say of randomness is accounted for by the distributions that its formulas tell.

Each word that tells of randomness speaks of something: of names, or of nouns that name an effect (“$\beta_j$ is the
effect of block $j$”, “blocks are random”). It is accounted for where that has a distribution, is the residual or an
observation, or was allocated at random, or where the clause denies it. What is left must be asked for: nobody may take
an effect for fixed of which the words may say that it is random.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tutor.models.clauses import Clause, Part, Token, is_verb
from tutor.models.names_in_text import VARIANCE
from tutor.models.randomness import (
    ADVERBIAL,
    AND,
    EVERY,
    EXCEPT,
    GENERIC,
    OF_LEVELS,
    OF_OBSERVATIONS,
    OF_RESIDUAL,
    Kind,
    is_allocation,
    is_of_estimates,
    is_only_named,
    kind_of,
    noun_stem,
)
from tutor.models.speakers import REACH, Effects, Speakers, base_of, is_content, near

_NAMES_ONLY = frozenset({Kind.ERROR, Kind.INDEPENDENT})
_NEVER_OF_THE_UNKNOWN = frozenset({Kind.LAW, Kind.VARIANCE, Kind.VARY, Kind.CORRELATED, Kind.PRIOR})
"""Kinds that say nothing of effects unless by a name or a noun of one."""

_NO_EFFECT = frozenset({"", "e", "epsilon", "varepsilon", "y", "x", "p", "total", "t", "error", "residual", "w", "0"})
"""What stands below variances of residuals and of whole observations."""

_OF_ESTIMATES = frozenset({Kind.LAW, Kind.VARIANCE, Kind.ERROR, Kind.CORRELATED, Kind.VARY})
"""Kinds that may be said of estimates, tests and differences of effects, which have a distribution."""

_VARIANCES = re.compile(VARIANCE)


@dataclass(frozen=True, slots=True)
class Open:
    """What is not accounted for: the token that tells of randomness, the effects without a distribution that it may
    speak of, and the token that names them, if any does."""

    token: Token
    keys: tuple[str, ...]
    name: Token | None = None


def unaccounted(speakers: Speakers) -> Open | None:
    """The word of the clauses that tells of randomness and is not accounted for; None where each is.

    Of several it is one that calls something random, if there is one, and the first of these.
    """
    if not speakers.effects.free:
        return None
    return min(_Account(speakers).open(), key=lambda own: own.token.kind is not Kind.RANDOM, default=None)


def called_fixed(speakers: Speakers) -> frozenset[str]:
    """The keys of the effects that words call fixed, and none random."""
    return frozenset(_Account(speakers).fixed)


@dataclass(slots=True)
class _Account:
    speakers: Speakers
    fixed: set[str] = field(default_factory=set)
    """The keys of effects that the words call fixed."""
    unknown: set[str] = field(default_factory=set)
    """Stems of what is called random and describes no effect."""

    def __post_init__(self) -> None:
        for clause in self.speakers.clauses:
            for at, token in enumerate(clause.tokens):
                if token.kind is Kind.FIXED and not self.speakers.is_denied(clause, at):
                    self.fixed.update(self._fixed_by(clause, at))

    @property
    def effects(self) -> Effects:
        return self.speakers.effects

    def open(self) -> Iterator[Open]:
        for clause in self.speakers.clauses:
            for at, token in enumerate(clause.tokens):
                if token.part is Part.VARIANCE:
                    found = self._of_variance(clause, at)
                elif token.part is Part.STATEMENT:
                    found = self._of_statement(token)
                elif token.kind in (None, Kind.FIXED, Kind.NESTED) or self.speakers.is_denied(clause, at):
                    continue
                else:
                    found = self._of_word(clause, at)
                if found is not None and found.keys:
                    yield found

    # What a word speaks of

    def _of_word(self, clause: Clause, at: int) -> Open | None:
        token = clause.tokens[at]
        assert token.kind is not None
        words = [own.text for own in near(clause, at) if own.part is Part.WORD]
        is_of_effects = at + 1 < len(clause.tokens) and GENERIC.fullmatch(clause.tokens[at + 1].text)
        if token.kind in (Kind.RANDOM, Kind.SAMPLE) and any(map(is_allocation, words)) and not is_of_effects:
            return None
        but = self._all_but(clause) if token.kind is Kind.RANDOM else None
        if but is not None:
            others = tuple(key for key in self.effects.free if key not in but and key not in self.fixed)
            return Open(token, others) if others else None
        name = self.speakers.speaker(clause, at)
        of_estimates = token.kind in _OF_ESTIMATES and _is_of_estimates(clause, at, name)
        known = () if name is None else self.speakers.known(name)
        if known:
            free = tuple(key for key in known if key in self.effects.free and not self._is_fixed(key, token))
            return None if not free or of_estimates else Open(token, free, name)
        if token.kind in _NAMES_ONLY or of_estimates:
            return None
        return self._of_nouns(clause, at)

    def _all_but(self, clause: Clause) -> set[str] | None:
        """The effects but which all are spoken of, “all effects except μ”; None where no such thing is said."""
        tokens = [token for each in (*reversed(clause.before), clause) for token in each.tokens[:REACH]]
        words = [token.text if token.part is Part.WORD else "" for token in tokens]
        every = next((at for at, word in enumerate(words) if EVERY.fullmatch(word)), len(words))
        but = next((at for at, word in enumerate(words) if at > every and EXCEPT.fullmatch(word)), len(words))
        if but == len(words) or any(map(is_verb, tokens[every:but])):
            return None
        behind = [token for token in tokens[but + 1 :] if token.names or token.part is Part.WORD]
        named = {key for token in behind for key in self.speakers.known(token)}
        return named or {key for word in behind for key in self.speakers.described(word.text)}

    def _of_statement(self, token: Token) -> Open | None:
        """What has no distribution and a moment in a formula, Cov(β_j, ε_ij) = 0, or a variance that is no parameter of
        the model, H_0: σ²_β = 0.
        """
        known = self.speakers.known(token)
        unknown = [own[0] for own in _VARIANCES.finditer(token.text)
                   if self.speakers.key_of(own[0]) not in self.effects.variances]  # fmt: skip
        below = set(map(self._below, unknown))
        free = tuple(key for key in self.effects.free if key in known or base_of(key) in below)
        return Open(token, free) if free else None

    def _below(self, variance: str) -> str:
        return self.speakers.key_of(variance).partition("_")[2].replace("_", "")

    def _is_fixed(self, key: str, token: Token) -> bool:
        """Whether the words call an effect fixed, so that of it only “random” would say something else."""
        return key in self.fixed and token.kind not in (Kind.RANDOM, Kind.SAMPLE, Kind.LAW)

    def _of_nouns(self, clause: Clause, at: int) -> Open | None:
        token = clause.tokens[at]
        if _is_of_error(clause.tokens, at):
            return None
        nouns = self.speakers.nouns(clause, at)
        meant = [self.speakers.described(noun) for noun in nouns]
        free = [key for keys in meant if keys and not keys & set(self.effects.drawn) for key in keys]
        asked = tuple(key for key in self.effects.free if key in free and key not in self.fixed)
        if asked:
            return Open(token, asked)
        others = [noun for noun in _coordinated(clause.tokens[max(0, at - REACH) : at]) if not self._is_answered(noun)]
        if any(map(self._is_answered, nouns)):
            nouns = others  # sites, which have a distribution, and years
            if not others:
                return None
        if token.kind in _NEVER_OF_THE_UNKNOWN:
            return None
        candidates = tuple(key for key in self.effects.free if key not in self.fixed)
        undescribed = [key for key in candidates if not self.speakers.is_described(key)]
        if token.kind is Kind.SAMPLE:
            words = [own.text for own in near(clause, at) if own.part is Part.WORD]
            is_of_levels = not nouns and any(map(OF_LEVELS.fullmatch, words))
            if is_only_named(token.text, words) or not (is_of_levels or (nouns and undescribed)):
                return None
        if not nouns or token.kind is Kind.MODEL:
            return None if self.effects.drawn else Open(token, candidates)
        self.unknown.update(map(noun_stem, others or nouns[:1]))
        unnamed = [key for key in self.effects.drawn if not self.speakers.is_described(key)]
        is_initial = any(noun.startswith(base_of(key).lower()) for noun in nouns for key in unnamed)
        is_open = len(self.unknown) > len(unnamed) or (len(candidates) > 1 and not is_initial)
        return Open(token, candidates) if is_open else None

    def _is_answered(self, noun: str) -> bool:
        """Whether a noun is of an effect, of the residual or of observations."""
        is_other = OF_RESIDUAL.fullmatch(noun) or OF_OBSERVATIONS.fullmatch(noun)
        return is_other is not None or bool(self.speakers.described(noun))

    def _of_variance(self, clause: Clause, at: int) -> Open | None:
        """What an own variance, σ²_b, belongs to, where it is no parameter of the model."""
        token = clause.tokens[at]
        key = self.speakers.key_of(token.text)
        below = key.partition("_")[2].replace("_", "").lower()
        if key in self.effects.variances or below in _NO_EFFECT or self.speakers.is_denied(clause, at):
            return None
        if below in {own.partition("_")[2].replace("_", "").lower() for own in self.effects.variances}:
            return None
        own = tuple(key for key in self.effects.free if base_of(key).lower() == below)
        if own:
            return Open(token, own)
        name = self.speakers.speaker(clause, at)
        known = () if name is None else self.speakers.known(name)
        free = tuple(key for key in known if key in self.effects.free)
        candidates = tuple(key for key in self.effects.free if key not in self.fixed)
        return None if known and not free else Open(token, free or candidates, name if free else None)

    def _fixed_by(self, clause: Clause, at: int) -> set[str]:
        """The effects that a word calls fixed."""
        name = self.speakers.speaker(clause, at)
        if name is not None and self.speakers.known(name):
            return {key for key in self.speakers.known(name) if key in self.effects.free}
        nouns = self.speakers.nouns(clause, at)
        meant = {key for noun in nouns for key in self.speakers.described(noun)}
        if not meant and any(EVERY.fullmatch(each.text) for each in near(clause, at)):
            return set(self.effects.free)
        return meant


def _is_of_estimates(clause: Clause, at: int, name: Token | None) -> bool:
    """Whether what a word tells is told of estimates, in its clause and in that before where its subject is there."""
    own = near(clause, at)
    inherited = clause.before[0].tokens[:REACH] if clause.before and name not in own else ()
    for tokens in (own, inherited):
        for place, token in enumerate(tokens):
            if token.part is Part.WORD and is_of_estimates(token.text):
                behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
                if not token.text.startswith("diff") or behind in {"of", "des", "de"} or ADVERBIAL.fullmatch(behind):
                    return True
    return False


def _is_of_error(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands right before or behind “error” and speaks of nothing else: random error, erro aleatório."""
    words = {step: tokens[at + step].text for step in (-2, -1, 1, 2) if 0 <= at + step < len(tokens)}
    alone = [step for step in (-1, 1) if not AND.fullmatch(words.get(2 * step, "-"))]
    beside = [words.get(step, "-") for step in alone]
    return any(kind_of(word) is Kind.ERROR or word.startswith("resid") for word in beside)


def _coordinated(tokens: Sequence[Token]) -> Iterator[str]:
    """The nouns that “and” joins among tokens: sites and years."""
    for at, token in enumerate(tokens):
        if token.part is Part.WORD and AND.fullmatch(token.text) and at and is_content(tokens[at - 1]):
            behind = next((own for own in tokens[at + 1 : at + 3] if is_content(own)), None)
            if behind is not None:
                yield tokens[at - 1].text
                yield behind.text
