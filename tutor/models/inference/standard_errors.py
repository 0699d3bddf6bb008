"""Standard errors of means and of differences between means, with letters for sizes and variances.

In an orthogonal design the estimate of a mean is the average of its observations. A random effect enters its variance
with σ²/m, m being how many different effects of its kind the mean has; it leaves a difference when both means have the
same effects. In balanced incomplete blocks the information on a difference comes from within blocks and from between
them, r e/σ² + r(1 − e)/(σ² + kσ²_u) with the efficiency e = t(k − 1)/(k(t − 1)). Source: Cochran and Cox (1957),
Experimental Designs, chapters 4, 7 and 11; Yates (1940), The recovery of inter-block information.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sympy

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Inverse, Product, Transpose
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.errors import SizeError, TutorError
from tutor.models.inference.asked_means import (
    Coefficients,
    differences_of,
    factors_of_letter,
    means_of,
    question_of_differences,
    question_of_means,
)
from tutor.models.inference.averages_of_cells import averages_of_estimate, told_averages, variance_of_averages
from tutor.models.inference.blue import quadratic_forms, require_estimable, variance_of_estimate
from tutor.models.inference.closed_estimate import column_of_function
from tutor.models.inference.coefficients_of_means import at_first_levels, coefficients_of_mean
from tutor.models.inference.derived_errors import variance_of_function
from tutor.models.inference.errors_beside_covariates import of_covariance, of_function_beside_covariate
from tutor.models.inference.errors_of_augmented_blocks import of_augmented, of_two_entries
from tutor.models.inference.errors_of_carryover import function_beside_carryover, of_carryover
from tutor.models.inference.errors_of_incomplete_blocks import (
    balanced_incomplete,
    of_balanced_incomplete,
    of_contrast,
    value_of,
)
from tutor.models.inference.errors_of_repeats import by_repeats
from tutor.models.inference.errors_of_resolvable_blocks import of_resolvable
from tutor.models.inference.errors_of_unequal_variances import of_unequal_variances, unequal_variances
from tutor.models.inference.errors_over_an_index import Asked, kinds_by_levels, shares_over_index
from tutor.models.inference.kinds_of_errors import Answer, Kinds, Question
from tutor.models.inference.source_parts import RESIDUAL, Classes, Part, ordered_parts
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.standard_error import Contribution, StandardError, told_error
from tutor.notation.read import read
from tutor.notation.style import Style
from tutor.notation.write import inline
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

LECTURE = Style()

GENERALIZED = "Var(k'β̂) = k'(X'V⁻¹X)⁻k, by generalized least squares"


def se_mean(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardError:
    """The standard error of the mean of one level of ``effect``, over all levels of the other factors but ``at``.

    ``effect`` is a factor, "treatment", several of them, "A:B", or the letter of its effects, "tau".

    Raises
    ------
    UnknownNameError
        For an effect that the fixed part does not have.
    TutorError
        Where the means of the levels do not have the same variance; for a covariate.
    SizeError
        For a design that is not orthogonal with letters for sizes.
    """
    question = question_of_means(model, effect, at)
    return _of_all(
        model, question, _asking("se_means", effect, at), lambda numbers: [*means_of(numbers, effect, at).values()]
    )


def se_difference(model: MixedModel, effect: str, at: str | Sequence[str] = ()) -> StandardError:
    """The standard error of the difference between the means of two levels of ``effect``, of several factors where each
    has another level; with ``at`` at the same level of these factors.

    Raises
    ------
    As `se_mean`.
    """
    question = question_of_differences(model, effect, at)
    return _of_all(
        model,
        question,
        _asking("se_differences", effect, at),
        lambda numbers: [*differences_of(numbers, effect, at, question.differing).values()],
    )


def _asking(method: str, effect: str, at: str | Sequence[str]) -> str:
    """m.se_means("A"), m.se_differences("A", "B"): how all means are asked for."""
    told = f'"{at}"' if isinstance(at, str) else str([*at])
    return f'm.{method}("{effect}"{f", {told}" if at else ""})'


Functions = Callable[["MixedModel"], list[Coefficients]]
"""The functions k'β that are asked for, of a model whose sizes are numbers."""


def _of_all(model: MixedModel, question: Question, instead: str, functions: Functions) -> StandardError:
    """The standard error that all means or differences have, by what the design tells or by the rows."""
    found = known_kinds(model, question)
    if isinstance(found, Kinds):
        found = _only_kind(found, question.what, instead)
    if found is None:
        found = by_repeats(model, lambda numbers: _of_all(numbers, question, instead, functions))
    if found is None:
        return _the_same(model, question.what, functions(model), instead)
    if model.n.is_Integer:
        return opened(model, found, lambda: functions(model)[0])
    return of_means(model, found, question)


def of_means(model: MixedModel, found: StandardError, question: Question, picked: Tree | None = None) -> StandardError:
    """The standard error of a mean or a difference while sizes are letters, with its derivation; ``picked`` as in
    `Kind`."""
    return opened(model, at_first_levels(model, found), lambda: coefficients_of_mean(model, question, picked))


def opened(
    model: MixedModel, found: StandardError, k: Callable[[], Coefficients | Tree | None] = lambda: None
) -> StandardError:
    """The standard error with its derivation in a model; the coefficients of k'β are asked for with it."""
    return replace(found, opening=lambda: variance_of_function(model, found.what, k()))


DESIGNS: tuple[Answer, ...] = (
    of_balanced_incomplete,
    of_augmented,
    of_resolvable,
    of_carryover,
    of_covariance,
    of_unequal_variances,
)
"""What designs that are not orthogonal answer."""


def known_kinds(model: MixedModel, question: Question) -> Kinds | StandardError | None:
    """What is known without listing the rows: one standard error for all, or the kinds of a design; None where the rows
    tell it.

    Raises
    ------
    TutorError
        Where nothing like it is estimable, or is known for no sizes.
    """
    for answer in DESIGNS:
        found = answer(model, question)
        if found is not None:
            return found
    components = _components(model, question.cell)
    if components is not None and question.differing:
        return told_error(
            question.what, [_of_difference(part, question.differing, question.cell, model) for part in components]
        )
    if components is not None:
        return told_error(question.what, [_of_mean(part, question.cell, model) for part in components])
    try:
        shares = shares_over_index(model, Asked(question.cell, question.differing))
    except SizeError:
        by_levels = kinds_by_levels(model, question)
        if by_levels is None:
            raise
        return by_levels
    if shares is not None:
        return told_error(question.what, shares)
    if is_open(model):
        raise SizeError(
            "Letters for sizes do not tell which treatments are together in a unit, and each mean and each difference "
            "has a variance by that.",
            tip="Give numbers for the sizes: m.se_differences(…) lists the pairs, with their average.",
        )
    return None


def is_open(model: MixedModel) -> bool:
    """Whether letters for sizes leave open which level of some factor a row has, as that of treatments in a block."""
    if model.plan is None or model.n.is_Integer:
        return False
    layout = model.plan.layout
    return layout.codes is None and any(not layout.knows(letter) for letter in layout.determined)


def _only_kind(found: Kinds, what: str, instead: str) -> StandardError:
    """The standard error of all means or differences. Raises TutorError where they differ, with the reason."""
    if len(found.kinds) == 1 and not found.rest:
        return found.kinds[0].error
    because = f"The standard error of {what} is not the same for all: {found.differ}."
    if found.rest:
        because = f"Not every {what.removeprefix('the ')} is estimable: {found.rest}."
    raise TutorError(because, tip=f"{instead} has what is known of them.")


def standard_error(model: MixedModel, what: Any) -> StandardError:
    """The standard error of k'β̂ by generalized least squares, for sizes that are numbers.

    Raises
    ------
    TutorError
        When k'β is not estimable, with the reason; for more than 240 observations.
    SizeError
        When a size of the model is a letter.
    """
    if not model.n.is_Integer:
        return opened(model, _of_letters(model, what), lambda: column_of_function(model, what))
    found = variance_of_estimate(model, what)
    told = model.estimable(what)
    error = StandardError(inline(told.function), found, (Contribution(found, GENERALIZED),))
    return opened(model, error, lambda: tuple(told.coefficients.flat()))


def _of_letters(model: MixedModel, what: Any) -> StandardError:
    """The standard error of k'β̂ while a size is a letter: by the one column of X, by balanced incomplete blocks, beside
    a covariate, by units that are alike, by averages where OLS is best, or as a contrast of effects all of whose
    differences have one variance."""
    incomplete = balanced_incomplete(model)
    if incomplete is not None:
        return told_error(_written(model, what), of_contrast(model, what, incomplete))
    beside = of_function_beside_covariate(model, what)
    if beside is not None:
        return told_error(_written(model, what), beside, apart=True)
    carried = function_beside_carryover(model, what)
    if carried is not None:
        return told_error(_written(model, what), [carried])
    repeated = by_repeats(model, lambda numbers: standard_error(numbers, what))
    if repeated is not None:
        return repeated
    try:
        averages = averages_of_estimate(model, what)
    except SizeError:
        contrast = _of_contrast(model, what)
        if contrast is not None:
            return contrast
        if model.p != 1:
            raise
        return _of_one_column(model, what)
    try:
        found = value_of(variance_of_averages(model, averages).result)
    except TutorError:  # which plots the averages are over is told by a square
        contrast = _of_contrast(model, what)
        if contrast is None:
            raise
        return contrast
    told = f"the variance of {told_averages(averages)}, the estimate by averages"
    return StandardError(_written(model, what), found, (Contribution(found, told),))


def _of_contrast(model: MixedModel, what: Any) -> StandardError | None:
    """Σ c_i τ_i with Σ c_i = 0 has Σ c_i²/2 times the variance of a difference, where that is the same for all; None
    for anything else."""
    determined = model.plan is not None and bool(model.plan.layout.determined)
    is_told = determined or unequal_variances(model) is not None
    tree = read(what, model.vocabulary).tree if isinstance(what, str) and is_told else None
    shares = None if tree is None or not tree.is_scalar else value_of(tree).as_coefficients_dict()
    bases = {str(effect).partition("_")[0] for effect in shares or ()}
    factors = factors_of_letter(model, bases.pop()) if len(bases) == 1 else None
    if shares is None or factors is None or sum(shares.values()) != 0:
        return None
    if sum(bool(set(factors) & set(term.variables)) for term in model.fixed) > 1:
        return None  # they interact
    found = known_kinds(model, question_of_differences(model, ":".join(factors), ()))
    kind = of_two_entries(model, shares)
    if kind is not None:
        return told_error(_written(model, what), kind.parts, apart=kind.apart)
    single, apart = found.contributions if isinstance(found, StandardError) else None, False
    if isinstance(found, Kinds) and len(found.kinds) == 1 and not found.rest and not found.differ:
        single, apart = found.kinds[0].parts, found.kinds[0].apart
    if single is None:
        raise TutorError(
            f"The standard error of {_written(model, what)} is not told by letters for sizes.",
            tip=f'm.se_differences("{":".join(factors)}") has what is known; or give numbers for the sizes.',
        )
    times_half = sum(share**2 for share in shares.values()) / 2
    parts = [Contribution(times_half * part.variance, part.because) for part in single]  # pyright: ignore[reportOperatorIssue]
    return told_error(_written(model, what), parts, apart=apart)


def _written(model: MixedModel, what: Any) -> str:
    """A function as a lecture writes it, τ_1 − τ_2."""
    return inline(read(what, model.vocabulary).tree) if isinstance(what, str) else str(what)


def _of_one_column(model: MixedModel, what: Any) -> StandardError:
    """c²/(x'V⁻¹x) for one fixed effect, which is estimated with weights that depend on the variances."""
    (coefficient,) = model.estimable(what).coefficients.flat()
    information = closed_form(Product((Transpose(model.X), Inverse(model.V), model.X)))
    found = times(coefficient**2, Inverse(information))
    return StandardError(_written(model, what), found, (Contribution(found, "1/(x'V⁻¹x) for the one column x of X"),))


# Orthogonal designs


def _components(model: MixedModel, cell: frozenset[str]) -> list[Part] | None:
    """The random terms and the residual of an orthogonal design in which the mean of a cell is estimated by that of its
    observations, since the cells have effects of their own; None for other designs and other covariances."""
    if not is_orthogonal(model) or all(frozenset(term.variables) != cell for term in model.fixed):
        return None
    try:
        parts = ordered_parts(model)
    except TutorError:  # a structure of its own
        return None
    return [part for part in parts if not part.is_fixed]


def _different(part: Part, every: frozenset[str], model: MixedModel) -> sympy.Expr:
    """How many different effects of this kind the mean of a cell of these factors has."""
    classes = Classes(model)
    if part.name == RESIDUAL:
        return sympy.cancel(model.n / classes.cells(every))
    return sympy.cancel(classes.cells(part.variables) / classes.cells(every & classes.closure(part.variables)))


def _of_mean(part: Part, every: frozenset[str], model: MixedModel) -> Contribution:
    assert part.variance is not None
    number = _different(part, every, model)
    return Contribution(part.variance / number, f"{_counted(number, part)} in the mean")


def _of_difference(part: Part, differing: frozenset[str], every: frozenset[str], model: MixedModel) -> Contribution:
    assert part.variance is not None
    if part.name != RESIDUAL and not differing & Classes(model).closure(part.variables):
        return Contribution(sympy.S.Zero, f"both means have the same effects of {part.name}, which cancel")
    number = _different(part, every, model)
    return Contribution(2 * part.variance / number, f"{_counted(number, part)} in each mean, others in the other")


def _counted(number: sympy.Expr, part: Part) -> str:
    """12 observations; b effects of block."""
    several = "" if number == 1 else "s"
    told = Pen(UNICODE, LECTURE).whole(number)
    return f"{told} observation{several}" if part.name == RESIDUAL else f"{told} effect{several} of {part.name}"


def _the_same(model: MixedModel, what: str, functions: Sequence[Coefficients], instead: str) -> StandardError:
    """The variance of several estimates, if they have the same.

    Raises
    ------
    TutorError
        When one of them is not estimable, and when the variances differ.
    """
    require_estimable(model, functions)
    found = list(dict.fromkeys(quadratic_forms(model, functions)))
    if len(found) != 1:
        raise TutorError(
            f"The standard error of {what} is not the same for all: {len(found)} different values.",
            tip=f'{instead} lists them; or ask for one: m.se("{_as_asked(model, functions[0])}").',
        )
    return opened(model, StandardError(what, found[0], (Contribution(found[0], GENERALIZED),)), lambda: functions[0])


def _as_asked(model: MixedModel, k: Sequence[sympy.Expr]) -> str:
    """k'β in the names that can be typed: tau_1 - tau_2."""
    assert model.beta.entries is not None
    return str(sympy.Add(*(c * effect for c, effect in zip(k, model.beta.entries.flat(), strict=True))))
