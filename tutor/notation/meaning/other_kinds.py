r"""Other kinds of single letters of a text that has no meaning by the usual ones: the α of Xβ + Zα as a vector, the J
of σ² = Jσ²_b + σ²_w and the G of tB_j + rT_i − G as numbers.

What a plain letter is, a number, a vector or a matrix, its text tells by where sums and products exist. So the
letters whose kind is only custom are taken for another one, those behind a matrix together, then one, then two, until
the whole text has a meaning. What the course has for its model stays what it is: with X, Z, V or y as something else
a misprint would get a meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
MOST_READ = 4_000
"""Characters that are read in all attempts together: a long text is refused after a few."""

_SETTLED = frozenset({"X", "Z", "V", "y", "Y", "beta", "u", "epsilon", "varepsilon", "e", "sigma", "E", "N", "I", "pi"})
"""Letters that mean the same on every page, and those of numbers only."""

_OF_COUNTS = frozenset("ijklmnpqrstN")

_OF_MODEL = frozenset("GRDJHPK")
"""Capitals that are numbers, totals or counts, only where nothing is a matrix."""


def other_kinds(vocabulary: Vocabulary, nodes: Sequence[syntax.Node], length: int) -> Iterator[Vocabulary]:
    """Vocabularies in which one or two letters of a text of this length are of another kind, the likeliest first."""
    behind = {each.spelling for node in nodes if isinstance(node, syntax.Chain) for each in _behind_matrices(node)}
    vectors: set[Change] = {(of_letter(spelling), "vector") for spelling in behind if _may_change(spelling)}
    named = {node.spelling for node in nodes if isinstance(node, syntax.Named)}
    numbers: set[Change] = {(of_letter(spelling), "number") for spelling in named if _may_be_number(spelling)}
    changes: list[Change] = sorted(vectors | numbers, key=_likelihood)
    pairs = (pair for pair in combinations(changes, 2) if not _needs_numbers(pair))
    together = [tuple(sorted(vectors))] if len(vectors) > 1 else []
    for told in islice(
        (*together, *((change,) for change in changes), *pairs), min(MOST_ATTEMPTS, MOST_READ // length)
    ):
        yield replace(vocabulary, kinds=MappingProxyType(dict(told)))


def _behind_matrices(chain: syntax.Chain) -> Iterator[syntax.Named]:
    """The small letters of a product that stand right behind a capital or a transpose, the α of Zα and u_ij'α."""
    for before, sign, factor in zip(chain.factors, chain.signs[1:], chain.factors[1:], strict=False):
        inner = before.inner if isinstance(before, syntax.Prime) else before
        is_matrix = isinstance(inner, syntax.Named) and (inner.spelling.bold or inner.spelling.letters[0].isupper())
        if is_matrix and not sign and isinstance(factor, syntax.Named) and factor.spelling.letters[0].islower():
            yield factor


def _may_change(spelling: Spelling) -> bool:
    letters = spelling.letters
    is_letter = len(letters) == 1 or letters in GREEK
    return is_letter and letters not in _SETTLED | _OF_COUNTS and len(spelling.subscript) < 2


def _may_be_number(spelling: Spelling) -> bool:
    is_capital = spelling.letters.isascii() and spelling.letters.isupper() and not spelling.bold
    return is_capital and _may_change(spelling)


def _likelihood(change: Change) -> tuple[bool, bool, Letter]:
    """Vectors first, in Greek before Latin: Zα and Wα are far more often seen than a matrix letter that is a number."""
    letter, kind = change
    return kind == "number", letter[0] not in GREEK, letter


def needs_numbers(vocabulary: Vocabulary) -> bool:
    """Whether a capital of the course is a number in a vocabulary, so that nothing may be a matrix beside it."""
    return _needs_numbers(vocabulary.kinds.items())


def _needs_numbers(changes: Iterable[Change]) -> bool:
    return any(letter[0] in _OF_MODEL and kind == "number" for letter, kind in changes)
