"""Means of functions of one or two normal variables by quadrature, with an estimate of the error.

Gauss–Hermite quadrature is exact for polynomials, and slow where a function turns within a small part of the range, as
an inverse logit of a variable with a large variance. The trapezoidal rule over equal steps then converges like
exp(−2πa/h) for a step h, a being how far the function is analytic beside the real line. Source: Trefethen and Weideman
(2014), The exponentially convergent trapezoidal rule, SIAM Review 56, 385–458.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from tutor.errors import DomainError

Mean = Callable[[Callable[..., np.ndarray]], float]
"""Takes a function of η, or of η and η*, entry by entry, and gives its mean."""

FEWEST, MOST = 16, 256
"""Points for each variable, of the first and the last Gauss–Hermite rule; NumPy's weights overflow with many more."""

MOST_EQUAL = {1: 131_072, 2: 2048}
"""Equal steps for each of one and of two variables, of the last trapezoidal rule."""

REACH = 24.0
"""How far steps reach to both sides, in standard deviations: far enough for what is large in a tail only."""

TOLERANCE = 1e-12
"""Change by twice as many points, relative to the value, at which the number of points is enough."""

COARSE = 2.0
"""What η may move by between two points: an inverse logit is analytic up to π beside the real line."""

LEAST = 1e-15
"""What a change is never compared with less than, relative to the largest mean that the value is made of."""


@dataclass(frozen=True, slots=True)
class Quadrature:
    """A number by quadrature: its value, the change that doubling the points made, and the points of each variable."""

    value: float
    error: float
    points: int


@cache
def _rule(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights for the mean of a function of a standard normal variable."""
    if points > MOST:
        steps = np.linspace(-REACH, REACH, points + 1)
        density = np.exp(-(steps**2) / 2)
        return steps, density / density.sum()
    nodes, weights = np.polynomial.hermite.hermgauss(points)
    return nodes * math.sqrt(2), weights / math.sqrt(math.pi)


def _mean(means: Sequence[float], covariance: Sequence[Sequence[float]], points: int) -> Mean:
    """E of a function of N(m, s), or of two variables by the product rule, the second being linear in the first."""
    nodes, weights = _rule(points)
    if len(means) == 1:
        eta = means[0] + math.sqrt(covariance[0][0]) * nodes
        return lambda function: float(weights @ function(eta))
    first = math.sqrt(covariance[0][0])
    slope = covariance[0][1] / first if first else 0.0
    rest = math.sqrt(max(0.0, covariance[1][1] - slope**2))
    one = np.repeat(means[0] + first * nodes, len(nodes))
    other = means[1] + np.add.outer(slope * nodes, rest * nodes).ravel()
    both = np.outer(weights, weights).ravel()
    return lambda function: float(both @ function(one, other))


def by_quadrature(
    quantity: Callable[[Mean], float], means: Sequence[float], covariance: Sequence[Sequence[float]]
) -> Quadrature:
    """A quantity made of means over η, by 16 points, 32, … until twice as many change it no more: up to 256 by
    Gauss–Hermite quadrature, and then by equal steps.

    Raises
    ------
    DomainError
        Where the values at the points are no numbers.
    """
    if not any(variance for row in covariance for variance in row):
        with np.errstate(over="ignore", invalid="ignore"):
            return Quadrature(
                _finite(quantity(lambda function: float(function(*(np.array([m]) for m in means))[0]))), 0.0, 1
            )
    most = MOST_EQUAL[len(means)]
    deviation = math.sqrt(max(covariance[k][k] for k in range(len(means))))
    points = min(_first(deviation), most // 2)
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        largest = 0.0

        def by(number: int) -> float:
            mean = _mean(means, covariance, number)

            def watched(function: Callable[..., np.ndarray]) -> float:
                nonlocal largest
                found = mean(function)
                largest = max(largest, abs(found))
                return found

            return _finite(quantity(watched))

        value = by(points)
        while True:
            points *= 2
            largest = 0.0
            before, value = value, by(points)
            change = abs(value - before)
            if change <= max(TOLERANCE * abs(value), LEAST * largest) or points >= most:
                step = 2 * REACH / points
                # A curve that turns within one step may be missed by both rules alike.
                missed = step * largest if points > MOST and step * deviation > COARSE else 0.0
                return Quadrature(value, max(change, missed, np.finfo(float).eps * abs(value)), points)


def _first(deviation: float) -> int:
    """Points of the first rule: between two of them η moves by no more than an inverse logit needs to turn."""
    points = FEWEST
    while points < MOST and deviation * math.pi / math.sqrt(points) > COARSE:
        points *= 2
    while points >= MOST and deviation * 2 * REACH / points > COARSE / 2:
        points *= 2
    return points


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise DomainError("At these values the moment is too large to be computed.")
    return value
