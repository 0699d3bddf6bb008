"""Random effects of each observation, which a model without residuals can have: overdispersion."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

import tutor
from tutor import glmm
from tutor.errors import DataError, TutorError
from tutor.models.glmm.model import GeneralizedModel

DATA: dict[str, list[Any]] = {
    "y": [3, 1, 4, 1, 5, 9, 2, 6],
    "x": [0, 1, 0, 1, 2, 2, 1, 0],
    "herd": list("aabbccdd"),
    "cow": [f"c{i}" for i in range(8)],
}
BOTH = "y ~ x + (1 | herd) + (1 | cow)"
VALUES: dict[str, Any] = {"beta": [0.3, 0.2], "sigma2_u": 0.2, "sigma2_v": 0.35}


def of_herds(family: str = "Poisson", link: str | None = None, **more: Any) -> GeneralizedModel:
    return glmm(BOTH, family, link, data=DATA, **more)


def test_the_formulas_are_those_of_a_poisson_lognormal_distribution() -> None:
    """Aitchison and Ho (1989), Biometrika 76: the variance of an observation has both variances in it, a covariance
    that of what is shared."""
    found = of_herds()
    eta, s, shared = 0.3, 0.55, 0.2
    mean = np.exp(eta + s / 2)
    assert found.value("E(y_1)", **VALUES).value == pytest.approx(mean, rel=1e-14)
    assert found.value("Var(y_1)", **VALUES).value == pytest.approx(mean + (np.exp(s) - 1) * mean**2, rel=1e-14)
    other = np.exp(0.5 + s / 2)
    expected = (np.exp(shared) - 1) * mean * other
    assert found.value("Cov(y_1, y_2)", **VALUES).value == pytest.approx(expected, rel=1e-14)
    assert found.derive("Cov(y_1, y_3)").result.explicit()[0, 0] == 0


@pytest.mark.parametrize(("family", "link", "curve", "of_family"), [
    ("Binomial", "logit", lambda eta: 6 / (1 + np.exp(-eta)), {"trials": 6}),
    ("Binomial", "probit", lambda eta: 6 * norm.cdf(eta), {"trials": 6}),
    ("Poisson", "log", np.exp, {}),
])  # fmt: skip
def test_a_mean_is_the_integral_over_both_effects(family: str, link: str, curve: Any, of_family: dict) -> None:
    told = of_herds(family, link, **of_family).value("E(y_1)", **VALUES)
    sd = np.sqrt(0.55)
    expected = quad(lambda z: curve(0.3 + sd * z) * norm.pdf(z), -12, 12, epsabs=1e-13)[0]
    assert told.value == pytest.approx(expected, rel=1e-10)


@pytest.mark.slow
@pytest.mark.parametrize("family", ["Poisson", "Binomial", "Gamma", "negative binomial"])
def test_draws_have_the_moments_that_are_told(family: str) -> None:
    of_family: dict[str, Any] = {"trials": 6} if family == "Binomial" else {}
    values = {**VALUES, **({"phi": 3.0} if family in ("Gamma", "negative binomial") else {})}
    found = of_herds(family, "probit" if family == "Binomial" else "log", **of_family)
    y = np.array([found.simulate(seed=seed, **values)[:2] for seed in range(6000)])
    centred = y - [found.value(f"E(y_{i})", **values).value for i in (1, 2)]
    for drawn, told in (
        (centred[:, 0], 0),
        (centred[:, 0] ** 2, found.value("Var(y_1)", **values).value),
        (centred.prod(axis=1), found.value("Cov(y_1, y_2)", **values).value),
    ):
        assert abs(drawn.mean() - told) < 5 * drawn.std() / np.sqrt(len(drawn))


def test_one_effect_a_row_alone_makes_observations_independent() -> None:
    found = glmm("y ~ x + (1 | cow)", "Poisson", data=DATA)
    assert found.derive("Cov(y_1, y_2)").result.explicit()[0, 0] == 0
    matrix = found.variance_matrix(beta=[0.3, 0.2], sigma2_u=0.4)
    assert np.allclose(matrix, np.diag(np.diag(matrix)), atol=1e-14)
    assert "u_i ~ N(0, σ²_u)" in str(found.equation())


def test_with_residuals_it_is_refused_and_says_where_it_may_be() -> None:
    with pytest.raises(DataError, match=r'cannot be told apart.*glmm\("… \+ \(1 \| cow\)"'):
        tutor.model(BOTH, DATA)
    with pytest.raises(DataError, match="one level"):
        glmm("y ~ x + (1 | one)", data={**DATA, "one": ["a"] * 8})
    with pytest.raises(TutorError, match="needs data"):
        glmm(BOTH)
    with pytest.raises(TutorError, match="goes with a formula"):
        glmm(tutor.rcbd(3, 4), data=DATA)
