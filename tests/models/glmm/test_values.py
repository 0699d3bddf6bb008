"""Numbers: drawn responses have the moments that are told, quadrature says what it is, and values are checked."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy

from tutor import TutorError, crd, glmm, model, random_slopes, rcbd
from tutor.errors import DomainError
from tutor.models.glmm.functions import NUMBERS
from tutor.models.glmm.links import LINKS

EFFECTS = {"mu": 0.2, "tau_1": 0.3, "tau_2": -0.4, "sigma2_u": 0.3}

DRAWN = {
    ("normal", "log"): {"sigma2": 0.4},
    ("t", "identity"): {"sigma2": 0.4, "nu": 9},
    ("Gamma", "log"): {"phi": 0.5},
    ("Beta", "logit"): {"phi": 3},
    ("Binomial", "probit"): {"N": 5},
    ("Bernoulli", "cloglog"): {},
    ("Poisson", "log"): {},
    ("negative binomial", "log"): {"phi": 3},
    ("lognormal", "identity"): {"sigma2": 0.2},
}


@pytest.mark.parametrize(("key", "link"), DRAWN)
def test_draws_have_the_marginal_moments_within_their_error(key: str, link: str) -> None:
    many = glmm(rcbd(2, 400), key, link)
    values = {**EFFECTS, **DRAWN[key, link]}
    y = np.concatenate([many.simulate(seed=seed, **values).reshape(-1, 2) for seed in range(60)])
    few = glmm(rcbd(2, 2), key, link)
    mean, other, variance, covariance = (
        few.value(what, **values).value for what in ("E(y_11)", "E(y_21)", "Var(y_11)", "Cov(y_11, y_21)")
    )
    centred = y - [mean, other]
    for drawn, told in ((y[:, 0], mean), (centred[:, 0] ** 2, variance), (centred.prod(axis=1), covariance)):
        assert abs(drawn.mean() - told) < 5 * drawn.std() / np.sqrt(len(drawn))


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    g = glmm(rcbd(3, 4))
    values = {"beta": [0.2, 0, 1, 2], "sigma2_u": 0.3}
    assert (g.simulate(seed=1, **values) == g.simulate(seed=1, **values)).all()
    assert (g.simulate(seed=1, **values) != g.simulate(seed=2, **values)).any()


def test_a_residual_variance_is_no_parameter_of_a_generalized_model() -> None:
    with pytest.raises(TutorError, match="'sigma2' is not known"):
        glmm(rcbd(2, 2)).simulate(seed=1, **EFFECTS, sigma2=1)


@pytest.mark.parametrize("s", [0.0, 0.5, 3.0])
def test_the_logit_mean_is_the_integral_over_u(s: float) -> None:
    found = glmm(rcbd(2, 2), "Bernoulli").value("E(y)", m=0.7, s=s)
    assert found.method == "Gauss–Hermite quadrature"
    x = np.linspace(-12, 12, 200_001)
    logistic = NUMBERS.Phi(np.zeros(1)) * 2 / (1 + np.exp(-(0.7 + np.sqrt(s) * x)))
    expected = np.sum(logistic * np.exp(-(x**2) / 2)) * 24 / (len(x) - 1) / np.sqrt(2 * np.pi)
    assert found.value == pytest.approx(expected, abs=1e-12)
    assert found.error < 1e-12
    assert "no closed form" in str(found) and "≈" in str(found)


@pytest.mark.parametrize("s", [25, 400, 3600])
def test_a_large_variance_is_taken_by_equal_steps(s: float) -> None:
    found = glmm(rcbd(2, 2), "Bernoulli").value("E(y)", m=0.7, s=s)
    x = np.linspace(-12, 12, 400_001)
    logistic = (1 + np.tanh((0.7 + np.sqrt(s) * x) / 2)) / 2
    expected = np.sum(np.exp(-(x**2) / 2) * logistic) * 24 / (len(x) - 1) / np.sqrt(2 * np.pi)
    assert found.method == "trapezoidal rule" and "trapezoidal" in str(found)
    assert found.value == pytest.approx(expected, rel=1e-10)


def test_a_quadrature_that_does_not_settle_tells_its_error() -> None:
    found = glmm(rcbd(2, 2), "Bernoulli").value("E(y)", m=0.7, s=1e8)
    x = np.linspace(-0.01, 0.01, 400_001)  # where the curve turns; it is 0 or 1 elsewhere
    turning = np.sum(np.exp(-(x**2) / 2) / (1 + np.exp(-(0.7 + 1e4 * x)))) * 0.02 / (len(x) - 1) / np.sqrt(2 * np.pi)
    expected = turning + math.erfc(0.01 / math.sqrt(2)) / 2
    assert abs(found.value - expected) < found.error < 1e-2


@pytest.mark.parametrize(("family", "m"), [("Bernoulli", -30.0), ("Bernoulli", -12.0), ("Beta", -25.0)])
def test_a_small_mean_keeps_its_digits(family: str, m: float) -> None:
    """Far below 0 the inverse logit is eᵑ(1 − eᵑ + …), of which the mean has a closed form."""
    more = {"phi": 3.0} if family == "Beta" else {}
    found = glmm(rcbd(2, 2), family).value("E(y)", m=m, s=0.25, **more)
    series = sum((-1) ** (k + 1) * math.exp(k * m + k * k * 0.125) for k in (1, 2, 3))
    assert found.value == pytest.approx(series, rel=1e-10)


def test_a_small_probability_by_cloglog_keeps_its_digits() -> None:
    found = glmm(rcbd(2, 2), "Bernoulli", "cloglog").value("E(y)", m=-30.0, s=1.0)
    assert found.value == pytest.approx(math.exp(-29.5), rel=1e-10)


def test_without_variance_the_mean_is_that_of_the_curve() -> None:
    g = glmm(rcbd(2, 2), "Bernoulli")
    assert g.value("E(y)", m=-1.0, s=0.0).value == 1 / (1 + math.exp(1.0))
    assert g.value("Cov(y_11, y_21)", **{**EFFECTS, "sigma2_u": 0.0}).value == 0


def test_closed_forms_are_not_told_as_approximations() -> None:
    found = glmm(rcbd(2, 2)).value("E(y_11)", **EFFECTS)
    assert found.method == "closed form" and found.error == 0
    assert float(found) == pytest.approx(np.exp(0.5 + 0.15), rel=1e-15)
    assert str(found).startswith("E(y_11) = 1.9155")


def test_offsets_belong_to_the_mean_of_the_predictor() -> None:
    data = {"y": [1, 2, 3, 4], "t": [2.0, 3.0, 4.0, 5.0], "g": list("aabb")}
    g = glmm(model("y ~ 1 + (1 | g) + offset(log(t))", data))
    found = g.value("E(y_2)", beta=[0.5], sigma2_u=0.4)
    assert float(found) == pytest.approx(3 * np.exp(0.5 + 0.2), rel=1e-9)


def test_slopes_bring_their_variance_at_x() -> None:
    g = glmm(random_slopes(3, [1, 2, 4]))
    found = g.value("E(y_31)", beta_0=0.1, beta_1=0.2, sigma2_u0=0.3, sigma2_u1=0.05, sigma_u01=0.02)
    assert float(found) == pytest.approx(np.exp(0.1 + 0.8 + (0.3 + 2 * 4 * 0.02 + 16 * 0.05) / 2), rel=1e-14)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"mu": 1, "tau_1": 0}, "Values are needed for sigma2_u"),
        ({**EFFECTS, "sigma2_u": -1}, "must not be negative"),
        ({**EFFECTS, "sigma2_z": 1}, "is not known"),
        ({**EFFECTS, "mu": "a"}, "no number"),
        ({**EFFECTS, "mu": float("nan")}, "no finite number"),
        ({**EFFECTS, "mu": 1e6}, "no finite number"),
        ({"beta": [1, 2], "sigma2_u": 1}, "beta has 2 numbers"),
    ],
)
def test_values_that_cannot_be_are_refused_in_words(given: dict, words: str) -> None:
    with pytest.raises(TutorError, match=words):
        glmm(rcbd(2, 2)).value("E(y_11)", **given)


def test_a_constant_of_the_family_is_needed_and_must_be_positive() -> None:
    g = glmm(rcbd(2, 2), "Gamma")
    with pytest.raises(TutorError, match="needed for phi"):
        g.value("Var(y_11)", **EFFECTS)
    with pytest.raises(TutorError, match="must be positive"):
        g.value("Var(y_11)", **EFFECTS, phi=0)
    with pytest.raises(TutorError, match="needs ν > 2"):
        glmm(rcbd(2, 2), "t").value("Var(y_11)", **EFFECTS, sigma2=1, nu=2)
    with pytest.raises(TutorError, match="needed for phi"):
        g.simulate(seed=1, **EFFECTS)


def test_covariances_that_no_effects_have_are_refused() -> None:
    with pytest.raises(TutorError, match="no covariance matrix"):
        glmm(random_slopes(3, [1, 2, 4])).value(
            "E(y_11)", beta_0=0, beta_1=1, sigma2_u0=1, sigma2_u1=1, sigma_u01=2
        )  # fmt: skip


def test_draws_outside_the_domain_are_refused_with_the_place() -> None:
    with pytest.raises(TutorError, match=r"At observation 1 η = .* outside the domain of the Poisson family"):
        glmm(crd(2, 2), "Poisson", "identity").simulate(seed=1, mu=-3, tau_1=0, tau_2=0)


def test_the_derivative_of_the_inverse_link_is_that_of_the_formula() -> None:
    eta = sympy.Symbol("eta", real=True)
    assert LINKS["cloglog"].derivative(eta) == sympy.exp(eta) * sympy.exp(-sympy.exp(eta))


@pytest.mark.parametrize("trials", [2.5, 0, -1])
def test_trials_are_a_positive_whole_number(trials: float) -> None:
    g = glmm(rcbd(3, 4), "Binomial", trials="N")
    for ask in (lambda: g.value("E(y_11)", N=trials, **EFFECTS), lambda: g.simulate(seed=1, N=trials, **EFFECTS)):
        with pytest.raises(TutorError, match=r"whole|positive"):
            ask()
    with pytest.raises(TutorError, match="whole"):
        glmm(rcbd(3, 4), "Binomial", trials=trials)  # pyright: ignore[reportArgumentType]
    assert g.value("E(y_11)", N=3, **EFFECTS).value > 0


@pytest.mark.parametrize(
    ("key", "link", "mu"),
    [
        ("Binomial", "identity", 1.5),
        ("Bernoulli", "log", 0.5),
        ("Beta", "identity", -0.5),
        ("Poisson", "identity", -2),
        ("Gamma", "identity", -2),
        ("negative binomial", "identity", -2),
    ],
)
@pytest.mark.parametrize("what", ["E(y_11)", "Var(y_11)", "Cov(y_11, y_21)"])
def test_a_mean_outside_the_range_of_y_is_refused(key: str, link: str, mu: float, what: str) -> None:
    g = glmm(rcbd(3, 4), key, link)
    others = {parameter.key: 2.0 for parameter in g.parameters if parameter.key != "sigma2_u"}
    given = {"tau_1": 0, "tau_2": 0, "sigma2_u": 0.01, **others}
    with pytest.raises(TutorError, match="leave its domain"):
        g.value(what, mu=mu, **given)
    inside = 0.5 if link == "identity" else -1
    assert np.isfinite(g.value(what, mu=inside, **given).value)


@pytest.mark.parametrize(
    ("m", "m_other", "s", "variance", "covariance"),
    [
        (8, 7, 0.0001, 6.24120050670617e-16, 4.653805867009057e-30),
        (-8, -7, 0.0001, 6.24120050670617e-16, 4.653805867009057e-30),
        (12, 11, 0.09, 7.077384334543686e-31, 2.504378382614616e-52),
    ],
)
def test_moments_of_probit_keep_their_digits_next_to_0_and_1(
    m: float, m_other: float, s: float, variance: float, covariance: float
) -> None:
    """Against integrals of 60 digits: as differences of probabilities next to 1 they would have none."""
    g = glmm(rcbd(2, 2), "Bernoulli", "probit")
    values = {"mu": 0.0, "tau_1": m, "tau_2": m_other, "sigma2_u": s}
    assert g.value("Var(y_11)", **values).value == pytest.approx(variance, rel=1e-10)
    assert g.value("Cov(y_11, y_21)", **values).value == pytest.approx(covariance, rel=1e-10)


@pytest.mark.parametrize(
    ("family", "link", "values", "words"),
    [
        ("Poisson", "identity", {"mu": 1.3}, "which takes μ > 0 for every u for granted: P(μ_11 ≤ 0) = 0.033"),
        ("Bernoulli", "identity", {"mu": 0.5}, "takes 0 < π < 1 for every u for granted: P(π_11 ≤ 0 or ≥ 1) = 0.48"),
        ("Beta", "log", {"mu": -0.8, "phi": 3.0}, "P(μ_11 ≥ 1) = 0.129"),
        ("Gamma", "sqrt", {"mu": 1.3, "phi": 3.0}, ""),
        ("normal", "identity", {"mu": 1.3, "sigma2": 3.0}, ""),
    ],
)
def test_a_moment_tells_what_it_takes_for_granted_and_how_probable_the_contrary_is(
    family: str, link: str, values: dict[str, float], words: str
) -> None:
    g = glmm(rcbd(2, 2), family, link)
    found = g.value("E(y_11)", tau_1=0, tau_2=0, sigma2_u=0.5, **values)
    assert words in str(found) if words else not found.granted
    assert not g.value("E(y_11)", tau_1=0, tau_2=0, sigma2_u=0, **values).granted


@pytest.mark.parametrize(
    ("family", "link", "constants"),
    [
        ("Gamma", "log", {"phi": 0.3}),
        ("negative binomial", "log", {"phi": 1.7}),
        ("Beta", "probit", {"phi": 2.5}),
        ("lognormal", "identity", {"sigma2": 0.3}),
    ],
)
@pytest.mark.parametrize("what", ["E(y_11)", "Var(y_11)", "Cov(y_11, y_21)", "Corr(y_11, y_21)"])
def test_a_closed_form_takes_all_parameters_of_its_model(
    family: str, link: str, constants: dict[str, float], what: str
) -> None:
    g, values = glmm(rcbd(2, 2), family, link), {**EFFECTS, **constants}
    told = g.derive(what).result.numpy(**values)
    assert told[0, 0] == pytest.approx(g.value(what, **values).value, rel=1e-10)
    with pytest.raises(TutorError, match="'sigma2_z' is not known"):
        g.derive(what).result.numpy(**values, sigma2_z=1)


def test_a_moment_given_u_has_a_value_at_u() -> None:
    g = glmm(rcbd(2, 2), "Gamma")
    found = g.value("Var(y_11 | u)", **EFFECTS, phi=0.5, u_1=0.1)
    assert found.value == pytest.approx(0.5 * math.exp(2 * (0.2 + 0.3 + 0.1)))


def test_a_mean_without_a_closed_form_says_that_quadrature_takes_it() -> None:
    with pytest.raises(TutorError, match="η_11 is random, and the mean over it has no closed form"):
        glmm(rcbd(2, 2), "Bernoulli").derive("E(y_11)").result.numpy(**EFFECTS)


def test_the_correlation_of_lognormal_observations_is_free_of_the_mean() -> None:
    found = glmm(rcbd(2, 2), "lognormal").derive("Corr(y_11, y_21)").result
    assert str(found) == "(exp(σ²_u) − 1)/(exp(σ² + σ²_u) − 1)"


@pytest.mark.parametrize(
    ("what", "told"), [("E(y_11)", 1 / 1.5), ("Var(y_11)", 0.4 / 1.5**2), ("Cov(y_11, y_21)", 0.0)]
)
def test_the_inverse_link_has_moments_where_the_variance_of_the_effects_is_0(what: str, told: float) -> None:
    g, others = glmm(rcbd(2, 2), "Gamma", "inverse"), {"tau_1": 0.5, "tau_2": 0.25, "phi": 0.4}
    assert g.value(what, mu=1, sigma2_u=0, **others).value == pytest.approx(told)
    with pytest.raises(DomainError, match="no mean"):
        g.value(what, mu=1, sigma2_u=0.1, **others)
    for mu, words in ((-0.5, "η = 0"), (-1, "the mean would be -2")):
        with pytest.raises(DomainError, match=words):
            g.value(what, mu=mu, sigma2_u=0, **others)
