"""Standard errors of means and differences at R's parameters: contrasts times lme4's vcov of the coefficients."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.models.r_matrices import REASON, r_is_here
from tutor.errors import DomainError, SizeError, TutorError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("standard_errors.R")


def asked(name: str, package: str, formula: str, *factors: str, drop: list[int] | None = None) -> dict[str, Any]:
    parts = {"name": name, "package": package, "data": name.split()[0], "formula": formula}
    return {**parts, "factors": list(factors), "drop": drop or []}


ASKED = [
    asked("Oats", "nlme", "yield ~ Variety * nitro + (1 | Block/Variety)", "Variety", "nitro"),
    asked("Oats without five rows", "nlme", "yield ~ Variety + nitro + (1 | Block/Variety)", "Variety", "nitro",
          drop=[1, 7, 8, 30, 71]),
    asked("ergoStool", "nlme", "effort ~ Type + (1 | Subject)", "Type"),
    asked("Machines", "nlme", "score ~ Machine + (1 | Worker/Machine)", "Machine"),
    asked("Machines without four rows", "nlme", "score ~ Machine + (1 | Worker/Machine)", "Machine",
          drop=[2, 3, 6, 20]),
    asked("Pastes", "lme4", "strength ~ batch + (1 | sample)", "batch"),
    asked("Penicillin", "lme4", "diameter ~ sample + (1 | plate)", "sample"),
    asked("cake", "lme4", "angle ~ recipe * temperature + (1 | recipe:replicate)", "recipe", "temperature"),
    asked("sleepstudy", "lme4", "Reaction ~ Days + (1 | Subject)", "Days"),
    asked("Orthodont", "nlme", "distance ~ age * Sex + (1 | Subject)", "Sex"),
    asked("Assay", "nlme", "logDens ~ sample * dilut + (1 | Block)", "sample", "dilut"),
    asked("Oxide", "nlme", "Thickness ~ Source + (1 | Lot/Wafer)", "Source"),
    asked("BodyWeight", "nlme", "weight ~ Diet * Time + (1 | Rat)", "Diet"),
]  # fmt: skip


@cache
def answers() -> dict[str, Any]:
    command = ["Rscript", "--vanilla", str(SCRIPT)]
    done = subprocess.run(command, input=json.dumps(ASKED), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return {told["name"]: told for told in json.loads(done.stdout)}


def of_ours(case: dict[str, Any]) -> tuple[MixedModel, dict[str, float]]:
    """Our model of the same formula and data, and R's variances by our names."""
    told = answers()[case["name"]]
    ours = model(case["formula"], told["data"])
    by_group = {frozenset(group.split(":")): v for group, v in zip(told["groups"], told["variances"], strict=True)}
    found = {term.parameters[0].key: by_group[frozenset(term.group.split(":"))] for term in ours.random}
    return ours, {"sigma2": by_group[frozenset(["Residual"])], **found}


@pytest.mark.slow
@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("case", ASKED, ids=lambda case: case["name"])
def test_the_errors_of_means_and_differences_are_those_of_lme4(case: dict[str, Any]) -> None:
    ours, values = of_ours(case)
    for factor in case["factors"]:
        told = answers()[case["name"]]["errors"][factor]
        means = {level: k for (level,), k in mean_coefficients(ours, (factor,)).items()}
        assert sorted(means) == sorted(told["levels"])
        for level, expected in zip(told["levels"], told["mean"], strict=True):
            assert ours.se(list(means[level]), **values) == pytest.approx(expected, rel=1e-8)
        for (one, other), expected in zip(told["pairs"], told["difference"], strict=True):
            k = [a - b for a, b in zip(means[one], means[other], strict=True)]
            assert ours.se(k, **values) == pytest.approx(expected, rel=1e-8)


BALANCED = [
    case for case in ASKED if case["data"] in {"ergoStool", "Penicillin", "sleepstudy"} or case["name"] == "Machines"
]


@pytest.mark.skipif(not r_is_here(), reason=REASON)
@pytest.mark.parametrize("case", BALANCED, ids=lambda case: case["name"])
def test_the_formula_that_all_levels_share_has_the_number_of_lme4(case: dict[str, Any]) -> None:
    ours, values = of_ours(case)
    for factor in case["factors"]:
        told = answers()[case["name"]]["errors"][factor]
        for ask, expected in ((ours.se_mean, told["mean"]), (ours.se_difference, told["difference"])):
            assert ask(factor).number(**values) == pytest.approx(expected[0], rel=1e-8)


def test_there_are_ten_data_sets() -> None:
    assert len({case["data"] for case in ASKED}) >= 10


def test_a_number_is_that_of_the_formula_and_asks_for_all_parameters() -> None:
    m = c.rcbd(3, 4)
    at = {"sigma2": 2.0, "sigma2_u": 3.0}
    assert m.se("tau_1 - tau_2", **at) == pytest.approx(m.se("tau_1 - tau_2").number(**at), rel=1e-12)
    with pytest.raises(TutorError, match="not estimable"):
        m.se("tau_1", **at)
    with pytest.raises(DomainError, match="sigma2_u"):
        m.se("tau_1 - tau_2", sigma2=1)
    with pytest.raises(SizeError):
        c.rcbd("t", "b").se("tau_1 - tau_2", **at)
