"""Wrong answers by the slip that they show: moments of means, differences and pairs, each component of which has a
coefficient of its own; and products of matrices with a slip in one factor of several."""

from __future__ import annotations

from tests.checking.misconceptions.named_of_values import Rows

WHOLE = r"Var(\bar{y}_{1\cdot\cdot} - \bar{y}_{2\cdot\cdot})"
SUB = r"Var(\bar{y}_{\cdot1\cdot} - \bar{y}_{\cdot2\cdot})"
BLUE = "(X'V^{-1}X)^{-1}X'V^{-1}y"
ERROR = "G - GZ'V^{-1}ZG"
PROJECTION = "V^{-1} - V^{-1}X(X'V^{-1}X)^{-1}X'V^{-1}"

NAMED: dict[str, Rows] = {
    "missing-replication": [
        ("split plots by letters", WHOLE, "2σ_v²/r + 2σ²/r"),
        ("split plots by letters", rf"\sqrt{{{WHOLE}}}", "√(2σ²/s + 2σ_v²/r)"),
        ("nested", r"Var(\bar{y}_{1\cdot1})", "σ_u² + σ²/9 + σ_v²/9"),
        ("groups by letters", r"Var(\bar{y}_{\cdot\cdot})", "σ_u²/a + σ²/n"),
        ("crossed by letters", r"Var(\bar{y}_{1\cdot\cdot})", "σ_u² + σ_v²/b + σ_w²/b + σ²/b"),
    ],
    "blocks-in-difference": [
        ("split plots by letters", SUB, "2(σ² + sσ_v²)/(ar)"),
        ("split plots by letters", WHOLE, "2σ_v²/r + 2σ²/(rs) + σ_u²/r"),
        ("split plots", rf"\sqrt{{{SUB}}}", "√(2σ_v²/4 + 2σ²/4)"),
        ("crossed by letters", r"Var(\bar{y}_{\cdot11} - \bar{y}_{\cdot12})", "2σ_v² + 2(σ_u² + σ_w² + σ²)/a"),
        ("crossed by letters", "Var(y_111 - y_112)", "2(σ² + σ_u² + σ_v² + σ_w²)"),
    ],
    "variance-of-sum": [
        ("nested by letters", "Var(y_111 + y_112)", "2(σ² + σ_u² + σ_v²)"),
        ("split plots by letters", "Var(y_111 + y_211)", "2σ² + 2σ_u² + 2σ_v²"),
    ],
    "factor-2": [
        ("blocks by letters", "Var(y_11 + y_21)", "2σ² + 3σ_u²"),
        ("nested by letters", "Cov(y_111, y_112)", "2σ_u² + 2σ_v²"),
        ("times", "Cov(y_11, y_31)", "2σ²ρ²"),
    ],
    "sign": [
        ("split plots by letters", WHOLE, "2σ_v²/r − 2σ²/(rs)"),
    ],
    "variance-for-covariance": [
        ("plots", "Cov(y_11, y_21)", "σ²"),
        ("nested by letters", "Cov(y_111, y_212)", "σ²"),
    ],
    "components-swapped": [
        ("nested by letters", "Corr(y_111, y_112)", "σ²/(σ² + σ_u² + σ_v²)"),
        ("blocks by letters", "V^{-1}", "(1/σ²)(I_b ⊗ (I_t − σ²/(σ² + tσ_u²) J_t))"),
        ("strips by letters", "V", "I_r ⊗ (σ² I_{ac} + σ_w² (I_a ⊗ J_c) + σ_v² (J_a ⊗ I_c) + σ_u² J_{ac})"),
        ("crossed by letters", "V", "σ² I + σ_w² (I_{ab} ⊗ J_n) + σ_v² (I_a ⊗ J_{bn}) + σ_u² (J_a ⊗ I_b ⊗ J_n)"),
    ],
    "missing-random": [
        ("nested by letters", "Corr(y_111, y_112)", "(σ_u² + σ_v²)/σ²"),
        ("lecture", "E(y | u)", r"X\beta"),
    ],
    "covariance-missing": [
        ("times", "Corr(y_11, y_31)", "0"),
        ("lecture", "Cov(u, y)", "0"),
    ],
    "squared-twice": [
        ("plots", r"Var(\bar{y}_{1\cdot})", "σ⁴/4"),
        ("times", "Cov(y_11, y_31)", "σ²ρ⁴"),
        ("times", "Cov(y_11, y_31)", "σ⁴ρ²"),
        ("unequal groups", BLUE, "(X'V^{-1}X)^{-1}X'V^{-1}V^{-1}y"),
        ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-2}X)^{-1}"),
        ("lecture", BLUE, "(X'V^{-2}X)^{-1}X'V^{-2}y"),
        ("lecture", "ZGZ' + R", "ZG^2Z' + R"),
        ("lecture", r"\sigma^2/S_{xx}", r"\sigma^2/S_{xx}^2"),
    ],
    "sd-for-variance": [
        ("times", "Var(y_11 - y_31)", "√(2σ²(1 − ρ²))"),
        ("lecture", "y'V^{-1}y", "√(y'V^{-1}y)"),
    ],
    "correlation-for-covariance": [
        ("times", "V", "I_2 ⊗ [[σ²,ρ,ρ²,ρ³],[ρ,σ²,ρ,ρ²],[ρ²,ρ,σ²,ρ],[ρ³,ρ²,ρ,σ²]]"),
    ],
    "asymmetric": [
        ("times, compound symmetry", "R", "I_2 ⊗ σ²[[1,ρ,ρ,0],[ρ,1,ρ,ρ],[ρ,ρ,1,ρ],[ρ,ρ,ρ,1]]"),
    ],
    "missing-factor": [
        ("crossed by letters", "E(MS_row)", "σ² + σ_u² + nσ_w²"),
        ("lecture", PROJECTION, "V^{-1} - X(X'V^{-1}X)^{-1}X'"),
        ("lecture", PROJECTION, "I - X(X'V^{-1}X)^{-1}X'V^{-1}"),
        ("lecture", ERROR, "G - Z'V^{-1}Z"),
        ("lecture", "tr(V^{-1}ZGZ')", "tr(V^{-1})"),
        ("lecture", ERROR, "(Z'Z + G^{-1})^{-1}"),
        ("lecture", "(X'V^{-1}X)^{-1}", "(X'V^{-1}X)^{-1}X'X(X'V^{-1}X)^{-1}"),
        ("blocks by letters", r"\sqrt{2\sigma^2/b}", r"\sqrt{2/b}"),
    ],
    "missing-term": [
        ("lecture", ERROR, "GZ'V^{-1}ZG"),
        ("lecture", ERROR, "(Z'R^{-1}Z)^{-1}"),
    ],
    "inverse-of-sum": [
        ("lecture", ERROR, "(Z'R^{-1}Z)^{-1} + G"),
    ],
    "inverse-for-G": [
        ("lecture", "V^{-1}", "(ZG^{-1}Z' + R)^{-1}"),
    ],
    "inverse-lost": [
        ("lecture", "(X'V^{-1}X)^{-1}", "X'VX"),
    ],
    "ols-for-gls": [
        ("lecture", "(X'V^{-1}X)^{-1}", "(X'X)^{-1}X'VX(X'X)^{-1}"),
        ("lecture", PROJECTION, "I - X(X'X)^{-1}X'"),
    ],
    "identity-for-ones": [
        ("crossed by letters", "V",
         "σ² I + σ_w² (I_{ab} ⊗ J_n) + σ_u² (I_a ⊗ J_b ⊗ I_n) + σ_v² (J_a ⊗ I_b ⊗ J_n)"),
    ],
    "wrong-grouping": [
        ("crossed by letters", "V",
         "σ² I + σ_w² (I_{ab} ⊗ J_n) + σ_u² (J_a ⊗ I_b ⊗ J_n) + σ_v² (J_a ⊗ I_b ⊗ J_n)"),
    ],
    "wrong-size": [
        ("split plots by letters", "V", "I_r ⊗ (σ² I_{as} + σ_v² (I_s ⊗ J_a) + σ_u² J_{as})"),
        ("strips by letters", "V", "I_r ⊗ (σ² I_{ac} + σ_v² (I_c ⊗ J_a) + σ_w² (J_c ⊗ I_a) + σ_u² J_{ac})"),
    ],
    "wrong-count": [
        ("blocks by letters", "V^{-1}", "(1/σ²)(I_b ⊗ (I_t − σ_u²/(σ² + bσ_u²) J_t))"),
        ("blocks by letters", "det(V)", "(σ²)^{b(t-1)} (σ² + bσ_u²)^b"),
        ("blocks by letters", "det(V)", "(σ²)^{t(b-1)} (σ² + bσ_u²)^t"),
    ],
    "error-in-mean": [
        ("line", "E(y_3)", "β_0 + 4β_1 + ε_3"),
    ],
}  # fmt: skip
"""Key: wrong answers that are called so."""
