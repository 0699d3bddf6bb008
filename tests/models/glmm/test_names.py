"""What a derivation about a generalized model says is read, and judged, line by line, as what it is."""

from __future__ import annotations

from typing import Any

import pytest

from tutor import check, glmm, one_way, random_slopes, rcbd, split_plot, write
from tutor.checking.verdict import Line
from tutor.models.glmm.families import FAMILIES

DESIGNS: dict[str, Any] = {
    "groups": lambda: one_way(2, 3),
    "letters": lambda: one_way("a", "n"),
    "slopes": lambda: random_slopes(2, [1, 3, 4]),
    "whole plots": lambda: split_plot(2, 2, 2),
    "blocks": lambda: rcbd("t", "b"),
}
USUAL = ("E(y_11)", "Var(y_11)", "Cov(y_11, y_12)", "Cov(y_11, y_21)", "E(y_11 | u)", "Var(y_11 | u)")
FURTHER = [
    ("groups", "Corr(y_11, y_12)"), ("letters", "E(y_ij)"), ("letters", "Var(y_ij)"), ("slopes", "E(y_21)"),
    ("slopes", "Cov(y_11, y_21)"), ("whole plots", "Var(y_111)"), ("blocks", "Cov(y_ij, y_i'j)"),
]  # fmt: skip
PAIRS = [(family, link) for family, told in FAMILIES.items() for link in told.links if link != "inverse"]
USUAL_PAIRS = [("Poisson", "log"), ("normal", "identity"), ("Binomial", "logit"), ("Binomial", "probit")]
WITHOUT_CLOSED_FORM = {"logit", "cloglog"}
"""Links of which no mean over a normal η is known."""

IN_PROBABILITIES = {"probit"}
"""A link whose second moments are in Φ_2, which is not read."""


def of_its_own(family: str, link: str, design: str, asked: str, dialect: Any) -> tuple[str, str]:
    """The outcome for the lines of a derivation as an answer, and what is said to them."""
    derivation = glmm(DESIGNS[design](), family, link).derive(asked)
    lines = [write(line, dialect) for line in derivation.lines]
    verdict = check("\n= ".join(lines), derivation)
    return verdict.outcome, verdict.feedback


@pytest.mark.parametrize("asked", USUAL)
@pytest.mark.parametrize(("family", "link"), USUAL_PAIRS[:2])
def test_a_derivation_is_accepted_as_an_answer(family: str, link: str, asked: str) -> None:
    outcome, said = of_its_own(family, link, "groups", asked, "unicode")
    assert outcome == "correct", said


@pytest.mark.slow
@pytest.mark.parametrize("asked", USUAL)
@pytest.mark.parametrize(("family", "link"), [pair for pair in PAIRS if pair[1] in {"log", "identity", "sqrt"}])
def test_a_derivation_of_any_family_is_accepted(family: str, link: str, asked: str) -> None:
    outcome, said = of_its_own(family, link, "groups", asked, "latex")
    assert outcome == "correct", said


@pytest.mark.slow
@pytest.mark.parametrize(("design", "asked"), FURTHER)
@pytest.mark.parametrize(("family", "link"), USUAL_PAIRS)
def test_no_derivation_is_called_wrong(family: str, link: str, design: str, asked: str) -> None:
    outcome, said = of_its_own(family, link, design, asked, "unicode")
    may_be_open = link in WITHOUT_CLOSED_FORM | IN_PROBABILITIES or asked.startswith("Corr")
    assert outcome in ({"correct", "undecided", "unreadable"} if may_be_open else {"correct"}), said


@pytest.mark.parametrize(
    ("family", "link", "asked", "lines"),
    [
        ("Poisson", "log", "E(y_11)", "E(y_11) = exp(μ) E(exp(u_1)) = exp(μ) exp(σ²_u/2)"),
        ("Poisson", "log", "E(y_11 | u)", "E(y_11 | u) = exp(η_11) = exp(μ + u_1)"),
        ("Poisson", "log", "Var(y_11)", "Var(y_11) = E(y_11²) − E(y_11)² = E(μ_11 + μ_11²) − E(μ_11)²"),
        ("Poisson", "log", "Cov(y_11, y_21)", "Cov(y_11, y_21) = Cov(exp(μ + u_1), exp(μ + u_2)) = 0"),
        ("Binomial", "probit", "E(y_11)", "E(y_11) = E(E(y_11 | u)) = E(N Φ(μ + u_1)) = N Φ(μ/√(1 + σ²_u))"),
        ("normal", "identity", "Var(y_11)", "Var(y_11) = E(Var(y_11 | u)) + Var(E(y_11 | u)) = σ² + Var(u_1)"),
        ("normal", "identity", "Corr(y_11, y_12)", "Corr(y_11, y_12) = Cov(y_11, y_12)/√(Var(y_11) Var(y_12))"),
    ],
)
def test_lines_of_a_student_are_accepted(family: str, link: str, asked: str, lines: str) -> None:
    verdict = check(lines, glmm(one_way(4, 3), family, link).derive(asked))
    assert verdict.outcome == "correct", verdict.feedback


@pytest.mark.parametrize(
    ("asked", "lines", "key", "number"),
    [
        ("E(y_11)", "E(y_11) = exp(μ) E(exp(u_1)) = exp(μ) exp(E(u_1)) = exp(μ)", "jensen", 2),
        ("E(y_11)", "E(y_11) = E(exp(μ + u_1)) = exp(μ + σ²_u)", None, 2),
        ("Var(y_11)", "Var(y_11) = E(exp(μ + u_1)) + Var(exp(μ + u_1)) = exp(μ + σ²_u/2) + σ²_u", None, 2),
        ("Cov(y_11, y_12)", "Cov(y_11, y_12) = Cov(exp(η_11), exp(η_12)) = 0", None, 2),
    ],
)
def test_the_first_line_that_does_not_follow_is_found(asked: str, lines: str, key: str | None, number: int) -> None:
    verdict = check(lines, glmm(one_way(4, 3), "Poisson").derive(asked))
    assert verdict.outcome == "incorrect", verdict.feedback
    assert [place.number for place in verdict.where if isinstance(place, Line)][:1] == [number]
    assert key is None or verdict.misconception == key


def test_a_mean_without_a_closed_form_is_left_open() -> None:
    verdict = check(
        "E(y_11) = E(1/(1 + exp(−μ − u_1))) = 1/(1 + exp(−μ))", glmm(one_way(4, 3), "Bernoulli").derive("E(y_11)")
    )
    assert (verdict.outcome, verdict.costs_attempt) == ("undecided", False), verdict.feedback
    assert "closed form" in verdict.feedback
