r"""Elements of an index model with a prime that are no transposes: y_{ijk} = μ + ε'_{ijk}, ε'_{ijk} ~ N(0, σ²).

A prime makes another name of an element where the text says of this name alone how it is distributed, or what it is,
and where it is no factor before anything, as a row is.
"""

from __future__ import annotations

from functools import lru_cache

from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax

_INDICES = frozenset("hijklmnrst0123456789")


def is_element_with_prime(named: syntax.Named, usage: Usage) -> bool:
    """Whether a name before a prime is such an element."""
    spelling = named.spelling
    return (spelling.letters, spelling.accent, spelling.subscript) in _elements_with_primes(usage)


@lru_cache(maxsize=8)
def _elements_with_primes(usage: Usage) -> frozenset[tuple[str, str, str]]:
    told = [distributed.subject for distributed in usage.of(syntax.Distributed)]
    told += [relation.sides[0] for relation in usage.of(syntax.Relation) if len(relation.sides) > 1]
    named = {factor.spelled for factor in map(usage.single, told) if _may_be_element(factor)}
    if not named:
        return frozenset()
    terms, rows = set(), set()
    for product in usage.products:
        for factor in product:
            if factor.is_transposed and factor.spelled in named:
                (terms if len(product) == 1 else rows).add(factor.spelled)
    return frozenset(named & terms - rows)


def _may_be_element(factor: Factor) -> bool:
    """Whether a letter with a prime has the indices of one observation below it, and is no row of covariates."""
    is_plain = factor.above in {"'", "ᵀ"} and not factor.bold and factor.letter not in {"x", "z", "w", "X", "Z"}
    return is_plain and len(factor.below) > 1 and set(factor.below) <= _INDICES
