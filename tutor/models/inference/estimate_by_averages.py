"""The estimator of k'β while sizes are letters: a sum of averages of y, ȳ_1· − ȳ_2·, with its mean and variance."""

from __future__ import annotations

from functools import partial
from typing import Any

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.laws.joining import product_of
from tutor.algebra.nodes import Expectation, Scalar, Transpose, Variance
from tutor.algebra.rules import Derivation, chain
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.inference.averages_of_cells import Averages, averages_of_estimate, sum_of_averages
from tutor.models.inference.closed_estimate import average_of_cell
from tutor.models.inference.derived import Claim
from tutor.models.inference.estimates_by_letters import derive_letters, sum_of_names, with_estimates
from tutor.models.inference.estimator import Estimator
from tutor.models.inference.least_squares import LeastSquares
from tutor.models.inference.named_estimates import hatted
from tutor.models.inference.standard_errors import standard_error
from tutor.models.mixed import MixedModel
from tutor.notation.write import inline


def estimate_by_averages(parts: LeastSquares, what: Any, name: str) -> Estimator:
    """The estimator of k'β, τ̂_1 − τ̂_2, of a design with letters for sizes.

    Raises
    ------
    TutorError
        When the function is not estimable, with the reason.
    SizeError
        Where the estimate is no sum of averages for all sizes.
    """
    model = parts.model
    told = model.estimable(what)
    averages = averages_of_estimate(model, what)
    function: sympy.Expr = told.function.explicit()[0, 0]  # pyright: ignore[reportAssignmentType]
    estimate = Scalar(function.xreplace({letter: hatted(letter) for letter in function.free_symbols}))  # pyright: ignore[reportArgumentType]
    k = symbol("k", model.p)
    found = Scalar(sum_of_averages(averages))
    return Estimator(
        model=model,
        what=f"{name} of {inline(told.function)}",
        symbol=estimate,
        formula=found,
        matrix=product_of((Transpose(k), parts.matrix)),
        variance=Variance(estimate),
        names=(inline(told.function),),
        claims=(
            Claim("estimate", "the same for every solution β̂", partial(_estimate, model, estimate, averages)),
            Claim("mean", "unbiased", partial(_moment, model, Expectation(estimate))),
            Claim("variance", "the variance of the estimate", partial(_variance, model, what, Variance(estimate))),
        ),
        remarks=(told.because,),
    )


def _estimate(model: MixedModel, estimate: Tree, averages: Averages) -> Derivation:
    """The averages by names that have a value where each of them has one."""
    because = "the normal equations are solved by averages, less those of the effects inside each term"
    form = sum_of_averages(averages)
    named = {each.key: average_of_cell(model, each) for each in averages}
    names = {key: symbol for key, symbol in named.items() if symbol is not None}
    found = sum_of_names(model, form, names) if len(names) == len(named) else None
    return chain(with_estimates(model, estimate), ("averages", because, found or Scalar(form)))


def _variance(model: MixedModel, what: Any, goal: Tree) -> Derivation:
    """By the averages, or by what is known of differences where a square tells which plots these are taken over."""
    try:
        return _moment(model, goal)
    except TutorError:
        return standard_error(model, what).derivation


def _moment(model: MixedModel, goal: Tree) -> Derivation:
    found = derive_letters(model, goal)
    if found is None:
        raise TutorError(f"{inline(goal)} does not follow from the indices of this model.",
                         tip="Give numbers for the sizes.")  # fmt: skip
    return found
