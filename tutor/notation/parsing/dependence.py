r"""What a covariance matrix depends on, in brackets behind it: \mathbf{V}(\boldsymbol\theta), \mathbf{R}_i(\alpha)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tutor.notation.parsing import syntax

_DEPENDENT = frozenset({"V", "R", "G", "Sigma", "D", "W", "Omega"})
"""Letters of covariance matrices."""

_PARAMETERS = frozenset({"sigma", "theta", "phi", "rho", "psi", "gamma", "lambda", "omega"})
"""Letters for all parameters of a covariance matrix together."""


def is_dependent(matrix: syntax.Node | None, brackets: syntax.Node) -> bool:
    """Whether brackets behind a matrix hold the name of its parameters, and no factor: one of the two is bold."""
    if not (isinstance(matrix, syntax.Named) and isinstance(brackets, syntax.Group)):
        return False
    if not isinstance(brackets.inner, syntax.Named) or matrix.spelling.letters not in _DEPENDENT:
        return False
    of = brackets.inner.spelling
    known = of.letters in _PARAMETERS or (of.letters == "alpha" and matrix.spelling.letters == "R")
    return known and not of.subscript and (of.bold or matrix.spelling.bold)


def regrouped(factors: list[Any]) -> list[Any]:
    r"""The factors of a product in which a suffix of such brackets is one of the matrix: \mathbf{V}(\theta)^{-1}."""
    result: list[Any] = []
    for factor in factors:
        before = result[-1] if result else None
        if isinstance(factor, syntax.Inverse | syntax.Prime) and is_dependent(before, factor.inner):
            pair = (result.pop(), factor.inner)
            chain = syntax.Chain(pair[0].start, pair[1].end, ("", ""), pair)
            factor = replace(factor, inner=chain, start=chain.start)
        result.append(factor)
    return result
