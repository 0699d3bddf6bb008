"""Each result in symbols, as LaTeX, in Markdown, and as a number at given parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tutor
from tutor.data import path
from tutor.errors import DomainError, UnknownNameError
from tutor.models import catalogue as c
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode

AT = {"sigma2": 1.5, "sigma2_u": 2.0}
M = c.rcbd(3, 4)
Y = [5.0, 7.0, 6.0, 4.0, 8.0, 5.0, 9.0, 9.5, 7.0, 3.0, 6.0, 5.5]
BETA: dict[str, float] = {"mu": 1.0, "tau_1": 2.0, "tau_2": 0.0, "tau_3": -2.0}
FIT = tutor.model("effort ~ Type + (1 | Subject)", path("ergostool.csv"))


def V(m: MixedModel) -> np.ndarray:
    return m.V.numpy(**AT)


Number = Callable[[Any], Any]

RESULTS: dict[str, tuple[Callable[[], Any], Number, float]] = {
    "covariance": (lambda: M.derive("Cov(y_11, y_21)"), lambda x: x.result.numpy(sigma2_u=2)[0, 0], 2.0),
    "variance": (lambda: M.Var("y_11"), lambda x: x.numpy(**AT)[0, 0], 3.5),
    "correlation": (lambda: M.derive("Corr(y_11, y_21)"), lambda x: x.result.numpy(**AT)[0, 0], 2 / 3.5),
    "BLUE": (lambda: M.blue, lambda x: x.fitted.numpy("variance", **AT)[0, 0], (1.5 + 2) / 4),
    "OLS": (lambda: M.ols, lambda x: x.fitted.numpy("variance", **AT)[0, 0], (1.5 + 2) / 4),
    "BLUP": (lambda: M.blup, lambda x: x.numpy("variance", **AT)[0, 0], 0.75 * 2 * 6 / 7.5),
    "standard error": (lambda: M.se_mean("treatment"), lambda x: x.number(**AT), np.sqrt(3.5 / 4)),
    "intraclass correlation": (lambda: M.icc(), lambda x: x.numpy("block", **AT)[0, 0], 2 / 3.5),
    "mean square of blocks": (lambda: M.anova()["block"], lambda x: x.number(**AT), 1.5 + 3 * 2),
    "mean square of treatments": (lambda: M.anova()["treatment"], lambda x: x.number(**AT, **BETA), 1.5 + 4 * 8 / 2),
    "error": (lambda: M.anova()["residual"], lambda x: x.number(**AT), 1.5),
    "information": (lambda: M.information("ML"), lambda x: x.number(**AT)[0, 0], 4 / 1.5**2 + 2 / 7.5**2),
    "log-likelihood": (lambda: M.loglik("ML"), lambda x: x.number(Y, **AT), float("nan")),
    "score": (lambda: M.score("sigma2", "ML"), lambda x: x.number(Y, **AT), float("nan")),
    "fit": (lambda: FIT.fit(), lambda x: x.values["sigma2"], 1.2107),
}  # fmt: skip


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_is_told_in_symbols_in_latex_in_markdown_and_as_a_number(name: str) -> None:
    make, number, expected = RESULTS[name]
    found = make()
    assert unicode(found) and str(found) and latex(found) and markdown(found)
    value = float(number(found))
    assert np.isfinite(value)
    if not np.isnan(expected):
        assert value == pytest.approx(expected, rel=1e-4 if name == "fit" else 1e-10)


def test_the_likelihood_is_that_of_the_normal_density() -> None:
    X, y = M.X.numpy(), np.array(Y)
    W = np.linalg.inv(V(M))
    r = y - X @ np.linalg.pinv(X.T @ W @ X) @ X.T @ W @ y
    expected = -0.5 * (12 * np.log(2 * np.pi) + np.linalg.slogdet(V(M))[1] + r @ W @ r)
    assert M.loglik("ML").number(Y, sigma2=1.5, sigma2_u=2.0) == pytest.approx(expected, rel=1e-12)
    slope = -0.5 * np.trace(W) + 0.5 * r @ W @ W @ r
    assert M.score("sigma2", "ML").number(Y, **AT) == pytest.approx(slope, rel=1e-10)


def test_a_number_is_refused_with_the_reason() -> None:
    with pytest.raises(DomainError, match="sigma2"):
        M.anova()["block"].number(sigma2_u=1)
    with pytest.raises(UnknownNameError, match="sigma2_x"):
        M.anova()["block"].number(**AT, sigma2_x=1)
    with pytest.raises(UnknownNameError, match="blok"):
        M.icc().numpy("blok", **AT)
    assert c.rcbd("t", "b").anova()["block"].number(t=3, **AT) == 7.5
