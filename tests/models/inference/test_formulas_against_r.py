"""At the estimates of R our formulas have its numbers of lme4 and nlme: β̂, Var(β̂), û, Var(u|y), log-likelihoods.

Both are asked at the same variances, so that 8 digits are to agree whatever each takes for the maximum. Our own fits
have R's estimates to four digits, variances of 0 too.
"""

from __future__ import annotations

import json
import math
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
from tutor.models.inference.asked_means import differences_of, means_of
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("formulas.R")
BOUND = 1e-8

LME4 = ("intercepts", "intercepts and a covariate", "slopes", "slopes, uncorrelated", "nested", "crossed", "split plot",
        "groups times treatments", "slopes for levels", "rails", "rails that do not differ",
        "nested, three levels", "strips of rows and columns", "slopes by diet", "polynomial", "cake", "cake, crossed",
        "ratings", "split plot of oats", "petrol", "factorial in blocks", "unequal groups of slopes",
        "looms")  # fmt: skip
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

    @property
    def is_on_the_boundary(self) -> bool:
        return any(value < 1e-8 for key, value in self.values.items() if key.startswith("sigma2"))

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
    derivation = told.ours.derive("Var(u | y)")
    # G has no inverse where a variance is 0: G − GZ'V⁻¹ZG has the value there.
    given = derivation.lines[2] if told.is_on_the_boundary else derivation.result
    needed = {str(letter) for letter in scalars_of(given)}
    numbers = given.numpy(**{key: value for key, value in told.values.items() if key in needed})
    assert_close(np.diag(numbers), told.of_R("condVar"))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LME4)
def test_standard_errors_of_means_and_their_differences(name: str, method: str) -> None:
    """√(k'Vk) with R's covariance matrix V of the coefficients, as emmeans has them."""
    told = said(name, method)
    names, own = list(told.ours.X.column_labels or ()), told.facts["names"]
    V = np.array(told.facts["vcov"]).reshape(len(own), -1)
    for term in told.ours.fixed:
        if not term.variables or set(term.variables) - {factor.name for factor in told.ours.factors}:
            continue
        means = [*means_of(told.ours, term.name, ()).values()]
        differences = [*differences_of(told.ours, term.name, ()).values()]
        for k in [*means[:4], *differences[:6]]:
            by_name = np.array([float(k[names.index(each)]) for each in own])
            assert_close(told.ours.se([*map(float, k)], **told.values), np.sqrt(by_name @ V @ by_name))


def scale(parameter: str, values: dict[str, float]) -> float:
    """What an error is measured by: the parameter, or of a covariance the standard deviations of its two effects."""
    if not parameter.startswith("sigma_"):
        return values[parameter]
    below = parameter.removeprefix("sigma_")
    base = below.rstrip("0123456789")
    return math.prod(math.sqrt(values[f"sigma2_{base}{number}"]) for number in below.removeprefix(base))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", NAMES)
def test_a_fit_has_the_estimates_of_R(name: str, method: Any) -> None:
    """A variance of 0 in R is less than a ten-thousandth of the residual variance here."""
    told = said(name, method)
    found = told.ours.fit(method=method)
    assert found.log_likelihood == pytest.approx(told.facts["loglik"], abs=1e-6)
    for key, expected in told.values.items():
        least = 1e-4 * told.values["sigma2"] if abs(expected) < 1e-8 else 0.0
        assert abs(found.values[key] - expected) <= max(1e-4 * abs(scale(key, told.values)), least), key


def test_some_fits_are_on_the_boundary() -> None:
    zero = {name for name, method in facts() if said(name, method).is_on_the_boundary}
    assert zero == {"rails that do not differ", "ratings"}
