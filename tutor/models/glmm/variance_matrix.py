"""Var(y) of a generalized model as numbers, n × n: the matrix that takes the place of ZGZ' + R."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.algebra.sizes import whole
from tutor.errors import SizeError
from tutor.models.glmm.numbers import number, numbers_of
from tutor.models.glmm.predictor import Observation, covariance_of_predictors, mean_of_predictor, observation
from tutor.models.glmm.values import value

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

MOST_ROWS = 120
"""Observations of which the matrix is filled."""

MOST_PAIRS = 1500
"""Pairs of observations with predictors of their own: quadrature takes some 20 ms for each."""

DIGITS = 12
"""Significant digits to which the moments of two predictors are the same."""


def variance_matrix(model: GeneralizedModel, given: Mapping[str, Any]) -> np.ndarray:
    """Var(y), n × n; pairs whose linear predictors have the same means and covariances are worked out once.

    Raises
    ------
    SizeError
        For sizes that are letters, more than 120 observations, or more than 1500 different pairs.
    DomainError, UnknownNameError
        As `GeneralizedModel.value`.
    """
    linear = model.linear
    n = whole(linear.n, "the number of observations")
    if n > MOST_ROWS:
        raise SizeError(f"Var(y) has {n} rows; at most {MOST_ROWS} are filled.",
                        tip='Ask for its entries: g.value("Cov(y_1, y_2)", …).')  # fmt: skip
    assert linear.y.entries is not None
    of = [observation(linear, str(entry)) for entry in linear.y.entries.flat()]
    numbers = numbers_of(model, given, of)
    means = [number(mean_of_predictor(linear, each), numbers) for each in of]
    spread = [[number(covariance_of_predictors(linear, a, b), numbers) for b in of[: i + 1]] for i, a in enumerate(of)]
    constants = {str(letter): numbers[str(letter)] for letter in _letters(model) if str(letter) in numbers}
    known: dict[tuple[float, ...], float] = {}
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            moments = (means[i], means[j], spread[i][i], spread[j][j], spread[i][j])
            own = _own_constants(model, numbers, of[i], of[j])
            key = (float(i == j), *(float(f"{moment:.{DIGITS}g}") for moment in moments), *own.values())
            if key not in known:
                if len(known) == MOST_PAIRS:
                    raise SizeError(f"More than {MOST_PAIRS} pairs of observations have predictors of their own.",
                                    tip='Ask for some: g.value("Cov(y_1, y_2)", …).')  # fmt: skip
                known[key] = _entry(model, moments, i == j, {**constants, **own})
            found[i, j] = found[j, i] = known[key]
    return found


def _own_constants(
    model: GeneralizedModel, numbers: Mapping[str, float], one: Observation, other: Observation
) -> dict[str, float]:
    """The constants that each observation has its own of, by their names at large: n of one, n_i and n_j of two."""
    bases = [letter.name.partition("_")[0] for letter in model.by_row]
    named = [("", one)] if one == other else [("_i", one), ("_j", other)]
    told = ((f"{base}{tail}", f"{base}_{of.below}") for base in bases for tail, of in named)
    return {name: numbers[key] for name, key in told if key in numbers}


def _letters(model: GeneralizedModel) -> set[Any]:
    return {letter for constant in model.constants.values() for letter in constant.free_symbols}


def _entry(model: GeneralizedModel, moments: tuple[float, ...], same: bool, constants: Mapping[str, float]) -> float:
    """Var(y) or Cov(y_i, y_j) from the means, variances and covariance of the predictors."""
    m_i, m_j, s_i, s_j, s_ij = moments
    if same:
        random = {"s": s_i} if model.linear.random else {}
        return value(model, "Var(y)", {**constants, "m": m_i, **random}).value
    if s_ij == 0:
        return 0.0
    return value(
        model, "Cov(y_i, y_j)", {**constants, "m_i": m_i, "m_j": m_j, "s_i": s_i, "s_j": s_j, "s_ij": s_ij}
    ).value
