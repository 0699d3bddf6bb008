"""A wrong answer is not called by a slip that it does not show, though it looks alike."""

from __future__ import annotations

import pytest

from tests.checking.misconceptions.designs import Answer, answer, changed, put, reference, rows_in_order, vocabulary
from tests.checking.misconceptions.test_named import NAMED
from tutor import check
from tutor.checking.misconceptions.table import MISCONCEPTIONS

V_OF_BLOCKS: list[tuple[str, str, Answer]] = [
    ("blocks", "V", "3ZGZ' + R"),
    ("blocks", "V", r"\sigma_u^6 ZZ' + \sigma^2 I"),
    ("blocks", "V", "ZGZ' + 5I"),
    ("more blocks", "V", changed(lambda i, j, x: x + i + j)),
    ("more blocks", "V", "ZGZ'ZGZ' + R"),
    ("blocks by letters", "V", r"\sigma^6 I_b \otimes J_t + \sigma_u I"),
    ("times", "V", changed(lambda i, j, x: x + (i == j) * (i + 1))),
    ("unequal groups", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'V^{-1}X)^{-1}X'V^{-1}RV^{-1}y"),
    ("blocks by letters", r"2\sigma^2/b", r"\frac{7\sigma^2 + \sigma_u^4}{b^3}"),
    ("split plots", "V", "ZGZ'R"),
    ("lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(3\mu) + \sigma_u^2"),
]
"""Wrong answers that are none of the slips of the table; they have no name, or that of the cells alone."""

ALIKE: list[tuple[str, str, str, Answer]] = [
    ("missing-residual", "blocks", "V", "R"),
    ("missing-residual", "blocks", "V", r"\sigma_u ZZ' + R"),
    ("missing-random", "blocks", "V", "ZGZ'"),
    ("missing-random", "blocks by letters", "V", r"(\sigma^2 + \sigma_u^2) I"),
    ("missing-term", "blocks", "V", "ZGZ'"),
    ("missing-term", "unequal groups", r"GZ'V^{-1}(y - X\beta)", "GZ'V^{-1}y"),
    ("missing-factor", "lecture", "X'V^{-1}X", "X'X"),
    ("missing-factor", "blocks", "V", r"\sigma_u^2 ZZ' + \sigma I"),
    ("missing-component-on-diagonal", "blocks", "V", r"\sigma^2 I_6"),
    ("missing-component-on-diagonal", "blocks", "V", put(lambda x: 2 * x, (0, 0), (1, 1))),
    ("missing-identity", "blocks", "V", r"\sigma^2"),
    ("missing-identity", "plots", "R", r"2\sigma^2"),
    ("missing-intercept", "line", "X", r"\begin{bmatrix} 1 & 0 \\ 2 & 0 \\ 4 & 0 \end{bmatrix}"),
    ("missing-intercept", "blocks", "E(y_11)", r"\mu"),
    ("missing-replication", "blocks by letters", r"2\sigma^2/b", r"2\sigma/b"),
    ("missing-replication", "blocks", r"\frac{2\sigma^2}{3}", r"\frac{\sigma^2}{3}"),
    ("wrong-count", "more blocks", "9", "3"),
    ("wrong-count", "blocks by letters", "b - 1", "b"),
    ("factor-2", "more blocks", "6", "12"),
    ("transpose-lost", "square", "AB", "BA"),
    ("transpose-lost", "blocks", "V", "ZGZ'"),
    ("transpose-misplaced", "square", "ABA'", "ABA"),
    ("transpose-misplaced", "square", "AB", "BA"),
    ("order-swapped", "square", "ABA'", "A'BA"),
    ("order-swapped", "square", "ABC", "AB"),
    ("parentheses-lost", "square", "(A + B)^{-1}", "A^{-1} + B^{-1}"),
    ("parentheses-lost", "blocks", "V", "ZGZ' + R^{-1}"),
    ("inverse-lost", "lecture", "V^{-1}", "R^{-1}"),
    ("inverse-lost", "lecture", "Z'R^{-1}Z + G^{-1}", "Z'R^{-1}Z + G"),
    ("inverse-of-sum", "lecture", "V^{-1}", "R^{-1}"),
    ("inverse-of-sum", "square", "(AB)^{-1}", "A^{-1}B^{-1}"),
    ("elementwise-inverse", "blocks", "V^{-1}", "V"),
    ("elementwise-inverse", "blocks", "V^{-1}", "-V"),
    ("singular-inverse", "blocks", "V^{-1}", "R^{-1}"),
    ("singular-inverse", "blocks", "V^{-1}", "V"),
    ("G-for-inverse", "blocks", "V", "ZG^{-1}Z' + R"),
    ("G-for-inverse", "lecture", "Z'R^{-1}Z + G^{-1}", "Z'RZ + G^{-1}"),
    ("inverse-for-G", "lecture", "Z'R^{-1}Z + G^{-1}", "Z'R^{-1}Z + G"),
    ("inverse-for-G", "blocks", "V", "ZGZ' + R^{-1}"),
    ("inverse-for-R", "blocks", "V", "ZG^{-1}Z' + R"),
    ("inverse-for-R", "blocks", "V", "V^{-1}"),
    ("R-for-V", "blocks", "V", "R"),
    ("R-for-V", "unequal groups", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'R^{-1}X)^{-1}X'R^{-1}y"),
    ("ols-for-gls", "unequal groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'R^{-1}(y - X\beta)"),
    ("ols-for-gls", "unequal groups", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'VX)^{-1}X'V^{-1}y"),
    ("sd-for-variance", "blocks", "V", r"\sigma_u^4 ZZ' + R"),
    ("sd-for-variance", "blocks", r"\sqrt{2\sigma^2/3}", r"2\sigma^2/3"),
    ("variance-for-sd", "blocks", "Var(y_11)", r"\sigma + \sigma_u"),
    ("variance-for-sd", "blocks by letters", r"2\sigma^2/b", r"4\sigma^2/b"),
    ("forgot-square", "blocks", "V", r"\sigma_u ZZ' + R"),
    ("forgot-square", "lecture", r"(y_1 - \mu)^2", r"2(y_1 - \mu)^2"),
    ("squared-twice", "blocks", "V", r"\sigma_u ZZ' + R"),
    ("squared-twice", "blocks", "V", r"\sigma_u^6 ZZ' + R"),
    ("components-swapped", "blocks", "V", r"\sigma_u^2 ZZ' + \sigma_u^2 I + R"),
    ("components-swapped", "nested", "Var(y_111)", r"\sigma_u^2 + \sigma_v^2"),
    ("covariance-missing", "blocks", "V", r"(\sigma^2 + \sigma_u^2) I"),
    ("covariance-missing", "blocks", "V", put(lambda x: 0 * x, (0, 1))),
    ("diagonal-only", "blocks", "V", r"\sigma^2 I"),
    ("diagonal-only", "blocks", "V", changed(lambda i, j, x: 0 if max(i, j) < 4 and i != j else x)),
    ("covariance-everywhere", "blocks", "V", rows_in_order(0, 2, 4, 1, 3, 5)),
    ("covariance-everywhere", "blocks", "Cov(y_11, y_21)", r"\sigma_u^2 + \sigma^2"),
    ("wrong-grouping", "blocks", "V", r"(\sigma^2 I_2 + \sigma_u^2 J_2) \otimes I_3"),
    ("wrong-grouping", "blocks", "V", r"\sigma_u^2 J + R"),
    ("wrong-structure", "times", "V", "2V"),
    ("wrong-structure", "times", "V", r"\sigma^2 I"),
    ("dropped-rho-power", "times", "Cov(y_11, y_21)", r"\rho"),
    ("dropped-rho-power", "times", "Cov(y_11, y_41)", r"\sigma^2\rho^2"),
    ("off-by-one", "times", "Cov(y_11, y_41)", r"\sigma^2\rho"),
    ("off-by-one", "blocks by letters", r"2\sigma^2/b", r"2\sigma^2/t"),
    ("correlation-for-covariance", "blocks", "V", "ZZ' + R"),
    ("correlation-for-covariance", "plots", "R", "I_{12}"),
    ("covariance-for-correlation", "blocks", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", r"\sigma^2"),
    ("covariance-for-correlation", "blocks", "Cov(y_11, y_21)", r"\sigma^2 + \sigma_u^2"),
    ("variance-for-covariance", "blocks", "Var(y_11)", r"\sigma^2"),
    ("variance-for-covariance", "blocks", "Cov(y_11, y_12)", r"\sigma_u^2"),
    ("asymmetric", "blocks", "V", put(lambda x: 0 * x, (0, 1), (1, 0))),
    ("asymmetric", "blocks", "Z", r"1_2 \otimes I_3"),
    ("one-entry", "blocks", "V", put(lambda x: 0 * x, (0, 1), (1, 0), (2, 3), (3, 2))),
    ("one-entry", "blocks", "V", put(lambda x: 2 * x, (0, 0), (1, 1))),
    ("identity-for-ones", "blocks", "V", r"I_3 \otimes (\sigma^2 J_2 + \sigma_u^2 J_2)"),
    ("identity-for-ones", "blocks", "V", r"\sigma^2 I"),
    ("ones-for-identity", "blocks", "V", r"I_3 \otimes (\sigma^2 I_2 + \sigma_u^2 I_2)"),
    ("ones-for-identity", "blocks", "V", r"\sigma_u^2 J + \sigma^2 I"),
    ("ones-matrix-for-vector", "blocks", "Z", r"1_2 \otimes I_3"),
    ("ones-matrix-for-vector", "blocks", "Z", "I_6"),
    ("kronecker-swapped", "blocks", "V", r"I_2 \otimes (\sigma^2 I_3 + \sigma_u^2 J_3)"),
    ("kronecker-swapped", "blocks", "V", rows_in_order(0, 2, 4, 1, 3, 5)),
    ("wrong-size", "blocks", "V", r"(\sigma^2 I_2 + \sigma_u^2 J_2) \otimes I_3"),
    ("wrong-size", "blocks", "V", "ZGZ'"),
    ("wrong-index", "blocks", "Cov(y_11, y_21)", r"\sigma^2"),
    ("wrong-index", "blocks", "E(y_11)", r"\mu - \tau_1"),
    ("wrong-comparison", "blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"\frac{2(\sigma^2 + \sigma_u^2)}{3}"),
    ("wrong-comparison", "split plots", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\sigma^4"),
    ("random-in-mean", "blocks", r"X\beta", r"X\beta + \varepsilon"),
    ("random-in-mean", "blocks", r"X\beta", r"2X\beta + Zu"),
    ("error-in-mean", "blocks", r"X\beta", r"X\beta + Zu"),
    ("error-in-mean", "blocks", r"X\beta", r"X\beta + \varepsilon + X\beta"),
    ("mean-in-variance", "blocks", "V", "ZGZ'"),
    ("mean-in-variance", "blocks", "Var(y_11)", r"\mu + \sigma^2"),
    ("mean-not-subtracted", "unequal groups", r"GZ'V^{-1}(y - X\beta)", r"-GZ'V^{-1}X\beta"),
    ("mean-not-subtracted", "unequal groups", r"GZ'V^{-1}(y - X\beta)", r"Z'V^{-1}(y - X\beta)"),
    ("fixed-random-confused", "blocks", "X", "I_6"),
    ("fixed-random-confused", "blocks", "Z", r"1_2 \otimes I_3"),
    ("factor-2", "blocks", "V", "3ZGZ' + R"),
    ("factor-2", "blocks by letters", r"2\sigma^2/b", r"2\sigma^2"),
    ("sign", "blocks", "V", "-2ZGZ' + R"),
    ("sign", "blocks", "Var(y_11)", r"\sigma^2"),
    ("sum-of-sd", "blocks", r"\sqrt{\sigma^2 + \sigma_u^2}", r"\sqrt{\sigma^2}"),
    ("sum-of-sd", "blocks", r"\sqrt{\sigma^2 + \sigma_u^2}", r"\sigma^2 + \sigma_u^2"),
    ("blocks-in-difference", "blocks", "Var(y_11)", r"2\sigma^2 + \sigma_u^2"),
    ("blocks-in-difference", "blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"\frac{2\sigma_u^2}{3}"),
    ("scalar-rule", "blocks", "Var(3y_11)", r"9\sigma^2"),
    ("scalar-rule", "slopes", r"9\sigma_{u1}^2", r"\sigma_{u1}^2"),
    ("variance-of-sum", "blocks", "Var(y_11 - y_21)", r"2\sigma^2 + 2\sigma_u^2"),
    ("variance-of-sum", "blocks", "Var(y_11 + y_21)", r"2\sigma^2"),
    ("ml-for-reml", "lecture", r"\frac{y'y}{n - p}", r"\frac{y'y}{p}"),
    ("ml-for-reml", "blocks by letters", r"2\sigma^2/b", r"2\sigma^2/t"),
    ("conditional-for-marginal", "lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\mu)"),
    ("conditional-for-marginal", "blocks", r"X\beta", r"X\beta + Zu"),
    ("link-forgotten", "lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\mu)"),
    ("link-forgotten", "lecture", r"\exp(\mu)", r"2\mu"),
    ("jensen", "lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\sigma_u^2/2)"),
    ("jensen", "lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\mu + \sigma_u^2)"),
    ("extra-term", "blocks", "ZGZ'", "R"),
    ("extra-term", "blocks", "V", "ZGZ' + 2R"),
]
"""The slip, a design, what is asked for, a wrong answer that does not show it."""


@pytest.mark.parametrize(("key", "design", "asked", "given"), ALIKE)
def test_a_wrong_answer_is_not_called_by_a_slip_that_it_does_not_show(
    key: str, design: str, asked: str, given: Answer
) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect", verdict.feedback
    assert verdict.misconception != key


@pytest.mark.parametrize(("design", "asked", "given"), V_OF_BLOCKS)
def test_what_shows_no_slip_has_no_name(design: str, asked: str, given: Answer) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect", verdict.feedback
    assert verdict.misconception is None


JUDGED_ELSEWHERE = frozenset(
    {"wrong-dimension", "mean-variance-swapped", "shapes-do-not-meet", "lower-case", "not-bold", "column-order"}
)
"""Slips of dimensions, distributions and letters, and sums that do not exist: they are no edits of an expression."""


def test_every_slip_of_an_expression_has_four_answers_that_show_it_and_two_that_do_not() -> None:
    keys = set(MISCONCEPTIONS) - JUDGED_ELSEWHERE
    assert len(keys) >= 45
    assert set(NAMED) == keys
    assert all(len(rows) >= 4 for rows in NAMED.values())
    alike = [key for key, *_ in ALIKE]
    assert all(alike.count(key) >= 2 for key in keys)
