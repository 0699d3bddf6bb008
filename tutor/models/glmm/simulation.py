"""Responses drawn from a generalized model: u, then η, then y given u."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.errors import DomainError
from tutor.models.glmm.functions import NUMBERS
from tutor.models.glmm.numbers import number, numbers_of
from tutor.models.glmm.predictor import observation
from tutor.models.simulation import linear_predictor

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel


def simulate(model: GeneralizedModel, seed: int, given: Mapping[str, Any]) -> np.ndarray:
    """y drawn from the model, n numbers; see `GeneralizedModel.simulate`."""
    entries = model.linear.y.entries
    of = [observation(model.linear, str(y)) for y in entries.flat()] if model.by_row and entries is not None else []
    own = {str(value) for value in model.constants.values() if not value.is_number}
    own |= {letter.name.partition("_")[0] for letter in model.by_row}
    own |= {str(value) for o in of for value in model.constants_of(o.eta).values()}
    numbers = numbers_of(model, {key: value for key, value in given.items() if key in own}, of)
    told = [model.constants_of(o.eta) for o in of] or [model.constants]
    each = [{key: number(value, numbers) for key, value in constants.items()} for constants in told]
    constants: dict[str, Any] = {key: np.array([row[key] for row in each]) if of else each[0][key] for key in each[0]}
    generator = np.random.default_rng(seed)
    others = {key: value for key, value in given.items() if key not in own}
    parameters = [parameter for term in model.linear.random for parameter in term.parameters]
    eta = linear_predictor(model.linear, generator, others, parameters)
    mu = model.link.inverse(NUMBERS, eta)
    low, high = (float(end) for end in model.family.domain)
    outside = np.flatnonzero(~((mu > low) & (mu < high)))
    # A probability that is 1 in double precision is one of η so large that no draw would tell.
    if model.link.key in ("logit", "probit", "cloglog"):
        mu, outside = np.clip(mu, np.finfo(float).tiny, 1 - np.finfo(float).eps), outside[:0]
    if len(outside):
        row = int(outside[0])
        raise DomainError(
            f"At observation {row + 1} η = {eta[row]:.4g} gives a parameter of {mu[row]:.4g}, outside the domain of "
            f"the {model.family.key} family: the {model.link.key} link does not keep it inside.",
            tip=f"Take the {model.family.usual} link, other effects or a smaller variance.",
        )
    return model.family.draw(generator, mu, constants)
