"""What a model derives is accepted when written as lines, and a false rule put into it is found where it stands."""

from __future__ import annotations

import random
from functools import cache
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.checking.lines.derivations import model
from tutor import Derivation, Lines, MixedModel, TutorError, check, crd, latin_square, nested, rcbd, write
from tutor.algebra.reasoning import NORMAL
from tutor.algebra.rules import apply
from tutor.algebra.tree import Tree
from tutor.checking.equal import compare
from tutor.checking.lines.broken import FALSE_RULES, candidates
from tutor.checking.lines.chains import same_side
from tutor.checking.lines.side import Side
from tutor.checking.verdict import Line

REQUESTS = {
    "blocks": ("Var(y)", "E(y)", "Cov(u, y)", "Cov(y_11, y_21)", "Var(y_11 - y_21)", "Var(ybar_1.)", "E(MS_e)",
               "Var(ybar_1. - ybar_2.)", "corr(y_11, y_21)", "V^-1", "E(y'y)", "Var(tau_1_hat - tau_2_hat)"),
    "letters": ("Var(y)", "E(y)", "Cov(y_11, y_21)", "Var(ybar_1.)", "Var(ybar_1. - ybar_2.)", "corr(y_11, y_21)"),
    "line": ("Var(betahat)", "E(betahat)", "betahat", "Var(y)"),
    "intercepts": ("Var(betahat)", "uhat", "Var(uhat)", "Cov(u, y)", "Var(uhat - u)", "E(u | y)", "Var(y | u)"),
    "slopes": ("Var(y)", "E(y)", "Cov(u, y)"),
    "split": ("Var(y)", "E(y)", "Cov(y_111, y_121)", "E(MS_e)"),
    "groups": ("Var(y)", "Var(y_11)", "Cov(y_11, y_12)", "Var(ybar_1.)", "V^-1"),
    "times": ("Var(y)", "E(y)"),
}  # fmt: skip


SPELLINGS: tuple[Literal["latex", "unicode", "trees"], ...] = ("latex", "unicode", "trees")


@cache
def known(name: str, asked: str) -> Derivation:
    return model(name).derive(asked)


ASKED = [(name, asked) for name, requests in REQUESTS.items() for asked in requests]


@pytest.mark.parametrize(("name", "asked"), ASKED, ids=[f"{name} {asked!a}" for name, asked in ASKED])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_what_the_model_derives_is_right_in_lines(
    name: str, asked: str, spelling: Literal["latex", "unicode", "trees"]
) -> None:
    derivation = known(name, asked)
    answer = list(derivation.lines) if spelling == "trees" else write(derivation, spelling)
    verdict = check(answer, derivation)
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.form is None, verdict.feedback


@pytest.mark.slow
@pytest.mark.parametrize(("name", "asked"), ASKED, ids=[f"{name} {asked!a}" for name, asked in ASKED])
def test_each_step_of_the_model_is_within_a_step_size_of_one(name: str, asked: str) -> None:
    derivation = known(name, asked)
    verdict = check(write(derivation, "latex"), Lines(derivation, step_size=1))
    assert verdict.outcome == "correct", verdict.feedback
    assert verdict.form is None, verdict.feedback


def models() -> list[MixedModel]:
    return [rcbd(2, 3), rcbd(3, 2), rcbd(3, 2, blocks_are="fixed"), crd(2, 3), latin_square(3), nested(2, 2, 2)]


@cache
def derivations() -> tuple[Derivation, ...]:
    found: list[Derivation] = []
    for each in (*models(), model("split"), model("intercepts"), model("slopes"), model("letters")):
        for asked in ("Var(y)", "E(y)", "Cov(u, y)", "Var(betahat)", "E(betahat)", "Var(uhat)", "V^-1"):
            try:
                found.append(each.derive(asked))
            except TutorError:
                continue
    return tuple(found)


def mutants(lines: tuple[Tree, ...]) -> list[tuple[int, Tree]]:
    """Each line but the first in the form that a false rule gives it, with its place, where that has another value."""
    found: list[tuple[int, Tree]] = []
    for place, line in enumerate(lines[:-1], start=1):
        for rule in FALSE_RULES:
            for candidate in candidates((line,), rule.rewrite):
                if len(candidate.terms) == 1 and candidate.terms[0].shape == line.shape:
                    found.append((place, candidate.terms[0]))
    return found


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_line_made_by_a_false_rule_is_the_first_that_does_not_follow(seed: int) -> None:
    rng = random.Random(seed)
    derivation = rng.choice(derivations())
    found = mutants(derivation.lines)
    assume(found)
    place, wrong = rng.choice(found)
    assume(compare(wrong, derivation.lines[place - 1]).same is False)
    consequence = next(
        (step.after for rule in NORMAL if (step := apply(rule, wrong)) is not None and step.after != wrong), None
    )
    answer = [*derivation.lines[:place], wrong, *([] if consequence is None else [consequence])]
    before = Side("", 0, (derivation.lines[place - 1],))
    assume(not same_side(Side("", 0, (wrong,)), before))
    verdict = check(answer, derivation)
    assert verdict.outcome == "incorrect", verdict.feedback
    assert isinstance(verdict.where[0], Line)
    assert verdict.where[0].number == place + 1
    assert verdict.misconception is not None
    if consequence is not None and compare(consequence, wrong).same:
        assert verdict.facts.get("carried") == str(place + 2)


@given(st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_lines_may_be_left_out_and_run_backwards(seed: int) -> None:
    rng = random.Random(seed)
    derivation = rng.choice(derivations())
    goal, *rest = derivation.lines
    assume(rest)
    kept = [line for line in rest[:-1] if rng.random() < 0.5]
    lines = [goal, *kept, rest[-1]]
    if rng.random() < 0.5:
        lines.reverse()
    spelled = [write(line, rng.choice(["latex", "unicode"])) for line in lines]
    # A matrix that is drawn over several lines stands in a column of its own, which a join does not keep.
    spelled = [write(line, "latex") if "\n" in text else text for line, text in zip(lines, spelled, strict=True)]
    text = rng.choice([" = ", "\n= ", " \\\\\n&= "]).join(spelled)
    verdict = check(text, derivation)
    assert verdict.outcome == "correct", (text, verdict.feedback)
    assert verdict.form is None, (text, verdict.feedback)


@given(st.text(max_size=60), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_verdict(text: str, place: int) -> None:
    lines = ["Var(y) = Var(Zu + ε)", "= Var(Zu) + Var(ε)", "= ZGZ' + R"]
    lines.insert(place, text)
    assert check("\n".join(lines), known("blocks", "Var(y)")).outcome in {
        "correct",
        "incorrect",
        "unreadable",
        "undecided",
    }
