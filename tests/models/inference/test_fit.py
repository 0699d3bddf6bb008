"""Fits: R's estimates, likelihoods, standard errors and predictions; identities that every fit fulfils."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.models.truth import FORMULAS, columns_of, fitted_by_r, log_likelihoods, random_names, truth
from tutor import covariance
from tutor.data import path
from tutor.errors import DataError, DomainError, SizeError, TutorError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.from_formula import model
from tutor.models.inference.fit_table import Fit
from tutor.models.inference.likelihood import Likelihood, independent_columns
from tutor.models.inference.maximize import starting_values
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode

RESIDUALS = {
    "orthodont_gls_ar1": covariance.ar1("age", group="Subject"),
    "orthodont_ri_varident": covariance.diag("Sex"),
}


def fitted_model(name: str) -> MixedModel:
    columns, levels = columns_of(truth(name))
    return model(FORMULAS[name], columns, factors=levels, R=RESIDUALS.get(name))


FITS: dict[str, Fit] = {}


def fit_of(name: str) -> Fit:
    if name not in FITS:
        FITS[name] = fitted_model(name).fit()
    return FITS[name]


@pytest.mark.parametrize("name", FORMULAS)
def test_the_REML_fit_is_that_of_R(name: str) -> None:
    """R stops a little earlier: our likelihood is at least R's, up to rounding, and the estimates agree to 4 digits."""
    facts, ours = truth(name), fit_of(name)
    theirs = facts.facts["loglik"]["REML"]
    assert theirs - 1e-8 * abs(theirs) <= ours.log_likelihood <= theirs + 1e-6 * abs(theirs)
    beta = np.array([estimate.value for estimate in ours.beta.values()])
    assert np.allclose(beta, facts.array("beta_gls"), rtol=1e-6, atol=1e-8)
    assert np.allclose(ours.covariance_of_beta, facts.array("vcov_beta"), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", [name for name in FORMULAS if name != "orthodont_gls_ar1"])
def test_predictions_are_those_of_R(name: str) -> None:
    facts, ours = truth(name), fit_of(name)
    order = [random_names(ours.model).index(column) for column in facts.random_names]
    effects = np.array([estimate.value for estimate in ours.effects.values()])[order]
    assert np.allclose(effects, facts.array("u_blup"), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", FORMULAS)
def test_variances_are_those_of_R(name: str) -> None:
    """To four digits; the covariance of slopes and intercepts, where the likelihood is flat, to three."""
    found, theirs = fit_of(name).values, fitted_by_r(name)[1]
    assert set(found) == set(theirs)
    for key, value in theirs.items():
        assert found[key] == pytest.approx(value, rel=1e-3 if key == "sigma_u01" else 1e-4), key


WITH_MEANS = [name for name in FORMULAS if "emm" in truth(name).facts]


def means_of_emmeans(ours: MixedModel, name: str) -> Iterator[tuple[list[float], float, float]]:
    """The coefficients, the value and the standard error of each: means of a level over all combinations of the
    others, as a function of β by rows of X."""
    X = ours.X.numpy()
    columns = dict(ours.columns)
    factors = [n for n, values in columns.items() if n in {f.name for f in ours.factors} | {"nitro"}]
    fixed = [n for n in factors if any(n in term.name for term in ours.fixed)]
    for table in truth(name).facts["emm"]:
        for mean in table["means"]:
            given_ = {key: str(value) for key, value in mean.items() if key not in ("emmean", "SE")}
            rows = [i for i in range(len(X)) if all(str(columns[k][i]) == v for k, v in given_.items())]
            cells = {tuple(str(columns[n][i]) for n in fixed): i for i in rows}
            yield [float(x) for x in np.mean([X[i] for i in cells.values()], axis=0)], mean["emmean"], mean["SE"]


@pytest.mark.parametrize("name", WITH_MEANS)
def test_standard_errors_of_means_are_those_of_emmeans(name: str) -> None:
    ours = fit_of(name)
    for k, value, standard_error in means_of_emmeans(ours.model, name):
        found = ours.estimate(k)
        assert found.value == pytest.approx(value, rel=1e-6)
        assert found.standard_error == pytest.approx(standard_error, rel=1e-4)


@pytest.mark.parametrize("name", WITH_MEANS)
def test_at_the_variances_of_R_they_are_those_of_emmeans_to_8_digits(name: str) -> None:
    ours, values = fitted_by_r(name)
    beta = ours.blue.at(**values).values
    for k, value, standard_error in means_of_emmeans(ours, name):
        assert float(np.dot(k, beta)) == pytest.approx(value, rel=1e-8)
        assert float(ours.se(k, **values)) == pytest.approx(standard_error, rel=1e-8)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("name", ["oats_splitplot", "sleep_corr", "orthodont_gls_ar1"])
def test_the_likelihood_is_that_of_the_density_and_has_its_maximum_there(name: str, method: str) -> None:
    ours = fitted_model(name)
    found = ours.fit(method=method)  # pyright: ignore[reportArgumentType]
    assert found.log_likelihood == pytest.approx(
        log_likelihoods(ours, ours.V.numpy(**found.values))[method == "REML"], rel=1e-10
    )
    likelihood = Likelihood(ours, ours.observed, found.method)
    score, _ = likelihood.at(found.values).score_and_information()
    scale = np.array([abs(value) or 1 for value in found.values.values()])
    assert np.abs(score * scale).max() < 1e-3
    for key in found.values:
        for factor in (0.99, 1.01):
            there = {**found.values, key: found.values[key] * factor}
            assert likelihood.at(there).log_likelihood <= found.log_likelihood


@pytest.mark.slow
def test_scores_are_the_slopes_of_the_likelihood() -> None:
    for name in ("pastes_nested", "sleep_corr", "orthodont_gls_ar1"):
        ours = fitted_model(name)
        for method in ("REML", "ML"):
            likelihood = Likelihood(ours, ours.observed, method)
            values = {key: 1.3 * value for key, value in starting_values(ours, likelihood).items()}
            score, information = likelihood.at(values).score_and_information()
            assert np.linalg.eigvalsh(information).min() > 0
            for key, slope in zip(likelihood.keys, score, strict=True):
                step = 1e-5 * max(1, abs(values[key]))
                ends = [likelihood.at({**values, key: values[key] + s * step}).log_likelihood for s in (-1, 1)]
                assert (ends[1] - ends[0]) / (2 * step) == pytest.approx(slope, rel=1e-4, abs=1e-6)


def test_a_balanced_design_gives_the_mean_squares() -> None:
    """With positive estimates REML is the analysis of variance. Searle, Casella and McCulloch (1992), section 4.8."""
    ours = model("yield ~ factor(nitro) * Variety + (1 | Block/Variety)", data=path("oats.csv"))
    table, values = ours.anova(), ours.fit().values
    squares = {line.mean_square: line.observed.mean_square for line in table if line.observed is not None}
    for variance, combination in table.components().items():
        assert values[str(variance)] == pytest.approx(float(combination.xreplace(squares)), rel=1e-6)  # pyright: ignore[reportArgumentType]


def test_henderson_gives_the_same_estimates_and_prediction_variances() -> None:
    found = fit_of("oats_splitplot")
    m = found.model
    assert m.Z is not None and m.G is not None
    X, Z = m.X.numpy(), m.Z.numpy()
    R, G = found.number("R"), found.number("G")
    W = np.hstack([X, Z])
    left = W.T @ np.linalg.solve(R, W)
    left[X.shape[1] :, X.shape[1] :] += np.linalg.inv(G)
    inverse = np.linalg.inv(left)
    solution = inverse @ W.T @ np.linalg.solve(R, found.response)
    ours = [estimate.value for estimate in (*found.beta.values(), *found.effects.values())]
    errors = [estimate.standard_error for estimate in (*found.beta.values(), *found.effects.values())]
    assert np.allclose(solution, ours)
    assert np.allclose(np.sqrt(np.diag(inverse)), errors)  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert np.allclose(found.fitted, W @ solution)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["split_plot", "rcbd", "nested", "slopes", "ar1"]),
    st.integers(0, 10_000),
    st.floats(-1000, 1000),
    st.floats(0.01, 100),
)
def test_a_shift_moves_the_mean_and_a_scale_the_variances(name: str, seed: int, shift: float, scale: float) -> None:
    m = {
        "split_plot": lambda: c.split_plot(2, 3, 3),
        "rcbd": lambda: c.rcbd(3, 5),
        "nested": lambda: c.nested(4, 2, 3),
        "slopes": lambda: c.random_slopes(6, [0, 1, 2, 3]),
        "ar1": lambda: c.repeated_measures(5, 4, 2),
    }[name]()
    values = {p.key: 1.0 if p.symbol.is_positive else 0.2 for p in m.parameters}
    y = m.simulate(seed=seed, beta=[1.0] * int(m.p), **values)  # pyright: ignore[reportArgumentType]
    first, second = m.fit(y), m.fit(shift + scale * y)
    n = int(m.n) - int(m.rank)  # pyright: ignore[reportArgumentType]
    assert second.log_likelihood == pytest.approx(first.log_likelihood - n * math.log(scale), abs=1e-5)
    for key, value in first.values.items():
        is_free_of_scale = not key.startswith("sigma")
        expected = value if is_free_of_scale else value * scale**2
        assert second.values[key] == pytest.approx(expected, rel=1e-2, abs=1e-3 * (1 if is_free_of_scale else scale**2))


def test_a_variance_at_its_boundary_is_0_and_says_so() -> None:
    m = c.rcbd(2, 3)
    found = m.fit([1, 2, 2, 1, 1, 2])  # blocks that do not differ
    assert found.at_boundary == ("sigma2_u",)
    assert found.values["sigma2_u"] == 0 and found.parameters["sigma2_u"].standard_error is None
    assert "on its boundary" in unicode(found)
    assert not found.number("G").any()
    assert np.array_equal(found.number("V"), found.number("R"))
    assert np.allclose(found.number("V^-1"), np.eye(6) / found.values["sigma2"])
    with pytest.raises(DomainError, match="G⁻¹ does not exist at these estimates: σ²_u"):
        found.number("G^-1")


def test_moments_have_numbers_at_the_estimates_and_what_is_random_has_none() -> None:
    found = fit_of("sleep_corr")
    fixed = found.model.X.numpy() @ [[estimate.value] for estimate in found.beta.values()]
    assert np.array_equal(found.number("E(y)"), fixed) and np.array_equal(found.number("Xβ"), fixed)
    assert np.allclose(found.number("Var(y)"), found.number("V"))
    for what in ("u", "Zu"):
        with pytest.raises(DomainError, match="is random and has no value"):
            found.number(what)


def test_effects_without_variance_are_0_and_not_nearly() -> None:
    found = c.rcbd(2, 3).fit([1, 2, 2, 1, 1, 2])
    assert {(estimate.value, estimate.standard_error) for estimate in found.effects.values()} == {(0.0, 0.0)}
    assert set(found.conditional_variances.values()) == {0.0}


def test_conditional_variances_are_the_condVar_of_lme4() -> None:
    """R: lmer(Reaction ~ Days + (Days | Subject), sleepstudy), diag(attr(ranef(m)[[1]], "postVar")[, , 1])."""
    found = tutor.model("Reaction ~ Days + (Days | Subject)", data=path("sleepstudy.csv")).fit()
    told = list(found.conditional_variances.values())
    assert min(told) == pytest.approx(5.31228291226458, rel=1e-4)
    assert max(told) == pytest.approx(145.70558751978, rel=1e-4)
    errors = [estimate.standard_error or 0.0 for estimate in found.effects.values()]
    assert all(variance < error**2 for variance, error in zip(told, errors, strict=True))
    named = {line.name: line.value for line in found.lines() if line.name.endswith("condVar")}
    assert len(named) == len(told)


def test_columns_that_depend_on_others_are_dropped_and_differences_are_estimated() -> None:
    m = c.rcbd(3, 4)
    y = m.simulate(seed=3, mu=10, tau_1=0, tau_2=2, tau_3=4, sigma2=1, sigma2_u=4)
    found = m.fit(y)
    assert found.dropped == ("τ3",)
    means = y.reshape(4, 3).mean(axis=0)
    difference = found.estimate("tau_1 - tau_3")
    assert difference.value == pytest.approx(means[0] - means[2])
    assert difference.standard_error == pytest.approx(math.sqrt(2 * found.values["sigma2"] / 4))
    with pytest.raises(TutorError, match="not estimable"):
        found.estimate("tau_1")


def test_independent_columns_are_the_first_that_span() -> None:
    X = c.split_plot(2, 3, 2).X.numpy()
    chosen = independent_columns(X)
    assert len(chosen) == np.linalg.matrix_rank(X)
    assert chosen[0] == 0
    for j in range(X.shape[1]):
        before = [k for k in chosen if k <= j]
        assert np.linalg.matrix_rank(X[:, : j + 1]) == len(before)


def test_the_lines_of_lme4_have_their_formulas() -> None:
    told = {f"{line.section}: {line.name}": line for line in fit_of("sleep_corr").lines()}
    assert told["REML criterion: "].value == pytest.approx(1743.628, abs=1e-3)
    assert told["Random effects: Subject (Intercept), Std.Dev."].value == pytest.approx(24.74, abs=5e-3)
    assert told["Random effects: Subject Days and (Intercept), Corr"].value == pytest.approx(0.066, abs=5e-4)
    assert told["Fixed effects: Days, Std. Error"].value == pytest.approx(1.546, abs=5e-4)
    assert told["Fixed effects: Days, t value"].value == pytest.approx(6.771, abs=5e-4)
    for name, value in {"Min": -3.9536, "1Q": -0.4634, "Median": 0.0231, "3Q": 0.4634, "Max": 5.1793}.items():
        assert told[f"Scaled residuals: {name}"].value == pytest.approx(value, abs=1e-4)
    assert told["Correlation of Fixed Effects: Days and (Intercept)"].value == pytest.approx(-0.138, abs=5e-4)
    assert told["Number of obs: "].value == 180 and told["Number of obs: groups: Subject"].value == 18
    text = unicode(fit_of("sleep_corr").lines())
    assert "log |V|" in text
    assert "(X'V⁻¹X)⁻¹X'V⁻¹y" in text and "GZ'V⁻¹(y − Xβ̂)" in text


def test_lines_of_nested_groups_count_the_levels_and_leave_out_what_was_dropped() -> None:
    told = {f"{line.section}: {line.name}": line.value for line in fit_of("pastes_nested").lines()}
    assert told["Number of obs: groups: batch"] == 10 and 30 in told.values()
    m = c.rcbd(3, 4)
    y = m.simulate(seed=3, mu=10, tau_1=0, tau_2=2, tau_3=4, sigma2=1, sigma2_u=4)
    names = [line.name for line in m.fit(y).lines() if line.section == "Correlation of Fixed Effects"]
    assert len(names) == 3 and not any("τ3" in name for name in names)


def test_a_fit_is_written_in_each_dialect() -> None:
    found = fit_of("ergostool_rcbd")
    assert r"\sigma^2_u" in latex(found) and "|---|" in markdown(found)
    for dialect in ("mathml", "typst", "spoken"):
        assert "variance of the residuals" in tutor.write(found, dialect)
        assert "ranef" not in tutor.write(found, dialect)


def test_what_cannot_be_fitted_says_why() -> None:
    m = c.rcbd(3, 4)
    with pytest.raises(TutorError, match="no observations"):
        m.fit()
    with pytest.raises(DataError, match="12 observations"):
        m.fit([1, 2, 3])
    with pytest.raises(DataError, match="Value 2"):
        m.fit([1, math.nan, *range(10)])
    with pytest.raises(DataError, match="no list of numbers"):
        m.fit(["a"] * 12)
    with pytest.raises(SizeError, match="no data"):
        c.rcbd("t", "b").fit([1, 2])
    with pytest.raises(UnknownNameError, match="REML"):
        m.fit(range(12), method="OLS")  # pyright: ignore[reportArgumentType]
    with pytest.raises(TutorError, match="fit the data exactly"):
        m.fit([0] * 12)
    with pytest.raises(TutorError, match="nothing is left"):
        model("y ~ a", data={"y": [1, 2, 4], "a": ["p", "q", "r"]}).fit()


def test_another_name_is_told_with_those_that_there_are() -> None:
    found = fit_of("ergostool_rcbd")
    asked = {"parameter": (found.parameters, "sigma2u"), "fixed effect": (found.beta, "Intercept"),
             "random effect": (found.effects, "Subject")}  # fmt: skip
    for what, (values, name) in asked.items():
        with pytest.raises(UnknownNameError, match=f"The {what} '{name}' is not known"):
            values[name]
        assert name not in values and values.get(name) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("structure", "log_likelihood", "theta", "sigma2"),
    [
        ("lin", -232.1488, 8.443295, 8.399488),
        ("sph", -231.5842, 11.49098, 7.794936),
        ("exp", -228.5634, 5.571739, 6.608973),
        ("gau", -239.3067, 2.264319, 5.959438),
        ("ratio", -233.2703, 2.233847, 5.776218),
    ],
)
def test_a_range_of_correlation_is_where_nlme_finds_it(
    structure: str, log_likelihood: float, theta: float, sigma2: float
) -> None:
    """gls(distance ~ age, Orthodont, correlation = corLin(form = ~ age | Subject)) and its kin, nlme 3.1-162: the range
    starts below all distances there, where the likelihood does not change with it."""
    R = getattr(covariance, structure)("age", group="Subject")
    found = tutor.model("distance ~ age", path("orthodont.csv"), R=R).fit()
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=1e-4)
    assert found.values["theta"] == pytest.approx(theta, rel=1e-4)
    assert found.values["sigma2"] == pytest.approx(sigma2, rel=1e-4)
