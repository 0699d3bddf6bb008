"""The parameters that maximize a likelihood, by Fisher's scoring with steps that stay within the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tutor.algebra.parameters import scalars_of
from tutor.errors import DomainError, TutorError
from tutor.models.inference.likelihood import Likelihood, Point

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

AS_GOOD_AS_0 = 1e-13
"""The part of the whole that stands for a variance of 0, of which the logarithm of a determinant may know nothing."""


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where the likelihood is largest, the information there, and the variances that went to their boundary 0."""

    point: Point
    information: np.ndarray
    at_boundary: tuple[str, ...]


def maximize(model: MixedModel, likelihood: Likelihood) -> Maximum:
    """The maximum of a likelihood.

    Raises
    ------
    TutorError
        Where scoring does not settle.
    """
    values = starting_values(model, likelihood)
    point = likelihood.at(values)
    bounded = {parameter.key for parameter in model.parameters if parameter.symbol.is_positive}
    total = float(np.mean(likelihood.residual**2))
    for _ in range(MOST_STEPS):
        score, information = point.score_and_information()
        fallen = _fallen(point, bounded, score, total)
        free = [i for i, key in enumerate(likelihood.keys) if key not in fallen]
        step = np.zeros(len(score))
        step[free] = np.linalg.lstsq(information[np.ix_(free, free)], score[free], rcond=1e-12)[0]
        settled = float(score[free] @ step[free]) < TOLERANCE
        better = None if settled else _better(point, step, bounded)
        if better is None:
            at_boundary = tuple(key for key in likelihood.keys if key in fallen)
            if at_boundary:
                point = likelihood.at({**point.values, **dict.fromkeys(at_boundary, AS_GOOD_AS_0 * total)})
            return Maximum(point, information, at_boundary)
        point = better
    raise TutorError(
        f"The likelihood was still rising after {MOST_STEPS} steps.",
        tip="The model may have more parameters than the data can tell apart; leave a random effect out.",
    )


def _fallen(point: Point, bounded: set[str], score: np.ndarray, total: float) -> set[str]:
    """The variances that are next to 0 and would fall further."""
    keys = point.of.keys
    variances = {key for key in bounded if key.startswith("sigma2")}
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
    return found


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
            if key.startswith("sigma2"):
                tried[key] = scales.get(key, share)
            else:
                tried[key] = max(rest, 0.1) if parameter.symbol.is_positive else rest
        try:
            tree.numpy(**{str(symbol): tried[str(symbol)] for symbol in scalars_of(tree)})
        except DomainError:
            continue
        return tried
    return tried
