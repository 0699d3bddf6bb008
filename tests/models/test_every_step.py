"""Moments of elements, estimates and predictors in every design, with letters and with numbers: each line has the value
of its goal on random instances. A moment that a design refuses has its reason in test_requests_over_catalogue.py or in
the file of its kind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import pytest

from tests.exact import assert_derivation_holds
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.parameters import definitions_of
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
    "Corr({u}hat, {u})", "E({u}hat | u)", "Var({u}hat | u)", "Var({u} | {a})", "E({u} | {a})",
)  # fmt: skip
OF_FIXED = ("E({f})", "Var({f})", "E({f} | u)", "Var({f} | u)")

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


def assert_every_step_holds(m: MixedModel, numbers: MixedModel) -> None:
    answered = 0
    for ask in asked_of(numbers):
        try:
            derivation = m.derive(ask)
        except TutorError:
            continue
        try:
            assert_derivation_holds(derivation, seeds=1)
        except AssertionError as wrong:
            raise AssertionError(f"{ask}: {wrong}") from wrong
        answered += len(derivation) > 0
    assert answered >= ANSWERED


ARRANGED = [design for design in LETTERED if any(
    symbol.definition is None and symbol.name.partition("_")[0] in ("X", "Z")
    for tree in (design.symbolic.X, design.symbolic.Z) if tree is not None
    for part in definitions_of(tree) for symbol in symbols_of(part)
)]  # fmt: skip
"""Designs whose treatments stand where letters do not tell, as in a Latin square: an instance draws any matrix."""


@pytest.mark.slow
@pytest.mark.parametrize("design", [design for design in LETTERED if design not in ARRANGED], ids=str)
def test_every_step_of_a_moment_holds_with_letters(design: Lettered) -> None:
    assert_every_step_holds(design.symbolic, of_numbers(design))


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_every_step_of_a_moment_holds_with_numbers(design: Lettered) -> None:
    numbers = of_numbers(design)
    assert_every_step_holds(numbers, numbers)


def of_numbers(design: Lettered) -> MixedModel:
    """The design at the numbers that make it smallest."""
    return design.design(*min(design.numbers, key=math.prod))
