"""Letters in the moments of linear forms, Var(Ax + a) and E(AX + b): a matrix, a random vector and a constant one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax

_MOMENTS = frozenset({"E", "Var", "Cov"})
_MATRICES = frozenset("ABCDEFGHKLMNOPQRSTUVWZ")
"""Capitals that may be the matrix of a linear form; I and J have sizes, and X and Y are random."""

_CAPITALS = _MATRICES | {"X", "Y"}
_RANDOM = frozenset("xyzvwXY")
_VECTORS = frozenset("abcdmvwxyz")
_CONSTANTS = frozenset("abcd")


@lru_cache(maxsize=8)
def moments(usage: Usage) -> tuple[tuple[syntax.Node, ...], ...]:
    """The arguments of each moment of a text, E(…), Var(…), Cov(…, …) and V(…)."""
    return tuple(_moments(usage))


def _moments(usage: Usage) -> Iterator[tuple[syntax.Node, ...]]:
    yield from (call.arguments for call in usage.of(syntax.Call) if call.function in _MOMENTS)
    for chain in usage.of(syntax.Chain):
        for name, brackets in zip(chain.factors, chain.factors[1:], strict=False):
            if isinstance(brackets, syntax.Group) and isinstance(name, syntax.Named) and name.spelling.letters == "V":
                yield (brackets.inner,)


@lru_cache(maxsize=8)
def linear_forms(usage: Usage) -> frozenset[str]:
    """The letters side by side in the moments of linear forms of a text, Ax, and the constant vectors there, a."""
    if not moments(usage):
        return frozenset()
    forms = list(_forms(usage))
    if not forms and not _has_matrices(usage):
        return frozenset()
    found = {matrix.letter + vector.letter for matrix, vector, _ in forms}
    if _has_matrices(usage):
        found |= {"".join(letters) for letters in _runs(usage) if _is_product(letters)} | set(_constants(usage))
    return frozenset(found | {constant for _, _, constant in forms if constant})


@lru_cache(maxsize=8)
def vectors_of_forms(usage: Usage) -> frozenset[str]:
    """The letters of vectors in the moments of linear forms of a text."""
    if not moments(usage):
        return frozenset()
    told = {vector.letter for _, vector, _ in _forms(usage)}
    forms = linear_forms(usage)
    return frozenset(form[-1] for form in forms if form[-1].islower() or (len(form) == 2 and form[-1] in told))


def _forms(usage: Usage) -> Iterator[tuple[Factor, Factor, str]]:
    """The matrix, the random vector and the constant of each moment of a linear form; the constant may be missing."""
    for arguments in moments(usage):
        terms = usage.terms(arguments[0]) if len(arguments) == 1 else []
        if not 1 <= len(terms) <= 2 or len(terms[0][1]) != 2:
            continue
        (matrix, vector), constant = terms[0][1], terms[1][1] if len(terms) == 2 else ()
        is_form = matrix.letter in _MATRICES and vector.letter in _RANDOM and not (matrix.below or vector.below)
        if not is_form or matrix.above or vector.above or vector.accent:
            continue
        if not constant:
            yield matrix, vector, ""
        elif len(constant) == 1 and constant[0].letter in _CONSTANTS and constant[0].is_bare:
            yield matrix, vector, "" if constant[0].bold else constant[0].letter


def _has_matrices(usage: Usage) -> bool:
    """Whether a moment is one of linear forms: Cov(Ax, By), E((Ax + a)(Bx + b)') and E(AXB + C)."""
    places = [(part.start, part.end) for arguments in moments(usage) for part in arguments]
    return any(
        any(start <= factor.node.start < end for start, end in places)
        for product in usage.products if places
        for factor in product[:1]
        if factor.node is not None and _is_form("".join(each.letter for each in product if each.node is factor.node))
    )  # fmt: skip


def _is_form(letters: str) -> bool:
    if len(letters) == 2:
        return letters[0] in _MATRICES and letters[1] in "xyzvw"
    return len(letters) == 3 and letters[1] in "XY" and {letters[0], letters[2]} <= _MATRICES


def _runs(usage: Usage) -> Iterator[list[str]]:
    """The letters of each name of letters side by side that has nothing below it."""
    for product in usage.products:
        runs: dict[syntax.Node | None, list[Factor]] = {}
        for factor in product:
            runs.setdefault(factor.node, []).append(factor)
        yield from ([factor.letter for factor in run] for run in runs.values() if not run[-1].below)


def _is_product(letters: list[str]) -> bool:
    """Whether letters side by side are of matrices, all but a last small one of a vector."""
    capitals = letters[:-1] if letters[-1] in _VECTORS else letters
    return 1 < len(letters) <= 4 and 1 <= len(capitals) <= 3 and all(letter in _CAPITALS for letter in capitals)


def _constants(usage: Usage) -> Iterator[str]:
    """The a of Ax + a."""
    for node in usage.of(syntax.Sum):
        terms = usage.terms(node)
        for (_, first), (_, second) in pairwise(terms):
            is_form = len(first) == 2 and first[0].letter in _MATRICES and first[1].letter in "mvwxyz"
            if is_form and len(second) == 1 and second[0].letter in _CONSTANTS and second[0].is_bare:
                yield second[0].letter
