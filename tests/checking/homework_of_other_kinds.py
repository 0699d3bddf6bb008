# ruff: noqa: E501  (an answer stands on one line)
"""Homework of the kinds that are no single expression: what a question leaves free or demands, models in another
parametrization, numbers with their rounding, choices, marks for parts, and derivations; the designs and their indices
are those of `homework`.

What each deserves was written down before any of them was judged. Of the 366 answers in both files the first run
accepted a wrong model (its X was not looked at), refused eight right answers (models with another parametrization, two
spellings of programs, a number in grams) and could not read fifteen, most of them matrices with blanks between cells;
153 of 170 slips had a name that was written down. Ten expectations were wrong and are mended: an element that the
square has not, a matrix that is of full rank after all, cells that are zero and earn nothing, another name as good.
"""

from __future__ import annotations

from typing import Any

import sympy

from tests.checking.homework import UNIFORM
from tests.checking.lines.derivations import Case
from tutor import Choice, Rounded

# fmt: off
FREE: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("ancova", "X", "[[1,0,1],[0,1,2],[1,0,4],[0,1,3],[1,0,5],[0,1,6]]", "[[1,1],[1,2],[1,4],[1,3],[1,5],[1,6]]", {"up_to": "column-space"}),
    ("pots", "X", "[1 1 1; 1 1 1; 1 1 -1; 1 1 -1; 1 -2 0; 1 -2 0]", "[1 1 2; 1 1 2; 1 -1 0; 1 -1 0; 1 2 3; 1 2 3; ]", {"up_to": "column-space"}),
    ("slopes", "X", "1_3 ⊗ [1 -4/3; 1 -1/3; 1 5/3]", "1_3 ⊗ [1 1; 1 2; 1 3]", {"up_to": "column-space"}),
    ("latin", "Z", "[1_4⊗I_4, I_4⊗1_4]", "[I_4⊗1_4, I_4⊗1_4]", {"up_to": "column-order"}),
    ("plots", r"\mu + \tau_1 - (\mu + \tau_2)", "τ_2 - τ_1", "τ_1 + τ_2", {"up_to": "sign"}),
    ("pairs", "V", "I_6 ⊗ (σ² I_2 + σ_u² J_2)", "I_6 ⊗ (σ² I_2 - σ_u² J_2)", {"form": "kronecker"}),
    ("lecture", "V^{-1}y", "(ZGZ' + R)^{-1}y", "(ZGZ')^{-1}y", {"without": "V"}),
]
"""What is right by what the question leaves free, and what is near it and is wrong all the same."""

FORMS: list[tuple[str, str, str, str, dict[str, Any]]] = [
    ("latin", "V", "ZGZ' + R", "closed-form", {"form": "closed-form"}),
    ("pairs", "V", "σ_u² ZZ' + σ² I", "kronecker", {"form": "kronecker"}),
    ("lecture", "GZ'V^{-1}(y - Xβ)", "GZ'V^{-1}(y - Xβ)", "no-inverse", {"form": "no-inverse"}),
    ("groups", r"Var(\bar{y}_{\cdot\cdot})", "σ_u²/g + σ²/(gn)", "single-fraction", {"form": "single-fraction"}),
    ("line", "X'X", "X'X", "entries|numbers", {"form": "entries"}),
]
"""What is true and is not in the form that was demanded."""

MODELS: list[tuple[str, str, bool, dict[str, Any]]] = [
    ("pots", "y_ij = μ_i + ε_ij, ε_ij ~ N(0, σ²)", True, {"up_to": "column-space"}),
    ("pots", "y = Xβ + ε, X = I_3 ⊗ 1_2, ε ~ N(0, σ²I)", True, {"up_to": "column-space"}),
    ("pots", "y = Xβ + ε, ε ~ N(0, σ²I_6), X = [1 0 0; 1 0 0; 1 1 0; 1 1 0; 1 0 1; 1 0 1]", True, {"up_to": "column-space"}),
    ("pots", "y ~ N(Xβ, σ²I), X = I_3 ⊗ 1_2", True, {"up_to": "column-space"}),
    ("pots", "y = (I_3 ⊗ 1_2) β + ε, ε ~ N(0, σ²I)", True, {"up_to": "column-space"}),
    ("pots", "y = Xβ + ε, X = 1_2 ⊗ I_3, ε ~ N(0, σ²I)", False, {"up_to": "column-space"}),
    ("pots", "y = Xβ + ε, X = [1 0; 1 0; 1 1; 1 1; 1 0; 1 0], ε ~ N(0, σ²I)", False, {"up_to": "column-space"}),
    ("ancova", "y = Xβ + Zu + ε, X = [1 0 1; 0 1 2; 1 0 4; 0 1 3; 1 0 5; 0 1 6], u ~ N(0, σ_u² I), ε ~ N(0, σ² I)", True, {"up_to": "column-space"}),
    ("ancova", "y = Xβ + Zu + ε, X = [1 0 1; 0 1 2; 1 0 4; 0 1 3; 1 0 5; 0 1 6], u ~ N(0, σ_u I), ε ~ N(0, σ² I)", False, {"up_to": "column-space"}),
    ("pairs", "y ~ N(Xβ, I_6 ⊗ (σ²I_2 + σ_u²J_2))", True, {}),
    ("plots", "y_ijk = μ_ij + u_k + v_ik + e_ijk, u_k ~ N(0, σ_u²), v_ik ~ N(0, σ_v²), e_ijk ~ N(0, σ²)", True, {"up_to": "column-space"}),
    ("plots", "y_ijk = μ_i + u_k + v_ik + e_ijk, u_k ~ N(0, σ_u²), v_ik ~ N(0, σ_v²), e_ijk ~ N(0, σ²)", False, {"up_to": "column-space"}),
    ("line", "y_i = α + β(x_i - 3) + ε_i, ε_i ~ N(0, σ²)", True, {"up_to": "column-space"}),
]
"""Whole models, with whether they are right where the parametrization is free."""

TWO_THIRDS, ROOT, MASS = Rounded(sympy.Rational(2, 3), decimals=2, percent=True), Rounded(sympy.sqrt(5), significant=3), Rounded(sympy.Rational(25, 2), decimals=1, unit="kg")
LAW = Choice(("Var(Ay) = A Var(y) A'", "Var(Ay) = A Var(y)", "E(Ay) = A E(y)", "E(Ay) = E(y)"), right=("a", "c"))
NUMBERS: list[tuple[Any, str, bool]] = [
    (TWO_THIRDS, "0.67", True), (TWO_THIRDS, ".67", True), (TWO_THIRDS, "≈ 0.67", True), (TWO_THIRDS, "0,67", True),
    (TWO_THIRDS, "67 %", True), (TWO_THIRDS, "66.67%", True), (TWO_THIRDS, "2/3", True), (TWO_THIRDS, "about 0.67", True),
    (TWO_THIRDS, "0.66", False), (TWO_THIRDS, "67", False), (TWO_THIRDS, "0.067", False), (TWO_THIRDS, "66 %", False),
    (ROOT, "2.24", True), (ROOT, "sqrt(5)", True), (ROOT, "2.23", False), (ROOT, "5", False),
    (MASS, "12.5 kg", True), (MASS, "12,5kg", True), (MASS, "12.5", True), (MASS, "12500 g", True), (MASS, "12.5 g", False), (MASS, "13 kg", False),
    (LAW, "a, c", True), (LAW, "A and C", True), (LAW, "(a), (c)", True), (LAW, "c; a.", True), (LAW, "1 and 3", True),
    (LAW, "a", False), (LAW, "a, b, c", False), (LAW, "b und d", False),
]
"""Numbers with their rounding, and choices."""

CREDITED: list[tuple[str, str, str, dict[str, float], float]] = [
    ("pairs", "X'X", "[12 3 3 3 3; 3 3 0 0 0; 3 0 3 0 0; 3 0 0 3 0; 3 0 0 0 2]", {"cells": 1}, 12 / 13),
    ("line", "X'X", "[4 12; 0 50]", {"cells": 1}, 3 / 4),
    ("series", "V", f"I_2 ⊗ σ²{UNIFORM}", {"cells": 1}, 13 / 25),
    ("latin", "y ~ N(Xβ, V)", "y ~ N(Xβ, R)", {"family": 1, "mean": 1, "variance": 2}, 1 / 2),
    ("latin", "y ~ N(Xβ, V)", "y ~ N(Xβ + Zu, R)", {"family": 1, "mean": 1, "variance": 2}, 1 / 4),
    ("grid", "σ_u² + σ_v² + σ_w²", "σ_u² + σ_v²", {"terms": 1}, 2 / 3),
]
"""What is wrong, the weights of its parts, and the score that it earns."""

DERIVED = [
    Case("strips", "Var(y_111)", "Var(y_111) = Var(μ + τ_1 + α_1 + (τα)_11 + u_1 + v_11 + w_11 + ε_111)\n= Var(u_1) + Var(v_11) + Var(w_11) + Var(ε_111)\n= σ_u² + σ_v² + σ_w² + σ²"),
    Case("strips", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + w_11 + ε_111, u_1 + v_21 + w_11 + ε_211) = Cov(u_1, u_1) + Cov(w_11, w_11) = σ_u² + σ_w²"),
    Case("latin", "Var(y)", r"Var(\mathbf y) = \mathbf{ZGZ}' + \mathbf R \\ = \sigma_r^2 (I_4\otimes J_4) + \sigma_c^2 (J_4\otimes I_4) + \sigma^2 I_{16}"),
    Case("latin", "E(y_133)", "E(y_133) = E(μ + τ_3 + r_1 + c_3 + ε_133)\n= μ + τ_3 + 0 + 0 + 0\n= μ + τ_3"),
    Case("nest", "Corr(y_111, y_112)", "Corr(y_111, y_112) = Cov(y_111, y_112)/√(Var(y_111) Var(y_112))\n= (σ_u² + σ_v²)/(σ_u² + σ_v² + σ²)"),
    Case("periods", "Var(y_1111 - y_1212)", "Var(y_1111 - y_1212) = Var(y_1111) + Var(y_1212) - 2 Cov(y_1111, y_1212)\n= 2(σ_u² + σ²) - 2σ_u²\n= 2σ²"),
    Case("pairs", "Var(y)", "Var(y) = Var(Xβ + Zu + e)\n= Var(Zu) + Var(e)\n= Z Var(u) Z' + Var(e)\n= ZGZ' + R\n= σ_u² ZZ' + σ² I_12\n= I_6 ⊗ (σ_u² J_2 + σ² I_2)"),
    Case("slopes", "Var(y_31)", "Var(y_31) = [1, 4] Σ_u [1; 4] + σ²\n= σ_u0² + 8σ_u01 + 16σ_u1² + σ²"),
    Case("series", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(ε_11 - ε_31)\n= σ² + σ² - 2ρ²σ²\n= 2σ²(1-ρ²)"),
    Case("effects", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(v_11 - v_21) + Var(ε_11 - ε_21)\n= 2σ_v² - 2ρ_vσ_v² + 2σ²"),
    Case("grid", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Var(u_1 + v_1 + w_11)\n= σ_u² + σ_v² + σ_w²"),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)^{-1}X'y) = (X'X)^{-1}X'(σ²I)X(X'X)^{-1}\n= σ²(X'X)^{-1}\n= σ²/28 [25 -6; -6 2]"),
    Case("intercepts", "Cov(u, y)", "Cov(u, y) = Cov(u, Zu)\n= Var(u) Z'\n= σ_u² Z'"),
    Case("counts", "E(y_11)", "E(y_11) = E(e^(μ + u_1))\n= e^μ E(e^(u_1))\n= e^μ e^(σ_u²/2)"),
    Case("strips", "Cov(y_111, y_211)", "Cov(y_111, y_211) = Cov(u_1 + v_11 + w_11 + ε_111, u_1 + v_21 + w_11 + ε_211)\n= Var(u_1) + Var(v_11) + Var(w_11)\n= σ_u² + σ_v² + σ_w²", 2),
    Case("strips", "Var(y_111)", "Var(y_111) = Var(u_1) + Var(v_11) + Var(w_11) + Var(ε_111)\n= σ_u + σ_v + σ_w + σ", 2, "sd-for-variance"),
    Case("latin", "E(y_133)", "E(y_133) = E(μ + τ_3 + r_1 + c_3 + ε_133)\n= μ + τ_3 + r_1 + c_3", 2, "random-in-mean"),
    Case("latin", "Var(y)", "Var(y) = Var(Xβ) + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", 2, "mean-in-variance|shapes-do-not-meet"),
    Case("periods", "Var(y_1111 - y_1212)", "Var(y_1111 - y_1212) = Var(y_1111) - Var(y_1212)\n= 0", 1, "sign"),
    Case("periods", "Var(y_1111 - y_1212)", "Var(y_1111 - y_1212) = Var(y_1111) + Var(y_1212)\n= 2σ_u² + 2σ²", 1, "variance-of-sum"),
    Case("pairs", "Var(y)", "Var(y) = Var(Zu) + Var(e)\n= Z Var(u) + Var(e)", 2, "shapes-do-not-meet|scalar-rule|missing-factor"),
    Case("pairs", "Var(y)", "Var(y) = ZGZ' + R\n= σ_u ZZ' + σ I", 2, "sd-for-variance"),
    Case("slopes", "Var(y_31)", "Var(y_31) = Var(u_01 + 4u_11 + ε_31)\n= σ_u0² + 16σ_u1² + σ²", 2, "variance-of-sum"),
    Case("slopes", "Var(y_31)", "Var(y_31) = Var(u_01 + 4u_11 + ε_31)\n= σ_u0² + 4σ_u1² + 8σ_u01 + σ²", 2, "scalar-rule|forgot-square"),
    Case("series", "Var(y_11 - y_31)", "Var(y_11 - y_31) = Var(y_11) + Var(y_31) - 2Cov(y_11, y_31)\n= 2σ² - 2σ²ρ", 2, "dropped-rho-power"),
    Case("grid", "Cov(y_111, y_112)", "Cov(y_111, y_112) = Cov(u_1 + v_1 + w_11 + ε_111, u_1 + v_1 + w_11 + ε_112)\n= σ_u² + σ_v² + σ_w² + σ²", 2, "variance-for-covariance"),
    Case("line", "E((X'X)^-1 X'y)", "E((X'X)⁻¹X'y) = (X'X)⁻¹X'y\n= β", 1),
    Case("line", "Var((X'X)^-1 X'y)", "Var((X'X)⁻¹X'y) = (X'X)⁻¹X' σ²I\n= σ²(X'X)⁻¹X'", 1, "scalar-rule|shapes-do-not-meet"),
    Case("intercepts", "Cov(u, y)", "Cov(u, y) = Cov(u, Zu)\n= Z Var(u)\n= σ_u² Z", 2),
    Case("counts", "E(y_11)", "E(y_11) = exp(E(μ + u_1)) = exp(μ)", 1, "jensen"),
    Case("effects", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(v_11 - v_21) + Var(ε_11 - ε_21)\n= 2σ_v² + 2ρ_vσ_v² + 2σ²", 2, "sign"),
]
"""Derivations, with the first wrong line and its slip."""
# fmt: on
