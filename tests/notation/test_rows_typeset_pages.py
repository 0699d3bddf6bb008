# ruff: noqa: E501  (a display stands on one line)
r"""Displays as pages set them: brackets and matrices of plain TeX, labels in front of lines, one law in two ways,
covariates and vectors by their words. Each row is one spelling, and the same thing in the plainest notation."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read

ROWS = [
    # groups of plain TeX as brackets, and its matrices
    (r"u = \left\lgroup \matrix{u_1 \cr u_2 \cr u_3} \right\rgroup", r"u = \begin{bmatrix} u_1 \\ u_2 \\ u_3 \end{bmatrix}"),
    (r"X = \left\lgroup \matrix{1 & 0 \cr 0 & 1 \cr 1 & 0} \right\rgroup \mbox{, } Z = \left\lgroup \matrix{1 & 0 \cr 0 & 1 \cr 0 & 1} \right\rgroup",
     r"X = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 0 \end{bmatrix}; Z = \begin{bmatrix} 1 & 0 \\ 0 & 1 \\ 0 & 1 \end{bmatrix}"),
    (r"V = \lgroup \begin{array}{cc} 1 & 0 \\ 0 & 1 \end{array} \rgroup", r"V = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    (r"\left\lmoustache X'X \right\rmoustache^{-1}", r"(X'X)^{-1}"),
    (r"Var\left\lgroup y \right\rgroup = V", r"Var(y) = V"),
    (r"\pmatrix{1 & 0 \cr 0 & 1 \cr}'", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}'"),
    (r"\bmatrix{1 & 0 \\ 0 & 1}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    (r"\left[\matrix {X'X & X'Z \cr Z'X & Z'Z + G^{-1}}\right]", r"\begin{bmatrix} X'X & X'Z \\ Z'X & Z'Z + G^{-1} \end{bmatrix}"),
    # blanks as wide as what stands behind them
    (r"y = X\beta \hspace8ex (3)", r"y = X\beta"),
    (r"\hspace8ex y = X\beta", r"y = X\beta"),
    (r"y = X\beta \hskip 1em e \sim N(0, R)", r"y = X\beta; e \sim N(0, R)"),
    (r"y = X\beta \hskip 2em plus 1fil e \sim N(0, R)", r"y = X\beta; e \sim N(0, R)"),
    (r"y = X\beta \mskip 18mu e \sim N(0, R)", r"y = X\beta; e \sim N(0, R)"),
    (r"X\kern.1em\beta", r"X\beta"),
    (r"X\mkern-3mu\beta", r"X\beta"),
    # one law in two ways
    (r"y \sim (X\beta, V) = (X\beta, ZGZ' + R)", r"y \sim (X\beta, V); y \sim (X\beta, ZGZ' + R)"),
    (r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V}) = N(\mathbf{X}\boldsymbol\beta, \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})",
     r"\mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V}); \mathbf{y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R})"),
    (r"y \sim \mathrm{MVN}(X\beta, V) \equiv \mathcal{N}(X\beta, ZGZ' + R) = N(X\beta, \sigma^2 I)",
     r"y \sim N(X\beta, V); y \sim N(X\beta, ZGZ' + R); y \sim N(X\beta, \sigma^2 I)"),
    (r"y | u \sim N(X\beta + Zu, R) = N(X\beta + Zu, \sigma^2 I)",
     r"y | u \sim N(X\beta + Zu, R); y | u \sim N(X\beta + Zu, \sigma^2 I)"),
    (r"\varepsilon_{ij} \overset{iid}{\sim} N(0, \sigma^2) = N(0, 4)", r"\varepsilon_{ij} \sim iid N(0, \sigma^2); \varepsilon_{ij} \sim iid N(0, 4)"),
    (r"F = MS_A / MS_E \sim F(a - 1, b) = F(2, 12)", r"F = MS_A / MS_E; F \sim F(a - 1, b); F \sim F(2, 12)"),
    (r"V = R, \quad y ~ N(X\beta, V) = N(X\beta, R), \quad e \sim N(0, R)".replace("~", r"\sim"),
     r"V = R; y \sim N(X\beta, V); y \sim N(X\beta, R); e \sim N(0, R)"),
    # labels in front of a line
    (r"\begin{align*} \text{(Level 1)} \quad y_{ij} &= b_{0i} + \varepsilon_{ij}\\ \text{(Level 2)} \quad b_{0i} &= \beta_0 + \upsilon_{0i}\\ \text{(2) in (1)} \quad y_{ij} &= \beta_0 + \upsilon_{0i} + \varepsilon_{ij} \end{align*}",
     r"y_{ij} = b_{0i} + \varepsilon_{ij} \\ b_{0i} = \beta_0 + \upsilon_{0i} \\ y_{ij} = \beta_0 + \upsilon_{0i} + \varepsilon_{ij}"),
    *((rf"{label} \quad y_{{ij}} = b_{{0i}} + \varepsilon_{{ij}}", r"y_{ij} = b_{0i} + \varepsilon_{ij}") for label in (
        r"\text{Level 2:}", r"\text{Level-1 Model:}", r"\text{Level-1 Model}", r"\text{(Level-1 model)}", r"\mathrm{(Level~1)}",
        r"\textrm{(Stage 2):}", r"\text{(Model A)}", r"\text{(L1)}", r"\text{(ii)}", r"\text{(ii) in (i)}",
        r"\text{Substituting (2) into (1):}", r"\text{Model (2)}",
    )),
    # a covariate by its word, behind the coefficient with its number
    (r"Y_{ij} = \beta_0 + \beta_1(Age_{ij} - 11) + \beta_2 \cdot Female + \beta_3 \cdot Female \cdot (Age_{ij} - 11) + b_{0i} + \epsilon_{ij}",
     r"Y_{ij} = \beta_0 + \beta_1 (\text{Age}_{ij} - 11) + \beta_2 \text{Female} + \beta_3 \text{Female} \times (\text{Age}_{ij} - 11) + b_{0i} + \epsilon_{ij}"),
    (r"y_{ij} = \beta_0 + \beta_2 \times Female \times (t_{ij} - 11)", r"y_{ij} = \beta_0 + \beta_2 \text{Female} \times (t_{ij} - 11)"),
    (r"y_{ij} = \beta_0 + b_{1i} Days + \epsilon_{ij}", r"y_{ij} = \beta_0 + b_{1i} \times \text{Days} + \epsilon_{ij}"),
    (r"y_{ij} = \gamma_{00} + \gamma_{01} Female + u_{1j} Female", r"y_{ij} = \gamma_{00} + \gamma_{01} \times \text{Female} + u_{1j} \times \text{Female}"),
    (r"y_i = \delta_0 + \delta_2 Treatment", r"y_i = \delta_0 + \delta_2 \times \text{Treatment}"),
    (r"\alpha_1 Xbeta", r"\alpha_1 X\beta"),  # a product
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_a_display_says_what_the_plainest_notation_says(text: str, meant: str) -> None:
    assert meaning(read(text).parts) == meaning(read(meant).parts)


@pytest.mark.parametrize(("text", "vectors"), [
    (r"\mathbf{yield} = \mathbf{X} \cdot \mathbf{env} + \mathbf{Z} \cdot \mathbf{variety} + \mathbf{e}", r"\mathbf{a} = \mathbf{X}\mathbf{c} + \mathbf{Z}\mathbf{d} + \mathbf{e}"),
    (r"Var(\mathbf{gene}) = \mathbf{K}\sigma_g^2", r"Var(\mathbf{c}) = \mathbf{K}\sigma_g^2"),
    (r"\bm{sire} \sim N(\mathbf{0}, \mathbf{A}\sigma_s^2)", r"\mathbf{c} \sim N(\mathbf{0}, \mathbf{A}\sigma_s^2)"),
    (r"\boldsymbol{herd}'\mathbf{M}\boldsymbol{herd}", r"\mathbf{c}'\mathbf{M}\mathbf{c}"),
])  # fmt: skip
def test_a_word_in_bold_is_a_vector(text: str, vectors: str) -> None:
    words, letters = read(text), read(vectors)
    assert [type(part) for part in words.parts] == [type(part) for part in letters.parts]
    assert words.kind == letters.kind


@pytest.mark.parametrize("text", [
    # matrices that are none, and blanks without a width
    r"\pmatrix{1 & 0 \cr 0}", r"\pmatrix{}", r"\matrix 1", r"X\kern\beta", r"X\hskip\beta",
    # laws that are not alike, and what is no law
    r"y \sim N(X\beta, V) = (X\beta, ZGZ' + R)", r"y \sim N(X\beta, V) = ZGZ' + R", r"y \sim (X\beta, V) = X\beta",
    r"y \sim (X\beta, V) = (X\beta)", r"y \sim N(X\beta, V) = t(X\beta, V, \nu)", r"u_1, u_2 \sim N(0, \sigma_u^2) = N(0, 4)",
    # words that are no labels
    r"\text{(2) in (1)}", r"y_{ij} = b_{0i} \text{(2) in (1)}", r"\text{(not 1)} y_{ij} = b_{0i}",
    # words behind no coefficient of a covariate
    r"y_{ij} = \mu + Days + \epsilon_{ij}", r"y = Days \beta", r"u_0 Days", r"V_1 Days", r"\mathbf{u}_1 Days", r"b_{1i} days",
    r"Female \cdot (Age - 11)", r"\beta_1 Days (Age_{ij} - 11)",
    # products in the wrong case, slips in other names, and words
    r"\mathbf{zgz}", r"\mathbf{xvx}", r"\mathbf{y} = \mathbf{xbe}", r"\mathbf{X}\mathbf{sgima}", r"\mathbf{X}\mathbf{where}",
    r"\mathbf{gamhat} = \mathbf{X}\boldsymbol\beta", r"\mathbf{lhs} \hat{\mathbf{b}} = \mathbf{rhs}", r"\mathbf{the}",
    r"\textbf{model} \mathbf{y} = \mathbf{X}\boldsymbol\beta", r"\mathbf{env}\mathbf{env}'",
])  # fmt: skip
def test_what_a_page_leaves_open_is_refused(text: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(text)
