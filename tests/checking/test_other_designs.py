"""Answers on designs that no other table has, judged and named by what they say."""

from __future__ import annotations

import pytest

from tutor import (
    bibd,
    check,
    crossover,
    latin_square,
    nested,
    one_way,
    rcbd,
    read,
    regression,
    repeated_measures,
    split_plot,
)

DESIGNS = {
    "blocks": rcbd(treatments=4, blocks=5),
    "nested": nested(3, 2, 2),
    "split plots": split_plot(2, 4, 3),
    "groups": one_way(4, 3),
    "times": repeated_measures(3, 3),
    "letters": rcbd(treatments="t", blocks="b"),
    "square": latin_square("t"),
    "balanced": bibd("t", "b", "k"),
    "periods": crossover("n", "t"),
}

ROWS = [
    ("blocks", "V", r"Z G Z^T + \sigma^2 I_{20}", ""),
    ("blocks", "V", r"I_5 \otimes (\sigma_u^2 J_4 + \sigma^2 I_4)", ""),
    ("blocks", "V", r"\sigma^2_u (I_5 \otimes J_4) + \sigma^2 I", ""),
    ("blocks", "V", r"\mathbf{R}+\mathbf{Z}\mathbf{G}\mathbf{Z}^{\top}", ""),
    ("blocks", "V", r"\sigma^2_u I_5 \otimes 1_4 1_4' + R", ""),
    ("blocks", "V", r"J_5 \otimes (\sigma_u^2 I_4) + \sigma^2 I_{20}", "wrong"),
    ("blocks", "V", r"\sigma^2_u (J_4 \otimes I_5)+\sigma^2 I", "kronecker-swapped"),
    ("blocks", "V", "Z'GZ+R", "shapes-do-not-meet"),
    ("blocks", "V", "ZG^{-1}Z'+R", "G-for-inverse|inverse-for-G"),
    ("blocks", "V", r"\sigma^2_u ZZ'", "missing-residual"),
    ("blocks", "V", r"\sigma^2 I_{20}", "missing-random"),
    ("blocks", "V", r"\sigma_u^2 ZZ' + \sigma^2", "missing-identity|shapes-do-not-meet"),
    ("blocks", "V", r"\sigma^2 ZZ' + \sigma_u^2 I", "components-swapped"),
    ("blocks", "V", r"\sigma_u ZZ'+\sigma I", "sd-for-variance"),
    ("blocks", "V", r"I_5 \otimes (\sigma_u^2 I_4 + \sigma^2 J_4)", "wrong"),
    (
        "blocks",
        "V",
        r"I_5 \otimes (\sigma_u^2 I_4 + \sigma^2 I_4)",
        "diagonal-only|ones-for-identity|identity-for-ones",
    ),
    ("blocks", "V^{-1}", r"\sigma^{-2} I_5 \otimes (I_4 - \frac{\sigma_u^2}{\sigma^2+4\sigma_u^2}J_4)", ""),
    ("blocks", "V^{-1}", r"\sigma^{-2} I_5 \otimes (I_4 - \frac{\sigma_u^2}{\sigma^2+5\sigma_u^2}J_4)", "wrong"),
    ("blocks", "V^{-1}", "(ZGZ')^{-1}+R^{-1}", "wrong"),
    ("blocks", "V^{-1}", "V", "inverse-lost"),
    ("blocks", "V^{-1}", "R^{-1} - R^{-1}Z(Z'R^{-1}Z+G^{-1})^{-1}Z'R^{-1}", ""),
    ("blocks", "V^{-1}", "R^{-1} - R^{-1}Z(Z'R^{-1}Z+G)^{-1}Z'R^{-1}", "G-for-inverse"),
    ("blocks", "V^{-1}", "R^{-1} + R^{-1}Z(Z'R^{-1}Z+G^{-1})^{-1}Z'R^{-1}", "sign"),
    ("blocks", "Var(y_11)", r"\sigma_u^2+\sigma^2", ""),
    ("blocks", "Var(y_11)", r"\sigma^2", "missing-random"),
    ("blocks", "Var(y_11)", r"\sigma_u+\sigma", "wrong"),
    ("blocks", "Cov(y_11,y_21)", r"\sigma_u^2", ""),
    ("blocks", "Cov(y_11,y_21)", "0", "covariance-missing"),
    ("blocks", "Cov(y_11,y_21)", r"\sigma_u^2+\sigma^2", "variance-for-covariance"),
    ("blocks", "Cov(y_11,y_12)", "0", ""),
    ("blocks", "Cov(y_11,y_12)", r"\sigma_u^2", "covariance-everywhere"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"(\sigma_u^2+\sigma^2)/5", ""),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"\frac{\sigma_u^2+\sigma^2}{4}", "missing-replication"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"\sigma_u^2+\frac{\sigma^2}{5}", "missing-replication"),
    ("blocks", r"Var(\bar{y}_{1\cdot})", r"\sqrt{(\sigma_u^2+\sigma^2)/5}", "sd-for-variance"),
    ("blocks", r"Var(\bar{y}_{1\cdot}-\bar{y}_{2\cdot})", r"0.4\sigma^2", ""),
    ("blocks", r"Var(\bar{y}_{1\cdot}-\bar{y}_{2\cdot})", r"2(\sigma^2+\sigma_u^2)/5", "blocks-in-difference"),
    ("blocks", r"Var(\bar{y}_{1\cdot}-\bar{y}_{2\cdot})", r"\sigma^2/5", "factor-2"),
    ("blocks", r"Var(\bar{y}_{1\cdot}-\bar{y}_{2\cdot})", "0", "wrong"),
    ("blocks", r"\sqrt{2\sigma^2/5}", r"\sigma\sqrt{0.4}", ""),
    ("blocks", r"\sqrt{2\sigma^2/5}", r"2\sigma^2/5", "variance-for-sd"),
    ("blocks", "E(y_23)", r"\mu+\tau_2", ""),
    ("blocks", "E(y_23)", r"\mu+\tau_3", "wrong-index"),
    ("blocks", "E(y_23)", r"\mu+\tau_2+u_3", "random-in-mean"),
    ("blocks", "E(y_23)", r"\tau_2", "missing-intercept|missing-term"),
    ("blocks", "E(y)", r"X\beta", ""),
    ("blocks", "E(y)", r"X\beta+Zu", "random-in-mean"),
    ("blocks", "E(y)", r"X\beta+\varepsilon", "error-in-mean"),
    ("blocks", "E(y)", r"\beta X", "shapes-do-not-meet"),
    ("blocks", "19", "20", "off-by-one"),
    ("blocks", "12", "20", "wrong-count"),
    ("blocks", "12", "16", "wrong-count"),
    ("blocks", "12", "19", "wrong-count"),
    ("blocks", "X", "Z", "wrong"),
    ("blocks", "Z", "Z'", "transpose-lost"),
    ("nested", "V", r"I_3\otimes(\sigma_u^2 J_4 + \sigma_v^2 I_2\otimes J_2+\sigma^2 I_4)", ""),
    ("nested", "V", r"I_3\otimes(\sigma_u^2 J_4 + \sigma^2 I_4)", "missing-random"),
    ("nested", "V", r"\sigma_u^2 I_3\otimes J_4 + \sigma_v^2 I_6\otimes J_2", "missing-residual"),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2+\sigma_v^2/2+\sigma^2/4", ""),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", r"\sigma_u^2+\sigma_v^2+\sigma^2/4", "missing-replication|factor-2"),
    (
        "nested",
        r"Var(\bar{y}_{1\cdot\cdot})",
        r"\sigma_u^2+\sigma_v^2/4+\sigma^2/4",
        "factor-2|missing-replication|missing-factor",
    ),
    ("nested", r"Var(\bar{y}_{1\cdot\cdot})", r"\frac{4\sigma_u^2+2\sigma_v^2+\sigma^2}{4}", ""),
    ("nested", "Cov(y_111,y_121)", r"\sigma_u^2", ""),
    ("nested", "Cov(y_111,y_121)", r"\sigma_u^2+\sigma_v^2", "wrong"),
    ("nested", "Cov(y_111,y_112)", r"\sigma_v^2+\sigma_u^2", ""),
    ("nested", "Cov(y_111,y_112)", r"\sigma_v^2", "missing-random|missing-term"),
    ("split plots", "Var(y_111)", r"\sigma^2+\sigma_v^2+\sigma_u^2", ""),
    ("split plots", "Var(y_111)", r"\sigma^2+\sigma_u^2", "missing-random"),
    ("groups", "Corr(y_11,y_12)", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", ""),
    ("groups", "Corr(y_11,y_12)", r"\sigma_u^2", "covariance-for-correlation"),
    ("groups", "Corr(y_11,y_12)", r"1/(1+\sigma^2/\sigma_u^2)", ""),
    ("groups", "Corr(y_11,y_12)", r"\frac{\sigma^2}{\sigma_u^2+\sigma^2}", "wrong"),
    ("groups", "V", r"I_4\otimes(\sigma_u^2J_3+\sigma^2I_3)", ""),
    ("groups", "V", r"I_3\otimes(\sigma_u^2J_4+\sigma^2I_4)", "wrong-size"),
    ("times", "Cov(y_11,y_31)", r"\sigma^2\rho^2", ""),
    ("times", "Cov(y_11,y_31)", r"\sigma^2\rho", "dropped-rho-power"),
    ("times", "Cov(y_11,y_31)", r"\sigma^2\rho^3", "off-by-one"),
    ("times", "Cov(y_11,y_31)", r"\rho^2", "correlation-for-covariance"),
    ("times", "Cov(y_11,y_12)", "0", ""),
    ("letters", "V", r"I_b\otimes(\sigma_u^2J_t+\sigma^2I_t)", ""),
    ("letters", "V", r"(\sigma_u^2J_t+\sigma^2I_t)\otimes I_b", "kronecker-swapped"),
    ("letters", "V", r"I_t\otimes(\sigma_u^2J_b+\sigma^2I_b)", "wrong"),
    ("letters", "V", r"\sigma_u^2 (I_b\otimes J_t)", "missing-residual"),
    ("letters", r"Var(\bar{y}_{1\cdot})", r"\frac{\sigma^2}{b}+\frac{\sigma_u^2}{b}", ""),
    ("letters", r"Var(\bar{y}_{1\cdot})", r"\frac{\sigma^2+\sigma_u^2}{bt}", "missing-replication"),
    ("letters", r"Var(\bar{y}_{1\cdot})", r"\sigma^2+\sigma_u^2", "missing-replication"),
    ("letters", "(b-1)(t-1)", "bt-b-t+1", ""),
    ("letters", "(b-1)(t-1)", "bt-b-t", "off-by-one"),
    ("letters", "(b-1)(t-1)", "bt-1", "wrong-count"),
    ("square", r"X_\tau' X_\tau", "t I_t", ""),
    ("square", r"X_\tau' 1", "t 1_t", ""),
    ("square", r"X_\tau' Z Z' X_\tau", "2t J_t", ""),
    ("square", r"X_\tau' X_\tau", "J_t", "wrong"),
    ("balanced", r"X_\tau' X_\tau", r"\frac{bk}{t} I_t", ""),
    ("balanced", r"X_\tau' Z Z' X_\tau", r"\frac{bk}{t}(1 - \frac{k-1}{t-1}) I_t + \frac{bk(k-1)}{t(t-1)} J_t", ""),
    ("balanced", r"X_\tau' Z Z' X_\tau", r"\frac{bk}{t} I_t + \frac{bk(k-1)}{t(t-1)} J_t", "wrong"),
    ("periods", r"X_\tau' Z Z' X_\tau", r"n s J_t", ""),
]
"""A design, what is asked for, an answer, and the names that its slip may have: none for a right answer, "wrong" for
one that shows no slip of the table, or several."""


@pytest.mark.parametrize(("design", "asked", "answer", "slips"), ROWS)
def test_an_answer_on_another_design_is_judged_and_named(design: str, asked: str, answer: str, slips: str) -> None:
    names = DESIGNS[design].vocabulary
    tree = read(asked, names).tree
    assert tree is not None
    verdict = check(answer, tree, names)
    assert verdict.correct is (not slips), verdict.feedback
    if slips and slips != "wrong":
        assert verdict.misconception in slips.split("|"), verdict.feedback


@pytest.mark.parametrize(("answer", "is_right"), [
    (r"\sigma^2/S_{xx}", True),
    (r"\sigma^2/(x'(I - J/n)x)", True),
    (r"\sigma^2/(x'x)", False),
])  # fmt: skip
def test_a_sum_of_squares_is_that_of_the_covariate(answer: str, is_right: bool) -> None:
    m = regression("n")
    variance = m.derive("Var(betahat_1)").result
    names = None if "S" in answer else m.vocabulary
    assert check(answer, variance, names).correct is is_right
