"""What every design of the catalogue answers with letters for its sizes: a result, or one of the reasons listed here.

A new design that has neither fails, and so does a reason that no design needs any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.models.inference.exact_errors import assert_error_holds, at, direct, parameters_of
from tests.models.inference.test_errors_by_kind import letters_of_x
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.errors import TutorError
from tutor.models.catalogue import DESIGNS
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.mixed import MixedModel

NO_RANDOM = ("no random effects", "this model has no random effects")
OPEN_CELLS = ("which treatments are together",)
BY_PAIR = ("is not the same for all",)
CARRYOVER = ("estimable",)
OWN_STRUCTURE = ("covariance structure of their own", "more than one variance", "vary with a covariate")

REASONS: dict[str, dict[str, tuple[str, ...]]] = {
    "icc": {"": (*NO_RANDOM, *OWN_STRUCTURE)},
    "blup": {"": NO_RANDOM},
    "blue": {},
    "loglik": {},
    "anova": {
        "repeated_measures": OWN_STRUCTURE,
        "random_slopes": OWN_STRUCTURE,
    },
    "standard errors": {
        "row_column": OPEN_CELLS,
        "alpha": (*OPEN_CELLS, *BY_PAIR),
        "augmented": BY_PAIR,
        "crossover": (*CARRYOVER, *BY_PAIR),
    },
}
"""For each question the designs, "" for any, that may refuse it, and the words of the reason."""

QUESTIONS: dict[str, Callable[[MixedModel], Any]] = {
    "icc": lambda m: m.icc(),
    "blup": lambda m: m.blup,
    "blue": lambda m: m.blue,
    "loglik": lambda m: m.loglik(),
    "anova": lambda m: m.anova(),
}


def effects_of(m: MixedModel) -> Iterator[str]:
    """The fixed terms that are of factors."""
    factors = {factor.name for factor in m.factors}
    for term in m.fixed:
        if term.variables and set(term.variables) <= factors:
            yield ":".join(term.variables)


def with_covariate(design: Lettered, sizes: tuple[int, ...]) -> tuple[MixedModel, dict[str, Any]]:
    """The design with numbers, also for a covariate that has letters; with them its means and sums of squares, and the
    treatments that the first two blocks share."""
    if design.name == "ancova":
        t, r = sizes
        x = np.random.default_rng(t * r).integers(0, 9, size=(t, r))
        blocked = "random" in str(design)
        m = design.design(*sizes, x=(x.T if blocked else x).ravel().tolist())
        return m, letters_of_x(x, blocked)
    m = design.design(*sizes)
    if design.name != "bibd" or "fixed" not in str(design):
        return m, {}
    columns = dict(m.columns)
    held = [{row for block, row in zip(columns["block"], columns["treatment"], strict=True) if block == each}
            for each in ("b1", "b2")]  # fmt: skip
    return m, {"g": len(held[0] & held[1])}


def allowed(question: str, design: Lettered) -> tuple[str, ...]:
    reasons = REASONS[question]
    return (*reasons.get("", ()), *reasons.get(design.name, ()))


def test_every_design_of_the_catalogue_is_asked() -> None:
    assert {design.name for design in LETTERED} == set(DESIGNS)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_a_question_has_an_answer_or_a_reason(question: str, design: Lettered) -> None:
    try:
        assert str(QUESTIONS[question](design.symbolic))
    except TutorError as refused:
        assert any(words in str(refused).lower() for words in allowed(question, design)), refused


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_means_and_differences_have_the_standard_errors_of_three_sizes(design: Lettered) -> None:
    letters = design.symbolic
    for effect in effects_of(letters):
        names = effect.split(":")
        try:
            mean, difference = letters.se_mean(effect), letters.se_difference(effect)
        except TutorError as refused:
            assert any(words in str(refused).lower() for words in allowed("standard errors", design)), refused
            continue
        for sizes in design.numbers:
            numbers, covariates = with_covariate(design, sizes)
            values = {**parameters_of(numbers), **design.known(sizes), "i": 1, "i'": 2, "j": 1, "j'": 2, **covariates}
            means = mean_coefficients(numbers, tuple(names))
            first, *others = means
            other = next((each for each in others if all(a != b for a, b in zip(first, each, strict=True))), None)
            assert at(mean, values) == direct(numbers, means[first])
            assert_error_holds(mean, letters, numbers, values, [means[first]])
            if other is not None:
                k = [a - b for a, b in zip(means[first], means[other], strict=True)]
                assert at(difference, values) == direct(numbers, k)
                assert_error_holds(difference, letters, numbers, values, [k])


@pytest.mark.parametrize("question", REASONS)
def test_each_reason_is_needed(question: str) -> None:
    """A design that answers in all of its forms leaves the list."""
    for name in filter(None, REASONS[question]):
        assert any(_refuses(question, design.symbolic) for design in LETTERED if design.name == name), name


def _refuses(question: str, m: MixedModel) -> bool:
    try:
        if question == "standard errors":
            for effect in effects_of(m):
                assert m.se_mean(effect) and m.se_difference(effect)
        else:
            QUESTIONS[question](m)
    except TutorError:
        return True
    return False
