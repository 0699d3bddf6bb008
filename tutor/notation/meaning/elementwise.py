r"""A text about single observations, y = β_0 + β_1 x + ε: the letters of vectors are numbers in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.regressions import variables_of_regressions
from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Usage, with_neighbours
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Vocabulary

_MATRICES = frozenset("XZVGRIJH")
_DERIVED = frozenset("fgh")
_RATIO = "gamma"
"""A second letter of u as a vector; as a number it is one of its own, a ratio of variances."""


def elementwise(vocabulary: Vocabulary, usage: Usage) -> Vocabulary | None:
    """The vocabulary in which the letters of vectors are numbers; None for a text of vectors.

    Asked for where a text has no meaning otherwise: nothing in it is bold, and no matrix stands in it.
    """
    if _has_vectors(usage):
        return None
    names = {
        key: named_number(told, name.about)
        for key, name in vocabulary.names.items()
        for told in (key if key == _RATIO else name.key,)
        if isinstance(name.tree, Symbol) and name.tree.columns == ONE
    }
    told = {f"betahat_{factor.below}" for factor in usage.factors if _is_estimate(factor)}
    told |= set(_capitals(usage)) - vocabulary.names.keys() - set(_last(usage))
    told |= {factor.key for factor in variables_of_regressions(usage)}
    names |= {key: named_number(key) for key in sorted(told)}
    return replace(vocabulary, names=MappingProxyType({**vocabulary.names, **names}))


def _has_vectors(usage: Usage) -> bool:
    """Whether something is bold, transposed, a matrix in cells, or a letter that is a matrix on every page."""
    if usage.of(syntax.Matrix) or usage.of(syntax.Kronecker) or any(sign in usage.text for sign in ("%*%", "@", "[[")):
        return True
    numbers = set(_numbers(usage))
    for product in usage.products:
        for _, factor, behind in with_neighbours(product):
            is_function = behind.letter == BRACKET and factor.letter in _DERIVED  # g'(μ)
            is_transposed = factor.above[-1:] in {"'", "ᵀ"} and not is_function
            is_matrix = factor.letter == "Sigma" or (_is_matrix_letter(factor) and factor not in numbers)
            if factor.bold or is_transposed or is_matrix:
                return True
    return False


def _is_matrix_letter(factor: Factor) -> bool:
    return factor.letter in _MATRICES and factor.is_alone and len(factor.below) < 2


def _numbers(usage: Usage) -> Iterator[Factor]:
    """The H of a test, H = (β̂_FE − β̂_RE)²/…, the variance function V(μ), the mean of a covariate, X̄, and the
    covariates of regressions, which are numbers."""
    variables = {factor.spelled for factor in variables_of_regressions(usage)}
    yield from (factor for factor in usage.factors if factor.spelled in variables)
    yield from (factor for factor in usage.factors if factor.letter in {"X", "Z"} and factor.accent == "bar")
    for relation in usage.of(syntax.Relation):
        if isinstance(relation.sides[1], syntax.Fraction):
            yield from (factor for factor in (usage.single(relation.sides[0]),) if factor.letter == "H")
    for variance, brackets in usage.beside:
        of = usage.single(brackets.node.inner) if isinstance(brackets.node, syntax.Group) else NOTHING
        yield from (variance,) if variance.letter == "V" and of.letter == "mu" else ()


def _is_estimate(factor: Factor) -> bool:
    r"""\hat\beta_{FE}, the estimate of one coefficient."""
    is_label = 2 <= len(factor.below) <= 8 and factor.below.isascii() and factor.below.isupper()
    return factor.letter == "beta" and factor.accent == "hat" and is_label


def _capitals(usage: Usage) -> Iterator[str]:
    """The capitals that stand alone, and before no brackets: those may be of functions."""
    called = {
        name
        for chain in usage.of(syntax.Chain)
        for name, sign, brackets in zip(chain.factors, chain.signs[1:], chain.factors[1:], strict=False)
        if sign == "" and isinstance(brackets, syntax.Group)
    }
    yield from (f.letter for f in usage.factors if f.is_capital and f.is_alone and f.node not in called)


def _last(usage: Usage) -> Iterator[str]:
    """The T of t = 1, …, T, which is a count."""
    yield from (usage.single(node.last).letter for node in usage.of(syntax.Range))
