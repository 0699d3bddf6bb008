"""The e beside an ε in one equation, e_it = u_i + ε_it, and the residuals e = y − Xβ̂ beside errors ε: two letters.

In different statements they are one letter, spelled in two ways.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.names import LATIN_E, RESIDUAL
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary


def of_residuals(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such an e, by their keys; none in a text in which it is another spelling of ε."""
    y = vocabulary.lookup("y")
    residuals = list(filter(_is_residual, usage.factors))
    has_errors = any(f.letter == "epsilon" for f in usage.factors)
    if y is None or not (residuals and has_errors and (_are_together(usage) or _is_defined(usage))):
        return {}
    names: dict[str, Name] = {}
    for ending in (factor.key.removeprefix("e") for factor in residuals):
        below = ending.partition("_")[2]
        if below:
            names["epsilon" + ending] = Name(RESIDUAL + ending, Scalar(sympy.Symbol(RESIDUAL + ending, real=True)))
        key = LATIN_E + ending
        element = Scalar(sympy.Symbol(key, real=True))
        names["e" + ending] = Name(key, element if below else Symbol(key, y.tree.rows, ONE, "random"))
    return names


def _is_residual(factor: Factor) -> bool:
    """Whether a factor is an e that is no base of a power."""
    return factor.letter == "e" and not factor.glued and (not factor.above or factor.is_transposed)


def _are_together(usage: Usage) -> bool:
    """e_it = u_i + ε_it."""
    for relation in usage.of(syntax.Relation):
        factors = list(usage.within(relation))
        if any(f.letter == "epsilon" for f in factors) and any(map(_is_residual, factors)):
            return True
    return False


def _is_defined(usage: Usage) -> bool:
    """e = y − Xβ̂, also with a hat."""
    subjects = (usage.single(relation.sides[0]) for relation in usage.of(syntax.Relation))
    return any(subject.letter == "e" and subject.accent in {"", "hat"} and not subject.above for subject in subjects)
