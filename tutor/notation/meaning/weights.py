r"""Capitals with a number below them that are matrices by where they stand: the V_0 of (y − Xβ)'V_0⁻¹(y − Xβ).

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.algebra.nodes import Symbol
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary


def of_weights(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name | None]:
    """The V_0 of a'V_0⁻¹b and of (V_0)_{ij}, n × n, where nothing else is called so."""
    y = vocabulary.lookup("y")
    if y is None or not any(map(_is_numbered, usage.factors)):
        return {}
    rows = y.tree.rows
    names: dict[str, Name | None] = {}
    for factor in (factor for rule in _RULES for factor in rule(usage) if _is_numbered(factor)):
        known = vocabulary.lookup(factor.letter)
        is_other = known is not None and (known.tree.rows != rows or known.tree.columns != rows)
        if factor.key not in vocabulary.names and not is_other:
            names[factor.key] = Name(factor.key, Symbol(factor.key, rows, rows, "known", frozenset({"symmetric"})))
    return names


def _is_numbered(factor: Factor) -> bool:
    is_matrix = factor.is_capital and factor.letter not in {"I", "J"} and not factor.accent
    return is_matrix and factor.is_numbered


def _behind_rows(usage: Usage) -> Iterator[Factor]:
    """The V_0 of a'V_0⁻¹: behind a row stands no number."""
    for row, weight in usage.beside:
        if row.is_transposed and weight.is_inverted:
            yield weight


def _with_elements(usage: Usage) -> Iterator[Factor]:
    """The V_0 of (V_0)_{ij}: a number has no elements."""
    for call in usage.of(syntax.Call):
        if call.function == "element" and isinstance(call.arguments[0], syntax.Group):
            yield usage.single(call.arguments[0].inner)


def _of_covariances(usage: Usage) -> Iterator[Factor]:
    """The V_0 of Cov(Y_i) = σ²V_0: a covariance matrix is no number."""
    for left, right in usage.equations():
        if isinstance(left, syntax.Call) and left.function == "Cov" and len(left.arguments) == 1:
            matrices = [factor for factor in usage.terms(right)[0][1] if factor.letter != "sigma"]
            yield from matrices[:1]


_RULES = (_behind_rows, _with_elements, _of_covariances)
