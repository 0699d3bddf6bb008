"""Estimates of functions with letters for sizes that are no sums of averages: each line of their derivations has the
value of k'(X'V⁻¹X)⁻X'V⁻¹y, with the columns that the design has at numbers for its sizes."""

from __future__ import annotations

import pytest
from flint import fmpq_mat

from tests.exact import are_same, values_on
from tests.models.design_instance import DesignInstance, design_of_letters, design_of_numbers
from tests.models.inference.exact_errors import column
from tests.models.lettered_designs import LETTERED, Lettered
from tutor.algebra.rules import Derivation
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.notation.write import latex

OF_TREATMENTS, OF_MEAN = "tau_1 - tau_2", "mu + tau_1"
ABB = "crossover(n, sequences=('ABB', 'BAA'), carryover=True)"

FORMULAS: dict[str, list[str]] = {
    "bibd(t, b, k)": [OF_TREATMENTS, "tau_1 + tau_2 - 2*tau_3", OF_MEAN],
    "bibd(t, b, k, blocks_are=fixed)": [OF_TREATMENTS],
    "bibd by samples(t, b, h, s)": [OF_TREATMENTS, OF_MEAN],
    "factorial bibd(a, c, b, h)": ["taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22"],
    "ancova(t, r)": [OF_TREATMENTS, "beta", "mu + tau_1 + 3*beta"],
    "ancova(t, r, blocks_are=random)": [OF_TREATMENTS, "beta", OF_MEAN],
    ABB: [OF_TREATMENTS, "lambda_2 - lambda_3"],
    "random_slopes(g, x=[1, 2, 4])": ["beta_1", "beta_0 + 2*beta_1"],
}
"""Functions by the designs that have a formula for their estimates."""

BY_ROWS = ["alpha(t, r, h)", "augmented(c, n, b)", "row_column(t, r, c)", "crossover(n, t, carryover=True)"]
"""Designs whose weights depend on the rows."""

OWN_COLUMNS = "augmented(c, n, b)"
"""The one of which letters tell the columns."""

DESIGNS: dict[str, Lettered] = {str(design): design for design in LETTERED}


def assert_holds(derivation: Derivation, design: Lettered, sizes: tuple[int, ...], k: fmpq_mat) -> None:
    """All lines have one value where k has these entries."""
    instance = DesignInstance(design, sizes, derivation.lines, seed=sum(sizes))
    for letter in {letter for line in derivation.lines for letter in symbols_of(line) if letter.name == "k"}:
        instance._drawn[letter] = k
    first, *others = values_on(instance, *derivation.lines)
    for step, value in zip(derivation.steps, others, strict=True):
        assert step.because and are_same(value, first), f"{step.rule}: {step.after}"


@pytest.mark.parametrize(("name", "what"), [(name, what) for name, all_ in FORMULAS.items() for what in all_])
def test_a_formula_is_the_estimate(name: str, what: str) -> None:
    design = DESIGNS[name]
    estimate = design_of_letters(design).blue.of(what)
    found = estimate.derive("estimate")
    assert found.steps[-1].rule == "closed-form" and latex(found)
    for sizes in design.numbers[:2]:
        numbers = design_of_numbers(design, sizes)
        told = numbers.estimable(what)
        assert_holds(found, design, sizes, column(told.coefficients.flat()))
        assert_holds(estimate.derive("mean"), design, sizes, column(told.coefficients.flat()))


@pytest.mark.parametrize("name", BY_ROWS)
def test_what_depends_on_the_rows_is_told_by_the_equations(name: str) -> None:
    m = design_of_letters(DESIGNS[name])
    for estimator in (m.blue, m.ols):
        found = estimator.of(OF_TREATMENTS)
        assert found.remarks[1].endswith(": with numbers for the sizes they are listed.") != (name == OWN_COLUMNS)
        assert found.derive("estimate").result.shape == found.derive("variance").result.shape == (1, 1)
    with pytest.raises(TutorError, match="is not estimable"):
        m.blue.of("tau_1")


def test_a_contrast_in_a_square_of_samples_has_its_variance() -> None:
    m = design_of_letters(DESIGNS["latin_square by samples(t, s)"])
    assert str(m.blue.of(OF_TREATMENTS).derive("variance").result) == "2(σ² + s σ²_v)/(st)"
