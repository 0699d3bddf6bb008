"""Wrong answers by the slip that they show: slips in sums, products, inverses and constants."""

from __future__ import annotations

from tests.checking.misconceptions.designs import Answer, changed, rows_in_order

Rows = list[tuple[str, str, Answer]]
"""Design, what is asked for, the wrong answer."""

NAMED: dict[str, Rows] = {
    "missing-residual": [
        ("blocks", "V", "ZGZ'"),
        ("more blocks", "V", r"\sigma_u^2 I_4 \otimes J_3"),
        ("blocks by letters", "V", r"\sigma_u^2 \mathbf{I}_b \otimes \mathbf{J}_t"),
        ("split plots", "V", r"\sigma_u^2 I_2 \otimes J_6 + \sigma_v^2 I_4 \otimes J_3"),
        ("nested", "Var(y_111)", r"\sigma_u^2 + \sigma_v^2"),
        ("groups", "V", changed(lambda i, j, x: x.subs("sigma2", 0) if i != j else x - _s2())),
        ("slopes", "V", "ZGZ'"),
        ("blocks by letters", "Var(y_11)", r"\sigma_u^2"),
    ],
    "missing-random": [
        ("blocks", "V", "R"),
        ("blocks by letters", "V", r"\sigma^2 \mathbf{I}"),
        ("split plots", "V", r"\sigma^2 I_{12} + \sigma_v^2 I_4 \otimes J_3"),
        ("split plots by letters", "V", r"\sigma^2 I_{ars} + \sigma_u^2 I_r \otimes J_{as}"),
        ("nested", "Var(y_111)", r"\sigma^2 + \sigma_v^2"),
        ("groups by letters", "Var(y_11)", r"\sigma^2"),
        ("slopes", "V", r"\sigma^2 I_6"),
        ("lecture", r"X\beta + Zu", r"X\beta"),
    ],
    "missing-term": [
        ("blocks", "E(y_11)", r"\mu"),
        ("lecture", r"X\beta + Zu", "Zu"),
        ("lecture", "Z'R^{-1}Z + G^{-1}", "Z'R^{-1}Z"),
        ("lecture", "Z'R^{-1}Z + G^{-1}", "G^{-1}"),
        ("split plots", r"\mu + \tau_1 + \alpha_1", r"\mu + \alpha_1"),
    ],
    "extra-term": [
        ("blocks", "ZGZ'", "ZGZ' + R"),
        ("more blocks", "R", "ZGZ' + R"),
        ("blocks by letters", "ZGZ'", r"\sigma_u^2 I_b \otimes J_t + \sigma^2 I"),
        ("groups", "ZGZ'", "V"),
    ],
    "missing-factor": [
        ("blocks", "V", "ZZ' + R"),
        ("blocks by letters", "V", "ZGZ' + I"),
        ("unequal groups", r"GZ'V^{-1}(y - X\beta)", r"Z'V^{-1}(y - X\beta)"),
        ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "X'V^{-1}y"),
        ("fixed blocks", "V", "I"),
    ],
    "missing-component-on-diagonal": [
        ("blocks", "V", r"I_3 \otimes \begin{bmatrix} \sigma^2 & \sigma_u^2 \\ \sigma_u^2 & \sigma^2 \end{bmatrix}"),
        ("groups", "V", changed(lambda i, j, x: _s2() if i == j else x)),
        ("blocks by letters", "V", r"I_b \otimes (\sigma^2 I_t + \sigma_u^2 (J_t - I_t))"),
        ("nested", "V", changed(lambda i, j, x: _s2() if i == j else x)),
    ],
    "missing-identity": [
        ("fixed blocks", "V", r"\sigma^2"),
        ("plots", "R", r"\sigma^2"),
        ("blocks", "G", r"\sigma_u^2"),
        ("plots by letters", "V", r"\sigma^2"),
    ],
    "missing-intercept": [
        ("line", "X", r"\begin{bmatrix} 1 \\ 2 \\ 4 \end{bmatrix}"),
        ("blocks", "E(y_11)", r"\tau_1"),
        ("more blocks", "E(y_23)", r"\tau_2"),
        ("plots", "X", r"I_3 \otimes 1_4"),
        ("blocks", r"X\beta", changed(lambda i, j, x: x.subs("mu", 0) - x.coeff(_mu()) * _mu())),
    ],
    "mean-not-subtracted": [
        ("unequal groups", r"GZ'V^{-1}(y - X\beta)", "GZ'V^{-1}y"),
        ("lecture", r"GZ'V^{-1}(y - X\beta)", "GZ'V^{-1}y"),
        ("lecture", r"(y - X\beta)'V^{-1}(y - X\beta)", r"(y - X\beta)'V^{-1}y"),
        ("more blocks", r"GZ'V^{-1}(y - X\beta)", r"\sigma_u^2 Z'V^{-1}y"),
    ],
    "random-in-mean": [
        ("blocks", r"X\beta", r"X\beta + Zu"),
        ("more blocks", "E(y)", "y"),
        ("lecture", r"X\beta", r"X\beta + Zu + \varepsilon"),
        ("blocks", "E(y_11)", r"\mu + \tau_1 + u_1"),
        ("split plots by letters", r"X\beta", r"X\beta + Zu"),
    ],
    "error-in-mean": [
        ("blocks", r"X\beta", r"X\beta + \varepsilon"),
        ("lecture", r"X\beta", r"X\beta + e"),
        ("plots", "E(y)", r"X\beta + \varepsilon"),
        ("blocks", "E(y_11)", r"\mu + \tau_1 + e_{11}"),
    ],
    "mean-in-variance": [
        ("blocks", "V", r"X\beta\beta'X' + ZGZ' + R"),
        ("lecture", "ZGZ' + R", r"X\beta\beta'X' + ZGZ' + R"),
        ("more blocks", "Var(y_11)", r"\mu + \tau_1 + \sigma^2 + \sigma_u^2"),
        ("plots", "Var(y_11)", r"\mu + \sigma^2"),
        ("groups", "V", changed(lambda i, j, x: x + _mu() if i == j else x)),
    ],
    "fixed-random-confused": [
        ("blocks", "X", "Z"),
        ("more blocks", "X", r"[1_{12}, 1_4 \otimes I_3, Z]"),
        ("blocks", "X", r"[1_6, 1_3 \otimes I_2, I_3 \otimes 1_2]"),
        ("blocks", "Z", "[Z, X]"),
        ("fixed blocks", "V", r"I_3 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)"),
        ("fixed blocks", "V", "ZGZ' + R"),
        ("fixed blocks", "Var(y_11)", r"\sigma^2 + \sigma_u^2"),
        ("plots by letters", "V", r"\sigma^2 I + \sigma_b^2 J"),
    ],
    "variance-of-sum": [
        (
            "slopes",
            r"\sigma_{u0}^2 + 2\sigma_{u01} + \sigma_{u1}^2",
            r"\sigma_{u0}^2 + \sigma_{u1}^2",
        ),
        ("slopes", "Var(y_11)", r"\sigma_{u0}^2 + \sigma_{u1}^2 + \sigma^2"),
        ("times, unstructured", "Var(y_11 + y_21)", r"\sigma^2_1 + \sigma^2_2"),
        ("blocks", "Var(y_11 + y_21)", r"2(\sigma^2 + \sigma_u^2)"),
        ("more blocks", "Var(y_11 + y_21)", "Var(y_11) + Var(y_21)"),
    ],
    "scalar-rule": [
        ("blocks", "Var(3y_11)", r"3(\sigma^2 + \sigma_u^2)"),
        ("slopes", r"9\sigma_{u1}^2", r"3\sigma_{u1}^2"),
        ("blocks", "9 Var(y_11)", "3 Var(y_11)"),
        ("groups", "Var(5y_11)", "5 Var(y_11)"),
    ],
    "ols-for-gls": [
        ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'X)^{-1}X'y"),
        ("unequal groups", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'R^{-1}X)^{-1}X'R^{-1}y"),
        ("unequal groups", "(X'V^{-1}X)^{-1}", r"\sigma^2 (X'X)^{-1}"),
        ("lecture", "X'V^{-1}X", "X'X"),
    ],
    "R-for-V": [
        ("unequal groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'R^{-1}(y - X\beta)"),
        ("lecture", "V^{-1}", "R^{-1}"),
        ("lecture", "X'V^{-1}X", "X'R^{-1}X"),
        ("blocks", "V^{-1}", r"\frac{1}{\sigma^2} I_6"),
    ],
    "transpose-lost": [
        ("blocks", "Cov(u, y)", "ZG"),
        ("lecture", "X'V^{-1}", "V^{-1}X"),
        ("line", "X", r"\begin{bmatrix} 1 & 1 & 1 \\ 1 & 2 & 4 \end{bmatrix}"),
        ("more blocks", "Z", r"I_4 \otimes 1_3'"),
        ("lecture", r"X\beta", r"\beta'X'"),
    ],
    "transpose-misplaced": [
        ("square", "ABA'", "A'BA"),
        ("square", "AB", "A'B"),
        ("square", "ABA' + C", "A'BA + C"),
        ("square", "AA'", "A'A"),
    ],
    "order-swapped": [
        ("square", "AB", "BA"),
        ("square", "ABC", "ACB"),
        ("square", "(AB)^{-1}", "A^{-1}B^{-1}"),
        ("square", "ABC", "CBA"),
    ],
    "parentheses-lost": [
        ("blocks", "V^{-1}", "ZGZ' + R^{-1}"),
        ("lecture", "(ZGZ' + R)^{-1}", "ZGZ' + R^{-1}"),
        ("blocks by letters", r"\frac{\sigma^2 + \sigma_u^2}{b}", r"\sigma^2 + \sigma_u^2/b"),
        ("blocks", r"2(\sigma^2 + \sigma_u^2)", r"2\sigma^2 + \sigma_u^2"),
        ("square", "A(B + C)", "AB + C"),
        ("square", "(A + B)'", "A + B'"),
    ],
    "inverse-lost": [
        ("lecture", "V^{-1}", "V"),
        ("lecture", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'VX)^{-1}X'V^{-1}y"),
        ("blocks by letters", "V^{-1}", r"I_b \otimes (\sigma^2 I_t + \sigma_u^2 J_t)"),
        ("split plots", "V", "V^{-1}"),
        ("unequal groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'V(y - X\beta)"),
    ],
    "inverse-of-sum": [
        ("square", "(A + B)^{-1}", "A^{-1} + B^{-1}"),
        ("lecture", "(Z'R^{-1}Z + G^{-1})^{-1}", "(Z'R^{-1}Z)^{-1} + G"),
        ("blocks", r"\frac{1}{\sigma^2 + \sigma_u^2}", r"\frac{1}{\sigma^2} + \frac{1}{\sigma_u^2}"),
        ("blocks by letters", "V^{-1}", r"I_b \otimes (\frac{1}{\sigma^2} I_t + \frac{1}{\sigma_u^2} J_t)"),
        ("more blocks", "V^{-1}", r"I_4 \otimes (\frac{1}{\sigma^2} I_3 + \frac{1}{\sigma_u^2} J_3)"),
    ],
    "elementwise-inverse": [
        ("blocks", "V^{-1}", lambda W: W.inv().applyfunc(lambda x: 0 if x == 0 else 1 / x)),
        ("groups", "V^{-1}", lambda W: W.inv().applyfunc(lambda x: 0 if x == 0 else 1 / x)),
        ("times", "V^{-1}", lambda W: W.inv().applyfunc(lambda x: 0 if x == 0 else 1 / x)),
        ("slopes", r"\Sigma_u^{-1}", lambda W: W.inv().applyfunc(lambda x: 0 if x == 0 else 1 / x)),
    ],
    "singular-inverse": [
        ("blocks", "V^{-1}", "(ZGZ')^{-1}"),
        ("more blocks", "V^{-1}", "(ZZ')^{-1}"),
        ("lecture", "V^{-1}", "J_n^{-1}"),
        ("groups", "V^{-1}", r"(I_3 \otimes J_2)^{-1}"),
    ],
    "G-for-inverse": [
        ("lecture", "Z'R^{-1}Z + G^{-1}", "Z'R^{-1}Z + G"),
        ("unequal groups", "Z'R^{-1}Z + G^{-1}", "Z'R^{-1}Z + G"),
        ("more blocks", "Z'R^{-1}Z + G^{-1}", r"\frac{1}{\sigma^2} Z'Z + \sigma_u^2 I_4"),
        ("lecture", "(Z'R^{-1}Z + G^{-1})^{-1}", "(Z'R^{-1}Z + G)^{-1}"),
    ],
    "inverse-for-G": [
        ("blocks", "V", "ZG^{-1}Z' + R"),
        ("lecture", r"GZ'V^{-1}(y - X\beta)", r"G^{-1}Z'V^{-1}(y - X\beta)"),
        ("more blocks", "Cov(u, y)", "G^{-1}Z'"),
        ("blocks by letters", "V", r"\frac{1}{\sigma_u^2} ZZ' + \sigma^2 I"),
    ],
    "inverse-for-R": [
        ("blocks", "V", "ZGZ' + R^{-1}"),
        ("plots", "R", "R^{-1}"),
        ("lecture", "ZGZ' + R", "ZGZ' + R^{-1}"),
        ("blocks by letters", "V", r"\sigma_u^2 ZZ' + \frac{1}{\sigma^2} I"),
    ],
    "kronecker-swapped": [
        ("blocks", "V", r"(\sigma^2 I_2 + \sigma_u^2 J_2) \otimes I_3"),
        ("blocks by letters", "V", r"(\sigma^2 I_t + \sigma_u^2 J_t) \otimes I_b"),
        ("more blocks", "Z", r"1_3 \otimes I_4"),
        ("groups", "ZGZ'", r"\sigma_u^2 J_2 \otimes I_3"),
    ],
    "identity-for-ones": [
        ("blocks", "V", r"I_3 \otimes (\sigma^2 I_2 + \sigma_u^2 I_2)"),
        ("blocks by letters", "V", r"I_b \otimes (\sigma^2 I_t + \sigma_u^2 I_t)"),
        ("groups", "ZZ'", r"I_3 \otimes I_2"),
        ("split plots", "V", r"I_2 \otimes (\sigma^2 I_6 + \sigma_v^2 (I_2 \otimes I_3) + \sigma_u^2 J_6)"),
    ],
    "ones-for-identity": [
        ("fixed blocks", "V", r"\sigma^2 J"),
        ("blocks", "V", r"J_3 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)"),
        ("blocks by letters", "V", r"I_b \otimes (\sigma^2 J_t + \sigma_u^2 J_t)"),
        ("more blocks", "G", r"\sigma_u^2 J_4"),
    ],
    "ones-matrix-for-vector": [
        ("blocks", "Z", r"I_3 \otimes J_2"),
        ("blocks by letters", "Z", r"I_b \otimes J_t"),
        ("groups by letters", "Z", r"I_a \otimes J_n"),
        ("more blocks", "Z", r"I_4 \otimes J_3"),
    ],
    "wrong-size": [
        ("blocks by letters", "V", r"I_t \otimes (\sigma^2 I_b + \sigma_u^2 J_b)"),
        ("blocks", "V", r"I_2 \otimes (\sigma^2 I_3 + \sigma_u^2 J_3)"),
        ("more blocks", "V", r"I_3 \otimes (\sigma^2 I_4 + \sigma_u^2 J_4)"),
        ("more blocks", "V", r"I_6 \otimes (\sigma^2 I_2 + \sigma_u^2 J_2)"),
        ("blocks", "V", r"\sigma^2 I_2 + \sigma_u^2 J_2"),
    ],
    "sign": [
        ("blocks", "V", "ZGZ' - R"),
        ("blocks by letters", "V", r"\sigma_u^2 ZZ' - \sigma^2 I"),
        ("unequal groups", r"GZ'V^{-1}(y - X\beta)", r"GZ'V^{-1}(y + X\beta)"),
        ("slopes", r"\sigma_{u0}^2 + 2\sigma_{u01}", r"\sigma_{u0}^2 - 2\sigma_{u01}"),
        ("times", "V", "-V"),
    ],
    "factor-2": [
        ("blocks", "V", "2ZGZ' + R"),
        ("blocks by letters", r"2\sigma^2/b", r"\sigma^2/b"),
        ("slopes", r"\sigma_{u0}^2 + 2\sigma_{u01}", r"\sigma_{u0}^2 + \sigma_{u01}"),
        ("times", "V", "2V"),
    ],
}


def _s2():
    import sympy

    return sympy.Symbol("sigma2", positive=True)


def _mu():
    import sympy

    return sympy.Symbol("mu", real=True)


_ = rows_in_order
