"""The formulas of a fit with its numbers, R's estimates in all files, and variances on their boundary."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import tutor
from tests.models.inference.test_fit import fit_of
from tests.models.inference.test_loglik import fit_of_R
from tests.models.truth import FORMULAS
from tutor.data import path
from tutor.errors import UnknownNameError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.inference.fit_table import Fit
from tutor.notation.write import latex, markdown, unicode

YIELDS = [20.1, 22.4, 25.0, 19.2, 23.3, 24.8, 21.5, 24.6, 27.7, 18.4, 20.9, 23.2]


@pytest.mark.parametrize("name", FORMULAS)
def test_REML_estimates_are_those_of_R_to_four_digits(name: str) -> None:
    _, expected = fit_of_R(name)
    found = fit_of(name)
    assert set(found.values) == set(expected) and not found.at_boundary
    for key, value in expected.items():
        assert found.values[key] == pytest.approx(value, rel=1e-5)


FITS: dict[str, Any] = {
    "rcbd": lambda: c.rcbd(3, 4).fit(YIELDS),
    "rcbd by ML": lambda: c.rcbd(3, 4).fit(YIELDS, "ML"),
    "oats": lambda: model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", data=path("oats.csv")).fit(),
    "rail": lambda: fit_of("rail_oneway"),
    "pastes": lambda: fit_of("pastes_nested"),
    "ergostool": lambda: fit_of("ergostool_rcbd"),
}


@pytest.mark.parametrize("name", FITS)
def test_a_formula_with_its_numbers_has_the_value_that_was_fitted(name: str) -> None:
    found: Fit = FITS[name]()
    rows = [row for row in found.formulas() if row.value is not None]
    assert len(rows) > 2 * len(found.parameters)
    for row in rows:
        assert row.numbers.numpy()[0, 0] == pytest.approx(row.value, rel=2e-3)


def test_matrices_have_their_numbers() -> None:
    found = fit_of("sleep_corr")
    rows = found.formulas()
    assert np.allclose(rows["V"].numbers.numpy(), found.number("V"), rtol=1e-3)
    assert np.allclose(rows["Var(u)"].numbers.numpy(), found.number("G"), rtol=1e-3)
    assert "I₁₈ ⊗ [[612.09, 9.6043], [9.6043, 35.072]]" in unicode(rows)
    with pytest.raises(UnknownNameError, match="σ²_x"):
        rows["σ²_x"]


def test_the_formulas_stand_beside_their_numbers_in_each_dialect() -> None:
    found = c.rcbd(3, 4).fit(YIELDS).formulas()
    told = unicode(found)
    assert "(1/9) SS_block − (1/18) SS_residual" in told and "(1/9) 21.476 − (1/18) 1.5317" in told
    assert "I₄ ⊗ (0.25528 I₃ + 2.3011 J₃)" in told
    assert r"\sigma^2_u" in latex(found) and "U+" not in latex(found) and "|---|" in markdown(found)
    for dialect in ("mathml", "typst", "spoken"):
        assert "treatment mean" in tutor.write(found, dialect)


def test_a_variance_on_its_boundary_is_explained_by_the_mean_squares() -> None:
    found = c.rcbd(2, 3).fit([1, 2, 2, 1, 1, 2])
    (reason,) = found.boundary_reasons
    assert "(1/4) SS_block − (1/4) SS_residual = −0.333333, which is not positive" in reason
    for text in (unicode(found), markdown(found), tutor.write(found, "spoken")):
        assert "cannot be negative" in text
    assert "boundary" in latex(found)
    rows = found.formulas()
    with pytest.raises(UnknownNameError):
        rows["se(σ²_u)"]


def test_and_by_the_slope_of_the_likelihood_where_there_are_none() -> None:
    found = model("y ~ 1 + (1 | g)", data={"y": [1, 2, 3, 4, 2, 2, 3, 3.5], "g": list("aabbbcca")}).fit()
    (reason,) = found.boundary_reasons
    assert "the likelihood falls from 0 on, with the slope −" in reason
    assert not fit_of("pastes_nested").boundary_reasons
