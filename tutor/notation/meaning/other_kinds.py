r"""Other kinds of single letters of a text that has no meaning by the usual ones: the α of Xβ + Zα as a vector, the J
of σ² = Jσ²_b + σ²_w and the G of tB_j + rT_i − G as numbers.

What a plain letter is, a number, a vector or a matrix, its text tells by where sums and products exist. So of all
letters whose kind is only custom one, then two, are taken for another kind, until the whole text has a meaning. What
the course has for its model stays what it is: with X, Z, V or y as something else a misprint would get a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, islice
from types import MappingProxyType

from tutor.notation.meaning.differences import of_letter
from tutor.notation.names import GREEK
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import Letter, LetterKind, Vocabulary

Change = tuple[Letter, LetterKind]

MOST_ATTEMPTS = 40
MOST_TEXT = 1_500
"""Characters of a text for which other kinds are tried."""

_SETTLED = frozenset(
    {"X", "Z", "V", "y", "Y", "beta", "u", "epsilon", "varepsilon", "e", "sigma", "E", "N", "pi", "lambda"}
)
"""Letters that mean the same on every page, and those of numbers only."""

_OF_COUNTS = frozenset("ijklmnpqrstN")

_OF_MODEL = frozenset("GRDIJHPK")
"""Capitals that are numbers, totals or counts, only where nothing is a matrix."""


def other_kinds(vocabulary: Vocabulary, nodes: Iterable[syntax.Node]) -> Iterator[Vocabulary]:
    """Vocabularies in which one or two letters are of another kind, the likeliest first; at most `MOST_ATTEMPTS`."""
    spellings = {node.spelling: None for node in nodes if isinstance(node, syntax.Named)}
    changes = sorted({change for spelling in spellings for change in _changes(spelling)}, key=_likelihood)
    pairs = (pair for pair in combinations(changes, 2) if pair[0][0] != pair[1][0])
    for told in islice(((*((change,) for change in changes), *pairs)), MOST_ATTEMPTS):
        yield replace(vocabulary, kinds=MappingProxyType(dict(told)))


def _changes(spelling: Spelling) -> Iterator[Change]:
    letters = spelling.letters
    is_letter = len(letters) == 1 or letters in GREEK
    if not is_letter or letters in _SETTLED or letters in _OF_COUNTS or len(spelling.subscript) > 1:
        return
    if letters[0].islower():
        yield of_letter(spelling), "vector"
    elif not spelling.bold and letters.isascii() and len(letters) == 1:
        yield of_letter(spelling), "number"


def _likelihood(change: Change) -> tuple[bool, bool, Letter]:
    """Vectors first, in Greek before Latin: Zα and Wα are far more often seen than a matrix letter that is a number."""
    letter, kind = change
    return kind == "number", letter[0] not in GREEK, letter


def needs_numbers(vocabulary: Vocabulary) -> bool:
    """Whether a capital of the course is a number in a vocabulary, so that nothing may be a matrix beside it."""
    return any(letter[0] in _OF_MODEL and kind == "number" for letter, kind in vocabulary.kinds.items())
