"""Answers about a covariate: S_xx, x̄ and the values x_i are those of the x of the model, with letters and numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tutor
from tutor.models.mixed import MixedModel

LINE = r"\sigma^2/\sum_{i=1}^n (x_i-\bar x)^2"
OF_TREATMENTS = (
    r"\sigma^2\left(\frac2r + \frac{(\bar x_{1\cdot}-\bar x_{2\cdot})^2}"
    r"{\sum_{i=1}^t\sum_{j=1}^r (x_{ij}-\bar x_{i\cdot})^2}\right)"
)
SLOPE, DIFFERENCE = "betahat_1", "tauhat_1 - tauhat_2"

RIGHT: list[tuple[Callable[[], MixedModel], str, tuple[str, ...]]] = [
    (lambda: tutor.regression("n"), SLOPE, (
        LINE, r"\frac{\sigma^2}{S_{xx}}", "sigma^2/S_xx", r"\sigma^2/\sum_i (x_i-\bar{x}_\cdot)^2",
        r"\sigma^2/(\sum_{i=1}^n x_i^2 - n\bar x^2)", r"\sigma^2/(\mathbf{x}'(\mathbf{I}-\frac1n\mathbf{J})\mathbf{x})",
        r"\sigma^2/\sum_{i=1}^n x_i(x_i-\bar x)",
    )),
    (lambda: tutor.regression(4), SLOPE, (r"\sigma^2/\sum_{i=1}^4 (x_i-\bar x)^2", "sigma^2/S_xx")),
    (lambda: tutor.regression([1, 2, 4]), SLOPE, ("sigma^2/S_xx", "3 sigma^2/14")),
    (lambda: tutor.random_intercepts("g", "n"), SLOPE, ("sigma^2/(g S_xx)", LINE.replace("^2/", "^2/g/"))),
    (lambda: tutor.random_slopes("g", "n"), SLOPE, ("sigma_u1^2/g + sigma^2/(g S_xx)",)),
    (lambda: tutor.ancova("t", "r"), DIFFERENCE, (
        OF_TREATMENTS, "2 sigma^2/r + sigma^2 (xbar_1. - xbar_2.)^2/E_xx",
        r"\sigma^2\left(\frac2r + \frac{(\bar x_{1\cdot}-\bar x_{2\cdot})^2}{E_{xx}}\right)",
    )),
    (lambda: tutor.ancova(2, 3), DIFFERENCE, (OF_TREATMENTS,)),
]  # fmt: skip

WRONG: list[tuple[Callable[[], MixedModel], str, tuple[str, ...]]] = [
    (lambda: tutor.regression("n"), SLOPE, (
        r"\sigma^2/\sum_{i=1}^n (x_i+\bar x)^2", "sigma^2/(n S_xx)", "sigma/S_xx", r"\sigma^2/\sum_{i=1}^n x_i^2",
        r"\sigma^2/\sum_{i=1}^{n} (x_i-x_1)^2",
    )),
    (lambda: tutor.regression(4), SLOPE, (r"\sigma^2/\sum_{i=1}^4 x_i^2", "sigma^2 S_xx")),
    (lambda: tutor.random_intercepts("g", "n"), SLOPE, ("sigma^2/S_xx", LINE)),
    (lambda: tutor.ancova("t", "r"), DIFFERENCE, (
        "2 sigma^2/r", "2 sigma^2/r + sigma^2 (xbar_1. + xbar_2.)^2/E_xx",
        OF_TREATMENTS.replace(r"x_{i\cdot}", "x_{1\\cdot}"),
    )),
]  # fmt: skip


def cases(table: list[tuple[Callable[[], MixedModel], str, tuple[str, ...]]]) -> list[tuple[MixedModel, str, str]]:
    return [(make(), estimate, answer) for make, estimate, answers in table for answer in answers]


@pytest.mark.parametrize(("m", "estimate", "answer"), cases(RIGHT))
def test_what_is_right_is_accepted(m: MixedModel, estimate: str, answer: str) -> None:
    verdict = tutor.check(answer, m.Var(estimate), m)
    assert verdict.outcome == "correct", verdict


@pytest.mark.parametrize(("m", "estimate", "answer"), cases(WRONG))
def test_what_is_wrong_is_refused_with_numbers(m: MixedModel, estimate: str, answer: str) -> None:
    verdict = tutor.check(answer, m.Var(estimate), m)
    assert verdict.outcome == "incorrect", verdict
    assert "your answer is" in str(verdict)


def test_a_counterexample_tells_what_is_made_of_the_covariate() -> None:
    m = tutor.regression("n")
    assert "S_xx = " in str(tutor.check("sigma^2/(n S_xx)", m.Var(SLOPE), m))
