"""Capitals that are numbers: the J of j = 1, …, J, the T of Tσ², the G of G²/N, and I² and Q of a meta-analysis.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_COUNTS = frozenset("IJ")


def of_levels(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """Capitals that end a sum or a range of indices are how many levels a factor has."""
    return {letter: Name(letter, Scalar(size(letter)), "size") for letter in _levels(usage)}


def _levels(usage: Usage) -> Iterator[str]:
    yield from (factor.letter for factor in _ends(usage) if factor.is_capital and factor.is_bare)
    for node in usage.of(syntax.Membership):
        if node.brackets != "{}":
            continue
        first, last = usage.single(node.items[0]), usage.single(node.items[-1])
        if first.letter in {"0", "1"} and last.letter in _COUNTS and last.is_bare:
            yield last.letter
    for node in usage.of(syntax.Sum) if not _COUNTS.isdisjoint(usage.letters) else ():
        for (_, first), (sign, second) in pairwise(usage.terms(node)):
            are_letters = len(first) == len(second) == 1 and first[0].is_bare and second[0].is_bare
            if are_letters and sign == "-" and first[0].letter in {"n", "N"} and second[0].letter in _COUNTS:
                yield second[0].letter  # n − I degrees of freedom


def _ends(usage: Usage) -> Iterator[Factor]:
    """What the last index of a sum, a product or a range begins with: the J of J and of J − 1."""
    operators = [node.operator for node in usage.of(syntax.Operated) if node.operator.operation in {"sum", "product"}]
    ends = [operator.last for operator in operators if operator.first is not None]
    ends += [node.last for node in usage.of(syntax.Range)]
    for end in ends:
        first = () if end is None else usage.terms(end)[0][1]
        yield from first if len(first) == 1 else ()


def of_heterogeneity(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """I² = (Q − df)/Q: a statistic of a meta-analysis and no square of an identity, and Q another."""
    if "Q" not in usage.letters or not any(_is_heterogeneity(*sides, usage) for sides in usage.equations()):
        return {}
    return {
        "I": Name("I", Scalar(sympy.Symbol("I", real=True)), "size"),
        "Q": Name("Q", Scalar(sympy.Symbol("Q", real=True)), "statistic"),
    }


def _is_heterogeneity(first: syntax.Node, second: syntax.Node, usage: Usage) -> bool:
    square = usage.single(first)
    named = (part.spelling.letters for part in syntax.postorder(second) if isinstance(part, syntax.Named))
    return square.letter == "I" and square.above == "2" and "Q" in named


def of_grand_totals(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The G of G²/N: the total of all observations, and N how many there are."""
    is_total = "G" in usage.letters and any(_is_squared_total(*sides) for sides in usage.quotients())
    return {"G": Name("G", Scalar(sympy.Symbol("G", real=True)))} if is_total else {}


def _is_squared_total(above: tuple[Factor, ...], below: tuple[Factor, ...]) -> bool:
    total = above[-1]
    is_count = [factor.letter for factor in below] == ["N"] or all(map(_is_count, below))
    return total.letter == "G" and total.above == "2" and not total.below and is_count


def _is_count(factor: Factor) -> bool:
    """n, or more small letters, abn."""
    return factor.letter.isalpha() and factor.letter.islower() and factor.is_bare and not factor.is_greek


def of_times(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The T of Tσ² is how many times there are."""
    return {"T": Name("T", Scalar(size("T")), "size")} if usage.has("T", "sigma") else {}
