"""I, J and K as how many levels the factors have, df = (I − 1)(J − 1), where no matrix of that letter stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_COUNTS = frozenset("IJK")
_MATRICES = frozenset("XZVGR")
_BESIDE = frozenset("nrKN")
"""Letters of numbers that are multiplied with I and J."""


def counts(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The vocabulary in which I, J and K count; None where nothing says so, or one of them is a matrix."""
    if not any(_counting(usage)) or _has_matrices(usage):
        return None
    names = {letter: Name(letter, Scalar(size(letter)), "size") for letter in sorted(_COUNTS)}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def _counting(usage: Usage) -> Iterator[bool]:
    """What shows an I or a J to be a number: J − 1, IJ, nI, a divisor, or a mean square."""
    for node in usage.of(syntax.Sum):
        terms = usage.terms(node)
        for (_, first), (sign, second) in pairwise(terms):
            is_count = first[-1].letter in _COUNTS and second[0].letter == "1"
            yield is_count and (sign == "-" or first[-1].letter != "I")
    yield from (_are_counts(first, second) or _are_counts(second, first) for first, second in usage.beside)
    yield from (factor.letter in {"I", "J"} for _, below in usage.quotients() for factor in below)
    yield any(factor.letter in {"M", "MS"} and "MS" in usage.text for factor in usage.factors)


def _are_counts(first: Factor, second: Factor) -> bool:
    return first.letter in {"I", "J"} and not second.below and second.letter in _BESIDE | {"I", "J"}


def _has_matrices(usage: Usage) -> bool:
    """What shows an I or a J to be a matrix: a size below it, bold, σ²I, or matrices beside it."""
    if usage.of(syntax.Kronecker):
        return True
    of_variance = any(
        first.letter == "sigma" and first.above == "2" and second.letter == "I" for first, second in usage.beside
    )
    return of_variance or any(
        (factor.letter in {"I", "J"} and (factor.below or factor.bold))
        or (factor.letter in _MATRICES and not factor.below)
        for factor in usage.factors
    )
