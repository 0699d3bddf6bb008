"""Simulated responses have the mean and the variance of the model, and come again from their seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tutor.errors import DomainError, ShapeError, SizeError, TutorError, UnknownNameError
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SLOPES = model(
    "y ~ x + (x | g) + (1 | h)",
    {
        "y": [0.0] * 12,
        "x": [0, 1, 2, 3] * 3,
        "g": [g for g in "abc" for _ in range(4)],
        "h": list("pqpqqpqppppq"),
    },
)

INDEPENDENT = from_equation(
    "y_ij = beta_0 + beta_1 x_ij + u_0j + u_1j x_ij + e_ij; u_0j ~ N(0, sigma2_0); u_1j ~ N(0, sigma2_1)",
    data={"y": [0.0] * 12, "x": [0, 1, 2, 3] * 3, "i": [1, 2, 3, 4] * 3, "j": [g for g in "abc" for _ in range(4)]},
)

CASES: dict[str, tuple[MixedModel, dict[str, float], list[float]]] = {
    "random blocks": (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 2}, [10, -1, 1]),
    "completely randomized": (crd(2, 2), {"sigma2": 4}, [1, 2, 3]),
    "random slopes": (
        SLOPES,
        {"sigma2": 1, "sigma2_u0": 2, "sigma_u01": -0.5, "sigma2_u1": 0.5, "sigma2_v": 1.5},
        [5, 1],
    ),
    "independent slopes": (INDEPENDENT, {"sigma2": 1, "sigma2_0": 2, "sigma2_1": 0.5}, [5, 1]),
}


@pytest.mark.slow
@pytest.mark.parametrize(("ours", "variances", "beta"), CASES.values(), ids=CASES)
def test_draws_have_the_moments_of_the_model(ours: MixedModel, variances: dict[str, float], beta: list[float]) -> None:
    draws = 4000
    y = np.array([ours.simulate(seed=seed, beta=beta, **variances) for seed in range(draws)])
    V = ours.V.numpy(**variances)
    deviations = np.sqrt(np.diag(V))
    # Five standard errors of a mean and of a covariance of normal variables (Anderson 2003, section 3.4.4).
    assert np.all(np.abs(y.mean(axis=0) - ours.X.numpy() @ beta) < 5 * deviations / np.sqrt(draws))
    errors = np.sqrt((np.outer(np.diag(V), np.diag(V)) + V**2) / draws)
    assert np.all(np.abs(np.cov(y.T) - V) < 5 * errors)


@pytest.mark.parametrize(("ours", "variances", "beta"), CASES.values(), ids=CASES)
def test_a_seed_draws_the_same_again(ours: MixedModel, variances: dict[str, float], beta: list[float]) -> None:
    first, again = (ours.simulate(seed=7, beta=beta, **variances) for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, ours.simulate(seed=8, beta=beta, **variances))
    assert first.shape == (int(ours.n),)


def test_effects_by_name_are_those_of_beta() -> None:
    ours = rcbd(2, 2)
    named = ours.simulate(seed=1, sigma2=1, sigma2_u=1, mu=10, tau_1=-1, tau_2=1)
    assert np.array_equal(named, ours.simulate(seed=1, sigma2=1, sigma2_u=1, beta=[10, -1, 1]))


def test_a_variance_of_zero_is_the_boundary() -> None:
    blocks = rcbd(2, 3).simulate(seed=1, sigma2=0, sigma2_u=1, beta=[0, 0, 0])
    assert np.array_equal(blocks[::2], blocks[1::2]) and len(set(blocks)) == 3
    assert np.array_equal(crd(2, 2).simulate(seed=1, sigma2=0, beta=[1, 2, 3]), [3, 3, 4, 4])


def test_a_perfect_correlation_is_the_boundary() -> None:
    SLOPES.simulate(seed=1, sigma2=1, sigma2_u0=4, sigma_u01=2, sigma2_u1=1, sigma2_v=1, beta=[0, 0])


def test_a_covariate_of_letters_is_asked_for() -> None:
    ours = regression(3)
    with pytest.raises(DomainError, match="x_2"):
        ours.simulate(seed=1, sigma2=1, beta=[1, 2], x_1=1)
    drawn = ours.simulate(seed=1, sigma2=0, beta=[1, 2], x_1=1, x_2=3, x_3=4)
    assert np.array_equal(drawn, [3, 7, 9])


FAULTS: list[tuple[MixedModel, dict[str, Any], type[TutorError], str]] = [
    (rcbd(2, 2), {"sigma2": 1, "beta": [0, 0, 0]}, DomainError, "sigma2_u (variance of the effects of the blocks)"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 1}, DomainError, "mu (μ), tau_1 (τ1), tau_2 (τ2)"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 1, "mu": 1, "tau_1": 1}, DomainError, "tau_2"),
    (rcbd(2, 2), {"sigma2": -1, "sigma2_u": 1, "beta": [0, 0, 0]}, DomainError, "sigma2 is -1"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": "two", "beta": [0, 0, 0]}, DomainError, "two"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": float("nan"), "beta": [0, 0, 0]}, DomainError, "nan"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": None, "beta": [0, 0, 0]}, DomainError, "None"),
    (rcbd(2, 2), {"sigma2": [1, 2], "sigma2_u": 1, "beta": [0, 0, 0]}, DomainError, "[1, 2]"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 1, "beta": [0, 0]}, ShapeError, "3 columns"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 1, "beta": 3}, DomainError, "beta"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_u": 1, "beta": [0, 0, 0], "mu": 1}, DomainError, "Both beta and mu"),
    (rcbd(2, 2), {"sigma2": 1, "sigma2_v": 1, "beta": [0, 0, 0]}, UnknownNameError, "sigma2_u"),
    (rcbd("t", 2), {"sigma2": 1, "sigma2_u": 1}, SizeError, "n = 2t"),
    (
        SLOPES,
        {"sigma2": 1, "sigma2_u0": 1, "sigma_u01": 2, "sigma2_u1": 1, "sigma2_v": 1, "beta": [0, 0]},
        DomainError,
        "is not positive definite",
    ),
]


@pytest.mark.parametrize(("ours", "parameters", "error", "told"), FAULTS)
def test_faulty_values_are_told(
    ours: MixedModel, parameters: dict[str, Any], error: type[TutorError], told: str
) -> None:
    with pytest.raises(error) as refusal:
        ours.simulate(seed=1, **parameters)
    assert told in str(refusal.value)
