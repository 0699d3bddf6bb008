"""Parameters of a family outside their domain: what a link that does not keep them inside makes of moments."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import DomainError
from tutor.models.glmm.families import ANY_NUMBER
from tutor.models.glmm.functions import LETTERS, NUMBERS
from tutor.models.glmm.moments import derive, domain, told
from tutor.models.glmm.numbers import number
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor
from tutor.models.glmm.question import Question

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel


def require_domain(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float]) -> None:
    """Refuse parameters at which a link that does not keep μ inside its domain has let the moments leave theirs."""
    if domain(model) is None:
        return
    for of in asked.observations:
        _require_mean(model, of, numbers)
        if asked.moment in ("Var", "Corr"):
            _require_variance(model, of, numbers)


def _require_variance(model: GeneralizedModel, of: Observation, numbers: Mapping[str, float]) -> None:
    """Refuse parameters at which a variance in closed form is not positive."""
    closed = derive(model, Question("Var", (of,), False).goal).result
    if isinstance(closed, Scalar) and not number(closed.value, numbers) > 0:
        raise left_its_domain(model, f"Var({of.response}) is not positive")


def _require_mean(model: GeneralizedModel, of: Observation, numbers: Mapping[str, float]) -> None:
    """Refuse parameters at which a mean in closed form is outside the range of y, as a probability above 1."""
    closed = derive(model, Question("E", (of,), False).goal).result
    low, high = model.family.domain
    if not isinstance(closed, Scalar) or (low, high) == ANY_NUMBER:
        return
    found = number(closed.value, numbers)
    constants = model.constants_of(of.eta)
    ends = [number(sympy.sympify(model.family.mean(LETTERS, end, constants), strict=True), numbers)
            for end in (low, high) if end != sympy.oo]  # fmt: skip
    if found <= ends[0] or (len(ends) == 2 and found >= ends[1]):
        raise left_its_domain(model, f"E({of.response}) would be {found:g}")


def left_its_domain(model: GeneralizedModel, sign: str) -> DomainError:
    """The error for parameters at which a moment cannot be, by the sign that shows it."""
    return DomainError(
        f"At these values {sign}: the {model.link.key} link lets the parameter of the {model.family.key} family leave "
        "its domain.",
        tip=f"Its usual link, {model.family.usual}, does not.",
    )


def granted(model: GeneralizedModel, asked: Question, numbers: Mapping[str, float]) -> str:
    """What a moment takes for granted of μ that a normal η does not guarantee, and how probable the contrary is for
    each observation; "" where nothing is taken for granted."""
    inside = domain(model)
    if asked.given or inside is None:
        return ""
    said = [text for of in dict.fromkeys(asked.observations) if (text := _chance_outside(model, of, numbers))]
    return f"which takes {inside.partition(',')[0]} for granted: {', '.join(said)}" if said else ""


def _chance_outside(model: GeneralizedModel, of: Observation, numbers: Mapping[str, float]) -> str:
    """P(μ_11 ≤ 0) = 0.03, of the ends that the link lets μ pass; "" where that has no probability."""
    deviation = math.sqrt(number(covariance_of_predictors(model.linear, of, of), numbers))
    if not deviation:
        return ""
    centre = number(mean_of_predictor(model.linear, of), numbers)
    low, high = model.family.domain
    passed, chance = [], 0.0
    for end, side, sign in ((low, "≤", -1), (high, "≥", 1)):
        # The log link keeps μ above 0; there is no end at ∞.
        if end == sympy.oo or (model.link.key == "log" and end == low):
            continue
        at = math.log(end) if model.link.key == "log" else float(end)
        passed.append(f"{side} {end}")
        chance += float(NUMBERS.Phi(np.array([sign * (centre - at) / deviation]))[0])
    letter = told(sympy.Symbol(f"{model.family.letter}_{of.below}" if of.below else model.family.letter, real=True))
    return f"P({letter} {' or '.join(passed)}) = {chance:.3g}" if chance else ""
