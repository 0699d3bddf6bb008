"""R of a formula with a covariance structure: that of nlme, and that of a loop over pairs of rows."""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np
import pytest

from tests.models.truth import fitted_by_r, log_likelihoods, random_names, truth
from tutor.covariance.over import Over, ar1, cs, diag, exp, over, toep, un
from tutor.errors import DataError, TutorError, UnknownNameError
from tutor.models.from_formula import model

TOLERANCE = 1e-9
FORMULA = "distance ~ age * Sex"


def relative_difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference of entries, relative to an entry where it is larger than 1."""
    assert ours.shape == theirs.shape
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))


@pytest.mark.parametrize("name", ["orthodont_gls_ar1", "orthodont_ri_varident"])
def test_the_fits_of_nlme(name: str) -> None:
    fit = truth(name)
    ours, values = fitted_by_r(name)
    X, V, y = ours.X.numpy(), ours.V.numpy(**values), ours.observed
    R = ours.R.numpy(**{key: value for key, value in values.items() if key != "sigma2_u"})
    shown = len(fit.facts["R"])
    assert list(ours.X.column_labels or ()) == fit.fixed_names
    assert relative_difference(R[:shown, :shown], fit.array("R")) < TOLERANCE
    assert relative_difference(V[:shown, :shown], fit.array("V")) < TOLERANCE
    weighted = np.linalg.solve(V, np.column_stack([X, y]))
    information = X.T @ weighted[:, :-1]
    beta = np.linalg.solve(information, X.T @ weighted[:, -1])
    assert relative_difference(beta, fit.array("beta_gls")) < TOLERANCE
    assert relative_difference(np.linalg.inv(information), fit.array("vcov_beta")) < TOLERANCE
    residual = y - X @ beta
    ml, reml = log_likelihoods(ours, V)
    assert ml == pytest.approx(fit.facts["loglik"]["ML"], rel=TOLERANCE)
    assert reml == pytest.approx(fit.facts["loglik"]["REML"], rel=TOLERANCE)
    if ours.Z is not None and ours.G is not None:
        u = values["sigma2_u"] * ours.Z.numpy().T @ np.linalg.solve(V, residual)
        order = [random_names(ours).index(column) for column in fit.random_names]
        assert relative_difference(u[order], fit.array("u_blup")) < TOLERANCE


ROWS: dict[str, list[Any]] = {
    "subject": ["a"] * 3 + ["b"] * 3 + ["c"] * 2,
    "time": [1, 2, 4, 1, 2, 4, 2, 4],
    "y": [1.0, 2, 4, 2, 3, 5, 1, 2],
}


def shuffled(seed: int) -> dict[str, list[Any]]:
    """The rows in another order."""
    order = list(range(8))
    random.Random(seed).shuffle(order)
    return {name: [values[i] for i in order] for name, values in ROWS.items()}


def expected(rows: dict[str, list[Any]], entry: Any) -> np.ndarray:
    """R by a loop: entries within a subject, 0 between."""
    n = len(rows["y"])
    R = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if rows["subject"][i] == rows["subject"][j]:
                R[i, j] = entry(rows["time"][i], rows["time"][j])
    return R


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
@pytest.mark.parametrize(
    ("structure", "values", "entry"),
    [
        ("ar1", {"sigma2": 2, "rho": 0.5}, lambda s, t: 2 * 0.5 ** abs([1, 2, 4].index(s) - [1, 2, 4].index(t))),
        ("pow", {"sigma2": 2, "rho": 0.5}, lambda s, t: 2 * 0.5 ** abs(s - t)),
        ("exp", {"sigma2": 2, "theta": 3}, lambda s, t: 2 * math.exp(-abs(s - t) / 3)),
        ("cs", {"sigma2": 2, "rho": 0.25}, lambda s, t: 2 if s == t else 0.5),
    ],
)
def test_rows_of_a_subject_in_any_order(structure: str, values: dict[str, float], entry: Any, seed: int | None) -> None:
    rows = ROWS if seed is None else shuffled(seed)
    found = model("y ~ time", rows, R=over(structure, "time", "subject"))
    assert np.allclose(found.R.numpy(**values), expected(rows, entry))


def test_equal_subjects_repeat_one_matrix() -> None:
    rows = {name: values[:6] for name, values in ROWS.items()}
    found = model("y ~ time", rows, R=ar1("time", group="subject"))
    assert str(found.R.definition) == "I₂ ⊗ Σ_e"
    assert "ε ~ N(0, R),  R = I₂ ⊗ Σ_e" in found.equation("index")


def test_draws_have_the_structure() -> None:
    rows = {"subject": [f"s{i}" for i in range(400) for _ in range(3)], "time": [1, 2, 3] * 400, "y": [0.0] * 1200}
    found = model("y ~ 1", rows, R=cs("time", group="subject"))
    drawn = found.simulate(seed=4, beta=[0], sigma2=1, rho=0.8).reshape(400, 3)
    assert np.corrcoef(drawn.T)[0, 2] == pytest.approx(0.8, abs=0.08)


def test_a_random_intercept_beside_a_structure() -> None:
    found = model("y ~ time + (1 | subject)", ROWS, R=ar1("time", group="subject"))
    Z = found.Z.numpy() if found.Z is not None else np.zeros((8, 0))
    R = found.R.numpy(sigma2=1, rho=0.5)
    assert np.allclose(found.V.numpy(sigma2=1, rho=0.5, sigma2_u=3), 3 * Z @ Z.T + R)


@pytest.mark.parametrize(
    ("R", "error", "words"),
    [
        (ar1("tiem", group="subject"), UnknownNameError, "Did you mean time"),
        (ar1("time", group="subjct"), UnknownNameError, "Did you mean subject"),
        (un("subject", group="time"), None, ""),
        (toep("time", group="subject"), None, ""),
        (ar1("y", group="subject"), None, ""),
        (exp("subject", group="time"), DataError, "holds text"),
        (ar1("time"), DataError, "no group is named"),
        (diag("time"), None, ""),
    ],
)
def test_columns_are_checked(R: Over, error: type[TutorError] | None, words: str) -> None:
    if error is None:
        assert model("y ~ time", ROWS, R=R).n == 8
        return
    with pytest.raises(error) as told:
        model("y ~ time", ROWS, R=R)
    assert words in str(told.value)


def test_a_random_intercept_is_no_different_from_compound_symmetry() -> None:
    with pytest.raises(DataError, match="cannot be told apart"):
        model("y ~ time + (1 | subject)", ROWS, R=cs("time", group="subject"))
    assert model("y ~ time + (1 | subject)", ROWS, R=ar1("time", group="subject")).q == 3


def test_two_rows_at_one_time_are_refused() -> None:
    rows = {**ROWS, "time": [1, 1, 4, 1, 2, 4, 2, 4]}
    with pytest.raises(DataError, match="rows 1 and 2 are both of subject a at time 1"):
        model("y ~ 1", rows, R=ar1("time", group="subject"))


def test_an_unknown_structure_is_named() -> None:
    with pytest.raises(UnknownNameError, match="ar1"):
        over("ar", "time")
