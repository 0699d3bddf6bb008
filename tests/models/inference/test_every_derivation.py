"""Every line of every derivation that a design of the catalogue gives has one value on a random instance.

What is asked for are the public results of a model; a derivation is found in them wherever it is, in a claim, in a line
of the analysis of variance or in a kind of standard error. A line that no instance tells is listed here with the
reason, and with the test that compares it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import pytest
import sympy

from tests.exact import are_same, values_on
from tests.models.inference.test_catalogue_answers import effects_of
from tests.models.lettered_designs import LETTERED, Lettered
from tests.models.test_every_step import sizes_of
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, TutorError
from tutor.models.inference.derived import Derived
from tutor.models.mixed import MixedModel

FORMS = ("V^-1", "|V|", "log|V|", "tr(V)", "X'V^-1 X", "Z'V^-1 Z", "P")
ESTIMATED = (
    "tau_1 - tau_2", "mu", "mu + tau_1", "beta_1", "beta_0 + 2 beta_1", "alpha_1 - alpha_2",
    "taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22",
)  # fmt: skip

NOT_TOLD: dict[tuple[str, str], str] = {
    ("alpha", "se_means "): "E_i, efficiency factors of canonical contrasts, are eigenvalues that may be irrational: "
    "test_the_average_of_resolvable_blocks_is_by_canonical_efficiency",
    ("alpha", "se_differences "): "as se_means",
    ("crossover", "se_differences sequence"): "whether two sequences end alike is not told by their numbers: "
    "test_carryover_by_williams_sequences",
}
"""By the name of a design and the beginning of a question, why an instance does not tell all lines, and which test has
numbers in the place of what is not told."""

TRIES = 6
MOST_ROWS = 8
MOST_DEPTH = 5


def questions(m: MixedModel) -> Iterator[tuple[str, Callable[[], Any]]]:
    for name in ("blue", "ols", "blup"):
        yield name, partial(getattr, m, name)
    yield from (("henderson", m.henderson), ("henderson times σ²", partial(m.henderson, multiplied=True)))
    yield from (("anova", m.anova), ("anova, restricted", partial(m.anova, restricted=True)))
    yield from (("icc", m.icc), ("ols_is_blue", m.ols_is_blue))
    for method in ("ML", "REML"):
        for name in ("loglik", "information", "variance_estimators"):
            yield f"{name} {method}", partial(getattr(m, name), method)
        for parameter in m.parameters:
            yield f"score of {parameter.key} {method}", partial(m.score, parameter.key, method)
    for effect in effects_of(m):
        for name in ("se_mean", "se_difference", "se_means", "se_differences"):
            yield f"{name} {effect}", partial(getattr(m, name), effect)
    yield from ((form, partial(m.derive, form)) for form in FORMS)
    for what in ESTIMATED:
        yield f"blue of {what}", partial(lambda what: m.blue.of(what), what)
        yield f"ols of {what}", partial(lambda what: m.ols.of(what), what)


def derivations_in(found: Any, path: str, seen: dict[int, Any], depth: int = 0) -> Iterator[tuple[str, Derivation]]:
    """The derivations in a result, and in what its properties lead to."""
    if isinstance(found, Derivation):
        yield path, found
    elif depth > MOST_DEPTH or id(found) in seen or isinstance(found, Tree | MixedModel):
        return
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from derivations_in(value, f"{path} [{key}]", seen, depth + 1)
    elif isinstance(found, tuple | list):
        for place, value in enumerate(found):
            yield from derivations_in(value, f"{path} [{place}]", seen, depth + 1)
    elif type(found).__module__.startswith("tutor.models"):
        seen[id(found)] = found
        for name in _told_by(type(found)):
            try:
                value = getattr(found, name)
            except TutorError:  # it says why there is none
                continue
            yield from derivations_in(value, f"{path}.{name}", seen, depth + 1)


@cache
def _told_by(kind: type) -> tuple[str, ...]:
    """The public fields and properties of a result, but the model itself."""
    names = [name for name in dir(kind) if not name.startswith("_") and name not in ("model", "scope")]
    return tuple(name for name in names if not callable(getattr(kind, name)))


def compared(derivation: Derivation, seed: str, sizes: dict[sympy.Symbol, int] | None) -> str:
    """Why the lines are not all seen to have one value; "" where they are."""
    rng = random.Random(seed)
    told = "no instance has a value"
    for number in range(2 * TRIES):
        proper = number >= TRIES
        at = sizes if number % TRIES == 0 else None
        try:
            values = values_on(DrawnInstance(derivation.lines, rng, proper=proper, sizes=at), *derivation.lines)
        except DomainError as error:
            told = str(error)
            continue
        if not are_same(values[0], values[0]):
            told = "the numbers are too large for balls"
            continue
        wrong = [place for place, value in enumerate(values) if not are_same(value, values[0])]
        return f"lines {wrong} of {len(values)} have other values than the first" if wrong else ""
    return told


def assert_all_compared(design: Lettered, m: MixedModel, sizes: dict[sympy.Symbol, int] | None) -> None:
    number, known = 0, set[Derivation]()
    for question, ask in questions(m):
        try:
            found = ask()
        except TutorError:  # refused, with the reason
            continue
        for path, derivation in derivations_in(found, question, {}):
            number += 1
            because = "" if derivation in known else compared(derivation, path, sizes)
            known.add(derivation)
            if because and not is_not_told(design, path, m):
                pytest.fail(f"{design}, {path}: {because}\n{derivation}")
        assert not isinstance(found, Derived) or number
    assert number >= LEAST


LEAST = 20
"""Derivations of each design at least: those of the estimators alone are as many."""


def is_not_told(design: Lettered, path: str, m: MixedModel) -> bool:
    letters = not m.n.is_Integer
    return letters and any(design.name == name and path.startswith(start) for name, start in NOT_TOLD)


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_every_line_is_compared_with_letters(design: Lettered) -> None:
    assert_all_compared(design, design.symbolic, sizes_of(design)[0])


@pytest.mark.slow
@pytest.mark.parametrize("design", [
    # The inverse of the information of four parameters beside letters for x takes a minute.
    design for design in LETTERED
    if design.design(*design.numbers[0]).n <= MOST_ROWS and str(design) != "random_slopes(g, n)"
], ids=str)  # fmt: skip
def test_every_line_is_compared_with_numbers(design: Lettered) -> None:
    assert_all_compared(design, design.design(*design.numbers[0]), None)


def test_a_line_that_is_false_is_told() -> None:
    (design,) = (each for each in LETTERED if str(each) == "rcbd(t, b)")
    derivation = design.symbolic.derive("Var(y)")
    first, second, *_ = derivation.steps
    assert not compared(derivation, "", None)
    wrong = Derivation(
        derivation.goal, (first, type(second)(second.rule, second.because, second.before, 2 * second.after))
    )
    assert compared(wrong, "", None) == "lines [2] of 3 have other values than the first"
