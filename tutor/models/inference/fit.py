"""A model fitted to data: the likelihood derived from the model, maximized by scoring."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from tutor.errors import UnknownNameError
from tutor.models.inference.fit_table import ByName, Estimate, Fit
from tutor.models.inference.likelihood import Likelihood, Method
from tutor.models.inference.maximize import maximize
from tutor.models.inference.response import response_of

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


EFFECT = "The random effect"


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
    y = response_of(model, response)
    likelihood = Likelihood(model, y, method)
    found = maximize(model, likelihood)
    point, keys = found.point, likelihood.keys
    free = [i for i, key in enumerate(keys) if key not in (*found.at_boundary, *found.singular)]
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
        parameters=ByName(
            "The parameter",
            (
                (key, Estimate(0.0, None))
                if key in found.at_boundary
                else (key, Estimate(float(point.values[key]), _root(covariance[i, i])))
                for i, key in enumerate(keys)
            ),
        ),
        covariance_of_parameters=covariance,
        at_boundary=found.at_boundary,
        singular=found.singular,
        beta=ByName(
            "The fixed effect",
            (
                (label, Estimate(beta[j], None if label in dropped else _root(of_beta[j, j])))
                for j, label in enumerate(labels)
            ),
        ),
        covariance_of_beta=of_beta,
        dropped=dropped,
        effects=_effects(model, point.effects(), point.prediction_variances(), found.at_boundary),
        conditional_variances=_conditional(model, point.conditional_variances(), found.at_boundary),
        log_likelihood=point.log_likelihood,
    )


def _root(variance: float) -> float | None:
    return math.sqrt(variance) if variance >= 0 else None


def _effects(
    model: MixedModel, values: list[np.ndarray], variances: list[np.ndarray], at_boundary: Collection[str]
) -> Mapping[str, Estimate]:
    every = zip(
        *(np.concatenate([*own, []]) for own in (values, variances)), _vanishing(model, at_boundary), strict=True
    )
    return ByName(
        EFFECT,
        (
            (label, Estimate(0.0, 0.0) if vanishes else Estimate(float(u), _root(max(v, 0.0))))
            for label, (u, v, vanishes) in zip(_labels(model), every, strict=True)
        ),
    )


def _conditional(model: MixedModel, variances: list[np.ndarray], at_boundary: Collection[str]) -> Mapping[str, float]:
    every = zip(np.concatenate([*variances, []]), _vanishing(model, at_boundary), strict=True)
    return ByName(
        EFFECT,
        (
            (label, 0.0 if vanishes else max(float(v), 0.0))
            for label, (v, vanishes) in zip(_labels(model), every, strict=True)
        ),
    )


def _labels(model: MixedModel) -> list[str]:
    return [label for term in model.random for label in term.labels or ()]


def _vanishing(model: MixedModel, at_boundary: Collection[str]) -> list[bool]:
    """For each random effect whether its variance is estimated as 0: then it is 0 itself, and not up to rounding."""
    return [
        len(term.parameters) == 1 and term.parameters[0].key in at_boundary
        for term in model.random
        for _ in term.labels or ()
    ]
