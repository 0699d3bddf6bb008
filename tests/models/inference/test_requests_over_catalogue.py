"""Each request of every design of the catalogue, with letters and with numbers: an answer, or a reason that is listed.

No error of another kind is raised, and a reason that no design gives any more fails. Their values are verified in
test_values_over_catalogue.py, against matrices of fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.nodes import Symbol
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

NO_EFFECTS = "no random effects"
OWN_STRUCTURE = "covariance structure of their own"
SEVERAL = "more than one variance"
OPEN = "which treatments are together in a unit"
UNEQUAL = "is not the same for all"
COVARIATE = "which has no levels"
NOT_ESTIMABLE = "estimable"
NO_CLOSED_FORM = "no solution in closed form"
NO_ROOM = "no error contrasts are left"
INCOMPLETE = "has all of them"
FACTORS = "one factor each"


def effect_of(m: MixedModel) -> str:
    """The first effect of the fixed part, or the intercept's place where there is none."""
    return next((":".join(term.variables) for term in m.fixed if term.variables), "")


REQUESTS: dict[str, tuple[Callable[[MixedModel], Any], tuple[str, ...]]] = {
    "E(y)": (lambda m: m.E(m.y), ()),
    "Var(y)": (lambda m: m.Var(m.y), ()),
    "Var(y), derived": (lambda m: m.derive("Var(y)"), ()),
    "Cov(u, y)": (lambda m: m.Cov(cast(Symbol, m.u), m.y), (NO_EFFECTS,)),
    "blue": (lambda m: m.blue, ()),
    "ols": (lambda m: m.ols, ()),
    "blup": (lambda m: m.blup, (NO_EFFECTS,)),
    "shrinkage": (lambda m: m.blup.shrinkage, (NO_EFFECTS, FACTORS)),
    "henderson": (lambda m: m.henderson(), (NO_EFFECTS,)),
    "henderson, multiplied": (lambda m: m.henderson(multiplied=True), (NO_EFFECTS,)),
    "icc": (lambda m: m.icc(), (NO_EFFECTS, "vary with a covariate")),
    "anova": (lambda m: m.anova(), (OWN_STRUCTURE, SEVERAL)),
    "anova, restricted": (lambda m: m.anova(restricted=True), (OWN_STRUCTURE, SEVERAL, INCOMPLETE)),
    "se_mean": (lambda m: m.se_mean(effect_of(m)), (OPEN, UNEQUAL, COVARIATE, NOT_ESTIMABLE)),
    "se_difference": (lambda m: m.se_difference(effect_of(m)), (OPEN, UNEQUAL, COVARIATE, NOT_ESTIMABLE)),
    "se_means": (lambda m: m.se_means(effect_of(m)), (OPEN, COVARIATE, NOT_ESTIMABLE)),
    "se_differences": (lambda m: m.se_differences(effect_of(m)), (OPEN, COVARIATE)),
    "loglik, REML": (lambda m: m.loglik("REML"), (NO_ROOM,)),
    "loglik, ML": (lambda m: m.loglik("ML"), ()),
    "score, REML": (lambda m: m.score("sigma2"), (NO_ROOM,)),
    "score, ML": (lambda m: m.score("sigma2", "ML"), ()),
    "information": (lambda m: m.information(), ()),
    "variance estimators": (lambda m: m.variance_estimators(), (NO_CLOSED_FORM,)),
}
"""What is asked, and the words of the reasons for which it may be refused."""

WITHOUT_FACTORS = {"one_way", "nested", "crossed"}
"""Designs that have no fixed effect but μ, of which no means of levels are asked."""


def models_of(design: Lettered) -> Iterator[MixedModel]:
    """With letters, and with numbers where these leave no letter for a covariate."""
    yield design.symbolic
    if design.name not in ("regression", "random_intercepts", "random_slopes", "ancova"):
        yield design.design(*design.numbers[0])


def outcome(request: str, m: MixedModel) -> str:
    """ "" for an answer, or the reason."""
    ask, allowed = REQUESTS[request]
    try:
        assert str(ask(m))
    except TutorError as refused:
        told = [words for words in allowed if words in str(refused)]
        assert told, f"{request} of {m.title}: {refused}"
        return told[0]
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("request_", REQUESTS)
def test_every_design_answers_or_gives_a_reason_that_is_listed(request_: str) -> None:
    given = set()
    for design in LETTERED:
        for m in models_of(design):
            if request_.startswith("se_") and design.name in WITHOUT_FACTORS:
                continue
            given.add(outcome(request_, m))
    _, allowed = REQUESTS[request_]
    assert given - {""} == set(allowed), "a reason that no design gives leaves the table"
