"""The estimator of k'β while sizes are letters and it is no sum of averages: by the equations, and as a formula where
the design has one.

k is a name, p × 1, for its coefficients are not listed. Source: Searle (1971), Linear Models, section 5.4.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import Expectation, Product, Symbol, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.inference.closed_estimate import ClosedEstimate, column_of_function
from tutor.models.inference.derived import Claim
from tutor.models.inference.derived_errors import variance_of_function
from tutor.models.inference.estimates_beside_covariates import estimate_beside_covariate
from tutor.models.inference.estimates_of_alike_units import estimate_by_alike_units
from tutor.models.inference.estimates_of_incomplete_blocks import estimate_in_incomplete_blocks
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.standard_errors import is_open, standard_error
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline

NOT_LISTED = "With letters for sizes the weights of the observations are not listed; with numbers they are."

OPEN = (
    "The weights of the observations depend on which treatments are together in a unit, which letters for sizes do not "
    "tell: with numbers for the sizes they are listed."
)


def estimate_by_equations(parts: LeastSquares, what: Any, name: str) -> Estimator:
    """The estimator of k'β, k'(X'WX)⁻X'Wy, with its variance by what `standard_error` knows of the design.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    """
    model = parts.model
    told = model.estimable(what)
    if not told:
        raise TutorError(told.because, tip=told.instead)
    closed = _closed(model, what) if parts.weighted else None
    k = Symbol("k", model.p, ONE, definition=column_of_function(model, what), scope=model.scope)
    function = inline(told.function)
    across = Transpose(k)
    return Estimator(
        model=model,
        what=f"{name} of {function}",
        symbol=Product((across, parts.estimate)),
        formula=product_of((across, parts.formula)),
        matrix=product_of((across, parts.matrix)),
        variance=product_of((across, parts.variance, k)),
        names=(function,),
        claims=(
            Claim("estimate", "the same for every solution β̂", partial(_estimate, parts, across, closed, function)),
            Claim("mean", "unbiased", partial(_mean, parts, across, function)),
            Claim("variance", "the variance of the estimate", partial(_variance, parts, k, what, function)),
        ),
        remarks=(
            f"k'β is {function}.",
            f"{closed.told}." if closed else OPEN if is_open(model) else NOT_LISTED,
            told.because,
        ),
    )


DESIGNS: tuple[Callable[[MixedModel, Any], ClosedEstimate | None], ...] = (
    estimate_in_incomplete_blocks,
    estimate_beside_covariate,
    estimate_by_alike_units,
)
"""The designs that have a formula."""


def _closed(model: MixedModel, what: Any) -> ClosedEstimate | None:
    return next((found for design in DESIGNS if (found := design(model, what)) is not None), None)


def _estimate(parts: LeastSquares, across: Tree, closed: ClosedEstimate | None, function: str) -> Derivation:
    told = f"{inline(parts.estimate)} = {inline(parts.formula)}, k'β being {function}"
    lines = [("definition", told, product_of((across, parts.formula)))]
    if closed is not None:
        lines.append(("closed-form", closed.because, closed.formula))
    return chain(product_of((across, parts.estimate)), *lines)


def _mean(parts: LeastSquares, across: Tree, function: str) -> Derivation:
    estimate = product_of((across, parts.estimate))
    matrix = product_of((across, parts.matrix))
    beta = parts.model.beta
    return chain(
        Expectation(estimate),
        ("definition", f"{inline(estimate)} = {inline(product_of((matrix, parts.y)))}",
         Expectation(product_of((matrix, parts.y)))),
        ("expectation-of-linear", "E(Ax) = A E(x)", product_of((matrix, parts.X, beta))),
        ("estimable", f"k' = a'X for some a, and X stays what it is under its projection; k'β is {function}",
         product_of((across, beta))),
    )  # fmt: skip


def _variance(parts: LeastSquares, k: Symbol, what: Any, function: str) -> Derivation:
    if parts.weighted:
        try:
            return standard_error(parts.model, what).derivation
        except TutorError:  # it depends on the rows
            return variance_of_function(parts.model, function, k.definition)
    across = Transpose(k)
    return chain(
        Variance(product_of((across, parts.estimate))),
        ("variance-of-linear", f"Var(k'x) = k' Var(x) k, Var({inline(parts.estimate)}) = {inline(parts.variance)}",
         product_of((across, parts.variance, k))),
    )  # fmt: skip
