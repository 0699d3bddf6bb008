"""Vectors with a distribution: coefficients of one group, or residuals and effects over an index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tutor.errors import DataError, ReadError, TutorError
from tutor.models.catalogue import repeated_measures
from tutor.models.from_equation import from_equation
from tutor.models.from_formula import model

MEANS = r"y_{ij} = \mu + \tau_j + \varepsilon_{ij},"
ONE_LINE = r"(\varepsilon_{i1}, \varepsilon_{i2}, \varepsilon_{i3})' \sim"
AR1 = r"\sigma^2 \begin{bmatrix} 1 & \rho & \rho^2 \\ \rho & 1 & \rho \\ \rho^2 & \rho & 1 \end{bmatrix}"


@pytest.mark.parametrize(
    "distribution",
    [
        rf"{ONE_LINE} N(\mathbf{{0}}, {AR1})",
        rf"{ONE_LINE} N(\mathbf{{0}}, \boldsymbol\Sigma), \boldsymbol\Sigma = {AR1}",
        rf"\boldsymbol\varepsilon_i \sim N(\mathbf{{0}}, {AR1})",
        r"(\varepsilon_{i1}, \dots, \varepsilon_{it})' \sim N(0, \sigma^2 \begin{bmatrix} 1 & \rho & \cdots & "
        r"\rho^{t-1} \\ \rho & 1 & \cdots & \rho^{t-2} \\ \vdots & \vdots & \ddots & \vdots \\ \rho^{t-1} & "
        r"\rho^{t-2} & \cdots & 1 \end{bmatrix}), j = 1, \dots, t",
        "[e_i1, e_i2, e_i3]' ~ N(0, S), S = sigma2 [[1, rho, rho^2], [rho, 1, rho], [rho^2, rho, 1]]",
    ],
)
def test_residuals_over_an_index_in_many_spellings(distribution: str) -> None:
    means = MEANS if "\\" in distribution else "y_ij = mu + tau_j + e_ij, "
    found = from_equation(means + distribution, {"i": 2, "j": 3})
    block = 2 * np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])
    assert np.allclose(found.V.numpy(sigma2=2, rho=0.5), np.kron(np.eye(2), block))
    assert found.residual is not None and str(found.residual.over) == "ar1('j', group='i')"


def test_the_index_that_is_correlated_may_be_the_slowest() -> None:
    found = from_equation(MEANS + f"{ONE_LINE} N(0, {AR1})", {"i": 2, "j": 3}, order="ji")
    block = 2 * np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])
    assert np.allclose(found.V.numpy(sigma2=2, rho=0.5), np.kron(block, np.eye(2)))


def test_rows_of_data_may_lack_times_and_come_in_any_order() -> None:
    columns = {"i": [1, 2, 1, 3, 3, 2, 1], "j": [3, 1, 1, 2, 1, 3, 2], "y": [1, 2, 4, 8, 3, 5, 9]}
    found = from_equation(MEANS + f"{ONE_LINE} N(0, {AR1})", data=columns)
    i, j = np.array(columns["i"]), np.array(columns["j"])
    expected = 2 * 0.5 ** abs(j[:, None] - j) * (i[:, None] == i)
    assert np.allclose(found.V.numpy(sigma2=2, rho=0.5), expected)


def test_a_matrix_without_a_name_keeps_its_parameters() -> None:
    matrix = r"\begin{bmatrix} \sigma^2 & \sigma_{12} & 0 \\ \sigma_{12} & \sigma^2 & \sigma_{12} \\ 0 & \sigma_{12} & \sigma^2 \end{bmatrix}"  # noqa: E501
    found = from_equation(MEANS + f"{ONE_LINE} N(0, {matrix})", {"i": 2, "j": 3})
    block = np.array([[3, 1, 0], [1, 3, 1], [0, 1, 3]])
    assert np.allclose(found.V.numpy(sigma2=3, sigma_12=1), np.kron(np.eye(2), block))
    with pytest.raises(TutorError, match="positive definite"):
        found.V.numpy(sigma2=1, sigma_12=0.9)


def test_a_vector_of_coefficients_may_be_named_by_its_group_alone() -> None:
    text = (
        r"y_{ij} = \beta_0 + \beta_1 x_{ij} + b_{0i} + b_{1i} x_{ij} + \varepsilon_{ij},"
        r"\mathbf{b}_i \sim N(\mathbf{0}, \mathbf{D}), \boldsymbol\varepsilon_i \sim N(\mathbf{0}, \sigma^2 \mathbf{I})"
    )
    columns = {"i": [1, 1, 1, 2, 2, 2], "j": [1, 2, 3, 1, 2, 3], "x": [0, 1, 3, 2, 4, 7], "y": [1, 2, 3, 4, 5, 7]}
    found, expected = from_equation(text, data=columns), model("y ~ x + (x | i)", columns)
    given = {"sigma2": 1.0, "sigma2_b0": 2.0, "sigma_b01": 0.5, "sigma2_b1": 1.5}
    assert np.allclose(
        found.V.numpy(**given), expected.V.numpy(**{key.replace("_b", "_u"): value for key, value in given.items()})
    )


def test_effects_over_an_index_are_those_of_the_design() -> None:
    m = repeated_measures(3, 4, 2, within="ar1", side="G")
    again = from_equation(str(m.equation("index")), order="ikj")
    assert again.G is not None and m.G is not None and again.G.definition == m.G.definition


@pytest.mark.parametrize(
    ("text", "levels", "error", "words"),
    [
        (f"{ONE_LINE} N(0, {AR1})", {"i": 2, "j": 4}, ReadError, "3 rows, and j has 4 levels"),
        (r"(v_{i1}, v_{i2}, v_{i3})' \sim N(0, \Sigma)", {"i": 2, "j": 3}, ReadError, "not in the equation"),
        (
            rf"{ONE_LINE} N(0, \begin{{bmatrix}} 1 & \rho & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{{bmatrix}})",
            {"i": 2, "j": 3},
            ReadError,
            "symmetric",
        ),
        (
            r"Cov(\varepsilon_{ij}, \varepsilon_{kl}) = \rho \sigma^2",
            {"i": 2, "j": 3},
            ReadError,
            "not one of two random coefficients",
        ),
        (
            rf"{ONE_LINE} N(0, \begin{{bmatrix}} \sigma^2_a + \sigma^2_b & \rho & 0 \\ \rho & \sigma^2_a + \sigma^2_b &"
            r" 0 \\ 0 & 0 & \sigma^2_a + \sigma^2_b \end{bmatrix})",
            {"i": 2, "j": 3},
            DataError,
            "cannot be told apart",
        ),
    ],
)
def test_what_cannot_be_is_refused(text: str, levels: dict[str, Any], error: type[TutorError], words: str) -> None:
    with pytest.raises(error, match=words):
        from_equation(MEANS + text, levels)


def test_a_random_intercept_beside_compound_symmetry_of_the_same_subjects_is_refused() -> None:
    text = (
        r"y_{ij} = \mu + \tau_j + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u),"
        rf"{ONE_LINE} N(0, \sigma^2 ((1-\rho) I_3 + \rho J_3))"
    )
    with pytest.raises(DataError, match="random intercept and residuals of structure cs"):
        from_equation(text, {"i": 4, "j": 3})
