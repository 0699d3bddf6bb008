"""A model fitted to data: the likelihood derived from the model, maximized by scoring."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tutor.errors import DataError, SizeError, UnknownNameError
from tutor.models.inference.fit_table import Estimate, Fit
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.maximize import maximize

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


def fit(model: MixedModel, response: Any = None, method: Method = "REML") -> Fit:
    """A model fitted to a response, n numbers, by REML or by ML; without a response to that of its data.

    Raises
    ------
    UnknownNameError
        For another method.
    DataError
        For a response of another length, or with something that is no number.
    SizeError
        When a size of the model is a letter.
    DomainError
        When a covariate is a letter.
    TutorError
        Without a response; without degrees of freedom for the residual; where the likelihood does not settle.
    """
    if method not in ("REML", "ML"):
        raise UnknownNameError("The method", method, get_args(Method))
    y = response_numbers(model, response)
    likelihood = Likelihood(model, y, method)
    found = maximize(model, likelihood)
    point, keys = found.point, likelihood.keys
    free = [i for i, key in enumerate(keys) if key not in found.at_boundary]
    covariance = np.full((len(keys), len(keys)), np.nan)
    covariance[np.ix_(free, free)] = np.linalg.pinv(found.information[np.ix_(free, free)])
    labels = model.X.column_labels or tuple(f"β_{j + 1}" for j in range(model.X.numpy().shape[1]))
    of_beta = np.zeros((len(labels), len(labels)))
    of_beta[np.ix_(likelihood.columns, likelihood.columns)] = point.covariance_of_beta
    beta = dict.fromkeys(range(len(labels)), 0.0) | dict(zip(likelihood.columns, map(float, point.beta), strict=True))
    dropped = tuple(labels[j] for j in range(len(labels)) if j not in likelihood.columns)
    return Fit(
        model=model,
        response=y,
        method=likelihood.method,
        parameters={
            key: Estimate(0.0, None)
            if key in found.at_boundary
            else Estimate(float(point.values[key]), _root(covariance[i, i]))
            for i, key in enumerate(keys)
        },
        covariance_of_parameters=covariance,
        at_boundary=found.at_boundary,
        beta={
            label: Estimate(beta[j], None if label in dropped else _root(of_beta[j, j]))
            for j, label in enumerate(labels)
        },
        covariance_of_beta=of_beta,
        dropped=dropped,
        effects=_effects(model, point.effects(), point.prediction_variances()),
        log_likelihood=point.log_likelihood,
    )


def response_numbers(model: MixedModel, response: Any = None) -> np.ndarray:
    """A response as n numbers, by default that of the model's data.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    DataError
        For a response of another length, or with something that is no number.
    TutorError
        Without a response, for a model without data.
    """
    if not model.n.is_Integer:
        raise SizeError(f"A model with n = {model.n} observations has no data.", tip="Give numbers for the sizes.")
    return model.observed if response is None else _numbers(response, int(model.n))


def _numbers(response: Any, n: int) -> np.ndarray:
    try:
        found = np.asarray(response, dtype=float).ravel()
    except (TypeError, ValueError):
        raise DataError(f"The response {response!r} is no list of numbers.") from None
    if len(found) != n:
        raise DataError(f"The response has {len(found)} values; the model has {n} observations.",
                        tip="Give a number for each row of m.dataframe().")  # fmt: skip
    if not np.isfinite(found).all():
        raise DataError(f"Value {int(np.argmin(np.isfinite(found))) + 1} of the response is missing or infinite.",
                        tip="Leave the row out of the data.")  # fmt: skip
    return found


def _root(variance: float) -> float | None:
    return math.sqrt(variance) if variance >= 0 else None


def _effects(model: MixedModel, values: list[np.ndarray], variances: list[np.ndarray]) -> dict[str, Estimate]:
    labels = [label for term in model.random for label in term.labels or ()]
    every = zip(np.concatenate([*values, []]), np.concatenate([*variances, []]), strict=True)
    return {label: Estimate(float(u), _root(max(v, 0.0))) for label, (u, v) in zip(labels, every, strict=True)}
