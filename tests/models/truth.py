"""R's fits as data: what lme4 and nlme found, to be compared by label."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tutor import covariance, data
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

TRUTH = Path(__file__).parents[1] / "data" / "truth"

FORMULAS = {
    "ergostool_rcbd": "effort ~ Type + (1 | Subject)",
    "machines_interaction": "score ~ Machine + (1 | Worker) + (1 | Worker:Machine)",
    "oats_splitplot": "yield ~ Variety * nitro + (1 | Block/Variety)",
    "pastes_nested": "strength ~ 1 + (1 | batch/cask)",
    "rail_oneway": "travel ~ 1 + (1 | Rail)",
    "sleep_corr": "Reaction ~ Days + (Days | Subject)",
    "orthodont_gls_ar1": "distance ~ age*Sex",
    "orthodont_ri_varident": "distance ~ age*Sex + (1|Subject)",
}
"""File: the formula of its means and random effects. The last two have residuals of another structure."""

WITH_IDENTITY_RESIDUALS = [name for name in FORMULAS if not name.startswith("orthodont")]


@dataclass(frozen=True, slots=True)
class Truth:
    """One fit of R."""

    name: str
    facts: dict[str, Any]

    def array(self, key: str) -> np.ndarray:
        """A matrix or vector of the fit."""
        return np.atleast_1d(np.array(self.facts[key], dtype=float))

    @property
    def fixed_names(self) -> list[str]:
        names = self.facts["X_names"]
        return [names] if isinstance(names, str) else names

    @property
    def random_names(self) -> list[tuple[frozenset[tuple[str, str]], str]]:
        """Each column of Z: the group's factors with their levels, in any order, and the coefficient."""
        return [column_name(c["group"], c["level"], c["coef"]) for c in self.facts["Z_columns"]]


def column_name(group: str, level: str, coefficient: str) -> tuple[frozenset[tuple[str, str]], str]:
    """A random column by what it stands for: lme4 writes cask:batch where others write batch:cask."""
    return frozenset(zip(group.split(":"), level.split(":"), strict=True)), coefficient


@cache
def truth(name: str) -> Truth:
    """The fit in this file."""
    return Truth(name, json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8")))


def columns_of(fit: Truth) -> tuple[dict[str, list[Any]], dict[str, list[str]]]:
    """The data of a fit, and the levels of its factors in R's order."""
    columns = {name: column["values"] for name, column in fit.facts["data"].items()}
    levels = {name: column["levels"] for name, column in fit.facts["data"].items() if column["type"] == "factor"}
    return columns, levels


@cache
def our_model(name: str) -> MixedModel:
    """Our model of the same formula on the same data."""
    columns, levels = columns_of(truth(name))
    return model(FORMULAS[name], columns, factors=levels)


def random_names(ours: MixedModel) -> list[tuple[frozenset[tuple[str, str]], str]]:
    """The columns of our Z, named as `Truth.random_names` names R's."""
    return [
        column_name(column.group, column.level, column.coefficient)
        for term in ours.random
        for column in term.columns or ()
    ]


def parameters_of(name: str, ours: MixedModel) -> dict[str, float]:
    """R's variances and covariances under our names, matched by group and coefficients."""
    facts = truth(name).facts
    found = {"sigma2": facts["sigma"] ** 2}
    for term in ours.random:
        entries = [c for c in facts["varcorr"] if frozenset(c["grp"].split(":")) == frozenset(term.group.split(":"))]
        by_pair = {frozenset({c["var1"], c["var2"] or c["var1"]}): c["vcov"] for c in entries}
        names = term.coefficients
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i:]]
        for parameter, pair in zip(term.parameters, pairs, strict=True):
            found[parameter.key] = by_pair[frozenset(pair)]
    return found


def log_likelihoods(ours: MixedModel, V: np.ndarray, response: np.ndarray | None = None) -> tuple[float, float]:
    """The log-likelihoods of ML and REML of a model's data at a covariance matrix, as nlme has them: R's REML leaves
    out the constant ½ log |X'X|. Source: Pinheiro and Bates (2000), section 2.2.5."""
    X, y = ours.X.numpy(), ours.observed if response is None else response
    n, p = X.shape
    weighted = np.linalg.solve(V, np.column_stack([X, y]))
    information = X.T @ weighted[:, :-1]
    residual = y - X @ np.linalg.solve(information, X.T @ weighted[:, -1])
    quadratic = float(residual @ np.linalg.solve(V, residual))
    logdet, information_logdet = np.linalg.slogdet(V)[1], np.linalg.slogdet(information)[1]
    ml = -0.5 * (n * math.log(2 * math.pi) + logdet + quadratic)
    return ml, -0.5 * ((n - p) * math.log(2 * math.pi) + logdet + information_logdet + quadratic)


def fitted_by_r(name: str) -> tuple[MixedModel, dict[str, float]]:
    """Our model of any fit, its residuals included, and R's estimates of the parameters by our names."""
    fit = truth(name)
    if name in WITH_IDENTITY_RESIDUALS:
        ours = our_model(name)
        return ours, parameters_of(name, ours)
    levels = {"Sex": ["Male", "Female"]}
    if name == "orthodont_gls_ar1":
        structure = covariance.ar1("age", group="Subject")
        ours = model(FORMULAS[name], data.path("orthodont.csv"), R=structure, factors=levels)
        return ours, {"sigma2": fit.facts["sigma"] ** 2, "rho": fit.facts["phi"]}
    ours = model(FORMULAS[name], data.path("orthodont.csv"), R=covariance.diag("Sex"), factors=levels)
    ratio, sigma2 = fit.facts["varIdent_sd_ratio"], fit.facts["sigma"] ** 2
    values = {f"sigma2_{i}": sigma2 * ratio[sex] ** 2 for i, sex in enumerate(("Male", "Female"), start=1)}
    return ours, {**values, "sigma2_u": fit.facts["sigma2_u"]}
