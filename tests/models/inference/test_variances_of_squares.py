"""Variances and covariances of mean squares: steps on exact instances, letters beside numbers, and known formulas."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
import sympy

import tutor
from tests.exact import are_same, assert_derivation_holds, values_on
from tests.models.designs import Case
from tests.models.inference.test_anova import WITH_TABLE
from tests.models.inference.test_mean_squares import SMALL
from tests.models.lettered_designs import LETTERED, Lettered
from tests.models.test_every_step import sizes_of
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.indices import at_numbers
from tutor.errors import TutorError, UnknownNameError
from tutor.models.mixed import MixedModel
from tutor.notation.write import unicode

DATA = {"y": [1, 2, 3, 4, 5, 7], "f": [*"ababaa"], "g": [*"pqqrrr"], "o": [1, 0, 2, 2, 1, 0]}
UNBALANCED = ("y ~ 1 + (1 | g)", "y ~ f + (1 | g)", "y ~ f + offset(o) + (1 | g)", "y ~ f + (1 | f:g)")


def asked_of(m: MixedModel) -> list[str]:
    names = [line.name for line in m.anova() if line.source.degrees_of_freedom != 0]
    pairs = list(pairwise(names))
    return [
        *(f"Var(MS_{{{name}}})" for name in names),
        *(f"Cov(MS_{{{one}}}, MS_{{{other}}})" for one, other in pairs),
        f"Var(SS_{{{names[0]}}})",
        f"Cov(MS_{{{names[0]}}}, SS_{{{names[-1]}}})",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("case", WITH_TABLE, ids=str)
def test_each_step_holds_with_numbers(case: Case) -> None:
    for asked in asked_of(case.model):
        assert_derivation_holds(case.model.derive(asked), seeds=1)


@pytest.mark.parametrize("case", SMALL, ids=str)
def test_each_step_holds_with_letters_for_sizes(case: Case) -> None:
    for asked in asked_of(case.symbolic):
        assert_derivation_holds(case.symbolic.derive(asked), seeds=1)


@pytest.mark.slow
@pytest.mark.parametrize("design", LETTERED, ids=str)
def test_each_step_holds_in_every_arrangement_with_letters(design: Lettered) -> None:
    m = design.symbolic
    try:
        asked = asked_of(m)
    except TutorError as error:
        assert "covariance structure of their own" in str(error) or "more than one variance" in str(error)
        return
    degrees = [line.source.degrees_of_freedom for line in m.anova()]
    sizes = next(known for known in sizes_of(design) if all(f == 0 or at_numbers(f, known) != 0 for f in degrees))
    for ask in asked:
        lines = m.derive(ask).lines
        values = values_on(DrawnInstance(lines, random.Random(ask), sizes=sizes), *lines)
        assert all(are_same(value, values[0]) for value in values[1:]), ask


@pytest.mark.parametrize("formula", UNBALANCED)
def test_each_step_holds_without_balance(formula: str) -> None:
    m = tutor.model(formula, DATA)
    for asked in asked_of(m):
        assert_derivation_holds(m.derive(asked), seeds=1)


@pytest.mark.parametrize(("m", "asked", "expected"), [
    (tutor.rcbd("t", "b"), "Var(MS_block)", "2(σ² + t σ²_u)²/(b − 1)"),
    (tutor.rcbd("t", "b"), "Var(MSE)", "2σ⁴/((b − 1)(t − 1))"),
    (tutor.rcbd("t", "b"), r"\operatorname{Var}(\mathrm{SS}_{\mathrm{block}})", "2(b − 1)(σ² + t σ²_u)²"),
    (tutor.rcbd("t", "b"), "Var(MS_treatment)", "2σ⁴/(t − 1) + (4σ²/(t − 1)) Q_treatment"),
    (tutor.rcbd("t", "b"), "Cov(MS_block, MSE)", "0"),
    (tutor.nested("a", "b", "n"), "Var(MS_residual)", "2σ⁴/(ab (n − 1))"),
    (tutor.crd(3, 4), "Var(MS_residual)", "2σ⁴/9"),
])  # fmt: skip
def test_the_formulas_are_those_of_the_books(m: MixedModel, asked: str, expected: str) -> None:
    assert unicode(m.derive(asked).result) == expected


def test_the_variance_of_an_estimated_component_is_that_of_its_mean_squares() -> None:
    """Var(σ̂²_u) = (Var(MS_block) + Var(MSE))/t² of (MS_block − MSE)/t: Searle, Casella and McCulloch (1992), p. 63."""
    m = tutor.one_way("a", "n")
    a, n, s, su = sympy.symbols("a n sigma2 sigma2_u", positive=True)
    names = [line.name for line in m.anova()]
    between, within = (m.derive(f"Var(MS_{{{name}}})").result for name in names)
    found: Any = sympy.Add(*(tree.explicit()[0, 0] for tree in (between, within))) / n**2  # pyright: ignore[reportArgumentType]
    expected = 2 / n**2 * ((n * su + s) ** 2 / (a - 1) + s**2 / (a * (n - 1)))
    plain = {letter: sympy.Symbol(letter.name, positive=True) for letter in found.free_symbols}
    assert sympy.simplify(found.xreplace(plain) - expected) == 0


def test_numbers_are_those_of_the_formula() -> None:
    m = tutor.rcbd(3, 4)
    assert m.Var("MS_block", sigma2=2, sigma2_u=1) == pytest.approx(2 * 5**2 / 3)
    assert m.Cov("MS_block", "MS_residual", sigma2=2, sigma2_u=1) == 0


def test_what_has_no_variance_says_why() -> None:
    with pytest.raises(UnknownNameError, match="plot"):
        tutor.rcbd(3, 4).derive("Var(MS_plot)")
    with pytest.raises(TutorError, match="no degrees of freedom"):
        tutor.graeco_latin(3).derive("Var(MS_residual)")
