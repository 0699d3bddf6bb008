"""An offset is a known part of the mean: y = Xβ + o + Zu + ε."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tutor.errors import FormulaError, TutorError
from tutor.models.from_formula import model

DATA = {
    "y": [1, 2, 3, 4, 5, 6, 7, 9, 2.5],
    "x": [1, 2, 3, 4, 5, 6, 7, 8, 12],
    "n": [1, 2, 4, 8, 1, 2, 4, 8, 2],
    "g": list("uuuvvvwww"),
}


def test_the_offset_stands_in_the_mean_and_in_no_column_of_X() -> None:
    found = model("y ~ x + offset(log(n)) + (1 | g)", DATA)
    assert found.X.column_labels == ("(Intercept)", "x")
    assert found.offset is not None
    assert np.allclose(found.offset.numpy().ravel(), [math.log(n) for n in DATA["n"]])
    assert str(found.derive("E(y)").result) == "Xβ + o"
    assert found.equation("index").startswith("y_ij = β_0 + β_1 x_ij + u_j + o_ij + ε_ij")
    assert found.equation("distribution").startswith("y ~ N(Xβ + o, ZGZ' + R)\ny | u ~ N(Xβ + o + Zu, R)")
    assert "o      the offset, which has no coefficient, 9 × 1" in found.glossary()


def test_several_offsets_add_up() -> None:
    found = model("y ~ 1 + offset(n) + offset(2*x)", DATA)
    assert found.offset is not None
    assert found.offset.numpy().ravel().tolist() == [n + 2 * x for n, x in zip(DATA["n"], DATA["x"], strict=True)]


def test_draws_are_moved_by_the_offset() -> None:
    with_offset, without = model("y ~ x + offset(n)", DATA), model("y ~ x", DATA)
    drawn = (m.simulate(seed=3, beta=[1, 2], sigma2=1) for m in (with_offset, without))
    assert np.allclose(next(drawn) - next(drawn), DATA["n"])


def test_programs_that_have_offsets_are_told_of_it() -> None:
    found = model("y ~ x + offset(log(n)) + (1 | g)", DATA)
    assert "lmer(y ~ x + offset(log(n)) + (1 | g), data = d)" in found.code("lme4")
    for program in ("nlme", "sas", "statsmodels"):
        with pytest.raises(TutorError, match="no offset"):
            found.code(program)


@pytest.mark.parametrize("formula", ["y ~ x*offset(n)", "y ~ offset(n, x)", "y ~ x + (offset(n) | g)", "y ~ offset()"])
def test_what_is_no_offset_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        model(formula, DATA)


BALANCED = {**DATA, "y": [2, 4, 3, 7, 5, 9, 6, 8, 1]}


@pytest.mark.parametrize("offset", ["n", "log(n)"])
def test_sums_of_squares_are_those_of_what_is_left_of_the_offset(offset: str) -> None:
    known = [math.log(n) if "log" in offset else n for n in DATA["n"]]
    left = {**BALANCED, "y": [y - own for y, own in zip(BALANCED["y"], known, strict=True)]}
    seen = model(f"y ~ x + offset({offset}) + (1 | g)", BALANCED).anova().lines
    expected = model("y ~ x + (1 | g)", left).anova().lines
    for line, other in zip(seen, expected, strict=True):
        assert line.observed is not None and other.observed is not None
        assert float(line.observed.sum_of_squares) == pytest.approx(float(other.observed.sum_of_squares), rel=1e-12)


def test_the_offset_is_taken_off_from_effects_given_the_data() -> None:
    found = model("y ~ x + offset(n) + (1 | g)", DATA).derive("E(u_1 | y)").result
    assert str(found).endswith(" − 7)/(σ² + 3σ²_u)"), found
