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


# What is refused


TWO = {"y": [1.0, 2, 3, 4, 3, 2, 5, 6], "g": list("aabbccdd"), "t": [1, 2] * 4, "x": [0, 1, 2, 3, 4, 5, 6, 7]}
FOUR = {"y": [1.0, 2, 4, 3, 3, 2, 5, 7], "g": list("aaaabbbb"), "t": [1, 2, 3, 4] * 2, "x": [0, 1, 2, 3, 4, 5, 6, 7]}
SERIES = {"y": [1.0, 2, 4, 3, 3, 2], "t": [1, 2, 3, 4, 5, 6]}


@pytest.mark.parametrize(
    ("data", "R", "words"),
    [
        (FOUR, nugget(cs("t", group="g")), "cannot be told apart"),
        (FOUR, nugget(unr("t", group="g")), "cannot be told apart"),
        (TWO, arma11("t", group="g"), "cannot be told apart"),
        (TWO, nugget(exp("t", group="g")), "cannot be told apart"),
        (FOUR, ar1("t", group=["g", "t"]), "has one observation"),
        (FOUR, ar1("t"), "no group is named"),
        (FOUR, varexp("g"), "holds text"),
        (FOUR, varpower("x"), "covariate is 0"),
        (FOUR, "ar1", "over which column"),
        (FOUR, cs, "over which column"),
    ],
)
def test_what_no_data_can_tell_or_no_column_says_is_refused(data: dict[str, Any], R: Any, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        model("y ~ 1", data, R=R)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: ar1(["t", "x"], group="g"), "one column"),
        (lambda: exp(["a", "b", "c"]), "one column, or two"),
        (lambda: unr("t", group="g", variances=diag("x")), "variances of its own"),
        (lambda: ar1("t", group="g", variances=cs("x")), "tells no variances"),
        (lambda: nugget(nugget(exp("t"))), "has its nugget"),
    ],
)
def test_what_is_no_structure_is_refused(call: Any, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        call()


@pytest.mark.parametrize("R", [nugget(ar1("t", group="g")), ar1("t", group="g", variances=diag("t")), cs("t", "g")])
def test_what_data_can_tell_is_taken(R: Over) -> None:
    assert model("y ~ 1", FOUR, R=R).n == 8


def test_a_series_is_one_group() -> None:
    V = model("y ~ 1", SERIES, R=ar1("t")).V.numpy(sigma2=2, rho=0.5)
    assert np.allclose(V, 2 * 0.5 ** np.abs(np.subtract.outer(range(6), range(6))))


def test_the_largest_group_sets_the_boundary_of_compound_symmetry() -> None:
    """Times of its own in each group: three rows allow ρ > −1/2, however many times there are."""
    data = {"y": [1.0, 2, 4, 3, 3, 2], "t": [1, 2, 3, 4, 5, 6], "g": list("aaabbb")}
    found = model("y ~ 1", data, R=cs("t", group="g"))
    assert np.linalg.eigvalsh(found.V.numpy(sigma2=1, rho=-0.49))[0] > 0
    with pytest.raises(DomainError, match="−1/2"):
        found.V.numpy(sigma2=1, rho=-0.51)


def test_one_observation_per_group_is_told_by_the_name_of_the_group() -> None:
    with pytest.raises(DataError, match="Each g:t has one observation"):
        model("y ~ 1", FOUR, R=ar1("t", group=["g", "t"]))


@pytest.mark.parametrize("seed", range(3))
def test_rows_in_any_order(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(8)
    mixed = {name: [values[i] for i in order] for name, values in FOUR.items()}
    for R in (nugget(exp("t", group="g")), ar1("t", group="g", variances=diag("g")), gau(["t", "x"])):
        values = {p.key: 0.5 for p in model("y ~ 1", FOUR, R=R).parameters}
        plain, other = (model("y ~ 1", each, R=R).V.numpy(**values) for each in (FOUR, mixed))
        assert np.allclose(other, plain[np.ix_(order, order)])


def test_ten_thousand_variances_by_a_factor_are_valued_by_their_blocks() -> None:
    n = 10_000
    data = {"y": [float(i % 7) for i in range(n)], "s": [("a", "b")[i % 2] for i in range(n)]}
    found = model("y ~ 1", data, R=diag("s"))
    V = found.V.sparse(sigma2_1=1, sigma2_2=2)
    assert V.nnz == n
    assert V.diagonal()[:3].tolist() == [1, 2, 1]
