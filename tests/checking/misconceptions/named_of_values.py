"""Wrong answers by the slip that they show: slips in parameters, cells, quantities and rivals of the model."""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.misconceptions.designs import Answer, changed, put, rows_in_order

Rows = list[tuple[str, str, Answer]]
"""Design, what is asked for, the wrong answer."""

s2, su, sv = sympy.symbols("sigma2 sigma2_u sigma2_v", positive=True)
rho = sympy.Symbol("rho", real=True)


def _correlations(V: Any) -> Any:
    return sympy.Matrix(V.rows, V.cols, lambda i, j: V[i, j] / sympy.sqrt(V[i, i] * V[j, j]))


def _same_level(size: int) -> Answer:
    """Covariances where rows leave the same rest, not where they are next to each other."""
    return changed(lambda i, j, x: x if i == j else su if i % size == j % size else 0)


NAMED: dict[str, Rows] = {
    "sd-for-variance": [
        ("blocks", "V", r"\sigma_u ZZ' + \sigma I"),
        ("blocks by letters", "V", r"I_b \otimes (\sigma^2 I_t + \sigma_u J_t)"),
        ("split plots", "V", r"\sigma^2 I_{12} + \sigma_v I_4 \otimes J_3 + \sigma_u^2 I_2 \otimes J_6"),
        ("plots", "V", r"\sigma I"),
        ("blocks", "Var(y_11)", r"\sigma + \sigma_u"),
        ("blocks by letters", r"2\sigma^2/b", r"2\sigma/b"),
        ("groups", "V", changed(lambda i, j, x: x.subs({s2: sympy.sqrt(s2), su: sympy.sqrt(su)}))),
    ],
    "variance-for-sd": [
        ("blocks", r"\sqrt{2\sigma^2/3}", r"2\sigma^2/3"),
        ("blocks by letters", r"\sqrt{\frac{2\sigma^2}{b}}", r"\frac{2\sigma^2}{b}"),
        ("split plots", r"\sqrt{\sigma^2 + \sigma_v^2}", r"\sigma^2 + \sigma_v^2"),
        ("plots", r"\sigma/2", r"\sigma^2/4"),
    ],
    "squared-twice": [
        ("blocks", "V", r"\sigma_u^4 ZZ' + \sigma^4 I"),
        ("blocks", "V", r"\sigma_u^4 ZZ' + \sigma^2 I"),
        ("plots", "R", r"\sigma^4 I"),
        ("blocks by letters", "V", r"I_b \otimes (\sigma^4 I_t + \sigma_u^4 J_t)"),
        ("blocks by letters", "Var(y_11)", r"\sigma^4 + \sigma_u^4"),
    ],
    "forgot-square": [
        ("lecture", r"\mu + \tau^2", r"\mu + \tau"),
        ("lecture", r"(y_1 - \mu)^2 + (y_2 - \mu)^2", r"(y_1 - \mu) + (y_2 - \mu)^2"),
        ("lecture", r"\frac{\mu^2}{2}", r"\frac{\mu}{2}"),
        ("lecture", r"(y_1 - \mu)^2", r"y_1 - \mu"),
    ],
    "components-swapped": [
        ("blocks", "V", r"\sigma^2 ZZ' + \sigma_u^2 I"),
        ("blocks by letters", "V", r"I_b \otimes (\sigma_u^2 I_t + \sigma^2 J_t)"),
        ("split plots", "V", r"\sigma^2 I_{12} + \sigma_u^2 I_4 \otimes J_3 + \sigma_v^2 I_2 \otimes J_6"),
        ("split plots", "V", r"\sigma_u^2 I_{12} + \sigma^2 I_4 \otimes J_3 + \sigma_v^2 I_2 \otimes J_6"),
        ("blocks", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", r"\frac{\sigma^2}{\sigma_u^2+\sigma^2}"),
        ("blocks", "Cov(y_11, y_21)", r"\sigma^2"),
    ],
    "covariance-missing": [
        ("split plots", "V", changed(lambda i, j, x: 0 if x == su and i // 6 == j // 6 else x)),
        ("blocks", "V", changed(lambda i, j, x: 0 if i != j and max(i, j) < 4 else x)),
        ("more blocks", "V", changed(lambda i, j, x: 0 if abs(i - j) == 2 else x)),
        ("times", "V", changed(lambda i, j, x: 0 if abs(i - j) > 1 else x)),
        ("nested", "V", changed(lambda i, j, x: 0 if x == su else x)),
    ],
    "diagonal-only": [
        ("blocks", "V", r"(\sigma^2 + \sigma_u^2) I"),
        ("blocks by letters", "V", r"(\sigma^2 + \sigma_u^2) I"),
        ("times", "V", r"\sigma^2 I_8"),
        ("slopes", r"\Sigma_u", changed(lambda i, j, x: x if i == j else 0)),
        ("nested", "V", changed(lambda i, j, x: x if i == j else 0)),
    ],
    "covariance-everywhere": [
        ("blocks", "V", r"\sigma_u^2 J_6 + \sigma^2 I_6"),
        ("more blocks", "V", r"\sigma_u^2 J + \sigma^2 I"),
        ("groups", "V", changed(lambda i, j, x: su if x == 0 else x)),
        ("blocks", "Cov(y_11, y_12)", r"\sigma_u^2"),
        ("blocks by letters", "V", r"\sigma_u^2 J + \sigma^2 I"),
    ],
    "wrong-grouping": [
        ("blocks", "V", _same_level(2)),
        ("more blocks", "V", _same_level(3)),
        ("blocks", "V", rows_in_order(0, 2, 4, 1, 3, 5)),
        ("more blocks", "Z", rows_in_order(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11)),
        ("blocks", "V", r"\sigma^2 I_6 + \sigma_u^2 J_3 \otimes I_2"),
        ("blocks by letters", "V", r"\sigma^2 I + \sigma_u^2 J_b \otimes I_t"),
    ],
    "wrong-structure": [
        ("times", "V", r"\sigma^2 I_2 \otimes ((1 - \rho) I_4 + \rho J_4)"),
        ("times", r"\Sigma_e", changed(lambda i, j, x: s2 if i == j else s2 * rho)),
        ("times, compound symmetry", r"\Sigma_e", changed(lambda i, j, x: s2 * rho ** abs(i - j))),
        ("times, compound symmetry", "V", changed(lambda i, j, x: s2 * rho ** abs(i - j) if i // 4 == j // 4 else 0)),
        ("times, unstructured", r"\Sigma_e", changed(lambda i, j, x: x.subs(x, _entry(i, j)))),
    ],
    "dropped-rho-power": [
        ("times", "Cov(y_11, y_31)", r"\sigma^2\rho"),
        ("times", "Cov(y_11, y_41)", r"\sigma^2\rho"),
        ("times", r"\rho^3", r"\rho"),
        ("times", "Corr(y_11, y_31)", r"\rho"),
    ],
    "off-by-one": [
        ("times", "Cov(y_11, y_31)", r"\sigma^2\rho^3"),
        ("times", "V", changed(lambda i, j, x: x if i == j else x * rho)),
        ("times", r"\Sigma_e", changed(lambda i, j, x: x * rho)),
        ("times", "Cov(y_11, y_41)", r"\sigma^2\rho^2"),
        ("blocks by letters", r"\frac{2\sigma^2}{b}", r"\frac{2\sigma^2}{b - 1}"),
    ],
    "correlation-for-covariance": [
        ("blocks", "V", _correlations),
        ("blocks", "Cov(y_11, y_21)", r"\frac{\sigma_u^2}{\sigma^2 + \sigma_u^2}"),
        ("times", "V", r"\frac{1}{\sigma^2} V"),
        ("slopes", r"\Sigma_u", _correlations),
        ("times", "Cov(y_11, y_21)", r"\rho"),
    ],
    "covariance-for-correlation": [
        ("blocks", r"\frac{\sigma_u^2}{\sigma_u^2+\sigma^2}", r"\sigma_u^2"),
        ("blocks by letters", "Corr(y_11, y_21)", r"\sigma_u^2"),
        ("nested", "Corr(y_111, y_112)", r"\sigma_u^2 + \sigma_v^2"),
        ("times", "Corr(y_11, y_21)", r"\sigma^2\rho"),
    ],
    "variance-for-covariance": [
        ("blocks", "Cov(y_11, y_21)", r"\sigma^2 + \sigma_u^2"),
        ("blocks by letters", "Cov(y_11, y_21)", r"\sigma^2 + \sigma_u^2"),
        ("nested", "Cov(y_111, y_121)", r"\sigma^2 + \sigma_u^2 + \sigma_v^2"),
        ("times", "Cov(y_11, y_21)", r"\sigma^2"),
        ("groups", "Cov(y_11, y_21)", r"\sigma^2 + \sigma_u^2"),
    ],
    "asymmetric": [
        ("blocks", "V", put(lambda x: 0 * x, (0, 1))),
        ("more blocks", "V", changed(lambda i, j, x: 0 if i > j else x)),
        ("times", "V", changed(lambda i, j, x: x if i <= j else x / 2)),
        ("groups", "V", put(lambda x: x + su, (2, 0), (4, 1))),
    ],
    "one-entry": [
        ("blocks", "V", put(lambda x: 0 * x, (0, 1), (1, 0))),
        ("more blocks", "V", put(lambda x: x + su, (3, 3))),
        ("line", "X", r"\begin{bmatrix} 1 & 1 \\ 1 & 2 \\ 1 & 5 \end{bmatrix}"),
        ("times", "V", put(lambda x: x * rho, (0, 3), (3, 0))),
        ("groups", "Z", put(lambda x: 1 - x, (0, 2))),
    ],
    "missing-replication": [
        ("blocks", r"2\sigma^2/3", r"2\sigma^2"),
        ("blocks by letters", r"2\sigma^2/b", r"2\sigma^2"),
        ("blocks by letters", r"2\sigma^2/b", r"2\sigma^2/t"),
        ("blocks by letters", r"2\sigma^2/b", r"\frac{2\sigma^2}{bt}"),
        ("plots", r"\sigma^2/4", r"\sigma^2"),
        ("more blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"2\sigma^2/3"),
        ("split plots by letters", r"\frac{2(s\sigma_v^2 + \sigma^2)}{rs}", r"2(s\sigma_v^2 + \sigma^2)"),
    ],
    "wrong-count": [
        ("more blocks", "3", "6"),
        ("more blocks", "6", "12"),
        ("blocks by letters", "(b - 1)(t - 1)", "bt - 1 - b"),
        ("blocks by letters", "b - 1", "2(b - 1)"),
        ("blocks by letters", "b", "t"),
    ],
    "wrong-index": [
        ("blocks", "E(y_11)", r"\mu + \tau_2"),
        ("times, unstructured", "Cov(y_11, y_21)", r"\sigma_{13}"),
        ("times, unstructured", "Var(y_11)", r"\sigma^2_2"),
        ("split plots", "E(y_111)", r"\mu + \tau_1 + \alpha_2 + (\tau\alpha)_{11}"),
    ],
    "wrong-comparison": [
        ("split plots", r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})", r"\frac{\sigma^2}{2}"),
        ("split plots", r"Var(\bar{y}_{\cdot 1\cdot} - \bar{y}_{\cdot 2\cdot})", r"\frac{3\sigma_v^2 + \sigma^2}{3}"),
        ("split plots", r"Var(\bar{y}_{11\cdot} - \bar{y}_{12\cdot})", r"\sigma_v^2 + \sigma^2"),
        ("split plots", r"Var(\bar{y}_{11\cdot} - \bar{y}_{21\cdot})", r"\sigma^2"),
    ],
    "sum-of-sd": [
        ("blocks", r"\sqrt{\sigma^2 + \sigma_u^2}", r"\sigma + \sigma_u"),
        ("blocks", r"\sqrt{\frac{2\sigma^2}{3}}", r"\frac{2\sigma}{\sqrt{3}}"),
        ("split plots", r"\sqrt{\sigma^2 + \sigma_v^2}", r"\sigma + \sigma_v"),
        ("blocks by letters", r"\sqrt{\frac{\sigma^2 + \sigma_u^2}{b}}", r"\frac{\sigma + \sigma_u}{\sqrt{b}}"),
    ],
    "blocks-in-difference": [
        ("blocks", r"Var(\bar{y}_{1\cdot} - \bar{y}_{2\cdot})", r"\frac{2(\sigma^2+\sigma_u^2)}{3}"),
        ("blocks by letters", r"2\sigma^2/b", r"\frac{2(\sigma^2+\sigma_u^2)}{b}"),
        ("more blocks", "Var(y_11 - y_21)", r"2\sigma^2 + 2\sigma_u^2"),
        ("blocks", "Var(y_11 - y_21)", r"2\sigma^2 + \sigma_u^2"),
    ],
    "ml-for-reml": [
        ("lecture", r"\frac{y'y}{n - p}", r"\frac{y'y}{n}"),
        ("plots by letters", r"\frac{y'y}{rt - t}", r"\frac{y'y}{rt}"),
        ("plots", r"\frac{y'y}{9}", r"\frac{y'y}{12}"),
        ("line", r"\frac{y'y}{1}", r"\frac{y'y}{3}"),
    ],
    "link-forgotten": [
        ("lecture", r"\exp(\mu + \tau_1)", r"\mu + \tau_1"),
        ("lecture", r"\exp(\eta_1)", r"\eta_1"),
        ("lecture", r"\exp(\mu + \sigma_u^2/2)", r"\mu"),
        ("lecture", r"\frac{1}{1 + \exp(-\eta_1)}", r"\eta_1"),
    ],
    "jensen": [
        ("lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\mu)"),
        ("lecture", r"\exp(\mu + \tau_1 + \frac{\sigma_u^2}{2})", r"\exp(\mu + \tau_1)"),
        ("lecture", r"3\exp(\mu + \sigma_u^2/2)", r"3\exp(\mu)"),
        ("blocks", r"\exp(\mu + \frac{\sigma_u^2 + \sigma^2}{2})", r"\exp(\mu)"),
    ],
    "conditional-for-marginal": [
        ("lecture", r"\exp(\mu + \sigma_u^2/2)", r"\exp(\mu + u_1)"),
        ("blocks", r"\exp(\mu + \tau_1 + \sigma_u^2/2)", r"\exp(\mu + \tau_1 + u_1)"),
        ("lecture", r"\exp(\eta + \sigma_u^2/2)", r"\exp(\eta + u_j)"),
        ("lecture", r"4\exp(\mu + \sigma_u^2/2)", r"4\exp(\mu + u_2)"),
    ],
}


def _entry(i: int, j: int) -> Any:
    """A covariance for each distance, in the letters of an unstructured matrix."""
    return (sympy.Symbol("sigma2_1", positive=True), *sympy.symbols("sigma_12 sigma_13", real=True))[abs(i - j)]
