"""Moments of elements, estimates and predictors in every design, with letters and with numbers: each line has the value
of its goal on random instances. A moment that a design refuses has its reason in test_requests_over_catalogue.py or in
the file of its kind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import cast

import pytest
import sympy

from tests.exact import are_same, values_on
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.parameters import definitions_of
from tutor.algebra.sizes import size
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

OF_VECTORS = (
    "E(y)", "Var(y)", "Cov(u, y)", "Var(y - X beta)", "E(Xβ + Zu + ε | u)", "Var(y | u)", "Cov(y, ε | u)", "E(y'y | u)",
    "E(u | y)", "Var(u | y)", "E(y'y)", "Var(X betahat)", "Var(uhat - u)", "E(uhat | u)", "Var(uhat | u)",
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
OF_FUNCTIONS = ("E({f})", "Var({f})", "Cov({f}, {g})", "Corr({f}, {g})", "Var({f} | u)")

MOST_ROWS = 8
"""Rows of a design with numbers: what is by entries takes long with more."""

OF_LINES = ("beta_0", "beta_1", "beta_0 + 3 beta_1", "beta_0 - 2*beta_1/5")
OF_COVARIANCE = (
    "tau_1 - tau_2",
    "tau_1 - tau_3",
    "mu + tau_1",
    "mu + tau_2 + beta",
    "beta",
    "tau_1 + 3*tau_2 - 4*tau_3",
)
"""Functions of the fixed effects beside a covariate, of which each that is estimable is asked for."""

ANSWERED = 8
"""Of these moments each design answers so many at least."""


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


def assert_every_step_holds(m: MixedModel, numbers: MixedModel, sizes: dict[sympy.Symbol, int]) -> None:
    answered = 0
    for ask in asked_of(numbers):
        try:
            derivation = m.derive(ask)
        except TutorError:
            continue
        instance = DrawnInstance(derivation.lines, random.Random(ask), sizes=sizes)
        values = values_on(instance, *derivation.lines)
        assert all(are_same(value, values[0]) for value in values[1:]), f"{ask}: {derivation}"
        answered += len(derivation) > 0
    assert answered >= ANSWERED


def of_numbers(design: Lettered) -> MixedModel:
    """The design at the first numbers for its letters."""
    return design.design(*design.numbers[0])


def is_arranged(design: Lettered) -> bool:
    """Whether treatments stand where letters do not tell, as in a Latin square: an instance draws any matrix."""
    matrices = [matrix for matrix in (design.symbolic.X, design.symbolic.Z) if matrix is not None]
    symbols = [symbol for matrix in matrices for part in definitions_of(matrix) for symbol in symbols_of(part)]
    return any(symbol.definition is None and symbol.name.partition("_")[0] in ("X", "Z") for symbol in symbols)


@pytest.mark.slow
@pytest.mark.parametrize("design", [design for design in LETTERED if not is_arranged(design)], ids=str)
def test_every_step_of_a_moment_holds_with_letters(design: Lettered) -> None:
    known = design.known(design.numbers[0])
    sizes = {cast(sympy.Symbol, size(letter)): number for letter, number in known.items()}
    assert_every_step_holds(design.symbolic, of_numbers(design), sizes)


@pytest.mark.slow
@pytest.mark.parametrize("design", [
    # Of a covariate with one value a correlation would need the root of a generalized inverse.
    design for design in LETTERED if of_numbers(design).n <= MOST_ROWS and "x=[0.5, 0.5]" not in str(design)
], ids=str)  # fmt: skip
def test_every_step_of_a_moment_holds_with_numbers(design: Lettered) -> None:
    numbers = of_numbers(design)
    assert_every_step_holds(numbers, numbers, {})
