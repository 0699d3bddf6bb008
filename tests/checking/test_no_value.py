"""Expressions without a real value at some points: what has none shows nothing, neither right nor wrong."""

from __future__ import annotations

import pytest

from tutor import rcbd
from tutor.checking.check import check
from tutor.notation.read import read
from tutor.notation.vocabulary import lecture_vocabulary


@pytest.mark.parametrize(
    ("answer", "reference", "outcome"),
    [
        (r"\log(\mu/(1-\mu))", "logit(mu)", "correct"),
        (r"\log(\mu) - \log(1-\mu)", "logit(mu)", "correct"),
        ("log(mu/(1-mu))", "log(mu) - log(1-mu)", "correct"),
        ("1/(1 + exp(-eta))", "expit(eta)", "correct"),
        ("log(-log(1-mu))", "cloglog(mu)", "correct"),
        ("sqrt((1-rho)(1+rho))", "sqrt(1-rho^2)", "correct"),
        ("log(mu)", "logit(mu)", "incorrect"),
        ("log(mu)", "log(mu/(1-mu))", "incorrect"),
        ("log(mu)", "log(mu) - log(1-mu)", "incorrect"),
        ("logit(mu)", "log(mu)", "incorrect"),
        ("sqrt(1-rho^2)", "sqrt(1-rho)", "incorrect"),
        ("sqrt(1-rho)", "sqrt(1-rho^2)", "incorrect"),
        ("2 log(mu)", "log(mu^2)", "undecided"),
        ("log(-1)", "log(-2)", "undecided"),
        ("expit(eta)", "1/(1 + exp(eta))", "incorrect"),
    ],
)
def test_only_points_with_values_decide(answer: str, reference: str, outcome: str) -> None:
    tree = read(reference).tree
    assert tree is not None
    verdict = check(answer, tree, lecture_vocabulary())
    assert verdict.outcome == outcome
    assert (verdict.counterexample is not None) == (outcome == "incorrect")


@pytest.mark.parametrize("answer", ["0", "σ", "2", "σ²"])
def test_a_root_by_another_count_is_looked_for_where_it_is_not_rational(answer: str) -> None:
    m = rcbd(treatments=3, blocks=4)
    assert check(answer, read("σ + σ_u", m).tree, m).correct is False
