"""Scores, information and the score equations: steps on exact instances, letters against numbers, numbers by slopes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy

import tutor
from tests.exact import assert_derivation_holds
from tests.models.designs import CASES, Case
from tests.models.inference.test_loglik import METHODS, NUMBERS, fit_of_R, value_with_response
from tests.models.truth import FORMULAS
from tutor.errors import DomainError, SizeError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.inference.likelihood import Method
from tutor.models.inference.score_equations import variance_estimators
from tutor.models.inference.spectrum import spectrum
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, unicode

LETTERS: dict[str, Any] = {
    "crd": lambda: c.crd("t", "r"),
    "rcbd": lambda: c.rcbd("t", "b"),
    "one way": lambda: c.one_way("a", "n"),
    "one way with n_i": lambda: c.one_way("a", "n_i"),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", LETTERS)
def test_each_step_of_a_score_holds_with_letters_for_sizes(name: str, method: Method) -> None:
    """The first line is the derivative of the log-likelihood, which has its exact value by dual numbers."""
    m = LETTERS[name]()
    for parameter in m.parameters:
        assert_derivation_holds(m.score(parameter.key, method).derivation, seeds=2)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", NUMBERS)
def test_each_step_of_a_score_holds_with_numbers_for_sizes(name: str, method: Method) -> None:
    m = NUMBERS[name]()
    for parameter in m.parameters:
        assert_derivation_holds(m.score(parameter.key, method).derivation, seeds=1)


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", [*LETTERS, *NUMBERS])
def test_each_step_of_the_information_holds(name: str, method: Method) -> None:
    m = (LETTERS.get(name) or NUMBERS[name])()
    found = m.information(method)
    for i, key in enumerate(found.keys):
        for other in found.keys[i:]:
            assert_derivation_holds(found.derive(key, other), seeds=1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "make", [lambda: c.rcbd(2, 2), lambda: c.one_way(2, [1, 2]), lambda: c.repeated_measures(2, 2)]
)
def test_the_information_is_the_covariance_of_the_scores(make: Any, method: Method) -> None:
    found = make().information(method)
    for key in found.keys:
        assert_derivation_holds(found.derive(key, found.keys[-1]), seeds=1)


@pytest.mark.parametrize("name", ["ergostool_rcbd", "pastes_nested", "orthodont_gls_ar1"])
def test_scores_are_the_slopes_of_the_log_likelihood(name: str) -> None:
    m, values = fit_of_R(name)
    values = {key: 1.2 * value for key, value in values.items()}
    for method in METHODS:
        of = m.loglik(method)
        for key, value in values.items():
            step = 1e-4 * abs(value)
            above, below = (of.number(**{**values, key: value + s * step}) for s in (1, -1))  # pyright: ignore[reportArgumentType]
            slope = m.score(key, method).number(**values)
            assert slope == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-6)


def test_a_score_at_coefficients_is_that_of_the_density() -> None:
    m = c.rcbd(3, 4)
    y = m.simulate(seed=4, beta=[5, 0, 1, 2], sigma2=1, sigma2_u=2)
    beta, of = [4, 1, 1, 2], m.loglik("ML")
    above, below = (of.number(y, beta=beta, sigma2=1, sigma2_u=2 + s) for s in (1e-5, -1e-5))
    found = m.score("sigma2_u", "ML").number(y, beta=beta, sigma2=1, sigma2_u=2)
    assert found == pytest.approx((above - below) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("name", ["rcbd", "latin square", "bibd", "strip plot", "nested", "ar1", "one way"])
def test_the_last_line_of_a_score_has_its_number(name: str) -> None:
    m = NUMBERS[name]()
    values = {p.key: 1.5 + i if p.symbol.is_positive else 0.3 for i, p in enumerate(m.parameters)}
    y = m.simulate(seed=5, beta=[1.0] * int(m.p), **values)
    response = sympy.ImmutableDenseMatrix(y.reshape(-1, 1).tolist())
    for parameter in m.parameters:
        found = m.score(parameter.key, "REML")
        assert value_with_response(found.tree, m, response, values) == pytest.approx(
            found.number(y, **values), rel=1e-8
        )


IN_LETTERS = ["rcbd", "latin square", "strip plot", "nested", "split plot"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", IN_LETTERS)
def test_the_information_in_letters_is_that_of_numbers(name: str, method: Method) -> None:
    m = NUMBERS[name]()
    values = {p.key: 1.5 + i for i, p in enumerate(m.parameters)}
    put = {p.symbol: values[p.key] for p in m.parameters}
    found = m.information(method)
    numbers = found.number(**values)
    assert found.entries is not None
    assert np.allclose(np.array(found.entries.xreplace(put).tolist(), dtype=float), numbers, rtol=1e-9)
    assert np.allclose(np.array(found.variances.xreplace(put).tolist(), dtype=float), np.linalg.inv(numbers), rtol=1e-7)


def test_the_information_of_an_autoregression_is_that_of_numbers() -> None:
    m = c.repeated_measures(2, 3, 2)
    found = m.information("ML")
    assert found.entries is not None
    put = {p.symbol: v for p, v in zip(m.parameters, (1.7, 0.4), strict=True)}
    numbers = found.number(sigma2=1.7, rho=0.4)
    assert np.allclose(np.array(found.entries.xreplace(put).tolist(), dtype=float), numbers, rtol=1e-6)
    assert m.information("REML").entries is None
    with pytest.raises(TutorError, match="no closed form"):
        m.information("REML").variances  # noqa: B018  (asking is what raises)


def test_the_information_of_unequal_groups_is_a_sum_over_them() -> None:
    """Searle, Casella and McCulloch (1992), section 3.7: ½ Σ n_i²/λ_i² for the variance of the groups."""
    letters = c.one_way("a", "n_i").information("ML")
    assert unicode(letters.derive("sigma2_u").result) == "(1/2) (∑_{i=1}^a (n_i²/(σ² + n_i σ²_u)²))"
    numbers = c.one_way(3, [2, 3, 4]).information("ML")
    told = unicode(numbers.derive("sigma2_u").result)
    assert told == "2/(σ² + 2σ²_u)² + 9/(2(σ² + 3σ²_u)²) + 8/(σ² + 4σ²_u)²"
    m = c.one_way(3, [2, 3, 4])
    assert unicode(m.score("sigma2_u", "ML").tree).startswith(
        "−(1/2) (2/(σ² + 2σ²_u) + 3/(σ² + 3σ²_u) + 4/(σ² + 4σ²_u) − "
    )


def test_asymptotic_variances_of_the_randomized_complete_block_design() -> None:
    """Searle, Casella and McCulloch (1992), section 6.4: 2σ⁴ over the degrees of freedom."""
    told = unicode(c.rcbd("t", "b").information("REML"))
    assert "2σ⁴/((b − 1)(t − 1))" in told and "−2σ⁴/(t (b − 1)(t − 1))" in told
    assert "2(σ² + t σ²_u)²/(t² (b − 1)) + 2σ⁴/(t² (b − 1)(t − 1))" in told
    assert "bt/(2(σ² + t σ²_u)²)" in unicode(c.rcbd("t", "b").information("ML"))


UNSOLVED = {
    "repeated_measures(3, 4, 2, within=ar1)": "no sum of Kronecker products of I and J",
    "repeated_measures(2, 3, within=cs)": "the eigenvalues of V are not linear in the parameters",
    "repeated_measures(3, 4, 2, within=exp, side=G)": "no sum of Kronecker products of I and J",
}
"""Designs whose score equations have no solution in closed form, and why."""

SOLVED = [case for case in CASES if case.letters and str(case) not in UNSOLVED]


@pytest.mark.parametrize("case", [case for case in CASES if str(case) in UNSOLVED], ids=str)
def test_score_equations_without_a_closed_solution_say_why(case: Case) -> None:
    with pytest.raises(TutorError, match=UNSOLVED[str(case)]):
        variance_estimators(case.symbolic)


@pytest.mark.parametrize("case", SOLVED, ids=str)
def test_REML_gives_the_estimators_of_the_analysis_of_variance(case: Case) -> None:
    m = case.symbolic
    table, found = m.anova(), m.variance_estimators("REML")
    squares = {line.mean_square: line for line in table}
    for variance, combination in table.components().items():
        expected = {
            f"SS_{squares[square].name}": sympy.cancel(share / squares[square].source.degrees_of_freedom)
            for square, share in sympy.expand(combination).as_coefficients_dict(*squares).items()
            if square != 1
        }
        told = weights(found[variance])
        assert set(told) == set(expected)
        assert all(sympy.expand(sympy.together(told[key] - expected[key])) == 0 for key in told)


def weights(tree: Any) -> dict[str, sympy.Expr]:
    """c_k of Σ c_k SS_k."""
    found = {}
    for term in getattr(tree, "terms", (tree,)):
        if hasattr(term, "scalar"):
            found[term.tree.name] = term.scalar.value
        else:
            found[term.name] = sympy.S.One
    return found


def test_there_are_designs_to_compare() -> None:
    assert len(SOLVED) >= 15


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "make",
    [lambda: c.rcbd(3, 5), lambda: c.split_plot(2, 3, 4), lambda: c.nested(4, 2, 3), lambda: c.one_way(6, 4)],
)
def test_the_estimators_are_where_the_scores_are_0_and_what_a_fit_finds(make: Any, method: Method) -> None:
    m: MixedModel = make()
    values = {p.key: v for p, v in zip(m.parameters, (1.0, 20.0, 5.0), strict=False)}
    y = m.simulate(seed=11, beta=[1.0] * int(m.p), **values)  # pyright: ignore[reportArgumentType]
    found = m.variance_estimators(method)
    response = sympy.ImmutableDenseMatrix(y.reshape(-1, 1).tolist())
    estimates = {str(s): value_with_response(tree, m, response, {}) for s, tree in found.estimators.items()}
    assert min(estimates.values()) > 0, "the seed gives positive estimates"
    for key in estimates:
        assert m.score(key, method).number(y, **estimates) == pytest.approx(0, abs=1e-8)
    fitted = m.fit(y, method).values
    for key, value in estimates.items():
        assert fitted[key] == pytest.approx(value, rel=1e-5)


def test_ML_divides_by_the_multiplicity() -> None:
    m = c.rcbd("t", "b")
    assert unicode(m.variance_estimators("ML")["sigma2"]) == "SS_residual/(b (t − 1))"
    assert unicode(m.variance_estimators("REML")["sigma2"]) == "SS_residual/((b − 1)(t − 1))"


@pytest.mark.parametrize(
    ("m", "divisor"),
    [(c.ancova("t", "r"), "(rt − t − 1)"), (c.regression("n"), "(n − 2)"), (c.ancova(3, 4), "8")],
    ids=["letters", "regression", "numbers"],
)
def test_without_random_effects_the_residual_variance_is_a_mean_square(m: MixedModel, divisor: str) -> None:
    """All columns of X lie in the one space of V = σ² I, whatever the values of a covariate are."""
    told = unicode(m.variance_estimators("REML")["sigma2"])
    assert told in (f"SS_residual/{divisor}", f"(1/{divisor}) SS_residual")
    assert unicode(m.score("sigma2").derivation.result).count("SS_residual") == 1


def test_the_estimator_of_an_analysis_of_covariance_is_that_of_its_numbers() -> None:
    x = [1.0, 2.0, 4.0, 3.0, 7.0, 5.0]
    m = tutor.model("y ~ g + x", {"y": [3.0, 5.0, 4.0, 8.0, 9.0, 7.0], "g": [*"aaabbb"], "x": x})
    X, y = m.X.numpy(), np.array(m.response)
    rest = y - X @ np.linalg.lstsq(X, y, rcond=None)[0]
    assert m.fit().values["sigma2"] == pytest.approx(rest @ rest / 3)
    response = sympy.ImmutableDenseMatrix(y.reshape(-1, 1).tolist())
    estimators = m.variance_estimators("REML").estimators
    assert [value_with_response(tree, m, response, {}) for tree in estimators.values()] == pytest.approx(
        [rest @ rest / 3]
    )


@pytest.mark.parametrize(
    ("make", "method", "why"),
    [
        (lambda: c.crossed("a", "b", "n"), "ML", "fill the space of an eigenvalue"),
        (lambda: c.one_way(3, [2, 3, 4]), "REML", "no sum of Kronecker products"),
        (lambda: c.bibd(3, 3, 2), "REML", "do not lie in the spaces"),
        (lambda: c.repeated_measures("s", "p", within="cs"), "REML", "not linear in the parameters"),
    ],
)
def test_what_has_no_solution_in_closed_form_says_why(make: Any, method: Method, why: str) -> None:
    with pytest.raises(TutorError, match=why):
        make().variance_estimators(method)


@pytest.mark.parametrize("name", ["sigma2_u", "σ²_u", r"\sigma^2_u", r"\sigma_u^2"])
def test_a_parameter_may_be_written_as_in_a_lecture(name: str) -> None:
    assert c.rcbd("t", "b").score(name).key == "sigma2_u"


def test_what_is_no_parameter_or_no_method_is_refused() -> None:
    m = c.rcbd(3, 2)
    with pytest.raises(UnknownNameError, match="sigma2_v"):
        m.score("sigma2_v")
    with pytest.raises(UnknownNameError, match="REML"):
        m.information("OLS")  # pyright: ignore[reportArgumentType]
    with pytest.raises(SizeError):
        c.rcbd("t", "b").information().number(sigma2=1, sigma2_u=1)
    with pytest.raises(DomainError, match="no part"):
        m.score("sigma2").number([1, 2, 3, 4, 5, 7], beta=[0, 0, 0, 0], sigma2=1, sigma2_u=1)


def test_results_are_written_in_each_dialect() -> None:
    m = c.rcbd("t", "b")
    for found in (m.score("sigma2_u"), m.information("ML"), m.variance_estimators()):
        assert r"\begin{aligned}" in latex(found) and "σ²_u" in unicode(found)
        for dialect in ("mathml", "typst", "spoken", "markdown"):
            assert tutor.write(found, dialect)


def test_all_files_of_R_have_a_score_near_0_at_the_fit() -> None:
    """R's parameters are where the REML score vanishes, as far as R's optimizer went."""
    for name in FORMULAS:
        m, values = fit_of_R(name)
        for key, value in values.items():
            assert abs(m.score(key, "REML").number(**values) * value) < 0.02


def test_a_spectrum_knows_where_a_design_is_not_orthogonal() -> None:
    for make in (lambda: c.bibd(3, 3, 2), lambda: c.alpha(12, 2, 3)):
        found = spectrum(make())
        assert found is not None and not found.is_orthogonal
    found = spectrum(c.graeco_latin(4))
    assert found is not None and found.is_orthogonal


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("make", [lambda: c.rcbd(5, 8), lambda: c.bibd(9, 12, 3), lambda: c.latin_square(6)])
def test_scores_and_information_hold_for_many_rows(make: Any, method: Method) -> None:
    """With their first lines: the derivative of the log-likelihood, and the covariance of the quadratic forms."""
    m = make()
    assert m.n > 35
    found, last = m.information(method), m.parameters[-1].key
    assert_derivation_holds(m.score(last, method).derivation, seeds=1)
    assert_derivation_holds(found.derive(found.keys[0], last), seeds=1)
