"""At the estimates of R our formulas have its numbers of lme4 and nlme: β̂, Var(β̂), û, Var(u|y), log-likelihoods.

Both are asked at the same variances, so that 8 digits are to agree whatever each takes for the maximum.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.r_matrices import REASON, r_is_here
from tests.models.truth import column_name, random_names
from tutor import covariance
from tutor.algebra.parameters import scalars_of
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("formulas.R")
BOUND = 1e-8

LME4 = ("intercepts", "intercepts and a covariate", "slopes", "slopes, uncorrelated", "nested", "crossed", "split plot",
        "groups times treatments", "slopes for levels")  # fmt: skip
RANDOM = {"lme, AR(1)": " + (1 | Mare)", "lme, slopes": " + (age | Subject)"}
"""What a fit of lme says beside its formula: the random effects, in lme4's words."""

NAMES = [*LME4, "gls, AR(1)", *RANDOM]
METHODS = ["REML", "ML"]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not r_is_here(), reason=REASON)]


@dataclass(frozen=True)
class Said:
    """What R says of a fit, and our model of the same formula and data."""

    facts: dict[str, Any]
    ours: MixedModel

    @property
    def values(self) -> dict[str, float]:
        """R's variances, covariances and ρ by our names."""
        found = {"sigma2": self.facts["sigma"] ** 2}
        if self.facts.get("rho") is not None:
            found["rho"] = self.facts["rho"]
        by_pair = {
            (_group(c["grp"]), frozenset({c["var1"], c.get("var2") or c["var1"]})): c["vcov"]
            for c in self.facts["covariances"] or []
        }
        for term in self.ours.random:
            names = term.coefficients
            pairs = [(a, b) for i, a in enumerate(names) for b in names[i:]]
            for parameter, pair in zip(term.parameters, pairs, strict=True):
                found[parameter.key] = by_pair[_group(term.group), frozenset(pair)]
        return found

    def of_R(self, key: str) -> np.ndarray:
        """R's predictions in the order of our columns of Z; ``key`` "u" or "condVar"."""
        told = self.facts["u"]
        numbers = [each["value"] for each in told] if key == "u" else self.facts[key]
        by_name = {
            column_name(each["group"].partition(".")[0], each["level"], each["coef"]): number
            for each, number in zip(told, numbers, strict=True)
        }
        return np.array([by_name[name] for name in random_names(self.ours)])


def _group(name: str) -> frozenset[str]:
    """Factors of a group in any order; lme4 counts terms of one group, as Subject and Subject.1."""
    return frozenset(name.partition(".")[0].split(":"))


@cache
def facts() -> dict[tuple[str, str], dict[str, Any]]:
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)], capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {(told["name"], told["method"]): told for told in json.loads(done.stdout)}


@cache
def said(name: str, method: str) -> Said:
    told = facts()[name, method]
    columns = {column: each["values"] for column, each in told["data"].items()}
    levels = {column: each["levels"] for column, each in told["data"].items() if "levels" in each}
    R = None
    if "groups" in told:  # of nlme, whose formula of the means does not name them
        groups = told["groups"]
        columns[told["group"]] = groups
        if told["rho"] is not None:
            columns["place"] = [groups[:row].count(group) for row, group in enumerate(groups)]
            R = covariance.ar1("place", group=told["group"])
    return Said(told, model(told["formula"] + RANDOM.get(name, ""), columns, factors=levels, R=R))


def assert_close(ours: Any, theirs: Any) -> None:
    """Entries agree to 8 digits, relative to those that are larger than 1."""
    mine, expected = np.asarray(ours, dtype=float), np.asarray(theirs, dtype=float)
    assert mine.shape == expected.shape
    assert np.all(np.abs(mine - expected) <= BOUND * np.maximum(1, np.abs(expected)))


def divisor(told: Said) -> float:
    """What nlme's gls multiplies (X'V⁻¹X)⁻¹ by after ML, n / (n − p); lme and lme4 do not."""
    if told.facts["name"].startswith("gls") and told.facts["method"] == "ML":
        n, p = told.ours.X.numpy().shape
        return n / (n - p)
    return 1.0


def test_every_fit_is_compared_by_both_methods() -> None:
    assert set(facts()) == {(name, method) for name in NAMES for method in METHODS}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", NAMES)
def test_coefficients_their_variance_and_the_log_likelihood(name: str, method: Any) -> None:
    told = said(name, method)
    found = told.ours.blue.at(**told.values)
    order = [found.names.index(each) for each in told.facts["names"]]
    assert_close(found.values[order], told.facts["beta"])
    assert_close(found.covariance[np.ix_(order, order)], np.array(told.facts["vcov"]) / divisor(told))
    likelihood = told.ours.loglik(method).number(**told.values)  # pyright: ignore[reportArgumentType]
    assert_close(likelihood, told.facts["loglik"])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LME4)
def test_standard_errors_of_coefficients(name: str, method: str) -> None:
    told = said(name, method)
    labels, theirs = list(told.ours.X.column_labels or ()), np.sqrt(np.diag(told.facts["vcov"]))
    for label, expected in zip(told.facts["names"], theirs, strict=True):
        k = [float(each == label) for each in labels]
        assert_close(told.ours.se(k, **told.values), expected)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [*LME4, *RANDOM])
def test_predictions(name: str, method: str) -> None:
    told = said(name, method)
    assert_close(told.ours.blup.at(**told.values).values, told.of_R("u"))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LME4)
def test_the_variance_of_the_effects_given_y_is_condVar(name: str, method: str) -> None:
    told = said(name, method)
    given = told.ours.derive("Var(u | y)").result
    needed = {str(letter) for letter in scalars_of(given)}
    numbers = given.numpy(**{key: value for key, value in told.values.items() if key in needed})
    assert_close(np.diag(numbers), told.of_R("condVar"))
