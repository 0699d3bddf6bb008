"""A generalized model in R: glmer and glmmTMB with the family and the link."""

from __future__ import annotations

from typing import Any

import pytest

import tutor
from tutor.errors import TutorError, UnknownNameError

DATA: dict[str, Any] = {"y": [1, 2, 3, 4], "x": [1, 2, 3, 4], "g": ["a", "a", "b", "b"]}


@pytest.mark.parametrize(
    ("family", "options", "program", "call"),
    [
        ("Poisson", {}, "lme4", 'glmer(y ~ x + (1 | g), family = poisson(link = "log"), data = d)'),
        ("Bernoulli", {"link": "probit"}, "lme4",
         'glmer(y ~ x + (1 | g), family = binomial(link = "probit"), data = d)'),
        ("Binomial", {"trials": 10}, "lme4",
         'glmer(cbind(y, 10 - y) ~ x + (1 | g), family = binomial(link = "logit"), data = d)'),
        ("Binomial", {"trials": "N"}, "glmmTMB",
         'glmmTMB(cbind(y, N - y) ~ x + (1 | g), family = binomial(link = "logit"), data = d)'),
        ("negative binomial", {}, "lme4", "glmer.nb(y ~ x + (1 | g), data = d)"),
        ("negative binomial", {}, "glmmTMB", 'glmmTMB(y ~ x + (1 | g), family = nbinom2(link = "log"), data = d)'),
        ("Beta", {}, "glmmTMB", 'glmmTMB(y ~ x + (1 | g), family = beta_family(link = "logit"), data = d)'),
        ("normal", {}, "lme4", "lmer(y ~ x + (1 | g), data = d)"),
    ],
)  # fmt: skip
def test_r_is_told_the_family_and_the_link(family: str, options: dict[str, Any], program: str, call: str) -> None:
    lines = tutor.glmm("y ~ x + (1 | g)", family, data=DATA, **options).code(program).split("\n")
    assert lines == [f"library({program})", "", f"m <- {call}"]


def test_without_random_effects_it_is_glm() -> None:
    assert tutor.glmm("y ~ x", "Poisson", data=DATA).code("lme4") == (
        'm <- glm(y ~ x, family = poisson(link = "log"), data = d)'
    )


@pytest.mark.parametrize(
    ("family", "program", "words"),
    [("Beta", "lme4", "glmmTMB has it"), ("lognormal", "glmmTMB", "fit log"), ("lognormal", "lme4", "fit log")],
)
def test_a_family_that_a_program_lacks_is_refused_with_another_way(family: str, program: str, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        tutor.glmm("y ~ x + (1 | g)", family, data=DATA).code(program)


def test_other_programs_are_not_known() -> None:
    with pytest.raises(UnknownNameError, match="lme4, glmmTMB"):
        tutor.glmm("y ~ x + (1 | g)", "Poisson", data=DATA).code("sas")
