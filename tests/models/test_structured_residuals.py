"""R of a structure with a nugget, in a plane, or with variances that differ: what nlme makes of the same data.

The truth is recorded: tests/data/truth/structured_residuals.R fits the models and writes structured_residuals.json.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.models.truth import TRUTH, log_likelihoods, random_names
from tutor.covariance import ar1, arma11, cs, diag, exp, gau, nugget, pow, ratio, sph, unr, varexp, varpower
from tutor.covariance.over import Over
from tutor.errors import DataError, DomainError, TutorError
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

TOLERANCE = 1e-9
FIELD = ["latitude", "longitude"]

CASES: dict[str, tuple[Over, str]] = {
    "ar1 with a variance for each sex": (ar1("step", group="Subject", variances=diag("Sex")), ""),
    "cs with variances that grow": (cs("age", group="Subject", variances=varexp("age")), ""),
    "exp with a power of time": (exp("Time", group="Rat", variances=varpower("Time")), ""),
    "exp with a nugget": (nugget(exp("Time", group="Rat")), ""),
    "gau in a field with a nugget": (nugget(gau(FIELD)), ""),
    "sph in a field with a nugget": (nugget(sph(FIELD)), ""),
    "ratio in a field with a nugget": (nugget(ratio(FIELD)), ""),
    "exp in a field with a nugget": (nugget(exp(FIELD)), ""),
    "sph in the field of each block": (sph(FIELD, group="Block"), ""),
    "arma11": (arma11("index", group="Mare"), ""),
    "pow at unequal ages": (pow("age", group="Subject"), ""),
    "a power of the pressure": (varpower("pressure"), ""),
    "cs with rows in any order": (cs("Type", group="Subject"), ""),
    "unr": (unr("step", group="Subject"), ""),
    "intercepts and ar1": (ar1("index", group="Mare"), " + (1 | Mare)"),
    "intercepts and a power of the pressure": (varpower("pressure"), " + (1 | Subject)"),
    "slopes, exp and a power of time": (exp("Time", group="Rat", variances=varpower("Time")), " + (Time | Rat)"),
    "intercepts and ar1 with a variance for each sex": (
        ar1("step", group="Subject", variances=diag("Sex")),
        " + (1 | Subject)",
    ),
}
"""The fit: our structure of R, and the random terms beside the formula of the means."""


@cache
def truth() -> dict[str, dict[str, Any]]:
    return {told["name"]: told for told in json.loads((TRUTH / "structured_residuals.json").read_text("utf-8"))}


@cache
def ours(name: str) -> MixedModel:
    told = truth()[name]
    columns = {column: each["values"] for column, each in told["data"].items()}
    levels = {column: each["levels"] for column, each in told["data"].items() if each["type"] == "factor"}
    R, random = CASES[name]
    return model(told["formula"] + random, columns, factors=levels, R=R)


def difference(mine: np.ndarray, theirs: Any) -> float:
    """The largest difference of entries, relative to an entry where it is larger than 1."""
    expected = np.array(theirs, dtype=float)
    assert mine.shape == expected.shape
    return float(np.max(np.abs(mine - expected) / np.maximum(1, np.abs(expected))))


def test_every_fit_is_compared() -> None:
    assert set(truth()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_fits_of_nlme(name: str) -> None:
    told, found = truth()[name], ours(name)
    values = told["parameters"]
    assert {parameter.key for parameter in found.parameters} == set(values)
    labels = list(found.X.column_labels or ())
    assert set(labels) == set(told["X_names"])
    V, n = found.V.numpy(**values), int(found.n)  # pyright: ignore[reportArgumentType]
    of_R = {key: value for key, value in values.items() if key in {str(s) for s in _symbols(found)}}
    assert difference(found.R.numpy(**of_R)[0], told["R_row"]) < TOLERANCE
    shown = len(told["V"])
    assert difference(V[:shown, :shown], told["V"]) < TOLERANCE
    assert difference(V @ np.arange(1, n + 1), told["V_sum"]) < TOLERANCE
    X = found.X.numpy()[:, [labels.index(each) for each in told["X_names"]]]
    weighted = np.linalg.solve(V, np.column_stack([X, found.observed]))
    information = X.T @ weighted[:, :-1]
    beta = np.linalg.solve(information, X.T @ weighted[:, -1])
    assert difference(beta, told["beta"]) < TOLERANCE
    assert difference(np.linalg.inv(information), told["vcov"]) < TOLERANCE
    assert log_likelihoods(found, V) == pytest.approx((told["ML"], told["REML"]), rel=TOLERANCE)
    assert (found.Z is None) == (told["u"] is None)
    if found.Z is not None and found.G is not None:
        G = found.G.numpy(**{key: value for key, value in values.items() if key not in of_R})
        u = G @ found.Z.numpy().T @ np.linalg.solve(V, found.observed - X @ beta)
        # R has the groups in the order of their levels, the coefficients within.
        group = found.random[0].group
        levels = told["data"][group]["levels"]
        order = sorted(range(len(u)), key=lambda k: (levels.index(dict(random_names(found)[k][0])[group]), k))
        assert difference(u[order], told["u"]) < TOLERANCE


def _symbols(found: MixedModel) -> set[Any]:
    assert found.residual is not None
    return {parameter.symbol for parameter in found.residual.parameters}
