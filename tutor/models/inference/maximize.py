"""The parameters that maximize a likelihood, by Fisher's scoring with steps that stay within the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.algebra.parameters import scalars_of
from tutor.errors import DomainError, TutorError
from tutor.models.inference.cholesky_factors import climb
from tutor.models.inference.likelihood import Likelihood, Point
from tutor.models.inference.unstructured import unstructured_blocks
from tutor.notation.names import is_variance

if TYPE_CHECKING:
    from tutor.algebra.tree import Tree
    from tutor.covariance.parameters import Parameter
    from tutor.models.effects import RandomTerm
    from tutor.models.mixed import MixedModel

MOST_STEPS = 200
TOLERANCE = 1e-10
"""Gain in log-likelihood, as foreseen by a quadratic, below which scoring ends."""

SMALLEST = 1e-7
"""A variance that is this part of the whole, and still falling, is on its boundary 0."""

NEARLY_SINGULAR = 1e-4
"""A covariance matrix with an eigenvalue that is this part of the largest is fitted over its Cholesky factor too."""

RANGES = tuple(0.1 * 2.0**k for k in range(15))
"""Ranges of correlation, and other positive parameters that are no variances, that are tried for a start: to 1600."""

AS_GOOD_AS_0 = 1e-13
"""The part of the whole that stands for a variance of 0, of which the logarithm of a determinant may know nothing."""


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where the likelihood is largest, the information there, the variances that went to their boundary 0, and the
    parameters of covariance matrices that are singular."""

    point: Point
    information: np.ndarray
    at_boundary: tuple[str, ...]
    singular: tuple[str, ...] = ()


def maximize(model: MixedModel, likelihood: Likelihood) -> Maximum:
    """The maximum of a likelihood: by scoring, and over Cholesky factors where a covariance matrix may be singular.

    Raises
    ------
    TutorError
        Where no maximum is reached.
    """
    start = starting_values(model, likelihood)
    blocks = unstructured_blocks(model)
    total = float(np.mean(likelihood.residual**2))
    point, is_maximum = _by_scoring(model, likelihood, start, total)
    if not is_maximum or any(block.is_singular(point.values, NEARLY_SINGULAR) for block in blocks):
        starts = (start, point.values) if blocks else ()
        ends = (climb(likelihood, blocks, values, SMALLEST * total) for values in starts)
        reached = [end for end in ends if end is not None]
        best = max(reached, key=lambda end: end.log_likelihood, default=None)
        if best is not None and (not is_maximum or best.log_likelihood >= point.log_likelihood - TOLERANCE):
            point, is_maximum = best, True
    if not is_maximum:
        raise TutorError(
            f"The likelihood was still rising after {MOST_STEPS} steps.",
            tip="The model may have more parameters than the data can tell apart; leave a random effect out.",
        )
    return _maximum(model, point, total)


def _maximum(model: MixedModel, point: Point, total: float) -> Maximum:
    """The maximum at a point, with what is on its boundary there."""
    score, information = point.score_and_information()
    fallen = _fallen(point, _bounded(model), score, total)
    values, blocks = dict(point.values), unstructured_blocks(model)
    for block in blocks:
        values |= block.without(fallen)
    singular = tuple(key for block in blocks if block.is_singular(values) for key in block.all_keys)
    at_boundary = tuple(key for key in point.of.keys if key in fallen.difference(singular))
    values |= dict.fromkeys(at_boundary, AS_GOOD_AS_0 * total)
    if values != point.values:
        point = point.of.at(values)
    return Maximum(point, information, at_boundary, singular)


def _bounded(model: MixedModel) -> set[str]:
    return {parameter.key for parameter in model.parameters if parameter.symbol.is_positive}


def _by_scoring(
    model: MixedModel, likelihood: Likelihood, start: Mapping[str, float], total: float
) -> tuple[Point, bool]:
    """Where Fisher's scoring ends, and whether that is a maximum inside the domain or at a variance of 0.

    Without unstructured matrices, whose boundary is looked at apart, the end is taken where no step gains.
    """
    point, bounded = likelihood.at(start), _bounded(model)
    inside = {key for block in unstructured_blocks(model) for key in block.all_keys}
    for _ in range(MOST_STEPS):
        score, information = point.score_and_information()
        fallen = _fallen(point, bounded, score, total)
        free = [i for i, key in enumerate(likelihood.keys) if key not in fallen]
        step = np.zeros(len(score))
        step[free] = np.linalg.lstsq(information[np.ix_(free, free)], score[free], rcond=1e-12)[0]
        settled = float(score[free] @ step[free]) < TOLERANCE
        better = None if settled else _better(point, step, bounded)
        if better is None:
            return point, (settled and not fallen & inside) or not inside
        point = better
    return point, False


def _fallen(point: Point, bounded: set[str], score: np.ndarray, total: float) -> set[str]:
    """The variances that are next to 0 and would fall further."""
    keys = point.of.keys
    variances = {key for key in bounded if is_variance(key)}
    return {k for k, slope in zip(keys, score, strict=True)
            if k in variances and point.values[k] < SMALLEST * total and slope < 0}  # fmt: skip


def _better(point: Point, step: np.ndarray, bounded: set[str]) -> Point | None:
    """A point further along a step with a larger likelihood; None where no part of the step gains."""
    size = 1.0
    while size > 1e-10:
        moved = {
            key: max(old + size * change, 0.1 * old) if key in bounded else old + size * change
            for (key, old), change in zip(((k, point.values[k]) for k in point.of.keys), step, strict=True)
        }
        try:
            there = point.of.at(moved)
            if there.log_likelihood > point.log_likelihood:
                return there
        except DomainError:
            pass
        size /= 2
    return None


def starting_values(model: MixedModel, likelihood: Likelihood) -> dict[str, float]:
    """Values inside the domain to start from: the residual variance of least squares shared between the terms.

    Raises
    ------
    TutorError
        For a model without degrees of freedom for the residual.
    """
    X, y = likelihood.X, likelihood.y
    free = len(y) - X.shape[1]
    if free < 1:
        raise TutorError(
            f"There are {len(y)} observations and {X.shape[1]} coefficients: nothing is left to tell a variance.",
            tip="Take a model with fewer fixed effects.",
        )
    variance = float(likelihood.residual @ likelihood.residual) / free
    if not variance > 1e-20 * float(y @ y):
        raise TutorError("The fixed effects fit the data exactly: no variance is left.", tip="Check the response.")
    share = variance / len(likelihood.shares)
    found: dict[str, float] = {}
    for term in model.random:
        found.update(_inside(term.parameters, term.covariance.tree, _scales(term, share), share))
    own = [parameter for parameter in model.parameters if parameter.key not in found]
    assert model.R.definition is not None
    found.update(_inside(own, model.R.definition, {}, share))
    return _with_ranges(model, likelihood, found)


def _with_ranges(model: MixedModel, likelihood: Likelihood, values: dict[str, float]) -> dict[str, float]:
    """The same with each range of correlation where it does best of several: a range below all distances tells nothing
    of its slope, so that scoring would stay there."""
    for parameter in model.parameters:
        if not parameter.symbol.is_positive or is_variance(parameter.key):
            continue
        found: dict[float, float] = {}
        for range_ in (values[parameter.key], *RANGES):
            try:
                found[range_] = likelihood.at({**values, parameter.key: range_}).log_likelihood
            except DomainError:
                continue
        values = {**values, parameter.key: max(found, key=lambda each: found[each])}
    return values


def _scales(term: RandomTerm, share: float) -> dict[str, float]:
    """For the variance of a coefficient, a share of the variance over the mean square of what it multiplies."""
    matrix = term.matrix.numpy()
    count = len(term.coefficients)
    found = {}
    names = [str(block[i, i]) for block in term.covariance.blocks for i in range(block.rows)]
    for i, name in enumerate(names[:count]):
        columns = matrix[:, i::count]
        filled = columns[columns != 0]
        found[name] = share / float(np.mean(filled**2)) if filled.size else share
    return found


def _inside(parameters: Sequence[Parameter], tree: Tree, scales: Mapping[str, float], share: float) -> dict[str, float]:
    """Values of a structure's parameters: shares for variances, 0 or little for all else, so that it is definite."""
    tried: dict[str, float] = {}
    for rest in (0.0, 0.1, 0.5, share):
        for parameter in parameters:
            key = parameter.key
            if is_variance(key):
                tried[key] = scales.get(key, share)
            else:
                tried[key] = max(rest, 0.1) if parameter.symbol.is_positive else rest
        try:
            tree.numpy(**{str(symbol): tried[str(symbol)] for symbol in scalars_of(tree)})
        except DomainError:
            continue
        return tried
    return tried
