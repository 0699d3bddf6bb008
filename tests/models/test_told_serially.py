"""Residuals and effects along an index, told by two of them, against the covariance matrices written out."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.errors import ReadError
from tutor.models.from_equation import from_equation

MEANS = r"y_{ij} = \mu + \tau_j + \varepsilon_{ij},"
OWN = r"\varepsilon_{ij} \sim N(0, \sigma^2),"
LAGS = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
SIGMA2, RHO = 2.0, 0.5
AR1 = SIGMA2 * RHO**LAGS
CS = SIGMA2 * np.where(LAGS == 0, 1, RHO)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        (OWN + r"\mathrm{Cov}(\varepsilon_{ij}, \varepsilon_{ij'}) = \sigma^2\rho^{|j-j'|}", AR1),
        (r"\mathrm{Cov}(\varepsilon_{ij}, \varepsilon_{ij'}) = \sigma^2\rho^{|j-j'|}", AR1),
        (OWN + r"\mathrm{Corr}(\varepsilon_{ij}, \varepsilon_{ik}) = \rho^{|j-k|}", AR1),
        (r"Var(\varepsilon_{ij}) = \sigma^2, Corr(\varepsilon_{ij}, \varepsilon_{ij'}) = \rho^{|j' - j|}", AR1),
        (OWN + r"\mathrm{Corr}(\varepsilon_{ij}, \varepsilon_{ij'}) = \rho", CS),
        (OWN + r"\mathrm{Cov}(\varepsilon_{ij}, \varepsilon_{ij'}) = \sigma^2\rho", CS),
        (r"\varepsilon_{ij} = \rho\varepsilon_{i,j-1} + \delta_{ij}, \delta_{ij} \sim iid N(0, \sigma^2)",
         AR1 / (1 - RHO**2)),
    ],
)  # fmt: skip
def test_the_residuals_of_a_subject_vary_together_as_was_told(text: str, block: np.ndarray) -> None:
    found = from_equation(MEANS + text, {"i": 3, "j": 4})
    assert np.allclose(found.V.numpy(sigma2=SIGMA2, rho=RHO), np.kron(np.eye(3), block))


def test_an_effect_of_the_subject_comes_beside_it() -> None:
    text = (
        r"y_{ij} = \mu + \tau_j + u_i + \varepsilon_{ij}, u_i \sim N(0, \sigma^2_u),"
        + OWN
        + r"Corr(\varepsilon_{ij}, \varepsilon_{ij'}) = \rho^{|j-j'|}"
    )
    found = from_equation(text, {"i": 2, "j": 4})
    assert np.allclose(found.V.numpy(sigma2=SIGMA2, rho=RHO, sigma2_u=3), np.kron(np.eye(2), AR1 + 3))


def test_an_index_among_three_is_found() -> None:
    text = (
        r"y_{ijk} = \mu + \alpha_i + \gamma_k + \varepsilon_{ijk},"
        r"Cov(\varepsilon_{ijk}, \varepsilon_{ijk'}) = \sigma^2\rho^{|k-k'|}"
    )
    found = from_equation(text, {"i": 2, "j": 2, "k": 4})
    assert np.allclose(found.V.numpy(sigma2=SIGMA2, rho=RHO), np.kron(np.eye(4), AR1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (r"\varepsilon_{ij} = \rho\varepsilon_{i,j-1} + \delta_{ij}", "distribution-missing"),
        (OWN + r"Cov(\varepsilon_{ij}, \varepsilon_{ij'}) = \sigma^2 j", "no-index-model"),
        (OWN + r"Cov(\varepsilon_{ij}, \varepsilon_{i'j'}) = \rho", "no-index-model"),
        (OWN + r"Cov(y_{ij}, y_{ij'}) = \rho", "follows-from-model"),
        (OWN + r"Corr(y_{ij}, y_{ij'}) = \rho^{|j-j'|}", "follows-from-model"),
    ],
)
def test_what_tells_no_matrix_over_one_index_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_equation(MEANS + text, {"i": 3, "j": 4})
    assert caught.value.kind == kind
