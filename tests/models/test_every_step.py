"""Moments of elements, estimates and predictors in every design, with letters and with numbers: each line has the value
of its goal on random instances, on which the values of covariates and the plots of treatments are drawn too. A moment
that a design refuses has its reason in test_requests_over_catalogue.py or in the file of its kind."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any, cast

import pytest
import sympy

import tutor
from tests.exact import are_same, values_on
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import size
from tutor.errors import DomainError, TutorError
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

OF_VECTORS = (
    "E(y)", "Var(y)", "Cov(u, y)", "Var(y - X beta)", "E(Xβ + Zu + ε | u)", "Var(y | u)", "Cov(y, ε | u)", "E(y'y | u)",
    "E(u | y)", "Var(u | y)", "E(e | y)",
    "Var(e | y)", "E(y'y)", "Var(X betahat)", "Var(uhat - u)", "E(uhat | u)", "Var(uhat | u)",
    "E(X betahat | u)", "Cov(X betahat, uhat | u)", "E(ehat | u)", "Var(ehat | u)", "Var(ehat)", "E(MS_residual)",
)  # fmt: skip
OF_ELEMENTS = (
    "E({a})", "Var({a})", "E({a} - {b})", "Var({a} - {b})", "Cov({a}, {b})", "Corr({a}, {b})", "Cov({a}, {c})",
    "Var({a} + {b} - 2 {c})", "E({a} {b})", "E({a}^2)", "E({a} | u)", "Var({a} - {b} | u)", "Var({a} | {b})",
    "E({a} | {b})", "Cov({a}, {c} | {b})", "Var({a} | {b}, {c})",
)  # fmt: skip
OF_EFFECTS = (
    "Var({u})", "E({u} | y)", "Var({u} | y)", "Cov({u}, {v} | y)", "Var({u}hat - {u})", "Cov({u}hat, {u})",
    "Corr({u}hat, {u})", "E({u}hat | u)", "E({u}hat {u})", "E({u}hat^2)", "Var({u}hat | u)",
    "Var({u} | {a})", "E({u} | {a})",
)  # fmt: skip
OF_FIXED = ("E({f})", "Var({f})", "E({f} | u)", "Var({f} | u)")
OF_FUNCTIONS = ("E({f})", "Var({f})", "Cov({f}, {g})")

FUNCTIONS = (
    "beta_0", "beta_1", "beta_0 + 3 beta_1", "beta_0 + beta_1/2", "tau_1 - tau_2", "tau_1 + 3*tau_2 - 4*tau_3", "mu",
    "mu + tau_2 + beta", "alpha_1 - alpha_2", "rho_1 - rho_2", "lambda_1 - lambda_2", "mu + tau_1 + alpha_2",
    "taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22",
)  # fmt: skip
"""Functions of the fixed effects of which the first few are asked for that a design with numbers can estimate; beside
them the mean of an observation."""

MOST_FUNCTIONS = 3

COVARIANCES: list[tuple[Callable[..., MixedModel], str, tuple[int, ...]]] = [
    (partial(tutor.ancova, blocks_are="fixed"), "tr", (3, 2)),
    (lambda a, s, r: tutor.ancova({"lime": a, "dose": s}, r, blocks_are="random"), "asr", (2, 2, 3)),
    (partial(tutor.ancova, 3), "r", (2,)),
    (lambda g: tutor.random_slopes(g, [1, 2, 4]), "g", (3,)),
    (lambda g: tutor.random_intercepts(g, 4), "g", (3,)),
]
"""Designs with a covariate that are not among those of the catalogue with letters."""

MOST_ROWS = 8
"""Rows of a design with numbers: what is by entries takes long with more."""

DATA = {"y": [1, 2, 4, 3, 5, 2], "x": [1, 2, 3, 4, 5, 7], "f": [*"qrqrrq"], "g": [*"aabbca"], "h": [*"pqpqqp"],
        "o": [2, 1, 0, 3, 1, 5]}  # fmt: skip
FORMULAS = (
    "y ~ x", "y ~ f + offset(o)", "y ~ x + (1 | g)", "y ~ x + offset(o) + (1 | g)", "y ~ f + (1 | g) + (1 | h)",
    "y ~ 1 + (x | h)", "y ~ 0 + f + (x || g)", "y ~ f*x + offset(2*o) + (0 + x | g)", "log(y) ~ 1 + (1 | g/h)",
)  # fmt: skip

ANSWERED = 8
"""Of these moments each design answers so many at least."""

TRIES = 12
"""Instances that are drawn until one has a value: a Graeco-Latin square of three has no mean square of residuals."""

Sizes = dict[sympy.Symbol, int]


def hatted(key: str) -> str:
    base, _, below = key.partition("_")
    return f"{base}hat_{below}"


def asked_of(numbers: MixedModel) -> Iterator[str]:
    """The moments by the names that the elements have in the design with numbers."""
    yield from OF_VECTORS
    assert numbers.y.entries is not None
    observations = list(map(str, numbers.y.entries.flat()))
    a, b, c = observations[0], observations[1], observations[-1]
    yield from (form.format(a=a, b=b, c=c) for form in OF_ELEMENTS)
    if numbers.u is not None and numbers.u.entries is not None:
        effects = list(map(str, numbers.u.entries.flat()))
        for form in OF_EFFECTS:
            yield form.replace("{u}hat", hatted(effects[0])).format(u=effects[0], v=effects[-1], a=a)
    assert numbers.beta.entries is not None
    fixed = [str(entry) for entry in numbers.beta.entries.flat()]
    alike = [(one, other) for one, other in combinations(fixed, 2) if one.partition("_")[0] == other.partition("_")[0]]
    told = next((pair for pair in alike if numbers.estimable(" - ".join(pair))), None)
    if told is not None:
        yield from (form.format(f=" - ".join(map(hatted, told))) for form in OF_FIXED)


def assert_derivation_holds(derivation: Derivation, told: str, every: Sequence[Sizes] = ()) -> None:
    """Every line has one value, at one of these sizes or, without any, at those for which what is arranged exists."""
    rng = random.Random(told)
    for number in range(TRIES):
        sizes = every[number % len(every)] if every else None
        try:
            values = values_on(DrawnInstance(derivation.lines, rng, sizes=sizes), *derivation.lines)
        except DomainError:
            continue
        assert all(are_same(value, values[0]) for value in values[1:]), f"{told}: {derivation}"
        return
    raise AssertionError(f"{told}: no instance has a value")


def assert_every_step_holds(m: MixedModel, numbers: MixedModel, every: Sequence[Sizes]) -> None:
    answered = 0
    for ask in asked_of(numbers):
        try:
            derivation = m.derive(ask)
        except TutorError:
            continue
        assert_derivation_holds(derivation, ask, every)
        answered += len(derivation) > 0
    assert answered >= ANSWERED


def of_numbers(design: Lettered) -> MixedModel:
    """The design at the first numbers for its letters."""
    return design.design(*design.numbers[0])


def sizes_of(design: Lettered) -> list[Sizes]:
    """The sets of numbers for the letters of a design that have the elements of the first set."""
    return [
        {cast(sympy.Symbol, size(letter)): number for letter, number in design.known(sizes).items()}
        for sizes in design.numbers
        if all(number >= least for number, least in zip(sizes, design.numbers[0], strict=True))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_every_step_of_a_moment_holds_with_letters(design: Lettered) -> None:
    assert_every_step_holds(design.symbolic, of_numbers(design), sizes_of(design))


@pytest.mark.slow
@pytest.mark.parametrize("design", [each for each in LETTERED if of_numbers(each).n <= MOST_ROWS], ids=str)
def test_every_step_of_a_moment_holds_with_numbers(design: Lettered) -> None:
    numbers = of_numbers(design)
    assert_every_step_holds(numbers, numbers, [{}])


@pytest.mark.slow
@pytest.mark.parametrize("formula", FORMULAS)
def test_every_step_of_a_moment_holds_with_data(formula: str) -> None:
    m = model(formula, DATA)
    assert_every_step_holds(m, m, [{}])


# Functions of the fixed effects


def can_estimate(numbers: MixedModel, what: str) -> bool:
    try:
        return bool(numbers.estimable(what))
    except TutorError:  # no such effect
        return False


def asked_functions(numbers: MixedModel) -> list[str]:
    mean = str(numbers.mean.explicit()[0, 0])
    found = [what for what in FUNCTIONS if can_estimate(numbers, what)][:MOST_FUNCTIONS]
    return found if "x" in mean else [*found, mean.replace("*", " ")]


def with_hats(function: str) -> str:
    return re.sub(r"[a-z]+", lambda name: f"{name[0]}_hat", function)


def assert_functions_hold(m: MixedModel, numbers: MixedModel) -> None:
    """Every line of each standard error, and of moments of what is estimated."""
    functions = asked_functions(numbers)
    answered = 0
    for what, other in zip(functions, (*functions[1:], functions[0]), strict=True):
        asks = [form.format(f=with_hats(what), g=with_hats(other)) for form in OF_FUNCTIONS]
        moments = {ask: partial(m.derive, ask) for ask in asks}
        for ask, derive in {**moments, f"se({what})": lambda what=what: m.se(what).derivation}.items():
            try:
                derivation = derive()
            except TutorError:
                continue
            assert_derivation_holds(derivation, ask)
            answered += len(derivation) > 0
    assert answered, functions


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_every_step_of_a_function_of_fixed_effects_holds_with_letters(design: Lettered) -> None:
    """At sizes that are drawn, and so with another arrangement of the treatments each time."""
    assert_functions_hold(design.symbolic, of_numbers(design))


@pytest.mark.slow
@pytest.mark.parametrize(("make", "letters", "sizes"), COVARIANCES)
def test_every_step_beside_a_covariate_holds(make: Callable[..., MixedModel], letters: str, sizes: Any) -> None:
    assert_functions_hold(make(*letters), make(*sizes))
