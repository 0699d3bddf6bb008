# ruff: noqa: E501  (a display stands on one line)
r"""Formulas as programs copy them: word processors, Markdown and recognition from an image. Each row is one
spelling, and the same thing as its author would type it."""

from __future__ import annotations

import pytest

from tests.notation.test_round_trip import meaning
from tutor.errors import ReadError
from tutor.notation.read import read

ROWS = [
    # a bracket within the font of the letter beside it
    (r"\mathbf{(X}'\mathbf{X)}^{-1}\mathbf{X}'\mathbf{y}", r"(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}"),
    (r"\mathbf{(X}^T\mathbf{V}^{-1}\mathbf{X)}^{-1}", r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}"),
    (r"\mathbf{(}\mathbf{X}'\mathbf{X}\mathbf{)}^{-1}", r"(\mathbf{X}'\mathbf{X})^{-1}"),
    (r"\text{(}\mathbf{X}'\mathbf{X}\text{)}^{-1}", r"(\mathbf{X}'\mathbf{X})^{-1}"),
    (r"\mathbf{Z} = \boldsymbol{[Z}_1, \boldsymbol{Z}_2, \ldots, \boldsymbol{Z}_r]",
     r"\mathbf{Z} = [\mathbf{Z}_1, \mathbf{Z}_2, \ldots, \mathbf{Z}_r]"),
    (r"\mathbf{Z} = [\bm{Z}_1, \bm{Z}_2, \ldots, \bm{Z_{r}]}",
     r"\mathbf{Z} = [\mathbf{Z}_1, \mathbf{Z}_2, \ldots, \mathbf{Z}_r]"),
    (r"(\mathbf{y} - \mathbf{X}\boldsymbol{\beta)}'\mathbf{V}^{-1}\mathbf{(y} - \mathbf{X}\boldsymbol{\beta})",
     r"(\mathbf{y} - \mathbf{X}\boldsymbol\beta)'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol\beta)"),
    (r"\mathbf{(X'X)}^{-1}", r"(\mathbf{X}'\mathbf{X})^{-1}"),
    # a row end of which Markdown would take a backslash off, and blanks at the start of a cell
    (r"\begin{bmatrix} y_1 \\\ y_2 \\\ \vdots \\\ y_n \end{bmatrix}",
     r"\begin{bmatrix} y_1 \\ y_2 \\ \vdots \\ y_n \end{bmatrix}"),
    (r"\begin{bmatrix} 1 & 0 \\\0 & 1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    (r"\begin{bmatrix} 1 & \quad 0 \\ \, 0 & \;1 \end{bmatrix}", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}"),
    (r"\begin{bmatrix} y_1 \\ \quad\vdots \\ y_n \end{bmatrix}", r"\begin{bmatrix} y_1 \\ \vdots \\ y_n \end{bmatrix}"),
    (r"y_1 = \mu \\\ y_2 = \mu", r"y_1 = \mu \\ y_2 = \mu"),
    # a subscript that Markdown would take for emphasis
    (r"\sigma^2\_{u}", r"\sigma^2_{u}"),
    (r"\beta\_1 x\_{1i}", r"\beta_1 x_{1i}"),
    (r"\mathbf{Z}\_u", r"\mathbf{Z}_u"),
    # blanks between the letters of a name
    (r"\operatorname {V a r} (\mathbf {y}) = \mathbf {V}", r"Var(\mathbf{y}) = \mathbf{V}"),
    (r"\mathrm {V a r} (y _ {i j}) = \sigma^ {2}", r"Var(y_{ij}) = \sigma^2"),
    (r"C o v (y _ {1}, y _ {2}) = \sigma_ {u} ^ {2}", r"Cov(y_1, y_2) = \sigma_u^2"),
    (r"E (M S _ {A}) = \sigma_ {\theta} ^ {2} + n \sigma_ {\phi} ^ {2}", r"E(MS_A) = \sigma_\theta^2 + n\sigma_\phi^2"),
    (r"F _ {0} = \frac {M S _ {A}}{M S _ {E}}", r"F_0 = \frac{MS_A}{MS_E}"),
    (r"\mu + n M S _ {A}", r"\mu + n MS_A"),
    (r"\mu + l o g (x _ {i}) + e x p (x _ {j})", r"\mu + \log(x_i) + \exp(x_j)"),
    (r"\mathrm{V a r}(\mathbf{y}) = \mathbf{V}", r"Var(\mathbf{y}) = \mathbf{V}"),
    (r"\operatorname{C o v}(\mathbf{y}, \mathbf{u}) = \mathbf{Z}\mathbf{G}", r"Cov(\mathbf{y}, \mathbf{u}) = \mathbf{Z}\mathbf{G}"),
    # and between those of words
    (r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e} \qquad\mathrm{w h e r e}\quad \mathbf{e} \sim (\mathbf{0}, \mathbf{V})",
     r"\mathbf{y} = \mathbf{X}\boldsymbol\beta + \mathbf{e}; \mathbf{e} \sim (\mathbf{0}, \mathbf{V})"),
    (r"\mathbf{u}\sim(\mathbf{0},\mathbf{G})\mathrm{~a n d~}\mathbf{e}\sim(\mathbf{0},\mathbf{R})",
     r"\mathbf{u} \sim (\mathbf{0}, \mathbf{G}); \mathbf{e} \sim (\mathbf{0}, \mathbf{R})"),
    (r"\mathbf{e}\sim(\mathbf{0},\mathbf{V})\quad\mathrm{i m p l y i n g}\mathbf{y}\sim(\mathbf{X}\boldsymbol{\beta},\mathbf{V})",
     r"\mathbf{e} \sim (\mathbf{0}, \mathbf{V}); \mathbf{y} \sim (\mathbf{X}\boldsymbol\beta, \mathbf{V})"),
    (r"\mathrm{i m p l y i n g~}\mathbf{y}\sim(\mathbf{X}\boldsymbol\beta,\mathbf{V})",
     r"\mathbf{y} \sim (\mathbf{X}\boldsymbol\beta, \mathbf{V})"),
    (r"\mathbf{V} = \mathbf{R} \mathrm{ s u c h~t h a t } \mathbf{y} = \mathbf{e}",
     r"\mathbf{V} = \mathbf{R}; \mathbf{y} = \mathbf{e}"),
    (r"\mathbf{V} = \mathbf{R} \text{\ i f\ } \mathbf{y} = \mathbf{e}", r"\mathbf{V} = \mathbf{R}; \mathbf{y} = \mathbf{e}"),
    (r"\mathbf{u} \mathrm{~i s~i n d e p e n d e n t~o f~} \mathbf{e}", r"\mathbf{u} \text{ is independent of } \mathbf{e}"),
    (r"\mathbf{y} = \mathbf{e} \text{ which implies } \mathbf{V} = \mathbf{R}",
     r"\mathbf{y} = \mathbf{e}; \mathbf{V} = \mathbf{R}"),
    # a table of equations with nothing to the left of them
    (r"\begin{array}{r l} & E (M S _ {A}) = \sigma_ {e} ^ {2} + n \sigma_ {a} ^ {2} \\ & E (M S _ {E}) = "
     r"\sigma_ {e} ^ {2} \end{array}",
     r"E(MS_A) = \sigma_e^2 + n \sigma_a^2 \\ E(MS_E) = \sigma_e^2"),
    (r"\begin{array}{rl} & y_i = \mu + e_i \\ & e_i \sim N(0, \sigma^2) \end{array}",
     r"y_i = \mu + e_i \\ e_i \sim N(0, \sigma^2)"),
    # mathematical letters right behind a command
    ("y_i \\sim𝑁(\\mu, \\sigma^2)", r"y_i \sim N(\mu, \sigma^2)"),
    ("\\mu\\cdot𝑥 + \\beta𝑧", r"\mu \cdot x + \beta z"),
    # a fraction as plain TeX has it
    (r"\rho = {\sigma^2_u} \over {\sigma^2_u + \sigma^2}", r"\rho = \frac{\sigma^2_u}{\sigma^2_u + \sigma^2}"),
    (r"\rho = {\sigma^2_u \over \sigma^2_u + \sigma^2}", r"\rho = \frac{\sigma^2_u}{\sigma^2_u + \sigma^2}"),
    (r"c = {n} \choose {k}", r"c = \binom{n}{k}"),
    # the normal distribution in small letters
    (r"e_i \sim n(0, \sigma^2)", r"e_i \sim N(0, \sigma^2)"),
    (r"e_i \stackrel{iid}{\sim} n(0, \sigma^2)", r"e_i \stackrel{iid}{\sim} N(0, \sigma^2)"),
    # conditions of cases without \text
    (r"x_i = \begin{cases} 1 \;\; if\;treated \\ \\ 0 \;\; otherwise \end{cases}",
     r"x_i = \begin{cases} 1 & \text{if treated} \\ 0 & \text{otherwise} \end{cases}"),
    (r"x_i = \begin{cases} 1 \: for \: treated \\ 0 \: else \end{cases}",
     r"x_i = \begin{cases} 1 & \text{for treated} \\ 0 & \text{else} \end{cases}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), ROWS)
def test_a_copied_formula_says_what_its_author_wrote(text: str, meant: str) -> None:
    assert meaning(read(text).parts) == meaning(read(meant).parts)


@pytest.mark.parametrize("text", [
    r"\mathbf{(X}'\mathbf{X}^{-1}",  # a bracket that is never closed
    r"2 {a} \over {b}", r"x + {a} \over {b}",  # TeX has all of it above
    r"\text{(written } c\text{)}",  # words are no factors
    r"\mathrm{a b c}", r"\mathrm{w h e r} V = R",  # letters that make no known word
    r"plot\_id = 3 + \mu",  # a sign of a word, and no index
])  # fmt: skip
def test_what_a_copy_leaves_open_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read(text)


@pytest.mark.parametrize(("text", "factors"), [
    (r"\mathbf{C} V ^ {- 1} + C V _ {i}", r"\mathbf{C} V^{-1} + C V_i"),  # factors, and no coefficient of variation
    (r"\mathbf {Z G Z} ^ {\prime}", r"\mathbf{Z}\mathbf{G}\mathbf{Z}'"),
])  # fmt: skip
def test_letters_with_blanks_between_them_that_are_factors_stay_so(text: str, factors: str) -> None:
    assert meaning(read(text).parts) == meaning(read(factors).parts)
