r"""Capitals that are variables of a regression, and no matrices: the X of Y = β_0 + β_1X + ε and the T of a + bT.

Behind a coefficient with a number or an index, or behind one letter beside an intercept, stands one variable: of a
design matrix the coefficients stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tutor.notation.meaning.usage import Factor, Product, Usage, pairs
from tutor.notation.parsing import syntax

_COEFFICIENTS = frozenset({"beta", "b", "gamma", "alpha", "delta", "theta"})
_INTERCEPTS = _COEFFICIENTS | {"mu", "a"}
_INDICES = frozenset("ijk")
_VARIABLES = frozenset("XZWDTYG")


def variables_of_regressions(usage: Usage) -> frozenset[Factor]:
    """The capitals that are variables, and the coefficients before them that are one letter; none where one of them is
    a design matrix elsewhere."""
    if any(map(_is_of_matrices, usage.products)):
        return frozenset()
    return frozenset(factor for node in usage.of(syntax.Sum) for factor in _numbers_in(node, usage))


def _numbers_in(node: syntax.Sum, usage: Usage) -> Iterator[Factor]:
    """The variable of a function in a sum, the variables behind coefficients in a sum with an intercept, and the
    coefficients that are one letter."""
    terms = [product for _, product in usage.terms(node)]
    for term in terms:
        yield from (_argument(term[-1], usage) if len(term) == 2 else ())
    if not any(len(term) == 1 and _is_intercept(term[0]) for term in terms):
        return
    for slope, *variables in terms:
        are_variables = bool(variables) and all(map(_is_variable, variables))
        if (
            are_variables
            and slope.letter in _COEFFICIENTS
            and _is_plain(slope)
            and (slope.below.isdigit() or slope.below in _INDICES)
        ):
            yield from variables
        elif are_variables and slope.letter in {"beta", "b"} and _is_plain(slope) and not slope.below:
            yield slope
            yield from variables


def _argument(factor: Factor, usage: Usage) -> Iterator[Factor]:
    """The X_1 of Y = f(X_1, X_2) + ε."""
    call = factor.node
    if isinstance(call, syntax.Call) and call.function == "density":
        yield from filter(_is_variable, map(usage.single, call.arguments))


def _is_plain(factor: Factor) -> bool:
    return not (factor.bold or factor.above or factor.accent not in {"", "hat"})


def _is_intercept(factor: Factor) -> bool:
    return factor.letter in _INTERCEPTS and _is_plain(factor) and factor.below in {"", "0"}


def _is_variable(factor: Factor) -> bool:
    """A plain capital, perhaps with a number or squared, X, X_1 and X²."""
    is_power = factor.above in {"", "2", "3"}
    is_numbered = factor.below == "" or factor.below.isdigit()
    return factor.letter in _VARIABLES and is_power and is_numbered and not (factor.bold or factor.accent)


def _is_of_matrices(product: Product) -> bool:
    """X', a bold X, and Xβ: as design matrices."""
    if any(factor.letter in {"X", "Z", "W"} and (factor.bold or factor.is_transposed) for factor in product):
        return True
    return any(
        first.letter in {"X", "Z"} and second.letter in _COEFFICIENTS | {"u"} and not second.below.isdigit()
        for first, second in pairs(product)
    )
