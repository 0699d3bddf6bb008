"""Moments as numbers at values of the parameters: by the closed form, or by quadrature, and labelled so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import sympy

from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree
from tutor.display import Shown
from tutor.errors import DomainError
from tutor.models.glmm.functions import NUMBERS
from tutor.models.glmm.moments import derive, require_moment
from tutor.models.glmm.numbers import number, numbers_of
from tutor.models.glmm.outside import granted, left_its_domain, require_domain
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor
from tutor.models.glmm.quadrature import MOST, Mean, Quadrature, by_quadrature
from tutor.models.glmm.question import Question, question
from tutor.models.glmm.words import in_words
from tutor.notation.writing.pen import Pen, Piece, written

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel


@dataclass(frozen=True, slots=True)
class Value(Shown):
    """A moment as a number: what was asked, its value, how it was found, and for quadrature the error and the points.

    ``error`` is the change that twice as many points made; 0 for a closed form. ``granted`` says what the moment takes
    for granted that a normal η does not guarantee, and how probable the contrary is; "" where nothing is.
    """

    goal: Tree
    value: float
    method: Literal["closed form", "Gauss–Hermite quadrature", "trapezoidal rule"]
    error: float = 0.0
    points: int = 0
    granted: str = ""

    def __float__(self) -> float:
        return self.value

    @property
    def how(self) -> str:
        """How the number was found, in words."""
        if self.method == "closed form":
            return f"by the closed form{f', {self.granted}' if self.granted else ''}"
        rule = f"the {self.method}" if self.method == "trapezoidal rule" else self.method
        return f"by {rule}, {self.points} points, error about {self.error:.0e}; no closed form"


@written.register
def write_value(thing: Value, pen: Pen) -> Piece:
    """The moment, its value to ten digits, and how it was found."""
    sign = pen.dialect.relation("=" if thing.method == "closed form" else "≈")
    number = pen.whole(sympy.Float(f"{thing.value:.10g}"))
    return Piece(f"{pen.whole(thing.goal)} {sign} {number}{pen.dialect.between}{in_words(thing.how, pen)}")


ROUNDING = 1e-12
"""By how much a correlation of 1 may miss it in double precision."""


def value(model: GeneralizedModel, what: str | Tree, given: Mapping[str, Any]) -> Value:
    """A moment at values of the parameters; see `GeneralizedModel.value`."""
    asked = question(model.linear, what)
    numbers = numbers_of(model, given, asked.observations, given_effects=asked.given)
    if not model.link.has_mean and not asked.given:
        known = _at_known_predictors(model, asked, numbers)
        if known is not None:
            return known
    require_moment(model, asked, numbers)
    result = derive(model, asked.goal).result
    if not asked.given:
        require_domain(model, asked, numbers)
    if isinstance(result, Scalar):
        found = number(result.value, numbers)
        if asked.moment == "Corr" and abs(found) > 1 + ROUNDING:
            raise left_its_domain(model, f"the correlation would be {found:g}")
        return Value(asked.goal, found, "closed form", granted=granted(model, asked, numbers))
    found = by_points(model, asked, numbers)
    rule = "Gauss–Hermite quadrature" if found.points <= MOST else "trapezoidal rule"
    return Value(asked.goal, found.value, rule, found.error, found.points)


def _at_known_predictors(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float]) -> Value | None:
    """A moment where all variances of η are 0, so that 1/η is a number; None where η is random."""
    of = list(dict.fromkeys(asked.observations))
    linear = model.linear
    if any(number(covariance_of_predictors(linear, o, o), numbers) != 0 for o in of):
        return None
    etas = [np.array(number(mean_of_predictor(linear, o), numbers)) for o in of]
    if any(eta == 0 for eta in etas):
        raise DomainError("With the inverse link the conditional mean is 1/η, and here η = 0.",
                          tip="Give effects whose sum is not 0.")  # fmt: skip
    low, high = model.family.domain
    outside = next((1 / eta for eta in etas if not low < 1 / eta < high), None)
    if outside is not None:
        raise left_its_domain(model, f"the mean would be {outside:g}")
    found = _quantity(model, asked, numbers, lambda function: float(function(*etas)), of)
    return Value(asked.goal, found, "closed form")


def by_points(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float]) -> Quadrature:
    """A moment by quadrature over η, whether or not it has a closed form."""
    require_moment(model, asked)
    of = list(dict.fromkeys(asked.observations))
    linear = model.linear
    means = [number(mean_of_predictor(linear, o), numbers) for o in of]
    covariance = [
        [number(covariance_of_predictors(linear, *sorted((a, b), key=of.index)), numbers) for b in of] for a in of
    ]
    if len(of) == 2 and covariance[0][1] ** 2 > covariance[0][0] * covariance[1][1] * (1 + 1e-9):
        raise DomainError("The covariance of the two linear predictors is more than their standard deviations allow.")
    return by_quadrature(lambda mean: _quantity(model, asked, numbers, mean, of), means, covariance)


def _quantity(
    model: GeneralizedModel, asked: Question, numbers: Mapping[str, float], mean: Mean, of: Sequence[Observation]
) -> float:
    """The moment from means over η: total expectation, total variance, total covariance."""
    constants = [{key: number(value, numbers) for key, value in model.constants_of(o.eta).items()} for o in of]

    def expected(eta: np.ndarray, at: int = 0) -> np.ndarray:
        return model.family.mean(NUMBERS, model.link.inverse(NUMBERS, eta), constants[at])

    def spread(eta: np.ndarray, at: int = 0) -> np.ndarray:
        return model.family.variance(NUMBERS, model.link.inverse(NUMBERS, eta), constants[at]) + 0 * eta

    if len(of) == 1:
        centre = mean(expected)
        if asked.moment == "E":
            return centre
        return mean(spread) + mean(lambda eta: (expected(eta) - centre) ** 2)
    one, other = (mean(lambda *etas, at=at: expected(etas[at], at)) for at in (0, 1))
    together = mean(lambda a, b: (expected(a) - one) * (expected(b, 1) - other))
    if asked.moment == "Cov":
        return together
    first = mean(lambda a, b: spread(a) + (expected(a) - one) ** 2)
    second = mean(lambda a, b: spread(b, 1) + (expected(b, 1) - other) ** 2)
    if first <= 0 or second <= 0:
        raise DomainError("By quadrature a variance is 0 to the digits of a double: no correlation is told by it.")
    # The product of two variances may be nought in doubles where neither is.
    return together / (math.sqrt(first) * math.sqrt(second))
