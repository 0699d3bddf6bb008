"""A quantity that does not exist is refused with the reason and a next step: never a number, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

import tutor
from tutor import TutorError, glmm
from tutor.data import path
from tutor.models import catalogue as c

R, LETTERS, SPLIT = c.rcbd(3, 4), c.rcbd("t", "b"), c.split_plot(2, 3, 4)
Y = [5.0, 7, 6, 4, 8, 5, 9, 9.5, 7, 3, 6, 5.5]
SIX = [1.0, 2, 3, 4, 5, 7]
ALIASED = tutor.model("y ~ a + b", {"y": SIX, "a": list("ppqqrr"), "b": list("xxyyzz")})
EMPTY = tutor.model("y ~ a * b", {"y": SIX, "a": list("ppqqqp"), "b": list("xyxxxx")})
UNEQUAL = tutor.model("y ~ a", {"y": SIX, "a": list("ppqqqr")})
TIMES = c.repeated_measures(3, 4)
SLEEP = tutor.model("Reaction ~ Days + (Days | Subject)", path("sleepstudy.csv"))
T, INVERSE = glmm(R, "t"), glmm(R, "Gamma", "inverse")
EFFECTS: Mapping[str, Any] = {"mu": 0, "tau_1": 0, "tau_2": 0, "sigma2_u": 1}
ALL: Mapping[str, Any] = {**EFFECTS, "tau_3": 0}

REFUSED: Mapping[str, tuple[Callable[[], Any], str]] = {
    "a single effect": (lambda: R.se("tau_1"), "not estimable"),
    "a single effect with letters": (lambda: LETTERS.se("tau_1"), "not estimable"),
    "a single effect of a fit": (lambda: R.fit(Y).estimate("tau_1"), "not estimable"),
    "a single effect at variances": (lambda: R.se("mu", sigma2=1, sigma2_u=1), "not estimable"),
    "a main effect beside an interaction": (lambda: SPLIT.se("tau_1 - tau_2"), "m.se_difference"),
    "an element of an estimate": (lambda: R.Var(r"\hat\tau_1"), "not estimable"),
    "a mean of an aliased factor": (lambda: ALIASED.se_mean("b"), "not estimable.*null_space"),
    "a difference of an aliased factor": (lambda: ALIASED.se_difference("b"), "not estimable.*null_space"),
    "a difference of what it is aliased with": (lambda: ALIASED.se_difference("a"), "not estimable.*null_space"),
    "an aliased coefficient": (lambda: ALIASED.se("beta_3"), "not estimable"),
    "a mean over an empty cell": (lambda: EMPTY.se_mean("a"), "no observations|not estimable"),
    "means of different variance": (lambda: UNEQUAL.se_mean("a"), r'not the same for all.*m\.se\("beta_0"\)'),
    "differences of different variance": (lambda: UNEQUAL.se_difference("a"), r'not the same.*m\.se\("-beta_1"\)'),
    "a mean of a covariate": (lambda: SLEEP.se_mean("Days"), "has no levels"),
    "BLUP without random effects": (lambda: c.crd(3, 4).blup, "m.blue"),
    "Henderson without random effects": (lambda: c.crd(3, 4).henderson(), "no random effects"),
    "ICC without random effects": (lambda: c.crd(3, 4).icc(), "no random effects"),
    "Henderson with a variance of 0": (lambda: R.henderson().at(Y, sigma2=1, sigma2_u=0), "multiplied=True"),
    "Henderson with a correlation of 1": (
        lambda: SLEEP.henderson().at(sigma2=1, sigma2_u0=1, sigma2_u1=1, sigma_u01=1), "singular.*multiplied=True"),
    "a covariance beyond its bound": (
        lambda: SLEEP.loglik().number(sigma2=1, sigma2_u0=1, sigma2_u1=1, sigma_u01=2), "sigma_u01"),
    "a correlation of 1 over time": (lambda: TIMES.loglik().number([1.0] * 12, sigma2=1, rho=1), "boundary"),
    "a correlation beyond 1": (lambda: TIMES.Var("y_11", sigma2=1, rho=1.5), "domain −1 < ρ < 1"),
    "a residual variance of 0": (lambda: R.loglik().number(Y, sigma2=0, sigma2_u=1), "must be positive"),
    "a negative variance": (lambda: R.loglik().number(Y, sigma2=1, sigma2_u=-1), "must be positive"),
    "an estimate below 0": (
        lambda: R.variance_estimators().number([1, 2, 3, 3, 1, 2, 2, 3, 1, 1, 3, 2]), r"boundary.*m\.fit\(y\)"),
    "REML without residuals": (
        lambda: tutor.model("y ~ a", {"y": [1, 2, 3], "a": list("pqr")}).loglik(), "no error contrasts"),
    "a fit without residuals": (
        lambda: tutor.model("y ~ a", {"y": [1, 2, 3], "a": list("pqr")}).fit(), "nothing is left"),
    "a fit of a constant": (lambda: R.fit([1.0] * 12), "no variance is left"),
    "ANOVA of residuals with a structure": (lambda: TIMES.anova(), "structure of their own"),
    "ANOVA of random slopes": (lambda: SLEEP.anova(), "one variance each"),
    "variances of incomplete blocks": (lambda: c.bibd(4, 6, 2).variance_estimators(), "no solution in closed form"),
    "variances by ML of a saturated square": (
        lambda: c.graeco_latin(3, rows_and_columns_are="fixed").variance_estimators("ML"), "no residuals are left"),
    "shrinkage beside treatments that squares tell": (
        lambda: c.latin_square("t", samples="s").blup.shrinkage, "not told as deviations of means"),
    "an inverse of an information that is long": (
        lambda: c.crossed("a", "b", "n").information("ML").variances, "too long to be told in letters"),
    "an inverse of dependent columns": (lambda: (R.X.T @ R.X).inv().closed_form(), "generalized inverse"),
    "a correlation with a constant": (lambda: R.correlation("mu", "y_11"), "does not vary"),
    "the mean of a reciprocal": (lambda: R.E("1/y_11"), "not linear"),
    "the mean of a Cauchy distribution": (
        lambda: T.value("E(y_11)", **EFFECTS, sigma2=1, nu=1), "does not exist for ν = 1"),
    "the variance of t with 2": (lambda: T.value("Var(y_11)", **EFFECTS, sigma2=1, nu=2), "needs ν > 2"),
    "a covariance of t with 1.5": (
        lambda: T.value("Cov(y_11, y_21)", **EFFECTS, sigma2=1, nu=1.5), "needs ν > 2"),
    "the mean of 1/η": (lambda: INVERSE.value("E(y_11)", **EFFECTS), "no integral"),
    "the matrix of variances of 1/η": (lambda: INVERSE.variance_matrix(**ALL, phi=1), "no integral"),
    "a picture of the mean of 1/η": (lambda: INVERSE.plot_means(**ALL), "no integral"),
}  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_exist_is_refused_with_the_reason(name: str) -> None:
    ask, words = REFUSED[name]
    with pytest.raises(TutorError, match=f"(?s){words}"):
        ask()


def test_what_exists_on_the_boundary_is_a_number() -> None:
    """V = σ² I there, of which the likelihood is that of the model without blocks, up to nothing."""
    y = np.array(Y)
    alone = c.crd(3, 4)
    order = np.argsort(np.tile(np.arange(3), 4), kind="stable")
    for method in ("ML", "REML"):
        assert R.loglik(method).number(Y, sigma2=1.5, sigma2_u=0) == pytest.approx(
            alone.loglik(method).number(y[order], sigma2=1.5), rel=1e-12
        )
    assert R.se("tau_1 - tau_2", sigma2=1.5, sigma2_u=0) == pytest.approx(np.sqrt(2 * 1.5 / 4))
    step = 1e-5
    ends = [R.loglik().number(Y, sigma2=1.5, sigma2_u=u) for u in (0, step, 2 * step)]
    slope = (-3 * ends[0] + 4 * ends[1] - ends[2]) / (2 * step)
    assert R.score("sigma2_u").number(Y, sigma2=1.5, sigma2_u=0) == pytest.approx(slope, rel=1e-4)


def test_estimable_means_of_a_design_with_dependent_columns_are_not_refused() -> None:
    m = tutor.model("y ~ a + b", {"y": SIX, "a": list("ppqqrr"), "b": list("xyxyxy")}, contrasts="effects")
    assert str(m.se_difference("a").variance) == "sigma2" and str(m.se_difference("b").variance) == "2*sigma2/3"


def test_a_source_without_a_test_says_why() -> None:
    table = c.bibd(4, 6, 2).anova()
    assert "There is no F ratio" in str(table["block"]) and "no F ratio" not in str(table["residual"])
