"""Fits of the data sets of R agree with lme4 and nlme, asked live, by REML and by ML: at the boundary, unbalanced,
nested, crossed, with slopes, with residuals that differ or are correlated."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.r_matrices import REASON, r_is_here
from tutor import covariance
from tutor.models.from_formula import model
from tutor.models.inference.fit_table import Fit

SCRIPT = Path(__file__).with_name("fits_of_data.R")
NAMES = (
    "warpbreaks", "sleep pairs", "npk", "morley", "trees", "MASS oats", "petrol", "petrol slopes", "coop",
    "coop crossed", "schools", "math", "math apart", "quakes", "arabidopsis", "glucose", "IGF", "thin sleep",
    "thin sleep apart", "sleep slopes", "orthodont", "chicks", "lost machines", "lost machine levels", "wafer", "pixel",
    "penicillin", "dyestuff2", "sexes", "sexes of few", "diets", "machines apart", "varieties", "ages", "wools",
    "serial", "serial beside intercepts", "exchangeable", "exchangeable machines", "unstructured",
    "exchangeable and unlike", "serial and unlike", "chicks by time",
)  # fmt: skip
DIGITS = 1e-4

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not r_is_here(), reason=REASON)]


@cache
def theirs() -> dict[tuple[str, str], dict[str, Any]]:
    done = subprocess.run(["Rscript", "--vanilla", str(SCRIPT)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return {(told["name"], told["method"]): told for told in json.loads(done.stdout)}


def ours(told: dict[str, Any]) -> Fit:
    columns = {name: column["values"] for name, column in told["data"].items()}
    levels = {name: column["levels"] for name, column in told["data"].items() if "levels" in column}
    R = None
    if told["residuals"]:
        structure, variable, *group = told["residuals"].split()
        R = getattr(covariance, structure)(variable, **({"group": group[0]} if group else {}))
    return model(told["formula"], columns, factors=levels, R=R).fit(method=told["method"])


def blocks_of_G(found: Fit) -> list[np.ndarray]:
    """The covariance matrix of the effects of one level, for each random term."""
    blocks = []
    for term in found.model.random:
        entries = term.covariance.blocks[0].tolist() if len(term.coefficients) > 1 else [[term.parameters[0].symbol]]
        blocks.append(np.array([[found.values[str(entry)] for entry in row] for row in entries]))
    return blocks


def difference(mine: list[np.ndarray], other: list[Any], floor: float) -> float:
    """The largest difference of entries, relative to the largest entry of their block, or to ``floor`` where that is
    more: the programs list their terms in orders of their own."""
    rest, worst = list(mine), 0.0
    for block in map(np.array, other):
        apart = [float(np.abs(own - block).max()) if own.shape == block.shape else np.inf for own in rest]
        worst = max(worst, min(apart) / max(float(np.abs(block).max()), floor))
        rest.pop(int(np.argmin(apart)))
    assert not rest
    return worst


def test_every_fit_is_compared() -> None:
    assert {name for name, _ in theirs()} == set(NAMES)


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("name", NAMES)
def test_a_fit_is_that_of_R(name: str, method: str) -> None:
    told = theirs()[name, method]
    found = ours(told)
    # R's search may end before the top, never above it.
    assert told["logLik"] - 1e-7 <= found.log_likelihood <= told["logLik"] + 2e-5
    labels = list(found.beta)
    at = [labels.index(each) for each in told["names"]]
    beta = np.array([estimate.value for estimate in found.beta.values()])[at]
    errors = np.array([estimate.standard_error for estimate in found.beta.values()], dtype=float)[at]
    se = np.array(told["se"])
    assert np.abs(beta - told["beta"]).max() < DIGITS * se.max()
    assert np.allclose(errors, se, rtol=DIGITS)
    spread = float(np.std(told["fitted"]))
    assert np.abs(found.fitted - told["fitted"]).max() < DIGITS * spread
    R = np.array(told["R"]) if "R" in told else told["sigma2"] * np.eye(len(found.response))
    assert np.abs(found.number("R") - R).max() < DIGITS * R.max()
    assert difference(blocks_of_G(found), told.get("G") or [], floor=1e-3 * float(R.max())) < DIGITS


NUMBER = re.compile(r"(?<![\w.:^()])-?\d+(?:\.\d*)?(?:e[-+]\d+)?(?![\w:])")
NOT_OF_THE_FIT = ("Formula:", "Data:", "Control:", "optimizer", "boundary", "fit by")


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("name", NAMES[: NAMES.index("sexes")])
def test_each_number_of_the_summary_of_lme4_is_a_line_with_its_formula(name: str, method: str) -> None:
    """To the digits that are printed, or four; apart from rows of a variance that R has next to 0, and we at 0."""
    told = theirs()[name, method]
    values = [line.value for line in ours(told).lines()]
    for row in told["printed"]:
        if any(words in row for words in NOT_OF_THE_FIT) or re.search(r"\de-1\d", row):
            continue
        for text in NUMBER.findall(row):
            digits, _, power = text.partition("e")
            unit = 10.0 ** (int(power or 0) - len(digits.partition(".")[2]))
            assert any(abs(value - float(text)) <= 0.51 * unit + DIGITS * abs(value) for value in values), (row, text)
