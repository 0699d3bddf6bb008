"""Covariates of one observation, vectors as long as their slopes: the x_ij of β'x_ij, the X_it of y_it = X_it'β + …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.usage import Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_INDICES = re.compile(r"[a-z](?:_?[a-z]){0,2}")
"""The indices of one observation: i, ij and i,j,k."""

_INDICES_OR_LAG = re.compile(r"[a-z](?:_?[a-z])?(?:-1)?")
"""The indices of one observation, or of the one before it: it and i,t−1."""

_SLOPES = frozenset({"beta", "gamma", "delta", "theta"})


def behind_slopes(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of such covariates, by their keys."""
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol):
        return {}
    keys = {factor.key for factor in _behind_slopes(usage)}
    return {key: Name(key, Symbol(key, beta.tree.rows, ONE)) for key in keys}


def _behind_slopes(usage: Usage) -> Iterator[Factor]:
    """The x_ij of β'x_ij, and the x_ij and the β_g of β_g'x_ij."""
    for slopes, covariates in usage.beside:
        are_slopes = slopes.letter == "beta" and slopes.is_transposed and not slopes.accent
        are_covariates = covariates.letter in {"x", "z", "w"} and not (covariates.accent or covariates.above)
        if not (are_slopes and are_covariates and _INDICES.fullmatch(covariates.below)):
            continue
        yield covariates
        if len(slopes.below) == 1 and slopes.below.isalpha():
            yield slopes


def before_slopes(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of capitals with an index that stand transposed before slopes in the equation of one observation.

    Elsewhere X_i are the rows of a subject, a matrix.
    """
    beta = vocabulary.lookup("beta")
    if beta is None or not isinstance(beta.tree, Symbol) or not _is_about_one(usage):
        return {}
    names: dict[str, Name] = {}
    for covariates, slopes in _before_slopes(usage):
        rows = beta.tree.rows if slopes == "beta" else size(f"p_{slopes}")
        key = covariates.letter + ("bar" if covariates.accent == "bar" else "") + f"_{covariates.below}"
        names[key] = Name(key, Symbol(key, rows, ONE))
        if slopes != "beta":
            names[slopes] = Name(slopes, Symbol(slopes, rows, ONE, "unknown"))
    return names


def _before_slopes(usage: Usage) -> Iterator[tuple[Factor, str]]:
    """The X_it of X_it'β, and the X_it and X̄_i of (X_it − X̄_i)'γ, each with the letter of its slopes."""
    for row, slopes in usage.beside:
        if not row.is_transposed or slopes.letter not in _SLOPES:
            continue
        for factor in usage.within(row.node) if isinstance(row.node, syntax.Group) else (row,):
            if factor.letter in {"X", "Z", "W"} and _INDICES_OR_LAG.fullmatch(factor.below):
                yield factor, slopes.letter


def _is_about_one(usage: Usage) -> bool:
    """Whether an equation is that of one observation, y_it = …, or of the effect of one subject, α_i = …, or an
    observation stands before its mean, y_it − …"""
    for left, _ in usage.equations():
        terms = [product for _, product in usage.terms(left)]
        are_responses = all(product[0].letter in {"y", "Y"} for product in terms[1:])
        if are_responses and len(terms[0]) == 1 and _is_of_one(terms[0][0]):
            return True
    return any(
        sign == "-" and len(first) == 1 and first[0].letter in {"y", "Y"} and first[0].below == "it"
        for node in usage.of(syntax.Sum)
        for (_, first), (sign, _) in pairwise(usage.terms(node))
    )


def _is_of_one(factor: Factor) -> bool:
    return factor.letter in {"y", "Y", "alpha"} and _INDICES_OR_LAG.fullmatch(factor.below) is not None
