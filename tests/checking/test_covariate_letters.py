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
        r"\sigma^2/\sum_{i=1}^n x_i(x_i-\bar x)", "σ²/S_xx, S_xx = Σ(x_i − x̄)²", "σ²/Sxx with Sxx = sum (x_i - xbar)^2",
        r"\sigma^2/S_{xx},\ S_{xx} = \sum_i (x_i-\bar{x})^2", "σ²/SS_x", "sigma^2/sum((x - mean(x))^2)",
        "sigma^2/(sum x_i^2 - n xbar^2)", "n*sigma^2/(n*sum(x_i^2) - (sum x_i)^2)", "s2/np.sum((x - x.mean())**2)",
        r"\sigma^2/\sum (x_i-\bar x)^2", "σ²/(Σx² − n x̄²)", "σ²/(Σxᵢ² − n x̄²)",
        "sigma^2/((x**2).sum() - n*x.mean()**2)",
    )),
    (lambda: tutor.regression(4), SLOPE, (r"\sigma^2/\sum_{i=1}^4 (x_i-\bar x)^2", "sigma^2/S_xx")),
    (lambda: tutor.regression([1, 2, 4]), SLOPE, ("sigma^2/S_xx", "3 sigma^2/14")),
    (lambda: tutor.random_intercepts("g", "n"), SLOPE, ("sigma^2/(g S_xx)", LINE.replace("^2/", "^2/g/"))),
    (lambda: tutor.random_slopes("g", "n"), SLOPE, ("sigma_u1^2/g + sigma^2/(g S_xx)",)),
    (lambda: tutor.random_slopes(3, [0, 1, 2]), SLOPE, (
        "sigma_u1^2/3 + sigma^2/(3 S_xx)", "sigma_u1^2/3 + sigma^2/(3 sum (x_i - xbar)^2)",
        "sigma_u1^2/3 + sigma^2/(3(x_1² + x_2² + x_3² − 3x̄²))",
    )),
    (lambda: tutor.ancova("t", "r"), DIFFERENCE, (
        OF_TREATMENTS, "2 sigma^2/r + sigma^2 (xbar_1. - xbar_2.)^2/E_xx",
        r"\sigma^2\left(\frac2r + \frac{(\bar x_{1\cdot}-\bar x_{2\cdot})^2}{E_{xx}}\right)",
    )),
    (lambda: tutor.ancova(2, 3), DIFFERENCE, (OF_TREATMENTS,)),
]  # fmt: skip

WRONG: list[tuple[Callable[[], MixedModel], str, tuple[str, ...]]] = [
    (lambda: tutor.regression("n"), SLOPE, (
        r"\sigma^2/\sum_{i=1}^n (x_i+\bar x)^2", "sigma^2/(n S_xx)", "sigma/S_xx", r"\sigma^2/\sum_{i=1}^n x_i^2",
        r"\sigma^2/\sum_{i=1}^{n} (x_i-x_1)^2", "σ²/S_xx, S_xx = Σx_i²", "σ²/S_xx with S_xx = Σ(x_i − x̄)²/n",
        "sigma^2/sum(x^2)", "sigma^2/(sum x_i)^2", "σ²/Σx²",
    )),
    (lambda: tutor.random_slopes(3, [0, 1, 2]), SLOPE, ("sigma_u1^2/3 + sigma^2/S_xx",)),
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


def test_a_square_behind_a_sum_that_may_be_that_of_its_terms_is_not_read() -> None:
    m = tutor.regression("n")
    verdict = tutor.check("sigma^2/sum(x_i)^2", m.Var(SLOPE), m)
    assert verdict.outcome == "unreadable" and "(sum_i …)^2" in verdict.feedback


@pytest.mark.parametrize(
    "answer",
    [
        "[n Σx_i; Σx_i Σx_i²]", "[[n, sum x_i],[sum x_i, sum x_i^2]]", "[n Σx; Σx Σx²]", "[n nx̄; nx̄ Σx_i²]",
        "matrix(c(n, sum(x), sum(x), sum(x^2)), 2, 2)", "rbind(c(n, sum(x)), c(sum(x), sum(x^2)))",
        "np.array([[n, x.sum()],[x.sum(), (x**2).sum()]])",
        r"\begin{bmatrix} n & \sum x_i \\ \sum x_i & \sum x_i^2 \end{bmatrix}",
    ],
)  # fmt: skip
def test_cells_may_be_sums_without_an_index(answer: str) -> None:
    m = tutor.regression("n")
    assert tutor.check(answer, "X'X", m).correct is True
    assert tutor.check(answer.replace("n", "2n", 1).replace("np.2n", "np.n"), "X'X", m).correct is not True
