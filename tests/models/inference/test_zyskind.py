"""OLS is BLUE where VP = PV: what is said of a design against both estimators in exact numbers."""

from __future__ import annotations

import numpy as np
import pytest

import tutor
from tests.exact import assert_derivation_holds
from tests.models.designs import CASES, Case
from tutor.errors import SizeError, TutorError
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode, write


def estimators_agree(m: MixedModel) -> bool:
    """Whether X(X'V⁻¹X)⁻X'V⁻¹ is P, in numbers at three values of the parameters within their domains."""
    for first in (1.0, 2.5, 0.8):
        keys = [parameter.key for parameter in m.parameters]
        small = ("rho", "sigma_")  # correlations and covariances
        values = {key: 0.4 if key.startswith(small) else first + i for i, key in enumerate(keys)}
        X, V = m.X.numpy(), m.V.numpy(**values)
        weighted = np.linalg.solve(V, X)
        if not np.allclose(X @ np.linalg.pinv(X.T @ weighted) @ weighted.T, m.P.numpy(), atol=1e-9):
            return False
    return True


SMALL = [case for case in CASES if case.model.n.is_Integer and case.model.n <= 36]


@pytest.mark.parametrize("case", SMALL, ids=str)
def test_the_answer_is_whether_both_estimators_are_one(case: Case) -> None:
    m = case.model
    found = m.ols_is_blue()
    assert bool(found) == found.holds == estimators_agree(m)
    if found.derivation is not None:
        assert_derivation_holds(found.derivation, seeds=1)
    assert (found.counterexample is None) == found.holds


LETTERS = {
    "one way": (tutor.one_way("a", "n"), ("grand mean",), [(2, 2), (3, 2), (2, 5)], tutor.one_way),
    "rcbd": (tutor.rcbd("t", "b"), ("grand mean", "treatment"), [(2, 2), (3, 4), (4, 2)], tutor.rcbd),
    "split plot": (
        tutor.split_plot("a", "b", "r"),
        ("grand mean", "A", "B", "A × B"),
        [(2, 2, 2), (3, 2, 2), (2, 3, 3)],
        tutor.split_plot,
    ),
    "nested": (tutor.nested("a", "b", "n"), ("grand mean",), [(2, 2, 2), (3, 2, 2), (2, 3, 4)], tutor.nested),
    "crossed": (tutor.crossed("a", "b", "n"), ("grand mean",), [(2, 2, 2), (3, 2, 2), (2, 3, 4)], tutor.crossed),
}


@pytest.mark.parametrize("name", LETTERS)
def test_with_letters_P_is_a_sum_of_projections_of_strata(name: str) -> None:
    m, strata, sizes, make = LETTERS[name]
    found = m.ols_is_blue()
    assert found and found.strata == strata
    assert found.derivation is not None
    assert_derivation_holds(found.derivation)
    for numbers in sizes:
        assert estimators_agree(make(*numbers))


def test_a_latin_square_of_letters_is_orthogonal() -> None:
    found = tutor.latin_square("t").ols_is_blue()
    assert found and "orthogonal" in found.because and "row and column" in found.because
    for t in (3, 4, 5):
        assert estimators_agree(tutor.latin_square(t))


@pytest.mark.parametrize(
    "m",
    [
        tutor.random_slopes("s", "n"),
        tutor.random_intercepts("s", "n"),
        tutor.random_slopes(3, 4),
        tutor.from_equation(
            r"y_{ij} = \mu + \alpha_i + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u)",
            levels={"i": 3, "j": 2},
        ),
    ],
    ids=["slopes", "intercepts", "numbers", "levels"],
)
def test_groups_with_the_same_rows_need_no_weights(m: MixedModel) -> None:
    found = m.ols_is_blue()
    assert found and found.derivation is not None
    if m.n.is_Integer:
        assert_derivation_holds(found.derivation)


SAME = {"y": [1.0, 2, 4, 3, 7, 5, 2, 2, 8], "g": [*"aaabbbccc"], "x": [1.0, 2, 5] * 3}


@pytest.mark.parametrize("formula", ["y ~ x + (x | g)", "y ~ x + (1 | g)", "y ~ x + (0 + x | g)", "y ~ 1 + (x | g)"])
def test_it_is_so_where_every_random_coefficient_is_that_of_a_fixed_effect(formula: str) -> None:
    assert estimators_agree(tutor.model(formula, SAME)) == (formula != "y ~ 1 + (x | g)")


@pytest.mark.parametrize(
    "equation",
    [
        r"y_{ij} = \beta_0 + \beta_1 x_{ij} + u_j + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u)",
        r"y_{ij} = \mu + u_j x_i + \varepsilon_{ij}, \quad u_j \sim N(0, \sigma^2_u)",
    ],
    ids=["rows that differ", "no fixed slope"],
)
def test_letters_for_a_covariate_have_a_counterexample(equation: str) -> None:
    """A covariate that differs between the groups, or a random slope without a fixed one, at values of its letters."""
    found = tutor.from_equation(equation, levels={"i": 3, "j": 2}).ols_is_blue()
    assert not found and found.counterexample is not None
    assert {"x_11", "x_1"} & set(found.counterexample.parameters)
    assert found.counterexample.values[0] != found.counterexample.values[1]


@pytest.mark.parametrize(
    "m", [tutor.one_way(3, [1, 2, 3]), tutor.bibd(4, 4, 3), tutor.one_way("a", "n_i"), tutor.regression([1, 2, 4])]
)
def test_a_counterexample_can_be_checked_by_hand(m: MixedModel) -> None:
    found = m.ols_is_blue()
    differs = found.counterexample
    assert (differs is None) == found.holds
    if differs is not None and m.n.is_Integer:
        values = {name: float(value) for name, value in differs.parameters.items()}
        V, P = m.V.numpy(**values), m.P.numpy()
        i, j = differs.place
        assert (V @ P)[i - 1, j - 1] == pytest.approx(float(differs.values[0]))
        assert (P @ V)[i - 1, j - 1] == pytest.approx(float(differs.values[1]))
        assert differs.values[0] != differs.values[1]
        by_ols, by_blue = differs.variances
        assert by_ols >= by_blue
        assert (P @ V @ P)[i - 1, i - 1] == pytest.approx(float(by_ols))
        X = m.X.numpy()
        best = X @ np.linalg.pinv(X.T @ np.linalg.solve(V, X)) @ X.T
        assert best[i - 1, i - 1] == pytest.approx(float(by_blue))


def test_unequal_groups_of_letters_are_told_apart_by_sizes() -> None:
    """The sizes of the counterexample are those of a design with numbers in which the same entries differ."""
    found = tutor.one_way("a", "n_i").ols_is_blue()
    differs = found.counterexample
    assert not found and differs is not None and "n_1" in found.because
    values = {name: float(value) for name, value in differs.parameters.items()}  # pyright: ignore[reportArgumentType]
    groups = [int(values[f"n_{i + 1}"]) for i in range(int(values["a"]))]
    m = tutor.one_way(len(groups), groups)
    V, P = m.V.numpy(sigma2=values["sigma2"], sigma2_u=values["sigma2_u"]), m.P.numpy()
    i, j = differs.place
    assert (V @ P)[i - 1, j - 1] == pytest.approx(float(differs.values[0]))
    assert (P @ V)[i - 1, j - 1] == pytest.approx(float(differs.values[1]))


def test_more_rows_than_can_be_looked_at_exactly_are_refused() -> None:
    rows = {"y": list(range(401)), "g": [str(i % 7) for i in range(401)], "x": [i * i % 11 for i in range(401)]}
    with pytest.raises(TutorError, match="401 observations"):
        tutor.model("y ~ x + (1 | g)", rows).ols_is_blue()


def test_what_depends_on_letters_and_has_no_rows_is_not_decided() -> None:
    with pytest.raises(SizeError, match="X are not known"):
        tutor.crossover(1, "t", carryover=True).ols_is_blue()


def test_the_answer_is_shown_in_every_dialect() -> None:
    for m in (tutor.rcbd("t", "b"), tutor.bibd(4, 4, 3)):
        found = m.ols_is_blue()
        assert unicode(found).startswith(found.because)
        assert latex(found) and markdown(found)
        for dialect in ("mathml", "typst", "spoken"):
            assert write(found, dialect)
