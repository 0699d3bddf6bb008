r"""Letters of models in space by the equation in which they stand: the W of u = ρWu + v, the γ of Xβ + WXγ, and the c_0
of the prediction c_0'C^{-1}z.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Usage, triples, with_neighbours
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_AUTOREGRESSIVE = frozenset({"rho", "lambda", "phi"})
_LAGGED = frozenset({"u", "v", "eta", "xi", "nu", "epsilon"})
_INNOVATIONS = frozenset({"u", "v", "xi", "nu", "zeta"})
_COVARIANCES = frozenset({"c", "k"})
"""Letters of the covariances with what is predicted."""


def of_lagged_covariates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The γ of Xβ + WXγ, coefficients of the same covariates as β."""
    beta = vocabulary.lookup("beta")
    if beta is None or not (_has_lagged_covariates(usage) and _has_covariates(usage)):
        return {}
    return {"gamma": Name("gamma", Symbol("gamma", beta.tree.rows, ONE, "unknown"))}


def _has_lagged_covariates(usage: Usage) -> bool:
    """WXγ."""
    return any(
        (first.letter, second.letter) == ("W", "X")
        and first.is_bare
        and second.is_bare
        and third.letter in {"gamma", "theta"}
        for product in usage.products
        for first, second, third in triples(product)
    )


def _has_covariates(usage: Usage) -> bool:
    """Xβ, with nothing before it."""
    return any(
        len(product) > 1 and product[0].letter == "X" and product[0].is_bare and product[1].letter == "beta"
        for product in usage.products
    )


def of_spatial_lags(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u, v and n × n neighbours W of u = ρWu + v, where u is as long as y."""
    y = vocabulary.lookup("y")
    keys = set(_spatial_lags(usage)) if y is not None else set()
    if y is None or not keys:
        return {}
    rows = y.tree.rows
    vectors = {key: Name(key, Symbol(key, rows, ONE, role="random")) for key in keys - {"epsilon"}}
    return vectors | {"W": Name("W", Symbol("W", rows, rows, "known"))}


def _spatial_lags(usage: Usage) -> Iterator[str]:
    """The u and the v of u = ρWu + v."""
    for left, right in usage.equations():
        subject, ((_, lag), *others) = usage.single(left), usage.terms(right)
        number, neighbours, same = lag if len(lag) == 3 else (NOTHING, NOTHING, NOTHING)
        is_lag = number.letter in _AUTOREGRESSIVE and neighbours.letter == "W" and neighbours.is_bare
        if not is_lag or subject.letter not in _LAGGED or same.letter != subject.letter:
            continue
        yield subject.letter
        sign, rest = others[0] if len(others) == 1 else ("", ())
        if sign == "+" and len(rest) == 1 and rest[0].letter in _INNOVATIONS and rest[0].is_bare:
            yield rest[0].letter


def of_predictions(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The c_0 of C⁻¹c_0, the covariances with what is predicted, and the weights λ that are equal to it."""
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    keys = {key for rule in (_covariances_with_predicted, _data, _weights) for key in rule(usage)}
    return {key: Name(key, Symbol(key, y.tree.rows, ONE, "known")) for key in keys}


def _covariances_with_predicted(usage: Usage) -> Iterator[str]:
    """The c_0 of C⁻¹c_0, and the k_* of k_*'(K + σ²I)⁻¹."""
    for product in usage.products:
        for before, factor, behind in with_neighbours(product):
            is_row = factor.is_transposed and _is_inverse(behind, usage)
            is_column = not factor.above and _is_inverse(before, usage) and behind.letter != BRACKET
            if _is_covariances(factor) and (is_row or is_column):
                yield factor.key


def _data(usage: Usage) -> Iterator[str]:
    """The z of c_0'C⁻¹z."""
    for product in usage.products:
        for row, inverse, data in triples(product):
            is_weighted = _is_covariances(row) and row.is_transposed and _is_inverse(inverse, usage)
            if is_weighted and data.letter == "z" and not data.below:
                yield "z"


def _weights(usage: Usage) -> Iterator[str]:
    """The λ of λ = C⁻¹c_0."""
    for left, right in usage.equations():
        weights, product = usage.single(left), usage.terms(right)[0][1]
        is_weighted = len(product) == 2 and _is_inverse(product[0], usage) and _is_covariances(product[1])
        if weights.letter == "lambda" and weights.is_bare and is_weighted:
            yield "lambda"


def _is_covariances(factor: Factor) -> bool:
    return factor.letter in _COVARIANCES and factor.below in {"", "0", "*"} and not factor.accent


def _is_inverse(factor: Factor, usage: Usage) -> bool:
    """C⁻¹, and (K + σ²I)⁻¹."""
    if factor.above != "-1":
        return False
    if isinstance(factor.node, syntax.Group):
        sums = factor.node.inner
        first = usage.terms(sums)[0][1] if isinstance(sums, syntax.Sum) else ()
        return len(first) == 1 and first[0].letter == "K" and first[0].is_bare
    return factor.letter in {"C", "K", "Sigma"} and not factor.below
