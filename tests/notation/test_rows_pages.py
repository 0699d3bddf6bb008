r"""What course pages write around and into formulas: headings, numbers of equations, remarks, words of any language,
sums by a capital sigma, determinants without brackets, effects without a Z.

What each says is told by a formula without it.
"""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

SAME = [
    ("Level 1: y_{ij} = \\beta_{0j} + r_{ij}", r"y_{ij} = \beta_{0j} + r_{ij}"),
    ("Level~2~Intercept:~~~{\\beta_{0j} = \\gamma_{00} + u_{0j}} ~~~ (1.2)", r"\beta_{0j} = \gamma_{00} + u_{0j}"),
    ("Mixed~model: y_{ij} = \\gamma_{00} + u_{0j} + e_{ij}", r"y_{ij} = \gamma_{00} + u_{0j} + e_{ij}"),
    ("y_{ij} = \\mu + e_{ij} ~~ (3)", r"y_{ij} = \mu + e_{ij}"),
    (r"u_j \sim N(0, \sigma^2_u) \quad \text{(random)}", r"u_j \sim N(0, \sigma^2_u)"),
    (r"y_i = X_i\beta + e_i, \text{ con } e_i \sim N(0, R_i)", r"y_i = X_i\beta + e_i, e_i \sim N(0, R_i)"),
    ("(Σ_i X_i' V_i^{-1} X_i)^{-1} Σ_i X_i' V_i^{-1} y_i",
     r"\left(\sum_i X_i' V_i^{-1} X_i\right)^{-1} \sum_i X_i' V_i^{-1} y_i"),
    ("Σ_i log|V_i|", r"\sum_i \log|V_i|"),
    (r"V_i = Z_i D Z_i' + Σ_i", r"V_i = Z_i D Z_i' + \Sigma_i"),
    (r"\log\det \mathbf{X}^T \mathbf{V}^{-1} \mathbf{X}", r"\log|\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}|"),
    (r"\operatorname{tr} \mathbf{X}'\mathbf{X}", r"\operatorname{tr}(\mathbf{X}'\mathbf{X})"),
    ("Cov(u_k, u_k' | y)", r"\operatorname{Cov}(u_k, u_{k'} \mid y)"),
    ("Corr(y_ij, y_ij')", r"\operatorname{Corr}(y_{ij}, y_{ij'})"),
    (r"y = X\beta + \varepsilon (#eq:18-2)", r"y = X\beta + \varepsilon"),
    (r"y_i = \mu \\[2\jot] u_i = 0", r"y_i = \mu; u_i = 0"),
    (r"\boldsymbol{j}_{\Tiny N} \mu", r"\boldsymbol{j}_{N} \mu"),
    (r"F_A \sim F_{a-1, b} \quad \text{under } H_0", r"F_A \sim F_{a-1, b}"),
    (r"F_A \sim F_{a-1, b}\ \text{under}\ $H_{0}$", r"F_A \sim F_{a-1, b}"),
    (r"y_{ij} = \mu + {(\alpha\beta)}_{ij} + e_{ij}", r"y_{ij} = \mu + (\alpha\beta)_{ij} + e_{ij}"),
    (r"var(\mu) + {var(\alpha}_{i}) + {var(e}_{ij})", r"var(\mu) + var(\alpha_{i}) + var(e_{ij})"),
    (r"{(\overline{\alpha b})}_{i.}", r"(\overline{\alpha b})_{i.}"),
    (r"y_i \sim N\{X_i\beta, V_i\}", r"y_i \sim N(X_i\beta, V_i)"),
    (r"y_i \sim \mathcal{N}\left\{X_i\beta, V_i\right\}", r"y_i \sim N(X_i\beta, V_i)"),
    (r"u \sim N \begin{bmatrix} \begin{pmatrix} 0 \\ 0 \end{pmatrix}\!\!,& \begin{pmatrix} a & b \\ b & c \end{pmatrix}"
     r" \end{bmatrix}",
     r"u \sim N(\begin{pmatrix} 0 \\ 0 \end{pmatrix}, \begin{pmatrix} a & b \\ b & c \end{pmatrix})"),
    (r"SSE \sim \sigma^2 \chi^2_{n-p}", r"SSE/\sigma^2 \sim \chi^2_{n-p}"),
    (r"SS_w \sim (\sigma^2 + n\sigma^2_u)\chi^2_{I(J-1)}", r"SS_w/(\sigma^2 + n\sigma^2_u) \sim \chi^2_{I(J-1)}"),
    (r"\sqrt{n} (\hat\beta - \beta) \to N(0, \tau^2)", r"\sqrt{n} (\hat\beta - \beta) \xrightarrow{d} N(0, \tau^2)"),
    (r"\hat\beta \approx N(\beta, \sigma^2/n)", r"\hat\beta \overset{\cdot}{\sim} N(\beta, \sigma^2/n)"),
    (r"y_{ij} = \mu + (\tau\!\beta)_{i j} + e_{ij}", r"y_{ij} = \mu + (\tau\beta)_{ij} + e_{ij}"),
    (r"e_{ij} = y_{ij} - \bar y_{i.} \qquad\text{(ec. 13-9)}", r"e_{ij} = y_{ij} - \bar y_{i.}"),
    (r"t = 2.1 \quad (\text{df} = 45)", r"t = 2.1; \text{df} = 45"),
    (r"(u_1, u_2, ...., u_q)", r"(u_1, u_2, \ldots, u_q)"),
    (r"\mathbf{V} = \begin{pmatrix} a & b & \cdots & b \\ b & a & \cdots & b \\ \vdots & & \ddots & \vdots \\"
     r" b & \cdots & b & a \end{pmatrix}",
     r"\mathbf{V} = \begin{pmatrix} a & b & \cdots & b \\ b & a & \cdots & b \\ \vdots & \vdots & \ddots & \vdots \\"
     r" b & b & \cdots & a \end{pmatrix}"),
    (r"0 _n + 1 _n", r"0_n + 1_n"),
    (r"n \operatorname{tr} \mathbf{A} \det \mathbf{B}", r"n \operatorname{tr}(\mathbf{A}) \det(\mathbf{B})"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), SAME, ids=[text for text, _ in SAME])
def test_it_says_the_same(text: str, meant: str) -> None:
    assert meaning(read(text).parts) == meaning(read(meant).parts)


SHOWN = [
    (r"\ell = -\frac{1}{2} \log|\mathbf{V}| + \text{const}", "ℓ = −(1/2) log |V| + const"),
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{u} + \mathbf{e}, \mathbf{u} \sim N(\mathbf{0}, G\sigma^2_g)",
     "y = Xβ + u + ε;  u ~ N(0, σ²_g G)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_it_is_shown(text: str, shown: str) -> None:
    reading = read(text)
    assert str(reading) == shown
    assert_reads_back(reading)


def test_effects_without_a_design_are_as_many_as_the_observations() -> None:
    model = read(r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{u} + \mathbf{e}")
    assert str(model.parts[0].sides[1].parts[1].shape) == "(n, 1)"  # pyright: ignore[reportAttributeAccessIssue]
