"""Covariance structures in the code for other programs: the words of each, and what nlme makes of its own."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.r_matrices import REASON, r_is_here
from tests.models.truth import log_likelihoods
from tutor import data
from tutor.covariance import ar1, arh1, arma11, cs, csh, diag, exp, gau, matern, toep, un, unr
from tutor.covariance.over import Over
from tutor.errors import TutorError
from tutor.models.code.programs import Program
from tutor.models.designs.repeated import repeated_measures
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("residuals.R")


def orthodont(R: Over, random: str = "") -> MixedModel:
    """The distances of the children, with this structure of R and these random terms."""
    return model(f"distance ~ age * Sex{random}", data.path("orthodont.csv"), R=R)


FIXED = "distance ~ age + Sex + age:Sex"
INTERCEPTS = " + (1 | Subject)"
PLACE = ["d$age.place <- numFactor(d$age)"]
STEP = [
    "# The steps between the levels of age; the rows may stand in any order.",
    "d$age.step <- as.integer(factor(d$age))",
]


def lines(found: MixedModel, program: Any) -> list[str]:
    """The lines of the code after the library."""
    return [line for line in found.code(program).split("\n") if line and not line.startswith("library")]


def by_gls(arguments: str) -> str:
    return f"m <- gls({FIXED}, {arguments}, data = d)"


@pytest.mark.parametrize(
    ("R", "expected"),
    [
        (ar1("age", group="Subject"), [*STEP, by_gls("correlation = corAR1(form = ~ age.step | Subject)")]),
        (cs("age", group="Subject"), [by_gls("correlation = corCompSymm(form = ~ 1 | Subject)")]),
        (exp("age", group="Subject"), [by_gls("correlation = corExp(form = ~ age | Subject)")]),
        (diag("Sex"), [by_gls("weights = varIdent(form = ~ 1 | Sex)")]),
        (
            unr("age", group="Subject"),
            [
                *STEP,
                by_gls("correlation = corSymm(form = ~ age.step | Subject), weights = varIdent(form = ~ 1 | age)"),
            ],
        ),
        (
            arma11("age", group="Subject"),
            [*STEP, by_gls("correlation = corARMA(form = ~ age.step | Subject, p = 1, q = 1)")],
        ),
    ],
)
def test_the_words_of_nlme(R: Over, expected: list[str]) -> None:
    assert lines(orthodont(R), "nlme") == expected


@pytest.mark.parametrize(
    ("R", "prepared", "added"),
    [
        (ar1("age", group="Subject"), [], " + ar1(0 + factor(age) | Subject), dispformula = ~ 0"),
        (arh1("age", group="Subject"), [], " + hetar1(0 + factor(age) | Subject), dispformula = ~ 0"),
        (cs("age", group="Subject"), [], " + homcs(0 + factor(age) | Subject), dispformula = ~ 0"),
        (csh("age", group="Subject"), [], " + cs(0 + factor(age) | Subject), dispformula = ~ 0"),
        (toep("age", group="Subject"), [], " + homtoep(0 + factor(age) | Subject), dispformula = ~ 0"),
        (un("age", group="Subject"), [], " + us(0 + factor(age) | Subject), dispformula = ~ 0"),
        (exp("age", group="Subject"), PLACE, " + exp(0 + age.place | Subject), dispformula = ~ 0"),
        (matern("age", group="Subject"), PLACE, " + mat(0 + age.place | Subject), dispformula = ~ 0"),
        (diag("Sex"), [], ", dispformula = ~ 0 + factor(Sex)"),
    ],
)
def test_the_words_of_glmmtmb(R: Over, prepared: list[str], added: str) -> None:
    assert lines(orthodont(R), "glmmTMB") == [*prepared, f"m <- glmmTMB({FIXED}{added}, data = d, REML = TRUE)"]


@pytest.mark.parametrize(
    ("R", "classes", "expected"),
    [
        (ar1("age", group="Subject"), "Sex Subject age_level", "repeated age_level / subject=Subject type=ar(1);"),
        (un("age", group="Subject"), "Sex Subject age_level", "repeated age_level / subject=Subject type=un;"),
        (gau("age", group="Subject"), "Sex Subject", "repeated / subject=Subject type=sp(gau)(age);"),
        (diag("Sex"), "Sex", "repeated / group=Sex;"),
    ],
)
def test_the_words_of_sas(R: Over, classes: str, expected: str) -> None:
    told = [line.strip() for line in lines(orthodont(R), "sas")]
    assert told[-2:] == [expected, "run;"]
    assert f"class {classes};" in told
    # A covariate that is to be a class as well has a copy.
    assert ("age_level = age;" in told) == ("age_level" in classes)


@pytest.mark.parametrize(
    ("R", "program", "others"),
    [
        (ar1("age", group="Subject"), "lme4", {"nlme", "glmmTMB", "sas"}),
        (ar1("age", group="Subject"), "statsmodels", {"nlme", "glmmTMB", "sas"}),
        (diag("Sex"), "lme4", {"nlme", "glmmTMB", "sas"}),
        (toep("age", group="Subject"), "nlme", {"glmmTMB", "sas"}),
        (matern("age", group="Subject"), "nlme", {"glmmTMB", "sas"}),
    ],
)
def test_a_program_without_the_structure_names_one_that_has_it(R: Over, program: Any, others: set[str]) -> None:
    found = orthodont(R)
    with pytest.raises(TutorError, match=f"{program} has no structure {R.key} for residuals") as told:
        found.code(program)
    for other in ("lme4", "nlme", "glmmTMB", "sas", "statsmodels"):
        assert (f'm.code("{other}")' in str(told.value)) == (other in others)


def test_repeated_measures_of_a_design() -> None:
    found = repeated_measures(3, 2, treatments=2, within="ar1")
    text = found.code("nlme")
    assert "d$treatment.subject <- interaction(d$treatment, d$subject, drop = TRUE)" in text
    assert 'd$time.step <- as.integer(factor(d$time, levels = c("time1", "time2")))' in text
    assert "correlation = corAR1(form = ~ time.step | treatment.subject)" in text
    assert "repeated time / subject=treatment*subject type=ar(1);" in found.code("sas")


def test_a_structure_of_random_effects_is_no_random_intercept() -> None:
    found = repeated_measures(3, 4, treatments=2, side="G")
    assert 'ar1(0 + factor(time, levels = c("time1", "time2", "time3", "time4")) | treatment:subject)' in found.code(
        "glmmTMB"
    )
    assert "random time / subject=treatment*subject type=ar(1);" in found.code("sas")
    assert "ar1(0 + factor(time, levels" in found.code("lme4")
    for program in ("nlme", "statsmodels"):
        with pytest.raises(TutorError, match="has no structure ar1 for random effects"):
            found.code(program)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("term", "program", "said"),
    [
        ("ar1(0 + factor(age) | Subject, hom = FALSE)", "lme4", "ar1(0 + factor(age) | Subject, hom = FALSE)"),
        ("ar1(0 + factor(age) | Subject, hom = FALSE)", "glmmTMB", "hetar1(0 + factor(age) | Subject)"),
        ("homcs(age | Subject)", "lme4", "cs(1 + age | Subject, hom = TRUE)"),
        ("homdiag(age | Subject)", "lme4", "diag(1 + age | Subject, hom = TRUE)"),
        ("homdiag(age | Subject)", "glmmTMB", "homdiag(1 + age | Subject)"),
        ("homdiag(age | Subject)", "nlme", "pdIdent(~ 1 + age)"),
        ("homdiag(age | Subject)", "sas", "random intercept age / subject=Subject type=toep(1);"),
        ("exp(0 + factor(age) | Subject)", "sas", "random age_level / subject=Subject type=sp(exp)(age);"),
        ("diag(1 | Subject)", "glmmTMB", "distance ~ age + (1 | Subject)"),
    ],
)
def test_effects_are_said_in_each_programs_words(term: str, program: Program, said: str) -> None:
    found = model(f"distance ~ age + {term}", data.path("orthodont.csv"))
    assert said in found.code(program)


def test_distances_of_effects_are_a_number_beside_their_class_in_sas() -> None:
    found = repeated_measures(4, 4, within="exp", side="G")
    frame = {**dict(found.dataframe()), "y": range(16)}
    frame["time"] = [int(str(level).removeprefix("time")) for level in frame["time"]]
    text = model("y ~ 1 + exp(0 + factor(time) | subject)", frame).code("sas")
    assert "time_number = time;" in text and "class subject time;" in text
    assert "random time / subject=subject type=sp(exp)(time_number);" in text


def test_a_structure_that_has_no_name_is_not_told() -> None:
    text = "y_ij = μ + ε_ij\n[ε_1j, …, ε_3j]' ~ N(0, Σ),  Σ = [[σ²_1, φ, ψ], [φ, σ²_1, 0], [ψ, 0, σ²_1]]"
    found = from_equation(text, levels={"i": 3, "j": 4})
    with pytest.raises(TutorError, match="has no name"):
        found.code("nlme")


def test_the_groups_of_nlme_lie_within_those_of_its_random_effects() -> None:
    found = orthodont(ar1("Subject", group="age"), INTERCEPTS)
    with pytest.raises(TutorError, match="innermost group") as told:
        found.code("nlme")
    assert "glmmTMB" in str(told.value)


# What nlme makes of it

CASES: dict[str, tuple[Over, str]] = {
    "corAR1": (ar1("age", group="Subject"), ""),
    "corCompSymm": (cs("age", group="Subject"), ""),
    "corExp": (exp("age", group="Subject"), ""),
    "corSymm": (unr("age", group="Subject"), ""),
    "varIdent": (diag("Sex"), ""),
    "varIdent with intercepts": (diag("Sex"), INTERCEPTS),
    "corAR1 with varIdent": (arh1("age", group="Subject"), ""),
    "corCompSymm with varIdent": (csh("age", group="Subject"), ""),
    "corAR1 with intercepts": (ar1("age", group="Subject"), INTERCEPTS),
}


@cache
def answers() -> dict[str, dict[str, Any]]:
    """nlme's answers for all cases, in one process; the rows are in another order than time's."""
    order = np.random.default_rng(5).permutation(108)
    cases = []
    for R, random in CASES.values():
        found = orthodont(R, random)
        columns = {name: [values[i] for i in order] for name, values in found.columns}
        columns[found.response_name] = [float(found.observed[i]) for i in order]
        cases.append({"code": found.code("nlme"), "columns": columns})
    done = subprocess.run(["Rscript", "--vanilla", str(SCRIPT)], input=json.dumps(cases), capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


def estimates(found: MixedModel, told: dict[str, Any], levels: tuple[str, ...]) -> dict[str, float]:
    """nlme's estimates under our keys: variances as σ² times a squared weight, then what is left in its order."""
    values: dict[str, float] = {}
    weights = told.get("weights", {})
    correlations = told.get("correlation", [])
    left = iter(correlations if isinstance(correlations, list) else [correlations])
    variances = iter([(told["sigma"] * weights[level]) ** 2 for level in levels] if weights else [told["sigma"] ** 2])
    for parameter in found.parameters:
        if parameter.key == "sigma2_u":
            values[parameter.key] = told["intercepts"]
        else:
            values[parameter.key] = next(variances if parameter.key.startswith("sigma2") else left)
    return values


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("name", CASES)
def test_nlme_fits_our_model(name: str) -> None:
    R, random = CASES[name]
    found, told = orthodont(R, random), answers()[name]
    assert found.residual is not None
    V = found.V.numpy(**estimates(found, told, found.residual.levels))
    assert log_likelihoods(found, V)[1] == pytest.approx(told["loglik"], rel=1e-9)
