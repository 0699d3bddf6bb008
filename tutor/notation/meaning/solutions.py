r"""The b of fixed effects, which are elsewhere the random ones: Xb + Zu, b = (X'X)⁻¹X'y, and the b above other effects
in one column, (b̂, â)' beside X'X and Z'Z, or beside X_1 and Z_1.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_RANDOM = frozenset("aguv")
_OF_TRAITS = frozenset("agu")


def of_slopes(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The b of Xb are the fixed effects, where the random ones have their u."""
    beta = vocabulary.lookup("beta")
    is_beside = (usage.has("X", "b") and usage.has("Z", "u")) or _is_above_effects(usage)
    return {"b": beta} if beta is not None and is_beside else {}


def of_solutions(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The b of b = (X'X)⁻¹X'y, the solution of the normal equations, has the length of β."""
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol) or not _is_solution(usage):
        return {}
    return {"b": Name("b", Symbol("b", beta.tree.rows, ONE, role="random"))}


def _is_solution(usage: Usage) -> bool:
    solved = (second for first, second in usage.equations() if usage.single(first).letter == "b")
    first_factors = (usage.product(side)[0] for side in solved)
    return any(factor.letter != "X" and usage.first_letter(factor).letter == "X" for factor in first_factors)


def _is_above_effects(usage: Usage) -> bool:
    r"""Whether a b that stands above other effects, (b̂, û)', or with numbers beside theirs, (b_1, b_2)' beside
    (u_1, u_2)', is that of the fixed ones."""
    if not {"X", "Z"} <= usage.letters or "beta" in usage.letters:
        return False
    beside = list(_in_columns(usage))
    if any(above.letter == "b" and above.is_bare and _is_random(below) for above, below in beside):
        return True
    numbered = {above.letter for above, below in beside if above.letter == below.letter and above.below and below.below}
    return "b" in numbered and not _OF_TRAITS.isdisjoint(numbered)


def _is_random(factor: Factor) -> bool:
    return factor.letter in _RANDOM and not factor.below


def _in_columns(usage: Usage) -> Iterator[tuple[Factor, Factor]]:
    """Each letter of a column with the one below it."""
    for matrix in usage.of(syntax.Matrix):
        if all(len(row) == 1 for row in matrix.rows):
            yield from pairwise(usage.single(row[0]) for row in matrix.rows)
