r"""Remarks on notation: for each key texts that have that remark and no other, and near ones that have none."""

from __future__ import annotations

import pytest

from tutor.notation.proofread import proofread

MARK = "¦"
"""Stands before and after each place in the tables below."""

REMARKS: dict[str, list[tuple[str, ...]]] = {
    # key: a text with the places marked, and a sentence for each remark in the order of the places
    "bold-missing": [
        (r"\mathbf{y} = ¦X¦\boldsymbol\beta + \boldsymbol\varepsilon, \boldsymbol\varepsilon \sim "
         r"N(\mathbf{0}, \sigma^2\mathbf{I})",
          r"Matrices are bold: \mathbf{X}.",
        ),
        (r"\mathbf{V} = \mathbf{Z}¦G¦\mathbf{Z}' + \mathbf{R}",
          r"Matrices are bold: \mathbf{G}.",
        ),
        (r"\mathbf{X}'¦V¦^{-1}\mathbf{X}",
          r"Matrices are bold: \mathbf{V}.",
        ),
        (r"¦u¦ \sim N(\mathbf{0}, \mathbf{G})",
          r"Vectors are bold: \mathbf{u}.",
        ),
        (r"\boldsymbol\varepsilon \sim N(0, \sigma^2 ¦I¦)",
          r"Matrices are bold: \mathbf{I}.",
        ),
        (r"\operatorname{tr}(\mathbf{P}¦V¦) = n - p",
          r"Matrices are bold: \mathbf{V}.",
        ),
        (r"\log|¦V¦|",
          r"Matrices are bold: \mathbf{V}.",
        ),
        (r"\operatorname{Var}(¦y¦) = \mathbf{V}",
          r"Vectors are bold: \mathbf{y}.",
        ),
        (r"¦\hat\beta¦ = (\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}",
          r"Vectors are bold: \hat{\boldsymbol{\beta}}.",
        ),
        (r"\mathbf{I}_b \otimes ¦J_t¦",
          r"Matrices are bold: \mathbf{J}.",
        ),
        (r"\begin{bmatrix} \mathbf{X}'\mathbf{X} & \mathbf{X}'¦Z¦ \\ \mathbf{Z}'\mathbf{X} & "
         r"\mathbf{Z}'\mathbf{Z} \end{bmatrix}",
          r"Matrices are bold: \mathbf{Z}.",
        ),
        (r"¦1_n¦'\mathbf{y}",
          r"Vectors are bold: \mathbf{1}.",
        ),
        (r"\mathbf{V}\Sigma + ¦ZGZ¦'",
          r"Vectors and matrices are bold: \mathbf{ZGZ}.",
        ),
        (r"\mathbf{V}_i = ¦Z_i¦\mathbf{G}\mathbf{Z}_i' + ¦R_i¦",
          r"Matrices are bold: \mathbf{Z}_i.",
          r"Matrices are bold: \mathbf{R}_i.",
        ),
    ],
    "matrix-in-lower-case": [
        (r"¦\mathbf{v}¦ = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}",
          "Matrices have capital letters: V, not v.",
        ),
        (r"¦\mathbf{x}¦\boldsymbol\beta",
          "Matrices have capital letters: X, not x.",
        ),
        (r"¦\mathbf{v}¦ = ¦\mathbf{z}¦¦\mathbf{g}¦¦\mathbf{z}¦' + ¦\mathbf{r}¦",
          "Matrices have capital letters: V, not v.",
          "Matrices have capital letters: Z, not z.",
          "Matrices have capital letters: G, not g.",
          "Matrices have capital letters: Z, not z.",
          "Matrices have capital letters: R, not r.",
        ),
        ("¦zgz¦' + r",
          "Matrices have capital letters: Z, G, not z, g.",
        ),
        (r"\mathbf{X}\boldsymbol\beta + ¦\mathbf{z}¦\mathbf{u}",
          "Matrices have capital letters: Z, not z.",
        ),
        (r"¦\mathbf{z}¦\mathbf{G}¦\mathbf{z}¦'",
          "Matrices have capital letters: Z, not z.",
          "Matrices have capital letters: Z, not z.",
        ),
        (r"\mathbf{Z}¦\mathbf{g}¦\mathbf{Z}' + \mathbf{R}",
          "Matrices have capital letters: G, not g.",
        ),
        (r"\mathbf{X}'¦\mathbf{v}¦^{-1}\mathbf{X}",
          "Matrices have capital letters: V, not v.",
        ),
    ],
    "distribution-missing": [
        (r"y_{ij} \mid u_j \sim Poisson(\lambda_{ij}), ¦\log(\lambda_{ij}) = \mu + \tau_i + u_j¦",
          "u is random: say how it is distributed, as u ~ N(0, …).",
        ),
        (r"¦Y_{ij} = \gamma_{00} + u_{0j} + e_{ij}¦, u_{0j} \sim N(0, \tau_{00})",
          "e is random: say how it is distributed, as e ~ N(0, …).",
        ),
        (r"¦\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e}¦",
          "e is random: say how it is distributed, as e ~ N(0, …).",
        ),
        (r"¦\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}¦, \mathbf{e} \sim "
         r"N(\mathbf{0}, \mathbf{R})",
          "u is random: say how it is distributed, as u ~ N(0, …).",
        ),
        (r"¦y_{ij} = \mu + u_j + e_{ij}¦, e_{ij} \sim N(0, \sigma^2)",
          "u is random: say how it is distributed, as u ~ N(0, …).",
        ),
        (r"¦y_{ij} = \mu + \tau_i + e_{ij}¦",
          "e is random: say how it is distributed, as e ~ N(0, …).",
        ),
        (r"¦y_{ij} = \mu + \tau_i + b_j + \varepsilon_{ij}¦, \operatorname{Var}(\varepsilon_{ij}) = \sigma^2",
          "b is random: say how it is distributed, as b ~ N(0, …).",
        ),
        ("¦y = Xβ + Zu + e¦, u ~ N(0, G)",
          "e is random: say how it is distributed, as e ~ N(0, …).",
        ),
    ],
    "covariance-unstated": [
        (r"\mathbf{u} \sim N(\mathbf{0},\mathbf{G}), ¦\boldsymbol\varepsilon \sim N(\mathbf{0},\mathbf{R})¦",
          "How u and ε vary together is not said; the lecture adds cov(u, ε) = 0.",
        ),
        (r"u_j \sim N(0,\sigma_u^2), ¦e_{ij} \sim N(0,\sigma^2)¦",
          "How u and e vary together is not said; the lecture adds cov(u, e) = 0.",
        ),
        (r"\mathbf{u} \sim (\mathbf{0},\mathbf{G}) \text{ and } ¦\mathbf{e} \sim (\mathbf{0},\mathbf{R})¦",
          "How u and e vary together is not said; the lecture adds cov(u, e) = 0.",
        ),
        (r"u_k \sim N(0,\sigma_u^2), v_{i(k)} \sim N(0,\sigma_v^2), ¦\varepsilon_{ijk} \sim N(0,\sigma^2)¦",
          "How u, v and ε vary together is not said; the lecture adds cov(u, v) = cov(u, ε) = cov(v, ε) = 0.",
        ),
        (r"\mathbf{b}_i \sim N(\mathbf{0}, \mathbf{G}), ¦\boldsymbol\varepsilon_i \sim N(\mathbf{0}, "
         r"\sigma^2\mathbf{I})¦",
          "How b and ε vary together is not said; the lecture adds cov(b, ε) = 0.",
        ),
        ("u ~ N(0, G), ¦e ~ N(0, R)¦",
          "How u and e vary together is not said; the lecture adds cov(u, e) = 0.",
        ),
        (r"\alpha_i \sim N(0, \sigma_\alpha^2), ¦\varepsilon_{ij} \sim N(0, \sigma^2)¦",
          "How α and ε vary together is not said; the lecture adds cov(α, ε) = 0.",
        ),
    ],
    "index-on-one-side": [
        (r"¦y_{it} = \mu + u_i + e_i¦, u_i \sim N(0, \sigma^2_u) \perp e_i \sim N(0, \sigma^2)",
          "The index t stands on the left and not on the right.",
        ),
        (r"¦y_{ij} = \mu + \tau_k + e_{ij}¦, e_{ij} \sim N(0,\sigma^2)",
          "The index k stands on the right and not on the left.",
        ),
        (r"¦y_{ij} = \mu + \tau_i + e_{ijk}¦, e_{ijk} \sim N(0,\sigma^2)",
          "The index k stands on the right and not on the left.",
        ),
        (r"¦\bar y_{i\cdot} = \mu + \tau_j¦",
          "The index i stands on the left and not on the right.",
          "The index j stands on the right and not on the left.",
        ),
        (r"¦\eta_{ij} = \mu + \tau_i¦",
          "The index j stands on the left and not on the right.",
        ),
        (r"¦y_{ij} = \mu + (\tau\alpha)_{ik} + \varepsilon_{ij}¦, \varepsilon_{ij} \sim N(0,\sigma^2)",
          "The index k stands on the right and not on the left.",
        ),
        (r"¦y_i = \beta_0 + \beta_1 x_j + \varepsilon_i¦, \varepsilon_i \sim N(0,\sigma^2)",
          "The index j stands on the right and not on the left.",
        ),
    ],
    "shapes-do-not-meet": [
        (r"¦\mathbf{G}\mathbf{X}¦",
          "G is q × q and X is n × p: q columns cannot meet n rows.",
        ),
        (r"¦\mathbf{X} + \mathbf{Z}¦",
          "X is n × p and Z is n × q: only matrices of one shape can be added.",
        ),
        (r"¦\mathbf{Z}'\mathbf{G}¦",
          "Z' is q × n and G is q × q: n columns cannot meet q rows.",
        ),
        (r"\mathbf{R} + ¦\mathbf{y}\mathbf{X}¦",
          "y is n × 1 and X is n × p: 1 column cannot meet n rows.",
        ),
        (r"¦\mathbf{X}_{n\times p}\mathbf{u}_{q\times 1}¦",
          "X is n × p and u is q × 1: p columns cannot meet q rows.",
        ),
        (r"¦\mathbf{V} = \sigma^2¦",
          "One side is a number, and another one n × n.",
        ),
        (r"¦\begin{bmatrix}1&2\\3&4\end{bmatrix} = \begin{bmatrix}1&2&3\end{bmatrix}¦",
          "The left side is 2 × 2, and another one 1 × 3.",
        ),
        (r"¦\mathbf{1}_3\mathbf{1}_3' = \mathbf{J}_4¦",
          "The left side is 3 × 3, and another one 4 × 4.",
        ),
        (r"\mathbf{Z}: n \times q, ¦\mathbf{G}: p \times p¦",
          "Z is n × q and G is p × p: q cannot meet p.",
        ),
    ],
    "deviation-for-variance": [
        (r"\operatorname{Var}(y_{ij}) = \sigma_u^2 + ¦\sigma¦",
          "A variance has the square of the units of y: σ², not σ.",
        ),
        (r"\mathbf{V} = ¦\sigma_u¦\mathbf{Z}\mathbf{Z}' + \sigma^2\mathbf{I}",
          "A variance has the square of the units of y: σ²_u, not σ_u.",
        ),
        (r"\mathbf{G} = \begin{bmatrix}¦\sigma_0¦ & \sigma_{01}\\\sigma_{01}&\sigma_1\end{bmatrix}",
          "A variance has the square of the units of y: σ²_0, not σ_0.",
        ),
        ("Cov(y_11, y_21) = ¦σ_u¦",
          "A variance has the square of the units of y: σ²_u, not σ_u.",
        ),
        (r"v_{i(k)} \sim N(0, ¦\sigma_v¦)",
          "The second argument of N is a variance: σ²_v, not σ_v.",
        ),
        (r"e_{ij} \sim N(0, ¦\sigma¦)",
          "The second argument of N is a variance: σ², not σ.",
        ),
        (r"\mathbf{u} \sim N(\mathbf{0}, ¦\sigma_u\mathbf{I}¦)",
          "The second argument of N is a variance: σ²_u, not σ_u.",
        ),
        (r"y \sim N(\mu, ¦\sigma¦)",
          "The second argument of N is a variance: σ², not σ.",
        ),
        (r"\mathbf{y} \mid \mathbf{u} \sim N(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}, ¦\sigma\mathbf{I}¦)",
          "The second argument of N is a variance: σ², not σ.",
        ),
        (r"b_{0i} \sim N(0, ¦\sigma_0¦)",
          "The second argument of N is a variance: σ²_0, not σ_0.",
        ),
        ("u ~ N(0, ¦σ_u¦)",
          "The second argument of N is a variance: σ²_u, not σ_u.",
        ),
        (r"(u_{0j}, u_{1j})' \sim N(\mathbf{0}, ¦\begin{bmatrix}\sigma_0 & 0\\0&\sigma_1\end{bmatrix}¦)",
          "The second argument of N is a variance: σ²_0, not σ_0.",
        ),
    ],
    "blank-cells": [
        (r"\begin{bmatrix} \sigma_1^2 & ¦¦\\ & \sigma_2^2 \end{bmatrix}",
          "The blank cells of this matrix are read as 0.",
        ),
        (r"\begin{bmatrix} 1 & ¦¦\\ & 1 \end{bmatrix}",
          "The blank cells of this matrix are read as 0.",
        ),
        (r"\begin{pmatrix} 1 & ¦¦& \\ & 1 & \\ & & 1 \end{pmatrix}",
          "The blank cells of this matrix are read as 0.",
        ),
        (r"\mathbf{Z} = \begin{bmatrix} 1 & ¦¦\\ 1 & \\ & 1 \\ & 1 \end{bmatrix}",
          "The blank cells of this matrix are read as 0.",
        ),
        (r"\mathbf{G} = \left[\begin{array}{cc} \sigma_u^2 & ¦¦\\ & \sigma_v^2 \end{array}\right]",
          "The blank cells of this matrix are read as 0.",
        ),
        (r"\begin{bmatrix} \mathbf{A} & ¦¦\\ & \mathbf{B} \end{bmatrix}",
          "The blank cells of this matrix are read as 0.",
        ),
    ],
    "words-dropped": [
        (r"\mathbf{V} = \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R} ¦\text{ (the marginal variance)}¦",
          "“(the marginal variance)” is left out: only formulas are read.",
        ),
        (r"\mathbf{V} = \mathbf{R} ¦\text{ (no random effects)}¦",
          "“(no random effects)” is left out: only formulas are read.",
        ),
        (r"\operatorname{Var}(\mathbf{y}) = \mathbf{V} \quad ¦\text{(by definition)}¦",
          "“(by definition)” is left out: only formulas are read.",
        ),
        (r"\mathbf{u} \sim N(\mathbf{0}, \mathbf{G}) ¦\text{ (random effects)}¦",
          "“(random effects)” is left out: only formulas are read.",
        ),
        (r"\sigma^2_u + \sigma^2 ¦\text{ (total variance)}¦",
          "“(total variance)” is left out: only formulas are read.",
        ),
    ],
}  # fmt: skip

NEAR: dict[str, list[str]] = {
    # key: texts that look as if they had the remark, and are as in the lecture
    "bold-missing": [
        r"\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}",
        r"\Sigma = \sigma^2 \mathbf{I}",
        r"\mathbf{V}(\gamma) = \mathbf{R}",
        "E(y) = np",
        r"\mathbf{u}_i'\mathbf{G}^{-1}\mathbf{u}_i",
        r"\hat\tau_1 - \hat\tau_2",
    ],
    "matrix-in-lower-case": [
        r"\mathbf{x}'\boldsymbol\beta",
        r"\mathbf{x}_i'\boldsymbol\beta",
        r"\mathbf{r} = \mathbf{y} - \mathbf{X}\boldsymbol\beta",
        r"\mathbf{g} \sim N(\mathbf{0}, \sigma^2_g\mathbf{A})",
        r"\mathbf{v}_i = \mathbf{Z}_i\mathbf{u}_i",
        r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{g}",
    ],
    "distribution-missing": [
        r"y_{ijk} = \mu + \alpha_i + \gamma_j + \varepsilon_{ijk}, \varepsilon_{ijk} \sim N(0,\sigma^2)",
        r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \boldsymbol\varepsilon, \boldsymbol\varepsilon \sim "
        r"N(\mathbf{0}, \sigma^2\mathbf{I})",
        r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}, \mathbf{y} \sim "
        r"N(\mathbf{X}\boldsymbol\beta, \mathbf{V})",
        r"y_i = \beta_0 + \beta_1 x_i + e_i, \operatorname{Var}(e_i) = \sigma^2, E(e_i) = 0",
        r"\hat{\mathbf{y}} = \mathbf{X}\hat{\boldsymbol\beta} + \mathbf{Z}\hat{\mathbf{u}}",
        r"\boldsymbol\eta = \mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u}",
        r"y_{ij} = \mu + \tau_i + \rho_j",
        r"\begin{bmatrix}\mathbf{u}\\ \mathbf{e}\end{bmatrix} \sim N(\mathbf{0}, \mathbf{V}), \mathbf{y} = "
        r"\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u} + \mathbf{e}",
    ],
    "covariance-unstated": [
        "u ~ N(0, G), e ~ N(0, R), cov(u, e) = 0",
        r"\mathbf{u} \sim N(\mathbf{0},\mathbf{G}), \mathbf{e} \sim N(\mathbf{0},\mathbf{R}) \text{ independently}",
        r"u_j \sim N(0,\sigma_u^2), e_{ij} \sim N(0,\sigma^2), E(u_j e_{ij}) = 0",
        r"u_j \sim N(0,\sigma_u^2), e_{ij} \sim N(0,\sigma^2), u_j \perp e_{ij}",
        r"\mathbf{u} \sim N(\mathbf{0},\mathbf{G}), \mathbf{y} \mid \mathbf{u} \sim "
        r"N(\mathbf{X}\boldsymbol\beta + \mathbf{Z}\mathbf{u},\mathbf{R})",
        r"\mathbf{e} \sim N(\mathbf{0}, \mathbf{R}), \boldsymbol\beta \sim N(\mathbf{0}, \sigma^2_\beta\mathbf{I})",
        r"u_{0j} \sim N(0, \sigma_0^2), u_{1j} \sim N(0, \sigma_1^2)",
        r"\operatorname{Var}\begin{bmatrix}\mathbf{u}\\\mathbf{e}\end{bmatrix} = "
        r"\begin{bmatrix}\mathbf{G}&\mathbf{0}\\\mathbf{0}&\mathbf{R}\end{bmatrix}, \mathbf{u} \sim "
        r"N(\mathbf{0}, \mathbf{G}), \mathbf{e} \sim N(\mathbf{0}, \mathbf{R})",
    ],
    "index-on-one-side": [
        r"y_{it} = \mu + \beta_t t_{it} + \varepsilon_{it}, \varepsilon_{it} \sim N(0,\sigma^2)",
        r"\beta_{0jk} = \beta_0 + u_{j|k} + \beta_{0k}",
        r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + \varepsilon_{ijk}, \varepsilon_{ijk} "
        r"\sim N(0,\sigma^2)",
        r"y_{ij} = \beta_0 + \beta_1 x_j + \varepsilon_{ij}, \varepsilon_{ij} \sim N(0,\sigma^2)",
        r"y_{i'j} = \mu + \tau_{i'} + \varepsilon_{i'j}, \varepsilon_{i'j} \sim N(0,\sigma^2)",
        r"\bar y_{\cdot j} = \mu + \rho_j",
        r"y_{ij} = \sum_k x_{ijk}\beta_k",
        r"E(y_{ij}) = \mu + \tau_i",
        r"\bar y_{i\cdot} = \frac{1}{n}\sum_j y_{ij}",
    ],
    "shapes-do-not-meet": [
        r"\mathbf{X}_{3\times 2}\boldsymbol{\beta}_{2\times 1}",
        r"\mathbf{A}_{3\times2}\mathbf{B}_{2\times3}",
        r"\mathbf{I}_3 \otimes \mathbf{J}_2 = \mathbf{J}_6",
        r"\mathbf{V} = 0",
        r"\mathbf{y}'\mathbf{y} = \sigma^2",
        r"\mathbf{Z}: n \times q, \mathbf{G}: q \times q",
        r"\boldsymbol\beta = \begin{bmatrix} \mu \\ \tau_1 \end{bmatrix}",
    ],
    "deviation-for-variance": [
        r"\operatorname{sd}(u_j) = \sigma_u",
        r"Cov(u_{0j}, u_{1j}) = \sigma_{01}",
        r"\boldsymbol\Sigma = \begin{bmatrix}\sigma_{11} & \sigma_{12}\\\sigma_{12}&\sigma_{22}\end{bmatrix}",
        r"(u_{0j}, u_{1j})' \sim N(\mathbf{0}, \begin{bmatrix}\sigma_0^2 & "
        r"\sigma_{01}\\\sigma_{01}&\sigma_1^2\end{bmatrix})",
        r"(u_{0j}, u_{1j})' \sim N(\mathbf{0}, \begin{bmatrix}\sigma_0^2 & "
        r"\rho\sigma_0\sigma_1\\\rho\sigma_0\sigma_1&\sigma_1^2\end{bmatrix})",
        r"y \sim N(\mu, \sigma^2/n)",
        r"y \sim N(\sigma, \sigma^2)",
        r"\sigma \sim U(0, 10)",
        r"y \sim t_\nu(\mu, \sigma)",
        r"u_j \sim N(0, s^2)",
    ],
    "blank-cells": [
        r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
        r"\boldsymbol\Sigma = \begin{bmatrix} \sigma_1^2 & \sigma_{12} \\ & \sigma_2^2 \end{bmatrix}",
        r"\begin{bmatrix} \sigma^2_1 & \sigma_{12} \\ \text{sym.} & \sigma^2_2 \end{bmatrix}",
        r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \\ \end{bmatrix}",
        r"\begin{bmatrix} 1 & 0 & \dots & 0 \\ 0 & 1 & & 0 \\ \vdots & & \ddots & \vdots \\ 0 & 0 & \dots "
        r"& 1 \end{bmatrix}_{5 \times 5}",
    ],
    "words-dropped": [
        r"\mathbf{V} = \mathbf{R} \text{ where } \mathbf{R} = \sigma^2\mathbf{I}",
        r"u_j \sim N(0, \sigma^2_u) \text{ for } j = 1, \dots, b",
        r"\text{Var}(\mathbf{y}) = \mathbf{V}",
        r"\underbrace{\mathbf{Z}\mathbf{u}}_{\text{random part}}",
        r"\mathbf{V} = \mathbf{R} \text{ and } \mathbf{G} = \sigma^2_u\mathbf{I}",
    ],
}  # fmt: skip


def places(told: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and the places that they enclose."""
    before, *rest = told.split(MARK)
    text, found = before, []
    for number, piece in enumerate(rest):
        if number % 2 == 0:
            found.append((len(text), len(text) + len(piece)))
        text += piece
    return text, found


@pytest.mark.parametrize(("key", "told"), [(key, told) for key, rows in REMARKS.items() for told in rows])
def test_a_remark_has_its_key_its_place_and_its_sentence(key: str, told: tuple[str, ...]) -> None:
    marked, *sentences = told
    text, expected = places(marked)
    found = proofread(text)
    assert [(finding.key, finding.sentence) for finding in found] == [(key, sentence) for sentence in sentences]
    assert list(dict.fromkeys((finding.start, finding.end) for finding in found)) == expected


@pytest.mark.parametrize("text", [text for texts in NEAR.values() for text in texts])
def test_a_near_text_has_no_remark(text: str) -> None:
    assert proofread(text) == ()


def test_each_key_has_five_of_both() -> None:
    assert REMARKS.keys() == NEAR.keys()
    assert all(len(rows) >= 5 for table in (REMARKS, NEAR) for rows in table.values())
