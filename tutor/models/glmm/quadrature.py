"""Means of functions of one or two normal variables by Gauss–Hermite quadrature, with an estimate of the error."""

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
"""Points for each variable, of the first rule and of the last; NumPy's weights overflow with many more."""

TOLERANCE = 1e-12
"""Change by twice as many points, relative to the value or to 1, at which the number of points is enough."""


@dataclass(frozen=True, slots=True)
class Quadrature:
    """A number by quadrature: its value, the change that doubling the points made, and the points of each variable."""

    value: float
    error: float
    points: int


@cache
def _rule(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights for the mean of a function of a standard normal variable."""
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
    one = np.repeat(means[0] + first * nodes, points)
    other = means[1] + np.add.outer(slope * nodes, rest * nodes).ravel()
    both = np.outer(weights, weights).ravel()
    return lambda function: float(both @ function(one, other))


def by_quadrature(
    quantity: Callable[[Mean], float], means: Sequence[float], covariance: Sequence[Sequence[float]]
) -> Quadrature:
    """A quantity made of means over η, by 16 points, 32, … up to 256 until twice as many change it no more.

    Raises
    ------
    DomainError
        Where the values at the points are no numbers.
    """
    points = FEWEST
    with np.errstate(over="ignore", invalid="ignore"):
        value = quantity(_mean(means, covariance, points))
        while True:
            points *= 2
            before, value = value, quantity(_mean(means, covariance, points))
            error = max(abs(value - before), np.finfo(float).eps * max(1.0, abs(value)))
            if not math.isfinite(value):
                raise DomainError("At these values the moment is too large to be computed.")
            if error <= TOLERANCE * max(1.0, abs(value)) or points >= MOST:
                return Quadrature(value, error, points)
