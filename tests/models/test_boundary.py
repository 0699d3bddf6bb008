"""Variances of random effects may be 0, as estimates are; then V is that of the model without them."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.errors import DomainError
from tutor.models.catalogue import rcbd
from tutor.models.designs.lines import random_slopes
from tutor.models.designs.repeated import repeated_measures
from tutor.models.from_formula import model

NO_DIFFERENCE = {"y": [1.0, 2, 3, 1.1, 2.1, 2.9, 0.9, 1.8, 3.2], "g": list("aaabbbccc")}


def test_without_variance_of_the_blocks_V_is_that_of_the_residuals() -> None:
    m = rcbd(2, 3)
    assert m.G is not None
    assert np.array_equal(m.V.numpy(sigma2=2, sigma2_u=0), 2 * np.eye(6))
    assert np.array_equal(m.G.numpy(sigma2_u=0), np.zeros((3, 3)))
    assert np.allclose(m.V.inv().numpy(sigma2=2, sigma2_u=0), np.eye(6) / 2)


def test_the_estimates_of_a_fit_give_its_V() -> None:
    m = model("y ~ 1 + (1 | g)", NO_DIFFERENCE)
    fit = m.fit()
    values = {key: estimate.value for key, estimate in fit.parameters.items()}
    assert values["sigma2_u"] == 0
    assert np.allclose(m.V.numpy(**values), values["sigma2"] * np.eye(9))


def test_a_correlation_of_1_is_on_the_boundary_and_more_is_not() -> None:
    m = random_slopes(3, [1, 2, 4])
    V = m.V.numpy(sigma2=1, sigma2_u0=4, sigma_u01=2, sigma2_u1=1)
    line = 2 + np.array([1, 2, 4])
    assert np.allclose(V[:3, :3], np.eye(3) + np.outer(line, line))
    with pytest.raises(DomainError, match="not positive definite"):
        m.V.numpy(sigma2=1, sigma2_u0=4, sigma_u01=2.000001, sigma2_u1=1)


@pytest.mark.parametrize("values", [{"sigma2": 0, "sigma2_u": 1}, {"sigma2": 1, "sigma2_u": -1e-9}])
def test_the_residuals_vary_and_no_variance_is_negative(values: dict[str, float]) -> None:
    with pytest.raises(DomainError, match="must be positive"):
        rcbd(2, 3).V.numpy(**values)


def test_no_inverse_of_G_without_variance() -> None:
    G = rcbd(2, 3).G
    assert G is not None
    with pytest.raises(DomainError, match="singular"):
        G.inv().numpy(sigma2_u=0)


@pytest.mark.parametrize("blocks", [3, "b"])
def test_the_closed_form_of_V_takes_what_V_takes(blocks: int | str) -> None:
    m, sizes = rcbd(2, blocks), {"b": 3} if blocks == "b" else {}
    closed = m.V.closed_form()
    assert np.array_equal(closed.numpy(**sizes, sigma2=2, sigma2_u=0), 2 * np.eye(6))
    assert np.array_equal((closed.T @ closed).numpy(**sizes, sigma2=2, sigma2_u=0), 4 * np.eye(6))
    assert np.allclose(m.V.inv().closed_form().numpy(**sizes, sigma2=2, sigma2_u=0), np.eye(6) / 2)
    assert closed.inv().closed_form().numpy(**sizes, sigma2=2, sigma2_u=0)[0, 0] == 0.5
    with pytest.raises(DomainError, match="sigma2 must be positive"):
        closed.numpy(**sizes, sigma2=0, sigma2_u=1)
    with pytest.raises(DomainError, match="sigma2_u must be positive"):
        closed.numpy(**sizes, sigma2=1, sigma2_u=-1)


def test_the_closed_form_keeps_the_domain_of_a_structure() -> None:
    closed = repeated_measures(2, 3, within="cs").V.closed_form()
    with pytest.raises(DomainError, match="−1/"):
        closed.numpy(sigma2=1, rho=-0.6)


def test_a_closed_form_is_equal_to_the_same_notation_of_no_model() -> None:
    closed = rcbd(2, 3).V.closed_form()
    again = closed.rebuild(closed.parts)
    assert again == closed and hash(again) == hash(closed)
    with pytest.raises(DomainError, match="sigma2_u must be positive"):
        again.numpy(sigma2=1, sigma2_u=0)
