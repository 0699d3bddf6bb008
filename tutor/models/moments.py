"""Means, variances and covariances in a model, derived by the laws of `tutor.algebra.laws`."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.laws.moments import MEANS, VARIANCES, definition_of
from tutor.algebra.nodes import (
    Covariance,
    Expectation,
    Explicit,
    Inverse,
    Scalar,
    Scaled,
    Variance,
)
from tutor.algebra.rules import Derivation, Step, without_detours
from tutor.algebra.rules import derive as derive_by
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import TutorError
from tutor.models.linear_forms import given_effects, in_vectors, with_listed
from tutor.models.mixed import MixedModel
from tutor.models.observations.cells import with_primes
from tutor.models.observations.derive import derive_elements, has_listed_elements, has_unlisted_elements
from tutor.models.observations.overall_mean import moment_of_overall_mean
from tutor.models.observations.shared import why_correlated
from tutor.models.projections import with_projections
from tutor.models.quadratic_moments import derive_quadratic
from tutor.models.summed import sums_as_averages
from tutor.models.written_out import by_components, by_structure
from tutor.notation.names import split_given
from tutor.notation.read import read

MOST_LISTED = 12
"""Coefficients of a linear form that a reason lists."""


def derive(model: MixedModel, what: str | Tree) -> Derivation:
    """What is asked of the model, step by step; see `MixedModel.derive`.

    Raises
    ------
    TutorError
        When ``what`` does not follow from the model; for β̂ alone where it is not unique.
    ReadError
        When it cannot be read.
    """
    from tutor.models.asked_forms import derive_form  # which rest on moments themselves
    from tutor.models.inference.estimates_given_effects import derive_given_effects
    from tutor.models.inference.given_data import derive_given_data
    from tutor.models.inference.given_observations import derive_given_observations
    from tutor.models.inference.moments_of_estimates import derive_estimates
    from tutor.models.product_moments import derive_products

    goal = read(what, with_projections(model.vocabulary)).tree if isinstance(what, str) else what
    if goal is not None and is_moment(goal):
        goal = with_primes(goal)
    if isinstance(goal, Applied) and goal.function == "Corr":
        return _correlation(model, *goal.arguments)
    if not isinstance(goal, Expectation | Variance | Covariance):
        return derive_form(model, goal, str(what))
    for find in (
        derive_products, derive_estimates, derive_given_data, derive_given_observations, derive_given_effects,
    ):  # fmt: skip
        found = find(model, goal)
        if found is not None:
            return found
    for symbol in symbols_of(goal):
        subject, given = split_given(symbol.name)
        if given and subject == model.y.name:
            given_effects(model, ",".join(given))  # refuses what this model does not tell
    found = moment_of_overall_mean(model, goal) or derive_elements(model, goal)
    if found is not None:
        return found
    laws = MEANS if isinstance(goal, Expectation) else VARIANCES
    form = in_vectors(model, goal)
    started = derive_by(form, (definition_of(model.y, "the model"), *laws))
    if any(isinstance(node, Expectation | Variance | Covariance) for node in walk(started.result)):
        quadratic = derive_quadratic(model, goal)
        if quadratic is not None:
            return quadratic
        raise TutorError(f"{goal} is not linear in y, u and ε, so these laws do not reach it.")
    steps = list(started.steps)
    if form != goal:
        goal = with_listed(model, goal)
        steps.insert(0, Step("linear-form", _picked(form), goal, form))
    if not isinstance(goal, Expectation):
        # A number is worked out by its entries, which need no structure.
        for write_out in (by_components, by_structure) if form == goal else (by_components,):
            step = write_out(model, steps[-1].after if steps else goal)
            if step is not None:
                steps.append(step)
    value = _value(steps[-1].after) if form != goal and steps else None
    if value is not None:
        steps.append(Step("entries", "by the entries", steps[-1].after, value))
    return Derivation(goal, tuple(steps))


def is_moment(tree: Tree) -> bool:
    """Whether a tree is E, Var, Cov or Corr of something."""
    correlation = isinstance(tree, Applied) and tree.function == "Corr"
    return correlation or isinstance(tree, Expectation | Variance | Covariance)


def has_elements(model: MixedModel, moment: Tree) -> bool:
    """Whether a tree is a moment of elements of y, u or ε, by their names in a list or by their indices.

    Raises
    ------
    TutorError
        For elements that there are not.
    """
    if not is_moment(moment):
        return False
    moment = with_primes(moment)
    return has_listed_elements(model, moment) or has_unlisted_elements(model, moment)


MOST_ROWS = 1000
"""Rows of a model up to which a moment of elements has the value of k'Vk, and not of a formula."""


def element_moment(model: MixedModel, moment: Tree) -> Tree | None:
    """The value of a moment of elements that no vector of the model lists, or one of very many, 1 × 1, of a moment of
    estimates, and of the mean of mean squares or sums of squares by their names; None for any other tree.

    Raises
    ------
    TutorError
        For elements that there are not, and a moment that does not follow from the model.
    """
    from tutor.models.inference.asked_sources import mean_of_squares
    from tutor.models.inference.moments_of_estimates import derive_estimates

    estimated = derive_estimates(model, moment)
    if estimated is not None:
        return estimated.result
    squares = mean_of_squares(model, moment)
    if squares is not None:
        return squares
    if is_moment(moment):
        moment = sums_as_averages(model, moment)
    if not has_elements(model, moment):
        return None
    moment = with_primes(moment)
    many = model.n.is_Integer and bool(model.n > MOST_ROWS)
    return derive(model, moment).result if many or has_unlisted_elements(model, moment) else None


def _correlation(model: MixedModel, left: Tree, right: Tree) -> Derivation:
    """Corr(a, b) of two scalars: its definition, the covariance, the variances, the quotient.

    Raises
    ------
    TutorError
        For vectors, and for what does not vary.
    """
    if not (left.is_scalar and right.is_scalar):
        raise TutorError(f"Corr({left}, {right}) is asked of two elements, and not of vectors.",
                         tip='Write Corr(y_11, y_21); all covariances together are "Var(y)".')  # fmt: skip
    covariance = derive(model, Covariance(left, right))
    variances = [derive(model, Variance(each)) for each in (left, right)]
    assert isinstance(covariance.goal, Covariance)
    goal = Applied("Corr", covariance.goal.parts)
    values = [_number(each) for each in (covariance, *variances)]
    constant = next((each for each, value in zip((left, right), values[1:], strict=True) if value == 0), None)
    if constant is not None:
        raise TutorError(f"{constant} does not vary, so that it has no correlation with anything.",
                         tip="Ask for the correlation of two elements that vary.")  # fmt: skip
    first, *others = [Scalar(value) for value in values]
    lines = [
        _quotient(covariance.goal, *(each.goal for each in variances)),
        _quotient(first, *(each.goal for each in variances)),
        _quotient(first, *others),
        Scalar(_correlation_value(*values)),
    ]
    told = [f"{each.goal} = {value}" for each, value in zip(variances, others, strict=True)]
    reasons = [
        "the definition of correlation",
        _why(model, left, right, values[0]) or f"{covariance.goal} = {first}",
        ", ".join(dict.fromkeys(told)),
        "the quotient",
    ]
    rules = ["definition-of-correlation", "covariance", "variances", "quotient"]
    before = [goal, *lines]
    steps = [Step(*step) for step in zip(rules, reasons, before, lines, strict=False)]
    return without_detours(goal, steps)


def _number(found: Derivation) -> sympy.Expr:
    """The value of a scalar that was derived."""
    if isinstance(found.result, Scalar):
        return found.result.value
    value: Any = found.result.explicit()[0, 0]
    return value


def _quotient(covariance: Tree, first: Tree, second: Tree) -> Tree:
    """Cov/√(Var Var)."""
    root = Applied("power", (Scaled(first, second), Scalar(sympy.Rational(1, 2))))
    return Scaled(covariance, Inverse(root))


def _correlation_value(covariance: sympy.Expr, first: sympy.Expr, second: sympy.Expr) -> sympy.Expr:
    if sympy.expand(first - second) == 0:
        return sympy.cancel(covariance / first)  # pyright: ignore[reportReturnType]
    root = sympy.sqrt(normal(first * second))
    found = covariance / root
    return (
        found
        if any(power.exp.is_Rational and not power.exp.is_Integer for power in root.atoms(sympy.Pow))
        else sympy.cancel(found)
    )  # pyright: ignore[reportReturnType]


def _why(model: MixedModel, left: Tree, right: Tree, covariance: sympy.Expr) -> str | None:
    """What two single observations share; None for other forms."""
    try:
        return why_of_two(model, left, right, covariance).removesuffix(".")
    except TutorError:
        return None


def why_of_two(model: MixedModel, left: Tree, right: Tree, covariance: sympy.Expr | None = None) -> str:
    """Why two single observations are correlated, or are not, in a sentence.

    Raises
    ------
    TutorError
        For anything but two elements of y.
    """
    left, right = with_primes(Covariance(left, right)).parts
    if not all(isinstance(each, Scalar) and each.value.is_Symbol for each in (left, right)):
        raise TutorError(f"{left} and {right} are no two observations.", tip="Name two elements of y: y_11 and y_21.")
    if covariance is None:
        covariance = _number(derive(model, Covariance(left, right)))
    assert isinstance(left, Scalar) and isinstance(right, Scalar)
    return why_correlated(model, left.value, right.value, covariance)


def _picked(form: Tree) -> str:
    """What the vectors of coefficients are, where they are short."""
    vectors = [symbol for symbol in symbols_of(form) if isinstance(symbol.definition, Explicit) and symbol.columns == 1]
    told = []
    for symbol in vectors:
        assert isinstance(symbol.definition, Explicit)
        entries = symbol.definition.matrix.flat()
        if len(entries) <= MOST_LISTED:
            told.append(f"{symbol}' = [{', '.join(map(str, entries))}]")
    return ", ".join(told) or "a sum of elements is a linear form"


def _value(tree: Tree) -> Tree | None:
    """A number of entries worked out, 1 × 1; None where that changes nothing."""
    if not tree.is_scalar or isinstance(tree, Scalar):
        return None
    return Scalar(sympy.factor_terms(sympy.expand(tree.explicit()[0, 0])))
