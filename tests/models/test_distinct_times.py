"""Structures of distance over times that differ from subject to subject: taken, and fitted as nlme fits them."""

from __future__ import annotations

import numpy as np
import pytest

from tutor import covariance
from tutor.errors import DataError
from tutor.models.from_formula import model


def table() -> dict[str, list[float] | list[str]]:
    """Six subjects at 12 times each, all different and with three digits."""
    draw = np.random.default_rng(3)
    t = np.sort(draw.uniform(0, 20, size=(6, 12)).round(3), axis=1)
    noise = [np.linalg.cholesky(np.exp(-np.abs(np.subtract.outer(row, row)) / 3)) @ draw.normal(size=12) for row in t]
    y = (2 + 0.1 * t + np.array(noise)).round(4)
    return {"y": y.ravel().tolist(), "t": t.ravel().tolist(), "s": [f"s{i + 1}" for i in range(6) for _ in range(12)]}


def test_the_fit_over_distinct_times_is_that_of_nlme() -> None:
    """R: gls(y ~ t, correlation = corExp(form = ~ t | s)); logLik, range."""
    found = model("y ~ t", table(), R=covariance.exp("t", group="s")).fit()
    assert found.log_likelihood == pytest.approx(-77.5772154468, abs=1e-5)
    assert found.values["theta"] == pytest.approx(2.197167045, rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("key", ["exp", "gau"])
def test_a_random_intercept_beside_distinct_times_is_taken(key: str) -> None:
    own = getattr(covariance, key)("t", group="s")
    m = model("y ~ t + (1 | s)", table(), R=own)
    assert [p.key for p in m.parameters] == ["sigma2", "theta", "sigma2_u"]
    without = model("y ~ t", table(), R=own).fit()
    assert m.fit().log_likelihood >= without.log_likelihood - 1e-8


def test_what_times_cannot_tell_apart_is_still_refused() -> None:
    rows = table()
    rows["t"] = [float(i % 12) for i in range(72)]
    with pytest.raises(DataError, match="cannot be told apart"):
        model("y ~ t + (1 | s)", rows, R=covariance.cs("t", group="s"))
