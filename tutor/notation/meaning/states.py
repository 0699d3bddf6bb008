r"""The states of a Kalman filter, \hat{x}_{t|t-1} = F\hat{x}_{t-1|t-1}: vectors, and the capitals beside them matrices.

That a text is about vectors is told by a variance matrix of a time, w_t ∼ N(0, Q), or by a time given another one
beside a capital that is transposed, taken off I or stands before a state. Filters of single numbers have none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, repeat

from tutor.notation.meaning.usage import Factor, Product, Usage, pairs
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family

_TIME = re.compile(r"t(?:[-+]1)?(?:\|_[tnT](?:[-+]1)?)?")
"""A subscript of a time, t − 1, or of one given what was observed up to another, t|n."""

_STATES = frozenset("abcdefghijklmnopqrstuvwxyz") | {"alpha", "beta", "theta", "xi", "eta"}
_TRANSITIONS = frozenset({"Phi", "Psi", "Gamma", "Lambda", "Theta"})


@lru_cache(maxsize=8)
def states_of_vectors(usage: Usage) -> frozenset[str]:
    """The times below the letters of a text about vectors of states; none in another text."""
    times = frozenset(factor.below for factor in usage.factors if factor.below and _TIME.fullmatch(factor.below))
    first = frozenset(_first_states(usage))
    if first or not times:
        return first | times if first else frozenset()
    is_given = any("|" in time for time in times)
    is_filter = is_given and (any(map(_has_matrix, usage.products)) or _is_taken_off_identity(usage))
    is_told = is_filter or _has_noise(usage) or any(map(_has_weight, usage.products))
    return times if is_told or any(map(_is_of_states, usage.of(syntax.Relation), repeat(usage))) else frozenset()


def _has_matrix(product: Product) -> bool:
    """Whether a capital is transposed, H', or stands before a state, Hx_t."""
    if any(factor.is_capital and factor.is_transposed for factor in product):
        return True
    return any(
        first.is_capital and first.is_bare and second.is_small and second.below.startswith("t")
        for first, second in pairs(product)
    )


def _is_taken_off_identity(usage: Usage) -> bool:
    """I − KH."""
    sums = (usage.terms(node) for node in usage.of(syntax.Sum))
    return any(
        first[-1].letter == "I" and first[-1].is_bare and sign == "-"
        for terms in sums
        for (_, first), (sign, _) in pairwise(terms)
    )


def _is_of_states(relation: syntax.Relation, usage: Usage) -> bool:
    """x_{t+1} = A x_t, where of numbers the coefficient would be a small letter, and y_t = Z_t α_t, for the same
    reason; a covariate stands behind its slope, α_t X_t."""
    subject, first = usage.product(relation.sides[0]), usage.terms(relation.sides[-1])[0][1]
    if len(subject) != 1 or len(first) < 2 or not subject[0].below.startswith("t"):
        return False
    matrix, state = first[:2]
    is_state = state.letter in _STATES and state.below.startswith("t") and not matrix.above
    if matrix.is_capital and matrix.below == "t" and subject[0].letter == "y" and is_state:
        return True
    is_matrix = (matrix.is_capital or matrix.letter in _TRANSITIONS) and matrix.below in {"", "t"}
    return is_matrix and is_state and state.letter == subject[0].letter


def _first_states(usage: Usage) -> Iterator[str]:
    """The 1 of α_1 ∼ N(a_1, P_1)."""
    for state, (mean, *_), variance in _normal(usage):
        is_first = state.below in {"0", "1"} and mean.below == variance.below == state.below
        if is_first and state.letter in _STATES and mean.letter in _STATES and variance.is_capital:
            yield state.below


def _has_noise(usage: Usage) -> bool:
    """w_t ∼ N(0, Q). Of N(0, H_t), a variance that changes with time, nothing tells whether it is a matrix."""
    return any(
        noise.is_small and noise.below == "t" and mean[0].letter == "0" and variance.is_capital and variance.is_bare
        for noise, mean, variance in _normal(usage)
    )


def _normal(usage: Usage) -> Iterator[tuple[Factor, Product, Factor]]:
    """What is normally distributed, its mean and its variance, where they are letters."""
    for node in usage.of(syntax.Distributed):
        if family(node.family.letters) != "N" or len(node.arguments) != 2:
            continue
        mean, variance = node.arguments
        yield usage.single(node.subject), usage.product(mean), usage.single(variance)


def _has_weight(product: Product) -> bool:
    """ν_t'S_t⁻¹."""
    return any(
        first.is_transposed and first.below.startswith("t") and second.is_capital and second.below.startswith("t")
        for first, second in pairs(product)
    )


def times_below_capitals(usage: Usage) -> frozenset[str]:
    """The times below the capitals of a text."""
    return frozenset(f.below for f in usage.factors if f.is_capital and _TIME.fullmatch(f.below))
