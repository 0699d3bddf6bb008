"""The code for other programs says what the model says: its text, and, where R is, what R makes of it."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.models.r_matrices import REASON, r_is_here
from tutor import data
from tutor.covariance import diag
from tutor.covariance.parameters import Parameter
from tutor.errors import TutorError, UnknownNameError
from tutor.models.catalogue import crd, rcbd, split_split_plot
from tutor.models.code.r import quoted
from tutor.models.code.terms import bare
from tutor.models.effects import RandomTerm
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.models.units import units

TINY = 1e-12
"""In the place of a variance that was estimated as 0, at the edge of its domain."""

SCRIPT = Path(__file__).with_name("code.R")

NUMBERS = np.random.default_rng(20)
CROSSED = {
    "yield": [round(float(v), 3) for v in NUMBERS.normal(20, 3, 36)],
    "line": [f"L{i}" for i in range(6) for _ in range(6)],
    "site": [f"S{j}" for _ in range(6) for j in range(6)],
    "dose": [float(v) for v in NUMBERS.integers(1, 9, 36)],
}


def simulated(design: MixedModel, seed: int) -> MixedModel:
    """The model of a design's own formula on numbers drawn from it."""
    parameters = {parameter.key: 4.0 for parameter in design.parameters}
    response = design.simulate(seed=seed, beta=[0.0] * int(design.p), **parameters)  # pyright: ignore[reportArgumentType]
    frame = {name: list(values) for name, values in design.columns}
    blocks = " + (1 | block)" if design.Z is not None else ""
    return model(f"y ~ treatment{blocks}", {**frame, "y": [float(v) for v in response]})


STRANGE = {
    "yield": CROSSED["yield"],
    "the dose": CROSSED["dose"],
    "line no": CROSSED["line"],
    "site-code": CROSSED["site"],
    "if": ["yes", "no", "may be"] * 12,
}
"""Columns whose names R reads in backticks only, and nlme not even so."""

LABS = {
    "y": [round(float(v), 3) for v in NUMBERS.normal(10, 2, 36)],
    "lab": [f"l{i}" for i in range(3) for _ in range(12)],
    "day": [f"d{i}" for _ in range(3) for i in range(4) for _ in range(3)],
    "operator": [f"o{i % 3}" for i in range(36)],
}

MODELS = {
    "crd": lambda: simulated(crd(3, 4), 1),
    "rcbd": lambda: simulated(rcbd(3, 5), 2),
    "oats": lambda: model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", data.path("oats.csv")),
    "numbers as levels": lambda: model("yield ~ nitro + (1 | Variety) + (1 | Variety:Block)", data.path("oats.csv")),
    "sleep": lambda: model("Reaction ~ Days + (Days | Subject)", data.path("sleepstudy.csv")),
    "sleep without covariance": lambda: model("Reaction ~ Days + (Days || Subject)", data.path("sleepstudy.csv")),
    "machines": lambda: model("score ~ Machine + (1 | Worker) + (1 | Worker:Machine)", data.path("machines.csv")),
    "crossed": lambda: model("yield ~ dose + (1 | line) + (1 | site)", CROSSED),
    "other contrasts": lambda: model("yield ~ site * dose + (1 | line)", CROSSED, contrasts={"site": "helmert"}),
    "contrasts without random effects": lambda: model("yield ~ site + C(line, sum)", CROSSED, contrasts="poly"),
    "contrasts of a factor of numbers": lambda: model(
        "yield ~ factor(dose) + site", CROSSED, contrasts={"factor(dose)": "sum", "site": "helmert"}
    ),
    "contrasts of a factor of numbers beside groups": lambda: model(
        "yield ~ factor(dose) + (1 | line)", CROSSED, contrasts={"factor(dose)": "helmert"}
    ),
    "levels of groups": lambda: model(
        'yield ~ dose + (1 | factor(line, levels = c("L3", "L1", "L0", "L2", "L4", "L5")))', CROSSED
    ),
    "groups with a reference": lambda: model('yield ~ dose + (1 | relevel(line, ref = "L3"))', CROSSED),
    "groups of an interaction": lambda: model(
        "score ~ Machine + (1 | interaction(Worker, Machine))", data.path("machines.csv")
    ),
    "strange names": lambda: model("yield ~ `if` * `the dose` + (1 | `line no`)", STRANGE),
    "strange names in calls": lambda: model(
        "yield ~ log(`the dose`) + C(`if`, sum) + (1 | `line no`) + (1 | `site-code`)", STRANGE
    ),
    "strange groups within groups": lambda: model("yield ~ factor(`if`) + (1 | `line no`/`if`)", STRANGE),
    "strange names without random effects": lambda: model("yield ~ I(`the dose`^2) + `if`", STRANGE, contrasts="sum"),
    "more effects than observations": lambda: model(
        "y ~ 1 + (1 | lab) + (1 | day) + (1 | operator) + (1 | lab:day) + (1 | lab:operator) + (1 | day:operator)", LABS
    ),
    "without intercept": lambda: model("yield ~ 0 + site + dose + (1 | line)", CROSSED),
}


# The text


def test_each_program_in_its_own_words() -> None:
    oats = MODELS["oats"]()
    fixed = "yield ~ factor(nitro) + Variety + factor(nitro):Variety"
    assert oats.code("lme4") == f"library(lme4)\n\nm <- lmer({fixed} + (1 | Block) + (1 | Block:Variety), data = d)"
    assert oats.code("glmmTMB").startswith(f"library(glmmTMB)\n\nm <- glmmTMB({fixed} + (1 | Block)")
    assert oats.code("nlme").endswith(f"m <- lme({fixed}, random = list(Block = ~ 1, Variety = ~ 1), data = d)")
    assert oats.code("sas", data="oats").split("\n") == [
        "proc mixed data=oats method=reml;",
        "  class nitro Variety Block;",
        "  model yield = nitro Variety nitro*Variety / solution;",
        "  random intercept / subject=Block;",
        "  random intercept / subject=Block*Variety;",
        "run;",
    ]
    assert "groups='Block'" in oats.code("statsmodels")
    assert "vc_formula={'Block:Variety': '0 + C(Block):C(Variety)'}" in oats.code("statsmodels")


def test_covariances_of_coefficients() -> None:
    sleep, without = MODELS["sleep"](), MODELS["sleep without covariance"]()
    assert "(1 + Days | Subject)" in sleep.code("lme4")
    assert "(1 | Subject) + (0 + Days | Subject)" in without.code("lme4")
    assert "list(Subject = ~ 1 + Days)" in sleep.code("nlme")
    assert "list(Subject = pdDiag(~ 1 + Days))" in without.code("nlme")
    assert "random intercept Days / subject=Subject type=un;" in sleep.code("sas")
    assert "random intercept Days / subject=Subject;" in without.code("sas")


def test_a_model_without_random_effects_is_a_linear_model() -> None:
    found = crd(3, 2)
    assert found.code("lme4") == "m <- lm(y ~ treatment, data = d)"
    assert "gls(y ~ treatment, data = d)" in found.code("nlme")
    assert "random" not in found.code("sas")
    assert "smf.ols('y ~ 1 + C(treatment)', d)" in found.code("statsmodels")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x", "x"),
        (".x", ".x"),
        ("log(x)", "log(x)"),
        ("my x", "`my x`"),
        ("2x", "`2x`"),
        ("if", "`if`"),
        (".2x", "`.2x`"),
        ("a`b", "`a\\`b`"),
    ],
)
def test_names_are_quoted_as_r_needs_it(name: str, expected: str) -> None:
    assert quoted(name) == expected


def test_nlme_is_given_plain_names_that_no_other_column_has() -> None:
    data = {"y": [1, 2, 4, 3], "a b": [1, 2, 3, 5], "a.b": [1, 1, 2, 3], "if": ["p", "q", "p", "q"]}
    lines = model("y ~ `a b` + a.b + log(`a b`) + `if`", data, R=diag("if")).code("nlme").split("\n")
    assert lines[2:5] == ["# nlme reads no names in backticks.", "d$a.b.1 <- d$`a b`", "d$if. <- d$`if`"]
    assert lines[-1] == "m <- gls(y ~ a.b.1 + a.b + log(a.b.1) + if., weights = varIdent(form = ~ 1 | if.), data = d)"


def test_a_column_hides_no_function_of_statsmodels() -> None:
    lines = split_split_plot(2, 2, 2, 2).code("statsmodels").split("\n")
    assert lines[2] == "d = d.rename(columns={'C': 'C_'})  # in a formula C is a function"
    assert "C(A):C(B):C(C_)" in lines[4]


def test_lme_is_told_to_allow_more_effects_than_observations_only_where_there_are() -> None:
    labs = units("lab", 3) * ("day", 4) * ("operator", 3)
    assert labs.model().code("nlme").endswith("data = d, control = lmeControl(allow.n.lt.q = TRUE))")
    assert "control" not in (labs / ("repeat", 3)).model().code("nlme")


def test_what_a_program_has_no_words_for_is_told() -> None:
    odd = {"my y": [1, 2, 3, 4.5], "x": [1, 2, 3, 5]}
    with pytest.raises(TutorError, match="SAS has no variable my y"):
        model("`my y` ~ x", odd).code("sas")
    assert "Q('my y')" in model("`my y` ~ x", odd).code("statsmodels")
    with pytest.raises(TutorError, match="expression of R's"):
        model("`my y` ~ log(x)", odd).code("statsmodels")
    crossed = model("yield ~ dose + (dose | line) + (1 | site)", CROSSED)
    with pytest.raises(TutorError, match="nlme cannot say") as told:
        crossed.code("nlme")
    assert "lme4" in str(told.value)
    with pytest.raises(TutorError, match="statsmodels has no words"):
        crossed.code("statsmodels")
    with pytest.raises(UnknownNameError, match="Did you mean"):
        crossed.code("lme5")  # pyright: ignore[reportArgumentType]


# What R makes of it


@cache
def answers() -> dict[str, dict[str, Any]]:
    """R's answers for all models, in one process."""
    cases = []
    for make in MODELS.values():
        found = make()
        columns = {name: [str(v) if isinstance(v, str) else float(v) for v in values] for name, values in found.columns}
        columns[found.response_name] = [float(v) for v in found.observed]
        cases.append({"lme4": found.code("lme4"), "nlme": found.code("nlme"), "columns": columns})
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)],
        input=json.dumps(cases),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(MODELS, json.loads(done.stdout), strict=True))


def _names_of(term: RandomTerm) -> set[str]:
    """What lme4 may call the groups: the columns in either order, without calls around them."""
    columns = [bare(name) for name in term.variables]
    return {term.group, ":".join(columns), ":".join(reversed(columns))}


def variances(found: MixedModel, components: list[dict[str, Any]]) -> dict[str, float]:
    """The values of our parameters as lme4 estimates them: by group, and by coefficient within."""
    told = [(c["grp"].replace("`", ""), c.get("var1"), c.get("var2"), c["vcov"]) for c in components]
    values = {found.parameters[0].key: told[-1][3]}
    for term in found.random:
        own = [entry for entry in told if entry[0].split(".")[0] in _names_of(term)]
        named: list[tuple[Parameter, tuple[str, str | None]]] = []
        labels = term.coefficients
        position = iter(term.parameters)
        for i, first in enumerate(labels):
            named.append((next(position), (first, None)))
            for second in labels[i + 1 :]:
                named.append((next(position), (first, second)))
        for parameter, (first, second) in named:
            (value,) = (entry[3] for entry in own if (entry[1], entry[2]) in ((first, second), (second, first)))
            values[parameter.key] = max(value, TINY) if second is None else value
    return values


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("name", MODELS)
def test_lme4_and_nlme_fit_one_model(name: str) -> None:
    told = answers()[name]
    # Two optimizers: they stop near the maximum, where the likelihood is flat.
    assert told["loglik"] == pytest.approx(told["other"], abs=1e-3)


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("name", MODELS)
def test_lme4_has_our_matrices(name: str) -> None:
    told, found = answers()[name], MODELS[name]()
    assert np.allclose(np.array(told["X"], dtype=float), found.X.numpy(), rtol=1e-12)
    if "V" in told:
        V = found.V.numpy(**variances(found, told["components"]))
        assert np.allclose(np.array(told["V"], dtype=float), V, rtol=1e-8, atol=1e-8)
