"""Models of the data sets of R's packages agree with lme4's fits: X and Z by label, G, V, β̂, û and likelihoods."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.r_matrices import REASON, r_is_here
from tests.models.truth import column_name, log_likelihoods, random_names
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("fits.R")
NAMES = (
    "Dyestuff", "Penicillin", "cake", "cbpp", "sleep_diagonal", "Machines_levels", "Oxide", "Pixel", "Dialyzer", "CO2",
    "InstEval", "Assay", "Wheat2", "BodyWeight",
    "machines_diag", "machines_unb", "oats_poly", "oats_slopes", "oats_contr", "orth_nested_slope", "orth_in",
    "odd", "odd2", "pen", "va", "grouse", "pbg", "soy",
    "wafer", "alfalfa", "ergo", "cbpp_unused", "ovary", "cake", "cake_ord",
    "assay", "oxboys", "sleep_truth", "sleep_log", "glucose2", "pups", "pups_het",
    "pastes", "dyestuff2", "bdf",
)  # fmt: skip
TOLERANCE = 1e-9

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not r_is_here(), reason=REASON)]


@dataclass(frozen=True)
class Fit:
    """A fit of lme4 and our model of the same formula and data, at its parameters."""

    facts: dict[str, Any]
    ours: MixedModel

    def array(self, key: str) -> np.ndarray:
        return np.atleast_1d(np.array(self.facts[key], dtype=float))

    @property
    def order(self) -> list[int]:
        """Where our columns of Z are, in R's order."""
        mine = random_names(self.ours)
        return [mine.index(name) for name in self.theirs]

    @property
    def theirs(self) -> list[tuple[frozenset[tuple[str, str]], str]]:
        return [
            column_name(re.sub("[`()]", "", c["group"]), c["level"], c["coef"].replace("`", ""))
            for c in self.facts["Z_columns"]
        ]

    @property
    def fixed_names(self) -> list[str]:
        """R's names of the columns of X, without the backticks around names with blanks."""
        return [name.replace("`", "") for name in self.facts["X_names"]]

    @property
    def response(self) -> np.ndarray:
        """What the fixed effects are to explain: y without its offset."""
        offset = self.ours.offset
        return self.ours.observed - (0 if offset is None else offset.numpy().ravel())

    @property
    def values(self) -> dict[str, float]:
        """R's variances and covariances under our names, from its G by group, level and coefficient."""
        theirs, G = self.theirs, self.array("G")
        found = {"sigma2": self.facts["sigma"] ** 2}
        for term in self.ours.random:
            columns = (term.columns or ())[: len(term.coefficients)]
            at = [theirs.index(column_name(c.group, c.level, c.coefficient)) for c in columns]
            pairs = [(at[i], j) for i in range(len(at)) for j in at[i:]]
            found |= {p.key: float(G[i, j]) for p, (i, j) in zip(term.parameters, pairs, strict=True)}
        return found


@cache
def facts() -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)], capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {told["name"]: told for told in json.loads(done.stdout)}


@cache
def fit(name: str) -> Fit:
    told = facts()[name]
    columns = {column: each["values"] for column, each in told["data"].items()}
    levels = {column: each["levels"] for column, each in told["data"].items() if "levels" in each}
    ordered = {column: "poly" for column, each in told["data"].items() if each["type"] == "ordered"}
    fixed = told["formula"].partition("(")[0] if name != "CO2" else "Treatment Type"
    contrasts = {column: coding for column, coding in ordered.items() if column in fixed}
    return Fit(told, model(told["formula"], columns, factors=levels, contrasts=contrasts))


def difference(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference of entries, relative to an entry where it is larger than 1."""
    assert ours.shape == theirs.shape
    return float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))))


def test_every_fit_is_compared() -> None:
    assert set(facts()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_X_and_Z_have_the_columns_of_lme4_by_name(name: str) -> None:
    told = fit(name)
    ours = told.ours
    labels = list(ours.X.column_labels or ())
    names = told.fixed_names
    assert set(labels) == set(names)
    assert difference(ours.X.numpy()[:, [labels.index(each) for each in names]], told.array("X")) < 1e-12
    assert ours.Z is not None
    assert set(random_names(ours)) == set(told.theirs) and len(told.order) == len(set(told.order))
    assert difference(ours.Z.numpy()[:, told.order], told.array("Z")) < 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_G_V_and_both_likelihoods_at_the_estimates_of_lme4(name: str) -> None:
    told = fit(name)
    values, V = told.values, told.ours.V.numpy(**told.values)
    assert told.ours.G is not None
    G = told.ours.G.numpy(**{key: value for key, value in values.items() if key != "sigma2"})
    assert difference(G[np.ix_(told.order, told.order)], told.array("G")) < TOLERANCE
    assert difference(V, told.array("V")) < TOLERANCE
    ml, reml = log_likelihoods(told.ours, V, told.response)
    assert ml == pytest.approx(told.facts["loglik"]["ML"], rel=TOLERANCE)
    assert reml == pytest.approx(told.facts["reml"], rel=TOLERANCE)


@pytest.mark.parametrize("name", NAMES)
def test_fixed_and_random_effects_at_the_estimates_of_lme4(name: str) -> None:
    told = fit(name)
    ours, V = told.ours, told.ours.V.numpy(**told.values)
    assert ours.Z is not None
    labels = list(ours.X.column_labels or ())
    X = ours.X.numpy()[:, [labels.index(each) for each in told.fixed_names]]
    weighted = np.linalg.solve(V, np.column_stack([X, told.response]))
    information = X.T @ weighted[:, :-1]
    beta = np.linalg.solve(information, X.T @ weighted[:, -1])
    # Columns on other scales, as powers, cost digits in both programs.
    lost = max(1.0, np.linalg.cond(X) ** 2 * np.finfo(float).eps / TOLERANCE)
    assert difference(beta, told.array("beta")) < TOLERANCE * lost
    assert difference(np.linalg.inv(information), told.array("vcov")) < TOLERANCE * lost
    u = told.array("G") @ ours.Z.numpy()[:, told.order].T @ np.linalg.solve(V, told.response - X @ beta)
    assert difference(u, told.array("u")) < TOLERANCE * lost
