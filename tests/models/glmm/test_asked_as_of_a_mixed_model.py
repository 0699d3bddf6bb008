"""Moments of a generalized model are asked for as those of a mixed model: g.E, g.Var, g.Cov and g.correlation."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tutor.errors import TutorError
from tutor.models.catalogue import rcbd
from tutor.models.glmm.model import glmm

COUNTS = glmm(rcbd(2, 3), "Poisson", "log")
AT: dict[str, Any] = {"mu": 0.3, "tau_1": 0.2, "tau_2": -0.1, "sigma2_u": 0.5}


def test_they_are_what_is_derived() -> None:
    assert COUNTS.E("y_11") == COUNTS.derive("E(y_11)").result
    assert COUNTS.E("y_11", given="u") == COUNTS.E("y_11 | u") == COUNTS.derive("E(y_11 | u)").result
    assert COUNTS.Var("y_11") == COUNTS.derive("Var(y_11)").result
    assert COUNTS.Cov("y_11", "y_21") == COUNTS.derive("Cov(y_11, y_21)").result
    assert COUNTS.Cov("y_11", "y_21", given="u") == COUNTS.derive("Cov(y_11, y_21 | u)").result
    assert COUNTS.correlation("y_11", "y_21") == COUNTS.derive("Corr(y_11, y_21)").result


def test_with_values_they_are_numbers() -> None:
    """E = exp(η + s/2), Var = E + (eˢ − 1) E², Cov = (eˢ − 1) E_1 E_2."""
    first, second, more = math.exp(0.75), math.exp(0.45), math.exp(0.5) - 1
    variances = [mean + more * mean**2 for mean in (first, second)]
    assert float(COUNTS.E("y_11", **AT)) == pytest.approx(first)
    assert float(COUNTS.Var("y_11", **AT)) == pytest.approx(variances[0])
    assert float(COUNTS.Cov("y_11", "y_21", **AT)) == pytest.approx(more * first * second)
    assert float(COUNTS.correlation("y_11", "y_21", **AT)) == pytest.approx(
        more * first * second / math.sqrt(math.prod(variances))
    )


def test_what_is_no_moment_of_observations_is_refused() -> None:
    with pytest.raises(TutorError, match="no mean, variance or covariance"):
        COUNTS.E("y_11 + y_21")
