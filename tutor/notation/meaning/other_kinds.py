r"""Other kinds of the letters of a text that has no meaning by the usual ones: the α of Xβ + Zα as a vector, the J
of σ² = Jσ²_b + σ²_w and the G of tB_j + rT_i − G as numbers, the A_i of x_i'A_ix_i as a matrix.

What a plain letter is, a number, a vector or a matrix, its text tells by where sums and products exist. So letters
whose kind is only custom are taken for another one, the likeliest first, and those first that stand where the reading
failed, until the whole text has a meaning. What the course has for its model stays what it is: with X, Z, V or y as
something else a misprint would get a meaning.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from types import MappingProxyType

from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Usage, with_neighbours
from tutor.notation.names import GREEK, STAR
from tutor.notation.vocabulary import Letter, LetterKind, Vocabulary

Change = tuple[Letter, LetterKind]
Place = tuple[int, int]

MOST_ATTEMPTS = 40
MOST_READ = 4_000
"""Characters that are read in all attempts together: a long text is refused after a few."""

_MOST_CHANGES = 4
_SETTLED = frozenset({"X", "Z", "V", "y", "u", "epsilon", "e", "sigma", "E", "N", "I", "pi"})
"""Letters that mean the same on every page, and those of numbers only."""

DESIGNS = frozenset({"X", "Z"})
"""Capitals of design matrices, also with a label, Z_E; what X_1 and X_i are, a misprint does not change."""

_RESPONSE = "Y"
"""The one capital that is a vector as often as a number."""

_OF_COUNTS = frozenset("ijklmnpqrstN")

_OF_MODEL = frozenset("GRDJHPK")
"""Capitals that are numbers, totals or counts, only where nothing is a matrix."""

_ELSEWHERE = 2.0
"""What a letter costs more that stands not where the reading failed."""


class KindSearch:
    """Which letters of a text are taken for another kind next, by how the attempts before went: the changes that cost
    least, and of those the first that were thought of."""

    def __init__(self, usage: Usage, vocabulary: Vocabulary, attempts: int) -> None:
        """``vocabulary`` is the one by custom, in which β is a vector unless the text says otherwise."""
        self._usage = usage
        beta = vocabulary.lookup("beta")
        settled = _SETTLED if beta is None or beta.tree.is_scalar else _SETTLED | {"beta"}
        self._told = _changes(usage, settled)
        self._attempts = min(attempts, MOST_READ // max(1, len(usage.text)))
        self._waiting: list[tuple[float, int, tuple[Change, ...]]] = []
        self._seen: set[frozenset[Change]] = set()
        self._order = count()

    def then(self, changes: Iterable[Change], cost: float = 0.0) -> None:
        """Take letters for these kinds together, before anything that costs more."""
        told = tuple(dict.fromkeys(changes))
        if frozenset(told) not in self._seen:
            self._seen.add(frozenset(told))
            heappush(self._waiting, (cost, next(self._order), told))

    def vectors(self) -> tuple[Change, ...]:
        """The letters that are transposed or stand behind a matrix, all together."""
        return tuple(change for change, cost in self._told.items() if change[1] == "vector" and cost < _ELSEWHERE)

    def failed(self, changes: tuple[Change, ...], cost: float, place: Place | None) -> None:
        """What else may be changed where a reading with these changes failed at a place, or anywhere."""
        if len(changes) >= _MOST_CHANGES:
            return
        taken = {letter for letter, _ in changes}
        for change, likely in self._told.items():
            told = frozenset((*changes, change))
            if change[0] in taken or told in self._seen or (_needs_numbers(told) and len(told) > 1):
                continue
            self._seen.add(told)
            more = 0.0 if place is None or self._stands_in(change[0], place) else _ELSEWHERE
            heappush(self._waiting, (cost + likely + more, next(self._order), (*changes, change)))

    def __iter__(self) -> Iterator[tuple[float, tuple[Change, ...]]]:
        while self._waiting and self._attempts > 0:
            self._attempts -= 1
            cost, _, changes = heappop(self._waiting)
            yield cost, changes

    def _stands_in(self, letter: Letter, place: Place) -> bool:
        return any(
            factor.spelled == letter and factor.node is not None and place[0] <= factor.node.start < place[1]
            for factor in self._usage.factors
        )


def with_kinds(vocabulary: Vocabulary, changes: Iterable[Change]) -> Vocabulary:
    """The vocabulary in which letters are of these kinds."""
    return replace(vocabulary, kinds=MappingProxyType({**vocabulary.kinds, **dict(changes)}))


def needs_numbers(vocabulary: Vocabulary) -> bool:
    """Whether a capital of the course is a number in a vocabulary, so that nothing may be a matrix beside it."""
    return _needs_numbers(vocabulary.kinds.items())


def _needs_numbers(changes: Iterable[Change]) -> bool:
    return any(letter[0] in _OF_MODEL and kind == "number" for letter, kind in changes)


def _changes(usage: Usage, settled: Container[str]) -> dict[Change, float]:
    """The changes that a text suggests, each with what it costs: the less, the likelier it is."""
    found: dict[Change, float] = {}
    for product in usage.products:
        for before, factor, behind in with_neighbours(product):
            is_open = may_change(factor, settled) or _is_of_another_design(factor, before, usage)
            for kind, cost in _kinds(factor, before, behind) if is_open else ():
                change = (factor.spelled, kind)
                found[change] = min(cost, found.get(change, cost))
    return found


def _is_of_another_design(factor: Factor, before: Factor, usage: Usage) -> bool:
    """Whether this is a β as long as another matrix than X is wide: that of (I ⊗ 1)β, of X_2β, and of Xα + Zβ."""
    if factor.key not in {"beta", "betahat"} or before is NOTHING or before.is_transposed:
        return False
    if before.letter == "Z" and before.is_bare:
        return any(
            first.letter == "X" and first.is_bare and second.is_small_greek and second.letter != "beta"
            for first, second in usage.beside
        )
    return before.letter == BRACKET or (before.letter in DESIGNS and before.below.isdigit())


def _kinds(factor: Factor, before: Factor, behind: Factor) -> Iterator[tuple[LetterKind, float]]:
    """The kinds that a factor may be of: what is transposed, or stands behind a matrix, is a vector; in Greek this is
    seen more often than in Latin letters, and both more often than a capital that is a number."""
    if factor.is_small or factor.is_small_greek:
        if before is NOTHING and behind is NOTHING and factor.key != "mu":
            yield "vector", 2.0  # a term or a cell by itself; μ + Zu lacks its 1
        is_row = factor.is_transposed or factor.above == "t"
        is_behind = before.is_transposed or before.letter == BRACKET or _is_matrix_letter(before)
        is_behind = is_behind or (factor.letter == "beta" and before is not NOTHING)
        if is_row or is_behind:
            yield "vector", 1.0 if factor.is_small_greek else 1.25
        elif factor.below.isalpha() or factor.below == STAR:
            yield "vector", 2.5
    elif factor.is_capital or factor.is_greek_capital:
        if factor.is_capital and not factor.bold and not factor.below:
            yield "number", 2.0
        if factor.letter == _RESPONSE and factor.is_transposed:
            yield "vector", 1.0
        if factor.below or factor.is_greek_capital:
            is_told = factor.is_transposed or factor.is_inverted or (behind is not NOTHING and behind.letter != BRACKET)
            yield "matrix", 1.5 if is_told else 2.5


def _is_matrix_letter(factor: Factor) -> bool:
    return factor.is_capital or factor.is_greek_capital or factor.bold


def may_change(factor: Factor, settled: Container[str] = _SETTLED) -> bool:
    """Whether a letter may be of another kind than by custom: no letter of the course, and none that counts."""
    is_letter = len(factor.letter) == 1 or factor.is_greek
    is_part = factor.letter in DESIGNS and factor.below.isupper()
    is_of_course = factor.letter in settled and factor.below != STAR and not is_part
    is_settled = is_of_course or (factor.letter in _OF_COUNTS and not factor.below)
    return is_letter and not is_settled and (len(factor.below) < 2 or factor.below in GREEK)
