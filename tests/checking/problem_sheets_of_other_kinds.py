# ruff: noqa: E501  (an answer stands on one line)
"""Problem sheets whose answers are no single text of an expression: matrices and arrays of programs, what is left free
or demanded, models in another parametrization, numbers, choices, marks for parts, places, derivations; the designs and
their indices are those of `problem_sheets`.

What each deserves was written down before any of them was judged. Of the 417 answers in both files the first run
accepted none that is wrong in value; it refused X'Σ⁻¹Y, since a capital Y was another matrix, and 8.8 · 10⁻⁴; it did not
read direct_sum( ) and a distribution that goes on on the next line, and did not see four scalars that were not in the
form demanded; 138 of 149 slips had a name that was written down. Ten expectations were too narrow and are mended, each
with its reason beside it or, where it was none of judging, without: "all" is no option, and a derivation has a moment
for its goal.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import sympy

from tests.checking.lines.derivations import Case
from tests.checking.problem_sheets import DIFFERENCE, FIRST, GRAND, SECOND
from tutor import Choice, Rounded

S, U, V, RHO = (sympy.Symbol(name, positive=True) for name in ("sigma2", "sigma2_u", "sigma2_v", "rho"))

# fmt: off
OBJECTS: list[tuple[str, str, Any, str]] = [
    ("line", "X'X", np.array([[4, 2], [2, 6]]), "correct"),
    ("line", "X'X", sympy.Matrix([[4, 2], [2, 6]]), "correct"),
    ("line", "(X'X)^{-1}", np.linalg.inv(np.array([[4.0, 2.0], [2.0, 6.0]])), "correct"),
    ("line", "(X'X)^{-1}", sympy.Matrix([[4, 2], [2, 6]]).inv(), "correct"),
    ("line", "X", [[1, -1], [1, 0], [1, 1], [1, 2]], "correct"),
    ("rising", "V", sympy.kronecker_product(sympy.eye(2), S * sympy.eye(3) + U * sympy.ones(3, 3)), "correct"),
    ("rising", "V", sympy.diag(*[S * sympy.eye(3) + U * sympy.ones(3, 3)] * 2), "correct"),
    ("rising", "Var(y_11)", S + U, "correct"),
    ("rising", "Z", np.kron(np.eye(2), np.ones((3, 1))), "correct"),
    ("pastes", FIRST, U + V / 3 + S / 6, "correct"),
    ("short", "Cov(y_11, y_41)", S * RHO**3, "correct"),
    ("line", "(X'X)^{-1}X'y", "numpy.linalg.lstsq(X, y)", "unreadable"),
    ("line", "X'X", np.array([[4, 2], [2, 5]]), "one-entry"),
    ("line", "X'X", sympy.Matrix([[4, 2], [0, 6]]), "asymmetric"),
    ("line", "(X'X)^{-1}", sympy.Matrix([[4, 2], [2, 6]]), "inverse-lost"),
    ("line", "(X'X)^{-1}", 1 / np.array([[4.0, 2.0], [2.0, 6.0]]), "elementwise-inverse"),
    ("rising", "V", sympy.kronecker_product(S * sympy.eye(3) + U * sympy.ones(3, 3), sympy.eye(2)), "kronecker-swapped|wrong-grouping"),
    ("rising", "V", (S + U) * sympy.eye(6), "diagonal-only"),
    ("rising", "Var(y_11)", sympy.sqrt(S) + sympy.sqrt(U), "sd-for-variance|sum-of-sd"),
    ("rising", "Z", np.kron(np.ones((3, 1)), np.eye(2)), "kronecker-swapped|wrong-grouping"),
    ("short", "Cov(y_11, y_41)", S * RHO, "dropped-rho-power"),
    ("pastes", FIRST, V / 3 + S / 6, "missing-random"),
]
"""Objects of programs, with what they are to be called."""

FREE: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("fixed", "X", "[I_3 ⊗ 1_3, 1_3 ⊗ [1 0; 0 1; -1 -1]]", "[I_3 ⊗ 1_3, 1_9]", {"up_to": "column-space"}),
    ("centred", "X", "1_g ⊗ [1 0; 1 1; 1 2]", "1_g ⊗ [1; 2; 3]", {"up_to": "column-space"}),
    ("line", "X", "[1 1; 1 2; 1 3; 1 4]", "[1 1; 1 2; 1 3; 1 5]", {"up_to": "column-space"}),
    ("checks", "Z", "[0 1_4; 1_3 0]", "[1_4 0; 1_3 0]", {"up_to": "column-order"}),
    ("split", r"\alpha_1 - \alpha_2", "α_2 - α_1", "α_1 + α_2", {"up_to": "sign"}),
    ("herds", r"\tau_2", "-3τ_2", "τ_2 + μ", {"up_to": "scale"}),
    ("samples", "V", "I_6 ⊗ (σ² I_2 + σ_v² J_2)", "I_6 ⊗ (σ² J_2 + σ_v² I_2)", {"form": "kronecker"}),
    ("lecture", "V^{-1}", "R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹", "R⁻¹ + R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹", {"without": "V^-1"}),
    ("pastes", GRAND, "(6σ_u² + 2σ_v² + σ²)/12", "(6σ_u² + 2σ_v² + σ²)/6", {"form": "single-fraction"}),
]
"""What is right by what the question leaves free or demands, and what is near it and is wrong all the same."""

FORMS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("letters", "V", "ZGZ' + R", "closed-form", {"form": "closed-form"}),
    ("samples", "V", "σ_v² ZZ' + σ² I_12", "kronecker", {"form": "kronecker"}),
    ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-1}X)^{-1}", "no-inverse", {"form": "no-inverse"}),
    ("pastes", GRAND, "σ_u²/2 + σ_v²/6 + σ²/12", "single-fraction", {"form": "single-fraction"}),
    ("letters", DIFFERENCE, "σ²/b + σ²/b", "simplified", {"form": "simplified"}),
    ("split", r"\mu + \tau_1 + \alpha_1", "μ + τ_1 + α_1 + σ² - σ²", "simplified", {"form": "simplified"}),
    ("letters", DIFFERENCE, "(4σ²)/(2b)", "simplified", {"form": "simplified"}),
    ("herds", "X'X", "X'X", "entries|numbers", {"form": "entries"}),
    ("checks", "V", "V", "names-left", {"without": "V"}),
]
"""What is true and is not in the form that was demanded."""

MODELS: list[tuple[str, str, bool, dict[str, Any]]] = [
    ("fixed", "y_ij = μ_i + ρ_j + ε_ij, ε_ij ~ N(0, σ²)", True, {"up_to": "column-space"}),
    ("fixed", "y_ij = μ_i + ε_ij, ε_ij ~ N(0, σ²)", False, {"up_to": "column-space"}),
    ("fixed", "y ~ N(Xβ, σ²I_9)", True, {}),
    ("line", "y_i = a + b x_i + e_i, e_i ~ N(0, σ²)", True, {}),
    ("line", "y_i = b x_i + e_i, e_i ~ N(0, σ²)", False, {}),
    ("line", "y_i = β_0 + β_1 x_i + β_2 x_i² + ε_i, ε_i ~ N(0, σ²)", False, {}),
    ("rising", "y_ij = β_0 + β_1 x_i + b_j + e_ij, b_j ~ N(0, σ_b²), e_ij ~ N(0, σ²)", True, {}),
    ("rising", "y_ij = β_0 + β_1 x_i + b_j + e_ij, b_j ~ N(0, σ_b²)", False, {}),
    ("rising", "y_kl = e_kl + b_l + β_1 x_k + β_0, b_l ~ N(0, σ_b²), e_kl ~ N(0, σ²)", True, {}),
    ("growth", "y_ij = β_0 + u_0j + (β_1 + u_1j) x_i + ε_ij, [u_0j, u_1j]' ~ N(0, Σ_u), ε_ij ~ N(0, σ²)", True, {}),
    ("growth", "y_ij = β_0 + u_0j + (β_1 + u_1j) x_i + ε_ij, u_0j ~ N(0, σ_u0²), u_1j ~ N(0, σ_u1²), ε_ij ~ N(0, σ²)", False, {}),
    ("samples", "y_ijk = μ_i + p_j(i) + e_ijk, p_j(i) ~ N(0, σ_p²), e_ijk ~ N(0, σ²)", True, {"up_to": "column-space"}),
    ("samples", "y_ijk = μ + τ_i + p_j + e_ijk, p_j ~ N(0, σ_p²), e_ijk ~ N(0, σ²)", False, {}),
    ("places", "y_ijk = μ + g_i + l_j + b_k(j) + e_ijk, l_j ~ N(0, σ_l²), b_k(j) ~ N(0, σ_b²), e_ijk ~ N(0, σ²)", False, {}),
]
"""Whole models, with whether they are right where the parametrization is as free as is said."""

THIRD, ROOT, YIELD, TINY = Rounded(sympy.Rational(1, 3), decimals=3, percent=True), Rounded(sympy.sqrt(7), decimals=2), Rounded(sympy.Rational(1234, 100), significant=3, unit="t/ha"), Rounded(sympy.Rational(7, 8000), significant=2)
NEEDS = Rounded(sympy.Rational(5, 2), decimals=1, unit="cm", needs_unit=True)
SYMMETRIC = Choice(("X", "V", "G", "Z"), right=("b", "c"))
ONE = Choice(("fixed", "random"), right="b")
NUMBERS: list[tuple[Any, str, bool]] = [
    (THIRD, "0.333", True), (THIRD, ".333", True), (THIRD, "33.3 %", True), (THIRD, "1/3", True), (THIRD, "0,333", True),
    (THIRD, "0.33", False), (THIRD, "0.334", False), (THIRD, "0.3333", True), (THIRD, "33 %", False), (THIRD, "3", False),
    (ROOT, "2.65", True), (ROOT, "2.6458", True), (ROOT, "√7", True), (ROOT, "2.64", False), (ROOT, "7", False),
    (YIELD, "12.3 t/ha", True), (YIELD, "12.3", True), (YIELD, "12.34", True), (YIELD, "12.4", False), (YIELD, "1.23e1", True),
    (TINY, "0.00088", True), (TINY, "8.8e-4", True), (TINY, r"8.8 \cdot 10^{-4}", True), (TINY, "0.0009", False), (TINY, "8.75 × 10^-4", True),
    (NEEDS, "2.5 cm", True), (NEEDS, "25 mm", True), (NEEDS, "2.5", False), (NEEDS, "2.5 m", False),
    (SYMMETRIC, "b, c", True), (SYMMETRIC, "V and G", True), (SYMMETRIC, "B & C", True), (SYMMETRIC, "2, 3", True),
    (SYMMETRIC, "b", False), (SYMMETRIC, "a, b, c, d", False), (SYMMETRIC, "a, d", False),
    (ONE, "random", True), (ONE, "b)", True), (ONE, "fixed", False), (ONE, "a", False),
    (True, "yes", True), (True, "true", True), (True, "no", False), (False, "No.", True), (False, "yes", False),
]
"""Numbers with their rounding, choices, yes and no."""

CREDITED: list[tuple[str, str, str, dict[str, float], float]] = [
    ("line", "X'X", "[[4, 2], [2, 5]]", {"cells": 1}, 3 / 4),
    ("herds", "V", "diag(σ²+σ_u², σ²+σ_u², σ²+σ_u², σ²+σ_u², σ²+σ_u²)", {"cells": 1}, 5 / 13),
    ("herds", "V", "diag(σ²+σ_u², σ²+σ_u², σ²+σ_u², σ²+σ_u², σ²+σ_u²)", {"diagonal": 1, "off-diagonal": 3}, 1 / 4),
    ("compound", "V", "σ² I_4 ⊗ [1 ρ ρ²; ρ 1 ρ; ρ² ρ 1]", {"cells": 1}, 7 / 9),
    ("compound", r"\mu + \tau_1 + \alpha_2 + (\tau\alpha)_{12}", "μ + τ_1 + α_2", {"terms": 1}, 3 / 4),
    ("fixed", "y ~ N(Xβ, V)", "y ~ N(Xβ, σ I_9)", {"family": 1, "mean": 2, "variance": 1}, 3 / 4),
    ("letters", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, R)", {"family": 1, "mean": 1, "variance": 1}, 1 / 3),
]
"""What is wrong, the weights of its parts, and the score that it earns."""

PLACED: list[tuple[str, str, str, set[tuple[int, int]], str]] = [
    ("line", "X'X", "[[4, 2], [2, 5]]", {(1, 1)}, "β1 x, β1 x"),
    ("checks", "Z'Z", "[[4, 0], [0, 4]]", {(1, 1)}, "block 2, block 2"),
    ("short", "V", "σ² I_2 ⊗ [1 ρ ρ ρ; ρ 1 ρ ρ; ρ ρ 1 ρ; ρ ρ ρ 1]", {(4 * k + i, 4 * k + j) for k in range(2) for i in range(4) for j in range(4) if abs(i - j) > 1}, "y_11  τ1 s1, y_31  τ3 s1"),
    ("lecture", "ZGZ' + R", "ZGZ' + R + X", set(), ""),
    ("fixed", r"\mu + \tau_1 + \rho_2", r"\mu + \tau_1 + \rho_3", {(0, 0)}, "the term ρ_3"),
    ("pastes", FIRST, r"\sigma_u^2 + \sigma_v^2 + \sigma^2/6", {(0, 0)}, "the term σ²_v"),
]
"""What is wrong and where: all its cells, and the name of one place."""

DERIVED = [
    Case("letters", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu) + Var(ε)\n= ZGZ' + R\n= σ_u²(I_b⊗J_t) + σ² I_bt\n= I_b ⊗ (σ_u² J_t + σ² I_t)"),
    Case("letters", "V^-1", "V⁻¹ = (I_b ⊗ (σ² I_t + σ_u² J_t))⁻¹\n= I_b ⊗ (σ² I_t + σ_u² J_t)⁻¹\n= I_b ⊗ (1/σ²)(I_t − σ_u²/(σ² + tσ_u²) J_t)"),
    Case("letters", "Cov(y, u)", "Cov(y, u) = Cov(Xβ + Zu + ε, u)\n= Cov(Zu, u) + Cov(ε, u)\n= Z Var(u)\n= ZG"),
    Case("places", SECOND, r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot}) = Var(\bar w_{1\cdot} - \bar w_{2\cdot}) + Var(\bar\varepsilon_{1\cdot\cdot} - \bar\varepsilon_{2\cdot\cdot}) \\ = 2\sigma_w^2/2 + 2\sigma^2/4 \\ = \sigma_w^2 + \sigma^2/2"),
    Case("places", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(v_1 + w_11 + u_11 + ε_111, v_1 + w_11 + u_21 + ε_112)\n= Var(v_1) + Var(w_11)\n= σ_v² + σ_w²"),
    Case("growth", "Cov(y_21, y_41)", "Cov(y_21, y_41) = Cov(u_01 + u_11 + ε_21, u_01 + 3u_11 + ε_41)\n= Var(u_01) + 3Cov(u_01, u_11) + Cov(u_11, u_01) + 3Var(u_11)\n= σ_u0² + 4σ_u01 + 3σ_u1²"),
    Case("growth", "Cov(y_21, y_41)", "Cov(y_21, y_41) = [1, 1] Σ_u [1, 3]'\n= σ_u0² + 4σ_u01 + 3σ_u1²"),
    Case("compound", "Var(y_111 - y_121)", "Var(y_111 - y_121) = σ² + σ² − 2ρσ² = 2σ²(1 − ρ)"),
    Case("pairs of times", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(y_11) − 2Cov(y_11, y_31) + Var(y_31)\n= σ_1² − 2σ_13 + σ_3²"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)^{-1}X'y) = (X'X)^{-1}X' Var(y) ((X'X)^{-1}X')'\n= σ² (X'X)^{-1}\n= σ² [4 2; 2 6]^{-1}\n= σ²/10 [3 -1; -1 2]"),
    Case("fixed", "E(y_12)", "E(y_12) = E(μ + τ_1 + ρ_2 + ε_12) = μ + τ_1 + ρ_2 + E(ε_12) = μ + τ_1 + ρ_2"),
    Case("samples", FIRST, r"Var(\bar y_{1\cdot\cdot}) = \frac{1}{16} Var(y_{111} + y_{112} + y_{121} + y_{122})\\ = \frac{1}{16}(4(\sigma_v^2+\sigma^2) + 4\sigma_v^2)\\ = \sigma_v^2/2 + \sigma^2/4"),
    Case("herds", "Var(y)", "Var(y) = ZGZ' + R\n= [1_2 0; 0 1_3] σ_u² I_2 [1_2 0; 0 1_3]' + σ² I_5\n= blockdiag(σ_u² J_2, σ_u² J_3) + σ² I_5"),
    Case("counts", "E(y_11)", "E(y_11) = E(E(y_11|u))\n= E(exp(μ + τ_1 + u_1))\n= exp(μ + τ_1) E(exp(u_1))\n= exp(μ + τ_1) exp(σ_u²/2)\n= exp(μ + τ_1 + σ_u²/2)"),
    Case("letters", "Var(y)", "y ~ N(Xβ, ZGZ' + R)\n= N(Xβ, σ_u² ZZ' + σ² I)"),
    Case("letters", "Var(y)", "Var(y) = Var(Xβ + Zu + ε)\n= ZGZ' + R\n= σ_u² Z'Z + σ² I_bt", 3, "shapes-do-not-meet|transpose-misplaced"),
    Case("letters", "Var(y)", "Var(y) = ZGZ' + R\n= σ_u²(J_b⊗I_t) + σ² I_bt", 2, "kronecker-swapped|wrong-grouping"),
    Case("letters", "Var(y)", "Var(y) = ZGZ' + R\n= I_b ⊗ (σ_u² I_t + σ² J_t)", 2, "components-swapped"),
    Case("letters", "V^-1", "V⁻¹ = (I_b ⊗ (σ² I_t + σ_u² J_t))⁻¹\n= I_b ⊗ ((1/σ²) I_t + (1/σ_u²) J_t)", 2, "inverse-of-sum|singular-inverse"),
    Case("letters", "Cov(y, u)", "Cov(y, u) = Cov(Xβ + Zu + ε, u)\n= Cov(Zu, u)\n= GZ'", 3, "shapes-do-not-meet|transpose-misplaced|order-swapped|transpose-lost"),  # GZ' is (ZG)'
    Case("letters", "Var(y_11)", "Var(y_11) = Var(μ + τ_1 + u_1 + ε_11)\n= Var(u_1) + Var(ε_11)\n= σ_u² + σ", 3, "sd-for-variance"),
    Case("places", SECOND, r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot}) = Var(\bar{y}_{1\cdot\cdot}) + Var(\bar{y}_{2\cdot\cdot}) \\ = \sigma_v^2 + \sigma_w^2 + \sigma_u^2/2 + \sigma^2/2", 1, "variance-of-sum"),
    Case("places", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(v_1 + w_11 + u_11 + ε_111, v_1 + w_11 + u_21 + ε_112)\n= Var(v_1) + Var(w_11) + Var(u_11)\n= σ_v² + σ_w² + σ_u²", 2, "covariance-everywhere|extra-term|variance-for-covariance"),  # Var(u_11) for Cov(u_11, u_21)
    Case("growth", "Cov(y_21, y_41)", "Cov(y_21, y_41) = Cov(u_01 + u_11 + ε_21, u_01 + 3u_11 + ε_41)\n= Var(u_01) + 3Var(u_11)\n= σ_u0² + 3σ_u1²", 2, "variance-of-sum|missing-term|covariance-missing"),
    Case("growth", "Var(y_41)", "Var(y_41) = Var(u_01 + 3u_11 + ε_41)\n= Var(u_01) + 9Var(u_11) + 6Cov(u_01, u_11) + Var(ε_41)\n= σ_u0² + 9σ_u1² + 6σ_u01", 3, "missing-residual"),
    Case("growth", "E(y_41)", "E(y_41) = E(β_0 + 3β_1 + u_01 + 3u_11 + ε_41)\n= β_0 + 3β_1 + 3u_11", 2, "random-in-mean"),
    Case("compound", "Var(y_111 - y_121)", "Var(y_111 - y_121) = Var(y_111) + Var(y_121) - 2Cov(y_111, y_121)\n= σ² + σ² + 2ρσ²", 2, "sign"),
    Case("short", "Cov(y_11, y_41)", "Cov(y_11, y_41) = Cov(ε_11, ε_41)\n= ρ³", 2, "correlation-for-covariance"),
    Case("pairs of times", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(y_11) + Var(y_31) - Cov(y_11, y_31)\n= σ_1² + σ_3² - σ_13", 1, "factor-2"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)^{-1}X'y) = (X'X)^{-1}X' Var(y) X(X'X)^{-1}\n= σ (X'X)^{-1}", 2, "sd-for-variance"),
    Case("line", "Var(2y_1 - y_2)", "Var(2y_1 - y_2) = 2Var(y_1) + Var(y_2)\n= 3σ²", 1, "scalar-rule"),
    Case("fixed", "Var(y_12)", "Var(y_12) = Var(μ + τ_1 + ρ_2 + ε_12)\n= ρ_2 + σ²", 2, "mean-in-variance"),
    Case("fixed", "E(y_12)", "E(y_12) = E(μ + τ_1 + ρ_2 + ε_12)\n= μ + τ_1 + ρ_2 + ε_12", 2, "error-in-mean"),
    Case("samples", SECOND, r"Var(\bar y_{1\cdot\cdot} - \bar y_{2\cdot\cdot}) = 2(\sigma_v^2/2 + \sigma^2/4)\\ = \sigma_v^2 + \sigma^2", 2),
    Case("herds", "Var(y)", "Var(y) = ZGZ' + R\n= blockdiag(σ_u² J_3, σ_u² J_2) + σ² I_5", 2),
    Case("herds", "Var(y)", "Var(y) = ZGZ' + R\n= blockdiag(σ_u² I_2, σ_u² I_3) + σ² I_5", 2, "identity-for-ones|diagonal-only"),  # which it is
    Case("counts", "E(y_11)", "E(y_11) = exp(E(μ + τ_1 + u_1))\n= exp(μ + τ_1)", 1, "jensen"),
    Case("counts", "E(y_11)", "E(y_11) = E(exp(μ + τ_1 + u_1))\n= exp(μ + τ_1) E(exp(u_1))\n= exp(μ + τ_1) exp(σ_u²)", 3),
    Case("general", "Var(ybar_1..)", r"Var(\bar y_{1\cdot\cdot}) = Var(\bar u_{\cdot} + \bar v_{1\cdot} + \bar\varepsilon_{1\cdot\cdot})\\ = \sigma_u^2/b + \sigma_v^2/b + \sigma^2/b", 2, "missing-replication|wrong-count"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
