"""X, Z, V, β̂ and û are R's, compared by label."""

from __future__ import annotations

import numpy as np
import pytest

from tests.models.truth import (
    FORMULAS,
    TRUTH,
    WITH_IDENTITY_RESIDUALS,
    log_likelihoods,
    our_model,
    parameters_of,
    random_names,
    truth,
)

TOLERANCE = 1e-9


def relative_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference of entries, relative to an entry where it is larger than 1."""
    assert ours.shape == theirs.shape
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))


def test_every_fit_that_is_recorded_is_compared() -> None:
    """``structured_residuals`` has a test of its own; each of the others is asked wherever FORMULAS is."""
    assert {path.stem for path in TRUTH.glob("*.json")} == {*FORMULAS, "structured_residuals"}


@pytest.mark.parametrize("name", FORMULAS)
def test_X_has_the_columns_of_R_by_name(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    assert list(ours.X.column_labels or ()) == fit.fixed_names
    assert np.array_equal(ours.X.numpy(), fit.array("X").reshape(ours.X.numpy().shape))
    assert ours.rank == len(fit.fixed_names) == np.linalg.matrix_rank(fit.array("X"))


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "orthodont_gls_ar1"])
def test_Z_has_the_columns_of_lme4_by_group_and_level(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    theirs, mine = fit.random_names, random_names(ours)
    assert len(set(mine)) == len(mine)
    assert set(mine) == set(theirs)
    assert ours.Z is not None
    order = [mine.index(column) for column in theirs]
    assert np.array_equal(ours.Z.numpy()[:, order], fit.array("Z"))


def test_a_model_without_random_effects_has_no_Z() -> None:
    ours = our_model("orthodont_gls_ar1")
    assert (ours.Z, ours.u, ours.G, ours.q) == (None, None, None, None)
    assert ours.V == ours.R


@pytest.mark.parametrize("name", FORMULAS)
def test_the_response_is_that_of_R(name: str) -> None:
    assert np.array_equal(our_model(name).observed, truth(name).array("y"))


@pytest.mark.parametrize("name", WITH_IDENTITY_RESIDUALS)
def test_V_at_the_estimates_of_R(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    V = ours.V.numpy(**parameters_of(name, ours))
    shown = fit.array("V").shape[0]
    assert relative_difference(V[:shown, :shown], fit.array("V")) < TOLERANCE


@pytest.mark.parametrize("name", WITH_IDENTITY_RESIDUALS)
def test_G_at_the_estimates_of_R(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    assert ours.G is not None
    values = {key: value for key, value in parameters_of(name, ours).items() if key != "sigma2"}
    order = [random_names(ours).index(column) for column in fit.random_names]
    assert relative_difference(ours.G.numpy(**values)[np.ix_(order, order)], fit.array("G")) < TOLERANCE


@pytest.mark.parametrize("name", WITH_IDENTITY_RESIDUALS)
def test_fixed_and_random_effects_at_the_estimates_of_R(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    values = parameters_of(name, ours)
    assert ours.Z is not None and ours.G is not None
    X, Z, V = ours.X.numpy(), ours.Z.numpy(), ours.V.numpy(**values)
    G = ours.G.numpy(**{key: value for key, value in values.items() if key != "sigma2"})
    weighted = np.linalg.solve(V, np.column_stack([X, ours.observed]))
    beta = np.linalg.solve(X.T @ weighted[:, :-1], X.T @ weighted[:, -1])
    assert relative_difference(beta, fit.array("beta_gls")) < TOLERANCE
    information = X.T @ weighted[:, :-1]
    assert relative_difference(np.linalg.inv(information), fit.array("vcov_beta")) < TOLERANCE
    u = G @ Z.T @ np.linalg.solve(V, ours.observed - X @ beta)
    order = [random_names(ours).index(column) for column in fit.random_names]
    assert relative_difference(u[order], fit.array("u_blup")) < TOLERANCE


@pytest.mark.parametrize("name", WITH_IDENTITY_RESIDUALS)
def test_both_log_likelihoods_at_the_estimates_of_R(name: str) -> None:
    fit, ours = truth(name), our_model(name)
    ml, reml = log_likelihoods(ours, ours.V.numpy(**parameters_of(name, ours)))
    assert ml == pytest.approx(fit.facts["loglik"]["ML"], rel=TOLERANCE)
    assert reml == pytest.approx(fit.facts["loglik"]["REML"], rel=TOLERANCE)
