"""Which parameters of a structure data can tell apart, beside a random intercept and independent residuals."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

from tutor.covariance.identified import loose_parameters
from tutor.covariance.structure import structure

INTERCEPT, RESIDUAL = sympy.Symbol("sigma2_u", positive=True), sympy.Symbol("sigma2_e", positive=True)


def loose(key: str, n: int, beside: str = "", **options: object) -> set[str]:
    """The names of the parameters that are loose; ``beside`` holds i for an intercept and r for residuals."""
    own = structure(key, **options)  # pyright: ignore[reportArgumentType]
    matrix, parameters = own.matrix(n).explicit(), [parameter.symbol for parameter in own.parameters_of(n)]
    if "i" in beside:
        matrix, parameters = matrix + INTERCEPT * sympy.ones(n, n), [*parameters, INTERCEPT]
    if "r" in beside:
        matrix, parameters = matrix + RESIDUAL * sympy.eye(n), [*parameters, RESIDUAL]
    return {str(parameter) for parameter in loose_parameters(matrix, parameters)}


@pytest.mark.parametrize(
    ("key", "n", "beside", "expected"),
    [
        ("cs", 5, "", set()),
        ("cs", 5, "i", {"sigma2", "rho", "sigma2_u"}),
        ("cs", 5, "r", {"sigma2", "rho", "sigma2_e"}),
        ("csh", 3, "ir", set()),
        ("csh", 2, "i", {"sigma2_1", "sigma2_2", "rho", "sigma2_u"}),
        ("ar1", 3, "i", set()),
        ("ar1", 3, "ir", {"sigma2", "rho", "sigma2_u", "sigma2_e"}),
        ("ar1", 4, "ir", set()),
        ("arma11", 4, "r", {"sigma2", "gamma", "sigma2_e"}),  # σ²γ and ρ are known, and σ² + σ²_e
        ("arma11", 4, "i", set()),
        ("toep", 4, "r", {"sigma2", "sigma2_e"}),
        ("toepq", 5, "i", set()),
        ("fa1", 2, "", {"lambda_1", "lambda_2", "psi_1", "psi_2"}),
        ("fa1", 3, "", set()),
        ("exp", 3, "i", set()),
        ("exp", 4, "ir", set()),
        ("gau", 3, "r", set()),
        ("sph", 3, "r", set()),
        ("sph", 3, "i", set()),
        ("lin", 3, "r", set()),
        ("lin", 3, "i", set()),  # at ranges between 1 and 2
        ("lin", 4, "ir", set()),
        ("matern", 2, "", {"phi", "kappa"}),
        ("matern", 3, "", set()),
    ],
)
def test_the_parameters_that_cannot_be_told_apart(key: str, n: int, beside: str, expected: set[str]) -> None:
    assert loose(key, n, beside, **({"bands": 2} if key == "toepq" else {})) == expected


@pytest.mark.parametrize("key", ["exp", "pow", "gau", "sph", "lin", "ratio"])
def test_distances_need_not_be_whole(key: str) -> None:
    places = [sympy.Rational(0), sympy.Rational(1, 2), sympy.Rational(7, 3), sympy.Rational(4)]
    assert loose(key, 4, "ir", positions=places) == set()
    assert loose(key, 2, "r", positions=places[:2]) != set()


def test_distances_in_a_plane_may_be_irrational() -> None:
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert loose("exp", 4, positions=corners) == set()
    assert loose("exp", 4, "i", positions=corners) == set()
    # Only two distances, 1 and √2: three numbers for four parameters.
    assert loose("exp", 4, "ir", positions=corners) == {"sigma2", "theta", "sigma2_u", "sigma2_e"}


@pytest.mark.parametrize("key", ["cs", "csh", "ar1", "arh1", "toep", "toeph", "ante1", "un", "hf", "fa1"])
@pytest.mark.parametrize("beside", ["", "i", "r", "ir"])
def test_the_rank_is_that_of_differences_in_numbers(key: str, beside: str) -> None:
    """Steps of each parameter at a point of ordinary numbers span as many directions as there are numbers in V."""
    n, rng = 4, np.random.default_rng(3)
    own = structure(key)
    matrix, parameters = own.matrix(n).explicit(), [parameter.symbol for parameter in own.parameters_of(n)]
    if "i" in beside:
        matrix, parameters = matrix + INTERCEPT * sympy.ones(n, n), [*parameters, INTERCEPT]
    if "r" in beside:
        matrix, parameters = matrix + RESIDUAL * sympy.eye(n), [*parameters, RESIDUAL]
    value = sympy.lambdify(parameters, [matrix[i, j] for i in range(n) for j in range(i + 1)])
    point = rng.uniform(0.3, 0.8, len(parameters))
    steps = [
        (np.array(value(*(point + step))) - np.array(value(*(point - step)))) / 2e-6
        for step in 1e-6 * np.eye(len(parameters))
    ]
    full = np.linalg.matrix_rank(np.array(steps), tol=1e-6) == len(parameters)
    assert (loose_parameters(matrix, parameters) == ()) == full


@pytest.mark.parametrize(("key", "expected"), [("exp", set()), ("gau", set())])
def test_distances_without_a_large_common_measure_are_decided(key: str, expected: set[str]) -> None:
    positions = [sympy.Rational(round(1000 * x), 1000) for x in (0.013, 1.007, 3.989, 7.123, 19.331)]
    assert loose(key, 5, "ir", positions=positions) == expected
    assert loose(key, 2, "i", positions=positions[-2:]) == {"sigma2", "theta", "sigma2_u"}
