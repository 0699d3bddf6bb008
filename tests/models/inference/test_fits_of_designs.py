"""Fits of simulated data of the designs of a course agree with lme4, asked live, by REML and by ML."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import tutor
from tests.models.r_matrices import REASON, r_is_here
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("fits_of_designs.R")

DESIGNS: dict[str, MixedModel] = {
    "rcbd": tutor.rcbd(4, 6),
    "split plot": tutor.split_plot(3, 3, 5),
    "split-split plot": tutor.split_split_plot(2, 3, 2, 5),
    "strip plot": tutor.strip_plot(3, 4, 5),
    "Latin square": tutor.latin_square(6),
    "incomplete blocks": tutor.bibd(6, 10, 3),
    "unequal groups": tutor.one_way(6, (2, 5, 3, 4, 6, 2)),
    "nested": tutor.nested(5, 3, 3),
    "crossed": tutor.crossed(5, 4, 3),
}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not r_is_here(), reason=REASON)]


@cache
def simulated(name: str) -> np.ndarray:
    """y of four digits; a variance may be 0 at the maximum."""
    m = DESIGNS[name]
    variances = {p.key: 1.0 if p.key == "sigma2" else 4.0 for p in m.parameters}
    effects = {str(entry): 0.0 for entry in m.beta.entries or ()}
    return np.round(m.simulate(seed=11, **variances, **effects), 4)


@cache
def theirs() -> dict[str, Any]:
    asked = {}
    for name, m in DESIGNS.items():
        found = re.search(r"lmer\((.*), data = d\)", m.code("lme4"))
        assert found
        columns = {key: list(column) for key, column in dict(m.columns).items()}
        response = found[1].partition(" ~ ")[0]
        asked[name] = {"formula": found[1], "data": {**columns, response: simulated(name).tolist()}}
    done = subprocess.run(["Rscript", "--vanilla", str(SCRIPT)], input=json.dumps(asked), capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("name", DESIGNS)
def test_a_fit_has_the_variances_and_the_likelihood_of_lme4(name: str, method: Any) -> None:
    ours, told = DESIGNS[name].fit(simulated(name), method), theirs()[name][method]
    assert ours.log_likelihood == pytest.approx(told["logLik"][0], abs=1e-6)
    by_group = {
        frozenset(group.split(":")): value for group, value in zip(told["groups"], told["variances"], strict=True)
    }
    for term in ours.model.random:
        assert ours.values[term.parameters[0].key] == pytest.approx(by_group[frozenset(term.variables)], rel=1e-4)
    assert ours.values["sigma2"] == pytest.approx(by_group[frozenset({"Residual"})], rel=1e-4)
