"""The estimate of an estimable function k'β: the same for every solution β̂, and in a balanced design a sum of means.

k = X'a for some a, so that k'(X'WX)⁻X'WX = a'X = k' whatever the generalized inverse is. Source: Searle (1971), Linear
Models, section 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.laws.joining import product_of, times
from tutor.algebra.nodes import Expectation, Explicit, Product, Scalar, Symbol, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.inference.averages_of_cells import has_averages
from tutor.models.inference.blue import weights_of_estimate
from tutor.models.inference.cells_of_weights import MOST_MEANS, Cells, cells_of_weights, name_of_mean
from tutor.models.inference.derived import Claim
from tutor.models.inference.estimate_by_averages import estimate_by_averages
from tutor.models.inference.estimate_by_equations import estimate_by_equations
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.weighted_mean import weighted_mean
from tutor.models.inference.zyskind import ols_is_blue
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.estimability import Estimability
    from tutor.models.mixed import MixedModel

MOST_OBSERVATIONS = 60
"""Observations of a model of which weights are worked out in letters, where these depend on variances."""


def estimate_of(parts: LeastSquares, what: Any, name: str) -> Estimator:
    """The estimator of k'β for a function of the fixed effects: text, a tree, or coefficients; see `estimable`.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    """
    model = parts.model
    if not model.n.is_Integer:
        by_groups = weighted_mean(parts, what, name)
        if by_groups is not None:
            return by_groups
        return (estimate_by_averages if has_averages(model) else estimate_by_equations)(parts, what, name)
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    k = symbol("k", model.p, definition=Explicit(told.coefficients))
    function = inline(told.function)
    return Estimator(
        model=model,
        what=f"{name} of {function}",
        symbol=Product((Transpose(k), parts.estimate)),
        formula=product_of((Transpose(k), parts.formula)),
        matrix=product_of((Transpose(k), parts.matrix)),
        variance=product_of((Transpose(k), parts.variance, k)),
        names=(function,),
        claims=tuple(_claims(parts, k, told)),
        remarks=(told.because,),
    )


def _claims(parts: LeastSquares, k: Symbol, told: Estimability) -> Iterator[Claim]:
    yield Claim("estimate", "the same for every solution β̂", partial(_estimate, parts, k, told))
    yield Claim("mean", "unbiased", partial(_mean, parts, k, told))
    yield Claim("variance", "the variance of the estimate", partial(_variance, parts, k, told))


def _estimate(parts: LeastSquares, k: Symbol, told: Estimability) -> Derivation:
    lines = [("definition", f"{inline(parts.estimate)} = {inline(parts.formula)}",
              product_of((Transpose(k), parts.formula)))]  # fmt: skip
    weights = _weights(parts, told)
    means = None if weights is None else in_means(parts.model, weights)
    if means is not None and parts.model.offset is None:
        lines.append(("closed-form", "the weights of the observations, those that are alike as means", means))
    return chain(product_of((Transpose(k), parts.estimate)), *lines)


def _mean(parts: LeastSquares, k: Symbol, told: Estimability) -> Derivation:
    beta = parts.model.beta
    matrix = product_of((Transpose(k), parts.matrix))
    estimate = product_of((Transpose(k), parts.estimate))
    return chain(
        Expectation(estimate),
        ("definition", f"{inline(estimate)} = {inline(product_of((matrix, parts.y)))}",
         Expectation(product_of((matrix, parts.y)))),
        ("expectation-of-linear", "E(Ax) = A E(x)", product_of((matrix, parts.X, beta))),
        ("estimable", "k' = a'X for some a, and X stays what it is under its projection",
         product_of((Transpose(k), beta))),
        ("entries", "by the entries of k", told.function),
    )  # fmt: skip


def _variance(parts: LeastSquares, k: Symbol, told: Estimability) -> Derivation:
    estimate = product_of((Transpose(k), parts.estimate))
    lines: list[tuple[str, str, Tree]] = [
        ("variance-of-linear", f"Var(k'x) = k' Var(x) k, Var({inline(parts.estimate)}) = {inline(parts.variance)}",
         product_of((Transpose(k), parts.variance, k)))
    ]  # fmt: skip
    value = _value(parts, told)
    if value is not None:
        lines.append(("closed-form", "by the entries", Scalar(value)))
    return chain(Variance(estimate), *lines)


def _weights(parts: LeastSquares, told: Estimability) -> Sequence[sympy.Expr] | None:
    """The numbers by which the observations are multiplied; None where they depend on variances in a large model."""
    plain = not parts.weighted or ols_is_blue(parts.model, quick=True)
    if not plain and parts.model.n > MOST_OBSERVATIONS:
        return None
    return weights_of_estimate(parts.model, told.coefficients.flat(), weighted=not plain)


def _value(parts: LeastSquares, told: Estimability) -> sympy.Expr | None:
    """The variance as an expression in the parameters: w'Vw for weights w."""
    weights = _weights(parts, told)
    if weights is None:
        return None
    V = parts.model.V.explicit()
    total = sympy.Add(*(
        a * b * V[i, j]
        for i, a in enumerate(weights) if a != 0
        for j, b in enumerate(weights) if b != 0 and V[i, j] != 0
    ))  # fmt: skip
    return normal(total)


def in_means(model: MixedModel, weights: Sequence[sympy.Expr]) -> Tree | None:
    """Σ w_i y_i as a sum of means over the cells in which the weights are alike, 1 × 1; None for too many.

    The cells are those of as few indices as there can be: ȳ_1· − ȳ_2· where the weights differ between treatments only.
    """
    if model.plan is None or not model.plan.layout.is_listed:
        rows = [i for i, weight in enumerate(weights) if weight != 0]
        terms = [times(weights[i], _observation(model, i)) for i in rows] if 0 < len(rows) <= MOST_MEANS else []
        return sum_or_term(terms) if terms else None
    found = cells_of_weights(model, weights, model.index.response.indices)
    return None if found is None else _sum_of_means(model, *found)


def _sum_of_means(model: MixedModel, chosen: Sequence[str], shares: Cells) -> Tree | None:
    terms = [
        times(share, _mean_of(model, dict(zip(chosen, cell, strict=True)), rows))
        for cell, (share, rows) in shares.items()
        if share != 0
    ]
    return sum_or_term(terms) if 0 < len(terms) <= MOST_MEANS else None


def _mean_of(model: MixedModel, place: dict[str, int], rows: Sequence[int]) -> Symbol:
    """The mean of the observations in these rows, 1 × 1, by its name ȳ_1·, or the only one by its name y_12."""
    return _average(model, name_of_mean(model, place), rows)


def _observation(model: MixedModel, row: int) -> Symbol:
    """The observation in a row, 1 × 1, by its name."""
    entries = model.y.entries
    return _average(model, f"y_{row + 1}" if entries is None else str(entries[row, 0]), [row])


def _average(model: MixedModel, name: str, rows: Sequence[int]) -> Symbol:
    picked = [sympy.Rational(int(i in rows), len(rows)) for i in range(int(model.n))]  # pyright: ignore[reportArgumentType]
    average = Product((Explicit(ImmutableDenseMatrix([picked])), model.y))
    return Symbol(name, ONE, ONE, "random", definition=average)
