"""The code for residuals with a nugget, in a plane, with variances that differ; nlme finds the recorded fits by it."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.models.r_matrices import REASON, r_is_here
from tests.models.test_structured_residuals import CASES
from tests.models.test_structured_residuals import ours as recorded_model
from tests.models.test_structured_residuals import truth as recorded_fits
from tutor import data
from tutor.covariance import ar1, nugget, structure
from tutor.errors import TutorError
from tutor.models.designs.repeated import repeated_measures
from tutor.models.from_formula import model

SCRIPT = Path(__file__).with_name("residuals.R")


WITH_OTHER_STARTS = {
    "sph in a field with a nugget", "exp in a field with a nugget", "sph in the field of each block",
    "slopes, exp and a power of time",
}  # fmt: skip
"""From its own start nlme comes to another maximum for these, or to none; the truth was found from a start given."""


@cache
def runs_of_recorded_fits() -> dict[str, dict[str, Any]]:
    names = [name for name in CASES if name not in WITH_OTHER_STARTS]
    told = [
        {
            "code": recorded_model(name).code("nlme"),
            "columns": {column: each["values"] for column, each in recorded_fits()[name]["data"].items()},
        }
        for name in names
    ]
    done = subprocess.run(["Rscript", "--vanilla", str(SCRIPT)], input=json.dumps(told), capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(names, json.loads(done.stdout), strict=True))


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("name", [name for name in CASES if name not in WITH_OTHER_STARTS])
def test_nlme_finds_the_recorded_fit_from_the_code(name: str) -> None:
    assert runs_of_recorded_fits()[name]["loglik"] == pytest.approx(recorded_fits()[name]["REML"], rel=1e-6)


@pytest.mark.parametrize(
    ("name", "program", "words"),
    [
        ("gau in a field with a nugget", "nlme", "corGaus(form = ~ latitude + longitude, nugget = TRUE)"),
        ("gau in a field with a nugget", "glmmTMB", "gau(0 + latitude.longitude.place | all), data"),
        ("gau in a field with a nugget", "sas", "repeated / subject=intercept type=sp(gau)(latitude longitude) local;"),
        ("a power of the pressure", "nlme", "weights = varPower(form = ~ pressure)"),
        ("a power of the pressure", "glmmTMB", "dispformula = ~ log(abs(pressure))"),
        ("a power of the pressure", "sas", "log_pressure = log(abs(pressure));"),
        ("a power of the pressure", "sas", "repeated / local=exp(log_pressure);"),
        ("cs with variances that grow", "nlme", "weights = varExp(form = ~ age)"),
        ("intercepts and ar1 with a variance for each sex", "nlme", "weights = varIdent(form = ~ 1 | Sex)"),
    ],
)
def test_the_words_for_nuggets_planes_and_variances(name: str, program: Any, words: str) -> None:
    assert words in recorded_model(name).code(program)


@pytest.mark.parametrize("program", ["glmmTMB", "sas"])
def test_correlations_with_variances_of_their_own_are_nlmes(program: Any) -> None:
    with pytest.raises(TutorError, match="nlme"):
        recorded_model("ar1 with a variance for each sex").code(program)


def test_a_nugget_of_steps_is_not_nlmes() -> None:
    found = model("distance ~ age * Sex", data.path("orthodont.csv"), R=nugget(ar1("age", group="Subject")))
    with pytest.raises(TutorError, match="structures of distance only"):
        found.code("nlme")
    assert "type=ar(1) local;" in found.code("sas")
    assert "dispformula" not in found.code("glmmTMB")


def test_a_design_with_a_nugget_has_code() -> None:
    within = nugget(structure("exp"))
    found = repeated_measures(4, 4, 2, within=within)
    assert "nugget = TRUE" in found.code("nlme")
    assert "type=sp(exp)" not in found.code("glmmTMB") and "exp(0 + time.place | " in found.code("glmmTMB")
